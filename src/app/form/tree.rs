//! The fields of an item as a tree: groups of the profile, topics, offerings, and everything else.
//!
//! Every leaf of the front matter is in it. Which nodes are open is not known here, nor how a row looks.

use std::collections::{HashMap, HashSet};

use super::compare::{self, is_empty};
use super::many::Across;
use crate::app::event::FormSource;
use crate::content::{FieldPath, FieldRef, Segment, Value};
use crate::profile::findings::{Finding, findings};
use crate::profile::reading::sibling;
use crate::profile::{FieldRule, Intent, Kind, Profile};

/// A map with this many empty fields keeps them one key away.
const MANY_EMPTY: usize = 3;

/// One row of the form, known by what it stands for: it is the same one after an edit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    /// Position of its section.
    pub section: usize,
    pub part: Part,
    /// The field; the holder for [`Part::Empties`] and [`Part::New`].
    pub path: FieldPath,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The heading of a section.
    Heading,
    /// A field, or a list entry.
    Field,
    /// One of the places that hold the same value as the field above.
    Place,
    /// The fields of a map that say nothing.
    Empties,
    /// A list entry being typed.
    New,
}

/// A part of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub name: String,
    pub purpose: Purpose,
    pub fields: Vec<FieldPath>,
}

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A group of the profile, or the field of topics or offerings where it stands in none.
    Group,
    /// Every field that stands nowhere else.
    Other,
}

impl Section {
    /// The field that a section of one field is.
    pub fn single(&self) -> Option<&FieldPath> {
        match (self.purpose, self.fields.as_slice()) {
            (Purpose::Other, _) => None,
            (_, [field]) => Some(field),
            _ => None,
        }
    }
}

/// The fields of one item, as its profile orders them.
#[derive(Clone, Debug)]
pub struct Tree {
    pub profile: Profile,
    /// With the draft.
    pub value: Value,
    /// As the disk has it.
    pub original: Value,
    pub sections: Vec<Section>,
    /// The topics' list, and the lists in step with it.
    pub topics: Option<FieldPath>,
    pub linked: Vec<FieldPath>,
    pub offerings: Option<FieldPath>,
    /// Places that hold the same as a field.
    same: HashMap<FieldPath, Vec<FieldPath>>,
    /// Rules by the field's path, list positions written `[]`.
    rules: HashMap<String, usize>,
    /// Fields that differ from the disk, and everything that holds them.
    pub differing: Vec<FieldPath>,
    /// What does not agree with the profile, as far as the front matter alone shows it.
    pub findings: Vec<Finding>,
    /// What only the body shows to be wrong; and image files, whether they are there.
    of_body: Vec<Finding>,
    images: Vec<(FieldPath, bool)>,
    /// Whether the file can hold null.
    pub(super) has_null: bool,
    /// Where the items differ, if there are several.
    pub(super) across: Option<Across>,
    /// Where the top-level keys stand, so that a long front matter is not searched for each field.
    positions: HashMap<String, usize>,
}

impl Tree {
    /// The fields of what a worker read.
    pub fn of(profile: &Profile, source: FormSource) -> Tree {
        let FormSource { value, original, of_body, images, has_null } = source;
        let mut tree = Tree::new(profile, value, original);
        tree.findings.extend(of_body.iter().cloned());
        Tree { of_body, images, has_null, ..tree }
    }

    /// The same item with other values. What was said of a field that has changed since is not known any more.
    pub fn with(&self, value: Value) -> Tree {
        let stays = |path: &FieldPath| value.at(path) == self.at(path);
        let of_body = self.of_body.iter().filter(|finding| stays(&finding.field)).cloned().collect();
        let images = self.images.iter().filter(|(path, _)| stays(path)).cloned().collect();
        let (original, has_null) = (self.original.clone(), self.has_null);
        let source = FormSource { value, original, of_body, images, has_null };
        Tree::of(&self.profile, source)
    }

