//! The form: rows with their notes, the field being typed, and what there is to know about the field under the cursor.
//!
//! What a row says is `app::form`'s; here it is made harmless and put into cells.

use ratatui::layout::{Position, Rect};

use super::Role;
use super::canvas::{Canvas, width};
use crate::app::State;
use crate::app::form::wrap::{cut, follow, seen, seen_of_line, start_of, wrap};
use crate::app::form::{Columns, Editing, Form, Line, Node, Note, Row, Tone};
use crate::command::{Command, Mode};
use crate::content::FieldPath;
use crate::content::counted::count;
use crate::shown::Shown;

/// Lines above the rows, and below them.
const ABOVE: u16 = 2;
const BELOW: u16 = 4;

/// Draws the form; returns where the cursor stands, if something is being typed.
pub fn draw(canvas: &mut Canvas, area: Rect, form: &Form, state: &State) -> Option<Position> {
    canvas.fill(area, Role::Text);
    head(canvas, area, form, state);
    let find = find_line(canvas, Rect { y: area.y + 1, height: 1, ..area }, form, state);
    let below = BELOW.min(area.height.saturating_sub(ABOVE + 1));
    let middle = Rect { y: area.y + ABOVE, height: area.height.saturating_sub(ABOVE + below), ..area };
    let field = rows(canvas, middle, form, state);
    about(canvas, Rect { y: middle.bottom(), height: below, ..area }, form, state);
    find.or(field)
}

/// The sign of what is changed: hollow until it is safe in the journal.
fn dot(canvas: &Canvas, form: &Form, state: &State) -> &'static str {
    let is_safe = if form.many().is_some() { state.safety.holds_all() } else { state.is_safe(&form.path) };
    canvas.look.signs.draft_of(is_safe)
}

/// The item's title, how much is changed, and where the cursor is.
fn head(canvas: &mut Canvas, area: Rect, form: &Form, state: &State) {
    let mut right = String::new();
    if form.changed() > 0 {
        right = format!("{}{}   ", dot(canvas, form, state), form.changed());
    }
    if let Some((section, at, of)) = form.whereabouts() {
        right += &if at > 0 && of > 1 { format!("{section} {at}/{of} ") } else { format!("{section} ") };
    }
    let first = Rect { height: 1, ..area };
    let right = Shown::new(&right);
    let end = canvas.put_right(first, &right, Role::Muted);
    canvas.put(area.x + 1, area.y, end.saturating_sub(area.x + 3), &Shown::new(&form.title()), Role::Header);
}

/// The line below the title: a rule, or what is typed to find a field.
fn find_line(canvas: &mut Canvas, area: Rect, form: &Form, state: &State) -> Option<Position> {
    let nothing = Shown::from("");
    let Some(input) = form.finding() else {
        let key = state.keymap.key_in(Command::FindField, Mode::Form);
        let hint = key.map(|key| Shown::new(&format!("{key} find a field"))).unwrap_or_default();
        canvas.rule(area, &nothing, &hint, Role::Muted);
        return None;
    };
    let found = Shown::new(&format!("{} ", count(form.rows().len(), "field")));
    let end = canvas.put_right(area, &found, Role::Count);
    canvas.put(area.x + 1, area.y, 2, &Shown::from("/ "), Role::Key);
    let field = Rect { x: area.x + 3, width: end.saturating_sub(area.x + 4), ..area };
    Some(one_line(canvas, field, &input.text(), input.cursor().1))
}

