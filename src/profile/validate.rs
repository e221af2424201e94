//! What a field of a kind accepts, with a message that shows what it should look like. The form and strict `set` ask here.
//!
//! Not here: whether a field may refuse at all (only kinds named in a profile file do; `expand` knows).

use super::Kind;
use super::kind::is_web_address;
use crate::content::Value;
use crate::content::value::{has_time_that_there_is, has_timestamp_shape, leading_number};

/// What a typed text means for a field of `kind`; a list takes one entry a line.
///
/// # Errors
/// What it should look like, in a curator's words.
pub fn check_value(kind: &Kind, text: &str) -> Result<Value, String> {
    let plain = Value::plain(text.trim());
    match kind {
        Kind::Text => Ok(text.into()),
        Kind::Line if text.contains(['\n', '\r']) => Err("one line of text: this has several".to_string()),
        Kind::Line => Ok(text.into()),
        Kind::Integer => match plain {
            Value::Number(number) if number.is_integer() => Ok(Value::Number(number)),
            _ => Err("a whole number looks like 12".to_string()),
        },
        Kind::Number => match plain {
            Value::Number(number) => Ok(Value::Number(number)),
            _ => Err("a number looks like 12 or 1.5".to_string()),
        },
        Kind::Boolean => match plain {
            Value::Bool(flag) => Ok(Value::Bool(flag)),
            _ => Err("either true or false".to_string()),
        },
        Kind::Date => check_date(text.trim()),
        Kind::Choice(of) if of.is_empty() || text.is_empty() || of.iter().any(|o| o == text) => Ok(text.into()),
        Kind::Choice(of) => Err(format!("one of {}", of.join(", "))),
        Kind::List | Kind::Topics => {
            Ok(Value::Seq(text.lines().map(str::trim).filter(|l| !l.is_empty()).map(Value::from).collect()))
        }
        Kind::Map => Err("a map: its fields are edited one by one".to_string()),
        Kind::Table => Err("a list of entries: they are edited one by one".to_string()),
        Kind::Url => check_url(text),
        Kind::Slug => check_slug(text),
    }
}

/// Whether a typed value (`F:=YAML`) fits a field of `kind`. Null always does: it says that nothing is known.
///
/// # Errors
/// What it should be.
pub fn check_typed(kind: &Kind, value: &Value) -> Result<(), String> {
    let fits = match (kind, value) {
        (_, Value::Null) => true,
        (Kind::Integer, Value::Number(number)) => number.is_integer(),
        (Kind::Number, Value::Number(_)) | (Kind::Boolean, Value::Bool(_)) | (Kind::Map, Value::Map(_)) => true,
        (Kind::List, Value::Seq(items)) => items.iter().all(Value::is_scalar),
        (Kind::Topics, Value::Seq(items)) => items.iter().all(|item| matches!(item, Value::Str(_))),
        (Kind::Table, Value::Seq(_)) => true,
        (Kind::Date, Value::Date(text) | Value::Str(text)) => return check_date(text).map(|_| ()),
        (Kind::Line | Kind::Text | Kind::Choice(_) | Kind::Url | Kind::Slug, Value::Str(text)) => {
            return check_value(kind, text).map(|_| ());
        }
        _ => false,
    };
    if fits { Ok(()) } else { Err(expected(kind)) }
}

fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Line | Kind::Text | Kind::Slug | Kind::Url => "a text".to_string(),
        Kind::Choice(of) if of.is_empty() => "a text".to_string(),
        Kind::Choice(of) => format!("one of {}", of.join(", ")),
        Kind::Integer => "a whole number looks like 12".to_string(),
        Kind::Number => "a number looks like 12 or 1.5".to_string(),
        Kind::Boolean => "either true or false".to_string(),
        Kind::Date => "a date looks like 2022-09-23".to_string(),
        Kind::List => "a list of texts".to_string(),
        Kind::Topics => "a list of topics".to_string(),
        Kind::Map => "a map".to_string(),
        Kind::Table => "a list of entries".to_string(),
    }
}

