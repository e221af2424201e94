//! Where everything stands: a tree of nodes with exact bytes, built from events and from reading the gaps between them.
//!
//! Between two leaves a YAML text can hold only white space, comments, properties and the indicators `- ? : , [ ] { }`. So
//! the places the events do not tell are found exactly, and a span that were wrong is noticed: then the tree is not built.

use std::borrow::Cow;
use std::ops::Range;

use super::super::lines::{line_end, next_line};
use super::events::{Event, Style, Tag, What};

/// One value.
#[derive(Debug)]
pub(super) struct Node<'t> {
    pub kind: Kind<'t>,
    /// The number of the anchor; 0 is none.
    pub anchor: usize,
    pub tag: Tag,
    /// Behind the indicator before the node, and behind its properties: where the text of an absent value would go.
    pub slot: usize,
    /// The first byte, properties included.
    pub outer: usize,
    /// The first byte of the content.
    pub start: usize,
    /// Behind the last byte of the content; never behind the last line end.
    pub end: usize,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind<'t> {
    /// Nothing is written.
    Missing,
    /// A leaf.
    Scalar { text: Cow<'t, str>, style: Style },
    /// A reference to the anchor of this number.
    Alias(usize),
    /// A list or a map.
    Collection(Collection<'t>),
}

/// How a collection is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Block,
    /// In brackets or braces.
    Flow,
    /// `[a: 1]`: the map of one pair without braces.
    Bare,
}

/// A list or a map.
#[derive(Debug)]
pub(super) struct Collection<'t> {
    pub map: bool,
    pub form: Form,
    pub entries: Vec<Entry<'t>>,
}

/// An item of a list or a pair of a map.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    /// The dash, the question mark, or the first byte of the key or of the item in a flow list.
    pub start: usize,
    pub key: Option<Key<'t>>,
    pub node: Node<'t>,
}

/// The key of a pair.
#[derive(Debug)]
pub(super) struct Key<'t> {
    pub node: Node<'t>,
    pub explicit: bool,
    pub colon: Option<usize>,
}

impl Node<'_> {
    /// Nothing is written here.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self.kind, Kind::Missing)
    }

    /// The collection, where it is one.
    pub(super) fn collection(&self) -> Option<&Collection<'_>> {
        match &self.kind {
            Kind::Collection(collection) => Some(collection),
            _ => None,
        }
    }

    /// Whether it is a list or map in block style.
    pub(super) fn is_block(&self) -> bool {
        self.collection().is_some_and(|c| c.form == Form::Block)
    }

    /// Calls `each` for this node and all below, keys too.
    pub(super) fn walk<'n>(&'n self, each: &mut dyn FnMut(&'n Node<'n>)) {
        each(self);
        if let Kind::Collection(collection) = &self.kind {
            for entry in &collection.entries {
                if let Some(key) = &entry.key {
                    key.node.walk(each);
                }
                entry.node.walk(each);
            }
        }
    }
}

impl Entry<'_> {
    /// Behind the last byte of the entry.
    pub(super) fn end(&self) -> usize {
        if !self.node.is_missing() {
            return self.node.end;
        }
        let key = self.key.as_ref().map_or(self.start, |k| k.node.end);
        // A dash or a question mark with nothing behind it is still one byte.
        let indicator = usize::from(self.key.as_ref().is_none_or(|k| k.explicit) && self.node.slot > self.start);
        self.node.slot.max(key).max(self.start + indicator)
    }

    /// The key's text.
    pub(super) fn key_text(&self) -> Option<&str> {
        match &self.key.as_ref()?.node.kind {
            Kind::Scalar { text, .. } => Some(text),
            Kind::Missing => Some(""),
            _ => None,
        }
    }
}

/// A parsed text.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    /// The only document; `None` where there is nothing but comments.
    pub root: Option<Node<'t>>,
    /// Every comment, in order.
    pub comments: Vec<Range<usize>>,
}

