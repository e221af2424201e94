//! From the bytes a terminal sends to keys, pastes and focus.
//!
//! Here: a pure decoder, fed in any pieces. crossterm's own reader is not used: it loses its place after 1,024 bytes
//! typed ahead, spins when the terminal is gone, and cannot be made to wait for a signal or a pause at the same time. Its
//! event types are kept, and its habits (an upper-case letter carries shift). Not here: the thread that reads (`input`).

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// Ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// Bytes not understood yet.
#[derive(Debug, Default)]
pub struct Decoder {
    held: Vec<u8>,
    pasting: bool,
}

/// What the held bytes begin with.
enum Step {
    /// An event, or nothing of interest, and how many bytes it took.
    Took(usize, Option<Event>),
    /// A paste begins after so many bytes.
    Paste(usize),
    /// More bytes are needed to tell.
    More,
}

impl Decoder {
    /// The events that are complete with these bytes.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.held.extend_from_slice(bytes);
        let mut events = Vec::new();
        while !self.held.is_empty() {
            if self.pasting {
                let Some(end) = self.held.windows(PASTE_END.len()).position(|at| at == PASTE_END) else { break };
                events.push(Event::Paste(pasted(&self.held[..end])));
                self.held.drain(..end + PASTE_END.len());
                self.pasting = false;
                continue;
            }
            match step(&self.held) {
                Step::Took(length, event) => {
                    self.held.drain(..length);
                    events.extend(event);
                }
                Step::Paste(length) => {
                    self.held.drain(..length);
                    self.pasting = true;
                }
                Step::More => break,
            }
        }
        events
    }

    /// Whether something is held that only time can tell: a lone escape, or the start of a sequence.
    pub fn waits(&self) -> bool {
        !self.pasting && !self.held.is_empty()
    }

    /// Takes what is held for all there is: nothing more came in time.
    pub fn settle(&mut self) -> Vec<Event> {
        if !self.waits() {
            return Vec::new();
        }
        let held = std::mem::take(&mut self.held);
        match held[..] {
            [0x1b] => vec![key(KeyCode::Esc, KeyModifiers::NONE)],
            [0x1b, 0x1b] => vec![key(KeyCode::Esc, KeyModifiers::NONE); 2],
            [0x1b, c @ (b'[' | b'O')] => {
                vec![key(KeyCode::Char(char::from(c)), with_shift(char::from(c)) | KeyModifiers::ALT)]
            }
            _ => Vec::new(),
        }
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

/// A pasted text: terminals send line ends as carriage returns.
fn pasted(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n")
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b'O', rest @ ..] => match rest {
            [] => Step::More,
            [last, ..] => Step::Took(3, letter_key(*last).map(|code| key(code, KeyModifiers::NONE))),
        },
        [0x1b] | [0x1b, 0x1b] => Step::More,
        [0x1b, 0x1b, ..] => Step::Took(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        [0x1b, rest @ ..] => match character(rest) {
            Step::Took(length, event) => Step::Took(length + 1, event.map(with_alt)),
            other => other,
        },
        _ => character(bytes),
    }
}

fn with_alt(event: Event) -> Event {
    match event {
        Event::Key(press) => key(press.code, press.modifiers | KeyModifiers::ALT),
        other => other,
    }
}

/// A character, or a key that sends one byte.
fn character(bytes: &[u8]) -> Step {
    let ctrl = |letter: u8| Step::Took(1, Some(key(KeyCode::Char(char::from(letter)), KeyModifiers::CONTROL)));
    match bytes[0] {
        b'\r' => Step::Took(1, Some(key(KeyCode::Enter, KeyModifiers::NONE))),
        b'\t' => Step::Took(1, Some(key(KeyCode::Tab, KeyModifiers::NONE))),
        0x7f => Step::Took(1, Some(key(KeyCode::Backspace, KeyModifiers::NONE))),
        0 => ctrl(b' '),
        c @ 0x01..=0x1a => ctrl(c - 1 + b'a'),
        c @ 0x1c..=0x1f => ctrl(c - 0x1c + b'4'),
        _ => letter(bytes),
    }
}

