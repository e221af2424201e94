//! Carrying effects out: files read, intents expanded, drafts compared and written. One function from an effect to its events, so
//! that the workers' threads and the scenario tests do the same.
//!
//! Here: effects that need files or time to compute. Not here: threads (`desk`), terminal, journal, browser and clipboard.

mod anew;
mod go_on;
mod own;
mod past;
mod write;

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use self::own::Own;
use super::calls::Calls;
use super::disk;
use super::entries::Entries;
use super::finder::Finder;
use super::foresight::{self, Foresight};
use super::history::History;
use super::learn::Lessons;
use crate::app::effect::MatchJob;
use crate::app::event::{Expanded, FormSource, Found};
use crate::app::{Effect, Event};
use crate::content::diff::Diff;
use crate::content::edit::{self, Misfit};
use crate::content::summary::{self, Cell};
use crate::content::{Document, FieldPath, FieldRef, Format, Value, body};
use crate::library::clusters::clusters;
use crate::library::drafts::{DraftFile, ExpandJob, StepEdits, in_words};
use crate::library::{Row, RowSpec};
use crate::profile::expand::{self, Expansion};
use crate::profile::{FindingKind, Intent, OfferingsRule, Profile, findings, image_fields};

/// So many items' offerings are handed over at a time.
const ENTRIES_AT_ONCE: usize = 2048;

