//! New text for TOML values, in one line: a list in brackets, a map in braces.

use super::super::lines::common_end;
use super::super::value::Value;
use crate::content::escape;

/// `value` as TOML. `like` is the text of the value it replaces, or of a neighbour: its quotes are kept.
pub(super) fn inline(value: &Value, like: &str) -> Result<String, String> {
    match value {
        Value::Null => Err("TOML has no null; the field can be removed instead".to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Number(number) => Ok(number.text().to_string()),
        Value::Date(date) => Ok(date.clone()),
        Value::Str(text) => Ok(string(text, like)),
        Value::Seq(items) => {
            let items: Result<Vec<_>, _> = items.iter().map(|v| inline(v, "")).collect();
            Ok(format!("[{}]", items?.join(", ")))
        }
        Value::Map(entries) if entries.is_empty() => Ok("{}".to_string()),
        Value::Map(entries) => {
            let pairs: Result<Vec<_>, String> =
                entries.iter().map(|(k, v)| Ok(format!("{} = {}", key(k, ""), inline(v, "")?))).collect();
            Ok(format!("{{ {} }}", pairs?.join(", ")))
        }
    }
}

/// A text in the quotes of `like` where they can hold it.
fn string(text: &str, like: &str) -> String {
    let controls = |keep: &[char]| text.chars().any(|c| c.is_control() && !keep.contains(&c));
    let end = common_end(text);
    if let (true, Some(end)) = (like.starts_with("'''"), end)
        && !text.contains("'''")
        && !text.ends_with('\'')
        && !controls(&['\r', '\n', '\t'])
    {
        return format!("'''{}{text}'''", first_break(like, text, end));
    }
    if let (true, Some(end)) = (like.starts_with("\"\"\"") && text.contains('\n'), end) {
        let lines: Vec<_> = text.split(end).map(escaped).collect();
        return format!("\"\"\"{}{}\"\"\"", first_break(like, text, end), lines.join(end));
    }
    let literal = like.starts_with('\'') && !like.starts_with("'''");
    if literal && !text.contains('\'') && !controls(&['\t']) {
        return format!("'{text}'");
    }
    format!("\"{}\"", escaped(text))
}

/// A line end right behind the opening quotes says nothing; it is kept where there was one, and needed where the text begins with one.
fn first_break<'b>(like: &'b str, text: &str, end: &'b str) -> &'b str {
    let kept = ["\r\n", "\n"].into_iter().find(|first| like[3..].starts_with(first));
    kept.unwrap_or(if text.starts_with(['\n', '\r']) { end } else { "" })
}

fn escaped(text: &str) -> String {
    escape::escaped(text, |c| c.is_control().then(|| format!("\\u{:04X}", c as u32)))
}

/// A key: bare where it may be and `like` is not in quotes.
pub(super) fn key(name: &str, like: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if bare && !like.starts_with(['"', '\'']) {
        return name.to_string();
    }
    if like.starts_with('\'') && !name.contains('\'') && !name.chars().any(char::is_control) {
        return format!("'{name}'");
    }
    format!("\"{}\"", escaped(name))
}