/// The rows that fit; the one under the cursor is among them.
fn rows(canvas: &mut Canvas, area: Rect, form: &Form, state: &State) -> Option<Position> {
    let (mut top, _) = form.visible();
    let all = form.rows();
    let tall = |row: &Row| form.tall(row);
    while top < form.cursor() && all[top..=form.cursor()].iter().map(tall).sum::<usize>() > usize::from(area.height) {
        top += 1;
    }
    let mut y = area.y;
    let (mut cursor, mut table) = (None, None);
    for (at, row) in all.iter().enumerate().skip(top) {
        if y >= area.bottom() {
            break;
        }
        let height = (form.tall(row) as u16).min(area.bottom() - y);
        let strip = Rect { y, height, ..area };
        match form.editing().filter(|editing| at == form.cursor() && editing.is_at(&row.node)) {
            Some(editing) => cursor = Some(typed(canvas, strip, form, row, editing, state)),
            None => {
                let dot = dot(canvas, form, state);
                still(canvas, strip, form, row, dot, &mut table);
                if at == form.cursor() {
                    canvas.lay(strip, Role::Cursor);
                }
            }
        }
        y += height;
    }
    cursor
}

/// A row that is not being typed.
fn still(canvas: &mut Canvas, area: Rect, form: &Form, row: &Row, dot: &'static str, table: &mut Option<Columns>) {
    let line = form.line(&row.node);
    let value = name(canvas, area, form, row, &line, dot);
    let lines = form.unfolded(row);
    if !lines.is_empty() {
        for (text, y) in lines.iter().zip(area.y..area.bottom()) {
            canvas.put(value.x, y, value.width, &Shown::new(text), Role::Text);
        }
        return;
    }
    if let Some(list) = form.table_of(&row.node) {
        return cells(canvas, (area, value), form, row, &line.notes, list, table);
    }
    let text = Shown::new(&if line.joined { signed(canvas, &line.text) } else { line.text.clone() });
    let room = notes(canvas, value, &line.notes, width(&text));
    let role = if line.empty { Role::Empty } else { Role::Text };
    canvas.put(value.x, area.y, room, &text, role);
}

/// So much of a table's line is left to what there is to say about it.
const TABLE_NOTES: u16 = 12;

/// A line of a list of maps: the names of its columns, or what an entry has in them.
fn cells(
    canvas: &mut Canvas,
    (area, value): (Rect, Rect),
    form: &Form,
    row: &Row,
    remarks: &[Note],
    list: FieldPath,
    table: &mut Option<Columns>,
) {
    let entry = match row.node.path == list {
        true => Row::alone(Node { path: list.index(0), ..row.node.clone() }, row.depth + 1),
        false => row.clone(),
    };
    let start = area.x + (form.value_column(&entry) as u16).min(area.width / 2);
    let room = area.right().saturating_sub(start + 1 + TABLE_NOTES);
    if table.as_ref().is_none_or(|columns| columns.list != list) {
        *table = Some(form.columns(&list, usize::from(room)));
    }
    let Some(columns) = table.as_ref() else { return };
    let cells = form.cells(&row.node, columns);
    let wanted = cells.last().map_or(0, |cell| (cell.at + cell.width) as u16);
    let end = value.x + notes(canvas, value, remarks, (start + wanted).saturating_sub(value.x));
    for cell in cells {
        // The name of the list may be longer than those of its entries.
        let x = (start + cell.at as u16).max(value.x);
        let room = (start + (cell.at + cell.width) as u16).min(end).saturating_sub(x);
        let role = match (cell.is_name, cell.text.starts_with('(') || cell.text == "null") {
            (true, _) => Role::Muted,
            (false, true) => Role::Empty,
            (false, false) => Role::Text,
        };
        canvas.put(x, area.y, room, &Shown::new(&signed(canvas, &cell.text)), role);
    }
}

/// Dot, label and fold sign; returns the room for the value.
fn name(canvas: &mut Canvas, area: Rect, form: &Form, row: &Row, line: &Line, dot: &'static str) -> Rect {
    let label_column = (row.label_column() as u16).min(area.width / 3);
    let value_column = (form.value_column(row) as u16).min(area.width / 2).max(label_column + 4);
    let x = area.x + label_column;
    if line.changed {
        canvas.put(x.saturating_sub(2), area.y, 1, &Shown::from(dot), Role::Draft);
    }
    let role = if line.heading { Role::Heading } else { Role::Label };
    canvas.put(x, area.y, value_column - label_column - 3, &Shown::new(&line.label), role);
    if let Some(open) = line.fold {
        let signs = &canvas.look.signs;
        let sign = if open { signs.unfolded } else { signs.folded };
        canvas.put(area.x + value_column - 2, area.y, 1, &Shown::from(sign), Role::Muted);
    }
    Rect { x: area.x + value_column, width: area.width.saturating_sub(value_column + 1), ..area }
}

