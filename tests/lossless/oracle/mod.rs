//! The judge of an edit. It knows YAML only through `serde_yaml`'s typed values and the comments a parser reports; it shares no
//! code with the splicer, nor with the model it is verified against.

mod text;
mod typed;

use curate::content::{Format, Op, Value};
use serde_yaml::Value as Typed;

use text::{comments, few_bytes, kinds_of_line_end, lines, marked_comments, old_readers, own_comments, unified};
use typed::{alike, apply, at, json, of, same, toml, typed};

/// Judges one edit of a front matter.
///
/// # Errors
/// What is wrong with it.
pub fn judge(format: Format, before: &str, value: &Value, op: &Op, after: &str) -> Result<(), String> {
    match format {
        Format::Yaml => judge_yaml(before, value, op, after),
        Format::Json => {
            judge_typed(json(before).ok_or("serde_json did not read it")?, op, json(after), true)?;
            few_bytes(before, value, op, after)
        }
        Format::Toml => {
            judge_typed(toml(before).ok_or("toml_edit did not read it")?, op, toml(after), false)?;
            few_bytes(before, value, op, after)?;
            marked_comments(before, op, after)
        }
    }
}

fn judge_typed(mut expected: Typed, op: &Op, found: Option<Typed>, ordered: bool) -> Result<(), String> {
    apply(&mut expected, op).ok_or("the edit does not fit the typed value")?;
    let found = found.ok_or("the result cannot be read")?;
    let equal = if ordered { same(&expected, &found) } else { expected == found };
    if equal { Ok(()) } else { Err(format!("typed values differ:\n  expected {expected:?}\n  found    {found:?}")) }
}

fn judge_yaml(before: &str, value: &Value, op: &Op, after: &str) -> Result<(), String> {
    // Where `serde_yaml` reads another structure in the old text already (`{?a: 1}`), it cannot judge.
    if let Some(mut expected) = typed(before).filter(|typed| alike(typed, value)) {
        if apply(&mut expected, op).is_none() {
            return Err("the edit does not fit the typed value".to_string());
        }
        let mut found = typed(after).ok_or("serde_yaml does not read the result")?;
        if let Op::Set { path, value } = op {
            // What stood for a tagged value elsewhere has no tag of its own to keep.
            let (Some(now), Some(then)) = (at(&mut found, path.segments()), at(&mut expected, path.segments())) else {
                return Err("the field is gone".to_string());
            };
            if !matches!(now, Typed::Tagged(_)) {
                *then = of(value);
            }
        }
        if !same(&expected, &found) {
            return Err(format!("typed values differ:\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    if kinds_of_line_end(after) > kinds_of_line_end(before).max(1) {
        return Err("a line end of another kind came in".to_string());
    }
    let (before, after) = (unified(before), unified(after));
    lines(&before, op, &after)?;
    comments(&before, value, op, &after)?;
    own_comments(&before, op, &after)?;
    old_readers(&before, value, op, &after)
}

/// Whether two paths say the same; for messages.
pub fn shown(op: &Op) -> String {
    let place = op.place();
    let text = format!("{op:?}");
    format!("{place}: {}", text.chars().take(400).collect::<String>())
}
