//! The review's work: what a write would make of one file, and which lines are whose.
//!
//! Here: the text of what is chosen, compared with the disk, and hunk by hunk. What a hunk shows is the difference between the text to be
//! written and the same text without it (or with it, where it is left out): what a box says is what is written. Not here: which
//! intents are one hunk (`library::drafts`), and the write itself (`work`).

use super::work::Workshop;
use crate::app::event::{FoundHunks, Hunk, ReviewSum};
use crate::content::diff::Diff;
use crate::content::{Document, Edit};
use crate::library::drafts::{DraftFile, IntentId};

impl Workshop {
    /// The field of `touch:`, where the profile names one.
    pub(super) fn stamp_field(&self) -> Option<String> {
        self.profile().0.touch.as_ref().map(|field| field.text().to_string())
    }

    /// The draft, what is left out of it made whole by hunks.
    pub(super) fn by_hunks(&self, file: DraftFile) -> DraftFile {
        file.by_hunks(self.stamp_field().as_deref())
    }

    /// All edits of a draft, in order. The stamp of `touch:` is set by every intent, over what the one before it set: where some are left
    /// out, the last one is made over what the file has.
    pub(super) fn edits_of(&self, file: &DraftFile, disk: &Document) -> Vec<Edit> {
        let mut edits: Vec<Edit> = file.steps.iter().flat_map(|s| s.edits.iter().cloned()).collect();
        let Some(field) = self.stamp_field() else { return edits };
        let is_stamp = |edit: &Edit| matches!(edit, Edit::Set { path, .. } if path.to_string() == field);
        let Some(last) = edits.iter().rposition(is_stamp) else { return edits };
        let mut at = 0;
        edits.retain(|edit| {
            at += 1;
            at - 1 == last || !is_stamp(edit)
        });
        if let Some(Edit::Set { path, old, .. }) = edits.iter_mut().rfind(|edit| is_stamp(edit)) {
            *old = disk.value().ok().and_then(|value| value.at(path).cloned());
        }
        edits
    }

    /// What a write of what is chosen would do to a file.
    pub(super) fn review(&self, file: DraftFile) -> Result<ReviewSum, String> {
        let stamp = self.stamp_field();
        let file = file.by_hunks(stamp.as_deref());
        let hunks = file.hunks(stamp.as_deref());
        let left_out = hunks.iter().filter(|hunk| hunk.iter().any(|id| file.is_left_out(*id))).count();
        let mut sum = ReviewSum { hunks: hunks.len(), left_out, ..ReviewSum::default() };
        if !sum.is_left_out() {
            let made = self.drafted(&file.chosen(), self.open(&file.path)?)?;
            let diff = Diff::counts(made.disk.text(), made.draft.text());
            (sum.added, sum.removed, sum.kept) = (diff.added, diff.removed, diff.kept);
        }
        Ok(sum)
    }

    /// The lines of a draft by its hunks. They are there to be chosen from even where the text cannot be made.
    pub(super) fn hunks(&self, file: DraftFile) -> FoundHunks {
        let file = self.by_hunks(file);
        let chosen = self.open(&file.path).and_then(|disk| self.drafted(&file.chosen(), disk));
        let hunks = file.hunks(self.stamp_field().as_deref());
        let mut found = FoundHunks::default();
        for intents in hunks {
            let left_out = intents.iter().any(|id| file.is_left_out(*id));
            let diff = match &chosen {
                Ok(made) => self.without(&file, &intents, made.disk.clone()).map(|other| match left_out {
                    true => Diff::by_fields(made.draft.text(), other.text()),
                    false => Diff::by_fields(other.text(), made.draft.text()),
                }),
                Err(_) => Ok(Diff::default()),
            };
            // A hunk that nothing can be shown of can still be left out or taken in.
            let diff = diff.unwrap_or_default();
            found.hunks.push(Hunk { field: field(&file, &intents), intents, title: String::new(), left_out, diff });
        }
        found.problem = chosen.err();
        found
    }

    /// The text to be written, but for these intents: without them where they are chosen, with them where they are left out.
    fn without(&self, file: &DraftFile, intents: &[IntentId], disk: Document) -> Result<Document, String> {
        let stays = |id: IntentId| file.is_left_out(id) == intents.contains(&id);
        let other = file.of(stays);
        if other.steps.is_empty() { Ok(disk) } else { self.drafted(&other, disk).map(|made| made.draft) }
    }
}

/// The field that a hunk begins with.
fn field(file: &DraftFile, intents: &[IntentId]) -> crate::content::FieldPath {
    let hunk = file.of(|id| intents.contains(&id));
    hunk.steps.iter().flat_map(|s| &s.edits).map(Edit::place).next().unwrap_or_default()
}
