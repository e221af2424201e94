//! Where the curator stands and what is being typed go to the journal: at most a moment of it is lost with the program.
//!
//! A moment after the first key that may have changed something, what has changed is told; without keys no clock runs. Here: what is told
//! and when. Not here: how long a moment is (`shell::threads`), and how it comes back (`rows`, `forms`).

use crate::app::form::{Form, Target};
use crate::app::{Effect, Event, Layer, State};
use crate::library::{Marks, PlaceInQueue, Record, Unfinished};

/// Takes note of what happens: a key may change what is to be kept.
pub fn note(state: &mut State, event: &Event) {
    if matches!(event, Event::Key(_) | Event::Paste(_)) {
        state.keeping.touched = true;
        state.restore.pressed = true;
    }
}

/// The clock runs while there may be something to tell, or the disk has not taken what was told; a text that is typed no more is told at once.
pub fn follow(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    if state.read_only.is_some() {
        return effects;
    }
    let is_over = |state: &State| form_typed_in(state).is_none() && state.restore.typing.is_none();
    if state.keeping.typing.is_some() && is_over(state) {
        state.keeping.typing = None;
        effects.push(Effect::Journal(vec![Record::Typing(None)]));
    }
    let to_tell = state.keeping.touched || !state.safety.holds_all();
    if to_tell && !state.keeping.clock {
        (state.keeping.touched, state.keeping.clock) = (false, true);
        effects.push(Effect::Keep);
    }
    effects
}

/// The moment is over.
pub fn keep(state: &mut State) -> Vec<Effect> {
    state.keeping.clock = false;
    state.safety.tick();
    now(state)
}

/// Tells what has changed since it was told last.
pub fn now(state: &mut State) -> Vec<Effect> {
    if state.read_only.is_some() {
        return Vec::new();
    }
    let mut records = Vec::new();
    let place = place(state);
    if place != state.keeping.place {
        state.keeping.place = place.clone();
        records.push(Record::Place(place));
    }
    if state.keeping.marks.revision() != state.library.marks.revision() {
        let (was, is) = (&state.keeping.marks, &state.library.marks);
        let (on, off) = (only_in(state, is, was), only_in(state, was, is));
        if !on.is_empty() || !off.is_empty() {
            records.push(Record::Marked { on, off });
        }
        state.keeping.marks = state.library.marks.clone();
    }
    let typing = typing(state).or_else(|| state.restore.typing.clone());
    if typing != state.keeping.typing {
        state.keeping.typing.clone_from(&typing);
        records.push(Record::Typing(typing));
    }
    if records.is_empty() { Vec::new() } else { vec![Effect::Journal(records)] }
}

fn only_in(state: &State, these: &Marks, those: &Marks) -> Vec<String> {
    these.iter().filter(|id| !those.contains(*id)).map(|id| state.library.row(id).path.to_string()).collect()
}

fn place(state: &State) -> PlaceInQueue {
    let queue = &state.queue;
    let typed = state.layers.iter().find_map(|l| if let Layer::Filter { before } = l { Some(before) } else { None });
    // Until the row comes that the cursor stood on, it stands there still.
    let item = match &state.restore.item {
        Some(item) => Some(item.clone()),
        None => state.current_row().map(|row| row.path.to_string()),
    };
    PlaceInQueue {
        filter: typed.cloned().unwrap_or_else(|| queue.filter.text()),
        item,
        marks: None,
        sort: queue.sort.clone(),
        at: queue.cursor,
        above: queue.cursor.saturating_sub(queue.top),
    }
}

fn form_typed_in(state: &State) -> Option<&Form> {
    let form = |l: &Layer| if let Layer::Form(form) = l { form.editing().is_some() } else { false };
    match state.layers.iter().rfind(|l| form(l))? {
        Layer::Form(form) => Some(form),
        _ => None,
    }
}

/// What is being typed, where anything was.
fn typing(state: &State) -> Option<Unfinished> {
    let form = form_typed_in(state)?;
    let editing = form.editing().filter(|editing| editing.is_touched())?;
    let (field, entry) = match &editing.target {
        Target::Field(field) => (field.clone(), false),
        Target::Entry(list) => (list.clone(), true),
    };
    let item = form.many().is_none().then(|| form.path.to_string());
    Some(Unfinished { item, field, entry, text: editing.input.text() })
}
