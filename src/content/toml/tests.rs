use super::Toml;
use crate::content::document::FrontMatter;
use crate::content::op::Op;
use crate::content::path::{FieldPath, FieldRef};
use crate::content::value::{Number, Value};

const SITE: &str = "# head\n\ntitle = \"Old\" # t\ndate = 2022-09-23T10:00:00Z\nweight = 1_0\ntags = [\"a\", 'b']\nlit = 'x'\nlong = [\n  \"one\", # first\n  # of two\n  \"two\",\n]\nauthor.name = \"Jane\"\n\n[params]\nimages = []\nmenu = { main = 1, \"a b\" = 2 }\n\n  [params.deep]\n  k = true\n\n# of first\n[[offers]]\nlabel = \"A\"\n\n[[offers]]\nlabel = \"B\" # b\n[offers.more]\nz = 1\n";

fn path(text: &str, value: &Value) -> FieldPath {
    if text == "." { FieldPath::root() } else { text.parse::<FieldRef>().unwrap().resolve_or_new(value).unwrap() }
}

fn new(text: &str) -> Value {
    let read = super::value::read(&format!("v = {text}\n")).unwrap();
    read.get("v").unwrap().clone()
}

fn edit(text: &str, op: impl Fn(&Value) -> Op) -> String {
    let toml = Toml::parse(text).unwrap();
    toml.edit(&[op(toml.value())]).map(|edited| edited.text).unwrap_or_else(|refusal| format!("refused: {refusal}"))
}

fn check(before: &str, op: &dyn Fn(&Value) -> Op, old: &str, new: &str) {
    assert!(before.contains(old) || old.is_empty(), "{old}");
    assert_eq!(edit(before, op), before.replacen(old, new, 1));
    let crlf = |t: &str| t.replace('\n', "\r\n");
    assert_eq!(edit(&crlf(before), op), crlf(&before.replacen(old, new, 1)));
}

#[test]
fn numbers_and_dates_keep_their_text() {
    let toml = Toml::parse(SITE).unwrap();
    let at = |p: &str| toml.value().at(&path(p, toml.value())).unwrap().clone();
    assert_eq!(at("date"), Value::Date("2022-09-23T10:00:00Z".into()));
    assert_eq!(at("weight"), Value::Number(Number::written("1_0")));
    assert_eq!(at("offers[1].more.z"), Value::from(1));
    assert_eq!(toml.edit(&[]).unwrap().text, SITE);
}

#[test]
fn a_text_of_several_lines_keeps_its_quotes_and_its_line_ends() {
    for end in ["\n", "\r\n"] {
        for quotes in ["\"\"\"", "'''"] {
            for first in ["", end] {
                let file =
                    |lines: &[&str]| format!("a = 1{end}t = {quotes}{first}{}{quotes}{end}b = 2{end}", lines.join(end));
                let (before, after) = (file(&["one", "two", ""]), file(&["one", "", "three", ""]));
                let value = Value::from(format!("one{end}{end}three{end}"));
                let set = |v: &Value| Op::Set { path: path("t", v), value: value.clone() };
                assert_eq!(edit(&before, set), after);
            }
        }
    }
}

#[test]
fn values_are_set_where_they_stand() {
    for (at, value, old, after) in [
        ("title", "\"New \\\"x\\\"\"", "\"Old\"", "\"New \\\"x\\\"\""),
        ("lit", "\"it\"", "'x'", "'it'"),
        ("lit", "\"it's\"", "'x'", "\"it's\""),
        ("weight", "12", "1_0", "12"),
        ("date", "2023-01-01", "2022-09-23T10:00:00Z", "2023-01-01"),
        ("tags[1]", "\"c\"", "'b'", "'c'"),
        ("params.menu.main", "[1, { x = 2 }]", "main = 1", "main = [1, { x = 2 }]"),
        ("params.deep.k", "false", "k = true", "k = false"),
        ("offers[1].label", "\"C\"", "\"B\" # b", "\"C\" # b"),
        ("author.name", "\"Joe\"", "\"Jane\"", "\"Joe\""),
        ("tags", "[\"a\", \"b\", \"c\"]", "'b']", "'b', \"c\"]"),
    ] {
        check(SITE, &|v| Op::Set { path: path(at, v), value: new(value) }, old, after);
    }
    assert!(edit(SITE, |v| Op::Set { path: path("title", v), value: Value::Null }).contains("TOML has no null"));
}

