//! Drafts put on disk: what each batch changes in a file is in the history before the file is replaced.
//!
//! Not here: what a draft's text is (`work`), and the single save (`disk`).

use std::sync::Arc;

use super::{Draft, Workshop, disk};
use crate::app::Event;
use crate::app::event::WrittenFile;
use crate::content::diff::Diff;
use crate::content::patch::between;
use crate::library::Row;
use crate::library::drafts::{DraftFile, WrittenStep};
use crate::library::history::{Head, Patch};
use crate::shell::history::{Writing, now};

/// Files whose patches are made safe at once, before the first of them is replaced.
const CHUNK: usize = 64;

/// A file, ready to be replaced.
struct Prepared {
    draft: Draft,
    row: Row,
    steps: Vec<WrittenStep>,
    patches: Vec<Patch>,
}

impl Workshop {
    /// Writes these files; each is answered, unless `cancelled` ends the write before it. `batches` have a part in them.
    pub(super) fn write_all(
        &self,
        files: Vec<DraftFile>,
        batches: Vec<Head>,
        cancelled: &(dyn Fn() -> bool + Sync),
        answer: &mut dyn FnMut(Event),
    ) {
        let mut writing = self.begin(batches);
        let mut failed = Vec::new();
        let mut files = files.into_iter().peekable();
        while files.peek().is_some() && !cancelled() {
            let mut prepared: Vec<_> = files.by_ref().take(CHUNK).map(|file| self.prepare(file)).collect();
            let patches = prepared.iter_mut().flat_map(|(_, file)| file.iter_mut());
            let patches = patches.flat_map(|file| std::mem::take(&mut file.patches)).collect();
            let kept = match &mut writing {
                Ok(Some(writing)) => writing.patches(patches).map_err(|error| unkept(&error.to_string())),
                Ok(None) => Ok(()),
                Err(reason) => Err(reason.clone()),
            };
            for (path, prepared) in prepared {
                if cancelled() {
                    failed.push(path.to_string());
                    continue;
                }
                let ended = kept.clone().and(prepared).and_then(|prepared| self.put(&path, prepared, &mut failed));
                answer(Event::Written { path, answer: ended });
            }
        }
        if let Ok(Some(writing)) = writing
            && let Err(error) = writing.done(failed)
        {
            answer(Event::Failed(unkept(&error.to_string())));
        }
    }

    fn begin(&self, mut batches: Vec<Head>) -> Result<Option<Writing>, String> {
        let Some(history) = &self.history else { return Ok(None) };
        let when = now();
        batches.iter_mut().for_each(|head| head.when = when);
        let begun = history.begin().and_then(|mut writing| writing.batches(batches).map(|()| writing));
        begun.map(Some).map_err(|error| format!("{}: not written", unkept(&error.to_string())))
    }

    fn prepare(&self, file: DraftFile) -> (Arc<str>, Result<Prepared, String>) {
        let file = self.by_hunks(file);
        let chosen = file.chosen();
        let prepared = self.draft(&chosen).and_then(|draft| {
            let row = self.row(&file.path, &draft.draft)?;
            let patches = if self.history.is_some() { self.patches(&chosen, &draft) } else { Vec::new() };
            Ok(Prepared { draft, row, steps: file.to_write(), patches })
        });
        (file.path, prepared)
    }

    /// What each batch changes in a file.
    fn patches(&self, file: &DraftFile, draft: &Draft) -> Vec<Patch> {
        let mut before = (draft.disk.text().to_string(), draft.hash.to_hex().to_string());
        let mut patches = Vec::new();
        for (batch, text) in self.stages(file, draft) {
            if text == before.0 {
                continue;
            }
            let after = disk::fingerprint(text.as_bytes()).to_hex().to_string();
            let hunks = between(&before.0, &text);
            let path = file.path.to_string();
            patches.push(Patch { batch, path, before: before.1, after: after.clone(), hunks });
            before = (text, after);
        }
        patches
    }

    /// Replaces a file. One that has its old text still, for whatever reason, is among those that failed.
    fn put(&self, path: &Arc<str>, prepared: Prepared, failed: &mut Vec<String>) -> Result<WrittenFile, String> {
        let Prepared { draft: Draft { disk, draft, hash, remade }, row, steps, .. } = prepared;
        let diff = Diff::counts(disk.text(), draft.text());
        let file = self.root.join(&**path);
        let saved = disk::save(&self.root, &file, &hash, draft.text()).map_err(|error| {
            let is_there = disk::read_bytes(&file).is_ok_and(|bytes| bytes == draft.text().as_bytes());
            failed.extend((!is_there).then(|| path.to_string()));
            error.to_string()
        })?;
        let base = saved.hash.to_hex().to_string();
        Ok(WrittenFile { steps, base, row, lines: (diff.changed(), diff.kept), remade })
    }
}

/// Without a history nothing could be taken back: that is no way to write.
fn unkept(reason: &str) -> String {
    format!("the history cannot be kept ({reason})")
}
