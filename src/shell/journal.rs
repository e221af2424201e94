//! The journal: an append-only file of records, each with its checksum, in the state folder of the root.
//!
//! Here: the file and its compaction, at the start and where it has grown large. Not here: what a record means (`library`), its lock ([`super::lock`]),
//! and what is told while it cannot be written (`threads`).
//!
//! A line is a record ([`super::lines`]). A tail that was cut short, or does not match its checksum, ends the
//! reading: what stands before it counts. What a newer program wrote is left as it is, and the library is read only.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::calls::Calls;
use super::folders::make_private;
use super::history;
use super::lines::{self, Unread, line};
use super::lock::{Lock, Locked};
use super::write::plan;
use crate::library::{Drafts, Record, Standing};

/// What the first line says before the number of the version.
const NAME: &str = "curate journal ";

/// The version that this program writes. It is raised where records change their meaning; a new kind of record needs no number: who does
/// not know it reads no further.
const VERSION: u64 = 1;

/// What a journal that is being made anew is called until it takes the place of the old one.
const NEW: &str = "journal.new";

/// From here on a journal is made anew while the program runs, where it has grown to many times what it was.
const LARGE: u64 = 8 << 20;
const TIMES: u64 = 4;

/// So many records more than needed are no reason to make it anew at the start.
const FEW: usize = 256;

/// An open journal. It holds the lock as long as it lives.
#[derive(Debug)]
pub struct Journal {
    file: File,
    folder: PathBuf,
    calls: Calls,
    /// Plans of writes that it knows all about once it is synced.
    known: Vec<u64>,
    /// How much of the file is whole records: what a write that failed left behind them does not count.
    len: u64,
    /// How much there was when it was made anew.
    compact: u64,
    /// What has to be mended before the next record.
    broken: Option<Broken>,
    /// Kept open for its lock, which the system drops with the process.
    _lock: Lock,
}

/// What a failure left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Broken {
    /// There may be a part of a record at the end.
    Tail,
    /// What was written may never reach the disk: after a sync that failed, the next one may succeed without it.
    Unsynced,
}

/// What an earlier run left.
#[derive(Debug, Default)]
pub struct Left {
    pub records: Vec<Record>,
    /// What was damaged in it.
    pub damage: Option<Damage>,
}

/// A journal that cannot be read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The last record is not whole: the program ended while it was written. It never was said to be safe.
    Cut,
    /// There is something behind the last whole record, kept in this file.
    Kept(PathBuf),
}

impl Damage {
    /// What a curator is told.
    pub fn told(&self) -> String {
        match self {
            Damage::Cut => {
                "the end of the journal was cut off: the last moment before the crash may be missing".to_string()
            }
            Damage::Kept(path) => {
                let file = path.display();
                format!("the journal was damaged: what stands behind the damage is missing here, and is kept in {file}")
            }
        }
    }
}

/// Why the journal cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Another process works on this library.
    #[error("{0}")]
    Held(String),
    /// It is kept as it is.
    #[error("a newer curate has left drafts here that this one cannot read: open it with that one ({})", path.display())]
    Newer { path: PathBuf },
    #[error("{}: {error}", path.display())]
    Io { path: PathBuf, error: io::Error },
}

/// Opens the journal in `folder`, which is made (0700) if it is not there, takes the lock, and compacts what an earlier run left.
///
/// # Errors
/// [`JournalError::Held`] names the process that has the lock; [`JournalError::Newer`] leaves everything as it is.
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
    fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(named(folder))?;
    let lock = take(folder)?;
    let path = folder.join("journal");
    // What was to be the journal when an earlier run was killed.
    calls.remove(&folder.join(NEW)).map_err(named(folder))?;
    let bytes = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        read => read.map_err(named(&path))?,
    };
    let found = read(&bytes).map_err(|Newer| JournalError::Newer { path: path.clone() })?;
    let mut compact = compacted(&found.records);
    let last = history::last_id(folder);
    if last > 0 {
        // What was written has numbers that no other batch may have.
        compact.insert(0, Record::Numbered(last));
    }
    let damage = match found.rest {
        Rest::Nothing => None,
        Rest::Cut => Some(Damage::Cut),
        Rest::Damaged => Some(Damage::Kept(set_aside(folder, &bytes).map_err(named(folder))?)),
    };
    let is_numbered = last == 0 || found.records.contains(&Record::Numbered(last));
    let is_compact = found.records.len() <= compact.len() + FEW && is_numbered;
    let (file, len, records) = match is_compact && damage.is_none() && !bytes.is_empty() {
        true => (OpenOptions::new().append(true).open(&path).map_err(named(&path))?, bytes.len() as u64, found.records),
        false => {
            let bytes = whole(&compact).map_err(named(&path))?;
            (put(&calls, folder, &bytes).map_err(named(&path))?, bytes.len() as u64, compact)
        }
    };
    file.set_permissions(Permissions::from_mode(0o600)).map_err(named(&path))?;
    let (folder, known) = (folder.to_path_buf(), Vec::new());
    let journal = Journal { file, folder, calls, known, len, compact: len, broken: None, _lock: lock };
    Ok((journal, Left { records, damage }))
}

