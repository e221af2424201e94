//! Drafts put on disk: what each batch changes in a file is in the history, and the whole write in its plan, before the first file is
//! replaced. Files are answered for when all of them are safe.
//!
//! Not here: what a draft's text is (`work`), the order of the calls (`write::many`), a write that was cut short ([`super::go_on`]).

use std::sync::Arc;

use super::past::hunks_of;
use super::{Draft, Workshop, disk};
use crate::app::Event;
use crate::app::event::{CutShort, WriteEnd, WrittenFile};
use crate::content::Document;
use crate::content::diff::Diff;
use crate::library::drafts::{DraftFile, WrittenStep};
use crate::library::history::{Head, Patch};
use crate::library::{BatchId, Row};
use crate::shell::calls::Calls;
use crate::shell::history::{Writing, now};
use crate::shell::root::reason;
use crate::shell::write::many::{Cut, Ground, Many, Refused, Text};

/// Files that are made ready at a time, by two threads.
const CHUNK: usize = 64;

/// A file, ready to be replaced.
struct Prepared {
    draft: Draft,
    row: Row,
    steps: Vec<WrittenStep>,
    patches: Vec<Patch>,
}

/// A write under way.
struct Going<'a> {
    many: Many<'a>,
    history: Option<Writing>,
    /// The answers of the files that are ready, by their number.
    ready: Vec<(usize, Arc<str>, WrittenFile)>,
    /// Files of which the history says something that did not come to be.
    failed: Vec<String>,
}

/// Nothing more can be written.
struct Stop(String);

impl Workshop {
    /// What it writes goes to the disk by way of these calls.
    pub fn with_calls(mut self, calls: Calls) -> Workshop {
        self.history = self.history.map(|history| history.by(calls.clone()));
        self.calls = calls;
        self
    }

    /// Writes these files; `batches` have a part in them. Each that cannot be written is answered at once, all others when they are safe.
    pub(super) fn write_all(
        &self,
        files: Vec<DraftFile>,
        batches: Vec<Head>,
        cancelled: &(dyn Fn() -> bool + Sync),
        answer: &mut dyn FnMut(Event),
    ) -> WriteEnd {
        let nothing = |reason: String| WriteEnd::Nothing { reason };
        let Ok(root) = self.root.canonicalize() else { return nothing("the folder is gone".to_string()) };
        let ground = Ground { calls: &self.calls, root: &root, state: self.history.as_ref().map(|h| h.folder()) };
        let many = match Many::begin(ground, files.iter().map(|file| &*file.path)) {
            Ok(many) => many,
            Err(reason) => return nothing(reason),
        };
        let history = match self.begin(batches) {
            Ok(history) => history,
            Err(reason) => {
                many.give_up("");
                return nothing(reason);
            }
        };
        let mut going = Going { many, history, ready: Vec::new(), failed: Vec::new() };
        match self.stage_all(&mut going, files, cancelled, answer) {
            Ok(()) => replace(going, cancelled, answer),
            Err(Stop(reason)) => {
                let Going { many, history, ready, failed } = going;
                let cut = many.give_up(&reason);
                ended(history, ready.into_iter().map(|(_, path, _)| path.to_string()).chain(failed), answer);
                cut_short(cut)
            }
        }
    }

    fn begin(&self, mut batches: Vec<Head>) -> Result<Option<Writing>, String> {
        let Some(history) = &self.history else { return Ok(None) };
        let when = now();
        batches.iter_mut().for_each(|head| head.when = when);
        let begun = history.begin().and_then(|mut writing| writing.batches(batches).map(|()| writing));
        begun.map(Some).map_err(|error| unkept(&error))
    }

    /// Every text beside its file.
    fn stage_all(
        &self,
        going: &mut Going<'_>,
        files: Vec<DraftFile>,
        cancelled: &(dyn Fn() -> bool + Sync),
        answer: &mut dyn FnMut(Event),
    ) -> Result<(), Stop> {
        let mut files = files.into_iter().enumerate().peekable();
        while files.peek().is_some() {
            let chunk: Vec<(usize, DraftFile)> = files.by_ref().take(CHUNK).collect();
            for (at, path, prepared) in self.prepare_in_two(chunk) {
                if cancelled() {
                    return Err(Stop(String::new()));
                }
                let staged = match prepared {
                    Ok(prepared) => going.stage(at, &path, prepared)?,
                    Err(reason) => Err(reason),
                };
                if let Err(reason) = staged {
                    going.many.refuse(at);
                    answer(Event::Written { path, answer: Err(reason) });
                }
                tell(answer, at + 1, false, files.peek().is_none());
            }
        }
        if cancelled() {
            return Err(Stop(String::new()));
        }
        going.history.iter_mut().try_for_each(Writing::sync).map_err(|error| Stop(unkept(&error)))
    }

