//! Facets: what the values of a set of items are, how many items have each, and the query term that narrows to it.
//!
//! A facet writes the *exact* form (`topic="Virtual Care"`), as it counts exact values; what is missing, null or blank are three
//! buckets with three terms. Unreadable items are in no bucket, and maps are no values.

use std::collections::HashMap;

use super::row::{RowField, RowSpec};
use super::rows::{ItemId, Rows};
use super::target::{Source, Target};
use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::profile::FindingKind;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FacetBy {
    /// The values of a role or a field.
    Value(Target),
    /// The months of the date.
    Month,
    /// Kinds of findings, once every item has been looked at.
    Finding,
}

/// One bucket of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bucket {
    /// A value, to the letter.
    Value(Box<str>),
    /// `''`, blanks or `[]`.
    Blank,
    /// The key is there, its value is null.
    Null,
    /// No such key.
    Missing,
    /// Out of step with the fields that follow it.
    Drift,
    /// A kind of finding.
    Finding(FindingKind),
}

impl Bucket {
    /// As the facet column shows it.
    pub fn label(&self) -> &str {
        match self {
            Bucket::Value(text) => text,
            Bucket::Blank => "(blank)",
            Bucket::Null => "(null)",
            Bucket::Missing => "(missing)",
            Bucket::Drift => "(drift)",
            Bucket::Finding(kind) => kind.words(),
        }
    }
}

/// A bucket with its count and the term it writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    pub bucket: Bucket,
    pub count: usize,
    /// The query term that shows exactly these items.
    pub term: String,
}

impl FacetBy {
    /// The column that has to be read before this can be counted.
    pub fn column(&self, spec: &RowSpec) -> Option<FieldRef> {
        match self.target()?.source(spec) {
            Source::Row(_) => None,
            Source::Column(field) => Some(field),
        }
    }

    /// What is counted, where it is a field.
    pub fn target(&self) -> Option<Target> {
        match self {
            FacetBy::Value(target) => Some(target.clone()),
            FacetBy::Month => Some(Target::Role(RowField::Date)),
            FacetBy::Finding => None,
        }
    }

    /// The term of a bucket.
    fn term(&self, bucket: &Bucket) -> String {
        let target = self.target();
        let name = target.as_ref().map_or("finding", Target::name);
        match (self, bucket) {
            (FacetBy::Month, Bucket::Value(text)) if is_month(text) => format!("{name}:{text}"),
            (_, Bucket::Value(text)) => format!("{name}={}", quoted(text)),
            (_, Bucket::Blank) => format!("empty:{name}"),
            (_, Bucket::Null) => format!("null:{name}"),
            (_, Bucket::Missing) => format!("missing:{name}"),
            (_, Bucket::Drift) => format!("{name}=(drift)"),
            (_, Bucket::Finding(kind)) => format!("finding:{}", kind.name()),
        }
    }
}

