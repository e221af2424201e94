//! Offerings as things with an identity: the same one in many items, known by its id, else by its label.
//!
//! Here: which entry is which, and adding, removing, replacing and renaming one in a front matter. Not here: moving one, which is a
//! move of a list entry like any other ([`super::Intent::MoveEntry`]); which offerings the library uses (`library`).
//!
//! An entry may be a map or, in some sites, a text alone, which is its label. What a new entry looks like follows those that stand
//! beside it: their shape, the order of their keys, whether ids are numbers or texts.

use serde::{Deserialize, Serialize};

use super::derived::rendered;
use super::template::label as after_colon;
use super::working::Working;
use super::{Kind, OfferingsRule, Profile};
use crate::content::{FieldPath, Refusal, Segment, Value};

/// Which entries of a list of offerings are meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Which {
    /// Those with this id, whether it is written as a number or as text.
    Id(String),
    /// Those of this label that have no id.
    Label(String),
    /// Those of this id or of this label: what a person calls an offering.
    Named(String),
}

impl Which {
    /// The id or the label.
    pub fn text(&self) -> &str {
        let (Which::Id(text) | Which::Label(text) | Which::Named(text)) = self;
        text
    }
}

impl OfferingsRule {
    /// The key that holds an entry's label.
    pub fn label_key(&self) -> &str {
        let named =
            ["label", "name", "title"].into_iter().find_map(|usual| self.fields.iter().find(|(k, _)| k == usual));
        let line = || self.fields.iter().find(|(_, kind)| kind == Kind::Line.name());
        named.or_else(line).map_or("label", |(key, _)| key)
    }

    /// The key that holds an entry's id: what the profile says, or what looks like one.
    pub fn id_key<'k>(&'k self, entry: &'k Value) -> Option<&'k str> {
        let said = self.fields.iter().map(|(key, _)| key.as_str()).find(|key| is_id_name(key));
        said.or_else(|| keys(entry).find(|key| is_id_name(key)))
    }

