//! Front matter in the style of js-yaml 3: sequences indented by two, single quotes only where needed, `>-` folded at 80.
//!
//! A writer for made-up files, nothing more: what edits real files is `content`.

use std::fmt::Write as _;

use crate::content::Value;

/// A front matter that is being written.
#[derive(Default)]
pub(super) struct Front {
    pub out: String,
    level: usize,
}

impl Front {
    /// `key: text`.
    pub fn text(&mut self, key: &str, text: &str) {
        self.indent();
        let scalar = scalar(text, self.level + 1);
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(self.out, "{key}: {scalar}");
    }

    /// `key: null` for each key.
    pub fn nulls(&mut self, keys: &[&str]) {
        keys.iter().for_each(|key| self.plain(key, "null"));
    }

    /// A value that is written as it is: a number, a flag, null.
    pub fn plain(&mut self, key: &str, value: impl std::fmt::Display) {
        self.indent();
        let _ = writeln!(self.out, "{key}: {value}");
    }

    /// A list of texts, `[]` where it is empty.
    pub fn list<T: AsRef<str>>(&mut self, key: &str, entries: &[T]) {
        if entries.is_empty() {
            return self.plain(key, "[]");
        }
        self.indent();
        let _ = writeln!(self.out, "{key}:");
        for entry in entries {
            self.indent();
            let scalar = scalar(entry.as_ref(), self.level + 2);
            let _ = writeln!(self.out, "  - {scalar}");
        }
    }

    /// A map within.
    pub fn map(&mut self, key: &str, write: impl FnOnce(&mut Front)) {
        self.indent();
        let _ = writeln!(self.out, "{key}:");
        self.level += 1;
        write(self);
        self.level -= 1;
    }

    /// An entry of a list of maps: its keys one level further in, the first behind the dash.
    pub fn entry(&mut self, write: impl FnOnce(&mut Front)) {
        let start = self.out.len();
        self.level += 2;
        write(self);
        self.level -= 2;
        let dash = start + 2 * self.level + 2;
        self.out.replace_range(dash..dash + 1, "-");
    }

    fn indent(&mut self) {
        for _ in 0..self.level {
            self.out.push_str("  ");
        }
    }
}

/// A text as a scalar at a depth.
fn scalar(text: &str, level: usize) -> String {
    let width = (80 - 2 * level).max(40);
    if text.contains('\n') || text.chars().count() > width {
        return folded(text, width, level);
    }
    match is_plain(text) {
        true => text.to_string(),
        false => format!("'{}'", text.replace('\'', "''")),
    }
}

/// Whether js-yaml 3 leaves a text without quotes.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next();
    let bad_first = |c: char| c.is_whitespace() || "-?&*!|=>'\"%@`".contains(c);
    !first.is_none_or(bad_first)
        && !text.ends_with(' ')
        && !text.contains([',', '[', ']', '{', '}', ':', '#'])
        && matches!(Value::plain(text), Value::Str(_))
}

fn folded(text: &str, width: usize, level: usize) -> String {
    let mut out = String::from(">-");
    let indent = "  ".repeat(level);
    for (at, line) in text.split('\n').enumerate() {
        // A line end of the text is an empty line of the fold.
        out.push_str(if at > 0 { "\n" } else { "" });
        let mut columns = width + 1;
        for word in line.split(' ') {
            let length = word.chars().count();
            if columns + 1 + length > width {
                let _ = write!(out, "\n{indent}{word}");
                columns = length;
            } else {
                let _ = write!(out, " {word}");
                columns += 1 + length;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_quoted_only_where_js_yaml_quotes_them() {
        for (text, expected) in [
            ("Care at home", "Care at home"),
            ("A ward's end", "A ward's end"),
            ("KLAS: Flow", "'KLAS: Flow'"),
            ("a, b", "'a, b'"),
            ("2022-09-23", "'2022-09-23'"),
            ("12", "'12'"),
            ("", "''"),
            (" ", "' '"),
            ("'tis", "'''tis'"),
        ] {
            assert_eq!(scalar(text, 1), expected);
        }
    }

    #[test]
    fn a_long_text_is_folded_at_eighty_and_reads_back() {
        let text = format!("{} end\nand more", "word".repeat(3).repeat(5) + " and words".repeat(9).as_str());
        let mut front = Front::default();
        front.text("a", &text);
        front.map("b", |b| b.text("c", &text));
        assert!(front.out.lines().all(|l| l.len() <= 80), "{}", front.out);
        let read: serde_yaml::Value = serde_yaml::from_str(&front.out).unwrap();
        assert_eq!((read["a"].as_str(), read["b"]["c"].as_str()), (Some(text.as_str()), Some(text.as_str())));
    }
}
