//! Moving: the same keys step through whatever is in front.

use crate::app::{Effect, Layer, State, help};
use crate::command::Command;

use super::{conflicts, facets, forms, history, look, offerings, pickers, review};

/// One row, line or item down or up.
pub fn step(state: &mut State, by: isize) -> Vec<Effect> {
    let command = if by > 0 { Command::Down } else { Command::Up };
    go(state, by, command)
}

/// Half a page down or up.
pub fn page(state: &mut State, direction: isize) -> Vec<Effect> {
    let page = match state.layers.last() {
        None => state.queue.height,
        Some(_) => usize::from(state.height),
    };
    let by = direction * (page / 2).max(1) as isize;
    let command = if direction > 0 { Command::PageDown } else { Command::PageUp };
    go(state, by, command)
}

/// To the first.
pub fn first(state: &mut State) -> Vec<Effect> {
    go(state, isize::MIN / 2, Command::First)
}

/// To the last.
pub fn last(state: &mut State) -> Vec<Effect> {
    go(state, isize::MAX / 2, Command::Last)
}

fn go(state: &mut State, by: isize, command: Command) -> Vec<Effect> {
    let (preview_height, main_height) = (state.preview.height, usize::from(state.height).saturating_sub(4));
    match state.layers.last_mut() {
        None => state.queue.step(by),
        Some(Layer::Read { .. }) => {
            let lines = state.preview.shown.as_ref().map_or(0, |p| look::lines_of(p).saturating_sub(preview_height));
            state.preview.scroll = state.preview.scroll.saturating_add_signed(by).min(lines);
        }
        Some(Layer::Form(_)) => return forms::run(state, command),
        Some(Layer::Pick(pick)) => {
            pick.step(by);
            return pickers::picked(state);
        }
        Some(Layer::Topics(picker)) => picker.step(by),
        Some(Layer::Vocabulary(pane)) => pane.step(by),
        Some(Layer::Offerings(bench)) => bench.step(by),
        Some(Layer::Everywhere(screen)) => screen.step(by),
        Some(Layer::Bulk(pane)) => pane.step(by),
        Some(Layer::Facets(_)) => facets::move_in_facets(state, by),
        Some(Layer::Findings(pane)) => pane.step(by),
        Some(Layer::Diff(diff)) => {
            let lines = diff.answer.iter().flatten().map(|d| d.lines.len()).sum::<usize>();
            diff.scroll = diff.scroll.saturating_add_signed(by).min(lines.saturating_sub(main_height));
        }
        // The file moves by j and k; pages scroll its hunks.
        Some(Layer::Review(open)) if matches!(command, Command::PageDown | Command::PageUp) => {
            let lines: usize = open.hunks().map_or(0, |found| found.hunks.iter().map(review::lines_of).sum());
            open.scroll = open.scroll.saturating_add_signed(by / 2).min(lines.saturating_sub(1));
        }
        // The batch moves by j and k; pages scroll what it changed.
        Some(Layer::History(pane)) if matches!(command, Command::PageDown | Command::PageUp) => pane.scroll_by(by / 2),
        Some(Layer::History(_)) => history::step(state, by),
        Some(Layer::Conflicts(_)) => conflicts::step(state, by),
        Some(Layer::Review(open)) => review::step(open, by),
        Some(Layer::Help(_)) => help::scroll(state, by),
        Some(Layer::MarkBy(_) | Layer::Find(_) | Layer::Filter { .. } | Layer::ReviewFilter { .. } | Layer::Ask(_)) => {
        }
    }
    Vec::new()
}

/// The next or previous item, from inside any pane: what is open follows.
pub fn item(state: &mut State, by: isize) -> Vec<Effect> {
    if review::of(state).is_some() {
        return review::next_file(state, by);
    }
    state.queue.step(by);
    match state.layers.last() {
        Some(Layer::Form(_)) => {
            state.layers.pop();
            forms::open_this(state)
        }
        Some(Layer::Diff(_)) => {
            state.layers.pop();
            look::open_diff(state)
        }
        Some(Layer::Offerings(_)) => offerings::next_item(state),
        Some(Layer::Read { .. }) => look::preview_now(state),
        _ => Vec::new(),
    }
}
