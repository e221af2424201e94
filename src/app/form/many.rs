//! The form over several items: what is the same in all is shown, what differs is counted, and what is set is set in all.
//!
//! Not here: how many items become one value (`merged`), and which items these are.

use std::collections::HashSet;
use std::sync::Arc;

use super::compare::Way;
use super::line::{counted, value_text};
use super::merged::{Merged, Spread, Spreads};
use super::tree::{Node, Tree};
use super::{Form, Outcome};
use crate::app::event::FormSource;
use crate::command::Command;
use crate::content::counted::{count, grouped};
use crate::content::{FieldPath, Value};
use crate::library::ItemId;
use crate::profile::{Intent, Profile};

/// Why what differs is not taken apart.
pub(super) const SHUT: &str = "these items differ here, so it does not unfold: what is done to one entry would mean another in the \
                               next item; in the list b edits one field of all";

/// The items that a form is over.
#[derive(Clone, Debug)]
pub struct Many {
    /// Those that could be read.
    pub items: Arc<[ItemId]>,
    /// How many could not.
    pub unreadable: usize,
    /// What puts the drafts' fields back, by item.
    back: Arc<[(Arc<str>, Vec<Way>)]>,
    /// The state of the drafts that its values are from.
    pub revision: u64,
    /// The question for newer ones that is under way, and the state of the drafts that it asks for.
    pub asked: Option<(u64, u64)>,
}

impl Many {
    fn new(items: Arc<[ItemId]>, merged: &mut Merged, revision: u64) -> Many {
        let back = std::mem::take(&mut merged.back).into();
        Many { items, unreadable: merged.unreadable.len(), back, revision, asked: None }
    }

    /// What the heading says.
    pub(super) fn title(&self) -> String {
        let items = format!("Fields of {} marked items", grouped(self.items.len()));
        match self.unreadable {
            0 => items,
            some => format!("{items} · {some} more cannot be read"),
        }
    }
}

/// Where the items differ.
#[derive(Clone, Debug)]
pub(super) struct Across {
    now: Spreads,
    disk: Spreads,
    changed: HashSet<FieldPath>,
}

impl Form {
    /// A form over these items.
    pub fn over(items: Arc<[ItemId]>, profile: &Profile, mut merged: Merged, revision: u64) -> Form {
        let many = Many::new(items, &mut merged, revision);
        Form::showing("".into(), Tree::over(profile, merged), Some(many))
    }

    /// Takes the values of the items anew.
    pub fn reload_over(&mut self, items: Arc<[ItemId]>, profile: &Profile, mut merged: Merged, revision: u64) {
        self.many = Some(Many::new(items, &mut merged, revision));
        self.show(Tree::over(profile, merged));
    }

    /// The items, where it is over several.
    pub fn many(&self) -> Option<&Many> {
        self.many.as_ref()
    }

    /// Takes note that newer values are asked for.
    pub fn ask_over(&mut self, generation: u64, revision: u64) {
        self.many.iter_mut().for_each(|many| many.asked = Some((generation, revision)));
    }

    /// What `enter` does over several items, where it is something else than in one.
    pub(super) fn change_of_many(&self, node: &Node) -> Option<Outcome> {
        self.many.as_ref()?;
        let is = |list: &Option<FieldPath>| list.as_ref() == Some(&node.path);
        if is(&self.tree.topics) || self.tree.linked.contains(&node.path) {
            return Some(Outcome::Run(Command::Topics));
        }
        if is(&self.tree.offerings) {
            return Some(Outcome::Run(Command::Offerings));
        }
        self.tree.is_shut(&node.path).then(|| Outcome::Refuse(SHUT.to_string()))
    }

    /// Each item's own values as they were on disk.
    pub(super) fn each_as_it_was(&self, node: &Node, paths: &[FieldPath]) -> Outcome {
        let Some(many) = &self.many else { return Outcome::Nothing };
        let meant = |field: &FieldPath| paths.iter().any(|path| path.holds(field) || field.holds(path));
        let back = |(item, ways): &(Arc<str>, Vec<Way>)| {
            let intents: Vec<Intent> =
                ways.iter().filter(|(field, _)| meant(field)).map(|(_, intent)| intent.clone()).collect();
            (!intents.is_empty()).then(|| (item.clone(), intents.into()))
        };
        let parts: Vec<_> = many.back.iter().filter_map(back).collect();
        match parts.is_empty() {
            true => Outcome::Say("it is as it was".to_string()),
            false => Outcome::EditEach { label: format!("{} as it was", self.name_of(node)), parts },
        }
    }
}

