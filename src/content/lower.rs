//! From edits to the splicers' operations, against the value a document has now.
//!
//! Here: finding again what an edit means in a value that may have changed since (old values, neighbours, moved entries).
//! Not here: any text; that is [`super::edit::apply`] and the splicers.

use super::document::Refusal;
use super::edit::{Edit, Misfit, Place};
use super::op::Op;
use super::path::{FieldPath, Segment};
use super::value::Value;

/// The operation that makes `edit` so in `value`; none where it is so already.
///
/// # Errors
/// A [`Misfit`] where both sides changed the field, or where the edit cannot be made at all.
pub(super) fn lower(value: &Value, edit: &Edit) -> Result<Option<Op>, Misfit> {
    match edit {
        Edit::Set { path, old, new, within } => set(value, path, old.as_ref(), new, within.as_ref()),
        Edit::Unset { path, old, within } => unset(value, path, old, within.as_ref()),
        Edit::Rename { path, to, within } => rename(value, path, to, within.as_ref()),
        Edit::Insert { list, entry, nth, place } => insert(value, list, entry, *nth, place),
        Edit::Remove { list, entry, nth } => remove(value, list, entry, *nth),
        Edit::Move { list, entry, nth, place } => move_entry(value, list, entry, *nth, place),
        Edit::Text { .. } => {
            Err(Refusal::new(FieldPath::root(), "bytes from an editor have no place in a value").into())
        }
    }
}

/// The same edit over whatever its field holds in `value`; none where its place is not found there any more, or where it is about a
/// list's entries or a name.
pub(super) fn over(value: &Value, edit: &Edit) -> Option<Edit> {
    let found = |path: &FieldPath, within: &Option<Value>| {
        let path = find(value, path, within.as_ref(), None)?;
        let list = path.segments().iter().position(|s| matches!(s, Segment::Index(_)));
        let entry = list.and_then(|at| value.at(&FieldPath::new(path.segments()[..=at].to_vec())).cloned());
        Some((path, within.is_some().then_some(entry).flatten()))
    };
    match edit {
        Edit::Set { path, new, within, .. } => {
            let (path, within) = found(path, within)?;
            Some(Edit::Set { old: value.at(&path).cloned(), path, new: new.clone(), within })
        }
        Edit::Unset { path, within, .. } => {
            let (path, within) = found(path, within)?;
            Some(Edit::Unset { old: value.at(&path)?.clone(), path, within })
        }
        _ => None,
    }
}

fn changed(path: &FieldPath, was: Option<&Value>, now: Option<&Value>) -> Misfit {
    Misfit::Changed { field: path.clone(), was: was.cloned(), now: now.cloned() }
}

fn set(
    value: &Value,
    path: &FieldPath,
    old: Option<&Value>,
    new: &Value,
    within: Option<&Value>,
) -> Result<Option<Op>, Misfit> {
    let after = within.and_then(|entry| with(entry, path, Some(new)));
    let Some(path) = find(value, path, within, after.as_ref()) else { return Err(changed(path, old, value.at(path))) };
    let now = value.at(&path);
    match (old, now) {
        (_, Some(now)) if now == new => Ok(None),
        (Some(old), Some(now)) if old == now => Ok(Some(Op::Set { path, value: new.clone() })),
        (None, None) => make(value, &path, new.clone()).map(Some),
        _ => Err(changed(&path, old, now)),
    }
}

fn unset(value: &Value, path: &FieldPath, old: &Value, within: Option<&Value>) -> Result<Option<Op>, Misfit> {
    let after = within.and_then(|entry| with(entry, path, None));
    let Some(path) = find(value, path, within, after.as_ref()) else {
        return Err(changed(path, Some(old), value.at(path)));
    };
    match value.at(&path) {
        None => Ok(None),
        Some(now) if now == old => Ok(Some(Op::Remove { path })),
        now => Err(changed(&path, Some(old), now)),
    }
}

fn rename(value: &Value, path: &FieldPath, to: &str, within: Option<&Value>) -> Result<Option<Op>, Misfit> {
    let Some(path) = find(value, path, within, None) else { return Err(changed(path, None, None)) };
    let Some((parent, _)) = path.split_last() else {
        return Err(Refusal::new(path, "the whole front matter has no name").into());
    };
    let taken = value.at(&parent).is_some_and(|map| map.get(to).is_some());
    match (value.at(&path).is_some(), taken) {
        (true, false) => Ok(Some(Op::Rename { path, to: to.to_string() })),
        (false, true) => Ok(None),
        (true, true) => Err(Refusal::new(path, format!("there is a field `{to}` already")).into()),
        (false, false) => Err(changed(&path, None, None)),
    }
}

fn insert(value: &Value, list: &FieldPath, entry: &Value, nth: usize, place: &Place) -> Result<Option<Op>, Misfit> {
    let items = match value.at(list) {
        None => return make(value, list, Value::Seq(vec![entry.clone()])).map(Some),
        Some(Value::Null) => &[][..],
        Some(Value::Seq(items)) => items,
        Some(_) => return Err(no_list(list)),
    };
    if items.iter().filter(|item| *item == entry).count() > nth {
        return Ok(None);
    }
    // A neighbour that has gone leaves the end: the entry itself must not be lost over it.
    let index = position(items, place).unwrap_or(items.len());
    Ok(Some(Op::Insert { list: list.clone(), index, value: entry.clone() }))
}

