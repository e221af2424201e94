//! The calls that change the disk, or make a change safe, each through one place: so that a test can make any of them fail, cut a write
//! short, or end the world after it, and can note their order.
//!
//! Here: the calls of a write and of the journal, and the probe that a test puts in. Not here: what is written, and in which order.

#[cfg(debug_assertions)]
mod death;

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

/// A call that is about to be made, or was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call<'a> {
    /// How many bytes are free on the file system of this folder.
    Space { folder: &'a Path },
    /// A file is read.
    Read { path: &'a Path },
    /// A file that was not there is made.
    Create { path: &'a Path },
    /// Bytes are put at the end of a file.
    Write { path: &'a Path, bytes: &'a [u8] },
    /// A file gets owner, mode and attributes of another.
    Keep { path: &'a Path },
    /// The bytes of a file are made safe.
    Sync { path: &'a Path },
    /// The names in a folder are made safe.
    SyncFolder { folder: &'a Path },
    /// Everything on the file system of this folder is made safe.
    SyncSystem { folder: &'a Path },
    /// A file takes the place of another.
    Rename { from: &'a Path, to: &'a Path },
    /// A name is taken away.
    Remove { path: &'a Path },
    /// Bytes behind the first so many are taken away.
    Cut { path: &'a Path, length: u64 },
}

impl Call<'_> {
    /// What kind of call it is, in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            Call::Space { .. } => "space",
            Call::Read { .. } => "read",
            Call::Create { .. } => "create",
            Call::Write { .. } => "write",
            Call::Keep { .. } => "keep",
            Call::Sync { .. } => "sync",
            Call::SyncFolder { .. } => "sync-folder",
            Call::SyncSystem { .. } => "sync-system",
            Call::Rename { .. } => "rename",
            Call::Remove { .. } => "remove",
            Call::Cut { .. } => "cut",
        }
    }
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// It is made.
    Do,
    /// Of a write so many bytes are written, and it fails; so many are free.
    Part(usize),
    /// It is not made, and counts as made: a test needs no disk to turn.
    Pretend,
}

/// Looks on at every call.
pub trait Probe: Debug + Send + Sync {
    /// What shall become of it.
    ///
    /// # Errors
    /// Where it shall fail, and not be made.
    fn before(&self, call: Call<'_>) -> io::Result<Go>;

    /// It was made.
    ///
    /// # Errors
    /// Where nobody shall hear of it.
    fn after(&self, call: Call<'_>) -> io::Result<()>;
}

/// The way to the disk.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    probe: Option<Arc<dyn Probe>>,
}

impl Calls {
    /// The way to the disk, looked on at by `probe`.
    pub fn probed(probe: Arc<dyn Probe>) -> Calls {
        Calls { probe: Some(probe) }
    }

    /// Whether somebody looks on.
    pub fn is_probed(&self) -> bool {
        self.probe.is_some()
    }

    /// The way to the disk of this process. In a build for tests it may end the process at a call.
    pub fn of_this_process() -> Calls {
        #[cfg(debug_assertions)]
        return death::calls();
        #[cfg(not(debug_assertions))]
        Calls::default()
    }

    fn make<T>(&self, call: Call<'_>, make: impl FnOnce(Go) -> io::Result<T>) -> io::Result<T> {
        let Some(probe) = &self.probe else { return make(Go::Do) };
        let made = make(probe.before(call)?)?;
        probe.after(call)?;
        Ok(made)
    }

    fn sync(&self, call: Call<'_>, sync: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        self.make(call, |go| if go == Go::Pretend { Ok(()) } else { sync() })
    }

    /// The bytes that are free to this user on the file system of `folder`; none where it does not say.
    pub(super) fn space(&self, folder: &Path) -> io::Result<Option<u64>> {
        self.make(Call::Space { folder }, |go| match go {
            Go::Part(bytes) => Ok(Some(bytes as u64)),
            _ => {
                let about = rustix::fs::statvfs(folder)?;
                let known = about.f_blocks > 0;
                Ok(known.then(|| about.f_bavail.saturating_mul(about.f_frsize)))
            }
        })
    }

    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.make(Call::Read { path }, |_| fs::read(path))
    }

    /// Makes a file for its owner alone. One that is there, or a link of that name, is an error.
    pub(super) fn create(&self, path: &Path) -> io::Result<File> {
        let open = || OpenOptions::new().append(true).create_new(true).mode(0o600).open(path);
        self.make(Call::Create { path }, |_| open())
    }

    /// Puts bytes at the end of a file, all of them.
    pub(super) fn write(&self, path: &Path, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        self.make(Call::Write { path, bytes }, |go| match go {
            Go::Part(length) => {
                file.write_all(&bytes[..length.min(bytes.len())])?;
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }
            _ => file.write_all(bytes),
        })
    }

    /// `keep` gives the file at `path` what another has.
    pub(super) fn keep<E: From<io::Error>>(&self, path: &Path, keep: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        self.make(Call::Keep { path }, |_| Ok(keep()))?
    }

    /// Makes the bytes of a file safe.
    pub(super) fn sync_file(&self, path: &Path, file: &File) -> io::Result<()> {
        self.sync(Call::Sync { path }, || file.sync_all())
    }

    /// Makes the names in a folder safe. Some file systems know no sync of a folder; they are believed.
    pub(super) fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.sync(Call::SyncFolder { folder }, || match File::open(folder)?.sync_all() {
            Err(error) if error.kind() != io::ErrorKind::InvalidInput => Err(error),
            _ => Ok(()),
        })
    }

    /// Makes everything safe that is on the file system of `folder`.
    #[cfg(target_os = "linux")]
    pub(super) fn sync_system(&self, folder: &Path) -> io::Result<()> {
        self.sync(Call::SyncSystem { folder }, || Ok(rustix::fs::syncfs(File::open(folder)?)?))
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.make(Call::Rename { from, to }, |_| fs::rename(from, to))
    }

    /// Takes away what stands behind the first `length` bytes.
    pub(super) fn cut(&self, path: &Path, file: &File, length: u64) -> io::Result<()> {
        self.make(Call::Cut { path, length }, |_| file.set_len(length))
    }

    /// Takes a name away; one that is not there is none the worse.
    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.make(Call::Remove { path }, |_| match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
    }
}
