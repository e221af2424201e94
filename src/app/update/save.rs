//! Undo, redo, and what comes of a write.

use std::sync::Arc;

use crate::app::event::WrittenFile;
use crate::app::form::Outcome;
use crate::app::review::Review;
use crate::app::state::{BatchSum, WriteSum};
use crate::app::words::{count, grouped};
use crate::app::{Effect, Layer, State};
use crate::command::Command;
use crate::library::drafts::{DraftFile, Moved};
use crate::library::history::Head;
use crate::library::{BatchId, PlaceInQueue, Record};

use super::{drafts, forms, learning, review, rows};

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

/// Takes the answer for one file of the write.
pub fn written(state: &mut State, path: &Arc<str>, answer: Result<WrittenFile, String>) -> Vec<Effect> {
    if let Some(writing) = review::of(state).and_then(|review| review.writing.as_mut()) {
        writing.done += 1;
    }
    match answer {
        Ok(file) => {
            state.write.files += 1;
            state.write.changed += file.lines.0;
            state.write.untouched += file.lines.1;
            state.write.remade += usize::from(file.remade);
            let (mut row, id) = (file.row, state.library.find(path));
            state.library.drafts.written(path, &file.steps, &file.base, Arc::new(row.clone()));
            if !file.remade && !state.library.drafts.has(path) {
                // What is on disk now is what the list showed: nobody has to look at it again.
                row.findings = id.and_then(|id| state.library.row(id).findings);
            }
            if let Some(id) = id {
                rows::replace(state, id, row);
                if file.remade {
                    // It was changed by others as well.
                    state.learning.changed.insert(id);
                }
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
    let review = review::of(state).map(std::mem::take).unwrap_or_default();
    state
        .layers
        .retain(|l| !matches!(l, Layer::Review(_) | Layer::ReviewFilter { .. } | Layer::Diff(_) | Layer::History(_)));
    state.fit();
    let sum = std::mem::take(&mut state.write);
    let writing = review.writing.unwrap_or_default();
    let mut text = match writing.all - writing.done {
        0 => written_in_words(&sum),
        _ if writing.done == 0 => "stopped: nothing was written, all are drafts still".to_string(),
        rest => format!("stopped: {} written · {} not written, drafts still", count(sum.files, "file"), grouped(rest)),
    };
    let left_out = left_out_in_words(&review);
    if !left_out.is_empty() {
        text += &format!(" · {left_out} left out");
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
        None => {
            let key = state.keymap.keys(Command::History).first().filter(|_| sum.files > 0);
            state.say(text + &key.map(|key| format!(" · {key} takes batches back")).unwrap_or_default());
        }
    }
    vec![place(state)]
}

fn written_in_words(sum: &WriteSum) -> String {
    let (files, lines) = (count(sum.files, "file"), count(sum.changed, "line"));
    format!("{files} written, {lines} changed, {} untouched", grouped(sum.untouched))
}

/// What was left out: files as a whole, and hunks of files that were written.
fn left_out_in_words(review: &Review) -> String {
    let sums = || review.files().iter().filter_map(|f| f.answer.as_ref()?.as_ref().ok());
    let files = sums().filter(|sum| sum.is_left_out()).count();
    let hunks = sums().filter(|sum| !sum.is_left_out()).map(|sum| sum.left_out).sum::<usize>();
    let parts = [(files, "file"), (hunks, "hunk")].into_iter().filter(|(n, _)| *n > 0);
    parts.map(|(n, what)| count(n, what)).collect::<Vec<_>>().join(" and ")
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
