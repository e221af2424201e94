//! One change of many files: a dry run that prints what would change, or the writing of it.
//!
//! What refuses is named and the rest is done. Two threads work out the changes, in the order of the paths. Not here: what the change is,
//! and the write (`keep`).

use std::sync::Arc;
use std::thread;

use super::choose;
use super::keep::{self, Desk, Keep, Unwritten};
use super::library::{Chosen, Library, history_of};
use super::output::{Exit, Out, Stop, say};
use super::set::changed;
use crate::content::Document;
use crate::content::counted::{count, grouped};
use crate::content::diff::{Diff, unified};
use crate::content::patch::Hunk;
use crate::library::BatchId;
use crate::profile::Intent;
use crate::search::Query;
use crate::shell::calls::Calls;
use crate::shell::disk;

/// Which items a verb changes, and whether it does: what `set`, `tag` and `offering` share.
#[derive(Debug, clap::Args)]
pub(super) struct Among {
    /// Only in items that match
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Hidden and git-ignored files too
    #[arg(long)]
    pub(super) all: bool,
    /// Write the changes
    #[arg(long)]
    write: bool,
}

impl Among {
    /// The query, read before any file is.
    pub(super) fn query(&self) -> Result<Option<Query>, Stop> {
        self.query.as_deref().map(choose::parse).transpose()
    }

    /// Carries intents out in the items that `query` chooses.
    pub(super) fn change(
        &self,
        library: &Library,
        query: Option<&Query>,
        intents: &[Intent],
        out: &mut Out,
    ) -> Result<Exit, Stop> {
        let chosen = library.choose_items(query, self.all)?;
        run(library, &chosen, self.write, out, |document| changed(&library.profile, intents, document))
    }
}

/// Files whose changes are worked out before the first of them is shown or saved.
const CHUNK: usize = 64;

/// And so many at most, where they are written.
const LARGEST: usize = 1024;

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
    /// Topics, and labels of offerings, that were taken from the item by name.
    pub(super) taken: Vec<String>,
}

/// A file's change, worked out.
pub(super) struct Planned {
    pub(super) old: Document,
    pub(super) new: Document,
    pub(super) taken: Vec<String>,
    notes: Vec<String>,
}

/// What a bulk change is.
pub(super) struct Task<'t> {
    /// What the history calls it.
    pub(super) label: String,
    /// The batch that it takes back.
    pub(super) undoes: Option<BatchId>,
    /// Whether it is written, or shown.
    pub(super) write: bool,
    /// What it changes in a file's text, where that is known better than by comparing.
    pub(super) hunks: Option<&'t Hunks<'t>>,
}

/// The hunks of an item, whose text is given.
pub(super) type Hunks<'t> = dyn Fn(&Arc<str>, &str) -> Option<Vec<Hunk>> + 't;

/// Makes `change` in every item: printed as unified diffs, or with `write` saved. A change gives a reason where it refuses.
pub(super) fn run(
    library: &Library,
    chosen: &Chosen<Arc<str>>,
    write: bool,
    out: &mut Out,
    change: impl Fn(&Document) -> Result<Changed, String> + Sync,
) -> Result<Exit, Stop> {
    run_by_item(library, chosen, write, out, |_, document| change(document))
}

/// As [`run`]; the change may be another one in each item.
pub(super) fn run_by_item(
    library: &Library,
    chosen: &Chosen<Arc<str>>,
    write: bool,
    out: &mut Out,
    change: impl Fn(&Arc<str>, &Document) -> Result<Changed, String> + Sync,
) -> Result<Exit, Stop> {
    if chosen.items.is_empty() && chosen.unreadable == 0 {
        return Err(Stop::Said(Exit::Nothing, "nothing matched".to_string()));
    }
    let task = Task { label: keep::command_line(), undoes: None, write, hunks: None };
    run_each(library, chosen, task, out, change)
}

/// As [`run_by_item`], as a task of one's own: it may be called otherwise, and take a batch back.
pub(super) fn run_each(
    library: &Library,
    chosen: &Chosen<Arc<str>>,
    task: Task<'_>,
    out: &mut Out,
    change: impl Fn(&Arc<str>, &Document) -> Result<Changed, String> + Sync,
) -> Result<Exit, Stop> {
    let plan = |item: &Arc<str>| plan(library, item, &change);
    let tally = match task.write {
        true => written(library, chosen, &task, &plan)?,
        false => shown(library, chosen, &plan, out)?,
    };
    out.finish()?;
    tally.tell(task.write);
    Ok(if tally.refused > 0 { Exit::Failed } else { Exit::Done })
}

