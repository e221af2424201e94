//! `curate undo PATH [BATCH]`: a written batch taken back, byte for byte.

use std::path::PathBuf;
use std::sync::Arc;

use super::bulk::{self, Changed, Task};
use super::cut_short;
use super::library::{Chosen, Library, Place};
use super::output::{Exit, Out, Stop};
use crate::content::edit::apply;
use crate::content::{Document, Edit};
use crate::library::BatchId;
use crate::library::history::undo_label;
use crate::shell::takeback::TakeBack;

/// Take back what was written last, or the batch of this number; prints a unified diff until --write
///
/// A write that was cut short is taken back before all others. Files that have changed since are named and left as they are. What takes a batch back is a batch itself: give its number to do it
/// again. `curate history PATH` lists them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// The number of a batch [default: the last one that was not taken back]
    batch: Option<BatchId>,
    /// Write the files
    #[arg(long)]
    write: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let place = Place::of(&args.path)?;
    if args.batch.is_none()
        && let Some(exit) = cut_short::take_back(&place, args.write, out)?
    {
        return Ok(exit);
    }
    let past = place.history().past().map_err(|error| Stop::failed(error.to_string()))?;
    let batches = match args.batch {
        None => past.last(|path| place.holds(path)),
        Some(batch) if past.batch(batch).is_some() => vec![batch],
        Some(batch) => {
            let of = place.root().dir.display();
            return Err(Stop::usage(format!("no batch {batch} was written in {of}: curate history lists them")));
        }
    };
    let library = Library::open(&args.path)?;
    // Each is a batch of its own when it is written; what it would come to is shown at once.
    let together: Vec<Vec<BatchId>> = match args.write {
        true => batches.into_iter().map(|batch| vec![batch]).collect(),
        false => Some(batches).filter(|batches| !batches.is_empty()).into_iter().collect(),
    };
    let (mut found, mut failed) = (false, false);
    for batches in together {
        let ended = take_back(&place, &library, batches, args.write, out)?;
        found |= ended.is_some();
        failed |= ended == Some(Exit::Failed);
    }
    match (found, failed) {
        (false, _) => Err(Stop::Said(Exit::Nothing, "nothing to take back".to_string())),
        (true, failed) => Ok(if failed { Exit::Failed } else { Exit::Done }),
    }
}

/// Takes batches back; nothing where no file has a part of them any more.
fn take_back(
    place: &Place,
    library: &Library,
    batches: Vec<BatchId>,
    write: bool,
    out: &mut Out,
) -> Result<Option<Exit>, Stop> {
    let failed = |error: std::io::Error| Stop::failed(error.to_string());
    let past = place.history().past().map_err(failed)?;
    let first = batches.first().copied();
    let label = first.and_then(|batch| past.batch(batch)).map(|head| undo_label(&head.label)).unwrap_or_default();
    let back = TakeBack::new(place.history(), past, batches, |path| place.holds(path)).map_err(failed)?;
    let chosen = Chosen { items: back.files().cloned().collect(), unreadable: 0 };
    if chosen.items.is_empty() {
        return Ok(None);
    }
    let without = |item: &Arc<str>, document: &Document| {
        let old = document.text();
        let new = back.text(item, old, old, &[])?.text;
        let edit = Edit::Text { at: 0, old: old.to_string(), new };
        let document = apply(document, &[edit]).map_err(|e| e.to_string())?;
        Ok(Changed { document, notes: Vec::new(), taken: Vec::new() })
    };
    let hunks = |item: &Arc<str>, text: &str| back.text(item, text, text, &[]).ok().map(|done| done.hunks);
    let task = Task { label, undoes: first, write, hunks: Some(&hunks) };
    bulk::run_each(library, &chosen, task, out, without).map(Some)
}
