//! What differs between what the terminal shows and what it shall show.
//!
//! ratatui's own diff trusts the terminal with the other half of a wide character that is overwritten; terminals differ in
//! what they leave there, so here every column such a character covered is written anew.

use ratatui::buffer::{Buffer, Cell, CellWidth};

use super::paint::Change;

/// The cells of `next` to be written over `shown`, in reading order. Both have the same size.
pub(super) fn between<'n>(shown: &Buffer, next: &'n Buffer) -> Vec<Change<'n>> {
    let mut changes = Vec::new();
    let width = usize::from(next.area.width);
    if width > 0 {
        for (y, (old, new)) in (0..).zip(shown.content.chunks(width).zip(next.content.chunks(width))) {
            if old != new {
                let mut here = Vec::new();
                row(y, old, new, &mut here);
                bridge(new, here, &mut changes);
            }
        }
    }
    changes
}

/// So many cells that stay take no more bytes written again than a cursor moved over them.
const NEAR: u16 = 3;

/// Takes the changes of a row, and with them what stands between two of them that are near: plain letters that the pen at hand writes.
fn bridge<'n>(row: &'n [Cell], here: Vec<Change<'n>>, changes: &mut Vec<Change<'n>>) {
    let mut last: Option<(u16, &Cell)> = None;
    for change @ (x, y, cell) in here {
        if let Some((before, pen)) = last {
            let between = before + 1..x;
            let looks_alike = |at: u16| {
                is_plain(pen) && is_plain(&row[usize::from(at)]) && row[usize::from(at)].style() == pen.style()
            };
            if between.len() <= usize::from(NEAR) && between.clone().all(looks_alike) {
                changes.extend(between.map(|at| (at, y, &row[usize::from(at)])));
            }
        }
        changes.push(change);
        last = Some((x, cell));
    }
}

/// Whether a cell takes one byte.
fn is_plain(cell: &Cell) -> bool {
    cell.symbol().len() == 1
}

/// The changes of one row.
fn row<'n>(y: u16, old: &[Cell], new: &'n [Cell], changes: &mut Vec<Change<'n>>) {
    // Columns before this one are in an unknown state.
    let mut stale = 0;
    let (mut x, mut old_lead) = (0, 0);
    while x < new.len() {
        let end = x + columns(&new[x]);
        let differs = old_lead != x || old[x] != new[x];
        if differs || x < stale {
            changes.push((u16::try_from(x).unwrap_or(u16::MAX), y, &new[x]));
            // What was overwritten may have reached further than what stands there now.
            while old_lead < end.min(old.len()) {
                old_lead += columns(&old[old_lead]);
            }
            stale = stale.max(old_lead);
        } else {
            old_lead = end;
        }
        x = end;
    }
}

/// How many columns a cell's character covers.
fn columns(cell: &Cell) -> usize {
    usize::from(cell.cell_width().max(1))
}
