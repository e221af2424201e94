//! How finely a facet counts: value by value, dates by year or month, many different numbers by ranges.

use std::collections::HashSet;

use super::{Bucket, FacetBy};
use crate::content::summary::Cell;

/// Up to so many different numbers or dates each is a bucket of its own.
const FEW: usize = 8;
/// Numbers are dealt out to so many ranges.
const RANGES: usize = 5;

/// How finely one facet counts.
pub(super) enum Grain {
    Values,
    Years,
    Months,
    Ranges(Vec<Range>),
}

/// Numbers from one to another that some item has, both included.
pub(super) struct Range {
    from: f64,
    to: f64,
    pub(super) bucket: Bucket,
}

impl Grain {
    /// A field that rows do not hold is looked at: what nearly all of its values are says how it is counted.
    pub(super) fn of(by: &FacetBy, column: Option<&[Cell]>) -> Grain {
        match (by, column) {
            (FacetBy::Year, _) => Grain::Years,
            (FacetBy::Month, _) => Grain::Months,
            (FacetBy::Value(_), Some(column)) => Grain::of_column(column),
            _ => Grain::Values,
        }
    }

    fn of_column(column: &[Cell]) -> Grain {
        let texts = || column.iter().flat_map(Cell::texts).filter(|text| !text.trim().is_empty());
        let different: HashSet<&str> = texts().collect();
        let nearly_all = |count: usize| count > FEW && count * 10 >= different.len() * 9;
        if nearly_all(different.iter().filter(|text| date(text, 10).is_some()).count()) {
            return Grain::Years;
        }
        if !nearly_all(different.iter().filter(|text| number(text).is_some()).count()) {
            return Grain::Values;
        }
        let mut numbers: Vec<(f64, &str)> = texts().filter_map(|text| Some((number(text)?, text))).collect();
        numbers.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        Grain::Ranges(ranges(&numbers))
    }

    /// The year or month that a date is counted by.
    pub(super) fn date<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Grain::Years => date(text, 4),
            Grain::Months => date(text, 7),
            Grain::Values | Grain::Ranges(_) => None,
        }
    }

    /// The range that a number is counted in.
    pub(super) fn range(&self, text: &str) -> Option<usize> {
        let number = Some(self.ranges()).filter(|ranges| !ranges.is_empty()).and_then(|_| number(text))?;
        self.ranges().iter().position(|range| (range.from..=range.to).contains(&number))
    }

    /// The ranges of numbers, from the least.
    pub(super) fn ranges(&self) -> &[Range] {
        match self {
            Grain::Ranges(ranges) => ranges,
            _ => &[],
        }
    }
}

/// Ranges that hold about as many items each; equal numbers are in one. Their ends are numbers that are there, so that no number lies
/// in two.
fn ranges(numbers: &[(f64, &str)]) -> Vec<Range> {
    let most = numbers.len().div_ceil(RANGES);
    let mut ranges = Vec::new();
    let mut rest = numbers;
    while let Some(last) = rest.get(most.min(rest.len()).saturating_sub(1)) {
        let end = rest.iter().take_while(|(number, _)| *number <= last.0).count();
        let (here, behind) = rest.split_at(end);
        let (from, to) = (here[0], here[end - 1]);
        let bucket = match from.1 == to.1 {
            true => Bucket::Value(from.1.into()),
            false => Bucket::Range(format!("{}..{}", from.1, to.1).into()),
        };
        ranges.push(Range { from: from.0, to: to.0, bucket });
        rest = behind;
    }
    ranges
}

/// The first `length` letters of a date that goes as far.
fn date(text: &str, length: usize) -> Option<&str> {
    let head = text.get(..length)?;
    let right = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    let ends = text.as_bytes().get(length).is_none_or(|next| matches!(next, b'-' | b'T' | b't' | b' '));
    (head.bytes().enumerate().all(right) && ends).then_some(head)
}

/// A number that the language reads as one: with a digit first and last.
fn number(text: &str) -> Option<f64> {
    let digit = |c: char| c.is_ascii_digit();
    let plain = text.trim_start_matches(['-', '+']).starts_with(digit) && text.ends_with(digit);
    text.parse().ok().filter(|number: &f64| plain && number.is_finite())
}
