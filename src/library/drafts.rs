//! Drafts and batches: what was asked for and is not on disk yet.
//!
//! A draft's text is a pure function of the file and its edits; taking a batch back drops its steps, and the bytes come back by
//! construction. Nothing here reads a file: a job says what to expand, an answer brings the edits.

mod alone;
mod conflict;
mod file;
mod hunks;
mod replay;

use std::collections::HashMap;
use std::sync::Arc;

use super::row::Row;
use crate::profile::Intent;
pub use alone::InTheWay;
pub use conflict::{Clash, Conflict, in_words};
pub use file::{DraftFile, DraftStep, ExpandJob, IntentId, StepEdits, WrittenStep};

/// A batch's number; later batches have higher ones.
pub type BatchId = u64;

/// What was asked for at once, over one item or a thousand: the unit of undo.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub id: BatchId,
    /// What the footer and the history call it.
    pub label: String,
    /// What it asks of each of its items.
    pub parts: Vec<Part>,
    pub state: BatchState,
    /// When it was asked for, in seconds since 1970; 0 where nobody said.
    pub when: u64,
    /// The written batch that it takes back.
    pub undoes: Option<BatchId>,
    /// How many drafts still have a step of it: counted along, as looking at every item for every file written would take for ever.
    open: usize,
}

impl Batch {
    /// How many drafts have a step of it.
    pub fn open(&self) -> usize {
        self.open
    }
}

/// What a batch asks of one item: the same of all, or of each its own (the fixes of findings, a write taken back).
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The item.
    pub path: Arc<str>,
    /// Shared between the parts of a batch that asks the same of all.
    pub intents: Arc<[Intent]>,
}

impl Part {
    /// The same asked of all these items.
    pub fn same(intents: Vec<Intent>, items: impl IntoIterator<Item = Arc<str>>) -> Vec<Part> {
        let intents: Arc<[Intent]> = intents.into();
        items.into_iter().map(|path| Part { path, intents: intents.clone() }).collect()
    }
}

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchState {
    /// In the drafts.
    Live,
    /// Taken back, and can be done again.
    Undone,
    /// On disk.
    Written,
}

/// A batch's part in one item's draft.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    batch: BatchId,
    intents: Arc<[Intent]>,
    answer: Option<StepEdits>,
    /// Places of the intents that the next write leaves out.
    left_out: Vec<usize>,
}

impl Step {
    /// As a worker needs it; none while it waits for its edits.
    fn made(&self) -> Option<DraftStep> {
        let StepEdits { edits, counts } = self.answer.clone()?;
        let (intents, left_out) = (self.intents.clone(), self.left_out.clone());
        Some(DraftStep { batch: self.batch, intents, edits, counts, left_out })
    }
}

/// One item's draft.
#[derive(Clone, Debug, Default, PartialEq)]
struct Draft {
    steps: Vec<Step>,
    /// Fingerprint of the file that the edits were made from.
    base: Option<String>,
    /// The row as the disk has it.
    disk_row: Option<Arc<Row>>,
    /// Whether a job for this item is under way: an item's jobs are done one after another.
    under_way: bool,
    /// The revision of the drafts in which it changed last.
    changed: u64,
}

/// What an undo or a redo did.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub batch: BatchId,
    pub label: String,
    pub items: Vec<Arc<str>>,
}

/// All drafts and batches.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    by_path: HashMap<Arc<str>, Draft>,
    batches: Vec<Batch>,
    redo: Vec<BatchId>,
    last_id: BatchId,
    revision: u64,
    /// How many drafts have a step: asked for in every frame.
    unwritten: usize,
}

impl Drafts {
    /// Starts a batch of these parts; their jobs come from [`Drafts::next_job`]. `disk_row` gives an item's row as it is now.
    pub fn begin(&mut self, label: String, parts: Vec<Part>, disk_row: impl Fn(&str) -> Option<Arc<Row>>) -> BatchId {
        self.last_id += 1;
        let id = self.last_id;
        self.redo.clear();
        self.revision += 1;
        self.batches.retain(|b| b.state != BatchState::Undone);
        self.batches.push(Batch { id, label, parts, state: BatchState::Live, when: 0, undoes: None, open: 0 });
        self.add_steps(id, disk_row);
        id
    }

