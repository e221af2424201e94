//! What a finding is: its kind, where it stands, what it says, what mends it; and the bits that a row keeps of it.
//!
//! Here: the words. Not here: how one front matter is looked through (`findings`), and what the whole library shows
//! (`library::survey`).

use super::Intent;
use crate::content::{FieldPath, FieldRef, Value};

/// What kind of thing is found; `check --fix=KINDS` and `finding:KIND` name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindingKind {
    /// Lists linked to the topics, or places of one value, that are out of step.
    Drift,
    /// A derived field that does not follow.
    Derived,
    /// A description cut inside a word. Needs the body.
    Description,
    /// No topic at all.
    Topics,
    /// A required field is missing or blank.
    Required,
    /// A prohibited field is there.
    Prohibited,
    /// A value of another kind than the profile says.
    Kind,
    /// A text longer than the profile allows.
    Length,
    /// A reference to a page that the library does not have. Needs the library.
    Reference,
    /// The link of another item too. Needs the library.
    Duplicate,
    /// Nearly the title of another item. Needs the library.
    Similar,
    /// An offering that is not written as most items have it. Needs the library.
    Offering,
}

impl FindingKind {
    /// All of them, in the order that `check` reports; the position is a row's bit.
    pub const ALL: [FindingKind; 12] = [
        FindingKind::Drift,
        FindingKind::Derived,
        FindingKind::Description,
        FindingKind::Topics,
        FindingKind::Required,
        FindingKind::Prohibited,
        FindingKind::Kind,
        FindingKind::Length,
        FindingKind::Reference,
        FindingKind::Duplicate,
        FindingKind::Similar,
        FindingKind::Offering,
    ];

    /// The name in queries and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            FindingKind::Drift => "drift",
            FindingKind::Derived => "derived",
            FindingKind::Description => "description",
            FindingKind::Topics => "topics",
            FindingKind::Required => "required",
            FindingKind::Prohibited => "prohibited",
            FindingKind::Kind => "kind",
            FindingKind::Length => "length",
            FindingKind::Reference => "reference",
            FindingKind::Duplicate => "duplicate",
            FindingKind::Similar => "similar",
            FindingKind::Offering => "offering",
        }
    }

    /// What facets and the screen of findings call it.
    pub fn words(self) -> &'static str {
        match self {
            FindingKind::Drift => "out of step",
            FindingKind::Derived => "does not follow",
            FindingKind::Description => "description cut",
            FindingKind::Topics => "no topic",
            FindingKind::Required => "required, missing",
            FindingKind::Prohibited => "must not be there",
            FindingKind::Kind => "another kind",
            FindingKind::Length => "too long",
            FindingKind::Reference => "dead reference",
            FindingKind::Duplicate => "same link",
            FindingKind::Similar => "like title",
            FindingKind::Offering => "offering otherwise",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<FindingKind> {
        FindingKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether only the whole library shows it: then no row keeps a bit of it, and it is looked for when asked.
    pub fn is_of_library(self) -> bool {
        use FindingKind::{Duplicate, Offering, Reference, Similar};
        matches!(self, Reference | Duplicate | Similar | Offering)
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Something that does not agree with the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: FindingKind,
    /// Where; the root stands for the body.
    pub field: FieldPath,
    /// What, in a curator's words.
    pub message: String,
    /// What mends it; `None` where only a person can know.
    pub fix: Option<Vec<Intent>>,
}

impl Finding {
    /// The field, or `body`.
    pub fn place(&self) -> String {
        if self.field.is_root() { "body".to_string() } else { self.field.to_string() }
    }

    /// What the fix comes to, in words.
    pub fn fix_in_words(&self) -> Option<String> {
        let words = self.fix.as_ref()?.iter().map(|intent| match intent {
            Intent::Set { value: Value::Seq(items), .. } => {
                let entries = items.iter().filter_map(Value::scalar_text).collect::<Vec<_>>();
                format!("becomes {}", entries.join(" · "))
            }
            Intent::Set { value, .. } => format!("becomes {}", value.scalar_text().unwrap_or_default()),
            Intent::Unset { .. } => "goes".to_string(),
            Intent::Append { value, .. } => format!("gets {}", value.scalar_text().unwrap_or_default()),
            Intent::RemoveEntry { value, .. } => format!("loses {}", value.scalar_text().unwrap_or_default()),
            Intent::ReplaceOffering { .. } => "becomes as most have it".to_string(),
            _ => "follows".to_string(),
        });
        Some(words.collect::<Vec<_>>().join(", "))
    }
}

/// What was found in one item, a bit a kind, and which of the fields that are kept in step are not: small enough for every row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FindingBits {
    kinds: u16,
    drifts: u16,
}

/// How many groups of fields in step a row tells apart; drift in the others is still found.
pub const STEPS: usize = 16;

impl FindingBits {
    /// The bits of these findings; `drifts` are the groups of fields that are out of step ([`super::Profile::steps`]).
    pub fn of(findings: &[Finding], drifts: impl IntoIterator<Item = usize>) -> FindingBits {
        let kinds = findings.iter().fold(0, |bits, finding| bits | finding.kind.bit());
        let drifts = drifts.into_iter().filter(|at| *at < STEPS).fold(0, |bits, at| bits | 1 << at);
        FindingBits { kinds, drifts }
    }

    /// Whether nothing was found.
    pub fn is_empty(self) -> bool {
        self.kinds == 0
    }

    /// Whether that was found.
    pub fn has(self, kind: FindingKind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// Whether that group of fields is out of step.
    pub fn drifts(self, step: usize) -> bool {
        step < STEPS && self.drifts & (1 << step) != 0
    }
}

pub(super) fn set(path: &FieldPath, value: Value) -> Option<Vec<Intent>> {
    Some(vec![Intent::Set { field: FieldRef::from(path), value }])
}

pub(super) fn finding(kind: FindingKind, field: &FieldPath, message: String, fix: Option<Vec<Intent>>) -> Finding {
    Finding { kind, field: field.clone(), message, fix }
}
