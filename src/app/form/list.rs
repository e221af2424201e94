//! Lists: entries added, removed and moved, as intents that name an entry by what it is.

use super::Form;
use super::Outcome;
use super::field::{Editing, Target};
use super::tree::{Node, Part};
use crate::content::edit::Place;
use crate::content::{FieldPath, FieldRef, Segment, Value};
use crate::profile::offerings::blank;
use crate::profile::{Intent, Kind};

impl Form {
    /// `a`: a new entry in the list under the cursor, or in the one that the cursor is in.
    pub(super) fn add_entry(&mut self, offers: &dyn Fn(&FieldRef) -> Vec<String>) -> Outcome {
        let Some((node, list)) = self.current().and_then(|node| Some((node.clone(), self.list_of(node)?))) else {
            return Outcome::Refuse("a adds to a list; this is none".to_string());
        };
        if let Some(copied) = self.blank_entry(&list) {
            if self.tree.is_shut(&list) {
                // It could not be filled in: the lists are not shown.
                return Outcome::Refuse(super::many::SHUT.to_string());
            }
            let intent = Intent::Append { field: FieldRef::from(&list), value: copied };
            return self.add_blank(&node, &list, intent, offers);
        }
        let offered = self.known_topics(&list, offers).unwrap_or_else(|| offers(&self.field_ref(&list)));
        self.open_list(&node, &list);
        self.editing = Some(Editing::entry(self, &list, offered));
        self.rebuild();
        self.go_to(|row| row.part == Part::New && row.path == list);
        Outcome::Nothing
    }

    /// An entry of several fields: it is there at once, and the first of its fields is typed, as an entry of a plain list would be.
    fn add_blank(
        &mut self,
        node: &Node,
        list: &FieldPath,
        intent: Intent,
        offers: &dyn Fn(&FieldRef) -> Vec<String>,
    ) -> Outcome {
        self.open_list(node, list);
        let outcome = self.edit(format!("{list} + new entry"), vec![intent]);
        let count = self.tree.at(list).and_then(Value::as_seq).map_or(0, <[Value]>::len);
        let entry = Node { section: node.section, part: Part::Field, path: list.index(count.saturating_sub(1)) };
        self.folds.insert(entry.clone(), true);
        self.rebuild();
        let fields = self.tree.children(&entry);
        // All of it comes into sight, down to its last field.
        for row in fields.last().into_iter().chain([&entry]).chain(fields.first()) {
            self.go_to(|other| other == row);
        }
        if fields.first().is_some_and(|field| matches!(self.tree.at(&field.path), Some(Value::Str(_) | Value::Null))) {
            // What is typed there is told by itself; this outcome is the entry's.
            let _ = self.change(offers);
        }
        outcome
    }

    /// Opens the list and all that it is in.
    fn open_list(&mut self, node: &Node, list: &FieldPath) {
        self.folds.insert(Node { section: node.section, part: Part::Field, path: list.clone() }, true);
    }

    /// The list that a row is or stands in.
    fn list_of(&self, node: &Node) -> Option<FieldPath> {
        if matches!(node.part, Part::Heading | Part::Empties) {
            return None;
        }
        if self.is_list(&node.path) {
            return Some(node.path.clone());
        }
        let segments = node.path.segments();
        let index = segments.iter().rposition(|segment| matches!(segment, Segment::Index(_)))?;
        Some(FieldPath::new(segments[..index].to_vec()))
    }

    /// Whether a field is a list, or would be one if it held anything.
    pub(super) fn is_list(&self, path: &FieldPath) -> bool {
        match self.tree.at(path) {
            Some(Value::Seq(_)) => true,
            None | Some(Value::Null) => matches!(self.tree.kind(path), Kind::List | Kind::Topics | Kind::Table),
            _ => false,
        }
    }

