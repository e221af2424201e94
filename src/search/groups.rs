//! What a query says of a facet's values: the terms that are the facet's own, which grow and shrink as values are chosen.
//!
//! The values of one term are joined as either (`topic=a|b`); a further term of the same facet asks for both; one behind `!` leaves
//! out. A facet is counted beside the term that the next value would join, and beside what it leaves out, so that its other values
//! stay to be seen. What is typed in the filter line is read the same way, unless it asks for more than values (`topic:nurse`): that
//! narrows as any other term. Not here: counting (`library::facets`).

use super::query::{Bound, Query, Term, Test, Wanted, excluded};
use crate::library::facets::{Bucket, FacetBy, FacetValue, quoted};
use crate::library::{RowSpec, Target};
use crate::profile::FindingKind;

/// How a value is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// This or another of the facet's values.
    Either,
    /// This as well.
    Both,
    /// Not this.
    LeaveOut,
}

/// A term of the facet.
struct Own<'q> {
    term: &'q Term,
    target: &'q Target,
    any: Vec<Wanted>,
}

/// The facet's values that the query names, and whether each is asked for (`true`) or left out.
pub fn said(query: &Query, by: &FacetBy, spec: &RowSpec) -> Vec<(Bucket, bool)> {
    let finding = |term: &Term| match &term.test {
        Test::Finding(kind) => Some((Bucket::Finding(FindingKind::named(kind)?), !term.exclude)),
        _ => None,
    };
    if *by == FacetBy::Finding {
        return query.terms.iter().filter_map(finding).collect();
    }
    let own = own(query, by, spec).into_iter();
    own.flat_map(|own| own.any.into_iter().filter_map(move |wanted| Some((bucket(&wanted)?, !own.term.exclude))))
        .collect()
}

/// The query with a value chosen in this way, or no longer where it was already; chosen the other way round it changes sides.
pub fn choose(query: &Query, by: &FacetBy, value: &FacetValue, way: Way, spec: &RowSpec) -> Query {
    let (term, out) = (&value.term, way == Way::LeaveOut);
    let Some(wanted) = wanted(value, by, spec) else {
        let (this, other) = if out { (excluded(term), term.clone()) } else { (term.clone(), excluded(term)) };
        return if query.has_term(&this) {
            query.without_term(&this)
        } else {
            query.without_term(&other).with_term(&this)
        };
    };
    let own = own(query, by, spec);
    if let Some(holder) = own.iter().find(|own| own.any.contains(&wanted)) {
        let rest: Vec<Wanted> = holder.any.iter().filter(|other| **other != wanted).cloned().collect();
        let text = (!rest.is_empty()).then(|| written(holder.target, holder.term.exclude, &rest));
        let left = query.rewriting(holder.term, text.as_deref());
        return if holder.term.exclude == out { left } else { choose(&left, by, value, way, spec) };
    }
    match own.iter().rfind(|own| own.term.exclude == out && way != Way::Both) {
        Some(own) => {
            let any: Vec<Wanted> = own.any.iter().cloned().chain([wanted]).collect();
            query.rewriting(own.term, Some(&written(own.target, out, &any)))
        }
        None => query.with_term(&if out { excluded(term) } else { term.clone() }),
    }
}

/// The values that the facet's last term asks for, and the query without it: what another choice stands in the place of.
pub fn replaceable(query: &Query, by: &FacetBy, spec: &RowSpec) -> Option<(Vec<Bucket>, Query)> {
    let own = own(query, by, spec);
    let last = own.iter().rfind(|own| !own.term.exclude)?;
    Some((last.any.iter().filter_map(bucket).collect(), query.rewriting(last.term, None)))
}

/// The query that a facet is counted with; `None` where it is the query itself.
pub fn besides(query: &Query, by: &FacetBy, spec: &RowSpec) -> Option<Query> {
    let own = own(query, by, spec);
    let last = own.iter().rfind(|own| !own.term.exclude).map(|own| own.term);
    let is_finding = |term: &Term| *by == FacetBy::Finding && matches!(term.test, Test::Finding(_));
    let left_out = |term: &Term| term.exclude && (is_finding(term) || own.iter().any(|own| own.term == term));
    let kept = |term: &&Term| Some(*term) != last && !left_out(term);
    let terms: Vec<Term> = query.terms.iter().filter(kept).cloned().collect();
    (terms.len() < query.terms.len()).then(|| Query { terms, ..query.clone() })
}

