//! The last two lines: what was done, and the keys that work here.

use ratatui::layout::{Position, Rect};

use super::Role;
use super::canvas::{Canvas, parted, width};
use crate::app::available::why_not;
use crate::app::layer::FindPane;
use crate::app::pick::Purpose;
use crate::app::state::{MANY, VerdictSign};
use crate::app::{Layer, State};
use crate::command::{Command, Mode};
use crate::content::counted::{count, grouped};
use crate::shown::Shown;

/// A long message is shown on so many lines at most.
const WHOLE_LINES: usize = 3;

/// Draws both; where there is room for one, a message hides the keys. Returns where the cursor stands, if words are typed here.
pub fn draw(canvas: &mut Canvas, area: Rect, state: &State) -> Option<Position> {
    let first = Rect { height: 1, ..area };
    let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    if area.height > 1 {
        keys(canvas, last, state);
    }
    if let Some(Layer::Find(pane)) = state.layers.last() {
        return Some(looked_for(canvas, first, pane));
    }
    if area.height == 1 && state.message.is_none() {
        keys(canvas, last, state);
    } else {
        said(canvas, first, state);
    }
    if state.safety.is_late() {
        let saving = Shown::new(&format!(" saving{} ", canvas.look.signs.cut));
        canvas.put_right(first, &saving, Role::Muted);
    }
    None
}

/// The words that are looked for in the text, and how many places there are.
fn looked_for(canvas: &mut Canvas, line: Rect, pane: &FindPane) -> Position {
    let (words, count) = (pane.input.text(), pane.found.len());
    let note = match (words.trim().is_empty(), count) {
        (true, _) => "find in this text".to_string(),
        (_, 0) => "nowhere in this text".to_string(),
        _ => format!("{} of {count}", pane.at + 1),
    };
    let note = Shown::new(&note);
    let right = Rect { width: line.width.saturating_sub(1), ..line };
    canvas.put_right(right, &note, if count == 0 && !words.trim().is_empty() { Role::Error } else { Role::Muted });
    canvas.put(line.x + 1, line.y, 2, &Shown::from("/ "), Role::Focus);
    let room = line.width.saturating_sub(width(&note) + 6);
    canvas.put(line.x + 3, line.y, room, &Shown::new(&words), Role::Text);
    let before: String = words.chars().take(pane.input.cursor().1).collect();
    Position { x: line.x + 3 + width(&Shown::new(&before)).min(room), y: line.y }
}

fn said(canvas: &mut Canvas, line: Rect, state: &State) {
    match word(state) {
        Some((text, role)) => {
            canvas.put(line.x + 1, line.y, line.width.saturating_sub(2), &Shown::new(&text), role);
        }
        None => verdicts(canvas, line, state),
    }
}

/// What there is to say, the most urgent of it.
fn word(state: &State) -> Option<(String, Role)> {
    if let Some(Layer::Review(review)) = state.layers.last()
        && let Some(writing) = review.writing
    {
        let end =
            if writing.stopping { "stopping".to_string() } else { format!("{} stops", key_of(state, Command::Back)) };
        let what = if writing.replacing { "replacing" } else { "writing" };
        let text = format!("{what} {} of {} · {end}", grouped(writing.done), grouped(writing.all));
        return Some((text, Role::Message));
    }
    if let Some(cut) = state.cut_short.as_ref().filter(|cut| cut.is_answered) {
        let text = format!("the write is being brought to its end: {} so far", count(cut.done, "file"));
        return Some((text, Role::Message));
    }
    let waiting: usize = state.batches.values().map(|b| b.waiting).sum();
    if waiting > MANY {
        let key = key_of(state, Command::Back);
        let stops = if state.layers.is_empty() { format!(" · {key} stops") } else { String::new() };
        let text = format!("working: {} to go{stops} · keys work meanwhile", count(waiting, "item"));
        return Some((text, Role::Message));
    }
    if let Some(message) = &state.message {
        let role = if message.error { Role::Error } else { Role::Message };
        return Some((message.text.clone(), role));
    }
    let unknown = state.queue.found.unknown.first().filter(|_| matches!(state.mode(), Mode::List | Mode::Filter));
    unknown.map(|(_, reason)| (reason.clone(), Role::Error))
}

