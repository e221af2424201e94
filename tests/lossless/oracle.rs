//! The judge of an edit. It knows YAML only through `serde_yaml`'s typed values and the comments a plain scanner finds; it
//! shares no code with the splicer, nor with the model it is verified against.

use std::collections::HashMap;

use curate::content::{FieldPath, Op, Segment, Value};
use granit_parser::{Event, Parser};
use serde_yaml::Value as Typed;

/// Judges one edit of a front matter.
///
/// # Errors
/// What is wrong with it.
pub fn judge(before: &str, op: &Op, after: &str) -> Result<(), String> {
    if let Some(mut expected) = typed(before) {
        if apply(&mut expected, op).is_none() {
            return Err("the edit does not fit the typed value".to_string());
        }
        let found = typed(after).ok_or("serde_yaml does not read the result")?;
        if !same(&expected, &found) {
            return Err(format!("typed values differ:\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    if kinds_of_line_end(after) > kinds_of_line_end(before).max(1) {
        return Err("a line end of another kind came in".to_string());
    }
    let (before, after) = (unified(before), unified(after));
    lines(&before, op, &after)?;
    comments(&before, op, &after)
}

fn kinds_of_line_end(text: &str) -> usize {
    let crlf = text.matches("\r\n").count();
    let (cr, lf) = (text.matches('\r').count() - crlf, text.matches('\n').count() - crlf);
    [crlf, cr, lf].iter().filter(|n| **n > 0).count()
}

fn unified(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The typed value, if `serde_yaml` reads the text at all.
pub fn typed(text: &str) -> Option<Typed> {
    if text.trim().is_empty() {
        return Some(Typed::Null);
    }
    serde_yaml::from_str(text).ok().map(with_plain_keys)
}

/// A tag on a key is not what an edit is about.
fn with_plain_keys(value: Typed) -> Typed {
    let plain = |key| if let Typed::Tagged(tagged) = key { tagged.value } else { key };
    match value {
        Typed::Mapping(map) => Typed::Mapping(map.into_iter().map(|(k, v)| (plain(k), with_plain_keys(v))).collect()),
        Typed::Sequence(items) => Typed::Sequence(items.into_iter().map(with_plain_keys).collect()),
        other => other,
    }
}

/// Equal, and in the same order: `serde_yaml`'s maps do not compare it.
fn same(a: &Typed, b: &Typed) -> bool {
    match (a, b) {
        (Typed::Mapping(a), Typed::Mapping(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, v), (l, w))| same(k, l) && same(v, w))
        }
        (Typed::Sequence(a), Typed::Sequence(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Typed::Tagged(a), Typed::Tagged(b)) => a.tag == b.tag && same(&a.value, &b.value),
        (Typed::Number(a), Typed::Number(b)) if a.is_nan() => b.is_nan(),
        _ => a == b,
    }
}

fn of(value: &Value) -> Typed {
    match value {
        Value::Null => Typed::Null,
        Value::Bool(flag) => Typed::Bool(*flag),
        Value::Number(number) => serde_yaml::from_str(number.text()).unwrap(),
        Value::Date(text) | Value::Str(text) => Typed::String(text.clone()),
        Value::Seq(items) => Typed::Sequence(items.iter().map(of).collect()),
        Value::Map(entries) => Typed::Mapping(entries.iter().map(|(k, v)| (Typed::String(k.clone()), of(v))).collect()),
    }
}

/// A key's text, as a file has it.
fn is_key(key: &Typed, text: &str) -> bool {
    match key {
        Typed::String(key) => key == text,
        Typed::Null => matches!(text, "" | "~" | "null" | "Null"),
        other => serde_yaml::from_str::<Typed>(text).is_ok_and(|t| same(&t, other)),
    }
}

fn at<'v>(value: &'v mut Typed, path: &[Segment]) -> Option<&'v mut Typed> {
    path.iter().try_fold(value, |here, segment| {
        let here = match here {
            Typed::Tagged(tagged) => &mut tagged.value,
            other => other,
        };
        match (segment, here) {
            (Segment::Key(key), Typed::Mapping(map)) => map.iter_mut().find(|(k, _)| is_key(k, key)).map(|(_, v)| v),
            (Segment::Index(index), Typed::Sequence(items)) => items.get_mut(*index),
            _ => None,
        }
    })
}

fn untagged(value: &mut Typed) -> &mut Typed {
    match value {
        Typed::Tagged(tagged) => untagged(&mut tagged.value),
        other => other,
    }
}

fn rebuilt(map: &mut serde_yaml::Mapping, mut each: impl FnMut(Typed, Typed) -> Option<(Typed, Typed)>) {
    let old = std::mem::take(map);
    map.extend(old.into_iter().filter_map(|(k, v)| each(k, v)));
}

fn apply(value: &mut Typed, op: &Op) -> Option<()> {
    match op {
        Op::Set { path, value: new } => *untagged(at(value, path.segments())?) = of(new),
        Op::Add { map, key, value: new } => match untagged(at(value, map.segments())?) {
            Typed::Mapping(map) => drop(map.insert(Typed::String(key.clone()), of(new))),
            null @ Typed::Null => *null = of(&Value::Map(vec![(key.clone(), new.clone())])),
            _ => return None,
        },
        Op::Remove { path } => {
            let (holder, last) = path.segments().split_last().map(|(last, rest)| (rest, last))?;
            match (untagged(at(value, holder)?), last) {
                (Typed::Mapping(map), Segment::Key(key)) => rebuilt(map, |k, v| (!is_key(&k, key)).then_some((k, v))),
                (Typed::Sequence(items), Segment::Index(index)) => drop(items.remove(*index)),
                _ => return None,
            }
        }
        Op::Insert { list, index, value: new } => match untagged(at(value, list.segments())?) {
            Typed::Sequence(items) => items.insert(*index, of(new)),
            null @ Typed::Null => *null = Typed::Sequence(vec![of(new)]),
            _ => return None,
        },
        Op::Move { list, from, to } => {
            let Typed::Sequence(items) = untagged(at(value, list.segments())?) else { return None };
            let item = items.remove(*from);
            items.insert(*to, item);
        }
        Op::Rename { path, to } => {
            let (holder, last) = path.segments().split_last().map(|(last, rest)| (rest, last))?;
            let (Typed::Mapping(map), Segment::Key(key)) = (untagged(at(value, holder)?), last) else { return None };
            rebuilt(map, |k, v| Some((if is_key(&k, key) { Typed::String(to.clone()) } else { k }, v)));
        }
    }
    Some(())
}

fn split(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The old lines that changed, as a range: what is outside is the same, byte for byte.
fn changed(before: &[&str], after: &[&str]) -> std::ops::Range<usize> {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let most = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    head..before.len() - tail
}

/// Where the lines of the top-level key stand, seen only by what begins a line: its own comment lines above included.
fn block(lines: &[&str], key: &str) -> Option<std::ops::Range<usize>> {
    let starts_key =
        |line: &str| !line.starts_with([' ', '\t', '#', '-', '\n', '\r', '}', ']', ',', '.']) && line.contains(':');
    let names = |line: &str| {
        let line = line.trim_start_matches("? ");
        [key.to_string(), format!("'{}'", key.replace('\'', "''")), format!("\"{key}\"")]
            .iter()
            .any(|k| line.strip_prefix(k.as_str()).is_some_and(|rest| rest.trim_start().starts_with(':')))
    };
    let mut found = (0..lines.len()).filter(|at| names(lines[*at]));
    let (start, None) = (found.next()?, found.next()) else { return None };
    let end = (start + 1..lines.len()).find(|at| starts_key(lines[*at])).unwrap_or(lines.len());
    let lead = (0..start).rev().take_while(|at| lines[*at].starts_with('#')).last().unwrap_or(start);
    Some(lead..end)
}

/// Bytes outside of the field's own lines are the same.
fn lines(before: &str, op: &Op, after: &str) -> Result<(), String> {
    let (old, new) = (split(before), split(after));
    let changed = changed(&old, &new);
    let top = match op {
        Op::Add { map, .. } if map.is_root() => {
            // One place, and nothing of the old is gone.
            let kept =
                old[changed].iter().all(|line| line.trim().is_empty() || new.contains(line) || line.trim() == "{}");
            return if kept || old.len() < 2 { Ok(()) } else { Err("adding a key changed other lines".to_string()) };
        }
        op => op.place().segments().first(),
    };
    let Some(Segment::Key(key)) = top else { return Ok(()) };
    match block(&old, key) {
        Some(own) if !changed.is_empty() && !(own.start <= changed.start && changed.end <= own.end) => {
            Err(format!("lines {changed:?} changed, the field's own are {own:?}"))
        }
        _ => Ok(()),
    }
}

/// Every comment of a text, with the line it stands in.
pub fn all_comments(text: &str) -> Option<Vec<(String, usize)>> {
    let mut out = Vec::new();
    let mut options = granit_parser::Options::default();
    options.max_buffered_comment_events = 100_000;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        if let Event::Comment(text, _) = event {
            out.push((text.trim_end().to_string(), span.start.line() - 1));
        }
    }
    Some(out)
}

fn counts(comments: &[(String, usize)]) -> HashMap<&str, isize> {
    let mut out = HashMap::new();
    for (text, _) in comments {
        *out.entry(text.as_str()).or_insert(0) += 1;
    }
    out
}

/// Comments are conserved as a multiset; only what is removed or replaced takes its own along, and they stood in its lines.
fn comments(before: &str, op: &Op, after: &str) -> Result<(), String> {
    let (Some(old), Some(new)) = (all_comments(before), all_comments(after)) else { return Ok(()) };
    let (was, is) = (counts(&old), counts(&new));
    let changed = changed(&split(before), &split(after));
    if let Some((text, _)) = is.iter().find(|(text, n)| **n > was.get(*text).copied().unwrap_or(0)) {
        return Err(format!("a comment came from nowhere: {text:?}"));
    }
    for (text, count) in &was {
        if is.get(text).copied().unwrap_or(0) >= *count {
            continue;
        }
        let may_go = matches!(op, Op::Remove { .. } | Op::Set { .. });
        let stood_there = old.iter().any(|(t, line)| t == text && changed.contains(line));
        if !may_go || !stood_there {
            return Err(format!("a comment is lost: {text:?}"));
        }
    }
    Ok(())
}

/// Whether two paths say the same; for messages.
pub fn shown(op: &Op) -> String {
    let place: &FieldPath = op.place();
    let text = format!("{op:?}");
    format!("{place}: {}", text.chars().take(400).collect::<String>())
}
