//! Which intents of a draft stand and fall together: the hunks of the review.
//!
//! A hunk is one intent with all that is linked to it. Intents that meet at one field are one hunk: the later one was made from what the
//! earlier one left. Entries that are added to a list or taken out of it are fields of their own, so that one topic can be left out
//! and another one written. Bytes from an editor, or from a write taken back, stand at a place of the whole text: they join all.

use super::{DraftFile, DraftStep, IntentId};
use crate::content::{Edit, FieldPath, Value};

impl DraftFile {
    /// The hunks, in the order of their first intents. `stamp` is the field of `touch:`, which every intent sets and none owns.
    pub fn hunks(&self, stamp: Option<&str>) -> Vec<Vec<IntentId>> {
        let of_step = |s: &DraftStep| {
            let id = |place| IntentId { batch: s.batch, place };
            s.ranges().into_iter().map(|(place, range)| (id(place), range)).collect::<Vec<_>>()
        };
        let mut hunks: Vec<(Vec<IntentId>, Vec<&Edit>)> = Vec::new();
        for step in &self.steps {
            for (id, range) in of_step(step) {
                let edits = step.edits[range].iter().filter(|e| stamp.is_none_or(|field| !is_at(e, field)));
                join(&mut hunks, id, edits.collect());
            }
        }
        hunks.into_iter().map(|(ids, _)| ids).collect()
    }

    /// The same draft, what is left out of it made whole: of a hunk of which something is left out, all is.
    pub fn by_hunks(mut self, stamp: Option<&str>) -> DraftFile {
        if self.steps.iter().all(|s| s.left_out.is_empty()) {
            return self;
        }
        for hunk in self.hunks(stamp) {
            if !hunk.iter().any(|id| self.is_left_out(*id)) {
                continue;
            }
            for id in hunk {
                let step = self.steps.iter_mut().find(|s| s.batch == id.batch);
                if let Some(step) = step.filter(|s| !s.left_out.contains(&id.place)) {
                    step.left_out.push(id.place);
                    step.left_out.sort_unstable();
                }
            }
        }
        self
    }
}

fn is_at(edit: &Edit, field: &str) -> bool {
    edit.place().to_string() == field
}

/// Adds an intent to the hunks that it meets, which become one; or as a hunk of its own.
fn join<'e>(hunks: &mut Vec<(Vec<IntentId>, Vec<&'e Edit>)>, id: IntentId, edits: Vec<&'e Edit>) {
    let meets_one = |hunk: &(Vec<IntentId>, Vec<&Edit>)| edits.iter().any(|a| hunk.1.iter().any(|b| meet(a, b)));
    let Some(first) = hunks.iter().position(meets_one) else {
        hunks.push((vec![id], edits));
        return;
    };
    let others: Vec<_> = hunks.extract_if(first + 1.., |hunk| meets_one(hunk)).collect();
    let hunk = &mut hunks[first];
    for (ids, more) in others {
        hunk.0.extend(ids);
        hunk.1.extend(more);
    }
    hunk.0.push(id);
    hunk.1.extend(edits);
    hunk.0.sort_by_key(|id| (id.batch, id.place));
}

/// Whether one of two edits may stand on the other.
fn meet(a: &Edit, b: &Edit) -> bool {
    if matches!(a, Edit::Text { .. }) || matches!(b, Edit::Text { .. }) {
        return true;
    }
    if let (Some((one, x)), Some((other, y))) = (entry(a), entry(b)) {
        return one == other && x == y;
    }
    let (a, b) = (reach(a), reach(b));
    a.iter().any(|x| b.iter().any(|y| x.holds(y) || y.holds(x)))
}

/// The list and the entry, where an edit adds or takes out just that.
fn entry(edit: &Edit) -> Option<(&FieldPath, &Value)> {
    match edit {
        Edit::Insert { list, entry, .. } | Edit::Remove { list, entry, .. } => Some((list, entry)),
        _ => None,
    }
}

