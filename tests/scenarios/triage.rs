//! Verdicts: given, changed, cleared; what is left; and where it goes on after a restart.

use crate::desk::{Desk, changed_lines, curated};

const TITLES: [&str; 5] = [
    "Telehealth at home",
    "The metaverse in care",
    "Rural clinics bet on video",
    "A quiet year for wards",
    "Nurses on call",
];

fn five() -> Desk {
    Desk::with(&TITLES.map(curated))
}

fn title(desk: &Desk) -> String {
    desk.state.current_row().expect("an item is there").title().to_string()
}

/// Only the lines about verdicts.
fn verdict_line(desk: &mut Desk) -> String {
    desk.screen().lines().nth(22).expect("24 lines").to_string()
}

#[test]
fn the_same_verdict_again_clears_and_the_file_is_as_it_was() {
    let mut desk = five();
    let first = title(&desk);
    desk.expect("5 left of 5").press("a").expect("4 left of 5");
    assert_ne!(title(&desk), first, "it moves on");
    let path = desk.state.library.drafts.paths()[0].to_string();
    let before = desk.file(&path);
    desk.press("k a").expect("verdict cleared").expect("5 left of 5").expect_no_drafts();
    assert_eq!(title(&desk), first, "what was cleared is looked at again");
    desk.press("ctrl-r").expect("4 left of 5").press("u").expect("5 left of 5").expect_no_drafts();
    for sign in ["x", "s"] {
        desk.press(sign).expect("4 left of 5").press("k").press(sign).expect("5 left of 5");
    }
    desk.expect_no_drafts();
    // What else was edited stays, and a verdict that came in the place of another is cleared as an edit.
    desk.press("e").type_text("").press("enter ! enter esc a k a").expect("5 left of 5").press("w").expect("1 file");
    desk.press("esc u").expect_no_drafts().press("a k x k x").expect("5 left of 5").press("w y").expect_no_drafts();
    assert_eq!(desk.file(&path), before);
}

#[test]
fn a_verdict_can_be_changed_before_it_is_written_and_after() {
    let mut desk = five();
    let path = desk.state.current_row().expect("one").path.to_string();
    let before = desk.file(&path);
    desk.press("a k x").expect("4 left of 5").press("w y").expect("1 file written");
    assert_eq!(changed_lines(&before, &desk.file(&path)).1, ["status: rejected"]);
    desk.press("g s w y").expect("1 file written");
    assert_eq!(changed_lines(&before, &desk.file(&path)).1, ["status: deferred"]);
    desk.press("g s w y").expect("1 file written").expect("5 left of 5");
    assert_eq!(desk.file(&path), before);
}

#[test]
fn n_goes_to_the_next_undecided_from_the_top_again_and_says_where_none_is_left() {
    let mut desk = five();
    desk.press("j a G x g n");
    let titles: Vec<String> = (0..3)
        .map(|_| {
            let now = title(&desk);
            desk.press("n");
            now
        })
        .collect();
    assert_eq!(title(&desk), titles[0], "three are left, and the fourth n is at the first of them");
    desk.press("* s - n").expect("nothing undecided here").expect("0 left of 5");
}

#[test]
fn verdicts_move_on_past_what_is_decided_already() {
    let mut desk = five();
    desk.press("j a g");
    let second = desk.state.queue.found.items[1];
    desk.press("a");
    assert_ne!(desk.state.current(), Some(second));
    desk.expect("3 left of 5");
}

#[test]
fn the_queue_of_the_undecided_goes_on_where_it_stood_after_the_program_was_killed() {
    let mut desk = five();
    desk.press("/").type_text("is:undecided").press("enter j a x");
    desk.expect("3 left of 5");
    let (stood, left) = (title(&desk), 3);
    let mut desk = desk.killed_and_started_again();
    desk.expect("is:undecided").expect("3 left of 3");
    assert_eq!((title(&desk), desk.state.queue.found.items.len()), (stood, left));
    desk.press("a").expect("2 left of 3");
    assert_eq!(desk.state.library.drafts.len(), 3);
}

#[test]
fn the_queue_goes_on_where_it_stood_after_quitting_too() {
    let mut desk = five();
    desk.press("/").type_text("is:undecided").press("enter a j j");
    let stood = title(&desk);
    desk.press("q");
    let mut desk = desk.killed_and_started_again();
    desk.expect("4 left of 4");
    assert_eq!(title(&desk), stood);
}

#[test]
fn the_last_verdicts_stand_in_the_footer_newest_first_each_item_once() {
    let mut desk = five();
    let items: Vec<String> =
        desk.state.queue.found.items.iter().map(|id| desk.state.library.row(*id).title().to_string()).collect();
    desk.press("a x");
    let line = verdict_line(&mut desk);
    let (newest, older) = (line.find(&items[1]).expect("the second"), line.find(&items[0]).expect("the first"));
    assert!(newest < older, "{line}");
    // The first is changed: it is the newest now, and stands there once.
    desk.press("g s");
    let line = verdict_line(&mut desk);
    assert!(line.find(&items[0]) < line.find(&items[1]), "{line}");
    assert_eq!(line.matches(&items[0]).count(), 1, "{line}");
}

#[test]
fn a_verdict_that_was_undone_or_cleared_no_longer_stands_in_the_footer() {
    let mut desk = five();
    let items: Vec<String> =
        desk.state.queue.found.items.iter().map(|id| desk.state.library.row(*id).title().to_string()).collect();
    desk.press("a x u g j j a");
    let line = verdict_line(&mut desk);
    assert!(line.contains(&items[2]) && line.contains(&items[0]) && !line.contains(&items[1]), "{line}");
    desk.press("g a j j j x");
    let line = verdict_line(&mut desk);
    assert!(line.contains(&items[3]) && !line.contains(&items[0]), "{line}");
}

#[test]
fn a_verdict_over_the_marked_ones_is_one_batch_and_the_cursor_stays() {
    let mut desk = five();
    desk.press("space space g");
    let first = title(&desk);
    desk.press("x").expect("2 items").expect("3 left of 5");
    assert_eq!((title(&desk), desk.state.library.drafts.batches().len()), (first, 1));
    desk.press("x").expect("5 left of 5").press("u u").expect_no_drafts();
}
