//! The history: what was written, batch by batch and file by file, and what may be taken back.
//!
//! Here: the log's lines, what they come to ([`Past`]), and whether a batch is on disk still or was taken back. Not here: the file that
//! the lines stand in (`shell::history`), the text that a batch taken back leaves ([`takeback`]), what is not written yet
//! ([`super::drafts`]).
//!
//! A batch taken back is a batch of its own that says which one it undoes; so taking that one back does the first again.

pub mod takeback;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::drafts::BatchId;
use crate::content::patch::Hunk;

/// A line of the log; `P` is what is read of a patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Line<P> {
    /// A batch that the write which goes on has a part in.
    Batch(Head),
    /// What it changed in one file. It stands before the file is written.
    Patch(P),
    /// These files were not written after all; the write goes on.
    Failed(Vec<String>),
    /// The write is over.
    Done(Done),
}

/// What a batch is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub batch: BatchId,
    pub label: String,
    /// When it was written, in seconds since 1970.
    pub when: u64,
    /// The batch that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<BatchId>,
}

/// What a batch changed in one file. Where several batches were written at once, the text between two of them was never on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    pub batch: BatchId,
    pub path: String,
    /// The fingerprint of the text before it.
    pub before: String,
    /// The fingerprint of the text with it.
    pub after: String,
    pub hunks: Vec<Hunk>,
    /// The topics, and the labels of the offerings, that the batch took from the item: they are not suggested for it again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<String>,
}

/// The same without its bytes: what a list of the history needs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PatchHead {
    pub batch: BatchId,
    pub path: String,
    pub before: String,
    pub after: String,
    #[serde(default)]
    pub taken: Vec<String>,
}

/// The end of a write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Files that were not written after all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<String>,
    /// The highest number of a batch so far: a start needs this line alone.
    pub last: BatchId,
}

/// What was written.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The one written last stands last.
    batches: Vec<Head>,
    /// In the order of the log.
    patches: Vec<PastPatch>,
    /// Where the patches of a write that is not over begin.
    open_from: usize,
    /// How many files the batches of a write that was cut short were to change.
    planned: HashMap<BatchId, usize>,
}

/// A patch of the log, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastPatch {
    pub head: PatchHead,
    /// Where its line stands in the log: the bytes of it.
    pub place: Range<u64>,
}

/// A batch that was written, and how much of it is on disk still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastBatch {
    pub head: Head,
    /// How many files it changed.
    pub files: usize,
    /// How many of them have it still.
    pub standing: usize,
    /// How many it was to change, where the write was cut short.
    pub planned: Option<usize>,
}

/// What a batch is called that takes another one back.
pub fn undo_label(label: &str) -> String {
    const BACK: &str = "taken back: ";
    const AGAIN: &str = "done again: ";
    match (label.strip_prefix(BACK), label.strip_prefix(AGAIN)) {
        (Some(first), _) => format!("{AGAIN}{first}"),
        (_, Some(first)) => format!("{BACK}{first}"),
        _ => format!("{BACK}{label}"),
    }
}

impl PastBatch {
    /// Its state in words.
    pub fn state(&self) -> String {
        let gone = self.files - self.standing;
        match (gone, self.planned) {
            (_, Some(planned)) => format!("cut short, {} of {planned} written", self.files),
            (0, None) => "written".to_string(),
            (_, None) if self.standing == 0 => "taken back".to_string(),
            (_, None) => format!("written, {gone} of {} taken back", self.files),
        }
    }
}

impl Past {
    /// Takes a line of the log in; `place` says where it stands.
    pub fn take(&mut self, line: Line<PatchHead>, place: Range<u64>) {
        match line {
            Line::Batch(head) => {
                self.batches.retain(|known| known.batch != head.batch);
                self.batches.push(head);
            }
            Line::Patch(head) => self.patches.push(PastPatch { head, place }),
            Line::Failed(failed) => self.drop_open(|path| failed.iter().any(|gone| gone == path)),
            Line::Done(done) => {
                let failed: HashSet<String> = done.failed.into_iter().collect();
                self.drop_open(|path| failed.contains(path));
                self.open_from = self.patches.len();
            }
        }
    }

    fn drop_open(&mut self, gone: impl Fn(&str) -> bool) {
        let mut open = self.patches.split_off(self.open_from);
        open.retain(|patch| !gone(&patch.head.path));
        self.patches.append(&mut open);
    }