/// The tree of `text`.
///
/// # Errors
/// Where a gap holds anything that has no business there: the spans cannot be trusted.
pub(super) fn build<'t>(text: &'t str, events: &[Event<'t>]) -> Result<Tree<'t>, String> {
    let mut builder = Builder { text, events, next: 0, at: 0, comments: Vec::new() };
    if text.starts_with('\u{feff}') {
        builder.at = '\u{feff}'.len_utf8();
    }
    builder.head();
    let root = if events.is_empty() { None } else { Some(builder.node()?) };
    builder.gap();
    if text[builder.at..].starts_with("...") {
        builder.at += 3;
        builder.gap();
    }
    if builder.at != text.len() {
        return Err(builder.lost());
    }
    Ok(Tree { root, comments: builder.comments })
}

struct Builder<'t, 'e> {
    text: &'t str,
    events: &'e [Event<'t>],
    next: usize,
    at: usize,
    comments: Vec<Range<usize>>,
}

impl<'t, 'e> Builder<'t, 'e> {
    fn lost(&self) -> String {
        let line = self.text[..self.at.min(self.text.len())].matches('\n').count() + 1;
        format!("line {line} is written in a way that cannot be edited safely here")
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Over directives and a marker before the document.
    fn head(&mut self) {
        self.gap();
        while self.byte() == Some(b'%') {
            self.at = line_end(self.text, self.at);
            self.gap();
        }
        if let Some(rest) = self.text[self.at..].strip_prefix("---")
            && rest.chars().next().is_none_or(char::is_whitespace)
        {
            self.at += 3;
        }
    }

    /// Over white space and comments.
    fn gap(&mut self) {
        loop {
            match self.byte() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'#') => {
                    let end = line_end(self.text, self.at);
                    self.comments.push(self.at..end);
                    self.at = end;
                }
                _ => return,
            }
        }
    }

    fn expect(&mut self, byte: u8) -> Result<usize, String> {
        self.gap();
        if self.byte() != Some(byte) {
            return Err(self.lost());
        }
        self.at += 1;
        Ok(self.at - 1)
    }

    fn peek(&self) -> Result<&'e Event<'t>, String> {
        self.events.get(self.next).ok_or_else(|| self.lost())
    }

    /// Whether the innermost collection ends here; then the event is taken.
    fn closes(&mut self) -> Result<bool, String> {
        let closes = self.peek()?.what == What::Close;
        self.next += usize::from(closes);
        Ok(closes)
    }

    fn node(&mut self) -> Result<Node<'t>, String> {
        let event = self.peek()?;
        self.next += 1;
        let mut outer = None;
        if !event.props.is_empty() {
            self.gap();
            if self.at != event.props.start {
                return Err(self.lost());
            }
            outer = Some(self.at);
            self.at = event.props.end;
        }
        let slot = self.at;
        if event.is_missing() {
            return Ok(self.finish(event, Kind::Missing, slot, outer, slot));
        }
        self.gap();
        let start = self.at;
        let kind = match &event.what {
            What::Scalar { text, style } => self.leaf(event, text, *style)?,
            What::Alias(id) if event.span.start == start => {
                self.at = event.span.end;
                Kind::Alias(*id)
            }
            What::Open { map, flow } => Kind::Collection(self.collection(event, *map, *flow)?),
            _ => return Err(self.lost()),
        };
        Ok(self.finish(event, kind, slot, outer, start))
    }

    fn finish(&self, event: &Event<'t>, kind: Kind<'t>, slot: usize, outer: Option<usize>, start: usize) -> Node<'t> {
        let (anchor, tag) = (event.anchor, event.tag.clone());
        Node { kind, anchor, tag, slot, outer: outer.unwrap_or(start), start, end: self.at }
    }

    fn leaf(&mut self, event: &Event<'t>, text: &Cow<'t, str>, style: Style) -> Result<Kind<'t>, String> {
        let start = self.at;
        match style {
            Style::Literal | Style::Folded => {
                if !matches!(self.byte(), Some(b'|' | b'>')) || event.span.start < start {
                    return Err(self.lost());
                }
                let header = header_end(self.text, start);
                let line = line_end(self.text, header);
                if let Some(hash) = self.text[header..line].find('#') {
                    self.comments.push(header + hash..line);
                }
                self.at = block_end(self.text, start, event.span.end).max(header);
            }
            _ if event.span.start == start => self.at = event.span.end,
            _ => return Err(self.lost()),
        }
        Ok(Kind::Scalar { text: text.clone(), style })
    }

    fn collection(&mut self, event: &Event<'t>, map: bool, flow: bool) -> Result<Collection<'t>, String> {
        let opener = if map { b'{' } else { b'[' };
        let form = match flow {
            false => Form::Block,
            true if event.span.is_empty() || self.byte() != Some(opener) => Form::Bare,
            true => Form::Flow,
        };
        if form == Form::Flow {
            self.at += 1;
        }
        let mut entries = Vec::new();
        while !self.closes()? {
            self.gap();
            entries.push(if map { self.pair()? } else { self.item(form)? });
            if form == Form::Flow {
                self.comma();
            }
        }
        if form == Form::Flow {
            self.expect(if map { b'}' } else { b']' })?;
        }
        Ok(Collection { map, form, entries })
    }

    /// Over the comma behind a flow entry, if there is one.
    fn comma(&mut self) {
        self.gap();
        if self.byte() == Some(b',') {
            self.at += 1;
        }
    }

    fn item(&mut self, form: Form) -> Result<Entry<'t>, String> {
        if form == Form::Block {
            let start = self.expect(b'-')?;
            return Ok(Entry { start, key: None, node: self.node()? });
        }
        let node = self.node()?;
        Ok(Entry { start: node.outer, key: None, node })
    }

    fn pair(&mut self) -> Result<Entry<'t>, String> {
        let start = self.at;
        let explicit = self.byte() == Some(b'?') && self.peek()?.span.start != start;
        if explicit {
            self.at += 1;
        }
        let key = self.node()?;
        let (back, comments) = (self.at, self.comments.len());
        self.gap();
        let colon = (self.byte() == Some(b':')).then_some(self.at);
        if colon.is_some() {
            self.at += 1;
        } else if self.peek()?.is_missing() {
            // A key alone: what follows belongs to whatever comes next.
            self.at = back;
            self.comments.truncate(comments);
        } else {
            return Err(self.lost());
        }
        let node = self.node()?;
        Ok(Entry { start, key: Some(Key { node: key, explicit, colon }), node })
    }
}

