//! `suggest`: what is suggested and why, what is applied, how it is judged, and honest answers where there is nothing to say.

use serde_json::Value as Json;

use crate::shelf::{Shelf, curated};

/// Items of two subjects, which never name their topics; every second one of them is `visits`.
fn two_subjects(count: usize) -> Shelf {
    let shelf = Shelf::empty();
    for n in 0..count {
        let (words, topic) = match n % 2 {
            0 => ("rota shift ward handover", "Nursing"),
            _ => ("video camera visit remote", "Virtual Care"),
        };
        let date = format!("2022-{:02}-{:02}", n / 28 + 1, n % 28 + 1);
        let text =
            format!("---\ntitle: About {words} {n}\ndate: {date}\ntopics: [{topic}]\n---\nOf {words}, number {n}.\n");
        shelf.put(&format!("{n:02}.md"), text.as_bytes());
    }
    shelf
}

fn objects(out: &str) -> Vec<Json> {
    out.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
}

#[test]
fn every_item_gets_a_line_with_scores_and_reasons() {
    let shelf = two_subjects(20);
    shelf.put("new.md", b"---\ntitle: A shift on the ward\ntopics: []\n---\nThe rota, Virtual Care apart.\n");
    let ran = shelf.run(&["suggest", ".", "-q", "title:shift title:A", "--json", "--topics", "2"]).exits(0);
    let found = objects(&ran.out);
    let new = found.iter().find(|object| object["path"] == "new.md").expect("the new one");
    assert_eq!(new["topics"][0]["topic"], "Nursing");
    assert!(new["topics"][0]["score"].as_f64().is_some_and(|score| (0.3..=1.0).contains(&score)), "{new}");
    assert!(new["topics"][0]["why"].as_str().is_some_and(|why| why.contains("nearest items")), "{new}");
    assert_eq!(new["topics"][1]["topic"], "Virtual Care");
    assert_eq!((&new["topics"][1]["why"], &new["offerings"]), (&"named in the text".into(), &Json::Array(Vec::new())));
    let lines = shelf.run(&["suggest", "new.md", "--topics", "1"]).exits(0);
    assert!(lines.out.starts_with("new.md\tNursing 0."), "{lines:?}");
    assert_eq!(lines.out.lines().count(), 1);
}

#[test]
fn an_item_asked_about_is_no_evidence_for_itself() {
    let shelf = two_subjects(20);
    shelf.put("odd.md", b"---\ntitle: About a zither\ntopics: [Music]\n---\nQuodlibet.\n");
    let carrying = shelf.run(&["suggest", "odd.md", "--json"]).exits(0).out;
    assert!(!carrying.contains("Music"), "{carrying}");
    let before = shelf.run(&["suggest", "04.md", "--json"]).exits(0).out;
    let text = shelf.text("04.md").replace("topics: [Nursing]", "topics: []");
    shelf.put("04.md", text.as_bytes());
    assert_eq!(shelf.run(&["suggest", "04.md", "--json"]).exits(0).out, before);
}

#[test]
fn what_reaches_the_score_is_added_in_every_linked_list_once_it_is_written() {
    let shelf = Shelf::empty();
    for n in 0..12 {
        shelf.put(&format!("{n:02}.md"), curated(&format!("Rota {n} of the ward")).as_bytes());
    }
    let bare = curated("Rota of another ward").replace("  - 'KLAS: Scheduling - Nurse and Staff'\n", "");
    let bare = bare
        .replace("  - 'klas: scheduling - nurse and staff'\n", "")
        .replace("  - topic/klas-scheduling-nurse-and-staff\n", "");
    shelf.put("bare.md", bare.replacen("  - Scheduling - Nurse and Staff\n", "", 1).as_bytes());
    let args = ["suggest", "bare.md", "--min", "0.3"];
    let dry = shelf.run(&args).exits(0).says("1 file would be written");
    assert!(dry.out.contains("+  - 'KLAS: Scheduling - Nurse and Staff'"), "{dry:?}");
    shelf.run(&[&args[..], &["--topics", "0"]].concat()).exits(0).prints("").says("no change");
    assert!(!shelf.text("bare.md").contains("KLAS: Scheduling"));
    shelf.run(&[&args[..], &["--write"]].concat()).exits(0).prints("").says("1 file written");
    let now = shelf.text("bare.md");
    assert!(
        now.contains("topic/klas-scheduling-nurse-and-staff") && now.contains("  - Scheduling - Nurse and Staff\n")
    );
    shelf.run(&["suggest", ".", "--min", "1"]).exits(0).prints("").says("no change");
    shelf.run(&["suggest", ".", "--min", "7"]).exits(2).says("a score is a number from 0 to 1");
}