    /// Whether a list holds the topics of an offering.
    pub(super) fn is_offerings_topics(&self, list: &FieldPath) -> bool {
        let (Some(rule), Some(offerings)) = (&self.tree.profile.offerings, &self.tree.offerings) else { return false };
        let Some((entry, Segment::Key(key))) = list.split_last() else { return false };
        entry.split_last().is_some_and(|(above, _)| above == *offerings) && rule.holds_topics(key)
    }

    /// Whether a place is that of one of an offering's topics.
    pub(super) fn is_offerings_topic(&self, path: &FieldPath) -> bool {
        path.split_last().is_some_and(|(list, _)| self.is_offerings_topics(&list))
    }

    /// The topics that are known, where a list is an offering's topics: those in use, those that a vocabulary lists, and what this item's
    /// offerings name or named.
    pub(super) fn known_topics(
        &self,
        list: &FieldPath,
        offers: &dyn Fn(&FieldRef) -> Vec<String>,
    ) -> Option<Vec<String>> {
        let profile = &self.tree.profile;
        let topics = profile.topics.as_ref().filter(|_| self.is_offerings_topics(list))?;
        let rule = profile.offerings.as_ref()?;
        let listed = topics.listed.iter().flat_map(|list| list.topics()).map(|listed| listed.topic.as_str());
        let here = [&self.tree.value, &self.tree.original].into_iter().flat_map(|front| rule.entries(front));
        let mut known = offers(&topics.field);
        let mut seen: std::collections::HashSet<String> = known.iter().cloned().collect();
        for topic in listed.chain(here.flat_map(|entry| rule.topics(entry))) {
            if seen.insert(topic.to_string()) {
                known.push(topic.to_string());
            }
        }
        Some(known)
    }

    /// What a new entry of a list of maps begins as: the keys of its siblings, or those that the profile names.
    fn blank_entry(&self, list: &FieldPath) -> Option<Value> {
        let last = self.tree.at(list).and_then(Value::as_seq).and_then(<[Value]>::last);
        match last {
            Some(entry @ Value::Map(_)) if self.tree.has_null => Some(blank(entry)),
            Some(entry @ Value::Map(_)) => Some(blank_of_kind(entry)),
            Some(_) => None,
            None => self.blank_offering(list),
        }
    }

    fn blank_offering(&self, list: &FieldPath) -> Option<Value> {
        let rule = self.tree.profile.offerings.as_ref().filter(|_| self.tree.offerings.as_ref() == Some(list))?;
        let blank = |kind: &str| match kind {
            "topics" | "list" => Value::Seq(Vec::new()),
            "integer" | "number" => Value::Null,
            _ => Value::from(""),
        };
        let fields = rule.fields.iter().map(|(key, kind)| (key.clone(), blank(kind)));
        Some(Value::Map(fields.collect())).filter(|_| !rule.fields.is_empty())
    }

    /// Whether the cursor is on a list or within one: `a` would add to it.
    pub fn on_list(&self) -> bool {
        self.current().is_some_and(|node| self.list_of(node).is_some())
    }

    /// Whether the cursor is on an entry: `x` would remove it.
    pub fn on_entry(&self) -> bool {
        self.entry().is_some()
    }

    /// `x`: the entry under the cursor goes.
    pub(super) fn remove_entry(&mut self) -> Outcome {
        let Some((list, at, entries)) = self.entry() else {
            return Outcome::Refuse("x removes an entry of a list; stand on the entry itself".to_string());
        };
        let field = FieldRef::from(&list);
        let entry = entries[at].clone();
        // An entry is named by what it is; where another one like it stands before, the exact place names it.
        let intent = match entries[..at].contains(&entry) {
            true => Intent::Unset { field: FieldRef::from(&list.index(at)) },
            false => Intent::RemoveEntry { field, value: entry.clone() },
        };
        let node = self.current().cloned();
        let outcome = self.edit(format!("{list} - {}", super::line::value_text(Some(&entry))), vec![intent]);
        // On to the entry that stands there now, or the last one, or the list.
        let left = entries.len() - 1;
        let path = if left == 0 { list.clone() } else { list.index(at.min(left - 1)) };
        self.go_to(|row| row.path == path && node.as_ref().is_some_and(|node| node.section == row.section));
        outcome
    }

