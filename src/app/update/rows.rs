//! Rows coming in: the folder as it is read, and what an earlier run left.

use std::sync::Arc;

use crate::app::{Effect, State};
use crate::content::counted::count;
use crate::library::{ItemId, Loading, Record, Row, RowSpec, Standing};
use crate::profile::Profile;

use super::{drafts, forms, learning};

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
    records.iter().for_each(|record| state.library.drafts.replay(record));
    let stood = Standing::of(records);
    state.keeping.typing.clone_from(&stood.typing);
    (state.restore.marks, state.restore.typing) = (stood.marks, stood.typing);
    if let Some(place) = stood.place {
        // What the command line asks for comes before what was.
        if state.queue.filter.is_empty() {
            state.queue.filter.replace(&place.filter);
        }
        if !place.sort.is_empty() {
            state.queue.sort.clone_from(&place.sort);
        }
        state.restore.item.clone_from(&place.item);
        state.queue.above = Some(place.above);
        state.keeping.place = place;
    }
    say_restored(state);
    Vec::new()
}

fn say_restored(state: &mut State) {
    let (drafts, marks) = (state.library.drafts.len(), state.restore.marks.len());
    let mut parts: Vec<String> = [(drafts, "draft"), (marks, "mark")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| count(number, what))
        .collect();
    if state.restore.typing.is_some() {
        parts.push("what you were typing".to_string());
    }
    if !parts.is_empty() {
        state.say(format!("Restored: {}, the filter, your place. Nothing lost.", parts.join(", ")));
    }
}

/// Takes rows that were read. An item with a draft shows its draft as soon as it is made anew.
pub fn arrived(state: &mut State, rows: Vec<Row>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for row in rows {
        let path = row.path.clone();
        effects.extend(take(state, row));
        if state.restore.is_done() {
            continue;
        }
        let Some(id) = state.library.find(&path) else { continue };
        stands_again(state, id);
        if state.restore.typing.as_ref().is_some_and(|typing| typing.item.as_deref() == Some(&path)) {
            effects.extend(forms::take_up(state));
        }
    }
    state.queue.stale = true;
    effects
}

/// The mark and the cursor that an earlier run left on this item.
fn stands_again(state: &mut State, id: ItemId) {
    let path = state.library.row(id).path.clone();
    if state.restore.marks.remove(&*path) {
        state.library.marks.extend([id]);
        state.keeping.marks.extend([id]);
    }
    if state.restore.item.take_if(|item| **item == *path).is_some() && !state.queue.moved {
        state.queue.stay_on = Some(id);
        state.queue.moved = true;
    }
}

/// Takes the row of a file as the disk has it: a new one, or in the place of the one that is known.
pub fn take(state: &mut State, row: Row) -> Option<Effect> {
    let path = row.path.clone();
    let has_draft = state.library.drafts.has(&path);
    if has_draft {
        state.library.drafts.set_disk_row(&path, Arc::new(row.clone()));
    }
    match state.library.find(&path) {
        Some(id) => replace(state, id, row),
        None => drop(state.library.add(row)),
    }
    if !has_draft {
        return None;
    }
    Some(drafts::next_job(state, &path).unwrap_or_else(|| Effect::Recompute(state.library.drafts.file(&path))))
}

/// Takes an item out of the list: its file is gone.
pub fn take_out(state: &mut State, id: ItemId) {
    if state.library.marks.contains(id) {
        state.library.marks.turn(id);
    }
    let path = state.library.row(id).path.clone();
    replace(state, id, Row::gone(path));
    state.queue.moved = true;
    state.queue.stale = true;
}

/// Drafts whose files are not there are shown, and wait; whether one was moved is looked for.
pub fn show_waiting(state: &mut State) -> Option<Effect> {
    let drafts = &state.library.drafts;
    let is_missing = |path: &&Arc<str>| path.starts_with(&state.opened) && state.library.find(path).is_none();
    let mut missing: Vec<Arc<str>> = drafts.unsorted().filter(is_missing).cloned().collect();
    missing.sort();
    for path in &missing {
        state.library.drafts.set_disk_row(path, Arc::new(Row::gone(path.clone())));
        let id = state.library.put(Row::waiting(path.clone()));
        stands_again(state, id);
    }
    let with_base = |path: Arc<str>| state.library.drafts.base(&path).map(|base| (path.clone(), base.to_string()));
    let wanted: Vec<_> = missing.into_iter().filter_map(with_base).collect();
    (!wanted.is_empty()).then_some(Effect::LookFor(wanted))
}

/// Everything has been read.
pub fn loaded(state: &mut State, loading: Loading) -> Vec<Effect> {
    state.library.loading = Loading { done: true, ..loading };
    state.queue.stale = true;
    let looked_for = show_waiting(state);
    if state.restore.item.take().is_some() && !state.queue.moved {
        // The item that the cursor stood on is gone: it stands where that was.
        state.queue.stay_at = Some(state.keeping.place.at);
    }
    let mut effects = if state.restore.typing.is_some() { forms::take_up(state) } else { Vec::new() };
    effects.extend(looked_for);
    if let Some(problem) = state.library.loading.problems.first() {
        let text = format!("not everything could be read: {problem}");
        state.complain(text);
    } else if state.library.rows().is_empty() {
        state.say("no content files here: .md .markdown .mdx .html .htm are looked for");
    }
    effects
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
