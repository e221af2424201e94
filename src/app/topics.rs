//! The topic picker over one item or many: which topics all, some or none of them carry, and what is to change.

use std::collections::BTreeMap;

use super::input::Input;
use super::learning::Suggested;
use super::vocabulary::with_aliases;
use crate::library::ItemId;
use crate::library::clusters::{Likeness, Shape};
use crate::profile::Intent;
use crate::search;

/// A topic with what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicRow {
    pub topic: String,
    /// What it stands under: why it is near the top, or its scheme.
    pub group: String,
    /// How many of the items carry it.
    pub carried: usize,
    /// How many items of the library carry it.
    pub uses: usize,
    /// Why it stands near the top, in a word or two; empty for the rest.
    pub why: String,
    /// All the reasons why it is suggested.
    pub reasons: String,
    /// Other words for it, and what it means, as the vocabulary has them.
    pub aliases: Vec<String>,
    pub description: String,
    /// Why no item may get it.
    pub refusal: Option<String>,
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
    /// The number of the question what to suggest.
    pub asked: u64,
    /// Whether a key was pressed: from then on no row moves by itself.
    pub touched: bool,
}

impl TopicPicker {
    /// A picker over `targets`, its rows in the order in which they are offered.
    pub fn new(targets: Vec<ItemId>, rows: Vec<TopicRow>) -> TopicPicker {
        let shown = (0..rows.len()).collect();
        let (input, changes) = Default::default();
        TopicPicker { targets, input, rows, shown, cursor: 0, changes, doubted: None, asked: 0, touched: false }
    }

    /// Takes what is suggested: it stands first, unless a key was pressed already; its reasons are shown where it stands then.
    pub fn suggest(&mut self, suggested: &[Suggested]) {
        let mut ranks = vec![usize::MAX; self.rows.len()];
        for (rank, found) in suggested.iter().enumerate() {
            let Some(at) = self.rows.iter().position(|row| row.topic == found.name) else { continue };
            let (row, all) = (&mut self.rows[at], self.targets.len());
            if row.carried < all {
                row.why = found.why.first().cloned().unwrap_or_default();
                row.reasons = found.why.join(", ");
                ranks[at] = rank;
            }
        }
        if self.touched {
            return;
        }
        let mut rows: Vec<_> = ranks.into_iter().zip(std::mem::take(&mut self.rows)).collect();
        // The sort is stable: the rest stays as it was.
        rows.sort_by_key(|(rank, _)| *rank);
        let grouped = |(rank, row): (usize, TopicRow)| match rank {
            usize::MAX => row,
            _ => TopicRow { group: "Suggested".into(), ..row },
        };
        self.rows = rows.into_iter().map(grouped).collect();
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.narrow();
    }

    /// Matches the rows with what was typed.
    pub fn narrow(&mut self) {
        self.touched = true;
        let query = self.input.text();
        let texts: Vec<String> = self.rows.iter().map(|row| with_aliases(&row.topic, &row.aliases)).collect();
        self.shown = search::rank(&query, texts.iter().map(String::as_str));
        self.cursor = 0;
        self.doubted = None;
    }

    /// Moves the highlight, no further than the ends.
    pub fn step(&mut self, by: isize) {
        self.touched = true;
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

    /// The box of the highlighted row goes on: as it was, all, none. One that no item may get goes to none alone.
    pub fn cycle(&mut self) {
        self.touched = true;
        let Some(row) = self.current() else { return };
        let was = self.was(row);
        let next = match was.cycled(self.changes.get(&row).copied()) {
            Some(true) if self.rows[row].refusal.is_some() => (was == Carried::Some).then_some(false),
            next => next,
        };
        match next {
            Some(all) => self.changes.insert(row, all),
            None => self.changes.remove(&row),
        };
    }

    /// Adds a topic that nobody has yet, toggled on, and clears what was typed.
    pub fn add_new(&mut self, topic: &str) {
        let (topic, why) = (topic.to_string(), "new".to_string());
        self.rows.insert(0, TopicRow { topic, group: why.clone(), why, ..TopicRow::default() });
        self.changes = std::mem::take(&mut self.changes).into_iter().map(|(row, all)| (row + 1, all)).collect();
        self.changes.insert(0, true);
        self.input.replace("");
        self.narrow();
    }

    /// The topic that `text` may be meant for: one with that alias, else the nearest, and what it differs by.
    pub fn near(&self, text: &str) -> Option<(usize, &'static str)> {
        let lower = text.to_lowercase();
        let is_alias = |row: &TopicRow| row.aliases.iter().any(|alias| alias.to_lowercase() == lower);
        if let Some(row) = self.rows.iter().position(is_alias) {
            return Some((row, "alias"));
        }
        let shape = Shape::of(text);
        let others = self.rows.iter().enumerate().filter(|(_, row)| row.topic != text);
        let near = others.filter_map(|(at, row)| Some((Shape::of(&row.topic).likeness(&shape)?, at)));
        near.min_by_key(|(likeness, at)| (*likeness, *at)).map(|(likeness, at)| (at, Likeness::name(likeness)))
    }

    /// What was toggled as intents, removals first.
    pub fn intents(&self) -> Vec<Intent> {
        let topic = |row: &usize| self.rows[*row].topic.clone();
        let of = |wanted: bool| self.changes.iter().filter(move |(_, all)| **all == wanted).map(|(row, _)| row);
        let removed = of(false).map(|row| Intent::RemoveTopic(topic(row)));
        removed.chain(of(true).map(|row| Intent::AddTopic(topic(row)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> TopicPicker {
        let row = |topic: &str, carried| TopicRow { topic: topic.into(), carried, uses: 9, ..TopicRow::default() };
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
        picker.rows[1].aliases = vec!["Rota".into()];
        assert_eq!(picker.near("mesh: Nurse"), Some((0, "plural")));
        assert_eq!(picker.near("rota"), Some((1, "alias")));
        assert_eq!(picker.near("mesh: Robots"), None);
    }

    #[test]
    fn a_topic_that_no_item_may_get_can_only_be_taken_off() {
        let mut picker = picker();
        picker.rows.iter_mut().for_each(|row| row.refusal = Some("not in the list".into()));
        for (row, wanted) in [(0, None), (1, Some(false)), (2, Some(false))] {
            picker.cursor = row;
            picker.cycle();
            assert_eq!(picker.changes.get(&row).copied(), wanted);
        }
    }
}
