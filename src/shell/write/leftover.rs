//! Temporary files of writes that nobody remembers: the state folder is gone, or was another one. Removed at the start, and said.
//!
//! What a plan knows of is removed with the plan ([`super::recover`]). Here is only what has lain for an hour: a younger one may be of a
//! write that goes on, by a program that keeps its state elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::shell::calls::Calls;

/// No write takes that long from its first temporary file to its last rename.
const OLD: Duration = Duration::from_secs(60 * 60);

/// Removes those that are old, and says how many they were.
pub fn remove(calls: &Calls, temporary: &[PathBuf]) -> Option<String> {
    let old = temporary.iter().filter(|path| is_old(path));
    // One that cannot be removed is met again at the next start.
    let removed = old.filter(|path| calls.remove(path).is_ok()).count();
    let files = if removed == 1 { "1 temporary file" } else { &format!("{removed} temporary files") };
    (removed > 0).then(|| format!("{files} of an old write that was cut short: removed"))
}

fn is_old(path: &Path) -> bool {
    let about = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file);
    about.and_then(|about| about.modified().ok()?.elapsed().ok()).is_some_and(|age| age > OLD)
}
