//! Taking a batch back out of a text, whatever was changed since.
//!
//! Every change since is known byte by byte, so the batch's own bytes are followed through them to where they stand now. Where a later
//! change touched them, the batch stays, and that change is named. Not here: whether the text at hand is the one that the changes lead
//! to; [`since`] says which do.

use super::{BatchId, Patch, PatchHead};
use crate::content::patch::{Hunk, applied, moved, reversed};

/// What a batch changed in a text, written or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub batch: BatchId,
    /// The batch that it takes back.
    pub undoes: Option<BatchId>,
    pub hunks: Vec<Hunk>,
}

/// Numbers from here on are of changes that are being taken back: no batch has one.
const TAKEN: BatchId = BatchId::MAX / 2;

/// How many of a file's patches, oldest first, lead without a gap to the text with this fingerprint; where they begin and end. Files that
/// were changed by others meanwhile have a gap, or another fingerprint.
pub fn since(patches: &[&PatchHead], fingerprint: &str) -> std::ops::Range<usize> {
    let Some(end) = patches.iter().rposition(|patch| patch.after == fingerprint) else { return 0..0 };
    let mut start = end;
    while start > 0 && patches[start - 1].after == patches[start].before {
        start -= 1;
    }
    start..end + 1
}

/// A text without a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Without {
    pub text: String,
    /// What makes it of the text with the batch, at the very places where that is done. A comparison of the two texts may name others,
    /// where equal lines stand beside each other, and whoever followed other batches through it would end at a wrong place.
    pub hunks: Vec<Hunk>,
}

/// The text without `batch`. `changes`, oldest first, are those that led to it. Nothing where it has no part in them.
///
/// # Errors
/// The batch that touched the same place later.
pub fn without(text: &str, changes: &[Change], batch: BatchId) -> Result<Option<Without>, BatchId> {
    let mut changes = changes.to_vec();
    let mut done: Option<Without> = None;
    while let Some(at) = standing(&changes, batch) {
        let left = done.as_ref().map_or(text, |done| done.text.as_str());
        let mut back = reversed(&changes[at].hunks);
        for later in reduced(&changes[at + 1..], left) {
            back = moved(&back, &later.hunks).ok_or(later.batch)?;
        }
        let next = applied(left, &back).ok_or(TAKEN)?;
        // What is taken back is a change like any other: where the batch has a part before it, that one is followed through both.
        let taken = TAKEN + 2 * changes.len() as BatchId;
        changes[at].batch = taken;
        changes.push(Change { batch: taken + 1, undoes: Some(taken), hunks: back.clone() });
        let hunks = match &done {
            Some(first) => vec![joined(text, &first.hunks, left, &back, &next)],
            None => back,
        };
        done = Some(Without { text: next, hunks });
    }
    Ok(done)
}

/// Two patches, one after the other, as one hunk that reaches from the first place of either to the last.
fn joined(old: &str, first: &[Hunk], between: &str, second: &[Hunk], new: &str) -> Hunk {
    let start = |hunks: &[Hunk]| hunks.first().map_or(usize::MAX, |hunk| hunk.at);
    let rest =
        |text: &str, hunks: &[Hunk]| hunks.last().map_or(text.len(), |hunk| text.len() - hunk.at - hunk.old.len());
    let at = start(first).min(start(second)).min(old.len());
    let rest = rest(old, first).min(rest(between, second)).min(old.len() - at);
    let part = |text: &str| text.get(at..text.len() - rest).unwrap_or_default().to_string();
    Hunk { at, old: part(old), new: part(new) }
}

/// The last change of a batch that no later one took back.
fn standing(changes: &[Change], batch: BatchId) -> Option<usize> {
    let mut gone: Vec<BatchId> = Vec::new();
    for (at, change) in changes.iter().enumerate().rev() {
        if gone.contains(&change.batch) {
            continue;
        }
        if change.batch == batch {
            return Some(at);
        }
        gone.extend(change.undoes);
    }
    None
}

