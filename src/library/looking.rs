//! How far the looking for findings has come.
//!
//! The list has to be there at once, and its rows come from a scanner of lines that parses nothing; what is found in an item needs its
//! whole front matter. So a worker looks at the items behind the list, a few at a time, and their rows get their bits; the row of a
//! draft has them from the worker that made it. Not here: what is found (`profile::findings`).

use std::sync::Arc;

use super::row::Row;
use super::rows::{ItemId, Rows};

/// What is still to be looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Looking {
    unlooked: usize,
    /// Where to look next.
    from: usize,
    revision: u64,
}

impl Looking {
    /// A row comes in.
    pub(super) fn comes(&mut self, row: &Row) {
        self.unlooked += usize::from(row.is_unlooked());
    }

    /// A row is replaced.
    pub(super) fn goes(&mut self, row: &Row) {
        self.unlooked -= usize::from(row.is_unlooked());
        self.revision += 1;
    }

    pub(super) fn unlooked(&self) -> usize {
        self.unlooked
    }

    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// The next items to look at, going round once.
    pub(super) fn next(&mut self, rows: &Rows, most: usize) -> Vec<(ItemId, Arc<Row>)> {
        let most = most.min(self.unlooked);
        let mut found = Vec::with_capacity(most);
        for _ in 0..rows.len() {
            if found.len() == most {
                break;
            }
            let id = ItemId((self.from % rows.len()) as u32);
            self.from = id.0 as usize + 1;
            if rows.get(id).is_unlooked() {
                found.push((id, rows.get(id).clone()));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::library::{ItemId, Library, Row};
    use crate::profile::FindingBits;

    #[test]
    fn every_item_is_looked_at_once_and_again_where_its_row_is_another() {
        let mut library = Library::default();
        for path in ["a", "b", "c"] {
            library.put(Row::new(path, Vec::new()));
        }
        library.put(Row::unreadable("d", "broken"));
        let first = library.to_look_at(2);
        assert_eq!((first.len(), library.unlooked()), (2, 3));
        library.replace(ItemId(1), Row::new("b", Vec::new()));
        for (id, row) in &first {
            library.looked(*id, row, FindingBits::default());
        }
        assert!(!library.row(ItemId(0)).is_unlooked());
        // What was looked at was another row of it.
        assert!(library.row(ItemId(1)).is_unlooked());
        let rest: Vec<u32> = library.to_look_at(9).iter().map(|(id, _)| id.0).collect();
        assert_eq!((rest, library.unlooked()), (vec![2, 1], 2));
    }
}
