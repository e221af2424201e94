//! The form over all of an item's front matter: rows, the cursor, and the one field being typed.
//!
//! Keys come in, outcomes go out: what to edit stands in them as intents that name exact fields, and the desk sends these to a
//! worker. Until the answer comes the form shows what the edit will come to. Not here: drawing (`view::form`), the disk, and
//! what a key is called (`command`).

mod about;
mod assume;
mod columns;
mod compare;
mod field;
mod find;
mod line;
mod list;
mod many;
pub mod merged;
mod tree;
mod typing;
mod window;
pub mod wrap;

use std::sync::Arc;

pub use about::About;
pub use columns::{Cell, Columns};
pub use field::{Editing, Target};
pub use line::{Line, Note, Tone};
pub use list::moved;
pub use many::Many;
pub use tree::{Node, Part};
pub use window::Row;

use self::find::Finding;
use self::tree::Tree;
use self::typing::Sent;
use self::window::Folds;
use super::event::FormSource;
use crate::command::Command;
use crate::content::{FieldPath, FieldRef, Segment, Value};
use crate::profile::{Intent, Kind, Profile};

/// The form of one item.
#[derive(Clone, Debug)]
pub struct Form {
    pub path: Arc<str>,
    tree: Tree,
    folds: Folds,
    rows: Vec<Row>,
    cursor: usize,
    top: usize,
    width: usize,
    height: usize,
    editing: Option<Editing>,
    /// What was typed last and became an edit, until it is known that it fits.
    sent: Option<Box<Sent>>,
    finding: Option<Finding>,
    /// The items, where it is over several.
    many: Option<Many>,
}

/// What came of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing for the desk to do.
    Nothing,
    /// These intents, as one batch of that name.
    Edit { label: String, intents: Vec<Intent> },
    /// Of each of these items its own.
    EditEach { label: String, parts: Vec<(Arc<str>, Arc<[Intent]>)> },
    /// What another screen is for.
    Run(Command),
    /// Something to tell.
    Say(String),
    /// It cannot be done, and why.
    Refuse(String),
    /// The form is to be left: nothing in it was open.
    Leave,
}

impl Form {
    /// The form of the item at `path`.
    pub fn open(path: Arc<str>, profile: &Profile, source: FormSource) -> Form {
        Form::showing(path, Tree::of(profile, source), None)
    }

    fn showing(path: Arc<str>, tree: Tree, many: Option<Many>) -> Form {
        let (folds, rows, editing, sent, finding) = Default::default();
        let (cursor, top, width, height) = (0, 0, 80, 16);
        let mut form = Form { path, tree, folds, rows, cursor, top, width, height, editing, sent, finding, many };
        form.rebuild();
        // The heading of the first group is no field: begin on what can be edited.
        if form.rows.len() > 1 && form.rows[0].node.part == Part::Heading && form.rows[1].depth > 0 {
            form.cursor = 1;
        }
        form
    }

    /// Takes the item's values anew, after an edit was made, refused or taken back. Cursor, folds and a field being typed stay.
    pub fn reload(&mut self, profile: &Profile, source: FormSource) {
        self.show(Tree::of(profile, source));
    }

    fn show(&mut self, tree: Tree) {
        self.tree = tree;
        if self.is_finding() {
            return self.find_again();
        }
        self.rebuild();
        // A field that is gone cannot be typed any more.
        let rows = &self.rows;
        self.editing = self.editing.take().filter(|editing| rows.iter().any(|row| editing.is_at(&row.node)));
    }

    /// Whether letters are text: a field is being typed, or looked for.
    pub fn is_typing(&self) -> bool {
        self.editing.is_some() || self.finding.is_some()
    }

    /// The field being typed.
    pub fn editing(&self) -> Option<&Editing> {
        self.editing.as_ref()
    }

