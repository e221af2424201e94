//! A list or map set anew, taken apart: what stays the same in it is not touched, so that its comments and its lines stay.

use std::collections::HashSet;

use super::op::Op;
use super::path::FieldPath;
use super::value::Value;

/// Above this many comparisons a list is not compared entry by entry.
const MAX_COMPARISONS: usize = 250_000;

/// The operations that make `new` of `old` at `path`, the smallest that are known; each sees the result of those before.
pub(super) fn differences(path: &FieldPath, old: &Value, new: &Value) -> Vec<Op> {
    let mut out = Vec::new();
    compare(path, old, new, &mut out);
    out
}

fn compare(path: &FieldPath, old: &Value, new: &Value, out: &mut Vec<Op>) {
    if old == new {
        return;
    }
    let done = match (old, new) {
        (Value::Seq(a), Value::Seq(b)) if !a.is_empty() && !b.is_empty() => list(path, a, b, out),
        (Value::Map(a), Value::Map(b)) if !a.is_empty() && !b.is_empty() => map(path, a, b, out),
        _ => false,
    };
    if !done {
        out.push(Op::Set { path: path.clone(), value: new.clone() });
    }
}

type Pairs = [(String, Value)];

fn map(path: &FieldPath, old: &Pairs, new: &Pairs, out: &mut Vec<Op>) -> bool {
    let keys = |pairs: &Pairs| pairs.iter().map(|(k, _)| k.clone()).collect::<HashSet<_>>();
    let (old_keys, new_keys) = (keys(old), keys(new));
    if old_keys.len() < old.len() || new_keys.len() < new.len() {
        return false; // A key stands twice.
    }
    let stay: Vec<_> = old.iter().filter(|(k, _)| new_keys.contains(k)).collect();
    // Keys are added at the end only; another order is another map.
    let in_order = stay.iter().zip(new).all(|((a, _), (b, _))| a == b);
    if stay.is_empty() || !in_order {
        return false;
    }
    for (key, _) in old.iter().filter(|(k, _)| !new_keys.contains(k)) {
        out.push(Op::Remove { path: path.then(key.clone()) });
    }
    for ((key, before), (_, after)) in stay.iter().zip(new) {
        compare(&path.then(key.clone()), before, after, out);
    }
    for (key, value) in &new[stay.len()..] {
        out.push(Op::Add { map: path.clone(), key: key.clone(), value: value.clone() });
    }
    true
}

fn list(path: &FieldPath, old: &[Value], new: &[Value], out: &mut Vec<Op>) -> bool {
    if old.len() * new.len() > MAX_COMPARISONS {
        return false;
    }
    if permute(path, old, new, out) {
        return true;
    }
    let kept = common(old, new);
    if kept.is_empty() && (old.len() != new.len() || old.iter().any(Value::is_scalar)) {
        return false;
    }
    // From the end, so that the positions before stay true.
    let (mut old_end, mut new_end) = (old.len(), new.len());
    for (a, b) in kept.iter().rev().copied().map(|(a, b)| (a + 1, b + 1)).chain([(0, 0)]) {
        run(path, &old[a..old_end], &new[b..new_end], a, out);
        (old_end, new_end) = (a.saturating_sub(1), b.saturating_sub(1));
    }
    true
}

/// Between two entries that stay: as many as stand on both sides are changed in place, the rest goes or comes.
fn run(path: &FieldPath, old: &[Value], new: &[Value], at: usize, out: &mut Vec<Op>) {
    let both = old.len().min(new.len());
    for extra in (both..old.len()).rev() {
        out.push(Op::Remove { path: path.index(at + extra) });
    }
    for (extra, value) in new.iter().enumerate().skip(both) {
        out.push(Op::Insert { list: path.clone(), index: at + extra, value: value.clone() });
    }
    for (place, (before, after)) in old.iter().zip(new).enumerate() {
        compare(&path.index(at + place), before, after, out);
    }
}

/// The same entries in another order: they only move.
fn permute(path: &FieldPath, old: &[Value], new: &[Value], out: &mut Vec<Op>) -> bool {
    if old.len() != new.len() {
        return false;
    }
    let mut now: Vec<&Value> = old.iter().collect();
    let mut moves = Vec::new();
    for (to, wanted) in new.iter().enumerate() {
        let Some(from) = (to..now.len()).find(|at| now[*at] == wanted) else { return false };
        if from != to {
            let value = now.remove(from);
            now.insert(to, value);
            moves.push(Op::Move { list: path.clone(), from, to });
        }
    }
    out.extend(moves);
    true
}

/// The longest common subsequence, as pairs of positions.
fn common(old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut lengths = vec![0u32; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            lengths[a * width + b] = if old[a] == new[b] {
                lengths[(a + 1) * width + b + 1] + 1
            } else {
                lengths[(a + 1) * width + b].max(lengths[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b, mut out) = (0, 0, Vec::new());
    while a < old.len() && b < new.len() {
        if old[a] == new[b] {
            out.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if lengths[(a + 1) * width + b] >= lengths[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list_of(texts: &str) -> Value {
        Value::Seq(texts.chars().map(|c| Value::from(c.to_string())).collect())
    }

    #[test]
    fn the_operations_make_the_new_of_the_old_and_leave_what_stays() {
        for (old, new, most) in [
            ("abc", "abcd", 1),
            ("abc", "bc", 1),
            ("abc", "axc", 1),
            ("abc", "cab", 1),
            ("abcd", "xbd", 2),
            ("abc", "xyz", 1),
            ("abc", "cxa", 4),
            ("ab", "ab", 0),
            ("aab", "aba", 1),
            ("a", "bca", 2),
            ("abcdef", "bdxf", 4),
        ] {
            let path = FieldPath::key("k");
            let mut value = Value::Map(vec![("k".to_string(), list_of(old))]);
            let ops = differences(&path, &list_of(old), &list_of(new));
            for op in &ops {
                value.apply(op).unwrap();
            }
            assert_eq!(value.get("k"), Some(&list_of(new)), "{old} {new} {ops:?}");
            assert!(ops.len() <= most, "{old} {new} {ops:?}");
        }
    }

    #[test]
    fn a_map_in_another_order_is_set_whole() {
        let map = |keys: &str| Value::Map(keys.chars().map(|c| (c.to_string(), Value::from(c.to_string()))).collect());
        let ops = |old: &str, new: &str| differences(&FieldPath::root(), &map(old), &map(new)).len();
        assert_eq!((ops("abc", "acd"), ops("ab", "ba"), ops("ab", "ab")), (2, 1, 0));
    }
}
