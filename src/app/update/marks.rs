//! Marking by a query, and showing what is marked.

use std::collections::HashSet;

use crate::app::event::Found;
use crate::app::layer::MarkBy;
use crate::app::{Effect, Layer, State};

use super::{decide, find, keys, looks};

/// The line in which the query is typed.
pub fn open(state: &mut State) -> Vec<Effect> {
    state.message = None;
    state.layers.push(Layer::MarkBy(Box::default()));
    Vec::new()
}

fn line(state: &mut State) -> Option<&mut MarkBy> {
    match state.layers.last_mut() {
        Some(Layer::MarkBy(line)) => Some(line),
        _ => None,
    }
}

/// Whether enter waits: what was typed has not been answered yet.
pub fn waits(state: &State) -> bool {
    matches!(state.layers.last(), Some(Layer::MarkBy(line)) if line.found.is_none() && !line.input.is_empty())
}

/// Asks what the query matches, wherever it is another one or more is known now.
pub fn follow(state: &mut State) -> Option<Effect> {
    let known = (state.queue.columns.len(), if state.library.loading.done { usize::MAX } else { 0 });
    let line = line(state)?;
    let text = line.input.text();
    let asked = Some((text.clone(), known.0, known.1));
    if text.trim().is_empty() {
        (line.found, line.asked) = (None, None);
        return None;
    }
    if line.asked == asked {
        return None;
    }
    (line.asked, line.found) = (asked, None);
    let generation = state.next_question();
    self::line(state)?.generation = generation;
    Some(Effect::FindMarks(Box::new(find::job(state, generation, text))))
}

/// Takes what matches; a stale answer is dropped. Columns that it lacks are read, each once.
pub fn found(state: &mut State, generation: u64, mut found: Found) -> Vec<Effect> {
    let (needs, kinds) = (found.needs.clone(), found.needs_findings.clone());
    if !kinds.is_empty() {
        // What was not looked at yet would be left unmarked without a word.
        found.unknown.push((0..0, "findings are still being looked for: try again in a moment".to_string()));
    }
    match line(state).filter(|line| line.generation == generation) {
        Some(line) => line.found = needs.is_empty().then_some(found),
        None => return Vec::new(),
    }
    let mut effects = find::read_columns(state, &needs);
    effects.extend(looks::look_for(state, &kinds));
    effects.extend(keys::release(state));
    effects
}

/// Marks what matches, on top of what is marked already.
pub fn mark(state: &mut State) -> Vec<Effect> {
    let Some(line) = line(state) else { return Vec::new() };
    let Some(found) = line.found.take() else {
        state.complain("type what is to be marked, as in the filter");
        return Vec::new();
    };
    // A term that was left out would mark more than was meant, perhaps all.
    if let Some((_, why)) = found.unknown.first() {
        let why = why.clone();
        line.found = Some(found);
        state.complain(why);
        return Vec::new();
    }
    state.layers.pop();
    let before = state.library.marks.len();
    state.library.marks.extend(found.items);
    let effects = decide::say_marks(state);
    let more = state.library.marks.len() - before;
    let all = state.library.marks.len();
    state.say(match more {
        0 => "nothing more to mark: what matches is marked already, or nothing does".to_string(),
        _ => format!("{more} marked, {all} in all: what you do acts on them"),
    });
    effects
}

/// Shows the marked items alone, those that the filter hid too; again: the filter as it was.
pub fn show(state: &mut State) -> Vec<Effect> {
    const MARKED: &str = "is:marked";
    if state.queue.filter.text().trim() == MARKED {
        let before = state.queue.before_marked.take().unwrap_or_default();
        return find::set_filter(state, &before);
    }
    state.queue.before_marked = Some(state.queue.filter.text());
    find::set_filter(state, MARKED)
}

/// Marks these and no others: what the last edit refused.
pub fn only(state: &mut State, paths: &HashSet<String>) -> Vec<Effect> {
    state.library.marks.clear();
    let items: Vec<_> = paths.iter().filter_map(|path| state.library.find(path)).collect();
    state.library.marks.extend(items);
    decide::say_marks(state)
}