fn own<'q>(query: &'q Query, by: &FacetBy, spec: &RowSpec) -> Vec<Own<'q>> {
    let own = |term: &'q Term| {
        let (target, any) = alternatives(&term.test)?;
        let same = by.target()?.source(spec) == target.source(spec);
        let fits = same && !any.is_empty() && any.iter().all(|wanted| counts(by, wanted));
        fits.then_some(Own { term, target, any })
    };
    query.terms.iter().filter_map(own).collect()
}

/// What a test asks of a field, as a list of alternatives.
fn alternatives(test: &Test) -> Option<(&Target, Vec<Wanted>)> {
    Some(match test {
        Test::Field { target, any, .. } => (target, any.clone()),
        Test::Missing(target) => (target, vec![Wanted::Missing]),
        Test::Null(target) => (target, vec![Wanted::Null]),
        Test::Empty(target) => (target, vec![Wanted::Blank]),
        _ => return None,
    })
}

/// Whether a facet has a bucket like this. Years and months are two facets of one field.
fn counts(by: &FacetBy, wanted: &Wanted) -> bool {
    let length = match wanted {
        Wanted::Like(_) => return false,
        Wanted::Between { from: Some(from), to: Some(to) } if from == to && !from.strict => Some(from.text.len()),
        Wanted::Between { from, to } => {
            let closed = [from, to].iter().all(|end| end.as_ref().is_some_and(|end| !end.strict));
            return closed && matches!(by, FacetBy::Value(_));
        }
        _ => None,
    };
    match by {
        FacetBy::Value(_) => true,
        FacetBy::Year => length.is_none_or(|length| length == 4),
        FacetBy::Month => length == Some(7),
        FacetBy::Finding => false,
    }
}

fn wanted(value: &FacetValue, by: &FacetBy, spec: &RowSpec) -> Option<Wanted> {
    let term = Query::parse(&value.term);
    own(&term, by, spec).into_iter().flat_map(|own| own.any).next()
}

fn bucket(wanted: &Wanted) -> Option<Bucket> {
    Some(match wanted {
        Wanted::Equal(text) => Bucket::Value(text.as_str().into()),
        Wanted::Between { from: Some(from), to: Some(to) } => {
            Bucket::Range(format!("{}..{}", from.text, to.text).into())
        }
        Wanted::Missing => Bucket::Missing,
        Wanted::Null => Bucket::Null,
        Wanted::Blank => Bucket::Blank,
        Wanted::Drift => Bucket::Drift,
        Wanted::Like(_) | Wanted::Between { .. } => return None,
    })
}

/// The term that asks for any of these.
fn written(target: &Target, exclude: bool, any: &[Wanted]) -> String {
    let exact = !any.iter().any(|wanted| matches!(wanted, Wanted::Between { .. }));
    let texts: Vec<String> = any.iter().map(|wanted| text(target, wanted, exact)).collect();
    let (not, sign) = (if exclude { "!" } else { "" }, if exact { '=' } else { ':' });
    format!("{not}{}{sign}{}", target.name(), texts.join("|"))
}

