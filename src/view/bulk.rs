//! The bulk edit: what was chosen, the list or the lines of this step, and what will happen, in words and item by item.

use ratatui::layout::{Position, Rect};

use super::Role;
use super::canvas::{Canvas, width};
use super::pick::draw_choice;
use crate::app::State;
use crate::app::bulk::{Action, Bulk, Outlook, Planned, Step};
use crate::app::input::Input;
use crate::profile::foresee::{Change, Side};
use crate::shown::Shown;

/// Columns of the words before a line.
const PROMPT: u16 = 10;
/// A hit that would be cut off is shown with so many characters before it.
const BEFORE_HIT: usize = 12;

/// Draws the pane; returns where the cursor stands, if text is being typed.
pub fn draw(canvas: &mut Canvas, area: Rect, pane: &Bulk, state: &State) -> Option<Position> {
    let title = match pane.targets.len() {
        1 => " Edit one field of 1 item ".to_string(),
        count => format!(" Edit one field of {count} marked items "),
    };
    let inside = canvas.boxed(Rect { width: area.width.min(120), ..area }, &Shown::new(&title));
    let mut rest = inside;
    let cursor = said(canvas, &mut rest, pane);
    let plan = Rect { y: rest.bottom().saturating_sub(1), height: rest.height.min(1), ..rest };
    let rule = Rect { y: rest.bottom().saturating_sub(2), height: 1, ..rest };
    let body = Rect { height: rest.height.saturating_sub(2), ..rest };
    if rest.height >= 2 {
        canvas.rule(rule, &Shown::default(), &Shown::default(), Role::Border);
    }
    let (text, role) = plan_of(pane, state);
    canvas.put(plan.x + 1, plan.y, plan.width.saturating_sub(2), &Shown::new(&text), role);
    match pane.step {
        Step::Field | Step::Action => list(canvas, body, pane),
        Step::From => {
            let half = Rect { height: body.height / 2, ..body };
            list(canvas, half, pane);
            outlook(canvas, Rect { y: half.bottom(), height: body.height - half.height, ..body }, pane, state);
        }
        Step::Lines | Step::Ready => outlook(canvas, body, pane, state),
    }
    cursor
}

/// What was chosen, and what is being typed; `rest` is what is left below.
fn said(canvas: &mut Canvas, rest: &mut Rect, pane: &Bulk) -> Option<Position> {
    let mut cursor = None;
    let next = |rest: &mut Rect| {
        let line = Rect { height: rest.height.min(1), ..*rest };
        *rest = Rect { y: rest.y + line.height, height: rest.height - line.height, ..*rest };
        line
    };
    match &pane.field {
        Some(field) => chosen(canvas, next(rest), "Field", field.field.text(), field.kind.name()),
        None => cursor = typed(canvas, next(rest), "Field", &pane.pick.input, true),
    }
    match pane.action {
        Some(action) => chosen(canvas, next(rest), "Do", action.name(), action.hint()),
        None if pane.step == Step::Action => cursor = typed(canvas, next(rest), "Do", &pane.pick.input, true),
        None => {}
    }
    if pane.step == Step::From {
        cursor = typed(canvas, next(rest), "From", &pane.pick.input, true);
    }
    let prompts = pane.action.filter(|_| pane.step == Step::Lines).map_or(&[][..], Action::prompts);
    for (at, prompt) in prompts.iter().enumerate() {
        let place = typed(canvas, next(rest), prompt, &pane.lines[at], at == pane.line);
        cursor = place.or(cursor);
    }
    cursor
}

fn chosen(canvas: &mut Canvas, line: Rect, prompt: &'static str, text: &str, note: &str) {
    if line.height == 0 {
        return;
    }
    canvas.put(line.x + 1, line.y, PROMPT - 1, &Shown::from(prompt), Role::Label);
    let x = canvas.put_right(Rect { width: line.width.saturating_sub(1), ..line }, &Shown::new(note), Role::Muted);
    canvas.put(line.x + PROMPT, line.y, x.saturating_sub(line.x + PROMPT + 1), &Shown::new(text), Role::Strong);
}

/// A line of text; where it takes the keys, the place of the cursor.
fn typed(canvas: &mut Canvas, line: Rect, prompt: &'static str, input: &Input, here: bool) -> Option<Position> {
    if line.height == 0 || line.width <= PROMPT + 2 {
        return None;
    }
    let role = if here { Role::Focus } else { Role::Label };
    canvas.put(line.x + 1, line.y, PROMPT - 1, &Shown::from(prompt), role);
    let room = line.width - PROMPT - 1;
    let text = input.text();
    let before: String = text.chars().take(input.cursor().1).collect();
    let left = width(&Shown::new(&before));
    // A text longer than the line shows the part around the cursor.
    let skip = left.saturating_sub(room.saturating_sub(1));
    let shown: String = text.chars().skip(skip as usize).collect();
    if here {
        canvas.lay(Rect { x: line.x + PROMPT, width: room, ..line }, Role::Input);
    }
    canvas.put(line.x + PROMPT, line.y, room, &Shown::new(&shown), if here { Role::Input } else { Role::Text });
    here.then(|| Position { x: line.x + PROMPT + left - skip, y: line.y })
}

