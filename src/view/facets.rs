//! The facets: groups of values with counts; choosing one writes a term into the filter line.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::Canvas;
use crate::app::event::Facet;
use crate::app::layer::FacetPane;
use crate::app::{Layer, State};
use crate::library::facets::{Bucket, FacetValue};
use crate::search::Query;
use crate::shown::Shown;

const SHOWN_VALUES: usize = 5;

enum Line<'f> {
    Group(&'f Facet),
    Value(&'f FacetValue, usize),
    More(usize),
}

/// The column beside the list: as many groups as fit, five values each, all of the group under the cursor.
pub fn draw_column(canvas: &mut Canvas, area: Rect, state: &State) {
    let pane = match state.layers.last() {
        Some(Layer::Facets(pane)) => Some(pane),
        _ => None,
    };
    for y in area.top()..area.bottom() {
        let bar = Shown::from(canvas.look.signs.bar);
        canvas.put(area.right(), y, 1, &bar, Role::Border);
    }
    draw(canvas, area, state, pane);
}

/// The facets over the list, where there is no room beside it.
pub fn draw_overlay(canvas: &mut Canvas, area: Rect, state: &State, pane: &FacetPane) {
    let inside = canvas.boxed(area, &Shown::from(" Facets "));
    draw(canvas, inside, state, Some(pane));
}

fn draw(canvas: &mut Canvas, area: Rect, state: &State, pane: Option<&FacetPane>) {
    let facets = &state.queue.found.facets;
    let cursor = pane.map(|p| p.cursor);
    let lines = lines(facets, cursor);
    let at_cursor = lines.iter().position(|l| matches!(l, Line::Value(_, at) if Some(*at) == cursor)).unwrap_or(0);
    let top = (at_cursor + 2).saturating_sub(area.height as usize);
    let filter = Query::parse(&state.queue.filter.text());
    for (at, line) in lines.iter().skip(top).take(area.height as usize).enumerate() {
        let place = Rect { y: area.y + at as u16, height: 1, ..area };
        match line {
            Line::Group(facet) => {
                canvas.put(
                    place.x + 1,
                    place.y,
                    place.width.saturating_sub(2),
                    &Shown::new(&facet.name),
                    Role::Heading,
                );
            }
            Line::More(count) => {
                canvas.put_right(
                    Rect { width: place.width.saturating_sub(1), ..place },
                    &Shown::new(&format!("+{count}")),
                    Role::Muted,
                );
            }
            Line::Value(value, number) => {
                draw_value(canvas, place, value, filter.has_term(&value.term));
                if Some(*number) == cursor {
                    canvas.lay(place, Role::Cursor);
                }
            }
        }
    }
}

fn draw_value(canvas: &mut Canvas, place: Rect, value: &FacetValue, chosen: bool) {
    let count = Rect { width: place.width.saturating_sub(1), ..place };
    let x = canvas.put_right(count, &Shown::new(&value.count.to_string()), Role::Count);
    if chosen {
        let here = Shown::from(canvas.look.signs.here);
        canvas.put(place.x + 1, place.y, 1, &here, Role::Marked);
    }
    let is_value = matches!(value.bucket, Bucket::Value(_));
    let role = if is_value { Role::Text } else { Role::Empty };
    let room = x.saturating_sub(place.x + 4);
    let label = value.bucket.label();
    let text = match label.split_once(": ") {
        Some((_, short)) if label.chars().count() > room as usize => short,
        _ => label,
    };
    canvas.put(place.x + 3, place.y, room, &Shown::new(text), role);
}

/// Groups with their values; a group without the cursor shows its first few.
fn lines(facets: &[Facet], cursor: Option<usize>) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut number = 0;
    for facet in facets {
        let count = facet.values.len();
        let has_cursor = cursor.is_some_and(|c| (number..number + count).contains(&c));
        let shown = if has_cursor { count } else { count.min(SHOWN_VALUES) };
        lines.push(Line::Group(facet));
        lines.extend(facet.values[..shown].iter().enumerate().map(|(at, v)| Line::Value(v, number + at)));
        if shown < count {
            lines.push(Line::More(count - shown));
        }
        number += count;
    }
    lines
}