/// Keeps a damaged journal beside the new one, under a name of its own: somebody may be able to read more of it.
fn set_aside(folder: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let mut number = 1;
    loop {
        let path = folder.join(format!("journal.damaged-{number}"));
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => {
                file.write_all(bytes)?;
                file.sync_all()?;
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// A library that is held for a moment, by who writes in it and keeps no journal.
#[derive(Debug)]
pub struct Hold {
    _lock: Lock,
}

/// Holds the library of this state folder, which is made where it is not there.
///
/// # Errors
/// [`JournalError::Held`] names the process that has it.
pub fn hold(folder: &Path) -> Result<Hold, JournalError> {
    make_private(folder).map_err(|error| JournalError::Io { path: folder.to_path_buf(), error })?;
    Ok(Hold { _lock: take(folder)? })
}

fn take(folder: &Path) -> Result<Lock, JournalError> {
    Lock::take(folder).map_err(|locked| match locked {
        Locked::By(holder) => JournalError::Held(format!("{holder} has this library open")),
        Locked::Io { path, error } => JournalError::Io { path, error },
    })
}

/// The records of a library that is not open, for verbs that must not write over drafts.
///
/// # Errors
/// Where they cannot be read: nobody knows then what has a draft.
pub fn peek(folder: &Path) -> Result<Vec<Record>, JournalError> {
    let path = folder.join("journal");
    match fs::read(&path) {
        Ok(bytes) => read(&bytes).map(|found| found.records).map_err(|Newer| JournalError::Newer { path }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(JournalError::Io { path, error }),
    }
}

/// A newer program wrote it.
#[derive(Debug, PartialEq, Eq)]
struct Newer;

/// The records of a journal, up to the first that is damaged.
#[derive(Debug, PartialEq)]
struct Found {
    records: Vec<Record>,
    rest: Rest,
}

/// What stands behind the last whole record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    Nothing,
    /// A part of one record.
    Cut,
    /// More than that.
    Damaged,
}

fn read(bytes: &[u8]) -> Result<Found, Newer> {
    let mut records = Vec::new();
    let header = header();
    let Some(mut rest) = bytes.strip_prefix(header.as_bytes()) else {
        let version =
            bytes.strip_prefix(NAME.as_bytes()).map(|rest| rest.split(|b| *b == b'\n').next().unwrap_or(rest));
        let version = version.and_then(|number| std::str::from_utf8(number).ok()?.parse::<u64>().ok());
        return match version {
            Some(version) if version > VERSION => Err(Newer),
            _ if header.as_bytes().starts_with(bytes) => {
                Ok(Found { records, rest: if bytes.is_empty() { Rest::Nothing } else { Rest::Cut } })
            }
            _ => Ok(Found { records, rest: Rest::Damaged }),
        };
    };
    while let Some(end) = rest.iter().position(|b| *b == b'\n') {
        match lines::read(&rest[..end]) {
            Ok(record) => records.push(record),
            Err(Unread::Unknown) => return Err(Newer),
            Err(Unread::Damaged) => break,
        }
        rest = &rest[end + 1..];
    }
    let rest = match rest {
        [] => Rest::Nothing,
        cut if !cut.contains(&b'\n') => Rest::Cut,
        _ => Rest::Damaged,
    };
    Ok(Found { records, rest })
}

fn header() -> String {
    format!("{NAME}{VERSION}\n")
}

/// The fewest records that bring the same drafts and the same place back.
fn compacted(records: &[Record]) -> Vec<Record> {
    let mut drafts = Drafts::default();
    records.iter().for_each(|record| drafts.replay(record));
    let mut compact = drafts.records();
    compact.extend(Standing::of(records).records());
    compact
}

/// A journal of these records.
fn whole(records: &[Record]) -> io::Result<Vec<u8>> {
    let mut bytes = header().into_bytes();
    for record in records {
        bytes.extend(line(record)?);
    }
    Ok(bytes)
}

/// Puts a journal in the place of the one that is there: whole and safe, or not at all.
fn put(calls: &Calls, folder: &Path, bytes: &[u8]) -> io::Result<File> {
    let file = prepare(calls, folder, bytes)?;
    replace(calls, folder)?;
    Ok(file)
}

/// Under another name it is no journal yet.
fn prepare(calls: &Calls, folder: &Path, bytes: &[u8]) -> io::Result<File> {
    let new = folder.join(NEW);
    calls.remove(&new)?;
    let file = calls.create(&new)?;
    calls.write(&new, &file, bytes)?;
    calls.sync_file(&new, &file)?;
    Ok(file)
}

fn replace(calls: &Calls, folder: &Path) -> io::Result<()> {
    calls.rename(&folder.join(NEW), &folder.join("journal"))?;
    calls.sync_folder(folder)
}

impl Journal {
    fn path(&self) -> PathBuf {
        self.folder.join("journal")
    }

    /// Appends records; they are safe once [`Journal::sync`] returns.
    ///
    /// # Errors
    /// Then none of them is there: they can be appended again.
    pub fn append(&mut self, records: &[Record]) -> io::Result<()> {
        let mut bytes = Vec::new();
        for record in records {
            bytes.extend(line(record)?);
        }
        self.mend()?;
        let written = self.calls.write(&self.path(), &self.file, &bytes);
        written.inspect_err(|_| self.broken = Some(Broken::Tail))?;
        self.len += bytes.len() as u64;
        let known = |record: &Record| if let Record::WriteKnown { plan } = record { Some(*plan) } else { None };
        self.known.extend(records.iter().filter_map(known));
        Ok(())
    }

    /// Waits until all is on the disk. What it then knows all about needs no plan any more.
    ///
    /// # Errors
    /// Then nothing that was appended since the last time is safe.
    pub fn sync(&mut self) -> io::Result<()> {
        self.mend()?;
        let synced = self.calls.sync_file(&self.path(), &self.file);
        synced.inspect_err(|_| self.broken = Some(Broken::Unsynced))?;
        // A plan that stays is looked at by the next start, and forgotten then.
        let (calls, folder) = (&self.calls, &self.folder);
        self.known.retain(|number| plan::remove(calls, folder, *number).is_err());
        Ok(())
    }

    /// Appends records and waits until they are on the disk.
    ///
    /// # Errors
    /// Then none of them counts: they can be kept again.
    pub fn keep(&mut self, records: &[Record]) -> io::Result<()> {
        let (len, known) = (self.len, self.known.len());
        let kept = self.append(records).and_then(|()| self.sync());
        if kept.is_err() {
            self.len = len;
            self.known.truncate(known);
            self.broken = self.broken.or(Some(Broken::Tail));
        }
        kept
    }

    /// Makes it anew where it has grown to many times what it was.
    ///
    /// # Errors
    /// Where it cannot be made anew: it stays as it is then.
    pub fn compact_if_large(&mut self) -> io::Result<()> {
        if self.broken.is_some() || self.len < LARGE || self.len < self.compact.saturating_mul(TIMES) {
            return Ok(());
        }
        // Where it fails, the next time is when it has grown as much again.
        self.compact = self.len;
        let found = read(&self.bytes()?).map_err(|Newer| io::Error::other("a newer curate has written to it"))?;
        let numbered = found.records.iter().filter(|record| matches!(record, Record::Numbered(_))).cloned();
        let records: Vec<Record> = numbered.chain(compacted(&found.records)).collect();
        let bytes = whole(&records)?;
        let file = prepare(&self.calls, &self.folder, &bytes)?;
        // From here on the old one may be gone.
        replace(&self.calls, &self.folder).inspect_err(|_| self.broken = Some(Broken::Unsynced))?;
        (self.file, self.len, self.compact) = (file, bytes.len() as u64, bytes.len() as u64);
        Ok(())
    }

    /// The whole records, as the file has them.
    fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = fs::read(self.path())?;
        bytes.truncate(self.len as usize);
        Ok(bytes)
    }

    fn mend(&mut self) -> io::Result<()> {
        match self.broken {
            None => return Ok(()),
            Some(Broken::Tail) => self.file.set_len(self.len)?,
            Some(Broken::Unsynced) => {
                let bytes = self.bytes()?;
                self.file = put(&self.calls, &self.folder, &bytes)?;
                self.len = bytes.len() as u64;
            }
        }
        self.broken = None;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
