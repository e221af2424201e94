use super::*;
use crate::content::Place;
use crate::content::edit::{self, apply_to_value};
use crate::profile::sample::{changes, document, done, front};
use crate::profile::{Intent, expand};

/// Offerings in the sample's style.
const BLOCK: &str = "\
title: x
relatedOfferings:
  - label: Night Owl's Rota
    permalink: /offering/night-owls-rota
    categories:
      - 'Orbit: Nursing'
    offeringId: 411
  - label: WardView
    permalink: /offering/wardview
    categories:
      - 'Orbit: Nursing'
      - 'Ratings: Wards'
    offeringId: 97
  - label: Bedside Bell
    permalink: /offering/bedside-bell
    categories: []
    offeringId: 12
weight: 1
";

fn entry(yaml: &str) -> Value {
    front(yaml)
}

fn bell() -> Value {
    entry("{label: Bedside Bell, permalink: /offering/bedside-bell, categories: [], offeringId: 12}")
}

fn id(text: &str) -> Which {
    Which::Id(text.to_string())
}

fn named(text: &str) -> Which {
    Which::Named(text.to_string())
}

fn after(intent: &Intent, yaml: &str) -> Value {
    done(&Profile::builtin(), intent, &front(yaml)).unwrap().1
}

/// The labels, or whatever else stands in the list.
fn labels(value: &Value) -> Vec<String> {
    let rule = Profile::builtin().offerings.unwrap();
    rule.entries(value).iter().map(|entry| rule.label(entry).unwrap_or_else(|| "?".to_string())).collect()
}

/// The text of a document after intents, one after the other.
fn written(yaml: &str, intents: &[Intent]) -> String {
    let profile = Profile::builtin();
    let end = intents.iter().fold(document(yaml), |document, intent| {
        edit::apply(&document, &expand(&profile, intent, &document).unwrap().edits).unwrap()
    });
    end.front().to_string()
}

#[test]
fn an_offering_is_known_by_its_id_however_it_is_written_and_else_by_its_label() {
    let rule = Profile::builtin().offerings.unwrap();
    let with_id = entry("{label: A, offeringId: 7}");
    let text_id = entry("{label: B, offeringId: '7'}");
    let without = entry("{label: A, offeringId: null}");
    assert_eq!(rule.identity(&with_id), rule.identity(&text_id));
    assert_eq!(rule.identity(&without), Some(Which::Label("A".into())));
    assert_eq!(rule.identity(&"A".into()), Some(Which::Label("A".into())));
    assert_eq!(rule.identity(&entry("{offeringId: null, label: ' '}")), None);
    assert!(!rule.is(&Which::Label("A".into()), &with_id), "an id says more than a label");
    assert!(rule.is(&named("A"), &with_id) && rule.is(&named("7"), &text_id));
}

#[test]
fn an_offering_taken_out_and_added_again_is_the_same_bytes_at_whatever_place() {
    for which in ["411", "97", "12"] {
        let value = front(BLOCK);
        let rule = Profile::builtin().offerings.unwrap();
        let entries = rule.entries(&value).to_vec();
        let at = entries.iter().position(|e| rule.is(&id(which), e)).unwrap();
        let place = if at == 0 { Place::Start } else { Place::After(entries[at - 1].clone()) };
        let field = "relatedOfferings".parse().unwrap();
        let back = [
            Intent::RemoveOffering(id(which)),
            Intent::AddOffering(entries[at].clone()),
            Intent::MoveEntry { field, value: entries[at].clone(), nth: 0, place },
        ];
        assert_eq!(written(BLOCK, &back), BLOCK, "{which}");
    }
}

#[test]
fn what_is_so_already_changes_nothing() {
    for intent in [
        Intent::AddOffering(bell()),
        Intent::AddOffering(entry("{label: Another name, offeringId: '12'}")),
        Intent::RemoveOffering(id("5")),
        Intent::RemoveOffering(Which::Label("WardView".into())),
        Intent::ReplaceOffering { which: id("12"), entry: bell() },
        Intent::RenameOffering { which: id("12"), label: "Bedside Bell".into() },
    ] {
        assert_eq!(written(BLOCK, std::slice::from_ref(&intent)), BLOCK, "{intent:?}");
    }
}

#[test]
fn a_new_entry_looks_like_those_beside_it() {
    let add = |yaml: &str| written(yaml, &[Intent::AddOffering(bell())]);
    let cases = [
        ("relatedOfferings: [WardView]\n", "relatedOfferings: [WardView, Bedside Bell]\n"),
        (
            "relatedOfferings:\n- offeringId: '1'\n  label: A\n",
            "relatedOfferings:\n- offeringId: '1'\n  label: A\n- offeringId: '12'\n  label: Bedside Bell\n  \
             permalink: /offering/bedside-bell\n  categories: []\n",
        ),
        (
            "relatedOfferings:\n  - {label: A, offeringId: 1}\n",
            "relatedOfferings:\n  - {label: A, offeringId: 1}\n  - {label: Bedside Bell, offeringId: 12, permalink: \
             /offering/bedside-bell, categories: []}\n",
        ),
    ];
    for (before, should) in cases {
        assert_eq!(add(before), should);
    }
    for empty in ["title: x\n", "title: x\nrelatedOfferings:\n", "relatedOfferings: null\n", "relatedOfferings: []\n"] {
        let after = after(&Intent::AddOffering(bell()), empty);
        assert_eq!(Profile::builtin().offerings.unwrap().entries(&after), [bell()], "{empty}");
    }
    let text = after(&Intent::AddOffering("Plain Name".into()), BLOCK);
    let last = Profile::builtin().offerings.unwrap().entries(&text).last().cloned();
    let whole = "{label: Plain Name, permalink: /offering/plain-name, categories: [], offeringId: null}";
    assert_eq!(last, Some(entry(whole)));
}

