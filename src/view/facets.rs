//! The facets: groups of values with counts; choosing one writes a term into the filter line.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::Canvas;
use crate::app::event::Facet;
use crate::app::layer::FacetPane;
use crate::app::{Layer, State};
use crate::library::facets::{Bucket, FacetValue};
use crate::search::{Query, groups};
use crate::shown::Shown;

const SHOWN_VALUES: usize = 5;

enum Line<'f> {
    Group(&'f Facet),
    /// A value, its number among all, and whether it is asked for or left out.
    Value(&'f FacetValue, usize, Option<bool>),
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
    let filter = Query::parse(&state.queue.filter.text());
    let lines = lines(facets, cursor, |facet| groups::said(&filter, &facet.by, &state.spec));
    let at_cursor = lines.iter().position(|l| matches!(l, Line::Value(_, at, _) if Some(*at) == cursor)).unwrap_or(0);
    let top = (at_cursor + 2).saturating_sub(area.height as usize);
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
            Line::Value(value, number, chosen) => {
                draw_value(canvas, place, value, *chosen);
                if Some(*number) == cursor {
                    canvas.lay(place, Role::Cursor);
                }
            }
        }
    }
}

fn draw_value(canvas: &mut Canvas, place: Rect, value: &FacetValue, chosen: Option<bool>) {
    let count = Rect { width: place.width.saturating_sub(1), ..place };
    let x = canvas.put_right(count, &Shown::new(&value.count.to_string()), Role::Count);
    if let Some(asked_for) = chosen {
        let sign = Shown::from(if asked_for { canvas.look.signs.here } else { "!" });
        canvas.put(place.x + 1, place.y, 1, &sign, Role::Marked);
    }
    let role = if value.bucket.is_value() { Role::Text } else { Role::Empty };
    let room = x.saturating_sub(place.x + 4);
    let label = value.bucket.label();
    let text = match label.split_once(": ") {
        Some((_, short)) if label.chars().count() > room as usize => short,
        _ => label,
    };
    canvas.put(place.x + 3, place.y, room, &Shown::new(text), role);
}

/// Groups with their values; one without the cursor shows its first few, those that were chosen before all others.
fn lines<'f>(
    facets: &'f [Facet],
    cursor: Option<usize>,
    said: impl Fn(&Facet) -> Vec<(Bucket, bool)>,
) -> Vec<Line<'f>> {
    let mut lines = Vec::new();
    let mut number = 0;
    for facet in facets {
        let count = facet.values.len();
        let has_cursor = cursor.is_some_and(|c| (number..number + count).contains(&c));
        let shown = if has_cursor { count } else { count.min(SHOWN_VALUES) };
        let said = said(facet);
        let chosen = |value: &FacetValue| said.iter().find(|(bucket, _)| *bucket == value.bucket).map(|(_, how)| *how);
        let values = facet.values.iter().enumerate().map(|(at, value)| (value, number + at, chosen(value)));
        let mut values: Vec<_> = values.collect();
        if !has_cursor {
            values.sort_by_key(|(.., chosen)| chosen.is_none());
        }
        lines.push(Line::Group(facet));
        lines.extend(values.into_iter().take(shown).map(|(value, number, chosen)| Line::Value(value, number, chosen)));
        if shown < count {
            lines.push(Line::More(count - shown));
        }
        number += count;
    }
    lines
}
