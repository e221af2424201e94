//! The findings: kinds with their counts, each finding below its kind, and the one under the cursor in full.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::{Canvas, parted};
use crate::app::State;
use crate::app::findings::{FindingsPane, Found, Group, Line};
use crate::command::{Command, Mode};
use crate::shown::Shown;

/// Lines below the list: the item, what is found, what mends it.
const BELOW: u16 = 7;

/// Draws it over the whole screen.
pub fn draw(canvas: &mut Canvas, area: Rect, pane: &FindingsPane, state: &State) {
    head(canvas, Rect { height: 1, ..area }, pane);
    canvas.rule(Rect { y: area.y + 1, height: 1, ..area }, &Shown::default(), &Shown::default(), Role::Border);
    let below = BELOW.min(area.height.saturating_sub(4));
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + below), ..area };
    if pane.lines().is_empty() {
        let text = if pane.known { "Nothing found: everything agrees with the profile." } else { "looking…" };
        canvas.put(list.x + 1, list.y, list.width.saturating_sub(2), &Shown::from(text), Role::Empty);
        return;
    }
    let top = (pane.cursor + 1).saturating_sub(list.height as usize);
    for (at, line) in pane.lines().iter().enumerate().skip(top).take(list.height as usize) {
        let place = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        match *line {
            Line::Group(group) => draw_group(canvas, place, pane, &pane.groups()[group], state),
            Line::Found(..) => {
                if let Some(found) = pane.at(*line) {
                    draw_found(canvas, place, found, state);
                }
            }
        }
        if at == pane.cursor {
            canvas.lay(place, Role::Cursor);
        }
    }
    let rest = Rect { y: list.bottom(), height: below, ..area };
    if let Some(found) = pane.current() {
        in_full(canvas, rest, found, state);
    }
}

fn head(canvas: &mut Canvas, line: Rect, pane: &FindingsPane) {
    let plural = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let (all, fixable) = pane.counts();
    let of = plural(pane.items.len(), if pane.marked { "marked item" } else { "item" });
    let text = match pane.known {
        true => format!("Findings  {} in {of}", plural(all, "finding")),
        false => format!("Findings  looking through {of}…"),
    };
    let mut note = if fixable > 0 { format!("{fixable} can be fixed") } else { String::new() };
    if !pane.unreadable.is_empty() {
        note = format!("{} unreadable {note}", pane.unreadable.len());
    }
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &Shown::new(&note), Role::Count);
    canvas.put(line.x + 1, line.y, x.saturating_sub(line.x + 2), &Shown::new(&text), Role::Header);
}

fn draw_group(canvas: &mut Canvas, line: Rect, pane: &FindingsPane, group: &Group, state: &State) {
    let signs = canvas.look.signs;
    let sign = if pane.is_folded(group) { signs.folded } else { signs.unfolded };
    canvas.put(line.x + 1, line.y, 1, &Shown::from(sign), Role::Muted);
    let key = state.keymap.key_in(Command::FixKind, Mode::Findings).map(|k| k.to_string()).unwrap_or_default();
    let note = match group.fixable() {
        0 if group.found.iter().any(|f| f.mended) => String::new(),
        0 => "only a person knows the fix".to_string(),
        count => format!("{key} fixes {count}"),
    };
    let note = Shown::new(&note);
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &note, Role::Muted);
    let (text, end) = (Shown::new(&format!("{} {}", group.kind.words(), group.found.len())), x.saturating_sub(1));
    let used = canvas.put(line.x + 3, line.y, end.saturating_sub(line.x + 3), &text, Role::Heading);
    // As the filter takes it.
    let query = Shown::new(&format!("finding:{}", group.kind.name()));
    let at = line.x + 5 + used;
    canvas.put(at, line.y, end.saturating_sub(at), &query, Role::Muted);
}

fn draw_found(canvas: &mut Canvas, line: Rect, found: &Found, state: &State) {
    let signs = canvas.look.signs;
    let (sign, role) = if found.mended { (signs.draft, Role::Draft) } else { (signs.finding, Role::Finding) };
    canvas.put(line.x + 3, line.y, 1, &Shown::from(sign), role);
    let room = line.width.saturating_sub(6);
    let title_room = room * 2 / 5;
    let title = Shown::new(state.library.row(found.item).title());
    canvas.put(line.x + 5, line.y, title_room.saturating_sub(1), &title, Role::Text);
    let text = Shown::new(&format!("{} {}", found.finding.place(), found.finding.message));
    canvas.put(line.x + 5 + title_room, line.y, room - title_room, &text, Role::Muted);
}

/// The finding under the cursor: where, what, and what mends it.
fn in_full(canvas: &mut Canvas, area: Rect, found: &Found, state: &State) {
    let row = state.library.row(found.item);
    canvas.rule(Rect { height: 1, ..area }, &Shown::new(&row.path), &Shown::default(), Role::Title);
    let room = area.width.saturating_sub(2);
    let mut y = area.y + 1;
    let fix = match found.finding.fix_in_words() {
        Some(_) if found.mended => ("fixed: a draft, reviewed before it is written".to_string(), Role::Draft),
        Some(words) => (format!("fix: {words}"), Role::Added),
        None => ("only a person knows the fix".to_string(), Role::Empty),
    };
    let what = (format!("{} {}", found.finding.place(), found.finding.message), Role::Text);
    let lines = usize::from(area.height.saturating_sub(1));
    for (at, (text, role)) in [what, fix].into_iter().enumerate() {
        let parts = parted(&text.replace('\n', " "), room);
        let most = if at == 0 { lines / 2 } else { lines - lines / 2 };
        for part in parts.iter().take(most) {
            if y >= area.bottom() {
                return;
            }
            canvas.put(area.x + 1, y, room, part, role);
            y += 1;
        }
    }
}
