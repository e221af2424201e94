//! The scanner and the full parser agree, wherever the scanner answers.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::content::FieldRef;

/// A made-up front matter in the sample's shape.
pub(super) const SAMPLE_SHAPED: &str = r#"# made up
aliases: /news/a-robot-in-the-pharmacy
archetype: curated-content
author:
  - Ada Birch
breadcrumbs:
  - Home
  - ''
categories:
  - 'Terms (T): Pharmacy Robots'
  - "Gadgets: \"Health\""
date: '2022-09-23'
description: >-
  A robot has entered the pharmacy, counting pills and
  printing labels.

  However, it
empty:
featuredImage:
  alt: A robot in the pharmacy
  size:
    - 300
    - 590
  valid: true
html:
  msvalidate.01: null
  robots: 'INDEX,FOLLOW'
institution: ~
link:
  brand: pharmacy.example
status: ''
tags: [News, "a, b"]
nothing: []
title: A robot in the pharmacy  # its title
via: ' '
weight: 1.10
relatedOfferings:
- label: Pill Counter
  categories:
    - 'Gadgets: Health'
  id: 17281
- label: Bob's printer
  categories: []
"#;

const FIELDS: [&str; 22] = [
    "title",
    "date",
    "author",
    "categories",
    "status",
    "via",
    "link.brand",
    "relatedOfferings[].label",
    "relatedOfferings[-1].label",
    "relatedOfferings[].categories",
    "relatedOfferings",
    "html.msvalidate.01",
    "html",
    "description",
    "institution",
    "empty",
    "nothing",
    "tags",
    "weight",
    "featuredImage.size[1]",
    "a",
    "a.b",
];

fn fields() -> Vec<FieldRef> {
    FIELDS.iter().map(|f| f.parse().unwrap()).collect()
}

fn document(front: &str) -> Option<Document> {
    let document = Document::open(format!("---\n{front}---\nbody\n").into_bytes()).ok()?;
    (document.front() == front).then_some(document)
}

/// Panics where the scanner says anything that the full parser does not; tells whether it answered.
fn agrees(document: &Document) -> bool {
    let Some(scanned) = scanned(document, &fields()) else { return false };
    let value = match document.value() {
        Ok(value) => value,
        Err(error) => panic!("the scanner answers where the parser says {error}:\n{}", document.front()),
    };
    for (field, cell) in fields().iter().zip(&scanned) {
        assert_eq!(cell, &Cell::of(field, &value), "{field} in\n{}", document.front());
    }
    if let Some(whole) = plain_value(document) {
        assert_eq!(whole, value, "in\n{}", document.front());
    }
    for field in fields().iter().filter(|field| !field.is_projection()) {
        let found = super::value(document, field).unwrap();
        assert_eq!(
            found.as_ref(),
            field.resolve(&value).and_then(|path| value.at(&path)),
            "{field} in\n{}",
            document.front()
        );
    }
    true
}

fn one(front: &str, field: &str) -> Option<Cell> {
    scanned(&document(front).unwrap(), &[field.parse().unwrap()]).map(|mut cells| cells.remove(0))
}

fn text(text: &str) -> Option<Cell> {
    Some(Cell::Text(text.into()))
}

fn list(items: &[&str]) -> Option<Cell> {
    Some(Cell::List(items.iter().collect()))
}

#[test]
fn the_whole_value_is_known_where_no_key_stands_twice() {
    let sample = document(SAMPLE_SHAPED).unwrap();
    assert_eq!(plain_value(&sample), Some(sample.value().unwrap()));
    let value = |front: &str| plain_value(&document(front).unwrap());
    assert_eq!(value(""), Some(Value::Null));
    assert_eq!(
        value("a: 2022-01-02\nb: '2022-01-02'\n")
            .map(|v| v == document("a: 2022-01-02\nb: '2022-01-02'\n").unwrap().value().unwrap()),
        Some(true)
    );
    for asked in ["a: 1\na: 2\n", "m:\n  a: 1\n  a: 2\n", "a: &x 1\n", "a: |+\n  x\n"] {
        assert_eq!(value(asked), None, "{asked}");
    }
    let many: String = (0..5000).map(|n| format!("k{n}: 1\n")).collect();
    assert_eq!(value(&many), None);
}

#[test]
fn a_reader_says_of_bytes_what_is_said_of_their_document() {
    let fields = fields();
    let mut reader = Reader::new(fields.clone());
    let sample = format!("---\n{SAMPLE_SHAPED}---\nbody\n");
    let long = format!("---\n{}---\n", "a: x\n".repeat(3));
    for text in [&*sample, &long, "---\ntitle: &x y\n---\n", "+++\ntitle = 'x'\n+++\n", "{\"title\": 1}\n", &sample] {
        let document = Document::open(text.as_bytes().to_vec()).unwrap();
        assert_eq!(reader.cells(text.as_bytes()), cells(&document, &fields), "{text}");
    }
    for bytes in [&b"---\na: \xff\n---\n"[..], b"---\na: 1\n", b"none", b"---\na: \0\n---\n", b"---\na: [\n---\n"] {
        let expected = Document::open(bytes.to_vec()).and_then(|document| cells(&document, &fields));
        assert!(expected.is_err());
        assert_eq!(reader.cells(bytes), expected);
    }
}

