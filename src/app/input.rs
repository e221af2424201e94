//! A text being typed: the filter, a picker's query, a field of the form. One piece serves them all.

use tui_textarea::{CursorMove, TextArea, WrapMode};
use unicode_segmentation::UnicodeSegmentation;

use crate::command::{Code, Key};
use crate::content::lines::common_end;

/// A text with a cursor, its own undo and word motions.
#[derive(Clone, Debug)]
pub struct Input {
    area: TextArea<'static>,
    lines: bool,
    /// What ends a line in the text that this is; not seen.
    end: &'static str,
    /// Another one after every change of the text.
    revision: u64,
    /// The revision after a text was put in the place of another: two steps for the text area, one for who takes it back. And the
    /// revision after that.
    exchanged: Option<u64>,
    taken_back: Option<u64>,
}

/// So many steps can be taken back in one text.
const STEPS: usize = 1_000;

impl Default for Input {
    fn default() -> Input {
        Input::line("")
    }
}

impl Input {
    /// One line of text, the cursor at its end.
    pub fn line(text: &str) -> Input {
        Input::new(text, false)
    }

    /// Several lines of text, the cursor at the end.
    pub fn lines(text: &str) -> Input {
        Input::new(text, true)
    }

    fn new(text: &str, lines: bool) -> Input {
        let end = common_end(text).unwrap_or("\n");
        let parts: Vec<String> = match lines {
            true => text.split(end).map(str::to_string).collect(),
            false => vec![text.to_string()],
        };
        let mut area = TextArea::new(parts);
        area.set_wrap_mode(WrapMode::None);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        area.set_max_histories(STEPS);
        Input { area, lines, end, revision: 0, exchanged: None, taken_back: None }
    }

    /// Whether it has several lines.
    pub fn has_lines(&self) -> bool {
        self.lines
    }

    /// What was typed.
    pub fn text(&self) -> String {
        self.area.lines().join(self.end)
    }

    /// How many characters it has, line ends among them.
    pub fn length(&self) -> usize {
        let lines = self.area.lines();
        lines.iter().map(|line| line.chars().count() + 1).sum::<usize>().saturating_sub(1)
    }

    /// The lines.
    pub fn content(&self) -> &[String] {
        self.area.lines()
    }

    /// Line and character of the cursor, from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    /// How many characters stand before the cursor, line ends among them.
    pub fn offset(&self) -> usize {
        let (line, character) = self.cursor();
        self.area.lines().iter().take(line).map(|line| line.chars().count() + 1).sum::<usize>() + character
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Puts another text in, the cursor at its end.
    pub fn replace(&mut self, text: &str) {
        *self = Input { revision: self.revision + 1, ..Input::new(text, self.lines) };
    }

    /// Puts another text in the place of this one, which its undo brings back.
    pub fn exchange(&mut self, text: &str) {
        self.area.move_cursor(CursorMove::Top);
        self.area.move_cursor(CursorMove::Head);
        self.end = common_end(text).unwrap_or("\n");
        self.area.start_selection();
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
        let was_empty = self.is_empty();
        self.revision += u64::from(self.area.insert_str(text));
        self.exchanged = Some(self.revision).filter(|_| !was_empty && !text.is_empty());
    }

    /// Another number after every change of the text.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes pasted text in, as one undo. A single line takes line ends as spaces; what a terminal would obey is left out: nobody means
    /// to paste it.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text: String = text.chars().filter(|c| !is_left_out(*c)).collect();
        let text = if self.lines { text } else { text.replace('\n', " ") };
        self.revision += u64::from(self.area.insert_str(text));
    }