/// Behind the indicators of a block scalar's header that begins at `start`.
pub(super) fn header_end(text: &str, start: usize) -> usize {
    let rest = &text[start + 1..];
    start + 1 + rest.bytes().take_while(|b| matches!(b, b'+' | b'-' | b'0'..=b'9')).count()
}

/// The end of a block scalar's last line of content, without its line end. Blank lines behind it belong to it only where the
/// header says that they are kept.
fn block_end(text: &str, start: usize, span_end: usize) -> usize {
    let header = header_end(text, start);
    let keeps = text[start..header].contains('+');
    let body = line_end(text, header);
    let end = span_end.min(text.len());
    if keeps {
        // The span may reach over the indentation of the line that follows.
        let indented = text[..end].trim_end_matches(' ').len();
        let end = if text[..indented].ends_with(['\n', '\r']) { indented.max(body) } else { end };
        for line_end in ["\r\n", "\n", "\r"] {
            if end > body && text[..end].ends_with(line_end) {
                return (end - line_end.len()).max(header);
            }
        }
        return end.max(header);
    }
    let content = text[body.min(end)..end].trim_end_matches([' ', '\t', '\n', '\r']);
    if content.is_empty() {
        return header;
    }
    let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let indent = content.split(['\n', '\r']).find(|l| !l.trim().is_empty()).map_or(0, spaces);
    let mut last = line_end(text, body + content.len());
    // A line of nothing but blanks is content where it is longer than the indentation.
    loop {
        let next = next_line(text, last);
        let line = &text[next.min(end)..line_end(text, next).min(end)];
        if line.len() <= indent || spaces(line) < line.len() {
            return last;
        }
        last = next + line.len();
    }
}
