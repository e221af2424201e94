//! A text being typed: the filter, a picker's query, a field of the form. One piece serves them all.

use tui_textarea::{CursorMove, TextArea, WrapMode};

use crate::command::{Code, Key};

/// A text with a cursor, its own undo and word motions.
#[derive(Clone, Debug)]
pub struct Input {
    area: TextArea<'static>,
    lines: bool,
}

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
        let parts: Vec<String> = match lines {
            true => text.split('\n').map(str::to_string).collect(),
            false => vec![text.to_string()],
        };
        let mut area = TextArea::new(parts);
        area.set_wrap_mode(WrapMode::None);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Input { area, lines }
    }

    /// Whether it has several lines.
    pub fn has_lines(&self) -> bool {
        self.lines
    }

    /// What was typed.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
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

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Puts another text in, the cursor at its end.
    pub fn replace(&mut self, text: &str) {
        *self = Input::new(text, self.lines);
    }

    /// Takes pasted text in, as one undo. A single line takes line ends as spaces.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = if self.lines { text } else { text.replace('\n', " ") };
        self.area.insert_str(text);
    }

    /// Takes a key that edits or moves; `false` where it means nothing here.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.area.insert_char(c);
            return true;
        }
        if let Key { code: Code::Enter, .. } = key {
            if self.lines {
                self.area.insert_newline();
            }
            return self.lines;
        }
        self.edit(key) || self.motion(key)
    }

    fn edit(&mut self, key: Key) -> bool {
        let area = &mut self.area;
        match (key.code, key.ctrl, key.alt) {
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => area.delete_char(),
            (Code::Delete, false, false) => area.delete_next_char(),
            (Code::Char('w'), true, false) | (Code::Backspace, _, _) => area.delete_word(),
            (Code::Char('d'), false, true) => area.delete_next_word(),
            (Code::Char('k'), true, false) => area.delete_line_by_end(),
            (Code::Char('u'), true, false) => area.delete_line_by_head(),
            (Code::Char('z'), true, false) => area.undo(),
            (Code::Char('y'), true, false) => area.redo(),
            _ => return false,
        };
        true
    }

    fn motion(&mut self, key: Key) -> bool {
        let by_word = key.ctrl || key.alt;
        let motion = match (key.code, by_word) {
            (Code::Left, false) => CursorMove::Back,
            (Code::Right, false) => CursorMove::Forward,
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
}
