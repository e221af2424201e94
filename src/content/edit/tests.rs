//! Edits that meet what has changed since, and what they come to.

use proptest::prelude::*;

use super::*;
use crate::content::{patch, three_way};

fn map(entries: &[(&str, Value)]) -> Value {
    Value::Map(entries.iter().map(|(k, v)| (k.to_string(), v.clone())).collect())
}

fn list(entries: &[&str]) -> Value {
    Value::Seq(entries.iter().map(|e| Value::from(*e)).collect())
}

fn after(value: &Value, edits: &[Edit]) -> Result<Value, Misfit> {
    let mut value = value.clone();
    apply_to_value(&mut value, edits).map(|()| value)
}

fn set(path: FieldPath, old: Option<Value>, new: Value) -> Edit {
    Edit::Set { path, old, new, within: None }
}

#[test]
fn a_change_elsewhere_in_the_file_is_kept_beside_the_edit() {
    let edit = [set(FieldPath::key("title"), Some("old".into()), "new".into())];
    let on_disk = map(&[("date", 1.into()), ("title", "old".into())]);
    assert_eq!(after(&on_disk, &edit), Ok(map(&[("date", 1.into()), ("title", "new".into())])));
}

#[test]
fn a_field_that_both_sides_changed_is_told_with_was_and_now() {
    let edit = [set(FieldPath::key("title"), Some("old".into()), "mine".into())];
    let (field, was) = (FieldPath::key("title"), Some(Value::from("old")));
    let theirs = Misfit::Changed { field: field.clone(), was: was.clone(), now: Some("theirs".into()) };
    assert_eq!(after(&map(&[("title", "theirs".into())]), &edit), Err(theirs));
    assert_eq!(after(&map(&[]), &edit), Err(Misfit::Changed { field, was, now: None }));
}

#[test]
fn what_is_set_and_set_back_keeps_its_bytes_whatever_stood_there_in_between() {
    let text = "---\ntitle: \"Quoted\"   # why\nsaid: >-\n  one\n  two\n\n  three\nn: 1\nl:\n  - a\n---\n";
    let document = Document::open(text.as_bytes().to_vec()).unwrap();
    let said = document.value().unwrap().get("said").unwrap().clone();
    let key = |name: &str| FieldPath::key(name);
    let there = |name: &str, old: Value| set(FieldPath::key(name), Some(old), Value::Null);
    let back = |name: &str, new: Value| set(FieldPath::key(name), Some(Value::Null), new);
    let mut edits = vec![there("said", said.clone()), there("title", "Quoted".into()), there("n", 1.into())];
    edits.extend([back("said", said.clone()), back("title", "Quoted".into()), back("n", 2.into())]);
    let after = apply(&document, &edits).unwrap();
    assert_eq!(after.text(), text.replace("n: 1", "n: 2"));
    // What stands between may have moved it: then it is set as it was said.
    let entry = key("l").index(0);
    let insert = Edit::Insert { list: key("l"), entry: "b".into(), nth: 0, place: Place::Start };
    let edits = [
        set(entry.clone(), Some("a".into()), "x".into()),
        insert,
        set(key("l").index(1), Some("x".into()), "a".into()),
    ];
    assert_eq!(apply(&document, &edits).unwrap().text(), text.replace("  - a", "  - b\n  - a"));
}

#[test]
fn what_is_set_back_keeps_its_bytes_where_other_places_changed_meanwhile() {
    let text = "---\nsaid: \"over\n  lines\"\nempty:\nm: {a: 1}\nl: [a, b]\ngone: x\n---\n";
    let document = Document::open(text.as_bytes().to_vec()).unwrap();
    let key = |name: &str| FieldPath::key(name);
    let there =
        [set(key("said"), Some("over lines".into()), "x".into()), set(key("empty"), Some(Value::Null), 1.into())];
    let between = [
        Edit::Insert { list: key("l"), entry: "c".into(), nth: 0, place: Place::End },
        Edit::Remove { list: key("l"), entry: "a".into(), nth: 0 },
        Edit::Unset { path: key("gone"), old: "x".into(), within: None },
        set(key("new"), None, "y".into()),
        Edit::Rename { path: key("m").then("a"), to: "z".into(), within: None },
    ];
    let back =
        [set(key("said"), Some("x".into()), "over lines".into()), set(key("empty"), Some(1.into()), Value::Null)];
    let after = apply(&document, &[&there[..], &between, &back].concat()).unwrap();
    assert_eq!(after.text(), apply(&document, &between).unwrap().text());
    assert!(after.text().contains("\"over\n  lines\"\nempty:\nm"), "{}", after.text());
}

