//! Bulk edit of one field: chosen by keys, foreseen in words, done as one batch.

use crate::desk::{Desk, changed_lines, curated};

const TITLES: [&str; 3] = ["Telehealth at home", "The metaverse in care", "Rural clinics bet on home care"];

fn three() -> Desk {
    Desk::with(&TITLES.map(curated))
}

fn file_of(title: &str) -> String {
    curated(title).0
}

/// Writes everything, and gives the lines that differ in one file.
fn written(desk: &mut Desk, title: &str) -> (Vec<String>, Vec<String>) {
    desk.press("w y").expect_no_drafts();
    changed_lines(&curated(title).1, &desk.file(&file_of(title)))
}

#[test]
fn find_and_replace_shows_every_place_before_it_is_done_and_is_one_undo() {
    let mut desk = three();
    desk.press("* b").expect("Edit one field of 3 marked items").type_text("title").press("enter");
    desk.expect("find and replace")
        .type_text("find")
        .press("enter")
        .type_text("home")
        .expect("+ Telehealth at")
        .press("tab");
    desk.type_text("Home").expect("title -> 2 items, 2 places, 1 as they are · same places follow");
    desk.expect("- Telehealth at home").expect("+ Telehealth at Home").expect("+ Rural clinics bet on Home care");
    desk.press("enter").expect("title: home → Home: 2 items, 12 edits · u takes it back");
    assert_eq!(desk.state.library.drafts.batches().len(), 1);
    let (old, new) = written(&mut desk, TITLES[0]);
    assert_eq!((old.len(), new.len()), (6, 6));
    assert!(new.iter().all(|line| line.contains("Telehealth at Home")), "{new:?}");
    assert_eq!(desk.file(&file_of(TITLES[1])), curated(TITLES[1]).1);
}

#[test]
fn one_undo_takes_the_whole_batch_back_and_esc_goes_back_step_by_step() {
    let mut desk = three();
    desk.press("* b").type_text("sub").press("enter").type_text("set").press("enter").type_text("story");
    desk.expect("sub -> 3 items").press("enter").expect("sub: story: 3 items").press("u").expect_no_drafts();
    desk.press("b").type_text("sub").press("enter enter").type_text("x").press("esc").expect("set to");
    desk.press("esc").expect("enter takes the field").press("esc").expect_not("Edit one field").expect_no_drafts();
}

#[test]
fn a_pattern_that_does_not_compile_says_where_and_why_and_nothing_begins() {
    let mut desk = three();
    desk.press("b").type_text("title").press("enter enter").type_text("care (at");
    desk.expect("what to find, at character 6: unclosed group").press("enter enter").expect("unclosed group");
    desk.expect_no_drafts().expect("Find");
    desk.press("tab ctrl-u").type_text("(h)ome").press("tab").type_text("${1}omes, $9");
    desk.expect("what to put, at character 11: no group `9`").press("enter").expect_no_drafts();
}

#[test]
fn keys_typed_ahead_wait_for_the_fields_and_do_the_same() {
    let mut desk = three();
    desk.slow_fields = true;
    desk.press("* b").type_text("sub").press("enter").type_text("set").press("enter").type_text("story").press("enter");
    desk.expect_no_drafts().catch_up().expect("sub: story: 3 items").expect_not("Edit one field");
}

#[test]
fn topics_set_added_and_removed_keep_five_lists_in_step() {
    let mut desk = three();
    let topics = |desk: &mut Desk| {
        desk.press("b").type_text("categories").press("enter");
    };
    desk.press("*");
    topics(&mut desk);
    desk.type_text("add to").press("enter").type_text("Ratings: Sleep").expect("linked lists follow").press("enter");
    desk.expect("categories + Ratings: Sleep: 3 items, 15 edits");
    topics(&mut desk);
    desk.type_text("remove from")
        .press("enter")
        .type_text("Analyst: Healthcare")
        .press("enter")
        .expect("3 items, 15 edits");
    topics(&mut desk);
    desk.type_text("find").press("enter").type_text("^Ratings").press("enter").type_text("Rated").press("enter");
    desk.expect("3 items, 12 edits");
    topics(&mut desk);
    desk.type_text("set").press("enter").type_text("Rated: Sleep | Analyst: Wards").press("enter");
    let (old, new) = written(&mut desk, TITLES[0]);
    assert_eq!((old.len(), new.len()), (10, 10), "{old:?} {new:?}");
    let text = desk.file(&file_of(TITLES[0]));
    for entry in ["'Rated: Sleep'", "'rated: sleep'", "topic/rated-sleep", "  - Sleep", "topic/analyst-wards"] {
        assert!(text.contains(entry), "{entry}");
    }
}

