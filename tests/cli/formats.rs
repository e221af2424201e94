//! `set` and `get` on the other front matters: TOML, JSON between fences, JSON without any.

use crate::shelf::Shelf;

const TOML: &str = "+++
# mine
title = 'old'   # shown
draft = true
date = 2023-04-05
tags = [ \"a\",  \"b\" ]
\"k.1\" = 7

[params]
  colour = \"red\"

[[links]]
href = \"https://one.example\"
+++
body
";

const BARE: &str = "{
  \"title\": \"old\",
  \"draft\": true,
  \"tags\": [\"a\", \"b\"],
  \"k.1\": 7,
  \"params\": {\"colour\": \"red\"}
}

body
";

const FENCED: &str = "---
{
  \"title\": \"old\",
  \"draft\": true,
  \"tags\": [\"a\", \"b\"],
  \"k.1\": 7,
  \"params\": {\"colour\": \"red\"}
}
---
body
";

/// What is set, and the text of the file after it.
fn set(text: &str, changes: &[&str]) -> String {
    let shelf = Shelf::with(&[("a.md", text)]);
    shelf.run(&[&["set", "a.md", "--write"], changes].concat()).exits(0).prints("").says("1 file written");
    shelf.text("a.md")
}

#[test]
fn toml_keeps_every_other_byte() {
    assert_eq!(set(TOML, &["title=it's new"]), TOML.replace("'old'", "\"it's new\""));
    assert_eq!(set(TOML, &["draft:=false"]), TOML.replace("draft = true", "draft = false"));
    assert_eq!(set(TOML, &["date:=2024-01-31"]), TOML.replace("2023-04-05", "2024-01-31"));
    assert_eq!(set(TOML, &["k.1=12"]), TOML.replace("= 7", "= 12"));
    assert_eq!(set(TOML, &["params.colour=no"]), TOML.replace("\"red\"", "\"no\""));
    assert_eq!(set(TOML, &["links[0].href=x"]), TOML.replace("https://one.example", "x"));
    assert_eq!(set(TOML, &["--unset", "draft"]), TOML.replace("draft = true\n", ""));
    assert_eq!(set(TOML, &["--unset", "params.colour"]), TOML.replace("  colour = \"red\"\n", ""));
}

#[test]
fn toml_lists_grow_and_are_made() {
    assert_eq!(set(TOML, &["tags[+]=c: d"]), TOML.replace("\"b\" ]", "\"b\",  \"c: d\" ]"));
    let made = set(TOML, &["topics[+]=x"]);
    let added: Vec<&str> = made.lines().filter(|line| !TOML.contains(line)).collect();
    assert_eq!((added.len(), made.lines().count()), (1, TOML.lines().count() + 1), "{made}");
    let shelf = Shelf::with(&[("a.md", &made)]);
    shelf.run(&["get", "a.md", "topics"]).exits(0).prints("- x\n");
    shelf.run(&["get", "a.md", "links[0].href"]).exits(0).prints("https://one.example\n");
}

#[test]
fn toml_has_no_null_and_says_so() {
    let shelf = Shelf::with(&[("a.md", TOML)]);
    shelf.run(&["set", "a.md", "title:=null", "--write"]).exits(3).says("null");
    assert_eq!(shelf.text("a.md"), TOML);
}

#[test]
fn json_stays_json_with_fences_and_without() {
    for text in [BARE, FENCED] {
        assert_eq!(set(text, &["title=say \"hi\""]), text.replace("\"old\"", "\"say \\\"hi\\\"\""));
        assert_eq!(set(text, &["draft:=false"]), text.replace("true", "false"));
        assert_eq!(set(text, &["k.1=12"]), text.replace(": 7", ": 12"));
        assert_eq!(set(text, &["tags[+]=no"]), text.replace("\"b\"]", "\"b\", \"no\"]"));
        assert_eq!(set(text, &["params.colour:=null"]), text.replace("\"red\"", "null"));
        assert_eq!(set(text, &["--unset", "draft"]), text.replace("  \"draft\": true,\n", ""));
        let last = ",\n  \"params\": {\"colour\": \"red\"}\n}";
        assert_eq!(set(text, &["--unset", "params"]), text.replace(last, "\n}"));
        let made = set(text, &["topics[+]=x"]);
        assert!(made.contains("{\"colour\": \"red\"},\n  \"topics\": [") && made.ends_with("body\n"), "{made}");
        Shelf::with(&[("a.md", &made)]).run(&["get", "a.md", "topics"]).exits(0).prints("- x\n");
    }
}

#[test]
fn what_does_not_parse_is_named_by_its_line_and_left_as_it_is() {
    for (text, line) in [("+++\na = 1\nb = [\n+++\n", "line "), ("{\"a\": 1,\n \"b\": x}\n", "line 2")] {
        let shelf = Shelf::with(&[("a.md", text)]);
        shelf.run(&["set", "a.md", "a=2", "--write"]).exits(3).says("a.md: ").says(line);
        assert_eq!(shelf.text("a.md"), text);
    }
}

#[test]
fn a_file_that_only_one_parser_can_check_is_counted() {
    let odd = "---\ntitle: old\nasked: [?x]\n---\n";
    let shelf = Shelf::with(&[("a.md", odd), ("b.md", "---\ntitle: x\n---\n")]);
    let ran = shelf.run(&["set", ".", "title=new", "--write"]).exits(0).says("2 files written");
    assert!(ran.err.contains("1 file had one opinion: libyaml"), "{ran:?}");
    assert_eq!(shelf.text("a.md"), odd.replace("old", "new"));
    let ran = shelf.run(&["set", "b.md", "title=z", "--write"]).exits(0);
    assert!(!ran.err.contains("parser"), "{ran:?}");
}