    fn add_steps(&mut self, id: BatchId, disk_row: impl Fn(&str) -> Option<Arc<Row>>) {
        let Some(batch) = self.batches.iter_mut().rfind(|b| b.id == id) else { return };
        for Part { path, intents } in &batch.parts {
            let draft = self.by_path.entry(path.clone()).or_default();
            if draft.disk_row.is_none() {
                draft.disk_row = disk_row(path);
            }
            self.unwritten += usize::from(draft.steps.is_empty());
            draft.changed = self.revision;
            draft.steps.push(Step { batch: id, intents: intents.clone(), answer: None, left_out: Vec::new() });
            batch.open += 1;
        }
    }

    /// Takes the steps that `goes` names out of an item's draft; what counts them follows. Whether there were any.
    fn take_steps(&mut self, path: &str, mut goes: impl FnMut(&Step) -> bool) -> bool {
        let Some(draft) = self.by_path.get_mut(path) else { return false };
        let had = draft.steps.len();
        draft.changed = self.revision;
        for gone in draft.steps.extract_if(.., |step| goes(step)) {
            if let Some(batch) = self.batches.iter_mut().rfind(|b| b.id == gone.batch) {
                batch.open = batch.open.saturating_sub(1);
            }
        }
        self.unwritten -= usize::from(had > 0 && draft.steps.is_empty());
        draft.steps.len() < had
    }

    /// The next job of an item, unless one is under way or nothing waits. It is under way from now on.
    pub fn next_job(&mut self, path: &str) -> Option<ExpandJob> {
        let (path, _) = self.by_path.get_key_value(path)?;
        let path = path.clone();
        let draft = self.by_path.get_mut(&path)?;
        if draft.under_way {
            return None;
        }
        let at = draft.steps.iter().position(|s| s.answer.is_none())?;
        let (batch, intents) = (draft.steps[at].batch, draft.steps[at].intents.clone());
        draft.under_way = true;
        Some(ExpandJob { prior: self.file(&path), batch, intents })
    }

    /// Takes an answer: the edits (none: it is so already, or it was refused). Returns whether the batch still stands, so that
    /// the answer's row counts.
    pub fn answer(&mut self, path: &str, batch: BatchId, base: Option<&str>, edits: impl Into<StepEdits>) -> bool {
        self.revision += 1;
        let edits = edits.into();
        let Some(draft) = self.by_path.get_mut(path) else { return false };
        draft.under_way = false;
        draft.changed = self.revision;
        let Some(at) = draft.steps.iter().position(|s| s.batch == batch && s.answer.is_none()) else { return false };
        // The base stays that of the first edit: where the file has changed since, all of them are made anew.
        if draft.base.is_none() {
            draft.base = base.map(str::to_string);
        }
        if edits.edits.is_empty() {
            self.take_steps(path, |s| s.batch == batch && s.answer.is_none());
        } else {
            draft.steps[at].answer = Some(edits);
        }
        self.drop_if_empty(path);
        true
    }

    fn drop_if_empty(&mut self, path: &str) {
        if self.by_path.get(path).is_some_and(|d| d.steps.is_empty() && !d.under_way) {
            self.by_path.remove(path);
        }
    }

    /// Takes the last live batch back. The items' rows are to be made anew: the disk's row where no step is left.
    pub fn undo(&mut self) -> Option<Moved> {
        let at = self.batches.iter().rposition(|b| b.state == BatchState::Live)?;
        Some(self.drop_batch(at))
    }

