//! Where everything stands in a TOML text that is known to parse: its statements, keys, values and comments, byte for byte.

use std::ops::Range;

use super::super::lines::line_end;

/// One word of a dotted key.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub name: String,
    pub at: Range<usize>,
}

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[a.b]`
    Table,
    /// `[[a.b]]`
    TableEntry,
    /// `a.b = value`
    Pair,
}

/// A header or a pair.
#[derive(Debug)]
pub(super) struct Statement {
    pub kind: Kind,
    pub keys: Vec<Part>,
    /// From the first byte to behind the last, no comment or line end included.
    pub at: Range<usize>,
    pub value: Option<Node>,
}

/// A value.
#[derive(Debug)]
pub(super) struct Node {
    pub at: Range<usize>,
    pub inner: Inner,
}

/// What is within a value.
#[derive(Debug)]
pub(super) enum Inner {
    Leaf,
    List(Vec<Node>),
    /// Dotted keys and their values.
    Table(Vec<(Vec<Part>, Node)>),
}

/// A scanned text.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub statements: Vec<Statement>,
    pub comments: Vec<Range<usize>>,
}

/// Scans a text.
///
/// # Errors
/// Where the scanner is lost; it then knows less of TOML than the parser.
pub(super) fn scan(text: &str) -> Result<Scan, String> {
    let mut scanner = Scanner { text, at: 0, comments: Vec::new() };
    let mut statements = Vec::new();
    loop {
        scanner.gap();
        if scanner.at >= text.len() {
            return Ok(Scan { statements, comments: scanner.comments });
        }
        statements.push(scanner.statement()?);
        scanner.end_of_line()?;
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    comments: Vec<Range<usize>>,
}

impl Scanner<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn lost<T>(&self) -> Result<T, String> {
        let line = self.text.get(..self.at).unwrap_or(self.text).matches('\n').count() + 1;
        Err(format!("line {line} is written in a way that cannot be edited safely here"))
    }

    fn blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    fn comment(&mut self) {
        if self.byte() == Some(b'#') {
            let end = line_end(self.text, self.at);
            self.comments.push(self.at..end);
            self.at = end;
        }
    }

    /// Over white space, line ends and comments.
    fn gap(&mut self) {
        loop {
            match self.byte() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'#') => self.comment(),
                _ => return,
            }
        }
    }

    fn end_of_line(&mut self) -> Result<(), String> {
        self.blanks();
        self.comment();
        if matches!(self.byte(), None | Some(b'\n' | b'\r')) { Ok(()) } else { self.lost() }
    }

    fn take(&mut self, token: &str) -> Result<(), String> {
        if !self.text[self.at..].starts_with(token) {
            return self.lost();
        }
        self.at += token.len();
        Ok(())
    }

    fn statement(&mut self) -> Result<Statement, String> {
        let start = self.at;
        let (kind, open, close) = match &self.text.as_bytes()[start..] {
            [b'[', b'[', ..] => (Kind::TableEntry, "[[", "]]"),
            [b'[', ..] => (Kind::Table, "[", "]"),
            _ => (Kind::Pair, "", "="),
        };
        self.take(open)?;
        let keys = self.keys()?;
        self.take(close)?;
        let value = if kind == Kind::Pair {
            self.blanks();
            Some(self.value()?)
        } else {
            None
        };
        Ok(Statement { kind, keys, at: start..self.at, value })
    }

    fn keys(&mut self) -> Result<Vec<Part>, String> {
        let mut keys = Vec::new();
        loop {
            self.blanks();
            let start = self.at;
            let name = match self.byte() {
                Some(quote @ (b'"' | b'\'')) => {
                    self.line_string(quote)?;
                    unquoted(&self.text[start..self.at]).map_or_else(|| self.lost(), Ok)?
                }
                _ => {
                    let rest = &self.text[start..];
                    let length = rest.find([' ', '\t', '.', '=', ']', '\n', '\r', '#', '"', '\'', '}', ','].as_slice());
                    self.at += length.unwrap_or(rest.len());
                    if self.at == start {
                        return self.lost();
                    }
                    self.text[start..self.at].to_string()
                }
            };
            keys.push(Part { name, at: start..self.at });
            self.blanks();
            if self.byte() != Some(b'.') {
                return Ok(keys);
            }
            self.at += 1;
        }
    }

    fn line_string(&mut self, quote: u8) -> Result<(), String> {
        self.at += 1;
        loop {
            match self.byte() {
                None | Some(b'\n') => return self.lost(),
                Some(b'\\') if quote == b'"' => self.at += 2,
                Some(b) => {
                    self.at += 1;
                    if b == quote {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn value(&mut self) -> Result<Node, String> {
        let start = self.at;
        let inner = match self.byte() {
            Some(b'[') => Inner::List(self.list()?),
            Some(b'{') => Inner::Table(self.table()?),
            Some(quote @ (b'"' | b'\'')) => {
                self.string(quote)?;
                Inner::Leaf
            }
            _ => {
                let rest = &self.text[start..];
                let length = rest.find([',', ']', '}', '#', '\n', '\r'].as_slice()).unwrap_or(rest.len());
                let length = rest[..length].trim_end_matches([' ', '\t']).len();
                if length == 0 {
                    return self.lost();
                }
                self.at += length;
                Inner::Leaf
            }
        };
        Ok(Node { at: start..self.at, inner })
    }

    fn string(&mut self, quote: u8) -> Result<(), String> {
        let mark = if quote == b'"' { "\"\"\"" } else { "'''" };
        if !self.text[self.at..].starts_with(mark) {
            return self.line_string(quote);
        }
        self.at += 3;
        while !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(mark)) {
            match self.byte() {
                None => return self.lost(),
                Some(b'\\') if quote == b'"' => self.at += 2,
                Some(_) => self.at += 1,
            }
            while !self.text.is_char_boundary(self.at.min(self.text.len())) {
                self.at += 1;
            }
        }
        self.at += 3;
        // One or two quotes may stand right before the closing three.
        while self.byte() == Some(quote) {
            self.at += 1;
        }
        Ok(())
    }

    fn list(&mut self) -> Result<Vec<Node>, String> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.gap();
            if self.byte() == Some(b']') {
                self.at += 1;
                return Ok(items);
            }
            items.push(self.value()?);
            self.gap();
            if self.byte() == Some(b',') {
                self.at += 1;
            }
        }
    }

    fn table(&mut self) -> Result<Vec<(Vec<Part>, Node)>, String> {
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.gap();
            if self.byte() == Some(b'}') {
                self.at += 1;
                return Ok(entries);
            }
            let keys = self.keys()?;
            self.take("=")?;
            self.gap();
            entries.push((keys, self.value()?));
            self.gap();
            if self.byte() == Some(b',') {
                self.at += 1;
            }
        }
    }
}

/// What a quoted key says.
fn unquoted(text: &str) -> Option<String> {
    if let Some(literal) = text.strip_prefix('\'') {
        return literal.strip_suffix('\'').map(str::to_string);
    }
    if !text.contains('\\') {
        return Some(text.get(1..text.len() - 1)?.to_string());
    }
    format!("k = {text}").parse::<toml_edit::DocumentMut>().ok()?.get("k")?.as_str().map(str::to_string)
}
