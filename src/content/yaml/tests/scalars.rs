use super::check;

#[test]
fn a_plain_text_stays_plain_where_it_may() {
    check(&[
        ("title: Old one\n", "set title := A new title", "title: A new title\n"),
        ("title:   Old   # keep\n", "set title := New", "title:   New   # keep\n"),
        ("title: x\n", "set title := 'Metaverse: the end'", "title: 'Metaverse: the end'\n"),
        ("title: x\n", "set title := 'Issue #1'", "title: 'Issue #1'\n"),
        ("title: x\n", "set title := '- dash'", "title: '- dash'\n"),
        ("title: x\n", "set title := 'It''s \"so\"'", "title: It's \"so\"\n"),
        ("title: x\n", "set title := ' x '", "title: ' x '\n"),
        ("title: x\n", "set title := Über 日本 😀", "title: Über 日本 😀\n"),
        ("title: \"x: y\"\nb: c\n", "set title := \"a: b\"", "title: \"a: b\"\nb: c\n"),
        ("url: https://a.org/x#y\n", "set url := 'https://b.org/#z'", "url: https://b.org/#z\n"),
        ("a: this is\n  plain over\n  lines # c\nb: 1\n", "set a := now one", "a: now one # c\nb: 1\n"),
        ("a:\n  below\nb: 1\n", "set a := still below", "a:\n  still below\nb: 1\n"),
    ]);
}

#[test]
fn quotes_are_kept_where_they_were_a_choice() {
    check(&[
        ("a: 'plain enough'\nb: word\nc: word\n", "set a := other", "a: 'other'\nb: word\nc: word\n"),
        ("a: \"plain enough\"\nb: word\nc: word\n", "set a := other", "a: \"other\"\nb: word\nc: word\n"),
        ("a: 'q: r'\nb: word\n", "set a := other", "a: other\nb: word\n"),
        ("a: 'sq'\n", "set a := 'it''s'", "a: 'it''s'\n"),
        ("a: 'sq'\n", "set a := \"bell\\a\"", "a: \"bell\\x07\"\n"),
        ("status: ''\nt: word\n", "set status := approved", "status: approved\nt: word\n"),
        ("status: \"\"\nt: \"word\"\n", "set status := approved", "status: \"approved\"\nt: \"word\"\n"),
        ("date: '2022-09-23'\nt: x\n", "set date := '2024-01-02'", "date: '2024-01-02'\nt: x\n"),
        ("a: \"first\n  second\\n\n  third\"\nb: 1\n", "set a := \"one\\ntwo\"", "a: \"one\\ntwo\"\nb: 1\n"),
        ("a: 'it''s one\n\n  two' # c\n", "set a := x", "a: 'x' # c\n"),
    ]);
}

#[test]
fn a_text_never_turns_into_anything_else() {
    check(&[
        ("a: x\n", "set a := 'no'", "a: 'no'\n"),
        ("a: x\n", "set a := '12:30'", "a: '12:30'\n"),
        ("a: x\n", "set a := '1_000'", "a: '1_000'\n"),
        ("a: x\n", "set a := '0o17'", "a: '0o17'\n"),
        ("a: x\n", "set a := '2023-01-01'", "a: '2023-01-01'\n"),
        ("a: x\n", "set a := 'null'", "a: 'null'\n"),
        ("a: x\n", "set a := ''", "a: ''\n"),
        ("a: 12\n", "set a := '12'", "a: '12'\n"),
        ("a: '12'\n", "set a := 12", "a: 12\n"),
        ("a: 2022-01-01\n", "set a := 2023-01-01", "a: 2023-01-01\n"),
        ("a: 2022-01-01\n", "set a := '2023-01-01'", "a: '2023-01-01'\n"),
        ("a: true\n", "set a := 'true'", "a: 'true'\n"),
        ("a: True\n", "set a := false", "a: False\n"),
        ("a: 1.10\n", "set a := 1.20", "a: 1.20\n"),
        ("a: yes\n", "set a := no", "a: no\n"),
        ("a: 12:30\n", "set a := 13:45", "a: 13:45\n"),
    ]);
}

