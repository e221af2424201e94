//! Which rows there are, how tall they are, and which of them fit: the cursor stays in sight.

use std::collections::HashMap;

use unicode_width::UnicodeWidthStr;

use super::Form;
use super::tree::{Node, Part, Purpose};
use super::wrap::{cut, is_wider, parts, start_of};
use crate::content::{Segment, Value};
use crate::shown::Shown;

/// The column where values begin, unless a name is longer.
const VALUE_COLUMN: usize = 18;

/// So many other fields are shown without being asked for.
const FEW_FIELDS: usize = 12;

/// Lines of the form that are no rows: two above, four below.
pub const FRAME_LINES: usize = 6;

/// A row and how deep it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub node: Node,
    pub depth: usize,
    /// Columns of the longest name among the rows that it stands with, so that their values stand below each other.
    pub names: usize,
}

impl Row {
    /// A row that stands with no others.
    pub fn alone(node: Node, depth: usize) -> Row {
        Row { node, depth, names: 0 }
    }

    /// The column where its name begins; a draft's dot stands two before.
    pub fn label_column(&self) -> usize {
        2 + 2 * self.depth
    }
}

impl Form {
    /// Fits the form to a part of the screen.
    pub fn fit(&mut self, width: u16, height: u16) {
        self.width = usize::from(width);
        self.height = usize::from(height).saturating_sub(FRAME_LINES).max(1);
        self.scroll();
    }

    /// The rows, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows from the first one in sight, and the position of that one.
    pub fn visible(&self) -> (usize, &[Row]) {
        (self.top, &self.rows[self.top.min(self.rows.len())..])
    }

