//! A process that ends itself, by a kill that nothing can catch, at a chosen call, or stands still there: for the proof that no such end
//! loses anything, and that nobody goes in between.
//!
//! Builds for people have none of this.

use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::{Call, Calls, Go, Probe};
use crate::shell::disk::is_temporary;

/// The variable that says when: `replace 3` is before the third file is replaced, `sync 2` before the second sync of a file, `any 17`
/// before the seventeenth call.
const DIES: &str = "CURATE_DIES_AT";

/// The same where it stands still, until the file is there that is named behind the number.
const WAITS: &str = "CURATE_WAITS_AT";

#[derive(Debug)]
struct Death {
    /// What calls count, by the name of their kind.
    kind: String,
    /// So many are made.
    left: AtomicUsize,
    /// What is waited for in place of the end.
    until: Option<PathBuf>,
}

/// The way to the disk of this process.
pub(super) fn calls() -> Calls {
    let told = |name: &str| std::env::var(name).ok();
    let death = told(DIES).and_then(|at| {
        let (kind, number) = at.split_once(' ')?;
        Some(Death { kind: kind.to_string(), left: AtomicUsize::new(number.parse().ok()?), until: None })
    });
    let wait = told(WAITS).and_then(|at| {
        let [kind, number, until] = at.splitn(3, ' ').collect::<Vec<_>>()[..] else { return None };
        let left = AtomicUsize::new(number.parse().ok()?);
        Some(Death { kind: kind.to_string(), left, until: Some(until.into()) })
    });
    death.or(wait).map_or_else(Calls::default, |death| Calls::probed(Arc::new(death)))
}

impl Probe for Death {
    fn before(&self, call: Call<'_>) -> io::Result<Go> {
        let counts = match (self.kind.as_str(), call) {
            ("any", _) => true,
            ("replace", Call::Rename { from, .. }) => from.file_name().is_some_and(is_temporary),
            (kind, call) => kind == call.kind(),
        };
        if counts && self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            if let Some(until) = &self.until {
                // Where its folder is gone, nobody will put it there any more.
                while !until.exists() && until.parent().is_some_and(Path::exists) {
                    std::thread::sleep(Duration::from_millis(10));
                }
                return Ok(Go::Do);
            }
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