/// As many notes as there is room for, at the right; returns the columns left for a value that wants `wanted`.
fn notes(canvas: &mut Canvas, area: Rect, notes: &[Note], wanted: u16) -> u16 {
    let kept = wanted.min((area.width / 2).max(12));
    let room = area.width.saturating_sub(kept + 2);
    let mut fitting: Vec<(&Note, Shown)> = Vec::new();
    let mut used = 0;
    for note in notes {
        let text = Shown::new(&signed(canvas, &note.text));
        let columns = width(&text) + if fitting.is_empty() { 0 } else { 3 };
        if used + columns > room && !fitting.is_empty() {
            break;
        }
        used = (used + columns).min(room);
        fitting.push((note, text));
    }
    let mut x = area.right().saturating_sub(used);
    for (note, text) in fitting {
        let columns = canvas.put(x, area.y, area.right().saturating_sub(x), &text, tone(note.tone));
        x += columns + 3;
    }
    area.width.saturating_sub(if used > 0 { used + 2 } else { 0 })
}

fn tone(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Badge,
        Tone::Wrong => Role::Finding,
        Tone::Offer => Role::Key,
    }
}

/// Our own signs in a text, as this terminal shows them.
fn signed(canvas: &Canvas, text: &str) -> String {
    text.replace('·', canvas.look.signs.dot).replace('…', canvas.look.signs.cut)
}

/// The row being typed; returns where the cursor stands.
fn typed(canvas: &mut Canvas, area: Rect, form: &Form, row: &Row, editing: &Editing, state: &State) -> Position {
    let line = form.line(&row.node);
    let line = Line { fold: None, ..line };
    let dot = dot(canvas, form, state);
    let value = name(canvas, area, form, row, &line, dot);
    let mut remarks = form.editing_notes();
    if editing.is_tall() {
        // Where enter is a line end the way out has to be said.
        let done = state.keymap.key_in(Command::CommitText, Mode::Field).filter(|_| editing.input.has_lines());
        remarks.extend(done.map(|key| Note { tone: Tone::Plain, text: format!("{key} done") }));
        below_label(canvas, Rect { x: area.x + row.label_column() as u16, ..area }, value.x, &remarks);
        return many_lines(canvas, value, editing);
    }
    let text = editing.input.text();
    // As much room whatever is typed: remarks that came and went would be sent anew. What is wrong goes with the next letter anyway.
    let wanted = match editing.problem {
        Some(_) => width(&Shown::new(start_of(&text, usize::from(value.width), 1))).saturating_add(1),
        None => value.width / 2,
    };
    let room = notes(canvas, value, &remarks, wanted);
    one_line(canvas, Rect { width: room.max(4), height: 1, ..value }, &text, editing.input.cursor().1)
}

/// Beside a text of several lines there is no room: what there is to say stands below its name.
fn below_label(canvas: &mut Canvas, area: Rect, end: u16, notes: &[Note]) {
    let room = end.saturating_sub(area.x + 1);
    for (note, y) in notes.iter().zip(area.y + 1..area.bottom()) {
        let text = Shown::new(&signed(canvas, &note.text));
        canvas.put(area.x, y, room, &text, tone(note.tone));
    }
}