fn check_date(text: &str) -> Result<Value, String> {
    if !has_timestamp_shape(text) {
        return Err("a date looks like 2022-09-23, with a time like 2022-09-23T10:19:00Z".to_string());
    }
    let mut parts = text.splitn(3, '-');
    let mut number = || leading_number(parts.next().unwrap_or_default());
    let (year, month, day) = (number(), number(), number());
    if !(1..=12).contains(&month) {
        return Err(format!("there is no month {month}: a date looks like 2022-09-23"));
    }
    if !(1..=days(year, month)).contains(&day) {
        return Err(format!("there is no day {day} in that month: a date looks like 2022-09-23"));
    }
    if !has_time_that_there_is(text) {
        return Err("there is no such time: a time looks like 2022-09-23T10:19:00Z".to_string());
    }
    Ok(Value::Date(text.to_string()))
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The web, a page of the same site, or a letter box.
fn check_url(text: &str) -> Result<Value, String> {
    let is_local = text.starts_with(['/', '#']) && !text.contains(char::is_whitespace);
    let is_mail = text.strip_prefix("mailto:").is_some_and(|rest| rest.contains('@'));
    if text.trim().is_empty() || is_local || is_mail || is_web_address(text) {
        return Ok(text.into());
    }
    Err("a web address looks like https://example.org/page".to_string())
}

fn check_slug(text: &str) -> Result<Value, String> {
    let fits = |c: char| (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '_' | '/');
    if text.chars().all(fits) {
        return Ok(text.into());
    }
    Err("a slug has small letters, digits and hyphens, such as virtual-care".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_becomes_a_value() {
        assert_eq!(check_value(&Kind::Integer, " 12 "), Ok(12.into()));
        assert_eq!(check_value(&Kind::Boolean, "true"), Ok(true.into()));
        assert_eq!(check_value(&Kind::Date, "2024-02-29"), Ok(Value::Date("2024-02-29".into())));
        assert_eq!(check_value(&Kind::Line, " via "), Ok(" via ".into()));
        assert_eq!(check_value(&Kind::List, "a\n\n b \n"), Ok(Value::Seq(vec!["a".into(), "b".into()])));
        for url in ["", "https://example.org/a?b=1", "/news/x", "mailto:a@example.org"] {
            assert_eq!(check_value(&Kind::Url, url), Ok(url.into()));
        }
    }

    #[test]
    fn what_does_not_fit_is_told_what_it_should_look_like() {
        let choice = Kind::Choice(vec!["brief".into(), "story".into()]);
        for (kind, text, message) in [
            (Kind::Integer, "12a", "looks like 12"),
            (Kind::Integer, "1.5", "whole number"),
            (Kind::Number, "", "a number"),
            (Kind::Date, "2022-09-23T25:61:00Z", "no such time"),
            (Kind::Boolean, "no", "true or false"),
            (Kind::Date, "23.9.2022", "looks like 2022-09-23"),
            (Kind::Date, "2023-02-29", "no day 29"),
            (Kind::Date, "2022-13-01", "no month 13"),
            (Kind::Line, "a\nb", "one line"),
            (Kind::Url, "example org", "https://"),
            (Kind::Slug, "Virtual Care", "small letters"),
            (choice, "note", "one of brief, story"),
            (Kind::Map, "x", "one by one"),
        ] {
            let error = check_value(&kind, text).unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
    }

    #[test]
    fn a_typed_value_must_be_of_the_kind_and_null_always_is() {
        assert!(check_typed(&Kind::Integer, &Value::Null).is_ok());
        assert!(check_typed(&Kind::Integer, &"12".into()).is_err());
        assert!(check_typed(&Kind::Date, &"2022-09-23".into()).is_ok());
        assert!(check_typed(&Kind::Line, &Value::Seq(vec![])).is_err());
        assert!(check_typed(&Kind::Topics, &Value::Seq(vec!["a".into()])).is_ok());
    }
}
