//! Intents: what the curator meant, without any file's text.

use serde::{Deserialize, Serialize};

use super::offerings::Which;
use super::{Profile, Template};
use crate::content::{Edit, FieldRef, Value, edit::Place};

/// What the curator meant. The same intent serves one item or a thousand; [`super::expand`] makes it edits of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    /// The field gets this value; `same:` places that had the old value follow. A missing field is made. On the topics field or one of
    /// its entries, the linked lists follow.
    Set { field: FieldRef, value: Value },
    /// The field gets what this text reads as, its present kind kept where the text reads as it (`set F=text`).
    SetText { field: FieldRef, text: String },
    /// The key is removed. No such field: nothing to do.
    Unset { field: FieldRef },
    /// A list gets one entry more; a missing, null or empty list is made. On the topics field: [`Intent::AddTopic`].
    Append { field: FieldRef, value: Value },
    /// A list loses the entry that equals this. Not there: nothing to do. On the topics field: [`Intent::RemoveTopic`].
    RemoveEntry { field: FieldRef, value: Value },
    /// In every text of the field, and of its entries where it is a list, what the pattern finds becomes `with`. On the topics field the
    /// linked lists follow. Not found: nothing to do.
    Replace { field: FieldRef, pattern: String, with: String },
    /// The field gets what another one holds. It holds nothing: nothing to do.
    CopyFrom { field: FieldRef, from: FieldRef },
    /// The field gets what the template makes of the item's fields, as if it were typed.
    FromTemplate { field: FieldRef, template: Template },
    /// An entry of a list moves. On the topics field the linked lists move along.
    MoveEntry { field: FieldRef, value: Value, nth: usize, place: Place },
    /// The item gets a topic, in all linked lists. It has it: nothing to do.
    AddTopic(String),
    /// The item loses a topic, in all linked lists. It has it not: nothing to do.
    RemoveTopic(String),
    /// A topic gets another name where the item has it; where it has both, the old one goes.
    RenameTopic { old: String, new: String },
    /// Derived fields follow (`set --derived`).
    Derive,
    /// Bytes for bytes, from an editor or from a write taken back.
    Text { at: usize, old: String, new: String },
    /// What was asked for before, where the file has changed in the same fields since: `over` are the edits that are decided about. Where
    /// `theirs`, they go, and the file's values stay; else they are made over what the file has now.
    Decide { theirs: bool, over: Vec<Edit> },
    /// The item gets this offering, at the end of its list and in the style of the others. It has it: nothing to do.
    AddOffering(Value),
    /// The item loses an offering. It has it not: nothing to do.
    RemoveOffering(Which),
    /// Another offering stands in an offering's place, or the same one says what this entry says. The item has both: the old one goes.
    ReplaceOffering { which: Which, entry: Value },
    /// An offering gets another label, and what follows from its label follows.
    RenameOffering { which: Which, label: String },
}

impl Intent {
    /// Whether the item's file is looked at anew, where it has changed since: what was said of topics and offerings means the same in
    /// whatever stands there now, so that what somebody else added or took away never contradicts it.
    pub fn is_made_anew(&self) -> bool {
        let of_topics = matches!(self, Intent::AddTopic(_) | Intent::RemoveTopic(_) | Intent::RenameTopic { .. });
        let of_one_offering = matches!(self, Intent::AddOffering(_) | Intent::RemoveOffering(_));
        of_topics || of_one_offering || matches!(self, Intent::ReplaceOffering { .. } | Intent::RenameOffering { .. })
    }
}

impl Intent {
    /// The topics, and the labels of the offerings, that it takes from an item; `value` gives the front matter that they stand in.
    pub fn taken(&self, profile: &Profile, value: impl FnOnce() -> Option<Value>) -> Vec<String> {
        match (self, &profile.offerings) {
            (Intent::RemoveTopic(topic), _) => vec![topic.clone()],
            (Intent::RemoveOffering(Which::Label(label)), _) => vec![label.clone()],
            (Intent::RemoveOffering(which), Some(rule)) => {
                let value = value().unwrap_or(Value::Null);
                rule.entries(&value)
                    .iter()
                    .filter(|entry| rule.is(which, entry))
                    .filter_map(|entry| rule.label(entry))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it says what a field holds: what is copied or taken out as a whole is not looked at again.
    pub(super) fn names_values(&self) -> bool {
        let typed = matches!(self, Intent::Set { .. } | Intent::SetText { .. } | Intent::Append { .. });
        typed || matches!(self, Intent::Replace { .. } | Intent::CopyFrom { .. } | Intent::FromTemplate { .. })
    }

    /// Whether it speaks of bytes, and not of fields.
    pub fn is_text(&self) -> bool {
        matches!(self, Intent::Text { .. })
    }
}
