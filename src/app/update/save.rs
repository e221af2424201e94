//! Undo, redo, the review and the write.

use std::sync::Arc;

use crate::app::event::{ReviewedFile, WrittenFile};
use crate::app::form::Outcome;
use crate::app::layer::Review;
use crate::app::state::{BatchSum, WriteSum};
use crate::app::{Effect, Layer, State};
use crate::library::drafts::{DraftFile, Moved};
use crate::library::{PlaceInQueue, Record};

use super::{drafts, forms, rows};

/// Takes the last batch that is not written back.
pub fn undo(state: &mut State) -> Vec<Effect> {
    let Some(moved) = state.library.drafts.undo() else {
        let written =
            state.library.drafts.batches().iter().any(|b| b.state == crate::library::drafts::BatchState::Written);
        state.say(if written { "nothing to undo: what is written stays" } else { "nothing to undo" });
        return Vec::new();
    };
    state.batches.remove(&moved.batch);
    let mut effects = vec![Effect::Journal(vec![Record::Undone])];
    for path in &moved.items {
        effects.extend(settle(state, path));
    }
    say_moved(state, "undone", &moved);
    if review_of(state).is_some() {
        effects.extend(start_review(state));
    }
    effects
}

fn settle(state: &mut State, path: &Arc<str>) -> Vec<Effect> {
    let mut effects = Vec::new();
    match (state.library.drafts.settle(path), state.library.find(path)) {
        (Some(row), Some(id)) => rows::replace(state, id, (*row).clone()),
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
    if let Some(review) = review_of(state) {
        review.waits = true;
    }
    effects.extend(moved.items.iter().filter_map(|path| drafts::next_job(state, path)));
    effects
}

fn say_moved(state: &mut State, what: &str, moved: &Moved) {
    state.verdicts.clear();
    state.say(format!("{what}: {} · {}", moved.label, drafts::items(moved.items.len())));
}

/// Opens the review of every draft. Edits that are on their way come first: it shows all or nothing.
pub fn open_review(state: &mut State) -> Vec<Effect> {
    state.layers.push(Layer::Review(Review::waiting()));
    state.message = None;
    start_review(state)
}

/// Makes an open review, once nothing is on its way; made anew after an undo, what was left out stays so.
pub fn start_review(state: &mut State) -> Vec<Effect> {
    if !state.batches.is_empty() {
        return Vec::new();
    }
    let mut files = draft_files(state, &state.library.drafts.paths());
    files.retain(|file| file.count() > 0);
    let generation = state.next_review();
    state.left_out.retain(|path| state.library.drafts.has(path));
    let left_out = state.left_out.clone();
    let Some(review) = review_of(state) else { return Vec::new() };
    let cursor = review.cursor;
    *review = Review::of(generation, files.len());
    (review.left_out, review.cursor) = (left_out, cursor);
    review.painted = files.is_empty();
    vec![Effect::Review { generation, files }]
}

/// A review that waits is made, once the last edit has come.
pub fn review_if_awaited(state: &mut State) -> Vec<Effect> {
    match review_of(state) {
        Some(review) if review.waits => start_review(state),
        _ => Vec::new(),
    }
}

fn draft_files(state: &State, paths: &[Arc<str>]) -> Vec<DraftFile> {
    paths.iter().map(|path| state.library.drafts.file(path)).collect()
}

fn review_of(state: &mut State) -> Option<&mut Review> {
    state.layers.iter_mut().find_map(|l| if let Layer::Review(review) = l { Some(review) } else { None })
}

/// Takes one file of the review.
pub fn reviewed(state: &mut State, generation: u64, file: ReviewedFile) -> Vec<Effect> {
    if let Some(review) = review_of(state).filter(|r| r.generation == generation) {
        review.take(file);
    }
    Vec::new()
}

/// Leaves the file under the cursor out of the write, or takes it in again.
pub fn leave_out(state: &mut State) -> Vec<Effect> {
    if let Some(review) = review_of(state) {
        review.turn();
        state.left_out = review.left_out.clone();
    }
    Vec::new()
}

/// Writes the files that are not left out: exactly the edits that the review shows.
pub fn write(state: &mut State) -> Vec<Effect> {
    let Some(review) = review_of(state) else { return Vec::new() };
    let chosen: Vec<(Arc<str>, usize)> = review.to_write().map(|f| (f.path.clone(), f.edits)).collect();
    review.writing = Some((0, chosen.len()));
    let paths: Vec<Arc<str>> = chosen.iter().map(|(path, _)| path.clone()).collect();
    let mut files = draft_files(state, &paths);
    for (file, (_, edits)) in files.iter_mut().zip(&chosen) {
        // What came after the review is no part of this write.
        while file.count() > *edits {
            file.steps.pop();
        }
    }
    state.write = WriteSum::default();
    vec![Effect::Write { files }]
}

/// Takes the answer for one file of the write.
pub fn written(state: &mut State, path: &Arc<str>, answer: Result<WrittenFile, String>) -> Vec<Effect> {
    if let Some(Review { writing: Some((done, _)), .. }) = review_of(state) {
        *done += 1;
    }
    match answer {
        Ok(file) => {
            state.write.files += 1;
            state.write.changed += file.lines.0;
            state.write.untouched += file.lines.1;
            state.write.remade += usize::from(file.remade);
            let row = Arc::new(file.row);
            state.library.drafts.written(path, &file.steps, &file.base, row.clone());
            if let Some(id) = state.library.find(path) {
                rows::replace(state, id, (*row).clone());
            }
            let record = Record::Written { path: path.to_string(), edits: 0, steps: file.steps, base: file.base };
            let mut effects = vec![Effect::Journal(vec![record])];
            if state.library.drafts.has(path) {
                // What was edited after the review is not in the row that was written.
                effects.push(Effect::Recompute(state.library.drafts.file(path)));
            }
            effects
        }
        Err(reason) => {
            state.write.failed.push((path.clone(), reason));
            Vec::new()
        }
    }
}

/// The write is over: back to the desk, with what was done.
pub fn write_done(state: &mut State) -> Vec<Effect> {
    let left_out = review_of(state).map_or(0, |r| r.left_out.len());
    state.layers.retain(|l| !matches!(l, Layer::Review(_) | Layer::Diff(_)));
    state.fit();
    let sum = std::mem::take(&mut state.write);
    let plural = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let mut text = format!(
        "{} written, {} changed, {} untouched",
        plural(sum.files, "file"),
        plural(sum.changed, "line"),
        sum.untouched
    );
    if left_out > 0 {
        text += &format!(" · {left_out} left out, still a draft");
    }
    if sum.remade > 0 {
        text += &format!(" · {} had changed on disk: your edits were made on what is there now", sum.remade);
    }
    state.verdicts.clear();
    match sum.failed.first() {
        Some((path, reason)) => {
            let more = if sum.failed.len() > 1 { format!(" and {} more", sum.failed.len() - 1) } else { String::new() };
            state.complain(format!("{text} · NOT written, still a draft: {path}{more}: {reason}"));
        }
        None => state.say(text),
    }
    vec![place(state)]
}

/// The record of where the curator stands.
pub fn place(state: &State) -> Effect {
    let filter =
        match state.layers.iter().find_map(|l| if let Layer::Filter { before } = l { Some(before) } else { None }) {
            Some(before) => before.clone(),
            None => state.queue.filter.text(),
        };
    let item = state.current_row().map(|r| r.path.to_string());
    let marks = state.library.marks.iter().map(|id| state.library.row(id).path.to_string()).collect();
    Effect::Journal(vec![Record::Place(PlaceInQueue { filter, item, marks })])
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
    effects.extend([place(state), Effect::Quit]);
    effects
}