/// What a change would come to, printed.
fn shown(
    library: &Library,
    chosen: &Chosen<Arc<str>>,
    plan: &(impl Fn(&Arc<str>) -> Result<Planned, String> + Sync),
    out: &mut Out,
) -> Result<Tally, Stop> {
    let mut tally = Tally { refused: chosen.unreadable, ..Tally::default() };
    for chunk in chosen.items.chunks(CHUNK) {
        for (item, planned) in chunk.iter().zip(in_two(chunk, plan)) {
            let path = library.shown(item);
            match planned {
                Ok(planned) => {
                    planned.say_left(path);
                    if let Some(sum) = planned.sum() {
                        tally.take(&sum);
                        out.text(&unified(path, planned.old.text(), planned.new.text()))?;
                    }
                }
                Err(reason) => tally.refuse(path, &reason),
            }
        }
    }
    Ok(tally)
}

/// The change written, in all files as one write.
fn written(
    library: &Library,
    chosen: &Chosen<Arc<str>>,
    task: &Task<'_>,
    plan: &(impl Fn(&Arc<str>) -> Result<Planned, String> + Sync),
) -> Result<Tally, Stop> {
    let calls = Calls::of_this_process();
    let desk = Desk { library, history: history_of(&library.root).by(calls.clone()), calls };
    let mut keep = Keep::new(&desk, task)?;
    let (mut tally, mut sums) = (Tally { refused: chosen.unreadable, ..Tally::default() }, Vec::new());
    // Each part costs a sync before its files are made.
    let (mut rest, mut size) = (chosen.items.as_slice(), CHUNK);
    while !rest.is_empty() {
        let chunk;
        (chunk, rest) = rest.split_at(size.min(rest.len()));
        size = (size * 2).min(LARGEST);
        let mut planned = in_two(chunk, plan);
        let numbers = match keep.announce(chunk, &mut planned) {
            Ok(numbers) => numbers,
            Err(why) => return Err(keep.give_up(&why)),
        };
        for (item, planned) in chunk.iter().zip(planned) {
            let path = library.shown(item);
            let staged = match (planned, numbers.get(item)) {
                (Err(reason), _) => Err(Unwritten::File(reason)),
                (Ok(planned), None) => Ok(planned),
                (Ok(planned), Some(at)) => keep.stage(*at, item, planned, plan),
            };
            match staged {
                Ok(planned) => {
                    planned.say_left(path);
                    sums.extend(numbers.get(item).and_then(|at| Some((*at, path, planned.sum()?))));
                }
                Err(Unwritten::File(reason)) => tally.refuse(path, &reason),
                Err(Unwritten::All(why)) => return Err(keep.give_up(&why)),
            }
        }
    }
    let failed = keep.replace()?;
    for (at, path, sum) in sums {
        match failed.get(&at) {
            None => tally.take(&sum),
            Some(reason) => tally.refuse(path, reason),
        }
    }
    Ok(tally)
}

fn plan(
    library: &Library,
    item: &Arc<str>,
    change: &impl Fn(&Arc<str>, &Document) -> Result<Changed, String>,
) -> Result<Planned, String> {
    let old = disk::read(&library.root.file(item)).map_err(|e| e.to_string())?;
    let Changed { document: new, notes, taken } = change(item, &old)?;
    Ok(Planned { old, new, taken, notes })
}

/// What a change comes to in a file.
struct Sum {
    changed: usize,
    kept: usize,
    one_opinion: bool,
}

impl Planned {
    /// Says what was left alone.
    fn say_left(&self, path: &str) {
        self.notes.iter().for_each(|note| say(&format!("{path}: left alone: {note}")));
    }

    /// Nothing where it changes nothing.
    fn sum(&self) -> Option<Sum> {
        let (old, new) = (self.old.text(), self.new.text());
        let diff = (old != new).then(|| Diff::counts(old, new))?;
        Some(Sum { changed: diff.changed(), kept: diff.kept, one_opinion: self.new.has_one_opinion() })
    }
}

impl Tally {
    fn take(&mut self, sum: &Sum) {
        self.files += 1;
        self.one_opinion += usize::from(sum.one_opinion);
        self.changed += sum.changed;
        self.untouched += sum.kept;
    }

    fn refuse(&mut self, path: &str, reason: &str) {
        self.refused += 1;
        say(&format!("{path}: {reason}"));
    }

    fn tell(&self, written: bool) {
        let files = count(self.files, "file");
        let lines = format!("{} changed, {} untouched", count(self.changed, "line"), grouped(self.untouched));
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
