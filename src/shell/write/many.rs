//! The write of many files, or of one: every new text beside its old one, one sync for all of them, every rename, one sync more.
//!
//! A file that cannot be replaced (changed on disk, hard links, out of the root…) is refused by itself, and the rest goes on. What is
//! wrong with the disk as a whole stops the write: before the first rename nothing is written then; after it, the plan stays, and says
//! what can be finished or taken back. Here: the order of the calls. Not here: which texts are written (`work`), the plan's file
//! ([`super::plan`]), the question that a stopped write leaves ([`super::recover`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use blake3::Hash;

use super::plan::{Open, Place, Plan, Planned, TemporaryNames, remove, temporary_names};
use super::recover::make_way;
use super::room::Room;
use crate::content::patch::between;
use crate::library::drafts::WrittenStep;
use crate::shell::calls::Calls;
use crate::shell::disk::{SaveError, fingerprint, is_still, make_like, open_to_replace, within};
use crate::shell::root::reason;

/// Up to so many files or folders are synced one by one: a sync of the whole file system waits for everybody else's bytes too.
const FEW: usize = 8;

/// Where a write takes place.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    pub calls: &'a Calls,
    /// The root, without links on the way.
    pub root: &'a Path,
    /// The state folder; without one there is no plan, and a write that is cut short is not known of.
    pub state: Option<&'a Path>,
}

/// A write that goes on: the texts are put beside the files, one by one.
#[derive(Debug)]
pub struct Many<'a> {
    ground: Ground<'a>,
    plan: Option<Open>,
    names: TemporaryNames,
    places: Vec<Place>,
    staged: Vec<Staged>,
    /// Files that will not be replaced.
    failed: BTreeSet<usize>,
    course: Course,
}

/// Where a write leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// From the start.
    New,
    /// One that was cut short, to its end.
    Finish,
    /// One that was cut short, to where it began.
    TakeBack,
}

/// A file whose new text stands beside it.
#[derive(Debug)]
struct Staged {
    at: usize,
    target: PathBuf,
    /// None where the text is the same already.
    temporary: Option<PathBuf>,
    before: Hash,
    about: Metadata,
}

/// A text to be written.
#[derive(Clone, Debug)]
pub struct Text<'t> {
    /// Which of the files.
    pub at: usize,
    /// Fingerprint of what stands there.
    pub before: &'t Hash,
    pub text: &'t str,
    /// The steps of its draft that it has.
    pub steps: Vec<WrittenStep>,
}

/// Why a text is not staged.
#[derive(Debug)]
pub enum Refused {
    /// This file cannot be replaced; others can.
    File(SaveError),
    /// Nothing more can be written.
    Disk(io::Error),
}

/// A write that came to its end.
#[derive(Debug, Default)]
pub struct Whole {
    /// Its plan, which stays until the journal knows what it wrote.
    pub plan: Option<u64>,
    /// Files that were left as they were at the last moment.
    pub failed: Vec<(usize, SaveError)>,
}

/// A write that did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Nothing was written, and nothing is left of it.
    Before(String),
    /// So many files were written, and the rest can be, or those put back.
    After { written: usize, planned: usize, reason: String },
}

impl Cut {
    /// What stopped it; empty where that was the curator.
    pub fn reason(self) -> String {
        match self {
            Cut::Before(reason) | Cut::After { reason, .. } => reason,
        }
    }
}

/// Whether an error is about the disk rather than about one file.
fn is_of_disk(error: &io::Error) -> bool {
    use io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let broken = Some(rustix::io::Errno::IO.raw_os_error());
    matches!(error.kind(), QuotaExceeded | ReadOnlyFilesystem | StorageFull) || error.raw_os_error() == broken
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        if is_of_disk(&error) { Refused::Disk(error) } else { Refused::File(error.into()) }
    }
}

impl From<SaveError> for Refused {
    fn from(error: SaveError) -> Refused {
        match error {
            SaveError::Io(error) => error.into(),
            error => Refused::File(error),
        }
    }
}

