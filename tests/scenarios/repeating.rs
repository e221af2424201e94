//! `.`: the last edit again, on the next item or on the marked ones.

use crate::desk::{Desk, curated};

const TITLES: [&str; 4] =
    ["Telehealth at home", "The metaverse in care", "Rural clinics bet on video", "Nurses on call"];

fn four() -> Desk {
    let pinned = "topics: {pinned: ['Subject Headings (SH): Remote Care', 'Ratings: Nursing']}\n";
    let files = TITLES.map(curated).into_iter().chain([(".curate.yaml".to_string(), pinned.to_string())]);
    Desk::with(&files.collect::<Vec<_>>())
}

/// The first edit is on the first item; `.` does it on the second, and then on the third and fourth, which are marked.
#[track_caller]
fn repeats(edit: impl Fn(&mut Desk), line: &str) {
    let mut desk = four();
    let paths: Vec<String> =
        desk.state.queue.found.items.iter().map(|id| desk.state.library.row(*id).path.to_string()).collect();
    edit(&mut desk);
    desk.press("g j .");
    assert_eq!(desk.state.library.drafts.len(), 2, "{}", desk.screen());
    desk.press("g j j space space .").press("w y").expect("4 files written");
    for path in paths {
        assert!(desk.file(&path).contains(line), "{path} has no `{line}`:\n{}", desk.file(&path));
    }
}

#[test]
fn a_verdict() {
    repeats(|desk| _ = desk.press("x"), "\nstatus: rejected\n");
}

#[test]
fn topics_from_the_picker() {
    repeats(|desk| _ = desk.press("t").type_text("Ratings: Nursing").press("enter"), "\n  - 'Ratings: Nursing'\n");
}

#[test]
fn a_pinned_topic() {
    repeats(|desk| _ = desk.press("2"), "\n  - 'Ratings: Nursing'\n");
}

#[test]
fn a_field_of_the_form() {
    repeats(
        |desk| _ = desk.press("e /").type_text("sub").press("enter enter ctrl-u").type_text("story").press("enter esc"),
        "\nsub: story\n",
    );
}

#[test]
fn a_bulk_edit() {
    repeats(
        |desk| {
            desk.press("b")
                .type_text("via")
                .press("enter")
                .type_text("set")
                .press("enter")
                .type_text("Ada")
                .press("enter");
        },
        "\nvia: Ada\n",
    );
}

#[test]
fn an_offering_that_was_removed() {
    let mut desk = four();
    desk.press("r x esc g j .").expect("- Homeward Kit");
    assert_eq!(desk.state.library.drafts.len(), 2);
}

#[test]
fn what_was_done_across_the_library_is_not_repeated() {
    let mut desk = four();
    desk.press("x");
    desk.press(":").type_text("vocabulary").press("enter r ctrl-u").type_text("Analyst: Hospitals").press("enter");
    desk.expect("rename").press("esc g j .");
    assert_eq!(desk.state.library.drafts.batches().last().expect("one").label, "rejected");
    desk.press("r D").expect("Offerings everywhere").press("X").expect("4 items").press("esc esc g j j .");
    assert_eq!(desk.state.library.drafts.batches().last().expect("one").label, "rejected");
}

#[test]
fn nothing_is_repeated_where_nothing_was_done() {
    let mut desk = four();
    desk.press(".").expect("nothing to repeat yet").expect_no_drafts();
}
