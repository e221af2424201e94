//! One change of many files: a dry run that prints what would change, or the writing of it.
//!
//! Each file is read, changed, shown or saved by itself; what refuses is named and the rest is done. Two threads work out the
//! changes, in the order of the paths. Not here: what the change is.

use std::sync::Arc;
use std::thread;

use super::guard::Guard;
use super::library::{Chosen, Library};
use super::output::{Exit, Out, Stop, count, say, thousands};
use crate::content::Document;
use crate::content::diff::{Diff, unified};
use crate::shell::disk::{self, SaveError, fingerprint};

/// Files whose changes are worked out before the first of them is shown or saved.
const CHUNK: usize = 64;

/// `work` of every item, by two threads, in the order of the items.
pub(super) fn in_two<T: Sync, R: Send>(items: &[T], work: &(impl Fn(&T) -> R + Sync)) -> Vec<R> {
    let (left, right) = items.split_at(items.len() / 2);
    thread::scope(|scope| {
        let other = scope.spawn(|| right.iter().map(work).collect::<Vec<R>>());
        let mut done: Vec<R> = left.iter().map(work).collect();
        match other.join() {
            Ok(rest) => done.extend(rest),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        done
    })
}

/// What a bulk change came to.
#[derive(Default)]
struct Tally {
    files: usize,
    changed: usize,
    untouched: usize,
    refused: usize,
    one_opinion: usize,
}

/// A document after a change, and what the change left alone, with the reasons.
pub(super) struct Changed {
    pub(super) document: Document,
    pub(super) notes: Vec<String>,
}

/// A file's change, worked out.
struct Planned {
    old: Document,
    new: Document,
    notes: Vec<String>,
}

/// Makes `change` in every item: printed as unified diffs, or with `write` saved. A change gives a reason where it refuses.
pub(super) fn run(
    library: &Library,
    chosen: &Chosen<Arc<str>>,
    write: bool,
    out: &mut Out,
    change: impl Fn(&Document) -> Result<Changed, String> + Sync,
) -> Result<Exit, Stop> {
    each(library, chosen, write, out, |_, document| change(document))
}

/// The same, where the change depends on which item it is.
pub(super) fn each(
    library: &Library,
    chosen: &Chosen<Arc<str>>,
    write: bool,
    out: &mut Out,
    change: impl Fn(&str, &Document) -> Result<Changed, String> + Sync,
) -> Result<Exit, Stop> {
    if chosen.items.is_empty() && chosen.unreadable == 0 {
        return Err(Stop::Said(Exit::Nothing, "nothing matched".to_string()));
    }
    let mut guard = if write { Some(Guard::of(library)?) } else { None };
    let plan = |item: &Arc<str>| plan(library, item, &change);
    let mut tally = Tally { refused: chosen.unreadable, ..Tally::default() };
    for chunk in chosen.items.chunks(CHUNK) {
        for (item, planned) in chunk.iter().zip(in_two(chunk, &plan)) {
            let path = library.shown(item);
            let ended = planned.and_then(|planned| match &mut guard {
                Some(guard) => save(library, item, planned, &plan, guard),
                None => Ok(planned),
            });
            match ended {
                Ok(planned) => tally.take(path, &planned, write, out)?,
                Err(reason) => {
                    tally.refused += 1;
                    say(&format!("{path}: {reason}"));
                }
            }
        }
    }
    out.finish()?;
    tally.tell(write);
    Ok(if tally.refused > 0 { Exit::Failed } else { Exit::Done })
}

fn plan(
    library: &Library,
    item: &str,
    change: &impl Fn(&str, &Document) -> Result<Changed, String>,
) -> Result<Planned, String> {
    let old = disk::read(&library.root.file(item)).map_err(|e| e.to_string())?;
    let Changed { document: new, notes } = change(item, &old)?;
    Ok(Planned { old, new, notes })
}

/// Saves a change. A file that changed since it was read a moment ago is read again, once, and the change made in what it is now.
fn save(
    library: &Library,
    item: &Arc<str>,
    mut planned: Planned,
    plan: &impl Fn(&Arc<str>) -> Result<Planned, String>,
    guard: &mut Guard,
) -> Result<Planned, String> {
    if planned.old.text() == planned.new.text() {
        return Ok(planned);
    }
    if let Some(reason) = guard.refusal(&library.root.file(item)) {
        return Err(reason);
    }
    let put = |planned: &Planned| {
        let base = fingerprint(planned.old.text().as_bytes());
        disk::save(&library.root.dir, &library.root.file(item), &base, planned.new.text()).map(|_| ())
    };
    let mut ended = put(&planned);
    if matches!(ended, Err(SaveError::ChangedOnDisk)) {
        planned = plan(item)?;
        ended = put(&planned);
    }
    ended.map(|()| planned).map_err(|e| e.to_string())
}

impl Tally {
    /// Counts a change, and prints it where it is not written.
    fn take(&mut self, path: &str, planned: &Planned, written: bool, out: &mut Out) -> Result<(), Stop> {
        planned.notes.iter().for_each(|note| say(&format!("{path}: left alone: {note}")));
        let (old, new) = (planned.old.text(), planned.new.text());
        if old == new {
            return Ok(());
        }
        let diff = Diff::between(old, new);
        self.files += 1;
        self.one_opinion += usize::from(planned.new.has_one_opinion());
        self.changed += diff.changed();
        self.untouched += diff.kept;
        if written { Ok(()) } else { out.text(&unified(path, old, new)) }
    }

    fn tell(&self, written: bool) {
        let files = count(self.files, "file");
        let lines = format!("{} changed, {} untouched", count(self.changed, "line"), thousands(self.untouched));
        match (self.files, written) {
            (0, _) => say("no change"),
            (_, true) => say(&format!("{files} written, {lines}")),
            (_, false) => say(&format!("{files} would be written, {lines}: --write does it")),
        }
        if self.one_opinion > 0 {
            let files = count(self.one_opinion, "file");
            say(&format!("{files} had one opinion: libyaml does not read what was there, or reads something else"));
        }
        if self.refused > 0 {
            say(&format!("{} refused, named above", count(self.refused, "file")));
        }
    }
}
