//! A batch taken back that is not the last: where nothing later stands on it.
//!
//! Here: whether it may go. Not here: what is on disk already (`library::history`).

use std::collections::BTreeSet;

use super::{BatchId, BatchState, Drafts, Moved, Step};

/// Why a batch is not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InTheWay {
    /// It is in no draft.
    Gone,
    /// Edits are on their way in its items.
    Waiting,
    /// These batches, by name, stand on it: the last one first.
    Batches(Vec<String>),
}

impl Drafts {
    /// When a batch was asked for, and which one it takes back.
    pub fn about(&mut self, batch: BatchId, when: u64, undoes: Option<BatchId>) {
        if let Some(batch) = self.batches.iter_mut().rfind(|b| b.id == batch) {
            (batch.when, batch.undoes) = (when, undoes);
        }
    }

    /// The highest number that a batch has had.
    pub fn last_id(&self) -> BatchId {
        self.last_id
    }

    /// Takes a batch back: the last one at once, any other where its items have answered and nothing later stands on it.
    ///
    /// # Errors
    /// [`InTheWay`]; then nothing has changed.
    pub fn take_back(&mut self, batch: BatchId) -> Result<Moved, InTheWay> {
        let at =
            self.batches.iter().position(|b| b.id == batch && b.state == BatchState::Live).ok_or(InTheWay::Gone)?;
        let is_last = self.batches[at + 1..].iter().all(|b| b.state != BatchState::Live);
        if !is_last {
            let standing = self.standing_on(at)?;
            if !standing.is_empty() {
                let label = |id: &BatchId| self.batches.iter().find(|b| b.id == *id).map(|b| b.label.clone());
                return Err(InTheWay::Batches(standing.iter().rev().filter_map(label).collect()));
            }
        }
        Ok(self.drop_batch(at))
    }

    /// The later batches that touch what a batch touched.
    fn standing_on(&self, at: usize) -> Result<BTreeSet<BatchId>, InTheWay> {
        let batch = &self.batches[at];
        let mut standing = BTreeSet::new();
        for part in &batch.parts {
            let steps = self.by_path.get(&part.path).map_or(&[][..], |d| &d.steps);
            let Some(first) = steps.iter().position(|step| step.batch == batch.id) else { continue };
            if steps[first..].iter().any(|step| step.answer.is_none()) {
                return Err(InTheWay::Waiting);
            }
            let later = steps[first + 1..].iter().filter(|later| stands_on(later, &steps[first]));
            standing.extend(later.map(|step| step.batch));
        }
        Ok(standing)
    }
}

fn stands_on(later: &Step, earlier: &Step) -> bool {
    let edits = |step: &Step| step.answer.clone().unwrap_or_default().edits;
    let earlier = edits(earlier);
    edits(later).iter().any(|edit| earlier.iter().any(|before| edit.stands_on(before)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Edit, FieldPath, Place, Value};
    use crate::library::drafts::Part;
    use crate::profile::Intent;

    fn set(field: &str, to: &str) -> Edit {
        Edit::Set { path: FieldPath::key(field), old: None, new: Value::from(to), within: None }
    }

    fn insert(entry: &str) -> Edit {
        Edit::Insert { list: FieldPath::key("topics"), entry: entry.into(), nth: 0, place: Place::End }
    }

    /// Drafts of one file, a batch for each edit.
    fn drafts(edits: &[Edit]) -> Drafts {
        let mut drafts = Drafts::default();
        for (number, edit) in (1..).zip(edits) {
            let parts = Part::same(vec![Intent::Derive], ["x.md".into()]);
            let batch = drafts.begin(format!("batch {number}"), parts, |_| None);
            assert_eq!(batch, number);
            drafts.answer("x.md", batch, Some("h"), vec![edit.clone()]);
        }
        drafts
    }

    fn left(drafts: &Drafts) -> Vec<BatchId> {
        drafts.file("x.md").steps.iter().map(|step| step.batch).collect()
    }

    #[test]
    fn a_batch_goes_from_under_one_that_touches_another_field() {
        let mut drafts = drafts(&[set("a", "1"), set("b", "1"), insert("x"), insert("y")]);
        drafts.take_back(1).unwrap();
        drafts.take_back(3).unwrap();
        assert_eq!(left(&drafts), [2, 4]);
        assert_eq!(drafts.take_back(3), Err(InTheWay::Gone));
        drafts.redo(|_| None).unwrap();
        assert_eq!(drafts.next_job("x.md").unwrap().batch, 3);
    }

    #[test]
    fn a_batch_that_others_stand_on_stays_and_they_are_named() {
        let text = Edit::Text { at: 0, old: "a".into(), new: "b".into() };
        let mut drafts = drafts(&[set("a", "1"), set("a", "2"), insert("x"), text]);
        let named = |numbers: &[u64]| Err(InTheWay::Batches(numbers.iter().map(|n| format!("batch {n}")).collect()));
        assert_eq!(drafts.take_back(1), named(&[4, 2]));
        assert_eq!(drafts.take_back(3), named(&[4]));
        drafts.take_back(4).unwrap();
        drafts.take_back(3).unwrap();
        assert_eq!(drafts.take_back(1), named(&[2]));
        assert_eq!(left(&drafts), [1, 2]);
    }

    #[test]
    fn what_has_not_answered_is_waited_for_unless_it_is_the_last() {
        let mut drafts = drafts(&[set("a", "1")]);
        drafts.begin("slow".to_string(), Part::same(vec![Intent::Derive], ["x.md".into()]), |_| None);
        assert_eq!(drafts.take_back(1), Err(InTheWay::Waiting));
        drafts.take_back(2).unwrap();
        drafts.take_back(1).unwrap();
    }

    #[test]
    fn a_restart_knows_what_was_taken_back_and_what_takes_back_what() {
        let mut drafts = drafts(&[set("a", "1"), set("b", "1")]);
        drafts.about(2, 77, Some(40));
        drafts.replay(&crate::library::Record::TookBack { batch: 1 });
        drafts.replay(&crate::library::Record::Numbered(50));
        let mut again = Drafts::default();
        drafts.records().iter().for_each(|record| again.replay(record));
        assert_eq!(left(&again), [2]);
        assert_eq!((again.batches()[0].when, again.batches()[0].undoes), (77, Some(40)));
        assert_eq!(drafts.begin("next".to_string(), Vec::new(), |_| None), 51);
    }
}