    /// The field under the cursor, if its text can be given to an editor.
    ///
    /// # Errors
    /// Why it cannot, in words.
    pub fn field_for_editor(&self) -> Result<FieldPath, String> {
        if self.many.is_some() {
            return Err("the editor is for one item: esc, then enter and e edits the one under the cursor".to_string());
        }
        let node = self.current().filter(|node| matches!(node.part, Part::Field | Part::Place));
        let node = node.ok_or("stand on a field for this; in the list E opens the whole file")?;
        match self.tree.at(&node.path) {
            Some(Value::Map(_) | Value::Seq(_)) => {
                Err("this holds several values: unfold it, or E in the list for the whole file".to_string())
            }
            _ => Ok(node.path.clone()),
        }
    }

    /// The link under the cursor, if the field holds one.
    pub fn link(&self) -> Option<String> {
        let path = &self.current().filter(|node| !self.tree.differs(&node.path))?.path;
        let text = self.tree.at(path)?.as_str().filter(|text| !text.trim().is_empty())?;
        (self.tree.kind(path) == Kind::Url).then(|| text.to_string())
    }

    /// How many things differ from the disk.
    pub fn changed(&self) -> usize {
        self.tree.count_changed()
    }

    /// What the item is called.
    pub fn title(&self) -> String {
        if let Some(many) = &self.many {
            return many.title();
        }
        let role = self.tree.profile.roles.title.as_ref();
        let title = role.and_then(|field| self.tree.at(&field.resolve(&self.tree.value)?)?.scalar_text());
        title.filter(|t| !t.trim().is_empty()).unwrap_or_else(|| self.path.to_string())
    }

    /// The section that the cursor is in, the field's number there and how many fields it has.
    pub fn whereabouts(&self) -> Option<(String, usize, usize)> {
        let node = self.current()?;
        let section = self.tree.sections.get(node.section)?;
        let at = section.fields.iter().position(|field| field.holds(&node.path) && node.part != Part::Heading);
        Some((section.name.clone(), at.map_or(0, |at| at + 1), section.fields.len()))
    }

    /// Does what a command asks for. `offers` gives the values in use in the library for a field.
    pub fn command(&mut self, command: Command, offers: &dyn Fn(&FieldRef) -> Vec<String>) -> Outcome {
        if self.finding.is_some() {
            return self.command_while_finding(command);
        }
        if self.editing.is_some() {
            return self.command_while_typing(command);
        }
        let page = (self.height / 2).max(1) as isize;
        match command {
            Command::Down => self.moved(1),
            Command::Up => self.moved(-1),
            Command::PageDown => self.moved(page),
            Command::PageUp => self.moved(-page),
            Command::First => self.moved(isize::MIN),
            Command::Last => self.moved(isize::MAX),
            Command::Change => self.change(offers),
            Command::Unfold => self.unfold(),
            Command::Fold => self.fold(),
            Command::SetNull => self.set_null(),
            Command::AsItWas => self.as_it_was(),
            Command::AddEntry => self.add_entry(offers),
            Command::RemoveEntry => self.remove_entry(),
            Command::EntryUp => self.move_entry(false),
            Command::EntryDown => self.move_entry(true),
            Command::FindField => self.find(),
            Command::Back => Outcome::Leave,
            _ => Outcome::Nothing,
        }
    }

    fn command_while_finding(&mut self, command: Command) -> Outcome {
        match command {
            Command::Commit | Command::CommitText => self.end_find(true),
            Command::Back => self.end_find(false),
            Command::Offer | Command::Down => self.moved(1),
            Command::Up => self.moved(-1),
            _ => Outcome::Nothing,
        }
    }

    fn moved(&mut self, by: isize) -> Outcome {
        self.step(by);
        Outcome::Nothing
    }

