//! What intents do to the bytes of whole documents: the fields they mean, and nothing else.

use super::sample::{ITEM, document};
use super::{FindingKind, Intent, Profile, Which, expand, findings};
use crate::content::diff::{Diff, LineKind};
use crate::content::{Document, Place, Value, edit};

fn after(intent: &Intent, document: &Document) -> Document {
    let expansion = expand(&Profile::builtin(), intent, document).unwrap();
    assert_eq!(expansion.left, Vec::<String>::new());
    edit::apply(document, &expansion.edits).unwrap()
}

fn text(field: &str, text: &str) -> Intent {
    Intent::SetText { field: field.parse().unwrap(), text: text.to_string() }
}

/// The lines that are new, blanks in front taken off.
fn added(before: &Document, after: &Document) -> Vec<String> {
    let diff = Diff::between(before.text(), after.text());
    let lines = diff.lines.iter().filter(|line| line.kind == LineKind::Added);
    lines.map(|line| line.text.trim_start().to_string()).collect()
}

fn mended(document: &Document, kind: FindingKind) -> Document {
    let profile = Profile::builtin();
    let fixes = findings(&profile, &document.value().unwrap(), None).into_iter().filter(|f| f.kind == kind);
    fixes.filter_map(|f| f.fix).flatten().fold(document.clone(), |document, intent| after(&intent, &document))
}

/// The real sample, where it is there.
fn real() -> Option<Document> {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/metaverse-in-digital-medicine.md");
    match std::fs::read(path) {
        Ok(bytes) => Some(Document::open(bytes).unwrap()),
        Err(_) => {
            println!("skipped: there is no ../shared/samples");
            None
        }
    }
}

fn documents() -> Vec<Document> {
    [Some(document(ITEM)), real()].into_iter().flatten().collect()
}

#[test]
fn a_title_changes_the_lines_that_hold_it_and_no_others() {
    for before in documents() {
        let title = before.value().unwrap().get("title").and_then(Value::scalar_text).unwrap();
        let after = after(&text("title", "Another title"), &before);
        let holds = |line: &&str| {
            line.trim_end().ends_with(&title)
                || line.contains(&format!("{title},"))
                || line.contains(&format!("{title}]"))
        };
        let expected: Vec<String> = before
            .front()
            .lines()
            .map(|line| if holds(&line) { line.replace(&title, "Another title") } else { line.to_string() })
            .collect();
        assert_eq!(after.front().lines().collect::<Vec<_>>(), expected);
        assert_eq!(after.body(), before.body());
    }
}

#[test]
fn a_topic_in_and_a_topic_out_is_five_lines_each() {
    let Some(before) = real() else { return };
    let out = after(&Intent::RemoveTopic("Gartner: Healthcare".into()), &before);
    let both = after(&Intent::AddTopic("KLAS: Scheduling - Nurse and Staff".into()), &out);
    let diff = Diff::between(before.text(), both.text());
    assert_eq!((diff.added, diff.removed), (5, 5));
    assert_eq!(
        added(&before, &both),
        [
            "- 'KLAS: Scheduling - Nurse and Staff'",
            "- 'klas: scheduling - nurse and staff'",
            "- topic/klas-scheduling-nurse-and-staff",
            "- Scheduling - Nurse and Staff",
            "- 'KLAS: Scheduling - Nurse and Staff'",
        ]
    );
}

#[test]
fn a_topic_taken_out_and_put_back_leaves_the_bytes_as_they_were() {
    for before in documents() {
        let topics = before.value().unwrap().get("categories").cloned().unwrap();
        let last = topics.as_seq().unwrap().last().and_then(Value::scalar_text).unwrap();
        let out = after(&Intent::RemoveTopic(last.clone()), &before);
        assert_ne!(out.text(), before.text());
        assert_eq!(after(&Intent::AddTopic(last), &out).text(), before.text());
    }
}

#[test]
fn an_offering_of_the_sample_is_its_six_lines_and_comes_back_to_the_byte() {
    let Some(before) = real() else { return };
    let value = before.value().unwrap();
    let rule = Profile::builtin().offerings.unwrap();
    let entries = rule.entries(&value).to_vec();
    let out = after(&Intent::RemoveOffering(Which::Named("Salvo Health Platform".into())), &before);
    let diff = Diff::between(before.text(), out.text());
    assert_eq!((diff.added, diff.removed), (0, 6));
    for (at, entry) in entries.iter().enumerate() {
        let out = after(&Intent::RemoveOffering(rule.identity(entry).unwrap()), &before);
        let back = after(&Intent::AddOffering(entry.clone()), &out);
        let place = if at == 0 { Place::Start } else { Place::After(entries[at - 1].clone()) };
        let (field, value) = ("relatedOfferings".parse().unwrap(), entry.clone());
        let moved = after(&Intent::MoveEntry { field, value, nth: 0, place }, &back);
        assert_eq!(moved.text(), before.text(), "{entry:?}");
    }
}

