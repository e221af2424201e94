//! What a row says, in raw text: label, value, and the notes at its right. `view` makes it harmless and draws it.

use super::Form;
use super::about::kind_name;
use super::compare::is_empty;
use super::field::Target;
use super::tree::{Node, Part, Purpose, Tree};
use crate::content::{FieldPath, Segment, Value};
use crate::profile::Kind;
use crate::profile::findings::FindingKind;

/// No row needs more of a value than this.
const ENOUGH: usize = 400;

/// So many values on offer are named.
const OFFERS: usize = 12;

/// One row, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub label: String,
    /// Whether it is open; `None` where nothing is below it.
    pub fold: Option<bool>,
    pub text: String,
    /// Whether the text is put together of several values.
    pub joined: bool,
    /// Whether the text stands for a value that says nothing.
    pub empty: bool,
    /// Whether it differs from the disk.
    pub changed: bool,
    /// Whether it is the heading of a section.
    pub heading: bool,
    /// The most important one first.
    pub notes: Vec<Note>,
}

/// A remark at the right of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub tone: Tone,
    pub text: String,
}

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What the field was, where else its value stands, how much there is.
    Plain,
    /// Something is wrong.
    Wrong,
    /// Values on offer.
    Offer,
}

fn note(tone: Tone, text: impl Into<String>) -> Note {
    Note { tone, text: text.into() }
}

impl Form {
    /// The name of a row.
    pub fn label(&self, node: &Node) -> String {
        match node.part {
            Part::Heading => self.tree.sections[node.section].name.clone(),
            Part::Empties => format!("{} empty", self.tree.count_empties(node)),
            Part::New => "new".to_string(),
            Part::Field | Part::Place if self.is_finding() => node.path.to_string(),
            Part::Field | Part::Place => label(&self.tree, node),
        }
    }

    /// What the row of `node` says.
    pub fn line(&self, node: &Node) -> Line {
        let tree = &self.tree;
        let fold = self.can_open(node).then(|| self.is_open(node));
        let mut line = match node.part {
            Part::Heading => heading(tree, node),
            Part::Empties | Part::New => Line::default(),
            Part::Field | Part::Place => field(tree, node),
        };
        line.fold = fold;
        if line.heading && fold == Some(true) {
            line.text.clear();
            line.notes.clear();
            line.changed = false;
        }
        line.label = self.label(node);
        line
    }
}

fn heading(tree: &Tree, node: &Node) -> Line {
    let section = &tree.sections[node.section];
    let (fields, empty) = tree.count(node);
    let changed = section.fields.iter().any(|path| tree.has_changed(path));
    let count = match empty {
        0 => fields.to_string(),
        _ => format!("{fields} · {empty} empty"),
    };
    // A group that is folded still says what it is about; for the rest the number says more.
    let text = match section.purpose {
        Purpose::Group => section.fields.iter().find_map(|path| telling_of(tree, path)).unwrap_or_default(),
        _ => String::new(),
    };
    let looks_wrong = |path: &&FieldPath| {
        tree.disagreeing(path) > 0 || tree.findings.iter().any(|finding| path.holds(&finding.field))
    };
    let wrong = section.fields.iter().filter(looks_wrong).count();
    let mut notes = Vec::new();
    if wrong > 0 {
        notes.push(note(Tone::Wrong, format!("! in {}", counted(wrong, "field", "fields"))));
    }
    notes.extend(image_of(tree, &section.fields));
    notes.push(note(Tone::Plain, count));
    Line { text, heading: true, changed, notes, ..Line::default() }
}

fn field(tree: &Tree, node: &Node) -> Line {
    let value = tree.at(&node.path);
    let changed = tree.has_changed(&node.path);
    let mut notes = Vec::new();
    if node.part == Part::Field {
        notes.extend(disagreement(tree, node));
    }
    if notes.is_empty() {
        notes.extend(found(tree, node));
    }
    notes.extend(tree.across_note(&node.path).map(|text| note(Tone::Plain, text)));
    if changed {
        notes.push(note(Tone::Plain, tree.was_across(&node.path).unwrap_or_else(|| was(tree.was(&node.path), value))));
    }
    notes.extend(length(tree, node, value));
    notes.extend(image(tree, &node.path));
    notes.extend(agreement(tree, node).filter(|_| node.part == Part::Field));
    notes.extend(offer(tree, node, value));
    notes.extend(value.and_then(|v| size(tree, node, v)));
    let across = tree.across_text(&node.path);
    let empty = across.is_some() || value.is_none_or(is_empty);
    let joined = value.is_some_and(|value| !value.is_scalar());
    Line {
        label: String::new(),
        text: across.unwrap_or_else(|| value_text(value)),
        joined,
        empty,
        changed,
        notes,
        heading: false,
        fold: None,
    }
}