    fn new(profile: &Profile, value: Value, original: Value) -> Tree {
        // The stamp of an edit is the worker's.
        let profile = Profile { touch: None, ..profile.clone() };
        let resolve = |field: &FieldRef| field.resolve(&value);
        let topics = profile.topics.as_ref().and_then(|t| t.field.resolve_or_new(&value));
        let links = profile.topics.iter().flat_map(|t| &t.linked);
        let linked = links.filter_map(|(field, _)| resolve(field)).collect();
        let offerings = profile.offerings.as_ref().and_then(|o| o.field.resolve_or_new(&value));
        let same = profile.same.iter().filter_map(|(key, places)| {
            let places: Vec<FieldPath> = places.iter().filter_map(resolve).collect();
            resolve(key).filter(|_| !places.is_empty()).map(|key| (key, places))
        });
        let same = same.collect();
        let rules = profile.fields.iter().enumerate().map(|(at, rule)| (rule_key(rule, &value), at)).collect();
        let differing = compare::differing(&value, &original, &FieldPath::root());
        let findings = findings(&profile, &value, None);
        let positions = match &value {
            Value::Map(entries) => entries.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)).collect(),
            _ => HashMap::new(),
        };
        let mut tree = Tree {
            profile,
            value,
            original,
            sections: Vec::new(),
            topics,
            linked,
            offerings,
            same,
            rules,
            differing,
            findings,
            of_body: Vec::new(),
            images: Vec::new(),
            has_null: true,
            across: None,
            positions,
        };
        tree.sections = tree.sections();
        tree
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for group in &self.profile.form {
            let fields: Vec<FieldPath> =
                group.fields.iter().filter_map(|field| field.resolve_or_new(&self.value)).collect();
            if !fields.is_empty() {
                sections.push(Section { name: group.name.clone(), purpose: Purpose::Group, fields });
            }
        }
        let grouped: HashSet<FieldPath> = sections.iter().flat_map(|s| s.fields.iter().cloned()).collect();
        let own = |field: &Option<FieldPath>| field.clone().filter(|path| !grouped.contains(path));
        // As the screen is drawn: what the item is about stands right below the first group.
        let mut at = sections.len().min(1);
        for (field, name) in [(own(&self.topics), "Topics"), (own(&self.offerings), "Offerings")] {
            if let Some(path) = field {
                let fields = vec![path];
                sections.insert(at, Section { name: name.to_string(), purpose: Purpose::Group, fields });
                at += 1;
            }
        }
        let fields = self.others(&grouped);
        if !fields.is_empty() {
            let name = if sections.is_empty() { "Fields" } else { "Other fields" };
            sections.push(Section { name: name.to_string(), purpose: Purpose::Other, fields });
        }
        sections
    }

    /// The top-level fields that stand in no group, and under no field that they belong to.
    fn others(&self, grouped: &HashSet<FieldPath>) -> Vec<FieldPath> {
        let places = self.same.values().flatten().filter(|place| !self.same.contains_key(place));
        let elsewhere: HashSet<&FieldPath> = grouped
            .iter()
            .chain(self.topics.iter())
            .chain(self.offerings.iter())
            .chain(self.topics.iter().flat_map(|_| &self.linked))
            .chain(places)
            .collect();
        let paths = keys(&self.value).into_iter().map(FieldPath::key);
        paths.filter(|path| !elsewhere.contains(path)).collect()
    }

    /// The value at `path`, with the draft.
    pub fn at(&self, path: &FieldPath) -> Option<&Value> {
        let Some((Segment::Key(key), rest)) = path.segments().split_first() else { return self.value.at(path) };
        let Value::Map(entries) = &self.value else { return None };
        let top = &entries.get(*self.positions.get(key)?)?.1;
        rest.iter().try_fold(top, |here, segment| here.child(segment))
    }

    /// What the rows of the first level are.
    pub fn tops(&self) -> Vec<Node> {
        let top = |(at, section): (usize, &Section)| match section.single() {
            Some(field) => self.field(at, field),
            None => Node { section: at, part: Part::Heading, path: FieldPath::root() },
        };
        self.sections.iter().enumerate().map(top).collect()
    }

    fn field(&self, section: usize, path: &FieldPath) -> Node {
        Node { section, part: Part::Field, path: path.clone() }
    }

    /// The rows below a row.
    pub fn children(&self, node: &Node) -> Vec<Node> {
        let field = |path: &FieldPath| self.field(node.section, path);
        match node.part {
            Part::Heading => {
                let section = &self.sections[node.section];
                if section.purpose == Purpose::Group {
                    return section.fields.iter().map(field).collect();
                }
                self.with_empties_last(node, section.fields.clone())
            }
            Part::Field | Part::Place => self.below_field(node),
            Part::Empties => self.empties(&node.path, node.section).iter().map(field).collect(),
            Part::New => Vec::new(),
        }
    }

    fn below_field(&self, node: &Node) -> Vec<Node> {
        let path = &node.path;
        if self.is_shut(path) {
            return Vec::new();
        }
        match self.at(path) {
            Some(Value::Map(_)) => self.with_empties_last(node, self.entries(path)),
            Some(Value::Seq(items)) => {
                let entries = (0..items.len()).map(|at| self.field(node.section, &path.index(at)));
                let linked = self.linked.iter().filter(|_| self.topics.as_ref() == Some(path));
                entries.chain(linked.map(|list| self.field(node.section, list))).collect()
            }
            _ if node.part == Part::Field => {
                let places = self.places(path).iter();
                places.map(|p| Node { section: node.section, part: Part::Place, path: p.clone() }).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The fields directly below a map, in the order of the file.
    fn entries(&self, path: &FieldPath) -> Vec<FieldPath> {
        let map = self.at(path).unwrap_or(&Value::Null);
        keys(map).into_iter().map(|key| path.then(key)).collect()
    }

    fn with_empties_last(&self, node: &Node, fields: Vec<FieldPath>) -> Vec<Node> {
        let (empty, filled): (Vec<_>, Vec<_>) = fields.iter().partition(|path| self.is_quiet(path));
        if empty.len() < MANY_EMPTY {
            return fields.iter().map(|path| self.field(node.section, path)).collect();
        }
        let mut rows: Vec<Node> = filled.into_iter().map(|path| self.field(node.section, path)).collect();
        rows.push(Node { section: node.section, part: Part::Empties, path: node.path.clone() });
        rows
    }

    fn empties(&self, holder: &FieldPath, section: usize) -> Vec<FieldPath> {
        let fields = match holder.is_root() {
            true => self.sections[section].fields.clone(),
            false => self.entries(holder),
        };
        fields.into_iter().filter(|path| self.is_quiet(path)).collect()
    }

    /// Whether a field says nothing and has not been made so in this draft.
    fn is_quiet(&self, path: &FieldPath) -> bool {
        self.is_empty(path) && !self.has_changed(path)
    }

    /// Whether a field says nothing, in any item.
    fn is_empty(&self, path: &FieldPath) -> bool {
        self.at(path).is_none_or(is_empty) && !self.differs(path)
    }

    /// How many fields stand directly in a map or section, and how many of them say nothing.
    pub fn count(&self, node: &Node) -> (usize, usize) {
        let fields = match node.part {
            Part::Heading => self.sections[node.section].fields.clone(),
            _ => self.entries(&node.path),
        };
        let empty = fields.iter().filter(|path| self.is_empty(path)).count();
        (fields.len(), empty)
    }

    /// How many rows are behind an `Empties` row.
    pub fn count_empties(&self, node: &Node) -> usize {
        self.empties(&node.path, node.section).len()
    }

    /// The places that hold the same value as this field.
    pub fn places(&self, path: &FieldPath) -> &[FieldPath] {
        self.same.get(path).map_or(&[], Vec::as_slice)
    }

    /// The field whose value this one holds too.
    pub fn leader(&self, path: &FieldPath) -> Option<&FieldPath> {
        let list = path.split_last().map(|(list, _)| list);
        let linked = |at: &FieldPath| self.linked.contains(at);
        if linked(path) || list.is_some_and(|list| linked(&list)) {
            return self.topics.as_ref();
        }
        self.same.iter().find(|(_, places)| places.contains(path)).map(|(key, _)| key)
    }

    /// How many of the places hold something else than the field.
    pub fn disagreeing(&self, path: &FieldPath) -> usize {
        let value = self.at(path);
        // Where the items differ, whether the places of each agree is not known here.
        let places = self.places(path).iter().filter(|place| !self.differs(path) && !self.differs(place));
        places.filter(|place| self.at(place) != value).count()
    }

    /// Whether the field, or anything in it, differs from the disk.
    pub fn has_changed(&self, path: &FieldPath) -> bool {
        let may = self.differing.iter().any(|d| path.holds(d) || d.holds(path));
        // Of several items one may have changed without the value that most of them have.
        may && (self.at(path) != self.was(path) || self.across.is_some())
    }

    /// What the field was on disk.
    pub fn was(&self, path: &FieldPath) -> Option<&Value> {
        let gone = || Some(path.clone()).filter(|path| self.at(path).is_none());
        let origin = compare::origin(path, &self.value, &self.original).or_else(gone);
        origin.and_then(|path| self.original.at(&path))
    }

    /// How many things differ from the disk: a topic's lists are one, and so are the places of one value.
    pub fn count_changed(&self) -> usize {
        let differs = |path: &FieldPath| self.differing.iter().any(|d| path.holds(d));
        let followers = self.same.iter().filter(|(key, _)| differs(key)).flat_map(|(_, places)| places);
        let lists = self.linked.iter().filter(|_| self.topics.as_ref().is_some_and(differs));
        let quiet: Vec<&FieldPath> = followers.chain(lists).collect();
        let keys = |d: &FieldPath| self.same.contains_key(d);
        self.differing.iter().filter(|d| keys(d) || !quiet.iter().any(|q| q.holds(d))).count()
    }

    /// What is wrong with a field.
    pub fn finding(&self, path: &FieldPath) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.field == *path)
    }

    /// A better value for a field than what it has: what mends a finding, or what a template makes of the others.
    pub fn better(&self, path: &FieldPath) -> Option<String> {
        let fix = self.finding(path).and_then(|finding| finding.fix.as_deref());
        let mended = fix.and_then(|intents| match intents {
            [Intent::Set { field, value }] if field.resolve_or_new(&self.value).as_ref() == Some(path) => {
                value.scalar_text()
            }
            _ => None,
        });
        let better = mended.or_else(|| self.profile.derived_value(&self.value, path));
        better.filter(|text| self.at(path).and_then(Value::scalar_text).as_ref() != Some(text))
    }

    /// Whether the image file that a field names is there; none for other fields.
    pub fn image(&self, path: &FieldPath) -> Option<bool> {
        self.images.iter().find(|(field, _)| field == path).map(|(_, is_there)| *is_there)
    }

    /// What the profile says about a field.
    pub fn rule(&self, path: &FieldPath) -> Option<&FieldRule> {
        self.rule_named(&path.to_string(), path)
    }

    /// The same, where the path's text is at hand.
    pub fn rule_named(&self, text: &str, path: &FieldPath) -> Option<&FieldRule> {
        let is_entry = || path.segments().iter().any(|segment| matches!(segment, Segment::Index(_)));
        let every = || is_entry().then(|| self.rules.get(&generic(path)))?;
        self.rules.get(text).or_else(every).map(|at| &self.profile.fields[*at])
    }

    /// The kind of a field: what the profile says, else what the value shows, or what it showed on disk, or what other entries of
    /// the list show.
    pub fn kind(&self, path: &FieldPath) -> Kind {
        let says = |value: &&Value| **value != Value::Null;
        let known = self.at(path).filter(says).or_else(|| self.was(path).filter(says));
        let known = known.or_else(|| sibling(&self.value, path));
        self.profile.kind_of(path, known.unwrap_or(&Value::Null))
    }
}

/// The keys of a map, each once, in the order of the file.
fn keys(map: &Value) -> Vec<&str> {
    let Value::Map(entries) = map else { return Vec::new() };
    let mut seen = HashSet::new();
    entries.iter().map(|(key, _)| key.as_str()).filter(|key| seen.insert(*key)).collect()
}

fn rule_key(rule: &FieldRule, value: &Value) -> String {
    match rule.field.is_projection() {
        true => rule.field.text().to_string(),
        false => rule.field.resolve_or_new(value).map_or_else(|| rule.field.text().to_string(), |p| p.to_string()),
    }
}

/// A path with every list position as `[]`.
fn generic(path: &FieldPath) -> String {
    let mut text = String::new();
    for segment in path.segments() {
        match segment {
            Segment::Index(_) => text.push_str("[]"),
            Segment::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(&FieldPath::key(key).to_string());
            }
        }
    }
    text
}
