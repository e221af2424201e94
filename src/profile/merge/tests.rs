//! Two curators and one file.

use proptest::prelude::*;

use super::*;
use crate::content::FieldRef;
use crate::profile::sample::{ITEM, changes as differences, document, done, front};
use crate::profile::{Intent, Profile};

const BODY: &str = "<p>Body</p>";

/// An item after intents, in the style of the file.
fn after(base: &Document, intents: &[Intent]) -> Document {
    let profile = Profile::builtin();
    intents.iter().fold(base.clone(), |document, intent| {
        let (expansion, _) = done(&profile, intent, &document.value().unwrap()).unwrap();
        edit::apply(&document, &expansion.edits).unwrap()
    })
}

fn set(field: &str, text: &str) -> Intent {
    Intent::SetText { field: field.parse().unwrap(), text: text.to_string() }
}

fn merged(base: &Document, ours: &Document, theirs: &Document) -> Merged {
    merge(&Profile::builtin(), Some(base), ours, theirs).unwrap()
}

fn add(topic: &str) -> Intent {
    Intent::AddTopic(topic.to_string())
}

#[test]
fn different_fields_and_different_topics_never_meet() {
    let base = document(ITEM);
    let both = [set("status", "approved"), add("Orbit: Beds"), set("author[0]", "Nil"), add("Zeta: Care")];
    let (ours, theirs) = (after(&base, &both[..2]), after(&base, &both[2..]));
    let result = merged(&base, &ours, &theirs);
    assert_eq!(result.conflicts, Vec::<String>::new());
    let value = Document::open(result.text.into_bytes()).unwrap().value().unwrap();
    for field in ["categories", "categorySlug", "categoryUrl", "categoryLabel", "openProjectCustomFields.medigyTopics"]
    {
        let path = field.parse::<FieldRef>().unwrap().resolve(&value).unwrap();
        assert_eq!(value.at(&path).unwrap().as_seq().unwrap().len(), 4, "{field}");
    }
    let theirs_first = after(&base, &[both[2].clone(), both[3].clone(), both[0].clone(), both[1].clone()]);
    assert_eq!(differences(&theirs_first.value().unwrap(), &value), Vec::<String>::new());
}

#[test]
fn two_topics_of_one_label_stay_two_in_every_list() {
    let base = document(ITEM);
    let (ours, theirs) = (after(&base, &[add("Orbit: Care")]), after(&base, &[add("Zeta: Care")]));
    let result = merged(&base, &ours, &theirs);
    let value = Document::open(result.text.into_bytes()).unwrap().value().unwrap();
    assert_eq!(value.get("categoryLabel").unwrap().as_seq().unwrap().len(), 4);
}

#[test]
fn one_field_changed_by_both_stands_between_markers_in_ours() {
    let base = document(ITEM);
    let (ours, theirs) =
        (after(&base, &[set("status", "mine")]), after(&base, &[set("status", "yours"), add("New: X")]));
    let result = merged(&base, &ours, &theirs);
    assert_eq!(result.conflicts, ["status"]);
    let marked = "<<<<<<< ours\nstatus: mine\n=======\nstatus: yours\n>>>>>>> theirs\n";
    assert!(result.text.contains(marked), "{}", result.text);
    assert!(result.text.contains("'New: X'"));
    // Either answer gives a whole file.
    for (keep, drop) in [("status: mine\n", "status: yours\n"), ("status: yours\n", "status: mine\n")] {
        let solved = ["<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n", drop]
            .iter()
            .fold(result.text.clone(), |text, gone| text.replace(gone, ""));
        assert!(solved.contains(keep));
        Document::open(solved.into_bytes()).unwrap().value().unwrap();
    }
}

#[test]
fn a_field_that_one_side_took_away_and_the_other_changed_is_a_conflict() {
    let base = document("title: a\nvia: b\nlast: c\n");
    let ours = document("title: a\nlast: c\n");
    let theirs = document("title: a\nvia: other\nlast: c\n");
    let result = merged(&base, &ours, &theirs);
    assert_eq!(result.conflicts, ["via"]);
    assert!(result.text.contains("<<<<<<< ours\n=======\nvia: other\n>>>>>>> theirs\n"), "{}", result.text);
}

