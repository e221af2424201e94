//! The whole state of the desk.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::event::{CutShort, Previewed};
use super::keeping::{Keeping, Restore};
use super::layer::Layer;
use super::learning::Learning;
use super::queue::{DEFAULT_SORT, Queue};
use super::safety::Safety;
use super::update::OutsideSum;
use crate::command::{Keymap, Mode};
use crate::content::FieldPath;
use crate::library::{ItemId, Library, Row, RowField, RowSpec};
use crate::profile::{Intent, Profile, TriageRule};
use crate::search::Query;

/// Everything that the screen shows and keys change. `view` draws it, [`super::update`] changes it.
#[derive(Clone, Debug)]
pub struct State {
    pub width: u16,
    pub height: u16,
    pub profile: Arc<Profile>,
    pub spec: Arc<RowSpec>,
    pub keymap: Arc<Keymap>,
    /// What the first line calls the folder.
    pub place: String,
    /// Saved views: the profile's, then the configuration's.
    pub views: Vec<(String, String)>,
    pub library: Library,
    pub queue: Queue,
    /// What lies over the desk, the top one last.
    pub layers: Vec<Layer>,
    pub preview: PreviewPane,
    pub message: Option<Message>,
    /// The last verdicts, newest first.
    pub verdicts: Vec<Verdict>,
    /// Answers of the current write, until it is done.
    pub write: WriteSum,
    /// A write that is to be finished or taken back before the next one.
    pub cut_short: Option<CutShort>,
    /// The form that is asked for, until its values are read.
    pub form_for: Option<FormFor>,
    /// What `.` does again: its name and its intents.
    pub last_edit: Option<(String, Vec<Intent>)>,
    /// What the last edit refused, each with the reason.
    pub refused: Vec<(Arc<str>, String)>,
    /// Batches whose items have not all answered yet.
    pub batches: HashMap<u64, BatchSum>,
    /// Items whose edits are asked for, and that wait to be.
    pub expanding: Expanding,
    /// What the journal does not have on disk yet.
    pub safety: Safety,
    /// What the journal said of marks and place, until the rows come.
    pub restore: Restore,
    /// What was told to the journal of both.
    pub keeping: Keeping,
    /// The time, in seconds since 1970: the edge sets it before it hands an event over.
    pub now: u64,
    /// Whether a worker is looking for findings behind the list.
    pub looking: bool,
    /// What is still to be learned, and which suggestions are in use.
    pub learning: Learning,
    questions: u64,
    /// What others have done to the files, until all of it is told.
    pub outside: OutsideSum,
    /// Whether somebody has to look before a write, as not every folder is watched.
    pub unwatched: bool,
    /// What every opened item's path begins with.
    pub opened: String,
    /// Why nothing can be written: another process holds this library.
    pub read_only: Option<String>,
    /// Whether nobody has it any more.
    pub is_free: bool,
    /// Whether the program ends.
    pub quit: bool,
}

/// A form that is asked for.
#[derive(Clone, Debug)]
pub enum FormFor {
    /// Of one item, to begin with a field.
    One { path: Arc<str>, field: Option<FieldPath> },
    /// Over several, in this state of the drafts.
    Many { items: Arc<[ItemId]>, generation: u64, revision: u64 },
}

/// The preview beside the list.
#[derive(Clone, Debug, Default)]
pub struct PreviewPane {
    pub hidden: bool,
    /// What it shows; held while the cursor moves.
    pub shown: Option<Previewed>,
    /// Why it shows nothing.
    pub problem: Option<String>,
    pub scroll: usize,
    /// The number of the last question.
    pub generation: u64,
    /// What was asked for last: the item, its draft's stamp, the width.
    pub asked: Option<(Arc<str>, u64, u16)>,
    /// The width it is laid out for.
    pub width: u16,
    /// How many lines fit, card included.
    pub height: usize,
}

/// What the line above the last one says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub text: String,
    pub error: bool,
    /// Whether no key was pressed since: one that is longer than the line is shown whole until then.
    pub new: bool,
}

/// A verdict given at this desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub sign: VerdictSign,
    pub path: Arc<str>,
}

impl Verdict {
    /// Whether the item still has it: it may have been cleared or undone.
    pub fn stands(&self, state: &State) -> bool {
        let Some(triage) = &state.profile.triage else { return false };
        let row = state.library.find(&self.path).map(|id| state.library.row(id));
        row.is_some_and(|row| row.text(RowField::Status) == self.sign.value(triage))
    }
}

/// Which verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictSign {
    Accept,
    Reject,
    Skip,
}

impl VerdictSign {
    /// What the profile calls it.
    pub fn value(self, triage: &TriageRule) -> &str {
        match self {
            VerdictSign::Accept => &triage.accept,
            VerdictSign::Reject => &triage.reject,
            VerdictSign::Skip => &triage.skip,
        }
    }
}

/// Items on their way through the workers.
#[derive(Clone, Debug, Default)]
pub struct Expanding {
    pub under_way: usize,
    pub waiting: VecDeque<Arc<str>>,
}

/// What a batch has done so far.
#[derive(Clone, Debug, Default)]
pub struct BatchSum {
    pub label: String,
    pub waiting: usize,
    pub changed: usize,
    pub edits: usize,
    pub refused: Vec<(Arc<str>, String)>,
    pub left: Vec<String>,
    /// How many of the items the filter hides.
    pub hidden: usize,
    /// Whether the line of verdicts says it already.
    pub quiet: bool,
}

