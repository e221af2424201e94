//! Taking back: what is not written, what is written, after a restart, and from another process.

use crate::desk::{Desk, curated};

/// So many items, all different.
fn files(count: usize) -> Vec<(String, String)> {
    (1..=count).map(|number| curated(&format!("Care at home, part {number}"))).collect()
}

#[track_caller]
fn as_before(desk: &Desk, files: &[(String, String)]) {
    for (path, text) in files {
        assert_eq!(desk.file(path), *text, "{path}");
    }
}

/// Forty items get a topic and lose another, in one batch.
fn forty() -> (Desk, Vec<(String, String)>) {
    let files = files(40);
    let mut desk = Desk::with(&files);
    desk.press("* t").type_text("analyst: healthcare").press("tab ctrl-u").type_text("Ratings: Nursing");
    desk.press("ctrl-n enter").expect("40 items");
    (desk, files)
}

#[test]
fn forty_marked_items_are_taken_back_by_one_u_byte_for_byte() {
    let (mut desk, files) = forty();
    desk.press("u").expect_no_drafts();
    as_before(&desk, &files);
    desk.press("w").expect("nothing to write");
}

#[test]
fn forty_written_items_are_taken_back_in_the_history_and_written_byte_for_byte() {
    let (mut desk, files) = forty();
    desk.press("w y").expect("40 files written").expect("H takes batches back").expect_no_drafts();
    assert!(files.iter().all(|(path, text)| desk.file(path) != *text));
    desk.press("H").expect("40 items  written").press("enter").expect("taken back: ").expect("40 items");
    assert_eq!(desk.state.library.drafts.len(), 40);
    desk.press("w y").expect("40 files written");
    as_before(&desk, &files);
    desk.press("H").expect("40 items  taken back").press("j enter").expect("taken back already");
}

#[test]
fn what_was_written_is_taken_back_by_undo_in_another_process() {
    let (mut desk, files) = forty();
    desk.press("w y").expect("40 files written");
    let (desk, exit, said) = desk.closed_and_run(&["undo", "."]);
    assert_eq!(exit, 0, "{said}");
    assert!(said.contains("40 files would be written") && said.contains("\n+  - 'Analyst: Healthcare'\n"), "{said}");
    let (mut desk, exit, said) = desk.closed_and_run(&["undo", ".", "--write"]);
    assert_eq!((exit, said.contains("40 files written")), (0, true), "{said}");
    as_before(&desk, &files);
    desk.press("H").expect("40 items  taken back");
}

#[test]
fn a_file_that_has_moved_on_is_named_and_left_and_the_rest_comes_back() {
    let (mut desk, files) = forty();
    desk.press("w y");
    let (moved, _) = &files[7];
    let theirs = desk.file(moved).replace("sub: brief", "sub: story");
    std::fs::write(desk.path(moved), &theirs).unwrap();
    desk.press("H enter").expect("39 items changed; refused").expect(moved).press("w y").expect("39 files written");
    assert_eq!(desk.file(moved), theirs);
    as_before(&desk, &[&files[..7], &files[8..]].concat());
    desk.press("H").expect("written, 39 of 40 taken back");
}

#[test]
fn after_a_restart_u_goes_over_what_is_not_written_and_h_over_what_is() {
    let files = files(3);
    let mut desk = Desk::with(&files);
    desk.press("* x w y").expect("3 files written").press("g - a");
    let mut desk = desk.killed_and_started_again();
    desk.press("H").expect("1 item   not written").expect("3 items  written").press("esc u");
    desk.press("H").expect_not("not written").press("g j enter").expect("taken back: ");
    let mut desk = desk.killed_and_started_again();
    desk.press("w y").expect("3 files written");
    as_before(&desk, &files);
}

#[test]
fn a_batch_that_is_not_written_goes_alone_unless_another_stands_on_it_which_is_named() {
    let files = files(2);
    let mut desk = Desk::with(&files);
    desk.press("* t").type_text("Ratings: Nursing").press("ctrl-n enter");
    desk.press("t").type_text("Ratings: Other").press("ctrl-n enter").press("x");
    // The first one, from under both others: another topic, another field.
    desk.press("H j j enter").expect("undone: ").press("esc w").expect("Other").expect_not("Nursing").press("esc");
    // Two verdicts: the first cannot go alone.
    desk.press("a H j enter").expect("not taken back: ").expect("came later at the same place");
    assert_eq!(desk.state.library.drafts.len(), 2);
    desk.press("g enter j enter").press("esc w y");
    let changed = desk.file(&files[0].0);
    assert!(changed.contains("status: ''") && changed.contains("Ratings: Other") && !changed.contains("Nursing"));
}

#[test]
fn batches_written_at_once_are_taken_back_one_by_one() {
    let files = files(3);
    let mut desk = Desk::with(&files);
    desk.press("* x t").type_text("Ratings: Nursing").press("ctrl-n enter").press("w y").expect("3 files written");
    let both = desk.file(&files[0].0);
    // The older one first, then the newer.
    desk.press("H j enter").press("esc w y").expect("3 files written");
    assert_eq!(desk.file(&files[0].0), both.replace("status: rejected", "status: ''"));
    desk.press("H j enter").press("esc w y").expect("3 files written");
    as_before(&desk, &files);
    // An undo is a batch as well.
    desk.press("H enter").expect("done again: ").press("esc w y").expect("3 files written");
    assert_eq!(desk.file(&files[0].0), both.replace("status: rejected", "status: ''"));
}

#[test]
fn a_written_batch_is_taken_back_from_under_a_draft_elsewhere_and_not_from_under_one_at_its_place() {
    let files = files(2);
    let mut desk = Desk::with(&files);
    desk.press("* x w y").expect("2 files written");
    desk.press("* t").type_text("Ratings: Nursing").press("ctrl-n enter").press("g - s");
    desk.press("H j j enter").expect("1 item changed; refused").expect("written changed the same place");
    desk.press("esc w y").expect("2 files written");
    let taken: Vec<bool> = files.iter().map(|(path, _)| desk.file(path).contains("status: ''")).collect();
    assert_eq!(taken.iter().filter(|back| **back).count(), 1, "{taken:?}");
    assert!(files.iter().all(|(path, _)| desk.file(path).contains("Ratings: Nursing")));
}

#[test]
fn what_a_batch_changed_is_shown() {
    let files = files(2);
    let mut desk = Desk::with(&files);
    desk.press("* x H d").expect("+ status: rejected").press("d").expect_not("+ status: rejected").press("esc");
    desk.press("w y H d").expect("- status: ''").expect("+ status: rejected").expect(&files[1].0);
}

#[test]
fn an_empty_history_says_so() {
    let mut desk = Desk::with(&files(1));
    desk.press("H").expect("Nothing has been done here yet").press("enter").expect("nothing has been done here yet");
}
