//! One file: read whole, and what a save must keep of it.
//!
//! Here: reading a document, and what a plain rename would lose (owner, mode, extended attributes and ACLs, hard links, a link's
//! target): it is kept, or the save is refused. Not here: the save itself, of one file or many ([`super::write`]), journals, re-applying
//! edits.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use blake3::Hash;

use super::root::{NOT_A_FILE, reason};
use super::xattr;
use crate::content::document::MAX_BYTES;
use crate::content::{Document, Unreadable};

/// How the temporary file beside the one it replaces is named: hidden, and no content file.
pub const TEMPORARY: (&str, &str) = (".curate-", ".tmp");

/// Whether a file is called as a temporary file of a write is, and as nobody else calls his own.
pub fn is_temporary(name: &std::ffi::OsStr) -> bool {
    let own = name.to_str().and_then(|name| name.strip_prefix(TEMPORARY.0)?.strip_suffix(TEMPORARY.1));
    own.is_some_and(|own| own.len() >= 6 && own.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system does not give it.
    #[error("{}", reason(.0))]
    Io(#[from] io::Error),
    /// It is no document.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// Why a file was not saved. It is as it was, and no temporary file is left.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Other bytes stand on disk than those that the edits were made from.
    #[error("changed on disk since it was read: not written")]
    ChangedOnDisk,
    /// A link, or a folder on the way, leads out of the root.
    #[error("a link out of the root, to {}: not written", .0.display())]
    OutsideRoot(PathBuf),
    /// Other names for the same file would keep the old text.
    #[error("it has {0} names (hard links), and a save would part them: not written")]
    HardLinks(u64),
    /// No regular file.
    #[error("not a regular file: not written")]
    NotAFile,
    /// The file itself may not be written.
    #[error("the file cannot be written ({0}): not written")]
    ReadOnly(String),
    /// No temporary file can stand beside it.
    #[error("its folder cannot be written ({0}): not written")]
    Folder(String),
    /// The new file would belong to somebody else.
    #[error("it belongs to user {uid}, group {gid}, and this cannot be kept ({reason}): not written")]
    Owner { uid: u32, gid: u32, reason: String },
    /// An extended attribute or an ACL would be lost.
    #[error("its extended attribute `{name}` cannot be kept ({reason}): not written")]
    Attribute { name: String, reason: String },
    /// The new text stands, but whether it survives a power cut is not known.
    #[error("written, but its folder could not be synced ({0})")]
    NotSynced(String),
    /// Any other failure.
    #[error("{}: not written", reason(.0))]
    Io(#[from] io::Error),
}

/// A file's fingerprint: what a save compares.
pub fn fingerprint(bytes: &[u8]) -> Hash {
    blake3::hash(bytes)
}

/// Reads a document. Its fingerprint is `fingerprint(document.text().as_bytes())`.
///
/// # Errors
/// [`ReadError`], in words for a curator.
pub fn read(path: &Path) -> Result<Document, ReadError> {
    Ok(Document::open(read_bytes(path)?)?)
}

/// Reads a file's bytes, but no more than a document may have.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() && !metadata.is_dir() {
        // To open a pipe would wait for whoever writes into it.
        return Err(io::Error::other(NOT_A_FILE).into());
    }
    let mut bytes = Vec::new();
    let length = read_in(File::open(path)?, &mut bytes)?.len();
    bytes.truncate(length);
    Ok(bytes)
}

/// As [`read_bytes`] of an open file, into room that the next one may take again. How large it is, is not asked beforehand: most
/// fit, and one that is read until nothing comes is whole whatever it was said to be.
///
/// # Errors
/// As [`read`].
pub fn read_in(mut file: File, room: &mut Vec<u8>) -> Result<&[u8], ReadError> {
    const FITS_MOST: usize = 32 * 1024;
    let mut length = 0;
    loop {
        if length > MAX_BYTES {
            let bytes = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
            return Err(Unreadable::TooLarge { bytes: bytes.max(length) }.into());
        }
        if length == room.len() {
            room.resize((length * 2).clamp(FITS_MOST, MAX_BYTES + 1), 0);
        }
        match file.read(&mut room[length..]) {
            Ok(0) => return Ok(&room[..length]),
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Makes a file that is not there yet, synced.
///
/// # Errors
/// Where something stands there already, or the folder cannot be written; then nothing is left behind.
pub fn create(path: &Path, text: &str) -> Result<(), SaveError> {
    let folder = path.parent().ok_or(SaveError::NotAFile)?;
    let mut new =
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|e| SaveError::Folder(reason(&e)))?;
    if let Err(error) = new.write_all(text.as_bytes()).and_then(|()| new.sync_all()) {
        // Half a file is worse than none; where it cannot be removed either, the first error says more.
        let _ = fs::remove_file(path);
        return Err(error.into());
    }
    sync_folder(folder).map_err(|e| SaveError::NotSynced(reason(&e)))
}

/// Where the file itself lies, links followed; refused where that is not within the root, which is given without links.
pub(super) fn within(root: &Path, path: &Path) -> Result<PathBuf, SaveError> {
    let target = path.canonicalize()?;
    if !target.starts_with(root) {
        return Err(SaveError::OutsideRoot(target));
    }
    Ok(target)
}

/// Opens the file for writing, though it is never written through this: a file that is read-only stays so, and is told.
pub(super) fn open_to_replace(path: &Path) -> Result<(File, Metadata), SaveError> {
    if !fs::metadata(path)?.is_file() {
        return Err(SaveError::NotAFile);
    }
    let file = OpenOptions::new().read(true).write(true).open(path).map_err(|e| SaveError::ReadOnly(reason(&e)))?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(SaveError::NotAFile);
    }
    if about.nlink() > 1 {
        return Err(SaveError::HardLinks(about.nlink()));
    }
    Ok((file, about))
}

/// Gives a new file owner, attributes and mode of the one that it is to replace.
pub(super) fn make_like(new: &File, old: &File, about: &Metadata) -> Result<(), SaveError> {
    keep_owner(new, about)?;
    xattr::copy(old, new).map_err(|(name, e)| SaveError::Attribute { name, reason: reason(&e) })?;
    new.set_permissions(fs::Permissions::from_mode(about.mode() & 0o7777))?;
    Ok(())
}

fn keep_owner(new: &File, about: &Metadata) -> Result<(), SaveError> {
    let now = new.metadata()?;
    if (now.uid(), now.gid()) == (about.uid(), about.gid()) {
        return Ok(());
    }
    std::os::unix::fs::fchown(new, Some(about.uid()), Some(about.gid())).map_err(|error| SaveError::Owner {
        uid: about.uid(),
        gid: about.gid(),
        reason: reason(&error),
    })
}

/// Whether the file at `path` is the one that was read, untouched meanwhile: writing the temporary file takes milliseconds, in which
/// an editor may save. (Bytes were compared before; this closes most of the gap between then and the rename.)
pub(super) fn is_still(path: &Path, about: &Metadata) -> bool {
    let stamp = |m: &Metadata| (m.dev(), m.ino(), m.size(), m.mtime(), m.mtime_nsec(), m.ctime(), m.ctime_nsec());
    fs::symlink_metadata(path).is_ok_and(|now| stamp(&now) == stamp(about))
}

/// Makes a rename in `folder` survive a power cut. Some file systems know no sync of a folder; they are believed.
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if error.kind() != io::ErrorKind::InvalidInput => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_document_is_told_in_words() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("item.md");
        let told = |path: &Path| read(path).unwrap_err().to_string();
        assert_eq!(told(dir.path()), "a folder, not a file");
        assert_eq!(told(&dir.path().join("gone.md")), "no such file or folder");
        fs::write(&file, b"---\na: \xff\n---\n").unwrap();
        assert!(told(&file).starts_with("not UTF-8"));
        let large = File::create(&file).unwrap();
        large.set_len(MAX_BYTES as u64 + 1).unwrap();
        assert!(told(&file).starts_with("too large"));
    }
}
