//! The program itself, killed by a signal that nothing can catch, in the middle of a write of many files and of decisions: afterwards
//! each file has its old text or its new one, what was shown as safe is there, and what is left lying about goes with the next command.
//!
//! `cargo test` kills at chosen calls to the disk, the same every time. A thousand kills, most of them at random moments:
//! `CURATE_KILLS=1000 cargo test --test terminal kills -- --nocapture` prints how many there were in which part of a write.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use crate::tty::Tty;

/// Files of one write.
const FILES: usize = 40;

/// Kills in one folder, before its history is too long to be read quickly.
const IN_ONE_FOLDER: usize = 25;

/// A library, and the home of who works on it.
struct Place {
    folder: tempfile::TempDir,
    old: Vec<(PathBuf, String)>,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let mut old = Vec::new();
    for at in 0..FILES {
        let below = if at % 3 == 0 { "library/older" } else { "library" };
        let path = folder.path().join(below).join(format!("clinic-{at:02}.md"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text =
            format!("---\ntitle: Clinic {at} bets on video\nstatus: ''\ntopics:\n  - Care\n---\nA text to read.\n");
        fs::write(&path, &text).unwrap();
        old.push((path, text));
    }
    Place { folder, old }
}

impl Place {
    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    fn home(&self) -> [(&'static str, PathBuf); 3] {
        let below = |name: &str| self.folder.path().join(name);
        [("XDG_CONFIG_HOME", below("config")), ("XDG_STATE_HOME", below("state")), ("XDG_DATA_HOME", below("data"))]
    }

    fn verb(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curate"));
        command.args(args).arg("--write").current_dir(self.library()).envs(self.home());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn accept_all(&self) -> Command {
        self.verb(&["set", ".", "status=approved"])
    }

    fn undo(&self) -> Output {
        self.verb(&["undo", "."]).stderr(Stdio::piped()).output().unwrap()
    }

    fn desk(&self, dies_at: Option<&str>) -> Tty {
        self.desk_told(dies_at.map(|at| ("CURATE_DIES_AT", at)))
    }

    fn desk_told(&self, what: Option<(&str, &str)>) -> Tty {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_curate"));
        command.arg(self.library());
        self.home().into_iter().for_each(|(name, path)| command.env(name, path));
        what.into_iter().for_each(|(name, value)| command.env(name, value));
        Tty::sized(command, 50, 80)
    }

    /// How many files have their new text; the rest have their old one, whole.
    #[track_caller]
    fn written(&self) -> usize {
        let is_new = |(path, old): &&(PathBuf, String)| {
            let now = fs::read_to_string(path).unwrap();
            let new = old.replace("status: ''", "status: approved");
            assert!(now == *old || now == new, "{} is torn:\n{now}", path.display());
            now == new
        };
        self.old.iter().filter(is_new).count()
    }

    fn temporary(&self) -> usize {
        names(&self.library()).iter().filter(|name| name.starts_with(".curate-")).count()
    }

    fn plans(&self) -> usize {
        names(&self.folder.path().join("state")).iter().filter(|name| name.starts_with("write-")).count()
    }

    /// In which part of the write it was killed.
    fn part(&self) -> &'static str {
        match (self.written(), self.temporary(), self.plans()) {
            (1.., 1.., _) => "among the renames",
            (FILES, 0, _) => "after the last rename",
            (0, 1.., _) => "among the temporary files",
            (0, 0, 1..) => "after the plan, before the first temporary file",
            (0, 0, 0) => "before the plan",
            other => panic!("some files are written and nothing says so: {other:?}"),
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            names.extend(self::names(&entry.path()));
        }
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names
}

/// A source of numbers below a bound, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound.max(1)
    }
}

/// What comes after a kill: the next command clears away, and takes back; or the desk asks, and finishes.
fn recover(place: &Place, by_desk: bool, case: &str) {
    let new = place.written();
    if by_desk && new > 0 && place.temporary() > 0 {
        let mut desk = place.desk(None);
        desk.until(|screen| screen.contents().contains("finish or take back?"));
        desk.press("f");
        desk.until(|screen| screen.contents().contains("40 files written"));
        desk.press("q");
        assert!(desk.end(), "{case}");
        assert_eq!((place.written(), place.temporary(), place.plans()), (FILES, 0, 0), "{case}");
    }
    let undone = place.undo();
    let told = String::from_utf8_lossy(&undone.stderr).into_owned();
    assert!(matches!(undone.status.code(), Some(0 | 1)), "{case}: {told}");
    assert_eq!((place.written(), place.temporary(), place.plans()), (0, 0, 0), "{case}: {told}");
}

/// Starts the write, and kills it at this call.
fn killed_at(place: &Place, call: &str) {
    let status = place.accept_all().env("CURATE_DIES_AT", call).status().unwrap();
    assert!(status.signal().is_some(), "{call}: it ended by itself");
}

/// Starts the write, waits for a part of it, and then for a random moment, and kills it; says whether it had ended by itself.
fn killed_within(place: &Place, part: u64, moment: Duration) -> bool {
    let first = &place.old.iter().map(|(path, _)| path).min().unwrap();
    let inode = fs::metadata(first).unwrap().ino();
    let mut child = place.accept_all().spawn().unwrap();
    let has_begun = || match part {
        1 => place.temporary() > 0,
        2 => fs::metadata(first).unwrap().ino() != inode,
        _ => true,
    };
    let mut ended = false;
    while !ended && !has_begun() {
        ended = child.try_wait().unwrap().is_some();
    }
    let from = Instant::now();
    while from.elapsed() < moment {
        std::hint::spin_loop();
    }
    // One that has ended meanwhile is no worse.
    let _ = child.kill();
    child.wait().unwrap().signal().is_none()
}

#[test]
fn kills_in_the_middle_of_a_write_of_many() {
    if !cfg!(debug_assertions) {
        println!("skipped: only a build for tests dies where it is told to");
        return;
    }
    let place = place();
    let mut dice = Dice(7);
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    let one_of = |dice: &mut Dice| dice.below(FILES as u64) + 1;
    for number in 0..20 {
        let call = match number {
            0..8 => format!("{} {}", ["create", "write", "keep"][number % 3], one_of(&mut dice)),
            8..16 => format!("replace {}", one_of(&mut dice)),
            16 => "sync-system 1".to_string(),
            17 => "sync 2".to_string(),
            18 => "sync-folder 4".to_string(),
            _ => "remove 1".to_string(),
        };
        killed_at(&place, &call);
        *parts.entry(place.part()).or_default() += 1;
        recover(&place, number == 9, &format!("killed before {call}"));
    }
    println!("{parts:?}");
    assert!(parts["among the temporary files"] >= 7 && parts["among the renames"] >= 7, "{parts:?}");
}

#[test]
fn a_write_whose_terminal_goes_away_is_nobody_elses_to_finish() {
    let place = place();
    let go_on = place.folder.path().join("go-on");
    let mut desk = place.desk_told(Some(("CURATE_WAITS_AT", &format!("replace 3 {}", go_on.display()))));
    desk.until(|screen| screen.contents().contains("A text to read."));
    desk.press("*aw");
    desk.until(|screen| screen.contents().contains("40 to write"));
    desk.press("y");
    let late = Instant::now() + Duration::from_secs(60);
    while place.written() < 2 {
        assert!(Instant::now() < late, "nothing is written");
        std::thread::yield_now();
    }
    let child = i32::try_from(desk.child.as_ref().unwrap().process_id().unwrap()).unwrap();
    rustix::process::kill_process(rustix::process::Pid::from_raw(child).unwrap(), rustix::process::Signal::HUP)
        .unwrap();
    desk.until(|screen| !screen.alternate_screen());
    // Whoever starts meanwhile reads, and is not asked about a write that goes on.
    let mut other = place.desk(None);
    other.until(|screen| screen.contents().contains("read only"));
    assert!(!other.screen.screen().contents().contains("finish or take back"));
    assert_eq!(place.written(), 2);
    fs::write(&go_on, "").unwrap();
    desk.end();
    assert_eq!((place.written(), place.temporary()), (FILES, 0));
    other.press("W");
    other.until(|screen| !screen.contents().contains("read only"));
    other.press("q");
    assert!(other.end());
    assert_eq!((place.written(), place.temporary(), place.plans()), (FILES, 0, 0));
}

#[test]
fn kills_between_decisions() {
    if !cfg!(debug_assertions) {
        println!("skipped: only a build for tests dies where it is told to");
        return;
    }
    // The journal is made by the first of each; then each decision is written and synced.
    for call in ["write 2", "write 3", "sync 3", "write 5", "sync 6"] {
        let place = place();
        decide_until_dead(&place, &mut place.desk(Some(call)), call);
    }
}

/// Accepts items one after the other; after the end, at least those are drafts that were shown as safe.
fn decide_until_dead(place: &Place, desk: &mut Tty, case: &str) {
    // One that dies while it starts has shown nothing.
    desk.comes_to(|screen| screen.contents().contains("A text to read."));
    for _ in 0..12 {
        if desk.keys.write_all(b"a").is_err() {
            break;
        }
    }
    // One that synced less often than was thought has shown all twelve, and is killed then.
    desk.comes_to(|screen| dots(&screen.contents()) == 12);
    let _ = desk.child.as_mut().unwrap().kill();
    desk.end();
    let mut again = started_again_with_what_was_safe(place, desk);
    assert_eq!((place.written(), place.temporary()), (0, 0), "{case}");
    again.press("q");
    assert!(again.end(), "{case}");
}

/// The items that are accepted, and shown as safe.
fn dots(screen: &str) -> usize {
    screen.lines().filter(|line| line.contains("\u{2713}\u{2022}")).count()
}

/// The long run: `CURATE_KILLS` says how many.
#[test]
fn kills_at_random_moments() {
    let Some(kills) = std::env::var("CURATE_KILLS").ok().and_then(|n| n.parse::<usize>().ok()) else {
        println!("skipped: CURATE_KILLS=1000 asks for it");
        return;
    };
    let mut dice = Dice(std::env::var("CURATE_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(1));
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut at, mut decisions, mut late) = (place(), 0, 0);
    let from = Instant::now();
    assert!(at.accept_all().status().unwrap().success());
    let whole = from.elapsed();
    at.undo();
    for number in 0.. {
        if parts.values().sum::<usize>() + decisions == kills {
            break;
        }
        if number % IN_ONE_FOLDER == 0 {
            at = place();
        }
        if number % 10 == 9 {
            let mut desk = at.desk(None);
            decide_for(&at, &mut desk, Duration::from_micros(dice.below(60_000)), number);
            decisions += 1;
            at = place();
            continue;
        }
        let part = number as u64 % 3;
        let span = if part == 0 { whole } else { whole / 10 };
        let moment = Duration::from_micros(dice.below(span.as_micros() as u64));
        // One that had ended by itself was not killed.
        match killed_within(&at, part, moment) {
            true => late += 1,
            false => *parts.entry(at.part()).or_default() += 1,
        }
        recover(&at, number % 25 == 7, &format!("kill number {number}, {moment:?} into part {part}"));
    }
    println!("{kills} kills, {decisions} of them between decisions, the others in a write of {FILES} files:");
    parts.iter().for_each(|(part, count)| println!("{count:6} {part}"));
    println!("0 torn files, 0 lost decisions, no litter; {late} writes more had ended before they could be killed");
    let enough = kills / 20;
    assert!(parts["among the temporary files"] >= enough && parts["among the renames"] >= enough, "{parts:?}");
}

/// The start after a kill: as many decisions are there as were shown to be safe.
fn started_again_with_what_was_safe(place: &Place, killed: &Tty) -> Tty {
    let safe = dots(&killed.screen.screen().contents());
    let mut again = place.desk(None);
    again.until(|screen| screen.contents().contains("A text to read."));
    again.until(|screen| dots(&screen.contents()) >= safe);
    again
}

/// Accepts items as fast as they can be typed, kills the desk after a moment, and looks what is there again.
fn decide_for(place: &Place, desk: &mut Tty, moment: Duration, number: usize) {
    desk.until(|screen| screen.contents().contains("A text to read."));
    desk.press("aaaaaaaaaaaa");
    std::thread::sleep(moment);
    let _ = desk.child.as_mut().unwrap().kill();
    desk.end();
    let mut again = started_again_with_what_was_safe(place, desk);
    again.press("q");
    assert!(again.end(), "kill number {number}");
    assert_eq!((place.written(), place.temporary()), (0, 0), "kill number {number}");
}
