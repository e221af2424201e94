//! The items whose draft and file have both changed a field, until that is decided.
//!
//! Here: which items, and in what. Not here: how they are found (a worker makes the draft anew), what a decision is (`drafts`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::drafts::Conflict;

/// Conflicts by item, in the order of paths.
#[derive(Clone, Debug, Default)]
pub struct Conflicts {
    by_path: BTreeMap<Arc<str>, Vec<Conflict>>,
    /// Items of which something was decided, and whose answer is on its way.
    asked: BTreeSet<Arc<str>>,
    revision: u64,
}

impl Conflicts {
    /// Takes what is known of an item now; whether it is in conflict and was not before.
    pub fn set(&mut self, path: &Arc<str>, conflicts: Vec<Conflict>) -> bool {
        let was_asked = self.asked.remove(path);
        if conflicts.is_empty() {
            self.revision += u64::from(self.by_path.remove(path).is_some());
            return false;
        }
        self.revision += 1;
        self.by_path.insert(path.clone(), conflicts).is_none() && !was_asked
    }

    /// An item has no draft any more, or none that is known of.
    pub fn remove(&mut self, path: &Arc<str>) {
        self.set(path, Vec::new());
    }

    /// Something is decided: it is gone from here at once, and the item's answer brings what is left.
    pub fn decide(&mut self, path: &Arc<str>, at: usize) {
        self.revision += 1;
        self.asked.insert(path.clone());
        if let Some(conflicts) = self.by_path.get_mut(path) {
            if at < conflicts.len() {
                conflicts.remove(at);
            }
            if conflicts.is_empty() {
                self.by_path.remove(path);
            }
        }
    }

    /// Whether an edit of this item may change what it is in conflict with.
    pub fn is_known(&self, path: &str) -> bool {
        self.by_path.contains_key(path) || self.asked.contains(path)
    }

    /// What an item is in conflict with.
    pub fn of(&self, path: &str) -> &[Conflict] {
        self.by_path.get(path).map_or(&[], Vec::as_slice)
    }

    /// The items in conflict.
    pub fn items(&self) -> impl Iterator<Item = (&Arc<str>, &[Conflict])> {
        self.by_path.iter().map(|(path, conflicts)| (path, conflicts.as_slice()))
    }

    /// How many items are in conflict.
    pub fn len(&self) -> usize {
        self.by_path.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// A number that changes with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }
}