#[test]
fn offerings_go_by_their_id_and_each_is_merged_by_itself() {
    let base = document(ITEM);
    let entry = "label: Bed Finder\npermalink: /offering/bed-finder\ncategories: []\nofferingId: 5\n";
    let offering = Intent::Append { field: "relatedOfferings".parse().unwrap(), value: front(entry) };
    let ours = after(&base, &[set("relatedOfferings[0].label", "Owl Rota"), offering]);
    let gone = base.value().unwrap().get("relatedOfferings").unwrap().as_seq().unwrap()[1].clone();
    let theirs = after(
        &base,
        &[
            set("relatedOfferings[0].permalink", "/offering/owl"),
            Intent::RemoveEntry { field: "relatedOfferings".parse().unwrap(), value: gone },
        ],
    );
    let result = merged(&base, &ours, &theirs);
    assert_eq!(result.conflicts, Vec::<String>::new());
    let value = Document::open(result.text.into_bytes()).unwrap().value().unwrap();
    let offerings = value.get("relatedOfferings").unwrap().as_seq().unwrap();
    let labels: Vec<_> = offerings.iter().map(|o| o.get("label").unwrap().scalar_text().unwrap()).collect();
    assert_eq!(labels, ["Owl Rota", "Bed Finder"]);
    assert_eq!(offerings[0].get("permalink").unwrap().as_str(), Some("/offering/owl"));
}

#[test]
fn bodies_merge_by_lines_and_the_same_line_changed_twice_is_marked() {
    let with = |body: &str| document("title: a\n").with_text(format!("---\ntitle: a\n---\n{body}")).unwrap();
    let base = with("one\ntwo\nthree");
    let result = merged(&base, &with("One\ntwo\nthree"), &with("one\ntwo\nThree\n"));
    assert_eq!((result.text.as_str(), result.conflicts.len()), ("---\ntitle: a\n---\nOne\ntwo\nThree\n", 0));
    let result = merged(&base, &with("one\n2\nthree"), &with("one\nTWO\nthree"));
    assert_eq!(result.conflicts, ["body"]);
    let marked = "one\n<<<<<<< ours\n2\n=======\nTWO\n>>>>>>> theirs\nthree";
    assert!(result.text.ends_with(marked), "{}", result.text);
}

#[test]
fn comments_of_both_sides_stay_where_the_lines_do_not_meet() {
    let base = document("title: a\nvia: b\nmore: c\nlast: d\n");
    let ours = document("title: new # mine\nvia: b\nmore: c\nlast: d\n");
    let theirs = document("title: a\nvia: b\nmore: c\nlast: other # theirs\n");
    let result = merged(&base, &ours, &theirs);
    assert_eq!(result.text, format!("---\ntitle: new # mine\nvia: b\nmore: c\nlast: other # theirs\n---\n{BODY}"));
    // On neighbouring lines OURS' manner stays, and it is said that THEIRS had a comment.
    let theirs = document("title: a\nvia: other # theirs\nmore: c\nlast: d\n");
    let result = merged(&base, &ours, &theirs);
    assert_eq!(result.conflicts, Vec::<String>::new());
    assert!(result.text.contains("title: new # mine\nvia: other\n"), "{}", result.text);
    assert_eq!(result.notes.len(), 1);
}

#[test]
fn the_time_of_the_last_edit_is_the_later_one_and_no_conflict() {
    let profile = Profile::from_yaml("extends: curated-content\ntouch: lastMod\n", ".curate.yaml").unwrap();
    let base = document(ITEM);
    let at = |time: &str| after(&base, &[set("lastMod", time)]);
    let (early, late) = (at("2024-01-01T00:00:00Z"), at("2024-01-02T00:00:00Z"));
    for (ours, theirs) in [(&early, &late), (&late, &early)] {
        let result = merge(&profile, Some(&base), ours, theirs).unwrap();
        assert_eq!((result.text.as_str(), result.conflicts.len()), (late.text(), 0));
    }
}

#[test]
fn without_a_base_what_both_have_is_one_and_what_differs_is_a_conflict() {
    let (ours, theirs) = (document("title: a\nvia: b\n"), document("title: a\nvia: c\nmore: d\n"));
    let result = merge(&Profile::builtin(), None, &ours, &theirs).unwrap();
    assert_eq!(result.conflicts, ["via"]);
    assert!(result.text.contains("more: d\n"));
}