#[test]
fn a_field_is_copied_filled_set_to_null_and_its_key_removed() {
    let mut desk = three();
    let mut act = |field: &str, action: &str, typed: &str| {
        desk.press("b")
            .type_text(field)
            .press("enter")
            .type_text(action)
            .press("enter")
            .type_text(typed)
            .press("enter");
    };
    act("insights_name", "copy", "link.brand");
    act("slug", "template", "{link.brand|brand}-{title|slug}");
    act("via", "null", "");
    act("viaLink", "remove the key", "");
    let title = desk.state.current_row().expect("one").title().to_string();
    let slug = curate::profile::template::slug(&title);
    let (old, new) = written(&mut desk, &title);
    assert_eq!(old, [&format!("slug: journal-{slug}"), "via: ' '", "insights_name: null", "viaLink: null"]);
    assert_eq!(new, [&format!("slug: journal.example-{slug}"), "via: null", "insights_name: journal.example.org"]);
}

#[test]
fn a_new_field_is_made_in_every_item_and_what_is_so_already_says_so() {
    let mut desk = three();
    desk.press("* b").type_text("curator").press("ctrl-n").type_text("set").press("enter").type_text("Ada");
    desk.expect("curator -> 3 items").press("enter").expect("curator: Ada: 3 items");
    desk.press("b").type_text("curator").press("enter").type_text("set").press("enter").type_text("Ada").press("enter");
    desk.expect("nothing would change").expect("curator -> 0 items, 3 as they are").press("esc esc esc");
    let (old, new) = written(&mut desk, TITLES[2]);
    assert_eq!((old.len(), new), (0, vec!["curator: Ada".to_string()]));
}

#[test]
fn the_last_bulk_edit_is_done_again_by_a_dot() {
    let mut desk = three();
    desk.press("G b")
        .type_text("title")
        .press("enter enter")
        .type_text("t")
        .press("enter")
        .type_text("T")
        .press("enter");
    desk.press("g .").expect("title: t → T: 1 item");
    assert_eq!(desk.state.library.drafts.len(), 2);
}

#[test]
fn one_field_of_every_entry_is_looked_through() {
    let mut desk = three();
    desk.press("* b").type_text("relatedOfferings[].permalink").press("enter enter").type_text("^/offering/");
    desk.press("enter").type_text("/kit/").expect("3 items, 6 places").press("enter").expect("3 items, 6 edits");
}

#[test]
fn a_bulk_edit_survives_a_kill_before_it_was_worked_out() {
    let mut desk = three();
    desk.slow = true;
    desk.press("* b").type_text("title").press("enter enter").type_text("home").press("enter").type_text("Home");
    desk.press("enter");
    let mut desk = desk.killed_and_started_again();
    desk.expect("Telehealth at Home").expect("Rural clinics bet on Home care");
}

#[test]
fn the_bulk_edit_of_what_is_unreadable_is_refused_and_the_rest_goes_on() {
    let broken = ("news/broken.md".to_string(), "---\ntitle: [unclosed\n---\n".to_string());
    let aliased = ("news/aliased.md".to_string(), "---\ntitle: &a Aliased home\nother: *a\n---\n".to_string());
    let mut desk = Desk::with(&[curated(TITLES[0]), broken, aliased]);
    desk.press("* b").type_text("title").press("enter enter").type_text("home").press("enter").type_text("Home");
    desk.expect("title -> 2 items, 2 places, 1 refuse").expect("! broken.md: line 2, column 8");
    desk.press("enter").expect("1 item changed; 2 refused");
}
