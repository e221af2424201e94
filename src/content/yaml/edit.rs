//! From operations to a new text: all at once where they do not meet, else one after the other, verified either way.

use super::super::differences::differences;
use super::super::document::{Edited, Refusal};
use super::super::op::Op;
use super::super::splice::spliced;
use super::super::value::Value;
use super::outside::is_untouched;
use super::parsed::Parsed;
use super::splice::Sheet;
use super::tree::build;
use super::verify::{reads_as, second_opinion};

/// The text after `ops`.
pub(super) fn edit(old: &Parsed<'_>, ops: &[Op]) -> Result<Edited, Refusal> {
    if let (Some(name), Some(op)) = (name_with_colon(old), ops.first()) {
        let reason = format!("`{name}` in the file is a name to some programs, and a name and a colon to others");
        return Err(Refusal::new(op.place().clone(), reason));
    }
    let mut want = old.value.clone();
    let mut small = Vec::new();
    for op in ops {
        if let Op::Set { path, value } = op
            && let Some(now) = want.at(path)
        {
            small.extend(differences(path, now, value));
        } else if let Some((at, set)) = emptied_before(&small, &want, op) {
            small[at] = set;
        } else {
            small.push(op.clone());
        }
        want.apply(op).ok_or_else(|| misfit(op))?;
    }
    if small.is_empty() {
        return Ok(Edited { text: old.text.to_string(), one_opinion: false });
    }
    if let Some(edited) = all_at_once(old, &small, &want) {
        return Ok(edited);
    }
    one_by_one(old, &small)
}

/// An anchor whose name ends in a colon: older programs take `{&a: x}` for an empty key with the value `x`, YAML 1.2 takes it
/// for the key `x`. No edit is right for both.
fn name_with_colon<'t>(old: &Parsed<'t>) -> Option<&'t str> {
    let properties = old.events.iter().filter(|event| event.anchor != 0).map(|event| &old.text[event.props.clone()]);
    properties.flat_map(str::split_whitespace).find(|name| name.starts_with('&') && name.ends_with(':'))
}

fn misfit(op: &Op) -> Refusal {
    let reason = match op {
        Op::Add { key, .. } => format!("there is no map to add `{key}` to, or the key exists already"),
        Op::Rename { to, .. } => format!("there is no such key, or `{to}` exists already"),
        Op::Insert { .. } | Op::Move { .. } => "there is no such list, or it is shorter".to_string(),
        Op::Set { .. } | Op::Remove { .. } => "there is no such field".to_string(),
    };
    Refusal::new(op.place().clone(), reason)
}

/// Every operation spliced into the old text at once. The operations may have meant a text that was changed by those
/// before; then the value comes out wrong, and this is no way to do it.
fn all_at_once(old: &Parsed<'_>, ops: &[Op], want: &Value) -> Option<Edited> {
    let tree = build(old.text, &old.events).ok()?;
    let sheet = Sheet::new(old.text, &tree, old.json);
    let mut splices = Vec::new();
    for op in ops {
        splices.extend(sheet.splices(op).ok()?);
    }
    let text = spliced(old.text, splices)?;
    let new = reads_as(&text, want, old.json).ok()?;
    is_untouched(old, &new, ops).ok()?;
    let one_opinion = second_opinion(old, &new).ok()?;
    drop(new);
    Some(Edited { text, one_opinion })
}

/// An entry put into a list whose only entry has gone takes that one's place: an empty list between would lose the hand of its
/// brackets or dashes. The operation that was removed is the answer's place.
fn emptied_before(small: &[Op], want: &Value, op: &Op) -> Option<(usize, Op)> {
    let Op::Insert { list, index: 0, value } = op else { return None };
    want.at(list).and_then(Value::as_seq).filter(|entries| entries.is_empty())?;
    let at = small.iter().rposition(|before| list.holds(before.place()))?;
    // What holds the list may have moved it since.
    let moves = |after: &Op| !matches!(after, Op::Set { .. } | Op::Add { .. }) && after.place().holds(list);
    let only = list.index(0);
    match &small[at] {
        Op::Remove { path } if *path == only && !small[at + 1..].iter().any(moves) => {
            Some((at, Op::Set { path: only, value: value.clone() }))
        }
        _ => None,
    }
}

fn one_by_one(old: &Parsed<'_>, ops: &[Op]) -> Result<Edited, Refusal> {
    let mut edited = Edited { text: old.text.to_string(), one_opinion: false };
    for op in ops {
        let next = step(&edited.text, op, old.json).map_err(|reason| Refusal::new(op.place().clone(), reason))?;
        edited = Edited { one_opinion: edited.one_opinion || next.one_opinion, ..next };
    }
    Ok(edited)
}

/// One operation, verified; tried again with every new text in double quotes before it is refused.
fn step(text: &str, op: &Op, json: bool) -> Result<Edited, String> {
    let old = Parsed::read(text, json).map_err(|e| e.reason)?;
    let mut want = old.value.clone();
    want.apply(op).ok_or("it does not fit the file any more")?;
    let tree = build(text, &old.events)?;
    let mut sheet = Sheet::new(text, &tree, json);
    let first = attempt(&old, &sheet, op, &want);
    let Err(reason) = first else { return first };
    sheet.style.careful = true;
    attempt(&old, &sheet, op, &want).map_err(|_| reason)
}

fn attempt(old: &Parsed<'_>, sheet: &Sheet<'_>, op: &Op, want: &Value) -> Result<Edited, String> {
    let splices = sheet.splices(op)?;
    let text = spliced(old.text, splices).ok_or("its parts stand within each other in the file")?;
    let new = reads_as(&text, want, old.json)?;
    is_untouched(old, &new, std::slice::from_ref(op))?;
    let one_opinion = second_opinion(old, &new)?;
    drop(new);
    Ok(Edited { text, one_opinion })
}
