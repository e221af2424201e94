//! Keys and commands while a field is being typed, and the ends of it.

use super::field::{Editing, End, WayOut};
use super::line::{parted_at, start_of};
use super::window::Row;
use super::wrap::{place, wrap};
use super::{Form, Node, Outcome, Part, Target};
use crate::command::{Code, Command, Key};
use crate::content::{FieldRef, Value};
use crate::library::{BatchId, Unfinished};
use crate::shown::Shown;

/// A field that was typed and became an edit.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    typed: Editing,
    /// The form's value without it.
    before: Value,
    /// What it is a part of, as soon as that is known.
    batch: Option<BatchId>,
}

impl Form {
    /// Whether text of several lines is being typed: enter is a line end there.
    pub fn types_lines(&self) -> bool {
        self.editing.as_ref().is_some_and(|editing| editing.input.has_lines())
    }

    /// Whether the field being typed has values on offer.
    pub fn has_offers(&self) -> bool {
        self.editing.as_ref().is_some_and(|editing| !editing.offers.is_empty())
    }

    /// Takes a key that is no command: text, and motions in it.
    pub fn key(&mut self, key: Key) -> Outcome {
        if self.is_finding() {
            return self.find_key(key);
        }
        if let Key { code: Code::Up | Code::Down, ctrl: false, alt: false } = key {
            self.line_step(key.code == Code::Down);
            return Outcome::Nothing;
        }
        if let Some(editing) = &mut self.editing {
            let before = editing.input.revision();
            editing.input.key(key);
            if editing.input.revision() != before {
                editing.touch();
            }
            self.scroll();
        }
        Outcome::Nothing
    }

    /// Goes on with what was being typed when an earlier run ended. Says whether the field is there.
    pub fn resume(&mut self, typed: &Unfinished, offers: &dyn Fn(&FieldRef) -> Vec<String>) -> bool {
        self.jump_to(&typed.field);
        // Where the value is of another kind now, enter would do something else.
        let takes_text = !matches!(self.tree.at(&typed.field), Some(Value::Bool(_) | Value::Map(_) | Value::Seq(_)));
        let opens = match typed.entry {
            true => Some(Command::AddEntry),
            false => Some(Command::Change).filter(|_| takes_text),
        };
        opens.into_iter().for_each(|command| drop(self.command(command, offers)));
        let is_it = |editing: &&mut Editing| match &editing.target {
            Target::Field(path) => !typed.entry && *path == typed.field,
            Target::Entry(list) => typed.entry && *list == typed.field,
        };
        let Some(editing) = self.editing.as_mut().filter(is_it) else {
            self.editing = None;
            return false;
        };
        editing.input.replace(&typed.text);
        editing.touch();
        self.scroll();
        true
    }

    /// Takes a paste.
    pub fn paste(&mut self, text: &str) {
        if self.is_finding() {
            return self.find_paste(text);
        }
        if let Some(editing) = &mut self.editing {
            editing.input.paste(text);
            editing.touch();
            self.scroll();
        }
    }

    pub(super) fn command_while_typing(&mut self, command: Command) -> Outcome {
        let Some(editing) = &mut self.editing else { return Outcome::Nothing };
        match command {
            Command::Commit if editing.input.has_lines() => self.key(Key::plain(Code::Enter)),
            Command::Commit | Command::CommitText => self.end(WayOut::Done),
            Command::Back => self.end(WayOut::Back),
            Command::Original => self.original(),
            Command::Offer if editing.offer() => {
                self.scroll();
                Outcome::Nothing
            }
            Command::Offer => Outcome::Say("no values on offer here".to_string()),
            _ => Outcome::Nothing,
        }
    }

    /// Puts what the disk has into the text being typed; the text's own undo brings back what was typed.
    fn original(&mut self) -> Outcome {
        let Some(was) = self.original_value().cloned() else {
            return Outcome::Say("there is no value on disk to go back to".to_string());
        };
        let Some(editing) = self.editing.as_mut().filter(|editing| !editing.is_back_at(&was)) else {
            return Outcome::Say("it is as it was".to_string());
        };
        editing.go_back_to(was);
        self.scroll();
        Outcome::Nothing
    }

    /// What the field being typed is on disk; none for a new entry, and where the items differ.
    fn original_value(&self) -> Option<&Value> {
        let editing = self.editing.as_ref()?;
        let Target::Field(path) = &editing.target else { return None };
        self.tree.was(path).filter(|_| !self.tree.differs(path))
    }

    /// The same as text.
    pub fn original_text(&self) -> Option<String> {
        Some(self.original_value()?.scalar_text().unwrap_or_default())
    }

