//! Topics in one list and in five: what a curator would lose if they came apart.

use std::sync::LazyLock;

use proptest::prelude::*;

use crate::content::edit::{self, apply_to_value};
use crate::content::{Document, Edit, FieldPath, Place, Value};
use crate::profile::sample::{ITEM, changes, done, front, get};
use crate::profile::{FindingKind, Intent, Profile, expand, findings};

const LISTS: [&str; 5] =
    ["categories", "categorySlug", "categoryUrl", "categoryLabel", "openProjectCustomFields.medigyTopics"];

fn add(topic: &str) -> Intent {
    Intent::AddTopic(topic.to_string())
}

fn remove(topic: &str) -> Intent {
    Intent::RemoveTopic(topic.to_string())
}

fn rename(old: &str, new: &str) -> Intent {
    Intent::RenameTopic { old: old.to_string(), new: new.to_string() }
}

fn after(intent: &Intent, item: &Value) -> Value {
    static PROFILE: LazyLock<Profile> = LazyLock::new(Profile::builtin);
    done(&PROFILE, intent, item).unwrap().1
}

fn lengths(item: &Value) -> Vec<usize> {
    LISTS.iter().map(|list| get(item, list).unwrap().as_seq().unwrap().len()).collect()
}

#[test]
fn an_added_topic_stands_at_the_end_of_five_lists() {
    let item = after(&add("KLM: Scheduling - Nurse & Staff"), &front(ITEM));
    let last = |list: &str| get(&item, &format!("{list}[-1]")).unwrap();
    let expected = [
        "KLM: Scheduling - Nurse & Staff",
        "klm: scheduling - nurse & staff",
        "topic/klm-scheduling-nurse-staff",
        "Scheduling - Nurse & Staff",
        "KLM: Scheduling - Nurse & Staff",
    ];
    assert_eq!(LISTS.map(last), expected.map(Value::from));
    assert_eq!(lengths(&item), [3; 5]);
    let (again, _) = done(&Profile::builtin(), &add("KLM: Scheduling - Nurse & Staff"), &item).unwrap();
    assert!(again.edits.is_empty());
}

#[test]
fn a_removed_topic_goes_from_five_lists_and_nothing_else_changes() {
    let before = front(ITEM);
    let item = after(&remove("Orbit: Nursing"), &before);
    assert_eq!(lengths(&item), [1; 5]);
    assert_eq!(changes(&before, &item).len(), 5);
    assert_eq!(after(&add("Orbit: Nursing"), &item), before);
    assert_eq!(lengths(&after(&remove("Plain Subject Words (PSW): Virtual Care"), &item)), [0; 5]);
    assert!(done(&Profile::builtin(), &remove("nursing"), &before).unwrap().0.edits.is_empty());
}

#[test]
fn an_entry_that_had_drifted_goes_with_its_own_topic_only() {
    let drifted = front(&ITEM.replace("- topic/orbit-nursing", "- topic/orbit-nurses"));
    let other = after(&remove("Plain Subject Words (PSW): Virtual Care"), &drifted);
    assert_eq!(get(&other, "categoryUrl"), Some(Value::Seq(vec!["topic/orbit-nurses".into()])));
    let own = after(&remove("Orbit: Nursing"), &drifted);
    assert_eq!(lengths(&own), [1; 5]);
    assert_eq!(get(&own, "categoryUrl[0]"), Some("topic/plain-subject-words-psw-virtual-care".into()));
}

#[test]
fn two_topics_may_share_a_label() {
    let item = after(&add("Comet: Nursing"), &front(ITEM));
    assert_eq!(get(&item, "categoryLabel[2]"), Some("Nursing".into()));
    let renamed = after(&rename("Comet: Nursing", "Comet: Night shifts"), &item);
    assert_eq!(get(&renamed, "categoryLabel[1]"), Some("Nursing".into()));
    assert_eq!(get(&renamed, "categoryLabel[2]"), Some("Night shifts".into()));
    assert_eq!(lengths(&after(&remove("Orbit: Nursing"), &item)), [2; 5]);
    // Out of step, nobody can tell which of the two labels is meant: the list is left, and said so.
    let uneven = front(&ITEM.replace("[Virtual Care, Nursing]", "[Virtual Care, Nursing, Nursing]"));
    let (expansion, after) = done(&Profile::builtin(), &remove("Orbit: Nursing"), &uneven).unwrap();
    assert_eq!(lengths(&after), [1, 1, 1, 3, 1]);
    assert_eq!(expansion.left, ["categoryLabel: has 3 entries for 2 topics, and several are `Nursing`"]);
}

