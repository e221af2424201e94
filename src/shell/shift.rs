//! A letter put in or taken out within a line: the terminal is told to move what follows, and only what is new is written.
//!
//! A cell is inserted at one place and one is deleted where the moved ones end (`CSI @` and `CSI P`, in either order), so that what
//! stands behind them stays. Here: finding the cells that only moved, and the bytes for it. Not here: what else differs (that is
//! `changes`), lines that move as a whole (`scroll`).

use ratatui::buffer::{Buffer, Cell, CellWidth};

use super::paint::is_bare;

/// So many cells written anew take as many bytes as moving them.
const WORTH: usize = 24;

/// Cells of a line that move together by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    row: usize,
    /// Where a cell is put in (and the last before `end` lost), or one is taken out (and a blank comes in before `end`).
    at: usize,
    end: usize,
    inserts: bool,
}

/// The shifts that bring `shown` nearer to `next`, a line each. Both have the same size.
pub(super) fn between(shown: &Buffer, next: &Buffer) -> Vec<Shift> {
    let width = usize::from(next.area.width);
    if width == 0 || shown.area != next.area {
        return Vec::new();
    }
    let lines = shown.content.chunks(width).zip(next.content.chunks(width)).enumerate();
    lines.filter(|(_, (old, new))| old != new).filter_map(|(row, (old, new))| of_line(row, old, new)).collect()
}

fn of_line(row: usize, old: &[Cell], new: &[Cell]) -> Option<Shift> {
    let at = old.iter().zip(new).position(|(old, new)| old != new)?;
    // What a terminal makes of half a wide character differs, and the last column comes back blank.
    if !old[at..].iter().all(is_narrow) || !old.last().is_some_and(is_bare) {
        return None;
    }
    let run = |from: &[Cell], to: &[Cell]| from.iter().zip(to).take_while(|(from, to)| from == to).count();
    let shift = |inserts: bool| {
        let moved = if inserts { run(&old[at..], &new[at + 1..]) } else { run(&old[at + 1..], &new[at..]) };
        // The last column is no part of it: it is where the cells that stay are put back.
        Shift { row, at, end: (at + moved + 1).min(old.len() - 1), inserts }
    };
    let saved = |shift: &Shift| {
        let mut after = old.to_vec();
        shift.apply_to(&mut after);
        let differs = |line: &[Cell]| line.iter().zip(new).filter(|(line, new)| line != new).count();
        differs(old).saturating_sub(differs(&after))
    };
    let moves_some = |shift: &Shift| shift.end > shift.at && saved(shift) > WORTH;
    [true, false].map(shift).into_iter().filter(moves_some).max_by_key(saved)
}

fn is_narrow(cell: &Cell) -> bool {
    cell.cell_width() == 1 && cell.symbol().chars().nth(1).is_none()
}

impl Shift {
    /// The bytes that shift; the pen must be plain, and the cursor is anywhere afterwards.
    pub(super) fn encode(self, out: &mut Vec<u8>) {
        let line = self.row + 1;
        let (first, last) = if self.inserts { ("@", "P") } else { ("P", "@") };
        // Once the first is done, what stood at the end stands one column on, or one back.
        let end = if self.inserts { self.end + 1 } else { self.end };
        out.extend_from_slice(
            format!("\x1b[{line};{}H\x1b[{first}\x1b[{line};{end}H\x1b[{last}", self.at + 1).as_bytes(),
        );
    }

    /// What the terminal shows afterwards.
    pub(super) fn apply(self, shown: &mut Buffer) {
        let width = usize::from(shown.area.width);
        self.apply_to(&mut shown.content[self.row * width..(self.row + 1) * width]);
    }

    fn apply_to(self, line: &mut [Cell]) {
        let moved = &mut line[self.at..self.end];
        if self.inserts {
            moved.rotate_right(1);
            moved[0] = Cell::EMPTY;
        } else {
            moved.rotate_left(1);
            if let Some(last) = moved.last_mut() {
                *last = Cell::EMPTY;
            }
        }
    }
}
