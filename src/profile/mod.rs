//! What a library's fields mean: kinds, groups, roles, linked and derived fields, triage states.
//!
//! Here: `.curate.yaml`, the built-in profile and the inferred ones, templates, and `expand(intent, document) -> edits`.
//! Not here: any disk (texts come in), any screen, and how bytes are edited (that is `content`).

mod bulk;
mod derived;
mod description;
pub mod expand;
mod file;
pub mod finding;
pub mod findings;
pub mod foresee;
mod images;
pub mod infer;
pub mod intent;
pub mod kind;
mod layer;
mod load;
#[cfg(test)]
mod lossless;
mod meaning;
pub mod merge;
pub mod offering_list;
pub mod offerings;
pub mod pattern;
mod print;
pub mod reading;
#[cfg(test)]
mod sample;
pub mod template;
pub mod topic_list;
mod topics;
mod touch;
pub mod validate;
pub mod vocabulary;
mod working;

pub use expand::{Expansion, expand};
pub use finding::{Finding, FindingBits, FindingKind};
pub use findings::findings;
pub use images::image_fields;
pub use intent::Intent;
pub use kind::Kind;
pub use load::{CURATED_CONTENT, ProfileError};
pub use offering_list::OfferingList;
pub use offerings::Which;
pub use template::Template;
pub use topic_list::{ListedTopic, TopicList};
pub use touch::timestamp;

use std::sync::Arc;

use crate::content::FieldRef;

/// Where the profile in force comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `.curate.yaml` at the root.
    File,
    /// The built-in profile `curated-content`, since the items look like it.
    BuiltIn,
    /// Read off the first files of the library.
    Inferred,
}

/// What the fields of a library mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Its name: `curated-content`, `inferred`, or what the file says it extends.
    pub name: String,
    pub origin: Origin,
    pub topics: Option<TopicsRule>,
    pub offerings: Option<OfferingsRule>,
    /// One value in many places: the field, and the places that follow it.
    pub same: Vec<(FieldRef, Vec<FieldRef>)>,
    /// Fields that follow from others by a template, only when asked.
    pub derived: Vec<(FieldRef, Template)>,
    pub triage: Option<TriageRule>,
    pub roles: Roles,
    /// Columns of the list, by role name or field.
    pub columns: Vec<String>,
    /// Saved views: name and query.
    pub views: Vec<(String, String)>,
    /// What is said about single fields; `file` kinds alone can refuse a value.
    pub fields: Vec<FieldRule>,
    pub required: Vec<FieldRef>,
    pub prohibited: Vec<FieldRef>,
    pub form: Vec<FormGroup>,
    /// A field stamped with the time of an edit.
    pub touch: Option<FieldRef>,
}

/// Where topics live.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicsRule {
    pub field: FieldRef,
    /// Lists kept in step, each with the template of an entry.
    pub linked: Vec<(FieldRef, Template)>,
    /// A vocabulary file beside the profile.
    pub vocabulary: Option<String>,
    /// What that file says, once `shell` has read it.
    pub listed: Option<Arc<TopicList>>,
    /// Topics that keep the first digits.
    pub pinned: Vec<String>,
}

/// Where offerings live.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferingsRule {
    pub field: FieldRef,
    pub vocabulary: Option<String>,
    /// What that file lists, once `shell` has read it.
    pub listed: Option<Arc<OfferingList>>,
    /// Keys of an entry, with a kind's name or a template.
    pub fields: Vec<(String, String)>,
}

/// Which value a verdict writes to which field.
#[derive(Clone, Debug, PartialEq)]
pub struct TriageRule {
    pub field: FieldRef,
    pub accept: String,
    pub reject: String,
    pub skip: String,
}

/// What the row and the card show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    pub title: Option<FieldRef>,
    pub date: Option<FieldRef>,
    pub url: Option<FieldRef>,
    pub brand: Option<FieldRef>,
    pub author: Option<FieldRef>,
}

/// What a profile says about one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldRule {
    pub field: FieldRef,
    pub kind: Option<Kind>,
    /// Whether `kind` stands in a profile file; then a value of another kind is refused.
    pub strict: bool,
    pub label: Option<String>,
    pub help: Option<String>,
    /// The longest text in characters; a longer one is a finding.
    pub max: Option<usize>,
    /// So many characters are shown where it is used; a longer text is cut there, and nothing is wrong with it.
    pub fits: Option<usize>,
}

/// A group of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormGroup {
    pub name: String,
    pub fields: Vec<FieldRef>,
}

impl Profile {
    /// What is wrong with its vocabulary files.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        let topics = self.topics.iter().flat_map(|rule| &rule.listed).filter_map(|list| list.problem.as_deref());
        let offerings = self.offerings.iter().flat_map(|rule| &rule.listed).filter_map(|list| list.problem.as_deref());
        topics.chain(offerings)
    }
}
