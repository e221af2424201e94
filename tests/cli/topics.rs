//! `tag`, `topics` and `check`: topics in all their lists, and what is out of step.

use crate::shelf::{Shelf, curated};

const NURSE: &str = "KLAS: Scheduling - Nurse and Staff";
const HEALTH: &str = "Gartner: Healthcare";

/// The item with one topic in place of another, in its five lists (but not in its offerings).
fn retagged(text: &str) -> String {
    let (head, offerings) = text.split_once("relatedOfferings:").unwrap();
    let head = head
        .replace("'Gartner: Healthcare'", "'MeSH: Rosters'")
        .replace("'gartner: healthcare'", "'mesh: rosters'")
        .replace("topic/gartner-healthcare", "topic/mesh-rosters")
        .replace("- Healthcare\n", "- Rosters\n");
    format!("{head}relatedOfferings:{offerings}")
}

#[test]
fn a_topic_moves_five_lists_and_no_other_byte() {
    let shelf = Shelf::with(&[("a.md", &curated("One"))]);
    let args = ["tag", "a.md", "--add", "MeSH: Rosters", "--remove", HEALTH];
    let dry = shelf.run(&args).exits(0);
    assert_eq!(dry.out.lines().filter(|l| l.starts_with("+ ") || l.starts_with("- ")).count(), 10, "{dry:?}");
    assert_eq!(shelf.text("a.md"), curated("One"));
    shelf.run(&[&args[..], &["--write"]].concat()).exits(0).prints("").says("1 file written, 5 lines changed");
    assert_eq!(shelf.text("a.md"), retagged(&curated("One")));
    shelf.run(&[&args[..], &["--write"]].concat()).exits(0).says("no change");
}

#[test]
fn topics_are_counted_renamed_merged_and_deleted() {
    let shelf = Shelf::with(&[("a.md", &curated("One")), ("b.md", &curated("Two"))]);
    shelf.run(&["topics", "."]).exits(0).prints(&format!("{HEALTH}\t2\n{NURSE}\t2\n"));
    shelf.run(&["topics", ".", "--rename", HEALTH, "MeSH: Rosters", "--write"]).exits(0).says("2 files written");
    assert_eq!(shelf.text("a.md"), retagged(&curated("One")));
    shelf.run(&["topics", ".", "--merge", "MeSH: Rosters", NURSE, "--write"]).exits(0);
    shelf.run(&["topics", "."]).exits(0).prints(&format!("{NURSE}\t2\n"));
    shelf.run(&["topics", "a.md", "--delete", NURSE, "--write"]).exits(0);
    shelf.run(&["topics", "."]).exits(0).prints(&format!("{NURSE}\t1\n"));
    shelf.run(&["topics", ".", "--delete", "No such topic"]).exits(1).says("no item has the topic");
}

#[test]
fn drift_is_found_and_repaired_and_nothing_else_changes() {
    let drifted = curated("One").replace("- Scheduling - Nurse and Staff", "- Scheduling");
    let shelf = Shelf::with(&[("a.md", &drifted), ("b.md", &curated("Two"))]);
    let found = shelf.run(&["check", "."]).exits(1).out;
    let drift: Vec<&str> = found.lines().filter(|line| line.contains(": drift: ")).collect();
    assert!(drift.len() == 1 && drift[0].starts_with("a.md:categoryLabel"), "{found}");
    shelf.run(&["list", ".", "-q", "is:drift", "--columns", "path"]).exits(0).prints("a.md\n");
    let dry = shelf.run(&["check", ".", "--fix"]).exits(1);
    assert!(dry.out.contains("+  - Scheduling - Nurse and Staff\n"), "{dry:?}");
    assert_eq!(shelf.text("a.md"), drifted);
    let after = shelf.run(&["check", ".", "--fix", "--write"]).says("1 file written, 1 line changed");
    assert!(!after.out.contains(": drift: "), "{after:?}");
    assert_eq!(shelf.text("a.md"), curated("One"));
    shelf.run(&["check", ".", "--fix=nosuch"]).exits(2).says("no kind of finding");
}

#[test]
fn findings_as_json_are_an_object_a_line() {
    let shelf = Shelf::with(&[("a.md", &curated("One").replace("ogtitle: One", "ogtitle: Other"))]);
    let ran = shelf.run(&["check", ".", "--json"]).exits(1);
    let first: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert_eq!((first["path"].as_str(), first["kind"].as_str()), (Some("a.md"), Some("drift")));
}

#[test]
fn without_a_topics_field_it_says_what_to_do() {
    let shelf = Shelf::with(&[("a.md", "---\ntitle: x\n---\n")]);
    shelf.run(&["tag", ".", "--add", "x", "--write"]).exits(2).says("no topics field in this profile");
    shelf.run(&["tag", "."]).exits(2);
}

/// A site of plain files with one list, and a vocabulary that is closed.
fn listed() -> Shelf {
    let vocabulary = "closed: true\ntopics:\n  - Care\n  - {topic: 'MeSH: Nursing', aliases: [nurses], \
                      description: All of nursing}\n  - MeSH: Oncology\n";
    Shelf::with(&[
        (".curate.yaml", "topics: {field: tags, vocabulary: topics.yaml}\nroles: {date: date}\n"),
        ("topics.yaml", vocabulary),
        ("a.md", "---\ntitle: a\ndate: 2022-01-01\ntags: [Care, 'MeSH: Nursing']\n---\n"),
        ("b.md", "---\ntitle: b\ndate: 2023-01-01\ntags: [care]\n---\n"),
    ])
}

