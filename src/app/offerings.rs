//! The offerings workbench: what one item has, or the marked ones, and below it what can be added.
//!
//! Here: the rows of both lists and the boxes that were toggled. Not here: which offerings there are (`library`), why one is offered
//! (`candidates`), and what keys do (`update`).

pub mod candidates;
pub mod everywhere;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::input::Input;
use super::learning::Suggested;
use super::topics::Carried;
use crate::content::Value;
use crate::library::{ItemId, OfferingIndex};
use crate::profile::{Intent, OfferingsRule, Which};
use crate::search;

/// An entry that the item has; over several items, an offering that some of them have.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub label: String,
    pub id: String,
    /// Its topics, short.
    pub topics: String,
    /// The number of the offering; none where an entry has neither id nor label.
    pub offering: Option<usize>,
    pub entry: Arc<Value>,
    /// How many of the items have it.
    pub carried: usize,
    /// What is odd about it.
    pub remark: String,
}

/// An offering that can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub offering: usize,
    pub label: String,
    pub id: String,
    /// How many of the items have it.
    pub carried: usize,
    /// Why it stands where it stands.
    pub why: String,
}

/// The pane below: what can be added.
#[derive(Clone, Debug, Default)]
pub struct AddPane {
    pub input: Input,
    pub rows: Vec<Candidate>,
    /// Positions in `rows` that match what was typed, best first.
    pub shown: Vec<usize>,
    pub cursor: usize,
    /// Offerings that were toggled: onto all, or off all.
    pub changes: BTreeMap<usize, bool>,
    /// Whether a key was pressed here: from then on rows keep their places.
    pub touched: bool,
}

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The list above.
    Held,
    /// The pane below.
    Add,
    /// The pane below, for what comes in the place of the entry under the cursor.
    Replace,
}

/// The workbench.
#[derive(Clone, Debug)]
pub struct Workbench {
    /// The items it acts on.
    pub targets: Vec<ItemId>,
    /// What the one item is called.
    pub title: String,
    pub held: Vec<Held>,
    pub cursor: usize,
    pub add: AddPane,
    pub side: Side,
    /// The number of the question what to suggest, and the answer.
    pub asked: u64,
    pub suggested: Vec<Suggested>,
    /// Whether entries are still being read.
    pub reading: bool,
}

impl Workbench {
    /// A workbench over these items, empty until it is filled.
    pub fn new(targets: Vec<ItemId>, title: String) -> Workbench {
        let (held, add, suggested) = Default::default();
        Workbench { targets, title, held, cursor: 0, add, side: Side::Held, asked: 0, suggested, reading: true }
    }

    /// Whether it acts on one item alone, whose entries have an order.
    pub fn is_single(&self) -> bool {
        self.targets.len() == 1
    }

    /// Takes in what is known now; the cursor stays on its row, and rows that have been touched in their places.
    pub fn fill(&mut self, index: &OfferingIndex, rule: &OfferingsRule, candidates: Vec<Candidate>) {
        self.held = if self.is_single() { self.entries(index, rule) } else { self.union(index, rule) };
        self.cursor = self.cursor.min(self.held.len().saturating_sub(1));
        let single = self.is_single();
        let offered = |c: &Candidate| !single || c.carried == 0;
        let mut rows: Vec<Candidate> = candidates.into_iter().filter(offered).collect();
        if self.add.touched {
            let places: HashMap<usize, usize> =
                self.add.rows.iter().enumerate().map(|(at, c)| (c.offering, at)).collect();
            rows.sort_by_key(|c| places.get(&c.offering).copied().unwrap_or(usize::MAX));
        }
        let here = self.add.current().map(|c| c.offering);
        self.add.rows = rows;
        self.add.find();
        let at = self.add.shown.iter().position(|at| Some(self.add.rows[*at].offering) == here);
        self.add.cursor = at.filter(|_| self.add.touched).unwrap_or(0);
        let known = |offering: &usize| self.add.rows.iter().any(|c| c.offering == *offering);
        self.add.changes.retain(|offering, _| known(offering));
    }

