use super::check;

#[test]
fn a_key_is_added_behind_the_last() {
    check(&[
        ("a: 1\n", "add . b := x", "a: 1\nb: x\n"),
        ("a: 1\n", "add . b := [x, w]", "a: 1\nb:\n  - x\n  - w\n"),
        ("a: 1\n", "add . b := {x: '1', w: {z: []}}", "a: 1\nb:\n  x: '1'\n  w:\n    z: []\n"),
        ("a:\n    b: 1\nc: 2\n", "add a d := {e: 1}", "a:\n    b: 1\n    d:\n        e: 1\nc: 2\n"),
        ("l:\n- a: 1\n- b: 2\n", "add l[0] c := 3", "l:\n- a: 1\n  c: 3\n- b: 2\n"),
        ("a: >-\n  folded\n\n# end\n", "add . b := 1", "a: >-\n  folded\nb: 1\n\n# end\n"),
        ("a: |+\n  kept\n\n", "add . b := 1", "a: |+\n  kept\n\nb: 1\n"),
        ("\"a\": 1\n\"b\": 2\n", "add . c := 3", "\"a\": 1\n\"b\": 2\n\"c\": 3\n"),
        ("a: 1\n", "add . no := x", "a: 1\n'no': x\n"),
        ("a: 1\n", "add . x:y := x", "a: 1\n'x:y': x\n"),
    ]);
}

#[test]
fn a_map_is_made_of_nothing() {
    check(&[
        ("", "add . a := 1", "a: 1\n"),
        ("# only a comment\n", "add . a := 1", "# only a comment\na: 1\n"),
        ("~\n", "add . a := 1", "a: 1\n"),
        ("{}\n", "add . a := 1", "a: 1\n"),
        ("a: {}\n", "add a b := 1", "a:\n  b: 1\n"),
        ("a:\nz: 1\n", "add a b := 1", "a:\n  b: 1\nz: 1\n"),
        ("a: null # c\n", "add a b := 1", "a: # c\n  b: 1\n"),
        ("l:\n- {}\n- x\n", "add l[0] b := 1", "l:\n- b: 1\n- x\n"),
    ]);
}

#[test]
fn a_removed_key_takes_its_value_along() {
    check(&[
        ("a: 1\nb: 2\nc: 3\n", "remove b", "a: 1\nc: 3\n"),
        ("a: 1\nb:\n  c: 2\n\n  d: 3\ne: 4\n", "remove b", "a: 1\ne: 4\n"),
        ("a: 1\nb:\n- x\n- y\nc: 3\n", "remove b", "a: 1\nc: 3\n"),
        ("a:\n  b: 1\nc: 2\n", "remove a.b", "a: {}\nc: 2\n"),
        ("a: 1\n", "remove a", "{}\n"),
        ("l:\n- a: 1\n  b: 2\n", "remove l[0].a", "l:\n- b: 2\n"),
        ("l:\n- a: 1\n", "remove l[0].a", "l:\n- {}\n"),
        ("? a b\n: value\nc: 1\n", "remove \"a b\"", "c: 1\n"),
        ("a: |+\n  kept\n\n\nb: 1\n", "remove a", "b: 1\n"),
        ("a: >\n  text\n\n\nb: 1\n", "remove a", "\n\nb: 1\n"),
        ("a:\nb: 1\n", "remove a", "b: 1\n"),
    ]);
}

#[test]
fn a_key_is_renamed_in_its_place() {
    check(&[
        ("a: 1\nb: 2 # c\n", "rename b bee", "a: 1\nbee: 2 # c\n"),
        ("'a': 1\n", "rename a b", "'b': 1\n"),
        ("\"a: b\": 1\n", "rename \"a: b\" c", "c: 1\n"),
        ("a: 1\n", "rename a yes", "'yes': 1\n"),
        ("x: {a: 1, b: 2}\n", "rename x.a c", "x: {c: 1, b: 2}\n"),
        ("x: {\"a\":1}\n", "rename x.a c", "x: {\"c\":1}\n"),
        ("? a\n: 1\n", "rename a b", "? b\n: 1\n"),
        ("l:\n- a: 1\n", "rename l[0].a b", "l:\n- b: 1\n"),
        ("тайтл: x\n", "rename тайтл заголовок", "заголовок: x\n"),
    ]);
}

#[test]
fn a_map_set_anew_changes_only_where_it_differs() {
    check(&[
        (
            "m:\n  # one\n  a: 1 # x\n  b: 2\n",
            "set m := {a: 1, b: 3, c: 4}",
            "m:\n  # one\n  a: 1 # x\n  b: 3\n  c: 4\n",
        ),
        ("m:\n  a: 1\n  b: 2\nz: 1\n", "set m := {b: 2, a: 1}", "m:\n  b: 2\n  a: 1\nz: 1\n"),
        ("m:\n    a: 1\nz: 1\n", "set m := {}", "m: {}\nz: 1\n"),
        ("a: 1\nb: 2\n", "set . := {a: 1, c: 3}", "a: 1\nc: 3\n"),
    ]);
}