#[test]
fn a_file_in_the_samples_shape_is_read_by_the_scanner_alone() {
    let cell = |field: &str| one(SAMPLE_SHAPED, field);
    assert_eq!(cell("title"), text("A robot in the pharmacy"));
    assert_eq!(cell("date"), text("2022-09-23"));
    assert_eq!(cell("categories"), list(&["Terms (T): Pharmacy Robots", "Gadgets: \"Health\""]));
    assert_eq!(cell("relatedOfferings[].label"), list(&["Pill Counter", "Bob's printer"]));
    assert_eq!(cell("relatedOfferings[].categories"), list(&["Gadgets: Health"]));
    assert_eq!(cell("relatedOfferings"), Some(Cell::Nested(2)));
    assert_eq!(cell("link.brand"), text("pharmacy.example"));
    assert_eq!(cell("html.msvalidate.01"), Some(Cell::Null));
    assert_eq!(cell("status"), text(""));
    assert_eq!(cell("empty"), Some(Cell::Null));
    assert_eq!(cell("nowhere"), Some(Cell::Missing));
    assert_eq!(cell("nothing"), list(&[]));
    assert_eq!(cell("weight"), text("1.10"));
    assert_eq!(
        cell("description"),
        text("A robot has entered the pharmacy, counting pills and printing labels.\nHowever, it")
    );
    assert!(agrees(&document(SAMPLE_SHAPED).unwrap()));
    assert!(agrees(&document(&SAMPLE_SHAPED.replace('\n', "\r\n")).unwrap()));
}

#[test]
fn missing_null_and_blank_stay_three_things() {
    let cells = cells(&document("a:\nb: ''\nc: []\n").unwrap(), &["a", "b", "c", "d"].map(|f| f.parse().unwrap()));
    let cells = cells.unwrap();
    assert_eq!(cells[0], Cell::Null);
    assert_eq!(cells.iter().map(Cell::is_blank).collect::<Vec<_>>(), [false, true, true, false]);
    assert_eq!(cells[3], Cell::Missing);
}

#[test]
fn a_front_matter_with_one_irregular_line_is_left_to_the_parser() {
    let irregular = [
        "b: &x 1",
        "b: *x",
        "b: !t 1",
        "b: {c: 1}",
        "b: [[1]]",
        "b: [1,\n  2]",
        "? b",
        "b:\tc",
        "b: c: d",
        "b: 'c",
        "b: \"c\n  d\"",
        "b: c\n  d",
        "- b",
        "<<: c",
        "b",
        "b: @c",
        "b: |2\n    c",
        "b: \"\\q\"",
        "b: 'c' d",
        "b: [,]",
        "b: [c",
        "b: - c",
        "b:\n    c: 1\n   d: 1",
        "b: \u{85}",
        "b: \u{7}",
        "b: c\r# d",
        "b: |\n   c\n  d",
        " b: c",
        "b:\n  - - c",
        "%b: c",
        "b: {",
        "b: [c d]: e",
        "null: b",
        "b: x\u{2028}y",
        "b: [c: d]",
        "b: |\n    \n  c",
    ];
    for line in irregular {
        let front = format!("title: x\n{line}\nz: 1\n");
        assert_eq!(scanned(&document(&front).unwrap(), &["title".parse().unwrap()]), None, "{front}");
    }
}

#[test]
fn a_cell_is_found_where_the_field_resolves() {
    let front = "a.b: dotted\na:\n  b: nested\n  b.c: deep\nx:\n  y.z: 1\n  y:\n    z: 2\n    w: 3\n";
    let document = document(front).unwrap();
    let value = document.value().unwrap();
    for name in ["a.b", "\"a\".b", "a.b.c", "x.y.z", "x.y.w", "x.y", "a", "a.c", "x[0]", "a.b[0]"] {
        let field: FieldRef = name.parse().unwrap();
        let resolved = field.resolve(&value).and_then(|path| value.at(&path));
        let expected = resolved.map_or(Cell::Missing, |v| match v.scalar_text() {
            Some(text) => Cell::Text(text.into()),
            None => Cell::Nested(if let Value::Map(pairs) = v { pairs.len() as u32 } else { 0 }),
        });
        assert_eq!(one(front, name), Some(expected.clone()), "{name}");
        assert_eq!(Cell::of(&field, &value), expected, "{name}");
    }
}