impl<'a> Many<'a> {
    /// Begins a write of these items: is there room for all of them; its plan is safe when this returns.
    ///
    /// # Errors
    /// In words; nothing is written then.
    pub fn begin<'i>(ground: Ground<'a>, items: impl IntoIterator<Item = &'i str>) -> Result<Many<'a>, String> {
        make_way(&ground)?;
        let names = temporary_names();
        let places = places(&ground, &names, 0, items)?;
        let begun = ground.state.map(|folder| Open::begin(ground.calls, folder, places.clone())).transpose();
        let plan = begun.map_err(|error| unplanned(&error))?;
        let (staged, failed) = (Vec::new(), BTreeSet::new());
        Ok(Many { ground, plan, names, places, staged, failed, course: Course::New })
    }

    /// Takes more items up; the first of them has this number. The plan knows of them when this returns.
    ///
    /// # Errors
    /// In words; nothing is written then, and the write is to be given up.
    pub fn more<'i>(&mut self, items: impl IntoIterator<Item = &'i str>) -> Result<usize, String> {
        let first = self.places.len();
        let more = places(&self.ground, &self.names, first, items)?;
        let planned = self.plan.iter().try_for_each(|plan| plan.more(self.ground.calls, more.clone()));
        planned.map_err(|error| unplanned(&error))?;
        self.places.extend(more);
        Ok(first)
    }

    /// Goes on with a plan that was found. Its temporary files are made anew.
    ///
    /// # Errors
    /// Where the old ones cannot be removed, or the plan cannot be written.
    pub(super) fn again(ground: Ground<'a>, found: &Plan, course: Course) -> io::Result<Many<'a>> {
        let (names, places) = (temporary_names(), found.files.clone());
        remove_temporaries(&ground, &places)?;
        let plan = ground.state.map(|folder| Open::again(ground.calls, folder, found.number)).transpose()?;
        Ok(Many { ground, plan, names, places, staged: Vec::new(), failed: BTreeSet::new(), course })
    }

    /// Few texts are made safe one by one, many of them together.
    fn is_few(&self) -> bool {
        self.places.len() <= FEW || cfg!(not(target_os = "linux"))
    }

    /// Puts a new text beside its file, and takes it up in the plan.
    ///
    /// # Errors
    /// [`Refused`]; no temporary file is left of it then.
    pub fn stage(&mut self, text: Text<'_>) -> Result<(), Refused> {
        let at = text.at;
        let staged = self.stage_one(text).inspect_err(|_| self.refuse(at))?;
        self.failed.remove(&at);
        self.staged.push(staged);
        Ok(())
    }

    /// Says that a file is not written after all.
    pub fn refuse(&mut self, at: usize) {
        self.failed.insert(at);
    }

    fn stage_one(&self, text: Text<'_>) -> Result<Staged, Refused> {
        let Ground { calls, root, .. } = self.ground;
        let place = &self.places[text.at];
        let target = within(root, &root.join(&place.path))?;
        let (old, about) = open_to_replace(&target)?;
        let bytes = calls.read(&target)?;
        if fingerprint(&bytes) != *text.before {
            return Err(SaveError::ChangedOnDisk.into());
        }
        // A plan that was found knows it.
        if let (Course::New, Some(plan)) = (self.course, &self.plan) {
            plan.add(calls, planned(&bytes, &text)?)?;
        }
        let (at, before) = (text.at, *text.before);
        if bytes == text.text.as_bytes() {
            return Ok(Staged { at, target, temporary: None, before, about });
        }
        // A folder that is another by now was a link: what it leads to is not what was planned.
        let beside = place.temporary.as_ref().map(|name| root.join(name)).filter(|t| t.parent() == target.parent());
        let path = beside.ok_or(SaveError::ChangedOnDisk)?;
        let folder = |error: io::Error| match is_of_disk(&error) {
            true => Refused::Disk(error),
            false => Refused::File(SaveError::Folder(reason(&error))),
        };
        let new = calls.create(&path).map_err(folder)?;
        let made = calls.write(&path, &new, text.text.as_bytes()).map_err(Refused::from);
        let made = made.and_then(|()| Ok(calls.keep(&path, || make_like(&new, &old, &about))?));
        let made = made.and_then(|()| if self.is_few() { Ok(calls.sync_file(&path, &new)?) } else { Ok(()) });
        if let Err(refused) = made {
            // The first error says more; what is left lying is in the plan.
            let _ = calls.remove(&path);
            return Err(refused);
        }
        Ok(Staged { at, target, temporary: Some(path), before, about })
    }

    /// Replaces the files by what stands beside them. `progress` is told how many are replaced. A write that is `cancelled` before the
    /// first of them leaves everything as it was.
    ///
    /// # Errors
    /// [`Cut`].
    pub fn replace(mut self, cancelled: &dyn Fn() -> bool, progress: &mut dyn FnMut(usize)) -> Result<Whole, Cut> {
        let ready =
            self.sync_texts().and_then(|()| self.plan.iter().try_for_each(|plan| plan.ready(self.ground.calls)));
        if let Err(error) = ready {
            return Err(self.give_up(&reason(&error)));
        }
        if cancelled() {
            return Err(self.give_up(""));
        }
        let (mut failed, mut written, mut begun) = (Vec::new(), 0, false);
        for at in 0..self.staged.len() {
            if begun && cancelled() {
                return Err(self.stop(written, ""));
            }
            match self.replace_one(at) {
                Ok(replaced) => (written, begun) = (written + 1, begun || replaced),
                Err(Refused::File(error)) => {
                    self.refuse(self.staged[at].at);
                    failed.push((self.staged[at].at, error));
                }
                Err(Refused::Disk(error)) if begun => return Err(self.stop(written, &reason(&error))),
                Err(Refused::Disk(error)) => return Err(self.give_up(&reason(&error))),
            }
            progress(written);
        }
        self.end(written, failed)
    }

    /// What is replaced is made safe; then the plan is over.
    fn end(self, written: usize, failed: Vec<(usize, SaveError)>) -> Result<Whole, Cut> {
        let Ground { calls, state, .. } = self.ground;
        let over = |plan: &Open| match (self.course, state) {
            (Course::TakeBack, Some(folder)) => remove(calls, folder, plan.number),
            _ => plan.over(calls, self.failed.iter().copied().collect()),
        };
        match self.sync_names().and_then(|()| self.plan.iter().try_for_each(over)) {
            Ok(()) => Ok(Whole { plan: self.plan.as_ref().map(|plan| plan.number), failed }),
            Err(error) => Err(self.stop(written, &format!("the disk cannot make it safe: {}", reason(&error)))),
        }
    }

    /// Ends a write before anything was replaced by it. What an earlier one had replaced is in the plan still.
    pub fn give_up(self, why: &str) -> Cut {
        let Ground { calls, state, .. } = self.ground;
        let removed = remove_temporaries(&self.ground, &self.places);
        if let (Ok(()), Course::New, Some(plan), Some(folder)) = (removed, self.course, &self.plan, state) {
            let _ = remove(calls, folder, plan.number);
        }
        match self.course {
            // What could not be removed is in the plan, and goes before the next write begins.
            Course::New => Cut::Before(why.to_string()),
            _ => Cut::After { written: 0, planned: self.staged.len(), reason: why.to_string() },
        }
    }

    fn stop(self, written: usize, why: &str) -> Cut {
        // What is replaced survives a power cut if the disk can do it; the plan says it anyway.
        let _ = self.sync_names();
        Cut::After { written, planned: self.staged.len(), reason: why.to_string() }
    }

    /// Whether the file was replaced: one that has the text already need not be.
    fn replace_one(&self, at: usize) -> Result<bool, Refused> {
        let (calls, staged) = (self.ground.calls, &self.staged[at]);
        let Some(temporary) = &staged.temporary else { return Ok(false) };
        let replaced = self.is_unchanged(staged).and_then(|()| Ok(calls.rename(temporary, &staged.target)?));
        if let Err(Refused::File(_)) = replaced {
            calls.remove(temporary)?;
        }
        replaced.map(|()| true)
    }

    /// Making all the texts takes seconds, in which an editor may save: what stands there is compared once more.
    fn is_unchanged(&self, staged: &Staged) -> Result<(), Refused> {
        let same = is_still(&staged.target, &staged.about)
            && fingerprint(&self.ground.calls.read(&staged.target)?) == staged.before;
        if same { Ok(()) } else { Err(SaveError::ChangedOnDisk.into()) }
    }

    fn folders(&self) -> BTreeSet<&Path> {
        let replaced = self.staged.iter().filter(|staged| staged.temporary.is_some());
        replaced.filter_map(|staged| staged.target.parent()).collect()
    }

    fn sync_texts(&self) -> io::Result<()> {
        if self.is_few() { Ok(()) } else { sync_systems(self.ground.calls, &self.folders()) }
    }

    /// Who writes without a state folder acknowledges nothing: after a power cut the file is the old one or the new one, and whole.
    fn sync_names(&self) -> io::Result<()> {
        if self.ground.state.is_none() {
            return Ok(());
        }
        sync_folders(self.ground.calls, &self.folders())
    }
}

