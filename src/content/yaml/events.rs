//! The one place that knows the span parser: its events in our own words, within limits.
//!
//! Another parser would be put here. What it must give: for every leaf the exact bytes, for every collection its first
//! byte, for every anchor and tag where it stands.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event as Raw, Options, Parser, ScalarStyle, ScanError, StructureStyle, Tag as RawTag};

use super::super::document::SyntaxError;

/// Collections within collections. The second opinion stops at 128; no front matter seen has more than 12.
const MAX_DEPTH: usize = 100;

/// The largest front matter that is parsed: five times the largest real one seen, and read in well under 50 ms.
const MAX_BYTES: usize = 1024 * 1024;

/// The most values, keys and brackets together: what is edited and verified in 50 ms, and twice the largest real front matter
/// seen.
const MAX_EVENTS: usize = 20_000;

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

/// What a node's tag says about its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// No tag.
    None,
    /// `!!str`, or the non-specific `!`: text, however it is written.
    Text,
    /// Any other, in words.
    Other(String),
}

/// What an event is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What<'t> {
    /// A leaf; `text` is its value before any typing. Nothing at all is a plain, empty text of no length.
    Scalar { text: Cow<'t, str>, style: Style },
    /// A reference to the anchor of this number.
    Alias(usize),
    /// A collection begins.
    Open { map: bool, flow: bool },
    /// The innermost collection ends.
    Close,
}

/// One event, with its bytes.
#[derive(Clone, Debug)]
pub(super) struct Event<'t> {
    pub what: What<'t>,
    /// The number of the node's anchor; 0 is none.
    pub anchor: usize,
    pub tag: Tag,
    /// The node's own bytes, properties not included.
    pub span: Range<usize>,
    /// The bytes of anchor and tag; empty where there is neither.
    pub props: Range<usize>,
}

impl Event<'_> {
    /// Nothing is written where the node stands.
    pub(super) fn is_missing(&self) -> bool {
        matches!(&self.what, What::Scalar { style: Style::Plain, text } if text.is_empty())
    }
}

/// The events of the only document in `text`; none where it holds no node.
pub(super) fn events(text: &str) -> Result<Vec<Event<'_>>, SyntaxError> {
    if text.len() > MAX_BYTES {
        let reason = format!("the front matter is too large: {} bytes, at most {MAX_BYTES} are read", text.len());
        return Err(SyntaxError { line: 1, column: 1, reason });
    }
    let mut reader = Reader { text, events: Vec::new(), depth: 0, documents: 0 };
    for event in Parser::new_from_str_with_options(text, options()) {
        let (event, span) = event.map_err(|error| unreadable(&error))?;
        reader.take(event, span)?;
    }
    Ok(reader.events)
}

fn options() -> Options {
    let mut options = Options::default();
    options.emit_comments = false;
    options.emit_anchor_events = true;
    // As libyaml reads it; the two opinions would differ else.
    options.block_scalar_eof_without_line_feed = true;
    // The depth is counted here; these only keep the scanner's own memory bounded.
    options.flow_nesting_limit = MAX_DEPTH + 1;
    options.block_nesting_limit = MAX_DEPTH + 1;
    options
}

fn unreadable(error: &ScanError) -> SyntaxError {
    let (line, column) = (error.marker().line(), error.marker().col() + 1);
    let info = error.info();
    let reason = if info.contains("nesting") || info.contains("recursion") { too_deep() } else { info };
    SyntaxError { line, column, reason }
}

fn too_deep() -> String {
    format!("nested more than {MAX_DEPTH} levels deep")
}

struct Reader<'t> {
    text: &'t str,
    events: Vec<Event<'t>>,
    depth: usize,
    documents: usize,
}

impl<'t> Reader<'t> {
    fn take(&mut self, event: Raw<'t>, span: granit_parser::Span) -> Result<(), SyntaxError> {
        let error = |reason: String| SyntaxError { line: span.start.line(), column: span.start.col() + 1, reason };
        let bytes = span.byte_range().ok_or_else(|| error("the parser lost its place".to_string()))?;
        let tag_at = span.tag_span().and_then(|s| s.byte_range());
        let (what, anchor, tag) = match event {
            Raw::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(error("a second YAML document begins here; front matter is one".to_string()));
                }
                return Ok(());
            }
            Raw::Anchor(_, _) => {
                let node = self.events.last_mut().ok_or_else(|| error("an anchor without a node".to_string()))?;
                node.props = join(&node.props, &bytes);
                return Ok(());
            }
            Raw::Scalar(text, style, anchor, tag) => {
                let missing = style == ScalarStyle::Plain && bytes.is_empty();
                let text = if missing { Cow::Borrowed("") } else { text };
                (What::Scalar { text, style: style_of(style) }, anchor, tag)
            }
            Raw::Alias(id) => (What::Alias(id), 0, None),
            Raw::SequenceStart(style, anchor, tag) => (open(false, style), anchor, tag),
            Raw::MappingStart(style, anchor, tag) => (open(true, style), anchor, tag),
            Raw::SequenceEnd | Raw::MappingEnd => (What::Close, 0, None),
            _ => return Ok(()),
        };
        self.count(&what).map_err(error)?;
        let tag = tag_of(tag.as_deref(), tag_at.as_ref().map(|at| &self.text[at.clone()]));
        let props = tag_at.unwrap_or(bytes.start..bytes.start);
        self.events.push(Event { what, anchor, tag, span: bytes, props });
        Ok(())
    }
}

impl Reader<'_> {
    /// Keeps within the limits.
    fn count(&mut self, what: &What<'_>) -> Result<(), String> {
        match what {
            What::Open { .. } => self.depth += 1,
            What::Close => self.depth -= 1,
            _ => {}
        }
        if self.depth > MAX_DEPTH {
            return Err(too_deep());
        }
        if self.events.len() >= MAX_EVENTS {
            return Err(format!("more than {MAX_EVENTS} values; a front matter of this size is not read"));
        }
        Ok(())
    }
}

fn open<'t>(map: bool, style: StructureStyle) -> What<'t> {
    What::Open { map, flow: style == StructureStyle::Flow }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

fn tag_of(tag: Option<&RawTag>, written: Option<&str>) -> Tag {
    match tag {
        None => Tag::None,
        Some(tag) if tag.core_suffix() == Some("str") || tag.parts() == ("", "!") => Tag::Text,
        Some(tag) => Tag::Other(written.map_or_else(|| tag.original(), str::to_string)),
    }
}

fn join(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    if a.is_empty() { b.clone() } else { a.start.min(b.start)..a.end.max(b.end) }
}