    /// An entry's label; nothing where it has none.
    pub fn label(&self, entry: &Value) -> Option<String> {
        let text = match entry {
            Value::Map(_) => entry.get(self.label_key())?.scalar_text()?,
            other => other.scalar_text()?,
        };
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// An entry's id as text; nothing where it has none.
    pub fn id(&self, entry: &Value) -> Option<String> {
        let text = entry.get(self.id_key(entry)?)?.scalar_text()?;
        Some(text.trim().to_string()).filter(|text| !text.is_empty())
    }

    /// The entries that the profile's vocabulary lists.
    pub fn listed(&self) -> &[Value] {
        self.listed.as_ref().map_or(&[], |list| &list.entries)
    }

    /// What an entry is known by; nothing where it has neither id nor label.
    pub fn identity(&self, entry: &Value) -> Option<Which> {
        self.id(entry).map(Which::Id).or_else(|| self.label(entry).map(Which::Label))
    }

    /// Whether an entry is meant.
    pub fn is(&self, which: &Which, entry: &Value) -> bool {
        match which {
            Which::Id(id) => self.id(entry).as_ref() == Some(id),
            Which::Label(label) => self.id(entry).is_none() && self.label(entry).as_ref() == Some(label),
            Which::Named(text) => self.id(entry).as_ref() == Some(text) || self.label(entry).as_ref() == Some(text),
        }
    }

    /// The topics that an entry names.
    pub fn topics<'e>(&self, entry: &'e Value) -> Vec<&'e str> {
        self.topics_by_key(entry).map(|(_, topic)| topic).collect()
    }

    /// The same, each with the key whose list it stands in.
    fn topics_by_key<'e>(&self, entry: &'e Value) -> impl Iterator<Item = (&'e str, &'e str)> {
        let lists = keys(entry).filter(|key| self.holds_topics(key));
        let lists = lists.filter_map(|key| Some((key, entry.get(key)?.as_seq()?)));
        lists.flat_map(|(key, topics)| topics.iter().filter_map(move |topic| Some((key, topic.as_str()?))))
    }

    /// The text by which an entry's topics are told at a glance.
    pub fn short_topics(&self, entry: &Value) -> String {
        self.topics(entry).into_iter().map(after_colon).collect::<Vec<_>>().join(" · ")
    }

    /// Whether a key of an entry holds topics.
    pub fn holds_topics(&self, key: &str) -> bool {
        match self.fields.iter().find(|(known, _)| known == key) {
            Some((_, kind)) => kind == Kind::Topics.name() || kind == Kind::List.name(),
            None => self.fields.is_empty() && matches!(key, "categories" | "topics" | "tags"),
        }
    }

    /// The entries of the list of offerings in a front matter; none where there is no such list.
    pub fn entries<'v>(&self, value: &'v Value) -> &'v [Value] {
        self.field.resolve(value).and_then(|path| value.at(&path)?.as_seq()).unwrap_or(&[])
    }

    /// Whether two entries of one offering say the same about it: in the keys that the profile names, or in all where it names none.
    /// A key that no profile knows may say something about the item; an id is the same as a number and as text.
    pub fn agree(&self, one: &Value, other: &Value) -> bool {
        let (Value::Map(_), Value::Map(_)) = (one, other) else { return one == other };
        let is_named = |key: &str| self.fields.is_empty() || self.fields.iter().any(|(known, _)| known == key);
        let mut both = keys(one).chain(keys(other)).filter(|key| is_named(key));
        both.all(|key| one.get(key) == other.get(key) || (is_id_name(key) && self.id(one) == self.id(other)))
    }

    /// The entry as it would stand among `siblings`.
    pub fn like_siblings(&self, entry: &Value, siblings: &[Value]) -> Value {
        match (entry, siblings.last()) {
            (Value::Map(_), Some(Value::Str(_))) => self.label(entry).map_or_else(|| entry.clone(), Value::from),
            (Value::Map(pairs), Some(last @ Value::Map(_))) => {
                let place = |key: &str| keys(last).position(|known| known == key).unwrap_or(usize::MAX);
                let mut pairs = pairs.clone();
                pairs.sort_by_key(|(key, _)| place(key));
                pairs.iter_mut().for_each(|(key, value)| as_siblings_have_it(key, value, siblings));
                Value::Map(pairs)
            }
            (text, Some(last @ Value::Map(_))) => self.labelled(&text.scalar_text().unwrap_or_default(), last),
            _ => entry.clone(),
        }
    }

    /// An entry of that label with the keys of another, which say nothing but what follows from the label.
    fn labelled(&self, label: &str, like: &Value) -> Value {
        let pairs = keys(like).map(|key| {
            let value = like.get(key).unwrap_or(&Value::Null);
            (key.to_string(), if key == self.label_key() { label.into() } else { blank(value) })
        });
        let mut entry = Value::Map(pairs.collect());
        for (key, template) in self.derived() {
            let text = rendered(&template, &entry);
            if let (Some(text), Some(place)) = (text, entry.at_mut(&FieldPath::key(key))) {
                *place = text.into();
            }
        }
        entry
    }

    /// The keys of an entry that follow from its others by a template and do so now, with what they say once `key` is `new`.
    pub fn followers(&self, entry: &Value, key: &str, new: &Value) -> Vec<(String, Value)> {
        let mut after = entry.clone();
        match after.at_mut(&FieldPath::key(key)) {
            Some(place) => *place = new.clone(),
            None => return Vec::new(),
        }
        let follows = self.derived().filter_map(|(known, template)| {
            let now = entry.get(known)?.scalar_text()?;
            let told = rendered(&template, entry).filter(|text| *text == now && known != key)?;
            let text = rendered(&template, &after).filter(|text| *text != told)?;
            Some((known.to_string(), text.into()))
        });
        follows.collect()
    }
}

/// Whether a key is called like an id.
fn is_id_name(key: &str) -> bool {
    key.eq_ignore_ascii_case("id") || ["Id", "ID", "_id", "-id"].iter().any(|end| key.ends_with(end))
}