/// The places of these items, if there is room for all of them.
fn places<'i>(
    ground: &Ground<'_>,
    names: &TemporaryNames,
    first: usize,
    items: impl IntoIterator<Item = &'i str>,
) -> Result<Vec<Place>, String> {
    let mut room = Room::default();
    let place = |(at, item): (usize, &str)| {
        // What cannot be looked at is refused when its turn comes.
        let folder = room.count(ground, item).ok();
        let temporary = folder.map(|folder| match folder.as_str() {
            "" => names.of(at),
            folder => format!("{folder}/{}", names.of(at)),
        });
        Place { path: item.to_string(), temporary }
    };
    let places = (first..).zip(items).map(place).collect();
    room.is_enough(ground.calls)?;
    Ok(places)
}

fn unplanned(error: &io::Error) -> String {
    format!("a write cannot be planned ({}): nothing was written", reason(error))
}

/// Makes the names in these folders safe.
///
/// # Errors
/// Where the disk cannot.
pub(super) fn sync_folders(calls: &Calls, folders: &BTreeSet<&Path>) -> io::Result<()> {
    match folders.len() <= FEW || cfg!(not(target_os = "linux")) {
        true => folders.iter().try_for_each(|folder| calls.sync_folder(folder)),
        false => sync_systems(calls, folders),
    }
}

