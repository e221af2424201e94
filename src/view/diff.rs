//! Diffs: one item's, and the lower half of the review.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::Canvas;
use crate::app::State;
use crate::app::layer::DiffPane;
use crate::content::counted::{count, grouped};
use crate::content::diff::{Diff, DiffLine, LineKind};
use crate::shown::Shown;

/// How many lines change and how many stay; of hunks alone nobody knows what stays.
pub(super) fn lines_of(changed: usize, kept: usize) -> String {
    let change = if changed == 1 { "changes" } else { "change" };
    let stay = if kept > 0 { format!(" · {} stay", grouped(kept)) } else { String::new() };
    format!("{} {change}{stay}", count(changed, "line"))
}

/// One item's diff, over the whole screen.
pub fn draw_pane(canvas: &mut Canvas, area: Rect, pane: &DiffPane, state: &State) {
    let title = state.library.find(&pane.path).map(|id| Shown::new(state.library.row(id).title())).unwrap_or_default();
    let note = match &pane.answer {
        Some(Ok(diff)) => Shown::new(&lines_of(diff.changed(), diff.kept)),
        _ => Shown::default(),
    };
    canvas.rule(Rect { height: 1, ..area }, &title, &note, Role::Focus);
    canvas.put(area.x + 1, area.y + 1, area.width.saturating_sub(2), &Shown::new(&pane.path), Role::Muted);
    let below = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    match &pane.answer {
        None => {}
        Some(Err(reason)) => {
            canvas.put(area.x + 1, below.y, area.width.saturating_sub(2), &Shown::new(reason), Role::Error);
        }
        Some(Ok(diff)) => draw(canvas, below, diff, pane.scroll),
    }
}

/// A diff's lines from `scroll` on. A long line is cut with `…` so that what changes in it can be seen.
pub fn draw(canvas: &mut Canvas, area: Rect, diff: &Diff, scroll: usize) {
    if diff.lines.is_empty() {
        canvas.put(area.x + 1, area.y, area.width.saturating_sub(2), &Shown::from("no difference"), Role::Empty);
    }
    for (at, line) in diff.lines.iter().skip(scroll).take(area.height as usize).enumerate() {
        draw_line(canvas, Rect { y: area.y + at as u16, height: 1, ..area }, line, true);
    }
}

/// One line of a diff: its sign, and its text, the words that differ marked. What is not going to be written is dim.
pub fn draw_line(canvas: &mut Canvas, area: Rect, line: &DiffLine, counts: bool) {
    let (sign, role, word) = match line.kind {
        LineKind::Header => (" ", Role::Hunk, Role::Hunk),
        LineKind::Same => (" ", Role::Text, Role::Text),
        LineKind::Removed => ("-", Role::Removed, Role::RemovedWord),
        LineKind::Added => ("+", Role::Added, Role::AddedWord),
    };
    let (role, word) = if counts { (role, word) } else { (Role::Muted, Role::Muted) };
    canvas.put(area.x + 1, area.y, 1, &Shown::from(sign), role);
    let room = area.width.saturating_sub(4);
    let (text, skipped) = around_the_change(line, room as usize, canvas.look.signs.cut);
    let differs =
        |at: usize| line.words.iter().any(|w| (at + skipped).checked_sub(1).is_some_and(|at| w.contains(&at)));
    canvas.put_marked(area.x + 3, area.y, room, &text, (role, word), differs);
}

/// The part of a long line in which it changes, and one more than how many characters stand before what is shown.
fn around_the_change(line: &DiffLine, room: usize, cut: &str) -> (Shown, usize) {
    let first = line.words.first().map_or(0, |words| words.start);
    let skip = if line.text.chars().count() > room { first.saturating_sub(room / 2) } else { 0 };
    if skip == 0 {
        return (Shown::new(&line.text), 1);
    }
    let rest: String = line.text.chars().skip(skip).collect();
    (Shown::new(&format!("{cut}{rest}")), skip + 1 - cut.chars().count())
}
