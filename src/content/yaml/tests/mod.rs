//! Scenarios: a front matter, one operation, and every byte of what comes out.
//!
//! Operations are written as `set PATH := YAML`, `add MAP KEY := YAML` (`.` is the root), `remove PATH`,
//! `insert LIST AT := YAML`, `move LIST FROM TO`, `rename PATH NEW`.

mod comments;
mod flow;
mod json;
mod lists;
mod maps;
mod oddities;
mod refusals;
mod scalars;

use super::Yaml;
use crate::content::document::FrontMatter;
use crate::content::op::Op;
use crate::content::path::{FieldPath, FieldRef};
use crate::content::value::Value;

/// Reads one operation.
pub(super) fn op(text: &str, value: &Value) -> Op {
    let (words, new) = match text.split_once(" := ") {
        Some((words, new)) => (words, value_of(new)),
        None => (text.trim_end_matches(" :="), Value::Null),
    };
    let words = split(words);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let path = |text: &str| match text {
        "." => FieldPath::root(),
        text => text.parse::<FieldRef>().unwrap().resolve_or_new(value).unwrap_or_else(|| panic!("no field {text}")),
    };
    match words[..] {
        ["set", at] => Op::Set { path: path(at), value: new },
        ["add", map, key] => Op::Add { map: path(map), key: key.to_string(), value: new },
        ["remove", at] => Op::Remove { path: path(at) },
        ["insert", list, at] => Op::Insert { list: path(list), index: at.parse().unwrap(), value: new },
        ["move", list, from, to] => Op::Move { list: path(list), from: from.parse().unwrap(), to: to.parse().unwrap() },
        ["rename", at, to] => Op::Rename { path: path(at), to: to.to_string() },
        _ => panic!("what is {text}?"),
    }
}

fn value_of(text: &str) -> Value {
    let text = format!("v: {text}\n");
    Yaml::parse(&text).unwrap_or_else(|e| panic!("{text}: {e:?}")).value().get("v").unwrap().clone()
}

/// What comes of one operation: the new text, or the refusal.
pub(super) fn outcome(before: &str, words: &str, json: bool) -> String {
    let yaml = if json { Yaml::parse_json(before) } else { Yaml::parse(before) };
    let yaml = yaml.unwrap_or_else(|e| panic!("{before}: {e:?}"));
    match yaml.edit(&[op(words, yaml.value())]) {
        Ok(edited) => edited.text,
        Err(refusal) => format!("refused: {refusal}"),
    }
}

/// Checks rows of before, operation and after, with `\n` and with `\r\n`; says all that are wrong at once.
pub(super) fn check(rows: &[(&str, &str, &str)]) {
    let mut wrong = String::new();
    for (before, words, after) in rows {
        for line_end in ["\n", "\r\n"] {
            if before.is_empty() && line_end != "\n" {
                continue; // An empty text has no line ends to go by.
            }
            let expected = after.replace('\n', line_end);
            let found = outcome(&before.replace('\n', line_end), words, false);
            if found != expected {
                wrong.push_str(&format!(
                    "\n{words}\n  in       {before:?}\n  expected {expected:?}\n  found    {found:?}\n"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Words between blanks; within double quotes a blank is no end.
fn split(text: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in text.chars() {
        quoted ^= c == '"';
        match c {
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}
