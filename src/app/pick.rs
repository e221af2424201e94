//! A list that narrows as one types: topics to narrow by, saved views, sort orders, every command. One piece serves them all.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::input::Input;
use crate::command::Command;
use crate::content::FieldRef;

/// What is being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Topics that the list is narrowed by.
    Narrow,
    /// The topic that another becomes.
    Merge,
    /// A saved view, or a name for this filter.
    Views,
    /// A sort order.
    Sort,
    /// A command.
    Palette,
    /// A numbered link of the body.
    Links,
    /// A heading of the body.
    Headings,
    /// A field whose values are counted.
    FacetField,
    /// Another label for an offering.
    RenameOffering,
    /// An offering to stand in another's place everywhere.
    MergeOffering,
    /// An offering to stand on.
    FindOffering,
    /// A step of a bulk edit.
    Bulk,
    /// What the last edit refused.
    Refused,
    /// Nothing: why what takes text did not open. It takes the letters that were meant for it.
    Refusal,
}

/// One row to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What it says, raw.
    pub label: String,
    /// What stands at the right: a count, a key.
    pub note: String,
    /// Why it cannot be chosen now.
    pub disabled: Option<String>,
    pub value: Chosen,
}

/// What choosing a row means.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    Topic(String),
    View(String),
    SaveView,
    Sort(String),
    Command(Command),
    Link(String),
    Field(FieldRef),
    /// By its number.
    Offering(usize),
    /// The row of that number.
    Row(usize),
    /// An item.
    Item(Arc<str>),
    /// All items that were refused, to be marked.
    AllRefused,
    /// Nothing: a row that only says something.
    Nothing,
}

/// A picker.
#[derive(Clone, Debug)]
pub struct Pick {
    pub purpose: Purpose,
    pub input: Input,
    pub choices: Vec<Choice>,
    /// Positions in `choices` that match what was typed, best first.
    pub shown: Vec<usize>,
    /// Position in `shown`.
    pub cursor: usize,
    /// Positions in `choices` that were taken.
    pub taken: BTreeSet<usize>,
    /// Positions in `choices` that were excluded.
    pub excluded: BTreeSet<usize>,
    /// Positions in `choices` of what the filter asked for already: the first one taken joins them.
    pub present: BTreeSet<usize>,
    /// The filter as it was before: what `esc` puts back.
    pub before: String,
    /// The filter that a choice is added to.
    pub base: String,
}

impl Pick {
    /// A picker over `choices`.
    pub fn new(purpose: Purpose, choices: Vec<Choice>, before: String) -> Pick {
        let shown = (0..choices.len()).collect();
        let (taken, excluded, present) = Default::default();
        let base = before.clone();
        Pick { purpose, input: Input::line(""), choices, shown, cursor: 0, taken, excluded, present, before, base }
    }

    /// The highlighted row.
    pub fn current(&self) -> Option<&Choice> {
        self.shown.get(self.cursor).map(|at| &self.choices[*at])
    }

    /// Matches the rows with what was typed.
    pub fn narrow(&mut self) {
        if self.purpose == Purpose::Refusal {
            self.input.replace("");
        }
        let query = self.input.text();
        let labels = self.choices.iter().map(|c| c.label.as_str());
        self.shown = crate::search::rank(&query, labels);
        self.cursor = 0;
        let number = query.trim().parse().ok().and_then(|number: usize| number.checked_sub(1));
        if let Some(at) = number.filter(|at| self.purpose == Purpose::Links && *at < self.choices.len()) {
            // The number of a link, and not digits that stand in the words or the address of another.
            self.shown.retain(|other| *other != at);
            self.shown.insert(0, at);
        }
    }

    /// Moves the highlight, no further than the ends.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
    }

    /// From the first box on, what the filter asked for already is taken as well.
    fn join_present(&mut self) {
        self.taken.append(&mut self.present);
    }

    /// Takes or leaves the highlighted row.
    pub fn toggle(&mut self) {
        self.join_present();
        if let Some(&at) = self.shown.get(self.cursor) {
            self.excluded.remove(&at);
            if !self.taken.remove(&at) {
                self.taken.insert(at);
            }
        }
    }

    /// Excludes the highlighted row, or no longer.
    pub fn exclude(&mut self) {
        self.join_present();
        if let Some(&at) = self.shown.get(self.cursor) {
            self.taken.remove(&at);
            if !self.excluded.remove(&at) {
                self.excluded.insert(at);
            }
        }
    }
}
