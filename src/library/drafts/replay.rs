//! Drafts to records and back: what the journal keeps of them.

use std::sync::Arc;

use super::{BatchId, BatchState, Drafts, Part};
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
            Record::Answered { batch, path, base, edits } => {
                self.answer(path, *batch, Some(base), edits.clone());
            }
            Record::Refused { batch, path } => {
                self.answer(path, *batch, None, Vec::new());
            }
            Record::Undone => {
                let moved = self.undo();
                for path in moved.iter().flat_map(|m| &m.items) {
                    self.settle(path);
                }
            }
            Record::Redone => {
                self.redo(|_| None);
            }
            Record::Written { path, edits, base } => {
                self.written(path, *edits, base, Arc::new(Row::new(path.as_str(), Vec::new())));
                if let Some(draft) = self.by_path.get_mut(path.as_str()) {
                    draft.disk_row = None;
                }
            }
            Record::Place(_) => {}
        }
    }

    /// Begins a batch under the number that the journal knows it by.
    fn begin_again(&mut self, id: BatchId, label: &str, parts: Vec<Part>) {
        self.begin(label.to_string(), parts, |_| None);
        self.rename_last_batch(id);
        self.last_id = id;
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
            records.push(Record::began(batch.id, &batch.label, &batch.parts));
            for Part { path, .. } in &batch.parts {
                let draft = self.by_path.get(path);
                let step = draft.and_then(|d| d.steps.iter().find(|s| s.batch == batch.id));
                let path = path.to_string();
                match step.map(|s| &s.answer) {
                    None => records.push(Record::Refused { batch: batch.id, path }),
                    Some(None) => {}
                    Some(Some(edits)) => {
                        let base = draft.and_then(|d| d.base.clone()).unwrap_or_default();
                        records.push(Record::Answered { batch: batch.id, path, base, edits: edits.clone() });
                    }
                }
            }
        }
        records
    }
}