fn keys(entry: &Value) -> impl Iterator<Item = &str> {
    let pairs: &[(String, Value)] = if let Value::Map(pairs) = entry { pairs } else { &[] };
    pairs.iter().map(|(key, _)| key.as_str())
}

/// A value of the same shape that says nothing.
pub fn blank(value: &Value) -> Value {
    match value {
        Value::Str(_) => Value::from(""),
        Value::Seq(_) => Value::Seq(Vec::new()),
        Value::Map(entries) => Value::Map(entries.iter().map(|(key, value)| (key.clone(), blank(value))).collect()),
        _ => Value::Null,
    }
}

/// A number becomes text where all siblings have text under that key, and the other way round.
fn as_siblings_have_it(key: &str, value: &mut Value, siblings: &[Value]) {
    let mut there = siblings.iter().filter_map(|sibling| sibling.get(key)).filter(|v| **v != Value::Null).peekable();
    if there.peek().is_none() {
        return;
    }
    match value {
        Value::Number(number) if there.all(|v| matches!(v, Value::Str(_))) => *value = number.text().into(),
        Value::Str(text) => {
            if let (number @ Value::Number(_), true) =
                (Value::plain(text), there.all(|v| matches!(v, Value::Number(_))))
            {
                *value = number;
            }
        }
        _ => {}
    }
}

impl<'p> Working<'p> {
    /// A closed vocabulary holds for what offerings name as it does for the item's topics. What the item's offerings named before is not
    /// asked about: who corrects a label need not put the topics right as well.
    pub(super) fn offerings_topics_are_listed(&self, before: &Value) -> Result<(), Refusal> {
        let (Some(rule), Some(topics)) = (&self.profile.offerings, &self.profile.topics) else { return Ok(()) };
        let known: Vec<&str> = rule.entries(before).iter().flat_map(|entry| rule.topics(entry)).collect();
        for (at, entry) in rule.entries(&self.value).iter().enumerate() {
            for (key, topic) in rule.topics_by_key(entry).filter(|(_, topic)| !known.contains(topic)) {
                let Some(reason) = topics.refusal(topic) else { continue };
                let (_, list) = self.offerings_rule()?;
                return Err(Refusal::new(list.index(at).then(key), reason));
            }
        }
        Ok(())
    }

    /// The profile's rule for offerings and where they stand, or are to be made.
    fn offerings_rule(&self) -> Result<(&'p OfferingsRule, FieldPath), Refusal> {
        let profile: &'p Profile = self.profile;
        let Some(rule) = &profile.offerings else {
            return Err(Refusal::new(FieldPath::root(), "this profile names no offerings field"));
        };
        let path = rule.field.resolve_or_new(&self.value).ok_or_else(|| {
            Refusal::new(FieldPath::root(), format!("the offerings field `{}` cannot be made here", rule.field))
        })?;
        Ok((rule, path))
    }

    /// The item gets an offering, at the end and in the style of the others, unless it has it.
    pub fn add_offering(&mut self, entry: &Value) -> Result<(), Refusal> {
        let (rule, path) = self.offerings_rule()?;
        let siblings = self.list(&path)?;
        let entry = rule.like_siblings(entry, siblings);
        let Some(which) = rule.identity(&entry) else { return Err(Refusal::new(path, "an offering needs a label")) };
        if siblings.iter().any(|sibling| rule.is(&which, sibling)) {
            return Ok(());
        }
        self.append(&path, entry)
    }

    /// The item loses an offering, however often it stands there.
    pub fn remove_offering(&mut self, which: &Which) -> Result<(), Refusal> {
        while let Some((path, at)) = self.offering_at(which, 0)? {
            self.remove_at(&path, at)?;
        }
        Ok(())
    }