/// What an edit is about: its field, or the outermost list on the way to it, whose entries may have other numbers without the other
/// edit.
fn reach(edit: &Edit) -> Vec<FieldPath> {
    let place = edit.place();
    let list = place.segments().iter().position(|s| matches!(s, crate::content::Segment::Index(_)));
    let field = list.map_or(place.clone(), |at| FieldPath::new(place.segments()[..at].to_vec()));
    let mut reach = vec![field];
    if let Edit::Rename { to, .. } = edit
        && let Some((map, _)) = place.split_last()
    {
        reach.push(map.then(to.clone()));
    }
    reach
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::content::Place;
    use crate::profile::Intent;

    fn set(path: FieldPath) -> Edit {
        Edit::Set { path, old: None, new: 1.into(), within: None }
    }

    fn insert(list: &str, entry: &str) -> Edit {
        Edit::Insert { list: FieldPath::key(list), entry: entry.into(), nth: 0, place: Place::End }
    }

    fn remove(list: &str, entry: &str) -> Edit {
        Edit::Remove { list: FieldPath::key(list), entry: entry.into(), nth: 0 }
    }

    /// A draft in which each batch is one intent with these edits.
    fn file(intents: &[&[Edit]]) -> DraftFile {
        let step = |(batch, edits): (usize, &&[Edit])| DraftStep {
            batch: batch as u64,
            intents: Arc::from([Intent::Derive]),
            edits: edits.to_vec(),
            counts: Vec::new(),
            left_out: Vec::new(),
        };
        let steps = intents.iter().enumerate().map(step).collect();
        DraftFile { path: "x.md".into(), steps, base: None, stamp: 0 }
    }

    fn hunks(intents: &[&[Edit]]) -> Vec<Vec<u64>> {
        let hunks = file(intents).hunks(Some("lastMod"));
        hunks.into_iter().map(|ids| ids.into_iter().map(|id| id.batch).collect()).collect()
    }

    #[test]
    fn intents_on_one_field_are_one_hunk_and_others_are_not() {
        let key = FieldPath::key;
        let map = key("map");
        assert_eq!(hunks(&[&[set(key("a"))], &[set(key("b"))], &[set(key("a"))]]), [vec![0, 2], vec![1]]);
        assert_eq!(hunks(&[&[set(map.then("x"))], &[set(map.then("y"))]]), [vec![0], vec![1]]);
        assert_eq!(hunks(&[&[set(map.then("x"))], &[set(map.clone())]]), [vec![0, 1]]);
        // A third one that stands on both makes them one.
        assert_eq!(hunks(&[&[set(key("a"))], &[set(key("b"))], &[set(key("a")), set(key("b"))]]), [vec![0, 1, 2]]);
        let rename = Edit::Rename { path: key("a"), to: "b".into(), within: None };
        assert_eq!(hunks(&[&[rename], &[set(key("b"))], &[set(key("c"))]]), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_topic_is_a_hunk_with_its_lists_and_another_topic_is_another() {
        let add = |topic: &str| [insert("topics", topic), insert("labels", topic)];
        let (a, b) = (add("a"), add("b"));
        assert_eq!(hunks(&[&a, &b, &[remove("topics", "c")]]), [vec![0], vec![1], vec![2]]);
        assert_eq!(hunks(&[&a, &[remove("topics", "a")]]), [vec![0, 1]]);
        // Two topics with one label: the second stands on the first.
        assert_eq!(hunks(&[&a, &[insert("topics", "b"), insert("labels", "a")]]), [vec![0, 1]]);
        // An order, or an entry by its number, is about the whole list.
        let order = Edit::Move { list: FieldPath::key("topics"), entry: "z".into(), nth: 0, place: Place::Start };
        assert_eq!(hunks(&[&a, &[order]]), [vec![0, 1]]);
        assert_eq!(hunks(&[&a, &[set(FieldPath::key("topics").index(3))]]), [vec![0, 1]]);
    }

    #[test]
    fn bytes_join_everything_and_a_stamp_nothing() {
        let text = Edit::Text { at: 9, old: "a".into(), new: "b".into() };
        let (a, b, stamp) = (set(FieldPath::key("a")), set(FieldPath::key("b")), set(FieldPath::key("lastMod")));
        let both = [a.clone(), b.clone()];
        assert_eq!(hunks(&[&both[..1], &[text], &both[1..]]), [vec![0, 1, 2]]);
        assert_eq!(hunks(&[&[a, stamp.clone()], &[b, stamp]]), [vec![0], vec![1]]);
    }

    #[test]
    fn of_a_hunk_that_is_left_out_in_part_nothing_is_written() {
        let key = FieldPath::key;
        let mut file = file(&[&[set(key("a"))], &[set(key("b"))], &[set(key("a"))]]);
        file.steps[0].left_out = vec![0];
        let whole = file.by_hunks(None);
        assert_eq!(whole.chosen().steps.iter().map(|s| s.batch).collect::<Vec<_>>(), [1]);
    }
}
