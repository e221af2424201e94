//! The hand a file is written in, read off the file, so that what is new looks like what is old.

use super::super::lines::{column, same_line, usual_break};
use super::super::value::Value;
use super::ambiguity::reading;
use super::block::{Body, body, fold_width};
use super::events::Style as Written;
use super::pretty::Spread;
use super::scalar::{Caution, Quote, is_plain_syntax, may_be_plain};
use super::tree::{Collection, Entry, Form, Kind, Node, Tree};

/// How one scalar was, or its neighbours are, written.
#[derive(Clone, Debug)]
pub(super) enum Manner {
    /// Nothing to go by but the file.
    New,
    /// Without quotes, as this text.
    Plain(String),
    /// In quotes: by choice, or because the text could not do without.
    Quoted { quote: Quote, chosen: bool },
    /// As a block of lines.
    Block(Body),
}

/// The habits of a file.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub line_end: &'static str,
    /// How far a list stands to the right of its key.
    pub list_offset: usize,
    /// How far a map stands to the right of its key.
    pub map_indent: usize,
    /// From the dash to the entry.
    pub dash_gap: usize,
    /// The quotes used where some are needed.
    pub quote: Quote,
    /// Quotes around every text, needed or not.
    pub quotes_all: bool,
    pub caution: Caution,
    /// The column long texts are folded at, and whether they are.
    pub width: usize,
    pub folds: bool,
    /// How null is written behind a key; may be nothing.
    pub null: &'static str,
    /// Lists are written `[a, b]`.
    pub flow_lists: bool,
    /// The text is JSON and stays it.
    pub json: bool,
    /// How JSON is spread over lines.
    pub spread: Option<Spread>,
    /// Second try: every new text in double quotes, the one style that holds anything.
    pub careful: bool,
}

impl Style {
    /// The habits of `text`.
    pub(super) fn of(text: &str, tree: &Tree<'_>, json: bool) -> Style {
        let mut survey = Survey { text, ..Survey::default() };
        if let Some(root) = &tree.root {
            survey.node(root, None);
        }
        let spread = if json { Spread::of(text, tree) } else { None };
        Style { spread, ..survey.style(json) }
    }
}

/// How many folded texts show how wide this file folds.
const ENOUGH: usize = 16;

/// Counts of what is where; the majority is the habit.
#[derive(Default)]
struct Survey<'t> {
    text: &'t str,
    list_offsets: Vec<usize>,
    map_indents: Vec<usize>,
    dash_gaps: Vec<usize>,
    /// Texts in quotes and without.
    single: Vec<&'t str>,
    double: Vec<&'t str>,
    plain: usize,
    /// Plain texts that js-yaml would quote.
    liberal: usize,
    nulls: [usize; 3],
    widths: Vec<usize>,
    folded: usize,
    flow_lists: usize,
    block_lists: usize,
}

impl<'t> Survey<'t> {
    /// `key` is the column of the key that the node is the value of.
    fn node(&mut self, node: &'t Node<'t>, key: Option<usize>) {
        match &node.kind {
            Kind::Missing => self.nulls[2] += usize::from(key.is_some()),
            Kind::Alias(_) => {}
            Kind::Scalar { text, style } => self.scalar(node, text, *style, key),
            Kind::Collection(collection) => self.collection(node, collection, key),
        }
    }

    fn scalar(&mut self, node: &'t Node<'t>, text: &'t str, style: Written, key: Option<usize>) {
        match style {
            Written::Single => self.single.push(text),
            Written::Double => self.double.push(text),
            Written::Plain => match Value::plain(text) {
                Value::Null => self.nulls[usize::from(text == "~")] += 1,
                Value::Str(_) => {
                    self.plain += 1;
                    self.liberal +=
                        usize::from(reading(text).is_none() && !is_plain_syntax(text, false, Caution::Usual));
                }
                _ => {}
            },
            Written::Folded => {
                self.folded += 1;
                if self.widths.len() < ENOUGH {
                    let found = body(self.text, node, key.unwrap_or(0));
                    self.widths.extend(fold_width(&found.lines, found.indent));
                }
            }
            Written::Literal => {}
        }
    }

