//! A day at the desk, on the made-up library.

use crate::desk::{Desk, changed_lines};

/// Presses keys and types words (those with a blank or of several letters in quotes), and counts the keys.
fn play(desk: &mut Desk, keys: &str) -> usize {
    let mut count = 0;
    for (at, part) in keys.split('"').enumerate() {
        if at % 2 == 1 {
            desk.type_text(part);
        } else {
            desk.press(part);
            count += part.split_whitespace().count();
        }
    }
    count
}

fn demo(count: usize) -> Vec<(String, String)> {
    let items = curate::demo::items(count).map(|f| (f.path, f.text));
    items.chain(curate::demo::root_files().into_iter().map(|f| (f.path, f.text))).collect()
}

#[test]
fn a_topic_for_every_virtual_care_item_takes_seven_keys_and_the_words() {
    let files = demo(80);
    let mut desk = Desk::with(&files);
    let keys = play(&mut desk, "/ \"virtual care\" enter * t \"nurse\" enter w y");
    assert_eq!(keys, 7, "the README says seven");
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
fn one_topic_in_another_out_of_every_virtual_care_item_takes_eleven_keys_and_the_words() {
    let files = demo(80);
    let mut desk = Desk::with(&files);
    let keys =
        play(&mut desk, "/ \"virtual care\" enter * t \"nurse\" tab ctrl-u \"symplur virtual\" tab tab enter w y");
    assert_eq!(keys, 11, "the README says eleven");
    desk.expect("files written").expect_no_drafts();
    let marked: Vec<_> = desk.state.library.marks.iter().collect();
    assert!(!marked.is_empty());
    for id in marked {
        let topics: Vec<&str> = desk.state.library.row(id).topics().collect();
        assert!(topics.contains(&"KLAS: Scheduling - Nurse and Staff"), "{topics:?}");
        assert!(!topics.contains(&"Symplur: Virtual Care"), "{topics:?}");
    }
}

/// The day of the design, from the first key to the history: each step leaves on the screen what it says it does.
#[test]
fn a_day_at_the_desk() {
    let files = demo(160);
    let mut desk = Desk::with(&files);
    play(&mut desk, "V \"undecided\" enter");
    desk.expect("Undecided").expect("left of").expect("is:undecided");
    let undecided = desk.state.queue.found.items.len();
    play(&mut desk, "/ \"virtual\" enter");
    desk.expect("is:undecided sort:-date virtual");
    assert!(desk.state.queue.found.items.len() < undecided);

    // By topic alone; the preview follows.
    play(&mut desk, "/ ctrl-u \"is:undecided topic:nurse\" enter j");
    let chosen = desk.state.current_row().expect("an item").clone();
    assert!(chosen.topics().any(|topic| topic.to_lowercase().contains("nurse")));
    assert_eq!(desk.state.preview.shown.as_ref().map(|shown| &shown.path), Some(&chosen.path));

    // A verdict, and on.
    desk.press("a").expect("✓ ").expect("•1");
    assert_ne!(desk.state.current_row().expect("an item").path, chosen.path);

    // One marked, then all that is about care.
    desk.press("space").expect("1 marked");
    let first_marked: Vec<_> = desk.state.library.marks.iter().collect();
    play(&mut desk, "/ ctrl-u \"care\" enter *");
    let marked: Vec<_> = desk.state.library.marks.iter().collect();
    assert!(marked.len() >= 40, "{}", marked.len());
    assert!(first_marked.iter().all(|id| marked.contains(id)));

    // A topic for all of them: one batch, one `u` away from never having been.
    let topic = "HIMSS: Innovation Desk";
    desk.press("t").expect("Topics of").type_text(topic).press("ctrl-n enter");
    desk.expect(&format!("{} items", marked.len())).expect(&format!("{} edits", marked.len() * 5));
    assert!(marked.iter().all(|id| desk.state.library.is_unwritten(*id)));
    desk.press("u").expect("•1").press("ctrl-r");
    assert!(desk.state.library.drafts.len() >= 40);

    // The form: the title in all its places; the offerings; the diff.
    desk.press("g - e").expect("Title").expect("places").press("enter").type_text(", again").press("enter esc");
    let titled = desk.state.current_row().expect("an item").clone();
    assert!(titled.title().ends_with(", again"));
    desk.press("r").expect("Offerings of").expect("On this item").press("esc");
    desk.press("d").expect("+   - 'HIMSS: Innovation Desk'").expect("lines change").press("esc");

    // The line dies. Nothing is lost: drafts, the filter, the place.
    let here = desk.press("space").state.current_row().expect("an item").path.clone();
    let (drafts, line) = (desk.state.library.drafts.len(), desk.state.queue.filter.text());
    let mut desk = desk.killed_and_started_again();
    desk.expect("Restored");
    assert_eq!(desk.state.library.marks.len(), 1);
    assert_eq!((desk.state.library.drafts.len(), desk.state.queue.filter.text()), (drafts, line));
    assert_eq!(desk.state.current_row().expect("an item").path, here);

    // The review: the new topic of this one file stays a draft.
    desk.press("w").expect(&format!("{drafts} files")).press("/").type_text("again").press("enter tab");
    desk.expect("hunk 1 of 2").press("space").expect("[~]").press("esc y");
    desk.expect("files written").expect("1 hunk left out");
    assert_eq!(desk.state.library.drafts.paths(), std::slice::from_ref(&titled.path));

    // The batch taken back from the history: but for the verdict and the title, nothing has ever been.
    desk.press("u").expect_no_drafts().press("H").expect("written").press("g j j enter").expect("taken back: ");
    desk.press("w y").expect("files written").expect_no_drafts();
    for (path, before) in &files {
        let (now, path) = (desk.file(path), path.as_str());
        let changed = path == &*chosen.path || path == &*titled.path;
        assert_eq!(now != *before, changed, "{path}");
    }
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
