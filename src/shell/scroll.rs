//! A list that moved on by a row or two: the terminal is told to scroll those lines, and only what is new is written.
//!
//! Here: finding the lines that only moved, and the bytes for it. Line feed and reverse index within a scrolling region are what
//! every terminal knows, the Linux console too; `CSI S` is not. Not here: what else differs (that is `changes`).

use ratatui::buffer::{Buffer, Cell};

/// How far lines are looked for. A page is as well written anew.
const FURTHEST: usize = 3;
/// Fewer lines than this are not worth the bytes.
const WORTH: usize = 3;

/// Lines that move together: all of `top..end` by `by` lines, up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    top: usize,
    end: usize,
    by: usize,
    up: bool,
}

/// The most lines of `shown` that stand in `next` a little higher or lower; none where it is not worth it.
pub(super) fn between(shown: &Buffer, next: &Buffer) -> Option<Scroll> {
    let width = usize::from(next.area.width);
    if width == 0 || shown.area != next.area {
        return None;
    }
    let (old, new): (Vec<&[Cell]>, Vec<&[Cell]>) =
        (shown.content.chunks(width).collect(), next.content.chunks(width).collect());
    let mut best: Option<(usize, Scroll)> = None;
    for by in 1..=FURTHEST.min(old.len().saturating_sub(1)) {
        for up in [true, false] {
            // Where a line came from and where it went.
            let pairs = (0..old.len() - by).map(|at| if up { (at + by, at) } else { (at, at + by) });
            let moved: Vec<bool> = pairs.map(|(from, to)| old[from] == new[to] && old[to] != new[to]).collect();
            let Some((start, length)) = longest(&moved) else { continue };
            if length >= WORTH && best.is_none_or(|(most, _)| length > most) {
                best = Some((length, Scroll { top: start, end: start + length + by, by, up }));
            }
        }
    }
    best.map(|(_, scroll)| scroll)
}

/// Where the longest run begins, and its length.
fn longest(moved: &[bool]) -> Option<(usize, usize)> {
    let (mut best, mut start) = (None, 0);
    for (at, is_moved) in moved.iter().enumerate() {
        if !is_moved {
            start = at + 1;
        } else if best.is_none_or(|(_, length)| at + 1 - start > length) {
            best = Some((start, at + 1 - start));
        }
    }
    best
}

impl Scroll {
    /// The bytes that scroll; the pen must be plain, and the cursor is anywhere afterwards.
    pub(super) fn encode(self, out: &mut Vec<u8>) {
        let (row, step) = if self.up { (self.end, "\n") } else { (self.top + 1, "\x1bM") };
        let region = format!("\x1b[{};{}r\x1b[{row}H{}\x1b[r", self.top + 1, self.end, step.repeat(self.by));
        out.extend_from_slice(region.as_bytes());
    }

    /// What the terminal shows afterwards.
    pub(super) fn apply(self, shown: &mut Buffer) {
        let width = usize::from(shown.area.width);
        let (start, end, by) = (self.top * width, self.end * width, self.by * width);
        let lines = &mut shown.content[start..end];
        let length = lines.len();
        if self.up {
            lines.rotate_left(by);
            lines[length - by..].fill(Cell::EMPTY);
        } else {
            lines.rotate_right(by);
            lines[..by].fill(Cell::EMPTY);
        }
    }
}
