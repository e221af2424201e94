//! The screen of findings: asking, going to a field, fixing one or all of a kind. Fixes are drafts like any other edit.

use crate::app::event::Surveyed;
use crate::app::findings::FindingsPane;
use crate::app::{Effect, Layer, State};

use super::{drafts, forms, looks};

/// The findings of the marked items, else of all that are shown.
pub fn open(state: &mut State) -> Vec<Effect> {
    let marked: Vec<_> = state.library.marks.iter().collect();
    let is_marked = !marked.is_empty();
    let asked = if is_marked { marked } else { state.queue.found.items.clone() };
    state.layers.push(Layer::Findings(FindingsPane::of(asked, is_marked)));
    state.message = None;
    ask(state).into_iter().collect()
}

fn pane_of(state: &mut State) -> Option<&mut FindingsPane> {
    state.layers.iter_mut().rev().find_map(|l| if let Layer::Findings(pane) = l { Some(pane) } else { None })
}

fn ask(state: &mut State) -> Option<Effect> {
    let asked = pane_of(state)?.items.clone();
    let (generation, effect) = looks::survey_of(state, asked);
    let now = (state.library.revision(), state.library.drafts.revision());
    let pane = pane_of(state)?;
    pane.generation = generation;
    pane.asked_at = now;
    Some(effect)
}

/// After an edit, once all items have answered, what is open is looked through again.
pub fn ask_again(state: &mut State) -> Option<Effect> {
    if !state.batches.is_empty() {
        return None;
    }
    let now = (state.library.revision(), state.library.drafts.revision());
    let is_new = pane_of(state)?.asked_at != now;
    if is_new { ask(state) } else { None }
}

/// Takes what was found; an answer to an earlier question is dropped.
pub fn surveyed(state: &mut State, generation: u64, answer: Surveyed) -> Vec<Effect> {
    match pane_of(state).filter(|pane| pane.generation == generation) {
        Some(pane) => {
            pane.take(answer);
            Vec::new()
        }
        None => looks::surveyed(state, generation, answer),
    }
}

/// On a finding: to its field in the form. On a kind: folds it.
pub fn go_there(state: &mut State) -> Vec<Effect> {
    let Some(Layer::Findings(pane)) = state.layers.last_mut() else { return Vec::new() };
    let Some((id, field)) = pane.place() else {
        pane.fold();
        return Vec::new();
    };
    let path = state.library.row(id).path.clone();
    forms::open_at(state, &path, field)
}

/// Mends the finding under the cursor.
pub fn fix_this(state: &mut State) -> Vec<Effect> {
    let Some(Layer::Findings(pane)) = state.layers.last_mut() else { return Vec::new() };
    let label = pane.current().map(|f| format!("fix: {}", f.finding.place())).unwrap_or_default();
    let Some(fix) = pane.fix_this() else { return Vec::new() };
    pane.step(1);
    drafts::begin_each(state, label, vec![fix])
}

/// Mends all findings of the kind under the cursor: one batch, one undo.
pub fn fix_kind(state: &mut State) -> Vec<Effect> {
    let Some(Layer::Findings(pane)) = state.layers.last_mut() else { return Vec::new() };
    let words = pane.current_group().map_or("", |group| group.kind.words());
    let fixes = pane.fix_kind();
    if fixes.is_empty() {
        return Vec::new();
    }
    drafts::begin_each(state, format!("fix: {words}"), fixes)
}
