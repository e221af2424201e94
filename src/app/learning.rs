//! What the desk remembers about suggestions: what is still to be learned, and which digits were used. Not here: the learner, which
//! is the edge's.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::library::ItemId;

/// A topic, or an offering, suggested for the items asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// The topic, or the offering's label.
    pub name: String,
    /// The reasons in words, the strongest first; never none.
    pub why: Vec<String>,
}

/// Learning behind the desk.
#[derive(Clone, Debug, Default)]
pub struct Learning {
    /// Whether the whole library was asked to be learned.
    pub begun: bool,
    /// Whether a question is on its way: there is one at a time.
    pub under_way: bool,
    /// Items whose topics, offerings or title are other ones now.
    pub changed: BTreeSet<ItemId>,
    /// The item whose suggested digits were used, and what the digits are: they stay the same as long as its card is shown.
    pub held: Option<(Arc<str>, Vec<String>)>,
}
