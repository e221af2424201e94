//! Carrying effects out: files read, intents expanded, drafts compared and written. One function from an effect to its events, so
//! that the workers' threads and the scenario tests do the same.
//!
//! Here: effects that need files or time to compute. Not here: threads (`desk`), terminal, journal, browser and clipboard.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::SystemTime;

use super::disk;
use super::finder::Finder;
use crate::app::effect::MatchJob;
use crate::app::event::{Expanded, FormSource, Found, Previewed, ReviewedFile, WrittenFile};
use crate::app::{Effect, Event};
use crate::content::diff::Diff;
use crate::content::edit::{self, Misfit};
use crate::content::summary::{self, Cell};
use crate::content::{Document, Edit, Value};
use crate::library::drafts::{DraftFile, ExpandJob, StepEdits};
use crate::library::{ItemId, Row, RowSpec};
use crate::preview::{Markup, card, wrap};
use crate::profile::expand::{self, Expansion};
use crate::profile::{Intent, Profile};

/// What the workers know: where the files lie and what their fields mean.
#[derive(Debug)]
pub struct Workshop {
    root: PathBuf,
    profile: RwLock<(Arc<Profile>, Arc<RowSpec>)>,
    finder: Finder,
}

/// A file and its draft.
struct Draft {
    disk: Document,
    draft: Document,
    hash: blake3::Hash,
    /// Whether the file has changed since the edits were made.
    remade: bool,
}

impl Workshop {
    /// A workshop for the files below `root`.
    pub fn new(root: PathBuf, profile: Profile) -> Workshop {
        let spec = RowSpec::of(&profile);
        Workshop { root, profile: RwLock::new((Arc::new(profile), Arc::new(spec))), finder: Finder::default() }
    }

    /// The fields mean something else from now on.
    pub fn set_profile(&self, profile: Profile) {
        let spec = RowSpec::of(&profile);
        // A writer that panicked left a whole pair: it is replaced in one assignment.
        *self.profile.write().unwrap_or_else(PoisonError::into_inner) = (Arc::new(profile), Arc::new(spec));
    }

