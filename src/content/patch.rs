//! Patches: what made one text of another, byte for byte, and the way back.
//!
//! Here: the hunks between two texts, their reverse, and their way through changes that were made later. Not here: when a patch is
//! made, kept or taken back (`library::history`), nor diffs for the eye ([`super::diff`]).

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Lines in which two texts differ, on either side, above which they are not compared line by line: a whole text put in another's
/// place is one hunk.
const MAX_LINES: usize = 4_000;

/// Bytes in place of other bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hunk {
    /// Where the old bytes begin, in the old text.
    pub at: usize,
    pub old: String,
    pub new: String,
}

impl Hunk {
    /// Where the old bytes end.
    fn end(&self) -> usize {
        self.at + self.old.len()
    }
}

/// The hunks that make `new` of `old`: whole lines, in the order of the text, none touching the next.
pub fn between(old: &str, new: &str) -> Vec<Hunk> {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b, before) = (&a[start..a.len() - end], &b[start..b.len() - end], &a[..start]);
    let mut at: usize = before.iter().map(|line| line.len()).sum();
    if a.len().max(b.len()) > MAX_LINES {
        return vec![Hunk { at, old: a.concat(), new: b.concat() }];
    }
    let mut hunks: Vec<Hunk> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, a, b) {
        let (old, new) = (a[op.old_range()].concat(), b[op.new_range()].concat());
        let length = old.len();
        match (op, hunks.last_mut()) {
            (DiffOp::Equal { .. }, _) => {}
            (_, Some(last)) if last.end() == at => {
                last.old += &old;
                last.new += &new;
            }
            _ => hunks.push(Hunk { at, old, new }),
        }
        at += length;
    }
    hunks
}

