//! The list's view of a file: a few cells, read fast.
//!
//! Here: what a cell is, how a field is found in a tree (`walk`), and a line scanner for regular YAML front matter
//! (`scan`, `scalar`, into `nodes`). Wherever a line is not regular the scanner says that it does not know, and the full parser answers;
//! tests show that the two agree. Not here: any parsing beyond that, and what a field means.

mod find;
mod nodes;
mod scalar;
mod scan;
mod texts;
mod walk;

#[cfg(test)]
mod tests;

use super::document::{Document, Format, Unreadable, text_of};
use super::fences::usual_front;
use super::path::FieldRef;
use super::value::Value;

pub use texts::Texts;

/// What one field of one file holds, as lists, facets and queries know it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// No such key.
    Missing,
    /// The key is there, its value is null.
    Null,
    /// A scalar as text; may be blank (`''`, `' '`).
    Text(Box<str>),
    /// A list of scalars as texts (a projection such as `relatedOfferings[].label` too); may be empty.
    List(Texts),
    /// A map, or a list that holds lists or maps: how many entries it has.
    Nested(u32),
}

impl Cell {
    /// The cell of `field` in a parsed front matter.
    ///
    /// A projection (`relatedOfferings[].label`) is the list of what its entries hold, lists in them joined; it is missing
    /// or null as its list is.
    pub fn of(field: &FieldRef, value: &Value) -> Cell {
        walk::cell(field.steps(), value).expect("a parsed value always knows its cell")
    }

    /// `''`, blanks or `[]`.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Text(text) => text.trim().is_empty(),
            Cell::List(items) => items.is_empty(),
            Cell::Nested(count) => *count == 0,
            Cell::Missing | Cell::Null => false,
        }
    }

    /// The texts it holds: none, one or many.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Cell::Text(text) => (Some(&**text), None),
            Cell::List(texts) => (None, Some(texts.iter())),
            _ => (None, None),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }
}

/// The cells of `fields` in `document`, by the line scanner where it is sure, else by the full parser.
///
/// # Errors
/// [`Unreadable::Syntax`] where the front matter does not parse. (A file that the scanner could read in full for these fields may
/// still hold an error elsewhere; the scanner therefore answers only where *every* line of the front matter is regular.)
pub fn cells(document: &Document, fields: &[FieldRef]) -> Result<Vec<Cell>, Unreadable> {
    if let Some(cells) = scanned(document, fields) {
        return Ok(cells);
    }
    let value = document.value()?;
    Ok(fields.iter().map(|field| Cell::of(field, &value)).collect())
}

/// The whole value of a field (no projection), found as [`cells`] are; nothing where there is no such field.
///
/// # Errors
/// As [`cells`].
pub fn value(document: &Document, field: &FieldRef) -> Result<Option<Value>, Unreadable> {
    let scanned = || walk::value(field.steps(), nodes::Scan::of(document.front(), &mut nodes::Room::default())?.root());
    if let Some(found) = Some(document.format()).filter(|f| *f == Format::Yaml).and_then(|_| scanned()) {
        return Ok(found);
    }
    let value = document.value()?;
    Ok(field.resolve(&value).and_then(|path| value.at(&path).cloned()))
}

/// What the scanner alone knows; `None` where it is not sure.
fn scanned(document: &Document, fields: &[FieldRef]) -> Option<Vec<Cell>> {
    (document.format() == Format::Yaml).then(|| by_lines(document.front(), fields, &mut nodes::Room::default()))?
}

/// The value of the whole front matter where every line of it is regular and no key stands twice: in a tenth of the time of a parser.
/// `None` where [`Document::value`] has to be asked. What is written is never made of this: it is what an intent is worked out on.
pub fn plain_value(document: &Document) -> Option<Value> {
    match document.format() {
        Format::Yaml => nodes::Scan::of(document.front(), &mut nodes::Room::default())?.value(),
        Format::Toml | Format::Json => None,
    }
}

fn by_lines(front: &str, fields: &[FieldRef], room: &mut nodes::Room) -> Option<Vec<Cell>> {
    let scan = nodes::Scan::of(front, room)?;
    let cells = fields.iter().map(|field| walk::cell(field.steps(), scan.root())).collect();
    room.give_back(scan);
    cells
}

/// Reads the same cells of one file after another, into the same room: for ten thousand files.
pub struct Reader {
    fields: Vec<FieldRef>,
    room: nodes::Room,
}

impl Reader {
    /// A reader of `fields`.
    pub fn new(fields: Vec<FieldRef>) -> Reader {
        Reader { fields, room: nodes::Room::default() }
    }

    /// What [`cells`] says of the document with these bytes. Only where the scanner is not sure is it made at all.
    ///
    /// # Errors
    /// Those of [`Document::open`] and of [`cells`].
    pub fn cells(&mut self, bytes: &[u8]) -> Result<Vec<Cell>, Unreadable> {
        let text = text_of(bytes)?;
        // The scanner is not sure of a line that begins with `...`.
        let scanned = usual_front(text).and_then(|front| by_lines(front, &self.fields, &mut self.room));
        scanned.map_or_else(|| cells(&Document::open(bytes.to_vec())?, &self.fields), Ok)
    }
}
