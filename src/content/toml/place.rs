//! Which statement a path means: headers open tables, pairs stand in them, values hold more.

use std::collections::HashMap;
use std::ops::Range;

use super::super::lines::{comment_column, first_in_line, line_end, line_start, next_line, usual_break};
use super::super::path::{FieldPath, Segment};
use super::scan::{Inner, Kind, Node, Part, Scan, Statement, scan};

/// A scanned text, with the path of each statement.
pub(super) struct Sheet<'t> {
    pub text: &'t str,
    pub scan: Scan,
    /// For each statement: the path of what it opens or sets.
    pub paths: Vec<Vec<Segment>>,
    /// For each statement: the path of the table it stands in (a header: of itself).
    pub tables: Vec<Vec<Segment>>,
    pub line_end: &'static str,
}

/// What a path means.
pub(super) enum Found<'s> {
    /// A value in a pair; `statement` is the pair.
    Value { statement: usize, node: &'s Node },
    /// A table, or a list of tables, made by statements whose paths begin with it.
    Tables,
}

impl<'t> Sheet<'t> {
    pub(super) fn new(text: &'t str) -> Result<Sheet<'t>, String> {
        let scan = scan(text)?;
        let mut lengths: HashMap<Vec<Segment>, usize> = HashMap::new();
        let (mut paths, mut tables) = (Vec::new(), Vec::new());
        let mut table: Vec<Segment> = Vec::new();
        for statement in &scan.statements {
            let mut path = if statement.kind == Kind::Pair { table.clone() } else { Vec::new() };
            for (at, part) in statement.keys.iter().enumerate() {
                path.push(Segment::Key(part.name.clone()));
                let last = at + 1 == statement.keys.len();
                if last && statement.kind == Kind::TableEntry {
                    let length = lengths.entry(path.clone()).or_default();
                    *length += 1;
                    path.push(Segment::Index(*length - 1));
                } else if let Some(length) = lengths.get(&path).filter(|_| statement.kind != Kind::Pair) {
                    path.push(Segment::Index(length - 1));
                }
            }
            if statement.kind != Kind::Pair {
                table = path.clone();
            }
            paths.push(path);
            tables.push(table.clone());
        }
        Ok(Sheet { text, scan, paths, tables, line_end: usual_break(text) })
    }

    /// What stands at `path`.
    pub(super) fn find(&self, path: &[Segment]) -> Option<Found<'_>> {
        for (at, here) in self.paths.iter().enumerate() {
            let statement = &self.scan.statements[at];
            if let Some(value) = statement.value.as_ref().filter(|_| path.starts_with(here)) {
                return Some(Found::Value { statement: at, node: below(value, &path[here.len()..])? });
            }
        }
        (path.is_empty() || self.under(path).next().is_some()).then_some(Found::Tables)
    }

    /// The statements that make what stands at `path`.
    pub(super) fn under<'s>(&'s self, path: &'s [Segment]) -> impl Iterator<Item = usize> + 's {
        (0..self.paths.len()).filter(move |at| self.paths[*at].starts_with(path))
    }

    /// The bytes of a field.
    pub(super) fn span(&self, path: &FieldPath) -> Option<Range<usize>> {
        let segments = path.segments();
        match self.find(segments)? {
            Found::Value { statement, .. } if self.paths[statement] == segments => {
                Some(self.scan.statements[statement].at.clone())
            }
            Found::Value { node, .. } => Some(node.at.clone()),
            Found::Tables => {
                let (first, last) = (self.under(segments).next()?, self.under(segments).last()?);
                Some(self.scan.statements[first].at.start..self.scan.statements[last].at.end)
            }
        }
    }

    pub(super) fn statement(&self, at: usize) -> &Statement {
        &self.scan.statements[at]
    }

    /// The whole lines of a statement: its own comment lines right above and the comment behind it included.
    pub(super) fn lines_of(&self, at: usize) -> Range<usize> {
        let own = &self.statement(at).at;
        let floor = at.checked_sub(1).map_or(0, |before| next_line(self.text, self.statement(before).at.end));
        let mut start = line_start(self.text, own.start);
        if first_in_line(self.text, own.start) {
            while start > floor {
                let above = line_start(self.text, start - 1);
                if above < floor || comment_column(self.text, above).is_none() {
                    break;
                }
                start = above;
            }
        }
        start..next_line(self.text, own.end)
    }

    /// Behind the line of a statement, before its line end.
    pub(super) fn end_of(&self, at: usize) -> usize {
        line_end(self.text, self.statement(at).at.end)
    }
}

/// The value at a path within a value.
fn below<'n>(node: &'n Node, path: &[Segment]) -> Option<&'n Node> {
    let Some(first) = path.first() else { return Some(node) };
    match (&node.inner, first) {
        (Inner::List(items), Segment::Index(index)) => below(items.get(*index)?, &path[1..]),
        (Inner::Table(entries), Segment::Key(_)) => entries.iter().find_map(|(keys, value)| {
            let named = keys.len() <= path.len() && keys.iter().zip(path).all(|(part, step)| is(part, step));
            if named { below(value, &path[keys.len()..]) } else { None }
        }),
        _ => None,
    }
}

/// Whether a step of a path is this word of a key.
pub(super) fn is(part: &Part, step: &Segment) -> bool {
    matches!(step, Segment::Key(key) if *key == part.name)
}