#[test]
fn what_is_so_already_is_no_conflict() {
    let value = map(&[("title", "new".into()), ("topics", list(&["a", "b"]))]);
    let topics = FieldPath::key("topics");
    let edits = [
        set(FieldPath::key("title"), Some("old".into()), "new".into()),
        Edit::Unset { path: FieldPath::key("draft"), old: true.into(), within: None },
        Edit::Insert { list: topics.clone(), entry: "b".into(), nth: 0, place: Place::End },
        Edit::Remove { list: topics.clone(), entry: "gone".into(), nth: 0 },
        Edit::Move { list: topics, entry: "b".into(), nth: 0, place: Place::After("a".into()) },
    ];
    assert_eq!(after(&value, &edits), Ok(value.clone()));
}

#[test]
fn a_second_entry_of_the_same_text_is_put_in() {
    let labels = FieldPath::key("labels");
    let insert = Edit::Insert { list: labels, entry: "Nursing".into(), nth: 1, place: Place::End };
    let once = map(&[("labels", list(&["Nursing"]))]);
    let twice = map(&[("labels", list(&["Nursing", "Nursing"]))]);
    assert_eq!(after(&once, std::slice::from_ref(&insert)), Ok(twice.clone()));
    assert_eq!(after(&twice, &[insert]), Ok(twice.clone()));
}

#[test]
fn an_entry_that_moved_is_found_by_what_it_was() {
    let entry = |label: &str, id: i64| map(&[("label", label.into()), ("id", id.into()), ("kind", "x".into())]);
    let offerings = |entries: &[Value]| map(&[("offerings", Value::Seq(entries.to_vec()))]);
    let path = FieldPath::key("offerings").index(1).then("label");
    let within = Some(entry("B", 2));
    let edit = [Edit::Set { path, old: Some("B".into()), new: "Bee".into(), within }];
    let moved = offerings(&[entry("new", 9), entry("A", 1), entry("B", 2)]);
    assert_eq!(after(&moved, &edit), Ok(offerings(&[entry("new", 9), entry("A", 1), entry("Bee", 2)])));
    // Another field of it changed, too: it is still recognised.
    let changed = offerings(&[entry("A", 1), entry("C", 3), map(&[("label", "B".into()), ("id", 2.into())])]);
    let result = offerings(&[entry("A", 1), entry("C", 3), map(&[("label", "Bee".into()), ("id", 2.into())])]);
    assert_eq!(after(&changed, &edit), Ok(result));
    // It is gone: what stands at its number now is not touched.
    let gone = offerings(&[entry("A", 1), entry("C", 3)]);
    assert!(matches!(after(&gone, &edit), Err(Misfit::Changed { .. })));
    // It is so already.
    let done = offerings(&[entry("Bee", 2)]);
    assert_eq!(after(&done, &edit), Ok(done.clone()));
}

#[test]
fn missing_maps_on_the_way_are_made_and_lists_too() {
    let deep = FieldPath::key("params").then("author").then("name");
    assert_eq!(
        after(&map(&[("params", Value::Null)]), &[set(deep.clone(), None, "Ada".into())]),
        Ok(map(&[("params", map(&[("author", map(&[("name", "Ada".into())]))]))]))
    );
    let refused = after(&map(&[("params", "text".into())]), &[set(deep, None, "Ada".into())]);
    assert!(matches!(refused, Err(Misfit::Refused(r)) if r.to_string().contains("params: is no map")));
    let insert = |list| Edit::Insert { list, entry: "a".into(), nth: 0, place: Place::End };
    let value = after(&map(&[("n", Value::Null)]), &[insert(FieldPath::key("n")), insert(FieldPath::key("m"))]);
    assert_eq!(value, Ok(map(&[("n", list(&["a"])), ("m", list(&["a"]))])));
}

