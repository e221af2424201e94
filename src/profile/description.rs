//! A description that was cut out of the body: whether it ends inside a word, and a better one.

use super::Profile;
use super::finding::{Finding, FindingKind, finding, set};
use crate::content::{FieldPath, Value};

/// The longest description a rule allows, where it says so; the usual length else.
const DESCRIPTION: usize = 200;

/// Whether the body has to be looked at: the description ends in the middle of something.
pub(super) fn may_be_cut(value: &Value) -> bool {
    let description = value.get("description").and_then(Value::as_str);
    description.is_some_and(|text| text.trim_end().ends_with(char::is_alphanumeric))
}

/// A description that is the start of the body and ends inside a word.
pub(super) fn cut(profile: &Profile, value: &Value, body: &str) -> Option<Finding> {
    let path = FieldPath::key("description");
    let description = words(value.at(&path)?.as_str()?);
    let body = words(body);
    let rest = body.strip_prefix(description.as_str())?;
    let inside = description.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
    if !inside {
        return None;
    }
    let max = profile.rule(&path).and_then(|rule| rule.max).unwrap_or(DESCRIPTION);
    let better = shortened(&body, max);
    let last = description.rsplit(' ').next().unwrap_or_default();
    let message = format!("is cut inside a word (`{last}`)");
    Some(finding(FindingKind::Description, &path, message, set(&path, better.into())))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The start of a text in at most `max` characters: whole sentences where they fill half of that, else whole words.
fn shortened(text: &str, max: usize) -> String {
    let end = text.char_indices().nth(max).map_or(text.len(), |(at, _)| at);
    if end == text.len() {
        return text.to_string();
    }
    let is_stop = |at: usize| text[..at].ends_with(['.', '!', '?', '…', '。']) && text[at..].starts_with(' ');
    let stops = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= end).filter(|at| is_stop(*at));
    if let Some(stop) = stops.last().filter(|stop| text[..*stop].chars().count() * 2 >= max) {
        return text[..stop].to_string();
    }
    // One character of the room is the ellipsis.
    let end = text.char_indices().nth(max.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let word = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..word].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortened_text_keeps_whole_sentences_or_whole_words() {
        assert_eq!(shortened("One two. Three four five.", 14), "One two.");
        assert_eq!(shortened("One two. Three four five six seven", 30), "One two. Three four five six…");
        assert_eq!(shortened("Übergrößenträger, und mehr", 19), "Übergrößenträger…");
        assert_eq!(shortened("short", 14), "short");
    }
}
