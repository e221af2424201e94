//! `-q`: what a query chooses, what it refuses to guess, and how a verb ends then.

use crate::shelf::{Shelf, curated};

fn two() -> Shelf {
    let plain = "---\ntitle: Bare\nsub: brief\ncategories: []\n---\n";
    Shelf::with(&[("a.md", &curated("One")), ("b.md", plain)])
}

#[test]
fn a_word_with_a_colon_that_is_no_field_is_text_and_never_everything() {
    let shelf = two();
    for (query, paths) in
        [("KLAS:", "a.md\n"), ("https:", ""), ("nosuch:", ""), ("nosuch:|", ""), ("KLAS: One", "a.md\n")]
    {
        let exit = if paths.is_empty() { 1 } else { 0 };
        shelf.run(&["list", ".", "-q", query, "--columns", "path"]).exits(exit).prints(paths);
    }
    shelf.run(&["set", ".", "-q", "KLAS:", "zz=1", "--write"]).exits(0).says("1 file written");
    assert!(!shelf.text("b.md").contains("zz"));
}

#[test]
fn a_sort_by_a_field_that_no_item_has_is_wrong_usage() {
    let shelf = two();
    shelf.run(&["list", ".", "-q", "sort:nosuch"]).exits(2).prints("").says("no item has a field nosuch");
    shelf.run(&["list", ".", "-q", "sort:-sub", "--columns", "path"]).exits(0);
}

#[test]
fn a_term_that_was_only_begun_is_wrong_usage_and_never_everything() {
    let shelf = two();
    for query in [
        "!",
        "!!",
        "'",
        "\"\"",
        "topic:",
        "topic:|",
        "topic:'",
        "topic:\"\"",
        "sub:",
        "One sub:|",
        "sub:'",
        "link.brand:",
    ] {
        shelf.run(&["list", ".", "-q", query]).exits(2).prints("").says("what?");
        shelf.run(&["set", ".", "-q", query, "zz=1", "--write"]).exits(2).prints("");
    }
    shelf.run(&["list", ".", "-q", "One !"]).exits(2).says("column 5: ");
    assert_eq!(shelf.text("a.md"), curated("One"));
}

#[test]
fn an_unreadable_file_that_a_query_does_not_choose_is_named_and_does_not_fail() {
    let shelf = two();
    shelf.put("bad.md", b"---\ntitle: [1\n---\n");
    let named = "bad.md: line ";
    shelf.run(&["list", ".", "-q", "One", "--columns", "path"]).exits(0).prints("a.md\n").says(named);
    shelf.run(&["list", ".", "-q", "is:unreadable", "--columns", "path"]).exits(3).prints("bad.md\n").says(named);
    shelf.run(&["list", "."]).exits(3).says(named);
    shelf.run(&["set", ".", "-q", "title=One", "sub=x"]).exits(0).says(named);
    shelf.run(&["set", ".", "-q", "zzzz", "sub=x"]).exits(1).prints("").says("nothing matched");
    shelf.run(&["set", ".", "-q", "is:unreadable", "sub=x"]).exits(3).prints("");
    shelf.run(&["set", ".", "sub=x"]).exits(3);
    shelf.run(&["tag", ".", "-q", "title=One", "--add", "MeSH: Rosters"]).exits(0).says(named);
    shelf.run(&["tag", ".", "--add", "MeSH: Rosters"]).exits(3);
    shelf.run(&["check", ".", "-q", "title=Bare", "--fix"]).says(named);
    assert_ne!(shelf.run(&["check", ".", "-q", "title=Bare"]).exit, 3);
    shelf.run(&["check", "."]).exits(3);
}

#[test]
fn nothing_matched_is_said() {
    two().run(&["list", ".", "-q", "zzzz"]).exits(1).prints("").says("nothing matched");
}

#[test]
fn impossible_dates_are_errors_at_their_place() {
    let shelf = two();
    for date in
        ["2022-13", "2022-02-31", ">=2022-13-45", "2022..2021", "2022-05..2022-04-30", "20220901", "2022-1", "1.5"]
    {
        let ran = shelf.run(&["list", ".", "-q", &format!("x date:{date}")]).exits(2).prints("");
        ran.says("column 8: ");
    }
    shelf.run(&["list", ".", "-q", "lastMod:>=2022-13-45"]).exits(2).prints("");
    shelf.run(&["list", ".", "-q", "date:2020-02-29|2021..2021-05-31T10:00"]).exits(1);
}

#[test]
fn a_year_alone_is_found_by_ranges_of_days() {
    let shelf = Shelf::with(&[("n.md", "---\ndate: 2023\n---\n"), ("s.md", "---\ndate: '2023'\n---\n")]);
    for (range, finds) in [
        (">=2022-09-01", true),
        ("<2024-01-01", true),
        ("2022-06-01..2023-12-31", true),
        ("2023", true),
        ("<2023-01-01", false),
        (">2023", false),
        (">=2023-01-01", true),
        (">=2024-01", false),
    ] {
        let paths = if finds { "n.md\ns.md\n" } else { "" };
        let ran = shelf.run(&["list", ".", "-q", &format!("date:{range}"), "--columns", "path"]);
        assert_eq!(ran.out, paths, "{range}");
    }
}