#[test]
fn offerings_that_reach_the_score_are_added_whole_and_taken_back_with_their_batch() {
    let entry = "- label: Bedside Bell\n  offeringId: 17003\n";
    let shelf = Shelf::with(&[(".curate.yaml", "topics: {field: topics}\nofferings: {field: relatedOfferings}\n")]);
    for n in 0..24 {
        let (title, topic, offering) = match n % 2 {
            0 => ("The bedside bell rings on the ward", "Nursing", entry),
            _ => ("A video visit from remote", "Virtual Care", "- label: CamVisit\n  offeringId: 17004\n"),
        };
        let text = format!("---\ntitle: {title} {n}\ntopics: [{topic}]\nrelatedOfferings:\n{offering}---\n{title}.\n");
        shelf.put(&format!("{n:02}.md"), text.as_bytes());
    }
    let bare =
        "---\ntitle: Again the bedside bell on the ward\ntopics: [Nursing]\nrelatedOfferings: []\n---\nIt rings.\n";
    shelf.put("bare.md", bare.as_bytes());
    let args = ["suggest", "bare.md", "--min", "0.5"];
    let dry = shelf.run(&args).exits(0).says("1 file would be written");
    assert!(dry.out.contains("+  - label: Bedside Bell") || dry.out.contains("+- label: Bedside Bell"), "{dry:?}");
    assert!(!dry.out.contains("CamVisit"), "{dry:?}");
    shelf.run(&[&args[..], &["--write"]].concat()).exits(0).says("1 file written");
    assert!(shelf.text("bare.md").contains("offeringId: 17003"));
    shelf.run(&["undo", ".", "--write"]).exits(0);
    assert_eq!(shelf.text("bare.md"), bare);
}

#[test]
fn another_word_that_the_vocabulary_lists_names_a_topic() {
    let shelf = Shelf::with(&[
        (".curate.yaml", "topics: {field: topics, vocabulary: topics.yaml}\n"),
        ("topics.yaml", "- topic: Virtual Care\n  aliases: [telehealth]\n- Nursing\n"),
        ("a.md", "---\ntitle: Telehealth for all\ntopics: []\n---\n"),
    ]);
    let found = objects(&shelf.run(&["suggest", "a.md", "--json"]).exits(0).out);
    assert_eq!(found[0]["topics"][0]["topic"], "Virtual Care");
    assert_eq!(found[0]["topics"][0]["why"], "there as telehealth");
}

#[test]
fn it_can_be_judged_on_the_own_library() {
    let shelf = two_subjects(50);
    let table = shelf.run(&["suggest", ".", "--eval"]).exits(0).says("learned from 40 items").out;
    for row in
        ["10 items", "most used", "label in the text", "nearest items", "linear separator", "control: all together"]
    {
        assert!(table.lines().any(|line| line.starts_with(row)), "{row}: {table}");
    }
    let found = objects(&shelf.run(&["suggest", ".", "--eval", "--split", "random", "--seed", "3", "--json"]).out);
    let of = |name: &str, measure: &str| {
        let row = found[0]["signals"].as_array().and_then(|all| all.iter().find(|s| s["signal"] == name));
        row.map_or(f64::NAN, |row| row[measure].as_f64().unwrap_or(f64::NAN))
    };
    assert!((of("all together", "precision@1") - 1.0).abs() < 1e-9, "{found:?}");
    assert!(of("most used", "precision@1") < 0.9);
    let again = shelf.run(&["suggest", ".", "--eval", "--split", "random", "--seed", "3", "--json"]).exits(0);
    assert_eq!(objects(&again.out), found);
    assert_eq!(found[0]["offerings"], Json::Null);
    two_subjects(4).run(&["suggest", ".", "--eval"]).exits(1).says("at least 10 are needed");
}

#[test]
fn what_was_taken_from_an_item_is_not_suggested_there_again_until_that_is_taken_back() {
    let shelf = two_subjects(20);
    let suggested = || shelf.run(&["suggest", "04.md", "--json"]).exits(0).out;
    assert!(suggested().contains("Nursing"));
    shelf.run(&["tag", "04.md", "--remove", "Nursing", "--write"]).exits(0);
    assert!(!suggested().contains("Nursing"), "{}", suggested());
    shelf.run(&["suggest", ".", "--min", "0.5", "--write"]);
    assert!(!shelf.text("04.md").contains("Nursing"));
    shelf.run(&["undo", "04.md", "--write"]).exits(0);
    assert!(suggested().contains("Nursing"));
}

