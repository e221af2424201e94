//! The history: an append-only file of what was written, in the state folder of the root, beside the journal.
//!
//! Journal and history are one log with two readers. A start reads the journal, and compacts it; the history it does not read, but for
//! its last line, however long it has grown. A patch is in the history, and safe, before its file is replaced.
//!
//! Here: the file, its lock among those that write, and what a write that was cut short had come to. Not here: what a line means
//! (`library::history`), and what is taken back ([`super::takeback`]). A line that does not match its checksum is passed over: what
//! stands behind it says by its fingerprints whether something is missing.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::fs::{FlockOperation, flock};
use serde::Deserialize;

use super::calls::Calls;
use super::disk;
use super::folders::make_private;
use super::journal::{Journal, Left};
use super::lines::{line, parse};
use crate::library::history::{Done, Head, Line, Past, PastPatch, Patch, PatchHead};
use crate::library::{BatchId, Drafts, Record};

const HEADER: &str = "curate history 1\n";

/// How much of the end is looked at for the last line.
const TAIL: u64 = 4096;

/// The history of a root: where it is kept, and whose files it is about.
#[derive(Clone, Debug)]
pub struct History {
    folder: PathBuf,
    root: PathBuf,
    calls: Calls,
}

/// A write that goes on. No other process writes to this history meanwhile.
#[derive(Debug)]
pub struct Writing {
    file: File,
    path: PathBuf,
    calls: Calls,
    last: BatchId,
    /// How much of the file is whole lines.
    length: u64,
}

/// How far a write that was cut short had come: files written, and files that were to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutShort {
    pub written: usize,
    pub planned: usize,
}

impl CutShort {
    /// What a curator is told at the next start.
    pub fn told(self) -> String {
        let CutShort { written, planned } = self;
        if written == 0 {
            // How many they were to be is not known where the plan itself was cut short.
            return "the write stopped before it replaced any file: all are as they were, and w writes them"
                .to_string();
        }
        format!(
            "{written} of {planned} files were written when it stopped: w writes the rest, H takes back what is written"
        )
    }
}

/// A file of such a write.
struct CutFile {
    /// The fingerprint of the text that it was to have.
    text: String,
    /// Whether it has it.
    is_there: bool,
}