/// A character in UTF-8; a byte that begins none is dropped.
fn letter(bytes: &[u8]) -> Step {
    let text = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            std::str::from_utf8(&text[..error.valid_up_to()]).expect("valid up to there, as just said")
        }
        Err(error) if error.error_len().is_none() => return Step::More,
        Err(error) => return Step::Took(error.error_len().unwrap_or(1), None),
    };
    match valid.chars().next() {
        Some(c) => Step::Took(c.len_utf8(), Some(key(KeyCode::Char(c), with_shift(c)))),
        None => Step::More,
    }
}

fn with_shift(c: char) -> KeyModifiers {
    if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE }
}

/// What follows `ESC [`: parameters, then the letter that says what it is.
fn control_sequence(rest: &[u8]) -> Step {
    // The Linux console sends its first function keys as `ESC [ [ A`.
    if let [b'[', last, ..] = rest {
        let code = (b'A'..=b'E').contains(last).then(|| KeyCode::F(last - b'A' + 1));
        return Step::Took(4, code.map(|code| key(code, KeyModifiers::NONE)));
    }
    let Some(end) = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte)) else { return Step::More };
    if rest[end] == b'[' && end == 0 {
        return Step::More;
    }
    if !(0x40..=0x7e).contains(&rest[end]) {
        // Broken off: what breaks it is looked at by itself.
        return Step::Took(2 + end, None);
    }
    if rest.starts_with(b"200~") {
        return Step::Paste(6);
    }
    Step::Took(3 + end, sequence_event(&rest[..end], rest[end]))
}

/// The event of a whole sequence; none where it is not known.
fn sequence_event(parameters: &[u8], last: u8) -> Option<Event> {
    let text = std::str::from_utf8(parameters).ok()?;
    let mut numbers = text.split(';').map(|number| number.split(':').next()?.parse::<u32>().ok());
    let first = numbers.next().flatten();
    let second = text.split(';').nth(1).unwrap_or("");
    let modifiers = modifiers(numbers.next().flatten());
    if second.ends_with(":3") {
        // A key let go.
        return None;
    }
    match (last, first) {
        (b'I', None) => Some(Event::FocusGained),
        (b'O', None) => Some(Event::FocusLost),
        (b'Z', _) => Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        (b'~', Some(27)) => coded_key(numbers.next().flatten()?, modifiers),
        (b'~', Some(number)) => numbered_key(number).map(|code| key(code, modifiers)),
        (b'u', Some(number)) => coded_key(number, modifiers),
        (letter, _) => letter_key(letter).map(|code| key(code, modifiers)),
    }
}

/// Modifiers as xterm counts them: one more than the sum of shift 1, alt 2, ctrl 4.
fn modifiers(number: Option<u32>) -> KeyModifiers {
    let bits = number.unwrap_or(1).saturating_sub(1);
    let held = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL), (8, KeyModifiers::SUPER)];
    held.into_iter().filter(|(bit, _)| bits & bit != 0).fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}

/// A key sent by its character's number.
fn coded_key(number: u32, modifiers: KeyModifiers) -> Option<Event> {
    let code = match number {
        9 if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        _ => KeyCode::Char(char::from_u32(number)?),
    };
    Some(key(code, modifiers))
}

