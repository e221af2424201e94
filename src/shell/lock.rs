//! The lock of a library: one process writes, and it says which.
//!
//! It is an advisory lock (`flock`) of a file in the state folder, so that neither a kill nor a reboot leaves it behind. Here: taking it,
//! asking for it, waiting for it. Not here: what is done under it (`journal`, the verbs).

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};

use super::history;
use crate::profile::timestamp;

/// So long it is tried again where nobody holds it, and somebody only asks: who asks may be kept from going on by a busy machine.
const PATIENCE: Duration = Duration::from_secs(2);
/// So long between two tries.
const MOMENT: Duration = Duration::from_millis(1);

/// A lock that is held as long as this lives. The system drops it with the process.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

/// Why it is not to be had.
#[derive(Debug)]
pub(super) enum Locked {
    /// Somebody has it, and says this of himself.
    By(String),
    Io {
        path: PathBuf,
        error: io::Error,
    },
}

/// Closing the file is not enough: a process that another thread is just about to start has the same file open until it is another
/// program.
impl Drop for Lock {
    fn drop(&mut self) {
        // Where it cannot be given back, the closing does it, or the end of the process.
        let _ = flock(&self.file, FlockOperation::Unlock);
    }
}

impl Lock {
    /// Takes the lock of this state folder, and says in it who has it.
    pub(super) fn take(folder: &Path) -> Result<Lock, Locked> {
        let path = folder.join("lock");
        let named = |error| Locked::Io { path: path.clone(), error };
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        let mut lock = Lock { file: open.map_err(named)? };
        if !lock.is_taken() {
            return Err(Locked::By(told(&path)));
        }
        // When it began tells a process from a later one of the same number.
        let since = timestamp(history::now()).replace('T', " ").replace('Z', " UTC");
        let holder = format!("process {} on {} (since {since})\n", std::process::id(), host());
        lock.file.set_len(0).and_then(|()| lock.file.write_all(holder.as_bytes())).map_err(named)?;
        Ok(lock)
    }

    /// Who asks whether it is held has a part of it for that moment, and must not be taken for one who holds it.
    fn is_taken(&self) -> bool {
        let begun = Instant::now();
        loop {
            if flock(&self.file, FlockOperation::NonBlockingLockExclusive).is_ok() {
                return true;
            }
            if flock(&self.file, FlockOperation::NonBlockingLockShared).is_err() || begun.elapsed() > PATIENCE {
                return false;
            }
            let _ = flock(&self.file, FlockOperation::Unlock);
            thread::sleep(MOMENT);
        }
    }
}

/// What a lock says of who has it.
fn told(path: &Path) -> String {
    let holder = fs::read_to_string(path).unwrap_or_default();
    holder.lines().next().filter(|line| !line.is_empty()).unwrap_or("another process").to_string()
}

fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// Waits until nobody holds the library of this state folder.
///
/// # Errors
/// Where there is no lock to wait for.
pub fn wait_until_free(folder: &Path) -> io::Result<()> {
    let lock = Lock { file: File::open(folder.join("lock"))? };
    Ok(flock(&lock.file, FlockOperation::LockShared)?)
}

/// Whether a running workstation holds the library of this state folder, and which.
pub fn holder(folder: &Path) -> Option<String> {
    let path = folder.join("lock");
    let lock = Lock { file: File::open(&path).ok()? };
    match flock(&lock.file, FlockOperation::NonBlockingLockShared) {
        Ok(()) => None,
        Err(_) => Some(told(&path)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn a_lock_that_is_given_back_is_free_though_a_program_that_is_being_started_has_its_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        // As between fork and exec.
        let inherited = lock.file.try_clone().unwrap();
        drop(lock);
        assert_eq!(holder(folder.path()), None);
        drop(Lock::take(folder.path()).unwrap());
        drop(inherited);
    }

    #[test]
    fn who_only_asks_is_never_taken_for_one_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        drop(Lock::take(folder.path()).unwrap());
        let over = AtomicBool::new(false);
        thread::scope(|threads| {
            let ask = || {
                while !over.load(Ordering::Relaxed) {
                    let _ = holder(folder.path());
                }
            };
            threads.spawn(ask);
            let refused = (0..300).filter(|_| Lock::take(folder.path()).is_err()).count();
            over.store(true, Ordering::Relaxed);
            assert_eq!(refused, 0);
        });
    }

    #[test]
    fn who_holds_it_says_so_and_is_not_parted_from_it_by_those_who_ask() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        let own = format!("process {} on ", std::process::id());
        assert!(holder(folder.path()).unwrap().starts_with(&own));
        assert!(matches!(Lock::take(folder.path()), Err(Locked::By(who)) if who.starts_with(&own)));
        assert!(holder(folder.path()).is_some());
        drop(lock);
        assert_eq!(holder(folder.path()), None);
    }
}