#[test]
fn null_comes_and_goes() {
    check(&[
        ("a: null\nb: 1\n", "set a := x", "a: x\nb: 1\n"),
        ("a: ~\n", "set a := x", "a: x\n"),
        ("a:\nb: 1\n", "set a := x", "a: x\nb: 1\n"),
        ("a:   # why\nb: 1\n", "set a := x", "a: x   # why\nb: 1\n"),
        ("a: x # c\n", "set a := null", "a: null # c\n"),
        ("a: x\nb:\nc:\n", "set a := null", "a:\nb:\nc:\n"),
        ("a: x\nb: ~\n", "set a := null", "a: ~\nb: ~\n"),
        ("a: >-\n  some\n  text\nb: 1\n", "set a := null", "a: null\nb: 1\n"),
        ("l:\n  -\n  - ~\n", "set l[0] := v", "l:\n  - v\n  - ~\n"),
        ("l:\n  -\n  - ~\n", "set l[1] := v", "l:\n  -\n  - v\n"),
    ]);
}

#[test]
fn a_block_of_lines_keeps_its_header_and_its_unchanged_paragraphs() {
    check(&[
        (
            "d: >-  # why\n  An odd\n  break here\n\n  Second.\nb: 1\n",
            "set d := \"An odd break here\\nThird.\"",
            "d: >-  # why\n  An odd\n  break here\n\n  Third.\nb: 1\n",
        ),
        ("d: |\n  one\n  two\nb: 1\n", "set d := \"new\\nlines\\n\"", "d: |\n  new\n  lines\nb: 1\n"),
        ("d: |\n  one\nb: 1\n", "set d := short", "d: |-\n  short\nb: 1\n"),
        ("d: |\n    deep\nb: 1\n", "set d := \"x\\n\"", "d: |\n    x\nb: 1\n"),
        ("d: >2-\n    two extra\n  normal\nb: 1\n", "set d := changed text", "d: >2-\n  changed text\nb: 1\n"),
        ("d: |+\n  kept\n\n\nb: 1\n", "set d := \"other\\n\"", "d: |+\n  other\nb: 1\n"),
        ("d: |+\n  kept\n\n\nb: 1\n", "set d := \"other\\n\\n\"", "d: |+\n  other\n\nb: 1\n"),
        ("d: >-\n  x\n\n\nb: 1\n", "set d := y", "d: >-\n  y\n\n\nb: 1\n"),
        ("l:\n- |\n  a\n- b\n", "set l[0] := \"c\\n\"", "l:\n- |\n  c\n- b\n"),
        ("d: |\n  a\nb: 1\n", "set d := \"a\\n \\nb\"", "d: \"a\\n \\nb\"\nb: 1\n"),
        ("title: x # c\n", "set title := \"one\\ntwo\"", "title: |- # c\n  one\n  two\n"),
    ]);
}

#[test]
fn long_texts_are_folded_where_the_file_folds() {
    let before =
        "t: x\nd: >-\n  Some words that are long enough for the writer of this file to have broken the\n  line here\n";
    let long = "A completely new text that is clearly longer than eighty columns, so it must be broken somewhere.";
    let after = before.replace(
        "t: x\n",
        "t: >-\n  A completely new text that is clearly longer than eighty columns, so it must\n  be broken somewhere.\n",
    );
    check(&[(before, &format!("set t := '{long}'"), &after)]);
    check(&[("t: x\n", &format!("set t := '{long}'"), &format!("t: '{long}'\n"))]);
}

#[test]
fn a_lone_letter_is_text_and_no_style_of_yes_and_no() {
    check(&[
        ("a: y\n", "set a := no", "a: 'no'\n"),
        ("a: yes\n", "set a := y", "a: 'y'\n"),
        ("a: yes\n", "set a := no", "a: no\n"),
        ("a: 2022-01-01\n", "set a := 2023-13-45", "a: '2023-13-45'\n"),
    ]);
}
