//! The journal: an append-only file of records, each with its checksum, in the state folder of the root.
//!
//! Here: the file, its lock, and its compaction at the start. Not here: what a record means (`library`).
//!
//! A line is a record ([`super::lines`]). A tail that was cut short, or does not match its checksum, ends the
//! reading: what stands before it counts.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use super::calls::Calls;
use super::folders::make_private;
use super::history;
use super::lines::{line, parse};
use super::write::plan;
use crate::library::{Drafts, Record};

const HEADER: &str = "curate journal 1\n";

/// An open journal. It holds the lock as long as it lives.
#[derive(Debug)]
pub struct Journal {
    file: File,
    folder: PathBuf,
    calls: Calls,
    /// Plans of writes that it knows all about once it is synced.
    known: Vec<u64>,
    /// Kept open for its lock, which the system drops with the process.
    _lock: File,
}

/// What an earlier run left.
#[derive(Debug, Default)]
pub struct Left {
    pub records: Vec<Record>,
    /// Whether a damaged tail was cut.
    pub cut: bool,
}

/// Why the journal cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Another process works on this library.
    #[error("{0}")]
    Held(String),
    #[error("{}: {error}", path.display())]
    Io { path: PathBuf, error: io::Error },
}

/// Opens the journal in `folder`, which is made (0700) if it is not there, takes the lock, and compacts what an earlier run left.
///
/// # Errors
/// [`JournalError::Held`] names the process that has the lock.
pub fn open(folder: &Path) -> Result<(Journal, Left), JournalError> {
    open_by(Calls::default(), folder)
}

/// The same by way of these calls.
///
/// # Errors
/// As [`open`].
pub fn open_by(calls: Calls, folder: &Path) -> Result<(Journal, Left), JournalError> {
    let named = |path: &Path| {
        let path = path.to_path_buf();
        move |error| JournalError::Io { path, error }
    };
    make_private(folder).map_err(named(folder))?;
    let lock = lock(folder)?;
    let path = folder.join("journal");
    let left = match fs::read(&path) {
        Ok(bytes) => read(&bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Left::default(),
        Err(error) => return Err(named(&path)(error)),
    };
    let last = history::last_id(folder);
    let mut compact = compacted(&left.records);
    if last > 0 {
        // What was written has numbers that no other batch may have.
        compact.insert(0, Record::Numbered(last));
    }
    let file = write_anew(&calls, folder, &path, &compact).map_err(named(&path))?;
    let journal = Journal { file, folder: folder.to_path_buf(), calls, known: Vec::new(), _lock: lock };
    Ok((journal, Left { records: compact, cut: left.cut }))
}

fn lock(folder: &Path) -> Result<File, JournalError> {
    let path = folder.join("lock");
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    let mut file = open.map_err(|error| JournalError::Io { path: path.clone(), error })?;
    if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
        let holder = fs::read_to_string(&path).unwrap_or_default();
        let holder = holder.lines().next().filter(|l| !l.is_empty()).unwrap_or("another process").to_string();
        return Err(JournalError::Held(format!("{holder} has this library open")));
    }
    let holder = format!("process {} on {}\n", std::process::id(), host());
    let write = file.set_len(0).and_then(|()| file.write_all(holder.as_bytes()));
    write.map_err(|error| JournalError::Io { path, error })?;
    Ok(file)
}

fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// Whether a running workstation holds the library of this state folder, and which.
pub fn holder(folder: &Path) -> Option<String> {
    let path = folder.join("lock");
    let file = File::open(&path).ok()?;
    match flock(&file, FlockOperation::NonBlockingLockShared) {
        Ok(()) => None,
        Err(_) => {
            let text = fs::read_to_string(&path).unwrap_or_default();
            Some(text.lines().next().unwrap_or("another process").to_string())
        }
    }
}

/// The records of a library that is not open, for verbs that must not write over drafts.
pub fn peek(folder: &Path) -> Vec<Record> {
    fs::read(folder.join("journal")).map(|bytes| read(&bytes).records).unwrap_or_default()
}

