//! `check`: what is found, where, and that its repair changes no other byte.

use crate::shelf::{Shelf, curated};

const NURSE: &str = "KLAS: Scheduling - Nurse and Staff";

/// The lines of one kind.
fn of_kind(out: &str, kind: &str) -> Vec<String> {
    out.lines().filter(|line| line.contains(&format!(": {kind}: "))).map(str::to_string).collect()
}

/// A file that drifted is found, mended, and then is what it was before, to the byte.
#[track_caller]
fn mends(drifted: &str, whole: &str, found: &str) {
    assert_ne!(drifted, whole);
    let shelf = Shelf::with(&[("a.md", drifted)]);
    let lines = of_kind(&shelf.run(&["check", "."]).exits(1).out, "drift");
    assert!(lines.len() == 1 && lines[0].starts_with(found), "{lines:?}");
    shelf.run(&["list", ".", "-q", "is:drift", "--columns", "path"]).exits(0).prints("a.md\n");
    shelf.run(&["check", ".", "--fix"]);
    assert_eq!(shelf.text("a.md"), drifted, "a dry run writes nothing");
    let after = shelf.run(&["check", ".", "--fix", "--write"]).says("1 file written");
    assert_eq!(of_kind(&after.out, "drift"), Vec::<String>::new());
    assert_eq!(shelf.text("a.md"), whole);
}

#[test]
fn a_label_drifted_by_hand_is_found_and_mended_and_no_other_byte_changes() {
    let whole = curated("One");
    mends(&whole.replace("- Scheduling - Nurse and Staff\n", "- Scheduling\n"), &whole, "a.md:categoryLabel[");
}

#[test]
fn lists_that_differ_in_length_are_rebuilt_from_the_topics() {
    let whole = curated("One");
    let drifted = whole.replacen("  - topic/gartner-healthcare\n", "", 1);
    mends(&drifted, &whole, "a.md:categoryUrl: drift: has 1 entries, while categories has 2");
}

#[test]
fn of_two_topics_that_share_a_label_only_the_drifted_entry_is_mended() {
    let whole = "---
archetype: curated-content
categories:
  - 'Orbit: Healthcare'
  - 'KLAS: Scheduling - Nurse and Staff'
  - 'HIMSS: Healthcare'
categorySlug: ['orbit: healthcare', 'klas: scheduling - nurse and staff', 'himss: healthcare']
categoryUrl:
- topic/orbit-healthcare
- topic/klas-scheduling-nurse-and-staff
- topic/himss-healthcare   # the second of that label
categoryLabel:
  - Healthcare
  - Scheduling - Nurse and Staff
  - Healthcare
openProjectCustomFields:
  medigyTopics: [\"Orbit: Healthcare\", \"KLAS: Scheduling - Nurse and Staff\", \"HIMSS: Healthcare\"]
title: Two of one name
---
<p>Text.</p>";
    let shelf = Shelf::with(&[("a.md", whole)]);
    assert_eq!(of_kind(&shelf.run(&["check", "."]).out, "drift"), Vec::<String>::new());
    let drifted = whole.replace("  - Healthcare\nopen", "  - Health\nopen");
    mends(&drifted, whole, "a.md:categoryLabel[2]: drift: `Health` does not follow categories[2]");
    // The topic that shares the label keeps its own entry when the other goes.
    let shelf = Shelf::with(&[("a.md", &drifted)]);
    shelf.run(&["tag", ".", "--remove", NURSE, "--write"]).exits(0);
    assert_eq!(shelf.text("a.md").matches("- Health\n").count(), 1);
}

#[test]
fn a_place_of_the_title_that_differs_is_mended() {
    let whole = curated("One");
    let drifted = whole.replace("twittertitle: One", "twittertitle: Other");
    mends(&drifted, &whole, "a.md:twitterMetaData.twittertitle: drift: differs from title");
}

#[test]
fn what_only_the_library_shows_is_found_whatever_part_of_it_is_asked_about() {
    let item = |title: &str, link: &str, body: &str| format!("---\ntitle: {title}\nlink: {link}\n---\n{body}\n");
    let shelf = Shelf::with(&[
        (".curate.yaml", "roles: {title: title, url: link}\n"),
        (
            "news/a.md",
            &item("Virtual care at home", "https://x.org/1", "[b](b.md) [gone](gone.md) {{< ref \"nowhere\" >}}"),
        ),
        ("news/b.md", &item("Virtual Care, at Home", "https://www.x.org/1/", "`[gone](gone.md)` [site](/gone/)")),
        ("old/c.md", &item("Another thing altogether", "https://x.org/2", "{{< ref \"news/a\" >}}")),
    ]);
    let out = shelf.run(&["check", "news/a.md"]).exits(1).out;
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines,
        [
            "a.md:body: reference: refers to `gone.md`, which is no file of the library",
            "a.md:body: reference: refers to `nowhere`, which is no file of the library",
            "a.md:link: duplicate: is the link of news/b.md too",
            "a.md:title: similar: is the title of news/b.md too",
        ]
    );
    shelf.run(&["check", "old"]).exits(0).prints("");
    shelf.run(&["list", ".", "-q", "finding:duplicate", "--columns", "path"]).exits(0).prints("news/a.md\nnews/b.md\n");
    shelf.run(&["list", ".", "-q", "finding:reference", "--columns", "path"]).exits(0).prints("news/a.md\n");
    // Only a person knows what to do about them.
    shelf.run(&["check", ".", "--fix=duplicate,similar,reference", "--write"]).exits(1).says("no change");
    let json = shelf.run(&["check", "news/b.md", "--json"]).exits(1).out;
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!((first["kind"].as_str(), first["fixable"].as_bool()), (Some("duplicate"), Some(false)));
    shelf.run(&["list", ".", "-q", "finding:nosuch"]).exits(2).says("no kind of finding");
}

#[test]
fn an_offering_written_otherwise_than_in_most_files_is_found_wherever_it_is_asked_about_and_made_alike() {
    let odd = curated("Odd").replace("label: Rota Garden", "label: Rota Gardens");
    let files = [("a.md", &odd), ("deep/b.md", &curated("Two")), ("deep/c.md", &curated("Three"))];
    let shelf = Shelf::with(&files.map(|(name, text)| (name, text.as_str())));
    let said = "a.md:relatedOfferings[0]: offering: `Rota Gardens` is written otherwise in 2 items: label: Rota Garden";
    assert_eq!(of_kind(&shelf.run(&["check", "."]).exits(1).out, "offering"), [said]);
    // The rest of the library counts, whatever part of it is asked about.
    assert_eq!(of_kind(&shelf.run(&["check", "a.md"]).exits(1).out, "offering"), [said]);
    assert_eq!(of_kind(&shelf.run(&["check", "deep"]).out, "offering"), Vec::<String>::new());
    shelf.run(&["list", ".", "-q", "finding:offering", "--columns", "path"]).exits(0).prints("a.md\n");
    shelf.run(&["check", ".", "--fix=offering", "--write"]).says("1 file written, 1 line changed");
    assert_eq!(shelf.text("a.md"), curated("Odd"));
    assert_eq!(of_kind(&shelf.run(&["check", "."]).out, "offering"), Vec::<String>::new());
}
