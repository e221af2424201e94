//! The threads behind the desk: one for matching, one for previews, one for what many items have, what a bulk edit will do to them or
//! a query would mark, one for what is read from very many files, two for findings, one that learns and one that suggests, one for the
//! journal, one for rest; those that edit are `editing`'s.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::desk::Message;
use super::editing::Editing;
use super::journal::Journal;
use super::work::Workshop;
use crate::app::{Effect, Event};
use crate::library::Record;

/// How long the cursor rests before the preview follows.
const REST: Duration = Duration::from_millis(100);

/// The priority of what nobody waits for.
#[cfg(target_os = "linux")]
const LOWEST: i32 = 19;

/// How long the journal waits for more before it syncs: what is typed in a row is one sync, and safe within a twentieth of a second.
const GROUP: Duration = Duration::from_millis(15);

/// Where effects go.
pub(super) struct Threads {
    matches: Newest,
    previews: Newest,
    surveys: Newest,
    suggestions: Newest,
    looks: Sender<Effect>,
    learning: Sender<Effect>,
    /// What is read from very many files, in the order in which it is asked for.
    reads: Sender<Effect>,
    foresights: Newest,
    edits: Editing,
    records: Option<Sender<Vec<Record>>>,
    rests: Sender<u64>,
    outbox: Sender<Message>,
    /// Threads that are waited for at the end: what they do must not be cut short.
    ends: Vec<JoinHandle<()>>,
}

/// A worker that answers the newest question only.
struct Newest {
    jobs: Sender<(u64, Effect)>,
    newest: Arc<AtomicU64>,
}

impl Newest {
    fn start(workshop: Arc<Workshop>, outbox: Sender<Message>) -> Newest {
        let (jobs, inbox) = channel::<(u64, Effect)>();
        let newest = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&newest);
        thread::spawn(move || {
            for (number, effect) in inbox {
                let overtaken = || seen.load(Ordering::Relaxed) > number;
                if !overtaken() {
                    workshop.perform(effect, &overtaken, &mut |event| tell(&outbox, event));
                }
            }
        });
        Newest { jobs, newest }
    }

    fn ask(&self, effect: Effect) {
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        // A worker that is gone answers nothing more; the desk goes on.
        let _ = self.jobs.send((number, effect));
    }
}

fn tell(outbox: &Sender<Message>, event: Event) {
    // At the end nobody listens any more.
    let _ = outbox.send(Message::Event(Box::new(event)));
}

impl Threads {
    /// Starts them. Without a journal nothing is kept: the desk is read only then.
    pub fn start(workshop: Arc<Workshop>, outbox: Sender<Message>, journal: Option<Journal>) -> Threads {
        let mut ends = Vec::new();
        let answers = outbox.clone();
        let edits = Editing::start(Arc::clone(&workshop), move |event| tell(&answers, event));
        let records = journal.map(|journal| {
            let (records, batches) = channel();
            ends.push(keep(journal, batches, outbox.clone()));
            records
        });
        let (rests, cursor) = channel();
        rest(cursor, outbox.clone());
        let matches = Newest::start(Arc::clone(&workshop), outbox.clone());
        let previews = Newest::start(Arc::clone(&workshop), outbox.clone());
        let foresights = Newest::start(Arc::clone(&workshop), outbox.clone());
        let surveys = Newest::start(Arc::clone(&workshop), outbox.clone());
        let suggestions = Newest::start(Arc::clone(&workshop), outbox.clone());
        let learning = one_by_one(Arc::clone(&workshop), outbox.clone(), step_back);
        let looks = one_by_one(Arc::clone(&workshop), outbox.clone(), step_back);
        let reads = one_by_one(workshop, outbox.clone(), || {});
        Threads {
            matches,
            previews,
            foresights,
            surveys,
            suggestions,
            looks,
            learning,
            reads,
            edits,
            records,
            rests,
            outbox,
            ends,
        }
    }

