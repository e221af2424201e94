//! Reading many files at once into rows, while the walk that finds them goes on.
//!
//! Here: two threads that take files from one walk and hand rows over in chunks. Not here: what a row holds (`library`), how its
//! cells are read (`content::summary`), who takes the chunks.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::disk;
use super::walk::Found;
use crate::content::{FieldRef, summary};
use crate::library::{Row, RowField, RowSpec};

/// Threads that read: two cores are what everybody has, and more only fight for the disk.
const THREADS: usize = 2;
/// The first chunks are small, so that something can be painted at once; the later ones large, so that handing over costs little.
const FIRST_CHUNK: usize = 32;
const CHUNK: usize = 512;

/// Reads what `files` comes upon below `root` into rows and hands them over in chunks, from two threads, in no order.
/// Folders that cannot be entered are rows as well: nothing is passed over in silence. Ends when all are read, or as soon as `send`
/// says `false` (nobody listens any more).
pub fn rows(
    root: &Path,
    files: impl Iterator<Item = Found> + Send,
    spec: &RowSpec,
    send: impl Fn(Vec<Row>) -> bool + Sync,
) {
    let reader = RowReader::new(spec);
    let source = Mutex::new((files, FIRST_CHUNK));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let batch = take(&source);
                    if batch.is_empty() || !send(batch.iter().map(|found| reader.row_of(root, found)).collect()) {
                        return;
                    }
                }
            });
        }
    });
}

/// The next few files, and larger chunks the longer it goes on.
fn take<I: Iterator<Item = Found>>(source: &Mutex<(I, usize)>) -> Vec<Found> {
    // A thread that panicked within the walk has left it usable: the next file is simply the next.
    let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
    let (files, chunk) = &mut *source;
    let batch = files.by_ref().take(*chunk).collect();
    *chunk = (*chunk * 2).min(CHUNK);
    batch
}

/// Reads single files into rows, for one spec.
pub struct RowReader {
    cells: Vec<RowField>,
    fields: Vec<FieldRef>,
}

impl RowReader {
    /// A reader of the cells that `spec` names.
    pub fn new(spec: &RowSpec) -> RowReader {
        let (cells, fields) = spec.wanted().into_iter().unzip();
        RowReader { cells, fields }
    }

    /// The row of one file, from disk.
    pub fn row(&self, root: &Path, item: &Arc<str>) -> Row {
        let read = disk::read(&root.join(&**item));
        let cells = read
            .map_err(|e| e.to_string())
            .and_then(|document| summary::cells(&document, &self.fields).map_err(|e| e.to_string()));
        match cells {
            Ok(cells) => Row::new(item.clone(), self.cells.iter().copied().zip(cells).collect()),
            Err(reason) => Row::unreadable(item.clone(), &reason),
        }
    }

    fn row_of(&self, root: &Path, found: &Found) -> Row {
        match found {
            Found::File(item) => self.row(root, item),
            Found::Problem { path, reason, .. } => Row::unreadable(path.clone(), reason),
        }
    }
}
