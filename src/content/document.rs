//! One file's bytes, split: BOM, fences, front matter, body. Put together again they are the same bytes.
//!
//! Here: finding the parts, and handing the front matter to the splicer of its format. Not here: any parsing of a format.

use std::ops::Range;
use std::sync::Arc;

use super::fences::split;
use super::op::Op;
use super::path::FieldPath;
use super::toml::Toml;
use super::value::Value;
use super::yaml::Yaml;

/// How the front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Between `---` lines (closed by `---` or `...`).
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// An object that the file opens with.
    Json,
}

impl Format {
    /// The name people use.
    pub fn name(self) -> &'static str {
        match self {
            Format::Yaml => "YAML",
            Format::Toml => "TOML",
            Format::Json => "JSON",
        }
    }
}

/// Files above this size are not read as documents: 16 MiB, a hundred times the largest real one seen.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Why a file cannot be read as a document. It is listed with this reason and never written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The bytes are no UTF-8.
    #[error("not UTF-8 (first at byte {at}): save it as UTF-8 to edit it here")]
    NotUtf8 { at: usize },
    /// The file has a NUL byte or opens like UTF-16.
    #[error("not a text file")]
    NotText,
    /// Larger than [`MAX_BYTES`].
    #[error("too large: {bytes} bytes, at most {MAX_BYTES} are read")]
    TooLarge { bytes: usize },
    /// No fence in the first line.
    #[error("no front matter: the first line is no `---`")]
    NoFrontMatter,
    /// An opening fence without a closing one.
    #[error("line {line}: the front matter is never closed")]
    NeverClosed { line: usize },
    /// The front matter does not parse. Lines count from 1 in the file.
    #[error("line {line}, column {column}: {reason}")]
    Syntax { line: usize, column: usize, reason: String },
}

/// Where and why a front matter does not parse; lines and columns count from 1 within the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub line: usize,
    pub column: usize,
    pub reason: String,
}

/// Why an edit is not made. The document stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", if field.is_root() { String::new() } else { format!("{field}: ") })]
pub struct Refusal {
    /// The field that was to be edited.
    pub field: FieldPath,
    /// What stands against it, in a curator's words.
    pub reason: String,
}

impl Refusal {
    /// A refusal of an edit at `field`.
    pub fn new(field: FieldPath, reason: impl Into<String>) -> Refusal {
        Refusal { field, reason: reason.into() }
    }
}

/// A front matter after an edit, verified.
#[derive(Debug)]
pub(super) struct Edited {
    pub text: String,
    /// Only our own parser could say so: the other one had not read the old text, or had read something else.
    pub one_opinion: bool,
}

/// What the splicer of one format offers; `Document` is the only caller.
pub(super) trait FrontMatter {
    /// The value of the whole front matter: a map, or null where it is empty.
    fn value(&self) -> &Value;
    /// The text after `ops`, verified: its value is the old value with the ops applied, and no byte outside the edited
    /// fields differs. Otherwise a refusal.
    fn edit(&self, ops: &[Op]) -> Result<Edited, Refusal>;
    /// The bytes of the field at `path`, key and value, for showing where it stands.
    fn span(&self, path: &FieldPath) -> Option<Range<usize>>;
}

/// One content file in memory.
#[derive(Clone, Debug)]
pub struct Document {
    text: Arc<str>,
    format: Format,
    front: Range<usize>,
    body: Range<usize>,
    one_opinion: bool,
}

impl Document {
    /// Splits a file's bytes. The front matter is not parsed yet.
    ///
    /// # Errors
    /// [`Unreadable`] for all but [`Unreadable::Syntax`], which [`Document::value`] tells.
    pub fn open(bytes: Vec<u8>) -> Result<Document, Unreadable> {
        Document::of(text_of(&bytes)?.into())
    }

    fn of(text: Arc<str>) -> Result<Document, Unreadable> {
        let parts = split(&text)?;
        Ok(Document { text, format: parts.format, front: parts.front, body: parts.body, one_opinion: false })
    }

