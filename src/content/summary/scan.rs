//! The line scanner: one pass over the lines of a regular YAML front matter, borrowing from it.
//!
//! Regular is: block maps and block lists, one-line scalars, block scalars without an indentation digit, `[a, b]`, `{}`,
//! comments. Everything else (anchors, tags, tabs, scalars and flow collections over several lines, explicit keys…) makes
//! [`Scan::of`] answer `None`, on whatever line it stands: the full parser is then asked. It may be unsure, never wrong.

use super::find;
use super::scalar::{self, Block, Scalar, after_blanks, before_blanks};
use super::walk::{Shape, Tree};
use crate::content::value::Value;

/// Deeper nesting is left to the parser, which has a limit of its own.
const DEPTH: usize = 24;
/// The parser counts, and refuses what is larger than any real front matter: it is asked well before that.
const MOST_VALUES: usize = 4000;
/// A longer key is no simple key in YAML.
const LONGEST_KEY: usize = 1000;

#[derive(Clone, Copy, Debug)]
enum Held<'t> {
    Null,
    Scalar(Scalar<'t>),
    Map,
    List,
}

#[derive(Clone, Copy, Debug)]
struct Node<'t> {
    /// Empty in a list.
    key: &'t str,
    held: Held<'t>,
    /// The first node that is neither this one nor within it.
    end: u32,
}

/// A scanned front matter: its nodes in the order of the text, each before what it holds.
pub(super) struct Scan<'t> {
    nodes: Vec<Node<'t>>,
}

/// The room that a scan takes; the next one takes it again.
#[derive(Default)]
pub(super) struct Room(Vec<Node<'static>>);

impl Room {
    fn take<'t>(&mut self) -> Vec<Node<'t>> {
        emptied(std::mem::take(&mut self.0))
    }

    /// Takes back the room of a scan that is done with.
    pub(super) fn give_back(&mut self, scan: Scan<'_>) {
        self.0 = emptied(scan.nodes);
    }
}

/// The same memory for nodes of another text: collected in place.
fn emptied<'t>(mut nodes: Vec<Node<'_>>) -> Vec<Node<'t>> {
    nodes.clear();
    nodes.into_iter().map(|_| Node { key: "", held: Held::Null, end: 0 }).collect()
}

/// A node of a [`Scan`].
#[derive(Clone, Copy)]
pub(super) struct At<'s, 't> {
    nodes: &'s [Node<'t>],
    at: u32,
}

