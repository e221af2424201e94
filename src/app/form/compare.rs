//! The draft beside the disk: which fields differ, what a field was, and the intents that put it back.
//!
//! List entries have no names, so they are paired: by position where entries were only edited, else by what they are.

use std::collections::HashMap;

use crate::content::{FieldPath, FieldRef, Segment, Value};
use crate::profile::Intent;

/// Whether a value says nothing: null, blank, an empty list or map.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Str(text) => text.trim().is_empty(),
        Value::Seq(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        _ => false,
    }
}

/// Where the value at `path` stood in `original`; `None` where it is new.
pub fn origin(path: &FieldPath, value: &Value, original: &Value) -> Option<FieldPath> {
    let (mut here, mut there) = (value, original);
    let mut segments = Vec::new();
    for segment in path.segments() {
        let was = match (segment, here, there) {
            (Segment::Index(at), Value::Seq(now), Value::Seq(old)) => Segment::Index(paired(*at, now, old)?),
            _ => segment.clone(),
        };
        here = here.child(segment)?;
        there = there.child(&was)?;
        segments.push(was);
    }
    Some(FieldPath::new(segments))
}

/// The position in `old` of the entry that stands at `at` in `now`.
fn paired(at: usize, now: &[Value], old: &[Value]) -> Option<usize> {
    if is_edited_in_place(now, old) {
        return Some(at);
    }
    let entry = now.get(at)?;
    let nth = now[..at].iter().filter(|e| *e == entry).count();
    old.iter().enumerate().filter(|(_, e)| *e == entry).nth(nth).map(|(position, _)| position)
}

/// Whether the entries were at most edited: none added, removed or moved.
fn is_edited_in_place(now: &[Value], old: &[Value]) -> bool {
    if now.len() != old.len() {
        return false;
    }
    now == old || !is_reordered(now, old)
}

fn is_reordered(now: &[Value], old: &[Value]) -> bool {
    let mut counts: HashMap<&Value, isize> = HashMap::new();
    now.iter().for_each(|e| *counts.entry(e).or_default() += 1);
    old.iter().for_each(|e| *counts.entry(e).or_default() -= 1);
    counts.values().all(|count| *count == 0)
}

/// The fields below (and at) `path` that differ, each named as deep as possible. A list that gained, lost or moved entries
/// is one.
pub fn differing(now: &Value, old: &Value, path: &FieldPath) -> Vec<FieldPath> {
    let mut found = Vec::new();
    collect(now, old, path, &mut found);
    found
}

fn collect(now: &Value, old: &Value, path: &FieldPath, found: &mut Vec<FieldPath>) {
    match (now, old) {
        _ if now == old => {}
        (Value::Map(entries), Value::Map(olds)) => {
            for (key, value) in entries {
                match old.get(key) {
                    Some(was) => collect(value, was, &path.then(key), found),
                    None => found.push(path.then(key)),
                }
            }
            let gone = olds.iter().filter(|(key, _)| now.get(key).is_none());
            found.extend(gone.map(|(key, _)| path.then(key)));
        }
        (Value::Seq(items), Value::Seq(olds)) if is_edited_in_place(items, olds) => {
            let pairs = items.iter().zip(olds).enumerate();
            pairs.for_each(|(at, (value, was))| collect(value, was, &path.index(at), found));
        }
        _ => found.push(path.clone()),
    }
}

/// The intents that put the field at `path` back to what it was; none where nothing differs.
pub fn as_it_was(path: &FieldPath, value: &Value, original: &Value) -> Vec<Intent> {
    let Some(was_at) = origin(path, value, original) else {
        // A field that is gone has no place to begin from: it stood where it would stand.
        let gone = value.at(path).is_none().then(|| original.at(path)).flatten();
        let back = gone.map(|was| Intent::Set { field: FieldRef::from(path), value: was.clone() });
        return back.map_or_else(|| away(path, value), |intent| vec![intent]);
    };
    let Some(was) = original.at(&was_at) else { return Vec::new() };
    let Some(now) = value.at(path) else {
        return vec![Intent::Set { field: FieldRef::from(path), value: was.clone() }];
    };
    ways(path, now, was).map(|(_, intent)| intent).collect()
}

