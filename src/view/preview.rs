//! The preview: the link card, then the body.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::Canvas;
use crate::app::{Layer, State};
use crate::preview::wrap;
use crate::shown::Shown;

/// Draws the rule with the title, the card and the body below it.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let has_keys = matches!(state.layers.last(), Some(Layer::Read { .. } | Layer::Find(_)));
    let role = if has_keys { Role::Focus } else { Role::Title };
    let title = match &state.preview.shown {
        Some(preview) => state.library.find(&preview.path).map(|id| Shown::new(state.library.row(id).title())),
        None => state.current_row().map(|row| Shown::new(row.title())),
    };
    let note = note(state);
    canvas.rule(Rect { height: 1, ..area }, &title.unwrap_or_default(), &note, role);
    let inside = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if let Some(problem) = &state.preview.problem {
        canvas.put(area.x + 1, inside.y, inside.width.saturating_sub(1), &Shown::new(problem), Role::Error);
        return;
    }
    let Some(preview) = &state.preview.shown else { return };
    let card = preview.card.lines(inside.width.saturating_sub(2) as usize);
    let above = card.len();
    let lines = card.into_iter().chain(preview.body.lines.iter().cloned()).enumerate();
    for (y, (at, line)) in (inside.y..inside.bottom()).zip(lines.skip(state.preview.scroll)) {
        let matched = at.checked_sub(above).map(|at| matched(state, at)).unwrap_or_default();
        draw_line(canvas, Rect { y, height: 1, ..inside }, &line, &matched);
    }
}

fn note(state: &State) -> Shown {
    let queue = &state.queue;
    let Some(preview) = &state.preview.shown else { return Shown::default() };
    let held = state.library.find(&preview.path).and_then(|id| queue.found.items.iter().position(|i| *i == id));
    match held {
        Some(at) => Shown::new(&format!("{} of {}", at + 1, queue.found.items.len())),
        None => Shown::default(),
    }
}

/// The characters of a line of the body that are looked for.
fn matched(state: &State, line: usize) -> Vec<usize> {
    let Some(Layer::Find(pane)) = state.layers.last() else { return Vec::new() };
    let places = pane.found.iter().flat_map(|found| &found.places);
    places.filter(|(at, _)| *at == line).flat_map(|(_, characters)| characters.clone()).collect()
}

fn draw_line(canvas: &mut Canvas, area: Rect, line: &wrap::Line, matched: &[usize]) {
    let (mut x, mut from) = (area.x + 1, 0);
    for span in &line.spans {
        let room = area.right().saturating_sub(x);
        let to = from + span.text.as_str().chars().count();
        let here: Vec<usize> = matched.iter().filter(|at| (from..to).contains(at)).map(|at| at - from).collect();
        x += canvas.put_matched(x, area.y, room, &span.text, role_of(span.role), &here);
        from = to;
    }
}

fn role_of(role: wrap::Role) -> Role {
    match role {
        wrap::Role::Text => Role::Text,
        wrap::Role::Strong => Role::Strong,
        wrap::Role::Emphasis => Role::Emphasis,
        wrap::Role::Code => Role::Code,
        wrap::Role::Link => Role::Link,
        wrap::Role::Heading => Role::Heading,
        wrap::Role::Quote => Role::Quote,
        _ => Role::Muted,
    }
}
