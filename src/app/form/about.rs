//! What the bottom of the form says about the field under the cursor: its path and kind, the other places of its value, its help, what
//! is wrong with it, and what it was. `view` draws it.

use super::Form;
use super::line::{counted, parting};
use super::tree::Part;
use crate::profile::Kind;

/// What the bottom of the form says about a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    pub path: String,
    pub kind: String,
    /// Other places that hold its value.
    pub also: Vec<String>,
    /// The field that it follows.
    pub follows: Option<String>,
    pub help: Option<String>,
    /// How its values are spread over several items.
    pub across: Option<String>,
    /// What is wrong with it.
    pub wrong: Option<String>,
    /// What it is on disk, while it is being typed.
    pub was: Option<String>,
    /// What is on offer for a text of several lines.
    pub offer: Option<String>,
}

impl Form {
    /// What there is to say about the field under the cursor.
    pub fn about(&self) -> Option<About> {
        let node = self.current()?;
        let tree = &self.tree;
        if node.path.is_root() {
            let section = tree.sections.get(node.section)?;
            let kind = counted(section.fields.len(), "field", "fields");
            return Some(About { path: section.name.clone(), kind, ..About::default() });
        }
        let also = match node.part {
            Part::Field if tree.topics.as_ref() == Some(&node.path) => tree.linked.as_slice(),
            Part::Field => tree.places(&node.path),
            _ => &[],
        };
        Some(About {
            path: node.path.to_string(),
            kind: kind_name(&tree.kind(&node.path)).to_string(),
            also: also.iter().map(ToString::to_string).collect(),
            follows: tree.leader(&node.path).map(ToString::to_string),
            help: tree.rule(&node.path).and_then(|rule| rule.help.clone()),
            across: tree.across_words(&node.path),
            wrong: tree.finding(&node.path).map(|finding| finding.message.clone()),
            offer: self.offer_of_lines(),
            was: self.original_told(),
        })
    }
}

impl Form {
    fn offer_of_lines(&self) -> Option<String> {
        let editing = self.editing.as_ref().filter(|editing| editing.is_tall())?;
        let next = editing.offers.first().filter(|offer| **offer != editing.input.text())?;
        Some(parting(next, &editing.input.text()))
    }
}

/// A kind, in words.
pub fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Line => "one line",
        Kind::Text => "text of several lines",
        Kind::Integer => "whole number",
        Kind::Number => "number",
        Kind::Boolean => "true or false",
        Kind::Date => "date",
        Kind::Choice(_) => "choice",
        Kind::List => "list",
        Kind::Topics => "topics",
        Kind::Map => "fields",
        Kind::Table => "list of entries",
        Kind::Url => "link",
        Kind::Slug => "slug",
    }
}
