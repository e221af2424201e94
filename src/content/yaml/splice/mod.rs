//! Splices: which bytes an operation replaces by which. One file for each operation; here what they share.
//!
//! A splice reaches over the bytes of the edited field only. Whether the whole comes out right is not decided here but in
//! `verify`, which knows nothing of splices.

mod add;
mod insert;
mod reach;
mod remove;
mod rename;
mod reorder;
mod set;

use std::collections::HashMap;
use std::ops::Range;

use super::super::brackets::Brackets;
use super::super::op::Op;
use super::super::path::{FieldPath, Segment};
pub(super) use super::super::splice::{Splice, Splices};
use super::style::Style;
use super::tree::{Collection, Entry, Form, Kind, Node, Tree};

/// A text with its tree and its hand, ready for operations.
pub(super) struct Sheet<'t> {
    pub text: &'t str,
    pub tree: &'t Tree<'t>,
    pub style: Style,
    /// How often each anchor is referred to.
    pub uses: HashMap<usize, usize>,
}

/// One place in the tree.
struct Place<'t> {
    node: &'t Node<'t>,
    /// What it is the value of; `None` for the root.
    entry: Option<&'t Entry<'t>>,
    /// What holds the entry.
    holder: Option<&'t Collection<'t>>,
    /// Within brackets or braces.
    flow: bool,
}

impl<'t> Sheet<'t> {
    /// The sheet of a text.
    pub(super) fn new(text: &'t str, tree: &'t Tree<'t>, json: bool) -> Sheet<'t> {
        let mut uses = HashMap::new();
        if let Some(root) = &tree.root {
            root.walk(&mut |node| {
                if let Kind::Alias(id) = node.kind {
                    *uses.entry(id).or_default() += 1;
                }
            });
        }
        Sheet { text, tree, style: Style::of(text, tree, json), uses }
    }

    /// The splices of one operation on this text.
    pub(super) fn splices(&self, op: &Op) -> Splices {
        match op {
            Op::Set { path, value } => self.set(path, value),
            Op::Add { map, key, value } => self.add(map, key, value),
            Op::Remove { path } => self.remove(path),
            Op::Insert { list, index, value } => self.insert(list, *index, value),
            Op::Move { list, from, to } => self.reorder(list, *from, *to),
            Op::Rename { path, to } => self.rename(path, to),
        }
    }

    /// The bytes of a field, key and value.
    pub(super) fn span(&self, path: &FieldPath) -> Option<Range<usize>> {
        if path.is_root() {
            return Some(0..self.text.len());
        }
        let entry = self.locate(path).ok()?.entry?;
        Some(entry.start..entry.end())
    }

    /// The place at `path`, if it may be edited: not behind an alias, not within what an alias repeats elsewhere.
    fn locate(&self, path: &FieldPath) -> Result<Place<'t>, String> {
        let root = self.tree.root.as_ref().ok_or("there is no such field")?;
        let mut place = Place { node: root, entry: None, holder: None, flow: false };
        for segment in path.segments() {
            self.unrepeated(place.node)?;
            let collection = match &place.node.kind {
                Kind::Collection(collection) => collection,
                Kind::Alias(_) => return Err(self.is_alias(place.node)),
                _ => return Err("there is no such field".to_string()),
            };
            let entry = &collection.entries[position(collection, segment)?];
            let flow = place.flow || collection.form != Form::Block;
            place = Place { node: &entry.node, entry: Some(entry), holder: Some(collection), flow };
        }
        Ok(place)
    }

    fn is_alias(&self, node: &Node<'_>) -> String {
        format!("its value is written elsewhere in the file, this is only a reference to it (`{}`)", self.slice(node))
    }

    fn slice(&self, node: &Node<'_>) -> &'t str {
        &self.text[node.start..node.end]
    }

    /// Nothing elsewhere in the file repeats this node.
    fn unrepeated(&self, node: &Node<'_>) -> Result<(), String> {
        if self.uses.contains_key(&node.anchor) {
            let props = self.text[node.outer..node.start].split_whitespace().find(|p| p.starts_with('&'));
            let name = props.unwrap_or("&").trim_start_matches('&');
            return Err(format!("its value is used again elsewhere in the file (`*{name}`)"));
        }
        Ok(())
    }

    /// Nothing outside of this node refers to an anchor within it (its own not counted).
    fn no_anchor_within(&self, node: &Node<'_>) -> Result<(), String> {
        if self.uses.is_empty() {
            return Ok(());
        }
        let mut within: HashMap<usize, usize> = HashMap::new();
        let mut anchors = Vec::new();
        let own = node.start;
        node.walk(&mut |n| {
            if let Kind::Alias(id) = n.kind {
                *within.entry(id).or_default() += 1;
            }
            if n.anchor != 0 && n.start != own {
                anchors.push(n.anchor);
            }
        });
        let outside = |id: &usize| self.uses.get(id).copied().unwrap_or(0) > within.get(id).copied().unwrap_or(0);
        match anchors.iter().find(|id| outside(id)) {
            Some(_) => Err("part of its value is used again elsewhere in the file, by an anchor (`&`)".to_string()),
            None => Ok(()),
        }
    }

    /// The same, for an entry that goes as a whole.
    fn entry_is_free(&self, entry: &Entry<'_>) -> Result<(), String> {
        let nodes = entry.key.iter().map(|k| &k.node).chain([&entry.node]);
        for node in nodes {
            self.unrepeated(node)?;
            self.no_anchor_within(node)?;
        }
        Ok(())
    }

    /// A collection in flow style, as brackets.
    fn brackets(&self, node: &Node<'_>, list: &Collection<'_>) -> Brackets<'t> {
        let beside = |e: &Entry<'_>| e.key.as_ref().and_then(|k| k.colon).is_some_and(|c| c + 1 == e.node.start);
        Brackets {
            text: self.text,
            outer: node.start..node.end,
            entries: list.entries.iter().map(|e| e.start..e.end()).collect(),
            comments: &self.tree.comments,
            line_end: self.style.line_end,
            tight: self.style.json && list.entries.iter().any(beside),
        }
    }
}

/// Which entry a segment means. A key that stands twice is not edited: other programs disagree about which one counts.
fn position(collection: &Collection<'_>, segment: &Segment) -> Result<usize, String> {
    match segment {
        Segment::Key(key) if collection.map => {
            let mut found = (0..collection.entries.len()).filter(|at| collection.entries[*at].key_text() == Some(key));
            match (found.next(), found.next()) {
                (Some(at), None) => Ok(at),
                (Some(_), Some(_)) => Err(format!("the key `{key}` stands twice in the file")),
                (None, _) if collection.entries.iter().any(|e| e.key_text().is_none()) => {
                    Err("its key is no text in the file, but a reference, a list or a map".to_string())
                }
                (None, _) => Err("there is no such field".to_string()),
            }
        }
        Segment::Index(index) if !collection.map && *index < collection.entries.len() => Ok(*index),
        _ => Err("there is no such field".to_string()),
    }
}
