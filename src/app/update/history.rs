//! The history: its rows, and a batch taken back from it, written or not.
//!
//! What is not written drops out of the drafts; what is written comes back as edits of its own, a draft like any other.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::event::Restored;
use crate::app::history::{Entry, HistoryPane, Stands};
use crate::app::{Effect, Layer, State};
use crate::content::diff::Diff;
use crate::library::drafts::{BatchState, InTheWay};
use crate::library::history::{PastBatch, undo_label};
use crate::library::{BatchId, Record};

use super::{drafts, save};

/// Opens the history.
pub fn open(state: &mut State) -> Vec<Effect> {
    state.layers.push(Layer::History(HistoryPane::default()));
    state.message = None;
    vec![Effect::History]
}

fn pane(state: &mut State) -> Option<&mut HistoryPane> {
    state.layers.iter_mut().find_map(|layer| if let Layer::History(pane) = layer { Some(pane) } else { None })
}

fn current(state: &State) -> Option<Entry> {
    match state.layers.last() {
        Some(Layer::History(pane)) => pane.current(state),
        _ => None,
    }
}

/// Takes what was written.
pub fn arrived(state: &mut State, past: Result<Vec<PastBatch>, String>) -> Vec<Effect> {
    if let Err(reason) = &past {
        state.complain(reason.clone());
    }
    if let Some(pane) = pane(state) {
        pane.past = Some(past);
    }
    Vec::new()
}

/// Moves the cursor.
pub fn step(state: &mut State, by: isize) {
    let Some(Layer::History(pane)) = state.layers.last() else { return };
    let last = pane.entries(state).len().saturating_sub(1);
    if let Some(Layer::History(pane)) = state.layers.last_mut() {
        pane.cursor = pane.cursor.saturating_add_signed(by).min(last);
        (pane.shown, pane.scroll) = (None, 0);
    }
}

/// Takes the batch under the cursor back.
pub fn take_back(state: &mut State) -> Vec<Effect> {
    let Some(entry) = current(state) else { return Vec::new() };
    match entry.stands {
        Stands::Unwritten => drop_unwritten(state, &entry),
        Stands::Undone => {
            state.say("undone already: ctrl-r does again what was undone last");
            Vec::new()
        }
        Stands::TakenBack => {
            state.say("taken back already: take back what took it back, and it is there again");
            Vec::new()
        }
        Stands::Written => ask(state, &entry),
    }
}

fn drop_unwritten(state: &mut State, entry: &Entry) -> Vec<Effect> {
    let reason = match state.library.drafts.take_back(entry.batch) {
        Ok(moved) => {
            step(state, 0);
            return save::dropped(state, &moved, Record::TookBack { batch: moved.batch });
        }
        Err(InTheWay::Gone) => "it is in no draft any more".to_string(),
        Err(InTheWay::Waiting) => "edits of its items are on their way: a moment".to_string(),
        Err(InTheWay::Batches(labels)) => {
            let more = if labels.len() > 3 { format!(" and {} more", labels.len() - 3) } else { String::new() };
            let named: Vec<&str> = labels.iter().take(3).map(String::as_str).collect();
            format!("not taken back: {}{more} came later at the same place; take that back first", named.join(", "))
        }
    };
    state.complain(reason);
    Vec::new()
}

/// Asks what takes a written batch back, on top of the drafts as they are.
fn ask(state: &mut State, entry: &Entry) -> Vec<Effect> {
    let live = state.library.drafts.batches().iter().filter(|b| b.state == BatchState::Live);
    let undoing: HashMap<BatchId, BatchId> = live.filter_map(|b| Some((b.id, b.undoes?))).collect();
    if undoing.values().any(|undone| *undone == entry.batch) {
        state.say("taken back already, and not written yet: w writes it, u drops it");
        return Vec::new();
    }
    if !state.batches.is_empty() {
        state.say("edits are on their way: a moment");
        return Vec::new();
    }
    let drafts = save::draft_files(state, &state.library.drafts.paths());
    vec![Effect::TakeBack { batch: entry.batch, drafts, undoing }]
}

/// What takes a written batch back is a draft like any other.
pub fn taken_back(state: &mut State, batch: BatchId, answer: Result<Restored, String>) -> Vec<Effect> {
    let restored = match answer {
        Ok(restored) => restored,
        Err(reason) => {
            state.complain(reason);
            return Vec::new();
        }
    };
    let past = pane(state).and_then(|pane| pane.past.as_ref()?.as_ref().ok()?.iter().find(|p| p.head.batch == batch));
    let label = undo_label(past.map_or("", |past| &past.head.label));
    let Restored { files, refused: mut left } = restored;
    let mut asked = Vec::new();
    for (path, intents) in files {
        match state.library.find(&path) {
            Some(id) => asked.push((id, intents)),
            None => left.push((path, "it is not in this list: open its folder to take it back there".to_string())),
        }
    }
    if let Some(pane) = pane(state).filter(|_| !asked.is_empty()) {
        // The new batch stands above: the cursor stays on its own.
        pane.cursor += 1;
    }
    drafts::begin_undoing(state, label, asked, Some(batch), left)
}

/// Shows what the batch under the cursor changed, or no longer.
pub fn show(state: &mut State) -> Vec<Effect> {
    let Some(entry) = current(state) else { return Vec::new() };
    let Some(pane) = pane(state) else { return Vec::new() };
    if pane.shown.take().is_some_and(|(batch, _)| batch == entry.batch) {
        return Vec::new();
    }
    let batches = state.library.drafts.batches().iter();
    let parts = batches.filter(|b| b.id == entry.batch && entry.stands == Stands::Unwritten).flat_map(|b| &b.parts);
    let paths: Vec<Arc<str>> = parts.map(|part| part.path.clone()).take(SHOWN_FILES).collect();
    let drafts = save::draft_files(state, &paths);
    if entry.stands == Stands::Undone {
        state.say("undone: it changes nothing now");
        return Vec::new();
    }
    vec![Effect::ShowBatch { batch: entry.batch, drafts }]
}

/// More files than this nobody looks through here: the review shows all.
const SHOWN_FILES: usize = 200;

/// Takes what a batch changed.
pub fn shown(state: &mut State, batch: BatchId, answer: Result<Diff, String>) -> Vec<Effect> {
    if current(state).is_some_and(|entry| entry.batch == batch)
        && let Some(pane) = pane(state)
    {
        (pane.shown, pane.scroll) = (Some((batch, answer)), 0);
    }
    Vec::new()
}