    /// The whole text: the file's bytes.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The front matter between its fences, line ends included.
    pub fn front(&self) -> &str {
        &self.text[self.front.clone()]
    }

    /// Where the front matter stands in the text.
    pub fn front_range(&self) -> Range<usize> {
        self.front.clone()
    }

    /// What follows the closing fence's line.
    pub fn body(&self) -> &str {
        &self.text[self.body.clone()]
    }

    /// How the front matter is written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether an edit that led here was verified by one parser only, because the other one does not read the file as it
    /// was (`[?x]`, say). TOML counts as two: `toml_edit` reads what our own scanner has spliced.
    pub fn has_one_opinion(&self) -> bool {
        self.one_opinion
    }

    /// The front matter's value.
    ///
    /// # Errors
    /// [`Unreadable::Syntax`] with the line in the file.
    pub fn value(&self) -> Result<Value, Unreadable> {
        Ok(self.parse()?.value().clone())
    }

    /// The bytes of a field, key and value, in the whole text.
    pub fn field_range(&self, path: &FieldPath) -> Option<Range<usize>> {
        let span = self.parse().ok()?.span(path)?;
        Some(self.front.start + span.start..self.front.start + span.end)
    }

    /// The document after `ops`, verified. `self` is untouched.
    ///
    /// # Errors
    /// A [`Refusal`] where the result could not be proved to be exactly what was asked for.
    pub fn apply(&self, ops: &[Op]) -> Result<Document, Refusal> {
        if ops.is_empty() {
            return Ok(self.clone());
        }
        let front = self.parse().map_err(|e| Refusal::new(ops[0].place().clone(), e.to_string()))?;
        self.edited(&*front, ops)
    }

    /// As [`Document::apply`], the operations being made from the value: one parse serves both. They come with whatever else the
    /// caller makes of it.
    pub(super) fn revise<T, E: From<Refusal>>(
        &self,
        operations: impl FnOnce(&Value) -> Result<(Vec<Op>, T), E>,
    ) -> Result<(Document, T), E> {
        let front = self.parse().map_err(|e| Refusal::new(FieldPath::root(), e.to_string()))?;
        let (ops, more) = operations(front.value())?;
        let document = if ops.is_empty() { self.clone() } else { self.edited(&*front, &ops)? };
        Ok((document, more))
    }

    fn edited(&self, front: &dyn FrontMatter, ops: &[Op]) -> Result<Document, Refusal> {
        let place = ops[0].place().clone();
        let Edited { text: mut new_front, one_opinion } = front.edit(ops)?;
        if self.front.is_empty() && self.text[..self.front.start].ends_with("\r\n") {
            // Nothing but the fence says which line ends this file has.
            new_front = new_front.replace('\n', "\r\n");
        }
        let text: Arc<str> = [&self.text[..self.front.start], &new_front, &self.text[self.front.end..]].concat().into();
        let moved = |at: usize| at - self.front.end + self.front.start + new_front.len();
        let document = Document {
            front: self.front.start..self.front.start + new_front.len(),
            body: moved(self.body.start)..moved(self.body.end),
            format: self.format,
            one_opinion: self.one_opinion || one_opinion,
            text,
        };
        // The fences must still be found where they stand: a value must not close the front matter.
        match Document::of(document.text.clone()) {
            Ok(again) if again.front == document.front && again.body == document.body => Ok(document),
            _ => Err(Refusal::new(place, "the new text would close the front matter early")),
        }
    }

    /// The document with other bytes in one place, for edits that came back from an editor.
    ///
    /// # Errors
    /// [`Unreadable`] where the result is no document.
    pub fn with_text(&self, text: String) -> Result<Document, Unreadable> {
        let document = Document { one_opinion: self.one_opinion, ..Document::of(text.into())? };
        document.value()?;
        Ok(document)
    }

