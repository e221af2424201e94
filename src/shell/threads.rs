//! The threads behind the desk: one for matching, one for previews, one for what many items have, what a bulk edit will do to them or
//! a query would mark, one for what is read from very many files, two for findings, one that learns and one that suggests, one for the
//! journal, two clocks; those that edit are `editing`'s.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
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

/// After how long what could not be kept is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// How long after a key what it changed of the place and of what is typed goes to the journal: with [`GROUP`] and the sync, not more than
/// a fifth of a second of typing is lost.
const MOMENT: Duration = Duration::from_millis(150);

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
    /// To the journal, once this process keeps it.
    records: OnceLock<Sender<Vec<Record>>>,
    rests: Sender<u64>,
    moments: Sender<()>,
    outbox: Sender<Message>,
    /// Threads that are waited for at the end: what they do must not be cut short.
    ends: Mutex<Vec<JoinHandle<()>>>,
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
        let answers = outbox.clone();
        let edits = Editing::start(Arc::clone(&workshop), move |event| tell(&answers, event));
        let (rests, cursor) = channel();
        rest(cursor, outbox.clone());
        let moments = moment(outbox.clone());
        let matches = Newest::start(Arc::clone(&workshop), outbox.clone());
        let previews = Newest::start(Arc::clone(&workshop), outbox.clone());
        let foresights = Newest::start(Arc::clone(&workshop), outbox.clone());
        let surveys = Newest::start(Arc::clone(&workshop), outbox.clone());
        let suggestions = Newest::start(Arc::clone(&workshop), outbox.clone());
        let learning = one_by_one(Arc::clone(&workshop), outbox.clone(), step_back);
        let looks = one_by_one(Arc::clone(&workshop), outbox.clone(), step_back);
        let reads = one_by_one(workshop, outbox.clone(), || {});
        let threads = Threads {
            matches,
            previews,
            foresights,
            surveys,
            suggestions,
            looks,
            learning,
            reads,
            edits,
            records: OnceLock::new(),
            rests,
            moments,
            outbox,
            ends: Mutex::default(),
        };
        journal.into_iter().for_each(|journal| threads.keep_from_now_on(journal));
        threads
    }

    /// Keeps this journal from now on.
    pub fn keep_from_now_on(&self, journal: Journal) {
        let (records, batches) = channel();
        if self.records.set(records).is_ok() {
            let end = keep(journal, batches, self.outbox.clone());
            self.ends.lock().unwrap_or_else(PoisonError::into_inner).push(end);
        }
    }

    /// Where answers go.
    pub fn outbox(&self) -> Sender<Message> {
        self.outbox.clone()
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
            Effect::Keep => {
                let _ = self.moments.send(());
            }
            Effect::Journal(records) => {
                if let Some(journal) = self.records.get()
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

    /// Waits until the journal has everything that was handed over, and for nothing else: after a fall the others may never end.
    pub fn rescue(self) {
        let Threads { records, ends, .. } = self;
        drop(records);
        for end in ends.into_inner().unwrap_or_else(PoisonError::into_inner) {
            let _ = end.join();
        }
    }

    /// Waits until every edit is answered and the journal has everything. The journal comes last, for it holds the lock: a write that is
    /// under way when its terminal goes away is nobody else's to finish.
    pub fn finish(self) {
        let Threads { edits, records, ends, .. } = self;
        edits.finish();
        drop(records);
        for end in ends.into_inner().unwrap_or_else(PoisonError::into_inner) {
            // A thread that panicked has said so.
            let _ = end.join();
        }
    }
}

/// Appends what comes, and syncs once for all that comes within a moment. What cannot be kept waits here, and is tried again: the disk
/// may have room again.
fn keep(journal: Journal, batches: Receiver<Vec<Record>>, outbox: Sender<Message>) -> JoinHandle<()> {
    let (mut journal, mut safe, mut waiting) = (journal, 0, Vec::new());
    thread::spawn(move || {
        loop {
            let failed = !waiting.is_empty();
            let more = if failed { batches.recv_timeout(AGAIN) } else { gather(&batches) };
            let is_over = more == Err(RecvTimeoutError::Disconnected);
            waiting.extend(more.unwrap_or_default());
            match journal.keep(&waiting) {
                Ok(()) => {
                    safe += waiting.len() as u64;
                    waiting.clear();
                    tell(&outbox, Event::Synced { records: safe });
                    if failed {
                        tell(&outbox, Event::Said("the journal is written again: nothing is lost".to_string()));
                    }
                    // What cannot be made smaller works as it is.
                    let _ = journal.compact_if_large();
                }
                Err(error) if !failed => {
                    let text =
                        format!("the journal cannot be written ({error}): write your drafts now, or they may be lost");
                    tell(&outbox, Event::Failed(text));
                }
                Err(_) => {}
            }
            if is_over {
                return;
            }
        }
    })
}

/// The next records, and those that come within [`GROUP`] of the first.
fn gather(batches: &Receiver<Vec<Record>>) -> Result<Vec<Record>, RecvTimeoutError> {
    let mut records = batches.recv().map_err(|_| RecvTimeoutError::Disconnected)?;
    let first = Instant::now();
    while let Some(rest) = GROUP.checked_sub(first.elapsed()) {
        match batches.recv_timeout(rest) {
            Ok(more) => records.extend(more),
            Err(_) => break,
        }
    }
    Ok(records)
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

/// Tells when a moment has passed.
fn moment(outbox: Sender<Message>) -> Sender<()> {
    let (moments, asked) = channel();
    thread::spawn(move || {
        for () in asked {
            thread::sleep(MOMENT);
            tell(&outbox, Event::Keep);
        }
    });
    moments
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
