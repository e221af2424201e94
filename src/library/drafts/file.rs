//! What a worker is given of a draft: its steps, their edits, and which of their intents the next write leaves out.
//!
//! Here: values that travel to the workers and back. Not here: the drafts themselves (`drafts`), and what an edit does (`content`).

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::BatchId;
use crate::content::Edit;
use crate::profile::Intent;

/// The edits that one step means in one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepEdits {
    /// Those of all intents, in their order.
    pub edits: Vec<Edit>,
    /// How many each intent has. Empty where there is one intent, or where an old journal does not say: they stay together then.
    pub counts: Vec<usize>,
}

impl From<Vec<Edit>> for StepEdits {
    fn from(edits: Vec<Edit>) -> StepEdits {
        StepEdits { edits, counts: Vec::new() }
    }
}

/// One intent of a draft: the batch, and its place among the intents that the batch still has in this item. Where it is not known
/// which edits are whose, the intents of a step are one, and their place is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IntentId {
    pub batch: BatchId,
    pub place: usize,
}

/// A batch's part in a draft, as a worker needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftStep {
    pub batch: BatchId,
    pub intents: Arc<[Intent]>,
    /// The edits of all its intents, in their order.
    pub edits: Vec<Edit>,
    /// As in [`StepEdits`].
    pub counts: Vec<usize>,
    /// Places of the intents that the next write leaves out.
    pub left_out: Vec<usize>,
}

impl DraftStep {
    /// Its intents that change something, by their place, with the range of their edits.
    pub fn ranges(&self) -> Vec<(usize, Range<usize>)> {
        ranges(&self.counts, self.edits.len())
    }

    /// The step with those intents alone that `stays` names by their place; none where nothing is left of it.
    pub fn of(&self, stays: impl Fn(usize) -> bool) -> Option<DraftStep> {
        let kept: Vec<(usize, Range<usize>)> = self.ranges().into_iter().filter(|(at, _)| stays(*at)).collect();
        if kept.is_empty() {
            return None;
        }
        if self.counts.is_empty() {
            return Some(self.clone());
        }
        let place = |old: &usize| kept.iter().position(|(at, _)| at == old);
        Some(DraftStep {
            batch: self.batch,
            intents: kept.iter().map(|(at, _)| self.intents[*at].clone()).collect(),
            edits: kept.iter().flat_map(|(_, range)| self.edits[range.clone()].iter().cloned()).collect(),
            counts: kept.iter().map(|(_, range)| range.len()).collect(),
            left_out: self.left_out.iter().filter_map(place).collect(),
        })
    }
}

/// Places and ranges of the intents that have edits.
pub(super) fn ranges(counts: &[usize], edits: usize) -> Vec<(usize, Range<usize>)> {
    if counts.is_empty() {
        return if edits > 0 { vec![(0, 0..edits)] } else { Vec::new() };
    }
    let mut from = 0;
    let all = counts.iter().enumerate().map(|(place, count)| {
        from += count;
        (place, from - count..from)
    });
    all.filter(|(_, range)| !range.is_empty()).collect()
}

/// A file and what its draft makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftFile {
    pub path: Arc<str>,
    pub steps: Vec<DraftStep>,
    /// The fingerprint of the file that the edits were made from.
    pub base: Option<String>,
    /// Which state of the draft this is: [`super::Drafts::stamp`].
    pub stamp: u64,
}

impl DraftFile {
    /// How many edits it has.
    pub fn count(&self) -> usize {
        self.steps.iter().map(|s| s.edits.len()).sum()
    }

    /// The intents that change something, in the order in which they were asked for.
    pub fn intents(&self) -> impl Iterator<Item = IntentId> {
        self.steps.iter().flat_map(|s| s.ranges().into_iter().map(|(place, _)| IntentId { batch: s.batch, place }))
    }

    /// The draft of those intents alone that `stays` names: what the text to be written is made from.
    pub fn of(&self, stays: impl Fn(IntentId) -> bool) -> DraftFile {
        let steps = self.steps.iter().filter_map(|s| s.of(|place| stays(IntentId { batch: s.batch, place })));
        DraftFile { path: self.path.clone(), steps: steps.collect(), base: self.base.clone(), stamp: self.stamp }
    }

    /// The draft without what the next write leaves out.
    pub fn chosen(&self) -> DraftFile {
        self.of(|id| !self.is_left_out(id))
    }

    /// Whether the next write leaves this intent out.
    pub fn is_left_out(&self, id: IntentId) -> bool {
        self.steps.iter().any(|s| s.batch == id.batch && s.left_out.contains(&id.place))
    }

    /// What a write of [`DraftFile::chosen`] puts on disk.
    pub fn to_write(&self) -> Vec<WrittenStep> {
        let some = |s: &&DraftStep| s.ranges().iter().any(|(place, _)| !s.left_out.contains(place));
        let steps = self.steps.iter().filter(some);
        steps.map(|s| WrittenStep { batch: s.batch, stay: s.left_out.clone() }).collect()
    }
}

/// A batch's part in an item that was written, whole or but for some of its intents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenStep {
    pub batch: BatchId,
    /// Places of the intents that were left out, among those that the step had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stay: Vec<usize>,
}

/// What a worker is to expand for one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpandJob {
    /// The file with what stands before.
    pub prior: DraftFile,
    pub batch: BatchId,
    pub intents: Arc<[Intent]>,
}
