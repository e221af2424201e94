//! The first two lines: where am I and how far; the filter and its counts.

use ratatui::layout::{Position, Rect};

use super::canvas::{Canvas, width};
use super::{Role, Signs};
use crate::app::layer::MarkBy;
use crate::app::queue::DEFAULT_SORT;
use crate::app::{Layer, State};
use crate::shown::Shown;

const PROGRESS_COLUMNS: u16 = 6;

/// Folder, view, what is left, and a progress line.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let line = Rect { height: 1, ..area };
    let total = state.library.items();
    let filter = state.queue.filter.text();
    let view = state.views.iter().find(|(_, query)| query.trim() == filter.trim() && !query.is_empty());
    let mut place = state.place.clone();
    if let Some((name, _)) = view {
        place += &format!(" {} {name}", canvas.look.signs.dot);
    }
    let right = right_side(state, total);
    let has_progress = state.profile.triage.is_some() && total > 0 && area.width > 50;
    let progress = if has_progress { PROGRESS_COLUMNS + 1 } else { 0 };
    let note = Rect { width: area.width.saturating_sub(1 + progress), ..line };
    let note_x = canvas.put_right(note, &right, Role::Header);
    canvas.put(area.x + 1, line.y, note_x.saturating_sub(area.x + 2), &Shown::new(&place), Role::Header);
    if has_progress {
        draw_progress(canvas, line, state, total);
    }
}

fn right_side(state: &State, total: usize) -> Shown {
    let loading = &state.library.loading;
    let mut parts = Vec::new();
    if !loading.done {
        parts.push(format!("reading {total}"));
    } else if state.profile.triage.is_some() {
        let shown = state.queue.found.items.len();
        parts.push(format!("{} left of {shown}", state.queue.found.undecided));
    } else {
        parts.push(if total == 1 { "1 item".to_string() } else { format!("{total} items") });
    }
    if state.queue.sort != DEFAULT_SORT {
        parts.push(format!("sort:{}", state.queue.sort));
    }
    if state.library.unreadable() > 0 {
        parts.push(format!("{} unreadable", state.library.unreadable()));
    }
    if loading.skipped > 0 && state.width >= 100 {
        parts.push(format!("{} hidden or ignored", loading.skipped));
    }
    Shown::new(&parts.join(" · "))
}

fn draw_progress(canvas: &mut Canvas, line: Rect, state: &State, total: usize) {
    let shown = state.queue.found.items.len().max(1).min(total.max(1));
    let done = shown.saturating_sub(state.queue.found.undecided) * PROGRESS_COLUMNS as usize / shown;
    let (full, rest) = (canvas.look.signs.done, canvas.look.signs.left);
    for at in 0..PROGRESS_COLUMNS {
        let x = line.right().saturating_sub(PROGRESS_COLUMNS + 1) + at;
        match (at as usize) < done {
            true => canvas.put(x, line.y, 1, &Shown::from(full), Role::Progress),
            false => canvas.put(x, line.y, 1, &Shown::from(rest), Role::Border),
        };
    }
}

