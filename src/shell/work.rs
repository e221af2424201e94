//! Carrying effects out: files read, intents expanded, drafts compared and written. One function from an effect to its events, so
//! that the workers' threads and the scenario tests do the same.
//!
//! Here: effects that need files or time to compute. Not here: threads (`desk`), terminal, journal, browser and clipboard.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use super::disk;
use super::finder::Finder;
use super::foresight::{self, Foresight};
use crate::app::effect::MatchJob;
use crate::app::event::{Expanded, FormSource, Found, Previewed, WrittenFile};
use crate::app::{Effect, Event};
use crate::content::diff::Diff;
use crate::content::edit::{self, Misfit};
use crate::content::summary::Cell;
use crate::content::{Document, FieldRef, Value, summary};
use crate::library::drafts::{DraftFile, ExpandJob, StepEdits};
use crate::library::{Row, RowSpec};
use crate::preview::{Markup, card, wrap};
use crate::profile::expand::{self, Expansion};
use crate::profile::{Intent, Profile};

/// What the workers know: where the files lie and what their fields mean.
#[derive(Debug)]
pub struct Workshop {
    root: PathBuf,
    profile: RwLock<(Arc<Profile>, Arc<RowSpec>)>,
    finder: Finder,
    foresight: Foresight,
}

/// A file and its draft.
pub(super) struct Draft {
    pub disk: Document,
    pub draft: Document,
    hash: blake3::Hash,
    /// Whether the file has changed since the edits were made.
    remade: bool,
}

impl Workshop {
    /// A workshop for the files below `root`.
    pub fn new(root: PathBuf, profile: Profile) -> Workshop {
        let spec = RowSpec::of(&profile);
        Workshop {
            root,
            profile: RwLock::new((Arc::new(profile), Arc::new(spec))),
            finder: Finder::default(),
            foresight: Foresight::default(),
        }
    }

    /// The fields mean something else from now on.
    pub fn set_profile(&self, profile: Profile) {
        let spec = RowSpec::of(&profile);
        // A writer that panicked left a whole pair: it is replaced in one assignment.
        *self.profile.write().unwrap_or_else(PoisonError::into_inner) = (Arc::new(profile), Arc::new(spec));
    }

