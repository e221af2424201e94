//! Three versions of a sequence made one: lines of a body, entries of a list.
//!
//! As diff3 and git do it: what both sides left alone divides the sequences; between two such places the side that changed something
//! counts, and where both did and differ it is a conflict. Not here: what a field means (`profile::merge`).

use std::collections::HashMap;
use std::hash::Hash;

use similar::{Algorithm, capture_diff_slices};

/// A stretch of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch<T> {
    /// One side's, or what both have.
    Settled(Vec<T>),
    /// Both sides changed it, each in its way.
    Conflict { ours: Vec<T>, theirs: Vec<T> },
}

/// The stretches of the result, in order.
pub fn merge<T: Clone + Eq + Hash>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<Stretch<T>> {
    let mut numbers = HashMap::new();
    let [b, o, t] = [base, ours, theirs].map(|side| numbered(side, &mut numbers));
    let (in_ours, in_theirs) = (kept(&b, &o), kept(&b, &t));
    let mut out = Vec::new();
    let (mut at_base, mut at_ours, mut at_theirs) = (0, 0, 0);
    for next in 0..=base.len() {
        let both = match (in_ours.get(next), in_theirs.get(next)) {
            (Some(Some(o)), Some(Some(t))) => Some((*o, *t)),
            (None, None) => Some((ours.len(), theirs.len())),
            _ => None,
        };
        let Some((o, t)) = both else { continue };
        settle(&base[at_base..next], &ours[at_ours..o], &theirs[at_theirs..t], &mut out);
        if next < base.len() {
            push(&mut out, &base[next..=next]);
        }
        (at_base, at_ours, at_theirs) = (next + 1, o + 1, t + 1);
    }
    out
}

/// The result, where no stretch is a conflict.
pub fn settled<T: Clone + Eq + Hash>(base: &[T], ours: &[T], theirs: &[T]) -> Option<Vec<T>> {
    let stretches = merge(base, ours, theirs).into_iter();
    let settled = stretches.map(|stretch| match stretch {
        Stretch::Settled(items) => Some(items),
        Stretch::Conflict { .. } => None,
    });
    Some(settled.collect::<Option<Vec<_>>>()?.concat())
}

fn numbered<'a, T: Eq + Hash>(items: &'a [T], numbers: &mut HashMap<&'a T, usize>) -> Vec<usize> {
    let mut number = |item| {
        let next = numbers.len();
        *numbers.entry(item).or_insert(next)
    };
    items.iter().map(&mut number).collect()
}

/// Where each item of the base stands in the other sequence, if it is still there.
fn kept(base: &[usize], other: &[usize]) -> Vec<Option<usize>> {
    let mut places = vec![None; base.len()];
    for op in capture_diff_slices(Algorithm::Myers, base, other) {
        if let similar::DiffOp::Equal { old_index, new_index, len } = op {
            (0..len).for_each(|n| places[old_index + n] = Some(new_index + n));
        }
    }
    places
}

fn settle<T: Clone + Eq>(base: &[T], ours: &[T], theirs: &[T], out: &mut Vec<Stretch<T>>) {
    if ours == theirs || theirs == base {
        push(out, ours);
    } else if ours == base {
        push(out, theirs);
    } else {
        out.push(Stretch::Conflict { ours: ours.to_vec(), theirs: theirs.to_vec() });
    }
}

fn push<T: Clone>(out: &mut Vec<Stretch<T>>, items: &[T]) {
    match out.last_mut() {
        _ if items.is_empty() => {}
        Some(Stretch::Settled(last)) => last.extend_from_slice(items),
        _ => out.push(Stretch::Settled(items.to_vec())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn merged(base: &str, ours: &str, theirs: &str) -> String {
        let [base, ours, theirs] = [base, ours, theirs].map(|text| text.chars().collect::<Vec<_>>());
        let text = |items: Vec<char>| items.into_iter().collect::<String>();
        let show = |stretch| match stretch {
            Stretch::Settled(items) => text(items),
            Stretch::Conflict { ours, theirs } => format!("<{}|{}>", text(ours), text(theirs)),
        };
        merge(&base, &ours, &theirs).into_iter().map(show).collect()
    }

    #[test]
    fn each_sides_changes_are_kept_and_the_same_place_changed_twice_is_a_conflict() {
        for (base, ours, theirs, result) in [
            ("abc", "abc", "abc", "abc"),
            ("abc", "xabc", "abcy", "xabcy"),
            ("abc", "ac", "abcy", "acy"),
            ("abc", "axc", "axc", "axc"),
            ("abc", "axc", "ayc", "a<x|y>c"),
            ("abc", "ac", "ayc", "a<|y>c"),
            ("abc", "abcx", "abcy", "abc<x|y>"),
            ("", "x", "x", "x"),
            ("", "x", "y", "<x|y>"),
            ("abc", "", "abc", ""),
        ] {
            assert_eq!(merged(base, ours, theirs), result, "{base} {ours} {theirs}");
        }
    }

    proptest! {
        #[test]
        fn a_side_that_changed_nothing_yields_to_the_other(
            base in prop::collection::vec(0..4u8, 0..12), other in prop::collection::vec(0..4u8, 0..12),
        ) {
            prop_assert_eq!(settled(&base, &base, &other), Some(other.clone()));
            prop_assert_eq!(settled(&base, &other, &base), Some(other.clone()));
            prop_assert_eq!(settled(&base, &other, &other), Some(other));
        }

        #[test]
        fn the_sides_are_worth_the_same(
            base in prop::collection::vec(0..4u8, 0..8),
            ours in prop::collection::vec(0..4u8, 0..8),
            theirs in prop::collection::vec(0..4u8, 0..8),
        ) {
            prop_assert_eq!(settled(&base, &ours, &theirs), settled(&base, &theirs, &ours));
        }
    }
}
