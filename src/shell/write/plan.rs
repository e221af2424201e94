//! The plan of a write: a file in the state folder of the root that says, before any file is replaced, which ones will be, by what, and
//! how to put them back.
//!
//! A plan begins with the names of the temporary files, and is safe before the first of them is made: so that none is left lying about.
//! A line for each file follows, with the hunks between its two texts; `Ready` is safe, and with it all that stands before, before the
//! first file is replaced. `Over` says that nothing is left to be done. Here: the file. Not here: the order of all this
//! ([`super::many`]), and what a start makes of a plan that it finds ([`super::recover`]).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::content::patch::Hunk;
use crate::library::drafts::WrittenStep;
use crate::shell::calls::Calls;
use crate::shell::disk::TEMPORARY;
use crate::shell::lines::{line, parse};

const HEADER: &str = "curate write 1\n";

/// What the file of a plan is called, with its number behind it.
const NAME: &str = "write-";

/// One line of a plan.
#[derive(Debug, Serialize, Deserialize)]
enum Line {
    Begun { files: Vec<Place> },
    File(Planned),
    Ready,
    Over { failed: Vec<usize> },
}

/// A file that is to be replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The item.
    pub path: String,
    /// Its temporary file, from the root: beside the item, or beside what it is a link to. None where it is refused at once.
    pub temporary: Option<String>,
}

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    /// Which of the files.
    pub at: usize,
    /// Fingerprints of its texts.
    pub before: String,
    pub after: String,
    /// What makes the one of the other.
    pub hunks: Vec<Hunk>,
    /// The steps of its draft that are on disk then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<WrittenStep>,
}

/// A plan as it was found.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub number: u64,
    pub files: Vec<Place>,
    /// By the place of their files.
    pub planned: BTreeMap<usize, Planned>,
    /// Whether files may have been replaced.
    pub is_ready: bool,
    /// Files that were left as they were, where the write is over.
    pub over: Option<Vec<usize>>,
}

/// A plan that is being written.
#[derive(Debug)]
pub struct Open {
    pub number: u64,
    path: PathBuf,
    file: File,
}

/// The plans of a root, by number. What is no plan, or of another version, is an error: it must not be written over.
///
/// # Errors
/// Where one cannot be read.
pub fn all(folder: &Path) -> io::Result<Vec<Plan>> {
    let mut plans: Vec<Plan> =
        numbers(folder)?.into_iter().map(|number| read(folder, number)).collect::<Result<_, _>>()?;
    plans.sort_by_key(|plan| plan.number);
    Ok(plans)
}

/// The plan of the last write: before a write begins, the one before it has come to its end.
///
/// # Errors
/// As [`all`].
pub fn last(folder: &Path) -> io::Result<Option<Plan>> {
    numbers(folder)?.into_iter().max().map(|last| read(folder, last)).transpose()
}

/// Whether a write of this root has not come to its end, or nobody can say.
pub fn is_unfinished(folder: &Path) -> bool {
    last(folder).map_or(true, |plan| plan.is_some_and(|plan| plan.over.is_none()))
}

/// Whether a write of this root has left a plan.
pub fn is_any(folder: &Path) -> bool {
    numbers(folder).is_ok_and(|numbers| !numbers.is_empty())
}

fn numbers(folder: &Path) -> io::Result<Vec<u64>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let number = |name: &std::ffi::OsStr| name.to_str()?.strip_prefix(NAME)?.parse().ok();
    Ok(entries.flatten().filter_map(|entry| number(&entry.file_name())).collect())
}

fn file_of(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{NAME}{number}"))
}

fn read(folder: &Path, number: u64) -> io::Result<Plan> {
    let path = file_of(folder, number);
    let bytes = fs::read(&path)?;
    let mut plan = Plan { number, ..Plan::default() };
    let Some(lines) = bytes.strip_prefix(HEADER.as_bytes()) else {
        let other = format!("{}: made by another version of curate", path.display());
        return if is_of_another_version(&bytes) { Err(io::Error::other(other)) } else { Ok(plan) };
    };
    for text in lines.split_inclusive(|byte| *byte == b'\n') {
        match text.strip_suffix(b"\n").and_then(parse) {
            Some(Line::Begun { files }) => plan.files.extend(files),
            Some(Line::File(planned)) => drop(plan.planned.insert(planned.at, planned)),
            Some(Line::Ready) => plan.is_ready = true,
            Some(Line::Over { failed }) => plan.over = Some(failed),
            // Torn: it was never safe, and nothing was done that leans on it.
            None => {}
        }
    }
    Ok(plan)
}

