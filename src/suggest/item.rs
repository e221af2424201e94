//! An item as the learner takes it.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::features::{Both, Counts};
use super::words::Text;

/// An offering that an item carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offered {
    pub label: String,
    /// The topics that the entry itself names.
    pub topics: Vec<String>,
}

/// What is learned of an item, or asked about one. Nothing of its text is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemText {
    /// Its path from the root: what it is known by.
    pub path: String,
    pub title: String,
    /// Its summary or description; may be empty.
    pub summary: String,
    /// The body as plain text (`content::body::text`).
    pub body: String,
    /// The topics that it carries: learned from, and not suggested again.
    pub topics: Vec<String>,
    /// The offerings that it carries, likewise.
    pub offerings: Vec<Offered>,
    /// Its date; only an evaluation asks for it.
    pub date: String,
    /// Topics and offerings that the curator took from this item: they are not suggested for it.
    pub rejected: Vec<String>,
}

/// An item read: what takes the time, so that it can be done before a lock is taken ([`super::Learner::take`]).
#[derive(Debug)]
pub struct Prepared {
    pub(super) place: u64,
    pub(super) text: Text,
    pub(super) counts: Both<Counts>,
    pub(super) topics: Vec<String>,
    pub(super) offerings: Vec<Offered>,
}

impl Prepared {
    /// Reads an item's words.
    pub fn of(item: &ItemText) -> Prepared {
        let text = Text::of(&item.title, &item.summary, &item.body);
        Prepared {
            place: place(&item.path),
            counts: Both::of(&text),
            text,
            topics: item.topics.clone(),
            offerings: item.offerings.clone(),
        }
    }
}

/// A path as it is remembered.
pub(super) fn place(path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}
