//! Fields that changed on disk and in a draft: shown with what they were and both new values, and decided with a key.

use crate::desk::{Desk, curated};

const ITEM: &str = "news/telehealth-at-home.md";
const OTHER: &str = "news/the-metaverse.md";

/// A desk on which the status is a draft, and somebody else has set it, too.
fn clashing() -> (Desk, String) {
    let (path, before) = curated("Telehealth at home");
    let mut desk = Desk::with(&[(path, before.clone()), curated("The metaverse")]);
    desk.press("a");
    let theirs = before.replace("status: ''", "status: rejected");
    std::fs::write(desk.path(ITEM), &theirs).unwrap();
    // What stands against a write is found by the review.
    desk.press("w").expect("status has changed on disk").press("C");
    (desk, theirs)
}

#[test]
fn a_conflict_shows_what_was_there_and_both_new_values() {
    let (mut desk, _) = clashing();
    let screen = desk.screen();
    insta::assert_snapshot!(screen, @r"
    ── Conflicts  1 conflict in 1 item ─────────────────────────────────────────────
     ! status  Telehealth at home
    ── news/telehealth-at-home.md changed on disk while you were editing ───────────
     status
       was     (blank)
       yours   approved
       theirs  rejected















     ✓ Telehealth at home
     m mine  t theirs  e edit  M all mine  T all theirs  u undo    esc back  ? keys
    ");
}

#[test]
fn yours_is_made_over_what_the_file_has_now() {
    let (mut desk, theirs) = clashing();
    desk.press("m").press("esc").expect_not("changed on disk").press("w y").expect("1 file written").expect_no_drafts();
    assert_eq!(desk.file(ITEM), theirs.replace("status: rejected", "status: approved"));
}

#[test]
fn theirs_stays_and_undo_brings_the_question_back() {
    let (mut desk, theirs) = clashing();
    desk.press("t").press("esc esc u").expect("has changed on disk, too");
    desk.press("C").expect("yours").press("t w y").expect_no_drafts();
    assert_eq!(desk.file(ITEM), theirs);
}

#[test]
fn a_write_leaves_out_what_is_not_decided_and_says_so() {
    let (mut desk, theirs) = clashing();
    desk.press("esc esc a w y").expect("1 file written").expect("1 item in conflict NOT");
    assert_eq!(desk.file(ITEM), theirs);
    assert_eq!(desk.state.library.drafts.len(), 1);
    assert!(desk.file(OTHER).contains("status: approved"));
}

#[test]
fn a_decision_is_there_again_after_a_kill_and_so_is_one_that_is_not_made() {
    let (mut desk, _) = clashing();
    desk.press("esc esc");
    let mut desk = desk.killed_and_started_again();
    desk.press("C").expect("theirs").press("m");
    let mut desk = desk.killed_and_started_again();
    desk.press("C").expect("no field has changed on both sides").press("w").expect("+1 -1").press("y");
    desk.expect("1 file written");
    assert!(desk.file(ITEM).contains("status: approved"));
}

#[test]
fn an_edit_of_an_item_in_conflict_is_a_draft_like_any_other() {
    let (mut desk, theirs) = clashing();
    desk.press("esc esc k t").type_text("Ratings: Nursing").press("ctrl-n enter").expect("5 edits");
    desk.press("C m w y").expect("1 file written");
    let text = desk.file(ITEM);
    assert!(text.contains("status: approved") && text.contains("  - 'Ratings: Nursing'"), "{theirs} became {text}");
}

#[test]
fn a_title_is_decided_with_all_its_places_at_once() {
    let (path, before) = curated("Telehealth at home");
    let mut desk = Desk::with(&[(path, before.clone())]);
    desk.press("e enter ctrl-u").type_text("Mine").press("enter esc");
    let theirs = before.replace("title: Telehealth at home", "title: Theirs").replace("sub: brief", "sub: story");
    assert_ne!(theirs, before);
    std::fs::write(desk.path(ITEM), &theirs).unwrap();
    desk.press("w C").expect("Theirs").press("t").press("w y");
    assert_eq!(desk.file(ITEM), theirs);
}

#[test]
fn yours_is_kept_in_all_places_where_somebody_changed_all_of_them_in_a_list_too() {
    let (path, before) = curated("Telehealth at home");
    let mut desk = Desk::with(&[(path, before.clone())]);
    desk.press("e enter ctrl-u").type_text("Mine").press("enter esc");
    let theirs = before.replace("Telehealth at home", "Theirs");
    assert!(theirs.contains("  - Theirs\n"), "the last breadcrumb is one of the places");
    std::fs::write(desk.path(ITEM), &theirs).unwrap();
    desk.press("w C").expect("Theirs").expect("m mine").press("m");
    // And once more, before it is written.
    std::fs::write(desk.path(ITEM), theirs.replace("Theirs", "Once more")).unwrap();
    desk.press("esc esc w C").expect("Once more").press("m").press("w y").expect("1 file written");
    assert_eq!(desk.file(ITEM), before.replace("Telehealth at home", "Mine"));
}

#[test]
fn e_keeps_yours_and_opens_the_form_on_it() {
    let (mut desk, theirs) = clashing();
    desk.press("e").expect("Status");
    desk.press("enter ctrl-u").type_text("deferred").press("enter esc").press("esc esc w y").expect("1 file written");
    assert_eq!(desk.file(ITEM), theirs.replace("status: rejected", "status: deferred"));
}

#[test]
fn a_file_that_changes_again_after_the_decision_asks_again() {
    let (mut desk, theirs) = clashing();
    desk.press("m esc");
    std::fs::write(desk.path(ITEM), theirs.replace("status: rejected", "status: deferred")).unwrap();
    desk.press("w C").expect("was     rejected").expect("yours   approved").expect("theirs  deferred");
    desk.press("t w y").expect_no_drafts();
    assert!(desk.file(ITEM).contains("status: deferred"));
}

#[test]
fn many_conflicts_are_decided_in_one_batch_that_one_undo_takes_back() {
    let titles = ["One", "Two", "Three"];
    let mut desk = Desk::with(&titles.map(curated));
    desk.press("* a");
    for title in titles {
        let (path, text) = curated(title);
        std::fs::write(desk.path(&path), text.replace("status: ''", "status: rejected")).unwrap();
    }
    desk.press("w C").expect("3 conflicts in 3 items").press("M").press("esc").expect_not("changed on disk");
    desk.press("u").expect("3 items changed on disk").press("C T").press("w y").expect_no_drafts();
    assert!(titles.iter().all(|title| desk.file(&curated(title).0).contains("status: rejected")));
}

#[test]
fn the_filter_finds_items_in_conflict() {
    let (mut desk, _) = clashing();
    desk.press("esc esc /").type_text("is:conflict").press("enter").expect("1 shown").expect("Telehealth");
    desk.press("C m").press("/ ctrl-u").type_text("is:conflict").press("enter").expect("0 shown");
}
