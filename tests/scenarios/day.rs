//! A morning at the desk, on the made-up library.

use crate::desk::{Desk, changed_lines};

fn demo(count: usize) -> Vec<(String, String)> {
    let items = curate::demo::items(count).map(|f| (f.path, f.text));
    items.chain(curate::demo::root_files().into_iter().map(|f| (f.path, f.text))).collect()
}

#[test]
fn a_topic_for_every_virtual_care_item_takes_seven_keys_and_the_words() {
    let files = demo(80);
    let mut desk = Desk::with(&files);
    let keys = ["/", "virtual care", "enter", "*", "t", "nurse", "enter", "w", "y"];
    for key in keys {
        match key {
            "virtual care" | "nurse" => desk.type_text(key),
            key => desk.press(key),
        };
    }
    assert_eq!(keys.len() - 2, 7, "the README says seven");
    desk.expect("files written").expect_no_drafts();
    let mut touched = 0;
    for (path, before) in &files {
        let now = desk.file(path);
        if now == *before {
            continue;
        }
        touched += 1;
        let (old, new) = changed_lines(before, &now);
        assert_eq!((old.len(), new.len()), (0, 5), "{path}: {old:?} {new:?}");
        assert!(new.iter().all(|line| line.to_lowercase().contains("nurse")), "{path}: {new:?}");
    }
    assert_eq!(touched, desk.state.library.marks.len());
}

#[test]
fn a_verdict_moves_on_and_the_row_stays_dimmed_until_the_next_filter_key() {
    let mut desk = Desk::with(&demo(20));
    desk.press("/").type_text("is:undecided").press("enter");
    let first = desk.state.current().expect("there is one");
    let shown = desk.state.queue.found.items.len();
    desk.press("a");
    assert_ne!(desk.state.current(), Some(first));
    assert!(desk.state.queue.is_dimmed(first));
    assert_eq!(desk.state.queue.found.items.len(), shown);
    desk.press("/").type_text(" ").press("enter");
    assert_eq!(desk.state.queue.found.items.len(), shown - 1);
}

#[test]
fn opening_filtering_walking_through_and_quitting_changes_no_file() {
    let files = demo(40);
    let mut desk = Desk::with(&files);
    for _ in 0..files.len() {
        desk.press("j e esc");
    }
    desk.press("/").type_text("care").press("enter g enter ctrl-d esc f esc T esc V esc q");
    for (path, before) in &files {
        assert_eq!(desk.file(path), *before, "{path}");
    }
}
