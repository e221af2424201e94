//! The form: opening it, and carrying out what it asks for.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::app::event::{FormSource, FormsRead};
use crate::app::form::merged::Merged;
use crate::app::form::{Form, Outcome};
use crate::app::state::FormFor;
use crate::app::{Effect, Layer, State};
use crate::command::{Command, Mode};
use crate::content::counted::{count, grouped};
use crate::content::{FieldPath, FieldRef};
use crate::library::drafts::DraftFile;
use crate::library::{BatchId, ItemId, RowField};
use crate::profile::Intent;

use super::{command, drafts, keys, look};

/// Opens the form: over the marked items, where some are; of the one that is read, or under the cursor, else.
pub fn open(state: &mut State) -> Vec<Effect> {
    let marked: Vec<ItemId> = state.library.marks.iter().collect();
    match marked.as_slice() {
        _ if state.mode() != Mode::List => open_this(state),
        [] => open_this(state),
        [only] => open_at(state, &state.library.row(*only).path.clone(), None),
        _ => open_over(state, marked),
    }
}

/// Opens the form of the item under the cursor, whatever is marked.
pub fn open_this(state: &mut State) -> Vec<Effect> {
    let Some(path) = state.current_row().map(|row| row.path.clone()) else { return Vec::new() };
    open_at(state, &path, None)
}

/// Opens the form of an item, shown in the list or not, on one of its fields.
pub fn open_at(state: &mut State, path: &Arc<str>, field: Option<FieldPath>) -> Vec<Effect> {
    state.form_for = Some(FormFor::One { path: path.clone(), field });
    vec![load(state, path)]
}

fn open_over(state: &mut State, marked: Vec<ItemId>) -> Vec<Effect> {
    let (generation, revision) = (state.next_question(), state.library.drafts.revision());
    let items: Arc<[ItemId]> = marked.into();
    let files = files(state, &items);
    state.form_for = Some(FormFor::Many { items, generation, revision });
    vec![Effect::LoadForms { generation, files }]
}

fn files(state: &State, items: &[ItemId]) -> Vec<DraftFile> {
    items.iter().map(|id| state.library.drafts.file(&state.library.row(*id).path)).collect()
}

/// Asks for the values that a form shows.
pub fn load(state: &State, path: &Arc<str>) -> Effect {
    Effect::LoadForm(state.library.drafts.file(path))
}

/// Opens the form that was typed in when an earlier run ended; not where a key was pressed meanwhile: then it is taken up when the form
/// is opened.
pub fn take_up(state: &mut State) -> Vec<Effect> {
    let Some(typing) = state.restore.typing.clone() else { return Vec::new() };
    if state.restore.pressed || !state.layers.is_empty() || state.form_for.is_some() {
        return Vec::new();
    }
    match typing.item {
        Some(path) if state.library.find(&path).is_some() => open_at(state, &path.into(), Some(typing.field)),
        None if state.library.marks.len() > 1 => {
            let marked = state.library.marks.iter().collect();
            open_over(state, marked)
        }
        _ => Vec::new(),
    }
}

/// The form that opens goes on with what was being typed in it. Says whether it does.
fn resume(state: &mut State, form: &mut Form) -> bool {
    let item = form.many().is_none().then_some(&*form.path);
    let Some(typing) = state.restore.typing.take_if(|typing| typing.item.as_deref() == item) else { return false };
    let known = form.resume(&typing, &|field| values_in_use(state, field));
    if !known {
        state.complain(format!("{} is not there any more; typed was: {}", typing.field, typing.text));
    }
    true
}

/// Whether keys wait: the form that was asked for is not there yet, or what puts its items' fields back is not known.
pub fn waits(state: &State, command: Option<Command>) -> bool {
    if state.form_for.is_some() {
        return true;
    }
    let over = match state.layers.last() {
        Some(Layer::Form(form)) => form.many(),
        _ => None,
    };
    over.is_some_and(|many| command == Some(Command::AsItWas) && is_stale(state, many.revision))
}

