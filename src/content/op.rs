//! The primitive operations of the splicers: exact path, exact position.
//!
//! [`super::edit::Edit`] is what drafts and the journal keep; it is lowered to these against one document's value.
//! [`Value::apply`] is the model that every splicer is verified against.

use super::path::{FieldPath, Segment};
use super::value::Value;

/// One change of one front matter. Several are applied in order, each to the result of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Replaces the value that stands at `path`.
    Set { path: FieldPath, value: Value },
    /// Adds the key `key` at the end of the map at `map` (root: the front matter). A null there becomes a map.
    Add { map: FieldPath, key: String, value: Value },
    /// Takes out a key with its value, or a list entry.
    Remove { path: FieldPath },
    /// Puts an entry before position `index` of the list at `list`; `index` = length appends. A null there becomes a list.
    Insert { list: FieldPath, index: usize, value: Value },
    /// Moves the entry at `from` so that it ends up at `to` (counted without it).
    Move { list: FieldPath, from: usize, to: usize },
    /// Gives the key at `path` the name `to`; its value and its place stay.
    Rename { path: FieldPath, to: String },
}

impl Op {
    /// The place whose text changes: the field itself, or the list or map that gains or loses an entry.
    pub fn place(&self) -> &FieldPath {
        match self {
            Op::Set { path, .. } | Op::Remove { path } | Op::Rename { path, .. } => path,
            Op::Add { map, .. } => map,
            Op::Insert { list, .. } | Op::Move { list, .. } => list,
        }
    }
}

impl Value {
    /// What the value is after `op`; `None` where the op does not fit (no such place, wrong kind, a key that exists already).
    /// On `None` the value may be left half changed: work on a copy.
    pub fn apply(&mut self, op: &Op) -> Option<()> {
        match op {
            Op::Set { path, value } => *self.at_mut(path)? = value.clone(),
            Op::Add { map, key, value } => match self.at_mut(map)? {
                Value::Map(entries) if entries.iter().all(|(k, _)| k != key) => {
                    entries.push((key.clone(), value.clone()))
                }
                null @ Value::Null => *null = Value::Map(vec![(key.clone(), value.clone())]),
                _ => return None,
            },
            Op::Remove { path } => {
                let (parent, last) = path.split_last()?;
                match (self.at_mut(&parent)?, last) {
                    (Value::Map(entries), Segment::Key(key)) => {
                        let at = entries.iter().rposition(|(k, _)| k == key)?;
                        entries.remove(at);
                    }
                    (Value::Seq(items), Segment::Index(index)) if *index < items.len() => {
                        items.remove(*index);
                    }
                    _ => return None,
                }
            }
            Op::Insert { list, index, value } => match self.at_mut(list)? {
                Value::Seq(items) if *index <= items.len() => items.insert(*index, value.clone()),
                null @ Value::Null if *index == 0 => *null = Value::Seq(vec![value.clone()]),
                _ => return None,
            },
            Op::Move { list, from, to } => match self.at_mut(list)? {
                Value::Seq(items) if *from < items.len() && *to < items.len() => {
                    let item = items.remove(*from);
                    items.insert(*to, item);
                }
                _ => return None,
            },
            Op::Rename { path, to } => {
                let (parent, last) = path.split_last()?;
                let (Value::Map(entries), Segment::Key(key)) = (self.at_mut(&parent)?, last) else { return None };
                if entries.iter().any(|(k, _)| k == to) {
                    return None;
                }
                let at = entries.iter().rposition(|(k, _)| k == key)?;
                entries[at].0 = to.clone();
            }
        }
        Some(())
    }
}
