//! What a verb writes: all of it as one write, which comes to its end as a whole or can be taken back, and is kept in the history.
//!
//! What a batch changes in a file is in the history, and safe, before the file is replaced. Nothing is kept, and no state is made, where
//! nothing is to be written. Not here: a write that was cut short earlier ([`super::cut_short`]).

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use blake3::Hash;

use super::bulk::{Hunks, Planned, Task};
use super::cut_short;
use super::guard::Guard;
use super::library::Library;
use super::output::{Stop, say};
use crate::content::patch::{applied, between};
use crate::library::BatchId;
use crate::library::history::{Head, Patch};
use crate::shell::calls::Calls;
use crate::shell::disk::{SaveError, fingerprint};
use crate::shell::history::{History, Writing, now};
use crate::shell::journal::{self, Hold};
use crate::shell::root::reason;
use crate::shell::write::many::{Cut, Ground, Many, Refused, Text};
use crate::shell::write::recover;

/// Where a verb writes.
pub(super) struct Desk<'l> {
    pub(super) library: &'l Library,
    pub(super) history: History,
    pub(super) calls: Calls,
}

/// A batch being written.
pub(super) struct Keep<'l> {
    desk: &'l Desk<'l>,
    guard: Guard,
    task: &'l Task<'l>,
    /// From the first file on that is to be written.
    going: Option<Going<'l>>,
    /// What is to be written in which file, by whatever name: a link within the library is another one.
    targets: HashMap<PathBuf, Hash>,
}

/// A write under way.
struct Going<'l> {
    many: Many<'l>,
    batch: BatchId,
    writing: Writing,
    /// What was taken up, by its number.
    items: Vec<String>,
    _hold: Hold,
}

/// Why a file is not written.
pub(super) enum Unwritten {
    /// It alone.
    File(String),
    /// Nothing is.
    All(String),
}

