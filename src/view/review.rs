//! The review before writing: every changed file, and the hunks of the one under the cursor.

use ratatui::layout::{Position, Rect};

use super::Role;
use super::canvas::{Canvas, width};
use super::diff;
use crate::app::event::{FoundHunks, Hunk, ReviewSum};
use crate::app::review::{Review, ReviewFile};
use crate::app::{Layer, State};
use crate::content::counted::{count, grouped};
use crate::shown::Shown;

/// Draws it over the whole screen; returns where the cursor stands, if its filter is being typed.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) -> Option<Position> {
    let review = state.layers.iter().find_map(|l| if let Layer::Review(review) = l { Some(review) } else { None })?;
    head(canvas, Rect { height: 1, ..area }, review, state);
    let line = Rect { y: area.y + 1, height: 1, ..area };
    let cursor = filter(canvas, line, review, state);
    let files_height = (review.shown().len() as u16).clamp(1, (area.height / 3).max(3));
    let list = Rect { y: area.y + 2, height: files_height, ..area };
    let top = (review.cursor + 1).saturating_sub(files_height as usize);
    for (at, file) in review.shown().enumerate().skip(top).take(files_height as usize) {
        let line = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        draw_file(canvas, line, file, state.is_safe(&file.path));
        if at == review.cursor {
            canvas.lay(line, if review.hunk.is_none() { Role::Cursor } else { Role::CursorIdle });
        }
    }
    let below = Rect { y: list.bottom(), height: area.height.saturating_sub(2 + files_height), ..area };
    draw_below(canvas, below, review);
    cursor
}

fn head(canvas: &mut Canvas, line: Rect, review: &Review, state: &State) {
    let sums = review.sums();
    let files = review.files().len();
    let text = match review.is_whole() {
        true => {
            format!("Review  {} · {}", count(files, "file"), diff::lines_of(sums.changed, sums.kept))
        }
        false if review.waits => {
            let on_their_way: usize = state.batches.values().map(|b| b.waiting).sum();
            format!("Review  waiting: {} to go", count(on_their_way, "item"))
        }
        false => format!("Review  {} of {} read…", grouped(review.answered()), count(files, "file")),
    };
    let note = Shown::new(&format!("{} to write", grouped(sums.files)));
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &note, Role::Count);
    canvas.put(line.x + 1, line.y, x.saturating_sub(line.x + 2), &Shown::new(&text), Role::Header);
}

/// The line under the head: a rule, or the filter.
fn filter(canvas: &mut Canvas, line: Rect, review: &Review, state: &State) -> Option<Position> {
    let typing = matches!(state.layers.last(), Some(Layer::ReviewFilter { .. }));
    let text = review.filter.text();
    if text.is_empty() && !typing {
        canvas.rule(line, &Shown::default(), &Shown::default(), Role::Border);
        return None;
    }
    let note = Shown::new(&format!("{} of {} shown", grouped(review.shown().len()), grouped(review.files().len())));
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &note, Role::Count);
    canvas.put(line.x + 1, line.y, 1, &Shown::from("/"), if typing { Role::Focus } else { Role::Muted });
    let room = x.saturating_sub(line.x + 4);
    if typing {
        canvas.lay(Rect { x: line.x + 3, width: room, ..line }, Role::Input);
    }
    canvas.put(line.x + 3, line.y, room, &Shown::new(&text), if typing { Role::Input } else { Role::Text });
    let before: String = text.chars().take(review.filter.cursor().1).collect();
    typing.then(|| Position { x: line.x + 3 + width(&Shown::new(&before)).min(room), y: line.y })
}

fn sum_of(file: &ReviewFile) -> (&'static str, String, Role) {
    let lines = |sum: &ReviewSum| lines_in_words(sum.added, sum.removed);
    match &file.answer {
        None => ("[ ]", "…".to_string(), Role::Muted),
        Some(Err(_)) => ("[!]", "cannot be written as it is".to_string(), Role::Error),
        Some(Ok(sum)) if sum.is_left_out() => ("[ ]", "left out".to_string(), Role::Muted),
        Some(Ok(sum)) if sum.left_out > 0 => ("[~]", lines(sum), Role::Count),
        Some(Ok(sum)) => ("[x]", lines(sum), Role::Count),
    }
}

