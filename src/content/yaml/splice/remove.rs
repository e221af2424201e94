//! An entry taken out, with the comments that are its own and no other's.

use super::super::super::lines::{first_in_line, line_end, line_start, next_line};
use super::super::super::path::FieldPath;
use super::super::super::value::Value;
use super::super::tree::{Collection, Form, Kind, Node};
use super::{Place, Sheet, Splice, Splices, position};

impl Sheet<'_> {
    pub(super) fn remove(&self, path: &FieldPath) -> Splices {
        let (holder, last) = path.split_last().ok_or("the whole front matter is not removed")?;
        let place = self.locate(&holder)?;
        self.unrepeated(place.node)?;
        let collection = match &place.node.kind {
            Kind::Collection(collection) => collection,
            Kind::Alias(_) => return Err(self.is_alias(place.node)),
            _ => return Err("there is no such field".to_string()),
        };
        let index = position(collection, last)?;
        self.entry_is_free(&collection.entries[index])?;
        match collection.form {
            Form::Bare => Ok(vec![Splice::over(place.node.start..place.node.end, "{}")]),
            Form::Flow => self.brackets(place.node, collection).remove(index),
            Form::Block if collection.entries.len() == 1 => self.remove_only(&place, collection),
            Form::Block => Ok(self.remove_lines(place.node, collection, index)),
        }
    }

    /// The last entry goes: what stays is an empty list or map.
    fn remove_only(&self, place: &Place<'_>, collection: &Collection<'_>) -> Splices {
        if place.entry.is_none() {
            let lead = self.lead(place.node, collection, 0);
            return Ok(vec![Splice::over(lead..self.tail(collection, 0), "{}")]);
        }
        self.put(place, &if collection.map { Value::Map(Vec::new()) } else { Value::Seq(Vec::new()) })
    }

    fn remove_lines(&self, node: &Node<'_>, collection: &Collection<'_>, index: usize) -> Vec<Splice> {
        let start = collection.entries[index].start;
        let end = self.tail(collection, index);
        if first_in_line(self.text, start) {
            let from = line_start(self.text, self.lead(node, collection, index));
            let mut to = next_line(self.text, end);
            // Blank lines behind would become a part of a text before that keeps all its line ends.
            while self.style.careful && to < self.text.len() && self.text[to..line_end(self.text, to)].trim().is_empty()
            {
                to = next_line(self.text, to);
            }
            return vec![Splice::cut(from..to)];
        }
        // It shares its line with the dash before it: the next entry takes its place there, unless comments stand between.
        let next = self.lead(node, collection, index + 1);
        if self.text.get(end..next).is_some_and(|between| between.trim().is_empty()) {
            return vec![Splice::cut(start..next)];
        }
        let before = self.text[..start].trim_end_matches([' ', '\t']).len();
        vec![Splice::cut(before..end)]
    }
}
