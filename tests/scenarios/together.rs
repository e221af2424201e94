//! One form over marked items: what all of them say, what differs, and one edit for all.

use curate::content::edit::apply;
use curate::content::{Document, FieldRef};

use crate::desk::{Desk, changed_lines, curated};

const TITLES: [&str; 3] = ["Telehealth at home", "Nurses on night shift", "A ward in the kitchen"];

fn path(title: &str) -> String {
    curated(title).0
}

/// Three items; the second one has another `layOut` and one topic less, the third no `via`.
fn three() -> Desk {
    let mut files: Vec<_> = TITLES.iter().map(|title| curated(title)).collect();
    files[1].1 = files[1].1.replace("layOut: single", "layOut: double");
    files[1].1 = files[1].1.replacen("\n  - 'Analyst: Healthcare'", "", 1);
    files[2].1 = files[2].1.replace("via: ' '\n", "");
    Desk::with(&files)
}

/// The text that a write would put on disk.
fn drafted(desk: &Desk, item: &str) -> String {
    let document = Document::open(desk.file(item).into_bytes()).expect("a readable file");
    let steps = desk.state.library.drafts.file(item).steps;
    let edits: Vec<_> = steps.into_iter().flat_map(|step| step.edits).collect();
    apply(&document, &edits).expect("the draft fits").text().to_string()
}

/// A field of each item, with its draft, as text.
fn all(desk: &Desk, field: &str) -> Vec<Option<String>> {
    let of = |title: &&str| {
        let value = Document::open(drafted(desk, &path(title)).into_bytes()).unwrap().value().unwrap();
        value.at(&field.parse::<FieldRef>().unwrap().resolve(&value)?).map(|v| v.scalar_text().unwrap_or_default())
    };
    TITLES.iter().map(of).collect()
}

fn some(texts: [&str; 3]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_string())).collect()
}

fn find<'d>(desk: &'d mut Desk, field: &str) -> &'d mut Desk {
    desk.press("/").type_text(field).press("enter")
}

