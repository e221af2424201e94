//! `history` and `undo`: every verb that writes can be taken back, byte for byte.

use std::fs;

use crate::shelf::{Shelf, curated};

const TITLES: [&str; 3] = ["Nurses plan their shifts", "A ward at home", "Video rounds"];

fn three() -> Shelf {
    let texts = TITLES.map(curated);
    Shelf::with(&[("a.md", &texts[0]), ("b.md", &texts[1]), ("sub/c.md", &texts[2])])
}

#[track_caller]
fn as_before(shelf: &Shelf) {
    for (name, title) in ["a.md", "b.md", "sub/c.md"].into_iter().zip(TITLES) {
        assert_eq!(shelf.text(name), curated(title), "{name}");
    }
}

/// The lines of `history`, without their times.
fn history(shelf: &Shelf, path: &str) -> Vec<String> {
    let out = shelf.run(&["history", path]).out;
    let cells =
        |line: &str| line.split('\t').enumerate().filter(|(at, _)| *at != 1).map(|(_, c)| c.to_string()).collect();
    out.lines().map(cells).map(|cells: Vec<String>| cells.join(" | ")).collect()
}

#[test]
fn what_a_verb_wrote_is_listed_and_taken_back_byte_for_byte() {
    let shelf = three();
    shelf.run(&["history", "."]).exits(1).prints("").says("nothing was written here");
    shelf.run(&["undo", "."]).exits(1).prints("").says("nothing to take back");
    shelf.run(&["tag", ".", "--add", "KLAS: Care", "--write"]).exits(0).says("3 files written");
    assert_eq!(history(&shelf, "."), ["1 | written | 3 | tag . --add 'KLAS: Care'"]);
    let dry = shelf.run(&["undo", "."]).exits(0).says("3 files would be written");
    assert!(dry.out.contains("--- a/a.md\n") && dry.out.contains("\n-  - 'KLAS: Care'\n"), "{dry:?}");
    shelf.run(&["undo", ".", "--write"]).exits(0).prints("").says("3 files written");
    as_before(&shelf);
    let listed =
        ["2 | written | 3 | taken back: tag . --add 'KLAS: Care'", "1 | taken back | 3 | tag . --add 'KLAS: Care'"];
    assert_eq!(history(&shelf, "."), listed);
    shelf.run(&["undo", ".", "--write"]).exits(1).says("nothing to take back");
    shelf.run(&["undo", ".", "1", "--write"]).exits(1).says("nothing to take back");
    shelf.run(&["undo", ".", "9"]).exits(2).says("no batch 9 was written");
}

#[test]
fn undo_after_undo_goes_further_back_and_the_undo_of_an_undo_does_it_again() {
    let shelf = three();
    shelf.run(&["set", "a.md", "status=approved", "--write"]).exits(0);
    shelf.run(&["set", "a.md", "sub=story", "--write"]).exits(0);
    let both = shelf.text("a.md");
    shelf.run(&["undo", ".", "--write"]).exits(0);
    assert_eq!(shelf.text("a.md"), curated(TITLES[0]).replace("status: ''", "status: approved"));
    shelf.run(&["undo", ".", "--write"]).exits(0);
    as_before(&shelf);
    // Number 3 took back number 2, and 4 took back 1.
    shelf.run(&["undo", ".", "3", "--write"]).exits(0);
    shelf.run(&["undo", ".", "4", "--write"]).exits(0);
    assert_eq!(shelf.text("a.md"), both);
    assert_eq!(history(&shelf, ".").last().map(String::as_str), Some("1 | written | 1 | set a.md status=approved"));
}

