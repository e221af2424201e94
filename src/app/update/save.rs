//! Undo, redo, what a write is made of, and the end.
//!
//! Not here: what comes of a write (`writing`).

use std::sync::Arc;

use crate::app::form::Outcome;
use crate::app::state::BatchSum;
use crate::app::{Effect, Layer, State};
use crate::library::drafts::{DraftFile, Moved};
use crate::library::history::Head;
use crate::library::{BatchId, Record};

use super::{drafts, forms, keeping, learning, rows};

/// Takes the last batch that is not written back.
pub fn undo(state: &mut State) -> Vec<Effect> {
    match state.library.drafts.undo() {
        Some(moved) => dropped(state, &moved, Record::Undone),
        None => Vec::new(),
    }
}

/// A batch is in no draft any more: rows and what is open follow.
pub fn dropped(state: &mut State, moved: &Moved, record: Record) -> Vec<Effect> {
    state.batches.remove(&moved.batch);
    learning::follow_batch(state, moved.batch);
    let mut effects = vec![Effect::Journal(vec![record])];
    for path in &moved.items {
        effects.extend(settle(state, path));
    }
    say_moved(state, "undone", moved);
    effects
}

fn settle(state: &mut State, path: &Arc<str>) -> Vec<Effect> {
    let mut effects = Vec::new();
    match (state.library.drafts.settle(path), state.library.find(path)) {
        (Some(row), Some(id)) => {
            state.library.conflicts.remove(path);
            match row.is_gone() {
                true => rows::take_out(state, id),
                false => rows::replace(state, id, (*row).clone()),
            }
        }
        (None, Some(_)) => {
            effects.push(Effect::Recompute(state.library.drafts.file(path)));
        }
        _ => {}
    }
    effects.extend(drafts::refresh(state, path));
    effects
}

/// Does again what was taken back last.
pub fn redo(state: &mut State) -> Vec<Effect> {
    let library = &mut state.library;
    let rows = library.rows().clone();
    let ids: std::collections::HashMap<Arc<str>, _> = rows.iter().map(|(id, row)| (row.path.clone(), id)).collect();
    let Some(moved) = library.drafts.redo(|path| ids.get(path).map(|id| rows.get(*id).clone())) else {
        state.say("nothing to redo");
        return Vec::new();
    };
    let mut effects = vec![Effect::Journal(vec![Record::Redone])];
    let sum = BatchSum { label: moved.label.clone(), waiting: moved.items.len(), ..BatchSum::default() };
    state.batches.insert(moved.batch, sum);
    learning::follow_batch(state, moved.batch);
    effects.extend(drafts::ask_for(state, &moved.items));
    effects
}

fn say_moved(state: &mut State, what: &str, moved: &Moved) {
    state.say(format!("{what}: {} · {}", moved.label, drafts::items(moved.items.len())));
}

/// The drafts of these items.
pub(super) fn draft_files(state: &State, paths: &[Arc<str>]) -> Vec<DraftFile> {
    paths.iter().map(|path| state.library.drafts.file(path)).collect()
}

/// The batches that have a part in these files.
pub(super) fn heads(state: &State, files: &[DraftFile]) -> Vec<Head> {
    let ids: std::collections::HashSet<BatchId> = files.iter().flat_map(|f| &f.steps).map(|s| s.batch).collect();
    let batches = state.library.drafts.batches().iter().filter(|b| ids.contains(&b.id));
    batches.map(|b| Head { batch: b.id, label: b.label.clone(), when: 0, undoes: b.undoes }).collect()
}

/// Ends the program. Drafts are in the journal.
pub fn quit(state: &mut State) -> Vec<Effect> {
    // What is being typed is kept, if it is valid.
    let typed = match state.layers.last_mut() {
        Some(Layer::Form(form)) if form.is_typing() => form.finish(),
        _ => Outcome::Nothing,
    };
    let mut effects = match typed {
        edit @ Outcome::Edit { .. } => forms::outcome(state, edit),
        _ => Vec::new(),
    };
    state.quit = true;
    effects.extend(keeping::now(state));
    effects.push(Effect::Quit);
    effects
}