/// One line of text with the cursor in sight.
fn one_line(canvas: &mut Canvas, area: Rect, text: &str, cursor: usize) -> Position {
    let room = area.width.saturating_sub(1).max(1);
    let (before, rest) = seen_of_line(text, cursor, usize::from(room));
    canvas.put(area.x, area.y, area.width, &Shown::new(&format!("{before}{rest}")), Role::Text);
    canvas.lay(Rect { height: 1, ..area }, Role::Input);
    Position { x: area.x + width(&Shown::new(&before)).min(room), y: area.y }
}

/// A text of several lines, broken to the width, with the cursor in sight.
fn many_lines(canvas: &mut Canvas, area: Rect, editing: &Editing) -> Position {
    let room = usize::from(area.width).saturating_sub(1).max(8);
    let (text, cursor, size) = (editing.input.content(), editing.input.cursor(), (room, usize::from(area.height)));
    let seen = seen(text, cursor, size, follow(text, cursor, size, editing.from));
    for (text, y) in seen.lines.iter().zip(area.y..area.bottom()) {
        canvas.put(area.x, y, area.width, &Shown::new(text.trim_end_matches(' ')), Role::Text);
    }
    canvas.lay(area, Role::Input);
    let column = width(&Shown::new(&seen.before)).min(area.width.saturating_sub(1));
    Position { x: area.x + column, y: area.y + seen.row as u16 }
}

/// A better text, and the key that puts it in.
fn offer_line(offer: &str, state: &State) -> String {
    let key = state.keymap.key_in(Command::Offer, Mode::Field).map_or_else(String::new, |key| format!("{key} "));
    format!("{key}offers: {}", offer.replace('\n', " "))
}

/// What the disk has, while the field is being typed, and the key that brings it back.
fn was_line(was: &str, state: &State) -> String {
    let key = state.keymap.key_in(Command::Original, Mode::Field);
    let back = key.map_or_else(String::new, |key| format!("{key} "));
    format!("{back}as it was: {}", was.replace('\n', " "))
}

/// What there is to know about the field under the cursor: path, kind, other places, help, what is wrong.
fn about(canvas: &mut Canvas, area: Rect, form: &Form, state: &State) {
    let Some(about) = form.about().filter(|_| area.height > 1) else { return };
    let mut words = vec![about.path, about.kind];
    if !about.also.is_empty() {
        words.push(format!("also {}", about.also.join(", ")));
    }
    words.extend(about.follows.map(|leader| format!("follows {leader}")));
    let text = Shown::new(&signed(canvas, &words.join(" · ")));
    let room = area.width.saturating_sub(2);
    let help = about.help.map(|help| (help, Role::Muted));
    let problem = form.editing().and_then(|editing| editing.problem.clone()).map(|wrong| (wrong, Role::Finding));
    let offer = about.offer.map(|offer| (offer_line(&offer, state), Role::Key));
    let was = about.was.map(|was| (was_line(&was, state), Role::Muted));
    let wrong = about.wrong.map(|wrong| (wrong, Role::Finding));
    let across = about.across.map(|words| (signed(canvas, &words), Role::Count));
    let last: Vec<(String, Role)> =
        problem.into_iter().chain(was).chain(offer).chain(wrong).chain(across).chain(help).collect();
    // Above it stands a blank line, unless there is too much to say.
    let above = u16::from(last.len() + 2 <= usize::from(area.height));
    let lines = usize::from(area.height - above).saturating_sub(last.len()).max(1);
    let parts = wrap(text.as_str(), usize::from(room));
    let mut y = area.y + above;
    for (at, part) in parts.iter().take(lines).enumerate() {
        let is_cut = at + 1 == lines && parts.len() > lines;
        let whole = if is_cut { part.start..text.as_str().chars().count() } else { part.clone() };
        let shown = Shown::new(cut(text.as_str(), &whole).trim_end());
        canvas.put(area.x + 1, y, room, &shown, Role::Muted);
        y += 1;
    }
    for (text, role) in last {
        if y < area.bottom() {
            canvas.put(area.x + 1, y, room, &Shown::new(&text), role);
            y += 1;
        }
    }
}

#[cfg(test)]
mod tests;
