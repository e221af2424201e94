//! What others do to the files while the desk is open: rows follow, drafts are made anew, wait, or go along.

use crate::desk::{Desk, curated};

const ITEM: &str = "news/telehealth-at-home.md";
const MOVED: &str = "archive/2022/telehealth.md";

fn two() -> (Desk, String) {
    let (path, text) = curated("Telehealth at home");
    (Desk::with(&[(path, text.clone()), curated("The metaverse")]), text)
}

#[test]
fn a_file_that_others_change_is_shown_as_it_is_now() {
    let (mut desk, text) = two();
    std::fs::write(desk.path(ITEM), text.replace("Telehealth at home", "Telehealth everywhere")).unwrap();
    desk.others_worked().expect("Telehealth everywhere").expect("on disk: 1 changed");
}

#[test]
fn a_draft_is_made_anew_over_what_others_changed() {
    let (mut desk, text) = two();
    desk.press("a");
    std::fs::write(desk.path(ITEM), text.replace("title: Telehealth at home", "title: Another title")).unwrap();
    desk.others_worked().expect("✓• 2022-09-23 journal.example Another title");
}

#[test]
fn a_file_with_a_draft_that_is_written_as_it_was_is_no_change() {
    // So it is for a library that was checked out a second before it is opened, where drafts come back: that is to be read.
    let (mut desk, text) = two();
    desk.press("a");
    let mut desk = desk.killed_and_started_again();
    desk.expect("Restored: 1 draft");
    std::fs::write(desk.path(ITEM), &text).unwrap();
    desk.others_worked().expect("Restored: 1 draft").expect_not("on disk:");
}

#[test]
fn a_field_that_others_change_too_is_said_at_once() {
    let (mut desk, text) = two();
    desk.press("a");
    std::fs::write(desk.path(ITEM), text.replace("status: ''", "status: rejected")).unwrap();
    desk.others_worked()
        .expect("status has changed on disk, too · C decides")
        .press("C t")
        .expect("status: theirs: 1 item");
}

#[test]
fn files_that_come_and_go_come_and_go_in_the_list_and_the_cursor_stays_on_its_item() {
    let (mut desk, text) = two();
    desk.press("j");
    let row = |desk: &Desk| desk.state.current_row().unwrap().path.to_string();
    let before = row(&desk);
    std::fs::write(desk.path("news/a-first.md"), text.replace("Telehealth at home", "A first one")).unwrap();
    desk.others_worked().expect("A first one").expect("1 new");
    assert_eq!(row(&desk), before);
    std::fs::remove_file(desk.path("news/a-first.md")).unwrap();
    desk.others_worked().expect_not("A first one").expect("1 gone");
    assert_eq!(row(&desk), before);
    desk.press("/").type_text("first").press("enter").expect("0 shown");
}

#[test]
fn the_draft_of_a_file_that_is_gone_waits_until_it_is_back() {
    let (mut desk, text) = two();
    desk.press("a k");
    std::fs::remove_file(desk.path(ITEM)).unwrap();
    desk.others_worked().expect("1 draft waits").expect("the file is gone");
    // A restart does not lose it either.
    let mut desk = desk.killed_and_started_again();
    assert_eq!(desk.state.library.drafts.len(), 1);
    desk.press("k").expect("the file is gone");
    std::fs::write(desk.path(ITEM), &text).unwrap();
    desk.others_worked().expect("✓•").press("w y").expect("1 file written");
    assert_eq!(desk.file(ITEM), text.replace("status: ''", "status: approved"));
}

#[test]
fn the_draft_of_a_file_that_is_gone_can_be_taken_back_and_then_nothing_shows_it() {
    let (mut desk, _) = two();
    desk.press("a");
    std::fs::remove_file(desk.path(ITEM)).unwrap();
    desk.others_worked().press("u").expect_no_drafts().expect_not("telehealth-at-home").expect("1 of 1");
}

#[test]
fn a_draft_goes_along_with_a_file_that_is_moved_and_so_does_the_cursor() {
    let (mut desk, text) = two();
    desk.press("a k");
    std::fs::create_dir_all(desk.path("archive/2022")).unwrap();
    std::fs::rename(desk.path(ITEM), desk.path(MOVED)).unwrap();
    desk.others_worked().expect("1 moved").expect("✓•");
    assert_eq!(&*desk.state.current_row().unwrap().path, MOVED);
    let mut desk = desk.killed_and_started_again();
    desk.press("w y").expect("1 file written");
    assert_eq!(desk.file(MOVED), text.replace("status: ''", "status: approved"));
    assert!(!desk.path(ITEM).exists());
}