    fn entries(&self, index: &OfferingIndex, rule: &OfferingsRule) -> Vec<Held> {
        let numbers = self.targets.first().map_or(&[][..], |id| index.of(*id));
        let offerings: Vec<Option<usize>> = numbers.iter().map(|n| index.variant(*n).offering).collect();
        let row = |(at, number): (usize, &u32)| {
            let twice = offerings[at].is_some() && offerings[..at].contains(&offerings[at]);
            let differs = || {
                let ways = index.ways(rule, offerings[at]?);
                let most = ways.first().filter(|way| !way.holds(*number))?;
                Some(format!("not as in {}", items(most.uses)))
            };
            let remark = match offerings[at] {
                None => "no label and no id".to_string(),
                Some(_) if twice => "stands here twice".to_string(),
                Some(_) => differs().unwrap_or_default(),
            };
            held(rule, index.variant(*number).entry.clone(), offerings[at], 1, remark)
        };
        numbers.iter().enumerate().map(row).collect()
    }

    /// What any of the items has, what most have first.
    fn union(&self, index: &OfferingIndex, rule: &OfferingsRule) -> Vec<Held> {
        let carried = carried(index, &self.targets);
        let row = |(&offering, &count): (&usize, &usize)| {
            let entry = index.canonical(rule, offering)?;
            let remark = if index.differs(rule, offering) { "written in several ways" } else { "" };
            Some(held(rule, entry, Some(offering), count, remark.to_string()))
        };
        let mut rows: Vec<Held> = carried.iter().filter_map(row).collect();
        rows.sort_by(|a, b| b.carried.cmp(&a.carried).then_with(|| a.label.cmp(&b.label)));
        rows
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&Held> {
        self.held.get(self.cursor)
    }

    /// Moves the highlight of the list that has the keys, no further than the ends.
    pub fn step(&mut self, by: isize) {
        let (cursor, count) = match self.side {
            Side::Held => (&mut self.cursor, self.held.len()),
            Side::Add | Side::Replace => {
                self.add.touched = true;
                (&mut self.add.cursor, self.add.shown.len())
            }
        };
        *cursor = cursor.saturating_add_signed(by).min(count.saturating_sub(1));
    }

    /// Goes to the pane below, to the offering under the cursor: there its box is changed.
    pub fn point_at_box(&mut self) {
        let Some(offering) = self.current().and_then(|row| row.offering) else { return };
        self.side = Side::Add;
        self.add.narrow();
        self.add.cursor = self.add.shown.iter().position(|at| self.add.rows[*at].offering == offering).unwrap_or(0);
    }

    /// How the items have an offering now.
    pub fn was(&self, candidate: &Candidate) -> Carried {
        Carried::by(candidate.carried, self.targets.len())
    }

    /// How they will.
    pub fn will(&self, candidate: &Candidate) -> Carried {
        self.was(candidate).with(self.add.changes.get(&candidate.offering).copied())
    }

    /// The box of the highlighted candidate goes on: as it was, all, none.
    pub fn cycle(&mut self) {
        let Some(candidate) = self.add.current().cloned() else { return };
        let changes = &self.add.changes;
        match self.was(&candidate).cycled(changes.get(&candidate.offering).copied()) {
            Some(all) => self.add.changes.insert(candidate.offering, all),
            None => self.add.changes.remove(&candidate.offering),
        };
        self.add.touched = true;
    }

    /// What was toggled as intents, removals first, with the labels.
    pub fn intents(&self, index: &OfferingIndex, rule: &OfferingsRule) -> (String, Vec<Intent>) {
        let (mut names, mut intents) = (Vec::new(), Vec::new());
        for wanted in [false, true] {
            for (&offering, _) in self.add.changes.iter().filter(|(_, all)| **all == wanted) {
                let label = index.label(rule, offering);
                let which = index.offering(offering).which.clone();
                match (wanted, index.canonical(rule, offering)) {
                    (true, Some(entry)) => {
                        names.push(format!("+ {label}"));
                        intents.push(Intent::AddOffering(Value::clone(&entry)));
                    }
                    _ => {
                        names.push(format!("- {label}"));
                        intents.push(Intent::RemoveOffering(which));
                    }
                }
            }
        }
        (names.join(", "), intents)
    }

    /// The intent that takes the entry under the cursor away: just this one, where another of its kind stands beside it.
    pub fn removal(&self, rule: &OfferingsRule) -> Option<Intent> {
        let row = self.current()?;
        let same = self.held.iter().filter(|other| other.offering == row.offering).count();
        match rule.identity(&row.entry) {
            Some(which) if same == 1 || !self.is_single() => Some(Intent::RemoveOffering(which)),
            _ => {
                let field = format!("{}[{}]", rule.field.text(), self.cursor).parse().ok()?;
                Some(Intent::Unset { field })
            }
        }
    }

    /// What a person calls the entry under the cursor, as an identity.
    pub fn which(&self, rule: &OfferingsRule) -> Option<Which> {
        rule.identity(&self.current()?.entry)
    }
}

impl AddPane {
    /// The highlighted candidate.
    pub fn current(&self) -> Option<&Candidate> {
        self.shown.get(self.cursor).map(|at| &self.rows[*at])
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.narrow();
    }

