//! All rows, in `Arc` chunks: a worker matches over a clone while the list goes on changing.

use std::sync::Arc;

use super::row::Row;

/// An item's number, stable while the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub u32);

const CHUNK: usize = 1024;

/// The rows by number. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    chunks: Vec<Arc<Vec<Arc<Row>>>>,
    len: usize,
}

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The row of an item.
    ///
    /// # Panics
    /// Where the number is not of these rows; numbers are only made by [`Rows::push`].
    pub fn get(&self, id: ItemId) -> &Arc<Row> {
        &self.chunks[id.0 as usize / CHUNK][id.0 as usize % CHUNK]
    }

    /// All rows with their numbers, in order of arrival.
    pub fn iter(&self) -> impl Iterator<Item = (ItemId, &Arc<Row>)> {
        self.chunks.iter().flat_map(|c| c.iter()).enumerate().map(|(at, row)| (ItemId(at as u32), row))
    }

    /// Adds a row and gives its number.
    pub fn push(&mut self, row: Row) -> ItemId {
        if self.len.is_multiple_of(CHUNK) {
            self.chunks.push(Arc::new(Vec::with_capacity(CHUNK)));
        }
        let last = self.chunks.len() - 1;
        Arc::make_mut(&mut self.chunks[last]).push(Arc::new(row));
        self.len += 1;
        ItemId(self.len as u32 - 1)
    }

    /// Puts another row in an item's place.
    pub fn replace(&mut self, id: ItemId, row: Row) {
        Arc::make_mut(&mut self.chunks[id.0 as usize / CHUNK])[id.0 as usize % CHUNK] = Arc::new(row);
    }
}
