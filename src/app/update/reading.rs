//! Inside the text that is read: words looked for, headings jumped to.

use crate::app::layer::FindPane;
use crate::app::pick::{Choice, Chosen, Pick, Purpose};
use crate::app::{Effect, Layer, State};

/// Begins to look for words.
pub fn open_find(state: &mut State) -> Vec<Effect> {
    let from = state.preview.scroll;
    state.layers.push(Layer::Find(FindPane { from, ..FindPane::default() }));
    Vec::new()
}

/// The words have changed, or the text was laid out anew: shows the first place from where the reader stood on.
pub fn look(state: &mut State) {
    let Some(Layer::Find(pane)) = state.layers.last_mut() else { return };
    let Some(preview) = &state.preview.shown else { return };
    pane.found = preview.body.find(&pane.input.text());
    let card = preview.card.height();
    let line = |at: usize| pane.found[at].places.first().map_or(0, |(line, _)| line + card);
    pane.at = (0..pane.found.len()).find(|at| line(*at) >= pane.from).unwrap_or(0);
    match pane.found.is_empty() {
        true => state.preview.scroll = pane.from,
        false => show_match(state),
    }
}

/// The next place, or with -1 the one before; from the last on to the first.
pub fn step(state: &mut State, by: isize) -> Vec<Effect> {
    if let Some(Layer::Find(pane)) = state.layers.last_mut()
        && !pane.found.is_empty()
    {
        pane.at = (pane.at as isize + by).rem_euclid(pane.found.len() as isize) as usize;
        show_match(state);
    }
    Vec::new()
}

fn show_match(state: &mut State) {
    let Some(Layer::Find(pane)) = state.layers.last() else { return };
    if let Some((line, _)) = pane.found.get(pane.at).and_then(|found| found.places.first()) {
        show_line(state, *line);
    }
}

/// Scrolls only as far as needed for a line of the body to be seen, with a few lines around it.
pub fn show_line(state: &mut State, line: usize) {
    let Some(preview) = &state.preview.shown else { return };
    let (line, height) = (line + preview.card.height(), state.preview.height.max(1));
    let around = (height / 4).min(3);
    let (top, bottom) = (line.saturating_sub(around), line + around + 1);
    let scroll = &mut state.preview.scroll;
    *scroll = (*scroll).min(top).max(bottom.saturating_sub(height));
}

/// The headings of the text, to jump to one.
pub fn open_outline(state: &mut State) -> Vec<Effect> {
    let headings = state.preview.shown.iter().flat_map(|preview| &preview.body.headings);
    let choice = |heading: &crate::preview::wrap::Heading| Choice {
        label: format!("{}{}", "  ".repeat(usize::from(heading.level.saturating_sub(1))), heading.text.as_str()),
        note: String::new(),
        disabled: None,
        value: Chosen::Row(heading.line),
    };
    let choices = headings.map(choice).collect();
    let before = state.queue.filter.text();
    state.layers.push(Layer::Pick(Pick::new(Purpose::Headings, choices, before)));
    Vec::new()
}
