//! What waits for one of the threads that edit, in the order in which it will be done.
//!
//! Rows of drafts made anew come by the thousand after a start, and nobody waits for them: what the curator asks for of another item, or
//! of all, goes before them. Everything else is done in the order in which it was asked for. Not here: what a job is (`editing`).

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// What a job has to say for its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Haste {
    /// It can wait for all that is about other items.
    CanWait(Arc<str>),
    /// It is about one item, and comes after what was asked of it before.
    Item(Arc<str>),
    /// It is about many items.
    Many,
}

/// The end where jobs are put in. Dropped: no more will come.
#[derive(Debug)]
pub(super) struct Jobs<T>(Arc<Shared<T>>);

/// The end where they are taken out. Dropped: whatever is put in is dropped.
#[derive(Debug)]
pub(super) struct Inbox<T>(Arc<Shared<T>>);

type Shared<T> = (Mutex<Waiting<T>>, Condvar);

#[derive(Debug)]
struct Waiting<T> {
    first: VecDeque<T>,
    /// Behind `first`, each with the item that can wait, where it is such a job.
    then: VecDeque<(T, Option<Arc<str>>)>,
    /// How many jobs of an item stand in `then` because they can wait.
    patient: HashMap<Arc<str>, usize>,
    /// How many others do.
    impatient: usize,
    closed: bool,
}

/// Both ends of an empty one.
pub(super) fn inbox<T>() -> (Jobs<T>, Inbox<T>) {
    let (first, then) = (VecDeque::new(), VecDeque::new());
    let waiting = Waiting { first, then, patient: HashMap::new(), impatient: 0, closed: false };
    let shared = Arc::new((Mutex::new(waiting), Condvar::new()));
    (Jobs(Arc::clone(&shared)), Inbox(shared))
}

fn locked<T>(shared: &Shared<T>) -> MutexGuard<'_, Waiting<T>> {
    shared.0.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Jobs<T> {
    /// Puts a job in its place.
    pub fn put(&self, job: T, haste: &Haste) {
        let mut waiting = locked(&self.0);
        if !waiting.closed {
            waiting.put(job, haste);
            self.0.1.notify_one();
        }
    }
}

impl<T> Drop for Jobs<T> {
    fn drop(&mut self) {
        locked(&self.0).closed = true;
        self.0.1.notify_all();
    }
}

impl<T> Inbox<T> {
    /// The next job, as soon as there is one; none where no more will come.
    pub fn next(&self) -> Option<T> {
        let is_idle = |waiting: &mut Waiting<T>| waiting.is_empty() && !waiting.closed;
        let waiting = self.0.1.wait_while(locked(&self.0), is_idle);
        waiting.unwrap_or_else(PoisonError::into_inner).next()
    }
}

impl<T> Drop for Inbox<T> {
    fn drop(&mut self) {
        let mut waiting = locked(&self.0);
        waiting.closed = true;
        while waiting.next().is_some() {}
    }
}

impl<T> Waiting<T> {
    fn is_empty(&self) -> bool {
        self.first.is_empty() && self.then.is_empty()
    }

    fn put(&mut self, job: T, haste: &Haste) {
        // Behind a job that did not go before the others nothing does: it keeps its place.
        let goes_first = self.impatient == 0
            && match haste {
                Haste::CanWait(_) => false,
                Haste::Item(item) => !self.patient.contains_key(item),
                Haste::Many => true,
            };
        if goes_first {
            return self.first.push_back(job);
        }
        let patient = if let Haste::CanWait(item) = haste { Some(Arc::clone(item)) } else { None };
        match &patient {
            Some(item) => *self.patient.entry(Arc::clone(item)).or_default() += 1,
            None => self.impatient += 1,
        }
        self.then.push_back((job, patient));
    }

    fn next(&mut self) -> Option<T> {
        if let Some(job) = self.first.pop_front() {
            return Some(job);
        }
        let (job, patient) = self.then.pop_front()?;
        match patient {
            Some(item) => {
                if let Some(left) = self.patient.get_mut(&item) {
                    *left -= 1;
                    if *left == 0 {
                        self.patient.remove(&item);
                    }
                }
            }
            None => self.impatient -= 1,
        }
        Some(job)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn haste(word: &str) -> Haste {
        match word.split_at(1) {
            ("~", item) => Haste::CanWait(item.into()),
            ("*", _) => Haste::Many,
            _ => Haste::Item(word[..1].into()),
        }
    }

    fn order(named: &str) -> String {
        let (jobs, inbox) = inbox();
        named.split(' ').for_each(|job| jobs.put(job.to_string(), &haste(job)));
        drop(jobs);
        std::iter::from_fn(|| inbox.next()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_can_wait_does_so_and_all_else_keeps_its_order() {
        assert_eq!(order("~a ~b c1 c2 *1 d1"), "c1 c2 *1 d1 ~a ~b");
        // What is asked of an item comes after what was asked of it before, and nothing overtakes that.
        assert_eq!(order("~a ~b c1 b1 *1 d1 ~d"), "c1 ~a ~b b1 *1 d1 ~d");
        assert_eq!(order("a1 ~a ~a a2"), "a1 ~a ~a a2");
    }

    #[test]
    fn once_what_kept_its_place_is_done_the_rest_can_be_overtaken_again() {
        let (jobs, inbox) = inbox();
        for job in ["~a", "a1", "~b", "c1"] {
            jobs.put(job, &haste(job));
        }
        let next = || inbox.next().unwrap();
        assert_eq!([next(), next(), next(), next()], ["~a", "a1", "~b", "c1"]);
        for job in ["~b", "d1"] {
            jobs.put(job, &haste(job));
        }
        assert_eq!([next(), next()], ["d1", "~b"]);
    }

    #[test]
    fn where_nobody_takes_them_out_jobs_are_dropped() {
        let (jobs, inbox) = inbox();
        let (before, after) = (Arc::new(()), Arc::new(()));
        jobs.put(Arc::clone(&before), &Haste::Many);
        drop(inbox);
        jobs.put(Arc::clone(&after), &Haste::Many);
        assert_eq!((Arc::strong_count(&before), Arc::strong_count(&after)), (1, 1));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_only_what_can_wait_is_overtaken(named in prop::collection::vec("[ab~*][ab]", 0..20)) {
            let hastes: Vec<Haste> = named.iter().map(|job| haste(job)).collect();
            let (jobs, inbox) = inbox();
            for (at, haste) in hastes.iter().enumerate() {
                jobs.put(at, haste);
            }
            drop(jobs);
            let done: Vec<usize> = std::iter::from_fn(|| inbox.next()).collect();
            prop_assert_eq!(done.len(), named.len());
            for (place, &job) in done.iter().enumerate() {
                for &overtaken in done[place..].iter().filter(|&&earlier| earlier < job) {
                    let Haste::CanWait(item) = &hastes[overtaken] else { panic!("{named:?}: {done:?}") };
                    prop_assert!(hastes[job] != Haste::Item(item.clone()), "{:?}: {:?}", named, done);
                    prop_assert!(!matches!(hastes[job], Haste::CanWait(_)));
                }
            }
        }
    }
}