    fn prepare_in_two(&self, mut files: Vec<(usize, DraftFile)>) -> Vec<(usize, Arc<str>, Result<Prepared, String>)> {
        let prepare = |(at, file): (usize, DraftFile)| {
            let (path, prepared) = self.prepare(file);
            (at, path, prepared)
        };
        let right = files.split_off(files.len().div_ceil(2));
        std::thread::scope(|scope| {
            let other = scope.spawn(|| right.into_iter().map(prepare).collect::<Vec<_>>());
            let mut prepared: Vec<_> = files.into_iter().map(prepare).collect();
            prepared.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            prepared
        })
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

    /// The texts that a draft goes through, batch by batch, to its own.
    pub(super) fn stages(&self, file: &DraftFile, draft: &Draft) -> Vec<(BatchId, String)> {
        let Some((last, before)) = file.steps.split_last() else { return Vec::new() };
        let until = |at: usize| {
            let part = DraftFile { steps: file.steps[..=at].to_vec(), ..file.clone() };
            // Each was expanded on the text of those before it. Where it does not fit by itself any more, it goes with the next one.
            let text = self.drafted(&part, draft.disk.clone()).ok()?.draft.text().to_string();
            Some((file.steps[at].batch, text))
        };
        let mut stages: Vec<(BatchId, String)> = (0..before.len()).filter_map(until).collect();
        stages.push((last.batch, draft.draft.text().to_string()));
        stages
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
            let hunks = hunks_of(file, batch, &before.0, &text);
            let path = file.path.to_string();
            let taken = self.taken(file, batch, &before.0);
            patches.push(Patch { batch, path, before: before.1, after: after.clone(), hunks, taken });
            before = (text, after);
        }
        patches
    }

    /// What a batch takes from an item by what was meant: a topic that goes with a field that is put anew was not decided about. An
    /// offering's label is read in the text `before` the batch, for on disk it may never have stood.
    fn taken(&self, file: &DraftFile, batch: BatchId, before: &str) -> Vec<String> {
        let profile = self.profile().0;
        let value = || Document::open(before.as_bytes().to_vec()).ok()?.value().ok();
        let intents = file.steps.iter().filter(|step| step.batch == batch).flat_map(|step| step.intents.iter());
        intents.flat_map(|intent| intent.taken(&profile, value)).collect()
    }
}

impl Going<'_> {
    /// Puts a text beside its file; why not, where it alone cannot be written.
    fn stage(&mut self, at: usize, path: &Arc<str>, prepared: Prepared) -> Result<Result<(), String>, Stop> {
        let Prepared { draft: Draft { disk, draft, hash, remade }, row, steps, patches } = prepared;
        if let Some(history) = &mut self.history {
            history.patches(patches).map_err(|error| Stop(unkept(&error)))?;
        }
        let text = Text { at, before: &hash, text: draft.text(), steps: steps.clone() };
        match self.many.stage(text) {
            Ok(()) => {}
            Err(refused) => {
                self.failed.push(path.to_string());
                return match refused {
                    Refused::File(error) => Ok(Err(error.to_string())),
                    Refused::Disk(error) => Err(Stop(reason(&error))),
                };
            }
        }
        let diff = Diff::counts(disk.text(), draft.text());
        let base = disk::fingerprint(draft.text().as_bytes()).to_hex().to_string();
        let file = WrittenFile { steps, base, row, lines: (diff.changed(), diff.kept), remade };
        self.ready.push((at, path.clone(), file));
        Ok(Ok(()))
    }
}

/// Replaces the files, and answers for them.
fn replace(going: Going<'_>, cancelled: &(dyn Fn() -> bool + Sync), answer: &mut dyn FnMut(Event)) -> WriteEnd {
    let Going { many, history, ready, mut failed } = going;
    let all = ready.len();
    match many.replace(&cancelled, &mut |done| tell(answer, done, true, done == all)) {
        Ok(whole) => {
            let mut refused: std::collections::HashMap<usize, String> =
                whole.failed.into_iter().map(|(at, error)| (at, error.to_string())).collect();
            for (at, path, file) in ready {
                let ended = refused.remove(&at).map_or(Ok(file), Err);
                failed.extend(ended.is_err().then(|| path.to_string()));
                answer(Event::Written { path, answer: ended });
            }
            ended(history, failed, answer);
            WriteEnd::Whole { plan: whole.plan }
        }
        Err(cut @ Cut::Before(_)) => {
            ended(history, ready.into_iter().map(|(_, path, _)| path.to_string()).chain(failed), answer);
            cut_short(cut)
        }
        // The history waits for what becomes of it.
        Err(cut) => cut_short(cut),
    }
}

fn cut_short(cut: Cut) -> WriteEnd {
    match cut {
        Cut::Before(reason) => WriteEnd::Nothing { reason },
        Cut::After { written, planned, reason } => {
            WriteEnd::Cut(CutShort { written, planned, reason, ..CutShort::default() })
        }
    }
}

fn ended(history: Option<Writing>, failed: impl IntoIterator<Item = String>, answer: &mut dyn FnMut(Event)) {
    if let Some(writing) = history
        && let Err(error) = writing.done(failed.into_iter().collect())
    {
        answer(Event::Failed(unkept(&error)));
    }
}

/// Tells how far it is, the more seldom the longer it takes.
pub(super) fn tell(answer: &mut dyn FnMut(Event), done: usize, replacing: bool, is_last: bool) {
    if done < CHUNK || done.is_multiple_of(CHUNK) || is_last {
        answer(Event::Writing { done, replacing });
    }
}

/// Without a history nothing could be taken back: that is no way to write.
fn unkept(error: &std::io::Error) -> String {
    format!("the history cannot be kept ({error})")
}
