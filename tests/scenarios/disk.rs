//! A disk that fails where a test wants it to, dies there, or notes what is asked of it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use curate::shell::calls::{Call, Calls, Go, Probe};

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The program ends before it.
    Dies,
    /// Half of what is to be written is, and the program ends. Of other calls nothing is made.
    DiesWithin,
    /// It fails, once.
    Fails(io::ErrorKind),
    /// Half of what is to be written is, and it fails, once.
    Halves,
    /// It fails, and so does everything from then on that needs room, until [`Disk::heal`].
    Full,
    /// It fails, and so does every change from then on, until [`Disk::heal`].
    ReadOnly,
}

/// A change that was made, with what is needed to make it again.
#[derive(Clone, Debug)]
pub enum Made {
    Create(PathBuf),
    Write(PathBuf, Vec<u8>),
    Cut(PathBuf, u64),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    Sync(PathBuf),
    SyncFolder(PathBuf),
    SyncSystem,
}

#[derive(Debug, Default)]
struct Inner {
    /// Calls so far.
    calls: usize,
    /// Those that put a file of the library in the place of its old one.
    replacing: Vec<usize>,
    at: Option<(usize, Fault)>,
    /// The fault, from when on it holds.
    holds: Option<Fault>,
    made: Vec<Made>,
    /// Bytes that are free, where that is not the disk's own.
    free: Option<usize>,
}

/// The disk of a desk.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    inner: Arc<Mutex<Inner>>,
}

impl Disk {
    /// One on which this becomes of the call with this number.
    pub fn with(at: usize, fault: Fault) -> Disk {
        let disk = Disk::default();
        disk.inner().at = Some((at, fault));
        disk
    }

    /// The way to it.
    pub fn calls(&self) -> Calls {
        Calls::probed(Arc::new(self.clone()))
    }

    /// So many calls were made.
    pub fn count(&self) -> usize {
        self.inner().calls
    }

    /// The calls that put a file of the library in the place of its old one.
    pub fn replacing(&self) -> Vec<usize> {
        self.inner().replacing.clone()
    }

    /// The changes so far.
    pub fn made(&self) -> Vec<Made> {
        self.inner().made.clone()
    }

    /// Nothing fails any more.
    pub fn heal(&self) {
        let mut inner = self.inner();
        (inner.at, inner.holds, inner.free) = (None, None, None);
    }

    /// So many bytes are free.
    pub fn leave(&self, bytes: usize) {
        self.inner().free = Some(bytes);
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nobody panicked")
    }
}

fn error(kind: io::ErrorKind) -> io::Error {
    // Tests of errors look at the numbers of some.
    match kind {
        io::ErrorKind::Other => io::Error::from_raw_os_error(rustix::io::Errno::IO.raw_os_error()),
        kind => kind.into(),
    }
}

fn half(call: Call<'_>) -> Option<Go> {
    if let Call::Write { bytes, .. } = call { Some(Go::Part(bytes.len() / 2)) } else { None }
}

fn needs_room(call: Call<'_>) -> bool {
    matches!(call, Call::Create { .. } | Call::Write { .. })
}

fn changes(call: Call<'_>) -> bool {
    needs_room(call) || matches!(call, Call::Rename { .. } | Call::Remove { .. } | Call::Cut { .. } | Call::Keep { .. })
}

impl Probe for Disk {
    fn before(&self, call: Call<'_>) -> io::Result<Go> {
        let mut inner = self.inner();
        let number = inner.calls;
        inner.calls += 1;
        if matches!(call, Call::Rename { from, .. } if from.extension().is_some_and(|tmp| tmp == "tmp")) {
            inner.replacing.push(number);
        }
        match inner.holds {
            Some(Fault::Full) if needs_room(call) => return Err(io::ErrorKind::StorageFull.into()),
            Some(Fault::ReadOnly) if changes(call) => return Err(io::ErrorKind::ReadOnlyFilesystem.into()),
            Some(Fault::Dies) => return Err(io::Error::other("the program is gone")),
            _ => {}
        }
        let go = match call {
            Call::Sync { .. } | Call::SyncFolder { .. } | Call::SyncSystem { .. } => Go::Pretend,
            Call::Space { .. } => inner.free.map_or(Go::Do, Go::Part),
            _ => Go::Do,
        };
        match inner.at.filter(|(at, _)| *at == number).map(|(_, fault)| fault) {
            None => Ok(go),
            Some(Fault::Fails(kind)) => Err(error(kind)),
            Some(Fault::Halves) => Ok(half(call).unwrap_or(go)),
            Some(Fault::Dies | Fault::DiesWithin) => {
                let within = inner.at.is_some_and(|(_, fault)| fault == Fault::DiesWithin);
                inner.holds = Some(Fault::Dies);
                half(call).filter(|_| within).ok_or_else(|| io::Error::other("the program is gone"))
            }
            Some(holds @ (Fault::Full | Fault::ReadOnly)) => {
                inner.holds = Some(holds);
                match holds {
                    Fault::Full if needs_room(call) => Ok(half(call).ok_or(io::ErrorKind::StorageFull)?),
                    Fault::ReadOnly if changes(call) => Err(io::ErrorKind::ReadOnlyFilesystem.into()),
                    _ => Ok(go),
                }
            }
        }
    }

    fn after(&self, call: Call<'_>) -> io::Result<()> {
        let owned = Path::to_path_buf;
        let made = match call {
            Call::Create { path } => Made::Create(owned(path)),
            Call::Write { path, bytes } => Made::Write(owned(path), bytes.to_vec()),
            Call::Cut { path, length } => Made::Cut(owned(path), length),
            Call::Rename { from, to } => Made::Rename(owned(from), owned(to)),
            Call::Remove { path } => Made::Remove(owned(path)),
            Call::Sync { path } => Made::Sync(owned(path)),
            Call::SyncFolder { folder } => Made::SyncFolder(owned(folder)),
            Call::SyncSystem { .. } => Made::SyncSystem,
            Call::Space { .. } | Call::Read { .. } | Call::Keep { .. } => return Ok(()),
        };
        self.inner().made.push(made);
        Ok(())
    }
}