#[test]
fn what_is_no_list_is_refused_and_an_offering_without_a_name_too() {
    let refused =
        |intent: Intent, yaml: &str| done(&Profile::builtin(), &intent, &front(yaml)).unwrap_err().to_string();
    assert!(refused(Intent::AddOffering(bell()), "relatedOfferings: {a: 1}").contains("is no list"));
    assert!(refused(Intent::AddOffering(bell()), "relatedOfferings: text").contains("is no list"));
    assert!(refused(Intent::AddOffering(entry("{offeringId: null}")), BLOCK).contains("needs a label"));
    assert!(refused(Intent::RenameOffering { which: id("12"), label: " ".into() }, BLOCK).contains("needs a label"));
}

#[test]
fn two_entries_of_one_id_go_together_and_are_renamed_together() {
    let twice = BLOCK.replace("offeringId: 97", "offeringId: 12");
    assert_eq!(labels(&after(&Intent::RemoveOffering(id("12")), &twice)), ["Night Owl's Rota"]);
    let renamed = after(&Intent::RenameOffering { which: id("12"), label: "Bell".into() }, &twice);
    assert_eq!(labels(&renamed), ["Night Owl's Rota", "Bell", "Bell"]);
}

#[test]
fn making_one_like_another_changes_only_what_differs_and_keeps_what_only_it_has() {
    let canonical = entry(
        "{label: WardView Pro, permalink: /offering/wardview-pro, categories: ['Orbit: Nursing'], offeringId: 97}",
    );
    let alike = |which: Which| Intent::ReplaceOffering { which, entry: canonical.clone() };
    let noted = BLOCK.replace("offeringId: 97\n", "offeringId: '97'\n    note: the item's own\n");
    let should = noted
        .replace("label: WardView\n", "label: WardView Pro\n")
        .replace("/offering/wardview\n", "/offering/wardview-pro\n")
        .replace("      - 'Ratings: Wards'\n", "");
    assert_eq!(written(&noted, &[alike(id("97"))]), should);
    // Another offering in its place: nothing of the old one is left.
    let merged = written(&noted, &[alike(id("411"))]);
    assert!(!merged.contains("Night Owl") && merged.contains("note:"), "it has that one already: {merged}");
    let instead = written(&noted.replace("'97'", "98"), &[alike(id("98"))]);
    assert!(!instead.contains("note:") && instead.contains("offeringId: 97"), "{instead}");
}

#[test]
fn merging_two_names_of_one_id_keeps_the_offering() {
    let canonical = entry("{label: Bell, permalink: /offering/bell, categories: [], offeringId: 12}");
    let merge = Intent::ReplaceOffering { which: named("Bedside Bell"), entry: canonical.clone() };
    assert_eq!(labels(&after(&merge, BLOCK)), ["Night Owl's Rota", "WardView", "Bell"]);
    let both = BLOCK.replace("label: WardView", "label: Bell").replace("offeringId: 97", "offeringId: 12");
    assert_eq!(labels(&after(&merge, &both)), ["Night Owl's Rota", "Bell"]);
    let merge = Intent::ReplaceOffering { which: named("Old"), entry: "New".into() };
    assert_eq!(labels(&after(&merge, "relatedOfferings: [Old, x, Old]")), ["New", "x"]);
    assert_eq!(labels(&after(&merge, "relatedOfferings: [Old, x, New]")), ["x", "New"]);
}

#[test]
fn a_permalink_that_followed_its_label_follows_it_on_and_another_stays() {
    let rename = Intent::RenameOffering { which: named("WardView"), label: "Ward View's Best".into() };
    assert_eq!(
        changes(&front(BLOCK), &after(&rename, BLOCK)),
        ["relatedOfferings[1].label: 'Ward View's Best'", "relatedOfferings[1].permalink: '/offering/ward-views-best'"]
    );
    let own = BLOCK.replace("/offering/wardview\n", "/elsewhere\n");
    assert_eq!(changes(&front(&own), &after(&rename, &own)), ["relatedOfferings[1].label: 'Ward View's Best'"]);
    let texts = "relatedOfferings: [WardView, Ward View's Best, c]";
    assert_eq!(labels(&after(&rename, texts)), ["Ward View's Best", "c"]);
}

#[test]
fn variants_are_told_by_the_keys_that_the_profile_names() {
    let rule = Profile::builtin().offerings.unwrap();
    let one = bell();
    let agrees = |yaml: &str| rule.agree(&one, &entry(yaml));
    assert!(agrees(
        "{label: Bedside Bell, permalink: /offering/bedside-bell, categories: [], offeringId: '12', own: 1}"
    ));
    assert!(!agrees("{label: Bedside Bell, permalink: /offering/bedside-bell, categories: [a], offeringId: 12}"));
    assert!(!agrees("{label: Bedside Bell, permalink: /offering/bedside-bell, offeringId: 12}"));
}

#[test]
fn an_offering_that_someone_else_added_or_took_away_is_no_conflict() {
    let profile = Profile::builtin();
    let mine = [Intent::AddOffering(entry("{label: New, offeringId: 5}")), Intent::RemoveOffering(id("97"))];
    for intent in mine {
        let edits = expand(&profile, &intent, &document(BLOCK)).unwrap().edits;
        let theirs = document(&written(BLOCK, &[Intent::RemoveOffering(id("97")), Intent::RemoveOffering(id("12"))]));
        let edits = expand::again(&profile, &intent, &edits, &theirs).unwrap().edits;
        let mut value = theirs.value().unwrap();
        apply_to_value(&mut value, &edits).unwrap();
        assert!(!labels(&value).contains(&"WardView".to_string()), "{intent:?}");
    }
}
