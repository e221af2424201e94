//! Everything that can happen to the desk.

use std::ops::Range;
use std::sync::Arc;

use super::form::merged::Merged;
use super::learning::Suggested;
use crate::command::Key;
use crate::content::diff::Diff;
use crate::content::summary::Cell;
use crate::content::{FieldPath, FieldRef, Value};
use crate::library::clusters::Cluster;
use crate::library::drafts::{Conflict, IntentId, StepEdits, WrittenStep};
use crate::library::facets::{FacetBy, FacetValue};
use crate::library::history::PastBatch;
use crate::library::{BatchId, ItemId, Loading, Record, Row};
use crate::preview::card::Card;
use crate::preview::wrap::Rendered;
use crate::profile::foresee::{FieldUse, Foreseen};
use crate::profile::{Finding, FindingBits, FindingKind, Intent, Profile};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resize { width: u16, height: u16 },
    /// The program is asked to end: a signal, or the terminal is gone.
    Hangup,
    /// What the fields mean, once it is known.
    ProfileLoaded(Box<Profile>),
    /// What an earlier run had not written.
    Restored(Vec<Record>),
    /// Files were read.
    Rows(Vec<Row>),
    /// All files were read.
    Loaded(Loading),
    /// The filter's answer.
    Matched { generation: u64, found: Found },
    /// What a query to mark by matches.
    MarksFound { generation: u64, found: Found },
    /// A column of a field that rows do not hold: its cells by item.
    ColumnRead { field: FieldRef, cells: Vec<(ItemId, Cell)> },
    /// What was found in items: the row that was looked at, and its bits.
    Looked(Vec<(ItemId, Arc<Row>, FindingBits)>),
    /// The whole library was learned, or the items asked for.
    Learned { all: bool },
    /// The topics and offerings suggested for the items asked about, the likeliest first.
    Suggested { generation: u64, topics: Vec<Suggested>, offerings: Vec<Suggested> },
    /// Everything that was found in the items asked about.
    Surveyed { generation: u64, answer: Surveyed },
    /// Whole entries of offerings, by item.
    OfferingsRead { read: Vec<(Arc<str>, Vec<Value>)> },
    /// The cursor has rested for a moment.
    Rested { generation: u64 },
    /// The preview's answer.
    Previewed { generation: u64, answer: Result<Previewed, String> },
    /// An item's answer to a batch.
    Expanded { path: Arc<str>, batch: BatchId, answer: Result<Expanded, String> },
    /// An item's row, made anew from the file and its draft.
    Recomputed { path: Arc<str>, answer: Result<Box<Recomputed>, String> },
    /// What a form needs.
    FormLoaded { path: Arc<str>, answer: Result<FormSource, String> },
    /// What a form over several items needs, or how many of them have been read.
    FormsRead { generation: u64, answer: FormsRead },
    /// The fields that some items have.
    FieldsFound(Vec<FieldUse>),
    /// What a bulk edit will do to some more items; whether these are the last.
    Foreseen { generation: u64, items: Vec<(Arc<str>, Foreseen)>, done: bool },
    /// One item's diff.
    Diffed { path: Arc<str>, answer: Result<Diff, String> },
    /// What a write would do to one file, while its draft has this stamp.
    Reviewed { path: Arc<str>, stamp: u64, answer: Result<ReviewSum, String> },
    /// The hunks of one file, while its draft has this stamp.
    Hunks { path: Arc<str>, stamp: u64, found: FoundHunks },
    /// The file of a draft is on disk.
    Written { path: Arc<str>, answer: Result<WrittenFile, String> },
    /// How far a write has come: so many texts stand beside their files, or so many files are replaced.
    Writing { done: usize, replacing: bool },
    /// Nothing more comes of a write.
    WriteEnded(WriteEnd),
    /// What a write that was cut short would change, and which of it is on disk.
    CutShown(Diff),
    /// What was written, the last first.
    History(Result<Vec<PastBatch>, String>),
    /// What takes a written batch back.
    TakenBack { batch: BatchId, answer: Result<Restored, String> },
    /// What a batch changed.
    BatchShown { batch: BatchId, answer: Result<Diff, String> },
    /// The editor is done with a text, or what was kept of it is.
    EditorReturned { path: Arc<str>, field: Option<FieldPath>, returned: Returned },
    /// Near-duplicates among the topics of the vocabulary.
    NearFound { generation: u64, clusters: Vec<Cluster> },
    /// Something that somebody else did to the files.
    Outside(Outside),
    /// Not every folder is watched, and why.
    Unwatched(String),
    /// The window has the focus again.
    Focused,
    /// Another process has the library, so that nothing can be written here; in words.
    Held(String),
    /// Nobody has it any more.
    Free,
    /// It is this desk's now, with what was not written.
    TakenOver(Vec<Record>),
    /// The journal has so many records on disk, counted from the start of the program.
    Synced { records: u64 },
    /// A moment has passed since it was asked for: where the curator stands is to be kept.
    Keep,
    /// An effect has something to tell.
    Said(String),
    /// An effect failed.
    Failed(String),
}

/// What takes a written batch back, file by file.
#[derive(Clone, Debug, Default)]
pub struct Restored {
    pub files: Vec<(Arc<str>, Arc<[Intent]>)>,
    /// Files that are left as they are, and why.
    pub refused: Vec<(Arc<str>, String)>,
}

/// What matched a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order of the list.
    pub items: Vec<ItemId>,
    /// Columns that have to be read before the answer is whole.
    pub needs: Vec<FieldRef>,
    /// Kinds of findings that have to be looked for before the answer is whole.
    pub needs_findings: Vec<FindingKind>,
    /// Terms that were left out or not understood, where they stand and why.
    pub unknown: Vec<(Range<usize>, String)>,
    /// How many of the items are undecided.
    pub undecided: usize,
    /// Counts over the items, for the facets and for narrowing by topic.
    pub facets: Arc<Vec<Facet>>,
}