impl<'l> Keep<'l> {
    /// # Errors
    /// Where nothing may be written in this library.
    pub(super) fn new(desk: &'l Desk<'l>, task: &'l Task<'l>) -> Result<Keep<'l>, Stop> {
        cut_short::settle(desk)?;
        let guard = Guard::of(desk.library)?;
        Ok(Keep { desk, guard, task, going: None, targets: HashMap::new() })
    }

    /// Takes up what is to be written, and refuses what must not be. The number of the first that is taken up comes back.
    ///
    /// # Errors
    /// Where nothing can be written.
    pub(super) fn announce(
        &mut self,
        items: &[Arc<str>],
        planned: &mut [Result<Planned, String>],
    ) -> Result<HashMap<Arc<str>, usize>, String> {
        let mut taken = Vec::new();
        for (item, planned) in items.iter().zip(planned.iter_mut()) {
            let Some(change) = planned.as_ref().ok().filter(|p| p.old.text() != p.new.text()) else { continue };
            match self.is_to_be_written(item, change) {
                Ok(true) => taken.push(item.clone()),
                Ok(false) => {}
                Err(reason) => *planned = Err(reason),
            }
        }
        if taken.is_empty() {
            return Ok(HashMap::new());
        }
        let first = self.take(&taken)?;
        Ok(taken.into_iter().zip(first..).collect())
    }

    /// Whether a change is to be written, or is by another name.
    fn is_to_be_written(&mut self, item: &str, change: &Planned) -> Result<bool, String> {
        let file = self.desk.library.root.file(item);
        if let Some(reason) = self.guard.refusal(&file) {
            return Err(reason);
        }
        let text = fingerprint(change.new.text().as_bytes());
        // One that cannot be followed is refused when it is written.
        let target = file.canonicalize().unwrap_or(file);
        match self.targets.insert(target, text) {
            None => Ok(true),
            Some(other) if other == text => Ok(false),
            Some(_) => Err("the same file by another name is changed otherwise: not written".to_string()),
        }
    }

    fn take(&mut self, items: &[Arc<str>]) -> Result<usize, String> {
        let names = items.iter().map(|item| &**item);
        if let Some(going) = &mut self.going {
            going.items.extend(names.clone().map(str::to_string));
            return going.many.more(names);
        }
        let Desk { library, history, .. } = self.desk;
        let hold = journal::hold(history.folder()).map_err(|error| format!("{error}: nothing was written"))?;
        let many = Many::begin(self.desk.ground(), names.clone())?;
        let begun = history.begin().and_then(|mut writing| {
            let batch = writing.next_id(self.guard.last_id(&library.root.dir));
            let head = Head { batch, label: self.task.label.clone(), when: now(), undoes: self.task.undoes };
            writing.batches(vec![head]).map(|()| (batch, writing))
        });
        match begun {
            Ok((batch, writing)) => {
                let items = names.map(str::to_string).collect();
                self.going = Some(Going { many, batch, writing, items, _hold: hold });
            }
            Err(error) => {
                many.give_up("");
                return Err(unkept(&error));
            }
        }
        Ok(0)
    }

    /// Puts a change beside its file. A file that changed since it was read a moment ago is read again, once, and the change made in
    /// what it is now.
    pub(super) fn stage(
        &mut self,
        at: usize,
        item: &Arc<str>,
        mut planned: Planned,
        plan: &impl Fn(&Arc<str>) -> Result<Planned, String>,
    ) -> Result<Planned, Unwritten> {
        let mut staged = self.put(at, item, &planned)?;
        if matches!(staged, Err(SaveError::ChangedOnDisk)) {
            planned = plan(item).map_err(Unwritten::File)?;
            if planned.old.text() == planned.new.text() {
                return Ok(planned);
            }
            staged = self.put(at, item, &planned)?;
        }
        staged.map(|()| planned).map_err(|error| Unwritten::File(error.to_string()))
    }

    fn put(&mut self, at: usize, item: &Arc<str>, planned: &Planned) -> Result<Result<(), SaveError>, Unwritten> {
        let Some(Going { many, batch, writing, .. }) = &mut self.going else { return Ok(Ok(())) };
        let patch = patch(*batch, item, planned, self.task.hunks);
        writing.patches(vec![patch]).map_err(|error| Unwritten::All(unkept(&error)))?;
        let before = fingerprint(planned.old.text().as_bytes());
        let text = Text { at, before: &before, text: planned.new.text(), steps: Vec::new() };
        match many.stage(text) {
            Ok(()) => Ok(Ok(())),
            Err(Refused::Disk(error)) => Err(Unwritten::All(reason(&error))),
            Err(Refused::File(error)) => {
                // What is in the history of this file did not come to be.
                writing.failed(vec![item.to_string()]).map_err(|error| Unwritten::All(unkept(&error)))?;
                Ok(Err(error))
            }
        }
    }

    /// Nothing is written.
    pub(super) fn give_up(self, why: &str) -> Stop {
        match self.going {
            None => cut_short::nothing(why),
            Some(Going { many, writing, items, .. }) => {
                let cut = many.give_up(why);
                close(writing, items);
                cut_short::stop(self.desk, cut)
            }
        }
    }

    /// Replaces the files by what stands beside them, and says which were not after all, and why.
    ///
    /// # Errors
    /// Where the write was cut short.
    pub(super) fn replace(self) -> Result<HashMap<usize, String>, Stop> {
        let Keep { desk, going, .. } = self;
        let Some(Going { many, mut writing, items, _hold, .. }) = going else { return Ok(HashMap::new()) };
        if let Err(error) = writing.sync() {
            return Err(cut_short::stop(desk, many.give_up(&unkept(&error))));
        }
        let whole = match many.replace(&|| false, &mut |_| {}) {
            Ok(whole) => whole,
            Err(cut) => {
                // Where files were replaced, the history waits for what becomes of the rest.
                if matches!(cut, Cut::Before(_)) {
                    close(writing, items);
                }
                return Err(cut_short::stop(desk, cut));
            }
        };
        close(writing, whole.failed.iter().map(|(at, _)| items[*at].clone()).collect());
        if let Err(error) = recover::forget(desk.ground(), whole.plan.as_slice()) {
            say(&format!("the plan of the write cannot be removed ({})", reason(&error)));
        }
        Ok(whole.failed.into_iter().map(|(at, error)| (at, error.to_string())).collect())
    }
}

impl Desk<'_> {
    /// Where its files are.
    pub(super) fn ground(&self) -> Ground<'_> {
        Ground { calls: &self.calls, root: &self.library.root.dir, state: Some(self.history.folder()) }
    }
}

/// The history says that the write is over, but for these.
fn close(writing: Writing, failed: Vec<String>) {
    if let Err(error) = writing.done(failed) {
        say(&unkept(&error));
    }
}

/// Without a history nothing could be taken back: that is no way to write.
fn unkept(error: &std::io::Error) -> String {
    format!("the history cannot be kept ({error})")
}

/// What the history calls a batch of a verb: the command line as it was typed, but for what says nothing of the change.
pub(super) fn command_line() -> String {
    let words = std::env::args().skip(1).filter(|word| word != "--write");
    words.map(|word| quoted(&word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,+@%[]".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_string(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// What a change does to a file.
fn patch(batch: BatchId, item: &Arc<str>, change: &Planned, hunks: Option<&Hunks>) -> Patch {
    let (old, new) = (change.old.text(), change.new.text());
    let hex = |text: &str| fingerprint(text.as_bytes()).to_hex().to_string();
    let known = hunks.and_then(|hunks| hunks(item, old));
    let known = known.filter(|hunks| applied(old, hunks).is_some_and(|text| text == new));
    let hunks = known.unwrap_or_else(|| between(old, new));
    Patch { batch, path: item.to_string(), before: hex(old), after: hex(new), hunks, taken: change.taken.clone() }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_word_is_quoted_where_a_shell_would_read_something_else() {
        let words = ["status=approved", "KLAS: Scheduling", "it's", ""].map(quoted);
        assert_eq!(words, ["status=approved", "'KLAS: Scheduling'", r"'it'\''s'", "''"]);
    }
}
