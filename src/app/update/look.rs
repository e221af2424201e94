//! Looking: the preview, links, one item's diff, the help, and the way back.

use std::sync::Arc;

use crate::app::event::Previewed;
use crate::app::help::HelpPane;
use crate::app::layer::DiffPane;
use crate::app::pick::{Choice, Chosen, Pick, Purpose};
use crate::app::{Effect, Layer, State};
use crate::command::Command;
use crate::content::diff::Diff;
use crate::library::RowField;

use super::{drafts, find, forms, learning, pickers, reading, review};

/// Asks for the preview of the item under the cursor, where another one is shown: after a moment's rest, so that it is held
/// while the cursor moves.
pub fn follow(state: &mut State) -> Option<Effect> {
    if !state.shows_preview() && !state.reads_full() {
        return None;
    }
    let Some(path) = state.current_row().map(|row| row.path.clone()) else {
        // Nothing is shown: neither is anybody's text.
        state.preview.shown = None;
        state.preview.asked = None;
        return None;
    };
    let wanted = (path.clone(), state.library.drafts.stamp(&path), state.preview.width);
    if state.preview.asked.as_ref() == Some(&wanted) {
        return None;
    }
    let first = state.preview.asked.is_none();
    state.preview.asked = Some(wanted);
    state.preview.generation += 1;
    if first {
        return preview_effect(state);
    }
    Some(Effect::Rest { generation: state.preview.generation })
}

/// The cursor has rested: the preview may follow.
pub fn rested(state: &mut State, generation: u64) -> Vec<Effect> {
    if generation != state.preview.generation {
        return Vec::new();
    }
    preview_effect(state).into_iter().collect()
}

/// The preview at once, for one who reads.
pub fn preview_now(state: &mut State) -> Vec<Effect> {
    state.preview.asked = None;
    follow(state).into_iter().collect()
}

fn preview_effect(state: &State) -> Option<Effect> {
    let item = learning::asked(state, &[state.current()?]).pop()?;
    Some(Effect::Preview { generation: state.preview.generation, item, width: state.preview.width })
}

/// Takes the preview's answer.
pub fn previewed(state: &mut State, generation: u64, answer: Result<Previewed, String>) -> Vec<Effect> {
    if generation != state.preview.generation {
        return Vec::new();
    }
    let before = state.preview.shown.take().map(|p| p.path);
    match answer {
        Ok(mut preview) => {
            hold_digits(state, &mut preview);
            if before.as_ref() != Some(&preview.path) {
                state.preview.scroll = 0;
            }
            state.preview.problem = None;
            state.preview.shown = Some(preview);
            reading::look(state);
        }
        Err(reason) => {
            // What a list says of a file that is gone says more than that it is not there.
            let waits = state.current_row().filter(|row| row.is_waiting()).and_then(|row| row.problem.as_deref());
            state.preview.problem = Some(waits.map_or(reason, str::to_string));
        }
    }
    Vec::new()
}

/// Digits that were used on an item keep their topics as long as its card is shown.
fn hold_digits(state: &mut State, preview: &mut Previewed) {
    state.learning.held.take_if(|(path, _)| *path != preview.path);
    if let Some((_, topics)) = &state.learning.held {
        preview.card.suggest(topics.clone(), state.preview.width as usize);
    }
}

/// How many lines a preview has, its card included.
pub fn lines_of(preview: &Previewed) -> usize {
    preview.body.lines.len() + preview.card.height()
}

/// The preview in full size.
pub fn read(state: &mut State) -> Vec<Effect> {
    state.layers.push(Layer::Read { full: true });
    state.fit();
    preview_now(state)
}

/// Shows or hides the preview beside the list.
pub fn toggle_preview(state: &mut State) -> Vec<Effect> {
    state.preview.hidden = !state.preview.hidden;
    state.fit();
    Vec::new()
}

