//! A value as YAML that reads back to it, and YAML that was typed as a value.
//!
//! Here: what `get` prints and what `F:=YAML` means. Not here: how front matter is written; that keeps a file's own style.

use crate::content::escape::escaped;
use std::collections::HashSet;

use crate::content::{Document, Value};

/// The value as YAML with a line end behind it: a scalar on one line, lists and maps as blocks.
pub(super) fn print(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Seq(_) | Value::Map(_) if !is_empty(value) => block(value, 0, &mut out),
        other => {
            out.push_str(&inline(other));
            out.push('\n');
        }
    }
    out
}

/// The value of a YAML text.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read(text: &str) -> Result<Value, String> {
    // Read by the parser that reads the files, so that it means the same; indented, so that no line of it is a fence.
    let lines: String = text.lines().map(|line| format!("  {line}\n")).collect();
    let document = Document::open(format!("---\nvalue:\n{lines}---\n").into_bytes()).map_err(|e| e.to_string())?;
    match document.value() {
        Ok(Value::Map(entries)) if entries.len() == 1 => {
            let value = entries.into_iter().map(|(_, v)| v).next().unwrap_or(Value::Null);
            match key_twice(&value) {
                Some(key) => Err(format!("the key `{key}` stands twice in one map")),
                None => Ok(value),
            }
        }
        Ok(_) => Err("not one YAML value".to_string()),
        Err(crate::content::Unreadable::Syntax { reason, .. }) => Err(reason),
        Err(other) => Err(other.to_string()),
    }
}

/// A key that stands twice in one map: files may hold such, but nobody can mean it.
fn key_twice(value: &Value) -> Option<&str> {
    match value {
        Value::Seq(items) => items.iter().find_map(key_twice),
        Value::Map(entries) => {
            let mut seen = HashSet::new();
            let twice = entries.iter().find(|(key, _)| !seen.insert(key)).map(|(key, _)| key.as_str());
            twice.or_else(|| entries.iter().find_map(|(_, item)| key_twice(item)))
        }
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Seq(items) if items.is_empty()) || matches!(value, Value::Map(entries) if entries.is_empty())
}

/// A list or a map that holds something, a line an entry; the first line continues the line that is begun.
fn block(value: &Value, indent: usize, out: &mut String) {
    let mut first = true;
    let mut begin = |out: &mut String| {
        if !std::mem::take(&mut first) {
            out.push_str(&" ".repeat(indent));
        }
    };
    match value {
        Value::Seq(items) => {
            for item in items {
                begin(out);
                out.push_str("- ");
                entry(item, indent, out);
            }
        }
        Value::Map(entries) => {
            for (key, item) in entries {
                begin(out);
                out.push_str(&string(key));
                out.push(':');
                if item.is_scalar() || is_empty(item) {
                    out.push(' ');
                    entry(item, indent, out);
                } else {
                    out.push('\n');
                    out.push_str(&" ".repeat(indent + 2));
                    block(item, indent + 2, out);
                }
            }
        }
        _ => {}
    }
}

fn entry(item: &Value, indent: usize, out: &mut String) {
    if item.is_scalar() || is_empty(item) {
        out.push_str(&inline(item));
        out.push('\n');
    } else {
        block(item, indent + 2, out);
    }
}

/// A scalar, or an empty list or map, on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::Null => "null".to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number_text(number.text()),
        Value::Date(text) => text.clone(),
        Value::Str(text) => string(text),
        Value::Seq(_) => "[]".to_string(),
        Value::Map(_) => "{}".to_string(),
    }
}

/// A number as YAML reads it: TOML's `1_000` and `inf` are written otherwise there.
fn number_text(text: &str) -> String {
    let is_number = |text: &str| matches!(Value::plain(text), Value::Number(_));
    if is_number(text) {
        return text.to_string();
    }
    let joined = text.replace('_', "");
    match joined.trim_start_matches('+') {
        other if is_number(other) => other.to_string(),
        "inf" => ".inf".to_string(),
        "-inf" => "-.inf".to_string(),
        "nan" | "-nan" => ".nan".to_string(),
        _ => joined,
    }
}

