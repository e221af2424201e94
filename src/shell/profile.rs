//! The profile in force for a root: from its file, else read off the first items.
//!
//! Here: what is read from disk for it. Not here: what a profile says, nor how one is inferred (`profile`).

use std::fs;
use std::io;

use super::disk;
use super::root::{PROFILE_FILE, Root, reason};
use super::vocabulary;
use super::walk::{Found, Options, walk_over};
use crate::content::Value;
use crate::profile::{Profile, ProfileError};

/// How many items a profile is inferred from: the first by path under the root, whatever part of it was opened.
pub const SAMPLE: usize = 200;

/// The profile in force, with its vocabularies.
///
/// # Errors
/// Where `.curate.yaml` cannot be read: the file, the line and the reason. It stops the start.
pub fn load(root: &Root) -> Result<Profile, ProfileError> {
    Ok(vocabulary::known(root, from_file(root)?.unwrap_or_else(|| inferred(root))))
}

/// The profile that `.curate.yaml` says, if there is one; without what its vocabularies say.
///
/// # Errors
/// As [`load`].
pub fn from_file(root: &Root) -> Result<Option<Profile>, ProfileError> {
    let path = root.dir.join(PROFILE_FILE);
    let file = path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) if text.lines().any(|line| line.starts_with("extends")) => Profile::from_yaml(&text, &file).map(Some),
        Ok(text) => Profile::from_yaml_over(&text, &file, inferred(root)).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ProfileError { file, line: None, reason: reason(&error) }),
    }
}

/// The profile read off the first items.
pub fn inferred(root: &Root) -> Profile {
    Profile::infer(&sample(root))
}

/// The front matters of the first items that can be read.
fn sample(root: &Root) -> Vec<Value> {
    walk_over(root, &root.dir, Options::default())
        .filter_map(|found| match found {
            Found::File(item) => Some(item),
            Found::Problem { .. } => None,
        })
        .take(SAMPLE)
        .filter_map(|item| disk::read(&root.file(&item)).ok()?.value().ok())
        .collect()
}
