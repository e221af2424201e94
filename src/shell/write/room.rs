//! Whether a write has room: its new texts stand beside the old ones for a moment, all of them at once.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::many::Ground;
use crate::shell::calls::Calls;
use crate::shell::disk::{SaveError, within};

/// The room that the new texts take beside the old ones.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// By file system: a folder on it, and bytes.
    needed: BTreeMap<u64, (PathBuf, u64)>,
}

impl Room {
    /// Counts an item in; says which folder (from the root) its file lies in.
    pub(super) fn count(&mut self, ground: &Ground<'_>, item: &str) -> Result<String, SaveError> {
        let target = within(ground.root, &ground.root.join(item))?;
        let about = fs::metadata(&target)?;
        let folder = target.parent().ok_or(SaveError::NotAFile)?;
        let block = about.blksize().max(512);
        let (_, bytes) = self.needed.entry(about.dev()).or_insert_with(|| (folder.to_path_buf(), 0));
        // An edit adds a little: a block more is plenty.
        *bytes += (about.len() / block + 2) * block;
        let below = folder.strip_prefix(ground.root).ok().and_then(Path::to_str);
        below.map(str::to_string).ok_or(SaveError::NotAFile)
    }

    pub(super) fn is_enough(&self, calls: &Calls) -> Result<(), String> {
        for (folder, bytes) in self.needed.values() {
            let free = calls.space(folder).ok().flatten();
            if let Some(free) = free.filter(|free| free < bytes) {
                let (needed, free) = (size(*bytes), size(free));
                return Err(format!(
                    "the new texts need {needed} for a moment, and {free} are free: nothing was written"
                ));
            }
        }
        Ok(())
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        ..1_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
