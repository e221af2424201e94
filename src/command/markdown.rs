//! The table as Markdown, for the README.

use super::{Command, Group, Keymap};

/// The key table: a row a command, by group.
pub fn key_table() -> String {
    let keymap = Keymap::default();
    let mut out = String::from("| key | does | where |\n| --- | --- | --- |\n");
    for group in Group::ALL {
        for &command in Command::ALL.iter().filter(|c| c.group() == group) {
            let keys: Vec<String> = keymap.ways(command).iter().map(|way| format!("`{}`", cell(way))).collect();
            let modes: Vec<&str> = command.modes().iter().map(|m| m.name()).collect();
            out += &format!("| {} | {} | {} |\n", keys.join(" "), cell(command.help()), modes.join(", "));
        }
    }
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
