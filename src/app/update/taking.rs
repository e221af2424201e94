//! One who writes at a time: a desk that only reads, and what it does when the other one is gone.
//!
//! Not here: the lock, and waiting for it (`shell::taking`).

use std::sync::Arc;

use crate::app::safety::Safety;
use crate::app::{Effect, State};
use crate::command::Command;
use crate::content::counted::count;
use crate::library::record::Standing;
use crate::library::{ItemId, Record};

use super::{forms, rows};

/// Another process has the library.
pub fn held(state: &mut State, reason: String) -> Vec<Effect> {
    state.complain(format!("read only: {reason}"));
    state.read_only = Some(reason);
    state.is_free = false;
    Vec::new()
}

/// Nobody has it any more.
pub fn free(state: &mut State) -> Vec<Effect> {
    if state.read_only.is_some() {
        state.is_free = true;
        let key = state.keymap.keys(Command::TakeOver).first().map(|key| format!("{key} takes it over"));
        let how = key.unwrap_or_else(|| ":take-over takes it over".to_string());
        state.say(format!("nobody else has this library open any more: {how}, with its drafts"));
    }
    Vec::new()
}

/// Asks for it.
pub fn take_over(_: &mut State) -> Vec<Effect> {
    vec![Effect::TakeOver]
}

/// It is this desk's: what the other one had not written is here. The place in the list stays this desk's own.
pub fn taken(state: &mut State, records: &[Record]) -> Vec<Effect> {
    (state.read_only, state.is_free, state.safety) = (None, false, Safety::default());
    records.iter().for_each(|record| state.library.drafts.replay(record));
    let stood = Standing::of(records);
    let marked: Vec<ItemId> = stood.marks.iter().filter_map(|path| state.library.find(path)).collect();
    state.keeping.marks.extend(marked.iter().copied());
    state.library.marks.extend(marked.iter().copied());
    if let Some(place) = stood.place {
        state.keeping.place = place;
    }
    state.keeping.typing.clone_from(&stood.typing);
    state.restore.typing = stood.typing;
    state.restore.pressed = false;
    let mut effects = Vec::new();
    let paths: Vec<Arc<str>> = state.library.drafts.unsorted().cloned().collect();
    for path in paths {
        let row = state.library.find(&path).map(|id| (**state.library.row(id)).clone());
        effects.extend(row.and_then(|row| rows::take(state, row)));
    }
    if state.library.loading.done {
        effects.extend(rows::show_waiting(state));
    }
    (state.queue.moved, state.queue.stale, state.queue.recheck) = (true, true, true);
    let (drafts, marks) = (count(state.library.drafts.len(), "draft"), count(marked.len(), "mark"));
    state.say(format!("taken over: {drafts}, {marks}; you write here now"));
    effects.extend(forms::take_up(state));
    effects.push(Effect::LookAgain);
    effects
}
