//! Generated TOML and JSON front matter.

use curate::content::{Document, Format, Op, Value};

use super::dice::{Dice, edit};
use super::tally::Tally;
use super::{seed, tries};

const LEAVES: &[&str] = &[
    "\"text\"",
    "'literal'",
    "\"a # b\"",
    "\"\"",
    "12",
    "1_000",
    "1.50",
    "true",
    "2022-09-23",
    "2022-09-23T10:00:00Z",
    "\"\"\"\nlong\ntext\"\"\"",
    "'''\nraw\n'''",
    "0x1F",
    "inf",
    "[]",
    "{}",
];

struct Author<'d> {
    dice: &'d mut Dice,
    out: String,
    comments: usize,
    keys: usize,
}

impl Author<'_> {
    fn key(&mut self) -> String {
        self.keys += 1;
        let n = self.keys;
        match self.dice.below(8) {
            6 => format!("\"k {n}\""),
            7 => format!("'k.{n}'"),
            _ => format!("k{n}"),
        }
    }

    fn end(&mut self) {
        if self.dice.below(5) == 0 {
            self.comments += 1;
            self.out.push_str(&format!(" # c{}", self.comments));
        }
        self.out.push('\n');
    }

    fn gap(&mut self, pad: &str) {
        match self.dice.below(8) {
            0 => self.out.push('\n'),
            1 => {
                self.comments += 1;
                self.out.push_str(&format!("{pad}# c{}\n", self.comments));
            }
            _ => {}
        }
    }

    fn leaf(&mut self) -> &'static str {
        self.dice.one_of::<&str>(LEAVES)
    }

    fn value(&mut self, depth: usize) {
        match self.dice.below(if depth > 0 { 5 } else { 3 }) {
            3 => self.list(depth - 1),
            4 => self.table(depth - 1),
            _ => {
                let leaf = self.leaf();
                self.out.push_str(leaf);
            }
        }
    }

    fn list(&mut self, depth: usize) {
        let lines = self.dice.below(3) == 0;
        self.out.push('[');
        let count = 1 + self.dice.below(3);
        for at in 0..count {
            if lines {
                self.end();
                self.gap("  ");
                self.out.push_str("  ");
            }
            self.value(depth);
            if at + 1 < count || lines && self.dice.below(2) == 0 {
                self.out.push_str(if lines { "," } else { ", " });
            }
        }
        if lines {
            self.end();
        }
        self.out.push(']');
    }

    fn table(&mut self, depth: usize) {
        self.out.push_str("{ ");
        for at in 0..1 + self.dice.below(3) {
            let key = self.key();
            self.out.push_str(&format!("{}{key} = ", if at > 0 { ", " } else { "" }));
            self.value(depth);
        }
        self.out.push_str(" }");
    }

    fn pairs(&mut self, pad: &str) {
        for _ in 0..self.dice.below(4) {
            self.gap(pad);
            let key = self.key();
            let dotted = if self.dice.below(6) == 0 { format!("{key}.{}", self.key()) } else { key };
            self.out.push_str(&format!("{pad}{dotted} = "));
            self.value(2);
            self.end();
        }
    }

    fn toml(dice: &mut Dice) -> String {
        let line_end = *dice.one_of(&["\n", "\n", "\r\n"]);
        let mut author = Author { dice, out: String::new(), comments: 0, keys: 0 };
        author.pairs("");
        for _ in 0..author.dice.below(4) {
            author.gap("");
            let key = author.key();
            let pad = *author.dice.one_of(&["", "", "  "]);
            match author.dice.below(4) {
                0 => {
                    for _ in 0..1 + author.dice.below(3) {
                        author.out.push_str(&format!("{pad}[[{key}]]"));
                        author.end();
                        author.pairs(pad);
                        if author.dice.below(4) == 0 {
                            author.out.push_str(&format!("{pad}[{key}.sub]"));
                            author.end();
                            author.pairs(pad);
                        }
                    }
                }
                1 => {
                    author.out.push_str(&format!("[{key}.deep]"));
                    author.end();
                    author.pairs(pad);
                }
                _ => {
                    author.out.push_str(&format!("{pad}[{key}]"));
                    author.end();
                    author.pairs(pad);
                }
            }
        }
        author.gap("");
        format!("+++\n{}+++\nbody\n", author.out).replace('\n', line_end)
    }
}

