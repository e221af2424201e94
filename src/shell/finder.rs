//! Answering the filter: the queue's order and the last answer are kept, so that a query that grows looks at less.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::effect::MatchJob;
use crate::app::event::{Facet, Found};
use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::library::facets::{self, FacetBy};
use crate::library::order::{self, Sort};
use crate::library::target::{Source, Target};
use crate::library::{ItemId, RowField, RowSpec};
use crate::profile::Profile;
use crate::search::{self, Context, Query, Request, groups};

/// The last answer, for the next question.
#[derive(Debug, Default)]
pub struct Finder {
    last: Mutex<Option<Last>>,
}

#[derive(Debug)]
struct Last {
    stamp: u64,
    sort: Sort,
    order: Arc<Vec<ItemId>>,
    query: Query,
    items: Vec<ItemId>,
}

impl Finder {
    /// What a job matches; `None` where `cancelled` said so.
    pub fn find(
        &self,
        job: &MatchJob,
        profile: &Profile,
        spec: &RowSpec,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Found> {
        let query = Query::parse(&job.query);
        let sort = query.sort.clone().or_else(|| Sort::parse(&job.sort)).unwrap_or_default();
        // A finder that panicked left the last answer whole: it is replaced in one assignment.
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).take().filter(|l| l.stamp == job.stamp);
        let mut needs = Vec::new();
        let order = match &last {
            Some(last) if last.sort == sort => Arc::clone(&last.order),
            _ => Arc::new(ordered(job, spec, &sort, &mut needs)),
        };
        let previous = last.as_ref().filter(|l| l.sort == sort).map(|l| (&l.query, l.items.as_slice()));
        let context = context(job, spec);
        let request =
            Request { query: &query, rows: &job.rows, topics: &job.index, order: &order, context: &context, previous };
        let matches = search::run(&request, cancelled)?;
        needs.extend(matches.needs);
        let undecided = matches.items.iter().filter(|id| job.rows.get(**id).is_undecided()).count();
        let facets = match job.facets {
            true => count(profile, &request, job, &matches.items, &mut needs, cancelled)?,
            false => Vec::new(),
        };
        let errors = query.errors.iter().map(|e| (e.range.clone(), e.message.clone()));
        let unknown = errors.chain(matches.unknown).collect();
        let needs_findings = matches.needs_findings;
        let found = Found { items: matches.items, needs, needs_findings, unknown, undecided, facets: Arc::new(facets) };
        let last = Last { stamp: job.stamp, sort, order, query, items: found.items.clone() };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(last);
        Some(found)
    }
}

/// The queue in its order; a field that rows do not hold is asked for, and orders nothing until it is there.
fn ordered(job: &MatchJob, spec: &RowSpec, sort: &Sort, needs: &mut Vec<crate::content::FieldRef>) -> Vec<ItemId> {
    let mut column: Option<Arc<Vec<Cell>>> = None;
    if let order::SortKey::By(target) = &sort.key
        && let Source::Column(field) = target.source(spec)
    {
        column = job.columns.get(&field).cloned();
        if column.is_none() {
            needs.push(field);
        }
    }
    order::sorted(&job.rows, sort, spec, column.as_deref().map(Vec::as_slice))
}

/// What a query can ask about. A field that nobody has read yet may exist; once its column is there and empty, the word before the
/// colon was plain text.
fn context(job: &MatchJob, spec: &RowSpec) -> Context {
    let columns = job.columns.clone();
    let known = move |name: &str| {
        let read = name.parse().ok().and_then(|field| columns.get(&field).cloned());
        read.is_none_or(|column| column.iter().any(|cell| *cell != Cell::Missing))
    };
    let mut context = Context::new(spec.clone(), known);
    let set = |items: &[ItemId]| Arc::new(items.iter().copied().collect::<HashSet<_>>());
    context.marked = set(&job.marked);
    context.unwritten = set(&job.unwritten);
    context.conflicts = set(&job.conflicts);
    context.columns = job.columns.clone();
    context.findings = job.findings.clone();
    context
}

/// What the facets count: topics, status, brand, author, years and months, as far as the profile knows them; and fields asked for.
fn counted(profile: &Profile, fields: &[FieldRef]) -> Vec<(FacetBy, String)> {
    let roles = [
        (RowField::Topics, "Topics", profile.topics.is_some()),
        (RowField::Status, "Status", profile.triage.is_some()),
        (RowField::Brand, "Brand", profile.roles.brand.is_some()),
        (RowField::Author, "Author", profile.roles.author.is_some()),
    ];
    let by_field = |field: &FieldRef| (FacetBy::Value(Target::Field(field.clone())), field.text().to_string());
    let mut wanted: Vec<(FacetBy, String)> = fields.iter().map(by_field).collect();
    let by_role = roles.into_iter().filter(|(.., known)| *known);
    wanted.extend(by_role.map(|(role, name, _)| (FacetBy::Value(Target::Role(role)), name.to_string())));
    if profile.roles.date.is_some() {
        wanted.extend([(FacetBy::Year, "Year".to_string()), (FacetBy::Month, "Month".to_string())]);
    }
    wanted.push((FacetBy::Finding, "Findings".to_string()));
    wanted
}

/// The facets. Each is counted over what the filter would show without the term that its own next value would join.
fn count(
    profile: &Profile,
    request: &Request,
    job: &MatchJob,
    items: &[ItemId],
    needs: &mut Vec<FieldRef>,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Facet>> {
    let (query, spec) = (request.query, &request.context.spec);
    let mut facets = Vec::new();
    for (by, name) in counted(profile, &job.counted) {
        let column = by.column(spec).and_then(|field| {
            let column = job.columns.get(&field);
            if column.is_none() {
                needs.push(field);
            }
            column
        });
        let besides = match groups::besides(query, &by, spec) {
            Some(query) => Some(search::run(&Request { query: &query, previous: None, ..*request }, cancelled)?.items),
            None => None,
        };
        let counted = besides.as_deref().unwrap_or(items);
        let mut values = facets::count(&by, &job.rows, counted, spec, column.map(|c| c.as_slice()));
        // What no item has any more stays, to be taken back.
        for (bucket, _) in groups::said(query, &by, spec) {
            if !values.iter().any(|known| known.bucket == bucket) {
                values.push(by.value(bucket, 0));
            }
        }
        if by != FacetBy::Finding || !values.is_empty() {
            facets.push(Facet { by, name, values });
        }
    }
    Some(facets)
}
