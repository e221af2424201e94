//! The one place where state changes.
//!
//! Here: which part takes which event. Each mode has a file of its own. Nothing here blocks, and nothing fails.

mod bulk;
mod command;
mod conflicts;
mod decide;
mod drafts;
mod editor;
mod facets;
mod find;
mod findings;
mod forms;
mod history;
mod keeping;
mod keys;
mod learning;
mod library_offerings;
mod look;
mod looks;
mod marks;
mod moves;
mod offerings;
mod outside;
mod pickers;
mod reading;
mod review;
mod rows;
mod save;
mod taking;
mod topics;
mod vocabulary;
mod writing;

use super::{Effect, Event, State};
pub use outside::OutsideSum;

/// Takes one event in and says what the edge has to do.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    keeping::note(state, &event);
    let mut effects = match event {
        Event::Key(key) => keys::press(state, key),
        Event::Paste(text) => keys::paste(state, &text),
        Event::Resize { width, height } => resized(state, width, height),
        Event::Hangup => save::quit(state),
        Event::ProfileLoaded(profile) => rows::profile_loaded(state, *profile),
        Event::Restored(records) => rows::restored(state, &records),
        Event::Rows(rows) => rows::arrived(state, rows),
        Event::Loaded(loading) => rows::loaded(state, loading),
        Event::Matched { generation, found } => find::matched(state, generation, found),
        Event::MarksFound { generation, found } => marks::found(state, generation, found),
        Event::ColumnRead { field, cells } => find::column_read(state, field, cells),
        Event::Looked(found) => looks::looked(state, found),
        Event::Learned { all } => learning::learned(state, all),
        Event::Suggested { generation, topics, offerings } => {
            learning::suggested(state, generation, &topics, offerings)
        }
        Event::Surveyed { generation, answer } => findings::surveyed(state, generation, answer),
        Event::OfferingsRead { read } => offerings::read(state, read),
        Event::Rested { generation } => look::rested(state, generation),
        Event::Previewed { generation, answer } => look::previewed(state, generation, answer),
        Event::Expanded { path, batch, answer } => drafts::expanded(state, &path, batch, answer),
        Event::Recomputed { path, answer } => drafts::recomputed(state, &path, answer),
        Event::FormLoaded { path, answer } => forms::loaded(state, &path, answer),
        Event::FormsRead { generation, answer } => forms::read(state, generation, answer),
        Event::FieldsFound(fields) => bulk::fields_found(state, fields),
        Event::Foreseen { generation, items, done } => bulk::foreseen(state, generation, items, done),
        Event::Diffed { path, answer } => look::diffed(state, &path, answer),
        Event::Reviewed { path, stamp, answer } => review::reviewed(state, &path, stamp, answer),
        Event::Hunks { path, stamp, found } => review::hunks(state, path, stamp, found),
        Event::Written { path, answer } => writing::written(state, &path, answer),
        Event::Writing { done, replacing } => writing::progress(state, done, replacing),
        Event::WriteEnded(end) => writing::ended(state, end),
        Event::CutShown(diff) => writing::shown(state, diff),
        Event::History(past) => history::arrived(state, past),
        Event::TakenBack { batch, answer } => history::taken_back(state, batch, answer),
        Event::BatchShown { batch, answer } => history::shown(state, batch, answer),
        Event::EditorReturned { path, field, returned } => editor::returned(state, &path, field, returned),
        Event::NearFound { generation, clusters } => vocabulary::near_found(state, generation, clusters),
        Event::Outside(outside) => outside::found(state, outside),
        Event::Unwatched(reason) => outside::unwatched(state, &reason),
        Event::Focused => outside::focused(state),
        Event::Held(reason) => taking::held(state, reason),
        Event::Free => taking::free(state),
        Event::TakenOver(records) => taking::taken(state, &records),
        Event::Synced { records } => synced(state, records),
        Event::Keep => keeping::keep(state),
        Event::Said(text) => told(state, text, State::say),
        Event::Failed(text) => told(state, text, State::complain),
    };
    follow(state, &mut effects);
    state.queue.count_hidden(&state.library.marks);
    effects
}

fn resized(state: &mut State, width: u16, height: u16) -> Vec<Effect> {
    let was_wide = state.is_wide();
    (state.width, state.height) = (width, height);
    state.fit();
    // The facets stand beside the list now: they have to be counted.
    state.queue.stale |= state.is_wide() && !was_wide;
    Vec::new()
}

fn synced(state: &mut State, records: u64) -> Vec<Effect> {
    state.safety.synced(records);
    Vec::new()
}

/// What follows from any event: questions that are due, and answers that are out of date.
fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    effects.extend(find::ask_again(state));
    effects.extend(look::follow(state));
    effects.extend(looks::go_on(state));
    effects.extend(learning::go_on(state));
    effects.extend(findings::ask_again(state));
    effects.extend(vocabulary::follow(state));
    effects.extend(offerings::follow(state));
    effects.extend(review::follow(state));
    effects.extend(bulk::follow(state));
    effects.extend(forms::follow(state));
    effects.extend(marks::follow(state));
    effects.extend(keeping::follow(state));
    count_records(state, effects);
}

/// What goes to the journal is not safe until it says so.
fn count_records(state: &mut State, effects: &[Effect]) {
    for effect in effects {
        if let Effect::Journal(records) = effect {
            let redone = state.library.drafts.batches().last().map(|batch| batch.id);
            state.safety.appended(records, redone);
        }
    }
}

/// An effect has something to tell.
fn told(state: &mut State, text: String, tell: fn(&mut State, String)) -> Vec<Effect> {
    tell(state, text);
    Vec::new()
}