fn read(bytes: &[u8]) -> Left {
    let mut left = Left::default();
    let Some(mut rest) = bytes.strip_prefix(HEADER.as_bytes()) else {
        left.cut = !bytes.is_empty();
        return left;
    };
    while !rest.is_empty() {
        let Some(end) = rest.iter().position(|b| *b == b'\n') else { break };
        let Some(record) = parse(&rest[..end]) else { break };
        left.records.push(record);
        rest = &rest[end + 1..];
    }
    left.cut = !rest.is_empty();
    left
}

/// The fewest records that bring the same drafts and the same place back.
fn compacted(records: &[Record]) -> Vec<Record> {
    let mut drafts = Drafts::default();
    records.iter().for_each(|record| drafts.replay(record));
    let mut compact = drafts.records();
    compact.extend(records.iter().rev().find(|r| matches!(r, Record::Place(_))).cloned());
    compact
}

/// Makes the journal of these records, under another name until it is whole and safe.
fn write_anew(calls: &Calls, folder: &Path, path: &Path, records: &[Record]) -> io::Result<File> {
    let new = folder.join("journal.new");
    calls.remove(&new)?;
    let file = calls.create(&new)?;
    let mut bytes = HEADER.as_bytes().to_vec();
    for record in records {
        bytes.extend(line(record)?);
    }
    calls.write(&new, &file, &bytes)?;
    calls.sync_file(&new, &file)?;
    calls.rename(&new, path)?;
    calls.sync_folder(folder)?;
    Ok(file)
}

impl Journal {
    /// Appends records; they are safe once [`Journal::sync`] returns.
    pub fn append(&mut self, records: &[Record]) -> io::Result<()> {
        let mut bytes = Vec::new();
        for record in records {
            bytes.extend(line(record)?);
        }
        self.calls.write(&self.folder.join("journal"), &self.file, &bytes)?;
        let known = |record: &Record| if let Record::WriteKnown { plan } = record { Some(*plan) } else { None };
        self.known.extend(records.iter().filter_map(known));
        Ok(())
    }

    /// Waits until all is on the disk. What it then knows all about needs no plan any more.
    pub fn sync(&mut self) -> io::Result<()> {
        self.calls.sync_file(&self.folder.join("journal"), &self.file)?;
        for number in std::mem::take(&mut self.known) {
            plan::remove(&self.calls, &self.folder, number)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::PlaceInQueue;
    use crate::profile::Intent;

    fn began(batch: u64) -> Record {
        let intent = Intent::SetText { field: "status".parse().unwrap(), text: "approved".into() };
        Record::Began { batch, label: "approved".into(), intents: vec![intent], items: vec!["a.md".into()] }
    }

    #[test]
    fn what_was_appended_is_there_again_and_a_cut_tail_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, left) = open(folder.path()).unwrap();
        assert!(left.records.is_empty() && !left.cut);
        let place = Record::Place(PlaceInQueue { filter: "virtual".into(), ..PlaceInQueue::default() });
        journal.append(&[began(1), place.clone()]).unwrap();
        journal.file.write_all(b"0123456789abcdef {\"half").unwrap();
        drop(journal);
        let (_, left) = open(folder.path()).unwrap();
        assert_eq!(left.records, vec![began(1), place]);
        assert!(left.cut);
        let (_, again) = open(&folder.path().join("other")).unwrap();
        assert!(again.records.is_empty());
    }

    #[test]
    fn a_second_process_is_told_who_holds_the_library() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = open(folder.path()).unwrap();
        let error = open(folder.path()).unwrap_err();
        assert!(matches!(&error, JournalError::Held(who) if who.contains(&std::process::id().to_string())), "{error}");
        assert!(holder(folder.path()).is_some());
        drop(journal);
        assert_eq!(holder(folder.path()), None);
        open(folder.path()).unwrap();
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let mut bytes = HEADER.as_bytes().to_vec();
        bytes.extend(line(&began(1)).unwrap());
        bytes.extend(line(&began(2)).unwrap());
        let at = bytes.len() - 8;
        bytes[at] ^= 1;
        let left = read(&bytes);
        assert_eq!(left.records, vec![began(1)]);
        assert!(left.cut);
    }
}
