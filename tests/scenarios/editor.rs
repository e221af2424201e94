//! `E`: what an editor leaves is a draft, or a question; never a loss.

use crate::desk::{Desk, changed_lines, curated};

const ITEM: &str = "news/the-ward.md";

fn desk() -> Desk {
    let mut desk = Desk::with(&[curated("The ward")]);
    assert!(desk.path(ITEM).is_file());
    desk.screen();
    desk
}

#[test]
fn what_was_changed_in_the_editor_is_a_draft_and_one_undo_takes_it_back() {
    let mut desk = desk();
    let before = desk.file(ITEM);
    desk.editor = |text| Ok(text.replacen("The ward", "The far ward", 1) + "\nOne line more.\n");
    desk.press("E").expect("edited by hand: 1 item");
    assert_eq!(desk.file(ITEM), before, "nothing is on disk yet");
    desk.press("d").expect("The far ward").press("G").expect("One line more.").press("esc");
    desk.press("w y").expect("1 file written");
    let (_, new) = changed_lines(&before, &desk.file(ITEM));
    // The file had no newline at its end: its last line gets one before the line that is new, and the new one gets none.
    assert_eq!((new.len(), new[0].as_str(), new[2].as_str()), (3, "  - The far ward", "One line more."));
    assert!(desk.file(ITEM).ends_with("One line more."));
}

#[test]
fn a_text_that_came_back_unchanged_is_no_draft_whatever_line_ends_the_editor_writes() {
    for editor in [
        |text: &str| Ok(text.to_string()),
        |text: &str| Ok(text.replace('\n', "\r\n")),
        |text: &str| Ok(format!("{text}\n")),
    ] {
        let mut desk = desk();
        desk.editor = editor;
        desk.press("E").expect("nothing changed").expect_no_drafts();
    }
}

#[test]
fn a_text_that_does_not_parse_is_kept_with_line_and_reason_and_opened_again() {
    let mut desk = desk();
    desk.editor = |text| Ok(text.replacen("title:", "title: [", 1));
    desk.press("E").expect("kept, and not taken in").expect("line ").expect_no_drafts();
    // For later, through a restart.
    desk.press("esc").expect_no_drafts();
    let mut desk = desk.killed_and_started_again();
    desk.editor = |text| {
        assert!(text.contains("title: ["), "what was typed is given again");
        Ok(text.replacen("title: [", "title: Far", 1))
    };
    desk.press("E").expect("edited by hand: 1 item");
    desk.editor = |text| {
        assert!(!text.contains("title: ["), "what was taken in is not given again");
        Ok(text.to_string())
    };
    desk.press("E").expect("nothing changed");
}

#[test]
fn a_text_that_was_kept_can_be_dropped() {
    let mut desk = desk();
    desk.editor = |_| Ok("nonsense".to_string());
    desk.press("E").expect("kept, and not taken in").press("enter").expect("kept, and not taken in");
    desk.press("x").expect("dropped").expect_no_drafts();
    desk.editor = |text| Ok(text.replace("nonsense", "fails"));
    desk.press("E").expect("nothing changed");
}

#[test]
fn an_editor_that_fails_loses_nothing_and_what_it_left_can_be_taken() {
    let mut desk = desk();
    desk.editor = |text| Err((text.to_string(), "was killed"));
    desk.press("E").expect("the editor was killed; nothing changed");
    desk.editor = |text| Err((text.replacen("The ward", "The far ward", 1), "ended with 1"));
    desk.press("E").expect("the editor ended with 1").expect_no_drafts();
    desk.press("t").expect("edited by hand: 1 item").press("d").expect("The far ward");
}

#[test]
fn one_field_of_the_form_is_edited_alone_and_what_follows_it_follows() {
    let mut desk = desk();
    desk.editor = |text| {
        assert_eq!(text, "The ward");
        Ok("The far ward\n".to_string())
    };
    desk.press("e").expect("Title").press("E");
    desk.press("d").expect("6 lines change");
    desk.press("esc u").expect_no_drafts();
}

#[test]
fn what_an_editor_leaves_in_a_field_is_looked_at_as_what_is_typed_is() {
    let mut desk = desk();
    let before = desk.file(ITEM);
    desk.editor = |_| Ok("soon\nor later\n".to_string());
    desk.press("e /").type_text("date").press("enter E").expect("kept, and not taken in").expect("2022-09-23");
    desk.press("x").expect("dropped").expect_no_drafts();
    desk.press("E t").expect("date").press("esc").expect("\u{2022}1").press("u").expect_no_drafts();
    desk.editor = |_| Ok("2023-03-06\n".to_string());
    desk.press("e /").type_text("date").press("enter E").expect("2023-03-06").press("esc w y").expect("1 file written");
    assert_eq!(changed_lines(&before, &desk.file(ITEM)).1.len(), 1);
}

#[test]
fn what_was_edited_while_others_changed_the_same_place_is_kept_and_asked_about() {
    let mut desk = desk();
    let before = desk.file(ITEM);
    // The editor has the file while somebody else works on it.
    desk.meanwhile = Some(before.replacen("title: The ward", "title: From outside", 1));
    desk.editor = |text| Ok(text.replacen("title: The ward", "title: The far ward", 1));
    desk.press("E").expect("kept, and not taken in").expect("the same lines have changed since").expect_no_drafts();
    desk.editor = |text| {
        assert!(text.contains("title: The far ward"), "what was typed is given again");
        Ok(text.to_string())
    };
    desk.press("e").expect("kept, and not taken in");
}

#[test]
fn what_was_kept_is_put_where_it_belongs_after_the_item_has_changed() {
    let mut desk = desk();
    desk.editor = |text| Err((text.replacen("The ward", "The far ward", 1), "ended with 1"));
    desk.press("E esc a").expect("\u{2022}1");
    desk.editor = |text| Ok(text.to_string());
    desk.press("k E").expect("edited by hand: 1 item");
    desk.press("d").expect("The far ward").expect("+ status: approved");
}

#[test]
fn what_was_edited_by_hand_goes_with_its_lines_where_others_changed_the_file_elsewhere() {
    let mut desk = desk();
    let before = desk.file(ITEM);
    desk.editor = |text| Ok(text.replacen("\ntitle: The ward", "\ntitle: The far ward", 1));
    desk.press("E").expect("edited by hand: 1 item");
    // Lines before it and behind it.
    let theirs = before.replacen("---\n", "---\nabout: somebody else's\n", 1) + "\nOne line more.\n";
    std::fs::write(desk.path(ITEM), &theirs).unwrap();
    desk.others_worked().expect("The far ward").expect_not("has changed on disk");
    desk.press("w y").expect("1 file written").expect_no_drafts();
    assert_eq!(desk.file(ITEM), theirs.replacen("\ntitle: The ward", "\ntitle: The far ward", 1));
}

#[test]
fn where_both_changed_the_same_lines_by_hand_it_is_a_question() {
    let mut desk = desk();
    let before = desk.file(ITEM);
    desk.editor = |text| Ok(text.replacen("\ntitle: The ward", "\ntitle: The far ward", 1));
    desk.press("E").expect("edited by hand: 1 item");
    let theirs = before.replacen("\ntitle: The ward", "\ntitle: The near ward", 1);
    std::fs::write(desk.path(ITEM), &theirs).unwrap();
    desk.others_worked().press("w").expect("has changed on disk").press("esc");
    assert_eq!(desk.file(ITEM), theirs);
    desk.press("C t esc");
    assert_eq!(desk.file(ITEM), theirs);
}