#[test]
fn in_a_list_out_of_step_the_one_entry_that_equals_the_template_is_taken() {
    let uneven = front(&ITEM.replace("[Virtual Care, Nursing]", "[Nursing]"));
    assert_eq!(lengths(&after(&remove("Orbit: Nursing"), &uneven)), [1, 1, 1, 0, 1]);
    let (expansion, left) =
        done(&Profile::builtin(), &remove("Plain Subject Words (PSW): Virtual Care"), &uneven).unwrap();
    assert_eq!(lengths(&left), [1; 5]);
    assert_eq!(expansion.left, ["categoryLabel: has 1 entries for 2 topics, and none is `Virtual Care`"]);
    assert_eq!(lengths(&after(&add("New"), &uneven)), [3, 3, 3, 2, 3]);
}

#[test]
fn missing_null_and_empty_lists_are_made() {
    for lists in ["{}", "{categories: null, categorySlug: ''}", "{categories: [], categoryLabel: []}"] {
        let item = after(&add("Orbit: Nursing"), &front(lists));
        assert_eq!(lengths(&item), [1; 5], "{lists}");
    }
    let (expansion, _) = done(&Profile::builtin(), &add("Orbit: Nursing"), &front("categoryUrl: topic/x")).unwrap();
    assert_eq!(expansion.left, ["categoryUrl: is no list"]);
    let refused = done(&Profile::builtin(), &add("Orbit: Nursing"), &front("categories: Orbit"));
    assert!(refused.unwrap_err().to_string().contains("categories: is no list"));
}

#[test]
fn a_renamed_topic_keeps_its_place_and_merges_into_one_that_is_there() {
    let before = front(ITEM);
    let item = after(&rename("Plain Subject Words (PSW): Virtual Care", "Orbit: Telehealth"), &before);
    assert_eq!(get(&item, "categories[0]"), Some("Orbit: Telehealth".into()));
    assert_eq!(changes(&before, &item).len(), 5);
    let merged = after(&rename("Plain Subject Words (PSW): Virtual Care", "Orbit: Nursing"), &before);
    assert_eq!(lengths(&merged), [1; 5]);
    assert!(done(&Profile::builtin(), &rename("gone", "x"), &before).unwrap().0.edits.is_empty());
    // A topic that stands there twice, as real files have it, keeps both places.
    let twice = after(&rename("a", "b"), &front("categories: [a, x, a]"));
    assert_eq!(get(&twice, "categories"), Some(Value::Seq(vec!["b".into(), "x".into(), "b".into()])));
}

#[test]
fn generic_intents_on_the_topics_field_move_the_linked_lists_too() {
    let before = front(ITEM);
    let categories = || "categories".parse().unwrap();
    let appended = after(&Intent::Append { field: categories(), value: "New".into() }, &before);
    assert_eq!(appended, after(&add("New"), &before));
    let removed = after(&Intent::RemoveEntry { field: categories(), value: "Orbit: Nursing".into() }, &before);
    assert_eq!(removed, after(&remove("Orbit: Nursing"), &before));
    assert_eq!(removed, after(&Intent::Unset { field: "categories[1]".parse().unwrap() }, &before));
    let set = Intent::SetText { field: "categories[1]".parse().unwrap(), text: "New".into() };
    assert_eq!(after(&set, &before), after(&rename("Orbit: Nursing", "New"), &before));
    let moved = Intent::MoveEntry { field: categories(), value: "Orbit: Nursing".into(), nth: 0, place: Place::Start };
    let moved = after(&moved, &before);
    assert_eq!(get(&moved, "categoryLabel[0]"), Some("Nursing".into()));
    assert_eq!(get(&moved, "categoryUrl[1]"), Some("topic/plain-subject-words-psw-virtual-care".into()));
}

#[test]
fn a_whole_new_list_of_topics_keeps_all_five_in_step() {
    let four = ["A: One", "B: Two", "C: One", "D: Four"];
    let start = four.iter().fold(front("{}"), |item, topic| after(&add(topic), &item));
    for new in [
        &["D: Four", "A: One"][..],
        &["A: One", "X: New", "C: One", "D: Four"],
        &[],
        &["Z", "C: One", "Q", "A: One", "B: Two"],
    ] {
        let value = Value::Seq(new.iter().map(|t| Value::from(*t)).collect());
        let item = after(&Intent::Set { field: "categories".parse().unwrap(), value: value.clone() }, &start);
        let fresh = new.iter().fold(front("{}"), |item, topic| after(&add(topic), &item));
        for list in LISTS {
            let is = get(&item, list).unwrap();
            assert_eq!(is, get(&fresh, list).unwrap_or(Value::Seq(vec![])), "{list} of {new:?}");
        }
    }
}

