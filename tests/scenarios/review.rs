//! The review: hunks, leaving out, its filter, the form from it, and a write that is stopped.

use crate::desk::{Desk, changed_lines, curated};

const ITEM: &str = "news/telehealth-at-home.md";

fn one() -> (Desk, String) {
    let (path, text) = curated("Telehealth at home");
    (Desk::with(&[(path, text.clone())]), text)
}

fn add_topic(desk: &mut Desk, topic: &str) {
    desk.press("t").type_text(topic).press("ctrl-n enter");
}

#[test]
fn a_topic_that_is_left_out_leaves_its_five_lists_out_and_stays_a_draft() {
    let (mut desk, before) = one();
    desk.press("a");
    add_topic(&mut desk, "Ratings: Nursing");
    desk.press("w").expect("2 hunks").expect("[x] approved").expect("[x] + Ratings: Nursing");
    desk.press("tab").expect("hunk 1 of 2").press("j").expect("hunk 2 of 2");
    for line in [" categories:", "+   - 'Ratings: Nursing'", "+   - topic/ratings-nursing", "   medigyTopics:"] {
        desk.expect(line);
    }
    desk.press("space").expect("[ ] + Ratings: Nursing").expect("[~] ").expect("1 line change");
    desk.press("y").expect("1 file written, 1 line changed").expect("1 hunk left out");
    assert_eq!(desk.file(ITEM), before.replace("status: ''", "status: approved"));
    // It is still left out when the review is opened again, and after a restart.
    desk.press("w").expect("0 to write").expect("[ ] + Ratings: Nursing");
    let mut desk = desk.killed_and_started_again();
    desk.press("w").expect("0 to write").press("space").expect("1 to write").press("y");
    desk.expect("1 file written, 5 lines changed").expect_no_drafts();
    let (old, new) = changed_lines(&before, &desk.file(ITEM));
    assert_eq!((old.len(), new.len()), (1, 6), "{new:?}");
}

#[test]
fn of_two_topics_of_one_batch_one_is_written() {
    let (mut desk, before) = one();
    add_topic(&mut desk, "Ratings: Nursing");
    desk.press("t")
        .type_text("Analyst: Healthcare")
        .press("tab ctrl-u")
        .type_text("Ratings: Doctors")
        .press("ctrl-n enter");
    desk.press("w").expect("3 hunks").expect("[x] - Analyst: Healthcare");
    desk.press("tab j space")
        .expect("[~]")
        .press("tab tab")
        .expect("hunk 1 of 3")
        .press("esc y")
        .expect("1 file written");
    let written = desk.file(ITEM);
    let (old, new) = changed_lines(&before, &written);
    assert_eq!((old.len(), new.len()), (0, 10), "{old:?} {new:?}");
    desk.press("w space y").expect_no_drafts();
    let (old, new) = changed_lines(&written, &desk.file(ITEM));
    assert_eq!((old.len(), new.len()), (5, 0), "{old:?} {new:?}");
}

#[test]
fn an_edit_that_stands_on_one_that_is_left_out_is_one_hunk_with_it() {
    let (mut desk, before) = one();
    desk.press("a w tab space").expect("[ ] approved").press("esc esc x").press("w").expect("1 hunk");
    desk.expect("[ ] approved · rejected").expect("0 to write").press("y").expect("every file is left out");
    assert_eq!(desk.file(ITEM), before);
}

#[test]
fn an_edit_after_something_was_left_out_is_written_without_it() {
    let (mut desk, before) = one();
    desk.press("a w space").expect("left out").press("esc");
    add_topic(&mut desk, "Ratings: Nursing");
    desk.press("w").expect("[~]").press("y").expect("1 file written, 5 lines changed");
    assert!(desk.file(ITEM).contains("status: ''"));
    assert_ne!(desk.file(ITEM), before);
    // What stayed is taken back by an undo, as any draft is.
    desk.press("u").expect("undone: approved").expect_no_drafts();
}