/// What a write has done so far.
#[derive(Clone, Debug, Default)]
pub struct WriteSum {
    pub files: usize,
    /// Files whose edits came to what the disk has: nothing of them was written.
    pub same: usize,
    pub changed: usize,
    pub untouched: usize,
    pub remade: usize,
    pub failed: Vec<(Arc<str>, String)>,
}

impl State {
    /// An empty desk for a folder with this profile.
    pub fn new(profile: Profile, keymap: Keymap, place: &str, width: u16, height: u16) -> State {
        let spec = RowSpec::of(&profile);
        let views = profile.views.clone();
        let mut state = State {
            width,
            height,
            profile: Arc::new(profile),
            spec: Arc::new(spec),
            keymap: Arc::new(keymap),
            place: place.to_string(),
            views,
            library: Library::default(),
            queue: Queue::sorted_by(DEFAULT_SORT),
            layers: Vec::new(),
            preview: PreviewPane::default(),
            message: None,
            verdicts: Vec::new(),
            write: WriteSum::default(),
            cut_short: None,
            last_edit: None,
            refused: Vec::new(),
            form_for: None,
            batches: HashMap::new(),
            expanding: Expanding::default(),
            safety: Safety::default(),
            restore: Restore::default(),
            keeping: Keeping::default(),
            now: 0,
            looking: false,
            learning: Learning::default(),
            questions: 0,
            outside: OutsideSum::default(),
            unwatched: false,
            opened: String::new(),
            read_only: None,
            is_free: false,
            quit: false,
        };
        state.fit();
        state
    }

    /// Where keys go.
    pub fn mode(&self) -> Mode {
        self.layers.last().map_or(Mode::List, Layer::mode)
    }

    /// The item that a form is open on, else the one under the cursor.
    pub fn current(&self) -> Option<ItemId> {
        let form = self.layers.iter().rev().find_map(|l| if let Layer::Form(form) = l { Some(form) } else { None });
        match form.filter(|form| form.many().is_none()) {
            Some(form) => self.library.find(&form.path),
            None => self.queue.current(),
        }
    }

    /// Whether an item's draft would survive the end of the machine.
    pub fn is_safe(&self, path: &str) -> bool {
        self.safety.holds(self.library.drafts.batches_of(path))
    }

    /// The row under the cursor.
    pub fn current_row(&self) -> Option<&Arc<Row>> {
        self.current().map(|id| self.library.row(id))
    }

    /// The items that an action acts on: those of the form, else the marked ones, else the one under the cursor.
    pub fn targets(&self) -> Vec<ItemId> {
        if let Some(Layer::Form(form)) = self.layers.last() {
            return match form.many() {
                Some(many) => many.items.to_vec(),
                None => self.library.find(&form.path).into_iter().collect(),
            };
        }
        if self.library.marks.is_empty() {
            return self.current().into_iter().collect();
        }
        self.library.marks.iter().collect()
    }

    /// Whether the facets stand beside the list.
    pub fn is_wide(&self) -> bool {
        self.width >= 120
    }

    /// Whether facets are on the screen.
    pub fn shows_facets(&self) -> bool {
        self.is_wide() || self.layers.iter().any(|l| matches!(l, Layer::Facets(_)))
    }

    /// Whether the filter asks for findings.
    pub fn asks_for_findings(&self) -> bool {
        Query::parse(&self.queue.filter.text()).asks_for_findings()
    }

    /// Whether there is room for the list alone.
    pub fn is_small(&self) -> bool {
        self.width < 60 || self.height < 15
    }

    /// Whether the preview stands below the list.
    pub fn shows_preview(&self) -> bool {
        !self.preview.hidden && !self.is_small()
    }

    /// Whether the preview has the whole screen.
    pub fn reads_full(&self) -> bool {
        self.layers.iter().any(|l| matches!(l, Layer::Read { full: true }))
    }

    /// Columns beside the facets.
    pub fn main_width(&self) -> u16 {
        if self.is_wide() { self.width - FACET_COLUMNS - 1 } else { self.width }
    }

    /// Whether answers for many items are on their way.
    pub fn works_on_many(&self) -> bool {
        let waiting: usize = self.batches.values().map(|b| b.waiting).sum();
        let unfinished =
            |l: &Layer| matches!(l, Layer::Review(review) if !review.is_whole() || review.writing.is_some());
        waiting > MANY || self.library.unlooked() > MANY || self.layers.iter().any(unfinished)
    }

    /// Fits the windows to the size of the terminal.
    pub fn fit(&mut self) {
        let middle = usize::from(self.height).saturating_sub(if self.is_small() { 3 } else { 4 });
        let list = match self.shows_preview() {
            true => (middle / 3).max(8).min(middle),
            false => middle,
        };
        self.queue.height = list.max(1);
        self.preview.height = match self.reads_full() {
            true => middle + 1,
            false => middle.saturating_sub(list + 1),
        };
        self.preview.width = self.main_width().saturating_sub(2);
        self.queue.scroll();
        let (width, height) = (self.width, self.height.saturating_sub(2));
        for layer in &mut self.layers {
            if let Layer::Form(form) = layer {
                form.fit(width, height);
            }
        }
    }

    /// The number of the next question to a worker that answers the newest only.
    pub(super) fn next_question(&mut self) -> u64 {
        self.questions += 1;
        self.questions
    }

    /// Says something in the line above the last one.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: false, new: true });
    }

    /// Says that something went wrong.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: true, new: true });
    }
}

/// More answers than this are many.
pub const MANY: usize = 50;

/// Columns of the facets, where they stand beside the list.
pub const FACET_COLUMNS: u16 = 26;