    /// `enter`: types the field, or opens what is no single value.
    fn change(&mut self, offers: &dyn Fn(&FieldRef) -> Vec<String>) -> Outcome {
        let Some(node) = self.current().cloned() else { return Outcome::Nothing };
        if matches!(node.part, Part::Heading | Part::Empties) {
            return self.toggle(&node);
        }
        if let Some(elsewhere) = self.change_of_many(&node) {
            return elsewhere;
        }
        let kind = self.tree.kind(&node.path);
        match self.tree.at(&node.path) {
            Some(Value::Bool(_)) if self.tree.differs(&node.path) => self.switch(&node.path, true),
            Some(Value::Bool(flag)) => self.switch(&node.path, !*flag),
            Some(Value::Map(_) | Value::Seq(_)) if self.can_open(&node) => self.toggle(&node),
            Some(Value::Map(_)) => {
                Outcome::Refuse("this holds no fields yet; the file itself can be edited".to_string())
            }
            _ if self.is_list(&node.path) => self.add_entry(offers),
            None | Some(Value::Null) if kind == Kind::Boolean => self.switch_on(&node.path),
            None | Some(Value::Null) if kind == Kind::Map => {
                Outcome::Refuse("a map cannot be typed; U brings back what it was".to_string())
            }
            _ => {
                let values = self.values_on_offer(&node.path, &kind, offers);
                self.editing = Some(Editing::field(self, &node.path, values));
                self.break_long_line();
                self.scroll();
                Outcome::Nothing
            }
        }
    }

