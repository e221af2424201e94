//! What the journal knows of where the curator stands and what is being typed.
//!
//! Not here: when that is told to it (`update::keeping`), and drafts, which go there as they are asked for.

use crate::library::{Marks, PlaceInQueue, Unfinished};

/// What was told last.
#[derive(Clone, Debug, Default)]
pub struct Keeping {
    pub place: PlaceInQueue,
    pub marks: Marks,
    pub typing: Option<Unfinished>,
    /// Whether a key may have changed something since.
    pub touched: bool,
    /// Whether the moment after which it is told is running.
    pub clock: bool,
}

/// What an earlier run left, to be put in place as rows come.
#[derive(Clone, Debug, Default)]
pub struct Restore {
    /// Marked items whose rows have not come.
    pub marks: std::collections::BTreeSet<String>,
    /// The item under the cursor, until its row comes.
    pub item: Option<String>,
    /// What was being typed, until a form takes it up.
    pub typing: Option<Unfinished>,
    /// Whether a key was pressed: nothing opens by itself any more.
    pub pressed: bool,
}

impl Restore {
    /// Whether nothing waits for a row any more.
    pub fn is_done(&self) -> bool {
        self.marks.is_empty() && self.item.is_none() && self.typing.is_none()
    }
}