/// The filter and the counts; returns where the cursor stands while it is typed.
pub fn draw_filter(canvas: &mut Canvas, area: Rect, state: &State) -> Option<Position> {
    let y = area.y + 1;
    if let Some(Layer::MarkBy(mark)) = state.layers.last() {
        return Some(draw_mark_by(canvas, Rect { y, height: 1, ..area }, mark, state));
    }
    let typing = matches!(state.layers.last(), Some(Layer::Filter { .. }));
    let line = Rect { y, height: 1, ..area };
    // A window too narrow for both shows the filter.
    let counts = if area.width < 40 { Shown::default() } else { counts(state, &canvas.look.signs) };
    let counts_x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &counts, Role::Count);
    let room = counts_x.saturating_sub(area.x + 4);
    let text = state.queue.filter.text();
    let sign = Shown::from("/");
    canvas.put(area.x + 1, y, 1, &sign, if typing { Role::Focus } else { Role::Muted });
    if typing {
        canvas.lay(Rect { x: area.x + 3, y, width: room, height: 1 }, Role::Input);
    }
    if text.is_empty() && !typing {
        let hint = Shown::from("press / and type: title, topic, brand, author");
        canvas.put(area.x + 3, y, room, &hint, Role::Empty);
        return None;
    }
    let before: String = text.chars().take(state.queue.filter.cursor().1).collect();
    let left = width(&Shown::new(&before));
    // A filter longer than the line shows the part around the cursor while it is typed, else how it begins.
    let skip = if typing { left.saturating_sub(room.saturating_sub(1)) } else { 0 };
    let shown: String = text.chars().skip(skip as usize).collect();
    canvas.put(area.x + 3, y, room, &Shown::new(&shown), if typing { Role::Input } else { Role::Text });
    for (range, _) in &state.queue.found.unknown {
        underline(canvas, area.x + 3, y, room, &text, range, skip);
    }
    typing.then(|| Position { x: area.x + 3 + left - skip, y })
}

/// The query to mark by in the filter's place, and how many it would mark.
fn draw_mark_by(canvas: &mut Canvas, line: Rect, mark: &MarkBy, state: &State) -> Position {
    let marks = &state.library.marks;
    let counts = match &mark.found {
        Some(found) if !found.unknown.is_empty() => found.unknown[0].1.clone(),
        Some(found) => {
            let fresh = found.items.iter().filter(|id| !marks.contains(**id)).count();
            format!("{} match, {fresh} more to mark", found.items.len())
        }
        None if mark.input.is_empty() => format!("{} marked", marks.len()),
        None => "looking".to_string(),
    };
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &Shown::new(&counts), Role::Count);
    let room = x.saturating_sub(line.x + 9);
    canvas.put(line.x + 1, line.y, 6, &Shown::from("mark /"), Role::Focus);
    canvas.lay(Rect { x: line.x + 8, width: room, ..line }, Role::Input);
    let text = mark.input.text();
    let before: String = text.chars().take(mark.input.cursor().1).collect();
    let left = width(&Shown::new(&before));
    let skip = left.saturating_sub(room.saturating_sub(1));
    let shown: String = text.chars().skip(skip as usize).collect();
    canvas.put(line.x + 8, line.y, room, &Shown::new(&shown), Role::Input);
    Position { x: line.x + 8 + left - skip, y: line.y }
}

/// A term that was not understood is shown as such, at its place.
fn underline(canvas: &mut Canvas, x: u16, y: u16, room: u16, text: &str, range: &std::ops::Range<usize>, skip: u16) {
    let columns = |end: usize| text.get(..end).map_or(0, |t| width(&Shown::new(t))).saturating_sub(skip).min(room);
    let (from, to) = (columns(range.start), columns(range.end));
    canvas.buf.set_style(Rect { x: x + from, y, width: to - from, height: 1 }, canvas.look.theme.style(Role::Error));
}

fn counts(state: &State, signs: &Signs) -> Shown {
    let mut parts = Vec::new();
    let library = &state.library;
    if !state.queue.reading.is_empty() || !state.queue.found.needs_findings.is_empty() {
        parts.push("reading".to_string());
    }
    if !state.queue.filter.is_empty() || !library.marks.is_empty() {
        parts.push(format!("{} shown", state.queue.found.items.len()));
    }
    if !library.marks.is_empty() {
        let hidden = state.queue.hidden_marks();
        let hidden = if hidden > 0 { format!(", {hidden} hidden") } else { String::new() };
        parts.push(format!("{} marked{hidden}", library.marks.len()));
    }
    if !library.drafts.is_empty() {
        parts.push(format!("{}{}", signs.draft_of(state.safety.holds_all()), library.drafts.len()));
    }
    Shown::new(&parts.join(" · "))
}