    /// Takes a batch out of every draft.
    fn drop_batch(&mut self, at: usize) -> Moved {
        self.revision += 1;
        self.batches[at].state = BatchState::Undone;
        let id = self.batches[at].id;
        self.redo.push(id);
        let mut parts = std::mem::take(&mut self.batches[at].parts);
        // What is on disk already is no part of it any more: a redo does again what was taken back.
        parts.retain_mut(|part| {
            let intents = self.step(&part.path, id).map(|step| step.intents.clone());
            intents.into_iter().for_each(|intents| part.intents = intents);
            self.take_steps(&part.path, |step| step.batch == id)
        });
        let items = parts.iter().map(|part| part.path.clone()).collect();
        self.batches[at].parts = parts;
        Moved { batch: id, label: self.batches[at].label.clone(), items }
    }

    /// After [`Drafts::undo`]: forgets drafts without steps and gives their disk's row.
    pub fn settle(&mut self, path: &str) -> Option<Arc<Row>> {
        let draft = self.by_path.get_mut(path)?;
        if !draft.steps.is_empty() {
            return None;
        }
        let row = draft.disk_row.clone();
        draft.base = None;
        self.drop_if_empty(path);
        row
    }

    /// Does the batch taken back last again, behind all others.
    pub fn redo(&mut self, disk_row: impl Fn(&str) -> Option<Arc<Row>>) -> Option<Moved> {
        let id = self.redo.pop()?;
        self.revision += 1;
        let at = self.batches.iter().position(|b| b.id == id)?;
        let mut batch = self.batches.remove(at);
        batch.state = BatchState::Live;
        let items = batch.parts.iter().map(|part| part.path.clone()).collect();
        let moved = Moved { batch: id, label: batch.label.clone(), items };
        self.batches.push(batch);
        self.add_steps(id, disk_row);
        Some(moved)
    }

    fn step(&self, path: &str, batch: BatchId) -> Option<&Step> {
        self.by_path.get(path)?.steps.iter().find(|step| step.batch == batch)
    }

    /// The file is on disk with these steps of its draft. What was left out of them stays, and so do steps behind them: made from the
    /// new text by their old values.
    pub fn written(&mut self, path: &str, steps: &[WrittenStep], base: &str, row: Arc<Row>) {
        self.revision += 1;
        if !self.by_path.contains_key(path) {
            return;
        }
        for WrittenStep { batch, stay } in steps {
            let step = self.step(path, *batch).and_then(Step::made);
            match step.and_then(|step| step.of(|place| stay.contains(&place))) {
                Some(rest) => self.shrink(path, rest),
                None => drop(self.take_steps(path, |step| step.batch == *batch && step.answer.is_some())),
            }
        }
        if let Some(draft) = self.by_path.get_mut(path) {
            draft.base = Some(base.to_string());
            draft.disk_row = Some(row);
            draft.changed = self.revision;
        }
        self.drop_if_empty(path);
        let done = self.batches.iter_mut().filter(|b| b.state == BatchState::Live && b.open == 0);
        done.for_each(|batch| batch.state = BatchState::Written);
    }

    /// A step loses what is on disk.
    fn shrink(&mut self, path: &str, rest: DraftStep) {
        let steps = self.by_path.get_mut(path).into_iter().flat_map(|d| &mut d.steps);
        for step in steps.filter(|step| step.batch == rest.batch) {
            step.intents = rest.intents.clone();
            step.answer = Some(StepEdits { edits: rest.edits.clone(), counts: rest.counts.clone() });
            step.left_out.clone_from(&rest.left_out);
        }
    }

    /// The next write leaves these intents of an item out, or takes them in again.
    pub fn leave_out(&mut self, path: &str, intents: &[IntentId], out: bool) {
        self.revision += 1;
        let Some(draft) = self.by_path.get_mut(path) else { return };
        draft.changed = self.revision;
        for step in &mut draft.steps {
            let named = |place: &usize| intents.contains(&IntentId { batch: step.batch, place: *place });
            step.left_out.retain(|place| !named(place));
            let places = step.answer.iter().flat_map(|a| file::ranges(&a.counts, a.edits.len()));
            let more: Vec<usize> = places.map(|(place, _)| place).filter(|place| out && named(place)).collect();
            step.left_out.extend(more);
            step.left_out.sort_unstable();
        }
    }

