//! Which items a query chooses, for a verb: the query language over rows, and over what only the files hold.
//!
//! Here: reading the columns and the findings that a query asks for, and matching. Not here: the language (`search`).

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::library::Library;
use super::look::{Looked, look};
use super::output::Stop;
use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::library::{ItemId, Row, RowSpec, Rows, Sort, SortKey, Source, TopicIndex, order};
use crate::profile::FindingKind;
use crate::search::{Context, Matches, Query, Request};
use crate::shell::read;

/// Reads a query, or says what in it cannot be understood and where.
pub(super) fn parse(text: &str) -> Result<Query, Stop> {
    let query = Query::parse(text);
    match query.errors.first() {
        None => Ok(query),
        Some(error) => {
            let column = text.get(..error.range.start).map_or(1, |before| before.chars().count() + 1);
            Err(Stop::usage(format!("query `{text}`, column {column}: {}", error.message)))
        }
    }
}

/// The rows that a query chooses, by path unless it says `sort:`.
pub(super) fn matching(library: &Library, query: &Query, rows: Vec<Row>, all: bool) -> Result<Vec<Row>, Stop> {
    let mut asked = Asked::new(library, query, rows, all);
    asked.know_findings();
    let first = asked.matched(&HashSet::new());
    let read = asked.read(&first.needs);
    // A field that no item has is none, and its term plain text (`https:`): but `missing:` may still ask for it.
    let nowhere = |cells: &Arc<Vec<Cell>>| cells.iter().all(|cell| *cell == Cell::Missing);
    let (none, some): (HashMap<_, _>, HashMap<_, _>) = read.into_iter().partition(|(_, cells)| nowhere(cells));
    asked.context.columns.extend(some);
    let unknown: HashSet<String> = none.keys().map(|field| field.text().to_string()).collect();
    let mut found = asked.matched(&unknown);
    if !found.needs.is_empty() {
        asked.context.columns.extend(none.into_iter().filter(|(field, _)| found.needs.contains(field)));
        found = asked.matched(&unknown);
    }
    if let Some((range, why)) = found.unknown.first() {
        return Err(Stop::usage(format!("query `{query}`: `{}`: {why}", &query.text()[range.clone()])));
    }
    Ok(asked.in_order(found.items))
}

/// A query and all that is known for it.
struct Asked<'a> {
    library: &'a Library,
    query: &'a Query,
    rows: Rows,
    topics: TopicIndex,
    ids: Vec<ItemId>,
    context: Context,
    /// Hidden and git-ignored files too.
    all: bool,
}

impl<'a> Asked<'a> {
    fn new(library: &'a Library, query: &'a Query, read: Vec<Row>, all: bool) -> Asked<'a> {
        let (mut rows, mut topics, mut ids) = (Rows::default(), TopicIndex::default(), Vec::new());
        for row in read {
            let id = rows.push(row);
            topics.insert(id, rows.get(id));
            ids.push(id);
        }
        let context = Context::new(RowSpec::of(&library.profile), |_| true);
        Asked { library, query, rows, topics, ids, context, all }
    }

    fn matched(&mut self, unknown: &HashSet<String>) -> Matches {
        let unknown = unknown.clone();
        self.context.known_field = Arc::new(move |field| !unknown.contains(field));
        let request = Request {
            query: self.query,
            rows: &self.rows,
            topics: &self.topics,
            order: &self.ids,
            context: &self.context,
            previous: None,
        };
        // It answers unless it is cancelled, and nobody cancels it here.
        crate::search::run(&request, &|| false).unwrap_or_default()
    }

    /// The cells of fields that rows do not hold, of all items.
    fn read(&self, fields: &[FieldRef]) -> HashMap<FieldRef, Arc<Vec<Cell>>> {
        if fields.is_empty() {
            return HashMap::new();
        }
        let number: HashMap<&str, usize> = self.rows.iter().map(|(id, row)| (&*row.path, id.0 as usize)).collect();
        let empty = || Mutex::new(vec![Cell::Missing; self.rows.len()]);
        let columns: Vec<Mutex<Vec<Cell>>> = fields.iter().map(|_| empty()).collect();
        let readable = self.rows.iter().filter(|(_, row)| row.problem.is_none()).map(|(_, row)| row.path.clone());
        read::columns(&self.library.root.dir, readable, fields, |chunk| {
            for (path, cells) in chunk {
                let cells = columns.iter().zip(cells.into_iter().flatten());
                let Some(at) = number.get(&*path) else { continue };
                for (column, cell) in cells {
                    // One cell is put in its place: there is no half of it.
                    column.lock().unwrap_or_else(PoisonError::into_inner)[*at] = cell;
                }
            }
            true
        });
        let cells = columns.into_iter().map(|c| Arc::new(c.into_inner().unwrap_or_else(PoisonError::into_inner)));
        fields.iter().cloned().zip(cells).collect()
    }

    /// Looks for findings, where the query asks for any.
    fn know_findings(&mut self) {
        if !self.query.asks_for_findings() {
            return;
        }
        let paths: Vec<Arc<str>> = self.ids.iter().map(|id| self.rows.get(*id).path.clone()).collect();
        let found = look(self.library, &paths, self.all);
        for kind in FindingKind::ALL {
            let has = |(id, looked): (&ItemId, &Looked)| {
                let found = looked.as_ref().is_ok_and(|looked| looked.findings.iter().any(|f| f.kind == kind));
                found.then_some(*id)
            };
            let items = self.ids.iter().zip(&found).filter_map(has).collect();
            self.context.findings.insert(kind, Arc::new(items));
        }
        for (id, looked) in self.ids.iter().zip(found) {
            let bits = looked.map(|looked| looked.bits).unwrap_or_default();
            let row = Row::clone(self.rows.get(*id)).with(bits);
            self.rows.replace(*id, row);
        }
    }

    /// The rows found, by path unless the query has an order of its own.
    fn in_order(&self, mut found: Vec<ItemId>) -> Vec<Row> {
        found.sort_unstable();
        if let Some(sort) = &self.query.sort {
            let column = sort_column(sort, &self.context.spec).map(|field| {
                let mut read = self.read(std::slice::from_ref(&field));
                read.remove(&field).unwrap_or_default()
            });
            let among: HashSet<ItemId> = found.into_iter().collect();
            let column = column.as_ref().map(|cells| cells.as_slice());
            found = order::sorted(&self.rows, sort, &self.context.spec, column);
            found.retain(|id| among.contains(id));
        }
        found.into_iter().map(|id| Row::clone(self.rows.get(id))).collect()
    }
}

fn sort_column(sort: &Sort, spec: &RowSpec) -> Option<FieldRef> {
    match &sort.key {
        SortKey::By(target) => match target.source(spec) {
            Source::Column(field) => Some(field),
            Source::Row(_) => None,
        },
        SortKey::Path | SortKey::TopicCount => None,
    }
}
