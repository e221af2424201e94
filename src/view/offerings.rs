//! The offerings workbench: what the items have above, what can be added below.

use ratatui::layout::{Position, Rect};

use super::Role;
use super::canvas::{Canvas, width};
use crate::app::offerings::{Candidate, Held, Side, Workbench};
use crate::app::topics::Carried;
use crate::shown::Shown;

/// The columns of a box, and of an id.
const BOX: u16 = 4;
const ID: u16 = 8;

/// Draws the workbench; returns where the cursor stands, if letters are text.
pub fn draw(canvas: &mut Canvas, area: Rect, bench: &Workbench) -> Option<Position> {
    canvas.fill(area, Role::Text);
    let line = |at: u16| Rect { y: area.y + at, height: 1, ..area };
    let title = match bench.is_single() {
        true => format!("Offerings of \"{}\"", bench.title),
        false => format!("Offerings of {} marked items", bench.targets.len()),
    };
    let count = Shown::new(&format!("{} ", bench.held.len()));
    let end = canvas.put_right(line(0), &count, Role::Count);
    canvas.put(area.x + 1, area.y, end.saturating_sub(area.x + 2), &Shown::new(&title), Role::Header);
    let heading = Shown::from(if bench.is_single() { "On this item" } else { "On these items" });
    let role = if bench.side == Side::Held { Role::Focus } else { Role::Title };
    let reading = Shown::from(if bench.reading { "reading…" } else { "" });
    canvas.rule(line(1), &heading, &reading, role);
    // The list above gets what it needs, up to half of the room; what is added has the rest.
    let room = area.height.saturating_sub(3);
    let above = (bench.held.len() as u16).clamp(1, (room / 2).max(1));
    draw_held(canvas, Rect { y: area.y + 2, height: above, ..area }, bench);
    let rule = Rect { y: area.y + 2 + above, height: 1, ..area };
    let cursor = draw_rule(canvas, rule, bench);
    draw_add(canvas, Rect { y: rule.y + 1, height: room.saturating_sub(above), ..area }, bench);
    (bench.side != Side::Held).then_some(cursor)
}

fn draw_held(canvas: &mut Canvas, area: Rect, bench: &Workbench) {
    if bench.held.is_empty() {
        let text = if bench.reading { "reading…" } else { "none yet" };
        canvas.put(area.x + 1, area.y, area.width.saturating_sub(2), &Shown::from(text), Role::Empty);
        return;
    }
    let top = (bench.cursor + 1).saturating_sub(area.height as usize);
    let names = bench.held.iter().map(|row| width(&Shown::new(&row.label))).max().unwrap_or(0);
    for (at, row) in bench.held.iter().enumerate().skip(top).take(area.height as usize) {
        let line = Rect { y: area.y + (at - top) as u16, height: 1, ..area };
        draw_row(canvas, line, bench, row, at, names);
        if at == bench.cursor {
            canvas.lay(line, if bench.side == Side::Held { Role::Cursor } else { Role::CursorIdle });
        }
    }
}

fn draw_row(canvas: &mut Canvas, line: Rect, bench: &Workbench, row: &Held, at: usize, names: u16) {
    let mut x = line.x + 1;
    if bench.is_single() {
        let number = Shown::new(&format!("{:>1$} ", at + 1, bench.held.len().to_string().len()));
        x += canvas.put(x, line.y, BOX, &number, Role::Muted);
    } else {
        draw_box(canvas, x, line.y, Carried::by(row.carried, bench.targets.len()));
        x += BOX;
    }
    let name = names.min(line.width.saturating_sub(ID + BOX + 4) / 2).max(12);
    let (label, role) = match row.label.is_empty() {
        true => (Shown::from("(no label)"), Role::Empty),
        false => (Shown::new(&row.label), Role::Text),
    };
    canvas.put(x, line.y, name, &label, role);
    canvas.put(x + name + 1, line.y, ID, &Shown::new(&row.id), Role::Muted);
    let carried = if bench.is_single() { String::new() } else { format!("{}/{}  ", row.carried, bench.targets.len()) };
    let mut from = x + name + 1 + ID;
    from += canvas.put(from, line.y, line.right().saturating_sub(from), &Shown::new(&carried), Role::Count);
    let mut end = line.right().saturating_sub(1);
    if !row.remark.is_empty() {
        let remark = Shown::new(&format!("! {}", row.remark));
        let room = Rect { width: end.saturating_sub(line.x), ..line };
        end = canvas.put_right(room, &remark, Role::Finding).saturating_sub(1);
    }
    canvas.put(from, line.y, end.saturating_sub(from), &Shown::new(&row.topics), Role::Topic);
}

fn draw_box(canvas: &mut Canvas, x: u16, y: u16, carried: Carried) {
    let (sign, role) = match carried {
        Carried::All => ("[x]", Role::Accept),
        Carried::Some => ("[~]", Role::Skip),
        Carried::None => ("[ ]", Role::Muted),
    };
    canvas.put(x, y, 3, &Shown::from(sign), role);
}