/// A field that differs from the disk, and the intent that puts it back.
pub type Way = (FieldPath, Intent);

/// Everything that differs from the disk, with its way back.
pub fn ways_back(now: &Value, was: &Value) -> Vec<Way> {
    ways(&FieldPath::root(), now, was).collect()
}

fn ways(path: &FieldPath, now: &Value, was: &Value) -> impl Iterator<Item = Way> {
    let below = differing(now, was, &FieldPath::root());
    below.into_iter().map(move |inner| {
        let at = join(path, &inner);
        let field = FieldRef::from(&at);
        match was.at(&inner) {
            Some(old) => (at, Intent::Set { field, value: old.clone() }),
            None => (at, Intent::Unset { field }),
        }
    })
}

/// What is new goes away: a key with its value, or an entry out of its list.
fn away(path: &FieldPath, value: &Value) -> Vec<Intent> {
    let Some((parent, last)) = path.split_last() else { return Vec::new() };
    match (last, value.at(path)) {
        (_, None) => Vec::new(),
        (Segment::Key(_), Some(_)) => vec![Intent::Unset { field: FieldRef::from(path) }],
        (Segment::Index(_), Some(entry)) => {
            vec![Intent::RemoveEntry { field: FieldRef::from(&parent), value: entry.clone() }]
        }
    }
}

/// `path` and then `inner`.
pub fn join(path: &FieldPath, inner: &FieldPath) -> FieldPath {
    inner.segments().iter().fold(path.clone(), |longer, segment| longer.with(segment.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[&str]) -> Value {
        Value::Seq(items.iter().map(|i| Value::from(*i)).collect())
    }

    fn wrap(value: Value) -> Value {
        Value::Map(vec![("l".to_string(), value)])
    }

    #[test]
    fn an_entry_is_paired_by_place_where_edited_and_by_what_it_is_where_moved() {
        let was_of = |now: &[&str], old: &[&str], at: usize| {
            let path = origin(&FieldPath::key("l").index(at), &wrap(list(now)), &wrap(list(old)))?;
            path.segments().last().cloned()
        };
        assert_eq!(was_of(&["a", "X"], &["a", "b"], 1), Some(Segment::Index(1)));
        assert_eq!(was_of(&["b", "a"], &["a", "b"], 0), Some(Segment::Index(1)));
        assert_eq!(was_of(&["b"], &["a", "b"], 0), Some(Segment::Index(1)));
        assert_eq!(was_of(&["a", "new"], &["a"], 1), None);
    }

    #[test]
    fn what_differs_is_named_as_deep_as_possible_and_can_be_put_back() {
        let old = Value::Map(vec![
            ("title".into(), "a".into()),
            ("gone".into(), Value::Null),
            ("l".into(), list(&["a", "b"])),
            ("map".into(), Value::Map(vec![("x".into(), "1".into())])),
        ]);
        let now = Value::Map(vec![
            ("title".into(), "a".into()),
            ("l".into(), list(&["a"])),
            ("map".into(), Value::Map(vec![("x".into(), "2".into()), ("y".into(), "3".into())])),
        ]);
        let names: Vec<String> = differing(&now, &old, &FieldPath::root()).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["l", "map.x", "map.y", "gone"]);
        let back = as_it_was(&FieldPath::root(), &now, &old);
        assert_eq!(back.len(), 4);
        assert!(matches!(&back[2], Intent::Unset { field } if field.text() == "map.y"));
        assert!(as_it_was(&FieldPath::key("title"), &now, &old).is_empty());
        let gone = as_it_was(&FieldPath::key("gone"), &now, &old);
        assert!(matches!(&gone[..], [Intent::Set { field, value: Value::Null }] if field.text() == "gone"));
    }
}
