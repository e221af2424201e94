//! Names of fields: [`FieldRef`] as a person types it, [`FieldPath`] as one document resolves it.
//!
//! `featuredImage.alt`, `relatedOfferings[2].label`, `breadcrumbs[-1]`, `htmlMetaData.msvalidate.01`, `"a.b".c`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::value::Value;

/// One step down into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Segment {
    /// Into a map.
    Key(String),
    /// Into a list, counted from 0.
    Index(usize),
}

/// The exact place of a value in one document. Empty: the whole front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldPath(Vec<Segment>);

impl FieldPath {
    /// The whole front matter.
    pub fn root() -> FieldPath {
        FieldPath(Vec::new())
    }

    /// A path of these steps.
    pub fn new(segments: Vec<Segment>) -> FieldPath {
        FieldPath(segments)
    }

    /// A top-level key.
    pub fn key(key: impl Into<String>) -> FieldPath {
        FieldPath(vec![Segment::Key(key.into())])
    }

    /// This path and one key more.
    pub fn then(&self, key: impl Into<String>) -> FieldPath {
        self.with(Segment::Key(key.into()))
    }

    /// This path and one list position more.
    pub fn index(&self, index: usize) -> FieldPath {
        self.with(Segment::Index(index))
    }

    /// This path and one step more.
    pub fn with(&self, segment: Segment) -> FieldPath {
        let mut segments = self.0.clone();
        segments.push(segment);
        FieldPath(segments)
    }

    /// The steps.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The path of what holds this, and the last step. `None` for the root.
    pub fn split_last(&self) -> Option<(FieldPath, &Segment)> {
        let (last, rest) = self.0.split_last()?;
        Some((FieldPath(rest.to_vec()), last))
    }

    /// Whether `self` is `other` or holds it.
    pub fn holds(&self, other: &FieldPath) -> bool {
        other.0.starts_with(&self.0)
    }

    /// Whether this is the whole front matter.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for FieldPath {
    /// As [`FieldRef`] reads it back: a key that holds a dot, a bracket, a quote or nothing stands in quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => {
                    if at > 0 {
                        f.write_str(".")?;
                    }
                    write_key(f, key)?;
                }
            }
        }
        Ok(())
    }
}

fn write_key(f: &mut fmt::Formatter<'_>, key: &str) -> fmt::Result {
    if !key.is_empty() && !key.contains(['.', '[', ']', '"', '\\', '=', ':']) {
        return f.write_str(key);
    }
    write!(f, "\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A field as it was typed or as a profile names it; what it means depends on the document, because keys may hold dots.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldRef {
    text: String,
    steps: Vec<Step>,
}

/// One step of a reference, for `summary`, which walks trees that are no [`Value`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Step {
    /// A word between dots; several in a row may be one key.
    Word(String),
    /// A key in quotes, or one that is known exactly.
    Exact(String),
    /// `[3]`, `[-1]`.
    Index(i64),
    /// `[]`: every entry.
    Each,
}

/// Why a text names no field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a field name: {reason}")]
pub struct FieldRefError {
    text: String,
    reason: &'static str,
}

impl TryFrom<String> for FieldRef {
    type Error = FieldRefError;
    fn try_from(text: String) -> Result<FieldRef, FieldRefError> {
        text.parse()
    }
}

impl From<FieldRef> for String {
    fn from(field: FieldRef) -> String {
        field.text
    }
}