    /// `K` and `J`: the entry under the cursor goes one up or down, and the cursor with it.
    pub(super) fn move_entry(&mut self, down: bool) -> Outcome {
        let Some((list, at, entries)) = self.entry() else {
            return Outcome::Refuse("K and J move an entry of a list; stand on the entry itself".to_string());
        };
        let to = if down { at + 1 } else { at.wrapping_sub(1) };
        if to >= entries.len() {
            return Outcome::Nothing;
        }
        let intent = moved(FieldRef::from(&list), &entries, at, to);
        let section = self.current().map_or(0, |node| node.section);
        self.swap_folds(&list.index(at), &list.index(to));
        let outcome = self.edit(format!("{list}: moved"), vec![intent]);
        let target = Node { section, part: Part::Field, path: list.index(to) };
        self.go_to(|row| *row == target);
        outcome
    }

    /// What is open in two neighbours stays open in them where they change places.
    fn swap_folds(&mut self, one: &FieldPath, other: &FieldPath) {
        let length = one.segments().len();
        let swapped = |path: &FieldPath| {
            let to = if one.holds(path) { other } else { one };
            FieldPath::new([to.segments(), &path.segments()[length..]].concat())
        };
        let folds = std::mem::take(&mut self.folds);
        let folds = folds.into_iter().map(|(node, open)| match one.holds(&node.path) || other.holds(&node.path) {
            true => (Node { path: swapped(&node.path), ..node }, open),
            false => (node, open),
        });
        self.folds = folds.collect();
    }

    /// The list, position and siblings of the entry under the cursor.
    fn entry(&self) -> Option<(FieldPath, usize, Vec<Value>)> {
        let node = self.current().filter(|node| matches!(node.part, Part::Field | Part::Place))?;
        let (list, last) = node.path.split_last()?;
        let Segment::Index(at) = last else { return None };
        let entries = self.tree.at(&list).filter(|_| !self.tree.is_shut(&list))?.as_seq()?.to_vec();
        Some((list, *at, entries))
    }

    /// The list that a new entry is being typed for.
    pub(super) fn grows(&self, path: &FieldPath) -> bool {
        matches!(&self.editing, Some(Editing { target: Target::Entry(list), .. }) if list == path)
    }
}

/// The same where the file knows no null: the first value of its kind, and of dates the one that stands there.
fn blank_of_kind(value: &Value) -> Value {
    match value {
        Value::Bool(_) => Value::from(false),
        Value::Number(_) => Value::from(0),
        Value::Map(entries) => {
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), blank_of_kind(value))).collect())
        }
        Value::Date(_) => value.clone(),
        other => blank(other),
    }
}

/// The intent that brings the entry at `at` to `to`. Where its neighbour has a twin, the whole list is set instead.
pub fn moved(field: FieldRef, entries: &[Value], at: usize, to: usize) -> Intent {
    let mut wanted = entries.to_vec();
    let entry = wanted.remove(at);
    let rest = wanted.clone();
    wanted.insert(to, entry.clone());
    let place = match to {
        0 => Place::Start,
        _ if to == rest.len() => Place::End,
        _ => Place::After(rest[to - 1].clone()),
    };
    let last_twin = |neighbour: &Value| rest.iter().rposition(|e| e == neighbour) == Some(to - 1);
    if matches!(&place, Place::After(neighbour) if !last_twin(neighbour)) {
        return Intent::Set { field, value: Value::Seq(wanted) };
    }
    let nth = entries[..at].iter().filter(|e| **e == entry).count();
    Intent::MoveEntry { field, value: entry, nth, place }
}
