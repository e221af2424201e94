//! The preview: the link card, then the body.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::Canvas;
use crate::app::{Layer, State};
use crate::preview::wrap;
use crate::shown::Shown;

/// Draws the rule with the title, the card and the body below it.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let has_keys = matches!(state.layers.last(), Some(Layer::Read { .. }));
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
    let lines = preview.card.lines(inside.width.saturating_sub(2) as usize).into_iter();
    let body = preview.body.lines.iter();
    for (at, line) in lines.chain(body.cloned()).skip(state.preview.scroll).take(inside.height as usize).enumerate() {
        draw_line(canvas, Rect { y: inside.y + at as u16, height: 1, ..inside }, &line);
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

fn draw_line(canvas: &mut Canvas, area: Rect, line: &wrap::Line) {
    let mut x = area.x + 1;
    for span in &line.spans {
        let room = area.right().saturating_sub(x);
        x += canvas.put(x, area.y, room, &span.text, role_of(span.role));
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
