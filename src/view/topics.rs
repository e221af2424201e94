//! The topic picker: tri-state boxes over the items, and in words what enter will do.

use ratatui::layout::{Position, Rect};

use super::Role;
use super::canvas::{Canvas, width};
use crate::app::topics::{Carried, TopicPicker};
use crate::shown::Shown;

const PLANNED_LINES: u16 = 3;

/// Draws the picker; returns where the cursor stands.
pub fn draw(canvas: &mut Canvas, area: Rect, picker: &TopicPicker) -> Position {
    let count = picker.targets.len();
    let title = if count == 1 { " Topics of 1 item ".to_string() } else { format!(" Topics of {count} marked items ") };
    let inside = canvas.boxed(Rect { width: area.width.min(100), ..area }, &Shown::new(&title));
    let query = Shown::new(&picker.input.text());
    let counts = Shown::new(&format!("{} of {} topics", picker.shown.len(), picker.rows.len()));
    canvas.put_right(Rect { height: 1, width: inside.width.saturating_sub(1), ..inside }, &counts, Role::Muted);
    canvas.put(inside.x + 1, inside.y, 2, &Shown::from("/ "), Role::Focus);
    let room = inside.width.saturating_sub(width(&counts) + 5);
    canvas.put(inside.x + 3, inside.y, room, &query, Role::Text);
    let list_height = inside.height.saturating_sub(PLANNED_LINES + 2);
    let list = Rect { y: inside.y + 1, height: list_height, ..inside };
    draw_list(canvas, list, picker);
    if picker.shown.is_empty() {
        let text = format!("ctrl-n: \"{}\" as a new topic", picker.input.text().trim());
        canvas.put(list.x + 2, list.y, list.width.saturating_sub(2), &Shown::new(&text), Role::Empty);
    }
    let below = Rect { y: list.bottom(), height: PLANNED_LINES + 1, ..inside };
    draw_plan(canvas, below, picker);
    let before: String = picker.input.text().chars().take(picker.input.cursor().1).collect();
    Position { x: inside.x + 3 + width(&Shown::new(&before)).min(room), y: inside.y }
}

/// The rows, in groups with a heading each while nothing is typed: what matches best comes first then.
fn draw_list(canvas: &mut Canvas, area: Rect, picker: &TopicPicker) {
    // Reasons have a column of their own, as wide as the longest of them, and a third of the line at most.
    let widest = picker.rows.iter().map(|row| width(&Shown::new(&row.why))).max().unwrap_or(0);
    let why = widest.clamp(8, (area.width / 3).max(8));
    let (mut lines, mut group) = (Vec::new(), None);
    for (at, &row) in picker.shown.iter().enumerate() {
        let own = picker.rows[row].group.as_str();
        if picker.input.is_empty() && group != Some(own) {
            lines.push(Err(own));
            group = Some(own);
        }
        lines.push(Ok((at, row)));
    }
    let here = lines.iter().position(|line| matches!(line, Ok((at, _)) if *at == picker.cursor)).unwrap_or(0);
    let top = (here + 1).saturating_sub(area.height as usize);
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(top)) {
        let place = Rect { y, height: 1, ..area };
        match line {
            Err(group) => {
                canvas.put(area.x + 1, y, area.width.saturating_sub(2), &Shown::new(group), Role::Title);
            }
            Ok((at, row)) => {
                draw_row(canvas, place, picker, *row, why);
                if *at == picker.cursor {
                    canvas.lay(place, Role::Cursor);
                }
            }
        }
    }
}

fn draw_row(canvas: &mut Canvas, line: Rect, picker: &TopicPicker, at: usize, why: u16) {
    let row = &picker.rows[at];
    let (sign, role) = match picker.will(at) {
        Carried::All => ("[x]", Role::Accept),
        Carried::Some => ("[~]", Role::Skip),
        Carried::None => ("[ ]", Role::Muted),
    };
    canvas.put(line.x + 1, line.y, 3, &Shown::from(sign), role);
    let many = picker.targets.len() > 1;
    let carried = if many { format!("{}/{}", row.carried, picker.targets.len()) } else { String::new() };
    let right = line.right().saturating_sub(1);
    canvas.put(right.saturating_sub(why), line.y, why, &Shown::new(&row.why), Role::Muted);
    let note = Shown::new(&format!("{carried:>9} {:>6}  ", row.uses));
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1 + why), ..line }, &note, Role::Muted);
    let label = if picker.changes.contains_key(&at) { Role::Strong } else { Role::Text };
    canvas.put(line.x + 5, line.y, x.saturating_sub(line.x + 6), &Shown::new(&row.topic), label);
}

/// What enter will do, in words.
fn draw_plan(canvas: &mut Canvas, area: Rect, picker: &TopicPicker) {
    let line = |at: u16| Rect { y: area.y + at, height: 1, ..area };
    canvas.rule(line(0), &Shown::default(), &Shown::default(), Role::Border);
    let items = |n: usize| if n == 1 { "1 item".to_string() } else { format!("{n} items") };
    let (mut lines, all) = (Vec::new(), picker.targets.len());
    for (&row, &onto) in &picker.changes {
        let topic = &picker.rows[row].topic;
        lines.push(match onto {
            true => (format!("+ {topic} -> {}", items(all - picker.rows[row].carried)), Role::Added),
            false => (format!("- {topic} -> {} that have it", items(picker.rows[row].carried)), Role::Removed),
        });
    }
    if lines.is_empty() {
        let text = match picker.current().map(|row| &picker.rows[row]) {
            Some(row) if row.refusal.is_some() => row.refusal.clone().unwrap_or_default(),
            Some(row) => format!("enter adds {} · tab toggles several", row.topic),
            None => "nothing matches".to_string(),
        };
        lines.push((text, Role::Muted));
        let suggested = picker.current().map(|row| &picker.rows[row]).filter(|row| !row.reasons.is_empty());
        lines.extend(suggested.map(|row| (format!("suggested: {}", row.reasons), Role::Muted)));
        let row = picker.current().map(|row| &picker.rows[row]);
        lines.extend(row.filter(|row| !row.description.is_empty()).map(|row| (row.description.clone(), Role::Empty)));
        let also = row.filter(|row| !row.aliases.is_empty());
        lines.extend(also.map(|row| (format!("also: {}", row.aliases.join(", ")), Role::Empty)));
    }
    let more = lines.len().saturating_sub(PLANNED_LINES as usize);
    for (at, (text, role)) in lines.into_iter().take(PLANNED_LINES as usize).enumerate() {
        let text = if more > 0 && at + 1 == PLANNED_LINES as usize { format!("{text}, and {more} more") } else { text };
        canvas.put(area.x + 1, area.y + 1 + at as u16, area.width.saturating_sub(2), &Shown::new(&text), role);
    }
}