/// The changes without those that were taken back among them: as if neither had been. `end` is the text that all of them lead to.
fn reduced(changes: &[Change], end: &str) -> Vec<Change> {
    let mut list = changes.to_vec();
    // One pair gone may free another that it stood between.
    while let Some((first, second, between)) = pair(&list, end) {
        list.splice(first..=second, between);
    }
    list
}

/// A change and the one that takes it back, with what is left of those between them.
fn pair(list: &[Change], end: &str) -> Option<(usize, usize, Vec<Change>)> {
    (0..list.len()).rev().find_map(|second| {
        let undone = list[second].undoes?;
        // What is taken back itself takes nothing back.
        if list[second + 1..].iter().any(|later| later.undoes == Some(list[second].batch)) {
            return None;
        }
        let first = list[..second].iter().rposition(|change| change.batch == undone)?;
        Some((first, second, without_pair(list, first, second, end)?))
    })
}

/// The changes between two of which the second takes the first back, placed as if neither had been; none where it is not exactly so.
fn without_pair(list: &[Change], first: usize, second: usize, end: &str) -> Option<Vec<Change>> {
    let mut back = reversed(&list[first].hunks);
    let mut out = Vec::new();
    for change in &list[first + 1..second] {
        out.push(Change { hunks: moved(&change.hunks, &back)?, ..change.clone() });
        back = moved(&back, &change.hunks)?;
    }
    let after =
        list[second + 1..].iter().rev().try_fold(end.to_string(), |text, c| applied(&text, &reversed(&c.hunks)))?;
    let before = applied(&after, &reversed(&list[second].hunks))?;
    (applied(&before, &back)? == after).then_some(out)
}

