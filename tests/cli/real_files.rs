//! Real files, where they are at hand beside the project: what is listed is what is there, and reading changes nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shelf::Shelf;

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.is_dir() {
        return path.canonicalize().ok();
    }
    println!("skipped: {} is not here", path.display());
    None
}

/// All files below a folder with their bytes.
fn files(dir: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.insert(path.clone(), fs::read(&path).expect("a file"));
        }
    }
}

#[test]
fn every_file_of_real_sites_is_a_row_and_none_is_changed_by_reading() {
    let Some(corpus) = shared("corpus") else { return };
    for site in fs::read_dir(corpus).expect("sites") {
        let site = site.expect("a site").path();
        let mut before = BTreeMap::new();
        files(&site, &mut before);
        let shelf = Shelf::empty();
        let ran = shelf.run(&["list", site.to_str().expect("UTF-8"), "--columns", "path,title,topics"]);
        let skipped = ran.err.lines().filter(|line| line.contains("left out")).count();
        assert_eq!((ran.out.lines().count(), skipped), (before.len(), 0), "{}", site.display());
        shelf.run(&["check", site.to_str().expect("UTF-8"), "-q", "a"]);
        let mut after = BTreeMap::new();
        files(&site, &mut after);
        assert!(before == after, "{} has changed", site.display());
    }
}

#[test]
fn each_real_site_has_its_own_topics_field() {
    let Some(corpus) = shared("corpus") else { return };
    for (site, field) in
        [("digitalgov", "field: topics"), ("k8s-website", "field: tags"), ("swiftweekly", "topics: null")]
    {
        let printed = Shelf::empty().run(&["profile", corpus.join(site).to_str().expect("UTF-8")]).exits(0).out;
        assert!(printed.contains(field), "{site}: {printed}");
    }
}

/// The sample, on a shelf, and its text.
fn sample() -> Option<(Shelf, String)> {
    let file = fs::read_dir(shared("samples")?).ok()?.find_map(|entry| {
        let path = entry.ok()?.path();
        (path.extension()? == "md").then_some(path)
    })?;
    let text = fs::read_to_string(file).ok()?;
    Some((Shelf::with(&[("a.md", &text)]), text))
}

/// The lines that differ, in a file whose number of lines stays.
fn differing(before: &str, after: &str) -> Vec<String> {
    assert_eq!(before.split('\n').count(), after.split('\n').count());
    let pairs = before.split('\n').zip(after.split('\n'));
    pairs.filter(|(old, new)| old != new).map(|(_, new)| new.trim().to_string()).collect()
}

#[test]
fn a_new_title_of_the_sample_changes_its_six_lines_only() {
    let Some((shelf, text)) = sample() else { return };
    shelf.run(&["set", "a.md", "title=Medicine among avatars", "--write"]).exits(0);
    let lines = differing(&text, &shelf.text("a.md"));
    assert_eq!(lines.len(), 6, "{lines:?}");
    assert!(lines.iter().all(|line| line.ends_with("Medicine among avatars")), "{lines:?}");
    let title = text.lines().find_map(|line| line.strip_prefix("title: ")).expect("a title");
    shelf.run(&["set", "a.md", &format!("title={title}"), "--write"]).exits(0);
    assert_eq!(shelf.text("a.md"), text);
}

#[test]
fn a_topic_of_the_sample_changes_five_lists_only() {
    let Some((shelf, text)) = sample() else { return };
    let nurse = "KLAS: Scheduling - Nurse and Staff";
    shelf.run(&["tag", "a.md", "--add", nurse, "--remove", "Gartner: Healthcare", "--write"]).exits(0);
    assert_eq!(differing(&text, &shelf.text("a.md")).len(), 5);
    shelf.run(&["tag", "a.md", "--add", "Gartner: Healthcare", "--remove", nurse, "--write"]).exits(0);
    assert_eq!(shelf.text("a.md"), text);
}

#[test]
fn one_topic_renamed_over_a_real_site_changes_the_lines_of_that_topic_and_no_others() {
    let Some(corpus) = shared("corpus") else { return };
    let shelf = Shelf::empty();
    let mut before = BTreeMap::new();
    files(&corpus.join("digitalgov"), &mut before);
    for (path, bytes) in &before {
        let name = path.strip_prefix(&corpus).expect("it is below").to_str().expect("UTF-8");
        shelf.put(name, bytes);
    }
    let topics = shelf.run(&["topics", "digitalgov"]).out;
    let (topic, count) = topics.lines().next().and_then(|line| line.split_once('\t')).expect("a topic");
    // Some files of the site cannot be read as items; they are named, and the rest is done.
    let ran = shelf.run(&["topics", "digitalgov", "--rename", topic, "A new: name", "--write"]);
    assert!(ran.err.contains(&format!("{count} files written")), "{topic}\t{count}: {}", ran.err);
    let mut changed = 0;
    for (path, bytes) in &before {
        let now = fs::read(shelf.path(path.strip_prefix(&corpus).expect("it is below").to_str().expect("UTF-8")));
        let (old, now) = (String::from_utf8_lossy(bytes), now.expect("the file is there"));
        let now = String::from_utf8_lossy(&now);
        changed += usize::from(old != now);
        let (old, now): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), now.split('\n').collect());
        assert_eq!(old.len(), now.len(), "{}", path.display());
        for (old, now) in old.iter().zip(&now).filter(|(old, now)| old != now) {
            let (had, has) = (old.contains(topic), now.contains("A new: name"));
            assert!(had && has, "{}: {old} became {now}", path.display());
        }
    }
    assert_eq!(changed.to_string(), count);
    // Back again: byte for byte, but for quotes that the old name never had.
    shelf.run(&["topics", "digitalgov", "--rename", "A new: name", topic, "--write"]);
    assert_eq!(shelf.run(&["topics", "digitalgov"]).out, topics);
}
