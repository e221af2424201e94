//! The library taken to write in: its lock, its journal, and earlier writes brought to their end; at the start, and where another process
//! that had it is gone.
//!
//! Here: the order of these, and waiting for the lock. Not here: the lock itself (`journal`), what is brought to its end
//! (`write::start`).

use std::path::Path;
use std::thread;

use super::calls::Calls;
use super::history::History;
use super::journal::{self, Journal, JournalError};
use super::lock;
use super::write::start;
use crate::app::Event;
use crate::library::Record;

/// What comes with a library that is taken.
pub(super) struct Taken {
    pub journal: Journal,
    /// What an earlier run has left.
    pub records: Vec<Record>,
    /// What there is to tell, or to ask.
    pub told: Vec<Event>,
}

/// Why it is not taken.
pub(super) struct NotTaken {
    pub reason: String,
    /// Whether it may be free later.
    pub is_held: bool,
}

/// Takes the library whose state is in `folder`.
pub(super) fn take(calls: &Calls, folder: &Path, root: &Path) -> Result<Taken, NotTaken> {
    let (mut journal, mut left) = journal::open_by(calls.clone(), folder).map_err(|error| {
        let is_held = matches!(error, JournalError::Held(_));
        let reason = match error {
            JournalError::Held(holder) => holder,
            JournalError::Newer { .. } => error.to_string(),
            JournalError::Io { .. } => format!("the journal cannot be kept: {error}"),
        };
        NotTaken { reason, is_held }
    })?;
    let history = History::new(folder.to_path_buf(), root.to_path_buf()).by(calls.clone());
    let mut told = start::settle(calls, &history, root, &mut journal, &mut left);
    told.extend(left.damage.as_ref().map(|damage| Event::Failed(damage.told())));
    Ok(Taken { journal, records: left.records, told })
}

/// Tells once, as soon as nobody holds the library any more.
pub(super) fn tell_when_free(folder: &Path, tell: impl FnOnce(Event) + Send + 'static) {
    let folder = folder.to_path_buf();
    thread::spawn(move || {
        // Where nobody can wait for the lock, the next start takes it.
        if lock::wait_until_free(&folder).is_ok() {
            tell(Event::Free);
        }
    });
}