/// The keys go to the next pane.
pub fn next_pane(state: &mut State) -> Vec<Effect> {
    match state.layers.last() {
        None if state.shows_preview() => state.layers.push(Layer::Read { full: false }),
        None => return read(state),
        Some(Layer::Read { full: false }) => {
            state.layers.pop();
        }
        _ => {}
    }
    Vec::new()
}

/// Opens the source link.
pub fn open_link(state: &mut State) -> Vec<Effect> {
    let url = state.current_row().map(|r| r.text(RowField::Url).to_string());
    url.into_iter().map(|url| Effect::Open { url }).collect()
}

/// Copies the source link.
pub fn copy_link(state: &mut State) -> Vec<Effect> {
    let text = state.current_row().map(|r| r.text(RowField::Url).to_string());
    text.into_iter().map(|text| Effect::Copy { text }).collect()
}

/// Lists the links of the body.
pub fn open_body_link(state: &mut State) -> Vec<Effect> {
    let links = state.preview.shown.iter().flat_map(|p| p.body.links.iter().enumerate());
    let choice = |(at, link): (usize, &crate::preview::Link)| Choice {
        label: format!("{} {} {}", at + 1, link.text, link.target),
        note: String::new(),
        disabled: None,
        value: Chosen::Link(link.target.clone()),
    };
    let choices = links.map(choice).collect();
    let before = state.queue.filter.text();
    state.layers.push(Layer::Pick(Pick::new(Purpose::Links, choices, before)));
    Vec::new()
}

/// One item's diff.
pub fn open_diff(state: &mut State) -> Vec<Effect> {
    let Some(row) = state.current_row() else { return Vec::new() };
    let path = row.path.clone();
    state.layers.push(Layer::Diff(DiffPane { path: path.clone(), answer: None, scroll: 0 }));
    vec![Effect::Diff(state.library.drafts.file(&path))]
}

/// Takes a diff's answer.
pub fn diffed(state: &mut State, path: &Arc<str>, answer: Result<Diff, String>) -> Vec<Effect> {
    for layer in &mut state.layers {
        if let Layer::Diff(pane) = layer
            && pane.path == *path
        {
            pane.answer = Some(answer);
            break;
        }
    }
    Vec::new()
}

/// The keys that work here, then all.
pub fn open_help(state: &mut State) -> Vec<Effect> {
    state.layers.push(Layer::Help(HelpPane::default()));
    Vec::new()
}

/// One layer back. Nothing is lost by it.
pub fn back(state: &mut State) -> Vec<Effect> {
    match state.layers.last() {
        None => back_on_the_desk(state),
        Some(Layer::Form(_)) => forms::run(state, Command::Back),
        Some(Layer::Filter { before }) => {
            let before = before.clone();
            state.layers.pop();
            find::set_filter(state, &before)
        }
        Some(Layer::Pick(_) | Layer::Facets(_)) => pickers::leave(state),
        Some(Layer::Topics(_)) => super::topics::leave(state),
        Some(Layer::Vocabulary(_)) => super::vocabulary::back(state),
        Some(Layer::Offerings(_)) => super::offerings::run(state, Command::Back),
        Some(Layer::Bulk(_)) => super::bulk::back(state),
        Some(Layer::ReviewFilter { before }) => {
            let before = before.clone();
            state.layers.pop();
            review::set_filter(state, &before)
        }
        Some(Layer::Review(review)) if review.writing.is_some() => review::stop(state),
        Some(Layer::Review(review)) if review.hunk.is_some() => review::into_hunks(state),
        Some(_) => {
            state.layers.pop();
            state.fit();
            Vec::new()
        }
    }
}

fn back_on_the_desk(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = drafts::stop(state) {
        return effects;
    }
    if state.queue.range_from.take().is_some() {
        state.say("the range is left");
    } else if !state.queue.filter.is_empty() {
        state.say("the filter stays: / and ctrl-u clear it");
    } else {
        state.say("this is the desk: q quits, ? shows the keys");
    }
    Vec::new()
}