/// The text after all hunks; none where one of them does not find its old bytes.
pub fn applied(text: &str, hunks: &[Hunk]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for hunk in hunks {
        let found = text.get(hunk.at..hunk.end()).is_some_and(|there| there == hunk.old);
        if !found || hunk.at < from {
            return None;
        }
        out.push_str(&text[from..hunk.at]);
        out.push_str(&hunk.new);
        from = hunk.end();
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// The hunks that make the old text of the new one.
pub fn reversed(hunks: &[Hunk]) -> Vec<Hunk> {
    let (mut added, mut removed) = (0, 0);
    let turn = |hunk: &Hunk| {
        let at = hunk.at + added - removed;
        (added, removed) = (added + hunk.new.len(), removed + hunk.old.len());
        Hunk { at, old: hunk.new.clone(), new: hunk.old.clone() }
    };
    hunks.iter().map(turn).collect()
}

/// The same hunks where they stand in the text after `later`; both are placed in the text before it. None where a later hunk changed
/// bytes of one of them, or where neither has bytes at their place: nobody knows then which comes first.
pub fn moved(hunks: &[Hunk], later: &[Hunk]) -> Option<Vec<Hunk>> {
    hunks.iter().map(|hunk| moved_one(hunk, later)).collect()
}

fn moved_one(hunk: &Hunk, later: &[Hunk]) -> Option<Hunk> {
    let (start, end) = (hunk.at, hunk.end());
    let (mut added, mut removed) = (0, 0);
    for other in later {
        match (other.end() <= start, other.at >= end) {
            // Two without bytes at one place.
            (true, true) => return None,
            (true, _) => (added, removed) = (added + other.new.len(), removed + other.old.len()),
            (_, true) => break,
            _ => return None,
        }
    }
    Some(Hunk { at: start + added - removed, ..hunk.clone() })
}

/// Where whole lines stand in a text: only as whole lines.
fn stands(text: &str, lines: &str) -> Vec<usize> {
    let is_end = |end: usize| end == text.len() || lines.ends_with('\n');
    let is_start = |at: usize| at == 0 || text.as_bytes()[at - 1] == b'\n';
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = text.get(from..).filter(|_| !lines.is_empty()).and_then(|rest| rest.find(lines)) {
        let at = from + at;
        if is_start(at) && is_end(at + lines.len()) {
            found.push(at);
        }
        // Lines may stand in themselves: the next line may be where they stand again.
        let Some(next) = text[at..].find('\n') else { break };
        from = at + next + 1;
    }
    found
}

/// Where the old lines of a hunk, which has lines around it, stand in a text that has changed since. None where they are gone, or stand
/// in several places, for nobody knows then which of them was meant; and none where the hunk began or ended its text (no line is
/// around it there) and does not do so any more.
pub fn found_again(text: &str, old: &str, new: &str) -> Option<usize> {
    match stands(text, old)[..] {
        [at] if may_stand(text, (at, at + old.len()), old, new) => Some(at),
        _ => None,
    }
}

/// Whether the new lines of a hunk, which has lines around it, stand at this place already, and in no other. Where they are a part of the
/// old ones nobody knows: lines that are alike stood beside each other.
pub fn is_made(text: &str, at: usize, old: &str, new: &str) -> bool {
    !old.contains(new) && stands(text, new) == [at] && may_stand(text, (at, at + new.len()), old, new)
}

/// Whether a hunk that began or ended its text does so here: no line is around it there.
fn may_stand(text: &str, (from, to): (usize, usize), old: &str, new: &str) -> bool {
    let begins = old.split_inclusive('\n').next() != new.split_inclusive('\n').next();
    let ends = old.split_inclusive('\n').next_back() != new.split_inclusive('\n').next_back();
    (from == 0 || !begins) && (to == text.len() || !ends)
}

/// The same hunks, each with the line before it and the line behind it, and with as many more as it takes that they stand in no other
/// place, so that they are found again in a text that has changed beside them; hunks that then touch are one.
/// None where one of them does not find its old bytes.
pub fn with_lines_around(text: &str, hunks: &[Hunk]) -> Option<Vec<Hunk>> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for hunk in hunks {
        let (mut from, mut to) = wider(text, hunk.at, hunk.end())?;
        let mut lines = 1;
        while (from, to) != (0, text.len()) && stands(text, &text[from..to]).len() > 1 {
            for _ in 0..lines {
                (from, to) = wider(text, from, to)?;
            }
            lines *= 2;
        }
        while let Some(last) = places.pop_if(|last| last.1 >= from) {
            (from, to) = (from.min(last.0), to.max(last.1));
        }
        places.push((from, to));
    }
    let widened = |(from, to): (usize, usize)| {
        let within = hunks.iter().filter(|h| h.at >= from && h.end() <= to);
        let within: Vec<Hunk> = within.map(|h| Hunk { at: h.at - from, ..h.clone() }).collect();
        let old = text.get(from..to)?;
        Some(Hunk { at: from, old: old.to_string(), new: applied(old, &within)? })
    };
    places.into_iter().map(widened).collect()
}

/// The place with the line before it and the line behind it.
fn wider(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let (before, behind) = (text.get(..from)?, text.get(to..)?);
    let from = before.strip_suffix('\n').unwrap_or(before).rfind('\n').map_or(0, |at| at + 1);
    Some((from, to + behind.find('\n').map_or(behind.len(), |at| at + 1)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hunk(at: usize, old: &str, new: &str) -> Hunk {
        Hunk { at, old: old.to_string(), new: new.to_string() }
    }

    #[test]
    fn hunks_are_whole_lines_where_they_differ() {
        let (old, new) = ("a\nb\nc\nd", "a\nB\nc\nd\n");
        let hunks = between(old, new);
        assert_eq!(hunks, [hunk(2, "b\n", "B\n"), hunk(6, "d", "d\n")]);
        assert_eq!(applied(old, &hunks).as_deref(), Some(new));
        assert_eq!(reversed(&hunks), [hunk(2, "B\n", "b\n"), hunk(6, "d\n", "d")]);
        assert_eq!(between(old, old), []);
    }

    #[test]
    fn a_hunk_that_does_not_find_its_bytes_is_not_applied() {
        assert_eq!(applied("a\nb\n", &[hunk(2, "c", "x")]), None);
        assert_eq!(applied("a", &[hunk(9, "", "x")]), None);
    }

    #[test]
    fn a_hunk_goes_through_later_changes_beside_it_and_through_none_at_its_place() {
        let mine = [hunk(4, "mine\n", "")];
        let goes = |later: Hunk| moved(&mine, &[later]).map(|hunks| hunks[0].at);
        assert_eq!(goes(hunk(0, "", "new\n")), Some(8));
        assert_eq!(goes(hunk(0, "abc\n", "")), Some(0));
        assert_eq!(goes(hunk(4, "", "x\n")), Some(6));
        assert_eq!(goes(hunk(9, "next\n", "other\n")), Some(4));
        assert_eq!(goes(hunk(6, "n", "N")), None);
        assert_eq!(goes(hunk(0, "abc\nmi", "")), None);
        // A line to be put back: it knows on which side of its neighbours, but not of a line put in where it was.
        let back = [hunk(4, "", "mine\n")];
        let goes = |later: Hunk| moved(&back, &[later]).map(|hunks| hunks[0].at);
        assert_eq!(goes(hunk(4, "", "x\n")), None);
        assert_eq!(goes(hunk(0, "abc\n", "x\n")), Some(2));
        assert_eq!(goes(hunk(4, "next\n", "")), Some(4));
        assert_eq!(goes(hunk(3, "\nn", "")), None);
    }

    #[test]
    fn lines_around_hold_a_hunk_in_its_place() {
        let text = "a\nb\nc\nd\ne\nf\n";
        let widened = |hunks: &[Hunk]| with_lines_around(text, hunks).unwrap();
        assert_eq!(widened(&[hunk(4, "", "x\n")]), [hunk(2, "b\nc\n", "b\nx\nc\n")]);
        assert_eq!(widened(&[hunk(0, "a\n", "")]), [hunk(0, "a\nb\n", "b\n")]);
        assert_eq!(widened(&[hunk(12, "", "g")]), [hunk(10, "f\n", "f\ng")]);
        let two = [hunk(2, "b\n", "B\n"), hunk(6, "d\n", "")];
        assert_eq!(widened(&two), [hunk(0, "a\nb\nc\nd\ne\n", "a\nB\nc\ne\n")]);
        assert_eq!(with_lines_around(text, &[hunk(99, "", "x")]), None);
    }

    #[test]
    fn as_many_lines_go_with_a_hunk_as_it_takes_to_find_it_again() {
        let text = "a\n\nb\n\nb\n\nc\n";
        let [one] = &with_lines_around(text, &[hunk(2, "\n", "x\n")]).unwrap()[..] else { panic!("one") };
        assert_eq!((one.at, &*one.old, &*one.new), (0, "a\n\nb\n", "a\nx\nb\n"));
        let [one] = &with_lines_around(text, &[hunk(6, "b\n", "B\n")]).unwrap()[..] else { panic!("one") };
        let again = |text: &str| found_again(text, &one.old, &one.new);
        assert_eq!(again(text), Some(one.at));
        assert_eq!(again(&format!("new\n{text}")), Some(one.at + 4));
        assert_eq!(again(&text.repeat(2)), None, "it stands there twice");
        assert_eq!(found_again("xb\nc\n", "b\nc\n", "b\nd\nc\n"), None, "no whole line");
        assert_eq!(found_again("y\na\n", "a\n", "x\na\n"), None, "it was the first line");
        assert_eq!(found_again("a\ny\n", "a\n", "a\nx\n"), None, "it was the last line");
        assert_eq!(found_again("a\nb\n", "b", "b\nc"), None, "it was the last line, and had no end");
    }

    fn text() -> impl Strategy<Value = String> {
        (prop::collection::vec(prop::sample::select(vec!["a\n", "b\n", "\n", "ä\r\n"]), 0..9), "[a-c]{0,2}")
            .prop_map(|(lines, end)| lines.concat() + &end)
    }

    proptest! {
        #[test]
        fn hunks_lead_there_and_back(old in text(), new in text()) {
            let hunks = between(&old, &new);
            prop_assert_eq!(applied(&old, &hunks), Some(new.clone()));
            prop_assert_eq!(applied(&new, &reversed(&hunks)), Some(old.clone()));
            prop_assert_eq!(&reversed(&reversed(&hunks)), &hunks);
            let widened = with_lines_around(&old, &hunks).unwrap();
            prop_assert_eq!(applied(&old, &widened), Some(new.clone()));
            prop_assert!(old.is_empty() || widened.iter().all(|h| !h.old.is_empty()));
        }

        #[test]
        fn two_changes_beside_each_other_meet_in_either_order(start in text(), one in text(), two in text()) {
            let (a, b) = (between(&start, &one), between(&start, &two));
            if let (Some(a_late), Some(b_late)) = (moved(&a, &b), moved(&b, &a)) {
                let ab = applied(&applied(&start, &a).unwrap(), &b_late);
                let ba = applied(&applied(&start, &b).unwrap(), &a_late);
                prop_assert!(ab.is_some());
                prop_assert_eq!(ab, ba);
            }
        }
    }
}
