//! Decisions and their write, with the program killed at every call to the disk, and with every call failing in every way: whatever
//! happens, each file has its old text or its new one, every finished action is there, and nothing is left lying about.
//!
//! `cargo test` takes a part of the calls; `CURATE_LONG=1 cargo test --release --test scenarios faults -- --nocapture` takes all of them.

use std::io::ErrorKind;

use curate::shell::calls::Calls;

use crate::cut_short::{expect_no_litter, written};
use crate::desk::{Desk, curated};
use crate::disk::{Disk, Fault};

/// Files of which few are written: each is made safe by itself.
pub const FEW: usize = 3;

/// Files of which many are written: they are made safe together.
pub const MANY: usize = 10;

/// Made-up items, in two folders.
pub fn files(count: usize) -> Vec<(String, String)> {
    let file = |at: usize| {
        let (path, text) = curated(&format!("A made-up item number {at}"));
        (if at.is_multiple_of(2) { path.replacen("news/", "news/older/", 1) } else { path }, text)
    };
    (0..count).map(file).collect()
}

/// Every how many calls one is tried.
pub fn step(part: usize) -> usize {
    if std::env::var_os("CURATE_LONG").is_some() { 1 } else { part }
}

/// What is known to be safe before the program ended.
#[derive(Clone, Copy, Debug, Default)]
pub struct Safe {
    pub decided: bool,
    pub written: bool,
}

/// Accepts every file; says whether all of it is safe.
pub fn decide(desk: &mut Desk, files: usize) -> bool {
    desk.press("* a");
    desk.state.library.drafts.len() == files && !desk.screen().contains('\u{25e6}')
}

/// Writes everything; says whether it is said to be written.
pub fn write(desk: &mut Desk, files: usize) -> bool {
    desk.press("w y");
    let whole = format!("{files} files written");
    desk.state.message.as_ref().is_some_and(|m| m.text.contains(&whole))
}

fn decide_and_write(desk: &mut Desk, files: usize) -> Safe {
    Safe { decided: decide(desk, files), written: write(desk, files) }
}

/// The start after the end: nothing is torn, nothing that was safe is lost; the answer is given, and everything is written then.
pub fn expect_recovery(mut desk: Desk, files: &[(String, String)], safe: Safe, answer: &str, case: &str) {
    let asked = desk.screen().contains("finish or take back?");
    let (new, drafts) = (written(&desk, files), desk.state.library.drafts.len());
    assert!(!safe.written || new == files.len(), "{case}: {new} of those that were said to be written");
    assert!(!safe.decided || new + drafts >= files.len(), "{case}: {new} written, {drafts} drafts");
    if asked {
        desk.press(answer);
        let wanted = if answer == "f" { files.len() } else { 0 };
        assert_eq!(written(&desk, files), wanted, "{case}: asked and answered {answer}\n{}", desk.screen());
        assert_eq!(desk.state.library.drafts.len(), files.len() - wanted, "{case}: {answer}");
    }
    expect_no_litter(&desk);
    desk = desk.killed_and_started_again();
    desk.expect_not("finish or take back?");
    write_the_rest(desk, files, case);
}

/// What is decided is written now, what is not is decided anew; then nothing is left to be done.
fn write_the_rest(mut desk: Desk, files: &[(String, String)], case: &str) {
    if written(&desk, files) < files.len() {
        if desk.state.library.drafts.len() < files.len() - written(&desk, files) {
            desk.press("* a");
        }
        desk.press("w y");
    }
    assert_eq!(written(&desk, files), files.len(), "{case}:\n{}", desk.screen());
    desk.expect_no_drafts();
    let mut desk = desk.killed_and_started_again();
    desk.expect_no_drafts().expect_not("finish or take back?");
    expect_no_litter(&desk);
    assert_eq!(written(&desk, files), files.len(), "{case}: at the end");
}

/// The calls of an undisturbed run, from the decisions on, that are tried: every so many, and the one that replaces the second file.
fn tried(files: &[(String, String)], part: usize) -> Vec<usize> {
    let disk = Disk::default();
    let mut desk = Desk::by(disk.calls(), files);
    let opened = disk.count();
    let safe = decide_and_write(&mut desk, files.len());
    assert!(safe.decided && safe.written, "{safe:?}\n{}", desk.screen());
    let mut tried: Vec<usize> = (opened..disk.count()).step_by(step(part)).chain([disk.replacing()[1]]).collect();
    tried.sort_unstable();
    tried.dedup();
    println!("{} files: {} calls, {} of them are tried", files.len(), disk.count() - opened, tried.len());
    tried
}

