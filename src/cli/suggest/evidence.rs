//! What is learned from, for `suggest`: every item under the root, whatever part of it is asked about.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::bulk::in_two;
use super::super::library::{Library, history_of};
use crate::library::history::Past;
use crate::library::{Row, RowField};
use crate::shell::disk;
use crate::suggest::{ItemText, Learner, Prepared};

/// Items that are read at once.
const CHUNK: usize = 128;

/// A library as it teaches.
pub(super) struct Evidence<'l> {
    library: &'l Library,
    /// All items that can be read, the oldest first: the latest decisions are then the freshest.
    rows: Vec<Row>,
    /// What was taken from each item: the history remembers it.
    taken: HashMap<String, Vec<String>>,
}

impl<'l> Evidence<'l> {
    pub(super) fn of(library: &'l Library, all: bool) -> Evidence<'l> {
        let mut rows = library.rows_of_root(all);
        rows.retain(|row| row.problem.is_none());
        rows.sort_unstable_by(|a, b| by_date(a).cmp(&by_date(b)));
        // Without a history nothing was taken; one that cannot be read is told where it is looked at.
        let taken = history_of(&library.root).past().map(Past::taken).unwrap_or_default();
        Evidence { library, rows, taken }
    }

    pub(super) fn library(&self) -> &'l Library {
        self.library
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// An item as it is on disk; nothing where it cannot be read (which is said where rows are chosen).
    pub(super) fn item(&self, path: &str) -> Option<ItemText> {
        let document = disk::read(&self.library.root.file(path)).ok()?;
        let item = ItemText::of(path, &self.library.profile, &document).ok()?;
        Some(ItemText { rejected: self.taken.get(path).cloned().unwrap_or_default(), ..item })
    }

    /// What the items that `teach` teach.
    pub(super) fn learner(&self, teach: impl Fn(&Row) -> bool) -> Learner {
        self.learned(teach, |_| None)
    }

    /// The same with other topics than those on disk, where `instead` gives any.
    pub(super) fn learned<'t>(
        &self,
        teach: impl Fn(&Row) -> bool,
        instead: impl Fn(&str) -> Option<&'t Vec<String>> + Sync,
    ) -> Learner {
        let mut learner = Learner::new();
        learner.know(&self.library.profile);
        let paths: Vec<Arc<str>> = self.rows.iter().filter(|row| teach(row)).map(|row| row.path.clone()).collect();
        let read = |path: &Arc<str>| {
            let mut item = self.item(path)?;
            if let Some(topics) = instead(path) {
                item.topics.clone_from(topics);
            }
            Some(Prepared::of(&item))
        };
        learner.learn_all(paths.chunks(CHUNK).flat_map(|chunk| in_two(chunk, &read)).flatten());
        learner
    }

    /// Each item's topics given to another one: what the text says of them is then nothing.
    pub(super) fn shuffled(&self, teach: impl Fn(&Row) -> bool, dice: &mut Dice) -> HashMap<Arc<str>, Vec<String>> {
        let carrying = || self.rows.iter().filter(|row| teach(row) && row.topics().next().is_some());
        let mut topics: Vec<Vec<String>> = carrying().map(|row| row.topics().map(str::to_string).collect()).collect();
        dice.shuffle(&mut topics);
        carrying().map(|row| row.path.clone()).zip(topics).collect()
    }
}

/// How items are put in order of time: those without a date first.
pub(super) fn by_date(row: &Row) -> (&str, &str) {
    (row.text(RowField::Date), &row.path)
}

/// Chance that comes out the same every time (splitmix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }

    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % count as u64) as usize
    }
}
