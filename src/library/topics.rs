//! What a search looks through: posting lists (which items carry a topic, a brand, an author) and the titles. The few distinct
//! texts are matched once, not in every row.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::row::{Row, RowField};
use super::rows::ItemId;
use super::titles::{Letters, Titles};

/// The number of a distinct text in a [`Postings`]; it never changes, even when no item carries the text any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TopicId(pub u32);

/// A distinct text and the items that carry it, sorted.
#[derive(Clone, Debug)]
struct Listed {
    text: Arc<str>,
    letters: Letters,
    items: Arc<Vec<ItemId>>,
}

/// The distinct texts of one cell of all rows, with their items. Cloning copies no list.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    listed: Vec<Listed>,
    numbers: Arc<HashMap<Arc<str>, TopicId, RandomState>>,
}

impl Postings {
    /// How many distinct texts there are, those that no item carries any more included.
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// The number of a text.
    pub fn id(&self, text: &str) -> Option<TopicId> {
        self.numbers.get(text).copied()
    }

    /// The text of a number.
    pub fn text(&self, id: TopicId) -> &str {
        &self.listed[id.0 as usize].text
    }

    /// The items that carry it, sorted by number.
    pub fn items(&self, id: TopicId) -> &[ItemId] {
        &self.listed[id.0 as usize].items
    }

    /// Every text that an item carries, with its items, in order of first sight.
    pub fn iter(&self) -> impl Iterator<Item = (TopicId, &str, &[ItemId])> {
        let numbered = self.listed.iter().enumerate().filter(|(_, l)| !l.items.is_empty());
        numbered.map(|(at, l)| (TopicId(at as u32), &*l.text, l.items.as_slice()))
    }

    /// As [`Postings::iter`], with the letters of each text: for searches.
    pub fn with_letters(&self) -> impl Iterator<Item = (&str, Letters, &[ItemId])> {
        self.listed.iter().filter(|l| !l.items.is_empty()).map(|l| (&*l.text, l.letters, l.items.as_slice()))
    }

    /// Every text with the number of its items, most used first, then by text.
    pub fn counts(&self) -> Vec<(&str, usize)> {
        let mut counts: Vec<_> = self.iter().map(|(_, text, items)| (text, items.len())).collect();
        counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        counts
    }

    fn add(&mut self, text: &str, item: ItemId) {
        let id = match self.id(text) {
            Some(id) => id,
            None => {
                let (id, text) = (TopicId(self.listed.len() as u32), Arc::<str>::from(text));
                self.listed.push(Listed { text: text.clone(), letters: Letters::of(&text), items: Arc::default() });
                Arc::make_mut(&mut self.numbers).insert(text, id);
                id
            }
        };
        let items = Arc::make_mut(&mut self.listed[id.0 as usize].items);
        // Rows arrive in order, so that the end is nearly always the place. A topic named twice in a row counts once.
        match items.last() {
            Some(last) if *last >= item => {
                if let Err(at) = items.binary_search(&item) {
                    items.insert(at, item);
                }
            }
            _ => items.push(item),
        }
    }

    fn drop(&mut self, text: &str, item: ItemId) {
        let Some(id) = self.id(text) else { return };
        let items = Arc::make_mut(&mut self.listed[id.0 as usize].items);
        if let Ok(at) = items.binary_search(&item) {
            items.remove(at);
        }
    }
}

/// The posting lists and titles of the library. They change only where a row is added or replaced.
#[derive(Clone, Debug, Default)]
pub struct TopicIndex {
    pub topics: Postings,
    pub brands: Postings,
    pub authors: Postings,
    pub titles: Titles,
}

impl TopicIndex {
    /// Takes up a new row: every row, in the order of their numbers.
    pub fn insert(&mut self, id: ItemId, row: &Row) {
        debug_assert_eq!(id.0 as usize, self.titles.len(), "rows are taken up in the order of their numbers");
        self.titles.push(row);
        for (postings, field) in self.each() {
            row.cell(field).texts().for_each(|text| postings.add(text, id));
        }
    }

    /// Follows a row that takes another's place.
    pub fn replace(&mut self, id: ItemId, old: &Row, new: &Row) {
        self.titles.replace(id, new);
        for (postings, field) in self.each() {
            if old.cell(field) != new.cell(field) {
                old.cell(field).texts().for_each(|text| postings.drop(text, id));
                new.cell(field).texts().for_each(|text| postings.add(text, id));
            }
        }
    }

    fn each(&mut self) -> [(&mut Postings, RowField); 3] {
        [
            (&mut self.topics, RowField::Topics),
            (&mut self.brands, RowField::Brand),
            (&mut self.authors, RowField::Author),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::summary::Cell;

    fn row(topics: &[&str]) -> Row {
        Row::new("x.md", vec![(RowField::Topics, Cell::List(topics.iter().collect()))])
    }

    #[test]
    fn replacing_a_row_moves_it_between_the_lists() {
        let mut index = TopicIndex::default();
        let (old, new) = (row(&["Nursing", "Care", "Care"]), row(&["Care", "Robots"]));
        index.insert(ItemId(0), &old);
        index.insert(ItemId(1), &row(&["Care"]));
        let before = index.clone();
        index.replace(ItemId(0), &old, &new);
        assert_eq!(index.topics.counts(), [("Care", 2), ("Robots", 1)]);
        let care = index.topics.id("Care").unwrap();
        assert_eq!(index.topics.items(care), [ItemId(0), ItemId(1)]);
        // A worker's copy does not move.
        assert_eq!(before.topics.counts(), [("Care", 2), ("Nursing", 1)]);
    }
}
