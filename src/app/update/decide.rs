//! Deciding: verdicts and marks.

use crate::app::state::{Verdict, VerdictSign};
use crate::app::{Effect, State};
use crate::command::{Command, Mode};
use crate::content::{Edit, FieldRef, Value};
use crate::library::{ItemId, Record, RowField};
use crate::profile::Intent;

use super::{drafts, keeping, save};

const KEPT_VERDICTS: usize = 10;

/// Gives a verdict to the targets; the same again clears it. On a single item the cursor moves on.
pub fn verdict(state: &mut State, sign: VerdictSign) -> Vec<Effect> {
    let Some(triage) = state.profile.triage.clone() else { return Vec::new() };
    let targets = state.targets();
    let value = sign.value(&triage).to_string();
    let has_it = |id: &ItemId| state.library.row(*id).text(RowField::Status) == value;
    // What cannot be seen is never cleared by a key that is mostly pressed to set.
    let all_seen = targets.iter().all(|id| state.queue.shows(*id));
    let clears = all_seen && targets.iter().all(has_it);
    let text = if clears { String::new() } else { value.clone() };
    let label = if clears { "verdict cleared".to_string() } else { value.clone() };
    let single = state.library.marks.is_empty();
    if let Some(path) = state.current_row().map(|row| row.path.clone()).filter(|_| single && !clears) {
        // An item whose verdict is changed stands there once.
        state.verdicts.retain(|verdict| verdict.path != path);
        state.verdicts.insert(0, Verdict { sign, path });
        state.verdicts.truncate(KEPT_VERDICTS);
    }
    if clears && let Some(effects) = take_verdict_back(state, &triage.field, &value, &targets) {
        return effects;
    }
    let mut effects = drafts::begin(state, label, vec![Intent::SetText { field: triage.field, text }], targets);
    if single && !clears {
        // The verdicts line says it; a message would hide it.
        state.batches.values_mut().for_each(|sum| sum.quiet = true);
        state.message = None;
        move_on(state);
        // A program that is killed begins again where it stood.
        effects.extend(keeping::now(state));
    }
    effects
}

/// Clears a verdict that is not written by taking its batch back, where it alone stands between these items and no verdict: what changes
/// nothing is no draft. None where it has to be cleared as an edit of its own.
fn take_verdict_back(state: &mut State, field: &FieldRef, value: &str, targets: &[ItemId]) -> Option<Vec<Effect>> {
    let drafts = &state.library.drafts;
    let verdict = [Intent::SetText { field: field.clone(), text: value.to_string() }];
    // What stood there before it was no verdict.
    let was_blank = |edit: &Edit| match edit {
        Edit::Set { old, .. } => old.as_ref().and_then(Value::scalar_text).is_none_or(|text| text.trim().is_empty()),
        _ => false,
    };
    let batch_of = |id: &ItemId| {
        let steps = drafts.file(&state.library.row(*id).path).steps;
        let step = steps.into_iter().rfind(|step| *step.intents == verdict)?;
        step.edits.iter().all(was_blank).then_some(step.batch)
    };
    let batch = batch_of(targets.first()?)?;
    let parts = &drafts.batches().iter().find(|known| known.id == batch)?.parts;
    if parts.len() != targets.len() || !targets.iter().all(|id| batch_of(id) == Some(batch)) {
        return None;
    }
    let moved = state.library.drafts.take_back(batch).ok()?;
    let effects = save::dropped(state, &moved, Record::TookBack { batch });
    let redo = state.keymap.key_in(Command::Redo, Mode::List).map(|key| format!(" · {key} gives it again"));
    state.say(format!("verdict cleared: {}{}", drafts::items(moved.items.len()), redo.unwrap_or_default()));
    Some(effects)
}

/// To the next item without a verdict, or one row on where none is left below.
fn move_on(state: &mut State) {
    let here = state.current();
    let undecided = |id: &ItemId| Some(*id) != here && state.library.row(*id).is_undecided();
    let below = state.queue.found.items.iter().skip(state.queue.cursor + 1).position(undecided);
    let by = below.map_or(1, |at| at as isize + 1);
    state.queue.step(by);
}

/// To the next undecided item, from the top again where none is left below.
pub fn next_undecided(state: &mut State) -> Vec<Effect> {
    let items = &state.queue.found.items;
    let here = state.queue.cursor;
    let order = (here + 1..items.len()).chain(0..here.min(items.len()));
    match order.into_iter().find(|at| state.library.row(items[*at]).is_undecided()) {
        Some(at) => state.queue.to(at),
        None => state.say("nothing undecided here"),
    }
    Vec::new()
}

/// The last edit again, on the targets of now.
pub fn repeat(state: &mut State) -> Vec<Effect> {
    let Some((label, intents)) = state.last_edit.clone() else {
        state.say("nothing to repeat yet");
        return Vec::new();
    };
    let targets = state.targets();
    drafts::begin(state, label, intents, targets)
}

/// Marks the item under the cursor, or takes its mark off, and moves on.
pub fn mark(state: &mut State) -> Vec<Effect> {
    if let Some(from) = state.queue.range_from.take() {
        return mark_between(state, from);
    }
    let Some(id) = state.current() else { return Vec::new() };
    state.library.marks.turn(id);
    state.queue.step(1);
    say_marks(state)
}

/// Begins a range at the cursor, or ends it and marks all between.
pub fn mark_range(state: &mut State) -> Vec<Effect> {
    match state.queue.range_from.take() {
        Some(from) => mark_between(state, from),
        None => {
            state.queue.range_from = Some(state.queue.cursor);
            state.say("a range begins: move, then v marks it, esc leaves it");
            Vec::new()
        }
    }
}

fn mark_between(state: &mut State, from: usize) -> Vec<Effect> {
    let to = state.queue.cursor;
    let items = state.queue.found.items.iter();
    let (low, high) = (from.min(to), from.max(to));
    let between: Vec<ItemId> = items.skip(low).take(high - low + 1).copied().collect();
    state.library.marks.extend(between);
    say_marks(state)
}

/// Marks all that is shown.
pub fn mark_shown(state: &mut State) -> Vec<Effect> {
    state.library.marks.extend(state.queue.found.items.iter().copied());
    say_marks(state)
}

/// Marks what is shown and not marked, and takes the mark off what is.
pub fn invert_marks(state: &mut State) -> Vec<Effect> {
    for id in &state.queue.found.items {
        state.library.marks.turn(*id);
    }
    say_marks(state)
}

/// Takes all marks off, the hidden ones too.
pub fn clear_marks(state: &mut State) -> Vec<Effect> {
    state.library.marks.clear();
    say_marks(state)
}

pub(super) fn say_marks(state: &mut State) -> Vec<Effect> {
    let count = state.library.marks.len();
    let reading = if state.library.loading.done { "" } else { ", of the items read so far" };
    state.say(match count {
        0 => "nothing marked: what you do acts on the item under the cursor".to_string(),
        1 => format!("1 item marked{reading}: what you do acts on it"),
        _ => format!("{count} items marked{reading}: what you do acts on all of them"),
    });
    keeping::now(state)
}
