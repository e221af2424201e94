//! The filter line: asking what it matches, and taking the answer.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::app::effect::MatchJob;
use crate::app::event::Found;
use crate::app::{Effect, Layer, State};
use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::library::ItemId;
use crate::search::Query;
use crate::search::query::State as Asked;

use super::{facets, keeping, keys, looks, pickers, reading, review};

/// Up to here each answer takes no time worth saving.
const ENOUGH_ROWS: usize = 1000;

/// Asks for what the filter matches. Keys that act wait for the answer.
pub fn ask(state: &mut State) -> Vec<Effect> {
    state.queue.holds = true;
    state.message = None;
    // What the whole library shows may have changed since somebody looked; a query asks for it anew, and it is looked for then.
    if state.queue.surveyed_at != state.library.revision() {
        state.queue.findings.clear();
    }
    vec![question(state)]
}

/// Rows have come since the last answer: asks again, one question at a time.
pub fn ask_again(state: &mut State) -> Option<Effect> {
    if state.queue.waiting {
        return None;
    }
    // While a batch is under way every answer changes a row: whether they still match is asked once, at its end.
    if state.queue.recheck && !state.queue.stale && state.batches.is_empty() {
        state.queue.recheck = false;
        let effect = question(state);
        state.queue.rechecking = Some(state.queue.generation);
        return Some(effect);
    }
    if !state.queue.stale || waits_for_more(state) {
        return None;
    }
    if state.queue.moved && state.queue.stay_on.is_none() {
        state.queue.stay_on = state.queue.current();
    }
    Some(question(state))
}

/// While the folder is read, the list is asked for again only once there are markedly more rows: sorting all of them for each
/// handful that comes would take longer than the reading.
fn waits_for_more(state: &State) -> bool {
    let (rows, asked) = (state.library.rows().len(), state.queue.asked_of);
    !state.library.loading.done && rows > ENOUGH_ROWS && rows < asked * 4
}

fn question(state: &mut State) -> Effect {
    state.queue.generation += 1;
    let job = job(state, state.queue.generation, state.queue.filter.text());
    let queue = &mut state.queue;
    queue.asked_of = state.library.rows().len();
    queue.asked_at = state.library.revision();
    queue.waiting = true;
    queue.rechecking = None;
    queue.stale = false;
    Effect::Match(Box::new(job))
}

/// All that a query is matched with.
pub fn job(state: &State, generation: u64, text: String) -> MatchJob {
    let facets = state.shows_facets();
    // Copying ten thousand marks for a query that does not ask for them is what a key would wait for.
    let query = Query::parse(&text);
    let (of_marks, of_drafts) = (query.asks_for(Asked::Marked), query.asks_for(Asked::Unwritten));
    let stamp = stamp(state, of_marks, of_drafts, query.asks_for_findings());
    let (queue, drafts) = (&state.queue, &state.library.drafts);
    MatchJob {
        generation,
        rows: state.library.rows().clone(),
        index: state.library.index().clone(),
        stamp,
        facets,
        counted: queue.counted.clone(),
        query: text,
        sort: queue.sort.clone(),
        marked: state.library.marks.iter().filter(|_| of_marks).collect(),
        unwritten: drafts.unsorted().filter(|_| of_drafts).filter_map(|p| state.library.find(p)).collect(),
        conflicts: state.library.conflicts.items().filter_map(|(p, _)| state.library.find(p)).collect(),
        columns: queue.columns.clone(),
        findings: queue.findings.clone(),
    }
}

/// A number for all that a query can ask about besides its own text.
fn stamp(state: &State, of_marks: bool, of_drafts: bool, of_findings: bool) -> u64 {
    let mut hash = DefaultHasher::new();
    state.library.revision().hash(&mut hash);
    state.library.conflicts.revision().hash(&mut hash);
    of_marks.then(|| state.library.marks.revision()).hash(&mut hash);
    of_drafts.then(|| state.library.drafts.revision()).hash(&mut hash);
    of_findings.then(|| (state.library.looks(), state.queue.findings.len())).hash(&mut hash);
    state.queue.columns.len().hash(&mut hash);
    hash.finish()
}

/// Takes an answer; a stale one is dropped. Columns that it lacks are read, each once.
pub fn matched(state: &mut State, generation: u64, found: Found) -> Vec<Effect> {
    if generation != state.queue.generation {
        return Vec::new();
    }
    if state.queue.rechecking.take() == Some(generation) {
        state.queue.waiting = false;
        let on = facets::highlighted(state);
        state.queue.found.facets = found.facets;
        facets::stay_on(state, on);
        state.queue.still = Some(found.items.into_iter().collect());
        return Vec::new();
    }
    let mut effects = read_columns(state, &found.needs);
    effects.extend(looks::look_for(state, &found.needs_findings));
    let whole = found.needs_findings.is_empty();
    let on = facets::highlighted(state);
    state.queue.take(found);
    count_again(state);
    facets::stay_on(state, on);
    if state.queue.reading.is_empty() && whole {
        state.queue.holds = false;
        effects.extend(keys::release(state));
    }
    effects
}