/// Fragments of lines that meet in every order: most soups are no YAML, which the scanner must see.
const FRAGMENTS: [&str; 59] = [
    "title: One",
    "title:",
    "title: 'it''s'",
    "title: \"a\\n\\u00e9\"",
    "title: One # c",
    "title: a #b",
    "title: One: two",
    "title: >-",
    "title: |",
    "title: >",
    "title: |+",
    "title: ~",
    "title: True",
    "title: - x",
    "title: -1",
    "title: http://a:b",
    "title : x",
    "\"title\": y",
    "categories:",
    "categories: []",
    "categories: [a, 'b c', \"d\"]",
    "categories: [a, b,]",
    "categories: [a,, b]",
    "categories: [ ]",
    "- one",
    "- 'two: 2'",
    "- a: 1",
    "-",
    "- title: x",
    "-   b: 2",
    "- >-",
    "- - x",
    "- ''",
    "a:",
    "a: {}",
    "a: {x: 1}",
    "a.b: 2",
    "b: 3",
    "b:",
    "html:",
    "msvalidate.01: 4",
    "relatedOfferings:",
    "- label: L",
    "label: M",
    "- label:",
    "",
    "# comment",
    "text words",
    "'quoted'",
    "x: 'open",
    "...x: 1",
    "...",
    "... # c",
    "---",
    "--- y",
    "%z: 1",
    "?: 1",
    "date: 2022-09-23",
    "a: [null, ~, 1]",
];

fn soup() -> impl Strategy<Value = String> {
    let line = (0usize..7, 0..FRAGMENTS.len())
        .prop_map(|(indent, at)| format!("{}{}", &"      "[..indent / 2 * 2], FRAGMENTS[at]));
    prop::collection::vec(line, 0..9).prop_map(|lines| lines.iter().map(|l| format!("{l}\n")).collect())
}

/// The sample with a few of its bytes changed.
fn damaged() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "", " ", "  ", ":", ": ", "'", "\"", "- ", "#", " #", "[", "]", "{", "\n", "\n\n", "\r", "\r\n", "\t", "&a ",
        "!", "|", ">", "\\", ",", "é", "\u{feff}", "\u{85}", "%", "?", "---", "...", "null",
    ]);
    prop::collection::vec((any::<prop::sample::Index>(), odd, 0usize..4), 1..4).prop_map(|changes| {
        let mut text = SAMPLE_SHAPED.to_string();
        for (at, new, removed) in changes {
            let mut ends =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(at.index(text.chars().count()));
            let start = ends.next().unwrap_or(0);
            let end = ends.nth(removed).unwrap_or(text.len()).max(start);
            let end = if removed == 0 { start } else { end };
            text.replace_range(start..end, new);
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_any_soup_of_lines_the_scanner_agrees_or_does_not_know(front in soup()) {
        document(&front).map(|d| agrees(&d));
    }

    #[test]
    fn on_a_damaged_file_the_scanner_agrees_or_does_not_know(front in damaged()) {
        document(&front).map(|d| agrees(&d));
    }

    #[test]
    fn a_reader_of_bytes_says_what_a_document_says_wherever_the_front_matter_ends(front in prop_oneof![soup(), damaged()]) {
        let text = format!("---\n{front}---\nbody\n---\nrest\n");
        let expected = Document::open(text.clone().into_bytes()).and_then(|document| cells(&document, &fields()));
        prop_assert_eq!(Reader::new(fields()).cells(text.as_bytes()), expected);
    }
}

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

#[test]
fn on_every_real_file_the_scanner_agrees_and_it_answers_most() {
    for (name, least) in [("corpus", 0.8), ("samples", 1.0)] {
        let Some(folder) = shared(name) else { continue };
        let mut files = Vec::new();
        files_below(&folder, &mut files);
        let documents: Vec<Document> =
            files.iter().filter_map(|f| Document::open(std::fs::read(f).unwrap()).ok()).collect();
        let answered = documents.iter().filter(|d| agrees(d)).count();
        println!("{name}: the scanner answers {answered} of {} documents in {} files", documents.len(), files.len());
        assert!(answered as f64 >= least * documents.len() as f64);
    }
}

#[test]
fn on_the_cases_of_the_yaml_test_suite_the_scanner_agrees_or_does_not_know() {
    let Some(folder) = shared("yaml-test-suite") else { return };
    let mut files = Vec::new();
    files_below(&folder, &mut files);
    let mut answered = 0;
    for file in files.iter().filter(|f| f.ends_with("in.yaml")) {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        let text = if text.ends_with('\n') { text } else { text + "\n" };
        answered += document(&text).map_or(0, |d| usize::from(agrees(&d)));
    }
    println!("the scanner answers {answered} of {} cases", files.iter().filter(|f| f.ends_with("in.yaml")).count());
}
