//! The program is killed and started again: keys in, kill, start, screen out.

use crate::desk::{Desk, curated};
use curate::app::Event;

const TITLES: [&str; 5] =
    ["Telehealth at home", "The metaverse in care", "Rural clinics bet on video", "Nurses on call", "A new ward"];

fn five() -> Desk {
    Desk::with(&TITLES.map(curated))
}

fn title(desk: &Desk) -> String {
    desk.state.current_row().expect("an item").title().to_string()
}

#[test]
fn drafts_marks_filter_order_and_place_are_there_again_and_one_line_says_so() {
    let mut desk = five();
    desk.press("/").type_text("!ward").press("enter S").type_text("title").press("enter");
    desk.press("j space j space a");
    let (sort, stood) = (desk.state.queue.sort.clone(), title(&desk));
    assert!(sort.contains("title"), "{sort}");
    let mut desk = desk.killed_and_started_again();
    desk.expect("Restored: 2 drafts, 2 marks, the filter, your place. Nothing lost.");
    desk.expect("!ward").expect("4 shown").expect("2 marked").expect("•2");
    assert_eq!((desk.state.queue.sort.clone(), title(&desk)), (sort, stood));
}

#[test]
fn the_cursor_and_the_lines_above_it_are_where_they_were_though_nothing_was_decided() {
    let titles: Vec<String> = (0..40).map(|n| format!("Clinic {n} on video")).collect();
    let mut desk = Desk::with(&titles.iter().map(|title| curated(title)).collect::<Vec<_>>());
    desk.press("ctrl-d ctrl-d ctrl-d ctrl-d k k");
    let (stood, top) = (title(&desk), desk.state.queue.top);
    assert!(top > 0 && desk.state.queue.cursor > top);
    let desk = desk.killed_and_started_again();
    assert_eq!((title(&desk), desk.state.queue.top), (stood.clone(), top));
    // Its file is gone: the cursor stands where it was.
    let (at, path) = (desk.state.queue.cursor, desk.state.current_row().expect("an item").path.clone());
    std::fs::remove_file(desk.path(&path)).unwrap();
    let mut desk = desk.killed_and_started_again();
    assert_ne!(title(&desk), stood);
    assert_eq!(desk.state.queue.cursor, at);
    desk.press("j");
    assert_eq!(desk.state.queue.cursor, at + 1);
}

#[test]
fn marks_taken_off_stay_off() {
    let mut desk = five();
    desk.press("* j space j space");
    assert_eq!(desk.state.library.marks.len(), 3);
    let marked = |desk: &Desk| -> Vec<_> { desk.state.library.marks.iter().collect() };
    let before = marked(&desk);
    let mut desk = desk.killed_and_started_again();
    assert_eq!(marked(&desk), before);
    desk.press("-");
    let mut desk = desk.killed_and_started_again();
    desk.expect_not("marked");
    assert!(desk.state.library.marks.is_empty());
}

#[test]
fn undo_and_redo_go_on_where_they_stood() {
    let mut desk = five();
    desk.press("a x s u u");
    assert_eq!(desk.state.library.drafts.len(), 1);
    let mut desk = desk.killed_and_started_again().killed_and_started_again();
    desk.expect("Restored: 1 draft");
    desk.press("ctrl-r");
    assert_eq!(desk.state.library.drafts.len(), 2);
    let mut desk = desk.killed_and_started_again();
    desk.press("ctrl-r ctrl-r").expect("nothing to redo");
    assert_eq!(desk.state.library.drafts.len(), 3);
    desk.press("u u u").expect_no_drafts().press("u").expect("nothing to undo");
}

#[test]
fn of_what_is_typed_no_more_than_a_moment_is_lost() {
    let mut desk = five();
    desk.moments = false;
    desk.press("e enter ctrl-u").type_text("A title ");
    desk.happen(Event::Keep);
    desk.type_text("that is").happen(Event::Keep);
    desk.type_text(" lost");
    let mut desk = desk.killed_and_started_again();
    desk.expect("Restored: what you were typing").expect("A title that is").expect_not("A title that is lost");
    desk.expect_no_drafts();
    // It goes on where it was: the next letters are behind it, and enter makes it an edit.
    desk.type_text(" kept").press("enter esc").expect("A title that is kept").expect("•1");
    let mut desk = desk.killed_and_started_again();
    desk.expect("Restored: 1 draft, the filter").expect_not("typing").expect_not("Fields of");
}

