//! The library as the list knows it: rows, marks, drafts, batches. It holds no text of any file.
//!
//! Here: what is known of every item, and the one way to change a row ([`Library::replace`]). Not here: how a query is
//! matched (`search`), and nothing of the screen.

pub mod clusters;
pub mod conflicts;
pub mod drafts;
pub mod facets;
pub mod history;
mod looking;
#[cfg(test)]
pub(crate) mod made_up;
pub mod marks;
pub mod offerings;
pub mod order;
pub mod record;
pub mod row;
pub mod rows;
pub mod survey;
pub mod target;
pub mod titles;
pub mod topics;
pub mod vocabulary;

use std::collections::HashMap;
use std::sync::Arc;

use crate::profile::FindingBits;
use foldhash::fast::RandomState;
use looking::Looking;

pub use conflicts::Conflicts;
pub use drafts::{BatchId, Drafts};
pub use marks::Marks;
pub use offerings::OfferingIndex;
pub use order::{Sort, SortKey};
pub use record::{PlaceInQueue, Record, Standing, Unfinished};
pub use row::{Row, RowField, RowSpec};
pub use rows::{ItemId, Rows};
pub use target::{Source, Target};
pub use titles::{Letters, Titles};
pub use topics::{Postings, TopicId, TopicIndex};

/// How far the reading of the folder has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    /// Hidden and ignored content files that were left out.
    pub skipped: usize,
    /// Folders that could not be read, with the reason.
    pub problems: Vec<String>,
    /// Whether everything has been read.
    pub done: bool,
}

/// Everything known of the folder that is open.
#[derive(Clone, Debug, Default)]
pub struct Library {
    rows: Rows,
    by_path: HashMap<Arc<str>, ItemId, RandomState>,
    index: TopicIndex,
    unreadable: usize,
    waiting: usize,
    /// Rows of files that are gone.
    gone: usize,
    revision: u64,
    looking: Looking,
    pub marks: Marks,
    pub drafts: Drafts,
    /// Items whose draft and file have both changed a field.
    pub conflicts: Conflicts,
    /// Every offering in use, once it was asked for.
    pub offerings: OfferingIndex,
    pub loading: Loading,
}

impl Library {
    /// The rows, to look at.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The posting lists of topics, brands and authors.
    pub fn index(&self) -> &TopicIndex {
        &self.index
    }

    /// A number that changes whenever a row is added or replaced.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The row of an item.
    pub fn row(&self, id: ItemId) -> &Arc<Row> {
        self.rows.get(id)
    }

    /// The item at a path.
    pub fn find(&self, path: &str) -> Option<ItemId> {
        self.by_path.get(path).copied()
    }

    /// How many files cannot be read.
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Takes a row in: a new item, or another row for one that is known.
    pub fn put(&mut self, row: Row) -> ItemId {
        if let Some(id) = self.find(&row.path) {
            self.replace(id, row);
            return id;
        }
        self.add(row)
    }

    /// Takes a row in whose path is not known yet.
    pub fn add(&mut self, row: Row) -> ItemId {
        debug_assert!(self.find(&row.path).is_none(), "{} is known", row.path);
        self.count(&row, 1);
        self.looking.comes(&row);
        self.revision += 1;
        let path = row.path.clone();
        let id = self.rows.push(row);
        self.index.insert(id, self.rows.get(id));
        self.by_path.insert(path, id);
        id
    }

    /// Puts another row in an item's place.
    pub fn replace(&mut self, id: ItemId, row: Row) {
        self.count(&self.rows.get(id).clone(), -1);
        self.count(&row, 1);
        self.looking.goes(self.rows.get(id));
        self.looking.comes(&row);
        self.revision += 1;
        self.index.replace(id, self.rows.get(id), &row);
        self.offerings.row_changed(id);
        self.rows.replace(id, row);
    }

    /// A file was moved, and its item with it.
    pub fn moved(&mut self, id: ItemId, to: &Arc<str>) {
        let row = Row::clone(self.rows.get(id)).at(to);
        if self.by_path.contains_key(to) {
            // There was an item of that name once: it is that one again.
            let gone = Row::gone(self.rows.get(id).path.clone());
            self.replace(id, gone);
            self.put(row);
            return;
        }
        self.by_path.remove(&self.rows.get(id).path);
        self.by_path.insert(to.clone(), id);
        self.replace(id, row);
    }

    fn count(&mut self, row: &Row, by: isize) {
        let counted = |is: bool, number: usize| if is { number.saturating_add_signed(by) } else { number };
        self.unreadable = counted(row.problem.is_some() && !row.is_gone() && !row.is_waiting(), self.unreadable);
        self.waiting = counted(row.is_waiting(), self.waiting);
        self.gone = counted(row.is_gone(), self.gone);
    }

    /// How many items there are: rows of files that are gone are none.
    pub fn items(&self) -> usize {
        self.rows.len() - self.gone
    }

    /// How many drafts wait for a file that is gone.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Items that nobody has looked at for findings yet, no more than `most` of them.
    pub fn to_look_at(&mut self, most: usize) -> Vec<(ItemId, Arc<Row>)> {
        self.looking.next(&self.rows, most)
    }

    /// How many items nobody has looked at yet.
    pub fn unlooked(&self) -> usize {
        self.looking.unlooked()
    }

    /// A number that changes whenever somebody has looked.
    pub fn looks(&self) -> u64 {
        self.looking.revision()
    }

    /// Takes what was found in an item, unless another row has come in the place of the one that was looked at. Nothing else of the row
    /// changes, so neither order nor posting lists do.
    pub fn looked(&mut self, id: ItemId, at: &Arc<Row>, found: FindingBits) {
        if !Arc::ptr_eq(self.rows.get(id), at) {
            return;
        }
        self.looking.goes(at);
        self.rows.replace(id, Row::clone(at).with(found));
    }

    /// Whether an item has a draft.
    pub fn is_unwritten(&self, id: ItemId) -> bool {
        self.drafts.has(&self.row(id).path)
    }
}