#[test]
fn a_site_with_one_list_gets_one_edit() {
    let profile = Profile::from_yaml("topics: {field: tags}", ".curate.yaml").unwrap();
    let (expansion, _) = done(&profile, &add("x"), &front("tags: [a]")).unwrap();
    assert!(matches!(expansion.edits.as_slice(), [Edit::Insert { nth: 0, place: Place::End, .. }]));
    let none = Profile::from_yaml("columns: [title]", ".curate.yaml").unwrap();
    assert!(done(&none, &add("x"), &front("tags: [a]")).unwrap_err().reason.contains("names no topics field"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_done_to_topics_all_five_lists_stay_in_step(
        steps in prop::collection::vec((0u8..6, 0usize..6, 0usize..6), 1..12),
    ) {
        // Labels shared by several topics, and slugs that meet.
        let names = ["A: One", "B: One", "C: Two", "a: one", "D: Two!", "Two"];
        let profile = Profile::builtin();
        let mut item = front("{title: x}");
        for (what, a, b) in steps {
            let (a, b) = (names[a], names[b]);
            let categories = || "categories".parse().unwrap();
            let intent = match what {
                0 | 1 => add(a),
                2 => remove(a),
                3 => rename(a, b),
                4 => Intent::MoveEntry { field: categories(), value: a.into(), nth: 0, place: Place::After(b.into()) },
                _ => Intent::Set { field: categories(), value: Value::Seq(vec![a.into(), "New: One".into()]) },
            };
            item = after(&intent, &item);
            let drift: Vec<_> = findings(&profile, &item, None).into_iter().filter(|f| f.kind == FindingKind::Drift).collect();
            prop_assert!(drift.is_empty(), "{:?}: {:?}", intent, drift);
        }
    }
}

#[test]
fn the_edits_of_an_intent_can_be_made_again_on_a_file_that_changed_elsewhere() {
    for (which, at) in (0..5).flat_map(|which| [(which, 0), (which, 1)]) {
        let before = front(ITEM);
        let topic = ["Plain Subject Words (PSW): Virtual Care", "Orbit: Nursing"][at];
        let intent = match which {
            0 => add("New: Topic"),
            1 => remove(topic),
            2 => rename(topic, "New: Topic"),
            3 => Intent::SetText { field: "title".parse().unwrap(), text: "New".to_string() },
            _ => Intent::SetText {
                field: format!("relatedOfferings[{at}].label").parse().unwrap(),
                text: "New".to_string(),
            },
        };
        let profile = Profile::builtin();
        let (mine, wanted) = done(&profile, &intent, &before).unwrap();
        // Someone else added another topic (with a label of its own: see `expand::again`), an author and a first offering.
        let offering = front("{label: First, offeringId: 1}");
        let mut disk = after(&add("Other: Matter"), &before);
        let first =
            Edit::Insert { list: FieldPath::key("relatedOfferings"), entry: offering, nth: 0, place: Place::Start };
        apply_to_value(&mut disk, &[first]).unwrap();
        let theirs = disk.clone();
        apply_to_value(&mut disk, &mine.edits).unwrap();
        // Both are there: what I changed, I changed; and taken again, nothing more happens.
        assert_eq!(changes(&before, &wanted).is_empty(), changes(&theirs, &disk).is_empty());
        assert!(findings(&profile, &disk, None).iter().all(|f| f.kind != FindingKind::Drift));
        let once = disk.clone();
        apply_to_value(&mut disk, &mine.edits).unwrap();
        assert_eq!(once, disk);
    }
}

#[test]
fn a_topic_that_moves_takes_its_entries_along_drifted_or_not_and_of_two_equal_labels_its_own() {
    let drifted = ITEM.replace("- topic/orbit-nursing", "- topic/orbit-nurses");
    let before = after(&add("Comet: Nursing"), &front(&drifted));
    let to_front = Intent::MoveEntry {
        field: "categories".parse().unwrap(),
        value: "Orbit: Nursing".into(),
        nth: 0,
        place: Place::Start,
    };
    let moved = after(&to_front, &before);
    let list = |item: &Value, field: &str| -> Vec<String> {
        get(item, field).unwrap().as_seq().unwrap().iter().map(|entry| entry.scalar_text().unwrap()).collect()
    };
    assert_eq!(list(&moved, "categoryLabel"), ["Nursing", "Virtual Care", "Nursing"]);
    assert_eq!(
        list(&moved, "categoryUrl"),
        ["topic/orbit-nurses", "topic/plain-subject-words-psw-virtual-care", "topic/comet-nursing"]
    );
    let without = after(&remove("Comet: Nursing"), &moved);
    assert_eq!(list(&without, "categoryUrl")[0], "topic/orbit-nurses");
    // Out of step nobody knows which entry is whose place: that list stays, and is reported.
    let uneven = front(&ITEM.replace("[Virtual Care, Nursing]", "[Virtual Care, Nursing, Nursing]"));
    let (expansion, moved) = done(&Profile::builtin(), &to_front, &uneven).unwrap();
    assert_eq!(list(&moved, "categoryLabel"), ["Virtual Care", "Nursing", "Nursing"]);
    assert_eq!(list(&moved, "categories")[0], "Orbit: Nursing");
    assert_eq!(expansion.left, ["categoryLabel: has 3 entries for 2 topics"]);
}

/// The front matter after an intent, byte for byte.
fn text_after(front: &str, intent: &Intent) -> String {
    let profile =
        Profile::from_yaml("topics: {field: tags, linked: {tagSlug: '{topic|slug}'}}", ".curate.yaml").unwrap();
    let document = Document::open(format!("---\n{front}---\nBody\n").into_bytes()).unwrap();
    let edits = expand(&profile, intent, &document).unwrap().edits;
    let text = edit::apply(&document, &edits).unwrap().text().to_string();
    text.strip_prefix("---\n").unwrap().strip_suffix("---\nBody\n").unwrap().to_string()
}

#[test]
fn a_list_that_is_missing_null_or_empty_is_made_in_the_files_own_style() {
    for (before, made) in [
        ("title: a\nauthors:\n- b\n", "title: a\nauthors:\n- b\ntags:\n- 'A: #1'\ntagSlug:\n- a-1\n"),
        ("title: a\nauthors:\n  - b\n", "title: a\nauthors:\n  - b\ntags:\n  - 'A: #1'\ntagSlug:\n  - a-1\n"),
        ("authors: [b]\ntags:\ntagSlug: null\n", "authors: [b]\ntags: ['A: #1']\ntagSlug: [a-1]\n"),
        ("tags: [] # none\ntagSlug: ''\nz: 1\n", "tags: # none\n  - 'A: #1'\ntagSlug:\n  - a-1\nz: 1\n"),
    ] {
        assert_eq!(text_after(before, &add("A: #1")), made, "{before}");
    }
}

#[test]
fn a_topic_may_hold_anything_that_a_person_can_type() {
    let before = "title: a\ntags:\n  - x\ntagSlug:\n  - x\n";
    for topic in
        ["It's", "\"quoted\"", "A: B: C", "#1", "- dash", "🎉 Party", "no", "2022", "[x]", "a\u{202e}b", "null", "é"]
    {
        let after = text_after(before, &add(topic));
        let value = Document::open(format!("---\n{after}---\n").into_bytes()).unwrap().value().unwrap();
        assert_eq!(get(&value, "tags[1]"), Some(topic.into()), "{after}");
        assert_eq!(text_after(&after, &remove(topic)), before, "{after}");
    }
}

#[test]
fn a_closed_vocabulary_refuses_what_it_does_not_list_but_lets_old_topics_stand() {
    let mut profile = Profile::from_yaml("topics: {field: tags}", ".curate.yaml").unwrap();
    let list = crate::profile::TopicList::read("closed: true\ntopics: [New, Old]", "topics.yaml").unwrap();
    profile.topics.as_mut().unwrap().listed = Some(std::sync::Arc::new(list));
    let item = front("tags: [Odd, Old]");
    let refused = |intent: &Intent| done(&profile, intent, &item).map(|_| ()).map_err(|refusal| refusal.to_string());
    for intent in [
        add("Other"),
        rename("Old", "Other"),
        Intent::SetText { field: "tags[0]".parse().unwrap(), text: "Other".to_string() },
        Intent::Append { field: "tags".parse().unwrap(), value: "Other".into() },
        Intent::Set { field: "tags".parse().unwrap(), value: Value::Seq(vec!["Old".into(), "Other".into()]) },
    ] {
        assert_eq!(refused(&intent).unwrap_err(), "tags: `Other` is not in topics.yaml, a closed list", "{intent:?}");
    }
    // What stands there may stay, move and go.
    let kept = Value::Seq(vec!["Old".into(), "Odd".into(), "New".into()]);
    for intent in [add("New"), add("Odd"), rename("Odd", "Old"), remove("Odd"), rename("Odd", "New")] {
        refused(&intent).unwrap();
    }
    refused(&Intent::Set { field: "tags".parse().unwrap(), value: kept }).unwrap();
}
