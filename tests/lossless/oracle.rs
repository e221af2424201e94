//! The judge of an edit. It knows YAML only through `serde_yaml`'s typed values and the comments a plain scanner finds; it
//! shares no code with the splicer, nor with the model it is verified against.

use std::collections::HashMap;

use curate::content::{FieldPath, Format, Op, Segment, Value};
use granit_parser::{Event, Parser};
use serde_yaml::Value as Typed;

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

fn json(text: &str) -> Option<Typed> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    serde_yaml::to_value(value).ok()
}

fn toml(text: &str) -> Option<Typed> {
    fn item(found: &toml_edit::Item) -> Typed {
        match found {
            toml_edit::Item::Value(found) => value(found),
            toml_edit::Item::Table(table) => {
                table.iter().map(|(k, v)| (Typed::from(k), item(v))).collect::<serde_yaml::Mapping>().into()
            }
            toml_edit::Item::ArrayOfTables(tables) => Typed::Sequence(
                tables
                    .iter()
                    .map(|t| t.iter().map(|(k, v)| (Typed::from(k), item(v))).collect::<serde_yaml::Mapping>().into())
                    .collect(),
            ),
            toml_edit::Item::None => Typed::Null,
        }
    }
    fn value(found: &toml_edit::Value) -> Typed {
        match found {
            toml_edit::Value::String(text) => Typed::from(text.value().as_str()),
            toml_edit::Value::Integer(n) => Typed::from(*n.value()),
            toml_edit::Value::Float(n) => Typed::from(*n.value()),
            toml_edit::Value::Boolean(flag) => Typed::from(*flag.value()),
            toml_edit::Value::Datetime(date) => Typed::from(date.value().to_string()),
            toml_edit::Value::Array(items) => Typed::Sequence(items.iter().map(value).collect()),
            toml_edit::Value::InlineTable(table) => {
                table.iter().map(|(k, v)| (Typed::from(k), value(v))).collect::<serde_yaml::Mapping>().into()
            }
        }
    }
    let document: toml_edit::DocumentMut = text.parse().ok()?;
    Some(item(document.as_item()))
}

/// A single value set, or a name: no more bytes of the old text are gone than it can have had.
fn few_bytes(before: &str, value: &Value, op: &Op, after: &str) -> Result<(), String> {
    let most = match op {
        Op::Set { path, .. } => value.at(path).and_then(Value::scalar_text).map(|text| text.len() * 2 + 8),
        Op::Add { .. } | Op::Insert { .. } => Some(8),
        _ => None,
    };
    let head = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let rest = before.len().min(after.len()) - head;
    let tail = before.bytes().rev().zip(after.bytes().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let gone = before.len() - head - tail;
    if most.is_none_or(|most| gone <= most) { Ok(()) } else { Err(format!("{gone} bytes of the old text are gone")) }
}

/// Comments of the kind `# c12`, which stand nowhere but in comments.
fn marked_comments(before: &str, op: &Op, after: &str) -> Result<(), String> {
    let marks = |text: &str| {
        let mut all: Vec<String> = text
            .match_indices("# c")
            .map(|(at, _)| text[at..].lines().next().unwrap_or("").trim_end().to_string())
            .collect();
        all.sort();
        all
    };
    let (old, new) = (marks(before), marks(after));
    let may_go = matches!(op, Op::Remove { .. } | Op::Set { .. });
    let kept = new.iter().all(|mark| old.contains(mark)) && (may_go || old.len() == new.len());
    if kept { Ok(()) } else { Err(format!("comments were {old:?} and are {new:?}")) }
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

/// The same structure and keys, whatever the leaves are.
fn alike(typed: &Typed, value: &Value) -> bool {
    match (typed, value) {
        (Typed::Tagged(tagged), value) => alike(&tagged.value, value),
        (Typed::Mapping(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, v), (l, w))| is_key(k, l) && alike(v, w))
        }
        (Typed::Sequence(a), Value::Seq(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Typed::Mapping(_) | Typed::Sequence(_), _) | (_, Value::Map(_) | Value::Seq(_)) => false,
        _ => true,
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

/// Where the lines of a top-level key stand, its own comment lines above included; `None` where it stands twice.
fn block(text: &str, key: &str) -> Option<std::ops::Range<usize>> {
    let keys = top_level_keys(text)?;
    let mut found = (0..keys.len()).filter(|at| keys[*at].0 == key);
    let (at, None) = (found.next()?, found.next()) else { return None };
    let lines = split(text);
    let start = keys[at].1;
    let end = keys.get(at + 1).map_or(lines.len(), |next| next.1);
    let lead =
        (0..start).rev().take_while(|at| lines[*at].trim_start().starts_with(['#', '?'])).last().unwrap_or(start);
    Some(lead..end)
}

/// The keys of the root map and the lines they stand in, each in a line of its own.
fn top_level_keys(text: &str) -> Option<Vec<(String, usize)>> {
    let (mut depth, mut nodes, mut keys) = (0, 0, Vec::new());
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let begins = match &event {
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                depth += 1;
                depth == 2
            }
            Event::SequenceEnd | Event::MappingEnd => {
                depth -= 1;
                false
            }
            Event::Scalar(..) | Event::Alias(_) => depth == 1,
            _ => false,
        };
        if begins {
            if nodes % 2 == 0 {
                let name = if let Event::Scalar(name, ..) = &event { name.to_string() } else { String::new() };
                keys.push((name, span.start.line() - 1));
            }
            nodes += 1;
        }
    }
    keys.windows(2).all(|w| w[0].1 < w[1].1).then_some(keys)
}

/// Bytes outside of the field's own lines are the same.
fn lines(before: &str, op: &Op, after: &str) -> Result<(), String> {
    let content = before.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or("");
    if content.starts_with(['{', '&', '!']) {
        return Ok(()); // Not one line for a key.
    }
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
    match block(before, key) {
        Some(own) if changed.is_empty() || (own.start <= changed.start && changed.end <= own.end) => Ok(()),
        Some(own) => Err(format!("lines {changed:?} changed, the field's own are {own:?}")),
        None => Ok(()),
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
