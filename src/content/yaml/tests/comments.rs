use super::check;

const NOTED: &str =
    "l: # list\n    # first\n    - one   # c1\n    # second\n    - two\n\n    # third\n    - three # c3\nz: 1\n";

#[test]
fn a_removed_entry_takes_its_own_comments_and_no_others() {
    check(&[
        (NOTED, "remove l[0]", "l: # list\n    # second\n    - two\n\n    # third\n    - three # c3\nz: 1\n"),
        (NOTED, "remove l[1]", "l: # list\n    # first\n    - one   # c1\n\n    # third\n    - three # c3\nz: 1\n"),
        ("# head\n\n# of a\na: 1 # x\n# of b\nb: 2\n", "remove a", "# head\n\n# of b\nb: 2\n"),
        ("a: 1\n# of b\nb:\n  c: 1\n  # within\n# of d\nd: 2\n", "remove b", "a: 1\n# of d\nd: 2\n"),
        ("a:\n  b: 1\n  # deep\nc: 2\n", "remove a", "c: 2\n"),
        ("l:\n- a: 1\n  # of b\n  b: 2\n", "remove l[0].a", "l:\n- # of b\n  b: 2\n"),
        ("l:\n- a: 1\n\n  # of none\n\n  b: 2\n", "remove l[0].a", "l:\n-\n\n  # of none\n\n  b: 2\n"),
        ("a: |\n  # no comment\nb: 1\n", "remove b", "a: |\n  # no comment\n"),
        ("a: 1\n# the end\n", "remove a", "{}\n# the end\n"),
        ("a:\n  # of b\n  b: 1\nz: 1\n", "remove a.b", "a: {}\nz: 1\n"),
    ]);
}

#[test]
fn moved_entries_carry_their_comments() {
    check(&[(
        NOTED,
        "move l 0 2",
        "l: # list\n    # second\n    - two\n    # third\n    - three # c3\n\n    # first\n    - one   # c1\nz: 1\n",
    )]);
}

#[test]
fn comments_beside_an_edit_stay() {
    check(&[
        (NOTED, "insert l 0 := zero", &NOTED.replace("    # first", "    - zero\n    # first")),
        (NOTED, "insert l 3 := four", &NOTED.replace("# c3", "# c3\n    - four")),
        (NOTED, "set l := null", "l: null # list\nz: 1\n"),
        ("s: ''   # empty\n", "set s := ok", "s: ok   # empty\n"),
        ("m:\n  a: 1 # x\n  # tail\nz: 1\n", "add m b := 2", "m:\n  a: 1 # x\n  b: 2\n  # tail\nz: 1\n"),
        ("a: 1\n# tail\n", "add . b := 2", "a: 1\nb: 2\n# tail\n"),
        ("l:\n- id: 1\n  # tail of it\nz: 1\n", "insert l 1 := x", "l:\n- id: 1\n  # tail of it\n- x\nz: 1\n"),
        ("l:\n- a\n  # tail\nz: 1\n", "set l := \"x\\ny\"", "l: \"x\\ny\"\n  # tail\nz: 1\n"),
    ]);
}