/// The highest number that a batch has had in the history of this state folder.
pub fn last_id(folder: &Path) -> BatchId {
    let path = folder.join("history");
    match File::open(&path).and_then(|mut file| last_line(&mut file)) {
        Ok(Last::Done(done)) => done.last,
        Ok(Last::Other { .. }) => {
            let mut past = Past::default();
            // What cannot be read now is told when it is written or looked at.
            let read = File::open(&path).and_then(|file| read_lines(file, &mut past));
            read.map_or(0, |()| past.last_id())
        }
        _ => 0,
    }
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

impl History {
    /// The history that is kept in `folder`, of the files below `root`.
    pub fn new(folder: PathBuf, root: PathBuf) -> History {
        History { folder, root, calls: Calls::default() }
    }

    /// The same, written by way of these calls.
    pub fn by(mut self, calls: Calls) -> History {
        self.calls = calls;
        self
    }

    /// The state folder that it is kept in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn path(&self) -> PathBuf {
        self.folder.join("history")
    }

    /// Begins a write; waits for one of another process. A write that was cut short is brought to its end first: what it had come to is
    /// kept, and can be taken back.
    ///
    /// # Errors
    /// Where the file cannot be written, or is of another version.
    pub fn begin(&self) -> io::Result<Writing> {
        make_private(&self.folder)?;
        let mut file = self.open_to_write().map_err(|error| self.named(&error))?;
        flock(&file, FlockOperation::LockExclusive).map_err(io::Error::from)?;
        let last = last_line(&mut file).map_err(|error| self.named(&error))?;
        let length = file.metadata()?.len();
        let (path, calls) = (self.path(), self.calls.clone());
        let mut writing = Writing { file, path, calls, last: 0, length };
        match last {
            Last::Done(done) => writing.last = done.last,
            Last::Nothing if length < HEADER.len() as u64 => writing.head(&self.folder)?,
            Last::Nothing => {}
            Last::Other { ends } => {
                let (past, cut) = self.read()?;
                writing.last = past.last_id();
                if !ends {
                    writing.put(b"\n")?;
                }
                let failed = cut.into_iter().filter(|(_, file)| !file.is_there).map(|(path, _)| path);
                writing.end(failed.collect())?;
            }
        }
        Ok(writing)
    }

    /// Another process may make it at the same moment.
    fn open_to_write(&self) -> io::Result<File> {
        let path = self.path();
        let open = || OpenOptions::new().read(true).append(true).open(&path);
        match open() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => match self.calls.create(&path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
                _ => open(),
            },
            opened => opened,
        }
    }

    /// Brings a write that was cut short to its end, in the journal too, and says how far it had come; nothing where none was.
    ///
    /// # Errors
    /// As [`History::begin`].
    pub fn settle(&self, journal: &mut Journal, left: &mut Left) -> io::Result<Option<CutShort>> {
        if !self.is_cut_short() {
            return Ok(None);
        }
        let (past, cut) = self.read()?;
        self.begin()?.done(Vec::new())?;
        let mut drafts = Drafts::default();
        left.records.iter().for_each(|record| drafts.replay(record));
        let mut records = Vec::new();
        for (path, file) in cut.iter().filter(|(_, file)| file.is_there) {
            let mut steps = drafts.file(path).to_write();
            steps.retain(|step| past.patches().iter().any(|p| p.head.batch == step.batch && p.head.path == *path));
            // The journal may know of it.
            if !steps.is_empty() && drafts.file(path).base.as_ref() != Some(&file.text) {
                records.push(Record::Written { path: path.clone(), edits: 0, steps, base: file.text.clone() });
            }
        }
        journal.append(&records)?;
        journal.sync()?;
        left.records.extend(records);
        let written = cut.values().filter(|file| file.is_there).count();
        Ok((!cut.is_empty()).then_some(CutShort { written, planned: cut.len() }))
    }

    /// Whether the last write did not come to its end.
    pub fn is_cut_short(&self) -> bool {
        let last = File::open(self.path()).and_then(|mut file| last_line(&mut file));
        match last {
            Ok(Last::Other { .. }) => self.read().is_ok_and(|(_, cut)| !cut.is_empty()),
            _ => false,
        }
    }

    /// What was written; of a write that was cut short, what it had come to.
    ///
    /// # Errors
    /// Where the file is there and cannot be read, or is of another version.
    pub fn past(&self) -> io::Result<Past> {
        Ok(self.read()?.0)
    }

    /// The past, and the files of a write that was cut short.
    fn read(&self) -> io::Result<(Past, BTreeMap<String, CutFile>)> {
        let mut past = Past::default();
        match File::open(self.path()) {
            Ok(file) => read_lines(file, &mut past).map_err(|error| self.named(&error))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(self.named(&error)),
        }
        let mut cut = BTreeMap::new();
        for patch in past.open() {
            // Where several batches were written at once, the text of the last is the one on disk.
            let file = CutFile { text: patch.head.after.clone(), is_there: false };
            cut.insert(patch.head.path.clone(), file);
        }
        for (path, file) in &mut cut {
            let bytes = fs::read(self.root.join(path)).unwrap_or_default();
            file.is_there = disk::fingerprint(&bytes).to_hex().as_str() == file.text;
        }
        past.settle(|path| cut.get(path).is_some_and(|file| file.is_there));
        Ok((past, cut))
    }

    /// The log, for [`patch_at`].
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn log(&self) -> io::Result<File> {
        File::open(self.path()).map_err(|error| self.named(&error))
    }

    fn named(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {}", self.path().display(), super::root::reason(error)))
    }
}

/// A patch with its bytes.
///
/// # Errors
/// Where it cannot be read any more.
pub fn patch_at(log: &File, patch: &PastPatch) -> io::Result<Patch> {
    let length = usize::try_from(patch.place.end - patch.place.start).map_err(io::Error::other)?;
    let mut bytes = vec![0; length];
    log.read_exact_at(&mut bytes, patch.place.start)?;
    match parse(&bytes) {
        Some(Line::Patch(patch)) => Ok(patch),
        _ => Err(io::Error::other("a line of the history is damaged")),
    }
}