    /// The patches of a write that did not come to its end, in order: none where it did.
    pub fn open(&self) -> &[PastPatch] {
        &self.patches[self.open_from..]
    }

    /// Says of a write that did not come to its end which files it had come to.
    pub fn settle(&mut self, written: impl Fn(&str) -> bool) {
        for patch in &self.patches[self.open_from..] {
            *self.planned.entry(patch.head.batch).or_default() += 1;
        }
        self.drop_open(|path| !written(path));
    }

    /// The batches that changed a file which `within` takes, the one written last first.
    pub fn batches(&self, within: impl Fn(&str) -> bool) -> Vec<PastBatch> {
        let standing = self.standing();
        let mut files: HashMap<BatchId, HashMap<&str, bool>> = HashMap::new();
        for (at, patch) in self.patches.iter().enumerate().filter(|(_, patch)| within(&patch.head.path)) {
            *files.entry(patch.head.batch).or_default().entry(patch.head.path.as_str()).or_default() |=
                standing.contains(&at);
        }
        let batch = |head: &Head| {
            let files = files.get(&head.batch);
            let planned = self.planned.get(&head.batch).copied();
            let count = files.map_or(0, HashMap::len);
            let standing = files.map_or(0, |files| files.values().filter(|stands| **stands).count());
            (files.is_some() || planned.is_some()).then(|| PastBatch {
                head: head.clone(),
                files: count,
                standing,
                planned,
            })
        };
        self.batches.iter().rev().filter_map(batch).collect()
    }

    /// The highest number of a batch.
    pub fn last_id(&self) -> BatchId {
        self.batches.iter().map(|head| head.batch).max().unwrap_or_default()
    }

    /// A batch by its number.
    pub fn batch(&self, batch: BatchId) -> Option<&Head> {
        self.batches.iter().find(|head| head.batch == batch)
    }

    /// What `undo` takes back unless it is told: the batches of a write that was cut short, else the batch written last that stands and
    /// is no undo itself.
    pub fn last(&self, within: impl Fn(&str) -> bool) -> Vec<BatchId> {
        let batches = self.batches(within);
        let cut_short: Vec<BatchId> =
            batches.iter().filter(|b| b.planned.is_some() && b.standing > 0).map(|b| b.head.batch).collect();
        if !cut_short.is_empty() {
            return cut_short;
        }
        let stands = |b: &&PastBatch| b.standing > 0 && b.head.undoes.is_none();
        batches.iter().find(stands).map(|b| b.head.batch).into_iter().collect()
    }

    /// The patches of these batches that no later one took back.
    pub fn standing_of(&self, batches: &[BatchId]) -> Vec<PastPatch> {
        let standing = self.standing();
        let of_them = |(at, patch): &(usize, &PastPatch)| batches.contains(&patch.head.batch) && standing.contains(at);
        self.patches.iter().enumerate().filter(of_them).map(|(_, patch)| patch.clone()).collect()
    }

    /// The topics, and the labels of offerings, that were taken from each item and not given back.
    pub fn taken(self) -> HashMap<String, Vec<String>> {
        let standing = self.standing();
        let mut taken: HashMap<String, Vec<String>> = HashMap::new();
        for (_, patch) in self.patches.into_iter().enumerate().filter(|(at, _)| standing.contains(at)) {
            if !patch.head.taken.is_empty() {
                taken.entry(patch.head.path).or_default().extend(patch.head.taken);
            }
        }
        taken
    }

    /// All patches, in the order of the log.
    pub fn patches(&self) -> &[PastPatch] {
        &self.patches
    }

