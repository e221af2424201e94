//! What the journal holds: one record for each thing that must not be lost.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::drafts::{BatchId, IntentId, Part, WrittenStep};
use crate::content::{Edit, FieldPath};
use crate::profile::Intent;

/// One record of the journal. The file and its checksums are `shell::journal`'s.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// A batch was asked for: the same of all its items.
    Began { batch: BatchId, label: String, intents: Vec<Intent>, items: Vec<String> },
    /// A batch was asked for: of each item its own.
    BeganEach { batch: BatchId, label: String, parts: Vec<(String, Vec<Intent>)> },
    /// An item's edits for it, made from the file with this fingerprint; `counts` says how many each intent has.
    Answered {
        batch: BatchId,
        path: String,
        base: String,
        edits: Vec<Edit>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counts: Vec<usize>,
    },
    /// An item had nothing to change, or refused.
    Refused { batch: BatchId, path: String },
    /// When a batch was asked for, and which one it takes back.
    About {
        batch: BatchId,
        when: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<BatchId>,
    },
    /// The last live batch was taken back.
    Undone,
    /// This batch was taken back, and those behind it stay.
    TookBack { batch: BatchId },
    /// A file was moved by somebody, and its draft went along.
    Moved { from: String, to: String },
    /// The batch taken back last was done again.
    Redone,
    /// The next write leaves these intents of an item out, or takes them in again.
    LeftOut { path: String, intents: Vec<IntentId>, out: bool },
    /// These steps of an item's draft are on disk; the file's fingerprint now. Journals of earlier days say how many edits instead.
    Written {
        path: String,
        #[serde(default, skip_serializing_if = "is_none")]
        edits: usize,
        #[serde(default)]
        steps: Vec<WrittenStep>,
        base: String,
    },
    /// Batches have had numbers up to this one.
    Numbered(BatchId),
    /// All that the write of this plan put on disk stands before: its plan can be forgotten.
    WriteKnown { plan: u64 },
    /// Where the curator stands.
    Place(PlaceInQueue),
    /// Items that were marked, and items whose mark was taken off, since the records before.
    Marked { on: Vec<String>, off: Vec<String> },
    /// A text that is being typed, as far as it has come; none: it is an edit now, or was dropped.
    Typing(Option<Unfinished>),
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Record {
    /// The record of a batch's beginning; what all items share is kept once.
    pub fn began(batch: BatchId, label: &str, parts: &[Part]) -> Record {
        let label = label.to_string();
        let shared = parts.first().is_none_or(|first| parts.iter().all(|part| part.intents == first.intents));
        if shared {
            let intents = parts.first().map(|part| part.intents.to_vec()).unwrap_or_default();
            return Record::Began { batch, label, intents, items: parts.iter().map(|p| p.path.to_string()).collect() };
        }
        let parts = parts.iter().map(|part| (part.path.to_string(), part.intents.to_vec())).collect();
        Record::BeganEach { batch, label, parts }
    }
}

/// Where the curator stands: what the next start brings back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceInQueue {
    /// The filter line.
    pub filter: String,
    /// The item under the cursor.
    pub item: Option<String>,
    /// All marked items; none: those that the records before tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<Vec<String>>,
    /// The order, as `sort:` takes it; empty where nobody said.
    #[serde(default)]
    pub sort: String,
    /// How many rows of the list stand before the cursor: for an item that is gone.
    #[serde(default)]
    pub at: usize,
    /// How many of them are on the screen.
    #[serde(default)]
    pub above: usize,
}

/// A field whose text is being typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// The item; none: all that are marked.
    pub item: Option<String>,
    /// The field; the list, where it is a new entry of one.
    pub field: FieldPath,
    /// Whether it is a new entry of a list.
    pub entry: bool,
    pub text: String,
}

/// Where the curator stood, as a journal tells it from its first record to its last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub place: Option<PlaceInQueue>,
    pub marks: BTreeSet<String>,
    pub typing: Option<Unfinished>,
}