/// A key sent by a letter.
fn letter_key(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// A key sent by a number.
fn numbered_key(number: u32) -> Option<KeyCode> {
    let function = |first: u8, from: u32| u8::try_from(number - from).ok().map(|by| KeyCode::F(first + by));
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(1, 11),
        17..=21 => function(6, 17),
        23..=24 => function(11, 23),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The keys of bytes that came at once, as short texts.
    fn keys(bytes: &[u8]) -> String {
        let mut decoder = Decoder::default();
        let mut events = decoder.feed(bytes);
        events.extend(decoder.settle());
        names(&events)
    }

    fn names(events: &[Event]) -> String {
        let name = |event: &Event| match event {
            Event::Key(press) => {
                let mods: String = press.modifiers.iter_names().map(|(name, _)| name.to_lowercase() + "-").collect();
                format!("{mods}{}", press.code)
            }
            other => format!("{other:?}"),
        };
        events.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn letters_of_any_script_and_control_keys_are_read() {
        assert_eq!(keys("jG é日\r\t".as_bytes()), "j shift-G Space é 日 Enter Tab");
        assert_eq!(
            keys(b"\x04\x15\x12\x7f\x00\x1f"),
            "control-d control-u control-r Backspace control-Space control-7"
        );
    }

    #[test]
    fn arrows_and_function_keys_are_read_in_each_dialect() {
        assert_eq!(
            keys(b"\x1b[A\x1bOB\x1b[1;5C\x1b[H\x1b[4~\x1b[5~\x1b[Z"),
            "Up Down control-Right Home End Page Up shift-Back Tab"
        );
        assert_eq!(keys(b"\x1bOP\x1b[[B\x1b[15~\x1b[24~\x1b[1;2S"), "F1 F2 F5 F12 shift-F4");
        assert_eq!(keys(b"\x1b[106;5u\x1b[27;5;13~\x1b[9;2u"), "control-j control-Enter shift-Back Tab");
    }

    #[test]
    fn an_escape_alone_is_a_key_only_once_nothing_follows() {
        let mut decoder = Decoder::default();
        assert_eq!(names(&decoder.feed(b"\x1b")), "");
        assert!(decoder.waits());
        assert_eq!(names(&decoder.feed(b"[A")), "Up");
        assert_eq!(names(&decoder.feed(b"\x1b")), "");
        assert_eq!(names(&decoder.settle()), "Esc");
        assert!(!decoder.waits());
        assert_eq!(keys(b"\x1b\x1b"), "Esc Esc");
        assert_eq!(keys(b"\x1b\x1b[A"), "Esc Up");
        assert_eq!(keys(b"\x1b["), "alt-[");
        assert_eq!(keys(b"\x1bx\x1b\r"), "alt-x alt-Enter");
    }

    #[test]
    fn a_paste_is_one_event_with_its_keys_as_text_and_its_line_ends_as_lines() {
        assert_eq!(keys(b"a\x1b[200~q\r\nw\x1b[A\x03\rz\x1b[201~b"), r#"a Paste("q\nw\u{1b}[A\u{3}\nz") b"#);
        let long = "x".repeat(100_000);
        let mut decoder = Decoder::default();
        assert_eq!(decoder.feed(b"\x1b[200~"), []);
        assert_eq!(decoder.feed(long.as_bytes()), []);
        assert!(!decoder.waits() && decoder.settle().is_empty());
        assert_eq!(decoder.feed(b"\x1b[201~"), [Event::Paste(long)]);
    }

    #[test]
    fn what_is_no_key_is_passed_over_and_the_next_key_is_read() {
        assert_eq!(keys(b"\xff\xc3(j"), "( j");
        assert_eq!(keys(b"\x1b[?2026;2$yj\x1b[99~k"), "j k");
        assert_eq!(keys(b"\x1b[1;\x1b[Aj"), "Up j");
        assert_eq!(keys(b"\x1b[97;1:3uj"), "j");
        assert_eq!(keys(b"\x1b[I\x1b[O"), "FocusGained FocusLost");
    }

    proptest! {
        /// However the line cuts what was typed into pieces, the same keys come out.
        #[test]
        fn pieces_make_no_difference(
            parts in prop::collection::vec(prop::sample::select(vec![
                "j", "é", "日", "\x1b[A", "\x1b[1;5C", "\x1bOP", "\x1bx", "\r", "\x1b[200~a\rb\x1b[201~", "\x1b[5~", "\x1b[[A",
            ]), 0..12),
            cuts in prop::collection::vec(1..6usize, 1..60),
        ) {
            let whole: Vec<u8> = parts.concat().into_bytes();
            let mut once = Decoder::default();
            let mut pieces = Decoder::default();
            let expected = once.feed(&whole);
            let (mut events, mut rest, mut cuts) = (Vec::new(), &whole[..], cuts.iter().cycle());
            while !rest.is_empty() {
                let (piece, later) = rest.split_at(rest.len().min(*cuts.next().unwrap()));
                events.extend(pieces.feed(piece));
                rest = later;
            }
            prop_assert_eq!(events, expected);
            prop_assert!(!pieces.waits());
        }

        /// No bytes make it panic or hold on for ever.
        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut decoder = Decoder::default();
            decoder.feed(&bytes);
            decoder.settle();
            prop_assert!(!decoder.waits());
        }
    }
}