impl std::str::FromStr for FieldRef {
    type Err = FieldRefError;
    fn from_str(text: &str) -> Result<FieldRef, FieldRefError> {
        let fail = |reason| FieldRefError { text: text.to_string(), reason };
        let mut steps = Vec::new();
        let mut rest = text;
        let mut key_expected = true;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('[') {
                let (inside, tail) = after.split_once(']').ok_or_else(|| fail("`[` without `]`"))?;
                let step = match inside.trim() {
                    "" => Step::Each,
                    number => Step::Index(
                        number.parse().map_err(|_| fail("a list position is a number, such as [0] or [-1]"))?,
                    ),
                };
                steps.push(step);
                rest = tail;
                key_expected = false;
            } else if let Some(after) = rest.strip_prefix('.') {
                if key_expected && !steps.is_empty() {
                    // `a..b`: an empty word, so that the key `a..b` stays reachable.
                    steps.push(Step::Word(String::new()));
                } else if steps.is_empty() {
                    steps.push(Step::Word(String::new()));
                }
                rest = after;
                key_expected = true;
            } else if let Some(after) = rest.strip_prefix('"') {
                let (key, tail) = quoted(after).ok_or_else(|| fail("a quote is not closed"))?;
                steps.push(Step::Exact(key));
                rest = tail;
                key_expected = false;
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                steps.push(Step::Word(rest[..end].to_string()));
                rest = &rest[end..];
                key_expected = false;
            }
        }
        match key_expected {
            true if steps.is_empty() => Err(fail("it is empty")),
            true => Err(fail("it ends in a dot")),
            false => Ok(FieldRef { text: text.to_string(), steps }),
        }
    }
}

fn quoted(text: &str) -> Option<(String, &str)> {
    let mut key = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((key, &text[at + 1..])),
            '\\' => key.push(chars.next()?.1),
            other => key.push(other),
        }
    }
    None
}

impl From<&FieldPath> for FieldRef {
    /// A reference that means exactly this path in any document.
    fn from(path: &FieldPath) -> FieldRef {
        let steps = path.segments().iter().map(|segment| match segment {
            Segment::Key(key) => Step::Exact(key.clone()),
            Segment::Index(index) => Step::Index(*index as i64),
        });
        FieldRef { text: path.to_string(), steps: steps.collect() }
    }
}

impl fmt::Display for FieldRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FieldRef {
    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The steps it is made of.
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether it holds `[]` and so names one field of every entry of a list.
    pub fn is_projection(&self) -> bool {
        self.steps.contains(&Step::Each)
    }

    /// The first key, as far as it can be known without a document.
    pub fn first_word(&self) -> &str {
        match self.steps.first() {
            Some(Step::Word(word) | Step::Exact(word)) => word,
            _ => "",
        }
    }

    /// The place it names in `value`, if something stands there. The longest key that exists wins:
    /// `a.b` is the key `a.b` where there is one, else `b` within `a`. Projections name no single place.
    pub fn resolve(&self, value: &Value) -> Option<FieldPath> {
        resolve_steps(&self.steps, value, Vec::new()).map(FieldPath)
    }

    /// As [`FieldRef::resolve`], but what is missing at the end is named as keys, one for each word, so that it can be made.
    /// `None` where the missing part goes through a list position or a scalar.
    pub fn resolve_or_new(&self, value: &Value) -> Option<FieldPath> {
        if let Some(path) = self.resolve(value) {
            return Some(path);
        }
        // The longest leading part that exists, then plain keys.
        for kept in (0..self.steps.len()).rev() {
            let Some(found) = resolve_steps(&self.steps[..kept], value, Vec::new()) else { continue };
            let here = value.at(&FieldPath(found.clone()))?;
            if !matches!(here, Value::Map(_) | Value::Null) {
                return None;
            }
            let mut segments = found;
            for step in &self.steps[kept..] {
                match step {
                    Step::Word(word) | Step::Exact(word) => segments.push(Segment::Key(word.clone())),
                    Step::Index(_) | Step::Each => return None,
                }
            }
            return Some(FieldPath(segments));
        }
        None
    }

    /// Every value it names: one, or with `[]` one of each entry. Nothing where it names nothing.
    pub fn select<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        let Some(each) = self.steps.iter().position(|s| *s == Step::Each) else {
            return self.resolve(value).and_then(|path| value.at(&path)).into_iter().collect();
        };
        let Some(list) = resolve_steps(&self.steps[..each], value, Vec::new()).and_then(|p| value.at(&FieldPath(p)))
        else {
            return Vec::new();
        };
        let rest = FieldRef { text: String::new(), steps: self.steps[each + 1..].to_vec() };
        let items = list.as_seq().unwrap_or(&[]);
        items.iter().flat_map(|item| if rest.steps.is_empty() { vec![item] } else { rest.select(item) }).collect()
    }
}

