//! The matcher: which items a query shows, and in which order.
//!
//! Pure: it runs over clones on a worker thread, asks now and then whether a newer query has overtaken it, and names the
//! columns it misses. A term whose data is not there is reported and left out; it never silently matches nothing.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::bits::Bits;
use super::check::Plan;
use super::fuzzy::Scratch;
use super::query::{Query, Test};
use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::library::{ItemId, RowSpec, Rows, TopicIndex};
use crate::profile::FindingKind;

/// What a query can ask about besides the rows.
#[derive(Clone)]
pub struct Context {
    /// Which fields the cells of the rows are.
    pub spec: RowSpec,
    pub marked: Arc<HashSet<ItemId>>,
    /// Items with a draft.
    pub unwritten: Arc<HashSet<ItemId>>,
    /// Items whose draft and file have both changed a field.
    pub conflicts: Arc<HashSet<ItemId>>,
    /// Cells by item number, of fields that rows do not hold.
    pub columns: HashMap<FieldRef, Arc<Vec<Cell>>>,
    /// The items of each kind of finding that rows keep no bit of, as far as it has been looked for.
    pub findings: HashMap<FindingKind, Arc<HashSet<ItemId>>>,
    /// Whether any item has this field; the text is the field's as typed. `https:` is plain text because this says no.
    pub known_field: Arc<dyn Fn(&str) -> bool + Send + Sync>,
}

impl Context {
    /// A context where nothing is marked, drafted or read besides the rows.
    pub fn new(spec: RowSpec, known_field: impl Fn(&str) -> bool + Send + Sync + 'static) -> Context {
        Context {
            spec,
            marked: Arc::default(),
            unwritten: Arc::default(),
            conflicts: Arc::default(),
            columns: HashMap::new(),
            findings: HashMap::new(),
            known_field: Arc::new(known_field),
        }
    }

    /// Whether any item has this field: the column says so once it is there.
    pub(super) fn knows(&self, field: &FieldRef) -> bool {
        match self.columns.get(field) {
            Some(column) => column.iter().any(|cell| *cell != Cell::Missing),
            None => (self.known_field)(field.text()),
        }
    }
}

/// What is asked.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub query: &'a Query,
    pub rows: &'a Rows,
    pub topics: &'a TopicIndex,
    /// The items in the order of the queue; only these are looked at.
    pub order: &'a [ItemId],
    pub context: &'a Context,
    /// The query before and what it found, where neither rows nor context have changed since: while a query only grows, only
    /// these are looked at.
    pub previous: Option<(&'a Query, &'a [ItemId])>,
}

/// What a query shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Best first where the query ranks ([`Query::ranks`]), else in the order of the queue.
    pub items: Vec<ItemId>,
    /// Columns that are to be read, and the query run again.
    pub needs: Vec<FieldRef>,
    /// Kinds of findings that are to be looked for, and the query run again.
    pub needs_findings: Vec<FindingKind>,
    /// Terms that were left out, where they stand, and why.
    pub unknown: Vec<(Range<usize>, String)>,
}

/// Fewer items than this are matched on one thread.
const WORTH_A_THREAD: usize = 4000;
/// How many items are matched between two questions whether to go on.
const STRIDE: usize = 256;

/// Matches; `None` where `cancelled` said so.
pub fn run(request: &Request, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Matches> {
    if cancelled() {
        return None;
    }
    let plan = Plan::of(request);
    let narrowed: Vec<ItemId>;
    let candidates = match request.previous.filter(|(before, _)| extends(before, request.query)) {
        Some((_, found)) => {
            let among = Bits::of(request.rows.len(), found);
            narrowed = request.order.iter().copied().filter(|id| among.has(*id)).collect();
            &narrowed
        }
        None => request.order,
    };
    let found = if plan.words.is_empty() && plan.checks.is_empty() {
        candidates.iter().map(|id| (*id, 0)).collect()
    } else if candidates.len() <= WORTH_A_THREAD {
        part(&plan, request, candidates, cancelled)?
    } else {
        let (left, right) = candidates.split_at(candidates.len() / 2);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| part(&plan, request, right, cancelled));
            let mut found = part(&plan, request, left, cancelled);
            // A panic over there is a panic here: it must not look like an answer.
            let rest = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            found.as_mut()?.extend(rest?);
            found
        })?
    };
    let ranks = !plan.words.is_empty() && request.query.sort.is_none();
    let items = if ranks { best_first(found) } else { found.into_iter().map(|(id, _)| id).collect() };
    Some(Matches { items, needs: plan.needs, needs_findings: plan.needs_findings, unknown: plan.unknown })
}

/// The matches of some candidates in their order, with their scores.
fn part(
    plan: &Plan,
    request: &Request,
    candidates: &[ItemId],
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<(ItemId, u32)>> {
    let mut scratch = Scratch::new();
    let mut found = Vec::with_capacity(candidates.len() / 4);
    for stride in candidates.chunks(STRIDE) {
        if cancelled() {
            return None;
        }
        for id in stride {
            if !plan.checks.iter().all(|check| check.passes(*id, request, &mut scratch)) {
                continue;
            }
            let score = plan.words.iter().try_fold(0, |sum, word| Some(sum + word.score(*id, request, &mut scratch)?));
            if let Some(score) = score {
                found.push((*id, score));
            }
        }
    }
    Some(found)
}

/// The items by falling score; equals stay in their order. Scores are small, so items are dealt out by score and not compared.
fn best_first(found: Vec<(ItemId, u32)>) -> Vec<ItemId> {
    let best = found.iter().map(|(_, score)| *score).max().unwrap_or(0) as usize;
    let mut starts = vec![0usize; best + 2];
    for (_, score) in &found {
        starts[best - *score as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut items = vec![ItemId(0); found.len()];
    for (id, score) in found {
        let place = &mut starts[best - score as usize];
        items[*place] = id;
        *place += 1;
    }
    items
}

/// Whether everything that `after` shows was shown by `before`: it has the same terms and more, or a longer last word.
fn extends(before: &Query, after: &Query) -> bool {
    let (count, grown) = (before.terms.len(), after.text().starts_with(before.text()));
    if after.terms.len() < count {
        return false;
    }
    before.terms.iter().zip(&after.terms).enumerate().all(|(at, (old, new))| {
        let same = old.exclude == new.exclude && old.test == new.test;
        same || (grown && at + 1 == count && !old.exclude && !new.exclude && longer(&old.test, &new.test))
    })
}

fn longer(old: &Test, new: &Test) -> bool {
    match (old, new) {
        (Test::Word(old), Test::Word(new)) => old.exact == new.exact && new.text.starts_with(&old.text),
        _ => false,
    }
}

#[cfg(test)]
#[path = "matcher_tests.rs"]
mod tests;