    /// Takes a key that edits or moves; `false` where it means nothing here.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.area.insert_char(c);
            self.revision += 1;
            return true;
        }
        if let Key { code: Code::Enter, .. } = key {
            if self.lines {
                self.area.insert_newline();
                self.revision += 1;
            }
            return self.lines;
        }
        self.edit(key) || self.motion(key)
    }

    fn edit(&mut self, key: Key) -> bool {
        let area = &mut self.area;
        let changed = match (key.code, key.ctrl, key.alt) {
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => self.delete(CursorMove::Back),
            (Code::Delete, false, false) => self.delete(CursorMove::Forward),
            (Code::Char('w'), true, false) | (Code::Backspace, _, _) => area.delete_word(),
            (Code::Char('d'), false, true) => area.delete_next_word(),
            (Code::Char('k'), true, false) => area.delete_line_by_end(),
            (Code::Char('u'), true, false) => area.delete_line_by_head(),
            (Code::Char('z'), true, false) => return self.turn_back(),
            (Code::Char('y'), true, false) => return self.turn_forth(),
            _ => return false,
        };
        self.revision += u64::from(changed);
        true
    }

    fn turn_back(&mut self) -> bool {
        let twice = self.exchanged == Some(self.revision);
        let changed = self.area.undo() | (twice && self.area.undo());
        self.revision += u64::from(changed);
        self.taken_back = Some(self.revision).filter(|_| twice);
        true
    }

    fn turn_forth(&mut self) -> bool {
        let twice = self.taken_back == Some(self.revision);
        let changed = self.area.redo() | (twice && self.area.redo());
        self.revision += u64::from(changed);
        self.exchanged = Some(self.revision).filter(|_| twice);
        true
    }

    fn motion(&mut self, key: Key) -> bool {
        let by_word = key.ctrl || key.alt;
        match key.code {
            Code::Home if by_word => self.area.move_cursor(CursorMove::Top),
            Code::End if by_word => self.area.move_cursor(CursorMove::Bottom),
            _ => {}
        }
        let motion = match (key.code, by_word) {
            (Code::Left, false) => return self.step(CursorMove::Back),
            (Code::Right, false) => return self.step(CursorMove::Forward),
            (Code::Left, true) => CursorMove::WordBack,
            (Code::Right, true) => CursorMove::WordForward,
            (Code::Char('b'), _) if key.alt => CursorMove::WordBack,
            (Code::Char('f'), _) if key.alt => CursorMove::WordForward,
            (Code::Home, _) | (Code::Char('a'), true) => CursorMove::Head,
            (Code::End, _) | (Code::Char('e'), true) => CursorMove::End,
            (Code::Up, _) if self.lines => CursorMove::Up,
            (Code::Down, _) if self.lines => CursorMove::Down,
            _ => return false,
        };
        self.area.move_cursor(motion);
        true
    }

    /// One step back or forward, over what the eye takes for one character.
    fn step(&mut self, to: CursorMove) -> bool {
        for _ in 0..self.width_of(to) {
            self.area.move_cursor(to);
        }
        true
    }

    /// The same is deleted, as one step of the undo.
    fn delete(&mut self, to: CursorMove) -> bool {
        if self.width_of(to) == 1 {
            return if to == CursorMove::Back { self.area.delete_char() } else { self.area.delete_next_char() };
        }
        self.area.start_selection();
        self.step(to);
        self.area.delete_char()
    }

    /// How many characters the eye takes for one, back from the cursor or forward: a letter with its accents, a family of emoji.
    fn width_of(&self, to: CursorMove) -> usize {
        let (row, at) = self.cursor();
        let line = &self.area.lines()[row];
        if line.is_ascii() {
            return 1;
        }
        let mut end = 0;
        for cluster in line.graphemes(true) {
            let start = end;
            end += cluster.chars().count();
            match to {
                CursorMove::Back if end >= at => return (at - start).max(1),
                CursorMove::Forward if end > at => return end - at,
                _ => {}
            }
        }
        1
    }
}

/// How many characters of a paste are left out.
pub fn left_out(text: &str) -> usize {
    text.chars().filter(|c| is_left_out(*c)).count()
}

