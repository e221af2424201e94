//! The vocabulary: every topic by scheme with its uses, or the near-duplicates; below, what is known of the one under the cursor.

use ratatui::layout::{Position, Rect};

use super::Role;
use super::canvas::{Canvas, width};
use crate::app::State;
use crate::app::vocabulary::{NearLine, NearPane, Typing, VocabularyPane};
use crate::library::vocabulary::KnownTopic;
use crate::profile::template::label;
use crate::shown::Shown;

/// Lines below the list: a rule, and two of what is known.
const BELOW: u16 = 3;

/// Draws it over the whole screen; returns where the cursor stands, if text is being typed.
pub fn draw(canvas: &mut Canvas, area: Rect, pane: &VocabularyPane, state: &State) -> Option<Position> {
    head(canvas, Rect { height: 1, ..area }, pane, state);
    let cursor = filter(canvas, Rect { y: area.y + 1, height: 1, ..area }, pane);
    canvas.rule(Rect { y: area.y + 2, height: 1, ..area }, &Shown::default(), &Shown::default(), Role::Border);
    let list = Rect { y: area.y + 3, height: area.height.saturating_sub(3 + BELOW), ..area };
    match &pane.near {
        Some(near) => near_list(canvas, list, pane, near),
        None => topics(canvas, list, pane),
    }
    let below = Rect { y: list.bottom(), height: BELOW, ..area };
    canvas.rule(Rect { height: 1, ..below }, &Shown::default(), &Shown::default(), Role::Border);
    let renamed = known(canvas, Rect { y: below.y + 1, height: BELOW - 1, ..below }, pane, state);
    renamed.or(cursor)
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn head(canvas: &mut Canvas, line: Rect, pane: &VocabularyPane, state: &State) {
    let list = state.profile.topics.as_ref().and_then(|rule| rule.listed.as_deref());
    let kept = match list {
        Some(list) if list.problem.is_some() => format!("{} cannot be read", list.file),
        Some(list) if list.closed => format!("closed: {}", list.file),
        Some(list) => list.file.clone(),
        None => String::new(),
    };
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &Shown::new(&kept), Role::Muted);
    let what = match &pane.near {
        None => plural(pane.rows.len(), "topic"),
        Some(near) => match &near.clusters {
            None => "near-duplicates: looking for them".to_string(),
            Some(clusters) => format!("near-duplicates: {}", plural(clusters.len(), "cluster")),
        },
    };
    let text = Shown::new(&format!("Vocabulary  {what} · {}", plural(state.library.items(), "item")));
    canvas.put(line.x + 1, line.y, x.saturating_sub(line.x + 2), &text, Role::Header);
}

fn filter(canvas: &mut Canvas, line: Rect, pane: &VocabularyPane) -> Option<Position> {
    if pane.near.is_some() {
        let text = Shown::from("m merges a cluster into the topic under the cursor; space leaves one out");
        canvas.put(line.x + 1, line.y, line.width.saturating_sub(2), &text, Role::Muted);
        return None;
    }
    let counts = Shown::new(&format!("{} of {}", pane.shown.len(), plural(pane.rows.len(), "topic")));
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &counts, Role::Muted);
    canvas.put(line.x + 1, line.y, 2, &Shown::from("/ "), Role::Focus);
    let room = x.saturating_sub(line.x + 5);
    canvas.put(line.x + 3, line.y, room, &Shown::new(&pane.filter.text()), Role::Text);
    let typed = matches!(pane.typing, Some(Typing::Filter { .. }));
    let before: String = pane.filter.text().chars().take(pane.filter.cursor().1).collect();
    typed.then(|| Position { x: line.x + 3 + width(&Shown::new(&before)).min(room), y: line.y })
}

/// A line of the list: the head of a scheme, or a topic by its position in what is shown.
enum Line<'t> {
    Scheme(&'t str),
    Topic(usize),
}