fn is_stale(state: &State, revision: u64) -> bool {
    !state.batches.is_empty() || revision != state.library.drafts.revision()
}

/// Esc before the form is there: it is not opened, and keys that waited for it are dropped.
pub fn stop(state: &mut State) -> Vec<Effect> {
    state.form_for = None;
    state.queue.held.clear();
    state.say("the form is not opened");
    Vec::new()
}

/// The values are there: the form opens, or what is open takes them in.
pub fn loaded(state: &mut State, path: &Arc<str>, answer: Result<FormSource, String>) -> Vec<Effect> {
    let asked = state.form_for.take_if(|form| matches!(form, FormFor::One { path: item, .. } if item == path));
    let mine = |l: &&mut Layer| matches!(l, Layer::Form(form) if form.path == *path);
    let is_waiting = state.library.drafts.is_waiting(path);
    let profile = state.profile.clone();
    match (state.layers.iter_mut().find(mine), answer) {
        // An edit on its way brings the values anew: until then a form that is open shows what was typed.
        (Some(_), _) if is_waiting => {}
        (_, Err(reason)) => state.complain(format!("{path}: {reason}")),
        (Some(Layer::Form(form)), Ok(source)) => form.reload(&profile, source),
        (_, Ok(source)) => {
            // Nobody waits for it where the form was left meanwhile.
            let Some(FormFor::One { field, .. }) = asked else { return keys::release(state) };
            let mut form = Form::open(path.clone(), &profile, source);
            field.iter().for_each(|field| form.jump_to(field));
            let goes_on = resume(state, &mut form);
            state.layers.push(Layer::Form(Box::new(form)));
            state.fit();
            if !state.library.marks.is_empty() && !goes_on {
                state.say("this item alone: what you set here is not set in the marked ones");
            }
        }
    }
    keys::release(state)
}

/// The values of several items are there, or some of them.
pub fn read(state: &mut State, generation: u64, answer: FormsRead) -> Vec<Effect> {
    let is_asked = matches!(&state.form_for, Some(FormFor::Many { generation: asked, .. }) if *asked == generation);
    let merged = match answer {
        FormsRead::Part(read) => {
            if let Some(FormFor::Many { items, .. }) = state.form_for.as_ref().filter(|_| is_asked) {
                let text = format!("reading {} of {} · esc leaves", grouped(read), count(items.len(), "item"));
                state.say(text);
            }
            return Vec::new();
        }
        FormsRead::Done(merged) => *merged,
    };
    let profile = state.profile.clone();
    match state.form_for.take_if(|_| is_asked) {
        Some(FormFor::Many { items, revision, .. }) => open_read(state, &items, merged, revision),
        _ => {
            let over = state.layers.iter().find_map(|l| if let Layer::Form(form) = l { form.many() } else { None });
            let Some((items, asked)) = over.and_then(|many| Some((many.items.clone(), many.asked?))) else {
                return Vec::new();
            };
            if asked.0 == generation {
                let items = readable(state, &items, &merged);
                for layer in &mut state.layers {
                    if let Layer::Form(form) = layer
                        && form.many().is_some()
                    {
                        form.reload_over(items, &profile, merged, asked.1);
                        break;
                    }
                }
            }
        }
    }
    keys::release(state)
}

fn open_read(state: &mut State, items: &[ItemId], merged: Merged, revision: u64) {
    let items = readable(state, items, &merged);
    if let Some((path, reason)) = merged.unreadable.first().filter(|_| items.is_empty()) {
        state.complain(format!("none of the marked items can be read: {path}: {reason}"));
        return;
    }
    let profile = state.profile.clone();
    let mut form = Form::over(items, &profile, merged, revision);
    let goes_on = resume(state, &mut form);
    state.layers.push(Layer::Form(Box::new(form)));
    state.fit();
    if goes_on {
        return;
    }
    let keys = [Command::Read, Command::Edit].map(|c| state.keymap.key_in(c, Mode::List).map(|key| key.to_string()));
    let [Some(read), Some(edit)] = keys else { return };
    state.say(format!("what you set here is set in all of them · in the list {read} {edit} edits one alone"));
}

