//! What somebody else did to the files: rows follow, drafts are made anew, wait, or go along with a file that was moved.
//!
//! Not here: finding it out (`shell::scan`), fields that changed on both sides (`conflicts`).

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::event::Outside;
use crate::app::{Effect, Layer, State};
use crate::content::counted::{count, grouped};
use crate::library::{ItemId, Record, Row};

use super::{drafts, rows};

/// What has been found, until all of it is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct OutsideSum {
    pub changed: usize,
    pub new: usize,
    pub moved: usize,
    pub gone: usize,
    /// Files that this desk has taken back itself: their rows come anew, and nobody has to be told.
    pub own: usize,
}

/// Takes what was found.
pub fn found(state: &mut State, outside: Outside) -> Vec<Effect> {
    match outside {
        Outside::Gone { gone, came } => vanished(state, &gone, came),
        Outside::Rows(rows) => rows.into_iter().flat_map(|row| changed(state, row)).collect(),
        Outside::Done => {
            say(state);
            Vec::new()
        }
    }
}

/// A window that gets the focus again: others may have worked meanwhile.
pub fn focused(_: &mut State) -> Vec<Effect> {
    vec![Effect::LookAgain]
}

/// Not everything is watched.
pub fn unwatched(state: &mut State, reason: &str) -> Vec<Effect> {
    state.unwatched = true;
    state.complain(format!(
        "changes by others are not seen at once: {reason} · looked for when this window gets the focus, and by w"
    ));
    Vec::new()
}

/// Files that are not there any more: a draft goes along where the same bytes stand elsewhere now, else it waits.
fn vanished(state: &mut State, gone: &[Arc<str>], came: Vec<(Arc<str>, String)>) -> Vec<Effect> {
    let mut came: HashMap<String, Arc<str>> = came.into_iter().map(|(path, base)| (base, path)).collect();
    let mut effects = Vec::new();
    for path in gone {
        if state.preview.asked.as_ref().is_some_and(|(shown, ..)| shown == path) {
            state.preview.asked = None;
        }
        let to = state.library.drafts.base(path).and_then(|base| came.remove(base));
        match (to, state.library.find(path)) {
            (Some(to), id) if !state.library.drafts.has(&to) => {
                state.outside.moved += 1;
                state.library.drafts.moved(path, &to);
                if let Some(id) = id {
                    go_along(state, id, &to);
                }
                follow(state, path, &to);
                effects.push(Effect::Journal(vec![Record::Moved { from: path.to_string(), to: to.to_string() }]));
            }
            (_, Some(id)) => {
                state.outside.gone += 1;
                state.library.conflicts.remove(path);
                if state.library.drafts.has(path) {
                    state.library.drafts.set_disk_row(path, Arc::new(Row::gone(path.clone())));
                    rows::replace(state, id, Row::waiting(path.clone()));
                } else {
                    rows::take_out(state, id);
                }
            }
            _ => {}
        }
    }
    renew(state);
    effects
}

/// The item goes along with its file; where the file was met already at its new place, it is that item.
fn go_along(state: &mut State, id: ItemId, to: &Arc<str>) {
    let Some(there) = state.library.find(to).filter(|there| !state.library.row(*there).is_gone()) else {
        return state.library.moved(id, to);
    };
    let row = state.library.row(there).clone();
    state.library.drafts.set_disk_row(to, row);
    if state.library.marks.contains(id) {
        state.library.marks.extend([there]);
    }
    if state.queue.stay_on.or(state.queue.current()) == Some(id) {
        state.queue.stay_on = Some(there);
    }
    rows::take_out(state, id);
}

/// What is open on a file that was moved stays open on it.
fn follow(state: &mut State, from: &Arc<str>, to: &Arc<str>) {
    state.library.conflicts.remove(from);
    for layer in &mut state.layers {
        match layer {
            Layer::Form(form) if form.path == *from => form.path = to.clone(),
            Layer::Diff(pane) if pane.path == *from => pane.path = to.clone(),
            _ => {}
        }
    }
}

/// The order is another, and the cursor stays on its item.
fn renew(state: &mut State) {
    state.queue.moved = true;
    state.queue.stale = true;
}

/// A file that is new, or other than it was.
fn changed(state: &mut State, row: Row) -> Vec<Effect> {
    let path = row.path.clone();
    let before = state.library.find(&path).map(|id| state.library.row(id).clone());
    let is_here = before.as_ref().is_some_and(|row| !row.is_gone());
    let has_draft = state.library.drafts.has(&path);
    // The row of a draft says what was decided: what others changed shows beside the row of the disk.
    let before = before.map(|row| state.library.drafts.disk_row(&path).cloned().unwrap_or(row));
    match before.filter(|_| is_here) {
        Some(before) if before.is_waiting() => renew(state),
        None => {
            state.outside.new += 1;
            renew(state);
        }
        // Only the order that it stood in is asked for anew; rows that match no more stay until the next filter.
        Some(before) => state.outside.changed += usize::from(!before.says_the_same(&row)),
    }
    let effects = rows::take(state, row);
    if !state.queue.columns.is_empty() {
        // What was read of it besides its row is not so any more.
        state.queue.columns.clear();
        renew(state);
    }
    if state.preview.asked.as_ref().is_some_and(|(shown, ..)| *shown == path) {
        state.preview.asked = None;
    }
    let opened = if has_draft { Vec::new() } else { drafts::refresh(state, &path) };
    effects.into_iter().chain(opened).collect()
}

fn say(state: &mut State) {
    let OutsideSum { changed, new, moved, gone, own } = std::mem::take(&mut state.outside);
    // What was moved comes as a row once more.
    let changed = changed.saturating_sub(moved);
    state.outside.own = own.saturating_sub(changed);
    let changed = changed.saturating_sub(own);
    let parts = [(changed, "changed"), (new, "new"), (moved, "moved"), (gone, "gone")];
    let mut parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(n))).collect();
    let waiting = state.library.waiting();
    if gone > 0 && waiting > 0 {
        parts.push(format!("{} for a file to come back", waits(waiting)));
    }
    // What is in conflict has been said, and is more urgent.
    if !parts.is_empty() && !state.message.as_ref().is_some_and(|message| message.error && message.new) {
        state.say(format!("on disk: {}", parts.join(", ")));
    }
}

fn waits(drafts: usize) -> String {
    format!("{} {}", count(drafts, "draft"), if drafts == 1 { "waits" } else { "wait" })
}
