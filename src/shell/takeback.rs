//! Written batches taken back: the texts that the files have without them.
//!
//! Here: the patches of a file read from the history, and why a file is left as it is. Not here: how a batch is followed through later
//! changes (`library::history::takeback`), and putting the text on disk.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use super::disk;
use super::history::History;
use crate::content::patch::between;
use crate::library::BatchId;
use crate::library::history::takeback::{Change, change, since, without};
use crate::library::history::{Past, PastPatch};

/// Batches to be taken back, and all that was written to their files.
#[derive(Debug)]
pub struct TakeBack<'h> {
    history: &'h History,
    past: Past,
    /// The one written last first.
    batches: Vec<BatchId>,
    files: Vec<Arc<str>>,
    /// What was written to each of the files.
    patches: HashMap<Arc<str>, Vec<PastPatch>>,
    /// What of it belongs to the batches, and stands.
    parts: Vec<PastPatch>,
}

/// The number that a batch has which is only just taken back.
const TAKEN_BACK: BatchId = BatchId::MAX - 1;

impl<'h> TakeBack<'h> {
    /// Of these batches, the one written last first, in the files that `within` takes.
    pub fn new(history: &'h History, past: Past, batches: Vec<BatchId>, within: impl Fn(&str) -> bool) -> TakeBack<'h> {
        let mut parts = past.standing_of(&batches);
        parts.retain(|part| within(&part.head.path));
        let mut files: Vec<Arc<str>> = parts.iter().map(|part| part.head.path.as_str().into()).collect();
        files.sort();
        files.dedup();
        let patches = past.patches_of(&files);
        TakeBack { history, past, batches, files, patches, parts }
    }

    /// The files that have a part of the batches still, by path.
    pub fn files(&self) -> &[Arc<str>] {
        &self.files
    }

    /// What was written.
    pub fn past(&self) -> &Past {
        &self.past
    }

    /// The text of a file without the batches. `unwritten` are the changes that made `text` of what is on disk, whose text is `disk`.
    ///
    /// # Errors
    /// Why the file is left as it is.
    pub fn text(&self, path: &str, disk: &str, text: &str, unwritten: &[Change]) -> Result<String, String> {
        let known = self.patches.get(path).map_or(&[][..], Vec::as_slice);
        let heads: Vec<_> = known.iter().map(|patch| &patch.head).collect();
        let leading = &known[since(&heads, disk::fingerprint(disk.as_bytes()).to_hex().as_str())];
        let mut parts = self.parts.iter().filter(|part| &*part.head.path == path);
        if !parts.all(|part| leading.contains(part)) {
            return Err("it has changed since it was written: left as it is".to_string());
        }
        let mut changes = self.changes(leading).map_err(|error| error.to_string())?;
        changes.extend_from_slice(unwritten);
        let mut left = text.to_string();
        for batch in &self.batches {
            let next = without(&left, &changes, *batch).map_err(|by| self.in_the_way(by))?;
            let Some(next) = next else { continue };
            changes.push(Change { batch: TAKEN_BACK, undoes: Some(*batch), hunks: between(&left, &next) });
            left = next;
        }
        Ok(left)
    }

    fn changes(&self, patches: &[PastPatch]) -> io::Result<Vec<Change>> {
        let read = |patch: &PastPatch| {
            let undoes = self.past.batch(patch.head.batch).and_then(|head| head.undoes);
            Ok(change(&self.history.patch(patch)?, undoes))
        };
        patches.iter().map(read).collect()
    }

    fn in_the_way(&self, batch: BatchId) -> String {
        match self.past.batch(batch) {
            Some(head) => format!("batch {batch} ({}) changed the same place later: take that one back first", head.label),
            None => "an edit that is not written changed the same place: write it, or take it back, first".to_string(),
        }
    }
}
