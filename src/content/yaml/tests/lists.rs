use super::{Yaml, check, op};
use crate::content::document::FrontMatter;

#[test]
fn an_entry_is_inserted_in_the_hand_of_its_neighbours() {
    check(&[
        ("l:\n  - a\n  - b\nz: 1\n", "insert l 2 := c", "l:\n  - a\n  - b\n  - c\nz: 1\n"),
        ("l:\n- a\n- b\nz: 1\n", "insert l 0 := c", "l:\n- c\n- a\n- b\nz: 1\n"),
        ("l:\n- a\n- b\n", "insert l 1 := 'x: y'", "l:\n- a\n- 'x: y'\n- b\n"),
        ("l:\n- 'a'\n- 'b'\n", "insert l 2 := c", "l:\n- 'a'\n- 'b'\n- 'c'\n"),
        ("l:\n- \"a: b\"\n- c\n", "insert l 2 := 'd: e'", "l:\n- \"a: b\"\n- c\n- \"d: e\"\n"),
        ("l:\n  -   a\n  -   b\n", "insert l 2 := c", "l:\n  -   a\n  -   b\n  -   c\n"),
        ("l:\n- - p\n  - q\n- s\n", "insert l[0] 2 := r", "l:\n- - p\n  - q\n  - r\n- s\n"),
        ("l:\n- - p\n  - q\n- s\n", "insert l[0] 0 := r", "l:\n- - r\n  - p\n  - q\n- s\n"),
        ("l:\n  - a\n\n\nz: 1\n", "insert l 1 := b", "l:\n  - a\n  - b\n\n\nz: 1\n"),
        ("l:\n  - |\n    text\n\nz: 1\n", "insert l 1 := b", "l:\n  - |\n    text\n  - b\n\nz: 1\n"),
    ]);
}

#[test]
fn blank_lines_between_all_entries_are_kept_up() {
    check(&[
        ("l:\n- a: 1\n\n- b: 2\nz: 1\n", "insert l 2 := x", "l:\n- a: 1\n\n- b: 2\n\n- x\nz: 1\n"),
        ("l:\n- a: 1\n\n- b: 2\n", "insert l 0 := x", "l:\n- x\n\n- a: 1\n\n- b: 2\n"),
        ("a: 1\n\nb: 2\n", "add . c := 3", "a: 1\n\nb: 2\n\nc: 3\n"),
        ("a: 1\n\nb: 2\nc: 3\n", "add . d := 4", "a: 1\n\nb: 2\nc: 3\nd: 4\n"),
    ]);
}

#[test]
fn a_list_is_made_of_nothing() {
    check(&[
        ("tags: []\nb: 1\n", "insert tags 0 := a", "tags:\n  - a\nb: 1\n"),
        ("tags: []  # none\nb: 1\n", "insert tags 0 := a", "tags:  # none\n  - a\nb: 1\n"),
        ("tags:\nb: 1\n", "insert tags 0 := a", "tags:\n  - a\nb: 1\n"),
        ("tags: # why\nb: 1\n", "insert tags 0 := a", "tags: # why\n  - a\nb: 1\n"),
        ("tags: null\n", "insert tags 0 := a", "tags:\n  - a\n"),
        ("o:\n- x\ntags: ~\n", "insert tags 0 := a", "o:\n- x\ntags:\n- a\n"),
        ("o: [x]\ntags: []\n", "insert tags 0 := a", "o: [x]\ntags: [a]\n"),
        ("l:\n  - a: []\n    b: 1\n", "insert l[0].a 0 := x", "l:\n  - a:\n      - x\n    b: 1\n"),
    ]);
}

#[test]
fn a_removed_entry_leaves_the_others() {
    check(&[
        ("l:\n  - a\n  - b\n  - c\n", "remove l[1]", "l:\n  - a\n  - c\n"),
        ("l:\n- a\nz: 1\n", "remove l[0]", "l: []\nz: 1\n"),
        ("l:  # why\n- a\nz: 1\n", "remove l[0]", "l: []  # why\nz: 1\n"),
        ("l:\n- - p\n  - q\n- s\n", "remove l[0][0]", "l:\n- - q\n- s\n"),
        ("l:\n- - p\n- s\n", "remove l[0][0]", "l:\n- []\n- s\n"),
        ("l:\n- a: 1\n  b: 2\n- c: 3\n", "remove l[0]", "l:\n- c: 3\n"),
        ("l:\n-\n- ~\n- x\n", "remove l[0]", "l:\n- ~\n- x\n"),
        ("l:\n- |\n  a\n\n  b\n\n- x\n", "remove l[0]", "l:\n\n- x\n"),
    ]);
}

#[test]
fn entries_change_places_with_all_their_lines() {
    check(&[
        ("l:\n- a\n- b\n- c\n", "move l 2 0", "l:\n- c\n- a\n- b\n"),
        ("l:\n  - n: 1\n    m: 2\n  - n: 3\n", "move l 0 1", "l:\n  - n: 3\n  - n: 1\n    m: 2\n"),
        ("l:\n- - p\n  - q\n- s\n", "move l[0] 0 1", "l:\n- - q\n  - p\n- s\n"),
        ("l:\n- - p\n  - q\n- s\n", "move l 0 1", "l:\n- s\n- - p\n  - q\n"),
        ("l: [a, b, c]\n", "move l 2 0", "l: [c, a, b]\n"),
    ]);
}

#[test]
fn a_list_set_anew_changes_only_where_it_differs() {
    check(&[
        ("l:\n  # one\n  - a\n  - b # two\n", "set l := [a, b, c]", "l:\n  # one\n  - a\n  - b # two\n  - c\n"),
        ("l:\n  # one\n  - a\n  - b # two\n", "set l := [b, a]", "l:\n  - b # two\n  # one\n  - a\n"),
        ("l:\n- a\n", "set l := []", "l: []\n"),
        ("l:\n- a\n- b\nz: 1\n", "set l := x", "l: x\nz: 1\n"),
        ("l: [a, 'b']\n", "set l := [a, b, c]", "l: [a, 'b', c]\n"),
        ("a: x\nz: 1\n", "set a := [p, 'q: r']", "a:\n  - p\n  - 'q: r'\nz: 1\n"),
        ("a: >-\n  folded\n  text\nz: 1\n", "set a := [p]", "a:\n  - p\nz: 1\n"),
        ("a:\n  x\nz: 1\n", "set a := [p]", "a:\n  - p\nz: 1\n"),
        ("l:\n- a\n- b\n", "set l[0] := {x: 1, w: [2]}", "l:\n- x: 1\n  w:\n  - 2\n- b\n"),
        ("l:\n- x: 1\n  y: 2\n- b\n", "set l[0] := a", "l:\n- a\n- b\n"),
        ("l:\n-\n  - r\n- s\n", "set l[0] := a", "l:\n- a\n- s\n"),
    ]);
}

#[test]
fn one_entry_in_place_of_the_only_one_keeps_brackets_and_dashes() {
    for (before, after) in [
        ("tags: [care]\nz: 1\n", "tags: ['a: b']\nz: 1\n"),
        ("tags: [ 'care' ] # one\n", "tags: [ 'a: b' ] # one\n"),
        ("tags:\n- care # one\nz: 1\n", "tags:\n- 'a: b' # one\nz: 1\n"),
    ] {
        let yaml = Yaml::parse(before).unwrap();
        let ops = ["remove tags[0]", "insert tags 0 := 'a: b'"].map(|words| op(words, yaml.value()));
        assert_eq!(yaml.edit(&ops).unwrap().text, after);
    }
}