#[test]
fn an_entry_goes_behind_its_neighbour_and_to_the_end_where_that_is_gone() {
    let topics = FieldPath::key("t");
    let insert = |neighbour: &str| Edit::Insert {
        list: topics.clone(),
        entry: "new".into(),
        nth: 0,
        place: Place::After(neighbour.into()),
    };
    let value = map(&[("t", list(&["x", "a", "b"]))]);
    assert_eq!(after(&value, &[insert("a")]), Ok(map(&[("t", list(&["x", "a", "new", "b"]))])));
    assert_eq!(after(&value, &[insert("gone")]), Ok(map(&[("t", list(&["x", "a", "b", "new"]))])));
}

#[test]
fn a_key_is_renamed_once_and_never_over_another() {
    let rename = [Edit::Rename { path: FieldPath::key("a"), to: "b".into(), within: None }];
    assert_eq!(after(&map(&[("a", 1.into())]), &rename), Ok(map(&[("b", 1.into())])));
    assert_eq!(after(&map(&[("b", 1.into())]), &rename), Ok(map(&[("b", 1.into())])));
    let both = map(&[("a", 1.into()), ("b", 2.into())]);
    assert!(matches!(after(&both, &rename), Err(Misfit::Refused(_))));
}

#[test]
fn a_refused_edit_leaves_the_value_whole() {
    let mut value = map(&[("a", 1.into()), ("b", 1.into())]);
    let edits = [set(FieldPath::key("a"), Some(1.into()), 2.into()), set(FieldPath::key("b"), None, 2.into())];
    assert!(apply_to_value(&mut value, &edits).is_err());
    assert_eq!(value, map(&[("a", 1.into()), ("b", 1.into())]));
}

/// A front matter of a few fields and a list, and an edit made from it.
fn value() -> impl Strategy<Value = Value> {
    let entry = prop::sample::select(vec!["a", "b", "c", "d"]);
    (0..4i64, prop::collection::vec(entry, 0..5)).prop_map(|(n, l)| map(&[("n", n.into()), ("l", list(&l))]))
}

fn edit_of(value: &Value, which: u8, at: usize, text: &str) -> Edit {
    let (n, l) = (FieldPath::key("n"), FieldPath::key("l"));
    let items = value.get("l").and_then(Value::as_seq).unwrap_or(&[]);
    let Some(entry) = items.get(at % items.len().max(1)).cloned() else {
        return set(n, value.get("n").cloned(), text.into());
    };
    match which % 5 {
        0 => set(n, value.get("n").cloned(), text.into()),
        1 => Edit::Remove { list: l, entry, nth: 0 },
        2 => Edit::Insert { list: l, entry: text.into(), nth: 0, place: Place::After(entry) },
        3 => Edit::Move { list: l, entry, nth: 0, place: Place::End },
        _ => {
            let at = at % items.len();
            Edit::Set { path: l.index(at), old: Some(entry.clone()), new: text.into(), within: Some(entry) }
        }
    }
}

fn document(text: &str) -> Document {
    Document::open(text.as_bytes().to_vec()).unwrap()
}

fn bytes(at: usize, old: &str, new: &str) -> Edit {
    Edit::Text { at, old: old.to_string(), new: new.to_string() }
}

#[test]
fn an_edit_stands_on_an_earlier_one_of_its_field_and_on_no_other() {
    let insert =
        |entry: &str, place: Place| Edit::Insert { list: FieldPath::key("l"), entry: entry.into(), nth: 0, place };
    let within = set(FieldPath::key("l").index(2).then("x"), None, 1.into());
    let (a, b) = (set(FieldPath::key("a"), None, 1.into()), set(FieldPath::key("b"), None, 1.into()));
    let rename = Edit::Rename { path: FieldPath::key("old"), to: "b".to_string(), within: None };
    assert!(a.stands_on(&a) && !b.stands_on(&a));
    assert!(within.stands_on(&insert("x", Place::End)) && insert("x", Place::End).stands_on(&within));
    assert!(!insert("y", Place::End).stands_on(&insert("x", Place::End)));
    assert!(insert("y", Place::After("x".into())).stands_on(&insert("x", Place::End)));
    assert!(!insert("x", Place::After("y".into())).stands_on(&insert("z", Place::After("y".into()))));
    assert!(b.stands_on(&rename));
    assert!(bytes(0, "a", "b").stands_on(&a) && a.stands_on(&bytes(0, "a", "b")));
}