/// A value as a query term holds it: in quotes where it has blanks or signs that mean something to the query language.
pub fn quoted(value: &str) -> String {
    let means = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '|' | '\\' | '!' | '<' | '>' | ':' | '=' | '(');
    if !value.is_empty() && !value.contains(means) && !value.contains("..") {
        return value.to_string();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Counts `items`: the most frequent value first, then by text; blank, null and missing at the end.
///
/// `column` holds the cells of a field that rows do not hold ([`FacetBy::column`]).
pub fn count(by: &FacetBy, rows: &Rows, items: &[ItemId], spec: &RowSpec, column: Option<&[Cell]>) -> Vec<FacetValue> {
    let Some(target) = by.target() else { return count_findings(rows, items) };
    let source = target.source(spec);
    let step = spec.step(&target);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let (mut blank, mut null, mut missing, mut drift) = (0, 0, 0, 0);
    for id in items {
        let row = rows.get(*id);
        drift += usize::from(step.is_some_and(|step| row.findings.is_some_and(|bits| bits.drifts(step))));
        let cell = match &source {
            Source::Row(role) => Some(row.cell(*role)),
            Source::Column(_) => column.and_then(|c| c.get(id.0 as usize)),
        };
        match cell {
            None => {}
            _ if row.problem.is_some() => {}
            Some(Cell::Missing) => missing += 1,
            Some(Cell::Null) => null += 1,
            Some(cell) if cell.is_blank() => blank += 1,
            Some(cell) => each_value(cell, *by == FacetBy::Month, |text| *counts.entry(text).or_default() += 1),
        }
    }
    let mut values: Vec<(Bucket, usize)> =
        counts.into_iter().map(|(text, n)| (Bucket::Value(text.into()), n)).collect();
    values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let others = [(Bucket::Drift, drift), (Bucket::Blank, blank), (Bucket::Null, null), (Bucket::Missing, missing)];
    values.extend(others.into_iter().filter(|(_, n)| *n > 0));
    values.into_iter().map(|(bucket, count)| FacetValue { term: by.term(&bucket), bucket, count }).collect()
}

/// How many items have a finding of each kind that rows keep a bit of. Half of the counts would be wrong: there are none until all
/// items have been looked at.
fn count_findings(rows: &Rows, items: &[ItemId]) -> Vec<FacetValue> {
    if items.iter().any(|id| rows.get(*id).is_unlooked()) {
        return Vec::new();
    }
    let has = |id: &&ItemId, kind| rows.get(**id).findings.is_some_and(|bits| bits.has(kind));
    let counted = FindingKind::ALL.map(|kind| (kind, items.iter().filter(|id| has(id, kind)).count()));
    let mut values: Vec<(FindingKind, usize)> = counted.into_iter().filter(|(_, count)| *count > 0).collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let value = |(kind, count)| {
        let bucket = Bucket::Finding(kind);
        FacetValue { term: FacetBy::Finding.term(&bucket), bucket, count }
    };
    values.into_iter().map(value).collect()
}

/// Each distinct text of a cell once; of dates the month.
fn each_value<'c>(cell: &'c Cell, month: bool, mut take: impl FnMut(&'c str)) {
    for (at, text) in cell.texts().enumerate() {
        if text.trim().is_empty() || cell.texts().take(at).any(|before| before == text) {
            continue;
        }
        let head = text.get(..7).filter(|head| month && is_month(head));
        take(head.unwrap_or(text));
    }
}

fn is_month(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 7 && bytes.iter().enumerate().all(|(at, b)| if at == 4 { *b == b'-' } else { b.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Row, made_up};

    fn desk() -> Rows {
        let mut rows = Rows::default();
        rows.push(made_up::row("a", "A", "2022-09-23", "x.org", "''", "Care|Care|Say \"hi\""));
        rows.push(made_up::row("b", "B", "2022-09-01", "y.org", "approved", "Care"));
        rows.push(made_up::row("c", "C", "soon", "", "~", "[]"));
        rows.push(made_up::row("d", "D", "2021-01-02", "y.org", "", "~"));
        rows.push(Row::unreadable("e", "broken"));
        rows
    }

    fn counted(by: FacetBy) -> Vec<String> {
        let rows = desk();
        let items: Vec<ItemId> = rows.iter().map(|(id, _)| id).collect();
        let values = count(&by, &rows, &items, &made_up::spec(), None);
        values.iter().map(|v| format!("{} {} {}", v.bucket.label(), v.count, v.term)).collect()
    }

    #[test]
    fn missing_null_and_blank_have_buckets_of_their_own() {
        let status = counted(FacetBy::Value(Target::Role(RowField::Status)));
        let expected = [
            "approved 1 status=approved",
            "(blank) 1 empty:status",
            "(null) 1 null:status",
            "(missing) 1 missing:status",
        ];
        assert_eq!(status, expected);
    }

    #[test]
    fn an_item_counts_once_for_a_topic_it_names_twice() {
        let topics = counted(FacetBy::Value(Target::Role(RowField::Topics)));
        let expected = [
            "Care 2 topic=Care",
            "Say \"hi\" 1 topic=\"Say \\\"hi\\\"\"",
            "(blank) 1 empty:topic",
            "(null) 1 null:topic",
        ];
        assert_eq!(topics, expected);
    }

    #[test]
    fn dates_are_counted_by_month() {
        let months = counted(FacetBy::Month);
        assert_eq!(months, ["2022-09 2 date:2022-09", "2021-01 1 date:2021-01", "soon 1 date=soon"]);
    }
}
