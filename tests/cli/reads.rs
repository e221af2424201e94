//! Verbs that read: get, list, show, profile, config and the program's own papers.

use std::io::Read;
use std::process::Stdio;

use crate::shelf::{Shelf, curated};

#[test]
fn get_prints_a_field_as_yaml_that_reads_back() {
    let shelf = Shelf::with(&[("a.md", &curated("Nurses plan their shifts"))]);
    let get = |field: &str| shelf.run(&["get", "a.md", field]).exits(0).out;
    assert_eq!(get("title"), "Nurses plan their shifts\n");
    assert_eq!(get("status"), "\"\"\n");
    assert_eq!(get("date"), "\"2023-04-05\"\n");
    assert_eq!(get("id"), "20551\n");
    assert_eq!(get("viaLink"), "null\n");
    assert_eq!(get("htmlMetaData.msvalidate.01"), "null\n");
    assert_eq!(get("breadcrumbs[-1]"), "Nurses plan their shifts\n");
    assert_eq!(get("relatedOfferings[].offeringId"), "- 17281\n- 17259\n");
    assert_eq!(get("featuredImage.size"), "- 300\n- 590\n");
    assert_eq!(
        get("relatedOfferings[0]"),
        "label: Rota Garden\npermalink: /offering/rota-garden\ncategories:\n  - \"KLAS: Scheduling - Nurse and Staff\"\nofferingId: 17281\n"
    );
}

#[test]
fn get_of_no_such_field_exits_1_and_says_which() {
    let shelf = Shelf::with(&[("a.md", &curated("One"))]);
    shelf.run(&["get", "a.md", "nosuch.field"]).exits(1).prints("").says("a.md: no such field: nosuch.field");
    shelf.run(&["get", "a.md", "breadcrumbs[7]"]).exits(1).prints("");
    shelf.run(&["get", "a.md", "bad["]).exits(2).prints("");
}

#[test]
fn list_prints_exactly_the_columns_asked_for_by_path() {
    let shelf = Shelf::with(&[("b.md", &curated("Two")), ("a/x.md", &curated("One"))]);
    shelf.run(&["list", ".", "--columns", "path,title,status,date,id,relatedOfferings[].label"]).exits(0).prints(
        "a/x.md\tOne\t\t2023-04-05\t20551\tRota Garden, Ward's Own Planner\n\
             b.md\tTwo\t\t2023-04-05\t20551\tRota Garden, Ward's Own Planner\n",
    );
    shelf.run(&["list", "a"]).exits(0).prints("One\t2023-04-05\tx.md\n");
}

#[test]
fn list_json_is_an_object_a_line() {
    let shelf = Shelf::with(&[("a.md", &curated("One")), ("b.md", &curated("Two"))]);
    let ran = shelf.run(&["list", ".", "--json"]).exits(0);
    let objects: Vec<serde_json::Value> = ran.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[1]["title"], "Two");
    assert_eq!(objects[0]["topics"][1], "Gartner: Healthcare");
    assert_eq!(objects[0]["path"], "a.md");
}

#[test]
fn a_query_narrows_and_nothing_matched_exits_1() {
    let shelf = Shelf::with(&[("a.md", &curated("Nurses at night")), ("b.md", &curated("Doctors by day"))]);
    shelf.run(&["list", ".", "-q", "nurses night", "--columns", "path"]).exits(0).prints("a.md\n");
    shelf.run(&["list", ".", "-q", "topic:nosuchtopic"]).exits(1).prints("");
    shelf.run(&["list", ".", "-q", "id=20551 title:doctors", "--columns", "path"]).exits(0).prints("b.md\n");
    shelf.run(&["list", ".", "-q", "null:viaLink !nurses", "--columns", "path"]).exits(0).prints("b.md\n");
}

#[test]
fn hidden_and_ignored_files_are_left_out_counted_and_taken_in_with_all() {
    let item = curated("One");
    let shelf = Shelf::with(&[("a.md", &item), (".h/b.md", &item), (".gitignore", "out/\n"), ("out/c.md", &item)]);
    shelf.run(&["list", ".", "--columns", "path"]).exits(0).prints("a.md\n").says("2 files left out");
    shelf.run(&["list", ".", "--columns", "path", "--all"]).exits(0).prints(".h/b.md\na.md\nout/c.md\n");
}

#[test]
fn show_prints_the_card_and_the_body() {
    let shelf = Shelf::with(&[("a.md", &curated("Nurses plan their shifts"))]);
    let ran = shelf.run(&["show", "a.md", "--plain", "--width", "40"]).exits(0);
    assert!(ran.out.contains("Nurses plan their shifts") && ran.out.contains("disagrees"), "{ran:?}");
    assert!(!ran.out.contains("<p>") && !ran.out.contains('\u{1b}'), "{ran:?}");
    assert!(ran.out.lines().all(|line| line.chars().count() <= 40), "{ran:?}");
}