    fn parse(&self) -> Result<Box<dyn FrontMatter + '_>, Unreadable> {
        let front = self.front();
        let parsed = match self.format {
            // What a site's tools write as JSON stays JSON, between fences too.
            Format::Yaml if is_json(front) => Yaml::parse_json(front).map(|y| Box::new(y) as Box<dyn FrontMatter>),
            Format::Yaml => Yaml::parse(front).map(|y| Box::new(y) as Box<dyn FrontMatter>),
            Format::Json => Yaml::parse_json(front).map(|y| Box::new(y) as Box<dyn FrontMatter>),
            Format::Toml => Toml::parse(front).map(|t| Box::new(t) as Box<dyn FrontMatter>),
        };
        parsed.map_err(|error| {
            let before = self.text[..self.front.start].matches('\n').count();
            Unreadable::Syntax { line: error.line + before, column: error.column, reason: error.reason }
        })
    }
}

/// A file's bytes as the text they must be.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge { bytes: bytes.len() });
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || memchr::memchr(0, bytes).is_some() {
        return Err(Unreadable::NotText);
    }
    simdutf8::compat::from_utf8(bytes).map_err(|e| Unreadable::NotUtf8 { at: e.valid_up_to() })
}

fn is_json(front: &str) -> bool {
    front.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(front).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String) {
        let doc = Document::open(text.as_bytes().to_vec()).unwrap();
        assert_eq!(doc.text(), text);
        (doc.front().to_string(), doc.body().to_string())
    }

    #[test]
    fn fences_are_found_with_every_oddity_kept() {
        let both = |front: &str, body: &str| (front.to_string(), body.to_string());
        assert_eq!(parts("---\na: 1\n---\nbody"), both("a: 1\n", "body"));
        assert_eq!(parts("\u{feff}---  \r\na: 1\r\n---\t\r\nbody\r\n"), both("a: 1\r\n", "body\r\n"));
        assert_eq!(parts("\n\n---\na: 1\n...\n"), both("a: 1\n", ""));
        assert_eq!(parts("---\n---"), both("", ""));
        assert_eq!(parts("+++\na = 1\n+++\nb"), both("a = 1\n", "b"));
        assert_eq!(parts("{\"a\": \"}\"}\nb"), both("{\"a\": \"}\"}", "b"));
        assert_eq!(parts("---\ra: 1\r---\rbody"), both("a: 1\r", "body"));
    }

    #[test]
    fn json_between_fences_stays_json() {
        let text = "---\n{\"title\": \"x\", \"n\": 3}\n---\nb";
        let document = Document::open(text.as_bytes().to_vec()).unwrap();
        let op = Op::Set { path: FieldPath::key("title"), value: Value::from("y: z") };
        assert_eq!(document.apply(&[op]).unwrap().text(), text.replace("\"x\"", "\"y: z\""));
        let kind = Op::Set { path: FieldPath::key("n"), value: Value::from("abc") };
        assert_eq!(document.apply(&[kind]).unwrap().text(), text.replace("3", "\"abc\""));
    }

    #[test]
    fn what_is_no_document_says_why() {
        let reason = |bytes: &[u8]| Document::open(bytes.to_vec()).map(|d| d.text().to_string()).unwrap_err();
        assert_eq!(reason(b""), Unreadable::NoFrontMatter);
        assert_eq!(reason(b"# Title\n"), Unreadable::NoFrontMatter);
        assert_eq!(reason(b"{{ liquid }}\n"), Unreadable::NoFrontMatter);
        assert_eq!(reason(b"---\na: 1\n"), Unreadable::NeverClosed { line: 1 });
        assert_eq!(reason(b"---"), Unreadable::NeverClosed { line: 1 });
        assert_eq!(reason(b"---\na: \xff\n---\n"), Unreadable::NotUtf8 { at: 7 });
        assert_eq!(reason(b"\xff\xfe-\0"), Unreadable::NotText);
    }
}
