//! A slow link: what a frame costs, in bytes. Bytes are the same on every machine, so this is no measurement.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;

use curate::app::Event;
use curate::command::{Code, Key};
use curate::shell::screen::Screen;
use curate::view::palette::Depth;
use curate::view::{self, Look, Signs, Theme};
use ratatui::layout::Size;

use crate::desk::{Desk, curated};

/// The wire to the terminal, with what went over it since the last look.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A desk at the far end of a link.
struct Link {
    desk: Desk,
    screen: Screen<Wire>,
    wire: Wire,
    look: Look,
}

impl Link {
    fn to(desk: Desk) -> Link {
        let (width, height) = (desk.state.width, desk.state.height);
        let wire = Wire::default();
        let screen = Screen::new(wire.clone(), Size { width, height }).expect("a screen in memory");
        // What most terminals over SSH have.
        let look =
            Look { theme: Theme::shipped("dark").expect("it is shipped").at(Depth::Indexed), signs: Signs::DRAWN };
        let mut link = Link { desk, screen, wire, look };
        link.frame();
        link
    }

    /// Draws a frame; returns what went over the wire for it.
    fn frame(&mut self) -> Vec<u8> {
        let (state, look) = (&self.desk.state, &self.look);
        let drawn = self.screen.draw(|frame| {
            let area = frame.area();
            if let Some(place) = view::draw(state, look, area, frame.buffer_mut()) {
                frame.set_cursor_position(place);
            }
        });
        drawn.expect("a screen in memory");
        std::mem::take(&mut *self.wire.0.borrow_mut())
    }

    fn press(&mut self, keys: &str) -> &mut Link {
        for key in keys.split_whitespace() {
            self.desk.press(key);
            self.frame();
        }
        self
    }

    /// Types a letter; returns what went over the wire for it.
    fn letter(&mut self, letter: char) -> Vec<u8> {
        self.desk.happen(Event::Key(Key::plain(Code::Char(letter))));
        self.frame()
    }

    /// Types a text; every letter costs no more than it may.
    #[track_caller]
    fn type_cheaply(&mut self, text: &str) {
        let mut dear = Vec::new();
        for letter in text.chars() {
            let sent = self.letter(letter);
            if sent.len() > MOST {
                dear.push(format!("`{letter}` takes {}: {:?}", sent.len(), String::from_utf8_lossy(&sent)));
            }
        }
        let screen = self.desk.screen();
        assert!(dear.is_empty(), "{}\n{screen}", dear.join("\n"));
    }
}

/// A letter typed in a field sends so many bytes.
const MOST: usize = 120;

fn two() -> Link {
    Link::to(Desk::with(&[curated("Telehealth at home"), curated("The metaverse")]))
}

/// The field of that name, open for typing.
fn field(name: &str) -> Link {
    let mut link = two();
    link.press("e /");
    link.desk.type_text(name);
    link.press("enter enter");
    link
}

#[test]
fn a_letter_in_a_field_takes_few_bytes_the_first_too() {
    for name in ["title", "date", "status", "link.brand"] {
        for place in ["", "home", "home ctrl-right"] {
            field(name).press(place).type_cheaply("made from a few letters");
        }
    }
    // At the end of text that its field hardly holds, or does not.
    for name in ["description", "href", "openGraphMetaData.ogurl"] {
        field(name).type_cheaply("made from a few letters");
    }
}

#[test]
fn one_line_that_hardly_fits_is_seen_whole_while_it_is_typed_and_moves_with_no_letter() {
    let title = "A long title of an item about wards and what became of them in all these years";
    for cut in [34, 40, 50, 60, title.len()] {
        let mut link = Link::to(Desk::with(&[curated(&title[..cut]), curated("The metaverse")]));
        link.press("e /");
        link.desk.type_text("title");
        link.press("enter enter").desk.expect(title[..cut].split(' ').next_back().unwrap()).expect("A long title");
        link.type_cheaply("made from a few letters");
        link.press("home ctrl-right").letter('x');
        // It is one line all the same: enter is its end.
        link.press("enter").desk.expect("title: 1 item, 6 edits").expect_not("as it was:");
    }
}

#[test]
fn a_letter_at_the_end_of_a_text_takes_few_bytes_however_long_it_is() {
    let lines = "Forty patients at home, each with a scale and a cuff.\n".repeat(190);
    for text in [lines.replace('\n', " "), lines] {
        let mut link = field("description");
        link.desk.happen(Event::Paste(text));
        link.frame();
        link.type_cheaply("made from a few letters, and then from some more of them until the line is full at last");
    }
}

#[test]
fn a_window_that_moves_on_does_so_by_half_so_that_letters_take_few_bytes_on_the_whole() {
    for (name, most) in [("title", 90), ("description", 90)] {
        let mut link = field(name);
        let words = "a text that goes on and on, of words as they come ".repeat(12);
        let sent: usize = words.chars().map(|letter| link.letter(letter).len()).sum();
        let each = sent / words.len();
        assert!(each <= most, "{name}: {each} bytes a letter");
    }
}

#[test]
fn what_the_field_was_stands_below_it_from_the_first_moment_and_does_not_move() {
    let mut link = field("title");
    link.desk.expect("ctrl-o as it was: Telehealth at home");
    link.desk.press("ctrl-u").type_text("Another").expect("ctrl-o as it was: Telehealth at home");
    link.desk.press("ctrl-o").expect("Title         Telehealth at home").press("ctrl-o").expect("it is as it was");
    let mut link = field("description");
    link.desk.expect("ctrl-o as it was: \u{2026}").expect("is cut inside a word");
}