impl<'t> Scan<'t> {
    /// Scans a front matter; `None` where any line is not regular.
    pub(super) fn of(front: &'t str, room: &mut Room) -> Option<Scan<'t>> {
        if !has_plain_characters(front) {
            return None;
        }
        let root = Node { key: "", held: Held::Map, end: 0 };
        let mut nodes = room.take();
        nodes.push(root);
        let mut levels = Vec::with_capacity(DEPTH);
        levels.push(Level { indent: 0, is_list: false, node: 0 });
        let mut scanner = Scanner { front, at: 0, nodes, levels, pending: false };
        while let Some((indent, rest)) = scanner.next_content() {
            scanner.line(indent, rest)?;
        }
        Some(scanner.finish())
    }

    /// The whole front matter.
    pub(super) fn root(&self) -> At<'_, 't> {
        At { nodes: &self.nodes, at: 0 }
    }

    /// The value of all of it; `None` where a text is not known, a key stands twice, or there is more than the parser may refuse.
    pub(super) fn value(&self) -> Option<Value> {
        (self.nodes.len() <= MOST_VALUES && self.has_unique_keys()).then(|| self.root().value())?
    }

    fn has_unique_keys(&self) -> bool {
        let mut seen: Vec<&str> = Vec::new();
        let maps = (0..self.nodes.len() as u32).filter(|at| matches!(self.nodes[*at as usize].held, Held::Map));
        maps.map(|at| At { nodes: &self.nodes, at }).all(|map| {
            seen.clear();
            map.children().all(|child| {
                let key = self.nodes[child.at as usize].key;
                let is_new = !seen.contains(&key);
                seen.push(key);
                is_new
            })
        })
    }
}

/// Whether every character may stand in YAML and none is a line end to one parser only.
fn has_plain_characters(front: &str) -> bool {
    let bytes = front.as_bytes();
    // Whole blocks without an early exit: the compiler makes wide instructions of them.
    let (mut odd, mut returns) = (false, false);
    for block in bytes.chunks(256) {
        odd |= block.iter().fold(false, |odd, b| odd | ((*b < 0x20) & (*b != b'\n') & (*b != b'\r')) | (*b == 0x7f));
        returns |= block.iter().fold(false, |found, b| found | (*b == b'\r'));
    }
    let lone_return = |(at, _): (usize, &str)| bytes.get(at + 1) != Some(&b'\n');
    if odd || (returns && front.match_indices('\r').any(lone_return)) {
        return false;
    }
    // U+0080 to U+009F, U+2028, U+2029, U+FEFF, U+FFFE and U+FFFF, by the bytes that they begin with: these are rare.
    front.is_ascii()
        || !memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(|at| {
            let next = |n: usize| bytes.get(at + n).copied().unwrap_or(0);
            match bytes[at] {
                0xc2 => next(1) < 0xa0,
                0xe2 => next(1) == 0x80 && matches!(next(2), 0xa8 | 0xa9),
                _ => matches!((next(1), next(2)), (0xbb, 0xbf) | (0xbf, 0xbe | 0xbf)),
            }
        })
}

/// An open map or list.
struct Level {
    indent: usize,
    is_list: bool,
    node: u32,
}

struct Scanner<'t> {
    front: &'t str,
    at: usize,
    nodes: Vec<Node<'t>>,
    levels: Vec<Level>,
    /// Whether the last node has no value yet: the next line may hold it.
    pending: bool,
}

impl<'t> Scanner<'t> {
    /// The line at `self.at` without its end, and where the next one starts.
    #[inline]
    fn peek(&self) -> Option<(&'t str, usize)> {
        let rest = &self.front[self.at..];
        if rest.is_empty() {
            return None;
        }
        let (line, next) = match find::one(b'\n', rest.as_bytes()) {
            Some(end) => (&rest[..end], self.at + end + 1),
            None => (rest, self.front.len()),
        };
        match line.as_bytes().last() {
            Some(b'\r') => Some((&line[..line.len() - 1], next)),
            _ => Some((line, next)),
        }
    }

    /// The next line that is neither blank nor a comment: its indentation and its text.
    #[inline]
    fn next_content(&mut self) -> Option<(usize, &'t str)> {
        loop {
            let (line, next) = self.peek()?;
            self.at = next;
            let text = after_blanks(line);
            if !matches!(text.as_bytes().first(), None | Some(b'#')) {
                return Some((line.len() - text.len(), text));
            }
        }
    }

    fn line(&mut self, indent: usize, text: &'t str) -> Option<()> {
        let is_entry = is_entry(text);
        if std::mem::take(&mut self.pending) {
            let top = self.levels.last()?;
            // A list may stand as deep as the key that holds it.
            if indent > top.indent || (indent == top.indent && is_entry && !top.is_list) {
                let node = self.nodes.len() as u32 - 1;
                self.nodes[node as usize].held = if is_entry { Held::List } else { Held::Map };
                self.open(indent, is_entry, node)?;
            }
        }
        self.close_to(indent, is_entry)?;
        if is_entry { self.entry(indent, text) } else { self.pair(indent, text) }
    }

    fn open(&mut self, indent: usize, is_list: bool, node: u32) -> Option<()> {
        self.levels.push(Level { indent, is_list, node });
        (self.levels.len() < DEPTH).then_some(())
    }

