//! Rows coming in: the folder as it is read, and what an earlier run left.

use std::sync::Arc;

use crate::app::{Effect, State};
use crate::library::{ItemId, Loading, Record, Row, RowSpec};
use crate::profile::Profile;

use super::{drafts, learning};

/// What the fields mean is known from here on.
pub fn profile_loaded(state: &mut State, profile: Profile) -> Vec<Effect> {
    state.spec = Arc::new(RowSpec::of(&profile));
    // A profile that comes again, now with its vocabularies, brings no view twice.
    state.views.retain(|view| !state.profile.views.contains(view));
    state.views.splice(0..0, profile.views.iter().cloned());
    if let Some(problem) = profile.problems().next() {
        state.complain(format!("the vocabulary cannot be read: {problem}"));
    }
    state.profile = Arc::new(profile);
    Vec::new()
}

/// Brings back what an earlier run had not written, before the first row comes.
pub fn restored(state: &mut State, records: &[Record]) -> Vec<Effect> {
    for record in records {
        state.library.drafts.replay(record);
        if let Record::Place(place) = record {
            state.restore.marks = place.marks.iter().cloned().collect();
            state.restore.item = place.item.clone();
            state.restore.filter = Some(place.filter.clone());
        }
    }
    if let Some(filter) = state.restore.filter.take()
        && state.queue.filter.is_empty()
    {
        state.queue.filter.replace(&filter);
    }
    let drafts = state.library.drafts.len();
    let marks = state.restore.marks.len();
    if drafts + marks > 0 {
        let count = |n: usize, what: &str| match n {
            0 => None,
            1 => Some(format!("1 {what}")),
            _ => Some(format!("{n} {what}s")),
        };
        let parts: Vec<String> = [count(drafts, "draft"), count(marks, "mark")].into_iter().flatten().collect();
        state.say(format!("Restored: {}, the filter, your place. Nothing lost.", parts.join(", ")));
    }
    Vec::new()
}

/// Takes rows that were read. An item with a draft shows its draft as soon as it is made anew.
pub fn arrived(state: &mut State, rows: Vec<Row>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for row in rows {
        let path = row.path.clone();
        let known = state.library.find(&path);
        let has_draft = state.library.drafts.has(&path);
        if has_draft {
            state.library.drafts.set_disk_row(&path, Arc::new(row.clone()));
        }
        let id = match known {
            Some(id) => {
                replace(state, id, row);
                id
            }
            None => state.library.put(row),
        };
        if has_draft {
            match drafts::next_job(state, &path) {
                Some(job) => effects.push(job),
                None => effects.push(Effect::Recompute(state.library.drafts.file(&path))),
            }
        }
        if state.restore.marks.contains(&*path) {
            state.library.marks.extend([id]);
        }
        if state.restore.item.as_deref() == Some(&path) {
            state.queue.stay_on = Some(id);
            state.queue.moved = true;
        }
    }
    state.queue.stale = true;
    effects
}

/// Everything has been read.
pub fn loaded(state: &mut State, loading: Loading) -> Vec<Effect> {
    state.library.loading = Loading { done: true, ..loading };
    state.queue.stale = true;
    if let Some(problem) = state.library.loading.problems.first() {
        let text = format!("not everything could be read: {problem}");
        state.complain(text);
    } else if state.library.rows().is_empty() {
        state.say("no content files here: .md .markdown .mdx .html .htm are looked for");
    }
    Vec::new()
}

/// Puts another row in an item's place; the count of the undecided follows.
pub fn replace(state: &mut State, id: ItemId, row: Row) {
    let was = state.library.row(id).is_undecided();
    let is = row.is_undecided();
    learning::changed(state, id, &row);
    state.library.replace(id, row);
    if state.queue.shows(id) {
        state.queue.recheck = !state.queue.filter.is_empty() || state.shows_facets();
        let undecided = &mut state.queue.found.undecided;
        *undecided = (*undecided + usize::from(is)).saturating_sub(usize::from(was));
    }
}
