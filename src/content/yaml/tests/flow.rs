use super::check;

const MANY_LINES: &str = "d: [\n  first,\n  second, # s\n  third,\n]\nz: 1\n";

#[test]
fn values_within_brackets_stay_in_their_line() {
    check(&[
        ("a: {x: 1, y: 'two', z: [1, 2]}\n", "set a.y := three", "a: {x: 1, y: 'three', z: [1, 2]}\n"),
        ("a: {x: 1}\n", "set a.x := 'p, q'", "a: {x: 'p, q'}\n"),
        ("a: {x: 1}\n", "set a.x := {w: [1, {z: 'no'}]}", "a: {x: {w: [1, {z: 'no'}]}}\n"),
        ("a: {x: 1, y: }\n", "set a.y := v", "a: {x: 1, y: v }\n"),
        ("a: {x, y: 1}\n", "set a.x := v", "a: {x: v, y: 1}\n"),
        ("a: {\"x\":1}\n", "set a.x := v", "a: {\"x\":v}\n"),
        ("g: [{k: v, l: [p, q]}, {k: w}]\n", "set g[0].l[1] := Q", "g: [{k: v, l: [p, Q]}, {k: w}]\n"),
        ("a: [x: 1, y]\n", "set a[0].x := 2", "a: [x: 2, y]\n"),
        ("a: [\"one\", \"two\"]\n", "set a[0] := three", "a: [\"three\", \"two\"]\n"),
        ("a: [x]\n", "set a[0] := null", "a: [null]\n"),
        ("a: {x: one}\n", "set a.x := \"p\\nq\"", "a: {x: \"p\\nq\"}\n"),
    ]);
}

#[test]
fn an_entry_within_brackets_gets_its_comma() {
    check(&[
        ("c: [ alpha, beta , \"g\" ]\n", "insert c 3 := d", "c: [ alpha, beta , \"g\", d ]\n"),
        ("c: [a, b]\n", "insert c 0 := z", "c: [z, a, b]\n"),
        ("c: [a]\n", "insert c 1 := z", "c: [a, z]\n"),
        ("c: [a, ]\n", "insert c 1 := z", "c: [a, z, ]\n"),
        ("c: [[], x]\n", "insert c[0] 0 := z", "c: [[z], x]\n"),
        ("a: {x: 1}\n", "add a w := 2", "a: {x: 1, w: 2}\n"),
        ("a: {x: {}}\n", "add a.x w := 2", "a: {x: {w: 2}}\n"),
        ("a: {\"x\":1,\"y\":2}\n", "add a z := 2", "a: {\"x\":1,\"y\":2,\"z\":2}\n"),
        ("a: [x: 1]\n", "add a[0] w := 2", "a: [{x: 1, w: 2}]\n"),
        (
            "b: {\n  one: 1, # first\n  two: 2\n}\n",
            "add b three := 3",
            "b: {\n  one: 1, # first\n  two: 2,\n  three: 3\n}\n",
        ),
        (MANY_LINES, "insert d 3 := fourth", &MANY_LINES.replace("third,", "third,\n  fourth,")),
        (MANY_LINES, "insert d 0 := zero", &MANY_LINES.replace("  first,", "  zero,\n  first,")),
        ("d: [\n  a, # x\n  b # y\n]\n", "insert d 2 := c", "d: [\n  a, # x\n  b, # y\n  c\n]\n"),
    ]);
}

#[test]
fn a_removed_entry_takes_its_comma() {
    check(&[
        ("c: [a, b, c]\n", "remove c[0]", "c: [b, c]\n"),
        ("c: [a, b, c]\n", "remove c[1]", "c: [a, c]\n"),
        ("c: [a, b, c]\n", "remove c[2]", "c: [a, b]\n"),
        ("c: [ a, b, ]\n", "remove c[1]", "c: [ a, ]\n"),
        ("c: [ a ]\n", "remove c[0]", "c: []\n"),
        ("i: {only: 1}\n", "remove i.only", "i: {}\n"),
        ("a: [x: 1, y]\n", "remove a[0].x", "a: [{}, y]\n"),
        (MANY_LINES, "remove d[0]", "d: [\n  second, # s\n  third,\n]\nz: 1\n"),
        (MANY_LINES, "remove d[1]", "d: [\n  first,\n  third,\n]\nz: 1\n"),
        (MANY_LINES, "remove d[2]", "d: [\n  first,\n  second, # s\n]\nz: 1\n"),
        ("d: [\n  a,\n  b\n]\n", "remove d[1]", "d: [\n  a\n]\n"),
        ("d: [\n  a, # x\n  # of b\n  b\n]\n", "remove d[1]", "d: [\n  a # x\n]\n"),
        ("d: [\n  # of a\n  a\n]\n", "remove d[0]", "d: []\n"),
    ]);
}
