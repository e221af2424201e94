//! A front matter's value while an intent is expanded: each edit is made on it at once, so that the next one sees it.

use super::expand::Expansion;
use super::{Profile, TopicsRule};
use crate::content::edit::{Misfit, apply_to_value};
use crate::content::{Edit, FieldPath, Place, Refusal, Segment, Value};

pub(super) struct Working<'p> {
    pub profile: &'p Profile,
    pub value: Value,
    pub edits: Vec<Edit>,
    pub left: Vec<String>,
}

impl<'p> Working<'p> {
    pub fn new(profile: &'p Profile, value: &Value) -> Working<'p> {
        Working { profile, value: value.clone(), edits: Vec::new(), left: Vec::new() }
    }

    pub fn done(self) -> Expansion {
        Expansion { edits: self.edits, left: self.left }
    }

    fn push(&mut self, edit: Edit) -> Result<(), Refusal> {
        apply_to_value(&mut self.value, std::slice::from_ref(&edit)).map_err(|misfit| match misfit {
            Misfit::Refused(refusal) => refusal,
            // It was made from this very value.
            changed @ Misfit::Changed { .. } => Refusal::new(edit.place(), changed.to_string()),
        })?;
        self.edits.push(edit);
        Ok(())
    }

    /// The entry of the outermost list on a path.
    fn within(&self, path: &FieldPath) -> Option<Value> {
        let at = path.segments().iter().position(|s| matches!(s, Segment::Index(_)))?;
        self.value.at(&FieldPath::new(path.segments()[..=at].to_vec())).cloned()
    }

    /// Sets a field, or makes it.
    pub fn set(&mut self, path: &FieldPath, new: Value) -> Result<(), Refusal> {
        let old = self.value.at(path).cloned();
        if old.as_ref() == Some(&new) {
            return Ok(());
        }
        let within = self.within(path);
        self.push(Edit::Set { path: path.clone(), old, new, within })
    }

    /// Sets a field; topics with their linked lists, a list entry by entry, so that the entries that stay keep their bytes.
    pub fn set_any(&mut self, path: &FieldPath, new: &Value) -> Result<(), Refusal> {
        if let (Some(at), Value::Str(topic)) = (self.topic_position(path), new) {
            return self.rename_topic_at(at, topic);
        }
        if *new == Value::Null && self.is_topics(path) {
            self.remove_all_topics(path)?;
        }
        let (Some(Value::Seq(old)), Value::Seq(entries)) = (self.value.at(path), new) else {
            if let (true, Value::Seq(topics)) = (self.is_topics(path), new) {
                return self.set_topics(path, topics);
            }
            return self.set(path, new.clone());
        };
        let old = old.clone();
        if self.is_topics(path) {
            return self.set_topics(path, entries);
        }
        self.set_entries(path, &old, entries)
    }

    /// The entries between the common start and the common end are set, taken out or put in.
    fn set_entries(&mut self, path: &FieldPath, old: &[Value], new: &[Value]) -> Result<(), Refusal> {
        if old.is_empty() || new.is_empty() {
            return self.set(path, Value::Seq(new.to_vec()));
        }
        let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
        let (old_middle, new_middle) = (&old[start..old.len() - end], &new[start..new.len() - end]);
        let both = old_middle.len().min(new_middle.len());
        for (at, entry) in new_middle[..both].iter().enumerate() {
            self.set(&path.index(start + at), entry.clone())?;
        }
        for at in (both..old_middle.len()).rev() {
            self.remove_at(path, start + at)?;
        }
        for (at, entry) in new_middle.iter().enumerate().skip(both) {
            self.insert_at(path, start + at, entry.clone())?;
        }
        Ok(())
    }

    pub fn unset(&mut self, path: &FieldPath) -> Result<(), Refusal> {
        let Some(old) = self.value.at(path).cloned() else { return Ok(()) };
        let within = self.within(path);
        self.push(Edit::Unset { path: path.clone(), old, within })
    }

    /// The entries of a list; none of a missing, null or blank one.
    pub fn list(&self, path: &FieldPath) -> Result<&[Value], Refusal> {
        match self.value.at(path) {
            None | Some(Value::Null) => Ok(&[]),
            Some(Value::Str(text)) if text.trim().is_empty() => Ok(&[]),
            Some(Value::Seq(items)) => Ok(items),
            Some(_) => Err(Refusal::new(path.clone(), "is no list")),
        }
    }

    pub fn append(&mut self, path: &FieldPath, entry: Value) -> Result<(), Refusal> {
        let count = self.list(path)?.len();
        match self.value.at(path) {
            Some(Value::Str(_)) => self.set(path, Value::Seq(vec![entry])),
            _ => self.insert_at(path, count, entry),
        }
    }

    fn insert_at(&mut self, path: &FieldPath, at: usize, entry: Value) -> Result<(), Refusal> {
        let items = self.list(path)?.to_vec();
        let nth = items[..at].iter().filter(|item| **item == entry).count();
        match place(&items, at) {
            // Copies further on would make it look as if it were there already.
            Some(place) if !items[at..].contains(&entry) => {
                self.push(Edit::Insert { list: path.clone(), entry, nth, place })
            }
            _ => {
                let mut whole = items;
                whole.insert(at, entry);
                self.set(path, Value::Seq(whole))
            }
        }
    }

    pub fn remove_at(&mut self, path: &FieldPath, at: usize) -> Result<(), Refusal> {
        let items = self.list(path)?;
        let Some(entry) = items.get(at).cloned() else { return Ok(()) };
        let nth = items[..at].iter().filter(|item| **item == entry).count();
        self.push(Edit::Remove { list: path.clone(), entry, nth })
    }

    /// Moves the entry at `from` so that it ends up at `to`.
    pub fn move_at(&mut self, path: &FieldPath, from: usize, to: usize) -> Result<(), Refusal> {
        let mut rest = self.list(path)?.to_vec();
        if from == to || from >= rest.len() {
            return Ok(());
        }
        let nth = rest[..from].iter().filter(|item| **item == rest[from]).count();
        let entry = rest.remove(from);
        match place(&rest, to) {
            Some(place) => self.push(Edit::Move { list: path.clone(), entry, nth, place }),
            None => {
                rest.insert(to.min(rest.len()), entry);
                self.set(path, Value::Seq(rest))
            }
        }
    }

    /// The profile's rule for topics and where they stand, or are to be made.
    pub fn topics_rule(&self) -> Result<(&'p TopicsRule, FieldPath), Refusal> {
        let profile: &'p Profile = self.profile;
        let Some(rule) = &profile.topics else {
            return Err(Refusal::new(FieldPath::root(), "this profile names no topics field"));
        };
        let path = rule.field.resolve_or_new(&self.value).ok_or_else(|| {
            Refusal::new(FieldPath::root(), format!("the topics field `{}` cannot be made here", rule.field))
        })?;
        Ok((rule, path))
    }

    /// The item loses every topic, in all linked lists.
    pub fn remove_all_topics(&mut self, path: &FieldPath) -> Result<(), Refusal> {
        // What is no list has no entries that others follow.
        let count = self.list(path).map_or(0, <[Value]>::len);
        (0..count).rev().try_for_each(|at| self.remove_topic_at(at))
    }

    pub fn is_topics(&self, path: &FieldPath) -> bool {
        self.topics_rule().is_ok_and(|(_, topics)| topics == *path)
    }

    /// The position of the topic that stands at `path`, if one does.
    pub fn topic_position(&self, path: &FieldPath) -> Option<usize> {
        match path.split_last()? {
            (list, Segment::Index(at)) if self.is_topics(&list) => Some(*at),
            _ => None,
        }
    }
}

/// The place of position `at`, said by the neighbour; `None` where a later entry equals the neighbour.
fn place(items: &[Value], at: usize) -> Option<Place> {
    match at {
        _ if at >= items.len() => Some(Place::End),
        0 => Some(Place::Start),
        _ if items[at..].contains(&items[at - 1]) => None,
        _ => Some(Place::After(items[at - 1].clone())),
    }
}
