//! Editing, looking at the diff, undoing, writing.

use crate::desk::{Desk, changed_lines, curated};

const ITEM: &str = "news/telehealth-at-home.md";

fn one() -> (Desk, String) {
    let (path, text) = curated("Telehealth at home");
    (Desk::with(&[(path, text.clone())]), text)
}

#[test]
fn a_new_title_changes_the_lines_that_hold_it_and_no_others() {
    let (mut desk, before) = one();
    desk.press("e").expect("Title").press("enter ctrl-u").type_text("Telehealth from home").press("enter");
    desk.press("esc d").expect("+   alt: Telehealth from home").press("esc w").expect("1 file").press("y");
    desk.expect("1 file written").expect_no_drafts();
    let (old, new) = changed_lines(&before, &desk.file(ITEM));
    assert_eq!((old.len(), new.len()), (6, 6));
    assert!(old.iter().all(|l| l.contains("Telehealth at home")), "{old:?}");
    assert!(new.iter().all(|l| l.contains("Telehealth from home")), "{new:?}");
}

#[test]
fn a_verdict_is_a_draft_until_it_is_written_and_u_takes_it_back() {
    let (mut desk, before) = one();
    desk.press("a").expect("✓•");
    assert_eq!(desk.file(ITEM), before);
    desk.press("u").expect_no_drafts().expect_not("✓•");
    desk.press("ctrl-r").expect("✓•").press("w y").expect("1 file written, 1 line changed");
    assert_eq!(desk.file(ITEM), before.replace("status: ''", "status: approved"));
}

#[test]
fn what_was_done_is_there_again_after_a_kill() {
    let (mut desk, _) = one();
    desk.press("a");
    let mut desk = desk.killed_and_started_again();
    desk.expect("Restored: 1 draft").expect("✓•").press("u").expect_no_drafts();
}

#[test]
fn a_file_that_changed_on_disk_keeps_both_changes() {
    let (mut desk, before) = one();
    desk.press("a");
    std::fs::write(desk.path(ITEM), before.replace("sub: brief", "sub: story")).unwrap();
    desk.press("w y").expect("1 file written").expect("changed on disk");
    let expected = before.replace("sub: brief", "sub: story").replace("status: ''", "status: approved");
    assert_eq!(desk.file(ITEM), expected);
}

#[test]
fn a_field_that_changed_on_both_sides_is_not_written() {
    let (mut desk, before) = one();
    desk.press("a");
    let theirs = before.replace("status: ''", "status: rejected");
    std::fs::write(desk.path(ITEM), &theirs).unwrap();
    desk.press("w").expect("status has changed on disk").press("y");
    assert_eq!(desk.file(ITEM), theirs);
    assert_eq!(desk.state.library.drafts.len(), 1);
}

#[test]
fn a_file_left_out_of_the_review_stays_a_draft() {
    let (mut desk, before) = one();
    desk.press("a w space").expect("left out").press("y").expect("every file is left out");
    assert_eq!(desk.file(ITEM), before);
    desk.press("esc").expect("✓•");
}

#[test]
fn quitting_writes_nothing_and_loses_nothing() {
    let (mut desk, before) = one();
    desk.press("a q");
    assert!(desk.state.quit);
    assert_eq!(desk.file(ITEM), before);
}

#[test]
fn marked_items_are_edited_in_one_batch_and_one_undo_takes_it_back() {
    let titles = ["Telehealth at home", "The metaverse in care", "Rural clinics bet on video"];
    let mut desk = Desk::with(&titles.map(curated));
    desk.press("* a").expect("3 items").expect("u takes it back");
    assert_eq!(desk.state.library.drafts.len(), 3);
    desk.press("u").expect_no_drafts();
}

#[test]
fn a_topic_added_by_someone_else_meanwhile_is_kept_beside_ours() {
    let (mut desk, before) = one();
    desk.press("t").type_text("Ratings: Nursing").press("ctrl-n enter").expect("5 edits");
    let theirs = before
        .replace(
            "  - 'Analyst: Healthcare'\ncategorySlug",
            "  - 'Analyst: Healthcare'\n  - 'Analyst: Care'\ncategorySlug",
        )
        .replace("  - 'analyst: healthcare'\n", "  - 'analyst: healthcare'\n  - 'analyst: care'\n")
        .replace("  - topic/analyst-healthcare\n", "  - topic/analyst-healthcare\n  - topic/analyst-care\n")
        .replace("  - Healthcare\n", "  - Healthcare\n  - Care\n");
    std::fs::write(desk.path(ITEM), &theirs).unwrap();
    desk.press("w y").expect("1 file written");
    let (old, new) = changed_lines(&theirs, &desk.file(ITEM));
    assert_eq!(old, Vec::<String>::new());
    assert_eq!(new.len(), 5, "{new:?}");
}

#[test]
fn what_is_being_typed_when_the_line_dies_is_kept() {
    let (mut desk, _) = one();
    desk.press("e enter ctrl-u").type_text("Half a title").happen(curate::app::Event::Hangup);
    let mut desk = desk.killed_and_started_again();
    desk.expect("Restored: 1 draft").expect("Half a title");
}

#[test]
fn a_review_waits_for_edits_that_are_still_on_their_way() {
    let titles = ["Telehealth at home", "The metaverse in care", "Rural clinics bet on video"];
    let mut desk = Desk::with(&titles.map(curated));
    desk.slow = true;
    desk.press("* a w").expect("3 items to go").press("y").expect("still being made");
    desk.catch_up().expect("3 files").expect("3 to write").press("y").expect("3 files written, 3 lines changed");
    desk.expect_no_drafts();
}

#[test]
fn an_undo_in_the_review_is_seen_in_it() {
    let titles = ["Telehealth at home", "The metaverse in care"];
    let mut desk = Desk::with(&titles.map(curated));
    desk.press("a x w").expect("2 to write").press("u").expect("1 to write").press("y").expect("1 file written");
}

#[test]
fn a_form_opened_while_an_edit_is_on_its_way_shows_it_when_it_comes() {
    let (mut desk, _) = one();
    desk.slow = true;
    desk.press("space a e").expect("Story").catch_up().expect("approved");
}

#[test]
fn a_drafts_sign_is_hollow_until_the_journal_has_it_on_disk() {
    let (mut desk, _) = one();
    desk.syncs = false;
    desk.press("a")
        .expect("✓◦")
        .expect("◦1")
        .press("w")
        .expect("[x]◦news")
        .press("esc e")
        .expect("◦1")
        .expect("◦ Status");
    desk.press("esc").expect_not("•").happen(curate::app::Event::Synced { records: 99 });
    desk.expect("✓•").expect("•1").expect_not("◦").press("e").expect("• Status").press("esc w").expect("[x] news");
}