/// The name of a field: the profile's, else its last key; a list entry has its number.
fn label(tree: &Tree, node: &Node) -> String {
    let section = &tree.sections[node.section];
    if node.part == Part::Place || tree.linked.contains(&node.path) {
        return node.path.to_string();
    }
    if section.single() == Some(&node.path) {
        return section.name.clone();
    }
    if let Some(label) = tree.rule(&node.path).and_then(|rule| rule.label.clone()) {
        return label;
    }
    match node.path.segments().last() {
        Some(Segment::Index(at)) => (at + 1).to_string(),
        Some(Segment::Key(key)) if section.fields.contains(&node.path) && section.purpose == Purpose::Group => {
            capital(key)
        }
        Some(Segment::Key(key)) => key.clone(),
        None => String::new(),
    }
}

fn capital(key: &str) -> String {
    let mut chars = key.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A value on one line.
pub fn value_text(value: Option<&Value>) -> String {
    match value {
        None => "(missing)".to_string(),
        Some(Value::Null) => "null".to_string(),
        Some(Value::Str(text)) if text.trim().is_empty() => "(blank)".to_string(),
        Some(Value::Seq(items)) if items.is_empty() => "(no entries)".to_string(),
        Some(Value::Map(entries)) if entries.is_empty() => "(no fields)".to_string(),
        Some(Value::Seq(items)) => joined(items.iter()),
        Some(map @ Value::Map(entries)) => {
            let named = ["label", "title", "name"].iter().find_map(|key| telling(map.get(key)?));
            named.unwrap_or_else(|| joined(entries.iter().map(|(_, v)| v)))
        }
        Some(scalar) => start_of(&scalar.scalar_text().unwrap_or_default()),
    }
}

/// A field's text, where it says something.
fn telling_of(tree: &Tree, path: &FieldPath) -> Option<String> {
    tree.across_text(path).or_else(|| telling(tree.at(path)?))
}

/// A value's text, where it says something.
fn telling(value: &Value) -> Option<String> {
    (!is_empty(value)).then(|| value_text(Some(value)))
}

fn joined<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    let mut text = String::new();
    for part in values.filter_map(telling) {
        if text.len() > ENOUGH {
            break;
        }
        if !text.is_empty() {
            text.push_str(" · ");
        }
        text.push_str(&part);
    }
    text
}

pub(super) fn start_of(text: &str) -> String {
    match text.char_indices().nth(ENOUGH) {
        Some((end, _)) => text[..end].to_string(),
        None => text.to_string(),
    }
}

fn was(old: Option<&Value>, now: Option<&Value>) -> String {
    match (old, now) {
        (None, _) => "new".to_string(),
        (Some(Value::Seq(items)), _) => format!("was {}", counted(items.len(), "entry", "entries")),
        (Some(Value::Map(_)), _) => "changed".to_string(),
        (Some(Value::Str(old)), Some(Value::Str(now))) if !old.trim().is_empty() => {
            format!("was {}", parting(old, now))
        }
        (Some(scalar), _) => format!("was {}", value_text(Some(scalar))),
    }
}

/// The old text, from shortly before the place where the new one parts from it: there is no room for all that stayed.
pub(super) fn parting(old: &str, now: &str) -> String {
    const LEAD: usize = 12;
    let same = old.chars().zip(now.chars()).take_while(|(a, b)| a == b).count();
    if same > 3 * LEAD { parted_at(old, same - LEAD) } else { start_of(old) }
}

/// A text from that character on.
pub(super) fn parted_at(text: &str, from: usize) -> String {
    format!("…{}", text.chars().skip(from).take(ENOUGH).collect::<String>())
}

/// `1 entry`, `2 entries`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn disagreement(tree: &Tree, node: &Node) -> Option<Note> {
    let off = tree.disagreeing(&node.path);
    let all = tree.places(&node.path).len() + 1;
    (off > 0).then(|| note(Tone::Wrong, format!("! {off} of {all} differ")))
}

fn agreement(tree: &Tree, node: &Node) -> Option<Note> {
    if tree.topics.as_ref() == Some(&node.path) {
        return topic_lists(tree).filter(|_| tree.across.is_none());
    }
    let places = tree.places(&node.path).len() + 1;
    // Whether the places of each of several items agree is known only where all are the same.
    let is_known = std::iter::once(&node.path).chain(tree.places(&node.path)).all(|place| !tree.differs(place));
    (is_known && places > 1 && tree.disagreeing(&node.path) == 0)
        .then(|| note(Tone::Plain, format!("= {places} places")))
}

/// Whether the lists that are kept in step with the topics are.
fn topic_lists(tree: &Tree) -> Option<Note> {
    let lists = tree.linked.len() + 1;
    let off = tree.linked.iter().filter(|list| tree.findings.iter().any(|f| list.holds(&f.field))).count();
    match (lists, off) {
        (1, _) => None,
        (_, 0) => Some(note(Tone::Plain, format!("{lists} lists agree"))),
        _ => Some(note(Tone::Wrong, format!("! {off} of {lists} lists out of step"))),
    }
}