    pub(super) fn profile(&self) -> (Arc<Profile>, Arc<RowSpec>) {
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
                let cells = items.into_iter().filter_map(|(id, path)| Some((id, self.cell(&path, &field)?))).collect();
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
            Effect::FindFields { files } => {
                answer(Event::FieldsFound(foresight::fields(self, &self.profile().0, &files)));
            }
            Effect::Foresee(job) => self.foresight.run(&job, (self, &self.profile().0), cancelled, answer),
            Effect::Diff(_) | Effect::Review(_) | Effect::Hunks(_) | Effect::Write { .. } => {
                self.save(effect, cancelled, answer);
            }
            // The rest is the desk's own.
            Effect::Rest { .. }
            | Effect::StopWrite
            | Effect::Journal(_)
            | Effect::Open { .. }
            | Effect::Copy { .. }
            | Effect::Editor(_)
            | Effect::SaveView { .. }
            | Effect::Quit => {}
        }
    }

    /// What leads to a write, and the write.
    fn save(&self, effect: Effect, cancelled: &(dyn Fn() -> bool + Sync), answer: &mut dyn FnMut(Event)) {
        match effect {
            Effect::Diff(file) => {
                let diff = self.draft(&file).map(|d| Diff::between(d.disk.text(), d.draft.text()));
                answer(Event::Diffed { path: file.path, answer: diff });
            }
            Effect::Review(file) => {
                let (path, stamp) = (file.path.clone(), file.stamp);
                answer(Event::Reviewed { path, stamp, answer: self.review(file) });
            }
            Effect::Hunks(file) => {
                let (path, stamp) = (file.path.clone(), file.stamp);
                answer(Event::Hunks { path, stamp, found: self.hunks(file) });
            }
            Effect::Write { files } => {
                for file in files {
                    if cancelled() {
                        break;
                    }
                    let path = file.path.clone();
                    answer(Event::Written { path, answer: self.write(file) });
                }
                answer(Event::WriteDone);
            }
            _ => {}
        }
    }

    fn find(&self, job: &MatchJob, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Found> {
        let (profile, spec) = self.profile();
        self.finder.find(job, &profile, &spec, cancelled)
    }

    fn cell(&self, path: &str, field: &FieldRef) -> Option<Cell> {
        let cells = summary::cells(&self.open(path).ok()?, std::slice::from_ref(field)).ok()?;
        cells.into_iter().next()
    }

    /// A file with its draft.
    ///
    /// # Errors
    /// In words, where the file cannot be read or the draft does not fit any more.
    pub fn document(&self, file: &DraftFile) -> Result<Document, String> {
        self.draft(file).map(|d| d.draft)
    }

    pub(super) fn open(&self, path: &str) -> Result<Document, String> {
        disk::read(&self.root.join(path)).map_err(|e| e.to_string())
    }

    /// The file as it is now, and with its draft. Where it has changed since the edits were made, they are made anew.
    fn draft(&self, file: &DraftFile) -> Result<Draft, String> {
        self.drafted(file, self.open(&file.path)?)
    }

    /// The same over a file that has been read.
    pub(super) fn drafted(&self, file: &DraftFile, disk: Document) -> Result<Draft, String> {
        let hash = disk::fingerprint(disk.text().as_bytes());
        let remade = file.base.as_deref().is_some_and(|base| base != hash.to_hex().as_str());
        let draft = match remade {
            true => self.made_anew(file, &disk)?,
            false => {
                let edits = self.edits_of(file, &disk);
                edit::apply(&disk, &edits).map_err(|e| misfit(&e))?
            }
        };
        Ok(Draft { disk, draft, hash, remade })
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
                let alone = DraftFile { steps: vec![step.clone()], ..file.clone() };
                document = edit::apply(&document, &self.edits_of(&alone, &document)).map_err(|e| misfit(&e))?;
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

    fn expand(&self, job: &ExpandJob) -> Result<Expanded, String> {
        let (profile, _) = self.profile();
        let Draft { draft, hash, .. } = self.draft(&job.prior)?;
        let (changed, (expansion, counts)) = match &*job.intents {
            // Bytes of one file stand and fall together: they have no counts.
            intents if intents.iter().all(Intent::is_text) => {
                let expansion = of_bytes(&profile, intents, &draft)?;
                (edit::apply(&draft, &expansion.edits).map_err(|e| misfit(&e))?, (expansion, Vec::new()))
            }
            intents => {
                edit::expanded(&draft, |value| of_fields(&profile, intents, value.clone()), |made| &made.0.edits)
                    .map_err(|e| misfit(&e))?
            }
        };
        let row = self.row(&job.prior.path, &changed)?;
        let edits = StepEdits { edits: expansion.edits, counts };
        Ok(Expanded { edits, base: hash.to_hex().to_string(), row, left: expansion.left })
    }

    /// The values of these files with their drafts, on two threads.
    pub(super) fn values(&self, files: &[DraftFile]) -> Vec<Result<Value, String>> {
        let value = |file: &DraftFile| match file.steps.is_empty() {
            true => self.open(&file.path)?.value().map_err(|e| e.to_string()),
            false => self.draft(file)?.draft.value().map_err(|e| e.to_string()),
        };
        let (left, right) = files.split_at(files.len() / 2);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| right.iter().map(value).collect::<Vec<_>>());
            let mut values: Vec<_> = left.iter().map(value).collect();
            values.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            values
        })
    }

    fn form_source(&self, file: &DraftFile) -> Result<FormSource, String> {
        let Draft { disk, draft, .. } = self.draft(file)?;
        let value = |d: &Document| d.value().map_err(|e| e.to_string());
        Ok(FormSource { value: value(&draft)?, original: value(&disk)? })
    }

    fn write(&self, file: DraftFile) -> Result<WrittenFile, String> {
        let file = self.by_hunks(file);
        let Draft { disk, draft, hash, remade } = self.draft(&file.chosen())?;
        let row = self.row(&file.path, &draft)?;
        let diff = Diff::counts(disk.text(), draft.text());
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
    let value = document.value().map_err(|e| e.to_string())?;
    of_fields(profile, intents, value).map(|(all, _)| all).map_err(|e| misfit(&e))
}

/// The edits of intents that speak of bytes. The front matter need not parse: they may be what repairs it.
fn of_bytes(profile: &Profile, intents: &[Intent], document: &Document) -> Result<Expansion, String> {
    let mut all = Expansion::default();
    for intent in intents {
        all.edits.extend(expand::expand(profile, intent, document).map_err(|e| e.to_string())?.edits);
    }
    Ok(all)
}

/// The edits of all intents, each seeing the result of those before; and how many each has, where there are several.
fn of_fields(profile: &Profile, intents: &[Intent], mut value: Value) -> Result<(Expansion, Vec<usize>), Misfit> {
    let now = SystemTime::now();
    let mut all = Expansion::default();
    let mut counts = Vec::with_capacity(intents.len());
    for intent in intents {
        let expansion = expand::expand_value(profile, intent, &value, now)?;
        edit::apply_to_value(&mut value, &expansion.edits)?;
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
    Ok(Row::new(path.clone(), fields.into_iter().zip(cells).collect()))
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