/// What the workers know: where the files lie and what their fields mean.
#[derive(Debug)]
pub struct Workshop {
    root: PathBuf,
    profile: RwLock<(Arc<Profile>, Arc<RowSpec>)>,
    finder: Finder,
    /// What was learned of the library.
    pub(super) lessons: Lessons,
    /// The offerings of the library, as findings were last looked for.
    pub(super) entries: Mutex<Entries>,
    foresight: Foresight,
    /// Where writes are kept, so that they can be taken back, and their plans.
    history: Option<History>,
    calls: Calls,
    own: Own,
    /// Answers queries to mark by, so that the list's last answer stays.
    marker: Finder,
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
        let profile = RwLock::new((Arc::new(profile), Arc::new(spec)));
        let (finder, foresight, marker) = (Finder::default(), Foresight::default(), Finder::default());
        let (lessons, entries, calls) = (Lessons::default(), Mutex::default(), Calls::default());
        Workshop {
            root,
            profile,
            finder,
            lessons,
            entries,
            foresight,
            marker,
            history: None,
            calls,
            own: Own::default(),
        }
    }

    /// What it writes is kept in the history of this state folder.
    pub fn with_history_in(mut self, folder: PathBuf) -> Workshop {
        self.history = Some(History::new(folder, self.root.clone()));
        self
    }

    /// The fields mean something else from now on.
    pub fn set_profile(&self, profile: Profile) {
        let spec = RowSpec::of(&profile);
        // A writer that panicked left a whole pair: it is replaced in one assignment.
        *self.profile.write().unwrap_or_else(PoisonError::into_inner) = (Arc::new(profile), Arc::new(spec));
        *self.entries.lock().unwrap_or_else(PoisonError::into_inner) = Entries::default();
    }

    /// Where the files lie.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn profile(&self) -> (Arc<Profile>, Arc<RowSpec>) {
        self.profile.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Carries an effect out and hands its answers over. `cancelled` ends a match that nobody waits for any more.
    pub fn perform(&self, effect: Effect, cancelled: &(dyn Fn() -> bool + Sync), answer: &mut dyn FnMut(Event)) {
        match effect {
            Effect::Match(job) => {
                if let Some(found) = self.find(&self.finder, &job, cancelled) {
                    answer(Event::Matched { generation: job.generation, found });
                }
            }
            Effect::FindMarks(job) => {
                let found = self.find(&self.marker, &job, cancelled);
                found.into_iter().for_each(|found| answer(Event::MarksFound { generation: job.generation, found }));
            }
            Effect::ReadColumn { field, items } => {
                let cells = items.into_iter().filter_map(|(id, path)| Some((id, self.cell(&path, &field)?))).collect();
                answer(Event::ColumnRead { field, cells });
            }
            Effect::Preview { generation, item, width } => {
                answer(Event::Previewed { generation, answer: self.preview(&item, width) });
            }
            Effect::Expand(job) => {
                let (path, batch) = (job.prior.path.clone(), job.batch);
                answer(Event::Expanded { path, batch, answer: self.expand(&job) });
            }
            Effect::Recompute(file) => {
                let made = self.recomputed(&file).map(Box::new);
                answer(Event::Recomputed { path: file.path, answer: made });
            }
            Effect::Look { items } => answer(Event::Looked(self.look(items))),
            Effect::LearnAll { .. } | Effect::Learn { .. } | Effect::Suggest { .. } => self.advise(effect, answer),
            Effect::Survey(job) => self.surveyed(&job, cancelled, answer),
            Effect::LoadForm(file) => {
                let source = self.form_source(&file);
                answer(Event::FormLoaded { path: file.path, answer: source });
            }
            Effect::LoadForms { generation, files } => self.merged(generation, &files, cancelled, answer),
            Effect::FindFields { files } => {
                answer(Event::FieldsFound(foresight::fields(self, &self.profile().0, &files)));
            }
            Effect::Foresee(job) => self.foresight.run(&job, (self, &self.profile().0), cancelled, answer),
            Effect::Diff(_) | Effect::Review(_) | Effect::Hunks(_) | Effect::Write { .. } | Effect::GoOn(_) => {
                self.save(effect, cancelled, answer);
            }
            Effect::History | Effect::ShowBatch { .. } | Effect::TakeBack { .. } => self.look_back(effect, answer),
            Effect::FindNear { generation, topics } => answer(near(generation, &topics)),
            Effect::ReadOfferings { files } => self.offerings(files, answer),
            // The rest is the desk's own.
            Effect::LookAgain
            | Effect::LookFor(_)
            | Effect::TakeOver
            | Effect::Rest { .. }
            | Effect::Keep
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
                let diff = self.looked_at(&file).map(|d| Diff::between(d.disk.text(), d.draft.text()));
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
            Effect::Write { files, batches } => {
                self.writing(answer, |answer| Event::WriteEnded(self.write_all(files, batches, cancelled, answer)));
            }
            Effect::GoOn(way) => self.writing(answer, |answer| self.go_on(way, cancelled, answer)),
            _ => {}
        }
    }

    fn find(&self, finder: &Finder, job: &MatchJob, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Found> {
        let (profile, spec) = self.profile();
        finder.find(job, &profile, &spec, cancelled)
    }

    /// The entries of offerings of many files: by two threads where they have no draft, with it where they have.
    fn offerings(&self, files: Vec<DraftFile>, answer: &mut dyn FnMut(Event)) {
        let (profile, _) = self.profile();
        let Some(rule) = &profile.offerings else { return };
        for chunk in files.chunks(ENTRIES_AT_ONCE) {
            answer(Event::OfferingsRead { read: self.read_entries(rule, chunk) });
        }
    }

    /// The entries of these files, with their drafts.
    pub(super) fn read_entries(&self, rule: &OfferingsRule, files: &[DraftFile]) -> Vec<(Arc<str>, Vec<Value>)> {
        let list = |value: Option<Value>| if let Some(Value::Seq(entries)) = value { entries } else { Vec::new() };
        let (drafts, plain): (Vec<_>, Vec<_>) = files.iter().partition(|file| !file.steps.is_empty());
        let read = Mutex::new(Vec::with_capacity(files.len()));
        super::read::values(&self.root, plain.iter().map(|file| file.path.clone()), &rule.field, |held| {
            // What cannot be read has none. Taken one by one: there is no half of one.
            let entries = held.into_iter().map(|(path, value)| (path, list(value.ok().flatten())));
            read.lock().unwrap_or_else(PoisonError::into_inner).extend(entries);
            true
        });
        let mut read = read.into_inner().unwrap_or_else(PoisonError::into_inner);
        for file in drafts {
            let value = self.looked_at(file).ok().and_then(|d| summary::value(&d.draft, &rule.field).ok()).flatten();
            read.push((file.path.clone(), list(value)));
        }
        read
    }

    fn cell(&self, path: &str, field: &FieldRef) -> Option<Cell> {
        let cells = summary::cells(&self.open(path).ok()?, std::slice::from_ref(field)).ok()?;
        cells.into_iter().next()
    }

    /// A file with its draft, as if conflicts were decided for the curator.
    ///
    /// # Errors
    /// In words, where the file cannot be read or the draft does not fit any more.
    pub fn document(&self, file: &DraftFile) -> Result<Document, String> {
        self.looked_at(file).map(|d| d.draft)
    }

    pub(super) fn open(&self, path: &str) -> Result<Document, String> {
        disk::read(&self.root.join(path)).map_err(|e| e.to_string())
    }

    /// The file as it is now, and with its draft. Where it has changed since the edits were made, they are made anew.
    pub(super) fn draft(&self, file: &DraftFile) -> Result<Draft, String> {
        self.drafted(file, self.open(&file.path)?)
    }

    /// The same over a file that has been read.
    pub(super) fn drafted(&self, file: &DraftFile, disk: Document) -> Result<Draft, String> {
        let hash = disk::fingerprint(disk.text().as_bytes());
        let base = hash.to_hex();
        let draft = self.text_of_draft(file, &disk, &base)?;
        Ok(Draft { disk, draft, hash, remade: is_remade(file, &base) })
    }

    /// The text with the draft's edits, verified.
    fn text_of_draft(&self, file: &DraftFile, disk: &Document, base: &str) -> Result<Document, String> {
        if !is_remade(file, base) {
            return edit::apply(disk, &self.edits_of(&file.decided(), disk)).map_err(|e| misfit(&e));
        }
        let made = self.anew(file, disk)?;
        match made.conflicts.first().and_then(|conflict| conflict.clashes.first()) {
            None => Ok(made.document),
            Some(clash) => Err(both_changed(&clash.field, clash.was.as_ref(), clash.theirs.as_ref())),
        }
    }

    /// The value with the draft's edits, where it is known without a text being made: a plain front matter, edits of fields, and a file
    /// that is what they were made from.
    fn value_of_draft(&self, file: &DraftFile, disk: &Document, base: &str) -> Option<Value> {
        if is_remade(file, base) {
            return None;
        }
        let mut value = summary::plain_value(disk)?;
        edit::apply_to_value(&mut value, &self.edits_of(&file.decided(), disk)).ok()?;
        Some(value)
    }

    fn row(&self, path: &Arc<str>, document: &Document) -> Result<Row, String> {
        let (_, spec) = self.profile();
        row(path, document, &spec)
    }

    /// What the intents of a batch mean in one item. For that, values are enough, and ten thousand items need nothing more; the text is
    /// made and verified when it is looked at, and anew, by two parsers, before it is written. Where a front matter is not plain to
    /// read, its text is made here: what would refuse it then does so now.
    fn expand(&self, job: &ExpandJob) -> Result<Expanded, String> {
        let (profile, spec) = self.profile();
        let (path, disk) = (&job.prior.path, self.open(&job.prior.path)?);
        let base = disk::fingerprint(disk.text().as_bytes()).to_hex().to_string();
        if job.intents.iter().any(|intent| matches!(intent, Intent::Decide { .. })) {
            let edits = self.decided(job, &disk)?;
            let row = self.row(path, &self.text_to_look_at(&job.prior, &disk, &base)?)?;
            return Ok(Expanded { edits, base, row, left: Vec::new() });
        }
        let speaks_of_bytes = job.intents.iter().all(Intent::is_text);
        let plain = if speaks_of_bytes { None } else { self.value_of_draft(&job.prior, &disk, &base) };
        if let Some(value) = plain {
            let Made { expansion, counts, after } = of_fields(&profile, &job.intents, value).map_err(|e| misfit(&e))?;
            let cells = spec.wanted().into_iter().map(|(cell, field)| (cell, Cell::of(&field, &after)));
            let row = Row::new(path.clone(), cells).with(self.bits_of(&after, &disk));
            let edits = StepEdits { edits: expansion.edits, counts };
            return Ok(Expanded { edits, base, row, left: expansion.left });
        }
        let draft = self.text_to_look_at(&job.prior, &disk, &base)?;
        let (changed, Made { expansion, counts, after }) = match speaks_of_bytes {
            // Bytes of one file stand and fall together: they have no counts.
            true => {
                let expansion = of_bytes(&profile, &job.intents, &draft)?;
                let changed = edit::apply(&draft, &expansion.edits).map_err(|e| misfit(&e))?;
                let after = changed.value().map_err(|e| e.to_string())?;
                (changed, Made { expansion, counts: Vec::new(), after })
            }
            false => {
                let expand = |value: &Value| of_fields(&profile, &job.intents, value.clone());
                edit::expanded(&draft, expand, |made| &made.expansion.edits).map_err(|e| misfit(&e))?
            }
        };
        // The value is at hand here: what was mended is gone from the list at once.
        let row = self.row(path, &changed)?.with(self.bits_of(&after, &changed));
        let edits = StepEdits { edits: expansion.edits, counts };
        Ok(Expanded { edits, base, row, left: expansion.left })
    }

    fn form_source(&self, file: &DraftFile) -> Result<FormSource, String> {
        let Draft { disk, draft, .. } = self.looked_at(file)?;
        let has_null = disk.format() != Format::Toml;
        let value = |d: &Document| d.value().map_err(|e| e.to_string());
        let (value, original, profile) = (value(&draft)?, value(&disk)?, self.profile().0);
        let of_body = findings(&profile, &value, Some(&body::text(draft.body())));
        let of_body = of_body.into_iter().filter(|finding| finding.kind == FindingKind::Description).collect();
        let is_there = |(field, name): (FieldPath, String)| Some((field, self.image_is_there(&file.path, &name)?));
        let images = image_fields(&value).into_iter().filter_map(is_there).collect();
        Ok(FormSource { value, original, of_body, images, has_null })
    }

    /// Whether an image lies beside its item or where sites keep such files; not looked for outside the root.
    fn image_is_there(&self, item: &str, name: &str) -> Option<bool> {
        let name = Path::new(name.trim_start_matches('/').split(['?', '#']).next()?);
        if name.components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
            return None;
        }
        let beside = Path::new(item).parent().unwrap_or(Path::new(""));
        let folders = [beside, Path::new(""), Path::new("static"), Path::new("assets"), Path::new("public")];
        Some(folders.iter().any(|folder| self.root.join(folder).join(name).is_file()))
    }
}

