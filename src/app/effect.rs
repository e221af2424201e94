//! Everything that the desk can ask the edge to do. Effects run on worker threads; their answers are events.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::content::summary::Cell;
use crate::content::{FieldPath, FieldRef};
use crate::library::drafts::{DraftFile, ExpandJob};
use crate::library::history::Head;
use crate::library::{BatchId, ItemId, Record, Row, Rows, TopicIndex};
use crate::profile::{FindingKind, Intent};

/// Something to be done outside the state.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Match the rows. Answered by `Matched`; a newer one overtakes it.
    Match(Box<MatchJob>),
    /// Match the rows with a query to mark by. Answered by `MarksFound`; a newer one overtakes it.
    FindMarks(Box<MatchJob>),
    /// Read a field of all files. Answered by `ColumnRead`.
    ReadColumn { field: FieldRef, items: Vec<(ItemId, Arc<str>)> },
    /// Tell `Rested` after a tenth of a second.
    Rest { generation: u64 },
    /// Lay an item's preview out. Answered by `Previewed`; a newer one overtakes it.
    Preview { generation: u64, item: Asked, width: u16 },
    /// Make edits of intents. Answered by `Expanded`, always.
    Expand(ExpandJob),
    /// Make a row of the file and these edits. Answered by `Recomputed`.
    Recompute(DraftFile),
    /// Look for findings in items whose rows have no bits yet. Answered by `Looked`.
    Look { items: Vec<(ItemId, Arc<Row>, DraftFile)> },
    /// Learn the whole library as it is on disk. Answered by `Learned`.
    LearnAll { rows: Rows },
    /// Learn these items with their drafts. Answered by `Learned`.
    Learn { files: Vec<DraftFile> },
    /// Suggest topics and offerings for these items. Answered by `Suggested`; a newer one overtakes it.
    Suggest { generation: u64, items: Vec<Asked> },
    /// Look through items for everything that can be found, set beside all the library knows. Answered by `Surveyed`; a newer one
    /// overtakes it.
    Survey(Box<SurveyJob>),
    /// Read what a form shows. Answered by `FormLoaded`.
    LoadForm(DraftFile),
    /// Read what a form over several items shows. Answered by `FormsRead`, the last time with everything; a newer one overtakes it.
    LoadForms { generation: u64, files: Vec<DraftFile> },
    /// Look which fields these files have. Answered by `FieldsFound`.
    FindFields { files: Vec<DraftFile> },
    /// Tell what an intent will do to a field of many files. Answered by `Foreseen`, part by part; a newer one overtakes it.
    Foresee(Box<ForeseeJob>),
    /// Compare the file with its draft. Answered by `Diffed`.
    Diff(DraftFile),
    /// Make the text that a write would put on disk, and compare. Answered by `Reviewed`.
    Review(DraftFile),
    /// The lines of a draft by its hunks. Answered by `Hunks`.
    Hunks(DraftFile),
    /// Put these on disk, without what they leave out; `batches` have a part in them. Answered by one `Written` a file, then
    /// `WriteEnded`; where it is cut short, by the latter alone.
    Write { files: Vec<DraftFile>, batches: Vec<Head> },
    /// Look for near-duplicates among topics with their numbers of items. Answered by `NearFound`.
    FindNear { generation: u64, topics: Vec<(String, usize)> },
    /// End the write that is under way.
    StopWrite,
    /// Go on with a write that was cut short, or look at it. Answered as `Write`, or by `CutShown`.
    GoOn(GoOn),
    /// Read what was written. Answered by `History`.
    History,
    /// Work out what takes a written batch back, on top of these drafts, in which some batches take back others. Answered by `TakenBack`.
    TakeBack { batch: BatchId, drafts: Vec<DraftFile>, undoing: HashMap<BatchId, BatchId> },
    /// What a batch changed: a written one, or one of these drafts. Answered by `BatchShown`.
    ShowBatch { batch: BatchId, drafts: Vec<DraftFile> },
    /// Look whether others have changed files. Answered by `Outside`, if they have.
    LookAgain,
    /// Look whether these files, each with the fingerprint that it had, stand elsewhere now. Answered by `Outside`, if one does.
    LookFor(Vec<(Arc<str>, String)>),
    /// Take the library over from one that is gone. Answered by `TakenOver`, or `Held`.
    TakeOver,
    /// Append to the journal. Answered by `Synced` when it is safe.
    Journal(Vec<Record>),
    /// Tell `Keep` in a moment.
    Keep,
    /// Read the whole entries of offerings of these items, with their drafts. Answered by `OfferingsRead`, in parts.
    ReadOfferings { files: Vec<DraftFile> },
    /// Open a link in the browser, or copy it where no browser is.
    Open { url: String },
    /// Give a text to the editor of this user, or do something with one that was kept. Answered by `EditorReturned`.
    Editor(Box<EditorJob>),
    /// Copy a text.
    Copy { text: String },
    /// Keep a view in the configuration.
    SaveView { name: String, query: String },
    /// End the program.
    Quit,
}

/// An item for which topics and offerings are suggested.
#[derive(Clone, Debug)]
pub struct Asked {
    pub file: DraftFile,
    /// Topics, and labels of offerings, that the curator took from it: they are not suggested again.
    pub rejected: Vec<String>,
}

/// What a worker needs to tell what an intent will do.
#[derive(Clone, Debug)]
pub struct ForeseeJob {
    pub generation: u64,
    /// The same slice as long as the items' drafts are the same: what was read of them is kept.
    pub files: Arc<[DraftFile]>,
    pub field: FieldRef,
    pub intent: Intent,
}

/// What is to become of a write that was cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoOn {
    /// The rest is written too.
    Finish,
    /// What is written is put back.
    TakeBack,
    /// Its changes are shown.
    Show,
}

/// A text for the editor of this user: a whole file with its draft, or one field of it.
#[derive(Clone, Debug, PartialEq)]
pub struct EditorJob {
    pub file: DraftFile,
    /// The field whose text it is; none: the whole file.
    pub field: Option<FieldPath>,
    pub way: EditorWay,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditorWay {
    /// Open the editor, on what was kept from before if there is such a text.
    Open,
    /// Take in what was kept.
    Take,
    /// Drop what was kept.
    Drop,
}

/// What a worker needs to look through items.
#[derive(Clone, Debug)]
pub struct SurveyJob {
    pub generation: u64,
    /// Everything that the library knows.
    pub rows: Rows,
    /// The items asked about.
    pub items: Vec<(ItemId, DraftFile)>,
    /// Other items with a draft.
    pub drafts: Vec<(ItemId, DraftFile)>,
}

/// What a worker needs to match the rows.
#[derive(Clone, Debug)]
pub struct MatchJob {
    pub generation: u64,
    pub rows: Rows,
    pub index: TopicIndex,
    /// Changes with every change of a row, a mark or a draft: where it is the same, an earlier answer may be narrowed.
    pub stamp: u64,
    /// Whether facets are on the screen.
    pub facets: bool,
    /// Fields that are counted among them, besides those that rows hold.
    pub counted: Vec<FieldRef>,
    /// The filter line's text.
    pub query: String,
    /// The sort order while the query names none.
    pub sort: String,
    pub marked: Vec<ItemId>,
    pub unwritten: Vec<ItemId>,
    /// Items in conflict with their files.
    pub conflicts: Vec<ItemId>,
    /// Columns that have been read.
    pub columns: HashMap<FieldRef, Arc<Vec<Cell>>>,
    /// Items by the kinds of findings that rows keep no bit of.
    pub findings: HashMap<FindingKind, Arc<HashSet<ItemId>>>,
}
