//! `set`: what changes, and that nothing else does.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};

use crate::shelf::{Shelf, curated};

const TITLE: &str = "Nurses plan their shifts";

#[test]
fn a_new_title_changes_exactly_its_places() {
    let shelf = Shelf::with(&[("a.md", &curated(TITLE))]);
    shelf
        .run(&["set", "a.md", "title=Shifts for nurses", "--write"])
        .exits(0)
        .prints("")
        .says("1 file written, 6 lines changed");
    assert_eq!(shelf.text("a.md"), curated("Shifts for nurses"));
    assert_eq!(shelf.names(), ["a.md"]);
}

#[test]
fn a_dry_run_prints_a_diff_and_writes_nothing() {
    let shelf = Shelf::with(&[("a.md", &curated(TITLE))]);
    let ran = shelf.run(&["set", "a.md", "status=approved"]).exits(0).says("--write");
    assert!(ran.out.starts_with("--- a/a.md\n+++ b/a.md\n@@ "), "{ran:?}");
    assert!(ran.out.contains("\n-status: ''\n+status: approved\n"), "{ran:?}");
    assert_eq!(shelf.text("a.md"), curated(TITLE));
}

#[test]
fn no_change_leaves_the_very_file() {
    let shelf = Shelf::with(&[("a.md", &curated(TITLE))]);
    let before = fs::metadata(shelf.path("a.md")).unwrap().ino();
    shelf.run(&["set", "a.md", &format!("title={TITLE}"), "--write"]).exits(0).prints("").says("no change");
    assert_eq!(fs::metadata(shelf.path("a.md")).unwrap().ino(), before);
}

#[test]
fn a_text_keeps_the_kind_of_its_field() {
    let shelf = Shelf::with(&[("a.md", "---\nweight: 7\ntitle: x\ndraft: true\nids: [1, 2]\n---\nb\n")]);
    let changes = ["weight=12", "title=2022", "draft=no", "ids[+]=3", "fresh=no", "empty="];
    shelf.run(&[&["set", "a.md", "--write"], &changes[..]].concat()).exits(0);
    let get = |field: &str| shelf.run(&["get", "a.md", field]).out;
    assert_eq!(get("weight"), "12\n");
    assert_eq!(get("title"), "\"2022\"\n");
    assert_eq!(get("draft"), "\"no\"\n");
    assert_eq!(get("ids"), "- 1\n- 2\n- 3\n");
    assert_eq!(get("fresh"), "\"no\"\n");
    assert_eq!(get("empty"), "\"\"\n");
}

#[test]
fn typed_values_appended_ones_and_removed_keys() {
    let shelf = Shelf::with(&[("a.md", "---\ntitle: x\ntags:\n  - a\nold: 1\n---\n")]);
    shelf
        .run(&[
            "set",
            "a.md",
            "sub:=null",
            "list:=[a, 'b: c']",
            "tags[+]=d: e",
            "--unset",
            "old",
            "--unset",
            "gone",
            "--write",
        ])
        .exits(0);
    let get = |field: &str| shelf.run(&["get", "a.md", field]).out;
    assert_eq!(get("sub"), "null\n");
    assert_eq!(get("list"), "- a\n- \"b: c\"\n");
    assert_eq!(get("tags"), "- a\n- \"d: e\"\n");
    shelf.run(&["get", "a.md", "old"]).exits(1);
}

#[test]
fn a_key_with_dots_is_reached() {
    let shelf = Shelf::with(&[("a.md", &curated(TITLE))]);
    shelf.run(&["set", "a.md", "htmlMetaData.msvalidate.01=ABC", "--write"]).exits(0);
    assert_eq!(shelf.text("a.md"), curated(TITLE).replace("msvalidate.01: null", "msvalidate.01: ABC"));
}

#[test]
fn line_ends_a_byte_order_mark_and_a_missing_last_line_end_stay() {
    let text = "\u{feff}---\r\ntitle: 'old'  # mine\r\ntags: [a,  b]\r\n---\r\nbody\r\n\r\nno end";
    let shelf = Shelf::with(&[("a.md", text)]);
    shelf.run(&["set", "a.md", "title=new", "--write"]).exits(0);
    assert_eq!(shelf.text("a.md"), text.replace("'old'", "'new'"));
}

#[test]
fn a_query_chooses_what_is_set_and_the_rest_is_not_touched() {
    let shelf = Shelf::with(&[("a.md", &curated("Nurses")), ("b.md", &curated("Doctors"))]);
    shelf.run(&["set", ".", "status=approved", "-q", "title:doctors", "--write"]).exits(0).says("1 file written");
    assert_eq!(shelf.text("a.md"), curated("Nurses"));
    assert_eq!(shelf.text("b.md"), curated("Doctors").replace("status: ''", "status: approved"));
    shelf.run(&["set", ".", "status=approved", "-q", "title:nosuch"]).exits(1).prints("").says("nothing matched");
}

#[test]
fn in_bulk_the_refused_are_named_and_the_rest_is_done() {
    let shelf = Shelf::with(&[
        ("a.md", "---\ntitle: x\n---\n"),
        ("b.md", "no front matter\n"),
        ("c.md", "---\ntitle: [1\n---\n"),
        ("d.md", "---\ntitle: y\n---\n"),
    ]);
    shelf
        .run(&["set", ".", "title=z", "--write"])
        .exits(3)
        .says("b.md: no front matter")
        .says("c.md: line ")
        .says("2 files written");
    assert_eq!(
        (shelf.text("a.md"), shelf.text("d.md")),
        ("---\ntitle: z\n---\n".into(), "---\ntitle: z\n---\n".into())
    );
    assert_eq!(shelf.text("c.md"), "---\ntitle: [1\n---\n");
}

#[test]
fn one_file_by_two_names_is_changed_once_and_a_link_out_of_the_root_never() {
    let shelf = Shelf::with(&[("lib.md", "---\ntitle: x\n---\n"), ("hugo.toml", "")]);
    symlink("lib.md", shelf.path("other.md")).unwrap();
    shelf.run(&["set", ".", "title=z", "--write"]).exits(0).says("1 file written");
    assert_eq!(shelf.text("lib.md"), "---\ntitle: z\n---\n");

    let outside = shelf.lib().parent().unwrap().join("out.md");
    fs::write(&outside, "---\ntitle: x\n---\n").unwrap();
    symlink(&outside, shelf.path("out.md")).unwrap();
    shelf.run(&["set", "out.md", "title=w", "--write"]).exits(3).says("out of the root");
    assert_eq!(fs::read_to_string(&outside).unwrap(), "---\ntitle: x\n---\n");
}

#[test]
fn derived_fields_follow_only_when_asked() {
    let shelf = Shelf::with(&[("a.md", &curated(TITLE))]);
    shelf.run(&["set", "a.md", "title=Shifts", "--derived", "--write"]).exits(0);
    let get = |field: &str| shelf.run(&["get", "a.md", field]).out;
    assert_eq!(get("aliases"), "/news/shifts\n");
    assert_eq!(get("slug"), "wardtimes-shifts\n");
}
