//! What lies over the desk, one above the other. `esc` takes the top one away.

use std::sync::Arc;

use super::ask::Ask;
use super::bulk::Bulk;
use super::form::Form;
use super::input::Input;
use super::pick::Pick;
use super::review::Review;
use super::topics::TopicPicker;
use crate::command::Mode;
use crate::content::diff::Diff;
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
    Bulk(Box<Bulk>),
    Facets(FacetPane),
    Form(Box<Form>),
    Diff(DiffPane),
    Review(Review),
    /// The review's filter is being typed; what it was before.
    ReviewFilter {
        before: String,
    },
    Help {
        scroll: usize,
    },
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
            Layer::Bulk(_) => Mode::Bulk,
            Layer::Facets(_) => Mode::Facets,
            Layer::Form(form) if form.is_typing() => Mode::Field,
            Layer::Form(_) => Mode::Form,
            Layer::Diff(_) => Mode::Diff,
            Layer::Review(_) => Mode::Review,
            Layer::Help { .. } => Mode::Help,
            Layer::Ask(_) => Mode::Ask,
        }
    }
}

/// The facets, with the cursor on one value.
#[derive(Clone, Debug, Default)]
pub struct FacetPane {
    pub cursor: usize,
    /// The filter as it was before.
    pub before: String,
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