/// A value as JSON, spaced as one of the common writers does or as nobody does.
fn json(value: &Value, dice: &mut Dice, indent: &str, depth: usize, out: &mut String) {
    let (open, close, count) = match value {
        Value::Seq(items) => ('[', ']', items.len()),
        Value::Map(entries) => ('{', '}', entries.len()),
        Value::Str(text) | Value::Date(text) => return out.push_str(&serde_json::to_string(text).unwrap()),
        Value::Null => return out.push_str("null"),
        other => return out.push_str(&other.scalar_text().unwrap()),
    };
    let line = |depth: usize, out: &mut String| {
        if !indent.is_empty() {
            out.push('\n');
            out.push_str(&indent.repeat(depth));
        }
    };
    out.push(open);
    for at in 0..count {
        if at > 0 {
            out.push_str(if indent.is_empty() && dice.below(2) == 0 { ", " } else { "," });
        }
        line(depth + 1, out);
        match value {
            Value::Map(entries) => {
                out.push_str(&serde_json::to_string(&entries[at].0).unwrap());
                out.push_str(if indent.is_empty() { ":" } else { ": " });
                json(&entries[at].1, dice, indent, depth + 1, out);
            }
            Value::Seq(items) => json(&items[at], dice, indent, depth + 1, out),
            _ => {}
        }
    }
    if count > 0 {
        line(depth, out);
    }
    out.push(close);
}

/// What the format has no word for is not asked of it.
fn fit(value: &mut Value, format: Format) {
    match value {
        Value::Seq(items) => items.iter_mut().for_each(|v| fit(v, format)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, v)| fit(v, format)),
        Value::Null if format == Format::Toml => *value = Value::from("word"),
        Value::Date(date) if format == Format::Json => *value = Value::Str(std::mem::take(date)),
        _ => {}
    }
}

fn try_file(text: String, dice: &mut Dice, tally: &mut Tally) {
    let Ok(document) = Document::open(text.clone().into_bytes()) else { return };
    assert_eq!(document.text(), text);
    let Ok(value) = document.value() else { return };
    assert_eq!(document.apply(&[]).unwrap().text(), text);
    for _ in 0..3 {
        let some = (0..8).filter_map(|_| edit(dice, &value)).collect();
        if let Some(mut op) = tally.rarest(&document, &value, some) {
            if let Op::Set { value, .. } | Op::Add { value, .. } | Op::Insert { value, .. } = &mut op {
                fit(value, document.format());
            }
            tally.try_edit("generated", &document, &value, &op);
        }
    }
}

#[test]
fn random_edits_of_generated_toml_are_right_or_refused() {
    let mut dice = Dice::new(seed(5));
    let mut tally = Tally::default();
    while tally.tried() < tries(2_000) {
        let text = Author::toml(&mut dice);
        try_file(text, &mut dice, &mut tally);
    }
    tally.report("generated TOML");
    tally.expect_skill(1_000_000);
}

#[test]
fn random_edits_of_generated_json_are_right_or_refused() {
    let mut dice = Dice::new(seed(6));
    let mut tally = Tally::default();
    while tally.tried() < tries(2_000) {
        let mut entries = Vec::new();
        for at in 0..1 + dice.below(5) {
            entries.push((format!("k{at}"), super::dice::value(&mut dice, 3)));
        }
        let indent = *dice.one_of(&["", "  ", "\t", "    "]);
        let mut text = String::new();
        json(&Value::Map(entries), &mut dice, indent, 0, &mut text);
        try_file(format!("{text}\n\nbody\n"), &mut dice, &mut tally);
    }
    tally.report("generated JSON");
    tally.expect_skill(1_000_000);
}
