//! Inside the text that is read.

use crate::desk::{Desk, curated};

/// An item with a long body: headings, and words that stand in several places.
fn long() -> (String, String) {
    let (path, text) = curated("A long read");
    let (front, _) = text.split_once("\n---\n").expect("a front matter");
    let part =
        |n: usize| format!("<h2>Part {n}</h2>\n<p>Ward number {n} is quiet.</p>\n") + &"<p>More.</p>\n".repeat(12);
    (path, format!("{front}\n---\n{}", (1..=6).map(part).collect::<String>()))
}

#[test]
fn words_are_found_as_they_are_typed_and_enter_goes_to_the_next_place() {
    let mut desk = Desk::with(&[long()]);
    desk.press("enter /").expect("find in this text");
    desk.type_text("ward number").expect("1 of 6").expect("Ward number 1 is quiet.");
    desk.press("enter").expect("2 of 6").expect("Ward number 2 is quiet.");
    desk.press("up up").expect("6 of 6").expect("Ward number 6 is quiet.");
    // What was found stays on the screen; the filter has not changed.
    desk.press("esc").expect("Ward number 6 is quiet.").press("esc").expect("A long read");
}

#[test]
fn words_that_stand_nowhere_say_so_and_the_text_stays_where_it_was() {
    let mut desk = Desk::with(&[long()]);
    desk.press("enter ctrl-d ctrl-d");
    let before = desk.screen();
    desk.press("/").type_text("nowhere at all").expect("nowhere in this text");
    desk.press("esc");
    assert_eq!(desk.screen(), before);
}

#[test]
fn a_heading_is_chosen_by_its_words_and_the_text_goes_there() {
    let mut desk = Desk::with(&[long()]);
    desk.press("enter #").expect("Headings of the text").expect("Part 4");
    desk.type_text("part 5").press("enter").expect("Ward number 5 is quiet.").expect_not("Headings of the text");
}

#[test]
fn beside_the_list_it_works_as_in_full_size() {
    let mut desk = Desk::with(&[long()]);
    desk.press("tab /").type_text("number 3").expect("1 of 1").expect("Ward number 3 is quiet.");
}