fn list(canvas: &mut Canvas, area: Rect, pane: &Bulk) {
    let pick = &pane.pick;
    let top = (pick.cursor + 1).saturating_sub(area.height as usize);
    for (at, &choice) in pick.shown.iter().enumerate().skip(top).take(area.height as usize) {
        let line = Rect { y: area.y + (at - top) as u16, height: 1, ..area };
        draw_choice(canvas, line, pick, choice);
        if at == pick.cursor {
            canvas.lay(line, Role::Cursor);
        }
    }
    if pick.shown.is_empty() && area.height > 0 {
        let text = match (&pane.fields, pane.step) {
            (None, _) => "looking which fields there are".to_string(),
            (_, Step::Field) => format!("enter: \"{}\" as a new field", pick.input.text().trim()),
            _ => "nothing matches".to_string(),
        };
        canvas.put(area.x + 2, area.y, area.width.saturating_sub(2), &Shown::new(&text), Role::Empty);
    }
}

/// Item by item what goes and what comes, then what refuses and why.
fn outlook(canvas: &mut Canvas, area: Rect, pane: &Bulk, state: &State) {
    let (mut y, bottom) = (area.y, area.bottom());
    let title_is_shown =
        state.profile.roles.title.as_ref() == pane.field.as_ref().map(|f| &f.field) || area.width < 100;
    for (path, change) in pane.outlook.changes.iter().skip(pane.scroll) {
        if y + 2 > bottom {
            return;
        }
        let mut room = area.width;
        if !title_is_shown && let Some(id) = state.library.find(path) {
            let title = Rect { x: area.right() - area.width / 3, y, width: area.width / 3 - 1, height: 1 };
            canvas.put(title.x, y, title.width, &Shown::new(state.library.row(id).title()), Role::Muted);
            room = area.width - area.width / 3 - 1;
        }
        draw_change(canvas, Rect { y, width: room, height: 2, ..area }, change);
        y += 2;
    }
    for (path, reason) in &pane.outlook.reasons {
        if y >= bottom {
            return;
        }
        let title = state.library.find(path).map(|id| state.library.row(id).title().to_string()).unwrap_or_default();
        let text = format!("{} {title}: {reason}", canvas.look.signs.finding);
        canvas.put(area.x + 1, y, area.width.saturating_sub(2), &Shown::new(&text), Role::Error);
        y += 1;
    }
}

fn draw_change(canvas: &mut Canvas, area: Rect, change: &Change) {
    for (at, sign, side, role) in [(0, "-", &change.old, Role::Removed), (1, "+", &change.new, Role::Added)] {
        let y = area.y + at;
        canvas.put(area.x + 1, y, 1, &Shown::from(sign), role);
        draw_side(canvas, Rect { x: area.x + 3, y, width: area.width.saturating_sub(4), height: 1 }, side, role);
    }
}

/// A text with its hits, from the beginning or, where the first hit would not be seen, from shortly before it.
fn draw_side(canvas: &mut Canvas, line: Rect, side: &Side, role: Role) {
    if side.text.is_empty() {
        canvas.put(line.x, line.y, line.width, &Shown::from("(blank)"), Role::Empty);
        return;
    }
    let first = side.hits.first().map_or(0, |hit| hit.start);
    let is_seen = side.hits.first().is_none_or(|hit| width(&Shown::new(&side.text[..hit.end])) + 1 < line.width);
    let back = side.text[..first].char_indices().rev().take(BEFORE_HIT).last().map_or(first, |(at, _)| at);
    let mut at = if is_seen { 0 } else { back };
    let mut x = line.x;
    if at > 0 {
        x += canvas.put(x, line.y, 1, &Shown::from(canvas.look.signs.cut), Role::Muted);
    }
    let mut put = |canvas: &mut Canvas, text: &str, role| {
        x += canvas.put(x, line.y, line.right().saturating_sub(x), &Shown::new(text), role);
    };
    for hit in &side.hits {
        put(canvas, &side.text[at..hit.start.max(at)], Role::Text);
        put(canvas, &side.text[hit.start.max(at)..hit.end.max(at)], role);
        at = hit.end.max(at);
    }
    put(canvas, &side.text[at..], Role::Text);
}

/// What enter will do, in words.
fn plan_of(pane: &Bulk, state: &State) -> (String, Role) {
    match pane.step {
        Step::Field => return ("enter takes the field · ctrl-n a new one, as typed".to_string(), Role::Muted),
        Step::Action => return ("enter takes what is to be done".to_string(), Role::Muted),
        _ => {}
    }
    match pane.planned() {
        Planned::Incomplete(what) => (what.to_string(), Role::Muted),
        Planned::Wrong(reason) => (reason, Role::Error),
        Planned::Intent(_) => (words(pane, state), Role::Strong),
    }
}

fn words(pane: &Bulk, state: &State) -> String {
    let items = |n: usize| if n == 1 { "1 item".to_string() } else { format!("{n} items") };
    let Outlook { changed, hits, same, refused, done, .. } = pane.outlook;
    let Some(field) = pane.field.as_ref().map(|f| &f.field) else { return String::new() };
    let mut text = format!("{field} -> {}", items(changed));
    if pane.action == Some(Action::Replace) && hits > 0 {
        text += &if hits == 1 { ", 1 place".to_string() } else { format!(", {hits} places") };
    }
    if same > 0 {
        text += &format!(", {same} as they are");
    }
    if refused > 0 {
        text += &format!(", {refused} refuse");
    }
    if !done {
        text += &format!(" · looked at {} of {}", changed + same + refused, pane.targets.len());
    }
    let profile = &state.profile;
    if changed > 0 && profile.topics.as_ref().is_some_and(|rule| rule.field == *field && !rule.linked.is_empty()) {
        text += " · linked lists follow";
    }
    if changed > 0 && profile.same.iter().any(|(known, _)| known == field) {
        text += " · same places follow";
    }
    text
}