fn resolve_steps(steps: &[Step], value: &Value, mut found: Vec<Segment>) -> Option<Vec<Segment>> {
    let Some(first) = steps.first() else { return Some(found) };
    match (first, value) {
        (Step::Index(at), Value::Seq(items)) => {
            let index = if *at < 0 { items.len().checked_sub(at.unsigned_abs() as usize)? } else { *at as usize };
            let item = items.get(index)?;
            found.push(Segment::Index(index));
            resolve_steps(&steps[1..], item, found)
        }
        (Step::Exact(key), Value::Map(_)) => {
            let child = value.get(key)?;
            found.push(Segment::Key(key.clone()));
            resolve_steps(&steps[1..], child, found)
        }
        (Step::Word(_), Value::Map(_)) => {
            let words: Vec<&str> =
                steps.iter().map_while(|s| if let Step::Word(w) = s { Some(w.as_str()) } else { None }).collect();
            (1..=words.len()).rev().find_map(|count| {
                let key = words[..count].join(".");
                let child = value.get(&key)?;
                let mut longer = found.clone();
                longer.push(Segment::Key(key));
                resolve_steps(&steps[count..], child, longer)
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, Value)]) -> Value {
        Value::Map(entries.iter().map(|(k, v)| (k.to_string(), v.clone())).collect())
    }

    #[test]
    fn the_longest_key_that_exists_wins_and_quotes_decide() {
        let doc = map(&[
            ("html", map(&[("msvalidate.01", "x".into()), ("robots", "y".into())])),
            ("a.b", "dotted".into()),
            ("a", map(&[("b", "nested".into())])),
            ("list", Value::Seq(vec!["one".into(), map(&[("label", "two".into())])])),
        ]);
        let read = |text: &str| {
            let field: FieldRef = text.parse().unwrap();
            field.resolve(&doc).and_then(|p| doc.at(&p).cloned())
        };
        assert_eq!(read("html.msvalidate.01"), Some("x".into()));
        assert_eq!(read("a.b"), Some("dotted".into()));
        assert_eq!(read("\"a\".b"), Some("nested".into()));
        assert_eq!(read("list[-1].label"), Some("two".into()));
        assert_eq!(read("list[5]"), None);
        let labels: FieldRef = "list[].label".parse().unwrap();
        assert_eq!(labels.select(&doc), vec![&Value::from("two")]);
    }

    #[test]
    fn a_path_reads_back_to_itself() {
        let path = FieldPath::key("a.b").then("c").index(3).then("say \"hi\"");
        let field: FieldRef = path.to_string().parse().unwrap();
        let exact: Vec<Step> =
            field.steps.into_iter().map(|s| if let Step::Word(w) = s { Step::Exact(w) } else { s }).collect();
        assert_eq!(exact, FieldRef::from(&path).steps);
    }

    #[test]
    fn what_is_missing_is_named_so_that_it_can_be_made() {
        let doc = map(&[("params", Value::Null), ("title", "x".into())]);
        let new = |text: &str| text.parse::<FieldRef>().unwrap().resolve_or_new(&doc).map(|p| p.to_string());
        assert_eq!(new("params.author.name").as_deref(), Some("params.author.name"));
        assert_eq!(new("fresh").as_deref(), Some("fresh"));
        assert_eq!(new("title.deeper"), None);
        assert_eq!(new("list[0]"), None);
    }

    #[test]
    fn a_text_that_names_no_field_says_why() {
        for (text, reason) in
            [("", "empty"), ("a[", "without"), ("a[x]", "number"), ("\"a", "not closed"), ("a.", "dot")]
        {
            let error = text.parse::<FieldRef>().unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
