//! Facets: what the values of a set of items are, how many items have each, and the query term that narrows to it.
//!
//! A facet writes the *exact* form (`topic="Virtual Care"`), as it counts exact values; dates are counted by year and by month, many
//! different numbers by ranges; what is missing, null, blank or out of step are buckets of their own. Unreadable items are in no
//! bucket, and maps are no values. Not here: what a query says of a group of values (`search::groups`).

mod grain;

use std::collections::HashMap;

use super::row::{Row, RowField, RowSpec};
use super::rows::{ItemId, Rows};
use super::target::{Source, Target};
use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::profile::FindingKind;
use grain::Grain;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FacetBy {
    /// The values of a role or a field.
    Value(Target),
    /// The years of the date, and what stands there instead of one.
    Year,
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
    /// Dates or numbers from one to another, both included, as the language writes it: `2022-09..2022-09`, `1..20`.
    Range(Box<str>),
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
            Bucket::Range(text) => text.split_once("..").filter(|(from, to)| from == to).map_or(text, |(one, _)| one),
            Bucket::Blank => "(blank)",
            Bucket::Null => "(null)",
            Bucket::Missing => "(missing)",
            Bucket::Drift => "(drift)",
            Bucket::Finding(kind) => kind.words(),
        }
    }

    /// Whether it stands for what values there are, not for what is wrong or lacking.
    pub fn is_value(&self) -> bool {
        matches!(self, Bucket::Value(_) | Bucket::Range(_))
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
            FacetBy::Year | FacetBy::Month => Some(Target::Role(RowField::Date)),
            FacetBy::Finding => None,
        }
    }

    /// The term of a bucket.
    fn term(&self, bucket: &Bucket) -> String {
        let target = self.target();
        let name = target.as_ref().map_or("finding", Target::name);
        match bucket {
            Bucket::Value(text) => format!("{name}={}", quoted(text)),
            // A date alone is all of that year or month.
            Bucket::Range(_) if matches!(target, Some(Target::Role(_))) => format!("{name}:{}", bucket.label()),
            Bucket::Range(text) => format!("{name}:{text}"),
            Bucket::Finding(kind) => format!("finding:{}", kind.name()),
            state => format!("{name}={}", state.label()),
        }
    }

    /// A bucket of so many items.
    pub fn value(&self, bucket: Bucket, count: usize) -> FacetValue {
        FacetValue { term: self.term(&bucket), bucket, count }
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

/// Counts `items`: dates from the newest and numbers from the least, else the most frequent value first, then by text; out of step,
/// blank, null and missing at the end.
///
/// `column` holds the cells of a field that rows do not hold ([`FacetBy::column`]): those of every item, so that ranges of numbers
/// stay what they are while the filter changes.
pub fn count(by: &FacetBy, rows: &Rows, items: &[ItemId], spec: &RowSpec, column: Option<&[Cell]>) -> Vec<FacetValue> {
    let Some(target) = by.target() else { return count_findings(rows, items) };
    let source = target.source(spec);
    let step = spec.step(&target);
    let mut tally = Tally::new(Grain::of(by, column));
    for id in items {
        let row = rows.get(*id);
        let cell = match &source {
            Source::Row(role) => Some(row.cell(*role)),
            Source::Column(_) => column.and_then(|c| c.get(id.0 as usize)),
        };
        let drifts = step.is_some_and(|step| row.findings.is_some_and(|bits| bits.drifts(step)));
        tally.take(row, cell, drifts);
    }
    // Months stand beside the years, which have the rest.
    let all = tally.buckets().into_iter();
    let kept = all.filter(|(bucket, _)| *by != FacetBy::Month || matches!(bucket, Bucket::Range(_)));
    kept.map(|(bucket, count)| by.value(bucket, count)).collect()
}

/// The counts of one facet.
struct Tally<'c> {
    grain: Grain,
    values: HashMap<&'c str, usize>,
    dates: HashMap<&'c str, usize>,
    ranges: Vec<usize>,
    blank: usize,
    null: usize,
    missing: usize,
    drift: usize,
}

