//! The vocabulary: what the profile's file says of topics, and topics changed across the library.

use crate::desk::Desk;

fn file(path: &str, text: &str) -> (String, String) {
    (path.to_string(), text.to_string())
}

/// A site of plain files with one list of topics, and a vocabulary.
fn site(vocabulary: &str) -> Desk {
    let item = |name: &str, date: &str, topics: &str| {
        file(&format!("{name}.md"), &format!("---\ntitle: {name}\ndate: {date}\ntags: {topics}\n---\nText\n"))
    };
    Desk::with(&[
        file(".curate.yaml", "topics: {field: tags, vocabulary: topics.yaml}\nroles: {title: title, date: date}\n"),
        file("topics.yaml", vocabulary),
        item("a", "2022-01-01", "[Care, 'MeSH: Nursing']"),
        item("b", "2023-01-01", "[care]"),
        item("c", "2021-01-01", "['MeSH: Nursing']"),
    ])
}

const CLOSED: &str = "closed: true\ntopics:\n  - Care\n  - {topic: 'MeSH: Nursing', aliases: [rota], description: All of \
                      nursing}\n  - MeSH: Oncology\n";

#[test]
fn a_vocabulary_that_cannot_be_read_is_said_with_its_line_and_the_desk_works() {
    let mut desk = site("topics:\n  - []\n");
    desk.expect("the vocabulary cannot be read: topics.yaml:2: ");
    desk.press("t").type_text("onc").press("ctrl-n enter");
    assert!(desk.state.library.drafts.len() == 1);
}

#[test]
fn in_the_form_a_closed_vocabulary_refuses_and_what_was_typed_stays_to_be_put_right() {
    let mut desk = site(CLOSED);
    desk.press("e").press("/").type_text("tags").press("enter a").type_text("Robots").press("enter");
    desk.expect("`Robots` is not in topics.yaml, a closed list").expect_no_drafts();
    desk.press("ctrl-u").type_text("MeSH: Oncology").press("enter").expect_not("closed list");
    desk.press("w").expect("MeSH: Oncology");
}