/// Makes everything safe on the file systems that these folders are on.
#[cfg(target_os = "linux")]
fn sync_systems(calls: &Calls, folders: &BTreeSet<&Path>) -> io::Result<()> {
    let mut systems = BTreeMap::new();
    for folder in folders {
        systems.insert(fs::metadata(folder)?.dev(), *folder);
    }
    systems.into_values().try_for_each(|folder| calls.sync_system(folder))
}

/// Here texts and folders are synced one by one, however many they are.
#[cfg(not(target_os = "linux"))]
fn sync_systems(_: &Calls, _: &BTreeSet<&Path>) -> io::Result<()> {
    Ok(())
}

/// Removes the temporary files of a write, as far as they are there.
///
/// # Errors
/// Where one of them cannot be removed.
pub(super) fn remove_temporaries(ground: &Ground<'_>, places: &[Place]) -> io::Result<()> {
    let names = places.iter().filter_map(|place| place.temporary.as_ref());
    names
        .map(|name| ground.root.join(name))
        .filter(|path| path.symlink_metadata().is_ok())
        .try_for_each(|path| ground.calls.remove(&path))
}

/// What becomes of a file, for the plan.
fn planned(old: &[u8], text: &Text<'_>) -> Result<Planned, Refused> {
    let old = std::str::from_utf8(old).map_err(io::Error::other)?;
    Ok(Planned {
        at: text.at,
        before: text.before.to_hex().to_string(),
        after: fingerprint(text.text.as_bytes()).to_hex().to_string(),
        hunks: between(old, text.text),
        steps: text.steps.clone(),
    })
}