#[test]
fn an_older_batch_goes_from_under_a_later_one_and_stays_where_that_touched_the_same_place() {
    let shelf = three();
    shelf.run(&["set", ".", "status=approved", "--write"]).exits(0);
    shelf.run(&["tag", ".", "--add", "KLAS: Care", "--write"]).exits(0);
    shelf.run(&["set", "b.md", "status=rejected", "--write"]).exits(0);
    let tagged = shelf.text("a.md");
    shelf
        .run(&["undo", ".", "1", "--write"])
        .exits(3)
        .says("b.md: batch 3 (set b.md status=rejected) changed the same place");
    assert_eq!(shelf.text("a.md"), tagged.replace("status: approved", "status: ''"));
    assert!(shelf.text("b.md").contains("status: rejected"));
    // With the later one gone, the rest of it goes too.
    shelf.run(&["undo", ".", "3", "--write"]).exits(0);
    shelf.run(&["undo", ".", "1", "--write"]).exits(0).says("1 file written");
    shelf.run(&["undo", ".", "2", "--write"]).exits(0);
    as_before(&shelf);
}

#[test]
fn a_file_that_has_moved_on_is_skipped_and_named_and_the_rest_comes_back() {
    let shelf = three();
    shelf.run(&["tag", ".", "--add", "KLAS: Care", "--write"]).exits(0);
    let theirs = shelf.text("b.md").replace("sub: brief", "sub: story");
    shelf.put("b.md", theirs.as_bytes());
    fs::remove_file(shelf.path("sub/c.md")).unwrap();
    shelf
        .run(&["undo", ".", "--write"])
        .exits(3)
        .says("b.md: it has changed since it was written")
        .says("sub/c.md: no such file")
        .says("1 file written");
    assert_eq!((shelf.text("a.md"), shelf.text("b.md")), (curated(TITLES[0]), theirs));
    assert_eq!(history(&shelf, ".")[1], "1 | written, 1 of 3 taken back | 3 | tag . --add 'KLAS: Care'");
    // Once it is as it was written, it can be taken back as well.
    shelf.put("b.md", shelf.text("b.md").replace("sub: story", "sub: brief").as_bytes());
    shelf.run(&["undo", "b.md", "--write"]).exits(0);
    assert_eq!(shelf.text("b.md"), curated(TITLES[1]));
}

#[test]
fn a_path_narrows_what_is_listed_and_taken_back() {
    let shelf = three();
    shelf.run(&["set", ".", "status=approved", "--write"]).exits(0);
    shelf.run(&["set", "a.md", "sub=story", "--write"]).exits(0);
    assert_eq!(history(&shelf, "sub"), ["1 | written | 1 | set . status=approved"]);
    shelf.run(&["undo", "sub", "--write"]).exits(0).says("1 file written");
    assert_eq!(shelf.text("sub/c.md"), curated(TITLES[2]));
    shelf.run(&["undo", "a.md", "--write"]).exits(0).says("1 file written");
    assert_eq!(shelf.text("a.md"), curated(TITLES[0]).replace("status: ''", "status: approved"));
    shelf.run(&["undo", ".", "1", "--write"]).exits(0).says("2 files written");
    as_before(&shelf);
}

#[test]
fn a_repair_is_taken_back_and_bytes_that_parse_no_more_come_back_whole() {
    let shelf = three();
    let drifted = curated(TITLES[0]).replace("  - 'gartner: healthcare'\n", "  - 'gartner: health'\n");
    shelf.put("a.md", drifted.as_bytes());
    shelf.run(&["check", "a.md", "--fix", "--write"]);
    assert_eq!(shelf.text("a.md"), curated(TITLES[0]));
    shelf.run(&["undo", ".", "--write"]).exits(0);
    assert_eq!(shelf.text("a.md"), drifted);
    let odd = "\u{feff}---\r\ntitle: 'old'  # mine\r\ntags: [a,  b]\r\n---\r\nbody\r\n\r\nno end";
    shelf.put("odd.md", odd.as_bytes());
    shelf.run(&["set", "odd.md", "title=new", "tags[+]=c", "more=1", "--write"]).exits(0);
    shelf.run(&["undo", "odd.md", "--write"]).exits(0);
    assert_eq!(shelf.text("odd.md"), odd);
}

