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

#[test]
fn a_link_of_the_text_is_opened_by_its_number() {
    let (path, text) = curated("A read with links");
    let (front, _) = text.split_once("\n---\n").expect("a front matter");
    let link = |n: usize| format!("<p>On <a href='https://ward.example.org/{n}'>ward {}</a>.</p>\n", 20 - n);
    let mut desk = Desk::with(&[(path, format!("{front}\n---\n{}", (1..=12).map(link).collect::<String>()))]);
    for (keys, number) in [("enter O", "2"), ("O", "12"), ("O", "1"), ("esc O", "11")] {
        desk.press(keys).expect("https://ward.example.org").type_text(number).press("enter");
        assert_eq!(desk.links.pop(), Some(format!("https://ward.example.org/{number}")), "{}", desk.screen());
    }
    // By its words too.
    desk.press("O").type_text("ward 17").press("enter");
    assert_eq!(desk.links.pop().as_deref(), Some("https://ward.example.org/3"));
    let (path, text) = curated("A read without");
    let mut desk = Desk::with(&[(path, text.replace("<a href", "<a name"))]);
    desk.press("enter O").expect("no link in this text");
    assert!(desk.links.is_empty());
}
