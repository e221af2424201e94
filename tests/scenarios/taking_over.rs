//! A desk that only reads takes the library over when the one that had it is gone.

use curate::app::Event;
use curate::library::Record;
use curate::profile::Intent;

use crate::desk::{Desk, curated};

fn reading() -> Desk {
    let mut desk = Desk::with(&[curated("Telehealth at home"), curated("The metaverse")]);
    desk.happen(Event::Held("process 4711 on the night shift has this library open".to_string()));
    desk
}

#[test]
fn one_that_reads_says_who_writes_and_that_it_cannot_take_over_yet() {
    let mut desk = reading();
    desk.expect("read only: process 4711").press("a").expect("read only: process 4711").expect_no_drafts();
    desk.press("W").expect("has this library open").expect_no_drafts();
    assert!(desk.state.read_only.is_some());
}

#[test]
fn one_that_writes_has_nothing_to_take_over() {
    let mut desk = Desk::with(&[curated("Telehealth at home")]);
    desk.press("W").expect("you write here already");
}

#[test]
fn when_the_other_is_gone_a_key_takes_over_with_its_drafts() {
    let mut desk = reading();
    desk.press("j").happen(Event::Free).expect("W takes it over").expect_no_drafts();
    let accept = Intent::SetText { field: "status".parse().unwrap(), text: "approved".to_string() };
    let items = vec!["news/telehealth-at-home.md".to_string(), "news/not-here.md".to_string()];
    let left = Record::Began { batch: 7, label: "accept".to_string(), intents: vec![accept], items };
    desk.happen(Event::TakenOver(vec![left])).expect("taken over: 2 drafts").expect("✓•").expect("the file is gone");
    assert_eq!(&*desk.state.current_row().unwrap().path, "news/the-metaverse.md", "the cursor stays");
    desk.press("x").expect("✗•").press("u u").expect_no_drafts();
}