    fn profile(&self) -> (Arc<Profile>, Arc<RowSpec>) {
        self.profile.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Carries an effect out and hands its answers over. `cancelled` ends a match that nobody waits for any more.
    pub fn perform(&self, effect: Effect, cancelled: &(dyn Fn() -> bool + Sync), answer: &mut dyn FnMut(Event)) {
        match effect {
            Effect::Match(job) => {
                if let Some(found) = self.find(&job, cancelled) {
                    answer(Event::Matched { generation: job.generation, found });
                }
            }
            Effect::ReadColumn { field, items } => {
                let read = |(id, path): (ItemId, Arc<str>)| {
                    let cells =
                        self.open(&path).ok().and_then(|d| summary::cells(&d, std::slice::from_ref(&field)).ok());
                    Some((id, cells?.into_iter().next()?))
                };
                let cells = items.into_iter().filter_map(read).collect();
                answer(Event::ColumnRead { field, cells });
            }
            Effect::Preview { generation, draft, width } => {
                let preview = self.preview(&draft, width);
                answer(Event::Previewed { generation, answer: preview });
            }
            Effect::Expand(job) => {
                let (path, batch) = (job.prior.path.clone(), job.batch);
                answer(Event::Expanded { path, batch, answer: self.expand(&job) });
            }
            Effect::Recompute(file) => {
                let row = self.draft(&file).and_then(|d| self.row(&file.path, &d.draft));
                answer(Event::Recomputed { path: file.path, answer: row });
            }
            Effect::LoadForm(file) => {
                let source = self.form_source(&file);
                answer(Event::FormLoaded { path: file.path, answer: source });
            }
            Effect::Diff(file) => {
                let diff = self.draft(&file).map(|d| Diff::between(d.disk.text(), d.draft.text()));
                answer(Event::Diffed { path: file.path, answer: diff });
            }
            Effect::Review { generation, files } => {
                self.review_all(files, &mut |file| answer(Event::Reviewed { generation, file }));
            }
            Effect::Write { files } => {
                for file in files {
                    let path = file.path.clone();
                    answer(Event::Written { path, answer: self.write(&file) });
                }
                answer(Event::WriteDone);
            }
            // The rest is the desk's own.
            Effect::Rest { .. }
            | Effect::Journal(_)
            | Effect::Open { .. }
            | Effect::Copy { .. }
            | Effect::Editor(_)
            | Effect::SaveView { .. }
            | Effect::Quit => {}
        }
    }

    fn find(&self, job: &MatchJob, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Found> {
        let (profile, spec) = self.profile();
        self.finder.find(job, &profile, &spec, cancelled)
    }

    /// A file with its draft.
    ///
    /// # Errors
    /// In words, where the file cannot be read or the draft does not fit any more.
    pub fn document(&self, file: &DraftFile) -> Result<Document, String> {
        self.draft(file).map(|d| d.draft)
    }

    fn open(&self, path: &str) -> Result<Document, String> {
        disk::read(&self.root.join(path)).map_err(|e| e.to_string())
    }

    /// The file as it is now, and with its draft. Where it has changed since the edits were made, they are made anew.
    fn draft(&self, file: &DraftFile) -> Result<Draft, String> {
        let disk = self.open(&file.path)?;
        let hash = disk::fingerprint(disk.text().as_bytes());
        let base = hash.to_hex();
        let draft = self.drafted(file, &disk, &base)?;
        Ok(Draft { disk, draft, hash, remade: is_remade(file, &base) })
    }

    /// The text with the draft's edits, verified.
    fn drafted(&self, file: &DraftFile, disk: &Document, base: &str) -> Result<Document, String> {
        if is_remade(file, base) {
            return self.made_anew(file, disk);
        }
        let edits: Vec<Edit> = file.steps.iter().flat_map(|s| s.edits.iter().cloned()).collect();
        edit::apply(disk, &edits).map_err(|e| misfit(&e))
    }

    /// What was said of topics and offerings is expanded anew, so that somebody else's never contradict it; all else is made by its old
    /// values, or is a conflict.
    fn made_anew(&self, file: &DraftFile, disk: &Document) -> Result<Document, String> {
        let (profile, _) = self.profile();
        let mut document = disk.clone();
        for step in &file.steps {
            if step.intents.iter().all(Intent::is_made_anew) {
                let edits = expand_all(&profile, &step.intents, &document)?.edits;
                document = edit::apply(&document, &edits).map_err(|e| misfit(&e))?;
            } else {
                document = edit::apply(&document, &step.edits).map_err(|e| misfit(&e))?;
            }
        }
        Ok(document)
    }

    fn row(&self, path: &Arc<str>, document: &Document) -> Result<Row, String> {
        let (_, spec) = self.profile();
        row(path, document, &spec)
    }

    fn preview(&self, file: &DraftFile, width: u16) -> Result<Previewed, String> {
        let (path, draft) = (&file.path, self.draft(file)?.draft);
        let value = draft.value().map_err(|e| e.to_string())?;
        let card = card::card(&self.profile().0, &value);
        let body = wrap::render(draft.body(), Markup::of(path), width as usize);
        Ok(Previewed { path: path.clone(), card, body })
    }

    /// What the intents of a batch mean in one item. For that, values are enough, and ten thousand items need nothing more; the text is
    /// made and verified when it is looked at, and anew, by two parsers, before it is written. Where a front matter is not plain to
    /// read, its text is made here: what would refuse it then does so now.
    fn expand(&self, job: &ExpandJob) -> Result<Expanded, String> {
        let (profile, spec) = self.profile();
        let disk = self.open(&job.prior.path)?;
        let hash = disk::fingerprint(disk.text().as_bytes());
        let base = hash.to_hex().to_string();
        let speaks_of_bytes = job.intents.iter().all(Intent::is_text);
        let plain = if speaks_of_bytes { None } else { value_of_draft(&disk, &job.prior, &base) };
        if let Some(mut value) = plain {
            let (made, counts) = of_fields(&profile, &job.intents, &mut value).map_err(|e| misfit(&e))?;
            let row = spec.wanted().into_iter().map(|(cell, field)| (cell, Cell::of(&field, &value)));
            let row = Row::new(job.prior.path.clone(), row);
            return Ok(Expanded { edits: StepEdits { edits: made.edits, counts }, base, row, left: made.left });
        }
        let draft = self.drafted(&job.prior, &disk, &base)?;
        let (changed, (made, counts)) = match speaks_of_bytes {
            // Bytes of one file stand and fall together: they have no counts.
            true => {
                let made = of_bytes(&profile, &job.intents, &draft)?;
                (edit::apply(&draft, &made.edits).map_err(|e| misfit(&e))?, (made, Vec::new()))
            }
            false => {
                let expand = |value: &Value| of_fields(&profile, &job.intents, &mut value.clone());
                edit::expanded(&draft, expand, |made| &made.0.edits).map_err(|e| misfit(&e))?
            }
        };
        let row = self.row(&job.prior.path, &changed)?;
        Ok(Expanded { edits: StepEdits { edits: made.edits, counts }, base, row, left: made.left })
    }

    fn form_source(&self, file: &DraftFile) -> Result<FormSource, String> {
        let Draft { disk, draft, .. } = self.draft(file)?;
        let value = |d: &Document| d.value().map_err(|e| e.to_string());
        Ok(FormSource { value: value(&draft)?, original: value(&disk)? })
    }

    /// In their order, two at a time; the first few are answered at once.
    fn review_all(&self, mut files: Vec<DraftFile>, answer: &mut dyn FnMut(ReviewedFile)) {
        const FIRST: usize = 8;
        const CHUNK: usize = 64;
        let mut chunk = FIRST;
        while !files.is_empty() {
            let rest = files.split_off(chunk.min(files.len()));
            let right = files.split_off(files.len() / 2);
            let review = |files: Vec<DraftFile>| files.into_iter().map(|file| self.review(file)).collect::<Vec<_>>();
            let (left, right) = thread::scope(|scope| {
                let other = scope.spawn(|| review(right));
                (review(files), other.join())
            });
            left.into_iter().for_each(&mut *answer);
            // A panic goes on here as if this thread had done all of it.
            right.unwrap_or_else(|panic| std::panic::resume_unwind(panic)).into_iter().for_each(&mut *answer);
            (files, chunk) = (rest, CHUNK);
        }
    }

    fn review(&self, file: DraftFile) -> ReviewedFile {
        let (mut title, edits) = (String::new(), file.count());
        let answer = self.draft(&file).map(|d| {
            title = self.row(&file.path, &d.draft).map(|row| row.title().to_string()).unwrap_or_default();
            Diff::between(d.disk.text(), d.draft.text())
        });
        ReviewedFile { path: file.path, title, edits, answer }
    }

    fn write(&self, file: &DraftFile) -> Result<WrittenFile, String> {
        let Draft { disk, draft, hash, remade } = self.draft(&file.chosen())?;
        let row = self.row(&file.path, &draft)?;
        let diff = Diff::between(disk.text(), draft.text());
        let path = self.root.join(&*file.path);
        let saved = disk::save(&self.root, &path, &hash, draft.text()).map_err(|e| e.to_string())?;
        let base = saved.hash.to_hex().to_string();
        Ok(WrittenFile { steps: file.to_write(), base, row, lines: (diff.changed(), diff.kept), remade })
    }
}

/// All intents of a batch over one document: one parse and one verification, however many there are. They speak of fields, or all of
/// them of bytes.
fn expand_all(profile: &Profile, intents: &[Intent], document: &Document) -> Result<Expansion, String> {
    if intents.iter().all(Intent::is_text) {
        return of_bytes(profile, intents, document);
    }
    let mut value = document.value().map_err(|e| e.to_string())?;
    of_fields(profile, intents, &mut value).map(|(all, _)| all).map_err(|e| misfit(&e))
}

/// Whether the file has changed since the draft's edits were made.
fn is_remade(file: &DraftFile, base: &str) -> bool {
    file.base.as_deref().is_some_and(|made_from| made_from != base)
}

/// The value with the draft's edits, where it is known without a text being made: a plain front matter, edits of fields, and a file
/// that is what they were made from.
fn value_of_draft(disk: &Document, file: &DraftFile, base: &str) -> Option<Value> {
    if is_remade(file, base) {
        return None;
    }
    let mut value = summary::plain_value(disk)?;
    for step in &file.steps {
        edit::apply_to_value(&mut value, &step.edits).ok()?;
    }
    Some(value)
}

/// The edits of intents that speak of bytes. The front matter need not parse: they may be what repairs it.
fn of_bytes(profile: &Profile, intents: &[Intent], document: &Document) -> Result<Expansion, String> {
    let mut all = Expansion::default();
    for intent in intents {
        all.edits.extend(expand::expand(profile, intent, document).map_err(|e| e.to_string())?.edits);
    }
    Ok(all)
}

/// The edits of all intents, each seeing the result of those before; and how many each has, where there are several. They are made in
/// `value`.
fn of_fields(profile: &Profile, intents: &[Intent], value: &mut Value) -> Result<(Expansion, Vec<usize>), Misfit> {
    let now = SystemTime::now();
    let mut all = Expansion::default();
    let mut counts = Vec::with_capacity(intents.len());
    for intent in intents {
        let expansion = expand::expand_value(profile, intent, value, now)?;
        edit::apply_to_value(value, &expansion.edits)?;
        counts.push(expansion.edits.len());
        all.edits.extend(expansion.edits);
        all.left.extend(expansion.left);
    }
    if counts.len() < 2 {
        counts.clear();
    }
    Ok((all, counts))
}

/// The row of a document.
pub fn row(path: &Arc<str>, document: &Document, spec: &RowSpec) -> Result<Row, String> {
    let (fields, wanted): (Vec<_>, Vec<_>) = spec.wanted().into_iter().unzip();
    let cells = summary::cells(document, &wanted).map_err(|e| e.to_string())?;
    Ok(Row::new(path.clone(), fields.into_iter().zip(cells)))
}

fn misfit(misfit: &Misfit) -> String {
    match misfit {
        Misfit::Changed { field, was, now } => {
            let show = |value: &Option<Value>| match value.as_ref().map(Value::scalar_text) {
                None => "(missing)".to_string(),
                Some(None) => "(a list or map)".to_string(),
                Some(Some(text)) if text.is_empty() => "(blank)".to_string(),
                Some(Some(text)) => text,
            };
            format!("{field} has changed on disk: was {}, now {}; u drops your edit", show(was), show(now))
        }
        Misfit::Refused(refusal) => refusal.to_string(),
    }
}