#[test]
fn line_ends_are_ours() {
    let crlf = |text: &str| Document::open(text.replace('\n', "\r\n").into_bytes()).unwrap();
    let base = Document::open(b"---\ntitle: a\n---\none\ntwo\n".to_vec()).unwrap();
    let ours = crlf("---\ntitle: b\n---\none\ntwo\n");
    let theirs = Document::open(b"---\ntitle: a\n---\none\nTWO\n".to_vec()).unwrap();
    let result = merged(&base, &ours, &theirs);
    assert_eq!((result.text.as_str(), result.conflicts.len()), ("---\r\ntitle: b\r\n---\r\none\r\nTWO\r\n", 0));
}

#[test]
fn a_version_that_does_not_parse_is_named() {
    let good = document("title: a\n");
    let bad = Document::open(b"---\ntitle: [\n---\n".to_vec()).unwrap();
    let error = merge(&Profile::builtin(), Some(&good), &good, &bad).unwrap_err();
    assert!(error.starts_with("THEIRS: line "), "{error}");
}

/// One curator's edit of the made-up item.
fn intent() -> impl Strategy<Value = Intent> {
    let text = || prop::sample::select(vec!["x", "y: z", "'", "2", "null", "# no"]);
    let field = prop::sample::select(vec![
        "title",
        "status",
        "via",
        "link.brand",
        "author[0]",
        "weight",
        "htmlMetaData.ogtitle",
        "relatedOfferings[0].label",
        "relatedOfferings[1].permalink",
        "description",
        "openGraphMetaData.ogurl",
    ]);
    let topic = || prop::sample::select(vec!["New: Care", "Other: Care", "Orbit: Nursing", "Plain"]);
    prop_oneof![
        4 => (field, text()).prop_map(|(field, text)| set(field, text)),
        2 => topic().prop_map(add),
        1 => topic().prop_map(|topic| Intent::RemoveTopic(topic.to_string())),
        1 => text().prop_map(|text| Intent::Append { field: "author".parse().unwrap(), value: text.into() }),
        1 => prop::sample::select(vec!["via", "status", "aliases"]).prop_map(|f| Intent::Unset { field: f.parse().unwrap() }),
    ]
}

proptest! {
    /// The long proof is `PROPTEST_CASES=1000 cargo test --lib merge`: a pair of edits on one base merges to what applying both gives, or is a conflict; never a third thing.
    #[test]
    fn a_pair_of_edits_merges_to_both_or_is_a_conflict(mine in intent(), yours in intent()) {
        let base = document(ITEM);
        let (ours, theirs) = (after(&base, std::slice::from_ref(&mine)), after(&base, std::slice::from_ref(&yours)));
        let result = merged(&base, &ours, &theirs);
        if result.conflicts.is_empty() {
            let value = Document::open(result.text.clone().into_bytes()).unwrap().value().unwrap();
            let one = after(&ours, std::slice::from_ref(&yours)).value().unwrap();
            let other = after(&theirs, std::slice::from_ref(&mine)).value().unwrap();
            // What both did alike was done once.
            let alike = mine == yours && same(&value, &ours.value().unwrap());
            prop_assert!(alike || same(&value, &one) || same(&value, &other), "{mine:?} {yours:?}\n{}", result.text);
        } else {
            prop_assert!(result.text.contains("<<<<<<< ours\n"));
            let ours_alone = without(&result.text, false);
            let value = Document::open(ours_alone.into_bytes()).unwrap().value().unwrap();
            prop_assert!(same(&value.clone(), &ours.value().unwrap()) || value != base.value().unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_side_that_changed_nothing_yields_byte_for_byte(yours in intent()) {
        let base = document(ITEM);
        let theirs = after(&base, std::slice::from_ref(&yours));
        prop_assert_eq!(merged(&base, &theirs, &base).text, theirs.text());
        prop_assert_eq!(merged(&base, &base, &theirs).text, theirs.text());
    }
}

/// The text with every conflict answered for one side.
fn without(text: &str, theirs: bool) -> String {
    let mut side = None;
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        match line.trim_end() {
            "<<<<<<< ours" => side = Some(false),
            "=======" if side.is_some() => side = Some(true),
            ">>>>>>> theirs" => side = None,
            _ if side.is_none_or(|side| side == theirs) => out += line,
            _ => {}
        }
    }
    out
}
