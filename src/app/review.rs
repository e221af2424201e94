//! The review before writing: which files change, by how much, and what of them is left out.
//!
//! All files are listed at once; what each comes to is asked for file by file, those on the screen first. Here: the list, its sums, its
//! filter and its cursor. Not here: what is left out (the drafts know), and what keys do (`update::review`).

use std::sync::Arc;

use super::event::{FoundHunks, Hunk, ReviewSum};
use super::input::Input;

/// How many files are asked about at a time: enough for two workers, few enough that what is looked at comes next.
const AT_ONCE: usize = 16;

/// One file with a draft.
#[derive(Clone, Debug)]
pub struct ReviewFile {
    pub path: Arc<str>,
    pub title: String,
    /// The state of the draft that is asked about.
    pub stamp: u64,
    asked: bool,
    /// What a write would do to it; none until it is known.
    pub answer: Option<Result<ReviewSum, String>>,
}

impl ReviewFile {
    /// A file that nothing is known about.
    pub fn new(path: Arc<str>, title: String, stamp: u64) -> ReviewFile {
        ReviewFile { path, title, stamp, asked: false, answer: None }
    }

    /// What `y` would do to it; none where that is nothing.
    fn to_write(&self) -> Option<&ReviewSum> {
        self.answer.as_ref()?.as_ref().ok().filter(|sum| !sum.is_left_out())
    }
}

/// A write under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    pub done: usize,
    pub all: usize,
    /// Whether files are replaced by now: before that, nothing is written.
    pub replacing: bool,
    /// Whether it has been asked to stop.
    pub stopping: bool,
}

/// What is to be written, over all files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewSums {
    /// Files that `y` writes.
    pub files: usize,
    /// Lines of them that change.
    pub changed: usize,
    /// Lines of them that stay.
    pub kept: usize,
    /// Files that are known by now.
    answered: usize,
}

/// The review.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// Whether edits are on their way: it shows all or nothing.
    pub waits: bool,
    /// The revision of the drafts that it shows.
    pub revision: Option<u64>,
    /// By path.
    files: Vec<ReviewFile>,
    /// Positions of the files that the filter shows.
    shown: Vec<usize>,
    pub filter: Input,
    /// Which of the shown.
    pub cursor: usize,
    /// Which hunk of the file has the keys; none: the files have them.
    pub hunk: Option<usize>,
    /// First visible line of the hunks.
    pub scroll: usize,
    /// The hunks of a file, with the stamp of its draft.
    pub found: Option<(Arc<str>, u64, FoundHunks)>,
    hunks_asked: bool,
    sums: ReviewSums,
    /// Files before this one have been asked about.
    next: usize,
    on_their_way: usize,
    pub writing: Option<Writing>,
}

impl Review {
    /// All files, by path.
    pub fn files(&self) -> &[ReviewFile] {
        &self.files
    }