    fn collection(&mut self, node: &'t Node<'t>, collection: &'t Collection<'t>, key: Option<usize>) {
        let block = collection.form == Form::Block;
        if !collection.map && !collection.entries.is_empty() {
            *(if block { &mut self.block_lists } else { &mut self.flow_lists }) += 1;
        }
        let here = if block { Some(column(self.text, node.start)) } else { None };
        if let (Some(key), Some(here)) = (key, here) {
            if !collection.map && here >= key {
                self.list_offsets.push(here - key);
            } else if collection.map && here > key {
                self.map_indents.push(here - key);
            }
        }
        for entry in &collection.entries {
            if block && !collection.map {
                self.dash_gaps.extend(dash_gap(self.text, entry));
            }
            self.node(&entry.node, here.filter(|_| collection.map));
        }
    }

    fn style(&self, json: bool) -> Style {
        let quoted = || self.single.iter().chain(&self.double);
        let timid = quoted()
            .filter(|t| may_be_plain(t, false, Caution::Liberal) && !may_be_plain(t, false, Caution::Usual))
            .count();
        let caution = if self.liberal > timid { Caution::Liberal } else { Caution::Usual };
        let chosen = quoted().filter(|t| may_be_plain(t, false, caution)).count();
        let nulls = self.nulls;
        Style {
            line_end: usual_break(self.text),
            list_offset: usual(&self.list_offsets, 2),
            map_indent: usual(&self.map_indents, 2),
            dash_gap: usual(&self.dash_gaps, 2),
            quote: if self.single.len() >= self.double.len() { Quote::Single } else { Quote::Double },
            quotes_all: chosen > self.plain,
            caution,
            width: self.widths.iter().copied().max().unwrap_or(80),
            folds: self.folded > 0,
            null: match (nulls[0], nulls[1], nulls[2]) {
                (word, tilde, nothing) if nothing > word && nothing > tilde => "",
                (word, tilde, _) if tilde > word => "~",
                _ => "null",
            },
            flow_lists: self.flow_lists > self.block_lists,
            json,
            spread: None,
            careful: false,
        }
    }
}

/// The most frequent number; the smaller of two that are equally so.
fn usual(numbers: &[usize], otherwise: usize) -> usize {
    let count = |n: usize| numbers.iter().filter(|m| **m == n).count();
    // Past a few hundred the habit is clear.
    let some = &numbers[..numbers.len().min(256)];
    some.iter().copied().max_by_key(|n| (count(*n), std::cmp::Reverse(*n))).unwrap_or(otherwise)
}

/// How far an item stands behind its dash, where it stands in the same line.
pub(super) fn dash_gap(text: &str, entry: &Entry<'_>) -> Option<usize> {
    (!entry.node.is_missing() && same_line(text, entry.start, entry.node.outer)).then(|| entry.node.outer - entry.start)
}

/// How the scalar `node` is written; `parent` is the column of its key or dash.
pub(super) fn manner(text: &str, node: &Node<'_>, flow: bool, parent: usize, style: &Style) -> Manner {
    let Kind::Scalar { text: value, style: written } = &node.kind else { return Manner::New };
    // A text of several lines could have been a block.
    let chosen = value.contains('\n') || may_be_plain(value, flow, style.caution);
    match written {
        Written::Plain => Manner::Plain(value.to_string()),
        Written::Single => Manner::Quoted { quote: Quote::Single, chosen },
        Written::Double => Manner::Quoted { quote: Quote::Double, chosen },
        Written::Literal | Written::Folded => Manner::Block(body(text, node, parent)),
    }
}

/// How the texts of `entries` are mostly written; for one more of them.
pub(super) fn manner_of_all(entries: &[Entry<'_>], flow: bool, style: &Style) -> Manner {
    let (mut plain, mut chosen, mut forced) = (0, [0; 2], [0; 2]);
    for entry in entries {
        let Kind::Scalar { text, style: written } = &entry.node.kind else { continue };
        let quote = usize::from(*written == Written::Double);
        match written {
            Written::Plain if matches!(Value::plain(text), Value::Str(_)) => plain += 1,
            Written::Single | Written::Double if may_be_plain(text, flow, style.caution) => chosen[quote] += 1,
            Written::Single | Written::Double => forced[quote] += 1,
            _ => {}
        }
    }
    let quote = |counts: [usize; 2]| if counts[1] > counts[0] { Quote::Double } else { Quote::Single };
    if chosen[0] + chosen[1] > plain {
        Manner::Quoted { quote: quote(chosen), chosen: true }
    } else if forced != [0, 0] && plain > 0 {
        Manner::Quoted { quote: quote(forced), chosen: false }
    } else {
        Manner::New
    }
}
