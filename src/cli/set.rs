//! `curate set PATH CHANGE...`: fields to values, in one file or many.

use std::path::PathBuf;
use std::time::SystemTime;

use super::bulk::{Among, Changed};
use super::library::Library;
use super::output::{Exit, Out, Stop};
use super::yaml;
use crate::content::{Document, FieldRef, Value, edit};
use crate::profile::expand::expand_value;
use crate::profile::{Intent, Profile};

/// Set, append to or remove fields; prints a unified diff until --write
///
/// Each CHANGE is one of
///   FIELD=text      the text, in the kind the field has where it reads as it; a missing field is made
///   FIELD:=YAML     a typed value, such as draft:=false, topics:=[a, b], sub:=null
///   FIELD[+]=text   one entry more for a list (FIELD[+]:=YAML a typed one)
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// FIELD=text, FIELD:=YAML or FIELD[+]=text
    #[arg(value_name = "CHANGE", required_unless_present_any = ["unset", "derived"])]
    changes: Vec<String>,
    /// Remove this field (may be given several times)
    #[arg(long, value_name = "FIELD")]
    unset: Vec<String>,
    /// Let the fields follow that the profile derives from others
    #[arg(long)]
    derived: bool,
    #[command(flatten)]
    among: Among,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let intents = intents(args).map_err(Stop::usage)?;
    let query = args.among.query()?;
    let library = Library::open(&args.path)?;
    args.among.change(&library, query.as_ref(), &intents, out)
}

/// The document after all intents, in order: one verification for all.
pub(super) fn changed(profile: &Profile, intents: &[Intent], document: &Document) -> Result<Changed, String> {
    let mut value = document.value().map_err(|e| e.to_string())?;
    let (mut edits, mut notes, mut taken) = (Vec::new(), Vec::new(), Vec::new());
    let now = SystemTime::now();
    for intent in intents {
        let intent = as_entries_are(intent, &value);
        taken.extend(intent.taken(profile, || Some(value.clone())));
        let expansion = expand_value(profile, &intent, &value, now).map_err(|e| e.to_string())?;
        edit::apply_to_value(&mut value, &expansion.edits).map_err(|e| e.to_string())?;
        edits.extend(expansion.edits);
        notes.extend(expansion.left);
    }
    Ok(Changed { document: edit::apply(document, &edits).map_err(|e| e.to_string())?, notes, taken })
}

/// What is appended as text gets the kind of the entries that are there, where it reads as it: `3` to a list of numbers.
fn as_entries_are(intent: &Intent, front: &Value) -> Intent {
    let Intent::Append { field, value: Value::Str(text) } = intent else { return intent.clone() };
    let there = field.resolve(front).and_then(|path| front.at(&path)).and_then(Value::as_seq).unwrap_or(&[]);
    let typed = Value::plain(text);
    let same_kind = |item: &Value| std::mem::discriminant(item) == std::mem::discriminant(&typed);
    let fits = !there.is_empty() && !matches!(typed, Value::Null | Value::Str(_)) && there.iter().all(same_kind);
    if fits { Intent::Append { field: field.clone(), value: typed } } else { intent.clone() }
}

fn intents(args: &Args) -> Result<Vec<Intent>, String> {
    let mut intents = args.changes.iter().map(|text| change(text)).collect::<Result<Vec<_>, _>>()?;
    for field in &args.unset {
        intents.push(Intent::Unset { field: named(field)? });
    }
    if args.derived {
        intents.push(Intent::Derive);
    }
    Ok(intents)
}

/// What one CHANGE means.
fn change(text: &str) -> Result<Intent, String> {
    let at = equals_sign(text).ok_or_else(|| {
        format!("`{text}` is no change: FIELD=text, FIELD:=YAML or FIELD[+]=text (--unset FIELD removes)")
    })?;
    let (before, after) = (&text[..at], &text[at + 1..]);
    let typed = before.strip_suffix(':');
    let field = typed.unwrap_or(before);
    let list = field.strip_suffix("[+]");
    let value = match typed {
        Some(_) => yaml::read(after).map_err(|reason| format!("`{text}`: {reason}"))?,
        None => Value::from(after),
    };
    Ok(match (list, typed) {
        (Some(list), _) => Intent::Append { field: named(list)?, value },
        (None, Some(_)) => Intent::Set { field: named(field)?, value },
        (None, None) => Intent::SetText { field: named(field)?, text: after.to_string() },
    })
}

fn named(field: &str) -> Result<FieldRef, String> {
    let field: FieldRef = field.parse().map_err(|e| format!("{e}"))?;
    if field.is_projection() {
        return Err(format!("`{field}` names many places: name one, such as [0] or [-1]"));
    }
    Ok(field)
}

/// Where the first `=` stands that is not within a key in quotes.
fn equals_sign(text: &str) -> Option<usize> {
    let (mut in_quotes, mut escaped, mut key_begins) = (false, false, true);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_quotes => escaped = true,
            '"' if in_quotes => in_quotes = false,
            '"' if key_begins => in_quotes = true,
            '=' if !in_quotes => return Some(at),
            _ => {}
        }
        key_begins = !in_quotes && c == '.';
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_equals_sign_splits_unless_a_key_in_quotes_holds_it() {
        let text = |t: &str| match change(t).unwrap() {
            Intent::SetText { field, text } => (field.to_string(), text),
            other => panic!("{other:?}"),
        };
        let both = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(text("title=a=b"), both("title", "a=b"));
        assert_eq!(text("title="), both("title", ""));
        assert_eq!(text("title=: \"x\" = y"), both("title", ": \"x\" = y"));
        assert_eq!(text("params.\"a=b\".c=d"), both("params.\"a=b\".c", "d"));
        assert_eq!(text("htmlMetaData.msvalidate.01=x"), both("htmlMetaData.msvalidate.01", "x"));
    }

    #[test]
    fn what_is_no_change_says_what_one_is() {
        assert!(change("title").unwrap_err().contains("FIELD=text"));
        assert!(change("=x").unwrap_err().contains("not a field name"));
        assert!(change("list[].x=y").unwrap_err().contains("many places"));
    }

    #[test]
    fn the_plus_appends() {
        let append = change("topics[+]=a: b").unwrap();
        assert_eq!(append, Intent::Append { field: "topics".parse().unwrap(), value: "a: b".into() });
    }
}
