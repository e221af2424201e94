use std::cell::RefCell;
use std::rc::Rc;

use proptest::prelude::*;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::{Color, Modifier, Style};

use super::*;
use crate::view::theme::{Role, Theme};

/// A terminal that counts writes and shows what a real one would.
#[derive(Clone)]
struct Glass {
    parser: Rc<RefCell<vt100::Parser>>,
    writes: Rc<RefCell<Vec<Vec<u8>>>>,
}

impl Glass {
    fn new(size: Size) -> Glass {
        let parser = vt100::Parser::new(size.height, size.width, 0);
        Glass { parser: Rc::new(RefCell::new(parser)), writes: Rc::default() }
    }

    fn contents(&self) -> String {
        self.parser.borrow().screen().contents()
    }

    fn last(&self) -> Vec<u8> {
        self.writes.borrow().last().cloned().unwrap_or_default()
    }
}

impl Write for Glass {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.parser.borrow_mut().process(bytes);
        self.writes.borrow_mut().push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const SMALL: Size = Size { width: 20, height: 4 };
const USUAL: Size = Size { width: 80, height: 24 };

fn screen(size: Size) -> (Screen<Glass>, Glass) {
    let glass = Glass::new(size);
    (Screen::new(glass.clone(), size).unwrap(), glass)
}

fn draw(screen: &mut Screen<Glass>, lines: &[&str], cursor: Option<(u16, u16)>) {
    let render = |frame: &mut Frame| {
        for (y, line) in (0..).zip(lines) {
            frame.buffer_mut().set_string(0, y, line, Style::new());
        }
        if let Some(at) = cursor {
            frame.set_cursor_position(at);
        }
    };
    screen.draw(render).unwrap();
}

#[test]
fn one_frame_is_one_write_inside_synchronized_output() {
    let (mut screen, glass) = screen(SMALL);
    draw(&mut screen, &["one", "two", "three"], Some((2, 1)));
    assert_eq!(glass.writes.borrow().len(), 1);
    assert!(glass.last().starts_with(b"\x1b[?2026h") && glass.last().ends_with(b"\x1b[?2026l"));
    assert_eq!(glass.contents(), "one\ntwo\nthree");
    assert_eq!(glass.parser.borrow().screen().cursor_position(), (1, 2));
    assert!(!glass.parser.borrow().screen().hide_cursor());
}

#[test]
fn an_unchanged_frame_writes_nothing() {
    let (mut screen, glass) = screen(SMALL);
    for cursor in [None, Some((3, 0))] {
        draw(&mut screen, &["one"], cursor);
        let (bytes, writes) = (screen.bytes_written(), glass.writes.borrow().len());
        draw(&mut screen, &["one"], cursor);
        assert_eq!((screen.bytes_written(), glass.writes.borrow().len()), (bytes, writes));
    }
}

#[test]
fn a_cursor_that_moves_alone_is_sent_and_hidden_when_no_longer_wanted() {
    let (mut screen, glass) = screen(SMALL);
    draw(&mut screen, &["one"], None);
    assert!(glass.parser.borrow().screen().hide_cursor());
    draw(&mut screen, &["one"], Some((1, 0)));
    assert!(!glass.parser.borrow().screen().hide_cursor());
    draw(&mut screen, &["one"], Some((2, 0)));
    assert_eq!(glass.parser.borrow().screen().cursor_position(), (0, 2));
    draw(&mut screen, &["one"], None);
    assert!(glass.parser.borrow().screen().hide_cursor());
}

#[test]
fn what_another_program_left_is_gone_after_forgetting() {
    let (mut screen, glass) = screen(SMALL);
    draw(&mut screen, &["one"], None);
    glass.parser.borrow_mut().process(b"\x1b[2;3Hgarbage\x1b[?25h\x1b[31m");
    screen.forget().unwrap();
    draw(&mut screen, &["one"], None);
    assert_eq!(glass.contents(), "one");
    assert!(glass.parser.borrow().screen().hide_cursor());
}

#[test]
fn another_size_draws_anew() {
    let (mut screen, glass) = screen(SMALL);
    draw(&mut screen, &["one", "two", "three", "four"], None);
    for (width, height) in [(10, 2), (30, 6)] {
        glass.parser.borrow_mut().screen_mut().set_size(height, width);
        screen.resize(Size { width, height });
        draw(&mut screen, &["five", "six"], None);
        assert_eq!(glass.contents(), "five\nsix");
    }
}

#[test]
fn a_clipboard_text_goes_out_between_frames_and_is_counted() {
    let (mut screen, glass) = screen(SMALL);
    draw(&mut screen, &["one"], None);
    let before = screen.bytes_written();
    screen.send(b"\x1b]52;c;aGk=\x07").unwrap();
    assert_eq!(glass.last(), b"\x1b]52;c;aGk=\x07");
    assert_eq!(screen.bytes_written() - before, glass.last().len() as u64);
}

/// The desk's list of eight rows as the view draws it, and a preview that is held.
fn desk(frame: &mut Frame, theme: &Theme, at: u16) {
    let buffer = frame.buffer_mut();
    buffer.set_style(buffer.area, theme.style(Role::Text));
    for y in 2..10 {
        let title = "Virtual care teams close gaps i…";
        buffer.set_string(4, y, "2022-09-21", theme.style(Role::Muted));
        buffer.set_string(15, y, "healthitnews", theme.style(Role::Brand));
        buffer.set_string(31, y, title, Style::new());
        buffer.set_string(64, y, "Virtual Care", theme.style(Role::Topic));
        buffer.set_string(79, y, "1", theme.style(Role::Count));
    }
    buffer.set_style(ratatui::layout::Rect::new(0, at, 80, 1), theme.style(Role::Cursor));
    buffer.set_string(70, 10, format!(" {at} of 41 "), theme.style(Role::Title));
}

#[test]
fn moving_the_cursor_costs_at_most_300_bytes_in_every_theme() {
    for name in ["dark", "light", "sixteen", "high-contrast", "none"] {
        let theme = Theme::shipped(name).unwrap().at(crate::view::palette::Depth::True);
        let (mut screen, glass) = screen(USUAL);
        for at in 2..10 {
            screen.draw(|frame| desk(frame, &theme, at)).unwrap();
            assert!(at == 2 || glass.last().len() <= 300, "{name}: {} bytes", glass.last().len());
        }
    }
}

#[test]
fn a_list_that_scrolls_by_a_line_is_moved_and_not_written_anew() {
    let (mut screen, glass) = screen(USUAL);
    for top in [5, 6, 7, 6, 5, 7] {
        let mut wanted = String::new();
        let list = |frame: &mut Frame| {
            for y in 0..24 {
                let line = match y {
                    2..10 => format!("{} a title that is as long as titles are in a list of this width", top + y),
                    _ => format!("what stands around it {y}"),
                };
                frame.buffer_mut().set_string(0, y, &line, Style::new());
                wanted += &format!("{line}\n");
            }
        };
        let before = screen.bytes_written();
        screen.draw(list).unwrap();
        assert_eq!(glass.contents().trim_end(), wanted.trim_end());
        assert!(before == 0 || screen.bytes_written() - before <= 300, "{}", screen.bytes_written() - before);
    }
}

#[test]
fn a_typed_character_costs_at_most_120_bytes() {
    let theme = Theme::shipped("dark").unwrap();
    let (mut screen, glass) = screen(USUAL);
    for text in ["Virtual", "Virtual ", "Virtual c"] {
        screen
            .draw(|frame| {
                let style = theme.style(Role::Input);
                frame.buffer_mut().set_style(ratatui::layout::Rect::new(10, 5, 60, 1), style);
                frame.buffer_mut().set_string(10, 5, text, style);
                frame.set_cursor_position((10 + text.len() as u16, 5));
            })
            .unwrap();
    }
    assert!(glass.last().len() <= 120, "{} bytes", glass.last().len());
}

#[test]
fn a_letter_put_in_or_taken_out_within_a_full_line_moves_what_follows() {
    let theme = Theme::shipped("dark").unwrap();
    let (mut screen, glass) = screen(USUAL);
    let long = "Public maternity wards make a budget for oncology nursing and for";
    for text in [long.to_string(), long.replace("make", "maXke"), long.to_string(), long.replace("make", "mke")] {
        let mut wanted = String::new();
        screen
            .draw(|frame| {
                let buffer = frame.buffer_mut();
                buffer.set_style(ratatui::layout::Rect::new(5, 5, 66, 1), theme.style(Role::Input));
                buffer.set_string(5, 5, &text, theme.style(Role::Input));
                buffer.set_string(73, 5, format!("{}/60", text.len()), theme.style(Role::Count));
                wanted = format!("     {text:<66}  {}/60", text.len());
                frame.set_cursor_position((30, 5));
            })
            .unwrap();
        assert_eq!(glass.contents().trim_start_matches('\n'), wanted);
        let (sent, what) = (glass.last(), String::from_utf8_lossy(&glass.last()).into_owned());
        assert!(text == long || (sent.len() <= 120 && what.contains("\x1b[@") && what.contains("\x1b[P")), "{what:?}");
    }
}

fn color() -> impl Strategy<Value = Color> {
    prop_oneof![
        4 => Just(Color::Reset),
        1 => prop::sample::select(vec![Color::Black, Color::Red, Color::Gray, Color::DarkGray, Color::LightCyan, Color::White]),
        1 => (16u8..=255).prop_map(Color::Indexed),
        1 => (0u8..=255).prop_map(|g| Color::Rgb(g, 1, 200)),
    ]
}

fn style() -> impl Strategy<Value = Style> {
    let mods = vec![
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::BOLD | Modifier::UNDERLINED,
        Modifier::REVERSED,
        Modifier::ITALIC | Modifier::DIM,
    ];
    (color(), color(), prop::sample::select(mods))
        .prop_map(|(fg, bg, mods)| Style::new().fg(fg).bg(bg).add_modifier(mods))
}

/// Strings somewhere on the screen, some of them wide.
fn strokes() -> impl Strategy<Value = Vec<(u16, u16, &'static str, Style)>> {
    let texts =
        vec!["a", "hello", "      ", "日本語", "⌨\u{fe0f}x", "e\u{301} x", "a 日 b", "                    ", "─┌┐"];
    prop::collection::vec((0..20u16, 0..4u16, prop::sample::select(texts), style()), 0..9)
}

/// What a terminal shows of a style: vt100's colours in place of ratatui's.
fn seen(color: Color) -> vt100::Color {
    match color {
        Color::Black => vt100::Color::Idx(0),
        Color::Red => vt100::Color::Idx(1),
        Color::Gray => vt100::Color::Idx(7),
        Color::DarkGray => vt100::Color::Idx(8),
        Color::LightCyan => vt100::Color::Idx(14),
        Color::White => vt100::Color::Idx(15),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    }
}

fn assert_shows(glass: &Glass, wanted: &Buffer) {
    assert_shows_all(glass, wanted, SMALL);
}

fn assert_shows_all(glass: &Glass, wanted: &Buffer, size: Size) {
    let parser = glass.parser.borrow();
    for y in 0..size.height {
        let mut end = 0;
        for x in 0..size.width {
            let (cell, wanted) = (parser.screen().cell(y, x).unwrap(), &wanted[(x, y)]);
            if x < end {
                // The other half of a wide character: this terminal takes some of those for narrow.
                assert!(cell.is_wide_continuation() || cell.contents().trim().is_empty(), "at {x},{y}");
                continue;
            }
            end = x + wanted.cell_width().max(1);
            let blank = wanted.symbol() == " ";
            assert_eq!(if cell.has_contents() { cell.contents() } else { " " }, wanted.symbol(), "at {x},{y}");
            assert_eq!(cell.bgcolor(), seen(wanted.bg), "ground at {x},{y}");
            assert_eq!(cell.inverse(), wanted.modifier.contains(Modifier::REVERSED), "reversed at {x},{y}");
            assert_eq!(cell.underline(), wanted.modifier.contains(Modifier::UNDERLINED), "underlined at {x},{y}");
            if !blank || cell.inverse() || cell.underline() {
                assert_eq!(cell.fgcolor(), seen(wanted.fg), "letters at {x},{y}");
                let (bold, dim) = (wanted.modifier.contains(Modifier::BOLD), wanted.modifier.contains(Modifier::DIM));
                // Of bold and dim together this model of a terminal keeps the later only.
                let intensity = (cell.bold(), cell.dim());
                assert!(intensity == (bold, dim) || (bold && dim && intensity.0 != intensity.1), "bold at {x},{y}");
                assert_eq!(cell.italic(), wanted.modifier.contains(Modifier::ITALIC), "italic at {x},{y}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever frames follow each other, the terminal shows the last one to the cell.
    #[test]
    fn a_terminal_shows_what_was_drawn(frames in prop::collection::vec(strokes(), 1..5)) {
        let (mut screen, glass) = screen(SMALL);
        for strokes in frames {
            let mut wanted = None;
            screen.draw(|frame| {
                for (x, y, text, style) in strokes {
                    frame.buffer_mut().set_string(x, y, text, style);
                }
                wanted = Some(frame.buffer_mut().clone());
            }).unwrap();
            assert_shows(&glass, &wanted.unwrap());
        }
    }

    /// A list is moved up and down, its lines in styles of their own.
    #[test]
    fn a_terminal_shows_a_list_wherever_it_was_moved(
        tops in prop::collection::vec(0u16..6, 2..8), styles in prop::collection::vec(style(), 10),
    ) {
        let (mut screen, glass) = screen(SMALL);
        for top in tops {
            let mut wanted = None;
            screen.draw(|frame| {
                for y in 0..SMALL.height {
                    let at = top + y;
                    frame.buffer_mut().set_string(at % 3, y, format!("line 日{at}"), styles[usize::from(at)]);
                }
                wanted = Some(frame.buffer_mut().clone());
            }).unwrap();
            assert_shows(&glass, &wanted.unwrap());
        }
    }

    /// A line is typed in, at any place of it, beside what stands before and behind it.
    #[test]
    fn a_terminal_shows_a_line_whatever_is_typed_in_it(
        keys in prop::collection::vec(
            (0usize..30, prop_oneof![5 => Just('\u{8}'), 5 => Just('a'), 2 => Just(' '), 1 => Just('日')]), 1..12,
        ),
        styles in prop::collection::vec(style(), 3), behind in prop::sample::select(vec!["", " 12/60", "12/60", "x  ", "  日"]),
    ) {
        const WIDE: Size = Size { width: 60, height: 2 };
        let glass = Glass::new(WIDE);
        let mut screen = Screen::new(glass.clone(), WIDE).unwrap();
        let mut text: Vec<char> = "abcdefghijklmnopqrstuvwxyz abcdefghijklm".chars().collect();
        for (at, key) in keys {
            match key {
                '\u{8}' => drop(text.drain(at..=at)),
                key => text.insert(at, key),
            }
            let line: String = text.iter().collect();
            let mut wanted = None;
            screen.draw(|frame| {
                let buffer = frame.buffer_mut();
                buffer.set_style(Rect::new(2, 0, 48, 1), styles[0]);
                buffer.set_stringn(2, 0, &line, 48, styles[0]);
                buffer.set_string(0, 0, ">", styles[1]);
                buffer.set_string(52, 0, behind, styles[2]);
                buffer.set_string(0, 1, "what stands below", styles[1]);
                wanted = Some(buffer.clone());
            }).unwrap();
            assert_shows_all(&glass, &wanted.unwrap(), WIDE);
        }
    }
}