fn remove(value: &Value, list: &FieldPath, entry: &Value, nth: usize) -> Result<Option<Op>, Misfit> {
    let items = items(value, list)?;
    match nth_position(items, entry, nth) {
        Some(at) => Ok(Some(Op::Remove { path: list.index(at) })),
        None if items.contains(entry) => Err(changed(list, Some(entry), value.at(list))),
        None => Ok(None),
    }
}

fn move_entry(value: &Value, list: &FieldPath, entry: &Value, nth: usize, place: &Place) -> Result<Option<Op>, Misfit> {
    let items = items(value, list)?;
    let Some(from) = nth_position(items, entry, nth) else {
        return Err(changed(list, Some(entry), value.at(list)));
    };
    let mut rest = items.to_vec();
    rest.remove(from);
    let Some(to) = position(&rest, place) else { return Err(changed(list, Some(entry), value.at(list))) };
    Ok((from != to).then(|| Op::Move { list: list.clone(), from, to }))
}

/// The entries of a list; of a missing or null one none.
fn items<'v>(value: &'v Value, list: &FieldPath) -> Result<&'v [Value], Misfit> {
    match value.at(list) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Seq(items)) => Ok(items),
        Some(_) => Err(no_list(list)),
    }
}

fn no_list(list: &FieldPath) -> Misfit {
    Refusal::new(list.clone(), "is no list").into()
}

fn nth_position(items: &[Value], entry: &Value, nth: usize) -> Option<usize> {
    items.iter().enumerate().filter(|(_, item)| *item == entry).map(|(at, _)| at).nth(nth)
}

fn position(items: &[Value], place: &Place) -> Option<usize> {
    match place {
        Place::Start => Some(0),
        Place::End => Some(items.len()),
        Place::After(neighbour) => items.iter().rposition(|item| item == neighbour).map(|at| at + 1),
    }
}

/// Adds what is missing at `path`: the maps on the way, and the value in the innermost.
fn make(value: &Value, path: &FieldPath, new: Value) -> Result<Op, Misfit> {
    let segments = path.segments();
    for kept in (0..segments.len()).rev() {
        let map = FieldPath::new(segments[..kept].to_vec());
        match value.at(&map) {
            None => continue,
            Some(Value::Map(_) | Value::Null) => {}
            Some(_) => return Err(Refusal::new(map, "is no map, so that nothing can be put into it").into()),
        }
        let mut keys = segments[kept..].iter().map(|segment| match segment {
            Segment::Key(key) => Ok(key.clone()),
            Segment::Index(_) => Err(changed(path, None, None)),
        });
        let Some(first) = keys.next() else { break };
        let inner = keys.collect::<Result<Vec<_>, _>>()?;
        let nested = inner.into_iter().rev().fold(new, |held, key| Value::Map(vec![(key, held)]));
        return Ok(Op::Add { map, key: first?, value: nested });
    }
    Err(Refusal::new(path.clone(), "the whole front matter cannot be made").into())
}

/// Where a path stands now. `within` is the old entry of the outermost list on the path: it is looked for where it stood, then
/// anywhere. `after` is that entry with the edit made: finding it means that the edit is so already.
fn find(value: &Value, path: &FieldPath, within: Option<&Value>, after: Option<&Value>) -> Option<FieldPath> {
    let Some(within) = within else { return Some(path.clone()) };
    let Some(at) = path.segments().iter().position(|s| matches!(s, Segment::Index(_))) else {
        return Some(path.clone());
    };
    let list = FieldPath::new(path.segments()[..at].to_vec());
    let items = value.at(&list)?.as_seq()?;
    let Segment::Index(stood) = path.segments()[at] else { return None };
    let here = |entry: &Value| (items.get(stood) == Some(entry)).then_some(stood);
    let anywhere = |entry: &Value| only(items, |item| item == entry);
    let index = here(within)
        .or_else(|| after.and_then(here))
        .or_else(|| anywhere(within))
        .or_else(|| after.and_then(anywhere))
        .or_else(|| only(items, |item| is_mostly(item, within)))?;
    let mut segments = path.segments().to_vec();
    segments[at] = Segment::Index(index);
    Some(FieldPath::new(segments))
}

/// The position of the one entry that is so; nothing where there are several.
fn only(items: &[Value], is_so: impl Fn(&Value) -> bool) -> Option<usize> {
    let mut found = items.iter().enumerate().filter(|(_, item)| is_so(item)).map(|(at, _)| at);
    found.next().filter(|_| found.next().is_none())
}

/// Whether an entry is still recognised although fields of it have changed: more than half of them are as they were.
fn is_mostly(item: &Value, within: &Value) -> bool {
    let (Value::Map(_), Value::Map(was)) = (item, within) else { return false };
    was.iter().filter(|(key, held)| item.get(key) == Some(held)).count() * 2 > was.len()
}

/// The list entry `entry` with the field at `path` (counted from the front matter) set, or taken out.
fn with(entry: &Value, path: &FieldPath, new: Option<&Value>) -> Option<Value> {
    let at = path.segments().iter().position(|s| matches!(s, Segment::Index(_)))?;
    let inner = FieldPath::new(path.segments()[at + 1..].to_vec());
    let mut entry = entry.clone();
    let op = match new {
        Some(new) if entry.at(&inner).is_some() => Op::Set { path: inner, value: new.clone() },
        Some(new) => make(&entry, &inner, new.clone()).ok()?,
        None => Op::Remove { path: inner },
    };
    entry.apply(&op)?;
    Some(entry)
}
