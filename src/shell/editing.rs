//! The threads that edit: what a batch means in ten thousand items is worked out by two of them at once.
//!
//! Every item has its worker, so that its jobs are done one after another, in the order in which they were asked for. What is about
//! many items (the write) waits until both workers have come so far, and both go on when it is done: nothing overtakes it,
//! and it overtakes nothing, but that a write can be stopped. Not here: what a job does (`work`).

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::work::Workshop;
use crate::app::{Effect, Event};

/// Two cores are what everybody has.
const WORKERS: usize = 2;

/// The workers.
#[derive(Debug)]
pub struct Editing {
    /// Whether the write that is under way is to end.
    stop: Arc<AtomicBool>,
    jobs: Vec<Sender<Job>>,
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
            let (sender, inbox) = channel();
            let (workshop, stop, tell) = (Arc::clone(&workshop), Arc::clone(&stop), tell.clone());
            workers.push(thread::spawn(move || {
                for job in inbox {
                    work(job, &workshop, &|| stop.load(Ordering::Relaxed), &tell);
                }
            }));
            jobs.push(sender);
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
        match item_of(&effect) {
            Some(item) => self.give(worker_of(item), Job::Own(effect)),
            None => self.alone(effect),
        }
    }

    fn alone(&self, effect: Effect) {
        let (say, stand) = channel();
        let mut others = Vec::new();
        for worker in 1..WORKERS {
            let (other, until) = channel();
            others.push(other);
            self.give(worker, Job::Stand { say: say.clone(), until });
        }
        self.give(0, Job::Alone { effect, stand, others });
    }

    fn give(&self, worker: usize, job: Job) {
        // A worker that panicked has said so, and answers nothing more; the desk goes on.
        let _ = self.jobs[worker].send(job);
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

/// The item that an effect is about, where it is about one.
fn item_of(effect: &Effect) -> Option<&str> {
    match effect {
        Effect::Expand(job) => Some(&job.prior.path),
        Effect::Recompute(file) | Effect::LoadForm(file) | Effect::Diff(file) => Some(&file.path),
        Effect::Review(file) | Effect::Hunks(file) => Some(&file.path),
        _ => None,
    }
}

fn worker_of(item: &str) -> usize {
    let mut hash = DefaultHasher::new();
    item.hash(&mut hash);
    hash.finish() as usize % WORKERS
}
