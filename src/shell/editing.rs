//! The threads that edit: what a batch means in ten thousand items is worked out by two of them at once.
//!
//! Every item has its worker, so that its jobs are done one after another, in the order in which they were asked for. What is about
//! many items (the write) waits until both workers have come so far, and both go on when it is done: nothing overtakes it, and it
//! overtakes nothing but rows that are made anew. A write can be stopped. Not here: what a job does (`work`), and what goes before
//! what (`inbox`).

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::inbox::{Haste, Jobs, inbox};
use super::work::Workshop;
use crate::app::{Effect, Event};

/// Two cores are what everybody has.
const WORKERS: usize = 2;

/// The workers.
#[derive(Debug)]
pub struct Editing {
    /// Whether the write that is under way is to end.
    stop: Arc<AtomicBool>,
    jobs: Vec<Jobs<Job>>,
    workers: Vec<JoinHandle<()>>,
}

/// What a worker is told.
#[derive(Debug)]
enum Job {
    /// A job of its own.
    Own(Effect),
    /// A job for which all others stand still: each of them sends one message (or is gone), and waits until its sender here is dropped.
    Alone { effect: Effect, stand: Receiver<()>, others: Vec<Sender<()>> },
    /// Say that you stand still, and do so until the other end is dropped.
    Stand { say: Sender<()>, until: Receiver<()> },
}

impl Editing {
    /// Starts them; every job is answered through `tell`.
    pub fn start(workshop: Arc<Workshop>, tell: impl Fn(Event) + Clone + Send + 'static) -> Editing {
        let (mut jobs, mut workers) = (Vec::new(), Vec::new());
        let stop = Arc::new(AtomicBool::new(false));
        for _ in 0..WORKERS {
            let (sender, inbox) = inbox();
            jobs.push(sender);
            let (workshop, stop, tell) = (Arc::clone(&workshop), Arc::clone(&stop), tell.clone());
            workers.push(thread::spawn(move || {
                while let Some(job) = inbox.next() {
                    work(job, &workshop, &|| stop.load(Ordering::Relaxed), &tell);
                }
            }));
        }
        Editing { stop, jobs, workers }
    }

    /// Hands a job to its worker.
    pub fn carry_out(&self, effect: Effect) {
        // One write at a time is asked for: the answer to a stop is the end of it.
        match effect {
            Effect::StopWrite => return self.stop.store(true, Ordering::Relaxed),
            Effect::Write { .. } | Effect::GoOn(_) => self.stop.store(false, Ordering::Relaxed),
            _ => {}
        }
        match haste_of(&effect) {
            Haste::Many => self.alone(effect),
            haste @ (Haste::Item(_) | Haste::CanWait(_)) => self.give(worker_of(&haste), Job::Own(effect), &haste),
        }
    }

    fn alone(&self, effect: Effect) {
        let (say, stand) = channel();
        let mut others = Vec::new();
        for worker in 1..WORKERS {
            let (other, until) = channel();
            others.push(other);
            self.give(worker, Job::Stand { say: say.clone(), until }, &Haste::Many);
        }
        self.give(0, Job::Alone { effect, stand, others }, &Haste::Many);
    }

    fn give(&self, worker: usize, job: Job, haste: &Haste) {
        // A worker that panicked has said so, and answers nothing more; the desk goes on.
        self.jobs[worker].put(job, haste);
    }

    /// Waits until everything is answered.
    pub fn finish(self) {
        drop(self.jobs);
        for worker in self.workers {
            // A thread that panicked has said so.
            let _ = worker.join();
        }
    }
}

fn work(job: Job, workshop: &Workshop, stopped: &(dyn Fn() -> bool + Sync), tell: &impl Fn(Event)) {
    let perform = |effect| workshop.perform(effect, stopped, &mut |event| tell(event));
    match job {
        Job::Own(effect) => perform(effect),
        Job::Alone { effect, stand, others } => {
            // Fewer say so only where a worker is gone, and that one stands still indeed.
            for _ in &others {
                let _ = stand.recv();
            }
            perform(effect);
        }
        Job::Stand { say, until } => {
            // Nothing is ever sent the other way: that end is dropped when the job is done.
            let _ = say.send(());
            drop(say);
            let _ = until.recv();
        }
    }
}

/// The item that an effect is about, where it is about one, and whether somebody waits for it.
fn haste_of(effect: &Effect) -> Haste {
    match effect {
        Effect::Recompute(file) => Haste::CanWait(file.path.clone()),
        Effect::Expand(job) => Haste::Item(job.prior.path.clone()),
        Effect::LoadForm(file) | Effect::Diff(file) => Haste::Item(file.path.clone()),
        Effect::Review(file) | Effect::Hunks(file) => Haste::Item(file.path.clone()),
        _ => Haste::Many,
    }
}

fn worker_of(haste: &Haste) -> usize {
    let mut hash = DefaultHasher::new();
    if let Haste::CanWait(item) | Haste::Item(item) = haste {
        item.hash(&mut hash);
    }
    hash.finish() as usize % WORKERS
}
