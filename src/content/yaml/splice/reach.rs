//! What belongs to an entry of a block collection besides its own bytes: the comment lines right above it at its column,
//! the comment behind it, and comment lines right below that stand deeper.

use super::super::super::lines::{column, comment_column, first_in_line, line_end, line_start, next_line};
use super::super::tree::{Collection, Node};
use super::Sheet;

impl Sheet<'_> {
    /// The first byte of entry `index` of the block collection `holder`, its own comment lines above included. It stands at
    /// the entry's column.
    pub(super) fn lead(&self, holder: &Node<'_>, collection: &Collection<'_>, index: usize) -> usize {
        let start = collection.entries[index].start;
        if !first_in_line(self.text, start) {
            return start;
        }
        let floor = match index.checked_sub(1) {
            Some(before) => next_line(self.text, collection.entries[before].end()),
            None if self.is_root(holder) => 0,
            None => next_line(self.text, holder.slot),
        };
        let own = column(self.text, start);
        let mut lead = start;
        let mut line = line_start(self.text, start);
        while line > floor {
            let above = line_start(self.text, line - 1);
            if above < floor || comment_column(self.text, above) != Some(own) {
                break;
            }
            line = above;
            lead = above + own;
        }
        lead
    }

    /// The end of entry `index`'s last line, its own comments below included; its line end is not.
    pub(super) fn tail(&self, collection: &Collection<'_>, index: usize) -> usize {
        let entry = &collection.entries[index];
        let own = column(self.text, entry.start);
        let mut end = line_end(self.text, entry.end());
        loop {
            let next = next_line(self.text, end);
            if next == end || next >= self.text.len() {
                return end;
            }
            match comment_column(self.text, next) {
                Some(at) if at > own => end = line_end(self.text, next),
                _ => return end,
            }
        }
    }

    /// What a new entry keeps between itself and its neighbour: a line end, and a blank line where all entries have one.
    pub(super) fn spacing(&self, collection: &Collection<'_>) -> String {
        let spaced = |pair: &[super::super::tree::Entry<'_>]| {
            let between: Vec<&str> = self.text[pair[0].end()..pair[1].start].split('\n').collect();
            between.len() > 2 && between[1..between.len() - 1].iter().any(|line| line.trim().is_empty())
        };
        let all = collection.entries.len() > 1 && collection.entries.windows(2).all(spaced);
        self.style.line_end.repeat(if all { 2 } else { 1 })
    }

    /// Whether `node` is the whole document.
    pub(super) fn is_root(&self, node: &Node<'_>) -> bool {
        self.tree.root.as_ref().is_some_and(|root| root.start == node.start && root.end == node.end)
    }
}