/// A patch of the log as a change.
pub fn change(patch: &Patch, undoes: Option<BatchId>) -> Change {
    Change { batch: patch.batch, undoes, hunks: patch.hunks.clone() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::patch::between;

    const TEXT: &str = "---\ntitle: a\nstatus: ''\ntopics:\n  - x\nend: 1\n---\nbody\n";

    /// A file and what was done to it.
    struct File {
        text: String,
        changes: Vec<Change>,
    }

    impl File {
        fn of(text: &str) -> File {
            File { text: text.to_string(), changes: Vec::new() }
        }

        fn becomes(&mut self, batch: BatchId, undoes: Option<BatchId>, text: &str) {
            self.changes.push(Change { batch, undoes, hunks: between(&self.text, text) });
            self.text = text.to_string();
        }

        fn replace(mut self, batch: BatchId, old: &str, new: &str) -> File {
            assert!(self.text.contains(old), "{old} in {}", self.text);
            let text = self.text.replacen(old, new, 1);
            self.becomes(batch, None, &text);
            self
        }

        /// Takes a batch back by another one.
        fn back(&mut self, batch: BatchId, by: BatchId) -> Result<(), BatchId> {
            let Without { text, hunks } = without(&self.text, &self.changes, batch)?.expect("it has a part here");
            assert_eq!(applied(&self.text, &hunks).as_ref(), Some(&text));
            self.changes.push(Change { batch: by, undoes: Some(batch), hunks });
            self.text = text;
            Ok(())
        }
    }

    #[test]
    fn a_batch_goes_from_under_later_ones_elsewhere() {
        let mut file = File::of(TEXT).replace(1, "title: a", "title: longer").replace(2, "status: ''", "status: ok");
        file.back(1, 3).unwrap();
        assert_eq!(file.text, TEXT.replace("status: ''", "status: ok"));
        file.back(2, 4).unwrap();
        assert_eq!(file.text, TEXT);
    }

    #[test]
    fn a_line_beside_a_later_one_goes_and_one_changed_later_stays() {
        let mut file = File::of(TEXT).replace(1, "  - x\n", "  - x\n  - y\n").replace(2, "  - y\n", "  - y\n  - z\n");
        file.back(1, 3).unwrap();
        assert_eq!(file.text, TEXT.replace("  - x\n", "  - x\n  - z\n"));
        let mut file = File::of(TEXT).replace(1, "title: a", "title: b").replace(2, "title: b", "title: c");
        assert_eq!(file.back(1, 3), Err(2));
        file.back(2, 3).unwrap();
        file.back(1, 4).unwrap();
        assert_eq!(file.text, TEXT);
    }

    #[test]
    fn a_later_batch_that_was_taken_back_itself_is_in_nobodys_way() {
        let file = File::of(TEXT).replace(1, "title: a", "title: b").replace(2, "title: b", "title: c");
        let mut file = file.replace(3, "end: 1", "end: 2");
        file.back(2, 4).unwrap();
        file.back(1, 5).unwrap();
        assert_eq!(file.text, TEXT.replace("end: 1", "end: 2"));
        // The undo of the undo puts it in the way again.
        let file = File::of(TEXT).replace(1, "title: a", "title: b").replace(2, "title: b", "title: c");
        let mut file = file.replace(3, "end: 1", "end: 2");
        file.back(2, 4).unwrap();
        file.back(4, 5).unwrap();
        assert_eq!(file.back(1, 6), Err(2));
    }

    #[test]
    fn a_batch_with_two_parts_in_a_file_loses_both() {
        let mut file = File::of(TEXT).replace(1, "title: a", "title: b").replace(2, "end: 1", "end: 2");
        file = file.replace(1, "status: ''", "status: ok");
        file.back(1, 3).unwrap();
        assert_eq!(file.text, TEXT.replace("end: 1", "end: 2"));
        assert_eq!(without(&file.text, &file.changes, 1), Ok(None));
    }

    #[test]
    fn only_patches_that_lead_to_the_text_count() {
        let patch = |before: &str, after: &str| PatchHead {
            batch: 1,
            path: "a.md".into(),
            before: before.into(),
            after: after.into(),
            taken: Vec::new(),
        };
        let patches = [patch("a", "b"), patch("b", "c"), patch("x", "y"), patch("y", "z")];
        let heads: Vec<&PatchHead> = patches.iter().collect();
        assert_eq!(since(&heads, "z"), 2..4);
        assert_eq!(since(&heads, "y"), 2..3);
        assert_eq!(since(&heads, "c"), 0..2);
        assert_eq!(since(&heads, "elsewhere"), 0..0);
    }

    fn lines() -> impl Strategy<Value = Vec<&'static str>> {
        prop::collection::vec(prop::sample::select(vec!["a\n", "b\n", "c\n", "d\n", "\n"]), 0..8)
    }

    proptest! {
        /// Whatever the texts were and in whatever order batches are taken back: each goes, or one that came later is named, and once
        /// all have gone the first text stands there again, to the byte. The one written last always goes.
        #[test]
        fn in_the_end_the_first_text_stands_there_again(texts in prop::collection::vec(lines(), 2..6), order in any::<u64>()) {
            let texts: Vec<String> = texts.iter().map(|lines| lines.concat()).collect();
            let mut file = File::of(&texts[0]);
            (1..).zip(&texts[1..]).for_each(|(batch, text)| file.becomes(batch, None, text));
            let last = texts.len() as u64 - 1;
            let one_less = without(&file.text, &file.changes, last).map(|done| done.map(|done| done.text));
            prop_assert_eq!(one_less, Ok(Some(texts[texts.len() - 2].clone())));
            let mut left: Vec<BatchId> = (1..=last).collect();
            let (mut dice, mut next) = (order, 100);
            for _ in 0..4 * texts.len() {
                if left.is_empty() {
                    break;
                }
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = (dice >> 33) as usize % left.len();
                match file.back(left[at], next) {
                    Ok(()) => drop(left.remove(at)),
                    Err(by) => prop_assert!(by > left[at], "{by} in the way of {}", left[at]),
                }
                next += 1;
            }
            // Some may stay, in the way of each other: a refusal is no third text.
            prop_assume!(left.is_empty());
            prop_assert_eq!(&file.text, &texts[0]);
        }
    }
}