#[test]
fn what_all_say_stands_there_and_what_differs_is_counted() {
    let mut desk = three();
    desk.press("* e");
    insta::assert_snapshot!(desk.screen(), @r"
     Fields of 3 marked items                                             Story 1/6
    ─────────────────────────────────────────────────────────────── / find a field ─
      Story         ▾
        Title       ▸ (3 values)
        Description ▸ Clinics in three counties have moved their follow-up visits …
        Date          2022-09-23
        Author      ▸ Ada Example                                                 1
        Status        (blank)                          approved  rejected  deferred
        Length        brief
      Topics          (2 values)
      Offerings     ▸ Homeward Kit · Parlour's Monitor                            2
      Link          ▸ (3 values)                                                  4
      Image         ▸ (3 values)                                                  5
      Social        ▸ Follow-up visits move to the living room.        11 · 5 empty
      Other fields  ▸                                                  29 · 8 empty




     title · one line · also breadcrumbs[2], featuredImage.alt,
     htmlMetaData.ogtitle, openGraphMetaData.ogtitle, twitterMetaData.twittertitle
     A ward in the kitchen (1) · Nurses on night shift (1) · Telehealth at home (1)
     what you set here is set in all of them · in the list enter e edits one alone
     enter edit  n null  U as it was  t topics  r offerings        esc back  ? keys
    ");
    find(&mut desk, "layOut").expect("(2 values)").expect("single (2) · double (1)");
    find(&mut desk, "via").expect("in 2 of 3").expect("1 item has no such field");
}

#[test]
fn a_value_that_differs_is_set_in_all_as_one_batch_and_one_undo_takes_it_back() {
    let mut desk = three();
    find(desk.press("* e"), "layOut").press("enter").expect("single  double");
    // What stands there is none of their values: enter alone sets nothing.
    desk.press("enter").expect_no_drafts().press("enter tab enter");
    assert_eq!(all(&desk, "layOut"), some(["single"; 3]));
    desk.expect("layOut: 1 item").expect("was 2 values");
    desk.press("enter ctrl-u").type_text("feature").press("enter").expect("layOut: 3 items");
    assert_eq!(all(&desk, "layOut"), some(["feature"; 3]));
    desk.press("u u").expect("(2 values)").expect_no_drafts();
}

#[test]
fn every_item_keeps_its_other_lines_and_the_review_shows_each() {
    let mut desk = three();
    find(desk.press("* e"), "layOut").press("enter").type_text("feature").press("enter esc w").expect("3 files");
    for title in TITLES {
        let item = path(title);
        let (old, new) = changed_lines(&desk.file(&item), &drafted(&desk, &item));
        assert!(old.len() == 1 && old[0].starts_with("layOut: "), "{old:?}");
        assert_eq!(new, ["layOut: feature"]);
    }
}

#[test]
fn a_field_that_some_lack_is_made_where_it_is_typed_and_stays_away_where_it_is_not() {
    let mut desk = three();
    find(desk.press("* e"), "via").press("enter enter").expect_no_drafts();
    desk.press("enter x backspace enter").expect("via: 1 item");
    assert_eq!(all(&desk, "via"), some([" "; 3]));
    desk.press("n").expect("via: null: 3 items");
    assert_eq!(all(&desk, "via"), some([""; 3]));
}

#[test]
fn as_it_was_gives_each_item_its_own_back() {
    let mut desk = three();
    find(desk.press("* e"), "layOut").press("enter").type_text("feature").press("enter");
    find(&mut desk, "title").press("enter").type_text("One for all").press("enter");
    assert_eq!(all(&desk, "title"), some(["One for all"; 3]));
    assert_eq!(all(&desk, "featuredImage.alt"), some(["One for all"; 3]));
    desk.press("U").expect("title as it was: 3 items");
    assert_eq!(all(&desk, "title"), some(TITLES));
    find(&mut desk, "layOut").press("U U").expect("it is as it was");
    assert_eq!(all(&desk, "layOut"), some(["single", "double", "single"]));
}

#[test]
fn topics_and_offerings_open_what_is_for_them_over_the_same_items() {
    let mut desk = three();
    find(desk.press("* e"), "categories").expect("(2 values)");
    desk.press("enter").expect("Topics of 3 marked items").type_text("healthcare").expect("2/3").press("enter");
    desk.expect("Fields of 3").expect("was 2 values");
    assert_eq!(all(&desk, "categoryLabel[-1]"), some(["Healthcare"; 3]));
    find(&mut desk, "relatedOfferings").press("enter").expect("Offerings of 3 marked items").press("esc");
    desk.expect("Fields of 3");
}

#[test]
fn lists_that_differ_do_not_unfold_and_take_an_entry_for_all() {
    let mut files: Vec<_> = TITLES.iter().map(|title| curated(title)).collect();
    files[1].1 = files[1].1.replace("tags:\n  - News", "tags:\n  - Views");
    let mut desk = Desk::with(&files);
    find(desk.press("* e"), "tags").expect("(2 values)").press("enter").expect("these items differ here");
    desk.press("esc l")
        .expect("tags                         (2 values)")
        .press("a")
        .type_text("Wards")
        .press("enter")
        .expect("3 items");
    assert_eq!(all(&desk, "tags[-1]"), some(["Wards"; 3]));
    assert_eq!(all(&desk, "tags[0]"), some(["News", "Views", "News"]));
    desk.press("n").expect("these items differ here").press("x").expect("stand on an entry");
}

#[test]
fn what_cannot_be_read_is_left_out_and_said() {
    let mut files: Vec<_> = TITLES.iter().map(|title| curated(title)).collect();
    files.push(("news/broken.md".to_string(), "---\ntitle: [\n---\n".to_string()));
    let mut desk = Desk::with(&files);
    desk.press("* e").expect("Fields of 3 marked items · 1 more cannot be read");
    find(&mut desk, "layOut").press("enter ctrl-u").type_text("feature").press("enter").expect("layOut: 3 items");
    desk.expect_not("refused");
}

#[test]
fn one_item_alone_is_edited_from_where_it_is_read_or_by_the_palette() {
    let mut desk = three();
    desk.press("* enter e")
        .expect_not("Fields of")
        .expect("this item alone")
        .press("enter ctrl-u")
        .type_text("Only this")
        .press("enter");
    assert_eq!(all(&desk, "title").iter().flatten().filter(|title| *title == "Only this").count(), 1);
    desk.press("] ").expect_not("Fields of").press("esc esc");
    desk.press(":").type_text("edit-this").press("enter").expect_not("Fields of").expect("Title");
}

#[test]
fn what_is_for_one_item_says_so() {
    let mut desk = three();
    find(desk.press("* e"), "title").press("d").expect("the diff is of one item");
    desk.press("E").expect("the editor is for one item");
    desk.press("]").expect("this form is over all the marked items");
}

#[test]
fn keys_typed_ahead_wait_for_the_form_and_esc_drops_it() {
    let mut desk = three();
    desk.slow_forms = true;
    desk.press("* e / l a y o u t enter").expect_not("Fields of");
    desk.catch_up();
    desk.expect("Fields of 3 marked").expect("single (2)");
    desk.press("esc");
    desk.slow_forms = true;
    desk.press("e n esc").expect("the form is not opened").catch_up();
    desk.expect_not("Fields of").expect_no_drafts();
}
