//! The curator's marks, and a number that tells whether they have changed.

use std::collections::BTreeSet;

use super::rows::ItemId;

/// The marked items, sorted by number.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    items: BTreeSet<ItemId>,
    revision: u64,
}

impl Marks {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether an item is marked.
    pub fn contains(&self, id: ItemId) -> bool {
        self.items.contains(&id)
    }

    /// The marked items.
    pub fn iter(&self) -> impl Iterator<Item = ItemId> {
        self.items.iter().copied()
    }

    /// A number that changes with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Marks these.
    pub fn extend(&mut self, items: impl IntoIterator<Item = ItemId>) {
        self.items.extend(items);
        self.revision += 1;
    }

    /// Marks an item, or takes its mark off.
    pub fn turn(&mut self, id: ItemId) {
        if !self.items.remove(&id) {
            self.items.insert(id);
        }
        self.revision += 1;
    }

    /// Takes all marks off.
    pub fn clear(&mut self) {
        self.items.clear();
        self.revision += 1;
    }
}