fn is_left_out(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(input: &mut Input, keys: &str) {
        for key in keys.split(' ') {
            input.key(key.parse().unwrap());
        }
    }

    #[test]
    fn line_ends_of_two_characters_stay_and_are_not_seen() {
        let mut input = Input::lines("one\r\ntwo");
        assert_eq!(input.content(), ["one", "two"]);
        press(&mut input, "enter x");
        assert_eq!(input.text(), "one\r\ntwo\r\nx");
        input.exchange("1\r\n2");
        assert_eq!((input.content().join("|").as_str(), input.text().as_str()), ("1|2", "1\r\n2"));
        assert_eq!(Input::lines("one\r\ntwo\nx").text(), "one\r\ntwo\nx");
    }

    #[test]
    fn what_the_eye_takes_for_one_character_is_gone_over_and_deleted_as_one() {
        let family = "👩\u{200d}👩\u{200d}👧";
        let mut input = Input::line(&format!("{family} e\u{301}!"));
        press(&mut input, "home right X end left left del Y");
        assert_eq!(input.text(), format!("{family}X Y!"));
        press(&mut input, "home right backspace");
        assert_eq!(input.text(), "X Y!");
        press(&mut input, "ctrl-z");
        assert_eq!(input.text(), format!("{family}X Y!"));
        let mut input = Input::lines("é\nb");
        press(&mut input, "left left left Z right right backspace");
        assert_eq!(input.text(), "Zéb");
    }

    #[test]
    fn what_was_put_in_the_place_of_a_text_is_one_step() {
        let mut input = Input::line("typed");
        input.exchange("disk");
        press(&mut input, "ctrl-z");
        assert_eq!(input.text(), "typed");
        press(&mut input, "ctrl-y");
        assert_eq!(input.text(), "disk");
        press(&mut input, "ctrl-z x ctrl-z");
        assert_eq!(input.text(), "typed");
        input.exchange("");
        press(&mut input, "ctrl-z");
        assert_eq!(input.text(), "typed");
    }

    #[test]
    fn ctrl_goes_to_the_ends_of_a_text() {
        let mut input = Input::lines("one\ntwo\nthree");
        press(&mut input, "ctrl-home a ctrl-end b ctrl-home down home c");
        assert_eq!(input.text(), "aone\nctwo\nthreeb");
    }

    #[test]
    fn a_line_is_typed_corrected_and_stays_one_line() {
        let mut input = Input::line("ab");
        press(&mut input, "c left backspace X end enter");
        assert_eq!(input.text(), "aXc");
        input.paste("1\r\n2");
        assert_eq!(input.text(), "aXc1 2");
        press(&mut input, "ctrl-w home ctrl-k");
        assert!(input.is_empty());
    }

    #[test]
    fn a_text_has_lines_and_a_paste_is_one_undo() {
        let mut input = Input::lines("a\nb");
        press(&mut input, "enter c");
        assert_eq!(input.text(), "a\nb\nc");
        input.paste("x\ny");
        press(&mut input, "ctrl-z");
        assert_eq!(input.text(), "a\nb\nc");
    }

    #[test]
    fn another_text_is_put_in_its_place_and_undo_brings_the_first_one_back() {
        let mut input = Input::lines("a\nlong one");
        input.exchange("new");
        assert_eq!((input.text().as_str(), input.cursor()), ("new", (0, 3)));
        press(&mut input, "! ctrl-z ctrl-z ctrl-z");
        assert_eq!(input.text(), "a\nlong one");
    }

    #[test]
    fn a_change_is_told_from_a_motion_and_what_a_terminal_obeys_is_left_out_of_a_paste() {
        let mut input = Input::line("ab");
        let first = input.revision();
        press(&mut input, "left ctrl-left home end del");
        assert_eq!(input.revision(), first);
        press(&mut input, "backspace");
        assert_ne!(input.revision(), first);
        let pasted = "\u{1b}[31mred\u{7}\tx";
        input.paste(pasted);
        assert_eq!((input.text().as_str(), left_out(pasted)), ("a[31mred\tx", 2));
        assert_eq!(input.length(), input.text().chars().count());
    }
}
