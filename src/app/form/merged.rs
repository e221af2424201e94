//! The values of many items as one value, and where they are not one: what a form over marked items shows.
//!
//! Values are taken in one item after another, so that ten thousand need no more room than what they differ in. Not here: reading
//! them (`shell`), and what the form makes of it (`many`).

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::compare::{Way, ways_back};
use crate::content::{FieldPath, Value};

/// So many of a field's values are kept, to be shown and chosen from; all are counted.
const KEPT: usize = 12;

/// How the values of one field are spread over the items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// How many different values there are.
    pub values: usize,
    /// How many of the items have the field.
    pub present: usize,
    /// How many items there are.
    pub of: usize,
    /// Whether what is in it cannot be shown as one: lists that differ, or fields in one item and a value in another.
    pub is_shut: bool,
    /// Some of the values, and how many items have each; the most used first.
    pub some: Vec<(Value, usize)>,
}

impl Spread {
    /// Whether the items do not all say the same, as far as they have it.
    pub fn differs(&self) -> bool {
        self.values > 1
    }

    /// Whether some items have no such field.
    pub fn lacks(&self) -> bool {
        self.present < self.of
    }
}

/// Fields that are not the same in all items.
pub type Spreads = HashMap<FieldPath, Spread>;

/// Many items as one.
#[derive(Clone, Debug)]
pub struct Merged {
    /// With the drafts; where values differ, the one that most items have.
    pub value: Value,
    /// As the disk has them.
    pub original: Value,
    pub spreads: Spreads,
    /// The same on disk.
    pub spreads_on_disk: Spreads,
    /// Fields that some item's draft changes.
    pub changed: HashSet<FieldPath>,
    /// For each item with a draft, what puts its fields back.
    pub back: Vec<(Arc<str>, Vec<Way>)>,
    /// How many items these are.
    pub of: usize,
    /// Items that could not be read, and why.
    pub unreadable: Vec<(Arc<str>, String)>,
}

/// Takes items in, one after another.
#[derive(Debug, Default)]
pub struct Merging {
    now: Place,
    /// None as long as no item has a draft: the disk says the same.
    disk: Option<Place>,
    changed: HashSet<FieldPath>,
    back: Vec<(Arc<str>, Vec<Way>)>,
    of: usize,
    unreadable: Vec<(Arc<str>, String)>,
}

impl Merging {
    /// Takes an item in: its values with the draft, and those on disk where it has one.
    pub fn take(&mut self, path: &Arc<str>, value: &Value, original: Option<&Value>) {
        if let (None, Some(_)) = (&self.disk, original) {
            self.disk = Some(self.now.clone());
        }
        self.now.take(value);
        if let Some(disk) = &mut self.disk {
            disk.take(original.unwrap_or(value));
        }
        if let Some(original) = original {
            let ways = ways_back(value, original);
            self.changed.extend(ways.iter().map(|(field, _)| field.clone()));
            self.back.push((path.clone(), ways));
        }
        self.of += 1;
    }

    /// An item that cannot be read is no part of it.
    pub fn leave_out(&mut self, path: &Arc<str>, reason: String) {
        self.unreadable.push((path.clone(), reason));
    }

    /// All of them as one.
    pub fn done(self) -> Merged {
        let Merging { now, disk, changed, back, of, unreadable } = self;
        let (value, spreads) = now.finish_all(of);
        let (original, spreads_on_disk) =
            disk.map_or_else(|| (value.clone(), spreads.clone()), |disk| disk.finish_all(of));
        Merged { value, original, spreads, spreads_on_disk, changed, back, of, unreadable }
    }
}

/// What one field holds in the items so far.
#[derive(Clone, Debug, Default)]
struct Place {
    present: usize,
    /// How many of them hold fields.
    maps: usize,
    /// In the order of the files.
    keys: Vec<String>,
    below: HashMap<String, Place>,
    /// How many items have a value, by its hash: the values themselves may be long, and ten thousand.
    counts: HashMap<u64, usize>,
    kept: Vec<(u64, Value)>,
}

impl Place {
    fn take(&mut self, value: &Value) {
        self.present += 1;
        let Value::Map(entries) = value else { return self.take_value(value) };
        self.maps += 1;
        let mut seen = HashSet::new();
        let mut before: Option<&str> = None;
        // A key that stands twice counts once: the first is the one that is read.
        for (key, value) in entries.iter().filter(|(key, _)| seen.insert(key.as_str())) {
            if !self.below.contains_key(key) {
                // A key that only some items have stands where these have it.
                let at = self.keys.iter().position(|known| Some(known.as_str()) == before).map_or(0, |at| at + 1);
                self.keys.insert(at, key.clone());
            }
            self.below.entry(key.clone()).or_default().take(value);
            before = Some(key);
        }
    }

    fn take_value(&mut self, value: &Value) {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        let hash = hasher.finish();
        *self.counts.entry(hash).or_default() += 1;
        if self.kept.len() < KEPT && self.kept.iter().all(|(known, _)| *known != hash) {
            self.kept.push((hash, value.clone()));
        }
    }

