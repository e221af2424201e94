//! The start of the workstation on a root whose lock it has: earlier writes brought to their end, in plans, journal and history.
//!
//! Here: the order of these. Not here: what a plan that is found comes to ([`super::recover`]), what the history makes of a write that
//! was cut short (`history`).

use std::io;
use std::path::Path;

use super::many::Ground;
use super::recover::{self, AtStart};
use crate::app::Event;
use crate::app::event::{CutShort, WriteEnd};
use crate::library::Drafts;
use crate::shell::calls::Calls;
use crate::shell::history::History;
use crate::shell::journal::{Journal, Left};

/// Brings earlier writes to their end, as far as that needs no answer. What there is to tell, or to ask, comes as events.
pub fn settle(calls: &Calls, history: &History, root: &Path, journal: &mut Journal, left: &mut Left) -> Vec<Event> {
    match settled(calls, history, root, journal, left) {
        Ok(events) => events,
        Err(error) => vec![Event::Failed(format!("an earlier write cannot be brought to its end: {error}"))],
    }
}

fn settled(
    calls: &Calls,
    history: &History,
    root: &Path,
    journal: &mut Journal,
    left: &mut Left,
) -> io::Result<Vec<Event>> {
    let root = root.canonicalize()?;
    let ground = Ground { calls, root: &root, state: Some(history.folder()) };
    let mut drafts = Drafts::default();
    left.records.iter().for_each(|record| drafts.replay(record));
    let AtStart { records, over, told, unfinished } = recover::at_start(ground, &drafts)?;
    journal.append(&records)?;
    journal.sync()?;
    left.records.extend(records);
    recover::forget(ground, &over)?;
    if let Some((written, planned)) = unfinished {
        // What the history says of it waits for the answer.
        return Ok(vec![Event::WriteEnded(WriteEnd::Cut(CutShort { written, planned, ..CutShort::default() }))]);
    }
    let cut = history.settle(journal, left)?;
    Ok(told.or_else(|| cut.map(|cut| cut.told())).map(Event::Said).into_iter().collect())
}