    /// Matches the rows with what was typed, anew.
    pub fn narrow(&mut self) {
        self.touched = true;
        self.cursor = 0;
        self.find();
    }

    fn find(&mut self) {
        let query = self.input.text();
        let texts: Vec<String> = match query.trim().is_empty() {
            true => Vec::new(),
            false => self.rows.iter().map(|c| format!("{} {}", c.label, c.id)).collect(),
        };
        self.shown = match texts.is_empty() {
            true => (0..self.rows.len()).collect(),
            false => search::rank(&query, texts.iter().map(String::as_str)),
        };
    }
}

fn held(rule: &OfferingsRule, entry: Arc<Value>, offering: Option<usize>, carried: usize, remark: String) -> Held {
    let label = rule.label(&entry).unwrap_or_default();
    let (id, topics) = (rule.id(&entry).unwrap_or_default(), rule.short_topics(&entry));
    Held { label, id, topics, offering, entry, carried, remark }
}

/// How many of the items have each offering.
pub fn carried(index: &OfferingIndex, items: &[ItemId]) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for id in items {
        index.offerings_of(*id).for_each(|offering| *counts.entry(offering).or_default() += 1);
    }
    counts
}

/// `1 item`, `40 items`.
pub fn items(count: usize) -> String {
    crate::content::counted::count(count, "item")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn map(label: &str, id: i64) -> Value {
        Value::Map(vec![("label".to_string(), label.into()), ("offeringId".to_string(), id.into())])
    }

    fn bench(items: &[&[Value]]) -> (Workbench, OfferingIndex, OfferingsRule) {
        let rule = Profile::builtin().offerings.unwrap();
        let mut index = OfferingIndex::default();
        for (at, entries) in (0..).zip(items) {
            index.put(&rule, ItemId(at), entries);
        }
        let targets: Vec<ItemId> = (0..items.len() as u32).map(ItemId).collect();
        let mut bench = Workbench::new(targets.clone(), String::new());
        let counts = carried(&index, &targets);
        let candidates = index.offerings().map(|(offering, _)| Candidate {
            offering,
            label: index.label(&rule, offering),
            id: String::new(),
            carried: counts.get(&offering).copied().unwrap_or(0),
            why: String::new(),
        });
        let candidates = candidates.collect();
        bench.fill(&index, &rule, candidates);
        (bench, index, rule)
    }

    #[test]
    fn over_several_items_what_most_have_stands_first_and_boxes_have_three_states() {
        let (mut bench, index, rule) = bench(&[&[map("A", 1), map("B", 2)], &[map("B", 2)]]);
        let labels: Vec<_> = bench.held.iter().map(|row| (row.label.as_str(), row.carried)).collect();
        assert_eq!(labels, [("B", 2), ("A", 1)]);
        let states: Vec<Carried> = bench.add.rows.iter().map(|c| bench.was(c)).collect();
        assert_eq!(states, [Carried::Some, Carried::All]);
        bench.cycle();
        bench.step(1);
        bench.side = Side::Add;
        bench.step(1);
        bench.cycle();
        let (label, intents) = bench.intents(&index, &rule);
        assert_eq!(label, "- B, + A");
        assert_eq!(intents, [Intent::RemoveOffering(Which::Id("2".into())), Intent::AddOffering(map("A", 1))]);
    }

    #[test]
    fn of_two_entries_of_one_offering_only_the_one_under_the_cursor_goes() {
        let (mut bench, _, rule) = bench(&[&[map("A", 1), map("A", 1), map("B", 2)]]);
        bench.cursor = 1;
        assert_eq!(bench.held[1].remark, "stands here twice");
        let field = "relatedOfferings[1]".parse().unwrap();
        assert_eq!(bench.removal(&rule), Some(Intent::Unset { field }));
        bench.cursor = 2;
        assert_eq!(bench.removal(&rule), Some(Intent::RemoveOffering(Which::Id("2".into()))));
    }
}
