//! The screen of conflicts: a row for each that waits for a decision, item by item.
//!
//! Here: the rows and the cursor. Not here: what there is to decide (`library::conflicts`), what a decision does (`update::conflicts`).

use std::sync::Arc;

use super::State;
use crate::library::drafts::Conflict;

/// The screen. Its rows are the library's.
#[derive(Clone, Debug, Default)]
pub struct ConflictsPane {
    pub cursor: usize,
}

/// A conflict, by its item and its place among that item's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub path: Arc<str>,
    pub at: usize,
}

impl ConflictsPane {
    /// All that wait, in the order of paths.
    pub fn rows(state: &State) -> Vec<(Place, &Conflict)> {
        let of_item = |(path, conflicts): (&Arc<str>, &'_ [Conflict])| {
            let path = path.clone();
            (0..conflicts.len()).map(move |at| Place { path: path.clone(), at })
        };
        let places: Vec<Place> = state.library.conflicts.items().flat_map(of_item).collect();
        let with = |place: Place| {
            let conflict = &state.library.conflicts.of(&place.path)[place.at];
            (place, conflict)
        };
        places.into_iter().map(with).collect()
    }

    /// The one under the cursor.
    pub fn current<'s>(&self, state: &'s State) -> Option<(Place, &'s Conflict)> {
        let mut rows = ConflictsPane::rows(state);
        let at = self.cursor.min(rows.len().saturating_sub(1));
        (at < rows.len()).then(|| rows.swap_remove(at))
    }
}