fn read_lines(file: File, past: &mut Past) -> io::Result<()> {
    let mut file = BufReader::with_capacity(1 << 20, file);
    let mut bytes = Vec::new();
    let mut at = file.read_until(b'\n', &mut bytes)? as u64;
    check_header(&bytes)?;
    loop {
        bytes.clear();
        let length = file.read_until(b'\n', &mut bytes)? as u64;
        let Some(text) = bytes.strip_suffix(b"\n") else { return Ok(()) };
        if let Some(found) = parse::<Line<PatchHead>>(text) {
            past.take(found, at..at + length - 1);
        }
        at += length;
    }
}

fn check_header(bytes: &[u8]) -> io::Result<()> {
    match bytes == HEADER.as_bytes() {
        true => Ok(()),
        // Cut short while it was made, it is the history of nothing.
        false if HEADER.as_bytes().starts_with(bytes) => Ok(()),
        false => Err(io::Error::other("made by another version of curate: move it away to begin a new one")),
    }
}

/// What stands at the end of the file.
enum Last {
    /// Nothing was ever written.
    Nothing,
    /// The end of a write.
    Done(Done),
    /// Something else: a write was cut short, perhaps within a line.
    Other { ends: bool },
}

/// The end of a write alone, for a start that must not read more.
#[derive(Deserialize)]
enum End {
    Done(Done),
}

fn last_line(file: &mut File) -> io::Result<Last> {
    let mut header = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::by_ref(file).take(HEADER.len() as u64).read_to_end(&mut header)?;
    check_header(&header)?;
    let length = file.metadata()?.len();
    if length <= HEADER.len() as u64 {
        return Ok(Last::Nothing);
    }
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    file.read_to_end(&mut bytes)?;
    let Some(text) = bytes.strip_suffix(b"\n") else { return Ok(Last::Other { ends: false }) };
    let from = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    Ok(match parse(&text[from..]) {
        Some(End::Done(done)) => Last::Done(done),
        None => Last::Other { ends: true },
    })
}

impl Writing {
    /// A number for a batch that has none yet; `known` is the highest that the journal knows.
    pub fn next_id(&mut self, known: BatchId) -> BatchId {
        self.last = self.last.max(known) + 1;
        self.last
    }

    /// Takes batches up that the write has a part in.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn batches(&mut self, heads: Vec<Head>) -> io::Result<()> {
        self.last = heads.iter().map(|head| head.batch).fold(self.last, u64::max);
        self.append(heads.into_iter().map(Line::Batch))
    }

    /// Takes patches up.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn patches(&mut self, patches: Vec<Patch>) -> io::Result<()> {
        self.append(patches.into_iter().map(Line::Patch))
    }

    /// Waits until all patches are safe: the files may be replaced then.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn sync(&mut self) -> io::Result<()> {
        self.calls.sync_file(&self.path, &self.file)
    }

    /// These files were not written after all.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn failed(&mut self, files: Vec<String>) -> io::Result<()> {
        self.append(std::iter::once(Line::Failed(files)))
    }

    /// The write is over, but for the files that were not written after all.
    ///
    /// # Errors
    /// Where the file cannot be written; the next write looks then for itself what had been written.
    pub fn done(mut self, failed: Vec<String>) -> io::Result<()> {
        self.end(failed)
    }

    fn end(&mut self, failed: Vec<String>) -> io::Result<()> {
        self.append(std::iter::once(Line::Done(Done { failed, last: self.last })))?;
        self.sync()
    }

    /// The first line of a new history.
    fn head(&mut self, folder: &Path) -> io::Result<()> {
        self.calls.cut(&self.path, &self.file, 0)?;
        self.length = 0;
        self.put(HEADER.as_bytes())?;
        self.sync()?;
        self.calls.sync_folder(folder)
    }

    fn append(&mut self, lines: impl Iterator<Item = Line<Patch>>) -> io::Result<()> {
        let mut bytes = Vec::new();
        for record in lines {
            bytes.extend(line(&record)?);
        }
        self.put(&bytes)
    }

    /// Half a line is taken away again: what is put behind it would be lost with it.
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        let put = self.calls.write(&self.path, &self.file, bytes);
        match &put {
            Ok(()) => self.length += bytes.len() as u64,
            // The first error says more; a line that stays torn is passed over.
            Err(_) => drop(self.calls.cut(&self.path, &self.file, self.length)),
        }
        put
    }
}
