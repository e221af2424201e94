//! Putting shown text into cells: cut to the room there is, by display width.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Look, Role};
use crate::app::form::wrap::{cut, wrap};
use crate::shown::Shown;

/// The buffer being drawn, and how things look.
pub struct Canvas<'a> {
    pub buf: &'a mut Buffer,
    pub look: &'a Look,
}

/// Columns that a text takes.
pub fn width(text: &Shown) -> u16 {
    text.as_str().width().min(u16::MAX as usize) as u16
}

/// A text in lines that fit: parted between words, a word that is too long for a line within it.
pub fn parted(text: &str, room: u16) -> Vec<Shown> {
    let shown = Shown::new(text);
    let parts = wrap(shown.as_str(), usize::from(room));
    parts.iter().map(|part| Shown::new(cut(shown.as_str(), part).trim_end())).collect()
}

impl Canvas<'_> {
    /// Clears an area to a surface.
    pub fn fill(&mut self, area: Rect, surface: Role) {
        let style = self.look.theme.style(surface);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if let Some(cell) = self.buf.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Lays a surface over what stands there.
    pub fn lay(&mut self, area: Rect, surface: Role) {
        self.buf.set_style(area, self.look.theme.style(surface));
    }

    /// Puts text at a place, cut to `room` columns with `…`; returns the columns used.
    pub fn put(&mut self, x: u16, y: u16, room: u16, text: &Shown, role: Role) -> u16 {
        self.put_matched(x, y, room, text, role, &[])
    }

    /// The same, letters at these character positions shown as matched.
    pub fn put_matched(&mut self, x: u16, y: u16, room: u16, text: &Shown, role: Role, matched: &[usize]) -> u16 {
        self.put_marked(x, y, room, text, (role, Role::Match), |at| matched.binary_search(&at).is_ok())
    }

    /// The same, letters at the character positions that `marked` names in the second role.
    pub fn put_marked(
        &mut self,
        x: u16,
        y: u16,
        room: u16,
        text: &Shown,
        roles: (Role, Role),
        marked: impl Fn(usize) -> bool,
    ) -> u16 {
        let area = self.buf.area;
        if y < area.top() || y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let room = room.min(area.right() - x);
        let fits = width(text) <= room;
        let limit = if fits { room } else { room.saturating_sub(1) };
        let (plain, hit) = (self.look.theme.style(roles.0), self.look.theme.style(roles.1));
        let (mut used, mut position) = (0, 0);
        for grapheme in text.as_str().graphemes(true) {
            let columns = grapheme.width() as u16;
            if used + columns > limit {
                break;
            }
            if columns > 0 {
                let style = if marked(position) { plain.patch(hit) } else { plain };
                self.buf.set_stringn(x + used, y, grapheme, columns as usize, style);
            }
            position += grapheme.chars().count();
            used += columns;
        }
        if !fits && room > 0 {
            self.buf.set_stringn(x + used, y, self.look.signs.cut, 1, plain);
            used += 1;
        }
        used
    }

    /// Puts text so that it ends at the right of `area`'s first line; returns where it begins.
    pub fn put_right(&mut self, area: Rect, text: &Shown, role: Role) -> u16 {
        let columns = width(text).min(area.width);
        let x = area.right() - columns;
        self.put(x, area.y, columns, text, role);
        x
    }

    /// A line across, with a title in it and a note at its right end.
    pub fn rule(&mut self, area: Rect, title: &Shown, note: &Shown, role: Role) {
        let line = self.look.signs.rule;
        let style = self.look.theme.style(Role::Border);
        let area = area.intersection(self.buf.area);
        if area.is_empty() {
            return;
        }
        for x in area.left()..area.right() {
            self.buf.set_stringn(x, area.y, line, 1, style);
        }
        let note_width = if note.as_str().is_empty() { 0 } else { width(note) + 3 };
        let room = area.width.saturating_sub(note_width + 6);
        if !title.as_str().is_empty() && room > 0 {
            self.put(area.x + 2, area.y, 1, &Shown::from(" "), role);
            let used = self.put(area.x + 3, area.y, room, title, role);
            self.put(area.x + 3 + used, area.y, 1, &Shown::from(" "), role);
        }
        if note_width > 0 && note_width < area.width {
            let x = area.right() - note_width;
            self.put(x, area.y, 1, &Shown::from(" "), Role::Muted);
            let used = self.put(x + 1, area.y, note_width - 2, note, Role::Muted);
            self.put(x + 1 + used, area.y, 1, &Shown::from(" "), Role::Muted);
        }
    }

    /// An empty box; returns what is inside.
    pub fn boxed(&mut self, area: Rect, title: &Shown) -> Rect {
        let area = area.intersection(self.buf.area);
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        self.fill(area, Role::Text);
        let s = &self.look.signs;
        let style = self.look.theme.style(Role::Border);
        let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
        for x in area.left()..area.right() {
            self.buf.set_stringn(x, area.y, s.rule, 1, style);
            self.buf.set_stringn(x, bottom, s.rule, 1, style);
        }
        for y in area.top()..area.bottom() {
            self.buf.set_stringn(area.x, y, s.bar, 1, style);
            self.buf.set_stringn(right, y, s.bar, 1, style);
        }
        for (x, y, corner) in [
            (area.x, area.y, s.corners[0]),
            (right, area.y, s.corners[1]),
            (area.x, bottom, s.corners[2]),
            (right, bottom, s.corners[3]),
        ] {
            self.buf.set_stringn(x, y, corner, 1, style);
        }
        if !title.as_str().is_empty() {
            self.put(area.x + 2, area.y, area.width.saturating_sub(4), title, Role::Focus);
        }
        Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(2),
        }
    }
}