/// A new message that is longer than its line, whole over the lines above it: the next key makes it one line again.
pub fn draw_whole(canvas: &mut Canvas, footer: Rect, state: &State) {
    let is_new = state.message.as_ref().is_some_and(|message| message.new);
    let Some((text, role)) = word(state).filter(|_| is_new && !matches!(state.layers.last(), Some(Layer::Find(_))))
    else {
        return;
    };
    let room = footer.width.saturating_sub(2);
    let lines = parted(&text, room);
    let rows = lines.len().min(WHOLE_LINES).min(usize::from(footer.y) + 1) as u16;
    if rows < 2 {
        return;
    }
    let place = Rect { y: footer.y + 1 - rows, height: rows, ..footer };
    canvas.fill(place, Role::Text);
    let mut rest = lines.iter();
    for y in place.y..place.bottom() - 1 {
        rest.next().into_iter().for_each(|line| {
            canvas.put(place.x + 1, y, room, line, role);
        });
    }
    // What three lines cannot hold is cut as one line is.
    let rest: Vec<&str> = rest.map(Shown::as_str).collect();
    canvas.put(place.x + 1, place.bottom() - 1, room, &Shown::new(&rest.join(" ")), role);
}

fn verdicts(canvas: &mut Canvas, line: Rect, state: &State) {
    let signs = canvas.look.signs;
    let mut x = line.x + 1;
    for verdict in state.verdicts.iter().filter(|verdict| verdict.stands(state)) {
        let Some(id) = state.library.find(&verdict.path) else { continue };
        let (sign, role) = match verdict.sign {
            VerdictSign::Accept => (signs.accept, Role::Accept),
            VerdictSign::Reject => (signs.reject, Role::Reject),
            VerdictSign::Skip => (signs.skip, Role::Skip),
        };
        let room = line.right().saturating_sub(x);
        if room < 8 {
            break;
        }
        x += canvas.put(x, line.y, room, &Shown::from(sign), role) + 1;
        x += canvas.put(x, line.y, (room - 2).min(32), &Shown::new(state.library.row(id).title()), Role::Muted) + 3;
    }
}

fn key_of(state: &State, command: Command) -> String {
    state.keymap.key_in(command, state.mode()).map(|key| key.to_string()).unwrap_or_default()
}

fn write_count(state: &State) -> String {
    match state.layers.last() {
        Some(Layer::Review(review)) => format!("write {}", count(review.sums().files, "file")),
        _ => "write".to_string(),
    }
}

/// The keys that work here, from the command table; those that cannot work now are left out.
fn keys(canvas: &mut Canvas, line: Rect, state: &State) {
    let mode = state.mode();
    let mut room = line.width.saturating_sub(1);
    // The way out and the way to all keys stand at the right, whatever else there is room for.
    for (command, word) in [(Command::Help, "keys"), (Command::Back, "back")] {
        let nowhere = command == Command::Back && mode == Mode::List;
        let Some(key) = state.keymap.key_in(command, mode).filter(|_| !nowhere) else { continue };
        let (key, word) = (Shown::new(&key.to_string()), Shown::from(word));
        let columns = width(&key) + 1 + width(&word);
        let x = line.x + room.saturating_sub(columns);
        let used = canvas.put(x, line.y, columns, &key, Role::Key);
        canvas.put(x + used + 1, line.y, columns - used - 1, &word, Role::Footer);
        room = room.saturating_sub(columns + 2);
    }
    let mut x = line.x + 1;
    let marked = state.library.marks.len();
    if mode == Mode::List && marked > 0 {
        let text = Shown::new(&format!("{marked} marked:"));
        x += canvas.put(x, line.y, room, &text, Role::Marked) + 1;
    }
    for &command in Command::ALL.iter().filter(|c| c.modes().contains(&mode)) {
        let Some(key) = state.keymap.key_in(command, mode) else { continue };
        let lines = matches!(state.layers.last(), Some(Layer::Form(form)) if form.types_lines());
        let only_back = matches!(state.layers.last(), Some(Layer::Pick(pick)) if pick.purpose == Purpose::Refusal);
        // One key that ends a field is enough there: the one that always does.
        let ends_otherwise = command == if lines { Command::Commit } else { Command::CommitText };
        let placed = only_back || matches!(command, Command::Help | Command::Back) || ends_otherwise;
        if placed || command.short().is_empty() || why_not(state, command).is_some() {
            continue;
        }
        let key = Shown::new(&key.to_string());
        let text = match command {
            Command::Write => Shown::new(&write_count(state)),
            Command::Review => {
                let sign = canvas.look.signs.draft_of(state.safety.holds_all());
                Shown::new(&format!("{} {sign}{}", command.short(), state.library.drafts.len()))
            }
            _ => Shown::from(command.short()),
        };
        if x + width(&key) + width(&text) + 1 > line.x + room {
            break;
        }
        x += canvas.put(x, line.y, room, &key, Role::Key) + 1;
        x += canvas.put(x, line.y, room, &text, Role::Footer) + 2;
    }
}