fn die_everywhere(count: usize, part: usize) {
    let files = files(count);
    let mut asked = 0;
    for at in tried(&files, part) {
        for (fault, answer) in [(Fault::Dies, "f"), (Fault::Dies, "b"), (Fault::DiesWithin, "b")] {
            let mut desk = Desk::by(Disk::with(at, fault).calls(), &files);
            let safe = decide_and_write(&mut desk, count);
            let mut desk = desk.killed_and_started_again();
            asked += usize::from(desk.screen().contains("finish or take back?"));
            expect_recovery(desk, &files, safe, answer, &format!("{fault:?} at call {at}, {answer}"));
        }
    }
    println!("{count} files: killed three ways at each of these calls; {asked} times asked");
    assert!(asked > 0);
}

#[test]
fn a_kill_at_any_call_of_a_small_write_loses_nothing() {
    die_everywhere(FEW, 7);
}

#[test]
fn a_kill_at_any_call_of_a_large_write_loses_nothing() {
    die_everywhere(MANY, 47);
}

#[test]
fn a_kill_in_the_recovery_from_a_kill_loses_nothing() {
    let files = files(FEW);
    let mut killed = 0;
    for first in tried(&files, 29) {
        for answer in ["f", "b"] {
            for second in (0..).step_by(step(11)) {
                let mut desk = Desk::by(Disk::with(first, Fault::Dies).calls(), &files);
                let safe = decide_and_write(&mut desk, FEW);
                let disk = Disk::with(second, Fault::DiesWithin);
                let mut desk = desk.killed_and_started_again_by(disk.calls());
                if desk.screen().contains("finish or take back?") {
                    desk.press(answer);
                }
                if disk.count() <= second {
                    break;
                }
                killed += 1;
                let case = format!("killed at {first}, then at {second} after {answer}");
                for again in ["f", "b"].into_iter().take(1 + usize::from(answer == "b")) {
                    expect_recovery_of(&desk, &files, safe, again, &case);
                }
                drop(desk);
            }
        }
    }
    println!("killed {killed} times in the recovery from a kill");
    assert!(killed > 10);
}

/// The same on a copy of the folder, so that both answers can be given.
fn expect_recovery_of(desk: &Desk, files: &[(String, String)], safe: Safe, answer: &str, case: &str) {
    expect_recovery(desk.copied(), files, safe, answer, &format!("{case}, then {answer}"));
}

#[test]
fn a_call_that_fails_loses_nothing_and_what_is_left_can_be_done_later() {
    let faults = [
        Fault::Fails(ErrorKind::StorageFull),
        Fault::Fails(ErrorKind::PermissionDenied),
        Fault::Fails(ErrorKind::Other),
        Fault::Halves,
        Fault::Full,
        Fault::ReadOnly,
    ];
    for (count, part) in [(FEW, 9), (MANY, 61)] {
        let files = files(count);
        for at in tried(&files, part) {
            for fault in faults {
                go_on_after(at, fault, &files);
            }
        }
    }
}

fn go_on_after(at: usize, fault: Fault, files: &[(String, String)]) {
    let case = format!("{fault:?} at call {at} of {} files", files.len());
    let disk = Disk::with(at, fault);
    let mut desk = Desk::by(disk.calls(), files);
    decide_and_write(&mut desk, files.len());
    let asked = desk.screen().contains("finish or take back?");
    let (new, drafts) = (written(&desk, files), desk.state.library.drafts.len());
    assert!(new + drafts >= files.len(), "{case}: {new} written, {drafts} drafts");
    // What is told of each file is true.
    assert!(asked || new + drafts == files.len(), "{case}: {new} written, {drafts} drafts\n{}", desk.screen());
    assert!(asked || fault == Fault::ReadOnly || plans(&desk) <= 1, "{case}");
    disk.heal();
    if asked {
        // A disk that fails again while it is finished asks again: here it is whole.
        desk.press(if at.is_multiple_of(2) { "f" } else { "b" });
        let wanted = if at.is_multiple_of(2) { files.len() } else { 0 };
        assert_eq!(written(&desk, files), wanted, "{case}\n{}", desk.screen());
    }
    write_the_rest(desk, files, &case);
}

fn plans(desk: &Desk) -> usize {
    let names = std::fs::read_dir(desk.state_folder()).expect("a folder").flatten();
    names.filter(|entry| entry.file_name().to_string_lossy().starts_with("write-")).count()
}

#[test]
fn a_disk_without_room_says_so_before_anything_is_written() {
    let files = files(FEW);
    let disk = Disk::default();
    let mut desk = Desk::by(disk.calls(), &files);
    desk.press("* a w");
    disk.leave(10_000);
    desk.press("y").expect("the new texts need").expect("KB are free: nothing was");
    assert_eq!((written(&desk, &files), desk.state.library.drafts.len()), (0, FEW));
    expect_no_litter(&desk);
    disk.heal();
    desk.press("w y").expect("3 files written");
}

#[test]
fn without_a_probe_calls_go_straight_to_the_disk() {
    assert!(!Calls::default().is_probed() && Disk::default().calls().is_probed());
}
