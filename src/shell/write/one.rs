//! One file of any folder replaced, outside of a library's writes: no plan, no history, and the same care.
//!
//! Here: what a merge and the lines for git are written by. Not here: items ([`super::many`] and its plan).

use std::path::Path;

use super::many::{Cut, Ground, Many, Refused, Text};
use crate::shell::calls::Calls;
use crate::shell::disk::fingerprint;
use crate::shell::root::reason;

/// Puts `new` in the place of `old`: a temporary file beside it, synced, then renamed; owner, mode and attributes are kept. A link is
/// followed. The folder is not synced: after a power cut the old file may stand there again, whole, and git begins its merge anew.
///
/// # Errors
/// In words; the file is as it was.
pub fn replace(calls: &Calls, file: &Path, old: &[u8], new: &str) -> Result<(), String> {
    let target = file.canonicalize().map_err(|error| reason(&error))?;
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else {
        return Err("not a regular file: not written".to_string());
    };
    let name = name.to_str().ok_or("its name is not UTF-8: not written")?;
    let mut many = Many::begin(Ground { calls, root: folder, state: None }, [name])?;
    let before = fingerprint(old);
    match many.stage(Text { at: 0, before: &before, text: new, steps: Vec::new() }) {
        Ok(()) => {}
        Err(Refused::File(error)) => return Err(error.to_string()),
        Err(Refused::Disk(error)) => return Err(format!("{}: not written", reason(&error))),
    }
    match many.replace(&|| false, &mut |_| {}) {
        Ok(mut whole) => whole.failed.pop().map_or(Ok(()), |(_, error)| Err(error.to_string())),
        Err(Cut::Before(why)) => Err(format!("{why}: not written")),
        // It is one file, and its rename is the last that is done: nothing can be cut short behind it.
        Err(Cut::After { reason, .. }) => Err(format!("written, but {reason}")),
    }
}
