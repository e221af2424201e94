//! One field being typed.

use super::*;

#[test]
fn a_title_is_typed_and_its_places_follow() {
    let mut desk = Desk::with(ITEM);
    desk.press("enter").type_text("!").press("enter");
    assert_eq!(desk.heard(), r#"title => text title "A walk through the virtual ward!""#);
    assert_eq!(desk.at("breadcrumbs[-1]"), Some("A walk through the virtual ward!".into()));
    assert_eq!(desk.form.changed(), 1);
    let rows = desk.rows();
    assert!(
        rows.contains(
            ">*  Title >: A walk through the virtual ward! | was A walk through the virtual ward | = 6 places"
        ),
        "{rows}"
    );
    desk.press("U");
    assert_eq!(desk.heard(), r#"title as it was => set title "A walk through the virtual ward""#);
    assert_eq!(desk.form.changed(), 0);
}

#[test]
fn of_a_long_text_the_part_that_changed_is_shown() {
    let mut desk = Desk::with(ITEM);
    desk.find("description").press("enter backspace backspace x ctrl-s");
    assert!(desk.rows().contains("| was …cy and now has"), "{}", desk.rows());
}

#[test]
fn what_was_not_changed_is_no_edit() {
    let mut desk = Desk::with(ITEM);
    desk.press("enter X backspace enter");
    desk.find("via").press("enter enter enter esc");
    desk.find("offering").press("enter enter");
    desk.find("description").press("enter ctrl-s");
    assert_eq!(desk.heard(), "");
    assert!(!desk.form.is_typing());
}

#[test]
fn esc_keeps_what_was_typed_and_a_second_esc_drops_what_is_wrong() {
    let mut desk = Desk::with(ITEM);
    desk.press("enter").type_text(" today").press("esc");
    assert!(desk.heard().contains("today"));
    desk.find("date").press("enter ctrl-u").type_text("2023-02-30").press("esc");
    assert_eq!(
        desk.heard(),
        "refuse: there is no day 30 in that month: a date looks like 2022-09-23; esc again drops what was typed"
    );
    assert!(desk.form.is_typing());
    desk.press("esc");
    assert_eq!(desk.heard(), "say: what was typed is dropped; the field is as before");
    assert_eq!(desk.at("date"), Some("2023-03-05".into()));
    desk.press("esc");
    assert_eq!(desk.heard(), "leave");
}

#[test]
fn a_date_in_quotes_stays_text_and_a_number_stays_a_number() {
    let mut desk = Desk::with(ITEM);
    desk.find("date").press("enter backspace").type_text("6").press("enter");
    desk.find("id").press("enter backspace").type_text("2").press("enter");
    desk.find("size[1]").press("enter backspace 1 enter");
    assert_eq!(
        desk.heard(),
        "date => text date \"2023-03-06\"\nid => set id 412\nfeaturedImage.size[1] => set featuredImage.size[1] 591"
    );
}

#[test]
fn a_kind_read_off_the_value_can_be_overruled_and_one_of_a_profile_file_cannot() {
    let mut desk = Desk::with(ITEM);
    desk.find("id").press("enter").type_text("a").press("enter");
    assert_eq!(desk.heard(), "refuse: a whole number looks like 12; the same again keeps it as text");
    desk.press("enter");
    assert_eq!(desk.heard(), r#"id => set id "411a""#);
    let file =
        Profile::from_yaml("extends: curated-content\nfields:\n  id: {kind: integer}\n", ".curate.yaml").unwrap();
    let mut desk = Desk::over(&file, ITEM);
    desk.find("id").press("enter").type_text("a").press("enter enter enter");
    assert_eq!(desk.heard(), ["refuse: a whole number looks like 12"; 3].join("\n"));
    assert!(desk.form.editing().unwrap().problem.is_some());
}

#[test]
fn null_is_set_and_lifted_by_typing() {
    let mut desk = Desk::with(ITEM);
    desk.find("id").press("n n");
    assert_eq!(desk.heard(), "id: null => set id null\nsay: id is null already");
    desk.press("enter").type_text("411").press("enter");
    assert_eq!(desk.heard(), "id => set id 411");
    assert_eq!(desk.form.changed(), 0);
    desk.find("via").press("n enter space enter");
    assert_eq!(desk.heard(), "via: null => set via null\nvia => set via \" \"");
    desk.find("status").press("n enter x backspace enter");
    assert_eq!(desk.heard(), "status: null => set status null\nstatus => set status \"\"");
}

#[test]
fn a_boolean_turns_at_once() {
    let mut desk = Desk::with(ITEM);
    desk.find("valid").press("enter n enter");
    assert_eq!(
        desk.heard(),
        "featuredImage.valid: false => set featuredImage.valid false\n\
         featuredImage.valid: null => set featuredImage.valid null\n\
         featuredImage.valid: true => set featuredImage.valid true"
    );
}

#[test]
fn a_choice_offers_its_values_and_those_in_use() {
    let mut desk = Desk::with(ITEM);
    desk.offers = vec!["approved".into(), "on hold".into()];
    desk.find("status").press("enter tab tab");
    assert_eq!(desk.form.editing().unwrap().input.text(), "rejected");
    assert_eq!(desk.form.editing().unwrap().offers, ["approved", "rejected", "deferred", "on hold"]);
    desk.press("ctrl-u").type_text("on").press("tab enter");
    assert_eq!(desk.heard(), r#"status => text status "on hold""#);
    desk.find("sub").press("enter tab enter");
    assert_eq!(desk.heard(), r#"sub => text sub "story""#);
    desk.find("title").press("enter tab");
    assert_eq!(desk.heard(), "say: no values on offer here");
}

#[test]
fn a_text_takes_lines_and_the_arrows_go_by_the_lines_one_sees() {
    let mut desk = Desk::with(ITEM);
    desk.find("description").press("enter enter").type_text("more").press("ctrl-s");
    assert!(desk.heard().ends_with(r#"and now has\nmore""#), "{}", desk.heard());
    desk.press("enter up up");
    let (line, _) = desk.form.editing().unwrap().input.cursor();
    assert_eq!(line, 0);
    desk.press("up");
    assert_eq!(desk.form.editing().unwrap().input.cursor().0, 0);
    desk.press("down down down");
    assert_eq!(desk.form.editing().unwrap().input.cursor(), (2, 4));
}

#[test]
fn characters_that_a_terminal_obeys_stay_as_they_are() {
    let json = ITEM.replace("\"mastHead\": \"NEWS\"", r#""mastHead": "a\u001b[2Jb\u200e\tc\r""#);
    let mut desk = Desk::with(&json);
    desk.find("mastHead").press("enter").type_text("!").press("ctrl-s");
    assert_eq!(desk.at("mastHead"), Some("a\u{1b}[2Jb\u{200e}\tc\r!".into()));
    desk.press("enter");
    desk.form.paste("\u{1b}[31mred\u{7}\r\nx");
    desk.press("esc");
    assert_eq!(desk.at("mastHead"), Some("a\u{1b}[2Jb\u{200e}\tc\r![31mred\nx".into()));
}

#[test]
fn a_key_with_dots_and_a_missing_field_are_named_exactly() {
    let mut desk = Desk::with(ITEM);
    desk.find("msvalidate").press("enter").type_text("x").press("enter");
    assert_eq!(desk.heard(), r#"htmlMetaData."msvalidate.01" => text htmlMetaData."msvalidate.01" "x""#);
    let mut desk = Desk::with(r#"{"title": "One"}"#);
    desk.find("date").press("enter").type_text("2023-03-06").press("enter");
    desk.find("author").press("enter").type_text("Ann").press("enter");
    assert_eq!(desk.heard(), "date => text date \"2023-03-06\"\nauthor => text author \"Ann\"");
    desk.press("U");
    assert_eq!(desk.heard(), "author as it was => unset author");
}

#[test]
fn an_open_field_outlives_a_reload_and_finish_keeps_it() {
    let mut desk = Desk::with(ITEM);
    desk.press("enter").type_text("?");
    let source = FormSource::of(value(ITEM), value(ITEM));
    desk.form.reload(&Profile::builtin(), source);
    assert!(desk.form.is_typing());
    assert!(matches!(desk.form.finish(), Outcome::Edit { .. }));
}

#[test]
fn a_long_paste_is_taken_whole_and_is_one_undo() {
    let mut desk = Desk::with(ITEM);
    desk.find("description").press("enter ctrl-u ctrl-u");
    let line = "Forty patients at home, each with a scale, a cuff and a tablet: \u{65e5}\u{672c} \u{1f469}\u{200d}\u{2695}\u{fe0f}.\r\n";
    let text = line.repeat(1_200);
    assert!(text.len() > 100_000);
    let before = desk.form.editing().unwrap().input.text();
    desk.form.paste(&text);
    let lines = desk.form.editing().unwrap().input.content().len();
    assert!(lines >= 1_200, "{lines}");
    desk.press("ctrl-z");
    assert_eq!(desk.form.editing().unwrap().input.text(), before);
    desk.press("ctrl-y ctrl-s");
    let kept = desk.at("description").unwrap().scalar_text().unwrap();
    assert!(kept.ends_with(&text.replace("\r\n", "\n")), "{}", kept.len());
}

#[test]
fn a_word_is_gone_over_and_taken_back_in_a_text_of_several_lines() {
    let mut desk = Desk::with(ITEM);
    desk.find("description").press("enter ctrl-left ctrl-w").type_text("did ");
    let text = desk.form.editing().unwrap().input.text();
    assert!(text.ends_with("pharmacy and did has"), "{text}");
    desk.press("ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z ctrl-s");
    assert_eq!(desk.heard(), "");
}

#[test]
fn a_counter_runs_where_the_profile_says_how_much_of_a_text_is_shown_there_or_in_a_place_of_it() {
    let notes = |desk: &Desk| -> Vec<(Tone, String)> {
        desk.form.editing_notes().into_iter().map(|note| (note.tone, note.text)).collect()
    };
    let mut desk = Desk::with(ITEM);
    // The title itself has no limit; the cards that show it have.
    desk.press("enter");
    assert!(notes(&desk).contains(&(Tone::Plain, "31/60".to_string())), "{:?}", notes(&desk));
    desk.type_text(&" and on".repeat(5));
    assert!(notes(&desk).contains(&(Tone::Wrong, "66/60".to_string())), "{:?}", notes(&desk));
    desk.press("enter");
    assert!(desk.heard().starts_with("title => text title"), "too long for a card is no reason to refuse");
    desk.find("description").press("enter");
    assert!(notes(&desk).contains(&(Tone::Plain, "154/200".to_string())), "{:?}", notes(&desk));
}

#[test]
fn what_the_disk_has_is_told_while_the_field_is_typed_and_one_key_puts_it_in() {
    let was = |desk: &Desk| desk.form.about().unwrap().was;
    let mut desk = Desk::with(ITEM);
    desk.find("author[0]").press("enter");
    assert_eq!(was(&desk).as_deref(), Some("Mira Okafor"));
    desk.type_text(" and others");
    assert_eq!(was(&desk).as_deref(), Some("Mira Okafor"));
    desk.press("enter enter").type_text("!");
    assert_eq!(was(&desk).as_deref(), Some("Mira Okafor"));
    desk.press("ctrl-o");
    assert_eq!(
        (desk.form.editing().unwrap().input.text().as_str(), was(&desk)),
        ("Mira Okafor", Some("Mira Okafor".to_string()))
    );
    desk.press("ctrl-o enter");
    assert_eq!(desk.form.changed(), 0);
    // What was typed is not lost by it.
    desk.press("enter").type_text(" x").press("ctrl-o ctrl-z enter");
    assert_eq!(desk.at("author[0]"), Some("Mira Okafor x".into()));
    desk.press("U").find("author").press("a").type_text("Ann").press("ctrl-o");
    assert!(desk.heard().ends_with("say: there is no value on disk to go back to"));
}

#[test]
fn what_the_disk_has_goes_in_as_it_is_even_where_it_is_no_text() {
    let mut desk = Desk::with(r#"{"empty": null, "n": 4}"#);
    desk.find("empty").press("enter").type_text("x").press("enter");
    desk.press("enter ctrl-o enter");
    assert_eq!(desk.at("empty"), Some(Value::Null));
    assert_eq!(desk.form.changed(), 0);
    // What is typed after it is meant as it is typed.
    desk.press("enter ctrl-o y enter");
    assert_eq!(desk.at("empty"), Some("y".into()));
    desk.press("enter backspace enter").press("enter ctrl-o enter");
    assert_eq!(desk.at("empty"), Some(Value::Null));
    desk.find("n").press("enter 2 ctrl-o ctrl-o enter");
    assert!(desk.heard().ends_with("say: it is as it was"));
    assert_eq!(desk.at("n"), Some(4.into()));
}

#[test]
fn a_field_of_a_new_entry_takes_the_kind_that_its_siblings_have_there() {
    let mut desk = Desk::with(r#"{"people": [{"name": "Ada", "age": 36, "on": true}]}"#);
    desk.find("people").press("a").type_text("Dan").press("enter j enter").type_text("55").press("enter");
    assert_eq!(desk.at("people[1].age"), Some(55.into()));
    desk.press("j enter");
    assert_eq!(desk.at("people[1].on"), Some(true.into()));
    desk.press("k enter ctrl-u").type_text("old").press("enter");
    assert!(desk.heard().ends_with("refuse: a whole number looks like 12; the same again keeps it as text"));
}

#[test]
fn a_time_of_day_stays_one() {
    let mut desk = Desk::with(r#"{"x": 1}"#);
    let value = Value::Map(vec![("time".into(), Value::Date("07:32:00".into()))]);
    let source = FormSource::of(value.clone(), value);
    desk.form = Form::open("one.md".into(), &Profile::builtin(), source);
    desk.find("time").press("enter backspace 1 enter");
    assert_eq!(desk.at("time"), Some(Value::Date("07:32:01".into())));
    desk.press("enter").type_text(".5").press("enter");
    assert_eq!(desk.at("time"), Some(Value::Date("07:32:01.5".into())));
    desk.press("enter").type_text("x").press("enter");
    assert!(
        desk.heard().ends_with("refuse: a time looks like 07:32:00 or 07:32:00.5; the same again keeps it as text")
    );
}