impl Tree {
    /// The fields of several items.
    fn over(profile: &Profile, merged: Merged) -> Tree {
        let tree = Tree::of(profile, FormSource::of(merged.value, merged.original));
        let across = Across { now: merged.spreads, disk: merged.spreads_on_disk, changed: merged.changed };
        tree.across(across)
    }

    fn across(mut self, across: Across) -> Tree {
        // What is found in a value that most items have is found in none of them; and what one of them has changed is a change.
        self.findings.clear();
        let new = across.changed.iter().filter(|field| !self.differing.contains(field)).cloned();
        let new: Vec<FieldPath> = new.collect();
        self.differing.extend(new);
        self.across = Some(across);
        self
    }

    /// The same with what these intents will have come to. A value that was set is the same in all items then.
    pub fn after(&self, value: Value, intents: &[Intent]) -> Tree {
        let tree = self.with(value);
        let Some(mut across) = self.across.clone() else { return tree };
        for intent in intents {
            let (Intent::Set { field, .. } | Intent::SetText { field, .. }) = intent else { continue };
            if let Some(path) = field.resolve_or_new(&tree.value) {
                across.now.retain(|at, _| !path.holds(at));
            }
        }
        tree.across(across)
    }

    /// How a field is spread over the items, where they do not all have the same there.
    pub fn spread(&self, path: &FieldPath) -> Option<&Spread> {
        self.across.as_ref()?.now.get(path)
    }

    /// Whether the items say different things in a field.
    pub fn differs(&self, path: &FieldPath) -> bool {
        self.spread(path).is_some_and(Spread::differs)
    }

    /// Whether the items differ in a way that what is in a field cannot be shown as one.
    pub fn is_shut(&self, path: &FieldPath) -> bool {
        self.spread(path).is_some_and(|spread| spread.is_shut)
    }

    /// The values of a field, as texts, the most used first.
    pub fn values_in_use(&self, path: &FieldPath) -> Vec<String> {
        let some = self.spread(path).filter(|spread| spread.differs()).map(|spread| spread.some.as_slice());
        let texts = some.unwrap_or_default().iter().filter_map(|(value, _)| value.scalar_text());
        texts.filter(|text| !text.trim().is_empty() && text.len() < LONG).collect()
    }

    /// A value that some item has in a field.
    pub fn value_in_use(&self, path: &FieldPath) -> Option<Value> {
        self.spread(path)?.some.iter().map(|(value, _)| value).find(|value| **value != Value::Null).cloned()
    }

    /// What stands where a value would, if it is not the same in all items.
    pub(super) fn across_text(&self, path: &FieldPath) -> Option<String> {
        if let Some(spread) = self.spread(path).filter(|spread| spread.differs()) {
            return Some(format!("({} values)", grouped(spread.values)));
        }
        let below = match self.at(path)? {
            Value::Map(_) => {
                let now = &self.across.as_ref()?.now;
                now.iter().filter(|(at, spread)| spread.differs() && path.holds(at)).count()
            }
            _ => 0,
        };
        (below > 0).then(|| format!("({})", counted(below, "field differs", "fields differ")))
    }

    /// How many items have a field, where some do not.
    pub(super) fn across_note(&self, path: &FieldPath) -> Option<String> {
        let spread = self.spread(path).filter(|spread| spread.lacks())?;
        Some(format!("in {} of {}", grouped(spread.present), grouped(spread.of)))
    }

    /// What a field was on disk, where that was not one value.
    pub(super) fn was_across(&self, path: &FieldPath) -> Option<String> {
        let spread = self.across.as_ref()?.disk.get(path)?;
        spread.differs().then(|| format!("was {} values", grouped(spread.values)))
    }

    /// Which values there are, and how many items have each.
    pub(super) fn across_words(&self, path: &FieldPath) -> Option<String> {
        let spread = self.spread(path)?;
        if !spread.differs() {
            let lack = spread.of - spread.present;
            return Some(format!("{} {} no such field", count(lack, "item"), if lack == 1 { "has" } else { "have" }));
        }
        let value = |(value, items): &(Value, usize)| format!("{} ({})", brief(value), grouped(*items));
        let mut words: Vec<String> = spread.some.iter().map(value).collect();
        if spread.values > spread.some.len() {
            words.push(format!("{} more", grouped(spread.values - spread.some.len())));
        }
        Some(words.join(" · "))
    }
}

/// A value that is longer than this is not offered beside others.
const LONG: usize = 60;

fn brief(value: &Value) -> String {
    let text = value_text(Some(value));
    match text.char_indices().nth(LONG / 2) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
