//! Which words of a line that was replaced differ from the line it was replaced by.
//!
//! Here: the comparison of two lines. Not here: which lines belong together ([`super::diff`]), and how the words are shown.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// More words than this are not compared one by one: all between the common start and the common end then differs.
const MAX_WORDS: usize = 1_500;

/// The characters that differ, on each side: whole words, in the order of the line. Nothing where the lines have so little in common
/// that showing the words would only be noise.
pub(super) fn changed(old: &str, new: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (a, b) = (words(old), words(new));
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (mid_a, mid_b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    let ops = match mid_a.len().max(mid_b.len()) {
        0..=MAX_WORDS => capture_diff_slices(Algorithm::Myers, mid_a, mid_b),
        _ => vec![DiffOp::Replace { old_index: 0, old_len: mid_a.len(), new_index: 0, new_len: mid_b.len() }],
    };
    let same = ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. }));
    let is_word = |word: &&&str| word.contains(char::is_alphanumeric);
    let kept: usize = same.map(|op| mid_a[op.old_range()].iter().filter(is_word).count()).sum();
    let kept = kept + a[..start].iter().chain(&a[a.len() - end..]).filter(is_word).count();
    if kept * 4 < a.iter().filter(is_word).count().max(b.iter().filter(is_word).count()) {
        return (Vec::new(), Vec::new());
    }
    let differs = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for op in differs {
        push(&mut left, &a, op.old_range(), start);
        push(&mut right, &b, op.new_range(), start);
    }
    (left, right)
}

fn push(out: &mut Vec<Range<usize>>, words: &[&str], range: Range<usize>, offset: usize) {
    let chars = |words: &[&str]| words.iter().map(|w| w.chars().count()).sum::<usize>();
    let from = chars(&words[..offset + range.start]);
    let to = from + chars(&words[offset + range.start..offset + range.end]);
    if from < to {
        out.push(from..to);
    }
}

/// Runs of letters and digits, and every other character by itself.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices() {
        if !c.is_alphanumeric() {
            words.extend([&line[from..at], &line[at..at + c.len_utf8()]].into_iter().filter(|w| !w.is_empty()));
            from = at + c.len_utf8();
        }
    }
    words.extend(Some(&line[from..]).filter(|w| !w.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> (String, String) {
        let (left, right) = changed(old, new);
        let mark = |line: &str, ranges: &[Range<usize>]| {
            let mut out = String::new();
            for (at, c) in line.chars().enumerate() {
                out += &"[".repeat(ranges.iter().filter(|r| r.start == at).count());
                out.push(c);
                out += &"]".repeat(ranges.iter().filter(|r| r.end == at + 1).count());
            }
            out
        };
        (mark(old, &left), mark(new, &right))
    }

    #[test]
    fn whole_words_are_marked_and_what_stays_is_not() {
        for (old, new, left, right) in [
            ("title: Care at home", "title: Care from home", "title: Care [at] home", "title: Care [from] home"),
            ("status: ''", "status: approved", "status: ['']", "status: [approved]"),
            ("a é b", "a é c b", "a é b", "a é [c ]b"),
            ("date: 2022-09-23", "date: 2022-09-24", "date: 2022-09-[23]", "date: 2022-09-[24]"),
            ("- same", "- same", "- same", "- same"),
            // Nothing in common: the whole line says so by its sign.
            ("one two three four", "five six seven", "one two three four", "five six seven"),
        ] {
            assert_eq!(shown(old, new), (left.to_string(), right.to_string()));
        }
    }
}