    /// Closes what ended before this line; what is open then must be of its kind and indentation.
    fn close_to(&mut self, indent: usize, is_entry: bool) -> Option<()> {
        let end = self.nodes.len() as u32;
        loop {
            let top = self.levels.last()?;
            if top.indent < indent || (top.indent == indent && (is_entry || !top.is_list)) {
                return (top.indent == indent && top.is_list == is_entry).then_some(());
            }
            self.nodes[top.node as usize].end = end;
            self.levels.pop();
        }
    }

    fn finish(mut self) -> Scan<'t> {
        let end = self.nodes.len() as u32;
        for level in &self.levels {
            self.nodes[level.node as usize].end = end;
        }
        if end == 1 {
            self.nodes[0].held = Held::Null;
        }
        Scan { nodes: self.nodes }
    }

    fn push(&mut self, key: &'t str, held: Held<'t>) {
        let end = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { key, held, end });
    }

    /// A line `- …`.
    fn entry(&mut self, indent: usize, text: &'t str) -> Option<()> {
        let content = after_blanks(&text[1..]);
        let column = indent + text.len() - content.len();
        if is_entry(content) {
            return None;
        }
        if content.is_empty() || split_key(content).is_none() {
            return self.value(indent, "", content);
        }
        let node = self.nodes.len() as u32;
        self.push("", Held::Map);
        self.open(column, false, node)?;
        self.pair(column, content)
    }

    /// A line (or the rest of one) `key: …`.
    fn pair(&mut self, indent: usize, text: &'t str) -> Option<()> {
        let (key, value) = split_key(text)?;
        // A merge key means more than its text, and null is no text.
        if key.len() > LONGEST_KEY || (key.len() <= 4 && matches!(key, "<<" | "~" | "null" | "Null" | "NULL")) {
            return None;
        }
        self.value(indent, key, value)
    }

    /// The value of a key or an entry whose map or list is indented by `indent`.
    fn value(&mut self, indent: usize, key: &'t str, text: &'t str) -> Option<()> {
        match text.as_bytes().first() {
            None | Some(b'#') => {
                self.push(key, Held::Null);
                self.pending = true;
            }
            Some(b'\'' | b'"') => {
                let (scalar, rest) = scalar::quoted(text)?;
                self.push(key, Held::Scalar(scalar));
                return scalar::ends(rest).then_some(());
            }
            Some(b'|' | b'>') => {
                let block = self.block(indent, text)?;
                self.push(key, Held::Scalar(Scalar::Block(block)));
            }
            Some(b'[') => return self.flow_list(key, text),
            Some(b'{') => {
                let rest = after_blanks(&text[1..]).strip_prefix('}')?;
                self.push(key, Held::Map);
                return scalar::ends(rest).then_some(());
            }
            Some(_) => {
                let scalar = Scalar::Plain(scalar::plain(text)?);
                self.push(key, if scalar.is_null() { Held::Null } else { Held::Scalar(scalar) });
            }
        }
        Some(())
    }

    fn flow_list(&mut self, key: &'t str, text: &'t str) -> Option<()> {
        let list = self.nodes.len();
        self.push(key, Held::List);
        let rest = scalar::flow_list(text, |scalar| {
            self.push("", if scalar.is_null() { Held::Null } else { Held::Scalar(scalar) });
        })?;
        self.nodes[list].end = self.nodes.len() as u32;
        scalar::ends(rest).then_some(())
    }

    /// Steps over a block scalar's lines.
    fn block(&mut self, parent: usize, header: &'t str) -> Option<Block<'t>> {
        let (folded, chomp) = match header.trim_end_matches(' ') {
            "|" => (false, b' '),
            ">" => (true, b' '),
            "|-" => (false, b'-'),
            ">-" => (true, b'-'),
            "|+" => (false, b'+'),
            ">+" => (true, b'+'),
            _ => return None,
        };
        let (start, mut indent, mut widest_blank) = (self.at, 0, 0);
        while let Some((line, next)) = self.peek() {
            let depth = line.len() - after_blanks(line).len();
            if depth == line.len() {
                widest_blank = widest_blank.max(if indent == 0 { depth } else { 0 });
            } else if indent == 0 && depth > parent {
                // The first line with text sets the indentation; blanks before it may not be deeper.
                indent = depth;
                if widest_blank > indent {
                    return None;
                }
            } else if depth < indent.max(1) || depth <= parent {
                if depth > parent {
                    return None;
                }
                break;
            }
            self.at = next;
        }
        let lines = &self.front[start..self.at];
        Some(Block { lines, indent: u16::try_from(indent).ok()?, folded, chomp })
    }
}

