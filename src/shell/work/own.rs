//! What this program writes itself: who looks what others change passes it over.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{RowSpec, Workshop};
use crate::app::Event;

/// Files that were written, with their fingerprints, until somebody has looked.
#[derive(Debug, Default)]
pub(super) struct Own {
    written: Mutex<HashMap<Arc<str>, String>>,
    writing: AtomicBool,
}

impl Own {
    /// Takes note of a file that was written.
    fn note(&self, event: &Event) {
        if let Event::Written { path, answer: Ok(file) } = event {
            // A note is there or not: nothing is half done.
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            written.insert(path.clone(), file.base.clone());
        }
    }
}

impl Workshop {
    /// What rows are read for.
    pub(in crate::shell) fn spec(&self) -> Arc<RowSpec> {
        self.profile().1
    }

    /// Writes, and takes note of what is written.
    pub(super) fn writing(&self, answer: &mut dyn FnMut(Event), write: impl FnOnce(&mut dyn FnMut(Event)) -> Event) {
        self.own.writing.store(true, Ordering::SeqCst);
        let end = write(&mut |event| {
            self.own.note(&event);
            answer(event);
        });
        self.own.writing.store(false, Ordering::SeqCst);
        answer(end);
    }

    /// Whether a write is under way.
    pub(in crate::shell) fn is_writing(&self) -> bool {
        self.own.writing.load(Ordering::SeqCst)
    }

    /// Whether a file is as this program wrote it, if it did; asked once.
    pub(in crate::shell) fn has_written(&self, path: &str, now: impl FnOnce() -> Option<String>) -> bool {
        let wrote = self.own.written.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
        wrote.is_some_and(|wrote| now().as_ref() == Some(&wrote))
    }
}
