use super::outcome;
use crate::content::yaml::Yaml;

#[test]
fn a_refusal_says_what_stands_against_it() {
    let anchors = "base: &b\n  c: red\nname: &n Some\nref: *n\nd:\n  <<: *b\nt: !!int 5\nl: [&i x]\nuse: [*i]\n";
    for (before, words, reason) in [
        (anchors, "set name := x", "name: its value is used again elsewhere in the file (`*n`)"),
        (anchors, "set base.c := blue", "base.c: its value is used again elsewhere in the file (`*b`)"),
        (anchors, "remove name", "name: its value is used again"),
        (anchors, "set l := null", "l: part of its value is used again"),
        (anchors, "set t := x", "t: its kind is fixed by the tag `!!int`"),
        ("m: !mine v\n", "set m := w", "m: it carries the tag `!mine`, whose meaning only its site knows"),
        ("m: !!binary aGk=\n", "set m := zz", "m: it carries the tag `!!binary`"),
        ("a: 1\na: 2\n", "set a := 3", "a: the key `a` stands twice in the file"),
        ("a: &x {b: 1}\nc: *x\n", "set c.b := 2", "c.b: its value is written elsewhere in the file"),
        ("a: [x]\n", "add a b := 1", "there is no map"),
    ] {
        let outcome = outcome(before, words, false);
        assert!(outcome.starts_with("refused: ") && outcome.contains(reason), "{words}: {outcome}");
    }
}

#[test]
fn what_cannot_be_read_says_where_and_why() {
    let error = |text: &str| {
        let error = Yaml::parse(text).map(|_| ()).unwrap_err();
        format!("{}:{}: {}", error.line, error.column, error.reason)
    };
    assert_eq!(error("- a\n"), "1:1: the front matter is a list; it must be `key: value` lines");
    assert_eq!(error("# c\nword\n"), "2:1: the front matter is a text; it must be `key: value` lines");
    assert_eq!(error("a: 1\n--- b\n"), "2:1: a second YAML document begins here; front matter is one");
    assert!(
        error("a: 1\nb: [x\n").starts_with("3:1: ") || error("a: 1\nb: [x\n").starts_with("2:"),
        "{}",
        error("b: [x\n")
    );
    assert!(error("a: b: c\n").starts_with("1:"), "{}", error("a: b: c\n"));
    assert!(error(&format!("a: {}", "[".repeat(100_000))).contains("100 levels deep"));
    assert!(error(&format!("a: {}", "- ".repeat(100_000))).contains("1:"));
    assert!(error(&"{a: ".repeat(100_000)).contains("100 levels deep"));
    assert!(error(&" ".repeat(2 << 20)).contains("too large"));
}

#[test]
fn aliases_that_multiply_are_stopped() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_string();
    for level in 1..30 {
        let one = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![one; 9].join(", ")));
    }
    let error = Yaml::parse(&bomb).map(|_| ()).unwrap_err();
    assert!(error.reason.contains("multiply"), "{error:?}");
    assert!(Yaml::parse("a: &a [*a]\n").is_err());
}