/// Whether a plan that does not begin as ours do was made by another version. Anything else was never safe: a power cut leaves a part
/// of the first line, or zeros in its place. It is the plan of nothing, as no file is touched before its plan is safe.
fn is_of_another_version(bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let version = first.strip_prefix(b"curate write ");
    version.is_some_and(|v| v != b"1" && !v.is_empty() && v.iter().all(u8::is_ascii_digit))
}

/// Removes a plan: nothing is left to be known of it.
///
/// # Errors
/// Where it cannot be removed.
pub fn remove(calls: &Calls, folder: &Path, number: u64) -> io::Result<()> {
    calls.remove(&file_of(folder, number))?;
    calls.sync_folder(folder)
}

impl Open {
    /// Begins a plan; it is safe when this returns, and the temporary files may be made.
    ///
    /// # Errors
    /// Where it cannot be made; then none is there.
    pub fn begin(calls: &Calls, folder: &Path, files: Vec<Place>) -> io::Result<Open> {
        let number = numbers(folder)?.into_iter().max().unwrap_or(0) + 1;
        let path = file_of(folder, number);
        let open = Open { number, file: calls.create(&path)?, path };
        let begun = calls.write(&open.path, &open.file, HEADER.as_bytes());
        let begun = begun.and_then(|()| open.append(calls, &Line::Begun { files }));
        let begun = begun.and_then(|()| calls.sync_file(&open.path, &open.file));
        if let Err(error) = begun.and_then(|()| calls.sync_folder(folder)) {
            // The first error says more.
            let _ = calls.remove(&open.path);
            return Err(error);
        }
        Ok(open)
    }

    /// Goes on with a plan that was found.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn again(calls: &Calls, folder: &Path, number: u64) -> io::Result<Open> {
        let path = file_of(folder, number);
        let file = fs::OpenOptions::new().append(true).open(&path)?;
        let open = Open { number, path, file };
        // Its last line may be torn.
        calls.write(&open.path, &open.file, b"\n")?;
        Ok(open)
    }

    /// Takes up more places of temporary files; they may be made when this returns.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn more(&self, calls: &Calls, files: Vec<Place>) -> io::Result<()> {
        self.append(calls, &Line::Begun { files })?;
        calls.sync_file(&self.path, &self.file)
    }

    fn append(&self, calls: &Calls, record: &Line) -> io::Result<()> {
        calls.write(&self.path, &self.file, &line(record)?)
    }

    /// Takes a file up; it is safe with [`Open::ready`].
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn add(&self, calls: &Calls, planned: Planned) -> io::Result<()> {
        self.append(calls, &Line::File(planned))
    }

    /// Everything is planned, and safe when this returns: files may be replaced.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn ready(&self, calls: &Calls) -> io::Result<()> {
        self.append(calls, &Line::Ready)?;
        calls.sync_file(&self.path, &self.file)
    }

    /// Nothing is left to be done. These files were left as they were.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn over(&self, calls: &Calls, failed: Vec<usize>) -> io::Result<()> {
        let length = self.file.metadata()?.len();
        let over = self.append(calls, &Line::Over { failed });
        over.and_then(|()| calls.sync_file(&self.path, &self.file)).inspect_err(|_| {
            // What is not safe must not be read either: who asks would be told that nothing is left to be done.
            let _ = calls.cut(&self.path, &self.file, length);
        })
    }
}

/// Names for the temporary files of one write, that no other write has.
#[derive(Debug)]
pub struct TemporaryNames {
    own: String,
}

/// Names for the temporary files of a write that begins.
pub fn temporary_names() -> TemporaryNames {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let own = blake3::hash(format!("{now} {}", std::process::id()).as_bytes()).to_hex();
    TemporaryNames { own: own[..8].to_string() }
}

impl TemporaryNames {
    /// That of a file.
    pub fn of(&self, at: usize) -> String {
        let ((before, behind), own) = (TEMPORARY, &self.own);
        format!("{before}{own}-{at}{behind}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_version_is_refused_and_what_a_power_cut_left_is_the_plan_of_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for left in [
            &b""[..],
            b"curate wr",
            b"curate write 1",
            b"\0\0\0\0\0\0\0",
            b"curate write 1\0\0",
            b"curate \0\0\0\0\0\0 1\n",
        ] {
            fs::write(file_of(folder.path(), 1), left).unwrap();
            assert!(read(folder.path(), 1).unwrap().files.is_empty(), "{left:?}");
        }
        for other in [&b"curate write 2\n"[..], b"curate write 12\nx", b"curate write 2"] {
            fs::write(file_of(folder.path(), 1), other).unwrap();
            assert!(read(folder.path(), 1).is_err(), "{other:?}");
        }
    }
}