/// Rows that have changed since the question was asked count as they are now.
fn count_again(state: &mut State) {
    if state.queue.asked_at != state.library.revision() {
        let is_undecided = |id: &&ItemId| state.library.row(**id).is_undecided();
        state.queue.found.undecided = state.queue.found.items.iter().filter(is_undecided).count();
    }
}

/// Asks for columns that nobody has read or is reading.
pub fn read_columns(state: &mut State, needs: &[FieldRef]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for field in needs.iter().filter(|f| !state.queue.columns.contains_key(*f)) {
        if state.queue.reading.insert(field.clone()) {
            let items = state.library.rows().iter().map(|(id, row)| (id, row.path.clone())).collect();
            effects.push(Effect::ReadColumn { field: field.clone(), items });
        }
    }
    effects
}

/// Takes a column that was read, and asks again with it.
pub fn column_read(state: &mut State, field: FieldRef, cells: Vec<(ItemId, Cell)>) -> Vec<Effect> {
    let mut column = vec![Cell::Missing; state.library.rows().len()];
    for (id, cell) in cells {
        if let Some(place) = column.get_mut(id.0 as usize) {
            *place = cell;
        }
    }
    state.queue.reading.remove(&field);
    state.queue.columns.insert(field, Arc::new(column));
    state.queue.stale = true;
    Vec::new()
}

/// Puts another text into the filter line, and asks.
pub fn set_filter(state: &mut State, text: &str) -> Vec<Effect> {
    if state.queue.filter.text() == text {
        return Vec::new();
    }
    state.queue.filter.replace(text);
    ask(state)
}

/// The filter line takes the keys.
pub fn open_filter(state: &mut State) -> Vec<Effect> {
    let before = state.queue.filter.text();
    state.layers.retain(|l| !matches!(l, Layer::Read { .. }));
    state.fit();
    if !before.is_empty() {
        state.queue.filter.replace(&format!("{before} "));
    }
    state.layers.push(Layer::Filter { before });
    state.message = None;
    Vec::new()
}

/// Keeps the filter as typed.
pub fn keep(state: &mut State) -> Vec<Effect> {
    if let Some(Layer::ReviewFilter { .. }) = state.layers.pop() {
        return Vec::new();
    }
    let text = state.queue.filter.text().trim_end().to_string();
    state.queue.filter.replace(&text);
    keeping::now(state)
}

/// Clears what was typed.
pub fn clear_text(state: &mut State) -> Vec<Effect> {
    match state.layers.last_mut() {
        Some(Layer::Pick(pick)) => {
            pick.input.replace("");
            pick.narrow();
            pickers::picked(state)
        }
        Some(Layer::MarkBy(line)) => {
            line.input.replace("");
            Vec::new()
        }
        Some(Layer::Bulk(pane)) => {
            if let Some(input) = pane.input() {
                input.replace("");
            }
            pane.typed();
            Vec::new()
        }
        Some(Layer::Find(pane)) => {
            pane.input.replace("");
            reading::look(state);
            Vec::new()
        }
        Some(Layer::Help(pane)) => {
            pane.input.replace("");
            pane.typed();
            Vec::new()
        }
        Some(Layer::Topics(picker)) => {
            picker.input.replace("");
            picker.narrow();
            Vec::new()
        }
        Some(Layer::Vocabulary(pane)) => {
            pane.typed(|input| {
                input.replace("");
                true
            });
            Vec::new()
        }
        Some(Layer::Offerings(bench)) => {
            bench.add.input.replace("");
            bench.add.narrow();
            Vec::new()
        }
        Some(Layer::ReviewFilter { .. }) => review::set_filter(state, ""),
        _ => set_filter(state, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Event, update};
    use crate::command::Keymap;
    use crate::library::made_up::row;
    use crate::profile::{Origin, Profile};

    #[test]
    fn what_is_decided_while_the_filter_is_answered_is_not_counted_as_left() {
        let mut state = State::new(Profile::empty("made up", Origin::Inferred), Keymap::default(), "here", 80, 24);
        let rows = |status| ["a.md", "b.md", "c.md"].map(|path| row(path, path, "", "", status, "")).to_vec();
        update(&mut state, Event::Rows(rows("")));
        let generation = state.queue.generation;
        let decided = rows("approved").remove(1);
        update(&mut state, Event::Rows(vec![decided]));
        let found = Found { items: (0..3).map(ItemId).collect(), undecided: 3, ..Found::default() };
        update(&mut state, Event::Matched { generation, found });
        assert_eq!(state.queue.found.undecided, 2);
    }
}
