//! The threads behind the desk: one for matching, one for previews, one for what a bulk edit will do, one for the journal, one for rest; those that edit are
//! `editing`'s.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::desk::Message;
use super::editing::Editing;
use super::journal::Journal;
use super::work::Workshop;
use crate::app::{Effect, Event};
use crate::library::Record;

/// How long the cursor rests before the preview follows.
const REST: Duration = Duration::from_millis(100);

/// Where effects go.
pub(super) struct Threads {
    matches: Newest,
    previews: Newest,
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
        let foresights = Newest::start(Arc::clone(&workshop), outbox.clone());
        let previews = Newest::start(workshop, outbox.clone());
        Threads { matches, previews, foresights, edits, records, rests, outbox, ends }
    }

    /// Hands an effect to its thread.
    pub fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Match(_) => self.matches.ask(effect),
            Effect::Preview { .. } => self.previews.ask(effect),
            Effect::FindFields { .. } | Effect::Foresee(_) => self.foresights.ask(effect),
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

/// Appends what comes, as much as has come at a time, and syncs once for all of it.
fn keep(journal: Journal, batches: Receiver<Vec<Record>>, outbox: Sender<Message>) -> JoinHandle<()> {
    let mut journal = journal;
    thread::spawn(move || {
        while let Ok(mut records) = batches.recv() {
            records.extend(batches.try_iter().flatten());
            match journal.append(&records).and_then(|()| journal.sync()) {
                Ok(()) => tell(&outbox, Event::Synced),
                Err(error) => {
                    let text =
                        format!("the journal cannot be written ({error}): write your drafts now, or they may be lost");
                    tell(&outbox, Event::Failed(text));
                }
            }
        }
    })
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
