//! An entry of a list at another place. The entries trade places, each with its own comment lines; what stands between
//! them (blank lines, comments that belong to none) stays where it is.

use std::ops::Range;

use super::super::super::path::FieldPath;
use super::super::tree::{Form, Kind, Node};
use super::{Sheet, Splice, Splices};

impl Sheet<'_> {
    pub(super) fn reorder(&self, path: &FieldPath, from: usize, to: usize) -> Splices {
        let place = self.locate(path)?;
        self.unrepeated(place.node)?;
        let list = match &place.node.kind {
            Kind::Collection(list) if !list.map => list,
            Kind::Alias(_) => return Err(self.is_alias(place.node)),
            _ => return Err("it is no list".to_string()),
        };
        if from >= list.entries.len() || to >= list.entries.len() {
            return Err("there is no such entry".to_string());
        }
        let chunks: Vec<Range<usize>> = (0..list.entries.len()).map(|at| self.chunk(place.node, at)).collect();
        let mut order: Vec<usize> = (0..chunks.len()).collect();
        let moved = order.remove(from);
        order.insert(to, moved);
        let changed = order.iter().enumerate().filter(|(at, from)| at != *from);
        Ok(changed.map(|(at, from)| Splice::over(chunks[at].clone(), &self.text[chunks[*from].clone()])).collect())
    }

    /// The bytes of one entry that travel together.
    fn chunk(&self, node: &Node<'_>, index: usize) -> Range<usize> {
        match node.collection() {
            Some(list) if list.form == Form::Block => self.lead(node, list, index)..self.tail(list, index),
            Some(list) => list.entries[index].start..list.entries[index].end(),
            None => node.start..node.end,
        }
    }
}
