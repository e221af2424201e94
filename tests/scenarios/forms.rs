//! The form at the desk: fields reached and edited by keys, and the bytes that come of it.

use curate::command::{Code, Key};
use curate::content::edit::apply;
use curate::content::{Document, FieldRef, Value};

use crate::desk::{Desk, changed_lines, curated};

const ITEM: &str = "news/telehealth-at-home.md";

fn one() -> (Desk, String) {
    let (path, text) = curated("Telehealth at home");
    (Desk::with(&[(path, text.clone())]), text)
}

/// The text that a write would put on disk.
fn drafted(desk: &Desk) -> String {
    let document = Document::open(desk.file(ITEM).into_bytes()).expect("a readable file");
    let steps = desk.state.library.drafts.file(ITEM).steps;
    let edits: Vec<_> = steps.into_iter().flat_map(|step| step.edits).collect();
    apply(&document, &edits).expect("the draft fits").text().to_string()
}

fn type_lines(desk: &mut Desk, text: &str) {
    for c in text.chars() {
        let code = if c == '\n' { Code::Enter } else { Code::Char(c) };
        desk.happen(curate::app::Event::Key(Key::plain(code)));
    }
}

#[test]
fn what_is_typed_and_refused_is_typed_still() {
    // What stands behind an anchor and is used elsewhere is not changed beneath it.
    let file = "---\ntitle: &t Telehealth at home\nheading: *t\nstatus: ''\n---\n".to_string();
    let mut desk = Desk::with(&[("one.md".into(), file.clone())]);
    desk.press("e /").type_text("title").press("enter enter").type_text(" now").press("enter");
    desk.expect("refused").expect("Telehealth at home now").expect("enter done").expect_no_drafts();
    desk.press("ctrl-z ctrl-z ctrl-z ctrl-z enter").expect_not("enter done").expect_no_drafts();
    assert_eq!(desk.file("one.md"), file);
}

#[test]
fn what_is_typed_while_the_file_goes_is_typed_still_and_kept_when_it_is_back() {
    let (path, text) = curated("The ward");
    let mut desk = Desk::with(&[(path.clone(), text.clone())]);
    desk.press("e enter").type_text(" at night");
    std::fs::remove_file(desk.path(&path)).unwrap();
    desk.others_worked().press("enter").expect("the file is gone").expect("The ward at night").expect("enter done");
    desk.expect_no_drafts();
    std::fs::write(desk.path(&path), &text).unwrap();
    desk.others_worked().press("enter esc w y").expect("1 file written");
    assert!(desk.file(&path).contains("title: The ward at night"), "{}", desk.file(&path));
}

#[test]
fn an_entry_is_added_to_tables_of_toml_which_has_no_null() {
    let file = "+++\ntitle = \"Staff\"\n\n[[people]]\nname = \"Ann\"\nage = 30\nsince = 2020-01-01\n+++\n";
    let mut desk = Desk::with(&[("one.md".into(), file.to_string())]);
    desk.press("e /").type_text("people").press("enter a").type_text("Dan").press("enter j enter ctrl-u 5 5 enter");
    desk.press("esc w y").expect("1 file written");
    let entry = "\n[[people]]\nname = \"Dan\"\nage = 55\nsince = 2020-01-01\n+++";
    assert_eq!(desk.file("one.md"), format!("{}{entry}\n", file.strip_suffix("+++\n").unwrap()));
}

#[test]
fn ctrl_s_ends_a_field_of_one_line_as_well() {
    let mut desk = Desk::with(&[curated("Telehealth at home")]);
    desk.press("e enter").type_text(" now").expect_not("ctrl-s").press("ctrl-s").expect("Telehealth at home now");
    desk.expect_not("enter done").press("esc w y").expect("1 file written");
}