fn near(generation: u64, topics: &[(String, usize)]) -> Event {
    let topics: Vec<(&str, usize)> = topics.iter().map(|(topic, uses)| (topic.as_str(), *uses)).collect();
    Event::NearFound { generation, clusters: clusters(&topics) }
}

/// Whether the file has changed since the draft's edits were made.
fn is_remade(file: &DraftFile, base: &str) -> bool {
    file.base.as_deref().is_some_and(|made_from| made_from != base)
}

/// The edits of intents that speak of bytes. The front matter need not parse: they may be what repairs it.
fn of_bytes(profile: &Profile, intents: &[Intent], document: &Document) -> Result<Expansion, String> {
    let mut all = Expansion::default();
    for intent in intents {
        all.edits.extend(expand::expand(profile, intent, document).map_err(|e| e.to_string())?.edits);
    }
    Ok(all)
}

/// What intents come to.
struct Made {
    expansion: Expansion,
    /// How many edits each intent has, where there are several.
    counts: Vec<usize>,
    /// The value with the edits.
    after: Value,
}

/// The edits of all intents, each seeing the result of those before.
fn of_fields(profile: &Profile, intents: &[Intent], mut value: Value) -> Result<Made, Misfit> {
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
    Ok(Made { expansion: all, counts, after: value })
}

/// The row of a document.
pub fn row(path: &Arc<str>, document: &Document, spec: &RowSpec) -> Result<Row, String> {
    let (fields, wanted): (Vec<_>, Vec<_>) = spec.wanted().into_iter().unzip();
    let cells = summary::cells(document, &wanted).map_err(|e| e.to_string())?;
    Ok(Row::new(path.clone(), fields.into_iter().zip(cells)))
}

fn misfit(misfit: &Misfit) -> String {
    match misfit {
        Misfit::Changed { field, was, now } => both_changed(field, was.as_ref(), now.as_ref()),
        Misfit::Refused(refusal) => refusal.to_string(),
    }
}

fn both_changed(field: &FieldPath, was: Option<&Value>, now: Option<&Value>) -> String {
    format!("{field} has changed on disk: was {}, now {}", in_words(was), in_words(now))
}
