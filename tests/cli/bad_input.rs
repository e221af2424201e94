//! What is wrong says what, where, and what to do; and nothing is written.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::shelf::{Shelf, curated};

#[test]
fn no_such_folder_is_said_by_every_verb() {
    let shelf = Shelf::empty();
    for args in [
        vec!["list", "nosuch"],
        vec!["set", "nosuch", "a=b"],
        vec!["get", "nosuch", "a"],
        vec!["show", "nosuch"],
        vec!["profile", "nosuch"],
        vec!["nosuch"],
    ] {
        shelf.run(&args).exits(3).prints("").says("nosuch: no such file or folder");
    }
}

#[test]
fn a_pipe_is_no_file_and_nobody_waits_for_what_comes_out_of_it() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let shelf = Shelf::empty();
    mknodat(CWD, shelf.path("pipe.md"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    for args in [
        vec!["get", "pipe.md", "title"],
        vec!["set", "pipe.md", "title=x", "--write"],
        vec!["show", "pipe.md"],
        vec!["list", "pipe.md"],
        vec!["check", "pipe.md"],
        vec!["pipe.md"],
    ] {
        shelf.run(&args).exits(3).prints("").says("pipe.md: not a file (a pipe, a socket or a device)");
    }
}

#[test]
fn an_unreadable_file_is_a_row_with_its_reason() {
    let shelf =
        Shelf::with(&[("good.md", &curated("One")), ("none.md", "just text\n"), ("open.md", "---\ntitle: x\n")]);
    shelf.put("latin.md", b"---\ntitle: caf\xe9\n---\n");
    shelf.put("bad.md", b"---\ntitle: x\nlist: [1, 2\nother: 3\n---\n");
    let ran = shelf
        .run(&["list", ".", "--json"])
        .exits(3)
        .says("none.md: no front matter: the first line is no `---`")
        .says("latin.md: not UTF-8 (first at byte 14)")
        .says("open.md: line 1: the front matter is never closed")
        .says("bad.md: line ");
    assert_eq!(ran.out.lines().count(), 5);
    assert_eq!(ran.out.lines().filter(|line| line.contains("\"problem\":")).count(), 4);
    shelf
        .run(&["list", ".", "-q", "is:unreadable", "--columns", "path"])
        .exits(3)
        .prints("bad.md\nlatin.md\nnone.md\nopen.md\n");
}

#[test]
fn a_single_file_that_cannot_be_read_says_its_line() {
    let shelf = Shelf::with(&[("bad.md", "---\ntitle: x\nlist: {a: 1\n---\n"), ("none.md", "text\n")]);
    shelf.run(&["get", "bad.md", "title"]).exits(3).prints("").says("bad.md: line ");
    shelf.run(&["get", "none.md", "title"]).exits(3).prints("").says("none.md: no front matter");
    shelf.run(&["set", "none.md", "title=x", "--write"]).exits(3).says("none.md: no front matter");
    assert_eq!(shelf.text("none.md"), "text\n");
    shelf.run(&["get", ".", "title"]).exits(3).says("a folder, not a file");
}

#[test]
fn a_folder_without_permission_is_named_and_the_rest_is_listed() {
    let shelf = Shelf::with(&[("a.md", &curated("One")), ("shut/b.md", &curated("Two"))]);
    fs::set_permissions(shelf.path("shut"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(shelf.path("shut")).is_ok() {
        println!("skipped: who runs this may read everything");
        return;
    }
    shelf.run(&["list", ".", "--columns", "path"]).exits(3).says("shut/: permission denied");
    shelf.run(&["list", "shut"]).exits(3).says("shut: permission denied");
    fs::set_permissions(shelf.path("shut"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn an_empty_folder_matches_nothing() {
    let shelf = Shelf::empty();
    shelf.run(&["list", "."]).exits(1).prints("");
    shelf.run(&["set", ".", "title=x", "--write"]).exits(1).prints("").says("nothing matched");
}

#[test]
fn a_profile_with_an_error_stops_with_its_line() {
    let shelf = Shelf::with(&[
        ("a.md", &curated("One")),
        (".curate.yaml", "extends: curated-content\ntopics:\n  field: [oops\n"),
    ]);
    for args in [vec!["list", "."], vec!["set", ".", "title=x", "--write"], vec!["profile", "."]] {
        shelf.run(&args).exits(3).prints("").says(".curate.yaml:");
    }
    assert_eq!(shelf.text("a.md"), curated("One"));
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_where_a_profile_file_says_the_kind() {
    let shelf = Shelf::with(&[
        ("a.md", "---\nweight: 3\ndate: 2022-01-01\n---\n"),
        (".curate.yaml", "fields:\n  weight: {kind: integer}\n"),
    ]);
    shelf.run(&["set", "a.md", "weight=heavy", "--write"]).exits(3).says("a.md: weight");
    shelf.run(&["set", "a.md", "date=someday", "--write"]).exits(0);
    assert_eq!(shelf.text("a.md"), "---\nweight: 3\ndate: someday\n---\n");
}

#[test]
fn wrong_usage_exits_2_before_anything_is_read() {
    let shelf = Shelf::with(&[("a.md", &curated("One"))]);
    for change in ["title", "=x", "a[=x", "list[].x=y", "a:=[1", "a:=b: [c"] {
        shelf.run(&["set", "a.md", change, "--write"]).exits(2).prints("");
    }
    for change in ["a:={x: 1, y: 2, x: 3}", "a:=[{q: {x: 1, 'x': 2}}]", "a[+]:={x: 1, x: 1}"] {
        shelf.run(&["set", "a.md", change, "--write"]).exits(2).prints("").says("the key `x` stands twice");
    }
    for change in [["--rename", "Gartner: Healthcare", ""], ["--merge", "Gartner: Healthcare", " "]] {
        shelf
            .run(&[&["topics", "a.md", "--write"], &change[..]].concat())
            .exits(2)
            .prints("")
            .says("a topic has a name");
    }
    shelf.run(&["set", "a.md", "--write"]).exits(2);
    shelf.run(&["list", "a.md", "--columns", "a["]).exits(2);
    shelf.run(&["list", "a.md", "-q", "date:>=never"]).exits(2).prints("");
    assert_eq!(shelf.text("a.md"), curated("One"));
}

#[test]
fn what_cannot_be_made_is_refused_and_the_file_stays() {
    let shelf = Shelf::with(&[("a.md", "---\ntitle: x\nlist: [1]\n---\n")]);
    for change in ["title.deeper=x", "list[7]=x"] {
        shelf.run(&["set", "a.md", change, "--write"]).exits(3).prints("").says("a.md: ");
    }
    assert_eq!(shelf.text("a.md"), "---\ntitle: x\nlist: [1]\n---\n");
}

#[test]
fn a_hard_link_is_refused_loudly() {
    let shelf = Shelf::with(&[("a.md", "---\ntitle: x\n---\n")]);
    fs::hard_link(shelf.path("a.md"), shelf.path("b.txt")).unwrap();
    shelf.run(&["set", "a.md", "title=y", "--write"]).exits(3).says("2 names (hard links)");
    assert_eq!(shelf.names(), ["a.md", "b.txt"]);
    assert_eq!(shelf.text("a.md"), "---\ntitle: x\n---\n");
}
