//! Edits: what an intent means in one document, in a form that survives a change of the file.
//!
//! An edit carries the old value, and places a list entry by its neighbour, never by number; so it can be applied again to a
//! file that has changed elsewhere, and is refused where the same field has changed. Lowered to [`super::op::Op`] for the splicer.

use serde::{Deserialize, Serialize};

use super::document::{Document, Refusal};
use super::lower::{self, lower};
use super::op::Op;
use super::patch::{found_again, is_made};
use super::path::{FieldPath, Segment};
use super::value::Value;

/// Where a list entry goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Before everything.
    Start,
    /// Behind the (last) entry that equals this.
    After(Value),
    /// Behind everything.
    End,
}

/// One change of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// The field gets a value; `old` is `None` where the key is made (with the maps on the way).
    /// `within` is the whole old entry of the outermost list on the path, where there is one: it says which entry is meant when the list moved.
    Set { path: FieldPath, old: Option<Value>, new: Value, within: Option<Value> },
    /// The key goes, with its value.
    Unset { path: FieldPath, old: Value, within: Option<Value> },
    /// The key gets another name.
    Rename { path: FieldPath, to: String, within: Option<Value> },
    /// A list gets one entry more. A missing, null or empty list is made. It becomes the `nth` entry (from 0) that equals this: a
    /// list that has more such entries by now has got it from someone else, and nothing is to be done.
    Insert { list: FieldPath, entry: Value, nth: usize, place: Place },
    /// A list loses the entry that equals this (the `nth` such one, from 0).
    Remove { list: FieldPath, entry: Value, nth: usize },
    /// An entry goes to another place of its list.
    Move { list: FieldPath, entry: Value, nth: usize, place: Place },
    /// Bytes for bytes: what came back from an editor, or a write taken back. `at` counts bytes of the whole text.
    Text { at: usize, old: String, new: String },
}

/// Why an edit does not fit a document any more, or was refused by the splicer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The field holds something else than when the edit was made: both sides changed it.
    #[error("{field} has changed on disk")]
    Changed { field: FieldPath, was: Option<Value>, now: Option<Value> },
    /// The splicer refuses.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl Edit {
    /// The place whose value changes: the field, or the list that gains, loses or moves an entry. The root for [`Edit::Text`].
    pub fn place(&self) -> FieldPath {
        match self {
            Edit::Set { path, .. } | Edit::Unset { path, .. } | Edit::Rename { path, .. } => path.clone(),
            Edit::Insert { list, .. } | Edit::Remove { list, .. } | Edit::Move { list, .. } => list.clone(),
            Edit::Text { .. } => FieldPath::root(),
        }
    }

    /// Whether it may have been made on what `earlier` did, so that it does not stand without it. Two entries of one list do not stand
    /// on each other, unless one is placed behind the other.
    pub fn stands_on(&self, earlier: &Edit) -> bool {
        if let (Some((list, entry)), Some((other, mine))) = (earlier.entry(), self.entry())
            && list == other
        {
            let behind = match self {
                Edit::Insert { place: Place::After(neighbour), .. }
                | Edit::Move { place: Place::After(neighbour), .. } => Some(neighbour),
                _ => None,
            };
            return mine == entry || behind == Some(entry);
        }
        let (mine, other) = (self.reach(), earlier.reach());
        mine.holds(&other) || other.holds(&mine)
    }

    /// The list and the entry, of an edit that is about one entry of a list.
    fn entry(&self) -> Option<(&FieldPath, &Value)> {
        match self {
            Edit::Insert { list, entry, .. } | Edit::Remove { list, entry, .. } | Edit::Move { list, entry, .. } => {
                Some((list, entry))
            }
            _ => None,
        }
    }

    /// The place that it may change: of a key that gets another name, the map around it.
    fn reach(&self) -> FieldPath {
        let place = self.place();
        match self {
            Edit::Rename { .. } => place.split_last().map(|(map, _)| map).unwrap_or_default(),
            _ => place,
        }
    }
}

/// The document after all edits, in order; each sees the result of those before it. One verification for all, but that bytes from an
/// editor are put in between. An edit that is so already is skipped. `document` is untouched.
///
/// # Errors
/// The first [`Misfit`]; then nothing is applied.
pub fn apply(document: &Document, edits: &[Edit]) -> Result<Document, Misfit> {
    put(document, edits, false)
}

/// The same over a document that has changed since the edits were made: lines that stand in several places by now are in none.
///
/// # Errors
/// As [`apply`].
pub fn apply_anew(document: &Document, edits: &[Edit]) -> Result<Document, Misfit> {
    put(document, edits, true)
}

fn put(document: &Document, edits: &[Edit], anew: bool) -> Result<Document, Misfit> {
    let mut document = document.clone();
    for run in edits.chunk_by(|a, b| is_text(a) == is_text(b)) {
        document =
            if run.first().is_some_and(is_text) { with_texts(&document, run, anew)? } else { spliced(&document, run)? };
    }
    Ok(document)
}

