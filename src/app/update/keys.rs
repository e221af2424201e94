//! A key press or a paste: to the command it means here, or into the text being typed.

use super::{bulk, command, find, forms, marks, pickers, reading, review};
use crate::app::offerings::Side;
use crate::app::{Effect, Layer, State, input};
use crate::command::{Code, Command, DIGITS, Key, Mode};
use crate::content::counted::count;

/// Takes a key. Keys that act wait for the answer of the filter they stand behind.
pub fn press(state: &mut State, key: Key) -> Vec<Effect> {
    state.message.iter_mut().for_each(|message| message.new = false);
    let goes_back = state.keymap.command(state.mode(), key) == Some(Command::Back);
    if state.form_for.is_some() && goes_back {
        return forms::stop(state);
    }
    if waits(state, key) {
        state.queue.held.push_back(key);
        return Vec::new();
    }
    act(state, key)
}

/// Keys that were held are taken in order, until one asks the filter anew.
pub fn release(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    while !state.queue.holds && !chooses_later(state) {
        let Some(&key) = state.queue.held.front() else { break };
        if forms::waits(state, state.keymap.command(state.mode(), key)) {
            break;
        }
        state.queue.held.pop_front();
        effects.extend(act(state, key));
    }
    effects
}

fn waits(state: &State, key: Key) -> bool {
    let command = state.keymap.command(state.mode(), key);
    let quits = matches!(command, Some(Command::Quit | Command::QuitNow));
    let waits_for_form = forms::waits(state, command);
    if waits_for_form || forms::waits(state, Some(Command::AsItWas)) && !state.queue.held.is_empty() {
        return !quits;
    }
    // Letters go where text is typed; what chooses waits for what there is to choose from, and what is typed after it waits too.
    if chooses_later(state) {
        return !quits && (key.code == Code::Enter || !state.queue.held.is_empty());
    }
    state.queue.holds && !quits && !state.mode().types_text()
}

/// Whether what enter would choose is not there yet.
fn chooses_later(state: &State) -> bool {
    bulk::waits(state) || marks::waits(state)
}

fn act(state: &mut State, key: Key) -> Vec<Effect> {
    let mode = state.mode();
    match state.keymap.command(mode, key) {
        Some(command) => command::start(state, command),
        None if mode.types_text() => typed(state, key),
        None => unknown(state, key),
    }
}

fn unknown(state: &mut State, key: Key) -> Vec<Effect> {
    if let (Mode::Ask, Some(letter)) = (state.mode(), key.typed()) {
        return super::editor::answered(state, letter);
    }
    if let Some(number @ '1'..='9') = key.typed()
        && DIGITS.modes.contains(&state.mode())
    {
        return super::topics::toggle_digit(state, number as usize - '1' as usize);
    }
    let help = state.keymap.key_in(Command::Help, state.mode()).map(|k| format!(" · {k} shows the keys"));
    state.say(format!("{key} does nothing here{}", help.unwrap_or_default()));
    Vec::new()
}

fn typed(state: &mut State, key: Key) -> Vec<Effect> {
    if let Some(Layer::Form(form)) = state.layers.last_mut() {
        let outcome = form.key(key);
        return forms::outcome(state, outcome);
    }
    match state.layers.last_mut() {
        Some(Layer::Find(pane)) => {
            if pane.input.key(key) {
                reading::look(state);
            }
            Vec::new()
        }
        Some(Layer::Filter { .. }) => {
            let before = state.queue.filter.text();
            state.queue.filter.key(key);
            if state.queue.filter.text() == before { Vec::new() } else { find::ask(state) }
        }
        Some(Layer::ReviewFilter { .. }) => {
            let review = review::of(state);
            if review.is_some_and(|review| review.filter.key(key)) { review::narrow(state) } else { Vec::new() }
        }
        Some(Layer::Pick(pick)) => {
            if pick.input.key(key) {
                pick.narrow();
            }
            pickers::picked(state)
        }
        Some(Layer::MarkBy(line)) => {
            line.input.key(key);
            Vec::new()
        }
        Some(Layer::Bulk(pane)) => {
            pane.key(key);
            state.message = None;
            Vec::new()
        }
        Some(Layer::Help(pane)) => {
            pane.key(key);
            Vec::new()
        }
        Some(Layer::Topics(picker)) => {
            if picker.input.key(key) {
                picker.narrow();
            }
            Vec::new()
        }
        Some(Layer::Vocabulary(pane)) => {
            pane.typed(|input| input.key(key));
            Vec::new()
        }
        Some(Layer::Offerings(bench)) => {
            if bench.add.input.key(key) {
                bench.add.narrow();
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Takes pasted text: into what is being typed, nowhere else. A paste never acts.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    let effects = pasted(state, text);
    let left_out = input::left_out(text);
    if left_out > 0 && state.mode().types_text() {
        state.say(format!("{} that a terminal would obey left out of the paste", count(left_out, "character")));
    }
    effects
}

fn pasted(state: &mut State, text: &str) -> Vec<Effect> {
    match state.layers.last_mut() {
        Some(Layer::Find(pane)) => {
            pane.input.paste(text);
            reading::look(state);
            Vec::new()
        }
        Some(Layer::Filter { .. }) => {
            state.queue.filter.paste(text);
            find::ask(state)
        }
        Some(Layer::ReviewFilter { .. }) => {
            review::of(state).into_iter().for_each(|review| review.filter.paste(text));
            review::narrow(state)
        }
        Some(Layer::Pick(pick)) => {
            pick.input.paste(text);
            pick.narrow();
            pickers::picked(state)
        }
        Some(Layer::MarkBy(line)) => {
            line.input.paste(text);
            Vec::new()
        }
        Some(Layer::Bulk(pane)) => {
            if let Some(input) = pane.input() {
                input.paste(text);
            }
            pane.typed();
            Vec::new()
        }
        Some(Layer::Help(pane)) => {
            pane.paste(text);
            Vec::new()
        }
        Some(Layer::Topics(picker)) => {
            picker.paste(text);
            Vec::new()
        }
        Some(Layer::Vocabulary(pane)) if pane.is_typing() => {
            pane.typed(|input| {
                input.paste(text);
                true
            });
            Vec::new()
        }
        Some(Layer::Offerings(bench)) if bench.side != Side::Held => {
            bench.add.paste(text);
            Vec::new()
        }
        Some(Layer::Form(form)) if form.is_typing() => {
            form.paste(text);
            Vec::new()
        }
        _ => {
            state.say("pasted text is taken where text is typed: press / first, or edit a field");
            Vec::new()
        }
    }
}
