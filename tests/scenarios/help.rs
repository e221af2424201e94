//! The help: what works here, then everything; what is typed searches it.

use crate::desk::{Desk, curated};

fn desk() -> Desk {
    Desk::with(&["Telehealth at home", "The metaverse in care"].map(curated))
}

fn line_of(desk: &mut Desk, text: &str) -> usize {
    let screen = desk.screen();
    screen.lines().position(|line| line.contains(text)).unwrap_or_else(|| panic!("`{text}` is not in:\n{screen}"))
}

#[test]
fn the_keys_that_work_here_come_first_and_typing_searches_all() {
    let mut desk = desk();
    desk.press("?").expect("In the list").expect("Accept, and move on");
    desk.type_text("review").expect("Review every change, then write").expect_not("Accept, and move on");
    assert!(line_of(&mut desk, "In the list") < line_of(&mut desk, "Review every change"));
    desk.press("ctrl-u").expect("Accept, and move on");
    desk.type_text("leave this near").expect("Elsewhere").expect("the vocabulary").expect_not("In the list");
}

#[test]
fn letters_are_text_and_act_on_nothing() {
    let mut desk = desk();
    desk.press("?").type_text("qjkg?ax").expect("qjkg?ax").expect("no key or command is called that");
    assert!(!desk.state.quit);
    desk.expect_no_drafts().press("esc").expect("Telehealth at home");
    assert!(desk.state.layers.is_empty());
}

#[test]
fn a_key_that_is_typed_tells_what_it_does_first() {
    let mut desk = desk();
    desk.press("?").type_text("w");
    assert_eq!(line_of(&mut desk, "Review every change"), line_of(&mut desk, "In the list") + 1);
}

#[test]
fn it_scrolls_to_its_end_and_back_at_once() {
    let mut desk = desk();
    desk.press("?");
    for _ in 0..40 {
        desk.press("pgdn");
    }
    let end = desk.screen();
    desk.press("up");
    assert_ne!(desk.screen(), end, "one line up is seen at once");
    desk.press("home").expect("In the list").press("end").expect_not("In the list");
    desk.type_text("u").expect("In the list");
}

#[test]
fn a_command_without_a_key_is_taught_by_its_name() {
    let mut desk = desk();
    desk.press("?").type_text("refused").expect(":refused").press("ctrl-u").type_text("marked items alone");
    desk.expect(":show-marks");
}

#[test]
fn in_the_form_it_tells_the_keys_of_the_form_first() {
    let mut desk = desk();
    desk.press("e ?").expect("In the form").type_text("null").expect("Null: the key stays");
    desk.press("esc").expect("Telehealth").press("esc");
}

#[test]
fn at_eighty_columns_no_line_of_it_is_cut() {
    let mut desk = desk();
    desk.press("?");
    let mut cut = std::collections::BTreeSet::new();
    for _ in 0..20 {
        cut.extend(desk.screen().lines().filter(|line| line.contains('…')).map(str::to_string));
        desk.press("pgdn");
    }
    assert!(cut.is_empty(), "{cut:#?}");
}
