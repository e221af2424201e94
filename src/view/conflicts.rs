//! The conflicts: a row for each that waits, and below the one under the cursor with what the field was, yours and theirs.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::{Canvas, parted};
use crate::app::State;
use crate::app::conflicts::{ConflictsPane, Place};
use crate::content::counted::count;
use crate::library::drafts::{Clash, Conflict, in_words};
use crate::shown::Shown;

/// Columns of `was`, `yours`, `theirs`.
const WORD: u16 = 8;
/// A value is shown on so many lines at most.
const LINES: usize = 4;

/// Draws it over the whole screen.
pub fn draw(canvas: &mut Canvas, area: Rect, pane: &ConflictsPane, state: &State) {
    let rows = ConflictsPane::rows(state);
    let items = count(state.library.conflicts.len(), "item");
    let title = format!("Conflicts  {} in {items}", count(rows.len(), "conflict"));
    canvas.rule(Rect { height: 1, ..area }, &Shown::new(&title), &Shown::default(), Role::Focus);
    let inside = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if rows.is_empty() {
        let text = "Nothing is left to decide.";
        canvas.put(inside.x + 1, inside.y, inside.width.saturating_sub(2), &Shown::from(text), Role::Empty);
        return;
    }
    let cursor = pane.cursor.min(rows.len() - 1);
    let list = Rect { height: (rows.len() as u16).min((inside.height / 3).max(1)), ..inside };
    let top = (cursor + 1).saturating_sub(list.height as usize);
    for (at, (place, conflict)) in rows.iter().enumerate().skip(top).take(list.height as usize) {
        let line = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        draw_row(canvas, line, place, conflict, state);
        if at == cursor {
            canvas.lay(line, Role::Cursor);
        }
    }
    let below = Rect { y: list.bottom(), height: inside.height - list.height, ..inside };
    let (place, conflict) = &rows[cursor];
    in_full(canvas, below, place, conflict, state);
}

fn title(place: &Place, state: &State) -> String {
    state.library.find(&place.path).map(|id| state.library.row(id).title().to_string()).unwrap_or_default()
}

fn name(clash: &Clash) -> String {
    if clash.field.is_root() { "the text".to_string() } else { clash.field.to_string() }
}

fn draw_row(canvas: &mut Canvas, line: Rect, place: &Place, conflict: &Conflict, state: &State) {
    let fields: Vec<String> = conflict.told().iter().map(|(clash, _)| name(clash)).collect();
    let fields = Shown::new(&fields.join(", "));
    canvas.put(line.x + 1, line.y, 1, &Shown::from(canvas.look.signs.finding), Role::Error);
    let room = line.width.saturating_sub(4);
    let used = canvas.put(line.x + 3, line.y, room * 2 / 5, &fields, Role::Text);
    let x = line.x + 3 + used + 2;
    canvas.put(x, line.y, line.right().saturating_sub(x + 1), &Shown::new(&title(place, state)), Role::Muted);
}

fn in_full(canvas: &mut Canvas, area: Rect, place: &Place, conflict: &Conflict, state: &State) {
    let title = format!("{} changed on disk while you were editing", place.path);
    canvas.rule(Rect { height: 1, ..area }, &Shown::new(&title), &Shown::default(), Role::Title);
    let mut y = area.y + 1;
    for (clash, more) in conflict.told() {
        let more = if more > 0 { format!("   in {} more", count(more, "place")) } else { String::new() };
        put(canvas, area, &mut y, 1, &format!("{}{more}", name(clash)), Role::Heading);
        let mine = in_words(clash.mine.as_ref());
        let sides =
            [("was", in_words(clash.was.as_ref())), ("yours", mine), ("theirs", in_words(clash.theirs.as_ref()))];
        for ((word, value), role) in sides.into_iter().zip([Role::Muted, Role::Added, Role::Removed]) {
            if y < area.bottom() {
                canvas.put(area.x + 3, y, WORD, &Shown::from(word), Role::Muted);
            }
            let room = area.width.saturating_sub(4 + WORD);
            for part in parted(&value.replace('\n', " "), room).iter().take(LINES) {
                if y >= area.bottom() {
                    return;
                }
                canvas.put(area.x + 3 + WORD, y, room, part, role);
                y += 1;
            }
        }
    }
    let others = state.library.drafts.count(&place.path).saturating_sub(conflict.over.len());
    let kept = match (others, conflict.kept.is_some()) {
        (_, false) => "yours has no place in the file any more: t drops it, E opens the file".to_string(),
        (0, true) => String::new(),
        (others, true) => {
            format!("{} of yours in this item fit or are decided by themselves", count(others, "other edit"))
        }
    };
    y += 1;
    put(canvas, area, &mut y, 1, &kept, Role::Muted);
}

fn put(canvas: &mut Canvas, area: Rect, y: &mut u16, x: u16, text: &str, role: Role) {
    if *y < area.bottom() {
        canvas.put(area.x + x, *y, area.width.saturating_sub(x + 1), &Shown::new(text), role);
        *y += 1;
    }
}