fn text(target: &Target, wanted: &Wanted, exact: bool) -> String {
    let end = |bound: &Option<Bound>| bound.as_ref().map_or(String::new(), |bound| bound.text.clone());
    let state = || Wanted::STATES.iter().find(|(_, state)| state == wanted).map_or("", |(word, _)| word);
    match wanted {
        Wanted::Equal(text) => format!("{}{}", if exact { "" } else { "=" }, quoted(text)),
        // A date alone is all of that year or month.
        Wanted::Between { from, to } if from == to && matches!(target, Target::Role(_)) => end(from),
        Wanted::Between { from, to } => format!("{}..{}", end(from), end(to)),
        _ => state().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{RowField, made_up};

    /// The filter line after a value was chosen.
    fn after(line: &str, by: &FacetBy, bucket: Bucket, way: Way) -> String {
        choose(&Query::parse(line), by, &by.value(bucket, 1), way, &made_up::spec()).text().to_string()
    }

    fn value(text: &str) -> Bucket {
        Bucket::Value(text.into())
    }

    #[test]
    fn a_facets_own_term_grows_and_shrinks_where_it_stands() {
        let topic = FacetBy::Value(Target::Role(RowField::Topics));
        let cases = [
            ("nurse", value("Care"), Way::Either, "nurse topic=Care"),
            ("topic=Care nurse", value("Home Care"), Way::Either, "topic=Care|\"Home Care\" nurse"),
            ("categories=Care|Home nurse", value("Care"), Way::Either, "categories=Home nurse"),
            ("topic=Care nurse", value("Care"), Way::Either, "nurse"),
            ("topic=Care", value("Home"), Way::Both, "topic=Care topic=Home"),
            ("topic=Care topic=Home", value("Rural"), Way::Either, "topic=Care topic=Home|Rural"),
            ("topic=Care|Home", value("Care"), Way::LeaveOut, "topic=Home !topic=Care"),
            ("!topic=Care", value("Home"), Way::LeaveOut, "!topic=Care|Home"),
            ("!topic=Care|Home", value("Home"), Way::LeaveOut, "!topic=Care"),
            ("topic:car", value("Care"), Way::Either, "topic:car topic=Care"),
            ("missing:topic", Bucket::Null, Way::Either, "topic=(missing)|(null)"),
            ("topic=Care", Bucket::Drift, Way::Either, "topic=Care|(drift)"),
            ("topic=\"(missing)\"", Bucket::Missing, Way::Either, "topic=\"(missing)\"|(missing)"),
        ];
        for (line, bucket, way, expected) in cases {
            assert_eq!(after(line, &topic, bucket, way), expected, "{line}");
        }
    }

    #[test]
    fn years_months_and_ranges_join_with_what_is_no_date_or_number() {
        let weight = FacetBy::Value(Target::Field("weight".parse().expect("a field")));
        let range = |text: &str| Bucket::Range(text.into());
        let cases = [
            (&FacetBy::Year, "date:2022", range("2021..2021"), "date:2022|2021"),
            (&FacetBy::Year, "date:2022", Bucket::Missing, "date:2022|(missing)"),
            (&FacetBy::Year, "date:2022", value("soon: or later"), "date:2022|=\"soon: or later\""),
            (&FacetBy::Year, "date:2022|=soon", range("2022..2022"), "date=soon"),
            (&FacetBy::Year, "date:2021..2022", range("2022..2022"), "date:2021..2022 date:2022"),
            (&FacetBy::Month, "date:2022", range("2022-09..2022-09"), "date:2022 date:2022-09"),
            (&weight, "weight:-3..2", range("4..60"), "weight:-3..2|4..60"),
            (&weight, "weight:-3..2", value("10000"), "weight:-3..2|=10000"),
        ];
        for (by, line, bucket, expected) in cases {
            let line_after = after(line, by, bucket, Way::Either);
            assert_eq!(line_after, expected, "{line}");
            assert_eq!(Query::parse(&line_after).errors, [], "{line}");
        }
    }

    #[test]
    fn a_facet_counts_beside_what_its_next_value_would_join_and_what_it_leaves_out() {
        let topic = FacetBy::Value(Target::Role(RowField::Topics));
        let count = |line: &str| besides(&Query::parse(line), &topic, &made_up::spec()).map(|query| query.terms.len());
        assert_eq!(count("nurse status=new"), None);
        assert_eq!(count("nurse topic:car"), None);
        assert_eq!(count("nurse topic=Care"), Some(1));
        assert_eq!(count("nurse topic=Care topic=Home !topic=Rural"), Some(2));
    }

    #[test]
    fn what_a_query_names_is_known_as_asked_for_or_left_out() {
        let (spec, topic) = (made_up::spec(), FacetBy::Value(Target::Role(RowField::Topics)));
        let query = Query::parse("topic=Care|Home !topic=Rural !finding:drift topic:car");
        let names = |by| -> Vec<String> {
            let said = said(&query, by, &spec).into_iter();
            said.map(|(bucket, asked_for)| format!("{} {asked_for}", by.value(bucket, 0).term)).collect()
        };
        assert_eq!(names(&topic), ["topic=Care true", "topic=Home true", "topic=Rural false"]);
        assert_eq!(names(&FacetBy::Finding), ["finding:drift false"]);
    }
}