#[test]
fn what_was_left_out_of_a_batch_over_many_is_one_undo_and_the_written_stays() {
    let mut desk =
        Desk::with(&["Telehealth at home", "The metaverse in care", "Rural clinics bet on video"].map(curated));
    desk.press("* a w j space y").expect("2 files written").expect("1 file left out");
    desk.press("u").expect("undone: approved · 1 item").expect_no_drafts();
    desk.press("ctrl-r w").expect("1 to write").press("y").expect("1 file written").expect_no_drafts();
}

#[test]
fn the_stamp_of_an_edit_joins_nothing_and_is_written_once() {
    let (path, text) = curated("Telehealth at home");
    let profile = (".curate.yaml".to_string(), "extends: curated-content\ntouch: lastMod\n".to_string());
    let mut desk = Desk::with(&[profile, (path, text.clone())]);
    desk.press("a");
    add_topic(&mut desk, "Ratings: Nursing");
    desk.press("w").expect("2 hunks").press("tab space y").expect("1 file written");
    desk.press("w space y").expect("1 file written").expect_no_drafts();
    assert!(desk.file(ITEM).contains("status: approved"));
}

#[test]
fn the_filter_finds_files_by_title_and_by_what_was_done() {
    let mut desk =
        Desk::with(&["Telehealth at home", "The metaverse in care", "Rural clinics bet on video"].map(curated));
    desk.press("* a - g x w").expect("3 files");
    desk.press("/").type_text("metaverse").expect("1 of 3 shown").press("enter").expect("metaverse-in-care");
    desk.press("/ ctrl-u").type_text("rejected").expect("1 of 3 shown").press("esc").expect("1 of 3 shown");
    desk.press("/ ctrl-u enter").expect_not("shown").expect("3 to write").press("y").expect("3 files written");
}

#[test]
fn the_form_is_a_key_away_and_the_review_waits_below() {
    let mut desk = Desk::with(&["Telehealth at home", "The metaverse in care"].map(curated));
    desk.press("* a - w j").expect("The metaverse in care");
    desk.press("e").expect("Status").press("u").expect("undone").press("esc").expect("Review  0 files");
    desk.press("ctrl-r esc w j e enter ctrl-u").type_text("rejected").press("enter esc").expect("approved · ");
    desk.press("y").expect("2 files written");
    let files = [ITEM, "news/the-metaverse-in-care.md"].map(|item| desk.file(item));
    assert!(files[0].contains("status: approved") && files[1].contains("status: rejected"));
}

#[test]
fn a_file_that_cannot_be_written_can_be_left_out() {
    let (mut desk, before) = one();
    desk.press("a");
    std::fs::write(desk.path(ITEM), before.replace("status: ''", "status: rejected")).unwrap();
    desk.press("w").expect("[!]").expect("status has changed on disk").press("space").expect("[ ]").expect("left out");
}

#[test]
fn words_that_differ_are_marked_without_colour_too() {
    let (mut desk, _) = one();
    desk.press("e enter end").type_text(" again").press("enter esc d");
    assert!(desk.reversed().iter().all(|text| text == " again"));
    desk.press("esc w");
    assert!(desk.reversed().contains(&" again".to_string()));
}

#[test]
fn a_batch_over_many_that_is_stopped_leaves_nothing() {
    let files: Vec<_> = (0..300).map(|n| curated(&format!("Item {n}"))).collect();
    let mut desk = Desk::with(&files);
    desk.slow = true;
    desk.press("* a")
        .expect("working: 300 items to go · esc stops")
        .press("esc")
        .expect("stopped, nothing of it stays: approved");
    desk.expect_no_drafts().catch_up().expect_no_drafts().expect_not("✓");
    desk.press("a").expect("•300").press("u").expect_no_drafts();
}

#[test]
fn edits_that_come_to_what_the_disk_has_are_told_and_not_counted_as_written() {
    let mut desk = Desk::with(&[curated("Telehealth at home"), curated("The ward")]);
    desk.press("g e enter").type_text(" now").press("enter U esc j a w").expect("as on disk").expect("+1 -1");
    desk.press("y").expect("1 file written").expect("1 was as on disk already").expect_no_drafts();
}
