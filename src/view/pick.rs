//! A picker over the list: what was typed, the rows that match, what they count.

use ratatui::layout::{Position, Rect};

use super::Role;
use super::canvas::{Canvas, parted, width};
use crate::app::pick::{Pick, Purpose};
use crate::shown::Shown;

/// Says why what takes text did not open, at the foot of `area`.
pub fn draw_refusal(canvas: &mut Canvas, area: Rect, pick: &Pick) {
    let reason = pick.choices.iter().find_map(|choice| choice.disabled.as_deref()).unwrap_or_default();
    let lines = parted(reason, area.width.saturating_sub(4).max(1));
    let height = (lines.len() as u16 + 2).min(area.height);
    let place = Rect { y: area.bottom() - height, height, ..area };
    let inside = canvas.boxed(place, &Shown::from(title(pick.purpose)));
    for (line, y) in lines.iter().zip(inside.y..inside.bottom()) {
        canvas.put(inside.x + 1, y, inside.width.saturating_sub(1), line, Role::Error);
    }
}

/// Draws the picker; returns where the cursor stands.
pub fn draw(canvas: &mut Canvas, area: Rect, pick: &Pick) -> Position {
    let wide = matches!(pick.purpose, Purpose::Palette | Purpose::Links | Purpose::Headings | Purpose::Views)
        || matches!(pick.purpose, Purpose::Merge | Purpose::Refused)
        || matches!(pick.purpose, Purpose::RenameOffering | Purpose::MergeOffering | Purpose::FindOffering);
    let columns = if wide { area.width.min(100) } else { area.width.min(44) };
    let rows = (pick.choices.len() as u16 + 3).max(5).min(area.height);
    let inside = canvas.boxed(Rect { width: columns, height: rows, ..area }, &Shown::from(title(pick.purpose)));
    let query = Shown::new(&pick.input.text());
    let counts = Shown::new(&format!("{} of {}", pick.shown.len(), pick.choices.len()));
    canvas.put_right(Rect { height: 1, ..inside }, &counts, Role::Muted);
    canvas.put(inside.x, inside.y, 2, &Shown::from("/ "), Role::Focus);
    let room = inside.width.saturating_sub(width(&counts) + 3);
    canvas.put(inside.x + 2, inside.y, room, &query, Role::Text);
    let list = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    let top = (pick.cursor + 1).saturating_sub(list.height as usize);
    for (at, &choice) in pick.shown.iter().enumerate().skip(top).take(list.height as usize) {
        let line = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        draw_choice(canvas, line, pick, choice);
        if at == pick.cursor {
            canvas.lay(line, Role::Cursor);
        }
    }
    if pick.shown.is_empty() {
        let none = match pick.purpose {
            Purpose::Views => Shown::from("enter saves this filter under that name"),
            Purpose::RenameOffering => Shown::from("enter gives it this label, everywhere"),
            _ => Shown::from("nothing matches"),
        };
        canvas.put(list.x + 2, list.y, list.width.saturating_sub(2), &none, Role::Empty);
    }
    let before: String = pick.input.text().chars().take(pick.input.cursor().1).collect();
    Position { x: inside.x + 2 + width(&Shown::new(&before)).min(room), y: inside.y }
}

fn title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Narrow => " Narrow by topic ",
        Purpose::Merge => " Merge into ",
        Purpose::Views => " Views ",
        Purpose::Sort => " Sort ",
        Purpose::Palette => " Commands ",
        Purpose::Links => " Links of the text ",
        Purpose::RenameOffering => " Another label ",
        Purpose::MergeOffering => " In its place, everywhere ",
        Purpose::FindOffering => " Offerings ",
        Purpose::Headings => " Headings of the text ",
        Purpose::Bulk => " Bulk edit ",
        Purpose::Refused => " Refused ",
        Purpose::Refusal => " Not now ",
        Purpose::FacetField => " Count the values of a field ",
    }
}

/// One row: what was taken, the label, the note at the right.
pub(super) fn draw_choice(canvas: &mut Canvas, line: Rect, pick: &Pick, at: usize) {
    let choice = &pick.choices[at];
    let sign = match (pick.taken.contains(&at) || pick.present.contains(&at), pick.excluded.contains(&at)) {
        (true, _) => "+",
        (_, true) => "!",
        _ => " ",
    };
    canvas.put(line.x, line.y, 1, &Shown::from(sign), Role::Marked);
    let note = match &choice.disabled {
        Some(reason) => Shown::new(reason),
        None => Shown::new(&choice.note),
    };
    let room = line.width.saturating_sub(2);
    let note_room = width(&note).min(room / 2);
    let note_x = line.right() - note_room;
    let role = if choice.disabled.is_some() { Role::Disabled } else { Role::Muted };
    canvas.put(
        note_x,
        line.y,
        note_room,
        &note,
        if choice.disabled.is_none() && pick.purpose == Purpose::Palette { Role::Key } else { role },
    );
    let label = if choice.disabled.is_some() { Role::Disabled } else { Role::Text };
    canvas.put(line.x + 2, line.y, note_x.saturating_sub(line.x + 3), &Shown::new(&choice.label), label);
}
