//! The list: a row an item.

use ratatui::layout::Rect;

use super::Role;
use super::canvas::Canvas;
use crate::app::State;
use crate::library::{ItemId, Row, RowField};
use crate::search::{self, Query};
use crate::shown::Shown;

/// How wide each part of a row is. The title gives way last: topics shrink first, then the brand, then the date's year.
struct Columns {
    date: u16,
    brand: u16,
    title: u16,
    topic: u16,
}

/// Which letters matched.
struct Hits(Query);

impl Hits {
    fn of(&self, role: RowField, text: &str) -> Vec<usize> {
        if self.0.is_empty() { Vec::new() } else { search::highlight_in(&self.0, role, text) }
    }
}

impl Columns {
    fn of(width: u16, has_topics: bool, has_brand: bool) -> Columns {
        let date = if width >= 60 { 10 } else { 5 };
        let brand = match width {
            _ if !has_brand => 0,
            0..50 => 0,
            50..70 => 10,
            70..120 => 15,
            _ => 20,
        };
        let topic = match width {
            _ if !has_topics => 0,
            0..70 => 0,
            70..100 => 11,
            _ => width / 5,
        };
        // Signs and the gaps between the columns, and the number of topics.
        let gaps = 4 + u16::from(brand > 0) + if has_topics { 3 } else { 0 } + u16::from(topic > 0) * 2;
        Columns { date, brand, topic, title: width.saturating_sub(date + brand + topic + gaps + 1) }
    }
}

/// Draws the visible rows.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) {
    let queue = &state.queue;
    if queue.found.items.is_empty() {
        return draw_empty(canvas, area, state);
    }
    let columns = Columns::of(area.width, state.profile.topics.is_some(), state.profile.roles.brand.is_some());
    let highlight = Hits(Query::parse(&queue.filter.text()));
    for (at, id) in queue.found.items.iter().enumerate().skip(queue.top).take(area.height as usize) {
        let line = Rect { y: area.y + (at - queue.top) as u16, height: 1, ..area };
        draw_row(canvas, line, state, *id, &columns, &highlight);
        let in_range =
            queue.range_from.is_some_and(|from| (from.min(queue.cursor)..=from.max(queue.cursor)).contains(&at));
        if in_range {
            // As it will be: colour alone would say nothing on some terminals.
            canvas.put(line.x, line.y, 1, &Shown::from(canvas.look.signs.marked), Role::Marked);
        }
        if queue.is_dimmed(*id) {
            let style = canvas.look.theme.style(Role::Dimmed);
            canvas.buf.set_style(line, style);
        }
        if at == queue.cursor {
            let has_keys = state.layers.is_empty();
            canvas.lay(line, if has_keys { Role::Cursor } else { Role::CursorIdle });
        } else if in_range {
            canvas.lay(line, Role::CursorIdle);
        }
    }
}

fn draw_empty(canvas: &mut Canvas, area: Rect, state: &State) {
    let text = match (state.library.rows().is_empty(), state.library.loading.done) {
        (_, false) => Shown::from("reading…"),
        (true, true) => Shown::from("No content files here (.md .markdown .mdx .html .htm)."),
        (false, true) => Shown::from("Nothing matches. / and ctrl-u clear the filter; nothing is lost."),
    };
    canvas.put(area.x + 4, area.y + area.height.min(2) - 1, area.width.saturating_sub(4), &text, Role::Empty);
}

fn draw_row(canvas: &mut Canvas, line: Rect, state: &State, id: ItemId, columns: &Columns, hits: &Hits) {
    let row = state.library.row(id);
    signs(canvas, line, state, id, row);
    let mut x = line.x + 4;
    let y = line.y;
    let date = row.text(RowField::Date);
    let day: String = match date.get(..10) {
        Some(day) if columns.date < 10 => day[5..].to_string(),
        Some(day) => day.to_string(),
        None => date.to_string(),
    };
    canvas.put(x, y, columns.date, &Shown::new(&day), Role::Muted);
    x += columns.date + 1;
    if columns.brand > 0 {
        let brand = row.text(RowField::Brand);
        let name = brand.strip_prefix("www.").unwrap_or(brand);
        let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
        canvas.put_matched(x, y, columns.brand, &Shown::new(name), Role::Brand, &hits.of(RowField::Brand, name));
        x += columns.brand + 1;
    }
    if let Some(problem) = &row.problem {
        let room = line.right().saturating_sub(x);
        let used = canvas.put(x, y, room, &Shown::new(row.title()), Role::Text);
        let reason = format!("  cannot be read: {problem}");
        canvas.put(x + used, y, room - used, &Shown::new(&reason), Role::Error);
        return;
    }
    let title = row.title();
    canvas.put_matched(x, y, columns.title, &Shown::new(title), Role::Text, &hits.of(RowField::Title, title));
    if state.profile.topics.is_some() {
        topics(canvas, line, row, columns, hits);
    }
}

fn signs(canvas: &mut Canvas, line: Rect, state: &State, id: ItemId, row: &Row) {
    let signs = canvas.look.signs;
    if state.library.marks.contains(id) {
        canvas.put(line.x, line.y, 1, &Shown::from(signs.marked), Role::Marked);
    }
    let status = row.text(RowField::Status);
    if let Some(triage) = state.profile.triage.as_ref().filter(|_| !status.is_empty()) {
        let verdict = match status {
            _ if status == triage.accept => Some((signs.accept, Role::Accept)),
            _ if status == triage.reject => Some((signs.reject, Role::Reject)),
            _ if status == triage.skip => Some((signs.skip, Role::Skip)),
            _ => None,
        };
        if let Some((sign, role)) = verdict {
            canvas.put(line.x + 1, line.y, 1, &Shown::from(sign), role);
        }
    }
    if !state.library.conflicts.of(&row.path).is_empty() {
        canvas.put(line.x + 2, line.y, 1, &Shown::from(signs.finding), Role::Error);
    } else if state.library.is_unwritten(id) {
        let sign = signs.draft_of(state.is_safe(&row.path));
        canvas.put(line.x + 2, line.y, 1, &Shown::from(sign), Role::Draft);
    } else if row.problem.is_some() || row.has_findings() {
        canvas.put(line.x + 2, line.y, 1, &Shown::from(signs.finding), Role::Finding);
    }
}

fn topics(canvas: &mut Canvas, line: Rect, row: &Row, columns: &Columns, hits: &Hits) {
    let count = row.topics().count();
    let first = row.topics().next().unwrap_or("(none)");
    let role = if count == 0 { Role::Empty } else { Role::Topic };
    if columns.topic > 0 {
        let x = line.right().saturating_sub(columns.topic + 4);
        // A scheme in full would leave no room for the label: where it does not fit, the label alone is shown.
        let label = first.split_once(": ").map_or(first, |(_, label)| label);
        let text = if first.chars().count() <= columns.topic as usize { first } else { label };
        canvas.put_matched(x, line.y, columns.topic, &Shown::new(text), role, &hits.of(RowField::Topics, text));
    }
    if count > 0 {
        let number = Rect { width: line.width.saturating_sub(1), ..line };
        canvas.put_right(number, &Shown::new(&count.to_string()), Role::Count);
    }
}
