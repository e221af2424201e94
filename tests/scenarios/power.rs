//! The power fails: what was synced is there, and of all else any part may be. The calls of a run are noted and made again up to each of
//! them, with what was not synced dropped; the start after that must find each file old or new, and everything that was said to be safe.
//!
//! As ALICE does it (Pillai et al., OSDI 2014): appends, names and their syncs are single steps; a sync of a file makes its bytes safe and
//! not its name. The state folder is taken to be on another file system than the library. `CURATE_LONG=1` tries every call, with more parts.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use curate::shell::root;

use crate::desk::{Desk, folders};
use crate::disk::{Disk, Made};
use crate::faults::{FEW, MANY, Safe, decide, expect_recovery, files, step, write};

/// A change that is on the disk for sure, or may be.
#[derive(Debug)]
struct Step {
    change: Change,
    is_safe: bool,
}

#[derive(Debug)]
enum Change {
    /// A name for these bytes; the name that it had is gone.
    Name {
        path: PathBuf,
        bytes: usize,
        was: Option<PathBuf>,
    },
    /// Bytes at a place.
    Data {
        bytes: usize,
        at: usize,
        data: Vec<u8>,
    },
    /// What stands behind is gone.
    Length {
        bytes: usize,
        length: usize,
    },
    Gone {
        path: PathBuf,
    },
}

/// The disk as the program sees it, and how it came there.
#[derive(Debug, Default)]
struct Past {
    steps: Vec<Step>,
    /// Which bytes a name has, and how many they are.
    names: HashMap<PathBuf, usize>,
    lengths: Vec<usize>,
    /// What was there before.
    first: Vec<(PathBuf, Vec<u8>)>,
}

impl Past {
    fn of(first: Vec<(PathBuf, Vec<u8>)>, made: &[Made], library: &Path) -> Past {
        let mut past = Past::default();
        for (path, bytes) in &first {
            past.names.insert(path.clone(), past.lengths.len());
            past.lengths.push(bytes.len());
        }
        past.first = first;
        made.iter().for_each(|made| past.take(made, library));
        past
    }

    fn take(&mut self, made: &Made, library: &Path) {
        match made {
            Made::Create(path) => {
                let bytes = self.lengths.len();
                self.lengths.push(0);
                self.names.insert(path.clone(), bytes);
                self.push(Change::Name { path: path.clone(), bytes, was: None });
            }
            Made::Write(path, data) => {
                let bytes = self.names[path];
                let at = self.lengths[bytes];
                self.lengths[bytes] += data.len();
                self.push(Change::Data { bytes, at, data: data.clone() });
            }
            Made::Cut(path, length) => {
                let (bytes, length) = (self.names[path], usize::try_from(*length).unwrap());
                self.lengths[bytes] = length;
                self.push(Change::Length { bytes, length });
            }
            Made::Rename(from, to) => {
                let bytes = self.names.remove(from).expect("it was there");
                self.names.insert(to.clone(), bytes);
                self.push(Change::Name { path: to.clone(), bytes, was: Some(from.clone()) });
            }
            Made::Remove(path) => {
                if self.names.remove(path).is_some() {
                    self.push(Change::Gone { path: path.clone() });
                }
            }
            Made::Sync(path) => {
                let own = self.names[path];
                self.make_safe(|change| {
                    matches!(change,
                    Change::Data { bytes, .. } | Change::Length { bytes, .. } if *bytes == own)
                });
            }
            Made::SyncFolder(folder) => self.make_safe(|change| match change {
                Change::Name { path, .. } | Change::Gone { path } => path.parent() == Some(folder),
                _ => false,
            }),
            Made::SyncSystem => {
                let below: Vec<usize> =
                    self.names.iter().filter(|(path, _)| path.starts_with(library)).map(|(_, bytes)| *bytes).collect();
                self.make_safe(|change| match change {
                    Change::Name { path, .. } | Change::Gone { path } => path.starts_with(library),
                    Change::Data { bytes, .. } | Change::Length { bytes, .. } => below.contains(bytes),
                });
            }
        }
    }

    fn push(&mut self, change: Change) {
        self.steps.push(Step { change, is_safe: false });
    }

    fn make_safe(&mut self, is_synced: impl Fn(&Change) -> bool) {
        self.steps.iter_mut().filter(|step| is_synced(&step.change)).for_each(|step| step.is_safe = true);
    }

