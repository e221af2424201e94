//! What of the drafts is safe: which batches the journal does not have on disk yet.
//!
//! Records go to the journal in order, so their number says it all. Once the beginning of a batch is on disk, it is never lost: its edits
//! would be made again. Not here: the journal, and when it syncs (`shell`).

use std::collections::VecDeque;

use crate::library::{BatchId, Record};

/// How far the journal is behind.
#[derive(Clone, Debug, Default)]
pub struct Safety {
    /// How many records were handed over.
    appended: u64,
    /// Batches, by the number of the record that begins them.
    waiting: VecDeque<(u64, BatchId)>,
    /// How many were handed over at the last two ticks of the clock.
    ticks: [u64; 2],
    late: bool,
}

impl Safety {
    /// Counts records that go to the journal. `redone` is the batch that a redo does again.
    pub fn appended(&mut self, records: &[Record], redone: Option<BatchId>) {
        for record in records {
            self.appended += 1;
            let begun = match record {
                Record::Began { batch, .. } | Record::BeganEach { batch, .. } => Some(*batch),
                Record::Redone => redone,
                _ => None,
            };
            self.waiting.extend(begun.map(|batch| (self.appended, batch)));
        }
    }

    /// The journal has so many records on disk.
    pub fn synced(&mut self, records: u64) {
        while self.waiting.front().is_some_and(|(number, _)| *number <= records) {
            self.waiting.pop_front();
        }
        self.late &= !self.waiting.is_empty();
    }

    /// A moment has passed. What waited two moments ago and waits still is late: two of them are what nobody notices.
    pub fn tick(&mut self) {
        let [before, last] = self.ticks;
        self.late = self.waiting.front().is_some_and(|(number, _)| *number <= before);
        self.ticks = [last, self.appended];
    }

    /// Whether the disk takes so long that it is to be said.
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// Whether these batches are all safe.
    pub fn holds(&self, mut batches: impl Iterator<Item = BatchId>) -> bool {
        self.waiting.is_empty() || batches.all(|batch| self.waiting.iter().all(|(_, waits)| *waits != batch))
    }

    /// Whether everything is.
    pub fn holds_all(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_more_than_two_moments_is_late_until_it_is_safe() {
        let mut safety = Safety::default();
        safety.tick();
        safety.appended(
            &[Record::Began { batch: 1, label: String::new(), intents: Vec::new(), items: Vec::new() }],
            None,
        );
        let late = |safety: &mut Safety| {
            safety.tick();
            safety.is_late()
        };
        assert_eq!([late(&mut safety), late(&mut safety), late(&mut safety)], [false, false, true]);
        safety.synced(1);
        assert!(!safety.is_late() && !late(&mut safety));
    }

    #[test]
    fn a_batch_is_safe_once_its_beginning_is_on_disk() {
        let began = |batch| Record::Began { batch, label: String::new(), intents: Vec::new(), items: Vec::new() };
        let mut safety = Safety::default();
        assert!(safety.holds_all());
        safety.appended(&[began(1), Record::Undone], None);
        safety.appended(&[began(2)], None);
        let holds = |safety: &Safety| [1, 2].map(|batch| safety.holds([batch].into_iter()));
        assert_eq!(holds(&safety), [false, false]);
        safety.synced(2);
        assert_eq!(holds(&safety), [true, false]);
        safety.synced(3);
        assert_eq!((holds(&safety), safety.holds_all()), ([true, true], true));
        safety.appended(&[Record::Redone], Some(1));
        assert_eq!(holds(&safety), [false, true]);
    }
}
