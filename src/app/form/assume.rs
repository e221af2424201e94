//! What an edit will come to, shown until the worker's answer is here, so that the next key meets what the last one did.
//!
//! Only the direct change and the places that hold the same value; derived fields and linked lists come with the answer.

use super::tree::Tree;
use crate::content::edit::Place;
use crate::content::{FieldRef, Op, Segment, Value};
use crate::profile::Intent;

/// The value after the intents, as far as it can be told without the document.
pub fn after(tree: &Tree, intents: &[Intent]) -> Value {
    let mut value = tree.value.clone();
    for intent in intents {
        // What does not fit is left to the worker, who says why.
        let _ = apply(tree, &mut value, intent);
    }
    value
}

fn apply(tree: &Tree, value: &mut Value, intent: &Intent) -> Option<()> {
    match intent {
        Intent::Set { field, value: new } => set(tree, value, field, new.clone()),
        Intent::SetText { field, text } => set(tree, value, field, Value::from(text.as_str())),
        Intent::Unset { field } => {
            let path = field.resolve(value)?;
            value.apply(&Op::Remove { path })
        }
        Intent::Append { field, value: entry } => append(value, field, entry),
        Intent::RemoveEntry { field, value: entry } => {
            let list = field.resolve(value)?;
            let at = value.at(&list)?.as_seq()?.iter().position(|e| e == entry)?;
            value.apply(&Op::Remove { path: list.index(at) })
        }
        Intent::MoveEntry { field, value: entry, nth, place } => move_entry(value, field, entry, *nth, place),
        Intent::Derive | Intent::Text { .. } => None,
    }
}

fn set(tree: &Tree, value: &mut Value, field: &FieldRef, new: Value) -> Option<()> {
    let path = field.resolve_or_new(value)?;
    let old = value.at(&path).cloned();
    put(value, &path, new.clone())?;
    for place in tree.places(&path) {
        if old.is_some() && value.at(place) == old.as_ref() {
            *value.at_mut(place)? = new.clone();
        }
    }
    Some(())
}

/// Puts a value at a path, making the keys on the way.
fn put(value: &mut Value, path: &crate::content::FieldPath, new: Value) -> Option<()> {
    if let Some(here) = value.at_mut(path) {
        *here = new;
        return Some(());
    }
    let (map, last) = path.split_last()?;
    let Segment::Key(key) = last else { return None };
    if value.at(&map).is_none() {
        put(value, &map, Value::Map(Vec::new()))?;
    }
    value.apply(&Op::Add { map, key: key.clone(), value: new })
}

fn append(value: &mut Value, field: &FieldRef, entry: &Value) -> Option<()> {
    let list = field.resolve_or_new(value)?;
    let index = match value.at(&list) {
        Some(Value::Seq(items)) => items.len(),
        Some(Value::Null) => 0,
        Some(_) => return None,
        None => {
            put(value, &list, Value::Seq(Vec::new()))?;
            0
        }
    };
    value.apply(&Op::Insert { list, index, value: entry.clone() })
}

fn move_entry(value: &mut Value, field: &FieldRef, entry: &Value, nth: usize, place: &Place) -> Option<()> {
    let list = field.resolve(value)?;
    let items = value.at(&list)?.as_seq()?;
    let from = items.iter().enumerate().filter(|(_, e)| *e == entry).nth(nth)?.0;
    let mut rest = items.to_vec();
    rest.remove(from);
    let to = match place {
        Place::Start => 0,
        Place::End => rest.len(),
        Place::After(neighbour) => rest.iter().rposition(|e| e == neighbour)? + 1,
    };
    value.apply(&Op::Move { list, from, to })
}