/// Counts over what is shown, by one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    pub by: FacetBy,
    /// What the column calls it.
    pub name: String,
    pub values: Vec<FacetValue>,
}

/// What is found in items, or why one cannot be read.
pub type Surveyed = Vec<(ItemId, Result<Vec<Finding>, String>)>;

/// A preview, laid out.
#[derive(Clone, Debug)]
pub struct Previewed {
    pub path: Arc<str>,
    pub card: Card,
    pub body: Rendered,
}

/// The edits of a batch in one item.
#[derive(Clone, Debug)]
pub struct Expanded {
    pub edits: StepEdits,
    /// The fingerprint of the file that they were made from.
    pub base: String,
    /// The item's row with the draft.
    pub row: Row,
    /// What was left alone, in words.
    pub left: Vec<String>,
}

/// What somebody else did to the files: what is gone comes first, and all of it is told between two `Done`.
#[derive(Clone, Debug)]
pub enum Outside {
    /// Files that are not there any more, and new ones with their fingerprints.
    Gone { gone: Vec<Arc<str>>, came: Vec<(Arc<str>, String)> },
    /// Files that are new, or other than they were.
    Rows(Vec<Row>),
    /// That was all.
    Done,
}

/// A row made anew of the file and its draft.
#[derive(Clone, Debug)]
pub struct Recomputed {
    /// Conflicts are shown as if they were decided for the curator.
    pub row: Row,
    pub conflicts: Vec<Conflict>,
}

/// The values that a form shows.
#[derive(Clone, Debug)]
pub struct FormSource {
    /// With the draft.
    pub value: Value,
    /// As the disk has it.
    pub original: Value,
    /// What only the body shows to be wrong.
    pub of_body: Vec<Finding>,
    /// Fields that name an image file, and whether it lies beside the item or in the site.
    pub images: Vec<(FieldPath, bool)>,
    /// Whether the file can say that a value is not known: TOML has no null.
    pub has_null: bool,
}

impl FormSource {
    /// Values, and nothing known of body and images.
    pub fn of(value: Value, original: Value) -> FormSource {
        FormSource { value, original, of_body: Vec::new(), images: Vec::new(), has_null: true }
    }
}

/// How far the values of several items have been read.
#[derive(Clone, Debug)]
pub enum FormsRead {
    /// So many of them.
    Part(usize),
    /// All of them, as one.
    Done(Box<Merged>),
}

/// What became of a text that the editor had.
#[derive(Clone, Debug, PartialEq)]
pub enum Returned {
    /// Nothing changed; what to say of it.
    Said(String),
    /// The editor came back at once, and nothing changed: it may have a window of its own, and what that saves is kept.
    AtOnce,
    /// There was no editing.
    Failed(String),
    /// What changed, as one batch of that name.
    Changed { label: String, intents: Vec<Intent> },
    /// It cannot be taken in, or not without a question, and is kept.
    Kept { reason: String, can_take: bool },
}

/// What a write would do to a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewSum {
    /// Lines that only the new text has.
    pub added: usize,
    /// Lines that only the old text has.
    pub removed: usize,
    /// Lines that stay.
    pub kept: usize,
    /// How many hunks the draft has.
    pub hunks: usize,
    /// How many of them are left out.
    pub left_out: usize,
}

impl ReviewSum {
    /// Lines that change: a replaced one counts once.
    pub fn changed(&self) -> usize {
        self.added.max(self.removed)
    }

    /// Whether nothing of the draft is to be written.
    pub fn is_left_out(&self) -> bool {
        self.left_out == self.hunks
    }
}

/// A draft by its hunks.
#[derive(Clone, Debug, Default)]
pub struct FoundHunks {
    pub hunks: Vec<Hunk>,
    /// Why the text to be written cannot be made of what is chosen.
    pub problem: Option<String>,
}

/// One intent of a draft, with all that is linked to it: what can be left out of a write.
#[derive(Clone, Debug)]
pub struct Hunk {
    pub intents: Vec<IntentId>,
    /// What it was asked for as.
    pub title: String,
    pub left_out: bool,
    /// The field it begins with, for the form.
    pub field: FieldPath,
    /// What the written text has because of it; what it would have, where it is left out.
    pub diff: Diff,
}

/// How a write ended.
#[derive(Clone, Debug, PartialEq)]
pub enum WriteEnd {
    /// Every file has been answered. Its plan is forgotten once the journal knows.
    Whole { plan: Option<u64> },
    /// Nothing was written, and nothing is left of it; why, or empty where the curator stopped it.
    Nothing { reason: String },
    /// It was cut short: what is written can be finished or taken back.
    Cut(CutShort),
    /// One that was cut short was taken back, but for the files that are named; these are drafts again.
    TakenBack { files: Vec<Arc<str>>, failed: Vec<(Arc<str>, String)> },
}

/// A write that was cut short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CutShort {
    pub written: usize,
    pub planned: usize,
    /// Why; empty after a crash, or where the curator stopped it.
    pub reason: String,
    /// Whether the curator has answered, and it is being brought to its end.
    pub is_answered: bool,
    /// How many files that has replaced.
    pub done: usize,
}

/// A file that was written.
#[derive(Clone, Debug)]
pub struct WrittenFile {
    /// The steps of its draft that are on disk.
    pub steps: Vec<WrittenStep>,
    /// The fingerprint of what was written.
    pub base: String,
    pub row: Row,
    /// Lines changed and lines untouched.
    pub lines: (usize, usize),
    /// Whether the file had changed on disk, and the edits were made anew from what was found.
    pub remade: bool,
}