    fn finish_all(self, of: usize) -> (Value, Spreads) {
        let mut spreads = Spreads::new();
        let value = self.finish(&FieldPath::root(), of, &mut spreads);
        (value, spreads)
    }

    fn finish(mut self, path: &FieldPath, of: usize, spreads: &mut Spreads) -> Value {
        let mut some: Vec<(Value, usize)> =
            self.kept.drain(..).map(|(hash, value)| (value, self.counts.get(&hash).copied().unwrap_or(0))).collect();
        some.sort_by_key(|(_, items)| std::cmp::Reverse(*items));
        let all_maps = some.is_empty();
        let values = self.counts.len() + usize::from(self.maps > 0);
        let spread = Spread { values, present: self.present, of, is_shut: false, some };
        if all_maps {
            if spread.lacks() && !path.is_root() {
                spreads.insert(path.clone(), Spread { values: 1, ..spread });
            }
            let below = &mut self.below;
            let entries = self.keys.into_iter().filter_map(|key| {
                let value = below.remove(&key)?.finish(&path.then(key.as_str()), of, spreads);
                Some((key, value))
            });
            return Value::Map(entries.collect());
        }
        // There is one: else all would be maps.
        let most_used = spread.some.first().map_or(Value::Null, |(value, _)| value.clone());
        if spread.differs() || spread.lacks() {
            let is_shut = self.maps > 0 || spread.some.iter().any(|(value, _)| matches!(value, Value::Seq(_)));
            spreads.insert(path.clone(), Spread { is_shut, ..spread });
        }
        most_used
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::value;
    use super::*;

    fn merged(items: &[&str]) -> Merged {
        let mut merging = Merging::default();
        items.iter().for_each(|item| merging.take(&"one.md".into(), &value(item), None));
        merging.done()
    }

    fn said(merged: &Merged) -> Vec<String> {
        let say = |(path, s): (&FieldPath, &Spread)| {
            format!("{path}: {} in {} of {}{}", s.values, s.present, s.of, if s.is_shut { ", shut" } else { "" })
        };
        let mut all: Vec<String> = merged.spreads.iter().map(say).collect();
        all.sort();
        all
    }

    #[test]
    fn what_all_say_is_said_once_and_what_differs_is_counted() {
        let merged = merged(&[
            r#"{"title": "a", "via": null, "link": {"brand": "x", "href": "1"}, "list": ["p"], "same": ["q"]}"#,
            r#"{"title": "b", "via": null, "link": {"brand": "x", "href": "2"}, "list": ["p", "r"], "same": ["q"]}"#,
            r#"{"title": "b", "new": 1, "via": "", "link": {"brand": "x"}, "list": null, "same": ["q"]}"#,
        ]);
        assert_eq!(
            said(&merged),
            [
                "link.href: 2 in 2 of 3",
                "list: 3 in 3 of 3, shut",
                "new: 1 in 1 of 3",
                "title: 2 in 3 of 3",
                "via: 2 in 3 of 3",
            ]
        );
        assert_eq!(
            merged.value,
            value(
                r#"{"title": "b", "new": 1, "via": null, "link": {"brand": "x", "href": "1"}, "list": ["p"], "same": ["q"]}"#
            )
        );
        assert_eq!(merged.original, merged.value);
        assert_eq!(merged.spreads[&FieldPath::key("title")].some, [("b".into(), 2), ("a".into(), 1)]);
    }

    #[test]
    fn fields_beside_a_value_are_shut_and_a_key_twice_counts_once() {
        let merged = merged(&[r#"{"link": {"brand": "x"}}"#, r#"{"link": "x"}"#, r#"{"link": []}"#]);
        assert_eq!(said(&merged), ["link: 3 in 3 of 3, shut"]);
        let mut merging = Merging::default();
        let twice = Value::Map(vec![("a".into(), "1".into()), ("b".into(), "2".into()), ("a".into(), "3".into())]);
        merging.take(&"one.md".into(), &twice, None);
        let merged = merging.done();
        assert_eq!((said(&merged), merged.value), (Vec::new(), value(r#"{"a": "1", "b": "2"}"#)));
    }

    #[test]
    fn the_disk_is_told_apart_from_the_first_draft_on() {
        let mut merging = Merging::default();
        merging.take(&"one.md".into(), &value(r#"{"sub": "brief"}"#), None);
        merging.take(&"two.md".into(), &value(r#"{"sub": "brief"}"#), Some(&value(r#"{"sub": "long"}"#)));
        merging.take(&"three.md".into(), &value(r#"{"sub": "brief"}"#), None);
        merging.leave_out(&"four.md".into(), "no front matter".to_string());
        let merged = merging.done();
        let sub = FieldPath::key("sub");
        assert!(merged.spreads.is_empty());
        assert_eq!(merged.spreads_on_disk[&sub].some, [("brief".into(), 2), ("long".into(), 1)]);
        assert!(merged.changed.contains(&sub) && merged.of == 3 && merged.unreadable.len() == 1);
        assert_eq!(merged.back[0].1.len(), 1);
    }
}
