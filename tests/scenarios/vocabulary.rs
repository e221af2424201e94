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

#[test]
fn in_the_form_and_in_bulk_an_offerings_topics_are_held_to_it_too() {
    let profile = "topics: {field: tags, vocabulary: topics.yaml}\nroles: {title: title}\n\
                   offerings: {field: offers, fields: {label: line, categories: topics}}\n";
    let item = "---\ntitle: a\ntags: [Care]\noffers:\n  - label: Rota\n    categories: [Care]\n---\n";
    let files = [(".curate.yaml", profile), ("topics.yaml", CLOSED), ("a.md", item)];
    let mut desk = Desk::with(&files.map(|(path, text)| file(path, text)));
    let refused = "`Robots` is not in topics.yaml, a closed list";
    desk.press("e /").type_text("offers[0].categories").press("enter a").type_text("Robots").press("enter enter");
    desk.expect(refused).expect_no_drafts();
    desk.press("ctrl-u").type_text("MeSH: Oncology").press("enter").expect_not("closed list");
    assert_eq!(desk.state.library.drafts.len(), 1);
    // What is set in bulk is refused in the same words, before it begins.
    desk.press("u esc esc b").type_text("offers[0].categories[0]").press("enter").type_text("set").press("enter");
    desk.type_text("Robots").expect(refused).press("enter").expect_no_drafts();
}

/// The vocabulary opened from the palette.
fn vocabulary(desk: &mut Desk) -> &mut Desk {
    desk.press(":").type_text("vocabulary").press("enter").expect("Vocabulary  ")
}

