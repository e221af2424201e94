//! The line scanner: one pass over the lines of a regular YAML front matter, borrowing from it.
//!
//! Regular is: block maps and block lists, one-line scalars, block scalars without an indentation digit, `[a, b]`, `{}`,
//! comments. Everything else (anchors, tags, tabs, scalars and flow collections over several lines, explicit keys…) makes
//! [`Scan::of`] answer `None`, on whatever line it stands: the full parser is then asked. It may be unsure, never wrong.

use super::find;
use super::nodes::{Level, Node, Room, Scan};
use super::scalar::{self, Scalar, Stop, Style, after_blanks, before_blanks};
use super::walk::{Shape, Sign};

/// Deeper nesting is left to the parser, which has a limit of its own.
const DEPTH: usize = 24;
/// A longer key is no simple key in YAML.
const LONGEST_KEY: usize = 1000;

impl<'t> Scan<'t> {
    /// Scans a front matter; `None` where any line is not regular.
    pub(super) fn of(front: &'t str, room: &mut Room) -> Option<Scan<'t>> {
        if !has_plain_characters(front) {
            return None;
        }
        let mut scan = room.take();
        scan.nodes.push(Node::new(b"", Shape::Map, 0));
        scan.levels.push(Level { indent: 0, is_list: false, node: 0 });
        let mut scanner = Scanner {
            front: front.as_bytes(),
            at: 0,
            nodes: scan.nodes,
            tops: scan.tops,
            levels: scan.levels,
            pending: false,
        };
        while let Some(indent) = scanner.next_content() {
            scanner.line(indent)?;
        }
        Some(scanner.finish())
    }
}

/// Whether every character may stand in YAML and none is a line end to one parser only.
fn has_plain_characters(front: &str) -> bool {
    let bytes = front.as_bytes();
    // Whole blocks without an early exit, in bytes alone: the compiler makes wide instructions of them.
    let (mut odd, mut high) = (0, 0);
    for block in bytes.chunks(256) {
        for b in block {
            odd |= (u8::from(*b < 0x20) ^ u8::from(*b == b'\n')) | u8::from(*b == 0x7f);
            high |= *b;
        }
    }
    if odd != 0 && !has_no_controls_but_line_ends(bytes) {
        return false;
    }
    // U+0080 to U+009F, U+2028, U+2029, U+FEFF, U+FFFE and U+FFFF, by the bytes that they begin with: these are rare.
    high < 0x80
        || !memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(|at| {
            let next = |n: usize| bytes.get(at + n).copied().unwrap_or(0);
            match bytes[at] {
                0xc2 => next(1) < 0xa0,
                0xe2 => next(1) == 0x80 && matches!(next(2), 0xa8 | 0xa9),
                _ => matches!((next(1), next(2)), (0xbb, 0xbf) | (0xbf, 0xbe | 0xbf)),
            }
        })
}

/// Whether a text has no other control characters than line ends, with each return before its `\n`. Asked where there may be some.
fn has_no_controls_but_line_ends(bytes: &[u8]) -> bool {
    let is_fine = |(at, b): (usize, &u8)| match b {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) == Some(&b'\n'),
        _ => !b.is_ascii_control(),
    };
    bytes.iter().enumerate().all(is_fine)
}

struct Scanner<'t> {
    /// Bytes: where a text is cut is known, and need not be asked of every piece. Pieces are texts again once they are wanted.
    front: &'t [u8],
    /// How far the text is read: where a line begins, or within one that is being read.
    at: usize,
    nodes: Vec<Node<'t>>,
    tops: Vec<(Sign, u32)>,
    levels: Vec<Level>,
    /// Whether the last node has no value yet: the next line may hold it.
    pending: bool,
}

