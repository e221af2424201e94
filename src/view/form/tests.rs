//! The form at 80x24, as it is painted (the two lines of the footer are left out).

use ratatui::buffer::Buffer;

use super::*;
use crate::app::form::tests::{Desk, ITEM};
use crate::command::Keymap;
use crate::profile::Profile;
use crate::view::{Look, Signs, Theme};

const AREA: Rect = Rect { x: 0, y: 0, width: 80, height: 22 };

fn paint_with(desk: &Desk, signs: Signs) -> (Buffer, Option<Position>) {
    let look = Look { theme: Theme::shipped("dark").unwrap(), signs };
    let mut buf = Buffer::empty(AREA);
    let state = State::new(Profile::builtin(), Keymap::default(), "news", 80, 24);
    let cursor = draw(&mut Canvas { buf: &mut buf, look: &look }, AREA, &desk.form, &state);
    (buf, cursor)
}

fn screen(desk: &Desk) -> String {
    text(&paint_with(desk, Signs::DRAWN).0)
}

fn text(buf: &Buffer) -> String {
    let lines = (0..AREA.height).map(|y| {
        let line: String = (0..AREA.width).map(|x| buf[(x, y)].symbol()).collect();
        line.trim_end().to_string()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn opened() -> Desk {
    let mut desk = Desk::with(ITEM);
    desk.form.fit(AREA.width, AREA.height);
    desk
}

#[test]
fn it_opens_on_the_story() {
    insta::assert_snapshot!(screen(&opened()), @r"
     A walk through the virtual ward                                      Story 1/6
    ─────────────────────────────────────────────────────────────── / find a field ─
      Story         ▾
        Title       ▸ A walk through the virtual ward                    = 6 places
        Description ▸ A ward without walls lets nurses see to forty patients at ho…
        Date          2023-03-05
        Author      ▸ Mira Okafor                                                 1
        Status        (blank)                          approved  rejected  deferred
        Length        brief
      Topics        ▸ Plain Subject Words (PSW): Virtual Care ·…  5 lists agree   2
      Offerings     ▸ Night Owl's Rota · WardView                                 2
      Link          ▸ https://wardpost.example.org/w/1                            4
      Image         ▸ A walk through the virtual ward                             5
      Social        ▸ Wards without walls.                             11 · 5 empty
      Other fields  ▸                                                  24 · 7 empty




     title · one line · also breadcrumbs[2], featuredImage.alt,
     htmlMetaData.ogtitle, openGraphMetaData.ogtitle, twitterMetaData.twittertitle
    ");
}

#[test]
fn a_changed_field_shows_what_it_was_and_a_choice_its_offers() {
    let mut desk = opened();
    desk.find("date").press("enter backspace 6 enter");
    desk.find("status").press("enter a");
    insta::assert_snapshot!(screen(&desk), @r"
     A walk through the virtual ward                                 •1   Story 5/6
    ─────────────────────────────────────────────────────────────── / find a field ─
      Story         ▾
        Title       ▸ A walk through the virtual ward                    = 6 places
        Description ▸ A ward without walls lets nurses see to forty patients at ho…
      • Date          2023-03-06                                     was 2023-03-05
        Author      ▸ Mira Okafor                                                 1
        Status        a                                approved  rejected  deferred
        Length        brief
      Topics        ▸ Plain Subject Words (PSW): Virtual Care ·…  5 lists agree   2
      Offerings     ▸ Night Owl's Rota · WardView                                 2
      Link          ▸ https://wardpost.example.org/w/1                            4
      Image         ▸ A walk through the virtual ward                             5
      Social        ▸ Wards without walls.                             11 · 5 empty
      Other fields  ▸                                                  24 · 7 empty




     status · choice
     ctrl-o as it was: (blank)
     The verdict; blank while undecided
    ");
}

#[test]
fn a_text_of_several_lines_opens_below_its_name() {
    let mut desk = opened();
    desk.find("description").press("enter up end X");
    let (buf, cursor) = paint_with(&desk, Signs::DRAWN);
    insta::assert_snapshot!(text(&buf), @r"
     A walk through the virtual ward                                      Story 2/6
    ─────────────────────────────────────────────────────────────── / find a field ─
      Story         ▾
        Title       ▸ A walk through the virtual ward                    = 6 places
        Description   A ward without walls lets nurses see to forty patients at
        155/200       home, each with a scale, a cuff and a tablet.X
        ctrl-s done   It began in two rooms above a pharmacy and now has



        Date          2023-03-05
        Author      ▸ Mira Okafor                                                 1
        Status        (blank)                          approved  rejected  deferred
        Length        brief
      Topics        ▸ Plain Subject Words (PSW): Virtual Care ·…  5 lists agree   2
      Offerings     ▸ Night Owl's Rota · WardView                                 2
      Link          ▸ https://wardpost.example.org/w/1                            4
      Image         ▸ A walk through the virtual ward                             5

     description · text of several lines
     ctrl-o as it was: …h a scale, a cuff and a tablet. It began in two rooms abov…
     Shown on cards and in search
    ");
    let cursor = cursor.unwrap();
    assert_eq!(buf[(cursor.x - 1, cursor.y)].symbol(), "X");
}

#[test]
fn what_is_wrong_stands_beside_the_field_and_below() {
    let mut desk = opened();
    desk.find("date").press("enter ctrl-u").type_text("tomorrow").press("enter");
    insta::assert_snapshot!(screen(&desk), @r"
     A walk through the virtual ward                                      Story 3/6
    ─────────────────────────────────────────────────────────────── / find a field ─
      Story         ▾
        Title       ▸ A walk through the virtual ward                    = 6 places
        Description ▸ A ward without walls lets nurses see to forty patients at ho…
        Date          tomorrow   a date looks like 2022-09-23, with a time like 20…
        Author      ▸ Mira Okafor                                                 1
        Status        (blank)                          approved  rejected  deferred
        Length        brief
      Topics        ▸ Plain Subject Words (PSW): Virtual Care ·…  5 lists agree   2
      Offerings     ▸ Night Owl's Rota · WardView                                 2
      Link          ▸ https://wardpost.example.org/w/1                            4
      Image         ▸ A walk through the virtual ward                             5
      Social        ▸ Wards without walls.                             11 · 5 empty
      Other fields  ▸                                                  24 · 7 empty




     date · date
     a date looks like 2022-09-23, with a time like 2022-09-23T10:19:00Z
     ctrl-o as it was: 2023-03-05
    ");
}

#[test]
fn finding_a_field_narrows_the_rows() {
    let mut desk = opened();
    desk.press("/").type_text("ogtitle");
    insta::assert_snapshot!(screen(&desk), @r"
    A walk through the virtual ward                                          Story
    / ogtitle                                                             2 fields
     htmlMetaData.ogtitle                  A walk through the virtual ward
     openGraphMetaData.ogtitle             A walk through the virtual ward















    htmlMetaData.ogtitle · one line · follows title
    ");
}

#[test]
fn nested_entries_unfold_and_a_long_text_can_be_read_whole() {
    let mut desk = opened();
    desk.find("relatedOfferings[1].categories[0]");
    desk.find("description").press("l");
    insta::assert_snapshot!(screen(&desk), @r"
     A walk through the virtual ward                                      Story 2/6
    ─────────────────────────────────────────────────────────────── / find a field ─
      Story         ▾
        Title       ▸ A walk through the virtual ward                    = 6 places
        Description ▾ A ward without walls lets nurses see to forty patients at
                      home, each with a scale, a cuff and a tablet.
                      It began in two rooms above a pharmacy and now has
        Date          2023-03-05
        Author      ▸ Mira Okafor                                                 1
        Status        (blank)                          approved  rejected  deferred
        Length        brief
      Topics        ▸ Plain Subject Words (PSW): Virtual Care ·…  5 lists agree   2
      Offerings     ▾ label             permalink  categori…  offering…           2
        1           ▸ Night Owl's Rota  /offerin…  Orbit: N…  97                  4
        2           ▾ WardView                                                    4
          label        WardView
          permalink    /offering/wardview
          categories ▾ Orbit: Nursing · Tides: Virtual Care                       2

     description · text of several lines
     Shown on cards and in search
    ");
}

#[test]
fn a_long_line_keeps_its_cursor_in_sight() {
    let mut desk = opened();
    desk.press("enter").type_text(&" and on".repeat(30));
    let (buf, cursor) = paint_with(&desk, Signs::DRAWN);
    let cursor = cursor.unwrap();
    assert!(cursor.x < AREA.width && text(&buf).contains("and on and on"));
    desk.press("home");
    let (buf, cursor) = paint_with(&desk, Signs::DRAWN);
    assert_eq!(buf[(cursor.unwrap().x, cursor.unwrap().y)].symbol(), "A");
}

#[test]
fn nothing_that_a_terminal_obeys_is_painted() {
    let json = ITEM.replace("A walk through", r#"A \u001b[2Jwalk\u202e through"#).replace("\"id\"", r#""i\u0007d""#);
    let mut desk = Desk::with(&json);
    desk.press("enter");
    let first = text(&paint_with(&desk, Signs::DRAWN).0);
    desk.press("esc G l ctrl-d");
    let second = text(&paint_with(&desk, Signs::DRAWN).0);
    assert!(first.contains("A ␛[2Jwalk"), "{first}");
    for c in (first + &second).chars() {
        assert!(c == '\n' || !c.is_control() && !crate::shown::is_invisible_control(c), "{c:?}");
    }
}

#[test]
fn it_can_be_drawn_in_letters_and_in_hardly_any_room() {
    let mut desk = opened();
    desk.find("date").press("enter backspace 6 enter G l");
    let ascii = text(&paint_with(&desk, Signs::ASCII).0);
    assert!(ascii.is_ascii(), "{ascii}");
    for (width, height) in [(10, 3), (20, 5), (30, 9)] {
        for keys in ["", "enter", "esc /", "esc"] {
            desk.press(keys).form.fit(width, height);
            let area = Rect { x: 0, y: 0, width, height };
            let mut buf = Buffer::empty(area);
            let look = Look { theme: Theme::shipped("none").unwrap(), signs: Signs::ASCII };
            let state = State::new(Profile::builtin(), Keymap::default(), "news", width, height);
            draw(&mut Canvas { buf: &mut buf, look: &look }, area, &desk.form, &state);
        }
    }
}
