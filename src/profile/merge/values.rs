//! Three front matters made one, as values.
//!
//! A field that one side changed is that side's. Topics are a set: what either side added or took away counts; their linked lists follow
//! entry by entry. Offerings go by their identity, and each is merged field by field. Any other list is merged as lines are. A field
//! stamped with the time of an edit is the later one's.

use std::collections::HashSet;

use super::super::topics::linked_entry;
use super::super::{OfferingsRule, Profile, Template};
use crate::content::{FieldPath, FieldRef, Value, three_way};

/// Something that both sides changed, each in its way. OURS stands in the merged value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Where it stands in the merged value.
    pub place: FieldPath,
    /// Where it stands in THEIRS.
    pub theirs: FieldPath,
}

/// The three versions of one field.
#[derive(Clone, Copy)]
struct Three<'v> {
    base: Option<&'v Value>,
    ours: Option<&'v Value>,
    theirs: Option<&'v Value>,
}

impl<'v> Three<'v> {
    fn each<T>(self, of: impl Fn(Option<&'v Value>) -> T) -> [T; 3] {
        [of(self.base), of(self.ours), of(self.theirs)]
    }

    fn key(self, key: &str) -> Three<'v> {
        let [base, ours, theirs] = self.each(|value| value.and_then(|value| value.get(key)));
        Three { base, ours, theirs }
    }

    /// The side that changed something, where the other did not.
    fn one_sided(self) -> Option<Option<Value>> {
        if self.ours == self.theirs || self.theirs == self.base {
            return Some(self.ours.cloned());
        }
        (self.ours == self.base).then(|| self.theirs.cloned())
    }

    /// The three as lists; a missing or null one is empty. None where one is something else.
    fn lists(self) -> Option<[&'v [Value]; 3]> {
        let list = |value: Option<&'v Value>| match value {
            None | Some(Value::Null) => Some(&[][..]),
            Some(Value::Seq(items)) => Some(items.as_slice()),
            Some(_) => None,
        };
        let [base, ours, theirs] = self.each(list);
        Some([base?, ours?, theirs?])
    }
}

/// The work on one document.
pub struct Merging<'p> {
    profile: &'p Profile,
    root: Three<'p>,
    clashes: Vec<Clash>,
    /// The topics of the three versions and of the result, where all of them are lists of texts.
    topics: Option<[Vec<String>; 4]>,
}

