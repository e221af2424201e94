//! What differs between what the terminal shows and what it shall show.
//!
//! ratatui's own diff trusts the terminal with the other half of a wide character that is overwritten; terminals differ in
//! what they leave there, so here every column such a character covered is written anew.

use ratatui::buffer::{Buffer, CellWidth};

use super::paint::Change;

/// The cells of `next` to be written over `shown`, in reading order. Both have the same size.
pub(super) fn between<'n>(shown: &Buffer, next: &'n Buffer) -> Vec<Change<'n>> {
    let mut changes = Vec::new();
    let width = usize::from(next.area.width);
    if width > 0 {
        for (y, (old, new)) in (0..).zip(shown.content.chunks(width).zip(next.content.chunks(width))) {
            if old != new {
                row(y, old, new, &mut changes);
            }
        }
    }
    changes
}

/// The changes of one row.
fn row<'n>(y: u16, old: &[ratatui::buffer::Cell], new: &'n [ratatui::buffer::Cell], changes: &mut Vec<Change<'n>>) {
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
fn columns(cell: &ratatui::buffer::Cell) -> usize {
    usize::from(cell.cell_width().max(1))
}
