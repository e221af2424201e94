//! The keys, as the help lists them, and the line that searches them.

use ratatui::layout::{Position, Rect};

use super::Role;
use super::canvas::{Canvas, width};
use crate::app::State;
use crate::app::help::{HelpPane, Line, lines};
use crate::command::DIGITS;
use crate::shown::Shown;

/// Where what a command does begins.
const HELP_COLUMN: u16 = 22;

/// Draws the help; returns where the cursor stands.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State, pane: &HelpPane) -> Position {
    canvas.rule(
        Rect { height: 1, ..area },
        &Shown::from("Keys"),
        &Shown::from("type to search · esc back"),
        Role::Focus,
    );
    let typed = pane.input.text();
    let (y, room) = (area.y + 1, area.width.saturating_sub(4));
    canvas.put(area.x + 1, y, 2, &Shown::from("/ "), Role::Focus);
    canvas.put(area.x + 3, y, room, &Shown::new(&typed), Role::Text);
    let before: String = typed.chars().take(pane.input.cursor().1).collect();
    let cursor = Position { x: area.x + 3 + width(&Shown::new(&before)).min(room), y };

    let lines = lines(state, &typed);
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let top = pane.scroll.min(lines.len().saturating_sub(usize::from(list.height)));
    for (line, y) in lines.iter().skip(top).zip(list.y..list.bottom()) {
        draw_line(canvas, Rect { y, height: 1, ..list }, state, line);
    }
    if lines.is_empty() {
        canvas.put(list.x + 3, list.y, room, &Shown::from("no key or command is called that"), Role::Empty);
    }
    cursor
}

fn draw_line(canvas: &mut Canvas, line: Rect, state: &State, what: &Line) {
    let room = line.width.saturating_sub(4);
    match what {
        Line::Heading(text) => {
            canvas.put(line.x + 1, line.y, room, &Shown::new(text), Role::Heading);
        }
        Line::Text(text) => {
            canvas.put(line.x + 3, line.y, room, &Shown::from(*text), Role::Text);
        }
        Line::Digits => draw_keys(canvas, line, DIGITS.keys, "", DIGITS.help),
        Line::Command { command, place } => {
            let ways = state.keymap.ways(*command).join("  ");
            draw_keys(canvas, line, &ways, place.unwrap_or_default(), command.help());
        }
    }
}

/// Keys, what they do, and where.
fn draw_keys(canvas: &mut Canvas, line: Rect, ways: &str, place: &str, help: &str) {
    let wide = width(&Shown::new(ways)).min(line.width.saturating_sub(4));
    canvas.put(line.x + 3, line.y, wide, &Shown::new(ways), Role::Key);
    let right = Rect { width: line.width.saturating_sub(1), ..line };
    let end = canvas.put_right(right, &Shown::new(place), Role::Muted);
    let start = line.x + HELP_COLUMN.max(wide + 5);
    canvas.put(start, line.y, end.saturating_sub(start + 1), &Shown::new(help), Role::Text);
}