    /// An item's file with the steps that have been answered, in order; none where it has no draft.
    pub fn file(&self, path: &str) -> DraftFile {
        let draft = self.by_path.get(path);
        DraftFile {
            path: path.into(),
            steps: draft.iter().flat_map(|d| &d.steps).filter_map(Step::made).collect(),
            base: draft.and_then(|d| d.base.clone()),
            stamp: self.stamp(path),
        }
    }

    /// Whether an item has a draft.
    pub fn has(&self, path: &str) -> bool {
        self.by_path.get(path).is_some_and(|d| !d.steps.is_empty())
    }

    /// Whether a batch is not in the answers of an item yet.
    pub fn is_waiting(&self, path: &str) -> bool {
        self.by_path.get(path).is_some_and(|d| d.steps.iter().any(|s| s.answer.is_none()))
    }

    /// Whether an item has edits to show: those that wait for theirs come later.
    pub fn is_made(&self, path: &str) -> bool {
        self.by_path.get(path).is_some_and(|d| d.steps.iter().any(|s| s.answer.is_some()))
    }

    /// The batches that an item's draft is of.
    pub fn batches_of(&self, path: &str) -> impl Iterator<Item = BatchId> {
        self.by_path.get(path).into_iter().flat_map(|d| d.steps.iter().map(|s| s.batch))
    }

    /// How many edits an item's draft has.
    pub fn count(&self, path: &str) -> usize {
        self.by_path
            .get(path)
            .map_or(0, |d| d.steps.iter().map(|s| s.answer.as_ref().map_or(1, |a| a.edits.len())).sum())
    }

    /// A number that changes with every change of an item's draft; 0 where it has none.
    pub fn stamp(&self, path: &str) -> u64 {
        self.by_path.get(path).filter(|d| !d.steps.is_empty()).map_or(0, |d| d.changed)
    }

    /// A number that changes with every change of any draft.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Paths of all drafts, sorted.
    pub fn paths(&self) -> Vec<Arc<str>> {
        let mut paths: Vec<_> = self.unsorted().cloned().collect();
        paths.sort();
        paths
    }

    /// Paths of all drafts, in no order.
    pub fn unsorted(&self) -> impl Iterator<Item = &Arc<str>> {
        self.by_path.iter().filter(|(_, d)| !d.steps.is_empty()).map(|(path, _)| path)
    }

    /// How many items have a draft.
    pub fn len(&self) -> usize {
        self.unwritten
    }

    /// Whether no item has a draft.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All batches, oldest first.
    pub fn batches(&self) -> &[Batch] {
        &self.batches
    }

    /// The fingerprint of the file that an item's edits were made from.
    pub fn base(&self, path: &str) -> Option<&str> {
        self.by_path.get(path)?.base.as_deref()
    }

    /// A file was moved, and its draft goes along, unless there is one already.
    pub fn moved(&mut self, from: &Arc<str>, to: &Arc<str>) {
        if self.has(to) {
            return;
        }
        let Some(mut draft) = self.by_path.remove(from) else { return };
        self.revision += 1;
        // What is on its way comes for a file that is not there: it is asked for anew.
        (draft.changed, draft.under_way) = (self.revision, false);
        self.by_path.insert(to.clone(), draft);
        let parts = self.batches.iter_mut().flat_map(|batch| &mut batch.parts);
        parts.filter(|part| part.path == *from).for_each(|part| part.path = to.clone());
    }

    /// The row as the disk has it, of an item that has a draft.
    pub fn disk_row(&self, path: &str) -> Option<&Arc<Row>> {
        self.by_path.get(path)?.disk_row.as_ref()
    }

    /// The row of the disk, for an item that has a draft.
    pub fn set_disk_row(&mut self, path: &str, row: Arc<Row>) {
        if let Some(draft) = self.by_path.get_mut(path) {
            draft.disk_row = Some(row);
        }
    }
}

#[cfg(test)]
mod tests;