/// Wherever else an item repeats its topics, it helps nothing: neither the linked lists, nor its offerings' categories, nor places that
/// are the same, nor keywords. The held-out fifth says them everywhere in one library, and nowhere in the other.
#[test]
fn a_held_out_item_cannot_be_read_off_from_any_place_that_repeats_its_topics() {
    let profile = "topics: {field: topics, linked: {topicSlugs: \"{topic|slug}\", meta.topics: \"{topic}\"}}\n\
        offerings: {field: offerings, fields: {label: line, categories: topics}}\nsame: {title: [crumb]}\n";
    let library = |telling: bool| {
        let shelf = Shelf::with(&[(".curate.yaml", profile)]);
        for n in 0..50 {
            let (topic, slug) =
                if n * 7 % 3 == 0 { ("Field: Nursing", "field-nursing") } else { ("Field: Care", "field-care") };
            let tells = telling || n < 40;
            let places = match tells {
                true => format!(
                    "topicSlugs: [{slug}]\nmeta: {{topics: ['{topic}']}}\nkeywords: [{topic}, {slug}]\ncategories: ['{topic}']\n\
                     tags: ['{topic}']\nrelated: {{topic: '{topic}'}}\nofferings:\n- {{label: About {slug}, categories: ['{topic}']}}\n"
                ),
                false => "topicSlugs: [other]\nmeta: {topics: [other]}\n".to_string(),
            };
            let date = format!("2022-{:02}-{:02}", n / 28 + 1, n % 28 + 1);
            let text = format!(
                "---\ntitle: Report {n}\ncrumb: Report {n}\ndate: {date}\ntopics: ['{topic}']\n{places}---\nNumber {n}.\n"
            );
            shelf.put(&format!("{n:02}.md"), text.as_bytes());
        }
        let found = objects(&shelf.run(&["suggest", ".", "--eval", "--json"]).exits(0).out).remove(0);
        (found["signals"].clone(), found["calibration"].clone())
    };
    assert_eq!(library(true), library(false));
}

#[test]
fn nothing_to_say_is_said_and_nothing_breaks() {
    let shelf = Shelf::with(&[("a.md", "---\ntitle: One\n---\n"), ("b.md", "---\n---\n")]);
    let empty = shelf.run(&["suggest", ".", "--json"]).exits(0);
    assert!(objects(&empty.out).iter().all(|o| o["topics"] == Json::Array(Vec::new())), "{empty:?}");
    assert_eq!(empty.out.lines().count(), 2);
    shelf.run(&["suggest", ".", "-q", "nowhere"]).exits(1).says("nothing matched");
    shelf.run(&["suggest", ".", "--eval"]).exits(2).says("no topics field");
    shelf.put("c.md", b"---\ntitle: \xff\xfe\n---\n");
    let large = format!("---\ntitle: Large\ntopics: [One]\n---\n{}", "one word more ".repeat(125_000));
    shelf.put("d.md", large.as_bytes());
    let ran = shelf.run(&["suggest", ".", "--json"]).exits(3).says("c.md");
    assert_eq!(ran.out.lines().count(), 4, "{ran:?}");
}

#[test]
fn one_item_one_topic_rubbish_and_thousands_of_topics_get_an_honest_answer() {
    let topics = |out: &str| -> Vec<Json> { objects(out).into_iter().map(|object| object["topics"].clone()).collect() };
    let shelf = Shelf::with(&[("a.md", "---\ntitle: One\ntopics: [Only]\n---\n")]);
    let alone = shelf.run(&["suggest", ".", "--json"]).exits(0);
    assert_eq!(topics(&alone.out), [Json::Array(Vec::new())], "an item is no evidence for itself");
    shelf.put("b.md", b"---\ntitle: Two\ntopics: []\n---\n");
    shelf.put("c.md", b"---\ntitle: Only words\ntopics: []\n---\n\x01\x02\x1b[2J only \x07\xe2\x80\xae\n");
    let found = topics(&shelf.run(&["suggest", ".", "--json"]).exits(0).out);
    assert_eq!((found.len(), &found[2][0]["topic"]), (3, &"Only".into()), "{found:?}");
    // What is no text is said, and the others are answered.
    shelf.put("d.md", &(0..=255).cycle().take(100_000).collect::<Vec<u8>>());
    shelf.put("e.md", b"---\ntitle: \x00\xff\ntopics: [\xc3]\n---\n");
    let ran = shelf.run(&["suggest", ".", "--json"]).exits(3).says("d.md").says("e.md");
    assert_eq!(topics(&ran.out)[..3], found, "{ran:?}");
    let many: String = (0..5_000).map(|n| format!("- 'Many: Subject{n}'\n")).collect();
    let shelf = Shelf::with(&[("b.md", "---\ntitle: On subject4321\ntopics: []\n---\n")]);
    shelf.put("a.md", format!("---\ntitle: All of them\ntopics:\n{many}---\n").as_bytes());
    let found = topics(&shelf.run(&["suggest", "b.md", "--json"]).exits(0).out);
    assert_eq!(found[0][0]["topic"], "Many: Subject4321", "{found:?}");
}
