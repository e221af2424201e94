//! Offerings across the library: uses, and the ways in which one is written.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::{Canvas, width};
use crate::app::offerings::everywhere::{Everywhere, Line};
use crate::app::offerings::items;
use crate::shown::Shown;

/// Draws the screen.
pub fn draw(canvas: &mut Canvas, area: Rect, screen: &Everywhere) {
    canvas.fill(area, Role::Text);
    let first = Rect { height: 1, ..area };
    let mut counts = match screen.known.len() {
        1 => "1 offering".to_string(),
        count => format!("{count} offerings"),
    };
    match screen.differing() {
        0 => {}
        1 => counts += " · 1 is written in several ways",
        differing => counts += &format!(" · {differing} are written in several ways"),
    }
    let end = canvas.put_right(first, &Shown::new(&format!("{counts} ")), Role::Count);
    let title = Shown::from(if screen.only_differing { "Written in several ways" } else { "Offerings everywhere" });
    canvas.put(area.x + 1, area.y, end.saturating_sub(area.x + 2), &title, Role::Header);
    let reading = Shown::from(if screen.reading { "reading…" } else { "" });
    canvas.rule(Rect { y: area.y + 1, ..first }, &Shown::default(), &reading, Role::Border);
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if screen.lines.is_empty() {
        let text = match (screen.reading, screen.only_differing) {
            (true, _) => "reading…",
            (_, true) => "every offering is written the same everywhere",
            _ => "no item has an offering",
        };
        canvas.put(list.x + 1, list.y, list.width.saturating_sub(2), &Shown::from(text), Role::Empty);
        return;
    }
    let top = (screen.cursor + 1).saturating_sub(list.height as usize);
    for (at, line) in screen.lines.iter().enumerate().skip(top).take(list.height as usize) {
        let place = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        match *line {
            Line::Offering(known) => draw_offering(canvas, place, screen, known),
            Line::Way(known, way) => draw_way(canvas, place, screen, known, way),
        }
        if at == screen.cursor {
            canvas.lay(place, Role::Cursor);
        }
    }
}

fn draw_offering(canvas: &mut Canvas, line: Rect, screen: &Everywhere, at: usize) {
    let known = &screen.known[at];
    let uses = Shown::new(&format!("{:>7}", known.uses));
    canvas.put(line.x, line.y, 8, &uses, Role::Count);
    let ways = match known.ways.len() {
        0 => String::new(),
        ways => format!("! {ways} ways "),
    };
    let end = canvas.put_right(line, &Shown::new(&ways), Role::Finding);
    let room = end.saturating_sub(line.x + 10);
    let used = canvas.put(line.x + 9, line.y, (room / 2).max(20).min(room), &Shown::new(&known.label), Role::Text);
    let x = line.x + 9 + used.max(room / 2) + 1;
    canvas.put(x, line.y, 8.min(end.saturating_sub(x)), &Shown::new(&known.id), Role::Muted);
    canvas.put(x + 8, line.y, end.saturating_sub(x + 9), &Shown::new(&known.topics), Role::Topic);
}

fn draw_way(canvas: &mut Canvas, line: Rect, screen: &Everywhere, at: usize, way: usize) {
    let (text, uses, _) = &screen.known[at].ways[way];
    let count = Shown::new(&format!("{} ", items(*uses)));
    let end = canvas.put_right(line, &count, Role::Count);
    let name = Shown::from(if way == 0 { "most have" } else { "some have" });
    canvas.put(line.x + 11, line.y, 10, &name, Role::Muted);
    let x = line.x + 12 + width(&name);
    canvas.put(x, line.y, end.saturating_sub(x + 1), &Shown::new(text), Role::Badge);
}
