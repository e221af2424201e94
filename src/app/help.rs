//! The help: the keys that work where one came from, then all others by group; what is typed searches them.
//!
//! Here: which lines it has, read from the command table. Not here: how they look (`view`).

use super::input::Input;
use super::{Layer, State};
use crate::command::{Command, DIGITS, Group, Key, Mode};
use crate::search;

/// Lines of the screen that the help has not: its name, what was typed, and the footer.
const AROUND: usize = 4;

/// The help that is open.
#[derive(Clone, Debug, Default)]
pub struct HelpPane {
    pub input: Input,
    /// The first line shown.
    pub scroll: usize,
}

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Heading(String),
    Text(&'static str),
    /// The digits, which are no command.
    Digits,
    Command {
        command: Command,
        /// Where it works, if not where one came from.
        place: Option<&'static str>,
    },
}

/// All lines for what was typed.
pub fn lines(state: &State, typed: &str) -> Vec<Line> {
    let here = state.layers.iter().rev().nth(1).map_or(Mode::List, Layer::mode);
    if typed.trim().is_empty() { all(here) } else { found(state, typed.trim(), here) }
}

/// What works here, best first, then what works elsewhere.
fn found(state: &State, typed: &str, here: Mode) -> Vec<Line> {
    let text = |c: &Command| format!("{} {} {}", state.keymap.ways(*c).join(" "), c.id(), c.help());
    let texts: Vec<String> = Command::ALL.iter().map(text).collect();
    let ranked = search::rank(typed, texts.iter().map(String::as_str));
    let mut found: Vec<Command> = ranked.into_iter().map(|at| Command::ALL[at]).collect();
    // One who types a key asks what it does; the name of a command says more than a word of its help.
    let is_key = |c: &Command| state.keymap.ways(*c).iter().any(|way| way == typed);
    found.sort_by_key(|c| (!is_key(c), !c.id().contains(typed)));
    let (near, far): (Vec<Command>, Vec<Command>) = found.into_iter().partition(|c| c.modes().contains(&here));
    let digits = !search::rank(typed, [DIGITS.keys, DIGITS.help]).is_empty() || is_digit(typed);
    let digits = digits && DIGITS.modes.contains(&here);
    let mut lines = Vec::new();
    if !near.is_empty() || digits {
        lines.push(Line::Heading(format!("In {}", here.name())));
        lines.extend(near.into_iter().map(|command| Line::Command { command, place: None }));
        let at = if is_digit(typed) { 1 } else { lines.len() };
        lines.splice(at..at, Some(Line::Digits).filter(|_| digits));
    }
    if !far.is_empty() {
        lines.push(Line::Heading("Elsewhere".to_string()));
        let place = |c: Command| c.modes().first().map(|mode| mode.name());
        lines.extend(far.into_iter().map(|command| Line::Command { command, place: place(command) }));
    }
    lines
}

fn is_digit(typed: &str) -> bool {
    matches!(typed.as_bytes(), [b'1'..=b'9'])
}

fn all(here: Mode) -> Vec<Line> {
    let row = |command: &Command| Line::Command { command: *command, place: None };
    let mut lines = vec![Line::Heading(format!("In {}", here.name()))];
    lines.extend(Command::ALL.iter().filter(|c| c.modes().contains(&here)).map(row));
    lines.extend(Some(Line::Digits).filter(|_| DIGITS.modes.contains(&here)));
    lines.push(Line::Heading("What happens to files".to_string()));
    lines.push(Line::Text("An edit is a draft: nothing reaches the disk before the review and its y."));
    lines.push(Line::Text("A save changes the bytes of the fields you edited, and no others."));
    lines.push(Line::Text("New files, renaming and deleting files are not this program's work."));
    for group in Group::ALL {
        let rows = Command::ALL.iter().filter(|c| c.group() == group && !c.modes().contains(&here));
        let rows: Vec<Line> = rows.map(row).collect();
        if !rows.is_empty() {
            lines.push(Line::Heading(group.name().to_string()));
            lines.extend(rows);
        }
    }
    lines
}

/// Scrolls the help that is open, no further than its ends.
pub fn scroll(state: &mut State, by: isize) {
    let Some(Layer::Help(pane)) = state.layers.last() else { return };
    let count = lines(state, &pane.input.text()).len();
    let most = count.saturating_sub(usize::from(state.height).saturating_sub(AROUND));
    if let Some(Layer::Help(pane)) = state.layers.last_mut() {
        pane.scroll = pane.scroll.saturating_add_signed(by).min(most);
    }
}

impl HelpPane {
    /// Takes a key of the text that is searched for.
    pub fn key(&mut self, key: Key) {
        if self.input.key(key) {
            self.typed();
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.typed();
    }

    /// Another text was typed: what matches best stands at the top.
    pub fn typed(&mut self) {
        self.scroll = 0;
    }
}
