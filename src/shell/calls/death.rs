//! A process that ends itself, by a kill that nothing can catch, at a chosen call: for the proof that no such end loses anything.
//!
//! Builds for people have none of this.

use std::io;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::process::{Pid, Signal, kill_process};

use super::{Call, Calls, Go, Probe};
use crate::shell::disk::is_temporary;

/// The variable that says when: `replace 3` is before the third file is replaced, `sync 2` before the second sync of a file, `any 17`
/// before the seventeenth call.
const VARIABLE: &str = "CURATE_DIES_AT";

#[derive(Debug)]
struct Death {
    /// What calls count, by the name of their kind.
    kind: String,
    /// So many are made.
    left: AtomicUsize,
}

/// The way to the disk of this process.
pub(super) fn calls() -> Calls {
    let at = std::env::var(VARIABLE).ok();
    let at = at.as_deref().and_then(|at| at.split_once(' '));
    match at.and_then(|(kind, number)| Some((kind, number.parse::<usize>().ok()?))) {
        Some((kind, number)) => {
            Calls::probed(Arc::new(Death { kind: kind.to_string(), left: AtomicUsize::new(number) }))
        }
        None => Calls::default(),
    }
}

impl Probe for Death {
    fn before(&self, call: Call<'_>) -> io::Result<Go> {
        let counts = match (self.kind.as_str(), call) {
            ("any", _) => true,
            ("replace", Call::Rename { from, .. }) => from.file_name().is_some_and(is_temporary),
            (kind, call) => kind == call.kind(),
        };
        if counts && self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            if let Some(own) = Pid::from_raw(i32::try_from(process::id()).unwrap_or_default()) {
                // A kill of oneself is answered by nobody.
                let _ = kill_process(own, Signal::KILL);
            }
            loop {
                std::thread::park();
            }
        }
        Ok(Go::Do)
    }

    fn after(&self, _: Call<'_>) -> io::Result<()> {
        Ok(())
    }
}
