//! Vocabulary files: what is known beyond what the library uses, in YAML, JSON or CSV.
//!
//! Here: the shapes that every such file shares. A list of entries, or a map of `closed:` and that list under its name; in CSV the
//! first line names the columns, and such a file is never closed. Not here: what an entry is (`topic_list`), and the disk.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::ProfileError;

/// An entry of a vocabulary file. It is read from a map, in CSV one of texts; most also from a text alone.
pub trait Listing: DeserializeOwned {
    /// What the list is called where the file is a map: `topics`.
    const LIST: &'static str;
    /// The columns of a CSV file, the one that must be there first.
    const COLUMNS: &'static [&'static str];
}

/// What a vocabulary file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<T> {
    /// Whether nothing but these may be used.
    pub closed: bool,
    pub entries: Vec<T>,
}

impl<T: Listing> Listed<T> {
    /// Reads a file's text; the name's ending says the format, YAML where it says none.
    ///
    /// # Errors
    /// The file, the line and the reason.
    pub fn read(text: &str, file: &str) -> Result<Listed<T>, ProfileError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let read = match ending.as_deref() {
            Some("json") => serde_json::from_str(text).map_err(|e| (Some(e.line()), without_place(&e.to_string()))),
            Some("csv") => rows(text),
            _ => match serde_yaml::from_str::<Option<Listed<T>>>(text) {
                Ok(listed) => Ok(listed.unwrap_or(Listed { closed: false, entries: Vec::new() })),
                Err(error) => Err((error.location().map(|at| at.line()), without_place(&error.to_string()))),
            },
        };
        read.map_err(|(line, reason)| ProfileError { file: file.to_string(), line, reason })
    }
}

type Fault = (Option<usize>, String);

/// The message without the place at its end, which is said apart.
fn without_place(message: &str) -> String {
    message[..message.rfind(" at line ").unwrap_or(message.len())].to_string()
}

fn rows<T: Listing>(text: &str) -> Result<Listed<T>, Fault> {
    let line_of = |error: &csv::Error| error.position().map(|at| at.line() as usize);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|e| (line_of(&e), e.to_string()))?.clone();
    let known = || format!("the first line names the columns: {}", T::COLUMNS.join(", "));
    if !T::COLUMNS.first().is_none_or(|must| columns.iter().any(|column| column == *must)) {
        return Err((Some(1), known()));
    }
    let mut entries = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| (line_of(&e), without_numbers(&e)))?;
        let line = row.position().map(|at| at.line() as usize);
        let cells = columns.iter().zip(&row).filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(column, cell)| (column.to_string(), serde_json::Value::from(cell))).collect();
        let entry = serde_json::from_value(serde_json::Value::Object(cells));
        entries.push(entry.map_err(|e| (line, e.to_string()))?);
    }
    Ok(Listed { closed: false, entries })
}

/// What is wrong with a row, the place being said apart.
fn without_numbers(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells here, {expected_len} in the first line")
        }
        _ => error.to_string(),
    }
}

impl<'de, T: Listing> Deserialize<'de> for Listed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Listed<T>, D::Error> {
        from.deserialize_any(ListedVisitor(PhantomData))
    }
}

struct ListedVisitor<T>(PhantomData<T>);

impl<'de, T: Listing> Visitor<'de> for ListedVisitor<T> {
    type Value = Listed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}, or a map with `closed` and `{}`", T::LIST, T::LIST)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Listed<T>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = seq.next_element()? {
            entries.push(entry);
        }
        Ok(Listed { closed: false, entries })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Listed<T>, A::Error> {
        let mut listed = Listed { closed: false, entries: Vec::new() };
        while let Some(Key(key, ..)) = map.next_key::<Key<T>>()? {
            match key.as_str() {
                "closed" => listed.closed = map.next_value()?,
                _ => listed.entries = map.next_value::<Option<Vec<T>>>()?.unwrap_or_default(),
            }
        }
        Ok(listed)
    }
}

/// A key beside the list. It is checked where it is read, so that an error names its line.
struct Key<T>(String, PhantomData<T>);

impl<'de, T: Listing> Deserialize<'de> for Key<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Key<T>, D::Error> {
        from.deserialize_str(KeyVisitor(PhantomData))
    }
}

struct KeyVisitor<T>(PhantomData<T>);

impl<T: Listing> Visitor<'_> for KeyVisitor<T> {
    type Value = Key<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`closed` or `{}`", T::LIST)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key<T>, E> {
        if key != "closed" && key != T::LIST {
            return Err(E::custom(format!("`{key}` is not known here; there are `closed` and `{}`", T::LIST)));
        }
        Ok(Key(key.to_string(), PhantomData))
    }
}

/// Several short texts: a list, or one text with `;` between them, as a cell of a CSV file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Texts, D::Error> {
        from.deserialize_any(TextsVisitor)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts, or one text with `;` between them")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Texts, E> {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        Ok(Texts(parts.map(str::to_string).collect()))
    }

    fn visit_unit<E: Error>(self) -> Result<Texts, E> {
        Ok(Texts::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Texts, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = seq.next_element()? {
            texts.push(text);
        }
        Ok(Texts(texts))
    }
}