    /// The same, from shortly before the place where what is typed parts from it, or may do so with the next letter. In steps:
    /// a line that moved with every letter would be sent anew with every letter.
    pub(super) fn original_told(&self) -> Option<String> {
        const STEP: usize = 24;
        let (was, editing) = (self.original_text()?, self.editing.as_ref()?);
        if self.original_value() == Some(&Value::Null) {
            return Some("null".to_string());
        }
        if was.trim().is_empty() {
            return Some("(blank)".to_string());
        }
        // Beside the key and the words before it.
        let fits = was.chars().nth(self.width.saturating_sub(24)).is_none();
        let same = match editing.is_touched() {
            _ if fits => 0,
            true => was.chars().zip(editing.input.text().chars()).take_while(|(a, b)| a == b).count(),
            false => editing.input.offset(),
        };
        let from = same.saturating_sub(STEP / 2) / STEP * STEP;
        Some(if from > 0 { parted_at(&was, from) } else { start_of(&was) })
    }

    /// Ends what is being typed as `esc` does: kept if it is valid. For leaving the program with a field open.
    pub fn finish(&mut self) -> Outcome {
        match self.editing.is_some() {
            true => self.end(WayOut::Back),
            false => Outcome::Nothing,
        }
    }

    fn end(&mut self, way: WayOut) -> Outcome {
        let Some(editing) = &mut self.editing else { return Outcome::Nothing };
        let end = editing.end(way);
        if let End::Stay(reason) = end {
            return Outcome::Refuse(reason);
        }
        let target = editing.target.clone();
        let typed = self.editing.take();
        let outcome = match end {
            End::Edit(label, intent) => {
                self.sent = typed.map(|typed| Box::new(Sent { typed, before: self.tree.value.clone(), batch: None }));
                self.edit(label, vec![intent])
            }
            End::Dropped => Outcome::Say("what was typed is dropped; the field is as before".to_string()),
            End::Unchanged | End::Stay(_) => Outcome::Nothing,
        };
        self.rebuild();
        if let Target::Entry(list) = target {
            self.stand_on_last_entry(&list);
        }
        outcome
    }

    /// What was typed last is a part of this batch now.
    pub fn sent_as(&mut self, batch: BatchId) {
        self.sent.iter_mut().for_each(|sent| sent.batch = sent.batch.or(Some(batch)));
    }

    /// What this batch asked for does not fit: what was typed for it is typed still, unless something else is by now.
    pub fn refused(&mut self, batch: BatchId, reason: &str) {
        let is_it = |sent: &mut Box<Sent>| sent.batch.is_none_or(|sent_as| sent_as == batch);
        let Some(sent) = self.sent.take_if(is_it) else { return };
        let Sent { mut typed, before, .. } = *sent;
        self.tree = self.tree.after(before, &[]);
        if !self.is_typing() {
            typed.problem = Some(reason.to_string());
            self.editing = Some(typed);
        }
        self.rebuild();
        if let Some(editing) = self.editing.clone() {
            self.go_to(|row| editing.is_at(row));
        }
    }

    fn stand_on_last_entry(&mut self, list: &crate::content::FieldPath) {
        let count = self.tree.at(list).and_then(Value::as_seq).map_or(0, <[Value]>::len);
        let path = if count == 0 || self.tree.is_shut(list) { list.clone() } else { list.index(count - 1) };
        let is_it = |node: &Node| node.part == Part::Field && node.path == path;
        // The row that the cursor was thrown back to is near: of several rows for one field the nearest is meant.
        let near = self.cursor;
        let rows = self.rows.iter().enumerate().filter(|(_, row)| is_it(&row.node));
        if let Some((at, _)) = rows.min_by_key(|(at, _)| at.abs_diff(near)) {
            self.cursor = at;
        }
        self.scroll();
    }

    /// A line up or down in a text of several lines, as they are seen: a long one takes several.
    fn line_step(&mut self, down: bool) {
        let row = self.rows.get(self.cursor).cloned().unwrap_or_else(|| Row::alone(no_row(), 0));
        let width = self.value_width(&row);
        let Some(editing) = self.editing.as_mut().filter(|editing| editing.is_tall()) else { return };
        let (line, character) = editing.input.cursor();
        let parts_of = |line: usize| {
            let text = editing.input.content().get(line)?;
            Some(wrap(Shown::new(text).as_str(), width))
        };
        let Some(parts) = parts_of(line) else { return };
        let (part, within) = place(&parts, character);
        let target = match down {
            true if part + 1 < parts.len() => Some((line, parts[part + 1].clone())),
            true => parts_of(line + 1).map(|below| (line + 1, below[0].clone())),
            false if part > 0 => Some((line, parts[part - 1].clone())),
            false => line.checked_sub(1).and_then(|above| Some((above, parts_of(above)?.last()?.clone()))),
        };
        let Some((to_line, to_part)) = target else { return };
        let last_of_line = editing.input.content()[to_line].chars().count() == to_part.end;
        let end = if last_of_line { to_part.end } else { to_part.end.saturating_sub(1) };
        let to = (to_part.start + within).min(end);
        if to_line != line {
            editing.input.key(Key::plain(if down { Code::Down } else { Code::Up }));
        }
        let (_, from) = editing.input.cursor();
        let code = if to > from { Code::Right } else { Code::Left };
        for _ in 0..to.abs_diff(from) {
            editing.input.key(Key::plain(code));
        }
        self.scroll();
    }
}

fn no_row() -> Node {
    Node { section: 0, part: Part::New, path: crate::content::FieldPath::root() }
}
