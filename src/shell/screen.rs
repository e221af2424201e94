//! The screen: a frame is drawn in memory, and what changed goes out in one write.
//!
//! One frame is one write, inside synchronized output (DEC 2026), and a frame that changes nothing writes nothing.
//! ratatui's own terminal flushes in between, and writes 41 bytes for an unchanged frame; so ratatui draws, and what
//! goes to the terminal is found and sent here. Not here: raw mode and the alternate screen (that is `terminal`), and what is drawn (`view`).

use std::io::{self, Write};

use ratatui::Frame;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};

use super::{changes, paint, scroll, shift};

/// What the terminal shows, and the way to change it.
pub struct Screen<W: Write> {
    terminal: ratatui::Terminal<Canvas<W>>,
}

impl<W: Write> Screen<W> {
    /// A screen of that size on `out`, taken for blank and its cursor for unknown.
    pub fn new(out: W, size: Size) -> io::Result<Screen<W>> {
        let [next, seen] = [Buffer::default(), Buffer::default()];
        let canvas = Canvas { out, size, next, seen, clear: true, cursor: None, shown: None, written: 0 };
        Ok(Screen { terminal: ratatui::Terminal::new(canvas)? })
    }

    /// Draws a frame and sends what changed. Without a cursor position set, the cursor is hidden.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let mut next = std::mem::take(&mut self.terminal.backend_mut().next);
        self.terminal.autoresize()?;
        let size = self.size();
        let drawn = |frame: &mut Frame| {
            render(frame);
            next.clone_from(frame.buffer_mut());
        };
        self.terminal.draw(drawn)?;
        let canvas = self.terminal.backend_mut();
        canvas.next = next;
        canvas.finish(size)
    }

    /// Takes the terminal's new size; the next frame is drawn anew.
    pub fn resize(&mut self, size: Size) {
        self.terminal.backend_mut().size = size;
    }

    /// Forgets what the terminal shows: the next frame is drawn anew, after another program had the terminal.
    pub fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Sends bytes that show nothing, such as a text for the clipboard, between frames.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.terminal.backend_mut().write(bytes)
    }

    /// How many bytes went out so far.
    pub fn bytes_written(&self) -> u64 {
        self.terminal.backend().written
    }

    /// The size the next frame will have.
    pub fn size(&self) -> Size {
        self.terminal.backend().size
    }
}

/// ratatui's way to the terminal. What ratatui says of cells is left unheard: the whole frame is at hand in `draw`.
struct Canvas<W: Write> {
    out: W,
    size: Size,
    /// What the terminal shall show.
    next: Buffer,
    /// What it shows.
    seen: Buffer,
    /// Whether the terminal must be cleared first, its cursor being unknown too.
    clear: bool,
    /// Where the cursor shall be; none: hidden.
    cursor: Option<Position>,
    /// Where the terminal has it.
    shown: Option<Position>,
    written: u64,
}

impl<W: Write> Canvas<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// The end of a frame: everything in one write, or nothing.
    fn finish(&mut self, size: Size) -> io::Result<()> {
        let area = Rect::new(0, 0, size.width, size.height);
        if self.clear || self.seen.area != area {
            self.clear = true;
            self.seen = Buffer::empty(area);
        }
        let scroll = if self.clear { None } else { scroll::between(&self.seen, &self.next) };
        if let Some(scroll) = scroll {
            scroll.apply(&mut self.seen);
        }
        let shifts = if self.clear { Vec::new() } else { shift::between(&self.seen, &self.next) };
        shifts.iter().for_each(|shift| shift.apply(&mut self.seen));
        let changes = changes::between(&self.seen, &self.next);
        if scroll.is_none() && shifts.is_empty() && changes.is_empty() && !self.clear && self.cursor == self.shown {
            return Ok(());
        }
        let mut frame = b"\x1b[?2026h".to_vec();
        if self.clear {
            frame.extend_from_slice(b"\x1b[m\x1b[2J");
        }
        if let Some(scroll) = scroll {
            scroll.encode(&mut frame);
        }
        shifts.iter().for_each(|shift| shift.encode(&mut frame));
        paint::encode(&changes, size.width, &mut frame);
        frame.extend_from_slice(self.cursor_bytes().as_bytes());
        frame.extend_from_slice(b"\x1b[?2026l");
        // A write that fails part way leaves the terminal in an unknown state: then the next frame starts anew.
        self.clear = true;
        self.write(&frame)?;
        self.clear = false;
        self.shown = self.cursor;
        std::mem::swap(&mut self.seen, &mut self.next);
        Ok(())
    }

    /// The bytes that bring the cursor where it shall be.
    fn cursor_bytes(&self) -> String {
        let place = |at: Position| format!("\x1b[{};{}H", at.y + 1, at.x + 1);
        match (self.shown, self.cursor) {
            (None, None) if self.clear => "\x1b[?25l".to_string(),
            (None, None) => String::new(),
            (Some(_), None) => "\x1b[?25l".to_string(),
            (None, Some(at)) => place(at) + "\x1b[?25h",
            (Some(_), Some(at)) => place(at),
        }
    }
}

impl<W: Write> Backend for Canvas<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, _: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        // ratatui clears a part only for an inline view, which this never is.
        self.clear = true;
        self.shown = None;
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