#[test]
fn edits_of_fields_and_of_bytes_see_each_other() {
    let start = document("---\na: 1\nl: [x]\n---\nbody\n");
    let edits = [
        set(FieldPath::key("a"), Some(1.into()), 22.into()),
        Edit::Insert { list: FieldPath::key("l"), entry: "z".into(), nth: 0, place: Place::End },
        bytes(24, "body", "BODY"),
        set(FieldPath::key("a"), Some(22.into()), 3.into()),
    ];
    assert_eq!(start.text().len() + 4, 24 + "body\n".len());
    assert_eq!(apply(&start, &edits).unwrap().text(), "---\na: 3\nl: [x, z]\n---\nBODY\n");
    assert_eq!(apply(&start, &[]).unwrap().text(), start.text());
}

#[test]
fn bytes_are_put_only_over_the_bytes_they_were_made_from() {
    let start = document("---\na: 1\n---\nbody\n");
    assert_eq!(apply(&start, &[bytes(7, "1", "2")]).unwrap().text(), "---\na: 2\n---\nbody\n");
    let misfit = apply(&start, &[bytes(7, "9", "2")]).unwrap_err();
    let expected = Misfit::Changed { field: FieldPath::root(), was: Some("9".into()), now: Some("1".into()) };
    assert_eq!(misfit, expected);
    assert!(apply(&start, &[bytes(999, "9", "2")]).is_err());
    // What stands there already is no conflict.
    assert_eq!(apply(&start, &[bytes(7, "9", "1")]).unwrap().text(), start.text());
}

#[test]
fn bytes_repair_a_file_that_did_not_parse_and_only_the_end_must_parse() {
    let broken = document("---\na: [1\nb: {2\n---\n");
    assert!(broken.value().is_err());
    let repaired = apply(&broken, &[bytes(7, "[1", "1"), bytes(12, "{2", "2")]).unwrap();
    assert_eq!(repaired.text(), "---\na: 1\nb: 2\n---\n");
    assert!(matches!(apply(&broken, &[bytes(7, "[1", "1")]), Err(Misfit::Refused(_))));
    let field = apply(&broken, &[set(FieldPath::key("a"), None, 1.into())]);
    assert!(matches!(field, Err(Misfit::Refused(_))));
}

proptest! {
    #[test]
    fn an_edit_and_a_change_elsewhere_meet_in_either_order(
        start in value(), which in 0u8..5, at in 0usize..5, other in "[p-r]",
    ) {
        let mine = [edit_of(&start, which, at, "mine")];
        let theirs = [set(FieldPath::key("other"), None, other.as_str().into())];
        let one = after(&after(&start, &mine).unwrap(), &theirs).unwrap();
        let two = after(&after(&start, &theirs).unwrap(), &mine).unwrap();
        prop_assert_eq!(one, two);
    }

    #[test]
    fn an_entry_added_in_front_by_someone_else_stays_and_moves_no_edit_to_a_wrong_entry(
        start in value(), which in 0u8..5, at in 0usize..5,
    ) {
        // Equal entries are one as good as the other, so only lists without them say which is the right one.
        let items = start.get("l").and_then(Value::as_seq).unwrap().to_vec();
        prop_assume!((1..items.len()).all(|i| !items[..i].contains(&items[i])));
        let mine = [edit_of(&start, which, at, "mine")];
        let theirs = [Edit::Insert { list: FieldPath::key("l"), entry: "front".into(), nth: 0, place: Place::Start }];
        let one = after(&after(&start, &mine).unwrap(), &theirs).unwrap();
        let two = after(&after(&start, &theirs).unwrap(), &mine).unwrap();
        prop_assert_eq!(one, two);
    }

    #[test]
    fn setting_a_field_back_gives_the_old_value(start in value(), text in "[x-z]{1,3}") {
        let (path, old) = (FieldPath::key("n"), start.get("n").cloned().unwrap());
        let there = set(path.clone(), Some(old.clone()), text.as_str().into());
        let back = set(path, Some(text.as_str().into()), old);
        prop_assert_eq!(after(&start, &[there, back]), Ok(start));
    }
}

/// The edits of an editor's text, as the desk makes them.
fn by_hand(old: &str, new: &str) -> Vec<Edit> {
    let hunks = patch::with_lines_around(old, &patch::between(old, new)).unwrap();
    hunks.into_iter().rev().map(|hunk| bytes(hunk.at, &hunk.old, &hunk.new)).collect()
}

fn body(lines: &[&str]) -> String {
    format!("---\na: 1\n---\n{}", lines.concat())
}

