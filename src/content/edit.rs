//! Edits: what an intent means in one document, in a form that survives a change of the file.
//!
//! An edit carries the old value, and places a list entry by its neighbour, never by number; so it can be applied again to a
//! file that has changed elsewhere, and is refused where the same field has changed. Lowered to [`super::op::Op`] for the splicer.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::path::FieldPath;
use super::value::Value;

/// Where a list entry goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Before everything.
    Start,
    /// Behind the (last) entry that equals this.
    After(Value),
    /// Behind everything.
    End,
}

/// One change of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// The field gets a value; `old` is `None` where the key is made (with the maps on the way).
    /// `within` is the whole old list entry around the field, where there is one: it says which entry is meant when the list moved.
    Set { path: FieldPath, old: Option<Value>, new: Value, within: Option<Value> },
    /// The key goes, with its value.
    Unset { path: FieldPath, old: Value, within: Option<Value> },
    /// The key gets another name.
    Rename { path: FieldPath, to: String, within: Option<Value> },
    /// A list gets one entry more. A missing, null or empty list is made.
    Insert { list: FieldPath, entry: Value, place: Place },
    /// A list loses the entry that equals this (the `nth` such one, from 0).
    Remove { list: FieldPath, entry: Value, nth: usize },
    /// An entry goes to another place of its list.
    Move { list: FieldPath, entry: Value, nth: usize, place: Place },
    /// Bytes for bytes: what came back from an editor, or a write taken back. `at` counts bytes of the whole text.
    Text { at: usize, old: String, new: String },
}

/// Why an edit does not fit a document any more, or was refused by the splicer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The field holds something else than when the edit was made: both sides changed it.
    #[error("{field} has changed on disk")]
    Changed { field: FieldPath, was: Option<Value>, now: Option<Value> },
    /// The splicer refuses.
    #[error(transparent)]
    Refused(#[from] super::document::Refusal),
}

/// The document after all edits, in order; each sees the result of those before it. One verification for all where they are
/// independent. `document` is untouched.
///
/// # Errors
/// The first [`Misfit`]; then nothing is applied.
pub fn apply(document: &Document, edits: &[Edit]) -> Result<Document, Misfit> {
    let _ = (document, edits);
    unimplemented!()
}