/// `+2 -1`; edits that come to what is there already say so.
fn lines_in_words(added: usize, removed: usize) -> String {
    if added + removed == 0 { "as on disk".to_string() } else { format!("+{added} -{removed}") }
}

fn draw_file(canvas: &mut Canvas, line: Rect, file: &ReviewFile, safe: bool) {
    let (sign, note, role) = sum_of(file);
    canvas.put(line.x + 1, line.y, 3, &Shown::from(sign), role);
    if !safe {
        canvas.put(line.x + 4, line.y, 1, &Shown::from(canvas.look.signs.draft_unsafe), Role::Draft);
    }
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &Shown::new(&note), role);
    let room = x.saturating_sub(line.x + 6);
    let path_room = room.saturating_sub(2).min(width(&Shown::new(&file.path))).min(room / 2);
    let tail: String = tail(&file.path, path_room as usize);
    let used = canvas.put(line.x + 5, line.y, path_room, &Shown::new(&tail), Role::Muted);
    canvas.put(line.x + 5 + used + 2, line.y, room.saturating_sub(used + 3), &Shown::new(&file.title), Role::Text);
}

fn draw_below(canvas: &mut Canvas, area: Rect, review: &Review) {
    let Some(file) = review.current() else {
        let text = if review.filter.is_empty() { "" } else { "No file matches. esc puts back." };
        canvas.put(area.x + 1, area.y, area.width.saturating_sub(2), &Shown::from(text), Role::Empty);
        return;
    };
    let found = review.hunks();
    let hunks = found.map_or(0, |found| found.hunks.len());
    let note = match review.hunk {
        Some(at) if hunks > 0 => format!("hunk {} of {hunks}", at + 1),
        _ if hunks > 0 => count(hunks, "hunk"),
        _ => String::new(),
    };
    let role = if review.hunk.is_some() { Role::Focus } else { Role::Title };
    canvas.rule(Rect { height: 1, ..area }, &Shown::new(&file.path), &Shown::new(&note), role);
    let mut inside = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let refused = file.answer.as_ref().and_then(|answer| answer.as_ref().err());
    if let Some(reason) = refused.or(found.and_then(|found| found.problem.as_ref())) {
        canvas.put(inside.x + 1, inside.y, inside.width.saturating_sub(2), &Shown::new(reason), Role::Error);
        inside = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    }
    if let Some(found) = found {
        draw_hunks(canvas, inside, found, review);
    }
}

/// The hunks one below the other, from the review's line on.
fn draw_hunks(canvas: &mut Canvas, area: Rect, found: &FoundHunks, review: &Review) {
    let mut at = 0;
    for (number, hunk) in found.hunks.iter().enumerate() {
        let visible = |at: usize| (review.scroll..review.scroll + area.height as usize).contains(&at);
        let line = |at: usize| Rect { y: area.y + (at - review.scroll) as u16, height: 1, ..area };
        if visible(at) {
            draw_name(canvas, line(at), hunk);
            if review.hunk == Some(number) {
                canvas.lay(line(at), Role::Cursor);
            }
        }
        at += 1;
        for text in &hunk.diff.lines {
            if visible(at) {
                let line = line(at);
                let line = Rect { x: line.x + 4, width: line.width.saturating_sub(4), ..line };
                diff::draw_line(canvas, line, text, !hunk.left_out);
            }
            at += 1;
        }
    }
}

fn draw_name(canvas: &mut Canvas, line: Rect, hunk: &Hunk) {
    let (sign, role) = if hunk.left_out { ("[ ]", Role::Muted) } else { ("[x]", Role::Hunk) };
    let note = match hunk.left_out {
        true => "left out".to_string(),
        false => lines_in_words(hunk.diff.added, hunk.diff.removed),
    };
    canvas.put(line.x + 1, line.y, 3, &Shown::from(sign), if hunk.left_out { Role::Muted } else { Role::Count });
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &Shown::new(&note), Role::Muted);
    canvas.put(line.x + 5, line.y, x.saturating_sub(line.x + 6), &Shown::new(&hunk.title), role);
}

/// The end of a path: the file's name says more than its first folder.
fn tail(path: &str, columns: usize) -> String {
    let count = path.chars().count();
    if count <= columns {
        return path.to_string();
    }
    let kept: String = path.chars().skip(count + 1 - columns.max(1)).collect();
    format!("…{kept}")
}
