//! The topic picker over one item or many: which topics all, some or none of them carry, and what is to change.

use std::collections::BTreeMap;

use super::input::Input;
use crate::library::ItemId;
use crate::profile::Intent;
use crate::search;

/// A topic with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRow {
    pub topic: String,
    /// How many of the items carry it.
    pub carried: usize,
    /// How many items of the library carry it.
    pub uses: usize,
    /// Why it stands near the top; empty for the rest.
    pub why: String,
}

/// How many of the items carry a topic, or will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    All,
    Some,
    None,
}

impl Carried {
    /// By the number of those that carry it, of all.
    pub fn by(carried: usize, all: usize) -> Carried {
        match carried {
            0 => Carried::None,
            n if n == all => Carried::All,
            _ => Carried::Some,
        }
    }

    /// After a change: onto all, or off all.
    pub fn with(self, change: Option<bool>) -> Carried {
        match change {
            Some(true) => Carried::All,
            Some(false) => Carried::None,
            None => self,
        }
    }

    /// The change that comes next in the box: as it was, all, none.
    pub fn cycled(self, change: Option<bool>) -> Option<bool> {
        match (self, change) {
            (Carried::All, None) | (Carried::Some, Some(true)) => Some(false),
            (Carried::None | Carried::Some, None) => Some(true),
            _ => None,
        }
    }
}

/// The picker.
#[derive(Clone, Debug)]
pub struct TopicPicker {
    /// The items it acts on.
    pub targets: Vec<ItemId>,
    pub input: Input,
    pub rows: Vec<TopicRow>,
    /// Positions in `rows` that match what was typed, best first.
    pub shown: Vec<usize>,
    pub cursor: usize,
    /// Rows that were toggled: onto all, or off all.
    pub changes: BTreeMap<usize, bool>,
    /// A new topic that was asked for while a near one exists; asking again makes it.
    pub doubted: Option<String>,
}

impl TopicPicker {
    /// A picker over `targets`, its rows in the order in which they are offered.
    pub fn new(targets: Vec<ItemId>, rows: Vec<TopicRow>) -> TopicPicker {
        let shown = (0..rows.len()).collect();
        let (input, changes) = Default::default();
        TopicPicker { targets, input, rows, shown, cursor: 0, changes, doubted: None }
    }

    /// Matches the rows with what was typed.
    pub fn narrow(&mut self) {
        let query = self.input.text();
        self.shown = search::rank(&query, self.rows.iter().map(|r| r.topic.as_str()));
        self.cursor = 0;
        self.doubted = None;
    }

    /// Moves the highlight, no further than the ends.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
    }

    /// The highlighted row.
    pub fn current(&self) -> Option<usize> {
        self.shown.get(self.cursor).copied()
    }

    /// How the items carry a topic now.
    pub fn was(&self, row: usize) -> Carried {
        Carried::by(self.rows[row].carried, self.targets.len())
    }

    /// How they will.
    pub fn will(&self, row: usize) -> Carried {
        self.was(row).with(self.changes.get(&row).copied())
    }

    /// The box of the highlighted row goes on: as it was, all, none.
    pub fn cycle(&mut self) {
        let Some(row) = self.current() else { return };
        match self.was(row).cycled(self.changes.get(&row).copied()) {
            Some(all) => self.changes.insert(row, all),
            None => self.changes.remove(&row),
        };
    }

    /// Adds a topic that nobody has yet, toggled on, and clears what was typed.
    pub fn add_new(&mut self, topic: &str) {
        self.rows.insert(0, TopicRow { topic: topic.to_string(), carried: 0, uses: 0, why: "new".to_string() });
        self.changes = std::mem::take(&mut self.changes).into_iter().map(|(row, all)| (row + 1, all)).collect();
        self.changes.insert(0, true);
        self.input.replace("");
        self.narrow();
    }

    /// A topic that differs from `text` in case, accents, punctuation, a plural or the scheme only.
    pub fn near(&self, text: &str) -> Option<usize> {
        let folded = fold(text);
        let near = |topic: &str| fold(topic) == folded || fold(crate::profile::template::label(topic)) == folded;
        self.rows.iter().position(|row| row.topic != text && near(&row.topic))
    }

    /// What was toggled as intents, removals first.
    pub fn intents(&self) -> Vec<Intent> {
        let topic = |row: &usize| self.rows[*row].topic.clone();
        let of = |wanted: bool| self.changes.iter().filter(move |(_, all)| **all == wanted).map(|(row, _)| row);
        let removed = of(false).map(|row| Intent::RemoveTopic(topic(row)));
        removed.chain(of(true).map(|row| Intent::AddTopic(topic(row)))).collect()
    }
}

/// Letters and digits only, folded, a plural's `s` dropped: what near-duplicates share.
fn fold(text: &str) -> String {
    let slug = crate::profile::template::slug(text);
    slug.split('-').map(|word| word.strip_suffix('s').filter(|w| w.len() > 2).unwrap_or(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> TopicPicker {
        let row = |topic: &str, carried| TopicRow { topic: topic.into(), carried, uses: 9, why: String::new() };
        TopicPicker::new(vec![ItemId(0), ItemId(1)], vec![row("A", 0), row("B", 1), row("C", 2)])
    }

    #[test]
    fn a_box_goes_from_as_it_was_to_all_to_none_and_back() {
        let mut picker = picker();
        let mut states = Vec::new();
        for _ in 0..3 {
            for row in 0..3 {
                picker.cursor = row;
                picker.cycle();
            }
            states.push((0..3).map(|row| picker.will(row)).collect::<Vec<_>>());
        }
        use Carried::{All, None, Some};
        assert_eq!(states, [[All, All, None], [None, None, All], [All, Some, None]]);
    }

    #[test]
    fn removals_come_first_and_a_near_topic_is_found() {
        let mut picker = picker();
        picker.changes = [(0, true), (2, false)].into();
        assert_eq!(picker.intents(), [Intent::RemoveTopic("C".into()), Intent::AddTopic("A".into())]);
        picker.rows[0].topic = "MeSH: Nurses".into();
        assert_eq!(picker.near("mesh: Nurse"), Some(0));
        assert_eq!(picker.near("mesh: Nursing"), None);
    }
}
