//! What a new user stumbled over: each was seen to go wrong once.

use crate::desk::{Desk, curated};

fn three() -> Desk {
    Desk::with(&["Telehealth at home", "The metaverse in care", "Rural clinics bet on video"].map(curated))
}

#[test]
fn what_was_left_out_stays_left_out_when_the_review_is_opened_again() {
    let mut desk = three();
    desk.press("* a w space").expect("2 to write").press("esc w").expect("2 to write").press("y");
    desk.expect("2 files written");
    assert_eq!(desk.state.library.drafts.len(), 1);
}

#[test]
fn tab_in_the_topic_picker_takes_a_topic_off_and_applies_several() {
    let mut desk = three();
    desk.press("* t").type_text("remote").press("tab").expect("[ ] Subject Headings (SH): Remote Care");
    desk.press("ctrl-u").type_text("Ratings: Nursing").press("ctrl-n").expect("+ Ratings: Nursing -> 3 items");
    desk.press("enter").expect("30 edits");
}

#[test]
fn a_verdict_over_marks_that_the_filter_hides_sets_and_never_clears() {
    let mut desk = three();
    desk.press("* a - space").expect("1 item marked");
    desk.press("/").type_text("metaverse").press("enter").expect("1 hidden").press("a").expect("1 hidden");
    let approved = desk.state.library.rows().iter().filter(|(_, row)| !row.is_undecided()).count();
    assert_eq!(approved, 3);
}

#[test]
fn any_pane_survives_any_size() {
    for keys in ["", "b", "b enter", "b enter enter", "T", "f", "V", "S", ":", "?", "t", "e", "d", "w", "enter", "/"] {
        let mut desk = three();
        desk.press("a g").press(keys);
        for (width, height) in [(160, 45), (40, 10), (30, 7), (20, 5), (10, 3), (3, 2), (1, 1), (80, 24)] {
            desk.resize(width, height).screen();
        }
    }
}

#[test]
fn a_topic_near_one_with_a_scheme_is_shown_first() {
    let mut desk = three();
    desk.press("t").type_text("remote cares").press("ctrl-n").expect("near: Subject");
    desk.expect_no_drafts();
}

#[test]
fn a_widened_window_has_its_facets_and_an_empty_list_no_preview() {
    let mut desk = three();
    desk.resize(160, 45).expect("Remote Care").expect("Month");
    desk.press("/").type_text("'nothing like it").expect("Nothing matches").expect_not("Clinics in three counties");
}

#[test]
fn the_review_shows_a_change_at_the_end_of_a_long_line() {
    let long = "A very long title that goes on and on until nobody can see its end on a narrow screen at all";
    let mut desk = Desk::with(&[curated(long)]);
    desk.press("e enter").type_text(" really").press("enter esc w").expect("at all really");
}

#[test]
fn another_order_than_newest_first_is_said() {
    let mut desk = three();
    desk.press("S").type_text("by title").press("enter").expect("sort:title");
    desk.press("V enter").expect_not("sort:title");
}

#[test]
fn an_undo_after_a_part_was_written_counts_what_it_takes_back() {
    let mut desk = three();
    desk.press("* a w space y").expect("2 files written").press("u").expect("1 item").expect_no_drafts();
}

/// One item of a site that has no topics, offerings or verdicts.
fn plain() -> Desk {
    Desk::with(&[("page.md".to_string(), "---\ntitle: Benefits\nnote: old\n---\nText\n".to_string())])
}

#[test]
fn what_was_typed_ahead_for_a_picker_that_does_not_open_acts_on_nothing() {
    for opening in ["t", "T", "r"] {
        let mut desk = plain();
        desk.press(opening).type_text("nurse x U q").expect("in this profile").expect("Benefits");
        assert!(!desk.state.quit);
        desk.press("enter").expect_no_drafts().expect_not("in this profile").press("j").expect_not("nothing here");
        desk.press(opening).type_text("su").press("esc").expect_not("in this profile").expect_no_drafts();
    }
}

#[test]
fn what_was_typed_ahead_for_an_edit_that_is_refused_acts_on_nothing() {
    for opening in ["t", "b"] {
        let mut desk = three();
        desk.state.read_only = Some("another curate has this library open".to_string());
        desk.press(opening).expect("read only: another curate").type_text("nurse - q").press("enter");
        assert!(desk.state.layers.is_empty() && !desk.state.quit);
        desk.expect_no_drafts();
    }
    let mut empty = Desk::with(&[]);
    empty.press("t").expect("Not now").type_text("q").press("enter b").expect("no item here").type_text("q");
    assert!(!empty.state.quit);
}

#[test]
fn a_name_typed_ahead_for_an_offering_or_a_text_that_is_not_there_acts_on_nothing() {
    let mut desk = three();
    desk.press(":")
        .type_text("all-offerings")
        .press("enter X X e")
        .expect("no offering here")
        .type_text("q")
        .press("enter");
    assert!(!desk.state.quit);
    desk.press("esc enter #").expect("no heading in this text").type_text("qa").press("esc esc");
    assert_eq!((desk.state.quit, desk.state.library.drafts.batches().len()), (false, 2));
}

#[test]
fn a_field_that_cannot_be_typed_takes_the_letters_that_were_meant_for_it() {
    let mut desk = Desk::with(&[("page.md".to_string(), "---\ntitle: A\nmap: {}\n---\n".to_string())]);
    desk.press("e /").type_text("map").press("enter enter").expect("holds no fields").type_text("nx").press("enter");
    desk.expect_no_drafts().expect("Other fields").expect_not("holds no fields");
    desk.press("a").expect("a adds to a list").type_text("n").press("esc esc").expect_no_drafts();
}

#[test]
fn a_message_longer_than_its_line_is_read_whole_until_the_next_key() {
    let holder = "another curate, process 4711 on the machine of the night shift, has this library open since six";
    let mut desk = three();
    desk.state.read_only = Some(format!("{holder} in the morning"));
    desk.press("a").expect("read only: another curate").expect("in the morning").expect("r offerings");
    desk.press("j").expect("read only: another curate").expect_not("in the morning");
    desk.state.read_only = Some(holder.repeat(6));
    desk.press("a");
    let screen = desk.screen();
    let lines: Vec<&str> = screen.lines().collect();
    assert!(lines[20].starts_with(" read only: another") && lines[22].ends_with('…'), "{screen}");
    desk.resize(40, 10).expect("read only: another");
    desk.resize(10, 3).screen();
}
