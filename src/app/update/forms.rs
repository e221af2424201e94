//! The form: opening it, and carrying out what it asks for.

use std::sync::Arc;

use crate::app::event::FormSource;
use crate::app::form::{Form, Outcome};
use crate::app::{Effect, Layer, State};
use crate::command::Command;
use crate::content::{FieldPath, FieldRef};
use crate::library::RowField;

use super::{drafts, look};

/// Opens the form of the item under the cursor, once its values are read.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(row) = state.current_row() else { return Vec::new() };
    vec![load(state, &row.path.clone())]
}

/// Opens the form of an item, shown in the list or not, on one of its fields.
pub fn open_at(state: &mut State, path: &Arc<str>, field: Option<FieldPath>) -> Vec<Effect> {
    state.form_for = Some((path.clone(), field));
    vec![load(state, path)]
}

/// Asks for the values that a form shows.
pub fn load(state: &State, path: &Arc<str>) -> Effect {
    Effect::LoadForm(state.library.drafts.file(path))
}

/// The values are there: the form opens, or what is open takes them in.
pub fn loaded(state: &mut State, path: &Arc<str>, answer: Result<FormSource, String>) -> Vec<Effect> {
    // An edit on its way brings the values anew: until then a form that is open shows what was typed.
    let is_open = state.layers.iter().any(|l| matches!(l, Layer::Form(form) if form.path == *path));
    if is_open && state.library.drafts.is_waiting(path) {
        return Vec::new();
    }
    let source = match answer {
        Ok(source) => source,
        Err(reason) => {
            state.complain(format!("{path}: {reason}"));
            return Vec::new();
        }
    };
    let profile = state.profile.clone();
    let asked = state.form_for.take_if(|(item, _)| item == path);
    let is_current = asked.is_some() || state.current_row().is_some_and(|r| r.path == *path);
    let open = |l: &mut Layer| matches!(l, Layer::Form(form) if form.path == *path);
    match state.layers.iter_mut().find_map(|l| if open(l) { Some(l) } else { None }) {
        Some(Layer::Form(form)) => form.reload(&profile, source),
        _ if is_current => {
            let mut form = Form::open(path.clone(), &profile, source);
            if let Some((_, Some(field))) = &asked {
                form.jump_to(field);
            }
            state.layers.push(Layer::Form(Box::new(form)));
            state.fit();
        }
        _ => {}
    }
    Vec::new()
}

/// A command of the form.
pub fn run(state: &mut State, command: Command) -> Vec<Effect> {
    let mut layers = std::mem::take(&mut state.layers);
    let outcome = match layers.last_mut() {
        Some(Layer::Form(form)) => form.command(command, &|field| values_in_use(state, field)),
        _ => Outcome::Nothing,
    };
    state.layers = layers;
    self::outcome(state, outcome)
}

/// Carries out what the form asks for.
pub fn outcome(state: &mut State, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Nothing => Vec::new(),
        Outcome::Edit { label, intents } => {
            let path = state.layers.iter().rev().find_map(|l| match l {
                Layer::Form(form) => Some(form.path.clone()),
                _ => None,
            });
            let Some(path) = path else { return Vec::new() };
            let item = state.library.find(&path);
            let effects = drafts::begin(state, label, intents, item.into_iter().collect());
            // Where nothing was begun, the form takes back what it showed.
            if effects.is_empty() { vec![load(state, &path)] } else { effects }
        }
        Outcome::Say(text) => {
            state.say(text);
            Vec::new()
        }
        Outcome::Refuse(text) => {
            state.complain(text);
            Vec::new()
        }
        Outcome::Leave => {
            state.layers.pop();
            Vec::new()
        }
    }
}

/// The link of the field under the cursor, or else the item's.
pub fn open_link(state: &mut State) -> Vec<Effect> {
    let here = state.layers.last().and_then(|layer| match layer {
        Layer::Form(form) => form.link(),
        _ => None,
    });
    match here {
        Some(url) => vec![Effect::Open { url }],
        None => look::open_link(state),
    }
}

/// The values that a field has in the library, most used first, where rows know them.
fn values_in_use(state: &State, field: &FieldRef) -> Vec<String> {
    let role =
        RowField::ALL.into_iter().find(|f| state.spec.field(*f).is_some_and(|known| known.text() == field.text()));
    let Some(role) = role else { return Vec::new() };
    let mut counts = std::collections::HashMap::<&str, usize>::new();
    for (_, row) in state.library.rows().iter() {
        for text in row.cell(role).texts().filter(|t| !t.trim().is_empty()) {
            *counts.entry(text).or_default() += 1;
        }
    }
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    values.into_iter().take(20).map(|(text, _)| text.to_string()).collect()
}