    /// The position of the row under the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&Node> {
        self.rows.get(self.cursor).map(|row| &row.node)
    }

    /// Whether a row is open.
    pub fn is_open(&self, node: &Node) -> bool {
        self.grows(&node.path) && node.part == Part::Field
            || self.folds.get(node).copied().unwrap_or_else(|| self.opens_by_itself(node))
    }

    /// The first group is open, other fields where there are few, and a value whose places disagree.
    fn opens_by_itself(&self, node: &Node) -> bool {
        match node.part {
            Part::Heading => match self.tree.sections[node.section].purpose {
                Purpose::Group => node.section == 0,
                Purpose::Other => self.tree.sections.len() == 1 || self.tree.count(node).0 <= FEW_FIELDS,
            },
            Part::Field => self.tree.disagreeing(&node.path) > 0,
            _ => false,
        }
    }

    /// Whether there is anything below a row, or more text than fits beside its name.
    pub fn can_open(&self, node: &Node) -> bool {
        match node.part {
            Part::Heading | Part::Empties => true,
            Part::New => false,
            Part::Field | Part::Place if self.tree.is_shut(&node.path) => false,
            Part::Field | Part::Place => match self.tree.at(&node.path) {
                Some(Value::Seq(items)) => !items.is_empty(),
                Some(Value::Map(entries)) => !entries.is_empty(),
                scalar => {
                    let places = node.part == Part::Field && !self.tree.places(&node.path).is_empty();
                    places || !self.tree.differs(&node.path) && scalar.is_some_and(|value| self.is_long(value))
                }
            },
        }
    }

    fn is_long(&self, value: &Value) -> bool {
        let room = self.width.saturating_sub(VALUE_COLUMN + 2);
        value.as_str().is_some_and(|text| is_wider(text, room) || text.contains('\n'))
    }

    /// Makes the rows anew; the cursor stays on its row, or else where it was.
    pub(super) fn rebuild(&mut self) {
        let at = self.current().cloned();
        let mut rows = Vec::new();
        for top in self.tree.tops() {
            self.push(top, 0, &mut rows);
        }
        self.rows = rows;
        self.align();
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
        self.go_to(|row| Some(row) == at.as_ref());
    }

    fn push(&self, node: Node, depth: usize, rows: &mut Vec<Row>) {
        let open = self.is_open(&node);
        let new = Node { part: Part::New, ..node.clone() };
        let entries = self.tree.at(&node.path).filter(|_| !self.tree.is_shut(&node.path));
        let entries = entries.and_then(Value::as_seq).map_or(0, <[Value]>::len);
        let grows = open && node.part == Part::Field && self.grows(&node.path);
        let children = if open { self.tree.children(&node) } else { Vec::new() };
        rows.push(Row::alone(node, depth));
        let below = children.len();
        for (at, child) in children.into_iter().enumerate() {
            if grows && at == entries {
                rows.push(Row::alone(new.clone(), depth + 1));
            }
            self.push(child, depth + 1, rows);
        }
        if grows && below == entries {
            rows.push(Row::alone(new, depth + 1));
        }
    }

    /// Tells rows that stand together how long their names are. List entries have numbers, and are no such thing as the fields beside them.
    fn align(&mut self) {
        let most = self.width / 2;
        let mut groups: Vec<Option<(bool, usize, Vec<usize>)>> = Vec::new();
        let mut done = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let is_entry =
                matches!(row.node.path.segments().last(), Some(Segment::Index(_))) && row.node.part == Part::Field;
            done.extend(groups.drain((row.depth + 1).min(groups.len())..).flatten());
            groups.resize(groups.len().max(row.depth + 1), None);
            let name = Shown::new(&self.label(&row.node)).as_str().width();
            // A name that takes half of the screen stands for itself.
            let name = if row.label_column() + name + 3 > most { 0 } else { name };
            match &mut groups[row.depth] {
                Some((entries, longest, rows)) if *entries == is_entry => {
                    *longest = name.max(*longest);
                    rows.push(at);
                }
                group => done.extend(group.replace((is_entry, name, vec![at]))),
            }
        }
        done.extend(groups.into_iter().flatten());
        for (_, longest, rows) in done {
            rows.into_iter().for_each(|at| self.rows[at].names = longest);
        }
    }

    /// Moves the cursor to the first row that fits, if there is one.
    pub(super) fn go_to(&mut self, fits: impl Fn(&Node) -> bool) {
        if let Some(at) = self.rows.iter().position(|row| fits(&row.node)) {
            self.cursor = at;
        }
        self.scroll();
    }

    pub(super) fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
        self.scroll();
    }

    /// Keeps the cursor in sight, that of the field being typed too, moving the windows no more than needed.
    pub(super) fn scroll(&mut self) {
        self.scroll_rows();
        let Some(row) = self.rows.get(self.cursor) else { return };
        let (width, height) = (self.value_width(row), self.tall(row));
        if let Some(editing) = self.editing.as_mut().filter(|editing| editing.is_tall()) {
            editing.from =
                super::wrap::follow(editing.input.content(), editing.input.cursor(), (width, height), editing.from);
        }
    }

    /// One line that leaves hardly any room beside its remarks is shown on several, from when it is opened until it is done.
    pub(super) fn break_long_line(&mut self) {
        /// So much is typed at the end of a line without its moving along.
        const TO_TYPE: usize = 24;
        let Some(width) = self.rows.get(self.cursor).map(|row| self.value_width(row)) else { return };
        let notes = self.editing_notes().iter().map(|note| note.text.width() + 3).sum::<usize>().min(width / 2);
        if let Some(editing) = self.editing.as_mut().filter(|editing| !editing.input.has_lines()) {
            editing.is_broken = is_wider(&editing.input.text(), width.saturating_sub(notes + TO_TYPE));
        }
    }

    fn scroll_rows(&mut self) {
        // The heading above the first field comes back into sight with it.
        self.top = if self.cursor <= 1 { 0 } else { self.top.min(self.cursor) };
        let mut used = 0;
        for at in (self.top..=self.cursor.min(self.rows.len().saturating_sub(1))).rev() {
            used += self.rows.get(at).map_or(1, |row| self.tall(row));
            if used > self.height && at < self.cursor {
                self.top = at + 1;
                return;
            }
        }
    }

    /// How many lines a row takes.
    pub fn tall(&self, row: &Row) -> usize {
        match self.editing.as_ref().filter(|editing| editing.is_at(&row.node)) {
            Some(editing) if editing.is_tall() => {
                let width = self.value_width(row);
                // In steps, and a line more than there is: what stands below is not moved by every line that is begun.
                const STEP: usize = 3;
                let most = self.height.max(2 * STEP) / 2;
                let lines = super::wrap::count(editing.input.content(), width, most);
                (lines + 1).next_multiple_of(STEP).min(most)
            }
            Some(_) => 1,
            None => self.unfolded(row).len().max(1),
        }
    }

    /// The whole text of a row that is open for it, in lines; empty for all others.
    pub fn unfolded(&self, row: &Row) -> Vec<String> {
        let text = match row.node.part {
            Part::Field | Part::Place if !self.tree.differs(&row.node.path) => {
                self.tree.at(&row.node.path).filter(|value| self.is_long(value))
            }
            _ => None,
        };
        let Some(text) = text.and_then(Value::as_str).filter(|_| self.is_open(&row.node)) else { return Vec::new() };
        let width = self.value_width(row);
        let most = self.height.saturating_sub(2).max(1);
        let mut lines = Vec::new();
        for line in text.split('\n') {
            let shown = Shown::new(start_of(line, width, most));
            let parts = parts(shown.as_str(), width).take(most + 1);
            lines.extend(parts.map(|part| cut(line, &part).to_string()));
            if lines.len() > most {
                lines.truncate(most.saturating_sub(1));
                lines.push("… enter shows all".to_string());
                break;
            }
        }
        lines
    }

    /// The column where a row's value begins.
    pub fn value_column(&self, row: &Row) -> usize {
        if self.is_finding() {
            return (self.width / 2).max(VALUE_COLUMN);
        }
        let label = Shown::new(&self.label(&row.node));
        let wanted = row.label_column() + label.as_str().width().max(row.names) + 3;
        wanted.clamp(VALUE_COLUMN, (self.width / 2).max(VALUE_COLUMN))
    }

    /// Columns for a text of several lines.
    pub fn value_width(&self, row: &Row) -> usize {
        self.width.saturating_sub(self.value_column(row) + 2).max(8)
    }
}

/// Explicit folds by row.
pub(super) type Folds = HashMap<Node, bool>;
