//! Every offering of the library, with its uses, and the ways in which it is written where there are several.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::content::Value;
use crate::library::Library;
use crate::library::survey::otherwise::difference;
use crate::profile::OfferingsRule;

/// One offering.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub offering: usize,
    pub label: String,
    pub id: String,
    pub topics: String,
    pub uses: usize,
    /// The ways in which it is written, most used first, where there are several: what of it differs, and how many items have it so.
    pub ways: Vec<(String, usize, Arc<Value>)>,
}

/// A row on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// An offering, by its position.
    Offering(usize),
    /// One of its ways.
    Way(usize, usize),
}

/// The screen.
#[derive(Clone, Debug, Default)]
pub struct Everywhere {
    pub known: Vec<Known>,
    pub lines: Vec<Line>,
    pub cursor: usize,
    /// Offerings whose ways are shown.
    pub open: BTreeSet<usize>,
    /// Only those that are written in several ways.
    pub only_differing: bool,
    /// Whether entries are still being read.
    pub reading: bool,
    /// The offering to stand on, once it is known.
    pub stand_on: Option<usize>,
}

impl Everywhere {
    /// Takes in what is known now; the cursor stays on its row.
    pub fn fill(&mut self, library: &Library, rule: &OfferingsRule) {
        let here = self.stand_on.or_else(|| self.current().map(|known| known.offering));
        let index = &library.offerings;
        let row = |(offering, known): (usize, &crate::library::offerings::Offering)| {
            let entry = index.canonical(rule, offering)?;
            let label = index.label(rule, offering);
            let ways = if index.differs(rule, offering) { index.ways(rule, offering) } else { Vec::new() };
            let first = ways.first().map(|way| way.entry.clone());
            let told = ways.into_iter().map(|way| {
                // Of the first itself: what it is, for the others to be read beside it.
                let differs = match first.as_ref() {
                    Some(first) if *first != way.entry => difference(rule, first, &way.entry),
                    _ => format!("{} · {}", rule.label(&way.entry).unwrap_or_default(), rule.short_topics(&way.entry)),
                };
                (differs, way.uses, way.entry)
            });
            let (id, topics) = (rule.id(&entry).unwrap_or_default(), rule.short_topics(&entry));
            Some(Known { offering, label, id, topics, uses: known.uses, ways: told.collect() })
        };
        self.known = index.offerings().filter_map(row).collect();
        self.known.sort_by(|a, b| b.uses.cmp(&a.uses).then_with(|| a.label.cmp(&b.label)));
        self.layout();
        if let Some(offering) = here {
            self.go_to(offering);
        }
    }

    /// Makes the lines anew.
    pub fn layout(&mut self) {
        self.lines.clear();
        for (at, known) in self.known.iter().enumerate() {
            if self.only_differing && known.ways.is_empty() {
                continue;
            }
            self.lines.push(Line::Offering(at));
            if self.open.contains(&known.offering) {
                self.lines.extend((0..known.ways.len()).map(|way| Line::Way(at, way)));
            }
        }
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
    }

    /// Puts the cursor on an offering.
    pub fn go_to(&mut self, offering: usize) {
        let is = |line: &Line| matches!(line, Line::Offering(at) if self.known[*at].offering == offering);
        if let Some(at) = self.lines.iter().position(is) {
            // On one of its ways the cursor stays on that.
            let stays =
                matches!(self.lines.get(self.cursor), Some(Line::Way(of, _)) if self.known[*of].offering == offering);
            self.cursor = if stays { self.cursor } else { at };
            self.stand_on = None;
        }
    }

    /// The offering under the cursor, or that of the way under it.
    pub fn current(&self) -> Option<&Known> {
        let (Line::Offering(at) | Line::Way(at, _)) = self.lines.get(self.cursor)?;
        self.known.get(*at)
    }

    /// The entry that all are to be made like: the way under the cursor, else the most used one.
    pub fn wanted(&self) -> Option<Arc<Value>> {
        let known = self.current()?;
        let way = if let Some(Line::Way(_, way)) = self.lines.get(self.cursor) { *way } else { 0 };
        known.ways.get(way).map(|(_, _, entry)| entry.clone())
    }

    /// Shows the ways of the offering under the cursor, or hides them.
    pub fn turn(&mut self) {
        let Some(offering) = self.current().filter(|known| !known.ways.is_empty()).map(|known| known.offering) else {
            return;
        };
        if !self.open.remove(&offering) {
            self.open.insert(offering);
        }
        self.layout();
        self.cursor = self
            .lines
            .iter()
            .position(|line| matches!(line, Line::Offering(at) if self.known[*at].offering == offering))
            .unwrap_or(0);
    }

    /// Moves the highlight, no further than the ends.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
    }

    /// How many are written in several ways.
    pub fn differing(&self) -> usize {
        self.known.iter().filter(|known| !known.ways.is_empty()).count()
    }
}