    fn values_on_offer(&self, path: &FieldPath, kind: &Kind, offers: &dyn Fn(&FieldRef) -> Vec<String>) -> Vec<String> {
        let list = path.split_last().map(|(list, _)| list);
        if let Some(topics) = list.and_then(|list| self.known_topics(&list, offers)) {
            return topics;
        }
        let in_use = self.tree.values_in_use(path);
        let mut values = match kind {
            Kind::Choice(values) => values.clone(),
            _ if self.many.is_some() => return in_use,
            _ => return self.tree.better(path).into_iter().collect(),
        };
        for value in in_use.into_iter().chain(offers(&self.field_ref(path))) {
            if !value.trim().is_empty() && !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    /// The field as the profile names it, where it does: the name by which the library knows its values.
    fn field_ref(&self, path: &FieldPath) -> FieldRef {
        let said = self.tree.rule(path).map(|rule| rule.field.clone());
        let triage = self.tree.profile.triage.as_ref().map(|t| &t.field);
        let triage = triage.filter(|field| field.resolve_or_new(&self.tree.value).as_ref() == Some(path));
        said.or_else(|| triage.cloned()).unwrap_or_else(|| FieldRef::from(path))
    }

    fn switch(&mut self, path: &FieldPath, to: bool) -> Outcome {
        let intent = Intent::Set { field: FieldRef::from(path), value: Value::Bool(to) };
        self.edit(format!("{path}: {to}"), vec![intent])
    }

    /// A boolean that is null or missing becomes what it was on disk, else true.
    fn switch_on(&mut self, path: &FieldPath) -> Outcome {
        let was = self.tree.was(path);
        let to = if let Some(Value::Bool(flag)) = was { *flag } else { true };
        self.switch(path, to)
    }

    fn toggle(&mut self, node: &Node) -> Outcome {
        let open = self.is_open(node);
        self.folds.insert(node.clone(), !open);
        self.rebuild();
        Outcome::Nothing
    }

    fn unfold(&mut self) -> Outcome {
        let Some(node) = self.current().cloned() else { return Outcome::Nothing };
        match self.can_open(&node) && !self.is_open(&node) {
            true => self.toggle(&node),
            false => Outcome::Nothing,
        }
    }

    /// Folds the row, or goes to the one that holds it.
    fn fold(&mut self) -> Outcome {
        let Some(node) = self.current().cloned() else { return Outcome::Nothing };
        if self.can_open(&node) && self.is_open(&node) {
            return self.toggle(&node);
        }
        let depth = self.rows[self.cursor].depth;
        if let Some(above) = self.rows[..self.cursor].iter().rposition(|row| row.depth < depth) {
            self.cursor = above;
            self.scroll();
        }
        Outcome::Nothing
    }

    fn set_null(&mut self) -> Outcome {
        let path = match self.current() {
            Some(node) if matches!(node.part, Part::Field | Part::Place) => node.path.clone(),
            _ => return Outcome::Refuse("n is for a single field".to_string()),
        };
        match self.tree.at(&path) {
            _ if self.tree.is_shut(&path) => Outcome::Refuse(many::SHUT.to_string()),
            Some(Value::Null) if self.tree.spread(&path).is_none() => Outcome::Say(format!("{path} is null already")),
            Some(Value::Map(entries)) if !entries.is_empty() => {
                Outcome::Refuse("n is for a single field: unfold it".to_string())
            }
            Some(Value::Seq(items)) if !items.iter().all(Value::is_scalar) => {
                Outcome::Refuse("n is for a single field: unfold it, x removes an entry".to_string())
            }
            _ => {
                let intent = Intent::Set { field: FieldRef::from(&path), value: Value::Null };
                self.edit(format!("{path}: null"), vec![intent])
            }
        }
    }

    /// `U`: what the row stands for, as it was on disk.
    fn as_it_was(&mut self) -> Outcome {
        let Some(node) = self.current().cloned() else { return Outcome::Nothing };
        let tree = &self.tree;
        let paths = match node.part {
            Part::Heading => tree.sections[node.section].fields.clone(),
            Part::Empties => tree.children(&node).into_iter().map(|child| child.path).collect(),
            _ if tree.topics.as_ref() == Some(&node.path) => {
                std::iter::once(node.path.clone()).chain(tree.linked.iter().cloned()).collect()
            }
            _ => vec![node.path.clone()],
        };
        if self.many.is_some() {
            return self.each_as_it_was(&node, &paths);
        }
        let back = |path: &FieldPath| compare::as_it_was(path, &tree.value, &tree.original);
        let intents: Vec<Intent> = paths.iter().flat_map(back).collect();
        if intents.is_empty() {
            return Outcome::Say("it is as it was".to_string());
        }
        self.edit(format!("{} as it was", self.name_of(&node)), intents)
    }

    /// What a batch calls a row.
    fn name_of(&self, node: &Node) -> String {
        if node.path.is_root() { self.line(node).label } else { node.path.to_string() }
    }

    /// What follows an offering's field by the profile, and did so: its address, where its label gets another text.
    fn followers(&self, intent: &Intent) -> Vec<Intent> {
        let tree = &self.tree;
        let (field, new) = match intent {
            Intent::SetText { field, text } => (field, Value::from(text.as_str())),
            Intent::Set { field, value } => (field, value.clone()),
            _ => return Vec::new(),
        };
        let found = field.resolve(&tree.value).and_then(|path| {
            let (entry, key) = path.split_last()?;
            let (list, _) = entry.split_last().filter(|(list, _)| tree.offerings.as_ref() == Some(list))?;
            let Segment::Key(key) = key else { return None };
            let Segment::Index(_) = entry.segments().get(list.segments().len())? else { return None };
            Some((entry.clone(), tree.profile.offerings.as_ref()?.followers(tree.at(&entry)?, key, &new)))
        });
        let Some((entry, followers)) = found else { return Vec::new() };
        let set = |(key, value): (String, Value)| Intent::Set { field: FieldRef::from(&entry.then(key)), value };
        followers.into_iter().map(set).collect()
    }

    /// Shows what the intents will come to, and hands them on.
    fn edit(&mut self, label: String, mut intents: Vec<Intent>) -> Outcome {
        intents.extend(intents.iter().flat_map(|intent| self.followers(intent)).collect::<Vec<_>>());
        let value = assume::after(&self.tree, &intents);
        self.tree = self.tree.after(value, &intents);
        self.rebuild();
        Outcome::Edit { label, intents }
    }
}

#[cfg(test)]
pub(crate) mod tests;
