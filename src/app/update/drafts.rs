//! Edits on their way: an intent enters the drafts and the journal, a worker's answer makes it edits.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::event::{Expanded, Recomputed};
use crate::app::state::{BatchSum, MANY};
use crate::app::{Effect, Layer, State};
use crate::command::Command;
use crate::library::drafts::{BatchState, Part, StepEdits};
use crate::library::{BatchId, ItemId, Record, Row};
use crate::profile::Intent;

use super::{conflicts, forms, learning, rows, save};

/// How many items the workers have before them at most.
const AT_ONCE: usize = 256;

/// Starts a batch that asks the same of all these items; `.` does it again.
pub fn begin(state: &mut State, label: String, intents: Vec<Intent>, items: Vec<ItemId>) -> Vec<Effect> {
    if state.read_only.is_none() {
        state.last_edit = Some((label.clone(), intents.clone()));
    }
    let intents: Arc<[Intent]> = intents.into();
    begin_each(state, label, items.into_iter().map(|id| (id, intents.clone())).collect())
}

/// Starts a batch that asks of each item its own. Unreadable items refuse at once.
pub fn begin_each(state: &mut State, label: String, asked: Vec<(ItemId, Arc<[Intent]>)>) -> Vec<Effect> {
    begin_undoing(state, label, asked, None, Vec::new())
}

/// Starts a batch that may take a written one back; `left` are files that are left as they are, and why.
pub fn begin_undoing(
    state: &mut State,
    label: String,
    asked: Vec<(ItemId, Arc<[Intent]>)>,
    undoes: Option<BatchId>,
    left: Vec<(Arc<str>, String)>,
) -> Vec<Effect> {
    if let Some(holder) = &state.read_only {
        let text = format!("read only: {holder}");
        state.complain(text);
        return Vec::new();
    }
    let hidden = asked.iter().filter(|(id, _)| !state.queue.shows(*id)).count();
    let library = &mut state.library;
    // Bytes from an editor may be what repairs a file.
    let (readable, unreadable): (Vec<_>, Vec<_>) = asked
        .into_iter()
        .partition(|(id, intents)| library.row(*id).problem.is_none() || intents.iter().all(Intent::is_text));
    let refused = unreadable.iter().map(|(id, _)| refusal_of(library.row(*id))).chain(left).collect();
    let rows = library.rows().clone();
    let part =
        |(id, intents): &(ItemId, Arc<[Intent]>)| Part { path: rows.get(*id).path.clone(), intents: intents.clone() };
    let parts: Vec<Part> = readable.iter().map(part).collect();
    let paths: Vec<Arc<str>> = parts.iter().map(|part| part.path.clone()).collect();
    let ids: HashMap<_, _> = paths.iter().cloned().zip(readable.iter().map(|(id, _)| *id)).collect();
    let disk_row = |path: &str| ids.get(path).map(|id| rows.get(*id).clone());
    let batch = library.drafts.begin(label.clone(), parts.clone(), disk_row);
    library.drafts.about(batch, state.now, undoes);
    let about = Record::About { batch, when: state.now, undoes };
    let mut effects = vec![Effect::Journal(vec![Record::began(batch, &label, &parts), about])];
    let sum = BatchSum { label, waiting: paths.len(), refused, hidden, ..BatchSum::default() };
    state.batches.insert(batch, sum);
    learning::follow_batch(state, batch);
    effects.extend(ask_for(state, &paths));
    finish_if_answered(state, batch);
    effects
}

fn refusal_of(row: &Row) -> (Arc<str>, String) {
    let reason = if row.is_gone() { "the file is gone" } else { row.problem.as_deref().unwrap_or_default() };
    (row.path.clone(), reason.to_string())
}

/// The next job of an item, if one waits.
pub fn next_job(state: &mut State, path: &str) -> Option<Effect> {
    let job = state.library.drafts.next_job(path)?;
    state.expanding.under_way += 1;
    Some(Effect::Expand(job))
}

/// Asks for the edits of these items: of so many at a time that the workers never wait, and that little is done in vain where it is
/// taken back. A few items come before many that are waiting.
pub fn ask_for(state: &mut State, paths: &[Arc<str>]) -> Vec<Effect> {
    let waiting = &mut state.expanding.waiting;
    match paths.len() {
        0..=MANY => paths.iter().rev().for_each(|path| waiting.push_front(path.clone())),
        _ => waiting.extend(paths.iter().cloned()),
    }
    ask_on(state)
}

fn ask_on(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    while state.expanding.under_way < AT_ONCE {
        let Some(path) = state.expanding.waiting.pop_front() else { break };
        effects.extend(next_job(state, &path));
    }
    effects
}

/// Takes a batch over many back while it is still being worked on: nothing of it stays. None where none is, or a later one stands on it.
pub fn stop(state: &mut State) -> Option<Vec<Effect>> {
    let last = state.library.drafts.batches().iter().rfind(|b| b.state == BatchState::Live)?.id;
    let sum = state.batches.get(&last).filter(|sum| sum.waiting > MANY)?;
    let text = format!("stopped, nothing of it stays: {}", sum.label);
    let effects = save::undo(state);
    state.say(text);
    Some(effects)
}

