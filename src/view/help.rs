//! The keys: those that work where one came from, then all by group. Read from the command table.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::Canvas;
use crate::app::{Layer, State};
use crate::command::{Command, Group, Mode};
use crate::shown::Shown;

enum Line {
    Heading(String),
    Row { keys: String, help: &'static str },
    Text(&'static str),
}

/// Draws the help from a line on.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State, scroll: usize) {
    canvas.rule(Rect { height: 1, ..area }, &Shown::from("Keys"), &Shown::from("esc back"), Role::Focus);
    let lines = lines(state);
    let height = area.height.saturating_sub(1) as usize;
    let top = scroll.min(lines.len().saturating_sub(height));
    for (at, line) in lines.iter().skip(top).take(height).enumerate() {
        let y = area.y + 1 + at as u16;
        match line {
            Line::Heading(text) => {
                canvas.put(area.x + 1, y, area.width.saturating_sub(2), &Shown::new(text), Role::Heading);
            }
            Line::Text(text) => {
                canvas.put(area.x + 3, y, area.width.saturating_sub(4), &Shown::from(*text), Role::Text);
            }
            Line::Row { keys, help } => {
                canvas.put(area.x + 3, y, 18, &Shown::new(keys), Role::Key);
                canvas.put(area.x + 22, y, area.width.saturating_sub(23), &Shown::from(*help), Role::Text);
            }
        }
    }
}

fn lines(state: &State) -> Vec<Line> {
    let below = state.layers.iter().rev().nth(1).map_or(Mode::List, Layer::mode);
    let mut lines = vec![Line::Heading(format!("In {}", below.name()))];
    lines.extend(Command::ALL.iter().filter(|c| c.modes().contains(&below)).map(|c| row(state, *c)));
    lines.push(Line::Heading("What happens to files".to_string()));
    lines.push(Line::Text("An edit is a draft: nothing reaches the disk before the review and its y."));
    lines.push(Line::Text("A save changes the bytes of the fields you edited, and no others."));
    lines.push(Line::Text("New files, renaming and deleting files are not this program's work."));
    for group in Group::ALL {
        lines.push(Line::Heading(group.name().to_string()));
        let rows = Command::ALL.iter().filter(|c| c.group() == group && !c.modes().contains(&below));
        let before = lines.len();
        lines.extend(rows.map(|c| row(state, *c)));
        if lines.len() == before {
            lines.pop();
        }
    }
    lines
}

fn row(state: &State, command: Command) -> Line {
    Line::Row { keys: state.keymap.ways(command).join("  "), help: command.help() }
}