impl<'p> Merging<'p> {
    pub fn new(profile: &'p Profile, base: &'p Value, ours: &'p Value, theirs: &'p Value) -> Merging<'p> {
        let root = Three { base: Some(base), ours: Some(ours), theirs: Some(theirs) };
        let mut merging = Merging { profile, root, clashes: Vec::new(), topics: None };
        merging.topics = merging.merged_topics();
        merging
    }

    /// The merged value, and what clashes in it.
    pub fn run(mut self) -> (Value, Vec<Clash>) {
        let root = self.root;
        let here = Clash { place: FieldPath::root(), theirs: FieldPath::root() };
        let merged = self.field(&here, root);
        (merged.unwrap_or(Value::Map(Vec::new())), self.clashes)
    }

    fn field(&mut self, at: &Clash, three: Three<'_>) -> Option<Value> {
        if let Some(template) = self.linked_template(&at.place)
            && let Some(lists) = three.lists()
            && let Some(merged) = self.linked(&template, lists)
        {
            return self.as_ours(three, merged);
        }
        if let Some(value) = three.one_sided() {
            return value;
        }
        if self.is(self.profile.topics.as_ref().map(|rule| &rule.field), &at.place)
            && let Some([_, _, _, merged]) = &self.topics
        {
            return Some(Value::Seq(merged.iter().map(|topic| Value::from(topic.as_str())).collect()));
        }
        if self.is(self.profile.touch.as_ref(), &at.place)
            && let (Some(ours), Some(theirs)) = (three.ours, three.theirs)
        {
            let later = ours.scalar_text() >= theirs.scalar_text();
            return Some(if later { ours.clone() } else { theirs.clone() });
        }
        if let (Some(Value::Map(_)), Some(Value::Map(_))) = (three.ours, three.theirs) {
            return Some(self.map(at, three));
        }
        if let (Some(Value::Seq(_)), Some(Value::Seq(_)), Some(lists)) = (three.ours, three.theirs, three.lists())
            && let Some(merged) = self.list(at, lists)
        {
            return Some(Value::Seq(merged));
        }
        self.clash(at, three)
    }

    fn clash(&mut self, at: &Clash, three: Three<'_>) -> Option<Value> {
        self.clashes.push(at.clone());
        three.ours.cloned()
    }

    fn map(&mut self, at: &Clash, three: Three<'_>) -> Value {
        let keys = |value: Option<&Value>| match value {
            Some(Value::Map(entries)) => entries.iter().map(|(key, _)| key.clone()).collect(),
            _ => Vec::new(),
        };
        let mut seen = HashSet::new();
        let all =
            keys(three.ours).into_iter().chain(keys(three.theirs)).filter(|key: &String| seen.insert(key.clone()));
        let all: Vec<String> = all.collect();
        let field = |key: String| {
            let below = Clash { place: at.place.then(key.clone()), theirs: at.theirs.then(key.clone()) };
            let value = self.field(&below, three.key(&key))?;
            Some((key, value))
        };
        Value::Map(all.into_iter().filter_map(field).collect())
    }

    fn list(&mut self, at: &Clash, lists: [&[Value]; 3]) -> Option<Vec<Value>> {
        let offerings = self.profile.offerings.as_ref();
        if self.is(offerings.map(|rule| &rule.field), &at.place)
            && let Some(merged) = offerings.and_then(|rule| self.by_identity(rule, at, lists))
        {
            return Some(merged);
        }
        let [base, ours, theirs] = lists;
        three_way::settled(base, ours, theirs)
    }

    /// Entries that have an identity: each of them merged by itself. None where one has none, two have the same, or one side took an
    /// entry away that the other changed.
    fn by_identity(&mut self, rule: &OfferingsRule, at: &Clash, lists: [&[Value]; 3]) -> Option<Vec<Value>> {
        let names = lists.map(|list| list.iter().map(|entry| rule.identity(entry)).collect::<Option<Vec<_>>>());
        let [base, ours, theirs] = names;
        let (base, ours, theirs) = (base?, ours?, theirs?);
        for names in [&base, &ours, &theirs] {
            if names.iter().collect::<HashSet<_>>().len() < names.len() {
                return None;
            }
        }
        let order = as_set(&base, &ours, &theirs);
        let before = self.clashes.len();
        let mut merged = Vec::new();
        for name in base.iter().chain(&ours).chain(&theirs).filter(|name| !order.contains(name)) {
            // Taken away by one side: the other must not have changed it.
            let entry = |names: &[_], list: usize| names.iter().position(|n| n == name).map(|at| &lists[list][at]);
            let (b, left) = (entry(&base, 0), entry(&ours, 1).or(entry(&theirs, 2)));
            if left.is_some() && left != b {
                return None;
            }
        }
        for name in &order {
            let position = |names: &[_]| names.iter().position(|n| n == name);
            let entry = |names: &[_], list: usize| position(names).map(|at| &lists[list][at]);
            let three = Three { base: entry(&base, 0), ours: entry(&ours, 1), theirs: entry(&theirs, 2) };
            let place = at.place.index(merged.len());
            let theirs = position(&theirs).map_or_else(|| at.theirs.clone(), |nth| at.theirs.index(nth));
            let Some(value) = self.field(&Clash { place, theirs }, three) else {
                self.clashes.truncate(before);
                return None;
            };
            merged.push(value);
        }
        Some(merged)
    }

    /// Topics of all three, and of the result.
    fn merged_topics(&self) -> Option<[Vec<String>; 4]> {
        let field = &self.profile.topics.as_ref()?.field;
        let at = |value: Option<&'p Value>| value.and_then(|value| value.at(&field.resolve(value)?));
        let [base, ours, theirs] = self.root.each(at);
        let texts = |list: &[Value]| list.iter().map(Value::scalar_text).collect::<Option<Vec<_>>>();
        let [base, ours, theirs] = Three { base, ours, theirs }.lists()?.map(texts);
        let (base, ours, theirs) = (base?, ours?, theirs?);
        let merged = match (ours == base, theirs == base) {
            (true, _) => theirs.clone(),
            (_, true) => ours.clone(),
            _ => as_set(&base, &ours, &theirs),
        };
        Some([base, ours, theirs, merged])
    }

    /// A linked list after the topics: an entry that a side has for a topic stays that side's, drifted or not. None where a list is not as
    /// long as its topics, so that nobody knows which entry is whose, or where both sides gave a topic entries of their own.
    fn linked(&self, template: &Template, lists: [&[Value]; 3]) -> Option<Vec<Value>> {
        let [base, ours, theirs, merged] = self.topics.as_ref()?;
        let fits = [base, ours, theirs].into_iter().zip(lists).all(|(topics, list)| topics.len() == list.len());
        if !fits {
            return None;
        }
        let entry = |topics: &[String], list: usize, topic: &str| {
            topics.iter().position(|t| t == topic).map(|at| lists[list][at].clone())
        };
        let pick = |topic: &String| {
            let (b, o, t) = (entry(base, 0, topic), entry(ours, 1, topic), entry(theirs, 2, topic));
            match (o, t) {
                (Some(o), Some(t)) if o == t || Some(&t) == b.as_ref() => Some(o),
                (Some(o), Some(t)) if Some(&o) == b.as_ref() => Some(t),
                (Some(_), Some(_)) => None,
                (one, other) => {
                    one.or(other).or_else(|| linked_entry(template, topic, self.root.ours?).map(Value::from))
                }
            }
        };
        merged.iter().map(pick).collect()
    }

    /// An empty list is left as OURS has it: missing, null or `[]`.
    fn as_ours(&self, three: Three<'_>, merged: Vec<Value>) -> Option<Value> {
        match merged.is_empty() && three.ours.is_none_or(|ours| ours.as_seq().is_none_or(<[Value]>::is_empty)) {
            true => three.ours.cloned(),
            false => Some(Value::Seq(merged)),
        }
    }

    fn linked_template(&self, path: &FieldPath) -> Option<Template> {
        let rule = self.profile.topics.as_ref()?;
        rule.linked.iter().find(|(field, _)| self.is(Some(field), path)).map(|(_, template)| template.clone())
    }

    /// Whether a path is where the field stands in any version.
    fn is(&self, field: Option<&FieldRef>, path: &FieldPath) -> bool {
        let Some(field) = field else { return false };
        let at = |value: Option<&Value>| value.is_some_and(|value| field.resolve(value).as_ref() == Some(path));
        self.root.each(at).contains(&true)
    }
}

/// What OURS and THEIRS made of a set, in OURS' order; what THEIRS added stands behind its neighbour there.
fn as_set<T: Clone + PartialEq>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<T> {
    let kept = ours.iter().filter(|item| !base.contains(item) || theirs.contains(item));
    let mut merged: Vec<T> = kept.cloned().collect();
    for (at, item) in theirs.iter().enumerate() {
        if base.contains(item) || merged.contains(item) {
            continue;
        }
        let neighbour = theirs[..at].iter().rev().find_map(|before| merged.iter().position(|item| item == before));
        let place = neighbour.map_or(if at == 0 { 0 } else { merged.len() }, |at| at + 1);
        merged.insert(place, item.clone());
    }
    merged
}
