//! Bulk edit: opening it, going on, asking the workers what will happen, and beginning the batch.

use std::sync::Arc;

use crate::app::bulk::{Bulk, Outlook, Planned, Step, label};
use crate::app::effect::ForeseeJob;
use crate::app::{Effect, Layer, State};
use crate::content::{FieldRef, Value};
use crate::library::drafts::DraftFile;
use crate::library::{ItemId, Row};
use crate::profile::foresee::{FieldUse, Foreseen};

use super::{drafts, keys};

/// Fields are looked for in so many of the items.
const LOOKED_THROUGH: usize = 200;

/// Opens the pane over the marked items, or the one under the cursor.
pub fn open(state: &mut State) -> Vec<Effect> {
    let targets = state.targets();
    let files = files(state, &targets);
    let first = files.1.iter().take(LOOKED_THROUGH).cloned().collect();
    state.message = None;
    state.layers.push(Layer::Bulk(Box::new(Bulk::new(targets, files))));
    vec![Effect::FindFields { files: first }]
}

fn files(state: &State, targets: &[ItemId]) -> (u64, Arc<[DraftFile]>) {
    let readable = targets.iter().map(|id| state.library.row(*id)).filter(|row| row.problem.is_none());
    let drafts = &state.library.drafts;
    (drafts.revision(), readable.map(|row| drafts.file(&row.path)).collect())
}

fn pane(state: &mut State) -> Option<&mut Bulk> {
    match state.layers.last_mut() {
        Some(Layer::Bulk(pane)) => Some(pane),
        _ => None,
    }
}

/// Whether keys that act wait: the fields to choose from are not there yet.
pub fn waits(state: &State) -> bool {
    matches!(state.layers.last(), Some(Layer::Bulk(pane)) if pane.fields.is_none())
}

/// The fields that the items have; those that the profile names and no item has stand at the end.
pub fn fields_found(state: &mut State, mut found: Vec<FieldUse>) -> Vec<Effect> {
    let profile = state.profile.clone();
    let in_form = profile.form.iter().flat_map(|group| &group.fields);
    for field in
        in_form.chain(profile.fields.iter().map(|rule| &rule.field)).chain(profile.topics.iter().map(|t| &t.field))
    {
        if !found.iter().any(|known| known.field == *field) && !field.is_projection() {
            let path = field.resolve_or_new(&Value::Map(Vec::new()));
            let kind = path.map(|path| profile.kind_of(&path, &Value::Null));
            found.extend(kind.map(|kind| FieldUse { field: field.clone(), kind, count: 0 }));
        }
    }
    if let Some(pane) = pane(state).filter(|pane| pane.fields.is_none()) {
        pane.take_fields(found);
    }
    keys::release(state)
}

/// Enter: on to the next step, or at the last one the batch begins.
pub fn go_on(state: &mut State) -> Vec<Effect> {
    let Some(pane) = pane(state) else { return Vec::new() };
    match pane.step {
        Step::Field => return choose_field(state, false),
        Step::Action => match pane.chosen_action() {
            Some(action) => pane.take_action(action),
            None => state.complain("no such action: ctrl-u clears what was typed"),
        },
        Step::Lines if pane.line + 1 < pane.action.map_or(0, |action| action.prompts().len()) => pane.line += 1,
        Step::Lines | Step::From | Step::Ready => return apply(state),
    }
    Vec::new()
}

/// The highlighted field; where `new`, what was typed, though others match.
pub fn choose_field(state: &mut State, new: bool) -> Vec<Effect> {
    let Some(pane) = pane(state).filter(|pane| pane.step == Step::Field) else { return Vec::new() };
    match pane.chosen_field(new) {
        Ok(field) => pane.take_field(field),
        Err(reason) => state.complain(reason),
    }
    Vec::new()
}

/// Tab: the other line.
pub fn other_line(state: &mut State) -> Vec<Effect> {
    if let Some(pane) = pane(state) {
        pane.other_line();
    }
    Vec::new()
}

/// One step back, or out of the pane: nothing has changed.
pub fn back(state: &mut State) -> Vec<Effect> {
    if pane(state).is_some_and(|pane| !pane.back()) {
        state.layers.pop();
    }
    Vec::new()
}

fn apply(state: &mut State) -> Vec<Effect> {
    let Some(pane) = pane(state) else { return Vec::new() };
    let intent = match pane.planned() {
        Planned::Intent(intent) => intent,
        Planned::Incomplete(what) => {
            state.complain(what);
            return Vec::new();
        }
        Planned::Wrong(reason) => {
            state.complain(reason);
            return Vec::new();
        }
    };
    let known = pane.outlook.done && pane.asked.as_ref() == Some(&intent);
    if known && pane.outlook.changed + pane.outlook.refused == 0 {
        state.say("nothing would change: esc goes back, or type something else");
        return Vec::new();
    }
    let targets = pane.targets.clone();
    state.layers.pop();
    drafts::begin(state, label(&intent), vec![intent], targets)
}

/// Asks what will happen wherever the pane means something else than what was asked last.
pub fn follow(state: &mut State) -> Option<Effect> {
    let is_quiet = state.batches.is_empty();
    let revision = state.library.drafts.revision();
    let Some(Layer::Bulk(pane)) = state.layers.last() else { return None };
    let planned = match pane.planned() {
        Planned::Intent(intent) => Some(intent),
        _ => None,
    };
    // Edits that were on their way are part of what is looked at, once they are all there.
    let stale = is_quiet && pane.files.0 != revision;
    if planned == pane.asked && !(stale && planned.is_some()) {
        return None;
    }
    let fresh = stale.then(|| files(state, &pane.targets));
    let refuses = |row: &Arc<Row>| {
        let reason = row.problem.as_deref()?.to_string();
        Some((row.path.clone(), Foreseen::Refuses(reason)))
    };
    let unreadable = pane.targets.iter().filter_map(|id| refuses(state.library.row(*id))).collect();
    let generation = state.next_question();
    let pane = self::pane(state)?;
    pane.files = fresh.unwrap_or_else(|| pane.files.clone());
    (pane.asked, pane.outlook, pane.scroll, pane.generation) = (planned, Outlook::default(), 0, generation);
    pane.outlook.take(unreadable);
    let intent = pane.asked.clone()?;
    let field: FieldRef = pane.field.as_ref()?.field.clone();
    Some(Effect::Foresee(Box::new(ForeseeJob { generation, files: pane.files.1.clone(), field, intent })))
}

/// Takes what will happen to some of the items; a stale answer is dropped.
pub fn foreseen(state: &mut State, generation: u64, items: Vec<(Arc<str>, Foreseen)>, done: bool) -> Vec<Effect> {
    if let Some(pane) = pane(state).filter(|pane| pane.generation == generation) {
        pane.outlook.take(items);
        pane.outlook.done = done;
    }
    Vec::new()
}
