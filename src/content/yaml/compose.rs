//! From events to values. Aliases are followed within a budget; tags other than those for text change nothing.

use std::collections::HashMap;

use super::super::document::SyntaxError;
use super::super::value::Value;
use super::events::{Event, Style, Tag, What};

/// How much aliases may add to a document, in nodes and bytes of text together. A "billion laughs" stops here.
const ALIAS_BUDGET: usize = 256 * 1024;

/// The value of the document, and where in `text` something stands against it.
pub(super) fn compose(text: &str, events: &[Event<'_>]) -> Result<Value, SyntaxError> {
    let mut composer = Composer { events, at: 0, anchors: HashMap::new(), budget: ALIAS_BUDGET };
    if events.is_empty() {
        return Ok(Value::Null);
    }
    match composer.node() {
        Ok(value @ (Value::Map(_) | Value::Null)) => Ok(value),
        Ok(Value::Seq(_)) => {
            Err(error_at(text, &events[0], "the front matter is a list; it must be `key: value` lines"))
        }
        Ok(_) => Err(error_at(text, &events[0], "the front matter is a text; it must be `key: value` lines")),
        Err(reason) => Err(error_at(text, &events[composer.at.min(events.len()) - 1], reason)),
    }
}

fn error_at(text: &str, event: &Event<'_>, reason: &str) -> SyntaxError {
    let before = &text[..event.span.start.min(text.len())];
    let line = before.matches('\n').count() + before.matches('\r').count() - before.matches("\r\n").count();
    let column = before.chars().rev().take_while(|c| !matches!(c, '\n' | '\r')).count();
    SyntaxError { line: line + 1, column: column + 1, reason: reason.to_string() }
}

struct Composer<'e, 't> {
    events: &'e [Event<'t>],
    at: usize,
    /// The value and the size of each anchored node that is complete.
    anchors: HashMap<usize, (Value, usize)>,
    budget: usize,
}

impl<'e, 't> Composer<'e, 't> {
    fn next(&mut self) -> Result<&'e Event<'t>, &'static str> {
        let event = self.events.get(self.at).ok_or("the document ends in the middle")?;
        self.at += 1;
        Ok(event)
    }

    fn node(&mut self) -> Result<Value, &'static str> {
        let event = self.next()?;
        let value = match &event.what {
            What::Scalar { text, style } => scalar(text, *style, &event.tag),
            What::Alias(id) => self.alias(*id)?,
            What::Open { map: false, .. } => self.seq()?,
            What::Open { map: true, .. } => self.map()?,
            What::Close => return Err("a collection ends that was not begun"),
        };
        if event.anchor != 0 {
            self.anchors.insert(event.anchor, (value.clone(), size(&value)));
        }
        Ok(value)
    }

    fn alias(&mut self, id: usize) -> Result<Value, &'static str> {
        let (value, size) = self.anchors.get(&id).ok_or("an alias within the value that it stands for")?;
        self.budget =
            self.budget.checked_sub(*size).ok_or("the aliases of this front matter multiply to too much text")?;
        Ok(value.clone())
    }

    fn closes(&mut self) -> bool {
        let closes = self.events.get(self.at).is_none_or(|e| e.what == What::Close);
        self.at += usize::from(closes);
        closes
    }

    fn seq(&mut self) -> Result<Value, &'static str> {
        let mut items = Vec::new();
        while !self.closes() {
            items.push(self.node()?);
        }
        Ok(Value::Seq(items))
    }

    fn map(&mut self) -> Result<Value, &'static str> {
        let mut entries = Vec::new();
        while !self.closes() {
            let key = match self.events.get(self.at).map(|e| &e.what) {
                // A key keeps its text whatever its type: `2022: x` has the key `2022`.
                Some(What::Scalar { text, .. }) => {
                    let text = text.to_string();
                    self.node()?;
                    text
                }
                _ => key_text(&self.node()?),
            };
            entries.push((key, self.node()?));
        }
        Ok(Value::Map(entries))
    }
}

/// A key that is no scalar, in flow style: it can be seen, and never edited.
fn key_text(value: &Value) -> String {
    match value {
        Value::Seq(items) => format!("[{}]", items.iter().map(key_text).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let pairs: Vec<_> = entries.iter().map(|(k, v)| format!("{k}: {}", key_text(v))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        scalar => scalar.scalar_text().unwrap_or_default(),
    }
}

/// What one scalar means.
pub(super) fn scalar(text: &str, style: Style, tag: &Tag) -> Value {
    match tag {
        Tag::Text => Value::Str(text.to_string()),
        Tag::Other(tag) if matches!(tag.as_str(), "!!int" | "!!float" | "!!bool" | "!!null" | "!!timestamp") => {
            Value::plain(text)
        }
        _ if style == Style::Plain => Value::plain(text),
        _ => Value::Str(text.to_string()),
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Seq(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|(k, v)| 1 + k.len() + size(v)).sum::<usize>(),
        Value::Str(text) | Value::Date(text) => 1 + text.len(),
        Value::Number(number) => 1 + number.text().len(),
        Value::Null | Value::Bool(_) => 1,
    }
}
