//! The review before writing: every changed file, and the diff of the one under the cursor.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::{Canvas, width};
use super::diff;
use crate::app::event::ReviewedFile;
use crate::app::layer::Review;
use crate::shown::Shown;

/// Draws it over the whole screen.
pub fn draw(canvas: &mut Canvas, area: Rect, review: &Review, on_their_way: usize) {
    head(canvas, Rect { height: 1, ..area }, review, on_their_way);
    canvas.rule(Rect { y: area.y + 1, height: 1, ..area }, &Shown::default(), &Shown::default(), Role::Border);
    let files_height = (review.files.len() as u16).clamp(1, (area.height / 3).max(3));
    let list = Rect { y: area.y + 2, height: files_height, ..area };
    let top = (review.cursor + 1).saturating_sub(files_height as usize);
    for (at, file) in review.files.iter().enumerate().skip(top).take(files_height as usize) {
        let line = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        draw_file(canvas, line, file, review.left_out.contains(&file.path));
        if at == review.cursor {
            canvas.lay(line, Role::Cursor);
        }
    }
    let below = Rect { y: list.bottom(), height: area.height.saturating_sub(2 + files_height), ..area };
    let Some(file) = review.files.get(review.cursor) else { return };
    canvas.rule(Rect { height: 1, ..below }, &Shown::new(&file.path), &Shown::default(), Role::Title);
    let inside = Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
    match &file.answer {
        Ok(found) => diff::draw(canvas, inside, found, review.scroll),
        Err(reason) => {
            canvas.put(inside.x + 1, inside.y, inside.width.saturating_sub(2), &Shown::new(reason), Role::Error);
        }
    }
}

fn head(canvas: &mut Canvas, line: Rect, review: &Review, on_their_way: usize) {
    let (changed, kept) = review.lines();
    let files = review.files.len();
    let plural = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let text = match review.painted {
        true => format!("Review  {} · {} change · {kept} stay", plural(files, "file"), plural(changed, "line")),
        false if review.waits => format!("Review  waiting: {on_their_way} items to go"),
        false => format!("Review  {files} of {} files read…", review.expected),
    };
    let note = Shown::new(&format!("{} to write", review.count_to_write()));
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &note, Role::Count);
    canvas.put(line.x + 1, line.y, x.saturating_sub(line.x + 2), &Shown::new(&text), Role::Header);
}

fn draw_file(canvas: &mut Canvas, line: Rect, file: &ReviewedFile, left_out: bool) {
    let (sign, note, role) = match &file.answer {
        Err(_) => ("[!]", "cannot be written as it is".to_string(), Role::Error),
        Ok(_) if left_out => ("[ ]", "left out".to_string(), Role::Muted),
        Ok(diff) => ("[x]", format!("+{} -{}", diff.added, diff.removed), Role::Count),
    };
    canvas.put(line.x + 1, line.y, 3, &Shown::from(sign), role);
    let note = Shown::new(&note);
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &note, role);
    let room = x.saturating_sub(line.x + 6);
    let path_room = room.saturating_sub(2).min(width(&Shown::new(&file.path))).min(room / 2);
    let tail: String = tail(&file.path, path_room as usize);
    let used = canvas.put(line.x + 5, line.y, path_room, &Shown::new(&tail), Role::Muted);
    canvas.put(line.x + 5 + used + 2, line.y, room.saturating_sub(used + 3), &Shown::new(&file.title), Role::Text);
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