/// The line between, with what is typed in it.
fn draw_rule(canvas: &mut Canvas, line: Rect, bench: &Workbench) -> Position {
    let word = match (bench.side, bench.current()) {
        (Side::Replace, Some(row)) => format!("In the place of {}", row.label),
        _ => "Add".to_string(),
    };
    let typed = bench.add.input.text();
    let counts = Shown::new(&format!("{} of {}", bench.add.shown.len(), bench.add.rows.len()));
    let title = Shown::new(&format!("{word} / {typed}"));
    let role = if bench.side == Side::Held { Role::Title } else { Role::Focus };
    canvas.rule(line, &title, &counts, role);
    let before: String = typed.chars().take(bench.add.input.cursor().1).collect();
    let x = line.x + 3 + width(&Shown::new(&format!("{word} / {before}")));
    Position { x: x.min(line.right().saturating_sub(1)), y: line.y }
}

fn draw_add(canvas: &mut Canvas, area: Rect, bench: &Workbench) {
    let planned = u16::from(!bench.add.changes.is_empty());
    // Where reasons are cut, that of the row under the cursor stands whole below: for all rows alike, so that the list stays put.
    let room = reason_room(area);
    let is_cut = |row: &usize| width(&Shown::new(&bench.add.rows[*row].why)) > room;
    let told = u16::from(bench.side != Side::Held && area.height > 3 && bench.add.shown.iter().any(is_cut));
    let list = Rect { height: area.height.saturating_sub(planned + told), ..area };
    if bench.add.shown.is_empty() {
        let text = match (bench.reading, bench.add.rows.is_empty()) {
            (true, _) => "reading…",
            (_, true) => "no other offering is in use here; a vocabulary file of the profile lists more",
            _ => "nothing matches what you typed",
        };
        canvas.put(list.x + 1, list.y, list.width.saturating_sub(2), &Shown::from(text), Role::Empty);
        return;
    }
    let top = (bench.add.cursor + 1).saturating_sub(list.height as usize);
    for (at, &row) in bench.add.shown.iter().enumerate().skip(top).take(list.height as usize) {
        let line = Rect { y: list.y + (at - top) as u16, height: 1, ..list };
        draw_candidate(canvas, line, bench, &bench.add.rows[row]);
        if at == bench.add.cursor {
            canvas.lay(line, if bench.side == Side::Held { Role::CursorIdle } else { Role::Cursor });
        }
    }
    if told > 0
        && let Some(&row) = bench.add.shown.get(bench.add.cursor)
    {
        let why = Shown::new(&bench.add.rows[row].why);
        canvas.put(list.x + 1, list.bottom(), list.width.saturating_sub(2), &why, Role::Badge);
    }
    if planned > 0 {
        let line = Rect { y: list.bottom() + told, height: 1, ..list };
        draw_plan(canvas, line, bench);
    }
}

/// The columns of a label in the list below.
fn name_room(line: Rect) -> u16 {
    (line.width.saturating_sub(ID + BOX + 4) * 2 / 5).max(12)
}

/// The columns that are left for a reason.
fn reason_room(line: Rect) -> u16 {
    line.width.saturating_sub(1 + BOX + name_room(line) + 1 + ID + 1)
}

fn draw_candidate(canvas: &mut Canvas, line: Rect, bench: &Workbench, candidate: &Candidate) {
    let x = line.x + 1;
    if bench.side != Side::Replace {
        draw_box(canvas, x, line.y, bench.will(candidate));
    }
    let name = name_room(line);
    let role = if bench.add.changes.contains_key(&candidate.offering) { Role::Strong } else { Role::Text };
    canvas.put(x + BOX, line.y, name, &Shown::new(&candidate.label), role);
    let from = x + BOX + name + 1;
    canvas.put(from, line.y, ID, &Shown::new(&candidate.id), Role::Muted);
    canvas.put(from + ID, line.y, reason_room(line), &Shown::new(&candidate.why), Role::Badge);
}

/// What enter will do, in words.
fn draw_plan(canvas: &mut Canvas, line: Rect, bench: &Workbench) {
    let all = bench.targets.len();
    let told = bench.add.changes.iter().filter_map(|(offering, onto)| {
        let candidate = bench.add.rows.iter().find(|c| c.offering == *offering)?;
        let count = if *onto { all - candidate.carried } else { candidate.carried };
        let items = crate::app::offerings::items(count);
        Some(format!("{} {} -> {items}", if *onto { "+" } else { "-" }, candidate.label))
    });
    let text = told.collect::<Vec<_>>().join(" · ");
    canvas.put(line.x + 1, line.y, line.width.saturating_sub(2), &Shown::new(&text), Role::Added);
}