    /// Another offering stands where one stood; where the item has that other one besides, the first goes. An entry of the very same
    /// offering says what `entry` says, and keeps what only it has.
    pub fn replace_offering(&mut self, which: &Which, entry: &Value) -> Result<(), Refusal> {
        let (rule, path) = self.offerings_rule()?;
        let Some(into) = rule.identity(entry) else { return Err(Refusal::new(path, "an offering needs a label")) };
        if self.list(&path)?.iter().any(|there| rule.is(&into, there) && !rule.is(which, there)) {
            return self.remove_offering(which);
        }
        let (mut from, mut stands) = (0, false);
        while let Some((path, at)) = self.offering_at(which, from)? {
            let is_same = self.list(&path)?.get(at).and_then(|there| rule.identity(there)).as_ref() == Some(&into);
            if stands && !is_same {
                self.remove_at(&path, at)?;
                continue;
            }
            self.make_like(&path.index(at), entry, is_same)?;
            (from, stands) = (at + 1, true);
        }
        Ok(())
    }

    /// An offering gets another label; what follows from the label and did so follows on.
    pub fn rename_offering(&mut self, which: &Which, label: &str) -> Result<(), Refusal> {
        let (rule, path) = self.offerings_rule()?;
        if label.trim().is_empty() {
            return Err(Refusal::new(path, "an offering needs a label"));
        }
        let key = rule.label_key().to_string();
        let mut from = 0;
        while let Some((path, at)) = self.offering_at(which, from)? {
            from = at + 1;
            let place = path.index(at);
            let entry = self.value.at(&place).cloned().unwrap_or(Value::Null);
            let twin = Which::Label(label.to_string());
            let known_by_label = rule.id(&entry).is_none() && rule.label(&entry).as_deref() != Some(label);
            if known_by_label && self.offering_at(&twin, 0)?.is_some() {
                self.remove_at(&path, at)?;
                from = at;
                continue;
            }
            if !matches!(entry, Value::Map(_)) {
                self.set(&place, label.into())?;
                continue;
            }
            let followers = rule.followers(&entry, &key, &label.into());
            self.set(&place.then(key.as_str()), label.into())?;
            followers.into_iter().try_for_each(|(key, value)| self.set(&place.then(key), value))?;
        }
        Ok(())
    }

    /// The list of offerings, and the position of the first that is meant, from `from` on.
    fn offering_at(&self, which: &Which, from: usize) -> Result<Option<(FieldPath, usize)>, Refusal> {
        let (rule, path) = self.offerings_rule()?;
        let at = self.list(&path)?.iter().skip(from).position(|entry| rule.is(which, entry));
        Ok(at.map(|at| (path, at + from)))
    }

    /// The entry says what `entry` says, key by key, so that what agrees keeps its bytes.
    fn make_like(&mut self, place: &FieldPath, entry: &Value, keep: bool) -> Result<(), Refusal> {
        let (rule, path) = self.offerings_rule()?;
        let siblings = self.list(&path)?;
        let now = self.value.at(place).cloned().unwrap_or(Value::Null);
        let (Value::Map(pairs), Value::Map(_)) = (entry, &now) else {
            let mut others = siblings.to_vec();
            if let Some((_, Segment::Index(at))) = place.split_last() {
                // Where it is alone it stays of its own shape.
                others.swap_remove(*at);
                others.push(now);
            }
            let entry = rule.like_siblings(entry, &others);
            return self.set(place, entry);
        };
        let is_named = |key: &str| rule.fields.is_empty() || rule.fields.iter().any(|(known, _)| known == key);
        let gone = keys(&now).filter(|key| entry.get(key).is_none() && (!keep || is_named(key)));
        let gone: Vec<String> = gone.map(str::to_string).collect();
        let same_id = rule.id(entry) == rule.id(&now);
        let wanted = pairs.iter().filter(|(key, _)| !keep || is_named(key) || now.get(key).is_none());
        let wanted = wanted.filter(|(key, _)| !(same_id && is_id_name(key) && now.get(key).is_some()));
        let mut wanted: Vec<(String, Value)> = wanted.cloned().collect();
        wanted.iter_mut().for_each(|(key, value)| as_siblings_have_it(key, value, siblings));
        for (key, value) in &wanted {
            self.set_any(&place.then(key), value)?;
        }
        gone.iter().try_for_each(|key| self.unset(&place.then(key)))
    }
}

#[cfg(test)]
mod tests;
