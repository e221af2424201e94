//! A write that is stopped, or cut short: nothing is torn, nothing is lost, and the curator decides.

use crate::desk::{Desk, curated};

const TITLES: [&str; 3] = ["Telehealth at home", "The metaverse in care", "Rural clinics bet on video"];

/// Three files accepted, and the write stopped after so many of them.
fn stopped_after(replaced: usize) -> (Desk, Vec<(String, String)>) {
    let files = TITLES.map(curated).to_vec();
    let mut desk = Desk::with(&files);
    desk.esc_after = Some(replaced);
    desk.press("* a w y");
    desk.esc_after = None;
    (desk, files)
}

/// How many of the files have their new text; the rest have their old one, whole.
pub fn written(desk: &Desk, files: &[(String, String)]) -> usize {
    let is_new = |(path, old): &&(String, String)| {
        let now = desk.file(path);
        let new = old.replace("status: ''", "status: approved");
        assert!(now == *old || now == new, "{path} is torn:\n{now}");
        now == new
    };
    files.iter().filter(is_new).count()
}

/// The names of all files and folders below a folder.
fn names(folder: std::path::PathBuf) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            names.extend(self::names(entry.path()));
        }
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names
}

/// Nothing of the write lies about.
pub fn expect_no_litter(desk: &Desk) {
    let litter: Vec<String> = names(desk.path("news")).into_iter().filter(|name| name.contains("curate")).collect();
    assert!(litter.is_empty(), "temporary files are left: {litter:?}");
    let plans: Vec<String> = names(desk.state_folder()).into_iter().filter(|name| name.starts_with("write-")).collect();
    assert!(plans.is_empty(), "plans are left: {plans:?}");
}

#[test]
fn a_write_that_is_stopped_before_the_first_file_is_replaced_writes_nothing() {
    let (mut desk, files) = stopped_after(0);
    desk.expect("stopped: nothing was written, all are drafts still");
    assert_eq!((written(&desk, &files), desk.state.library.drafts.len()), (0, 3));
    expect_no_litter(&desk);
    desk.press("w y").expect("3 files written").expect_no_drafts();
    expect_no_litter(&desk);
}

#[test]
fn a_write_that_is_stopped_later_asks_and_f_finishes_it() {
    let (mut desk, files) = stopped_after(1);
    desk.expect("1 of 3 written: finish or take back?").expect("f  finish it: write the other 2");
    assert_eq!(written(&desk, &files), 1);
    desk.press("f").expect("3 files written, 3 lines changed").expect_no_drafts().expect("H takes batches back");
    assert_eq!(written(&desk, &files), 3);
    expect_no_litter(&desk);
    // It is one write in the history, and is taken back as one.
    desk.press("H").expect("3 items  written").press("enter").press("w y").expect("3 files written");
    assert_eq!(written(&desk, &files), 0);
}

#[test]
fn b_takes_it_back_and_everything_is_a_draft_as_before() {
    let (mut desk, files) = stopped_after(2);
    desk.press("enter")
        .expect("enter does nothing here")
        .press("q")
        .expect("the answers are f, b, d")
        .press("b")
        .expect("taken back: 2 files · all are drafts still");
    assert_eq!((written(&desk, &files), desk.state.library.drafts.len()), (0, 3));
    expect_no_litter(&desk);
    desk.expect("✓•").press("H").expect("not written").expect_not("3 items  written").press("esc");
    desk.press("w y").expect("3 files written").expect_no_drafts();
    assert_eq!(written(&desk, &files), 3);
}

#[test]
fn d_shows_the_diffs_and_the_question_stays() {
    let (mut desk, _) = stopped_after(1);
    desk.press("d").expect("· written").expect("· not written").expect("+ status: approved").press("esc");
    desk.expect("1 of 3 written: finish or take back?").press("f").expect("3 files written");
}

#[test]
fn the_question_can_wait_but_nothing_else_is_written_before_it_is_answered() {
    let (mut desk, files) = stopped_after(1);
    desk.press("esc").expect_not("finish or take back").press("w").expect("1 of 3 written: finish or take back?");
    desk.press("esc u").expect("undone");
    desk.press("w b").expect("taken back");
    assert_eq!(written(&desk, &files), 0);
    desk.expect_no_drafts();
    expect_no_litter(&desk);
}

#[test]
fn the_next_start_asks_and_both_answers_work() {
    for (answer, expected) in [("f", 3), ("b", 0)] {
        let (desk, files) = stopped_after(2);
        let mut desk = desk.killed_and_started_again();
        desk.expect("2 of 3 written: finish or take back?");
        let mut desk = desk.killed_and_started_again();
        desk.expect("2 of 3 written: finish or take back?").press(answer);
        assert_eq!(written(&desk, &files), expected, "{answer}");
        assert_eq!(desk.state.library.drafts.len(), 3 - expected);
        expect_no_litter(&desk);
        let mut desk = desk.killed_and_started_again();
        desk.expect_not("finish or take back");
        assert_eq!(desk.state.library.drafts.len(), 3 - expected);
    }
}

#[test]
fn a_file_that_somebody_changed_meanwhile_is_named_and_left_alone() {
    let (mut desk, files) = stopped_after(1);
    let theirs: Vec<String> =
        files.iter().map(|(path, _)| desk.file(path).replace("sub: brief", "sub: story")).collect();
    let at = files.iter().position(|(path, old)| desk.file(path) == *old).expect("one is not written");
    std::fs::write(desk.path(&files[at].0), &theirs[at]).unwrap();
    desk.press("f").expect("2 files written").expect("NOT written, still a draft");
    assert_eq!(desk.file(&files[at].0), theirs[at]);
    assert_eq!(desk.state.library.drafts.len(), 1);
    expect_no_litter(&desk);
    desk.press("w y").expect("1 file written").expect_no_drafts();
    assert_eq!(desk.file(&files[at].0), theirs[at].replace("status: ''", "status: approved"));
}

#[test]
fn while_the_answer_is_carried_out_the_question_is_not_asked_again() {
    let (mut desk, files) = stopped_after(1);
    desk.slow_writes = true;
    desk.press("f w").expect("the write is being brought to its end").expect_not("finish or take back");
    desk.catch_up().expect("3 files written");
    assert_eq!(written(&desk, &files), 3);
    desk.press("w").expect("nothing to write");
}

#[test]
fn what_an_older_write_left_lying_about_is_removed_and_said_and_nothing_else() {
    let (mut desk, _) = stopped_after(0);
    let (old, new, other) = (".curate-0a1b2c3d-7.tmp", ".curate-0a1b2c3d-8.tmp", ".curate-notes.tmp.md");
    for name in [old, new, other] {
        std::fs::write(desk.path("news").join(name), "half a text").unwrap();
    }
    let two_hours_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    for name in [old, other] {
        let file = std::fs::File::options().write(true).open(desk.path("news").join(name)).unwrap();
        file.set_modified(two_hours_ago).unwrap();
    }
    desk = desk.killed_and_started_again();
    desk.expect("1 temporary file of an old write that was cut short: removed");
    let is_there = [old, new, other].map(|name| desk.path("news").join(name).exists());
    assert_eq!(is_there, [false, true, true]);
}