impl<'t> Scanner<'t> {
    /// What is not read yet.
    #[inline]
    fn rest(&self) -> &'t [u8] {
        &self.front[self.at..]
    }

    /// The rest of the line at `self.at` without its end, and where the next one starts.
    #[inline]
    fn peek(&self) -> Option<(&'t [u8], usize)> {
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        let (line, next) = match find::one(b'\n', rest) {
            Some(end) => (&rest[..end], self.at + end + 1),
            None => (rest, self.front.len()),
        };
        Some((without_return(line), next))
    }

    /// Steps over the rest of a line.
    fn rest_of_line(&mut self) -> &'t [u8] {
        let (line, next) = self.peek().unwrap_or((b"", self.at));
        self.at = next;
        line
    }

    #[inline]
    fn skip_blanks(&mut self) {
        while self.front.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
    }

    /// Steps to the text of the next line that is neither blank nor a comment, and gives its indentation.
    #[inline]
    fn next_content(&mut self) -> Option<usize> {
        loop {
            let start = self.at;
            self.skip_blanks();
            match self.front.get(self.at)? {
                b'\n' => self.at += 1,
                // Nothing but `\n` can follow: else the text is not scanned at all.
                b'\r' => self.at += 2,
                b'#' => drop(self.rest_of_line()),
                _ => return Some(self.at - start),
            }
        }
    }

    /// Reads a line from its text on.
    #[inline]
    fn line(&mut self, indent: usize) -> Option<()> {
        let is_entry = is_entry(self.rest());
        if std::mem::take(&mut self.pending) {
            let top = self.levels.last()?;
            // A list may stand as deep as the key that holds it.
            if indent > top.indent || (indent == top.indent && is_entry && !top.is_list) {
                let node = self.nodes.len() as u32 - 1;
                self.nodes[node as usize].shape = if is_entry { Shape::List } else { Shape::Map };
                self.open(indent, is_entry, node)?;
            }
        }
        self.close_to(indent, is_entry)?;
        if is_entry { self.entry(indent) } else { self.pair(indent) }
    }

    fn open(&mut self, indent: usize, is_list: bool, node: u32) -> Option<()> {
        self.levels.push(Level { indent, is_list, node });
        (self.levels.len() < DEPTH).then_some(())
    }

    /// Closes what ended before this line; what is open then must be of its kind and indentation.
    #[inline]
    fn close_to(&mut self, indent: usize, is_entry: bool) -> Option<()> {
        let top = self.levels.last()?;
        // Most lines stand beside the one before.
        if top.indent == indent && top.is_list == is_entry { Some(()) } else { self.close_more(indent, is_entry) }
    }

    fn close_more(&mut self, indent: usize, is_entry: bool) -> Option<()> {
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
            self.nodes[0].shape = Shape::Null;
        }
        Scan { nodes: self.nodes, tops: self.tops, levels: self.levels }
    }

    /// A node that holds nothing, or nothing yet.
    #[inline]
    fn push(&mut self, key: &'t [u8], shape: Shape) {
        self.nodes.push(Node::new(key, shape, self.nodes.len() as u32 + 1));
    }

    #[inline]
    fn push_scalar(&mut self, key: &'t [u8], scalar: Scalar<'t>) {
        let shape = if scalar.is_null() { Shape::Null } else { Shape::Scalar };
        self.nodes.push(Node { key, shape, scalar, end: self.nodes.len() as u32 + 1 });
    }

    /// A line `- …`.
    fn entry(&mut self, indent: usize) -> Option<()> {
        let dash = self.at;
        let content = after_blanks(&self.rest()[1..]);
        self.at = self.front.len() - content.len();
        if is_entry(content) {
            return None;
        }
        match content.first() {
            Some(b'\'' | b'"') => {
                let (scalar, rest) = scalar::quoted(content)?;
                if after_blanks(rest).first() != Some(&b':') {
                    self.push_scalar(b"", scalar);
                    return self.ends(rest);
                }
            }
            _ => match scalar::stop(content) {
                Some(Stop::Colon(_)) => {}
                Some(stop) => return self.plain(b"", stop),
                None => return self.value(indent, b""),
            },
        }
        let column = indent + self.at - dash;
        let node = self.nodes.len() as u32;
        self.push(b"", Shape::Map);
        self.open(column, false, node)?;
        self.pair(column)
    }

    /// A line (or the rest of one) `key: …`.
    #[inline]
    fn pair(&mut self, indent: usize) -> Option<()> {
        let text = self.rest();
        let (key, colon) = match text.first()? {
            b'\'' | b'"' => quoted_key(text)?,
            _ => match scalar::stop(text)? {
                Stop::Colon(at) => (before_blanks(&text[..at]), at),
                Stop::Comment(_) | Stop::Line(_) => return None,
            },
        };
        // A merge key means more than its text, and null is no text.
        if key.len() > LONGEST_KEY || matches!(key, [b'.', b'.', b'.', ..]) {
            return None;
        }
        if key.len() <= 4 && matches!(key, b"<<" | b"~" | b"null" | b"Null" | b"NULL") {
            return None;
        }
        if self.levels.len() == 1 {
            self.tops.push((Sign::of(key), self.nodes.len() as u32));
        }
        self.at += colon + 1;
        self.skip_blanks();
        self.value(indent, key)
    }

    /// The value of a key or an entry whose map or list is indented by `indent`.
    #[inline]
    fn value(&mut self, indent: usize, key: &'t [u8]) -> Option<()> {
        match self.front.get(self.at) {
            None | Some(b'\n' | b'\r' | b'#') => {
                self.push(key, Shape::Null);
                self.pending = true;
                self.rest_of_line();
            }
            Some(b'\'' | b'"') => {
                let (scalar, rest) = scalar::quoted(self.rest())?;
                self.push_scalar(key, scalar);
                return self.ends(rest);
            }
            Some(b'|' | b'>') => {
                let header = self.rest_of_line();
                let block = self.block(indent, header)?;
                self.push_scalar(key, block);
            }
            Some(b'[') => {
                let line = self.rest_of_line();
                return self.flow_list(key, line);
            }
            Some(b'{') => {
                let line = self.rest_of_line();
                let rest = after_blanks(&line[1..]).strip_prefix(b"}")?;
                self.push(key, Shape::Map);
                return scalar::ends(rest).then_some(());
            }
            Some(_) => {
                let stop = scalar::stop(self.rest())?;
                return self.plain(key, stop);
            }
        }
        Some(())
    }

    /// A plain scalar from here to where it stops.
    #[inline]
    fn plain(&mut self, key: &'t [u8], stop: Stop) -> Option<()> {
        let text = self.rest();
        let text = match stop {
            // A second key on the line is an error.
            Stop::Colon(_) => return None,
            Stop::Comment(at) => {
                self.rest_of_line();
                &text[..at]
            }
            Stop::Line(at) => {
                self.at = (self.at + at + 1).min(self.front.len());
                without_return(&text[..at])
            }
        };
        self.push_scalar(key, Scalar::plain(before_blanks(text)));
        Some(())
    }

    /// Steps over the rest of a line after a quoted scalar: nothing but a comment may stand there.
    #[inline]
    fn ends(&mut self, rest: &'t [u8]) -> Option<()> {
        self.at = self.front.len() - rest.len();
        match rest.first() {
            Some(b'\n') => self.at += 1,
            _ if scalar::ends(rest) => drop(self.rest_of_line()),
            _ => return None,
        }
        Some(())
    }

    fn flow_list(&mut self, key: &'t [u8], text: &'t [u8]) -> Option<()> {
        let list = self.nodes.len();
        self.push(key, Shape::List);
        let rest = scalar::flow_list(text, |scalar| self.push_scalar(b"", scalar))?;
        self.nodes[list].end = self.nodes.len() as u32;
        scalar::ends(rest).then_some(())
    }

    /// Steps over a block scalar's lines.
    fn block(&mut self, parent: usize, header: &'t [u8]) -> Option<Scalar<'t>> {
        let style = Style::of_block(before_blanks(header))?;
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
        Some(Scalar { bytes: &self.front[start..self.at], style, indent: u16::try_from(indent).ok()? })
    }
}

/// A line without the return before its line end.
#[inline]
fn without_return(line: &[u8]) -> &[u8] {
    match line.last() {
        Some(b'\r') => &line[..line.len() - 1],
        _ => line,
    }
}

/// Whether `text` begins with a list entry.
#[inline]
fn is_entry(text: &[u8]) -> bool {
    matches!(text, [b'-'] | [b'-', b' ' | b'\n' | b'\r', ..])
}

/// A key in quotes and where its colon stands, where `text` surely begins with one.
fn quoted_key(text: &[u8]) -> Option<(&[u8], usize)> {
    let (scalar, rest) = scalar::quoted(text)?;
    let (key, rest) = (scalar.bytes, after_blanks(rest));
    let is_colon = matches!(rest, [b':'] | [b':', b' ' | b'\n' | b'\r', ..]);
    let is_simple = !key.is_empty() && !key.iter().any(|byte| matches!(byte, b'\'' | b'\\'));
    (is_colon && is_simple).then(|| (key, text.len() - rest.len()))
}
