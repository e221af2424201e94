//! Learning behind the desk: the whole library once it is listed, then each item that changes; and what a suggestion must leave out.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::effect::Asked;
use crate::app::learning::Suggested;
use crate::app::{Effect, Layer, State};
use crate::library::drafts::BatchState;
use crate::library::{BatchId, ItemId, Row, RowField};
use crate::profile::{Intent, Which};
use crate::suggest::is_summary;

/// Changed items learned in one go.
const AT_ONCE: usize = 128;

/// So many of the marked items are asked about when topics and offerings are suggested for them.
const ASKED_ABOUT: usize = 50;

/// What is to be learned next; nothing while there is nothing new.
pub fn go_on(state: &mut State) -> Option<Effect> {
    let library = &state.library;
    let learns = state.profile.topics.is_some() || state.profile.offerings.is_some();
    if state.learning.under_way || !library.loading.done || library.rows().is_empty() || !learns {
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

/// Something was learned. Once the whole library is, what the card suggests follows, unless its digits are in use, and so does what
/// is open and has not been touched yet.
pub fn learned(state: &mut State, all: bool) -> Vec<Effect> {
    state.learning.under_way = false;
    if !all {
        return Vec::new();
    }
    if state.learning.held.is_none() {
        state.preview.asked = None;
    }
    let open = state.layers.iter().rev().find_map(|layer| match layer {
        Layer::Topics(picker) if !picker.touched => Some((picker.asked, picker.targets.clone())),
        Layer::Offerings(bench) if !bench.add.touched => Some((bench.asked, bench.targets.clone())),
        _ => None,
    });
    open.map(|(generation, targets)| ask_as(state, generation, &targets)).into_iter().collect()
}

/// Asks what to suggest for these items: the question's number, and the question.
pub fn ask(state: &mut State, targets: &[ItemId]) -> (u64, Effect) {
    let generation = state.next_question();
    (generation, ask_as(state, generation, targets))
}

fn ask_as(state: &State, generation: u64, targets: &[ItemId]) -> Effect {
    // Of very many some are asked about, evenly over all.
    let some: Vec<ItemId> = targets.iter().copied().step_by(targets.len().div_ceil(ASKED_ABOUT).max(1)).collect();
    Effect::Suggest { generation, items: asked(state, &some) }
}

/// Takes what is suggested to the pane that asked.
pub fn suggested(state: &mut State, generation: u64, topics: &[Suggested], offerings: Vec<Suggested>) -> Vec<Effect> {
    for layer in &mut state.layers {
        match layer {
            Layer::Topics(picker) if picker.asked == generation => picker.suggest(topics),
            Layer::Offerings(bench) if bench.asked == generation => {
                bench.suggested = offerings;
                super::offerings::refill(state);
                break;
            }
            _ => {}
        }
    }
    Vec::new()
}

/// Whether an intent may change the words of an item in a place that its row does not show.
fn changes_words(intent: &Intent) -> bool {
    match intent {
        Intent::Text { .. } => true,
        Intent::Set { field, .. }
        | Intent::SetText { field, .. }
        | Intent::Unset { field }
        | Intent::Replace { field, .. }
        | Intent::CopyFrom { field, .. }
        | Intent::FromTemplate { field, .. } => is_summary(field.text()),
        _ => false,
    }
}

/// A batch begins, or is taken back, or done again: those of its items whose words it changes are learned anew at its end.
pub fn follow_batch(state: &mut State, batch: BatchId) {
    let library = &state.library;
    // It is nearly always the last one.
    let Some(batch) = library.drafts.batches().iter().rfind(|known| known.id == batch) else { return };
    let parts = batch.parts.iter().filter(|part| part.intents.iter().any(changes_words));
    state.learning.changed.extend(parts.filter_map(|part| library.find(&part.path)));
}

/// An item's row is another one: whether that is something to learn.
pub fn changed(state: &mut State, id: ItemId, is: &Row) {
    let was = state.library.row(id);
    let taught = [RowField::Title, RowField::Topics, RowField::Offerings];
    if taught.into_iter().any(|field| was.cell(field) != is.cell(field)) {
        state.learning.changed.insert(id);
    }
}

/// The topic, or the label of the offering, that an intent takes from an item.
fn taken(state: &State, intent: &Intent) -> Option<String> {
    match intent {
        Intent::RemoveTopic(topic) => Some(topic.clone()),
        Intent::RemoveOffering(Which::Label(label) | Which::Named(label)) => Some(label.clone()),
        Intent::RemoveOffering(which) => {
            let index = &state.library.offerings;
            Some(index.label(state.profile.offerings.as_ref()?, index.number_of(which)?))
        }
        _ => None,
    }
}

/// Items to be asked about, each with what the curator took from it at this desk.
pub fn asked(state: &State, items: &[ItemId]) -> Vec<Asked> {
    let paths: Vec<Arc<str>> = items.iter().map(|id| state.library.row(*id).path.clone()).collect();
    let mut rejected: HashMap<&str, Vec<String>> = paths.iter().map(|path| (&**path, Vec::new())).collect();
    let live = state.library.drafts.batches().iter().filter(|batch| batch.state != BatchState::Undone);
    for part in live.flat_map(|batch| &batch.parts) {
        for intent in part.intents.iter() {
            if let Some(name) = taken(state, intent)
                && let Some(names) = rejected.get_mut(&*part.path)
            {
                names.push(name);
            }
        }
    }
    let asked = |path: &Arc<str>| Asked {
        file: state.library.drafts.file(path),
        rejected: rejected.get(&**path).cloned().unwrap_or_default(),
    };
    paths.iter().map(asked).collect()
}
