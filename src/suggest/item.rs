//! An item as the learner takes it.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::features::{Both, Counts, Packed, Words};
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

/// An item that was learned: its words, topics and offerings in one piece of memory, after the lengths of the first three.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(Box<[u16]>);

impl Known {
    pub(super) fn of(packed: &Both<Packed>, topics: &[u16], offerings: &[u16]) -> Known {
        let Both { all, head } = packed.words();
        let lengths = [all.0.len() as u16, head.0.len() as u16, topics.len() as u16];
        Known([&lengths, all.0, head.0, topics, offerings].concat().into())
    }

    fn parts(&self) -> [&[u16]; 4] {
        // One that was forgotten is empty.
        let Some(([all, head, topics], rest)) = self.0.split_first_chunk() else { return [&[]; 4] };
        let (all, rest) = rest.split_at(usize::from(*all));
        let (head, rest) = rest.split_at(usize::from(*head));
        let (topics, offerings) = rest.split_at(usize::from(*topics));
        [all, head, topics, offerings]
    }

    pub(super) fn words(&self) -> Both<Words<'_>> {
        let [all, head, ..] = self.parts();
        Both { all: Words(all), head: Words(head) }
    }

    pub(super) fn topics(&self) -> &[u16] {
        self.parts()[2]
    }

    pub(super) fn offerings(&self) -> &[u16] {
        self.parts()[3]
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Known>() + size_of_val(&*self.0)
    }
}

/// A path as it is remembered.
pub(super) fn place(path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}