#[test]
fn a_key_starts_one_clock_and_without_keys_none_runs() {
    let mut desk = five();
    let asks = |desk: &mut Desk, event| {
        let effects = curate::app::update(&mut desk.state, event);
        effects.iter().filter(|effect| matches!(effect, curate::app::Effect::Keep)).count()
    };
    let key = |key: &str| Event::Key(key.parse().unwrap());
    desk.moments = false;
    assert_eq!(asks(&mut desk, key("j")), 1);
    assert_eq!(asks(&mut desk, key("j")), 0);
    // What was pressed while it ran may be behind what was told.
    assert_eq!(asks(&mut desk, Event::Keep), 1);
    assert_eq!(asks(&mut desk, Event::Keep), 0);
    assert_eq!(asks(&mut desk, Event::Synced { records: 0 }), 0);
}

#[test]
fn a_disk_that_takes_long_is_said_until_all_is_safe() {
    let mut desk = five();
    (desk.syncs, desk.moments) = (false, false);
    desk.press("a").expect("◦1");
    desk.happen(Event::Keep).happen(Event::Keep).expect_not("saving…").happen(Event::Keep).expect("saving…");
    desk.happen(Event::Synced { records: 100 }).expect_not("saving…").expect("•1");
}

#[test]
fn a_new_entry_being_typed_and_a_text_over_several_items_come_back_too() {
    let mut desk = five();
    desk.press("e /").type_text("categories").press("enter a").type_text("Care: At hom");
    let mut desk = desk.killed_and_started_again();
    desk.expect("Restored: what you were typing").expect("Care: At hom");
    desk.type_text("e").press("enter esc").expect("•1");

    let mut desk = five();
    desk.press("j space j space e enter ctrl-u").type_text("The same for bot");
    let mut desk = desk.killed_and_started_again();
    desk.expect("Fields of 2 marked items").expect("The same for bot");
    desk.type_text("h").press("enter esc").expect("•2");
}

#[test]
fn what_was_dropped_or_is_no_valid_value_is_no_surprise_at_the_next_start() {
    let mut desk = five();
    desk.press("e enter").type_text(" and more").press("ctrl-u esc");
    let mut desk = desk.killed_and_started_again();
    desk.expect_not("typing");
    // A date that is none is kept as it was typed when the program is quit.
    desk.press("u e /").type_text("date").press("enter enter ctrl-u").type_text("some day").happen(Event::Hangup);
    let mut desk = desk.killed_and_started_again();
    desk.expect("what you were typing").expect("some day").press("esc esc").expect_no_drafts();
    let mut desk = desk.killed_and_started_again();
    desk.expect_not("typing").expect_not("some day");
}

#[test]
fn a_field_that_is_gone_says_what_was_typed_in_it() {
    let mut desk = five();
    desk.press("e enter ctrl-u").type_text("A title of my own");
    let path = desk.state.current_row().expect("an item").path.clone();
    std::fs::write(desk.path(&path), "---\nstatus: ''\n---\nText\n").unwrap();
    let mut desk = desk.killed_and_started_again();
    desk.expect("A title of my own");
}

#[test]
fn what_is_typed_ahead_at_the_start_goes_to_the_list_and_the_form_takes_up_what_was_typed() {
    let mut desk = five();
    desk.press("e enter ctrl-u").type_text("Half a title");
    let mut desk = desk.killed_and_started_again_typing("j k");
    desk.expect("5 left of 5").press("e").expect("Half a title");
}

#[test]
fn a_journal_that_was_cut_off_is_said_and_the_rest_is_there() {
    let mut desk = five();
    desk.press("a x");
    let journal = desk.journal();
    let text = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, &text[..text.len() - 7]).unwrap();
    let mut desk = desk.killed_and_started_again();
    desk.expect("the end of the journal was cut off").expect("•2");
    std::fs::write(&journal, b"curate journal 1\nnot a record\nnor this\n").unwrap();
    let mut desk = desk.killed_and_started_again();
    desk.expect("the journal was damaged").expect_no_drafts();
}

#[test]
fn a_journal_of_a_newer_program_makes_this_one_read_only_and_is_kept() {
    let mut desk = five();
    desk.press("a");
    let journal = desk.journal();
    let newer = "curate journal 2\nwhat only that one understands\n";
    std::fs::write(&journal, newer).unwrap();
    let mut desk = desk.killed_and_started_again();
    desk.press("x").expect("read only: a newer curate has left drafts here").expect_no_drafts().press("q");
    assert_eq!(std::fs::read_to_string(&journal).unwrap(), newer);
    let (_, exit, said) = desk.closed_and_run(&["set", ".", "status=approved", "--write"]);
    assert_eq!(exit, 3, "{said}");
    assert!(said.contains("a newer curate has left drafts here"), "{said}");
}