/// Takes an item's answer to a batch.
pub fn expanded(state: &mut State, path: &Arc<str>, batch: BatchId, answer: Result<Expanded, String>) -> Vec<Effect> {
    let mut effects = Vec::new();
    state.expanding.under_way = state.expanding.under_way.saturating_sub(1);
    let (edits, base, row, refused) = match answer {
        Ok(done) => {
            if let Some(sum) = state.batches.get_mut(&batch) {
                sum.left.extend(done.left);
            }
            (done.edits, Some(done.base), Some(done.row), None)
        }
        Err(reason) => (StepEdits::default(), None, None, Some(reason)),
    };
    let count = edits.edits.len();
    let record = match &base {
        Some(base) if count > 0 => {
            let StepEdits { edits, counts } = edits.clone();
            Record::Answered { batch, path: path.to_string(), base: base.clone(), edits, counts }
        }
        _ => Record::Refused { batch, path: path.to_string() },
    };
    if state.library.drafts.answer(path, batch, base.as_deref(), edits) {
        effects.push(Effect::Journal(vec![record]));
        if let (Some(id), Some(row)) = (state.library.find(path), row) {
            rows::replace(state, id, row);
        }
        note(state, path, batch, count, refused);
    }
    effects.extend(next_job(state, path));
    if state.library.conflicts.is_known(path) && !state.library.drafts.is_waiting(path) {
        effects.push(Effect::Recompute(state.library.drafts.file(path)));
    }
    effects.extend(ask_on(state));
    effects.extend(refresh(state, path));
    effects
}

fn note(state: &mut State, path: &Arc<str>, batch: BatchId, edits: usize, refused: Option<String>) {
    if let Some(sum) = state.batches.get_mut(&batch) {
        sum.waiting = sum.waiting.saturating_sub(1);
        sum.edits += edits;
        sum.changed += usize::from(edits > 0);
        sum.refused.extend(refused.map(|reason| (path.clone(), reason)));
    }
    finish_if_answered(state, batch);
}

/// Once all items have answered, the footer says what was done to how many.
fn finish_if_answered(state: &mut State, batch: BatchId) {
    if state.batches.get(&batch).is_none_or(|sum| sum.waiting > 0) {
        return;
    }
    let Some(sum) = state.batches.remove(&batch) else { return };
    state.refused.clone_from(&sum.refused);
    forms::refused(state, batch, &sum.refused);
    if let Some((path, reason)) = sum.refused.first() {
        let list = match sum.refused.len() {
            1 => "refused".to_string(),
            count => format!("{count} refused, :refused lists them"),
        };
        let done = if sum.changed > 0 { format!("{} changed; ", items(sum.changed)) } else { String::new() };
        state.complain(format!("{done}{list} · {path}: {reason}"));
    } else if sum.changed == 0 {
        state.say(format!("{}: so already, nothing changed", sum.label));
    } else if !sum.quiet {
        let fields = if sum.edits > sum.changed { format!(", {} edits", sum.edits) } else { String::new() };
        let hidden = if sum.hidden > 0 { format!(", {} hidden", sum.hidden) } else { String::new() };
        let left = sum.left.first().map(|l| format!(" · left alone: {l}")).unwrap_or_default();
        let undo = state.keymap.keys(Command::Undo).first().map(|k| format!(" · {k} takes it back"));
        let undo = undo.unwrap_or_default();
        state.say(format!("{}: {}{hidden}{fields}{undo}{left}", sum.label, items(sum.changed)));
    }
}

/// `1 item`, `40 items`.
pub fn items(count: usize) -> String {
    crate::content::counted::count(count, "item")
}

/// Takes a row made anew.
pub fn recomputed(state: &mut State, path: &Arc<str>, answer: Result<Box<Recomputed>, String>) -> Vec<Effect> {
    match (state.library.find(path), answer) {
        (_, Err(reason)) => state.complain(format!("{path}: {reason}")),
        // It was taken back meanwhile: the disk's row stands.
        (_, Ok(_)) if !state.library.drafts.has(path) => state.library.conflicts.remove(path),
        (id, Ok(made)) => {
            if let Some(id) = id {
                rows::replace(state, id, made.row);
            }
            conflicts::found(state, path, made.conflicts);
        }
    }
    refresh(state, path)
}

/// What is open on an item follows its draft.
pub fn refresh(state: &State, path: &Arc<str>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for layer in &state.layers {
        match layer {
            Layer::Form(form) if form.path == *path => effects.push(forms::load(state, path)),
            Layer::Diff(pane) if pane.path == *path => {
                effects.push(Effect::Diff(state.library.drafts.file(path)));
            }
            _ => {}
        }
    }
    effects
}
