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
        Some(_) if entries.len() == 1 => Shown::from("1 batch"),
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
    let columns = Columns::of(&entries, state.now);
    for (at, entry) in entries.iter().enumerate().skip(top).take(list.height as usize) {
        let line = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        draw_entry(canvas, line, entry, &columns, state.now);
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

/// How wide the columns are.
struct Columns {
    when: u16,
    items: u16,
    state: u16,
}

impl Columns {
    fn of(entries: &[Entry], now: u64) -> Columns {
        let widest =
            |of: &dyn Fn(&Entry) -> String| entries.iter().map(|e| width(&Shown::new(&of(e)))).max().unwrap_or(0);
        Columns { when: widest(&|e| ago(e.when, now)), items: widest(&items), state: widest(&|e| e.state.clone()) }
    }
}

fn items(entry: &Entry) -> String {
    if entry.items == 1 { "1 item ".to_string() } else { format!("{} items", entry.items) }
}

/// When, how many items, the state as a sign and in words, what.
fn draw_entry(canvas: &mut Canvas, line: Rect, entry: &Entry, columns: &Columns, now: u64) {
    let (sign, role) = match entry.stands {
        Stands::Unwritten => (canvas.look.signs.draft, Role::Draft),
        Stands::Written => (canvas.look.signs.accept, Role::Accept),
        Stands::Undone | Stands::TakenBack => (" ", Role::Muted),
    };
    let words = if role == Role::Muted { Role::Muted } else { Role::Text };
    let mut x = line.x + 1;
    canvas.put(x, line.y, 1, &Shown::from(sign), role);
    x += 2;
    canvas.put(x, line.y, columns.when, &Shown::new(&ago(entry.when, now)), Role::Muted);
    x += columns.when + u16::from(columns.when > 0) * 2;
    canvas.put_right(Rect { x, width: columns.items, ..line }, &Shown::new(&items(entry)), Role::Count);
    x += columns.items + 2;
    canvas.put(x, line.y, columns.state, &Shown::new(&entry.state), words);
    x += columns.state + 2;
    canvas.put(x, line.y, line.right().saturating_sub(x + 1), &Shown::new(&entry.label), words);
}
