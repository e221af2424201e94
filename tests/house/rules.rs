//! The rules of the house. Each takes a source and says what is wrong, as `path:line: reason`.

use super::scan::{Source, line_of};

/// Which rooms a room may import. To let a room import another, change its row: the order stays one way, as
/// `the_table_itself_is_one_way` proves.
pub const ROOMS: [(&str, &[&str]); 16] = [
    ("shown", &[]),
    ("command", &[]),
    ("content", &[]),
    // It writes what a body says into descriptions, as a site's own tool would.
    ("demo", &["content"]),
    ("profile", &["shown", "content"]),
    ("library", &["shown", "content", "profile"]),
    ("search", &["shown", "content", "profile", "library"]),
    ("suggest", &["shown", "content", "profile", "library"]),
    ("preview", &["shown", "content", "profile", "library"]),
    ("app", &["shown", "command", "content", "profile", "library", "search", "suggest", "preview"]),
    ("view", &["shown", "command", "content", "profile", "library", "search", "suggest", "preview", "app"]),
    (
        "shell",
        &["shown", "command", "demo", "content", "profile", "library", "search", "suggest", "preview", "app", "view"],
    ),
    // Beside app, over shell.
    (
        "cli",
        &["shown", "command", "demo", "content", "profile", "library", "search", "suggest", "preview", "view", "shell"],
    ),
    // The crate's root names every room, and main hands over to cli and shell.
    ("lib", &[]),
    ("main", &["cli", "shell"]),
    ("bin", &["cli", "shell"]),
];

/// Rooms that touch the disk, other programs and the terminal.
const OUTSIDE: [&str; 4] = ["shell", "cli", "main", "bin"];

/// Rooms that may name ratatui's drawing.
const DRAWING: [&str; 2] = ["view", "shell"];

/// What belongs to the outside: disk, programs, network, environment, terminal.
const OUTSIDE_PATHS: [&str; 14] = [
    "std::fs",
    "std::process",
    "std::net",
    "std::env",
    "io::stdout",
    "io::stdin",
    "io::stderr",
    "crossterm::terminal",
    "crossterm::cursor",
    "crossterm::execute",
    "crossterm::queue",
    "crossterm::style",
    "tempfile",
    "rustix",
];

/// Macros that write to the terminal.
const PRINTING: [&str; 5] = ["println!", "print!", "eprintln!", "eprint!", "dbg!"];

/// Lines of a file: from the first on it is named, from the second on it is refused.
pub const FILE_LINES: (usize, usize) = (400, 450);

/// Lines of a function, likewise.
pub const FUNCTION_LINES: (usize, usize) = (40, 60);

/// Functions that are tables, one line a row: their length is the table's.
const TABLES: [(&str, &str); 1] = [("app/update/command.rs", "run")];

type Wrong = Vec<String>;

/// Rooms import one way.
pub fn imports(source: &Source) -> Wrong {
    let room = source.room();
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{}: no room {room:?} in the table of tests/house/rules.rs", source.path)];
    };
    let mut wrong = Vec::new();
    for (line, path) in source.paths() {
        let mut parts = path.split("::");
        let named = match parts.next() {
            Some("crate" | "curate") => parts.next().unwrap_or(""),
            _ => continue,
        };
        let is_room = ROOMS.iter().any(|(name, _)| *name == named);
        if is_room && named != room && !allowed.contains(&named) {
            wrong.push(format!("{}:{line}: {room} must not import {named} ({path})", source.path));
        }
    }
    wrong
}

/// Only `shell` and the verbs touch disk, programs and terminal.
pub fn outside(source: &Source) -> Wrong {
    if OUTSIDE.contains(&source.room()) {
        return Vec::new();
    }
    let is_outside = |path: &str| {
        OUTSIDE_PATHS.iter().any(|outside| {
            let below = path.strip_prefix(outside).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
            below || path.ends_with(&format!("::{outside}"))
        })
    };
    let mut wrong: Wrong = source
        .paths()
        .into_iter()
        .filter(|(_, path)| is_outside(path))
        .map(|(line, path)| format!("{}:{line}: {} must not name {path}", source.path, source.room()))
        .collect();
    for printing in PRINTING {
        for (at, _) in source.shipped.match_indices(printing) {
            if !source.shipped[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                wrong.push(format!(
                    "{}:{}: {printing} writes to the terminal",
                    source.path,
                    line_of(&source.shipped, at)
                ));
            }
        }
    }
    wrong
}

/// Only `view` and `shell` draw; the text area in the form's state is the one exception, and keys are read in `app`.
pub fn drawing(source: &Source) -> Wrong {
    let room = source.room();
    if DRAWING.contains(&room) {
        return Vec::new();
    }
    let named = |path: &str| {
        let first = path.split("::").next().unwrap_or("");
        let keys = path.starts_with("crossterm::event") && ["app", "command"].contains(&room);
        match first {
            "ratatui" => true,
            "crossterm" => !keys && !OUTSIDE.contains(&room),
            "tui_textarea" => room != "app",
            _ => false,
        }
    };
    let paths = source.paths().into_iter().filter(|(_, path)| named(path));
    paths.map(|(line, path)| format!("{}:{line}: {room} must not name {path}", source.path)).collect()
}

/// No `unwrap()` without its reason in a comment on the same line or the one before.
pub fn unwraps(source: &Source) -> Wrong {
    let places = source.shipped.match_indices(".unwrap()").map(|(at, _)| line_of(&source.shipped, at));
    let bare = places.filter(|line| !source.commented.contains(line) && !source.commented.contains(&(line - 1)));
    bare.map(|line| format!("{}:{line}: unwrap() without a reason", source.path)).collect()
}

/// Nothing is left for later, in tests neither.
pub fn left_over(source: &Source) -> Wrong {
    let mut wrong = Vec::new();
    for left in ["todo!", "unimplemented!", "#[ignore", "allow(dead_code", "allow(unused"] {
        for (at, _) in source.code.match_indices(left) {
            wrong.push(format!("{}:{}: {left} is left", source.path, line_of(&source.code, at)));
        }
    }
    wrong
}

/// Files and functions longer than a limit.
pub fn longer(source: &Source, file: usize, function: usize) -> Wrong {
    let mut wrong = Vec::new();
    if source.lines > file {
        wrong.push(format!("{}: {} lines, more than {file}", source.path, source.lines));
    }
    for (line, name, lines) in source.functions() {
        let is_table = TABLES.contains(&(source.path.as_str(), name.as_str()));
        if lines > function && !is_table {
            wrong.push(format!("{}:{line}: {name} has {lines} lines, more than {function}", source.path));
        }
    }
    wrong
}

/// Everything that is wrong with a source.
pub fn all(source: &Source) -> Wrong {
    let rules = [imports, outside, drawing, unwraps, left_over];
    let mut wrong: Wrong = rules.iter().flat_map(|rule| rule(source)).collect();
    wrong.extend(longer(source, FILE_LINES.1, FUNCTION_LINES.1));
    wrong
}
