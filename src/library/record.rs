//! What the journal holds: one record for each thing that must not be lost.

use serde::{Deserialize, Serialize};

use super::drafts::{BatchId, IntentId, Part, WrittenStep};
use crate::content::Edit;
use crate::profile::Intent;

/// One record of the journal. The file and its checksums are `shell::journal`'s.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// A batch was asked for: the same of all its items.
    Began { batch: BatchId, label: String, intents: Vec<Intent>, items: Vec<String> },
    /// A batch was asked for: of each item its own.
    BeganEach { batch: BatchId, label: String, parts: Vec<(String, Vec<Intent>)> },
    /// An item's edits for it, made from the file with this fingerprint; `counts` says how many each intent has.
    Answered {
        batch: BatchId,
        path: String,
        base: String,
        edits: Vec<Edit>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counts: Vec<usize>,
    },
    /// An item had nothing to change, or refused.
    Refused { batch: BatchId, path: String },
    /// When a batch was asked for, and which one it takes back.
    About {
        batch: BatchId,
        when: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<BatchId>,
    },
    /// The last live batch was taken back.
    Undone,
    /// This batch was taken back, and those behind it stay.
    TookBack { batch: BatchId },
    /// The batch taken back last was done again.
    Redone,
    /// The next write leaves these intents of an item out, or takes them in again.
    LeftOut { path: String, intents: Vec<IntentId>, out: bool },
    /// These steps of an item's draft are on disk; the file's fingerprint now. Journals of earlier days say how many edits instead.
    Written {
        path: String,
        #[serde(default, skip_serializing_if = "is_none")]
        edits: usize,
        #[serde(default)]
        steps: Vec<WrittenStep>,
        base: String,
    },
    /// Batches have had numbers up to this one.
    Numbered(BatchId),
    /// All that the write of this plan put on disk stands before: its plan can be forgotten.
    WriteKnown { plan: u64 },
    /// Where the curator stands.
    Place(PlaceInQueue),
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Record {
    /// The record of a batch's beginning; what all items share is kept once.
    pub fn began(batch: BatchId, label: &str, parts: &[Part]) -> Record {
        let label = label.to_string();
        let shared = parts.first().is_none_or(|first| parts.iter().all(|part| part.intents == first.intents));
        if shared {
            let intents = parts.first().map(|part| part.intents.to_vec()).unwrap_or_default();
            return Record::Began { batch, label, intents, items: parts.iter().map(|p| p.path.to_string()).collect() };
        }
        let parts = parts.iter().map(|part| (part.path.to_string(), part.intents.to_vec())).collect();
        Record::BeganEach { batch, label, parts }
    }
}

/// Where the curator stands: what the next start brings back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceInQueue {
    /// The filter line.
    pub filter: String,
    /// The item under the cursor.
    pub item: Option<String>,
    /// Marked items.
    pub marks: Vec<String>,
}
