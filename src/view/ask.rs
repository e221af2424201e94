//! A question over the screen, with its letters.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::{Canvas, parted};
use crate::app::ask::Ask;
use crate::shown::Shown;

/// Draws the question at the foot of `area`; long lines go on below.
pub fn draw(canvas: &mut Canvas, area: Rect, ask: &Ask) {
    let room = area.width.saturating_sub(4).max(1);
    let lines: Vec<Shown> = ask.lines.iter().flat_map(|line| parted(line, room)).collect();
    let height = (lines.len() + ask.answers.len()) as u16 + 2;
    let height = height.min(area.height);
    let inside =
        canvas.boxed(Rect { y: area.bottom() - height, height, ..area }, &Shown::new(&format!(" {} ", ask.title)));
    let mut rows = inside.y..inside.bottom();
    for (line, y) in lines.iter().zip(rows.by_ref()) {
        canvas.put(inside.x, y, inside.width, line, Role::Text);
    }
    for (answer, y) in ask.answers.iter().zip(rows) {
        canvas.put(inside.x, y, 1, &Shown::new(&answer.key.to_string()), Role::Key);
        canvas.put(inside.x + 3, y, inside.width.saturating_sub(3), &Shown::new(&answer.label), Role::Text);
    }
}