/// Whether a line is a list entry.
#[inline]
fn is_entry(text: &str) -> bool {
    matches!(text.as_bytes(), [b'-'] | [b'-', b' ', ..])
}

/// A key and what follows its colon, where `text` surely begins with a key.
#[inline]
fn split_key(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    if matches!(bytes.first(), Some(b'\'' | b'"')) {
        let (scalar, rest) = scalar::quoted(text)?;
        let (Scalar::Single(key) | Scalar::Double(key)) = scalar else { return None };
        let rest = after_blanks(rest).strip_prefix(':')?;
        let simple = !key.is_empty() && !key.contains(['\'', '\\']) && (rest.is_empty() || rest.starts_with(' '));
        return simple.then(|| (key, after_blanks(rest)));
    }
    if !scalar::starts_plain(text) || matches!(bytes, [b'.', b'.', b'.', ..]) {
        return None;
    }
    let mut at = 0;
    loop {
        at += find::either(b':', b'#', &bytes[at..])?;
        match bytes[at] {
            b':' if matches!(bytes.get(at + 1), None | Some(b' ')) => {
                return Some((before_blanks(&text[..at]), after_blanks(&text[at + 1..])));
            }
            b'#' if bytes[at - 1] == b' ' => return None,
            _ => at += 1,
        }
    }
}

impl Tree for At<'_, '_> {
    fn shape(self) -> Shape {
        match self.nodes[self.at as usize].held {
            Held::Null => Shape::Null,
            Held::Scalar(_) => Shape::Scalar,
            Held::Map => Shape::Map,
            Held::List => Shape::List,
        }
    }

    #[inline]
    fn last_where(self, passes: impl Fn(&str) -> bool) -> Option<Self> {
        let (mut at, end, mut found) = (self.at + 1, self.nodes[self.at as usize].end, None);
        while at < end {
            let node = &self.nodes[at as usize];
            if passes(node.key) {
                found = Some(At { nodes: self.nodes, at });
            }
            at = node.end;
        }
        found
    }

    fn children(self) -> impl Iterator<Item = Self> + Clone {
        let end = self.nodes[self.at as usize].end;
        let first = Some(self.at + 1).filter(|at| *at < end);
        let next = move |at: &u32| Some(self.nodes[*at as usize].end).filter(|next| *next < end);
        std::iter::successors(first, next).map(move |at| At { nodes: self.nodes, at })
    }

    fn text(self) -> Option<Box<str>> {
        match self.nodes[self.at as usize].held {
            Held::Null => Some("".into()),
            Held::Scalar(scalar) => scalar.text().map(Into::into),
            Held::Map | Held::List => None,
        }
    }

    fn value(self) -> Option<Value> {
        Some(match self.nodes[self.at as usize].held {
            Held::Null => Value::Null,
            Held::Scalar(Scalar::Plain(text)) => Value::plain(text),
            Held::Scalar(scalar) => Value::Str(scalar.text()?.into_owned()),
            Held::List => Value::Seq(self.children().map(Tree::value).collect::<Option<_>>()?),
            Held::Map => {
                let pair = |child: Self| Some((self.nodes[child.at as usize].key.to_string(), child.value()?));
                Value::Map(self.children().map(pair).collect::<Option<_>>()?)
            }
        })
    }
}
