//! Field kinds: what a form offers for a value and what it accepts.
//!
//! Here: the kinds, their names, and the kind that a value itself shows. Not here: what a typed text must be (`validate`).

use serde::{Deserialize, Serialize};

use crate::content::{Value, value::is_timestamp};

/// What kind of value a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// One line of text.
    Line,
    /// Several lines of text.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// true or false.
    Boolean,
    /// A date, or a date and time.
    Date,
    /// One of these; empty: the values in use are offered.
    Choice(Vec<String>),
    /// A list of strings.
    List,
    /// A list of topics.
    Topics,
    /// A map.
    Map,
    /// A list of maps (or of lists).
    Table,
    /// A web address.
    Url,
    /// A slug.
    Slug,
}

impl Kind {
    /// The names a profile file knows, in the order that messages list them.
    pub const NAMES: [&'static str; 13] = [
        "line", "text", "integer", "number", "boolean", "date", "choice", "list", "topics", "map", "table", "url",
        "slug",
    ];

    /// The kind of that name; a choice is open.
    pub fn named(name: &str) -> Option<Kind> {
        Some(match name {
            "line" => Kind::Line,
            "text" => Kind::Text,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "boolean" => Kind::Boolean,
            "date" => Kind::Date,
            "choice" => Kind::Choice(Vec::new()),
            "list" => Kind::List,
            "topics" => Kind::Topics,
            "map" => Kind::Map,
            "table" => Kind::Table,
            "url" => Kind::Url,
            "slug" => Kind::Slug,
            _ => return None,
        })
    }

    /// Its name in a profile file.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Line => "line",
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
            Kind::Choice(_) => "choice",
            Kind::List => "list",
            Kind::Topics => "topics",
            Kind::Map => "map",
            Kind::Table => "table",
            Kind::Url => "url",
            Kind::Slug => "slug",
        }
    }

    /// The kind that a value shows by itself.
    pub fn of(value: &Value) -> Kind {
        match value {
            Value::Null => Kind::Line,
            Value::Bool(_) => Kind::Boolean,
            Value::Number(number) if number.is_integer() => Kind::Integer,
            Value::Number(_) => Kind::Number,
            Value::Date(_) => Kind::Date,
            Value::Str(text) if is_timestamp(text) => Kind::Date,
            Value::Str(text) if is_web_address(text) => Kind::Url,
            Value::Str(text) if text.contains('\n') || text.chars().count() > 120 => Kind::Text,
            Value::Str(_) => Kind::Line,
            Value::Seq(items) if items.iter().all(Value::is_scalar) => Kind::List,
            Value::Seq(_) => Kind::Table,
            Value::Map(_) => Kind::Map,
        }
    }

    /// Whether a form of this kind can show `value` at all: a list is no line, a map is no list.
    pub fn holds(&self, value: &Value) -> bool {
        match self {
            Kind::List | Kind::Topics => match value {
                Value::Seq(items) => items.iter().all(Value::is_scalar),
                other => matches!(other, Value::Null),
            },
            Kind::Table => matches!(value, Value::Seq(_) | Value::Null),
            Kind::Map => matches!(value, Value::Map(_) | Value::Null),
            _ => value.is_scalar(),
        }
    }
}

/// Whether a text is an address of the web, scheme and all.
pub(super) fn is_web_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_names_the_kind_that_bears_it() {
        for name in Kind::NAMES {
            assert_eq!(Kind::named(name).map(|kind| kind.name()), Some(name));
        }
        assert_eq!(Kind::named("string"), None);
    }

    #[test]
    fn a_value_shows_its_kind() {
        let cases = [
            (Value::plain("12"), Kind::Integer),
            (Value::plain("1.5"), Kind::Number),
            (Value::from("2022-09-23"), Kind::Date),
            (Value::from("https://example.org/a"), Kind::Url),
            (Value::from("https:// no"), Kind::Line),
            (Value::from("a\nb"), Kind::Text),
            (Value::Seq(vec!["a".into(), 1.into()]), Kind::List),
            (Value::Seq(vec![Value::Map(vec![])]), Kind::Table),
            (Value::Null, Kind::Line),
        ];
        for (value, kind) in cases {
            assert_eq!(Kind::of(&value), kind, "{value:?}");
        }
    }
}