#[test]
fn what_is_so_already_leaves_every_byte() {
    for before in documents() {
        let value = before.value().unwrap();
        let title = value.get("title").and_then(Value::scalar_text).unwrap();
        for intent in [
            text("title", &title),
            Intent::Derive,
            Intent::AddTopic(value.get("categories").unwrap().as_seq().unwrap()[0].scalar_text().unwrap()),
            Intent::Set {
                field: "relatedOfferings".parse().unwrap(),
                value: value.get("relatedOfferings").cloned().unwrap(),
            },
        ] {
            assert_eq!(after(&intent, &before).text(), before.text(), "{intent:?}");
        }
    }
}

#[test]
fn an_entry_that_drifted_is_mended_and_no_other_byte_changes() {
    for before in documents() {
        for at in 0..2 {
            let label = before.value().unwrap().get("categoryLabel").unwrap().as_seq().unwrap()[at].clone();
            let field = || format!("categoryLabel[{at}]").parse().unwrap();
            let drifted = after(&Intent::Set { field: field(), value: "Drifted".into() }, &before);
            assert_ne!(drifted.text(), before.text());
            assert_eq!(mended(&drifted, FindingKind::Drift).text(), before.text());
            // A list that has lost the entry is as long again, and in order.
            let shorter =
                after(&Intent::RemoveEntry { field: "categoryLabel".parse().unwrap(), value: label }, &before);
            assert_eq!(mended(&shorter, FindingKind::Drift).text(), before.text());
        }
    }
}

#[test]
fn derived_values_follow_in_their_own_lines() {
    let Some(before) = real() else { return };
    let titled = after(&text("title", "Wards without walls"), &before);
    assert_eq!(
        added(&titled, &after(&Intent::Derive, &titled)),
        ["aliases: /news/wards-without-walls", "slug: sciencedirect-wards-without-walls"]
    );
}

#[test]
fn an_edit_is_made_again_on_a_file_that_changed_and_refused_where_both_changed_one_field() {
    let before = document(ITEM);
    let profile = Profile::builtin();
    let mine = expand(&profile, &text("title", "Mine"), &before).unwrap().edits;
    let elsewhere = document(&ITEM.replace("weight: 12", "weight: 13"));
    let both = edit::apply(&elsewhere, &mine).unwrap();
    assert!(both.text().contains("title: Mine") && both.text().contains("weight: 13"));
    let same_field = document(&ITEM.replace("\ntitle: A walk", "\ntitle: The walk"));
    let misfit = edit::apply(&same_field, &mine).unwrap_err();
    assert_eq!(misfit.to_string(), "title has changed on disk");
}

#[test]
fn a_topic_that_someone_else_added_with_the_same_label_is_no_conflict() {
    let profile = Profile::builtin();
    let intent = Intent::AddTopic("New: Topic".into());
    let mine = expand(&profile, &intent, &document(ITEM)).unwrap().edits;
    let disk = after(&Intent::AddTopic("Other: Topic".into()), &document(ITEM));
    let edits = expand::again(&profile, &intent, &mine, &disk).unwrap().edits;
    let both = edit::apply(&disk, &edits).unwrap();
    assert!(findings(&profile, &both.value().unwrap(), None).is_empty());
    assert_eq!(both.value().unwrap().get("categories").unwrap().as_seq().unwrap().len(), 4);
}

/// The documents of a real site's folder; nothing where the corpus is not there.
fn site(name: &str) -> Vec<(std::path::PathBuf, Document)> {
    let mut found = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus").join(name)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(document) = Document::open(std::fs::read(&path).unwrap()) {
                found.push((path, document));
            }
        }
    }
    found
}

#[test]
fn topics_of_real_sites_are_renamed_and_added_and_taken_back_to_the_byte() {
    for name in ["digitalgov", "k8s-website"] {
        let mut refused = Vec::new();
        let read: Vec<_> = site(name).into_iter().filter_map(|(path, d)| Some((path, d.value().ok()?, d))).collect();
        let values: Vec<Value> = read.iter().map(|(_, value, _)| value.clone()).collect();
        let profile = Profile::infer(&values);
        // Every third: enough to see a splice go wrong, and quick.
        for (path, value, document) in read.iter().step_by(3) {
            let Some(rule) = &profile.topics else { return println!("skipped: there is no ../shared/corpus") };
            let topics = rule.field.resolve(value).and_then(|at| value.at(&at)?.as_seq()).unwrap_or(&[]);
            let Some(first) = topics.first().and_then(Value::scalar_text) else { continue };
            let rename = |old: &str, new: &str| Intent::RenameTopic { old: old.to_string(), new: new.to_string() };
            let there_and_back = [
                [rename(&first, "new-name"), rename("new-name", &first)],
                [Intent::AddTopic("new-one".into()), Intent::RemoveTopic("new-one".into())],
            ];
            for intents in there_and_back {
                let result = intents.iter().try_fold(document.clone(), |document, intent| {
                    let edits = expand(&profile, intent, &document).map_err(|r| r.to_string())?.edits;
                    edit::apply(&document, &edits).map_err(|misfit| misfit.to_string())
                });
                match result {
                    Ok(back) => assert_eq!(back.text(), document.text(), "{}", path.display()),
                    Err(reason) => refused.push(format!("{}: {reason}", path.display())),
                }
            }
        }
        assert!(refused.is_empty(), "{refused:#?}");
    }
}
