//! Real sites, where they are at hand beside the project: opened, walked through, left as they were; one topic renamed, and back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::desk::{Desk, shared};

/// All files below a folder with their bytes, by their path from it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(here) = folders.pop() {
        for entry in std::fs::read_dir(here).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below").to_string_lossy().into_owned();
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

/// The item under the cursor is shown, or why it cannot be.
#[track_caller]
fn is_previewed(desk: &Desk) {
    let row = desk.state.current_row().expect("an item");
    let preview = &desk.state.preview;
    match (&row.problem, &preview.shown) {
        (None, Some(shown)) => assert_eq!((&shown.path, &preview.problem), (&row.path, &None)),
        (None, None) => panic!("{} has no preview: {:?}", row.path, preview.problem),
        (Some(_), _) => assert!(preview.problem.is_some(), "{} is shown", row.path),
    }
}

fn opened_walked_through_and_left(site: &str, topics: Option<&str>) {
    let Some(folder) = shared(&format!("corpus/{site}")) else { return };
    let before = files(&folder);
    let mut desk = Desk::over_a_copy_of(&folder);
    let field = desk.state.profile.topics.as_ref().map(|topics| topics.field.text().to_string());
    assert_eq!(field.as_deref(), topics);
    let library = &desk.state.library;
    // Unreadable files are rows as well.
    assert_eq!(library.rows().len() + library.loading.skipped, before.len());
    let count = desk.state.queue.found.items.len();
    assert_eq!(count, library.rows().len());
    // Every item is shown; now and then the whole screen is drawn.
    for position in 0..count {
        is_previewed(&desk);
        if position % 25 == 0 {
            desk.screen();
        }
        desk.type_text("j");
    }
    desk.press("g");
    is_previewed(&desk);
    desk.press("/").type_text("the a").press("enter j k enter ctrl-d esc f j tab esc e esc S esc V esc");
    desk.press("/ ctrl-u enter q");
    assert!(desk.state.quit);
    desk.expect_no_drafts();
    assert!(files(&desk.path("")) == before, "{site} has changed");
    assert!(files(&folder) == before, "{site} itself has changed");
}

#[test]
fn a_site_of_topics_is_opened_every_item_is_read_and_no_byte_changes() {
    opened_walked_through_and_left("digitalgov", Some("topics"));
}

#[test]
fn a_site_of_tags_is_opened_walked_through_and_left_as_it_was() {
    opened_walked_through_and_left("k8s-website", Some("tags"));
}

#[test]
fn sites_without_topics_are_opened_walked_through_and_left_as_they_were() {
    opened_walked_through_and_left("swiftweekly", None);
    opened_walked_through_and_left("vagov-2018", None);
}

#[test]
fn one_topic_renamed_over_a_real_site_and_taken_back_leaves_every_file_as_it_was() {
    let Some(folder) = shared("corpus/digitalgov") else { return };
    let before = files(&folder);
    let mut desk = Desk::over_a_copy_of(&folder);
    let (_, topic, uses) = {
        let topics = &desk.state.library.index().topics;
        let counted = topics.with_letters().map(|(text, _, items)| (items.len(), text.to_string()));
        let (count, topic) = counted.max().expect("a topic");
        ((), topic, count)
    };
    desk.press(":").type_text("vocabulary").press("enter /").type_text(&topic).press("enter r ctrl-u");
    desk.type_text("A new: name").press("enter").expect(&format!("{uses} items"));
    desk.press("w").expect("A new: name").press("y").expect(&format!("{uses} files written")).expect_no_drafts();
    let written = files(&desk.path(""));
    assert_eq!(written.iter().filter(|(path, bytes)| before[*path] != **bytes).count(), uses);
    // Taken back by another process.
    let (desk, exit, said) = desk.closed_and_run(&["undo", ".", "--write"]);
    assert_eq!((exit, said.contains(&format!("{uses} files written"))), (0, true), "{said}");
    assert!(files(&desk.path("")) == before);
}

#[test]
fn forty_marked_copies_of_the_sample_get_what_the_verb_does_and_one_u_takes_it_back() {
    let Some(folder) = shared("samples") else { return };
    let (_, sample) = files(&folder).into_iter().find(|(name, _)| name.ends_with(".md")).expect("the sample");
    let sample = String::from_utf8(sample).expect("it is UTF-8");
    let copies: Vec<(String, String)> = (0..=40).map(|at| (format!("{at:02}.md"), sample.clone())).collect();
    let (add, remove) = ("KLAS: Scheduling - Nurse and Staff", "Gartner: Healthcare");
    let args = ["tag", "00.md", "--add", add, "--remove", remove, "--write"];
    let (mut desk, exit, said) = Desk::with(&copies).closed_and_run(&args);
    assert_eq!(exit, 0, "{said}");
    let tagged = desk.file("00.md");
    let (old, new) = crate::desk::changed_lines(&sample, &tagged);
    assert_eq!((old.len(), new.len()), (5, 5), "{old:?} {new:?}");
    // The other forty: those that do not have it.
    desk.press("/").type_text("!topic:nurse").press("enter *").expect("40 marked");
    desk.press("t").type_text(remove).press("tab ctrl-u").type_text(add).press("tab enter").expect("40 items");
    desk.press("u").expect_no_drafts();
    assert!(copies[1..].iter().all(|(path, _)| desk.file(path) == sample));
    desk.press("ctrl-r w y").expect("40 files written, 200 lines changed").expect_no_drafts();
    assert!(copies.iter().all(|(path, _)| desk.file(path) == tagged));
    desk.press("H enter").expect("taken back: ").press("w y").expect("40 files written");
    assert!(copies[1..].iter().all(|(path, _)| desk.file(path) == sample));
}
