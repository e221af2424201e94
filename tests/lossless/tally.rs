//! What was tried and what came of it, counted for each operation in each style.

use std::collections::BTreeMap;

use curate::content::{Document, Op, Value};

#[derive(Default)]
pub struct Tally {
    cells: BTreeMap<String, (usize, usize)>,
    reasons: BTreeMap<String, usize>,
    one_opinion: usize,
    pub wrong: Vec<String>,
}

impl Tally {
    /// Tries one edit on a document and counts it; the document after it, where it was made.
    pub fn try_edit(&mut self, name: &str, document: &Document, value: &Value, op: &Op) -> Option<Document> {
        let cell = self.cells.entry(cell(document, value, op)).or_default();
        cell.0 += 1;
        let outcome = std::panic::catch_unwind(|| document.apply(std::slice::from_ref(op)));
        match outcome {
            Err(_) => self.wrong.push(format!("{name}: panic: {op:?}\n{}", document.front())),
            Ok(Err(refusal)) => {
                cell.1 += 1;
                if std::env::var_os("CURATE_SHOW").is_some() {
                    println!("refused: {refusal}\n{op:?}\n{}\n-------", document.front().replace('\r', "\n"));
                }
                *self.reasons.entry(reason(&refusal.reason)).or_default() += 1;
            }
            Ok(Ok(after)) => {
                if let Err(why) = super::oracle::judge(document.format(), document.front(), value, op, after.front()) {
                    let (before, after) = (document.front().replace('\r', "\n"), after.front().replace('\r', "\n"));
                    let op = super::oracle::shown(op);
                    self.wrong.push(format!("{name}: {why}\n{op}\n--- before\n{before}\n--- after\n{after}"));
                } else {
                    self.one_opinion += usize::from(after.has_one_opinion());
                    return Some(after);
                }
            }
        }
        None
    }

    /// How often edits of this kind were tried.
    pub fn tried_of(&self, cell: &str) -> usize {
        self.cells.get(cell).map_or(0, |c| c.0)
    }

    /// Of some edits the one whose kind was tried least, so that no operation in no style stays untried.
    pub fn rarest(&self, document: &Document, value: &Value, edits: Vec<Op>) -> Option<Op> {
        edits.into_iter().min_by_key(|op| self.tried_of(&cell(document, value, op)))
    }

    /// Fails where more than one in so many was refused for want of skill.
    pub fn expect_skill(&self, one_in: usize) {
        assert!(self.unable() * one_in <= self.tried(), "{} edits were refused for want of skill", self.unable());
    }

    /// Edits that were refused although nothing in the file speaks against them: the splicer does not know how.
    fn unable(&self) -> usize {
        let own = ["the new text", "other YAML", "its parts", "its comma"];
        self.reasons.iter().filter(|(reason, _)| own.iter().any(|o| reason.starts_with(o))).map(|(_, n)| n).sum()
    }

    pub fn tried(&self) -> usize {
        self.cells.values().map(|c| c.0).sum()
    }

    pub fn refused(&self) -> usize {
        self.cells.values().map(|c| c.1).sum()
    }

    /// Prints the figures and fails where anything is wrong.
    pub fn report(&self, title: &str) {
        let (all, refused, wrong) = (self.tried(), self.refused(), self.wrong.len());
        println!("{title}: {all} edits tried, {} right, {refused} refused, {wrong} wrong", all - refused - wrong);
        println!("  {:>6} of the right ones had one opinion", self.one_opinion);
        for (cell, (tried, refused)) in &self.cells {
            let share = *tried as f64 * 100.0 / all as f64;
            println!("  {cell:<24} {tried:>7} tried ({share:>4.1} %) {refused:>5} refused");
        }
        for (reason, count) in &self.reasons {
            println!("  {count:>6} x {reason}");
        }
        let some: Vec<_> = self.wrong.iter().take(5).map(String::as_str).collect();
        assert!(self.wrong.is_empty(), "{} wrong:\n{}", self.wrong.len(), some.join("\n=======\n"));
    }
}

/// A reason without the names in it, so that like ones are counted together.
fn reason(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('`').enumerate() {
        out.push_str(if at % 2 == 0 { part } else { "…" });
    }
    out.split('"').next().unwrap_or("").chars().take(90).collect()
}

/// The operation, and the style of what it is done to.
pub fn cell(document: &Document, value: &Value, op: &Op) -> String {
    let name = format!("{op:?}");
    let name = name.split(' ').next().unwrap_or("").to_lowercase();
    let place = op.place();
    let text = document.field_range(place).map_or("", |range| &document.text()[range]);
    let behind = text.split_once(": ").map_or(text.trim_start_matches(['-', ' ']), |(_, rest)| rest).trim_start();
    let style = match value.at(place) {
        Some(Value::Seq(_)) if behind.starts_with('[') => "flow list",
        Some(Value::Seq(_)) => "block list",
        Some(Value::Map(_)) if place.is_root() => "root",
        Some(Value::Map(_)) if behind.starts_with('{') => "flow map",
        Some(Value::Map(_)) => "block map",
        Some(Value::Null) => "null",
        _ if behind.starts_with('\'') => "single",
        _ if behind.starts_with('"') => "double",
        _ if behind.starts_with('|') => "literal",
        _ if behind.starts_with('>') => "folded",
        _ => "plain",
    };
    format!("{name} {style}")
}
