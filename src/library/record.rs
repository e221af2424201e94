//! What the journal holds: one record for each thing that must not be lost.

use serde::{Deserialize, Serialize};

use super::drafts::BatchId;
use crate::content::Edit;
use crate::profile::Intent;

/// One record of the journal. The file and its checksums are `shell::journal`'s.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// A batch was asked for.
    Began { batch: BatchId, label: String, intents: Vec<Intent>, items: Vec<String> },
    /// An item's edits for it, made from the file with this fingerprint.
    Answered { batch: BatchId, path: String, base: String, edits: Vec<Edit> },
    /// An item had nothing to change, or refused.
    Refused { batch: BatchId, path: String },
    /// The last live batch was taken back.
    Undone,
    /// The batch taken back last was done again.
    Redone,
    /// The first `edits` edits of an item's draft are on disk; the file's fingerprint now.
    Written { path: String, edits: usize, base: String },
    /// Where the curator stands.
    Place(PlaceInQueue),
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
