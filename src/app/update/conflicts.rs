//! Fields that changed on both sides: what is found, and what the curator decides. A decision is a batch like any other.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::conflicts::{ConflictsPane, Place};
use crate::app::{Effect, Layer, State};
use crate::command::Command;
use crate::content::counted::count;
use crate::library::ItemId;
use crate::library::drafts::Conflict;
use crate::profile::Intent;

use super::{drafts, forms};

/// Takes what an item is in conflict with, and says so where it was in none before.
pub fn found(state: &mut State, path: &Arc<str>, conflicts: Vec<Conflict>) {
    let field = conflicts.first().map(|conflict| conflict.field().to_string());
    if !state.library.conflicts.set(path, conflicts) {
        return;
    }
    let key = state.keymap.keys(Command::Conflicts).first().map(|key| format!(" · {key} decides"));
    let what = match (state.library.conflicts.len(), field) {
        (1, Some(field)) if !field.is_empty() => format!("{path}: {field} has changed on disk, too"),
        (items, _) => format!("{} changed on disk in fields that you changed", count(items, "item")),
    };
    state.complain(format!("{what}{}", key.unwrap_or_default()));
}

/// Opens the screen, on the item at hand where it is in conflict.
pub fn open(state: &mut State) -> Vec<Effect> {
    let here = super::review::of(state).and_then(|review| review.current().map(|file| file.path.clone()));
    let here = here.or_else(|| state.current_row().map(|row| row.path.clone()));
    let at = ConflictsPane::rows(state).iter().position(|(place, _)| Some(&place.path) == here.as_ref());
    state.layers.push(Layer::Conflicts(ConflictsPane { cursor: at.unwrap_or(0) }));
    state.message = None;
    Vec::new()
}

/// Moves the cursor.
pub fn step(state: &mut State, by: isize) {
    let last = ConflictsPane::rows(state).len().saturating_sub(1);
    if let Some(Layer::Conflicts(pane)) = state.layers.last_mut() {
        pane.cursor = pane.cursor.min(last).saturating_add_signed(by).min(last);
    }
}

fn current(state: &State) -> Option<(Place, Conflict)> {
    match state.layers.last() {
        Some(Layer::Conflicts(pane)) => pane.current(state).map(|(place, conflict)| (place, conflict.clone())),
        _ => None,
    }
}

/// The conflict under the cursor is decided.
pub fn decide(state: &mut State, theirs: bool) -> Vec<Effect> {
    let Some((place, conflict)) = current(state) else { return Vec::new() };
    let field = if conflict.field().is_root() { "the text".to_string() } else { conflict.field().to_string() };
    let label = format!("{field}: {}", whose(theirs));
    decide_these(state, label, vec![(place, conflict)], theirs)
}

fn whose(theirs: bool) -> &'static str {
    if theirs { "theirs" } else { "yours" }
}

/// All of them are decided alike: one batch. Those that have no place for yours any more wait.
pub fn decide_all(state: &mut State, theirs: bool) -> Vec<Effect> {
    let rows = ConflictsPane::rows(state).into_iter();
    let all: Vec<_> = rows
        .filter(|(_, conflict)| theirs || conflict.kept.is_some())
        .map(|(place, conflict)| (place, conflict.clone()))
        .collect();
    let label = format!("{}: {}", count(all.len(), "conflict"), whose(theirs));
    decide_these(state, label, all, theirs)
}

fn decide_these(state: &mut State, label: String, these: Vec<(Place, Conflict)>, theirs: bool) -> Vec<Effect> {
    let mut asked: BTreeMap<ItemId, Vec<Intent>> = BTreeMap::new();
    // The last of an item first: each that goes moves those behind it.
    for (Place { path, at }, conflict) in these.into_iter().rev() {
        let Some(id) = state.library.find(&path) else { continue };
        state.library.conflicts.decide(&path, at);
        asked.entry(id).or_default().push(Intent::Decide { theirs, over: conflict.over });
    }
    let asked = asked.into_iter().map(|(id, intents)| (id, intents.into())).collect();
    let effects = drafts::begin_each(state, label, asked);
    leave_if_done(state);
    effects
}

fn leave_if_done(state: &mut State) {
    if state.library.conflicts.is_empty() {
        state.layers.retain(|layer| !matches!(layer, Layer::Conflicts(_)));
        state.fit();
    }
}

/// Yours stays, and the form opens on it.
pub fn edit(state: &mut State) -> Vec<Effect> {
    let Some((place, conflict)) = current(state) else { return Vec::new() };
    let mut effects = decide(state, false);
    effects.extend(forms::open_at(state, &place.path, Some(conflict.field())));
    effects
}
