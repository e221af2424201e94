//! Typed values: what an edit must make of them.

use curate::content::{Op, Segment, Value};
use serde_yaml::Value as Typed;

pub fn json(text: &str) -> Option<Typed> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    serde_yaml::to_value(value).ok()
}

pub fn toml(text: &str) -> Option<Typed> {
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

/// The typed value, if `serde_yaml` reads the text at all.
pub fn typed(text: &str) -> Option<Typed> {
    if text.trim().is_empty() {
        return Some(Typed::Null);
    }
    serde_yaml::from_str(text).ok().map(with_plain_keys)
}

/// A tag on a key is not what an edit is about.
pub fn with_plain_keys(value: Typed) -> Typed {
    let plain = |key| if let Typed::Tagged(tagged) = key { tagged.value } else { key };
    match value {
        Typed::Mapping(map) => Typed::Mapping(map.into_iter().map(|(k, v)| (plain(k), with_plain_keys(v))).collect()),
        Typed::Sequence(items) => Typed::Sequence(items.into_iter().map(with_plain_keys).collect()),
        other => other,
    }
}

/// The same structure, keys and texts.
pub fn alike(typed: &Typed, value: &Value) -> bool {
    match (typed, value) {
        (Typed::Tagged(tagged), value) => alike(&tagged.value, value),
        (Typed::Mapping(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, v), (l, w))| is_key(k, l) && alike(v, w))
        }
        (Typed::Sequence(a), Value::Seq(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Typed::Mapping(_) | Typed::Sequence(_), _) | (_, Value::Map(_) | Value::Seq(_)) => false,
        (Typed::String(a), Value::Str(b) | Value::Date(b)) => a == b,
        (Typed::Null, value) => *value == Value::Null,
        (_, Value::Null) => false,
        _ => true,
    }
}

/// Equal, and in the same order: `serde_yaml`'s maps do not compare it.
pub fn same(a: &Typed, b: &Typed) -> bool {
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

pub fn of(value: &Value) -> Typed {
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
pub fn is_key(key: &Typed, text: &str) -> bool {
    match key {
        Typed::String(key) => key == text,
        Typed::Null => matches!(text, "" | "~" | "null" | "Null"),
        other => serde_yaml::from_str::<Typed>(text).is_ok_and(|t| same(&t, other)),
    }
}

pub fn at<'v>(value: &'v mut Typed, path: &[Segment]) -> Option<&'v mut Typed> {
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

pub fn untagged(value: &mut Typed) -> &mut Typed {
    match value {
        Typed::Tagged(tagged) => untagged(&mut tagged.value),
        other => other,
    }
}

pub fn rebuilt(map: &mut serde_yaml::Mapping, mut each: impl FnMut(Typed, Typed) -> Option<(Typed, Typed)>) {
    let old = std::mem::take(map);
    map.extend(old.into_iter().filter_map(|(k, v)| each(k, v)));
}

pub fn apply(value: &mut Typed, op: &Op) -> Option<()> {
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