/// A string: plain where every reader takes it for one, else in double quotes.
fn string(text: &str) -> String {
    if is_plain(text) {
        return text.to_string();
    }
    let odd = |c: char| c.is_control() || crate::shown::is_invisible_control(c) || is_no_yaml_character(c);
    format!("\"{}\"", escaped(text, |c| odd(c).then(|| escape(c))))
}

/// Characters that YAML allows only escaped.
fn is_no_yaml_character(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn escape(c: char) -> String {
    match c as u32 {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// Whether a string can stand without quotes: no indicator in it that could end or begin something, and no other type by YAML 1.1 or 1.2.
fn is_plain(text: &str) -> bool {
    let begins_well = text.chars().next().is_some_and(|c| c.is_alphabetic() || "/(_".contains(c));
    let ends_well = !text.ends_with([' ', ':']);
    let harmless =
        text.chars().all(|c| !c.is_control() && !crate::shown::is_invisible_control(c) && !is_no_yaml_character(c));
    // Flow indicators do no harm in a block's scalar, and no other is written here.
    let whole = !text.contains(": ") && !text.contains(" #");
    let other_type = !matches!(Value::plain(text), Value::Str(_))
        || ["y", "n", "yes", "no", "on", "off"].contains(&text.to_ascii_lowercase().as_str());
    begins_well && ends_well && harmless && whole && !other_type
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{1,6}(: | #|, |: |\\[|'|\"|\n|\t| )[a-z]{0,4}",
            "\\PC{0,12}",
            any::<String>(),
            Just("0x1F".to_string()),
            Just("2022-09-23".to_string()),
            Just("1_000".to_string()),
            Just("---".to_string()),
        ]
    }

    fn value() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            Just(Value::plain("1.10")),
            Just(Value::plain("2022-09-23T10:00:00Z")),
            text().prop_map(Value::from),
        ];
        scalar.prop_recursive(4, 24, 4, |inner| {
            let map = prop::collection::btree_map(text(), inner.clone(), 0..4);
            prop_oneof![
                prop::collection::vec(inner, 0..4).prop_map(Value::Seq),
                map.prop_map(|entries| Value::Map(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn what_is_printed_reads_back_to_the_value(value in value()) {
            // A NUL makes a file binary, and so no content file holds one; within `get`'s output it is escaped as the others are.
            let printed = print(&value);
            prop_assert_eq!(read(&printed), Ok(value), "{}", printed);
        }
    }

    #[test]
    fn a_string_never_reads_as_something_else() {
        for (text, printed) in [
            ("The metaverse, at home", "The metaverse, at home"),
            ("KLAS: Scheduling", "\"KLAS: Scheduling\""),
            ("2022", "\"2022\""),
            ("no", "\"no\""),
            ("null", "\"null\""),
            ("2022-09-23", "\"2022-09-23\""),
            ("", "\"\""),
            (" ", "\" \""),
            ("a\nb", "\"a\\nb\""),
            ("a\u{1b}[2J\u{202e}", "\"a\\x1b[2J\\u202e\""),
            ("/topic/x", "/topic/x"),
        ] {
            assert_eq!(string(text), printed);
        }
    }

    #[test]
    fn lists_and_maps_are_blocks() {
        let value = Value::Map(vec![
            ("label".to_string(), "One".into()),
            ("categories".to_string(), Value::Seq(vec!["a".into(), Value::Seq(vec!["b".into(), 3.into()])])),
            ("none".to_string(), Value::Seq(vec![])),
            ("deep".to_string(), Value::Map(vec![("x".to_string(), Value::Null)])),
        ]);
        let list = Value::Seq(vec![value, true.into()]);
        assert_eq!(
            print(&list),
            "- label: One\n  categories:\n    - a\n    - - b\n      - 3\n  none: []\n  deep:\n    x: null\n- true\n"
        );
    }
}
