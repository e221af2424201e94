//! Findings behind the list: rows get their bits once everything is listed, and what rows keep no bit of is looked for when the filter
//! asks for it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::effect::SurveyJob;
use crate::app::event::Surveyed;
use crate::app::{Effect, State};
use crate::library::{ItemId, Row};
use crate::profile::{FindingBits, FindingKind};

/// Items looked at in one go: few enough that neither an answer nor a frame waits for them.
const AT_ONCE: usize = 128;

/// The next items to look at, once everything is listed: one question at a time.
pub fn go_on(state: &mut State) -> Option<Effect> {
    if state.looking || !state.library.loading.done || state.library.unlooked() == 0 {
        return None;
    }
    let found = state.library.to_look_at(AT_ONCE);
    let drafts = &state.library.drafts;
    let items: Vec<_> = found.into_iter().map(|(id, row)| (id, row.clone(), drafts.file(&row.path))).collect();
    state.looking = true;
    Some(Effect::Look { items })
}

/// Takes what was found. Whoever asks for findings in the filter is answered once all items have been looked at; facets follow then too.
pub fn looked(state: &mut State, found: Vec<(ItemId, Arc<Row>, FindingBits)>) -> Vec<Effect> {
    state.looking = false;
    for (id, row, bits) in found {
        state.library.looked(id, &row, bits);
    }
    if state.library.unlooked() == 0 {
        match state.queue.found.needs_findings.is_empty() {
            true => state.queue.recheck |= state.shows_facets() || state.asks_for_findings(),
            false => state.queue.stale = true,
        }
    }
    Vec::new()
}

/// Asks for findings that only the whole library shows, for the filter.
pub fn look_for(state: &mut State, kinds: &[FindingKind]) -> Option<Effect> {
    let wanted = kinds.iter().any(|kind| kind.is_of_library());
    if !wanted || state.queue.surveying.is_some() {
        return None;
    }
    let ids: Vec<ItemId> = state.library.rows().iter().map(|(id, _)| id).collect();
    let (generation, job) = survey_of(state, ids);
    state.queue.surveying = Some(generation);
    Some(job)
}

/// The question what is found in these items.
pub fn survey_of(state: &mut State, items: Vec<ItemId>) -> (u64, Effect) {
    let generation = state.next_question();
    let library = &state.library;
    let file = |id: ItemId| (id, library.drafts.file(&library.row(id).path));
    let asked: HashSet<ItemId> = items.iter().copied().collect();
    let readable = items.into_iter().filter(|id| library.row(*id).problem.is_none());
    let drafted = library.drafts.paths();
    let others = drafted.iter().filter_map(|path| library.find(path)).filter(|id| !asked.contains(id));
    let (items, drafts) = (readable.map(file).collect(), others.map(file).collect());
    let job = SurveyJob { generation, rows: library.rows().clone(), items, drafts };
    (generation, Effect::Survey(Box::new(job)))
}

/// Takes what was found, for the filter.
pub fn surveyed(state: &mut State, generation: u64, answer: Surveyed) -> Vec<Effect> {
    if state.queue.surveying != Some(generation) {
        return Vec::new();
    }
    state.queue.surveying = None;
    state.queue.surveyed_at = state.library.revision();
    for kind in FindingKind::ALL.into_iter().filter(|kind| kind.is_of_library()) {
        let has = |found: &Result<_, String>| {
            found
                .as_ref()
                .is_ok_and(|found: &Vec<crate::profile::Finding>| found.iter().any(|finding| finding.kind == kind))
        };
        let items: HashSet<ItemId> = answer.iter().filter(|(_, found)| has(found)).map(|(id, _)| *id).collect();
        state.queue.findings.insert(kind, Arc::new(items));
    }
    state.queue.stale = true;
    Vec::new()
}
