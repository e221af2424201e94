//! Learning behind the desk: the whole library once it is listed, then each item that changes; and what a suggestion must leave out.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::effect::Asked;
use crate::app::{Effect, State};
use crate::library::drafts::BatchState;
use crate::library::{ItemId, Row, RowField};
use crate::profile::Intent;

/// Changed items learned in one go.
const AT_ONCE: usize = 128;

/// What is to be learned next; nothing while there is nothing new.
pub fn go_on(state: &mut State) -> Option<Effect> {
    let library = &state.library;
    if state.learning.under_way || !library.loading.done || library.rows().is_empty() || state.profile.topics.is_none()
    {
        return None;
    }
    if !state.learning.begun {
        (state.learning.begun, state.learning.under_way) = (true, true);
        return Some(Effect::LearnAll { rows: library.rows().clone() });
    }
    // A batch is learned once all its items have answered.
    if !state.batches.is_empty() || state.learning.changed.is_empty() {
        return None;
    }
    let mut files = Vec::new();
    while let Some(id) = state.learning.changed.pop_first() {
        files.push(library.drafts.file(&library.row(id).path));
        if files.len() == AT_ONCE {
            break;
        }
    }
    state.learning.under_way = true;
    Some(Effect::Learn { files })
}

/// Something was learned. What the card suggests follows once the whole library is, unless its digits are in use.
pub fn learned(state: &mut State, all: bool) -> Vec<Effect> {
    state.learning.under_way = false;
    if all && state.learning.held.is_none() {
        state.preview.asked = None;
    }
    Vec::new()
}

/// An item's row is another one: whether that is something to learn.
pub fn changed(state: &mut State, id: ItemId, is: &Row) {
    let was = state.library.row(id);
    let taught = [RowField::Title, RowField::Topics, RowField::Offerings];
    if taught.into_iter().any(|field| was.cell(field) != is.cell(field)) {
        state.learning.changed.insert(id);
    }
}

/// Items to be asked about, each with the topics that the curator took from it at this desk.
pub fn asked(state: &State, items: &[ItemId]) -> Vec<Asked> {
    let paths: Vec<Arc<str>> = items.iter().map(|id| state.library.row(*id).path.clone()).collect();
    let mut rejected: HashMap<&str, Vec<String>> = paths.iter().map(|path| (&**path, Vec::new())).collect();
    let live = state.library.drafts.batches().iter().filter(|batch| batch.state != BatchState::Undone);
    for part in live.flat_map(|batch| &batch.parts) {
        for intent in part.intents.iter() {
            if let Intent::RemoveTopic(topic) = intent
                && let Some(topics) = rejected.get_mut(&*part.path)
            {
                topics.push(topic.clone());
            }
        }
    }
    let asked = |path: &Arc<str>| Asked {
        file: state.library.drafts.file(path),
        rejected: rejected.get(&**path).cloned().unwrap_or_default(),
    };
    paths.iter().map(asked).collect()
}