#[test]
fn keys_are_added_and_removed_and_renamed() {
    let add = |at: &'static str, name: &'static str, value: &'static str| {
        move |v: &Value| Op::Add { map: path(at, v), key: name.to_string(), value: new(value) }
    };
    check(SITE, &add(".", "new key", "{ a = [1] }"), "\"Jane\"\n", "\"Jane\"\n\"new key\" = { a = [1] }\n");
    check(SITE, &add("author", "mail", "\"x\""), "\"Jane\"\n", "\"Jane\"\nauthor.mail = \"x\"\n");
    check(SITE, &add("params.deep", "l", "1"), "k = true\n", "k = true\n  l = 1\n");
    check(SITE, &add("params.menu", "l", "1"), "\"a b\" = 2 }", "\"a b\" = 2, l = 1 }");
    check(SITE, &add("offers[0]", "n", "1"), "\"A\"\n", "\"A\"\nn = 1\n");
    check("[a]\nx = 1\n", &add(".", "n", "1"), "[a]", "n = 1\n\n[a]");
    check("[a.b]\nx = 1\n", &add("a", "n", "1"), "x = 1\n", "x = 1\n\n[a]\nn = 1\n");
    let remove = |at: &'static str| move |v: &Value| Op::Remove { path: path(at, v) };
    check(SITE, &remove("title"), "title = \"Old\" # t\n", "");
    check(SITE, &remove("author.name"), "author.name = \"Jane\"", "author = {}");
    check(SITE, &remove("params.menu.main"), "main = 1, ", "");
    check(SITE, &remove("params.deep"), "  [params.deep]\n  k = true\n\n", "");
    check(SITE, &remove("offers[0].label"), "label = \"A\"\n", "");
    check(SITE, &remove("long[1]"), "  # of two\n  \"two\",\n", "");
    let rename =
        |at: &'static str, to: &'static str| move |v: &Value| Op::Rename { path: path(at, v), to: to.to_string() };
    check(SITE, &rename("title", "t"), "title", "t");
    check(SITE, &rename("params.menu.\"a b\"", "c"), "\"a b\"", "\"c\"");
    check(SITE, &rename("params.deep", "d e"), "params.deep", "params.\"d e\"");
    assert!(
        edit(SITE, rename("offers", "o"))
            .ends_with("[[o]]\nlabel = \"A\"\n\n[[o]]\nlabel = \"B\" # b\n[o.more]\nz = 1\n")
    );
}

#[test]
fn lists_gain_lose_and_move_entries() {
    let insert = |at: &'static str, index, value: &'static str| {
        move |v: &Value| Op::Insert { list: path(at, v), index, value: new(value) }
    };
    check(SITE, &insert("tags", 2, "\"c\""), "'b']", "'b', \"c\"]");
    check(SITE, &insert("params.images", 0, "\"c\""), "[]", "[\"c\"]");
    check(SITE, &insert("long", 2, "\"three\""), "\"two\",\n", "\"two\",\n  \"three\",\n");
    check(SITE, &insert("offers", 2, "{ label = \"C\" }"), "z = 1\n", "z = 1\n\n[[offers]]\nlabel = \"C\"\n");
    check(SITE, &insert("offers", 0, "{ label = \"C\" }"), "# of first", "[[offers]]\nlabel = \"C\"\n\n# of first");
    let remove = |at: &'static str| move |v: &Value| Op::Remove { path: path(at, v) };
    check(SITE, &remove("offers[0]"), "# of first\n[[offers]]\nlabel = \"A\"\n\n", "");
    check("a = 1\n[[o]]\nx = 1\n", &remove("o[0]"), "a = 1\n[[o]]\nx = 1\n", "a = 1\no = []\n");
    let swap = |at: &'static str| move |v: &Value| Op::Move { list: path(at, v), from: 0, to: 1 };
    check(SITE, &swap("tags"), "\"a\", 'b'", "'b', \"a\"");
    let after = edit(SITE, swap("offers"));
    assert!(
        after.ends_with(
            "[[offers]]\nlabel = \"B\" # b\n[offers.more]\nz = 1\n\n# of first\n[[offers]]\nlabel = \"A\"\n"
        ),
        "{after}"
    );
}

#[test]
fn an_empty_text_gets_its_first_key_and_errors_have_a_place() {
    assert_eq!(edit("", |_| Op::Add { map: FieldPath::root(), key: "a".into(), value: Value::from(1) }), "a = 1\n");
    let error = Toml::parse("a = 1\nb = [\n").unwrap_err();
    assert_eq!((error.line, error.column), (2, 6), "{error:?}");
    assert!(Toml::parse(&format!("a = {}", "[".repeat(100_000))).is_err());
}
