//! What a TOML text means, by `toml_edit`. Numbers and dates keep the text they were written with.

use toml_edit::{Document, Item, Table, Value as Raw};

use super::super::document::SyntaxError;
use super::super::value::{Number, Value};

/// The value of a text.
pub(super) fn read(text: &str) -> Result<Value, SyntaxError> {
    match Document::parse(text) {
        Ok(document) => Ok(table(text, document.as_table())),
        Err(error) => {
            let at = error.span().map_or(0, |s| s.start.min(text.len()));
            let before = text.get(..at).unwrap_or("");
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            let reason = error.message().lines().collect::<Vec<_>>().join(", ");
            Err(SyntaxError { line, column, reason })
        }
    }
}

fn table(text: &str, table: &Table) -> Value {
    Value::Map(table.iter().map(|(key, value)| (key.to_string(), item(text, value))).collect())
}

fn item(text: &str, item: &Item) -> Value {
    match item {
        Item::None => Value::Null,
        Item::Value(value) => raw(text, value),
        Item::Table(inner) => table(text, inner),
        Item::ArrayOfTables(tables) => Value::Seq(tables.iter().map(|t| table(text, t)).collect()),
    }
}

fn raw(text: &str, value: &Raw) -> Value {
    let written = || value.span().and_then(|s| text.get(s)).unwrap_or("").trim();
    match value {
        Raw::String(string) => Value::Str(string.value().clone()),
        Raw::Integer(_) | Raw::Float(_) => Value::Number(Number::written(written())),
        Raw::Boolean(flag) => Value::Bool(*flag.value()),
        Raw::Datetime(_) => Value::Date(written().to_string()),
        Raw::Array(items) => Value::Seq(items.iter().map(|v| raw(text, v)).collect()),
        Raw::InlineTable(inner) => Value::Map(inner.iter().map(|(k, v)| (k.to_string(), raw(text, v))).collect()),
    }
}

/// Equal but for the order of keys.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(key, v)| b.iter().any(|(k, w)| k == key && same(v, w)))
        }
        (Value::Seq(a), Value::Seq(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => a == b,
    }
}