#[test]
fn nothing_is_kept_where_nothing_is_written_and_a_damaged_line_costs_its_file_alone() {
    let shelf = three();
    shelf.run(&["set", ".", "status=approved"]).exits(0);
    shelf.run(&["set", ".", "sub=brief", "--write"]).exits(0).says("no change");
    assert!(!shelf.state().exists(), "no state is made for nothing");
    shelf.run(&["set", ".", "status=approved", "--write"]).exits(0);
    let folder = fs::read_dir(shelf.state().join("roots")).unwrap().next().unwrap().unwrap().path();
    let log = folder.join("history");
    let text = fs::read_to_string(&log).unwrap();
    fs::write(&log, text.replacen("\"path\":\"b.md\"", "\"path\":\"x.md\"", 1)).unwrap();
    shelf.run(&["undo", ".", "--write"]).exits(0).says("2 files written");
    assert!(shelf.text("b.md").contains("status: approved"));
    assert_eq!(shelf.text("a.md"), curated(TITLES[0]));
}

/// Runs the program, and kills it at this call.
fn killed(shelf: &Shelf, at: &str, args: &[&str]) {
    let output = shelf.command(args).env("CURATE_DIES_AT", at).output().unwrap();
    assert_eq!(output.status.code(), None, "it was killed: {output:?}");
}

#[test]
fn a_write_that_was_cut_short_is_refused_by_verbs_and_taken_back_by_undo() {
    if !cfg!(debug_assertions) {
        println!("skipped: only a build for tests dies where it is told to");
        return;
    }
    let shelf = three();
    killed(&shelf, "replace 3", &["set", ".", "status=approved", "--write"]);
    assert_eq!(history(&shelf, "."), ["1 | cut short, 2 of 3 written | 2 | set . status=approved"]);
    shelf.run(&["set", "a.md", "sub=story", "--write"]).exits(3).says("a write was cut short there, 2 of 3 written");
    let dry = shelf.run(&["undo", "."]).exits(0).says("2 of 3 written: --write puts back what was written");
    assert!(dry.out.contains("-status: approved\n+status: ''\n"), "{dry:?}");
    killed(&shelf, "replace 2", &["undo", ".", "--write"]);
    shelf.run(&["set", "a.md", "sub=story", "--write"]).exits(3).says("1 of 3 written");
    shelf.run(&["undo", ".", "--write"]).exits(0).says("taken back: 1 file put back");
    as_before(&shelf);
    assert_eq!(shelf.names(), ["a.md", "b.md", "sub"]);
    shelf.run(&["undo", ".", "--write"]).exits(1).says("nothing to take back");
    shelf.run(&["set", "a.md", "sub=story", "--write"]).exits(0);
}

#[test]
fn a_verb_that_was_killed_before_or_after_the_files_were_replaced_leaves_nothing_to_ask_about() {
    if !cfg!(debug_assertions) {
        println!("skipped: only a build for tests dies where it is told to");
        return;
    }
    for at in ["create 1", "create 2", "write 4", "keep 3", "replace 1"] {
        let shelf = three();
        killed(&shelf, at, &["set", ".", "status=approved", "--write"]);
        as_before(&shelf);
        shelf.run(&["set", ".", "status=approved", "--write"]).exits(0).says("3 files written");
        assert_eq!(shelf.names(), ["a.md", "b.md", "sub"], "{at}");
        shelf.run(&["undo", ".", "--write"]).exits(0).says("3 files written");
        as_before(&shelf);
    }
    let shelf = three();
    killed(&shelf, "sync-folder 3", &["set", ".", "status=approved", "--write"]);
    shelf.run(&["set", ".", "status=approved", "--write"]).exits(0).says("no change");
    assert_eq!(history(&shelf, "."), ["1 | written | 3 | set . status=approved"]);
    shelf.run(&["undo", ".", "--write"]).exits(0).says("3 files written");
    as_before(&shelf);
}
