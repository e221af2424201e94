//! Generated documents: every style beside every other, with comments, blank lines, anchors and odd indentation.

use curate::content::Document;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::dice::{Dice, edit};
use super::tally::Tally;
use super::{seed, tries};

/// Writes one document.
pub struct Author<'d> {
    dice: &'d mut Dice,
    out: String,
    comments: usize,
    anchors: usize,
    keys: usize,
}

impl Author<'_> {
    /// A whole file with front matter.
    pub fn file(dice: &mut Dice) -> String {
        let line_end = *dice.one_of(&["\n", "\n", "\n", "\r\n", "\r"]);
        let mut author = Author { dice, out: String::new(), comments: 0, anchors: 0, keys: 0 };
        let indent = if author.one_in(20) { 2 } else { 0 };
        author.map(indent, 3, false);
        author.gap(0);
        format!("---\n{}---\nbody\n", author.out).replace('\n', line_end)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.dice.below(n) == n - 1
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn pad(&mut self, indent: usize) {
        self.out.push_str(&" ".repeat(indent));
    }

    fn comment(&mut self) -> String {
        self.comments += 1;
        format!("# c{}", self.comments)
    }

    /// Blank lines and comment lines between entries.
    fn gap(&mut self, indent: usize) {
        for _ in 0..3 {
            match self.dice.below(12) {
                10 => self.push("\n"),
                11 => {
                    let comment = self.comment();
                    let indent = if self.one_in(6) { self.dice.below(8) } else { indent };
                    self.pad(indent);
                    self.push(&comment);
                    self.push("\n");
                }
                _ => return,
            }
        }
    }

    /// The end of a line, with a comment now and then.
    fn end(&mut self) {
        match self.dice.below(10) {
            8 => self.push("  "),
            9 => {
                let comment = self.comment();
                self.push(" ");
                self.push(&comment);
            }
            _ => {}
        }
        self.push("\n");
    }

    fn key(&mut self) -> String {
        self.keys += 1;
        let n = self.keys;
        match self.dice.below(12) {
            8 => format!("'key {n}'"),
            9 => format!("\"k: {n}\""),
            10 => format!("k.{n}"),
            11 => format!("ключ{n}"),
            _ => format!("k{n}"),
        }
    }

    fn map(&mut self, indent: usize, depth: usize, compact: bool) {
        for at in 0..1 + self.dice.below(4) {
            if at > 0 || !compact {
                self.gap(indent);
                self.pad(indent);
            }
            let key = self.key();
            if self.one_in(15) {
                self.push(&format!("? {key}\n"));
                self.pad(indent);
                self.push(":");
            } else {
                self.push(&format!("{key}:"));
            }
            self.value(indent, depth, true);
        }
    }

    fn list(&mut self, indent: usize, depth: usize, compact: bool) {
        for at in 0..1 + self.dice.below(4) {
            if at > 0 || !compact {
                self.gap(indent);
                self.pad(indent);
            }
            self.push("-");
            self.value(indent, depth, false);
        }
    }

    /// What stands behind a key or a dash at column `indent`.
    fn value(&mut self, indent: usize, depth: usize, key: bool) {
        self.properties();
        match self.dice.below(if depth == 0 { 14 } else { 20 }) {
            0..=2 => self.inline(&["word", "two words", "it's", "a-b", "Über 日本", "x#y"]),
            3 => self.inline(&["'single'", "'it''s'", "'a: b'", "''", "' '"]),
            4 => self.inline(&["\"double\"", "\"a\\tb\"", "\"a: b\"", "\"\"", "\"\\u263a\""]),
            5 => self.inline(&["1", "1.50", "true", "2022-09-23", "0x1F", "yes", "12:30", "1_000"]),
            6 => self.inline(&["~", "null", "[]", "{}", "{ }"]),
            7 => self.end(),
            8 => self.several_lines(indent),
            9 | 10 => self.block(indent),
            11..=13 => self.flow_value(indent, depth),
            14..=16 if key => {
                self.end();
                let step = *self.dice.one_of(&[2, 0, 4, 1]);
                self.list(indent + step, depth - 1, false);
            }
            17.. if key => {
                self.end();
                let step = *self.dice.one_of(&[2, 4, 1, 6]);
                self.map(indent + step, depth - 1, false);
            }
            14..=16 => {
                let gap = *self.dice.one_of(&[1, 1, 3]);
                self.pad(gap);
                self.list(indent + 1 + gap, depth - 1, true);
            }
            17..=18 => {
                let gap = *self.dice.one_of(&[1, 1, 3]);
                self.pad(gap);
                self.map(indent + 1 + gap, depth - 1, true);
            }
            _ => {
                self.end();
                self.map(indent + 2, depth - 1, false);
            }
        }
    }

    fn properties(&mut self) {
        match self.dice.below(40) {
            36 => {
                self.anchors += 1;
                let name = format!(" &a{}", self.anchors);
                self.push(&name);
            }
            37 => self.push(" !mine"),
            _ => {}
        }
    }

    fn inline(&mut self, texts: &[&str]) {
        let text = if self.anchors > 0 && self.one_in(12) {
            format!("*a{}", 1 + self.dice.below(self.anchors))
        } else {
            self.dice.one_of(texts).to_string()
        };
        let gap = *self.dice.one_of(&[1, 1, 1, 3]);
        self.pad(gap);
        self.push(&text);
        self.end();
    }

    fn several_lines(&mut self, indent: usize) {
        let pad = " ".repeat(indent + 1 + self.dice.below(3));
        let text = match self.dice.below(5) {
            0 => format!(" plain\n{pad}over\n{pad}lines"),
            1 => format!(" 'single\n\n{pad}over'"),
            2 => format!(" \"double\n{pad}over \\\n{pad}  lines\""),
            3 => format!("\n{pad}below"),
            _ => format!("\n{pad}'below' "),
        };
        self.push(&text);
        self.end();
    }

    fn block(&mut self, indent: usize) {
        let style = *self.dice.one_of(&["|", ">", "|-", ">-", "|+", ">+"]);
        let step = 1 + self.dice.below(4);
        let lead = self.one_in(6);
        let header =
            if lead || self.one_in(8) { format!(" {}{step}{}", &style[..1], &style[1..]) } else { format!(" {style}") };
        self.push(&header);
        self.end();
        let pad = " ".repeat(indent + step);
        for at in 0..1 + self.dice.below(4) {
            let text = *self.dice.one_of(&["some text", "# no comment", "- no entry", "k: no key", "  deeper", "last"]);
            let text = if at == 0 && !lead { text.trim_start() } else { text };
            self.push(&format!("{pad}{text}\n"));
            if self.one_in(4) {
                self.push("\n");
            }
        }
    }

    fn flow_value(&mut self, indent: usize, depth: usize) {
        self.push(" ");
        self.flow(indent + 2, depth.min(2));
        self.end();
    }

    fn flow(&mut self, indent: usize, depth: usize) {
        let map = self.dice.below(2) == 1;
        let lines = self.one_in(3);
        self.push(if map { "{" } else { "[" });
        let count = 1 + self.dice.below(3);
        for at in 0..count {
            if lines {
                self.end();
                if self.one_in(5) {
                    let comment = self.comment();
                    self.pad(indent);
                    self.push(&comment);
                    self.push("\n");
                }
                self.pad(indent);
            } else if at > 0 || self.one_in(4) {
                self.push(" ");
            }
            self.flow_entry(indent, depth, map);
            if at + 1 < count || self.one_in(4) {
                let comma = *self.dice.one_of(&[",", ",", " ,"]);
                self.push(comma);
            }
        }
        if lines {
            self.end();
            self.pad(indent.saturating_sub(2).max(1));
        }
        self.push(if map { "}" } else { "]" });
    }

    fn flow_entry(&mut self, indent: usize, depth: usize, map: bool) {
        if map {
            let key = self.key();
            self.push(&key);
            if self.one_in(10) {
                return;
            }
            self.push(": ");
            if self.one_in(12) {
                return;
            }
        } else if self.one_in(15) {
            self.push("single: ");
        }
        match self.dice.below(if depth > 0 { 8 } else { 6 }) {
            0..=1 => self.push("word"),
            2 => self.push("'a, b'"),
            3 => self.push("\"x\""),
            4 => self.push("12"),
            5 => self.push("~"),
            _ => self.flow(indent + 2, depth - 1),
        }
    }
}

fn try_one(dice: &mut Dice, tally: &mut Tally) {
    let text = Author::file(dice);
    let Ok(document) = Document::open(text.clone().into_bytes()) else { return };
    assert_eq!(document.text(), text);
    let Ok(value) = document.value() else { return };
    for _ in 0..3 {
        let some = (0..3).filter_map(|_| edit(dice, &value)).collect();
        if let Some(op) = tally.rarest(&document, &value, some) {
            tally.try_edit("generated", &document, &value, &op);
        }
    }
}

#[test]
fn random_edits_of_generated_documents_are_right_or_refused() {
    let mut dice = Dice::new(seed(2));
    let mut tally = Tally::default();
    while tally.tried() < tries(3_000) {
        try_one(&mut dice, &mut tally);
    }
    tally.report("generated documents");
    tally.expect_skill(1_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    /// The same with choices that shrink: what fails is shown as small as it gets.
    #[test]
    fn no_generated_document_is_damaged(choices in prop::collection::vec(any::<u16>(), 0..160)) {
        let mut tally = Tally::default();
        try_one(&mut Dice::of(choices), &mut tally);
        prop_assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));
    }
}
