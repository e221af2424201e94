//! The review: opening it, leaving hunks and files out, its filter, and the write.
//!
//! The drafts know what is left out; the review shows what a write of the rest would do, asked for file by file. Not here: what comes of a
//! write (`save`).

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::event::{FoundHunks, Hunk, ReviewSum};
use crate::app::review::{Review, ReviewFile, Writing};
use crate::app::state::WriteSum;
use crate::app::{Effect, Layer, State};
use crate::library::Record;
use crate::library::drafts::{DraftFile, IntentId};
use crate::profile::Intent;

use super::{forms, save, writing};

/// Opens the review of every draft. Edits that are on their way come first: it shows all or nothing.
pub fn open(state: &mut State) -> Vec<Effect> {
    if state.cut_short.is_some() {
        return writing::ask(state);
    }
    state.layers.push(Layer::Review(Review::default()));
    state.message = None;
    Vec::new()
}

/// The review that is open, under whatever lies over it.
pub fn of(state: &mut State) -> Option<&mut Review> {
    state.layers.iter_mut().find_map(|l| if let Layer::Review(review) = l { Some(review) } else { None })
}

/// An open review follows the drafts, and asks about what it shows and does not know.
pub fn follow(state: &mut State) -> Vec<Effect> {
    let (waits, revision) = (!state.batches.is_empty(), state.library.drafts.revision());
    let rows = usize::from(state.height);
    let Some(review) = of(state).filter(|review| review.writing.is_none()) else { return Vec::new() };
    review.waits = waits;
    if waits {
        return Vec::new();
    }
    if review.revision != Some(revision) {
        take_drafts(state, revision);
    }
    let Some(review) = of(state) else { return Vec::new() };
    let (questions, hunks) = (review.next_questions(rows), review.next_hunks());
    let drafts = &state.library.drafts;
    let mut effects: Vec<Effect> = hunks.iter().map(|path| Effect::Hunks(drafts.file(path))).collect();
    effects.extend(questions.iter().map(|path| Effect::Review(drafts.file(path))));
    effects
}

fn take_drafts(state: &mut State, revision: u64) {
    let library = &state.library;
    let title = |path: &str| library.find(path).map(|id| library.row(id).title().to_string()).unwrap_or_default();
    let paths = library.drafts.paths().into_iter().filter(|path| library.drafts.is_made(path));
    let file = |path: Arc<str>| ReviewFile::new(path.clone(), title(&path), library.drafts.stamp(&path));
    let files: Vec<ReviewFile> = paths.map(file).collect();
    if let Some(review) = of(state) {
        review.take_files(files, revision);
    }
    narrow(state);
}

/// Takes the answer about one file.
pub fn reviewed(state: &mut State, path: &str, stamp: u64, answer: Result<ReviewSum, String>) -> Vec<Effect> {
    // What stands against it may be for the curator to decide.
    let unknown = answer.is_err() && !state.library.conflicts.is_known(path);
    if let Some(review) = of(state) {
        review.take(path, stamp, answer);
    }
    unknown.then(|| Effect::Recompute(state.library.drafts.file(path))).into_iter().collect()
}

/// Takes the hunks of a file, named by what was asked for.
pub fn hunks(state: &mut State, path: Arc<str>, stamp: u64, mut found: FoundHunks) -> Vec<Effect> {
    let names = names(state);
    let file = state.library.drafts.file(&path);
    for hunk in &mut found.hunks {
        let mut titles: Vec<String> = hunk.intents.iter().map(|id| title(&names, &file, *id)).collect();
        titles.dedup();
        hunk.title = titles.join(" · ");
    }
    if let Some(review) = of(state) {
        review.take_hunks(path, stamp, found);
    }
    Vec::new()
}

/// What each batch is called.
fn names(state: &State) -> HashMap<u64, Arc<str>> {
    state.library.drafts.batches().iter().map(|batch| (batch.id, batch.label.as_str().into())).collect()
}

/// A batch of several intents is called by all of them; here each goes by its own name.
fn title(names: &HashMap<u64, Arc<str>>, file: &DraftFile, id: IntentId) -> String {
    let step = file.steps.iter().find(|s| s.batch == id.batch);
    match step.filter(|s| !s.counts.is_empty()).and_then(|s| s.intents.get(id.place)) {
        Some(Intent::AddTopic(topic)) => format!("+ {topic}"),
        Some(Intent::RemoveTopic(topic)) => format!("- {topic}"),
        Some(Intent::SetText { field, text }) => format!("{field}: {text}"),
        _ => names.get(&id.batch).map(|name| name.to_string()).unwrap_or_default(),
    }
}

/// The keys go into the hunks of the file, or back to the files.
pub fn into_hunks(state: &mut State) -> Vec<Effect> {
    if let Some(review) = of(state) {
        let some = review.hunks().is_some_and(|found| !found.hunks.is_empty());
        review.hunk = if review.hunk.is_none() && some { Some(0) } else { None };
        show_hunk(review);
    }
    Vec::new()
}

/// One row down or up: of the files, or of the hunks where the keys are there.
pub fn step(review: &mut Review, by: isize) {
    let last = review.hunks().map_or(0, |found| found.hunks.len().saturating_sub(1));
    match &mut review.hunk {
        Some(hunk) => {
            *hunk = hunk.saturating_add_signed(by).min(last);
            show_hunk(review);
        }
        None => review.step(by),
    }
}