    /// Hands an effect to its thread.
    pub fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Match(_) => self.matches.ask(effect),
            Effect::Preview { .. } => self.previews.ask(effect),
            Effect::Survey(_) => self.surveys.ask(effect),
            Effect::Look { .. } => {
                // A worker that is gone looks no more; the list goes on without signs.
                let _ = self.looks.send(effect);
            }
            Effect::LearnAll { .. } | Effect::Learn { .. } => {
                // A worker that is gone learns no more; the desk goes on with what is known.
                let _ = self.learning.send(effect);
            }
            Effect::Suggest { .. } => self.suggestions.ask(effect),
            Effect::FindMarks(_) | Effect::FindFields { .. } | Effect::Foresee(_) | Effect::LoadForms { .. } => {
                self.foresights.ask(effect);
            }
            Effect::Rest { generation } => {
                let _ = self.rests.send(generation);
            }
            Effect::Journal(records) => {
                if let Some(journal) = &self.records
                    && journal.send(records).is_err()
                {
                    let text = "the journal is gone: write now, or your drafts may be lost";
                    tell(&self.outbox, Event::Failed(text.to_string()));
                }
            }
            Effect::ReadOfferings { .. } => {
                // A thread that panicked has said so; the desk goes on.
                let _ = self.reads.send(effect);
            }
            other => self.edits.carry_out(other),
        }
    }

    /// Waits until every edit is answered and the journal has everything.
    pub fn finish(self) {
        let Threads { edits, records, ends, .. } = self;
        drop(records);
        edits.finish();
        for end in ends {
            // A thread that panicked has said so.
            let _ = end.join();
        }
    }
}

/// Appends what comes, and syncs once for all that comes within a moment. After a failure nothing is said to be safe any more: what
/// stands behind a torn record is not read again.
fn keep(journal: Journal, batches: Receiver<Vec<Record>>, outbox: Sender<Message>) -> JoinHandle<()> {
    let (mut journal, mut safe, mut failed) = (journal, 0, false);
    thread::spawn(move || {
        while let Some(records) = gather(&batches) {
            match journal.append(&records).and_then(|()| journal.sync()) {
                Ok(()) if failed => {}
                Ok(()) => {
                    safe += records.len() as u64;
                    tell(&outbox, Event::Synced { records: safe });
                }
                Err(error) => {
                    failed = true;
                    let text =
                        format!("the journal cannot be written ({error}): write your drafts now, or they may be lost");
                    tell(&outbox, Event::Failed(text));
                }
            }
        }
    })
}

/// The next records, and those that come within [`GROUP`] of the first. None at the end.
fn gather(batches: &Receiver<Vec<Record>>) -> Option<Vec<Record>> {
    let mut records = batches.recv().ok()?;
    let first = Instant::now();
    while let Some(rest) = GROUP.checked_sub(first.elapsed()) {
        match batches.recv_timeout(rest) {
            Ok(more) => records.extend(more),
            Err(_) => break,
        }
    }
    Some(records)
}

/// Makes way for everything else: nobody waits for what this thread does.
fn step_back() {
    // On Linux this is the thread's own; elsewhere it would be the whole program's. Where it is refused, nothing is lost.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, LOWEST);
}

/// Does what is asked for, one thing after another.
fn one_by_one(
    workshop: Arc<Workshop>,
    outbox: Sender<Message>,
    before: impl FnOnce() + Send + 'static,
) -> Sender<Effect> {
    let (jobs, inbox) = channel();
    thread::spawn(move || {
        before();
        for effect in inbox {
            workshop.perform(effect, &|| false, &mut |event| tell(&outbox, event));
        }
    });
    jobs
}

/// Tells when the cursor has rested.
fn rest(cursor: Receiver<u64>, outbox: Sender<Message>) {
    thread::spawn(move || {
        while let Ok(mut generation) = cursor.recv() {
            loop {
                match cursor.recv_timeout(REST) {
                    Ok(newer) => generation = newer,
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            tell(&outbox, Event::Rested { generation });
        }
    });
}