    /// The files that the filter shows.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &ReviewFile> {
        self.shown.iter().map(|at| &self.files[*at])
    }

    /// The file under the cursor.
    pub fn current(&self) -> Option<&ReviewFile> {
        self.files.get(*self.shown.get(self.cursor)?)
    }

    /// The hunks of the file under the cursor, once they have come.
    pub fn hunks(&self) -> Option<&FoundHunks> {
        let file = self.current()?;
        self.found
            .as_ref()
            .filter(|(path, stamp, _)| (path, *stamp) == (&file.path, file.stamp))
            .map(|(.., found)| found)
    }

    /// The hunk that has the keys.
    pub fn current_hunk(&self) -> Option<&Hunk> {
        self.hunks()?.hunks.get(self.hunk?)
    }

    /// What `y` writes.
    pub fn sums(&self) -> ReviewSums {
        self.sums
    }

    /// Paths of the files that `y` writes.
    pub fn to_write(&self) -> impl Iterator<Item = &Arc<str>> {
        self.files.iter().filter(|f| f.to_write().is_some()).map(|f| &f.path)
    }

    /// How many files are known by now.
    pub fn answered(&self) -> usize {
        self.sums.answered
    }

    /// Whether every file is known, so that what `y` writes has been seen.
    pub fn is_whole(&self) -> bool {
        !self.waits && self.revision.is_some() && self.sums.answered == self.files.len()
    }

    /// Takes the drafts of now in: what is known of those that did not change stays. The cursor stays on its file.
    pub fn take_files(&mut self, files: Vec<ReviewFile>, revision: u64) {
        let current = self.current().map(|f| f.path.clone());
        let old = std::mem::take(&mut self.files);
        let mut known = old.into_iter().peekable();
        self.files = files
            .into_iter()
            .map(|file| {
                while known.next_if(|k| k.path < file.path).is_some() {}
                match known.next_if(|k| k.path == file.path) {
                    Some(known) if known.stamp == file.stamp => known,
                    _ => file,
                }
            })
            .collect();
        (self.revision, self.next) = (Some(revision), 0);
        self.sum_up();
        if let Some(at) = current.and_then(|path| self.place_of(&path)) {
            self.cursor = self.shown.iter().position(|s| *s == at).unwrap_or(self.cursor);
        }
    }

    fn sum_up(&mut self) {
        self.sums = ReviewSums::default();
        for file in &self.files {
            self.sums.answered += usize::from(file.answer.is_some());
        }
        let known: Vec<ReviewSum> = self.files.iter().filter_map(|f| f.to_write().copied()).collect();
        known.iter().for_each(|sum| self.count(sum, true));
    }

    fn count(&mut self, sum: &ReviewSum, comes: bool) {
        let sums = &mut self.sums;
        let add = |total: &mut usize, by: usize| *total = if comes { *total + by } else { *total - by };
        add(&mut sums.files, 1);
        add(&mut sums.changed, sum.changed());
        add(&mut sums.kept, sum.kept);
    }

    fn place_of(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|f| (*f.path).cmp(path)).ok()
    }

    /// The draft of a file has another stamp: it is asked about anew.
    pub fn ask_anew(&mut self, path: &str, stamp: u64, revision: u64) {
        self.revision = Some(revision);
        let Some(at) = self.place_of(path) else { return };
        self.next = self.next.min(at);
        let file = &mut self.files[at];
        let before = file.to_write().copied();
        self.sums.answered -= usize::from(file.answer.is_some());
        *file = ReviewFile::new(file.path.clone(), std::mem::take(&mut file.title), stamp);
        before.iter().for_each(|sum| self.count(sum, false));
    }

    /// Takes the answer about one file.
    pub fn take(&mut self, path: &str, stamp: u64, answer: Result<ReviewSum, String>) {
        self.on_their_way = self.on_their_way.saturating_sub(1);
        let Some(at) = self.place_of(path) else { return };
        let file = &mut self.files[at];
        if file.stamp != stamp || file.answer.is_some() {
            return;
        }
        file.answer = Some(answer);
        self.sums.answered += 1;
        let sum = file.to_write().copied();
        sum.iter().for_each(|sum| self.count(sum, true));
    }

    /// The files to ask about now: those on a screen of so many rows first. They count as asked about.
    pub fn next_questions(&mut self, rows: usize) -> Vec<Arc<str>> {
        let mut questions = Vec::new();
        let top = self.cursor.saturating_sub(rows);
        let visible: Vec<usize> = self.shown.iter().skip(top).take(2 * rows).copied().collect();
        let mut visible = visible.into_iter();
        while self.on_their_way < AT_ONCE {
            let seen = visible.find(|at| !self.files[*at].asked);
            let Some(at) = seen.or_else(|| self.next_behind()) else { break };
            self.files[at].asked = true;
            self.on_their_way += 1;
            questions.push(self.files[at].path.clone());
        }
        questions
    }

    /// The next file from the top that was not asked about.
    fn next_behind(&mut self) -> Option<usize> {
        while self.files.get(self.next)?.asked {
            self.next += 1;
        }
        Some(self.next)
    }

    /// The file whose hunks are to be asked for; one question at a time.
    pub fn next_hunks(&mut self) -> Option<Arc<str>> {
        if self.hunks_asked || self.hunks().is_some() {
            return None;
        }
        let path = self.current()?.path.clone();
        self.hunks_asked = true;
        Some(path)
    }

    /// Takes the hunks of a file; the place among them stays.
    pub fn take_hunks(&mut self, path: Arc<str>, stamp: u64, found: FoundHunks) {
        self.hunks_asked = false;
        self.found = Some((path, stamp, found));
        let last = self.hunks().map(|found| found.hunks.len().saturating_sub(1));
        self.hunk = self.hunk.map(|hunk| hunk.min(last.unwrap_or(hunk)));
    }

    /// Moves the cursor to another file.
    pub fn step(&mut self, by: isize) {
        let before = self.cursor;
        self.cursor = self.cursor.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
        if self.cursor != before {
            self.scroll = 0;
            self.hunk = self.hunk.map(|_| 0);
        }
    }

    /// Shows these files; the cursor stays on its own where it is among them.
    pub fn show(&mut self, shown: Vec<usize>) {
        let current = self.shown.get(self.cursor).copied();
        let stays = current.and_then(|at| shown.iter().position(|s| *s == at));
        self.shown = shown;
        if stays.is_none() {
            (self.scroll, self.hunk) = (0, None);
        }
        self.cursor = stays.unwrap_or(0);
    }
}