#[test]
fn the_profile_in_force_is_printed_and_kept_where_it_is_asked_for() {
    let shelf =
        Shelf::with(&[("a.md", "---\ntitle: x\ntags: [a, b]\n---\n"), ("b.md", "---\ntitle: y\ntags: [a]\n---\n")]);
    let printed = shelf.run(&["profile", "."]).exits(0).out;
    assert!(printed.contains("field: tags"), "{printed}");
    assert_eq!(shelf.names(), ["a.md", "b.md"]);
    shelf.run(&["profile", ".", "--write"]).exits(0);
    assert!(shelf.text(".curate.yaml").contains("field: tags"));
    // It is read again, and does not replace what somebody has written.
    shelf.run(&["list", ".", "--columns", "path"]).exits(0).prints("a.md\nb.md\n");
}

#[test]
fn a_demo_has_exactly_as_many_items_as_asked_for_and_a_folder_in_use_is_refused() {
    let shelf = Shelf::with(&[("mine/note.txt", "x")]);
    let dir = shelf.path("new").display().to_string();
    shelf.run(&["demo", "--items", "25", "--dir", &dir, "--no-open"]).exits(0).prints(&format!("{dir}\n"));
    let paths = shelf.run(&["list", "new", "--columns", "path"]).exits(0).out;
    assert_eq!(paths.lines().count(), 25);
    assert!(!shelf.run(&["list", "new", "-q", "topic:virtual", "--columns", "path"]).exits(0).out.is_empty());
    shelf.run(&["set", "new", "status=approved", "--write"]).exits(0);
    shelf.run(&["list", "new", "-q", "status=approved !is:undecided", "--json"]).exits(0);
    shelf.run(&["demo", "--dir", "new", "--no-open"]).exits(2).prints("").says("not empty");
    shelf.run(&["demo", "--dir", "mine", "--no-open"]).exits(2).prints("").says("not empty");
    // Without a folder it is made once, and found again as it was left.
    let first = shelf.run(&["demo", "--items", "3", "--no-open"]).exits(0).says("3 items made").out;
    assert_eq!(shelf.run(&["demo", "--items", "3", "--no-open"]).exits(0).out, first);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let shelf = Shelf::empty();
    for at in 0..400 {
        shelf
            .put(&format!("{at}.md"), curated(&format!("A rather long title so that pipes fill {at:0300}")).as_bytes());
    }
    let mut child =
        shelf.command(&["list", "."]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().expect("standard error").read_to_string(&mut err).expect("UTF-8");
    assert_eq!((child.wait().expect("it ends").code(), err.as_str()), (Some(0), ""));
}

#[test]
fn the_program_prints_its_own_papers() {
    let shelf = Shelf::empty();
    assert!(shelf.run(&["--help"]).exits(0).out.contains("Usage: curate"));
    assert!(shelf.run(&["--version"]).exits(0).out.starts_with("curate "));
    assert!(shelf.run(&["man"]).exits(0).out.contains(".TH curate"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(shelf.run(&["completions", shell]).exits(0).out.contains("curate"));
    }
    assert!(shelf.run(&["config"]).exits(0).out.contains("configuration: "));
    shelf.run(&["completions", "nosuchshell"]).exits(2).prints("");
    shelf.run(&["list"]).exits(2).prints("");
    shelf.run(&["list", ".", "--nosuch"]).exits(2).prints("");
}

#[test]
fn a_preview_fits_a_terminal_of_any_width_and_a_pipe_gets_plain_text() {
    let body = "<p>Virtual wards let patients recover at home, and nurses watch over forty of them.</p>\
                <table><tr><th>Site<th>Beds at home</tr><tr><td>Northbridge General<td>40</table>\
                <p>https://wards.example.org/a/very/long/path/without/any/blank/in/it</p>";
    let text = format!("{}{body}", curated("A ward without walls, and what became of it"));
    let shelf = Shelf::with(&[("a.md", &text)]);
    for width in ["20", "80", "200"] {
        let out = shelf.run(&["show", "a.md", "--width", width]).exits(0).out;
        let widest = out.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width.parse::<usize>().unwrap(), "{widest} at {width}:\n{out}");
        assert!(out.contains("Northbridge") && !out.contains('\u{1b}') && out.contains("blank"), "{out}");
        let body = &out[out.find("Virtual wards").unwrap()..];
        assert!(body.lines().all(|line| line.chars().count() <= 80), "text is at most 80 columns wide");
    }
    assert_eq!(shelf.run(&["show", "a.md"]).out, shelf.run(&["show", "a.md", "--width", "80"]).out);
}
