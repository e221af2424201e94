//! The screen: `&State` in, cells out. Nothing here changes anything, and only shown text is drawn.
//!
//! One file a pane. Here: which pane stands where. Not here: colours (`theme`), what a key does (`app`), the terminal (`shell`).

mod ask;
mod bulk;
mod canvas;
mod conflicts;
mod diff;
mod everywhere;
mod facets;
mod findings;
mod footer;
pub mod form;
mod header;
mod help;
mod history;
mod list;
mod offerings;
pub mod palette;
mod pick;
mod preview;
mod review;
mod signs;
pub mod theme;
mod topics;
mod vocabulary;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::pick::Purpose;
use crate::app::state::FACET_COLUMNS;
use crate::app::{Layer, State};
use canvas::Canvas;
pub use signs::Signs;
pub use theme::{Role, Theme};

/// How things look: the theme and the signs.
#[derive(Clone, Debug)]
pub struct Look {
    pub theme: Theme,
    pub signs: Signs,
}

/// Draws the whole screen; returns where the cursor stands, if text is being typed.
pub fn draw(state: &State, look: &Look, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let mut canvas = Canvas { buf, look };
    canvas.fill(area, Role::Text);
    if area.height < 3 || area.width < 10 {
        return None;
    }
    let footer_rows = if state.is_small() { 1 } else { 2 };
    let (top, middle, bottom) = split(area, 2, footer_rows);
    let typed = footer::draw(&mut canvas, bottom, state);
    let cursor = draw_front(&mut canvas, (top, middle), state).or(typed);
    footer::draw_whole(&mut canvas, bottom, state);
    cursor
}

/// Draws what is in front; a question or a refusal stands over what was there before it.
fn draw_front(canvas: &mut Canvas, (top, middle): (Rect, Rect), state: &State) -> Option<Position> {
    match state.layers.split_last() {
        Some((Layer::Ask(ask), below)) => {
            draw_layer(canvas, (top, middle), state, below.last());
            ask::draw(canvas, middle, ask);
            None
        }
        Some((Layer::Pick(pick), below)) if pick.purpose == Purpose::Refusal => {
            draw_layer(canvas, (top, middle), state, below.last());
            pick::draw_refusal(canvas, middle, pick);
            None
        }
        _ => draw_layer(canvas, (top, middle), state, state.layers.last()),
    }
}

/// Draws the desk with this layer in front.
fn draw_layer(
    canvas: &mut Canvas,
    (top, middle): (Rect, Rect),
    state: &State,
    layer: Option<&Layer>,
) -> Option<Position> {
    match layer {
        Some(Layer::Vocabulary(pane)) => return vocabulary::draw(canvas, join(top, middle), pane, state),
        Some(Layer::Form(form)) => return form::draw(canvas, join(top, middle), form, state),
        Some(Layer::Offerings(bench)) => return offerings::draw(canvas, join(top, middle), bench),
        Some(Layer::Everywhere(screen)) => {
            everywhere::draw(canvas, join(top, middle), screen);
            return None;
        }
        Some(Layer::Review(_) | Layer::ReviewFilter { .. }) => {
            return review::draw(canvas, join(top, middle), state);
        }
        Some(Layer::Diff(pane)) => {
            diff::draw_pane(canvas, join(top, middle), pane, state);
            return None;
        }
        Some(Layer::History(pane)) => {
            history::draw(canvas, join(top, middle), pane, state);
            return None;
        }
        Some(Layer::Conflicts(pane)) => {
            conflicts::draw(canvas, join(top, middle), pane, state);
            return None;
        }
        Some(Layer::Findings(pane)) => {
            findings::draw(canvas, join(top, middle), pane, state);
            return None;
        }
        Some(Layer::Help(pane)) => return Some(help::draw(canvas, join(top, middle), state, pane)),
        _ => {}
    }
    if let [.., Layer::Vocabulary(pane), Layer::Pick(pick)] = state.layers.as_slice() {
        vocabulary::draw(canvas, join(top, middle), pane, state);
        return Some(pick::draw(canvas, middle, pick));
    }
    header::draw(canvas, top, state);
    let cursor = header::draw_filter(canvas, top, state);
    if state.reads_full() {
        preview::draw(canvas, Rect { y: top.y + 1, height: middle.height + 1, ..middle }, state);
    } else {
        desk(canvas, middle, state);
    }
    match layer {
        Some(Layer::Bulk(pane)) => bulk::draw(canvas, middle, pane, state),
        Some(Layer::Topics(picker)) => Some(topics::draw(canvas, middle, picker)),
        Some(Layer::Pick(pick)) => Some(pick::draw(canvas, middle, pick)),
        Some(Layer::Facets(pane)) if !state.is_wide() => {
            let width = 40.min(middle.width);
            facets::draw_overlay(canvas, Rect { width, ..middle }, state, pane);
            None
        }
        _ => cursor,
    }
}

fn desk(canvas: &mut Canvas, area: Rect, state: &State) {
    let mut main = area;
    if state.is_wide() {
        let column = Rect { width: FACET_COLUMNS, ..area };
        facets::draw_column(canvas, column, state);
        main = Rect { x: area.x + FACET_COLUMNS + 1, width: area.width - FACET_COLUMNS - 1, ..area };
    }
    let list_height = (state.queue.height as u16).min(main.height);
    list::draw(canvas, Rect { height: list_height, ..main }, state);
    if state.shows_preview() && main.height > list_height {
        let below = Rect { y: main.y + list_height, height: main.height - list_height, ..main };
        preview::draw(canvas, below, state);
    }
}

fn split(area: Rect, top: u16, bottom: u16) -> (Rect, Rect, Rect) {
    let middle = area.height.saturating_sub(top + bottom);
    (
        Rect { height: top, ..area },
        Rect { y: area.y + top, height: middle, ..area },
        Rect { y: area.y + top + middle, height: bottom, ..area },
    )
}

fn join(above: Rect, below: Rect) -> Rect {
    Rect { height: above.height + below.height, ..above }
}
