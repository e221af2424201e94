//! Writing the made-up library to disk.
//!
//! Here: an empty folder filled, or one that was left half filled completed. Not here: what the files hold (`crate::demo`).

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::root::PROFILE_FILE;
use crate::demo::{self, DemoFile};

/// Whether nothing stands in the way of making a library there: no such folder, or one that holds nothing.
///
/// # Errors
/// Where something else stands there, or it may not be looked at.
pub fn is_free(dir: &Path) -> io::Result<bool> {
    match fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Whether a library was made there to its end: its profile is written last.
pub fn is_made(dir: &Path) -> bool {
    dir.join(PROFILE_FILE).is_file()
}

/// Makes a library of exactly `count` items. A file that is there already stays as it is.
///
/// # Errors
/// Where a folder or a file cannot be written.
pub fn make(dir: &Path, count: usize) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let mut made = HashSet::new();
    for DemoFile { path, text } in demo::items(count).chain(demo::root_files()) {
        let path = dir.join(path);
        if let Some(folder) = path.parent().filter(|folder| !made.contains(*folder)) {
            fs::create_dir_all(folder)?;
            made.insert(folder.to_path_buf());
        }
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => file.write_all(text.as_bytes())?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