#[test]
fn every_topic_stands_by_scheme_with_its_uses_and_what_the_file_says_of_it() {
    let mut desk = site(CLOSED);
    vocabulary(&mut desk).press("j");
    insta::assert_snapshot!(desk.screen(), @"
     Vocabulary  4 topics · 3 items                             closed: topics.yaml
     /                                                                4 of 4 topics
    ────────────────────────────────────────────────────────────────────────────────
     MeSH
       Nursing                                                        2  2022-01-01
       Oncology                                                       0
     (no scheme)
       Care                                                           1  2022-01-01
       care                                                           1  2023-01-01










    ────────────────────────────────────────────────────────────────────────────────
     MeSH: Oncology


     enter items  / find  c near  r rename  m merge  x delete      esc back  ? keys
    ");
    desk.press("G").expect("not in topics.yaml");
}

#[test]
fn a_topic_is_renamed_everywhere_in_one_batch_and_one_undo_takes_it_back() {
    let mut desk = site("[]");
    let (a, b, c) = (desk.file("a.md"), desk.file("b.md"), desk.file("c.md"));
    vocabulary(&mut desk)
        .press("/")
        .type_text("nursing")
        .press("enter r ctrl-u")
        .type_text("MeSH: Nurses")
        .press("enter");
    desk.expect("rename MeSH: Nursing -> MeSH: Nurses: 2 items");
    // The screen counts anew, and the cursor stays with the topic.
    desk.press("/ ctrl-u enter").expect("  Nurses").expect_not("  Nursing");
    desk.press("w").expect("2 files").expect("+").press("y");
    desk.expect("2 files written, 2 lines changed");
    assert_eq!(desk.file("a.md"), a.replace("MeSH: Nursing", "MeSH: Nurses"));
    assert_eq!((desk.file("b.md"), desk.file("c.md")), (b, c.replace("MeSH: Nursing", "MeSH: Nurses")));

    let mut desk = site("[]");
    vocabulary(&mut desk).press("r ctrl-u").type_text("Other").press("enter");
    assert_eq!(desk.state.library.drafts.len(), 2);
    desk.press("u").expect_no_drafts().expect("undone: rename");
    assert_eq!(desk.file("a.md"), a);
}

#[test]
fn a_new_name_that_is_there_already_or_near_another_is_asked_for_twice() {
    let mut desk = site("[]");
    vocabulary(&mut desk).press("r ctrl-u").type_text("Care").press("enter");
    desk.expect("Care is there, in 1 item: enter again merges the two").expect_no_drafts();
    desk.press("enter").expect("rename MeSH: Nursing -> Care: 2 items");
    desk.press("u g r ctrl-u").type_text("Cares").press("enter").expect("near: Care (plural)").expect_no_drafts();
    desk.press("backspace").type_text("d").press("enter").expect("rename MeSH: Nursing -> Cared");
}

#[test]
fn near_duplicates_are_merged_by_one_key_into_the_one_under_the_cursor() {
    let mut desk = site("[]");
    vocabulary(&mut desk).press("c").expect("near-duplicates: 1 cluster").expect("[x] care");
    // All others left out, there is nothing to merge.
    desk.press("j space").expect("[ ] care").press("k m").expect("left out").expect_no_drafts();
    // What is left out does not take the others in.
    desk.press("j m").expect("this one is left out").expect_no_drafts();
    desk.press("space k m").expect("merge care -> Care: 1 item").expect("no near-duplicates");
    desk.press("w y");
    assert!(desk.file("b.md").contains("tags: [Care]\n"), "{}", desk.file("b.md"));
}

#[test]
fn a_topic_is_merged_into_a_chosen_one_or_deleted() {
    let mut desk = site("[]");
    vocabulary(&mut desk).press("m").expect("Merge into").type_text("Care").press("enter");
    desk.expect("merge MeSH: Nursing -> Care: 2 items");
    desk.press("/ ctrl-u").type_text("care").press("enter g x").expect("delete Care: 2 items");
    desk.press("w y");
    assert!(desk.file("a.md").contains("tags: []\n"), "{}", desk.file("a.md"));
    assert!(desk.file("b.md").contains("tags: [care]\n"));
}

#[test]
fn enter_shows_the_items_of_a_topic_and_esc_leads_back_layer_by_layer() {
    let mut desk = site("[]");
    vocabulary(&mut desk).press("enter").expect("2 shown").expect_not("Vocabulary  ");
    desk.press("T ctrl-t").expect("Vocabulary  ").press("c esc").expect(" topics · ").press("/").type_text("zz");
    desk.expect("nothing matches").press("esc").expect("Care").press("esc").expect("2 shown");
    desk.press("t ctrl-t").expect("Vocabulary  ").press("esc t tab ctrl-t").expect("enter applies what was toggled");
}

#[test]
fn an_alias_finds_its_topic_and_a_closed_list_refuses_a_new_name() {
    let mut desk = site(CLOSED);
    vocabulary(&mut desk).press("/").type_text("rota").press("enter");
    desk.expect("1 of 4 topics").expect("All of nursing · also: rota");
    desk.press("r ctrl-u").type_text("Robots").press("enter").expect("`Robots` is not in topics.yaml, a closed list");
    desk.press("esc").expect_no_drafts();
    desk.press("m").type_text("care").press("down enter").expect("closed list");
}

#[test]
fn the_picker_groups_by_scheme_and_shows_what_the_vocabulary_says() {
    let mut desk = site(CLOSED);
    desk.press("* t");
    insta::assert_snapshot!(desk.screen(), @"
     content/news                                                           3 items
     / press / and type: title, topic, brand, author             3 shown · 3 marked
    ┌─ Topics of 3 marked items ───────────────────────────────────────────────────┐
    │ /                                                              4 of 4 topics │
    │ On these items                                                               │
    │ [~] MeSH: Nursing                                       2/3      2           │
    │ [~] Care                                                1/3      1           │
    │ [~] care                                                1/3      1           │
    │ MeSH                                                                         │
    │ [ ] MeSH: Oncology                                      0/3      0           │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │──────────────────────────────────────────────────────────────────────────────│
    │ enter adds MeSH: Nursing · tab toggles several                               │
    │ All of nursing                                                               │
    │ also: rota                                                                   │
    └──────────────────────────────────────────────────────────────────────────────┘

     ctrl-u clear  tab toggle  enter apply  ctrl-n new topic               esc back
    ");
    // An alias finds its topic; its meaning stands below.
    desk.type_text("rota").expect("[~] MeSH: Nursing").expect("2/3").expect("All of nursing").press("enter");
    desk.expect("+ MeSH: Nursing: 1 item");
}

#[test]
fn the_picker_of_a_closed_vocabulary_makes_no_topic_and_shows_the_nearest() {
    let mut desk = site(CLOSED);
    desk.press("t").type_text("Robots").press("ctrl-n").expect("`Robots` is not in topics.yaml, a closed list");
    desk.press("ctrl-u").type_text("Oncologies").press("ctrl-n").expect("[ ] MeSH: Oncology").expect("closed list");
    // One that an item has though the list does not: it can go, and is given to no other.
    desk.press("esc j t").type_text("care").press("down tab").expect("[ ] care").expect("not in topics.yaml");
    desk.press("esc").expect_no_drafts();
}

#[test]
fn a_new_topic_near_one_that_is_there_shows_that_one_first() {
    let mut desk = site("[]");
    desk.press("t").type_text("mesh: nursings").press("ctrl-n").expect("near: MeSH: Nursing (plural)").expect("1 of 3");
    desk.press("ctrl-n enter").expect("+ mesh: nursings");
}
