//! What lies over the desk, one above the other. `esc` takes the top one away.

use std::sync::Arc;

use super::ask::Ask;
use super::bulk::Bulk;
use super::conflicts::ConflictsPane;
use super::findings::FindingsPane;
use super::form::Form;
use super::help::HelpPane;
use super::history::HistoryPane;
use super::input::Input;
use super::offerings::everywhere::Everywhere;
use super::offerings::{Side, Workbench};
use super::pick::Pick;
use super::review::Review;
use super::topics::TopicPicker;
use super::vocabulary::VocabularyPane;
use crate::command::Mode;
use crate::content::diff::Diff;
use crate::library::facets::FacetBy;
use crate::preview::Found;

/// One layer.
#[derive(Clone, Debug)]
pub enum Layer {
    /// The preview has the keys; in full size where `full`.
    Read {
        full: bool,
    },
    /// Words are looked for in the text.
    Find(FindPane),
    /// The filter is being typed; what it was before.
    Filter {
        before: String,
    },
    Pick(Pick),
    Topics(TopicPicker),
    MarkBy(Box<MarkBy>),
    Offerings(Box<Workbench>),
    Everywhere(Box<Everywhere>),
    Bulk(Box<Bulk>),
    Facets(FacetPane),
    Vocabulary(Box<VocabularyPane>),
    Form(Box<Form>),
    Diff(DiffPane),
    Review(Review),
    History(HistoryPane),
    Findings(FindingsPane),
    Conflicts(ConflictsPane),
    /// The review's filter is being typed; what it was before.
    ReviewFilter {
        before: String,
    },
    Help(HelpPane),
    Ask(Ask),
}

impl Layer {
    /// The mode that keys are looked up in.
    pub fn mode(&self) -> Mode {
        match self {
            Layer::Read { .. } => Mode::Read,
            Layer::Find(_) => Mode::Find,
            Layer::Filter { .. } | Layer::ReviewFilter { .. } => Mode::Filter,
            Layer::Pick(_) => Mode::Pick,
            Layer::Topics(_) => Mode::Topics,
            Layer::MarkBy(_) => Mode::MarkBy,
            Layer::Offerings(bench) if bench.side != Side::Held => Mode::AddOffering,
            Layer::Offerings(_) => Mode::Offerings,
            Layer::Everywhere(_) => Mode::Everywhere,
            Layer::Bulk(_) => Mode::Bulk,
            Layer::Facets(_) => Mode::Facets,
            Layer::Vocabulary(pane) if pane.is_typing() => Mode::Naming,
            Layer::Vocabulary(_) => Mode::Vocabulary,
            Layer::Form(form) if form.is_typing() => Mode::Field,
            Layer::Form(_) => Mode::Form,
            Layer::Diff(_) => Mode::Diff,
            Layer::Review(_) => Mode::Review,
            Layer::History(_) => Mode::History,
            Layer::Findings(_) => Mode::Findings,
            Layer::Conflicts(_) => Mode::Conflicts,
            Layer::Help(_) => Mode::Help,
            Layer::Ask(_) => Mode::Ask,
        }
    }
}

/// A query whose matches are to be marked.
#[derive(Clone, Debug, Default)]
pub struct MarkBy {
    pub input: Input,
    /// What it was asked for last: the text, and how much was known then.
    pub asked: Option<(String, usize, usize)>,
    pub generation: u64,
    /// What matches; none while that is being asked.
    pub found: Option<super::event::Found>,
}

/// The facets, with the cursor on one value.
#[derive(Clone, Debug, Default)]
pub struct FacetPane {
    pub cursor: usize,
    /// A facet to stand on as soon as it is counted.
    pub go_to: Option<FacetBy>,
}

/// Words looked for in the text that is read.
#[derive(Clone, Debug, Default)]
pub struct FindPane {
    pub input: Input,
    /// Every place where they stand.
    pub found: Vec<Found>,
    /// The one that is shown.
    pub at: usize,
    /// Where the text stood before.
    pub from: usize,
}

/// One item's diff.
#[derive(Clone, Debug)]
pub struct DiffPane {
    pub path: Arc<str>,
    pub answer: Option<Result<Diff, String>>,
    pub scroll: usize,
}