/// What a front matter's value is after `edits`, without any text: for rows, forms and further intents.
///
/// # Errors
/// As [`apply`]; also where one of the edits is [`Edit::Text`]. `value` is then as it was.
pub fn apply_to_value(value: &mut Value, edits: &[Edit]) -> Result<(), Misfit> {
    match edits {
        [] => Ok(()),
        // One at a time is how an intent is expanded: what fits is made in place.
        [edit] => match lower(value, edit)? {
            Some(op) => value.apply(&op).ok_or_else(|| misplaced(&op)),
            None => Ok(()),
        },
        _ => operations(value.clone(), edits).map(|(after, _)| *value = after),
    }
}

/// The same edit over whatever its field holds in `value` by now: what somebody else put there gives way. None where its place is not
/// found any more, or where it is about a list's entries, a name or bytes.
pub fn forced(value: &Value, edit: &Edit) -> Option<Edit> {
    lower::over(value, edit)
}

fn is_text(edit: &Edit) -> bool {
    matches!(edit, Edit::Text { .. })
}

fn spliced(document: &Document, edits: &[Edit]) -> Result<Document, Misfit> {
    let (document, ()) = document.revise(|value| Ok::<_, Misfit>((operations(value.clone(), edits)?.1, ())))?;
    Ok(document)
}

/// The document after the edits that `expand` makes of its value: as [`apply`], but the front matter is parsed once for both.
/// Returns what `expand` made as well. The edits are of fields, not of bytes.
///
/// # Errors
/// What `expand` refuses, and the first [`Misfit`].
pub fn expanded<T>(
    document: &Document,
    expand: impl FnOnce(&Value) -> Result<T, Misfit>,
    edits: impl FnOnce(&T) -> &[Edit],
) -> Result<(Document, T), Misfit> {
    document.revise(|value| {
        let made = expand(value)?;
        let (_, ops) = operations(value.clone(), edits(&made))?;
        Ok((ops, made))
    })
}

/// Lowering saw the same value, so this says that the two disagree about it.
fn misplaced(op: &Op) -> Misfit {
    Refusal::new(op.place().clone(), "the edit does not fit what stands there").into()
}

fn operations(mut value: Value, edits: &[Edit]) -> Result<(Value, Vec<Op>), Misfit> {
    let mut ops: Vec<(Op, Option<Value>)> = Vec::new();
    for edit in edits {
        let Some(op) = lower(&value, edit)? else { continue };
        let was = if let Op::Set { path, .. } = &op { value.at(path).cloned() } else { None };
        value.apply(&op).ok_or_else(|| misplaced(&op))?;
        add(&mut ops, op, was);
    }
    Ok((value, ops.into_iter().map(|(op, _)| op).collect()))
}

/// One more operation. A value that was set before is set once, to the last; where that is what it was at first its bytes stay, whatever
/// stood there in between.
fn add(ops: &mut Vec<(Op, Option<Value>)>, op: Op, was: Option<Value>) {
    if let Op::Set { path, value } = &op {
        let before = ops.iter().rposition(|(earlier, _)| may_touch(earlier, path));
        if let Some(at) = before.filter(|at| matches!(&ops[*at].0, Op::Set { path: other, .. } if other == path)) {
            match ops[at].1.as_ref() == Some(value) {
                true => drop(ops.remove(at)),
                false => ops[at].0 = op,
            }
            return;
        }
    }
    ops.push((op, was));
}

/// Whether an operation may change what stands at `path`, or what the path names.
fn may_touch(op: &Op, path: &FieldPath) -> bool {
    let meets = |place: &FieldPath| place.holds(path) || path.holds(place);
    match op {
        Op::Add { map, key, .. } => meets(&map.then(key)),
        Op::Rename { path: from, to } => meets(from) || from.split_last().is_none_or(|(map, _)| meets(&map.then(to))),
        // The entries behind it move up.
        Op::Remove { path: gone } => match gone.split_last() {
            Some((list, Segment::Index(_))) => meets(&list),
            _ => meets(gone),
        },
        Op::Set { .. } | Op::Insert { .. } | Op::Move { .. } => meets(op.place()),
    }
}

/// Bytes stand where they stood; where a document has changed beside them, where their lines stand now. Only the end of a run has to
/// parse: several hunks of one write taken back need not parse one by one.
fn with_texts(document: &Document, edits: &[Edit], anew: bool) -> Result<Document, Misfit> {
    let (start, mut text, mut behind) = (document.text(), document.text().to_string(), usize::MAX);
    for edit in edits {
        let Edit::Text { at, old, new } = edit else { continue };
        let stands = |what: &str| text.get(*at..).is_some_and(|rest| rest.starts_with(what));
        let (place, is_so) = match anew {
            // The hunks of one text, the last one first: what one of them puts there must not be taken for the place of another.
            true => (
                found_again(start, old, new).filter(|at| at + old.len() <= behind),
                is_made(start, *at, old, new) && (!start.contains(old.as_str()) || new.contains(old.as_str())),
            ),
            false => (stands(old).then_some(*at).or_else(|| found_again(&text, old, new)), stands(new)),
        };
        behind = place.unwrap_or(behind);
        if let Some(at) = place {
            text.replace_range(at..at + old.len(), new);
        } else if !is_so {
            let now = text.get(*at..(*at + old.len()).min(text.len())).map(Value::from);
            return Err(Misfit::Changed { field: FieldPath::root(), was: Some(Value::from(old.as_str())), now });
        }
    }
    document.with_text(text).map_err(|e| Refusal::new(FieldPath::root(), e.to_string()).into())
}

#[cfg(test)]
mod tests;