    /// Which patches no later one took back: from the last one backwards, for a patch that took one back may be taken back itself.
    fn standing(&self) -> HashSet<usize> {
        let undoes: HashMap<BatchId, BatchId> =
            self.batches.iter().filter_map(|head| Some((head.batch, head.undoes?))).collect();
        let mut gone: HashSet<(BatchId, &str)> = HashSet::new();
        let mut standing = HashSet::new();
        for (at, PastPatch { head, .. }) in self.patches.iter().enumerate().rev() {
            if gone.contains(&(head.batch, head.path.as_str())) {
                continue;
            }
            standing.insert(at);
            if let Some(undone) = undoes.get(&head.batch) {
                gone.insert((*undone, head.path.as_str()));
            }
        }
        standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A past of writes: each a batch, what it undoes, and its files.
    fn past(writes: &[(BatchId, Option<BatchId>, &[&str])]) -> Past {
        let mut past = Past::default();
        for (batch, undoes, files) in writes {
            open(&mut past, *batch, *undoes, files);
            past.take(Line::Done(Done { failed: Vec::new(), last: *batch }), 0..0);
        }
        past
    }

    fn open(past: &mut Past, batch: BatchId, undoes: Option<BatchId>, files: &[&str]) {
        past.take(Line::Batch(Head { batch, label: format!("batch {batch}"), when: batch, undoes }), 0..0);
        for path in files {
            let taken = if undoes.is_some() { Vec::new() } else { vec![format!("topic {batch}")] };
            let head = PatchHead { batch, path: (*path).into(), before: String::new(), after: String::new(), taken };
            past.take(Line::Patch(head), 0..0);
        }
    }

    fn files(past: &Past, batch: BatchId) -> Vec<String> {
        past.standing_of(&[batch]).into_iter().map(|patch| patch.head.path).collect()
    }

    fn states(past: &Past) -> Vec<(BatchId, String)> {
        past.batches(|_| true).iter().map(|b| (b.head.batch, b.state())).collect()
    }

    fn words(states: &[(BatchId, &str)]) -> Vec<(BatchId, String)> {
        states.iter().map(|(batch, state)| (*batch, state.to_string())).collect()
    }

    #[test]
    fn a_batch_is_written_until_another_takes_it_back_and_stands_again_when_that_one_is_taken_back() {
        let mut writes = vec![(1, None, &["a.md", "b.md"][..]), (2, None, &["a.md"]), (3, Some(1), &["b.md"])];
        let part = past(&writes);
        assert_eq!(states(&part), words(&[(3, "written"), (2, "written"), (1, "written, 1 of 2 taken back")]));
        assert_eq!(files(&part, 1), ["a.md"]);
        writes.push((4, Some(3), &["b.md"]));
        let again = past(&writes);
        assert_eq!(states(&again)[1..], words(&[(3, "taken back"), (2, "written"), (1, "written")]));
        assert_eq!(files(&again, 1), ["a.md", "b.md"]);
    }

    #[test]
    fn undo_goes_back_through_what_stands_and_passes_the_undos() {
        let last = |writes: &[_]| past(writes).last(|_| true);
        assert_eq!(last(&[(1, None, &["a.md"]), (2, None, &["b.md"])]), [2]);
        assert_eq!(last(&[(1, None, &["a.md"]), (2, None, &["b.md"]), (3, Some(2), &["b.md"])]), [1]);
        let all = [(1, None, &["a.md"][..]), (2, Some(1), &["a.md"])];
        assert!(last(&all).is_empty());
        let again = [(1, None, &["a.md"][..]), (2, Some(1), &["a.md"]), (3, Some(2), &["a.md"])];
        assert_eq!(last(&again), [1]);
        let two = past(&[(1, None, &["a.md"]), (2, None, &["b.md"])]);
        assert_eq!(two.last(|path| path == "a.md"), [1]);
    }

    #[test]
    fn what_failed_was_not_written_and_what_was_cut_short_is_settled() {
        let mut past = past(&[(1, None, &["a.md"])]);
        open(&mut past, 2, None, &["a.md", "b.md"]);
        past.take(Line::Done(Done { failed: vec!["a.md".into()], last: 2 }), 0..0);
        assert_eq!(files(&past, 2), ["b.md"]);
        assert!(past.open().is_empty());
        open(&mut past, 3, None, &["a.md", "b.md", "c.md"]);
        assert_eq!(past.open().len(), 3);
        past.settle(|path| path == "b.md");
        assert_eq!(states(&past)[0], (3, "cut short, 1 of 3 written".to_string()));
        assert_eq!(past.last(|_| true), [3]);
        assert_eq!(files(&past, 3), ["b.md"]);
    }

    #[test]
    fn a_batch_that_was_written_in_two_parts_is_one() {
        let past = past(&[(1, None, &["a.md"]), (2, None, &["a.md"]), (1, None, &["b.md"])]);
        assert_eq!(states(&past), words(&[(1, "written"), (2, "written")]));
        assert_eq!(files(&past, 1), ["a.md", "b.md"]);
    }

    #[test]
    fn what_a_batch_took_from_an_item_stays_taken_until_the_batch_is_taken_back() {
        let past = past(&[(1, None, &["a", "b"]), (2, None, &["a"]), (3, Some(1), &["a"])]);
        let taken = past.taken();
        assert_eq!(taken["b"], ["topic 1"]);
        assert_eq!(taken["a"], ["topic 2"]);
    }
}