impl Standing {
    /// What these records tell.
    pub fn of(records: &[Record]) -> Standing {
        let mut stood = Standing::default();
        records.iter().for_each(|record| stood.take(record));
        stood
    }

    fn take(&mut self, record: &Record) {
        match record {
            Record::Place(place) => {
                if let Some(marks) = &place.marks {
                    self.marks = marks.iter().cloned().collect();
                }
                self.place = Some(PlaceInQueue { marks: None, ..place.clone() });
            }
            Record::Marked { on, off } => {
                for path in off {
                    self.marks.remove(path);
                }
                self.marks.extend(on.iter().cloned());
            }
            Record::Typing(typing) => self.typing.clone_from(typing),
            Record::Moved { from, to } => self.go_along(from, to),
            _ => {}
        }
    }

    /// What stood on a file that was moved stands on it still.
    fn go_along(&mut self, from: &str, to: &str) {
        if self.marks.remove(from) {
            self.marks.insert(to.to_string());
        }
        let item = self.place.as_mut().and_then(|place| place.item.as_mut());
        let typed = self.typing.as_mut().and_then(|typing| typing.item.as_mut());
        for path in item.into_iter().chain(typed).filter(|path| *path == from) {
            *path = to.to_string();
        }
    }

    /// The fewest records that tell it.
    pub fn records(&self) -> Vec<Record> {
        let marks = (!self.marks.is_empty()).then(|| self.marks.iter().cloned().collect());
        let place = match (&self.place, marks) {
            (None, None) => None,
            (place, marks) => Some(PlaceInQueue { marks, ..place.clone().unwrap_or_default() }),
        };
        let typing = self.typing.clone().map(|typing| Record::Typing(Some(typing)));
        place.map(Record::Place).into_iter().chain(typing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_curator_stood_is_what_the_last_records_tell_in_as_few_as_can_be() {
        let place = |filter: &str, marks: Option<Vec<String>>| {
            Record::Place(PlaceInQueue { filter: filter.into(), marks, ..PlaceInQueue::default() })
        };
        let marked = |on: &[&str], off: &[&str]| Record::Marked {
            on: on.iter().map(ToString::to_string).collect(),
            off: off.iter().map(ToString::to_string).collect(),
        };
        let typing = |text: &str| {
            let field = FieldPath::key("title");
            Record::Typing(Some(Unfinished { item: Some("a.md".into()), field, entry: false, text: text.into() }))
        };
        let told = [
            place("virtual", Some(vec!["a.md".into(), "b.md".into()])),
            marked(&["c.md"], &["a.md"]),
            typing("Ho"),
            Record::Undone,
            place("care", None),
            typing("Home"),
        ];
        let stood = Standing::of(&told);
        assert_eq!(stood.records(), [place("care", Some(vec!["b.md".into(), "c.md".into()])), typing("Home")]);
        assert_eq!(Standing::of(&stood.records()), stood);
        let ended = [stood.records(), vec![Record::Typing(None), marked(&[], &["b.md", "c.md"])]].concat();
        assert_eq!(Standing::of(&ended).records(), [place("care", None)]);
        assert_eq!(Standing::of(&[]).records(), []);
    }

    #[test]
    fn what_stood_on_a_file_that_was_moved_stands_on_it_still() {
        let place = |item: &str| PlaceInQueue { item: Some(item.into()), ..PlaceInQueue::default() };
        let typing = |item: &str| {
            let field = FieldPath::key("title");
            Unfinished { item: Some(item.into()), field, entry: false, text: "Ho".into() }
        };
        let stood = Standing::of(&[
            Record::Place(place("a.md")),
            Record::Marked { on: vec!["a.md".into(), "b.md".into()], off: Vec::new() },
            Record::Typing(Some(typing("a.md"))),
            Record::Moved { from: "a.md".into(), to: "z/a.md".into() },
        ]);
        assert_eq!(stood.place, Some(place("z/a.md")));
        assert_eq!(stood.marks, ["b.md".to_string(), "z/a.md".to_string()].into());
        assert_eq!(stood.typing, Some(typing("z/a.md")));
    }
}
