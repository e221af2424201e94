//! The history as the desk asks for it: what was written, and a batch of it taken back as edits of the drafts.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Draft, Workshop};
use crate::app::event::Restored;
use crate::app::{Effect, Event};
use crate::content::Edit;
use crate::content::diff::Diff;
use crate::content::patch::{Hunk, applied, between, with_lines_around};
use crate::library::BatchId;
use crate::library::drafts::DraftFile;
use crate::library::history::takeback::Change;
use crate::library::history::{Past, PastBatch};
use crate::profile::Intent;
use crate::shell::history::patch_at;
use crate::shell::takeback::TakeBack;

impl Workshop {
    /// What the history is asked for.
    pub(super) fn look_back(&self, effect: Effect, answer: &mut dyn FnMut(Event)) {
        match effect {
            Effect::History => answer(Event::History(self.past_batches())),
            Effect::ShowBatch { batch, drafts } => {
                answer(Event::BatchShown { batch, answer: self.show_batch(batch, &drafts) });
            }
            Effect::TakeBack { batch, drafts, undoing } => {
                let restored = self.take_back(batch, drafts, &undoing);
                answer(Event::TakenBack { batch, answer: restored });
            }
            _ => {}
        }
    }

    /// What was written, the last first.
    fn past_batches(&self) -> Result<Vec<PastBatch>, String> {
        let Some(history) = &self.history else { return Ok(Vec::new()) };
        Ok(history.past().map_err(|e| e.to_string())?.batches(|_| true))
    }

    /// What was taken from each item and written; one that cannot be read is told where the history is looked at.
    pub(in crate::shell) fn taken_before(&self) -> HashMap<String, Vec<String>> {
        self.history.as_ref().and_then(|history| history.past().ok()).map(Past::taken).unwrap_or_default()
    }

    /// What takes a written batch back in each of its files, on top of the drafts; `undoing` says which batches of theirs take back which.
    fn take_back(
        &self,
        batch: BatchId,
        drafts: Vec<DraftFile>,
        undoing: &HashMap<BatchId, BatchId>,
    ) -> Result<Restored, String> {
        let history = self.history.as_ref().ok_or("no history is kept here")?;
        let back = history.past().and_then(|past| TakeBack::new(history, past, vec![batch], |_| true));
        let back = back.map_err(|e| e.to_string())?;
        let drafts: HashMap<Arc<str>, DraftFile> = drafts.into_iter().map(|file| (file.path.clone(), file)).collect();
        let mut restored = Restored::default();
        for path in back.files() {
            match self.text_edits(&back, path, drafts.get(path), undoing) {
                Ok(intents) => restored.files.push((path.clone(), intents.into())),
                Err(reason) => restored.refused.push((path.clone(), reason)),
            }
        }
        Ok(restored)
    }

    /// What a batch changed, file by file: one of these drafts, or a written one.
    fn show_batch(&self, batch: BatchId, drafts: &[DraftFile]) -> Result<Diff, String> {
        let mut changed = Diff::default();
        for file in drafts {
            let draft = self.draft(file)?;
            let mut before = draft.disk.text().to_string();
            for (stage, text) in self.stages(file, &draft) {
                if stage == batch {
                    changed.add_hunks(&file.path, &between(&before, &text));
                }
                before = text;
            }
        }
        if let (true, Some(history)) = (drafts.is_empty(), &self.history) {
            let past = history.past().map_err(|e| e.to_string())?;
            let log = history.log().map_err(|e| e.to_string())?;
            let patches = past.patches().iter().filter(|patch| patch.head.batch == batch);
            for patch in patches.take(SHOWN_FILES) {
                changed.add_hunks(&patch.head.path, &patch_at(&log, patch).map_err(|e| e.to_string())?.hunks);
            }
        }
        Ok(changed)
    }

    fn text_edits(
        &self,
        back: &TakeBack,
        path: &Arc<str>,
        draft: Option<&DraftFile>,
        undoing: &HashMap<BatchId, BatchId>,
    ) -> Result<Vec<Intent>, String> {
        let none = || DraftFile { path: path.clone(), steps: Vec::new(), base: None, stamp: 0 };
        let file = draft.cloned().unwrap_or_else(none);
        let draft = self.draft(&file)?;
        let done = back.text(path, draft.disk.text(), draft.draft.text(), &self.unwritten(&file, &draft, undoing))?;
        let hunks = with_lines_around(draft.draft.text(), &done.hunks).unwrap_or_default();
        // From the end of the text backwards: the places of those that come later in it stay as they are.
        Ok(hunks.into_iter().rev().map(|hunk| Intent::Text { at: hunk.at, old: hunk.old, new: hunk.new }).collect())
    }

    fn unwritten(&self, file: &DraftFile, draft: &Draft, undoing: &HashMap<BatchId, BatchId>) -> Vec<Change> {
        let mut before = draft.disk.text().to_string();
        let change = |(batch, text): (BatchId, String)| {
            let hunks = hunks_of(file, batch, &before, &text);
            before = text;
            Change { batch, undoes: undoing.get(&batch).copied(), hunks }
        };
        self.stages(file, draft).into_iter().map(change).collect()
    }
}

/// What a batch's step made of a text. Where it put bytes in place, its own hunks: a comparison may find other places for them.
pub(super) fn hunks_of(file: &DraftFile, batch: BatchId, before: &str, after: &str) -> Vec<Hunk> {
    let steps = file.steps.iter().filter(|step| step.batch == batch);
    let own = steps.flat_map(|step| &step.edits).rev().map(|edit| match edit {
        Edit::Text { at, old, new } => Some(Hunk { at: *at, old: old.clone(), new: new.clone() }),
        _ => None,
    });
    let own: Option<Vec<Hunk>> = own.collect();
    own.filter(|hunks| applied(before, hunks).is_some_and(|text| text == after))
        .unwrap_or_else(|| between(before, after))
}

/// More files than this nobody looks through in the history.
const SHOWN_FILES: usize = 200;