/// The items without those that could not be read.
fn readable(state: &State, items: &[ItemId], merged: &Merged) -> Arc<[ItemId]> {
    let unreadable: HashSet<&Arc<str>> = merged.unreadable.iter().map(|(path, _)| path).collect();
    items.iter().filter(|id| !unreadable.contains(&state.library.row(**id).path)).copied().collect()
}

/// A form over several items reads them anew once all have answered what was asked of them.
pub fn follow(state: &mut State) -> Option<Effect> {
    let revision = state.library.drafts.revision();
    let over = state.layers.iter().find_map(|l| if let Layer::Form(form) = l { form.many() } else { None })?;
    if !is_stale(state, over.revision) || !state.batches.is_empty() || over.asked.is_some_and(|a| a.1 == revision) {
        return None;
    }
    let files = files(state, &over.items.clone());
    let generation = state.next_question();
    state.layers.iter_mut().for_each(|l| {
        if let Layer::Form(form) = l {
            form.ask_over(generation, revision);
        }
    });
    Some(Effect::LoadForms { generation, files })
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
        Outcome::Edit { label, intents } => edited(state, label, intents),
        Outcome::EditEach { label, parts } => {
            let item = |(path, intents): (Arc<str>, _)| Some((state.library.find(&path)?, intents));
            let asked = parts.into_iter().filter_map(item).collect();
            drafts::begin_each(state, label, asked)
        }
        Outcome::Run(command) => command::start(state, command),
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

/// The form's edit, in the items that it is over.
fn edited(state: &mut State, label: String, intents: Vec<Intent>) -> Vec<Effect> {
    let form =
        |l: &Layer| if let Layer::Form(form) = l { Some((form.path.clone(), form.many().cloned())) } else { None };
    let Some((path, many)) = state.layers.iter().rev().find_map(form) else { return Vec::new() };
    let items = match &many {
        Some(many) => many.items.to_vec(),
        None => state.library.find(&path).into_iter().collect(),
    };
    let effects = drafts::begin(state, label, intents, items);
    let batch = state.library.drafts.batches().last().map(|batch| batch.id).filter(|_| !effects.is_empty());
    if let (Some(batch), Some(Layer::Form(form))) = (batch, state.layers.last_mut()) {
        form.sent_as(batch);
    }
    // Where nothing was begun, the form takes back what it showed.
    if effects.is_empty() && many.is_none() { vec![load(state, &path)] } else { effects }
}

/// What was asked for does not fit: what was typed for it is not lost.
pub fn refused(state: &mut State, batch: BatchId, refused: &[(Arc<str>, String)]) {
    let [(path, reason)] = refused else { return };
    for layer in &mut state.layers {
        if let Layer::Form(form) = layer
            && form.path == *path
            && form.many().is_none()
        {
            form.refused(batch, reason);
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
    let mut counts = HashMap::<&str, usize>::new();
    for (_, row) in state.library.rows().iter() {
        for text in row.cell(role).texts().filter(|t| !t.trim().is_empty()) {
            *counts.entry(text).or_default() += 1;
        }
    }
    if let (RowField::Topics, Some(rule)) = (role, &state.profile.offerings) {
        // What offerings name is known too, as far as they have been read.
        let known =
            state.library.offerings.offerings().filter_map(|(at, _)| state.library.offerings.canonical(rule, at));
        let named: Vec<_> = known.collect();
        return ranked(counts, named.iter().flat_map(|entry| rule.topics(entry)), usize::MAX);
    }
    ranked(counts, std::iter::empty(), 20)
}

/// The most used first, no more than so many; then what is known besides.
fn ranked<'t>(counts: HashMap<&'t str, usize>, besides: impl Iterator<Item = &'t str>, most: usize) -> Vec<String> {
    let mut counts = counts;
    for text in besides {
        counts.entry(text).or_default();
    }
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    values.into_iter().take(most).map(|(text, _)| text.to_string()).collect()
}
