//! Written batches taken back: the texts that the files have without them.
//!
//! Here: the patches of a file read from the history, and why a file is left as it is. Not here: how a batch is followed through later
//! changes (`library::history::takeback`), and putting the text on disk.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io;
use std::sync::Arc;

use super::disk;
use super::history::{History, patch_at};
use crate::content::patch::between;
use crate::library::BatchId;
use crate::library::history::takeback::{Change, Without, change, since, without};
use crate::library::history::{Past, PastPatch};

/// Batches to be taken back, and all that was written to their files.
#[derive(Debug)]
pub struct TakeBack {
    log: Option<File>,
    past: Past,
    /// The one written last first.
    batches: Vec<BatchId>,
    /// What of them stands, by file.
    parts: BTreeMap<Arc<str>, Vec<PastPatch>>,
    /// What was written to each of these files.
    patches: HashMap<Arc<str>, Vec<PastPatch>>,
}

/// The number that a batch has which is only just taken back.
const TAKEN_BACK: BatchId = BatchId::MAX - 1;

impl TakeBack {
    /// Of these batches, the one written last first, in the files that `within` takes.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn new(
        history: &History,
        past: Past,
        batches: Vec<BatchId>,
        within: impl Fn(&str) -> bool,
    ) -> io::Result<TakeBack> {
        let mut parts: BTreeMap<Arc<str>, Vec<PastPatch>> = BTreeMap::new();
        for part in past.standing_of(&batches).into_iter().filter(|part| within(&part.head.path)) {
            parts.entry(part.head.path.as_str().into()).or_default().push(part);
        }
        let mut patches: HashMap<Arc<str>, Vec<PastPatch>> = HashMap::new();
        for patch in past.patches() {
            if let Some((path, _)) = parts.get_key_value(patch.head.path.as_str()) {
                patches.entry(path.clone()).or_default().push(patch.clone());
            }
        }
        let log = if parts.is_empty() { None } else { Some(history.log()?) };
        Ok(TakeBack { log, past, batches, parts, patches })
    }

    /// The files that have a part of the batches still, by path.
    pub fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.parts.keys()
    }

    /// The text of a file without the batches. `unwritten` are the changes that made `text` of what is on disk, whose text is `disk`.
    ///
    /// # Errors
    /// Why the file is left as it is.
    pub fn text(&self, path: &str, disk: &str, text: &str, unwritten: &[Change]) -> Result<Without, String> {
        let known = self.patches.get(path).map_or(&[][..], Vec::as_slice);
        let heads: Vec<_> = known.iter().map(|patch| &patch.head).collect();
        let leading = &known[since(&heads, disk::fingerprint(disk.as_bytes()).to_hex().as_str())];
        if !self.parts.get(path).into_iter().flatten().all(|part| leading.contains(part)) {
            return Err("it has changed since it was written: left as it is".to_string());
        }
        let mut changes = self.changes(leading).map_err(|error| error.to_string())?;
        changes.extend_from_slice(unwritten);
        let mut done = Without { text: text.to_string(), hunks: Vec::new() };
        for batch in &self.batches {
            let next = without(&done.text, &changes, *batch).map_err(|by| self.in_the_way(by))?;
            let Some(Without { text: left, hunks }) = next else { continue };
            changes.push(Change { batch: TAKEN_BACK, undoes: Some(*batch), hunks: hunks.clone() });
            // Several are only shown: nobody follows anything through what they come to.
            let hunks = if done.hunks.is_empty() { hunks } else { between(text, &left) };
            done = Without { text: left, hunks };
        }
        Ok(done)
    }

    fn changes(&self, patches: &[PastPatch]) -> io::Result<Vec<Change>> {
        let read = |patch: &PastPatch| {
            let undoes = self.past.batch(patch.head.batch).and_then(|head| head.undoes);
            let log = self.log.as_ref().ok_or(io::ErrorKind::NotFound)?;
            Ok(change(&patch_at(log, patch)?, undoes))
        };
        patches.iter().map(read).collect()
    }

    fn in_the_way(&self, batch: BatchId) -> String {
        match self.past.batch(batch) {
            Some(head) => {
                format!("batch {batch} ({}) changed the same place later: take that one back first", head.label)
            }
            None => "an edit that is not written changed the same place: write it, or take it back, first".to_string(),
        }
    }
}