fn by_lines(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let [base, ours, theirs] = [base, ours, theirs].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    three_way::settled(&base, &ours, &theirs).map(|lines| lines.concat())
}

#[test]
fn bytes_are_put_where_their_lines_stand_now_and_where_both_changed_the_same_lines_nowhere() {
    let base = body(&["one\n", "two\n", "three\n", "four\n", "five\n", "six\n"]);
    let mine = by_hand(&base, &base.replace("five", "FIVE"));
    let over = |theirs: &str| apply_anew(&document(theirs), &mine).map(|made| made.text().to_string());
    let theirs = base.replace("a: 1", "a: 1\nb: 2").replace("two\n", "");
    assert_eq!(over(&theirs), Ok(theirs.replace("five", "FIVE")));
    assert!(matches!(over(&base.replace("five", "5")), Err(Misfit::Changed { .. })));
    assert!(matches!(over(&base.replace("five\n", "")), Err(Misfit::Changed { .. })));
    // The same lines once more: nobody knows which of them was meant.
    assert!(matches!(over(&(base.clone() + "four\nfive\nsix\n")), Err(Misfit::Changed { .. })));
    // Both did the same.
    for new in ["FIVE", "five\nand a half"] {
        let both = base.replace("five", new);
        assert_eq!(apply_anew(&document(&both), &by_hand(&base, &both)).unwrap().text(), both);
    }
    let longer = base.clone() + "seven\n";
    assert_eq!(apply_anew(&document(&longer), &by_hand(&base, &longer)).unwrap().text(), longer);
}

proptest! {
    /// Every line is another: outside changes beside the lines of an edit and the one around them always meet with it, as a merge by
    /// lines has it.
    #[test]
    fn changes_in_other_lines_always_meet(
        count in 6..30usize, mine in (0..30usize, 0..3usize), theirs in (0..30usize, 0..3usize, 0..3usize),
    ) {
        let lines: Vec<String> = (0..count).map(|n| format!("line {n}\n")).collect();
        let base = body(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let changed = |at: usize, gone: usize, new: &[&str]| {
            let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            lines.splice(at..at + gone, new.iter().copied());
            body(&lines)
        };
        let (at, gone) = (mine.0 % (count - 2), mine.1);
        let (there, taken) = (theirs.0 % (count - 2), theirs.1);
        if there + taken >= at && there <= at + gone {
            return Ok(());
        }
        let ours = changed(at, gone, &["mine\n"]);
        let other = changed(there, taken, &["theirs\n", "and more\n"][..theirs.2]);
        let made = apply_anew(&document(&other), &by_hand(&base, &ours));
        prop_assert_eq!(made.map(|made| made.text().to_string()).ok(), by_lines(&base, &ours, &other));
    }

    /// Lines that are alike, and changes beside those of an edit and the ones around them: they meet there, or it is a conflict.
    #[test]
    fn lines_that_are_alike_are_not_taken_for_each_other(
        base in prop::collection::vec("[ab]?\n", 0..9), ours in prop::collection::vec("[abx]?\n", 0..9),
        at in 0..9usize, theirs in prop::collection::vec("[y]\n", 0..3), gone in 0..3usize,
    ) {
        let text = |lines: &[String]| body(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let mut other = base.clone();
        let at = at.min(other.len());
        other.splice(at..(at + gone).min(base.len()), theirs.clone());
        let begin = body(&[]).len() + base[..at].concat().len();
        let put = patch::Hunk { at: begin, old: base[at..(at + gone).min(base.len())].concat(), new: theirs.concat() };
        let (base, ours, other) = (text(&base), text(&ours), text(&other));
        let (from, to) = (put.at, put.at + put.old.len());
        let touches = |edit: &Edit| matches!(edit, Edit::Text { at, old, .. } if from <= at + old.len() && to >= *at);
        if by_hand(&base, &ours).iter().any(touches) {
            return Ok(());
        }
        if let Ok(made) = apply_anew(&document(&other), &by_hand(&base, &ours))
            && let Some(mine) = patch::moved(&patch::between(&base, &ours), &[put])
        {
            // Of lines that are alike, both may have taken out the same one, or each his own.
            let made = Some(made.text().to_string());
            prop_assert!(made == patch::applied(&other, &mine) || made == by_lines(&base, &ours, &other), "{:?}", made);
        }
    }
}
