//! Reading many files at once into rows, while the walk that finds them goes on.
//!
//! Here: two threads that take files from one walk and hand rows over in chunks. Not here: what a row holds (`library`), how its
//! cells are read (`content::summary`), who takes the chunks.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::disk;
use super::walk::Found;
use crate::content::summary::{self, Cell};
use crate::content::{FieldRef, Value};
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
    in_chunks(files, |found| reader.row_of(root, &found), send);
}

/// What one item holds in the fields asked for; `None` where its file cannot be read.
pub type Column = (Arc<str>, Option<Vec<Cell>>);

/// Reads `fields` of `items`, for queries and facets on what rows do not hold. Handed over as [`rows`] are.
pub fn columns(
    root: &Path,
    items: impl Iterator<Item = Arc<str>> + Send,
    fields: &[FieldRef],
    send: impl Fn(Vec<Column>) -> bool + Sync,
) {
    let cells = |item: &str| summary::cells(&disk::read(&root.join(item)).ok()?, fields).ok();
    in_chunks(items, |item| (item.clone(), cells(&item)), send);
}

/// What one field of an item holds, whole; nothing where there is no such field, a reason where its file cannot be read.
pub type Held = (Arc<str>, Result<Option<Value>, String>);

/// Reads the whole value of `field` in `items`. Handed over as [`rows`] are.
pub fn values(
    root: &Path,
    items: impl Iterator<Item = Arc<str>> + Send,
    field: &FieldRef,
    send: impl Fn(Vec<Held>) -> bool + Sync,
) {
    let value = |item: &str| {
        let document = disk::read(&root.join(item)).map_err(|e| e.to_string())?;
        summary::value(&document, field).map_err(|e| e.to_string())
    };
    in_chunks(items, |item| (item.clone(), value(&item)), send);
}

/// `work` of everything that `source` gives, by two threads.
fn in_chunks<T: Send, R>(
    source: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    send: impl Fn(Vec<R>) -> bool + Sync,
) {
    let source = Mutex::new((source, FIRST_CHUNK));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let batch = take(&source);
                    if batch.is_empty() || !send(batch.into_iter().map(&work).collect()) {
                        return;
                    }
                }
            });
        }
    });
}

/// The next few, and larger chunks the longer it goes on.
fn take<I: Iterator>(source: &Mutex<(I, usize)>) -> Vec<I::Item> {
    // A thread that panicked within the walk has left it usable: the next file is simply the next.
    let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
    let (items, chunk) = &mut *source;
    let batch = items.by_ref().take(*chunk).collect();
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::shell::folders::Folders;
    use crate::shell::root::find_with;
    use crate::shell::walk::{Options, walk};

    #[test]
    fn every_file_is_a_row_whether_it_can_be_read_or_not_and_a_column_tells_them_apart() {
        let dir = tempfile::tempdir().unwrap();
        for at in 0..1200 {
            let text =
                if at % 100 == 7 { "none".to_string() } else { format!("---\ntitle: Item {at}\nid: {at}\n---\n") };
            std::fs::write(dir.path().join(format!("{at:04}.md")), text).unwrap();
        }
        let root = find_with(dir.path(), &Folders::under(Path::new("/nowhere"))).unwrap();
        let rows_read = Mutex::new(Vec::new());
        rows(&root.dir, walk(&root, Options::default()), &RowSpec::default(), |rows| {
            rows_read.lock().unwrap().extend(rows);
            true
        });
        let rows_read = rows_read.into_inner().unwrap();
        assert_eq!(rows_read.len(), 1200);
        assert_eq!(rows_read.iter().filter(|row| row.problem.is_some()).count(), 12);

        let ids = Mutex::new(BTreeMap::new());
        columns(&root.dir, rows_read.iter().map(|row| row.path.clone()), &["id".parse().unwrap()], |columns| {
            ids.lock().unwrap().extend(columns);
            true
        });
        let ids = ids.into_inner().unwrap();
        assert_eq!(ids.get("0007.md"), Some(&None));
        assert_eq!(ids.get("1199.md"), Some(&Some(vec![Cell::Text("1199".into())])));
    }
}