impl<'c> Tally<'c> {
    fn new(grain: Grain) -> Tally<'c> {
        let ranges = vec![0; grain.ranges().len()];
        let (values, dates) = Default::default();
        Tally { grain, values, dates, ranges, blank: 0, null: 0, missing: 0, drift: 0 }
    }

    fn take(&mut self, row: &Row, cell: Option<&'c Cell>, drifts: bool) {
        self.drift += usize::from(drifts);
        match cell {
            None => {}
            _ if row.problem.is_some() => {}
            Some(Cell::Missing) => self.missing += 1,
            Some(Cell::Null) => self.null += 1,
            Some(cell) if cell.is_blank() => self.blank += 1,
            Some(cell) => self.texts(cell),
        }
    }

    /// Each distinct value of a cell once.
    fn texts(&mut self, cell: &'c Cell) {
        let mut ranges = 0u64;
        for (at, text) in cell.texts().enumerate() {
            if text.trim().is_empty() || cell.texts().take(at).any(|before| before == text) {
                continue;
            }
            if let Some(head) = self.grain.date(text) {
                let seen = cell.texts().take(at).any(|before| self.grain.date(before) == Some(head));
                *self.dates.entry(head).or_default() += usize::from(!seen);
            } else if let Some(range) = self.grain.range(text) {
                self.ranges[range] += usize::from(ranges & (1 << range) == 0);
                ranges |= 1 << range;
            } else {
                *self.values.entry(text).or_default() += 1;
            }
        }
    }

    /// What was counted, in order; nothing that no item has.
    fn buckets(self) -> Vec<(Bucket, usize)> {
        let mut dates: Vec<(&str, usize)> = self.dates.into_iter().filter(|(_, n)| *n > 0).collect();
        dates.sort_unstable_by(|a, b| b.0.cmp(a.0));
        let mut values: Vec<(Bucket, usize)> =
            self.values.into_iter().map(|(t, n)| (Bucket::Value(t.into()), n)).collect();
        values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut buckets: Vec<(Bucket, usize)> =
            dates.into_iter().map(|(text, n)| (Bucket::Range(format!("{text}..{text}").into()), n)).collect();
        buckets.extend(self.grain.ranges().iter().map(|range| range.bucket.clone()).zip(self.ranges));
        buckets.extend(values);
        buckets.extend([
            (Bucket::Drift, self.drift),
            (Bucket::Blank, self.blank),
            (Bucket::Null, self.null),
            (Bucket::Missing, self.missing),
        ]);
        buckets.retain(|(_, count)| *count > 0);
        buckets
    }
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
    values.into_iter().map(|(kind, count)| FacetBy::Finding.value(Bucket::Finding(kind), count)).collect()
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
            "(blank) 1 status=(blank)",
            "(null) 1 status=(null)",
            "(missing) 1 status=(missing)",
        ];
        assert_eq!(status, expected);
    }

    #[test]
    fn an_item_counts_once_for_a_topic_it_names_twice() {
        let topics = counted(FacetBy::Value(Target::Role(RowField::Topics)));
        let expected = [
            "Care 2 topic=Care",
            "Say \"hi\" 1 topic=\"Say \\\"hi\\\"\"",
            "(blank) 1 topic=(blank)",
            "(null) 1 topic=(null)",
        ];
        assert_eq!(topics, expected);
    }

    #[test]
    fn dates_are_counted_by_year_and_by_month_from_the_newest() {
        let years = counted(FacetBy::Year);
        assert_eq!(years, ["2022 2 date:2022", "2021 1 date:2021", "soon 1 date=soon"]);
        assert_eq!(counted(FacetBy::Month), ["2022-09 2 date:2022-09", "2021-01 1 date:2021-01"]);
    }

    fn counted_field(cells: &[&str]) -> Vec<String> {
        let mut rows = Rows::default();
        let column: Vec<Cell> = cells.iter().map(|text| Cell::Text((*text).into())).collect();
        for at in 0..cells.len() {
            rows.push(made_up::row(&at.to_string(), "A", "", "", "", ""));
        }
        let items: Vec<ItemId> = rows.iter().map(|(id, _)| id).collect();
        let by = FacetBy::Value(Target::Field("weight".parse().expect("a field")));
        let values = count(&by, &rows, &items, &made_up::spec(), Some(&column));
        values.iter().map(|v| format!("{} {} {}", v.bucket.label(), v.count, v.term)).collect()
    }

    #[test]
    fn many_different_numbers_are_counted_by_ranges_and_a_few_one_by_one() {
        let cells = ["1", "2", "-3", "4", "5.5", "60", "70", "800", "9000", "10000", "10000", "heavy"];
        let expected = [
            "-3..2 3 weight:-3..2",
            "4..60 3 weight:4..60",
            "70..9000 3 weight:70..9000",
            "10000 2 weight=10000",
            "heavy 1 weight=heavy",
        ];
        assert_eq!(counted_field(&cells), expected);
        assert_eq!(counted_field(&["10", "20", "10"]), ["10 2 weight=10", "20 1 weight=20"]);
    }

    #[test]
    fn many_different_dates_of_any_field_are_counted_by_year() {
        let cells: Vec<String> = (1..12).map(|month| format!("20{}-{month:02}-01", 20 + month % 2)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        assert_eq!(counted_field(&cells), ["2021 6 weight:2021..2021", "2020 5 weight:2020..2020"]);
    }
}
