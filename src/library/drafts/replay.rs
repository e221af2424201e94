//! Drafts to records and back: what the journal keeps of them.

use std::sync::Arc;

use super::{Batch, BatchId, BatchState, Drafts, IntentId, Part, StepEdits, WrittenStep};
use crate::library::Row;
use crate::library::record::Record;
use crate::profile::Intent;

impl Drafts {
    /// Takes one record of the journal in. Jobs that were never answered come from [`Drafts::next_job`] again.
    pub fn replay(&mut self, record: &Record) {
        match record {
            Record::Began { batch, label, intents, items } => {
                let items = items.iter().map(|p| p.as_str().into());
                self.begin_again(*batch, label, Part::same(intents.clone(), items));
            }
            Record::BeganEach { batch, label, parts } => {
                let part = |(path, intents): &(String, Vec<Intent>)| Part {
                    path: path.as_str().into(),
                    intents: intents.as_slice().into(),
                };
                self.begin_again(*batch, label, parts.iter().map(part).collect());
            }
            Record::Answered { batch, path, base, edits, counts } => {
                let edits = StepEdits { edits: edits.clone(), counts: counts.clone() };
                self.answer(path, *batch, Some(base), edits);
            }
            Record::Refused { batch, path } => {
                self.answer(path, *batch, None, StepEdits::default());
            }
            Record::Undone => {
                let moved = self.undo();
                for path in moved.iter().flat_map(|m| &m.items) {
                    self.settle(path);
                }
            }
            Record::About { batch, when, undoes } => self.about(*batch, *when, *undoes),
            Record::TookBack { batch } => {
                let moved = self.take_back(*batch);
                for path in moved.iter().flat_map(|m| &m.items) {
                    self.settle(path);
                }
            }
            Record::Numbered(last) => self.last_id = self.last_id.max(*last),
            Record::Redone => {
                self.redo(|_| None);
            }
            Record::LeftOut { path, intents, out } => self.leave_out(path, intents, *out),
            Record::Written { path, edits, steps, base } => {
                let counted = self.first_steps(path, *edits);
                let steps = if steps.is_empty() { &counted } else { steps };
                self.written(path, steps, base, Arc::new(Row::new(path.as_str(), Vec::new())));
                if let Some(draft) = self.by_path.get_mut(path.as_str()) {
                    draft.disk_row = None;
                }
            }
            Record::Place(_) | Record::Marked { .. } | Record::Typing(_) | Record::WriteKnown { .. } => {}
        }
    }

    /// Begins a batch under the number that the journal knows it by.
    fn begin_again(&mut self, id: BatchId, label: &str, parts: Vec<Part>) {
        let last = self.last_id;
        self.begin(label.to_string(), parts, |_| None);
        self.rename_last_batch(id);
        self.last_id = last.max(id);
    }

    /// The steps that the first `edits` edits of a draft make up.
    fn first_steps(&self, path: &str, edits: usize) -> Vec<WrittenStep> {
        let mut left = edits;
        let steps = self.by_path.get(path).into_iter().flat_map(|d| &d.steps);
        let whole = steps.map_while(|step| {
            left = left.checked_sub(step.answer.as_ref().map_or(usize::MAX, |a| a.edits.len()))?;
            Some(WrittenStep { batch: step.batch, stay: Vec::new() })
        });
        whole.collect()
    }

    fn rename_last_batch(&mut self, id: BatchId) {
        let Some(last) = self.batches.last_mut() else { return };
        let old = std::mem::replace(&mut last.id, id);
        for part in &last.parts {
            let steps = self.by_path.get_mut(&part.path).into_iter().flat_map(|d| &mut d.steps);
            steps.filter(|s| s.batch == old).for_each(|s| s.batch = id);
        }
    }

    /// The records that bring these drafts back: what a compacted journal holds.
    pub fn records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        for batch in self.batches.iter().filter(|b| b.state == BatchState::Live) {
            // Of what is on disk in part, the rest.
            let intents = |part: &Part| self.step(&part.path, batch.id).map_or(&part.intents, |s| &s.intents).clone();
            let part = |part: &Part| Part { path: part.path.clone(), intents: intents(part) };
            let parts: Vec<Part> = batch.parts.iter().map(part).collect();
            records.push(Record::began(batch.id, &batch.label, &parts));
            if batch.when > 0 || batch.undoes.is_some() {
                records.push(Record::About { batch: batch.id, when: batch.when, undoes: batch.undoes });
            }
            parts.iter().for_each(|part| self.records_of(batch.id, &part.path, &mut records));
        }
        records.extend(self.records_of_undone());
        records
    }

    /// What a redo does again: begun anew and taken back, so that the batch taken back last is the last again.
    fn records_of_undone(&self) -> Vec<Record> {
        let undone = || self.redo.iter().rev().filter_map(|id| self.batches.iter().find(|b| b.id == *id));
        let begun = |batch: &Batch| {
            let about = Record::About { batch: batch.id, when: batch.when, undoes: batch.undoes };
            [Record::began(batch.id, &batch.label, &batch.parts), about]
        };
        undone().flat_map(begun).chain(undone().map(|_| Record::Undone)).collect()
    }

    /// What became of a batch in one item.
    fn records_of(&self, batch: BatchId, path: &str, records: &mut Vec<Record>) {
        let step = self.step(path, batch);
        let path = path.to_string();
        let Some(step) = step else { return records.push(Record::Refused { batch, path }) };
        let Some(StepEdits { edits, counts }) = step.answer.clone() else { return };
        let base = self.by_path.get(path.as_str()).and_then(|d| d.base.clone()).unwrap_or_default();
        records.push(Record::Answered { batch, path: path.clone(), base, edits, counts });
        if !step.left_out.is_empty() {
            let intents = step.left_out.iter().map(|place| IntentId { batch, place: *place }).collect();
            records.push(Record::LeftOut { path, intents, out: true });
        }
    }
}
