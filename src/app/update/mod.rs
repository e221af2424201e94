//! The one place where state changes.
//!
//! Here: which part takes which event. Each mode has a file of its own. Nothing here blocks, and nothing fails.

mod bulk;
mod command;
mod decide;
mod drafts;
mod editor;
mod facets;
mod find;
mod forms;
mod keys;
mod look;
mod moves;
mod pickers;
mod reading;
mod review;
mod rows;
mod save;
mod topics;

use super::{Effect, Event, State};

/// Takes one event in and says what the edge has to do.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = match event {
        Event::Key(key) => keys::press(state, key),
        Event::Paste(text) => keys::paste(state, &text),
        Event::Resize { width, height } => {
            let was_wide = state.is_wide();
            (state.width, state.height) = (width, height);
            state.fit();
            // The facets stand beside the list now: they have to be counted.
            state.queue.stale |= state.is_wide() && !was_wide;
            Vec::new()
        }
        Event::Hangup => save::quit(state),
        Event::ProfileLoaded(profile) => rows::profile_loaded(state, *profile),
        Event::Restored(records) => rows::restored(state, &records),
        Event::Rows(rows) => rows::arrived(state, rows),
        Event::Loaded(loading) => rows::loaded(state, loading),
        Event::Matched { generation, found } => find::matched(state, generation, found),
        Event::ColumnRead { field, cells } => find::column_read(state, field, cells),
        Event::Rested { generation } => look::rested(state, generation),
        Event::Previewed { generation, answer } => look::previewed(state, generation, answer),
        Event::Expanded { path, batch, answer } => drafts::expanded(state, &path, batch, answer),
        Event::Recomputed { path, answer } => drafts::recomputed(state, &path, answer),
        Event::FormLoaded { path, answer } => forms::loaded(state, &path, answer),
        Event::FieldsFound(fields) => bulk::fields_found(state, fields),
        Event::Foreseen { generation, items, done } => bulk::foreseen(state, generation, items, done),
        Event::Diffed { path, answer } => look::diffed(state, &path, answer),
        Event::Reviewed { path, stamp, answer } => review::reviewed(state, &path, stamp, answer),
        Event::Hunks { path, stamp, found } => review::hunks(state, path, stamp, found),
        Event::Written { path, answer } => save::written(state, &path, answer),
        Event::WriteDone => save::write_done(state),
        Event::EditorReturned { path, field, returned } => editor::returned(state, &path, field, returned),
        Event::Synced => Vec::new(),
        Event::Said(text) => {
            state.say(text);
            Vec::new()
        }
        Event::Failed(text) => {
            state.complain(text);
            Vec::new()
        }
    };
    effects.extend(find::ask_again(state));
    effects.extend(look::follow(state));
    effects.extend(review::follow(state));
    effects.extend(bulk::follow(state));
    state.queue.count_hidden(&state.library.marks);
    effects
}
