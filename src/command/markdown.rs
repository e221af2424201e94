//! The table as Markdown, for the README.

use super::{Command, DIGITS, Group, Keymap, Mode};

/// The key table: a row a command, by group.
pub fn key_table() -> String {
    let keymap = Keymap::default();
    let mut out = String::from("| key | does | where |\n| --- | --- | --- |\n");
    for group in Group::ALL {
        if DIGITS.group == group {
            out += &format!("| `{}` | {} | {} |\n", DIGITS.keys, DIGITS.help, places(DIGITS.modes));
        }
        for &command in Command::ALL.iter().filter(|c| c.group() == group) {
            let keys: Vec<String> = keymap.ways(command).iter().map(|way| format!("`{}`", cell(way))).collect();
            out += &format!("| {} | {} | {} |\n", keys.join(" "), cell(command.help()), places(command.modes()));
        }
    }
    out
}

/// Where it is offered; a list of nearly everything says less than the word.
fn places(modes: &[Mode]) -> String {
    if modes.len() + 2 >= Mode::ALL.len() {
        return "everywhere".to_string();
    }
    modes.iter().map(|mode| mode.name()).collect::<Vec<_>>().join(", ")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
