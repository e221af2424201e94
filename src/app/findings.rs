//! The findings of the items asked about: groups by kind, each finding with its fix. What is looked through is the items with their
//! drafts; after every edit it is looked through again.
//!
//! Here: the rows, the cursor, and what was mended meanwhile. Not here: what a fix does (`update::findings`).

use std::collections::HashSet;
use std::sync::Arc;

use crate::content::FieldPath;
use crate::library::ItemId;
use crate::profile::{Finding, FindingKind, Intent};

use super::event::Surveyed;

/// The screen of findings.
#[derive(Clone, Debug, Default)]
pub struct FindingsPane {
    /// The items asked about.
    pub items: Vec<ItemId>,
    /// Whether these are the marked ones.
    pub marked: bool,
    /// The number of the last question.
    pub generation: u64,
    /// What library and drafts were when it was asked.
    pub asked_at: (u64, u64),
    /// Whether an answer has come.
    pub known: bool,
    /// Items that could not be looked through, with the reason.
    pub unreadable: Vec<(ItemId, String)>,
    groups: Vec<Group>,
    folded: HashSet<FindingKind>,
    lines: Vec<Line>,
    pub cursor: usize,
}

/// All findings of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    pub kind: FindingKind,
    pub found: Vec<Found>,
}

/// A finding and its item.
#[derive(Clone, Debug)]
pub struct Found {
    pub item: ItemId,
    pub finding: Finding,
    /// Whether its fix has been asked for since.
    pub mended: bool,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Group(usize),
    Found(usize, usize),
}

impl Group {
    /// How many of them a fix mends.
    pub fn fixable(&self) -> usize {
        self.found.iter().filter(|f| f.is_fixable()).count()
    }
}

impl Found {
    /// Whether a fix is known, and not asked for yet.
    pub fn is_fixable(&self) -> bool {
        self.finding.fix.is_some() && !self.mended
    }
}

impl FindingsPane {
    /// The findings of these items, still to come.
    pub fn of(items: Vec<ItemId>, marked: bool) -> FindingsPane {
        FindingsPane { items, marked, ..FindingsPane::default() }
    }

    /// Takes what was found; the cursor stays on its finding, or else where it was.
    pub fn take(&mut self, answer: Surveyed) {
        let here = self.current().map(|f| (f.item, f.finding.kind, f.finding.field.clone()));
        let mut groups: Vec<Group> = Vec::new();
        self.unreadable.clear();
        let mut of_kind: Vec<Vec<Found>> = vec![Vec::new(); FindingKind::ALL.len()];
        for (item, found) in answer {
            match found {
                Ok(found) => {
                    for finding in found {
                        of_kind[finding.kind as usize].push(Found { item, finding, mended: false });
                    }
                }
                Err(reason) => self.unreadable.push((item, reason)),
            }
        }
        for (kind, found) in FindingKind::ALL.into_iter().zip(of_kind) {
            if !found.is_empty() {
                groups.push(Group { kind, found });
            }
        }
        self.groups = groups;
        self.known = true;
        self.lay_out();
        let is_here = |found: &Found| {
            here.as_ref().is_some_and(|(item, kind, field)| {
                found.item == *item && found.finding.kind == *kind && found.finding.field == *field
            })
        };
        if let Some(at) = self.lines.iter().position(|line| self.at(*line).is_some_and(is_here)) {
            self.cursor = at;
        }
    }

    fn lay_out(&mut self) {
        self.lines.clear();
        for (at, group) in self.groups.iter().enumerate() {
            self.lines.push(Line::Group(at));
            if !self.folded.contains(&group.kind) {
                self.lines.extend((0..group.found.len()).map(|found| Line::Found(at, found)));
            }
        }
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
    }

    /// The rows.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The groups, in the order of the kinds.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Whether a group shows its heading alone.
    pub fn is_folded(&self, group: &Group) -> bool {
        self.folded.contains(&group.kind)
    }

    /// The finding of a row.
    pub fn at(&self, line: Line) -> Option<&Found> {
        match line {
            Line::Group(_) => None,
            Line::Found(group, at) => self.groups.get(group)?.found.get(at),
        }
    }

    /// The finding under the cursor.
    pub fn current(&self) -> Option<&Found> {
        self.at(*self.lines.get(self.cursor)?)
    }

    /// The group that the cursor is in.
    pub fn current_group(&self) -> Option<&Group> {
        match self.lines.get(self.cursor)? {
            Line::Group(at) | Line::Found(at, _) => self.groups.get(*at),
        }
    }

    /// Moves the cursor, no further than the ends.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
    }

    /// Folds the group under the cursor, or unfolds it.
    pub fn fold(&mut self) {
        let Some(Line::Group(at)) = self.lines.get(self.cursor).copied() else { return };
        let kind = self.groups[at].kind;
        if !self.folded.remove(&kind) {
            self.folded.insert(kind);
        }
        self.lay_out();
    }

    /// The fix of the finding under the cursor, which counts as mended from now on.
    pub fn fix_this(&mut self) -> Option<(ItemId, Arc<[Intent]>)> {
        let Line::Found(group, at) = *self.lines.get(self.cursor)? else { return None };
        let found = self.groups.get_mut(group)?.found.get_mut(at).filter(|f| f.is_fixable())?;
        found.mended = true;
        Some((found.item, found.finding.fix.clone()?.into()))
    }

    /// The fixes of all findings of the kind under the cursor, of each item its own; they count as mended from now on.
    pub fn fix_kind(&mut self) -> Vec<(ItemId, Arc<[Intent]>)> {
        let group = match self.lines.get(self.cursor) {
            Some(Line::Group(group) | Line::Found(group, _)) => *group,
            None => return Vec::new(),
        };
        let mut fixes: Vec<(ItemId, Vec<Intent>)> = Vec::new();
        for found in self.groups[group].found.iter_mut().filter(|f| f.is_fixable()) {
            found.mended = true;
            let fix = found.finding.fix.clone().unwrap_or_default();
            // An item's findings stand together.
            match fixes.last_mut().filter(|(item, _)| *item == found.item) {
                Some((_, intents)) => intents.extend(fix),
                None => fixes.push((found.item, fix)),
            }
        }
        fixes.into_iter().map(|(item, intents)| (item, intents.into())).collect()
    }

    /// Where the finding under the cursor stands; no field where it is the body.
    pub fn place(&self) -> Option<(ItemId, Option<FieldPath>)> {
        let found = self.current()?;
        Some((found.item, Some(found.finding.field.clone()).filter(|field| !field.is_root())))
    }

    /// How many there are, and how many of them a fix mends.
    pub fn counts(&self) -> (usize, usize) {
        let sum = |count: fn(&Group) -> usize| self.groups.iter().map(count).sum();
        (sum(|g| g.found.len()), sum(Group::fixable))
    }
}