/// What is found on the field itself, in a word; the bottom of the form says it whole.
fn found(tree: &Tree, node: &Node) -> Option<Note> {
    let finding = tree.finding(&node.path)?;
    let word = match finding.kind {
        FindingKind::Drift => "! differs",
        FindingKind::Derived => "! does not follow",
        FindingKind::Description => "! cut",
        FindingKind::Topics => "! no topics",
        FindingKind::Required => "! required",
        FindingKind::Prohibited => "! not wanted",
        FindingKind::Kind => "! another kind",
        // The length has a remark of its own, and what the library shows is not looked for here.
        FindingKind::Length
        | FindingKind::Reference
        | FindingKind::Duplicate
        | FindingKind::Similar
        | FindingKind::Offering => return None,
    };
    Some(note(Tone::Wrong, word))
}

/// Whether the image file is there.
fn image(tree: &Tree, path: &FieldPath) -> Option<Note> {
    Some(match tree.image(path)? {
        true => note(Tone::Plain, "is there"),
        false => note(Tone::Wrong, "! no such file here"),
    })
}

/// `590 x 300, missing`: a group that holds an image says how large it is and whether it is there.
fn image_of(tree: &Tree, fields: &[FieldPath]) -> Option<Note> {
    let is_there = fields.iter().find_map(|path| tree.image(path))?;
    // Sites of this kind write the height first.
    let size = fields.iter().find_map(|path| match tree.at(path)? {
        Value::Seq(numbers) => match &numbers[..] {
            [Value::Number(height), Value::Number(width)] => Some(format!("{} x {}", width.text(), height.text())),
            _ => None,
        },
        _ => None,
    });
    let said: Vec<String> = size.into_iter().chain((!is_there).then(|| "missing".to_string())).collect();
    let tone = if is_there { Tone::Plain } else { Tone::Wrong };
    (!said.is_empty()).then(|| note(tone, said.join(", ")))
}

/// How long the text is, where the profile says how long it may be, or how much of it is shown, and it is longer.
fn length(tree: &Tree, node: &Node, value: Option<&Value>) -> Option<Note> {
    let rule = tree.rule(&node.path).filter(|_| !tree.differs(&node.path))?;
    let most = rule.max.into_iter().chain(rule.fits).min()?;
    let length = value?.as_str()?.chars().count();
    let tone = if rule.max.is_some_and(|max| length > max) { Tone::Wrong } else { Tone::Plain };
    (length > most).then(|| note(tone, format!("{length}/{most}")))
}

/// The values to choose from, where none is chosen yet.
fn offer(tree: &Tree, node: &Node, value: Option<&Value>) -> Option<Note> {
    let Kind::Choice(values) = tree.kind(&node.path) else { return None };
    (value.is_none_or(is_empty) && !values.is_empty()).then(|| note(Tone::Offer, values.join("  ")))
}

fn size(tree: &Tree, node: &Node, value: &Value) -> Option<Note> {
    match value {
        _ if tree.is_shut(&node.path) => None,
        Value::Seq(items) if !items.is_empty() => Some(note(Tone::Plain, items.len().to_string())),
        Value::Map(entries) if !entries.is_empty() => {
            let (fields, empty) = tree.count(node);
            Some(note(Tone::Plain, if empty == 0 { fields.to_string() } else { format!("{fields} · {empty} empty") }))
        }
        _ => None,
    }
}

/// `9/60`, as wide as `60/60`: the field beside it keeps its width.
fn counter(length: usize, most: usize) -> String {
    let (counter, widest) = (format!("{length}/{most}"), format!("{most}/{most}"));
    format!("{counter:>0$}", widest.len())
}

impl Form {
    /// The remarks beside a field being typed.
    pub fn editing_notes(&self) -> Vec<Note> {
        let Some(editing) = &self.editing else { return Vec::new() };
        let mut notes = Vec::new();
        if let Some(problem) = &editing.problem {
            notes.push(note(Tone::Wrong, problem.clone()));
        }
        if let Some(most) = editing.room {
            let length = editing.input.length();
            let tone = if length > most { Tone::Wrong } else { Tone::Plain };
            notes.push(note(tone, counter(length, most)));
        }
        // Below a name there is no room for it: the bottom says it.
        if !editing.offers.is_empty() && !editing.is_tall() {
            let few: Vec<&str> = editing.offers.iter().take(OFFERS).map(String::as_str).collect();
            notes.push(note(Tone::Offer, few.join("  ")));
        }
        if let Target::Field(path) = &editing.target
            && self.tree.has_changed(path)
        {
            notes.push(note(Tone::Plain, was(self.tree.was(path), self.tree.at(path))));
        }
        if notes.is_empty() && !editing.is_tall() {
            notes.push(note(Tone::Plain, kind_name(&editing.kind)));
        }
        notes
    }
}
