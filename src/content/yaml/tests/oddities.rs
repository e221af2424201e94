use super::{check, op, outcome};
use crate::content::document::FrontMatter;
use crate::content::yaml::Yaml;

#[test]
fn what_stands_near_anchors_aliases_and_tags_is_edited() {
    let anchors = "base: &b\n  c: red\nname: &n Some\nref: *n\nd:\n  <<: *b\n  s: 2\nt: !!str 123\nu: ! 5\nm: !mine v\nf: &free x\n";
    check(&[
        (anchors, "set d.s := 3", &anchors.replace("s: 2", "s: 3")),
        (anchors, "add d w := 1", &anchors.replace("s: 2", "s: 2\n  w: 1")),
        (anchors, "set ref := Other", &anchors.replace("*n", "Other")),
        (anchors, "remove ref", &anchors.replace("ref: *n\n", "")),
        (anchors, "set t := word", &anchors.replace("123", "word")),
        (anchors, "set u := word", &anchors.replace("! 5", "! word")),
        (anchors, "set f := z", &anchors.replace("&free x", "&free z")),
        (anchors, "rename f g", &anchors.replace("f: &free", "g: &free")),
        (anchors, "add . new := o", &format!("{anchors}new: o\n")),
    ]);
}

#[test]
fn a_duplicate_key_elsewhere_does_not_matter() {
    check(&[
        ("a: 1\nb: 2\na: 3\n", "set b := 4", "a: 1\nb: 4\na: 3\n"),
        ("a: 1\nb: 2\na: 3\n", "remove b", "a: 1\na: 3\n"),
        ("a: 1\na: 3\n", "add . c := 4", "a: 1\na: 3\nc: 4\n"),
    ]);
}

#[test]
fn odd_but_legal_files_are_edited() {
    check(&[
        ("? complex key\n: value\n", "set \"complex key\" := other", "? complex key\n: other\n"),
        ("? a\nb: 1\n", "set a := x", "? a\n: x\nb: 1\n"),
        ("a: x\ty\n", "set a := x y", "a: x y\n"),
        ("a:\t x\n", "set a := z", "a:\t z\n"),
        ("a: x  \nb: 1\n", "set a := z", "a: z  \nb: 1\n"),
        ("nbsp: a\u{a0}b\n", "set nbsp := c\u{a0}d", "nbsp: c\u{a0}d\n"),
        ("a: &x\n  b: 1\n", "set a.b := 2", "a: &x\n  b: 2\n"),
        ("a: !!map\n  b: 1\n", "set a.b := 2", "a: !!map\n  b: 2\n"),
        ("  a: 1\n  b: 2\n", "add . c := 3", "  a: 1\n  b: 2\n  c: 3\n"),
        ("k.with.dots: 1\na: 2\n", "set \"k.with.dots\" := 3", "k.with.dots: 3\na: 2\n"),
    ]);
}

#[test]
fn line_ends_of_every_kind_are_kept() {
    assert_eq!(outcome("a: 1\rb:\r- x\r", "insert b 1 := z", false), "a: 1\rb:\r- x\r- z\r");
    assert_eq!(outcome("a: 1\nl:\n- x", "insert l 1 := z", false), "a: 1\nl:\n- x\n- z");
    assert_eq!(outcome("a: 1", "add . b := 2", false), "a: 1\nb: 2");
    assert_eq!(outcome("a: 1", "add . b := \"x\\ny\\n\"", false), "a: 1\nb: |\n  x\n  y\n");
    assert_eq!(outcome("l:\n- a\n- b", "remove l[1]", false), "l:\n- a");
}

#[test]
fn several_operations_make_one_text() {
    let before = "title: Old\ntags:\n- a\nslugs: [a]\nm:\n  k: 1\n";
    let yaml = Yaml::parse(before).unwrap();
    let ops = |words: &[&str]| words.iter().map(|w| op(w, yaml.value())).collect::<Vec<_>>();
    let edit = |words: &[&str]| yaml.edit(&ops(words)).unwrap().text;
    assert_eq!(
        edit(&[
            "set title := New",
            "insert tags 1 := b",
            "insert tags 2 := c",
            "insert slugs 1 := b",
            "add . z := 1",
            "add . x := 2"
        ]),
        "title: New\ntags:\n- a\n- b\n- c\nslugs: [a, b]\nm:\n  k: 1\nz: 1\nx: 2\n"
    );
    // The second means what the first has made.
    assert_eq!(
        edit(&["insert tags 0 := b", "set tags[0] := c", "remove m.k", "rename m k"]),
        "title: Old\ntags:\n- c\n- a\nslugs: [a]\nk: {}\n"
    );
    assert_eq!(edit(&["set title := Old"]), before);
}

#[test]
fn a_name_that_ends_in_a_colon_is_refused_as_readers_do_not_agree_on_it() {
    for before in ["m: {&a: ~}\n", "&a: {}\n"] {
        let found = outcome(before, "add . k := 1", false);
        assert!(found.contains("`&a:` in the file is a name to some programs"), "{found}");
    }
}

#[test]
fn the_bytes_of_a_field_are_known() {
    let text = "a: 1 # c\nb:\n- x: w\n  z: |\n    t\n# c\n";
    let yaml = Yaml::parse(text).unwrap();
    let at = |path: &str| {
        let path = path.parse::<crate::content::path::FieldRef>().unwrap().resolve_or_new(yaml.value()).unwrap();
        &text[yaml.span(&path).unwrap()]
    };
    assert_eq!((at("a"), at("b[0].x"), at("b[0].z")), ("a: 1", "x: w", "z: |\n    t"));
    assert_eq!(at("b[0]"), "- x: w\n  z: |\n    t");
}
