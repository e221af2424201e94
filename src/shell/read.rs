//! Reading many files at once into rows, while the walk that finds them goes on.
//!
//! Here: two threads that take files from one walk and hand rows over in chunks. Not here: what a row holds (`library`), how its
//! cells are read (`content::summary`), who takes the chunks.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rustix::fs::{Mode, OFlags, openat};

use super::disk;
use super::root::reason;
use super::walk::Found;
use crate::content::summary::{self, Cell};
use crate::content::{FieldRef, Value};
use crate::library::{Row, RowField, RowSpec};

/// Threads that read: two cores are what everybody has, and more only fight for the disk.
const THREADS: usize = 2;
/// The first chunks are small, so that something can be painted at once; the later ones large, so that handing over costs little, and
/// no larger than what an allocator gives and takes without tidying up.
const FIRST_CHUNK: usize = 32;
const CHUNK: usize = 256;

/// Reads what `files` comes upon below `root` into rows and hands them over in chunks, from two threads, in no order.
/// Folders that cannot be entered are rows as well: nothing is passed over in silence. Ends when all are read, or as soon as `send`
/// says `false` (nobody listens any more).
pub fn rows(
    root: &Path,
    files: impl Iterator<Item = Found> + Send,
    spec: &RowSpec,
    send: impl Fn(Vec<Row>) -> bool + Sync,
) {
    let row = |reader: &mut RowReader, found| match found {
        Found::File(item) => reader.row(&item),
        Found::Problem { path, reason, .. } => Row::unreadable(path, &reason),
    };
    in_chunks(files, || RowReader::new(root, spec), row, send);
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
    let column = |reader: &mut FileReader, item: Arc<str>| {
        let cells = reader.cells(&item).ok();
        (item, cells)
    };
    in_chunks(items, || FileReader::new(root, fields.to_vec()), column, send);
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
    in_chunks(items, || (), |(), item| (item.clone(), value(&item)), send);
}

/// `work` of everything that `source` gives, by two threads, each with tools of its own.
fn in_chunks<T: Send, W, R>(
    source: impl Iterator<Item = T> + Send,
    tools: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, T) -> R + Sync,
    send: impl Fn(Vec<R>) -> bool + Sync,
) {
    let source = Mutex::new((source, FIRST_CHUNK));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut tools = tools();
                loop {
                    let batch = take(&source);
                    if batch.is_empty() || !send(batch.into_iter().map(|one| work(&mut tools, one)).collect()) {
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
pub struct RowReader<'r> {
    cells: Vec<RowField>,
    files: FileReader<'r>,
}

impl<'r> RowReader<'r> {
    /// A reader of the cells that `spec` names, from files below `root`.
    pub fn new(root: &'r Path, spec: &RowSpec) -> RowReader<'r> {
        let (cells, fields) = spec.wanted().into_iter().unzip();
        RowReader { cells, files: FileReader::new(root, fields) }
    }

    /// The row of one file, from disk.
    pub fn row(&mut self, item: &Arc<str>) -> Row {
        match self.files.cells(item) {
            Ok(cells) => Row::new(item.clone(), self.cells.iter().copied().zip(cells)),
            Err(reason) => Row::unreadable(item.clone(), &reason),
        }
    }
}

/// Reads one file after another into the same room.
struct FileReader<'r> {
    root: &'r Path,
    /// The folder of the file that was read last, by its path from the root, open: the way to it is not gone again for every file.
    folder: Option<(String, File)>,
    bytes: Vec<u8>,
    cells: summary::Reader,
}

impl<'r> FileReader<'r> {
    fn new(root: &'r Path, fields: Vec<FieldRef>) -> FileReader<'r> {
        FileReader { root, folder: None, bytes: Vec::new(), cells: summary::Reader::new(fields) }
    }

    fn open(&mut self, item: &str) -> io::Result<File> {
        let (folder, name) = item.rsplit_once('/').unwrap_or(("", item));
        let open = match self.folder.take() {
            Some(open) if open.0 == folder => open,
            _ => (folder.to_string(), File::open(self.root.join(folder))?),
        };
        let file = openat(&open.1, name, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
        self.folder = Some(open);
        Ok(file.into())
    }

    fn cells(&mut self, item: &str) -> Result<Vec<Cell>, String> {
        let file = self.open(item).map_err(|e| reason(&e))?;
        let bytes = disk::read_in(file, &mut self.bytes).map_err(|e| e.to_string())?;
        self.cells.cells(bytes).map_err(|e| e.to_string())
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
