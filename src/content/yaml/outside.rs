//! What stands outside of the edited fields must be written as it was, quote for quote. Checked over the events of the old
//! and the new text; nothing here knows of splices.

use std::ops::Range;

use super::super::op::Op;
use super::super::path::{FieldPath, Segment};
use super::events::{Event, What};
use super::parsed::Parsed;

/// Whether everything before the first and behind the last edited place is written as before.
pub(super) fn is_untouched(old: &Parsed<'_>, new: &Parsed<'_>, ops: &[Op]) -> Result<(), String> {
    let mut edited: Option<Range<usize>> = None;
    for op in ops {
        // A place that another operation of the batch makes is within what that one edits.
        let Some(place) = place(&old.events, op) else { continue };
        edited = Some(edited.map_or(place.clone(), |e| e.start.min(place.start)..e.end.max(place.end)));
    }
    let edited = edited.unwrap_or(0..old.events.len());
    let behind = old.events.len() - edited.end;
    let head = old.events[..edited.start].iter().zip(&new.events).all(|(a, b)| same(old, a, new, b));
    let tail = old.events.iter().rev().zip(new.events.iter().rev()).take(behind).all(|(a, b)| same(old, a, new, b));
    if head && tail && new.events.len() >= edited.start + behind {
        return Ok(());
    }
    Err("the new text would change something outside of the field".to_string())
}

fn same(old: &Parsed<'_>, a: &Event<'_>, new: &Parsed<'_>, b: &Event<'_>) -> bool {
    match (&a.what, &b.what) {
        (What::Scalar { .. } | What::Alias(_), What::Scalar { .. } | What::Alias(_)) => {
            let (a, b) = (old.text.get(a.span.clone()), new.text.get(b.span.clone()));
            // The span of a block of lines may reach over blank lines behind it.
            a.is_some() && a.map(str::trim_end) == b.map(str::trim_end)
        }
        (x, y) => x == y,
    }
}

/// The events that an operation may change.
fn place(events: &[Event<'_>], op: &Op) -> Option<Range<usize>> {
    match op {
        Op::Set { path, .. } => find(events, path).map(|entry| entry.value),
        Op::Move { list, .. } => find(events, list).map(|entry| entry.value),
        Op::Remove { path } | Op::Rename { path, .. } => {
            let entry = find(events, path)?;
            // The last entry leaves an empty collection, which may be in another style.
            let whole = find(events, &path.split_last()?.0)?.value;
            let only = entry.key.start == whole.start + 1 && entry.value.end + 1 == whole.end;
            Some(if only { whole } else { entry.key.start..entry.value.end })
        }
        Op::Add { map, .. } => grown(find(events, map)?.value),
        Op::Insert { list, .. } => grown(find(events, list)?.value),
    }
}

/// Where a collection grows: all within, its neighbours are outside. An empty one may change its style.
fn grown(whole: Range<usize>) -> Option<Range<usize>> {
    if whole.len() > 2 { Some(whole.start + 1..whole.end - 1) } else { Some(whole) }
}

/// The events of a key (nothing in a list) and of its value.
struct Found {
    key: Range<usize>,
    value: Range<usize>,
}

fn find(events: &[Event<'_>], path: &FieldPath) -> Option<Found> {
    let mut found = Found { key: 0..0, value: 0..end_of(events, 0)? };
    for segment in path.segments() {
        found = step(events, found.value, segment)?;
    }
    Some(found)
}

fn step(events: &[Event<'_>], whole: Range<usize>, segment: &Segment) -> Option<Found> {
    let What::Open { map, .. } = events.get(whole.start)?.what else { return None };
    let mut at = whole.start + 1;
    let (mut index, mut last) = (0, None);
    while at + 1 < whole.end {
        let value_at = if map { end_of(events, at)? } else { at };
        let end = end_of(events, value_at)?;
        let named = match (segment, &events[at].what) {
            (Segment::Key(key), What::Scalar { text, .. }) => map && text == key,
            (Segment::Index(wanted), _) => !map && *wanted == index,
            _ => false,
        };
        if named {
            last = Some(Found { key: at..value_at, value: value_at..end });
        }
        (at, index) = (end, index + 1);
    }
    last
}

/// Behind the last event of the node that begins at `at`.
fn end_of(events: &[Event<'_>], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (index, event) in events.iter().enumerate().skip(at) {
        match event.what {
            What::Open { .. } => depth += 1,
            What::Close => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::value::Value;

    fn untouched(before: &str, after: &str, op: Op) -> bool {
        let (old, new) = (Parsed::read(before, false).unwrap(), Parsed::read(after, false).unwrap());
        is_untouched(&old, &new, &[op]).is_ok()
    }

    #[test]
    fn a_change_of_quotes_elsewhere_is_noticed() {
        let set = || Op::Set { path: FieldPath::key("b"), value: Value::from("x") };
        assert!(untouched("a: 'q'\nb: y\nc: z\n", "a: 'q'\nb: x\nc: z\n", set()));
        assert!(!untouched("a: 'q'\nb: y\nc: z\n", "a: q\nb: x\nc: z\n", set()));
        assert!(!untouched("a: 'q'\nb: y\nc: z\n", "a: 'q'\nb: x\nc: 'z'\n", set()));
        let remove = || Op::Remove { path: FieldPath::key("l").index(0) };
        assert!(untouched("l: [a, b]\nc: z\n", "l: [b]\nc: z\n", remove()));
        assert!(untouched("l:\n- a\nc: z\n", "l: []\nc: z\n", remove()));
        assert!(!untouched("l: [a, b]\nc: z\n", "l: ['b']\nc: z\n", remove()));
        let add = Op::Add { map: FieldPath::root(), key: "d".into(), value: Value::Null };
        assert!(untouched("a: 1\n", "a: 1\nd: null\n", add));
    }
}