#[test]
fn a_closed_vocabulary_refuses_new_topics_and_says_where_it_is_kept() {
    let shelf = listed();
    let refused = "is not in topics.yaml, a closed list";
    shelf.run(&["tag", ".", "--add", "Robots", "--write"]).exits(2).says(refused);
    shelf.run(&["tag", ".", "--add", "Nurses", "--write"]).exits(2).says("it is an alias of `MeSH: Nursing`");
    shelf.run(&["topics", ".", "--rename", "care", "Caring", "--write"]).exits(2).says(refused);
    shelf.run(&["set", "b.md", "tags[+]=Robots", "--write"]).exits(3).says(refused);
    shelf.run(&["tag", "b.md", "--add", "MeSH: Oncology", "--remove", "care", "--write"]).exits(0);
    assert_eq!(shelf.text("b.md"), "---\ntitle: b\ndate: 2023-01-01\ntags: ['MeSH: Oncology']\n---\n");
}

#[test]
fn an_offerings_topics_are_held_to_a_closed_vocabulary_as_the_items_are() {
    let shelf = listed();
    let profile = "topics: {field: tags, vocabulary: topics.yaml}\n\
                   offerings: {field: offers, fields: {label: line, categories: topics}}\n";
    shelf.put(".curate.yaml", profile.as_bytes());
    let item = "---\ntags: [Care]\noffers:\n  - label: Rota\n    categories: [Old, Care]\n---\n";
    shelf.put("c.md", item.as_bytes());
    let refused = "c.md: offers[0].categories: `Robots` is not in topics.yaml, a closed list";
    for change in [
        "offers[0].categories[+]=Robots",
        "offers[0].categories[1]=Robots",
        "offers[0].categories:=[Care, Robots]",
        "offers[0]:={label: Rota, categories: [Robots]}",
        "offers:=[{label: Rota, categories: [Robots]}]",
    ] {
        shelf.run(&["set", "c.md", change, "--write"]).exits(3).says(refused);
    }
    shelf.run(&["set", "c.md", "offers[0].categories[+]=nurses"]).exits(3).says("it is an alias of `MeSH: Nursing`");
    assert_eq!(shelf.text("c.md"), item);
    // What stands there already is not asked about.
    shelf.run(&["set", "c.md", "offers[0].categories[+]=MeSH: Nursing", "offers[0].label=Rotas", "--write"]).exits(0);
    let now = item.replace("[Old, Care]", "[Old, Care, 'MeSH: Nursing']").replace("Rota\n", "Rotas\n");
    assert_eq!(shelf.text("c.md"), now);
}

#[test]
fn the_vocabulary_is_what_is_used_and_what_is_listed() {
    let shelf = listed();
    shelf.run(&["topics", "."]).exits(0).prints("Care\t1\nMeSH: Nursing\t1\ncare\t1\nMeSH: Oncology\t0\n");
    let json = shelf.run(&["topics", ".", "--json"]).exits(0).out;
    let nursing: serde_json::Value = serde_json::from_str(json.lines().nth(1).unwrap()).unwrap();
    assert_eq!(
        nursing,
        serde_json::json!({"topic": "MeSH: Nursing", "count": 1, "last": "2022-01-01", "listed": true,
            "aliases": ["nurses"], "description": "All of nursing"})
    );
}

#[test]
fn near_duplicates_are_offered_as_what_merge_takes() {
    let shelf = listed();
    shelf.run(&["topics", ".", "--clusters"]).exits(0).prints("care\t1\tCare\t1\tcase\n");
    let json = shelf.run(&["topics", ".", "--clusters", "--json"]).exits(0).out;
    assert_eq!(
        json,
        "{\"keep\":\"Care\",\"count\":1,\"near\":[{\"topic\":\"care\",\"count\":1,\"differs\":\"case\"}]}\n"
    );
    shelf.run(&["topics", ".", "--merge", "care", "Care", "--write"]).exits(0).says("1 file written, 1 line changed");
    assert_eq!(shelf.text("b.md"), "---\ntitle: b\ndate: 2023-01-01\ntags: [Care]\n---\n");
    shelf.run(&["topics", ".", "--clusters"]).exits(1);
}

#[test]
fn a_vocabulary_that_cannot_be_read_is_named_with_its_line_and_the_rest_works() {
    let shelf = listed();
    shelf.put("topics.yaml", b"closed: true\ntopics:\n  - []\n");
    shelf.run(&["tag", "b.md", "--add", "Robots", "--write"]).exits(0).says("topics.yaml:3: ");
    shelf.put(".curate.yaml", b"topics: {field: tags, vocabulary: ../topics.yaml}\n");
    shelf.run(&["topics", "."]).exits(0).says("../topics.yaml: a vocabulary is kept below");
}

#[test]
fn a_rename_onto_a_topic_that_is_there_says_that_two_become_one() {
    let shelf = Shelf::with(&[("a.md", &curated("One")), ("b.md", &curated("Two"))]);
    shelf
        .run(&["topics", ".", "--rename", HEALTH, NURSE])
        .exits(0)
        .says("is there already, in 2 items")
        .says("the two become one");
    shelf.run(&["topics", ".", "--merge", HEALTH, "New"]).exits(0).says("no item has `New` yet: this is a new name");
    shelf.run(&["topics", ".", "--rename", HEALTH, " "]).exits(2).says("a topic has a name");
}
