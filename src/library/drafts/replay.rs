//! Drafts to records and back: what the journal keeps of them.

use std::sync::Arc;

use super::{BatchId, BatchState, Drafts};
use crate::library::Row;
use crate::library::record::Record;

impl Drafts {
    /// Takes one record of the journal in. Jobs that were never answered come from [`Drafts::next_job`] again.
    pub fn replay(&mut self, record: &Record) {
        match record {
            Record::Began { batch, label, intents, items } => {
                self.begin(label.clone(), intents.clone(), items.iter().map(|p| p.as_str().into()).collect(), |_| None);
                self.rename_last_batch(*batch);
                self.last_id = *batch;
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

    /// The batch begun last gets the number that the journal knows it by.
    fn rename_last_batch(&mut self, id: BatchId) {
        let Some(last) = self.batches.last_mut() else { return };
        let old = std::mem::replace(&mut last.id, id);
        for path in &last.items {
            let steps = self.by_path.get_mut(path).into_iter().flat_map(|d| &mut d.steps);
            steps.filter(|s| s.batch == old).for_each(|s| s.batch = id);
        }
    }

    /// The records that bring these drafts back: what a compacted journal holds.
    pub fn records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        for batch in self.batches.iter().filter(|b| b.state == BatchState::Live) {
            let items = batch.items.iter().map(|p| p.to_string()).collect();
            let (label, intents) = (batch.label.clone(), batch.intents.to_vec());
            records.push(Record::Began { batch: batch.id, label, intents, items });
            for path in &batch.items {
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