fn topics(canvas: &mut Canvas, area: Rect, pane: &VocabularyPane) {
    let (mut lines, mut scheme) = (Vec::new(), None);
    for (at, row) in pane.shown.iter().enumerate() {
        let own = pane.rows[*row].scheme();
        if scheme != Some(own) {
            lines.push(Line::Scheme(own));
            scheme = Some(own);
        }
        lines.push(Line::Topic(at));
    }
    if lines.is_empty() {
        let text = if pane.rows.is_empty() { "no item has a topic yet" } else { "nothing matches" };
        canvas.put(area.x + 3, area.y, area.width.saturating_sub(4), &Shown::from(text), Role::Empty);
        return;
    }
    let here = lines.iter().position(|line| matches!(line, Line::Topic(at) if *at == pane.cursor)).unwrap_or(0);
    let top = (here + 1).saturating_sub(area.height as usize);
    for (y, line) in (area.y..area.bottom()).zip(&lines[top..]) {
        let line_area = Rect { y, height: 1, ..area };
        match line {
            Line::Scheme(scheme) => {
                let name = if scheme.is_empty() { Shown::from("(no scheme)") } else { Shown::new(scheme) };
                canvas.put(area.x + 1, y, area.width.saturating_sub(2), &name, Role::Title);
            }
            Line::Topic(at) => {
                let topic = &pane.rows[pane.shown[*at]];
                draw_topic(canvas, line_area, label(&topic.topic), topic, "");
                if *at == pane.cursor {
                    canvas.lay(line_area, Role::Cursor);
                }
            }
        }
    }
}

/// A topic with its number of items and the newest of their dates.
fn draw_topic(canvas: &mut Canvas, line: Rect, name: &str, topic: &KnownTopic, note: &str) {
    let last: String = topic.last.chars().take(10).collect();
    let note = if note.is_empty() { String::new() } else { format!("{note:<12}") };
    let right = Shown::new(&format!("{note}{:>6}  {last:<10}", topic.uses));
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &right, Role::Count);
    let role = if topic.uses == 0 { Role::Muted } else { Role::Text };
    canvas.put(line.x + 3, line.y, x.saturating_sub(line.x + 4), &Shown::new(name), role);
}

fn near_list(canvas: &mut Canvas, area: Rect, pane: &VocabularyPane, near: &NearPane) {
    if near.clusters.as_ref().is_some_and(Vec::is_empty) {
        let text = Shown::from("no near-duplicates: every topic stands for itself");
        canvas.put(area.x + 3, area.y, area.width.saturating_sub(4), &text, Role::Empty);
    }
    let top = (near.cursor + 1).saturating_sub(area.height as usize);
    for (y, (at, line)) in (area.y..area.bottom()).zip(near.lines.iter().enumerate().skip(top)) {
        let row = Rect { y, height: 1, ..area };
        near_line(canvas, row, pane, line, near.left_out.contains(&at));
        if at == near.cursor {
            canvas.lay(row, Role::Cursor);
        }
    }
}

fn near_line(canvas: &mut Canvas, line: Rect, pane: &VocabularyPane, near: &NearLine, left_out: bool) {
    let Some(topic) = pane.rows.get(near.row) else { return };
    let (name, note) = match near.differs {
        None => (topic.topic.clone(), "keep"),
        Some(differs) => (format!("  {} {}", if left_out { "[ ]" } else { "[x]" }, topic.topic), differs.name()),
    };
    draw_topic(canvas, line, &name, topic, note);
}

/// What is known of the topic under the cursor, or the new name being typed for it.
fn known(canvas: &mut Canvas, area: Rect, pane: &VocabularyPane, state: &State) -> Option<Position> {
    let room = area.width.saturating_sub(2);
    if let Some(Typing::Rename { topic, input, .. }) = &pane.typing {
        let what = Shown::new(&format!("rename {topic} in {} to", plural(uses(pane, topic), "item")));
        canvas.put(area.x + 1, area.y, room, &what, Role::Muted);
        canvas.put(area.x + 1, area.y + 1, room, &Shown::new(&input.text()), Role::Text);
        let before: String = input.text().chars().take(input.cursor().1).collect();
        return Some(Position { x: area.x + 1 + width(&Shown::new(&before)).min(room), y: area.y + 1 });
    }
    let topic = pane.current()?;
    canvas.put(area.x + 1, area.y, room, &Shown::new(&topic.topic), Role::Strong);
    let list = state.profile.topics.as_ref().and_then(|rule| rule.listed.as_deref());
    let unlisted = list.filter(|list| list.problem.is_none() && !topic.listed);
    let mut said = Vec::new();
    said.extend(Some(topic.description.clone()).filter(|text| !text.is_empty()));
    said.extend((!topic.aliases.is_empty()).then(|| format!("also: {}", topic.aliases.join(", "))));
    said.extend(unlisted.map(|list| format!("not in {}", list.file)));
    canvas.put(area.x + 1, area.y + 1, room, &Shown::new(&said.join(" · ")), Role::Muted);
    None
}

fn uses(pane: &VocabularyPane, topic: &str) -> usize {
    pane.rows.iter().find(|row| row.topic == topic).map_or(0, |row| row.uses)
}
