//! Saving what a verb changes, and keeping it in the history, so that `curate undo` takes it back.
//!
//! What a batch changes in a file is in the history, and safe, before the file is replaced. Nothing is kept, and no state is made, where
//! nothing is to be written.

use std::sync::Arc;

use super::bulk::{Hunks, Planned, Task};
use super::guard::Guard;
use super::library::{Library, history_of};
use super::output::{Stop, say};
use crate::content::patch::{applied, between};
use crate::library::BatchId;
use crate::library::history::{Head, Patch};
use crate::shell::disk::{self, SaveError, fingerprint};
use crate::shell::history::{History, Writing, now};

/// A batch being written.
pub(super) struct Keep<'l> {
    library: &'l Library,
    guard: Guard,
    history: History,
    task: Task<'l>,
    /// From the first file on that is to be written.
    writing: Option<(BatchId, Writing)>,
    failed: Vec<String>,
}

impl<'l> Keep<'l> {
    /// # Errors
    /// Where nothing may be written in this library.
    pub(super) fn new(library: &'l Library, task: Task<'l>) -> Result<Keep<'l>, Stop> {
        let history = history_of(&library.root);
        let guard = Guard::of(library)?;
        if task.undoes.is_none() && history.is_cut_short() {
            let dir = library.root.dir.display();
            let what = "curate undo PATH --write takes it back, the workstation offers to finish it";
            return Err(Stop::failed(format!("{dir}: a write was cut short there: {what}")));
        }
        Ok(Keep { library, guard, history, task, writing: None, failed: Vec::new() })
    }

    /// Takes up what is to be written, and refuses what must not be.
    pub(super) fn announce(&mut self, items: &[Arc<str>], planned: &mut [Result<Planned, String>]) {
        let mut patches = Vec::new();
        for (item, planned) in items.iter().zip(planned.iter_mut()) {
            let Ok(change) = planned else { continue };
            if change.old.text() == change.new.text() {
                continue;
            }
            match self.guard.refusal(&self.library.root.file(item)) {
                Some(reason) => *planned = Err(reason),
                None => patches.push(patch(item, change, self.task.hunks)),
            }
        }
        if let Err(reason) = self.take(patches) {
            for planned in planned.iter_mut().filter(|p| p.as_ref().is_ok_and(|p| p.old.text() != p.new.text())) {
                *planned = Err(reason.clone());
            }
        }
    }

    fn take(&mut self, mut patches: Vec<Patch>) -> Result<(), String> {
        if patches.is_empty() {
            return Ok(());
        }
        let unkept = |error: std::io::Error| format!("the history cannot be kept ({error}): not written");
        if self.writing.is_none() {
            let mut writing = self.history.begin().map_err(unkept)?;
            let batch = writing.next_id(self.guard.last_id(&self.library.root.dir));
            let head = Head { batch, label: self.task.label.clone(), when: now(), undoes: self.task.undoes };
            writing.batches(vec![head]).map_err(unkept)?;
            self.writing = Some((batch, writing));
        }
        let Some((batch, writing)) = &mut self.writing else { return Ok(()) };
        patches.iter_mut().for_each(|patch| patch.batch = *batch);
        writing.patches(patches).and_then(|()| writing.sync()).map_err(unkept)
    }

    /// Saves a change. A file that changed since it was read a moment ago is read again, once, and the change made in what it is now.
    pub(super) fn save(
        &mut self,
        item: &Arc<str>,
        mut planned: Planned,
        plan: &impl Fn(&Arc<str>) -> Result<Planned, String>,
    ) -> Result<Planned, String> {
        if planned.old.text() == planned.new.text() {
            return Ok(planned);
        }
        let mut ended = self.put(item, &planned);
        if matches!(ended, Err(SaveError::ChangedOnDisk)) {
            self.drop(item);
            planned = plan(item)?;
            if planned.old.text() == planned.new.text() {
                return Ok(planned);
            }
            self.take(vec![patch(item, &planned, self.task.hunks)])?;
            ended = self.put(item, &planned);
        }
        ended.map(|()| planned).map_err(|error| {
            self.failed.push(item.to_string());
            error.to_string()
        })
    }

    fn put(&self, item: &Arc<str>, planned: &Planned) -> Result<(), SaveError> {
        let (root, base) = (&self.library.root, fingerprint(planned.old.text().as_bytes()));
        disk::save(&root.dir, &root.file(item), &base, planned.new.text()).map(|_| ())
    }

    /// What was announced of a file did not come to be.
    fn drop(&mut self, item: &Arc<str>) {
        let dropped = self.writing.as_mut().map(|(_, writing)| writing.failed(vec![item.to_string()]));
        if let Some(Err(error)) = dropped {
            say(&format!("the history cannot be kept: {error}"));
        }
    }

    /// Everything is written.
    pub(super) fn done(self) {
        let Some((_, writing)) = self.writing else { return };
        if let Err(error) = writing.done(self.failed) {
            say(&format!("the history cannot be kept: {error}"));
        }
    }
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

/// What a change does to a file; the batch is not known yet.
fn patch(item: &Arc<str>, change: &Planned, hunks: Option<&Hunks>) -> Patch {
    let (old, new) = (change.old.text(), change.new.text());
    let hex = |text: &str| fingerprint(text.as_bytes()).to_hex().to_string();
    let known = hunks.and_then(|hunks| hunks(item, old));
    let known = known.filter(|hunks| applied(old, hunks).is_some_and(|text| text == new));
    let hunks = known.unwrap_or_else(|| between(old, new));
    Patch { batch: 0, path: item.to_string(), before: hex(old), after: hex(new), hunks }
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