#[test]
fn a_draft_goes_along_with_a_file_that_was_moved_while_the_program_was_closed() {
    let (mut desk, text) = two();
    desk.press("a k");
    let (from, to) = (desk.path(ITEM), desk.path(MOVED));
    let mut desk = desk.killed_and_started_again_after(|| {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::rename(&from, &to).unwrap();
    });
    desk.expect("1 moved").expect("✓•").expect("1 of 2").expect_not("the file is gone");
    let mut desk = desk.killed_and_started_again();
    desk.press("w y").expect("1 file written");
    assert_eq!(desk.file(MOVED), text.replace("status: ''", "status: approved"));
    assert!(!desk.path(ITEM).exists());
}

#[test]
fn the_mark_and_the_cursor_go_along_with_a_draft_whose_file_was_moved_while_the_program_was_closed() {
    for newly_found in [true, false] {
        let (mut desk, _) = two();
        desk.press("G a space").expect("1 marked");
        let marked = desk.state.library.marks.iter().next().unwrap();
        let path = desk.state.library.row(marked).path.clone();
        // Where a sorting puts it last, and where it puts it first.
        let to = if newly_found { "zz.md" } else { "aa.md" };
        let (from, moved) = (desk.path(&path), desk.path(to));
        let mut desk = desk.killed_and_started_again_after(|| std::fs::rename(&from, &moved).unwrap());
        for _ in 0..2 {
            desk.expect("1 marked");
            let on: Vec<_> =
                desk.state.library.marks.iter().map(|id| desk.state.library.row(id).path.clone()).collect();
            assert_eq!(on, [to.into()]);
            assert_eq!(&*desk.state.current_row().unwrap().path, to);
            desk = desk.killed_and_started_again();
        }
    }
}

#[test]
fn a_draft_of_a_file_that_is_gone_waits_where_nothing_has_its_bytes() {
    let (mut desk, text) = two();
    desk.press("a k");
    let (from, to) = (desk.path(ITEM), desk.path("elsewhere.md"));
    let mut desk = desk.killed_and_started_again_after(|| {
        std::fs::remove_file(&from).unwrap();
        std::fs::write(&to, text.replace("sub: brief", "sub: story")).unwrap();
    });
    desk.expect_not("1 moved").expect("the file is gone");
    assert_eq!(desk.state.library.waiting(), 1);
    // The cursor stays on what it stood on, wherever that is shown now.
    assert_eq!(&*desk.state.current_row().unwrap().path, ITEM);
}

#[test]
fn what_this_desk_writes_itself_is_no_change_by_others() {
    let (mut desk, _) = two();
    desk.press("* a w y").expect("2 files written");
    desk.others_worked().expect("2 files written").expect_not("on disk:");
}

#[test]
fn another_branch_under_the_drafts_is_taken_in_as_a_whole() {
    let titles: Vec<String> = (0..45).map(|at| format!("Item number {at}")).collect();
    let files: Vec<_> = titles.iter().map(|title| curated(title)).collect();
    let mut desk = Desk::with(&files);
    desk.press("* a");
    for (at, (path, text)) in files.iter().enumerate() {
        match at % 3 {
            0 => std::fs::write(desk.path(path), text.replace("status: ''", "status: rejected")).unwrap(),
            1 => std::fs::write(desk.path(path), text.replace("sub: brief", "sub: story")).unwrap(),
            _ => std::fs::remove_file(desk.path(path)).unwrap(),
        }
    }
    desk.others_worked().expect("15 items changed on disk in fields that you changed");
    assert_eq!((desk.state.library.drafts.len(), desk.state.library.waiting()), (45, 15));
    for (path, text) in &files {
        std::fs::write(desk.path(path), text).unwrap();
    }
    desk.others_worked().press("w").expect("45 files").press("y").expect("45 files written");
    assert!(files.iter().all(|(path, text)| desk.file(path) == text.replace("status: ''", "status: approved")));
}

#[test]
fn a_window_that_gets_the_focus_looks_and_so_does_w_where_not_all_is_watched() {
    let (mut desk, text) = two();
    std::fs::write(desk.path(ITEM), text.replace("Telehealth at home", "Telehealth everywhere")).unwrap();
    desk.happen(curate::app::Event::Focused).expect("Telehealth everywhere");
    desk.press("a");
    std::fs::write(desk.path(ITEM), text.replace("status: ''", "status: rejected")).unwrap();
    let reason = "the system gives no more watches".to_string();
    desk.happen(curate::app::Event::Unwatched(reason)).expect("the system gives no more watches");
    desk.press("w").expect("has changed on disk");
}
