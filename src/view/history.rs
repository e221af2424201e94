//! The history: a row a batch, the newest first, and what the one under the cursor changed.

use ratatui::layout::Rect;

use super::canvas::{Canvas, width};
use super::{Role, diff};
use crate::app::State;
use crate::app::history::{Entry, HistoryPane, Stands, ago};
use crate::shown::Shown;

/// Draws it over the whole screen.
pub fn draw(canvas: &mut Canvas, area: Rect, pane: &HistoryPane, state: &State) {
    let entries = pane.entries(state);
    let note = match &pane.past {
        None => Shown::from("reading…"),
        Some(_) => Shown::new(&format!("{} batches", entries.len())),
    };
    canvas.rule(Rect { height: 1, ..area }, &Shown::from("History"), &note, Role::Focus);
    let inside = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if let (true, Some(Ok(_))) = (entries.is_empty(), &pane.past) {
        canvas.put(inside.x + 1, inside.y, inside.width, &Shown::from("Nothing has been done here yet"), Role::Empty);
        return;
    }
    let rows = match pane.shown {
        Some(_) => (entries.len() as u16).clamp(1, (inside.height / 3).max(3)),
        None => inside.height,
    };
    let list = Rect { height: rows.min(inside.height), ..inside };
    let top = (pane.cursor + 1).saturating_sub(list.height as usize);
    for (at, entry) in entries.iter().enumerate().skip(top).take(list.height as usize) {
        let line = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        draw_entry(canvas, line, entry, state.now);
        if at == pane.cursor {
            canvas.lay(line, Role::Cursor);
        }
    }
    if let Some((_, changed)) = &pane.shown {
        let below = Rect { y: list.bottom(), height: inside.height - list.height, ..inside };
        draw_changed(canvas, below, pane, changed.as_ref().map_err(String::as_str));
    }
}

fn draw_changed(
    canvas: &mut Canvas,
    area: Rect,
    pane: &HistoryPane,
    changed: Result<&crate::content::diff::Diff, &str>,
) {
    canvas.rule(Rect { height: 1, ..area }, &Shown::from("What it changed"), &Shown::default(), Role::Title);
    let inside = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    match changed {
        Ok(changed) => diff::draw(canvas, inside, changed, pane.scroll),
        Err(reason) => {
            canvas.put(inside.x + 1, inside.y, inside.width.saturating_sub(2), &Shown::new(reason), Role::Error);
        }
    }
}

/// State, when, how many items, what: the state is a sign as well as words.
fn draw_entry(canvas: &mut Canvas, line: Rect, entry: &Entry, now: u64) {
    let (sign, role) = match entry.stands {
        Stands::Unwritten => (canvas.look.signs.draft, Role::Draft),
        Stands::Written => (" ", Role::Text),
        Stands::Undone | Stands::TakenBack => (canvas.look.signs.skip, Role::Muted),
    };
    canvas.put(line.x + 1, line.y, 1, &Shown::from(sign), role);
    let items = if entry.items == 1 { "1 item".to_string() } else { format!("{} items", entry.items) };
    let when = ago(entry.when, now);
    let note = [entry.state.as_str(), &items, &when].into_iter().filter(|part| !part.is_empty());
    let note = Shown::new(&note.collect::<Vec<_>>().join(" · "));
    let room = line.width.saturating_sub(5);
    let note_room = width(&note).min(room.saturating_sub(16));
    let right = Rect { x: line.x + line.width - 1 - note_room, width: note_room, ..line };
    let x = canvas.put_right(right, &note, Role::Muted);
    let role = if role == Role::Muted { Role::Muted } else { Role::Text };
    canvas.put(line.x + 3, line.y, x.saturating_sub(line.x + 4), &Shown::new(&entry.label), role);
}