    /// The files that are there after the power is back, where of the unsafe steps those are that `kept` says.
    fn files(&self, mut kept: impl FnMut(&Change) -> bool) -> Vec<(PathBuf, Vec<u8>)> {
        let mut names: HashMap<&Path, usize> = HashMap::new();
        let mut all = vec![Vec::new(); self.lengths.len()];
        for (at, (path, bytes)) in self.first.iter().enumerate() {
            names.insert(path, at);
            all[at] = bytes.clone();
        }
        for Step { change, is_safe } in &self.steps {
            if !is_safe && !kept(change) {
                continue;
            }
            match change {
                Change::Name { path, bytes, was } => {
                    names.insert(path, *bytes);
                    was.as_ref().map(|was| names.remove(&**was));
                }
                Change::Data { bytes, at, data } => {
                    let text: &mut Vec<u8> = &mut all[*bytes];
                    // Where what stands before it is missing, there are zeros.
                    text.resize(text.len().max(at + data.len()), 0);
                    text[*at..at + data.len()].copy_from_slice(data);
                }
                Change::Length { bytes, length } => all[*bytes].truncate(*length),
                Change::Gone { path } => drop(names.remove(&**path)),
            }
        }
        names.into_iter().map(|(path, bytes)| (path.to_path_buf(), all[bytes].clone())).collect()
    }
}

/// A source of chance that is the same every time.
fn chance(seed: u64) -> impl FnMut() -> bool {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state & 4 == 0
    }
}

/// What may be left of the unsafe steps: nothing, all, the names alone, the bytes alone, and parts by chance.
fn left(past: &Past, part: u64) -> Vec<(PathBuf, Vec<u8>)> {
    let is_name = |change: &Change| matches!(change, Change::Name { .. } | Change::Gone { .. });
    match part {
        0 => past.files(|_| false),
        1 => past.files(is_name),
        2 => past.files(|_| true),
        3 => past.files(|change| !is_name(change)),
        seed => {
            let mut by_chance = chance(seed);
            past.files(|_| by_chance())
        }
    }
}

/// A desk over a folder with these files, which had their places in another one.
fn desk_over(files: &[(PathBuf, Vec<u8>)], library: &Path, state: &Path) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let new_library = folder.path().join("library");
    fs::create_dir_all(new_library.join("news/older")).unwrap();
    let new_state = folders(&folder).state_of(&root::find(&new_library).unwrap().dir);
    fs::create_dir_all(&new_state).unwrap();
    for (path, bytes) in files {
        let path = match path.strip_prefix(library) {
            Ok(below) => new_library.join(below),
            Err(_) => new_state.join(path.strip_prefix(state).expect("in the state folder")),
        };
        fs::write(path, bytes).unwrap();
    }
    Desk::over_what_is_in(folder)
}

fn power_fails_everywhere(count: usize, part: usize) {
    let files = files(count);
    let disk = Disk::default();
    let mut desk = Desk::by(disk.calls(), &files);
    let library = desk.path("").canonicalize().unwrap();
    let state = desk.state_folder();
    let first: Vec<(PathBuf, Vec<u8>)> =
        files.iter().map(|(path, text)| (library.join(path), text.as_bytes().to_vec())).collect();
    assert!(decide(&mut desk, count));
    let decided = disk.made().len();
    assert!(write(&mut desk, count));
    let made = disk.made();
    // It is told when the plan says that it is over.
    let is_plan = |path: &Path| path.file_name().unwrap().to_string_lossy().starts_with("write-");
    let over = made.iter().rposition(|made| matches!(made, Made::Sync(path) if is_plan(path)));
    let written = over.expect("there is a plan") + 1;
    let mut cuts = 0;
    for at in (0..=made.len()).step_by(step(part)).chain([decided, written, made.len()]) {
        let past = Past::of(first.clone(), &made[..at], &library);
        let parts = if step(part) == 1 { 8 } else { 3 };
        for part in 0..parts {
            let desk = desk_over(&left(&past, if part < 4 { part } else { part * 1000 + at as u64 }), &library, &state);
            let safe = Safe { decided: at >= decided, written: at >= written };
            let answer = if (at + part as usize).is_multiple_of(2) { "f" } else { "b" };
            expect_recovery(
                desk,
                &files,
                safe,
                answer,
                &format!("power gone after {at} of {} changes, part {part}", made.len()),
            );
            cuts += 1;
        }
    }
    println!("{count} files: {} changes to the disk, {cuts} states after the power was gone", made.len());
}

#[test]
fn a_power_cut_during_a_small_write_loses_nothing_that_was_said_to_be_safe() {
    power_fails_everywhere(FEW, 9);
}

#[test]
fn a_power_cut_during_a_large_write_loses_nothing_that_was_said_to_be_safe() {
    power_fails_everywhere(MANY, 31);
}