/// The hunk that has the keys stands at the top of what is shown of them.
fn show_hunk(review: &mut Review) {
    let above = |found: &FoundHunks, hunk: usize| found.hunks.iter().take(hunk).map(lines_of).sum();
    review.scroll = review.hunks().zip(review.hunk).map_or(0, |(found, hunk)| above(found, hunk));
}

/// How many lines of the screen a hunk takes: its name, and its lines.
pub fn lines_of(hunk: &Hunk) -> usize {
    1 + hunk.diff.lines.len()
}

/// Leaves the hunk that has the keys out of the write, or takes it in again; or the whole file, where the files have the keys: of one that is
/// left out in part, the rest goes too.
pub fn leave_out(state: &mut State) -> Vec<Effect> {
    let Some(review) = of(state) else { return Vec::new() };
    let Some(file) = review.current() else { return Vec::new() };
    let path = file.path.clone();
    let (intents, out) = match (review.hunk, review.current_hunk()) {
        (None, _) => {
            let sum = file.answer.as_ref().and_then(|answer| answer.as_ref().ok());
            let out = sum.is_none_or(|sum| !sum.is_left_out());
            (state.library.drafts.file(&path).intents().collect(), out)
        }
        (Some(_), Some(hunk)) => (hunk.intents.clone(), !hunk.left_out),
        (Some(_), None) => return Vec::new(),
    };
    let drafts = &mut state.library.drafts;
    drafts.leave_out(&path, &intents, out);
    let (stamp, revision) = (drafts.stamp(&path), drafts.revision());
    if let Some(review) = of(state) {
        review.ask_anew(&path, stamp, revision);
    }
    vec![Effect::Journal(vec![Record::LeftOut { path: path.to_string(), intents, out }])]
}

/// Writes what is not left out: exactly what the review shows.
pub fn write(state: &mut State) -> Vec<Effect> {
    let Some(review) = of(state) else { return Vec::new() };
    let paths: Vec<Arc<str>> = review.to_write().cloned().collect();
    review.writing = Some(Writing { all: paths.len(), ..Writing::default() });
    state.write = WriteSum::default();
    let files = save::draft_files(state, &paths);
    let batches = save::heads(state, &files);
    vec![Effect::Write { files, batches }]
}

/// Asks a write under way to stop between two files.
pub fn stop(state: &mut State) -> Vec<Effect> {
    if let Some(writing) = of(state).and_then(|review| review.writing.as_mut()) {
        writing.stopping = true;
    }
    vec![Effect::StopWrite]
}

/// The review's filter is typed from now on.
pub fn open_filter(state: &mut State) -> Vec<Effect> {
    if let Some(review) = of(state) {
        let before = review.filter.text();
        state.layers.push(Layer::ReviewFilter { before });
    }
    Vec::new()
}

/// Puts another text into the review's filter.
pub fn set_filter(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(review) = of(state) {
        review.filter.replace(text);
    }
    narrow(state)
}

/// Shows the files that the review's filter matches: by path, title, and what was asked for.
pub fn narrow(state: &mut State) -> Vec<Effect> {
    let names = names(state);
    let Some(review) = of(state) else { return Vec::new() };
    let typed = review.filter.text();
    if typed.trim().is_empty() {
        let all = (0..review.files().len()).collect();
        review.show(all);
        return Vec::new();
    }
    let files: Vec<(Arc<str>, String)> = review.files().iter().map(|f| (f.path.clone(), f.title.clone())).collect();
    let drafts = &state.library.drafts;
    let asked = |path: &str| {
        let batches = drafts.batches_of(path).filter_map(|batch| names.get(&batch));
        batches.map(|name| format!(" {name}")).collect::<String>()
    };
    let texts: Vec<String> = files.iter().map(|(path, title)| format!("{path} {title}{}", asked(path))).collect();
    let mut shown = crate::search::rank(&typed, texts.iter().map(String::as_str));
    shown.sort_unstable();
    if let Some(review) = of(state) {
        review.show(shown);
    }
    Vec::new()
}

/// The form of the file under the cursor, at the field of the hunk; the review waits below.
pub fn edit(state: &mut State) -> Vec<Effect> {
    let Some(review) = of(state) else { return Vec::new() };
    let Some(path) = review.current().map(|f| f.path.clone()) else { return Vec::new() };
    let found = review.hunks().and_then(|found| found.hunks.get(review.hunk.unwrap_or(0)));
    let field = found.map(|hunk| hunk.field.clone());
    forms::open_at(state, &path, field)
}

/// The next or previous file of the review; a form that lies over it follows.
pub fn next_file(state: &mut State, by: isize) -> Vec<Effect> {
    let over = matches!(state.layers.last(), Some(Layer::Form(_)));
    let Some(review) = of(state) else { return Vec::new() };
    review.step(by);
    let path = review.current().map(|f| f.path.clone());
    match path {
        Some(path) if over => {
            state.layers.pop();
            forms::open_at(state, &path, None)
        }
        _ => Vec::new(),
    }
}
