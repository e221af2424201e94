//! Saving: what the journal adds to a key, and a write of ten thousand files beside the same without any sync.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use curate::library::Record;
use curate::shell::calls::{Call, Calls, Go, Probe};
use curate::shell::disk::fingerprint;
use curate::shell::journal;
use curate::shell::write::many::{Ground, Many, Text};

use crate::desk::Desk;
use crate::ms;
use crate::table::{Table, median, timed};

/// Runs of each write, in turn with its floor.
const RUNS: usize = 3;

/// A verdict with the journal's thread behind it, as in the program, and without.
pub fn journal(table: &mut Table, desk: &mut Desk) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let without = verdicts(desk);
    let (mut journal, _) = journal::open(folder.path()).expect("a journal");
    let (sender, records) = channel::<Vec<Record>>();
    let thread = std::thread::spawn(move || {
        while let Ok(mut kept) = records.recv() {
            kept.extend(records.try_iter().flatten());
            journal.keep(&kept).expect("the journal is written");
        }
    });
    desk.journal = Some(sender);
    let with = verdicts(desk);
    desk.journal = None;
    thread.join().expect("the journal is kept");
    let added = with.saturating_sub(without);
    table.beside("a verdict: what the journal adds, median", added, ("a verdict without it", without), ms(1));
}

fn verdicts(desk: &mut Desk) -> Duration {
    desk.key("g");
    let times: Vec<Duration> = (0..200).map(|at| desk.key(if at % 2 == 0 { "a" } else { "x" }).0).collect();
    while !desk.state.library.drafts.is_empty() {
        desk.key("u");
    }
    median(&times)
}

/// Every sync is left out.
#[derive(Debug)]
struct NoSync;

impl Probe for NoSync {
    fn before(&self, call: Call<'_>) -> io::Result<Go> {
        Ok(match call {
            Call::Sync { .. } | Call::SyncFolder { .. } | Call::SyncSystem { .. } => Go::Pretend,
            _ => Go::Do,
        })
    }

    fn after(&self, _: Call<'_>) -> io::Result<()> {
        Ok(())
    }
}

/// A write of every file, in turn with the same temporary files and renames, and nothing else.
pub fn write(table: &mut Table, library: &Path, files: &[PathBuf]) {
    let root = library.canonicalize().expect("the library is there");
    let items: Vec<String> = files.iter().map(|file| item(library, file)).collect();
    let (mut whole, mut unsynced, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..RUNS {
        let texts = |round: usize| texts(files, run * 3 + round);
        // What an earlier round left in memory is no part of the next one.
        sync(library);
        let new = texts(0);
        whole.push(timed(|| many(&Calls::default(), &root, &items, &new)).0);
        sync(library);
        let new = texts(1);
        unsynced.push(timed(|| many(&Calls::probed(Arc::new(NoSync)), &root, &items, &new)).0);
        sync(library);
        let new = texts(2);
        bare.push(timed(|| replace_all(files, &new)).0);
    }
    let (whole, unsynced, bare) = (median(&whole), median(&unsynced), median(&bare));
    table.ratio("write of 10,000 files", whole, ("the same without any sync", unsynced), 1.5);
    table.ratio("the same", whole, ("temporary files and renames alone", bare), 1.5);
}

fn item(library: &Path, file: &Path) -> String {
    file.strip_prefix(library).expect("it lies below").to_string_lossy().into_owned()
}

fn sync(library: &Path) {
    let folder = fs::File::open(library).expect("the library is there");
    rustix::fs::syncfs(folder).expect("it can be synced");
}

/// The old text of each file, and its new one.
fn texts(files: &[PathBuf], round: usize) -> Vec<(String, String)> {
    let new = |file: &PathBuf| {
        let old = fs::read_to_string(file).expect("it can be read");
        let new = format!("{old}<!-- {round} -->\n");
        (old, new)
    };
    files.iter().map(new).collect()
}

fn many(calls: &Calls, root: &Path, items: &[String], texts: &[(String, String)]) {
    let state = tempfile::tempdir().expect("a temporary folder");
    let ground = Ground { calls, root, state: Some(state.path()) };
    let mut many = Many::begin(ground, items.iter().map(String::as_str)).expect("there is room");
    for (at, (old, new)) in texts.iter().enumerate() {
        let before = fingerprint(old.as_bytes());
        many.stage(Text { at, before: &before, text: new, steps: Vec::new() }).expect("it can be written");
    }
    let whole = many.replace(&|| false, &mut |_| {}).expect("it comes to its end");
    assert!(whole.failed.is_empty());
}

fn replace_all(files: &[PathBuf], texts: &[(String, String)]) {
    let start = Instant::now();
    let temporary = |at: usize, file: &Path| file.with_file_name(format!(".curate-bench-{at}.tmp"));
    for (at, (file, (_, new))) in files.iter().zip(texts).enumerate() {
        let mut made = fs::File::create_new(temporary(at, file)).expect("it can be made");
        made.write_all(new.as_bytes()).expect("it can be written");
        made.set_permissions(fs::Permissions::from_mode(0o644)).expect("it is ours");
    }
    for (at, file) in files.iter().enumerate() {
        fs::rename(temporary(at, file), file).expect("it can be renamed");
    }
    std::hint::black_box(start);
}