#[test]
fn fields_of_every_kind_are_set_to_null_and_typed_again_and_the_bytes_are_the_same() {
    let (_, text) = one();
    let value = Document::open(text.clone().into_bytes()).unwrap().value().unwrap();
    for field in [
        "id",
        "date",
        "via",
        "status",
        "categories[1]",
        "breadcrumbLinks[2]",
        "featuredImage.valid",
        "featuredImage.size[1]",
        "htmlMetaData.robots",
        "relatedOfferings[1].categories[1]",
        "relatedOfferings[1].offeringId",
    ] {
        let was = value.at(&field.parse::<FieldRef>().unwrap().resolve(&value).unwrap()).unwrap();
        let (mut desk, _) = one();
        desk.press("e /");
        type_lines(&mut desk, field);
        desk.press("enter n").expect("null");
        match was {
            Value::Bool(_) => desk.press("enter"),
            Value::Str(text) if text.is_empty() => desk.press("enter x backspace enter"),
            scalar => {
                desk.press("enter");
                type_lines(&mut desk, &scalar.scalar_text().unwrap());
                desk.press("enter")
            }
        };
        assert_eq!(changed_lines(&text, &drafted(&desk)), (Vec::new(), Vec::new()), "{field}");
    }
}

#[test]
fn an_offering_is_filled_in_by_keys_and_only_its_lines_are_new() {
    let (mut desk, text) = one();
    desk.press("e /").type_text("relatedOfferings").press("enter a").type_text("Porch Light").press("enter");
    desk.press("j enter").type_text("/offering/porch-light").press("enter j a").type_text("Analyst: Healthcare");
    desk.press("enter j enter").type_text("17003").press("enter");
    let (old, new) = changed_lines(&text, &drafted(&desk));
    assert!(old.is_empty(), "{old:?}");
    insta::assert_snapshot!(new.join("\n"), @r"
    - label: Porch Light
      permalink: /offering/porch-light
      categories:
        - 'Analyst: Healthcare'
      offeringId: 17003
    ");
}

#[test]
fn undo_shows_in_the_form_what_was_and_the_cursor_stays() {
    let (mut desk, text) = one();
    desk.press("e /").type_text("sub").press("enter enter tab enter").expect("was brief");
    desk.press("u").expect_not("was brief").expect_no_drafts();
    desk.press("enter").type_text("x").press("esc esc u").expect_no_drafts();
    assert_eq!(desk.file(ITEM), text);
}

#[test]
fn a_field_that_follows_others_offers_what_it_should_say() {
    let (path, text) = curated("The ward");
    let mut desk = Desk::with(&[(path.clone(), text.replace("slug: journal-the-ward", "slug: something-else"))]);
    desk.press("e /").type_text("slug").press("enter").expect("does not follow");
    desk.press("enter").expect("journal-example-the-ward").press("tab enter esc w y").expect("1 file written");
    assert!(desk.file(&path).contains("\nslug: journal-example-the-ward\n"));
}

#[test]
fn an_image_says_its_size_and_whether_it_is_there_and_a_link_is_opened_from_its_field() {
    let (path, text) = curated("The ward");
    let mut desk = Desk::with(&[(path, text)]);
    desk.press("e").expect("300, missing");
    let image = "news/00000000-0000-0000-0000-000000000000-featuredImage.jpeg";
    std::fs::write(desk.path(image), "").unwrap();
    desk.press("esc e").expect("300 ").expect_not("missing");
    desk.press("/").type_text("ogimage").press("enter o");
    assert_eq!(desk.links.len(), 1, "{:?}", desk.links);
}

#[test]
fn a_paste_keeps_lines_and_tabs_and_says_what_it_left_out() {
    let (mut desk, _) = one();
    desk.press("e /").type_text("description").press("enter enter enter");
    desk.happen(curate::app::Event::Paste("a\tb\r\n\u{1b}[31mred\u{7}".to_string()));
    desk.expect("2 characters that a terminal would obey left out of the paste").press("ctrl-s");
    let after = Document::open(drafted(&desk).into_bytes()).unwrap().value().unwrap();
    let text = after.get("description").and_then(Value::as_str).unwrap();
    assert!(text.ends_with("small p\na\tb\n[31mred"), "{text:?}");
}
