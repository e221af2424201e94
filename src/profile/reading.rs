//! What a text without quotes or type means for a field (`set F=text`, a line typed in a form).

use super::validate::check_value;
use super::{Kind, Profile};
use crate::content::{
    FieldPath, Refusal, Segment, Value,
    value::{is_time, is_timestamp},
};

/// The value that `text` gives the field at `path`: its present kind is kept where the text reads as it, a missing or null field gets
/// the kind that the profile knows, and everything else is text, as typed.
///
/// # Errors
/// Where a list or map would be lost, or a kind named in a profile file refuses the text.
pub(super) fn read(profile: &Profile, path: &FieldPath, value: &Value, text: &str) -> Result<Value, Refusal> {
    let refuse = |reason: String| Refusal::new(path.clone(), reason);
    let present = value.at(path).unwrap_or(&Value::Null);
    let typed = match profile.strict_kind(path) {
        Some(kind) => Some(check_value(kind, text).map_err(refuse)?),
        None => None,
    };
    match present {
        Value::Seq(_) => Err(refuse("is a list: add with [+]=, or give the whole list with :=".to_string())),
        Value::Map(_) => Err(refuse("is a map: name one of its fields, or give the whole map with :=".to_string())),
        Value::Null => match typed {
            Some(Value::Date(date)) => Ok(date_like_its_siblings(value, date)),
            Some(typed) => Ok(typed),
            None => match sibling(value, path) {
                Some(sibling) if sibling.is_scalar() => Ok(read_like(sibling, text)),
                _ => Ok(read_as(&profile.kind_of(path, &Value::Null), value, text)),
            },
        },
        _ => Ok(read_like(present, text)),
    }
}

/// The text as a value of the kind of `model`, where it reads as one; else text.
pub fn read_like(model: &Value, text: &str) -> Value {
    match (model, Value::plain(text)) {
        (Value::Number(_), new @ Value::Number(_)) | (Value::Bool(_), new @ Value::Bool(_)) => new,
        (Value::Date(_), new @ Value::Date(_)) => new,
        (Value::Date(time), _) if is_time(time) && is_time(text) => Value::Date(text.to_string()),
        _ => text.into(),
    }
}

/// What the other entries of the list that `path` leads through have in its place, the last of them first: a new entry is like them.
pub fn sibling<'v>(document: &'v Value, path: &FieldPath) -> Option<&'v Value> {
    let segments = path.segments();
    let at = segments.iter().rposition(|segment| matches!(segment, Segment::Index(_)))?;
    let (list, rest) = (FieldPath::new(segments[..at].to_vec()), FieldPath::new(segments[at + 1..].to_vec()));
    let entries = document.at(&list)?.as_seq()?.iter().enumerate().rev();
    let others = entries.filter(|(index, _)| segments[at] != Segment::Index(*index));
    others.filter_map(|(_, entry)| entry.at(&rest)).find(|value| **value != Value::Null)
}

/// For a field without a value. A kind that the text does not read as is no reason to refuse: then it is text.
fn read_as(kind: &Kind, document: &Value, text: &str) -> Value {
    match (kind, Value::plain(text)) {
        (Kind::Integer | Kind::Number, new @ Value::Number(_)) | (Kind::Boolean, new @ Value::Bool(_)) => new,
        (Kind::Date, Value::Date(date)) => date_like_its_siblings(document, date),
        (Kind::List | Kind::Topics, _) if !text.trim().is_empty() => Value::Seq(vec![text.into()]),
        _ => text.into(),
    }
}

/// A date in quotes where the document's other dates stand in quotes, since what reads it expects them so.
pub(super) fn date_like_its_siblings(document: &Value, date: String) -> Value {
    let Value::Map(entries) = document else { return Value::Date(date) };
    let first = entries.iter().find_map(|(_, value)| match value {
        Value::Date(_) => Some(false),
        Value::Str(text) if is_timestamp(text) => Some(true),
        _ => None,
    });
    if first == Some(true) { Value::Str(date) } else { Value::Date(date) }
}
