//! The thread that looks what happens to the files: it watches the folders, and looks when it is asked to.
//!
//! Folders are watched, not files; what a watch tells is only that it is time to look ([`super::scan`]). Where folders cannot be watched
//! (the system gives no more watches, or the files lie on a file system of the network) this is told, and the desk asks for a look
//! when its window gets the focus and before a write. While this program itself writes, nobody looks. Not here: what is found.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::scan::{Missing, Scan};
use super::work::Workshop;
use crate::app::Event;

/// A look waits until nothing more has happened for so long…
const QUIET: Duration = Duration::from_millis(40);
/// …but not longer than this.
const PATIENCE: Duration = Duration::from_millis(400);

/// Asks the thread to look.
#[derive(Clone, Debug)]
pub struct Watch {
    pokes: Sender<Poke>,
}

/// What the thread is asked: to look; most often nothing more.
#[derive(Default)]
struct Poke {
    /// Whether these files stand elsewhere now.
    missing: Missing,
    /// These were read for the list.
    read: Vec<Arc<str>>,
}

impl Watch {
    /// Starts the thread; it does nothing until it is asked to look for the first time.
    pub fn start(scan: Scan, workshop: Arc<Workshop>, tell: impl FnMut(Event) + Send + 'static) -> Watch {
        let (pokes, inbox) = channel();
        let watch = Watch { pokes };
        let again = watch.clone();
        thread::spawn(move || Watching::new(scan, workshop, again, Box::new(tell)).run(&inbox));
        watch
    }

    /// Looks, as soon as may be.
    pub fn look(&self) {
        self.poke(Poke::default());
    }

    /// Looks, and whether these files, each with the fingerprint that it had, stand elsewhere now.
    pub fn look_for(&self, missing: Missing) {
        self.poke(Poke { missing, ..Poke::default() });
    }

    /// Looks for the first time, after these files were read for the list.
    pub fn begin(&self, read: Vec<Arc<str>>) {
        self.poke(Poke { read, ..Poke::default() });
    }

    fn poke(&self, poke: Poke) {
        // A thread that is gone looks no more: a write still compares each file.
        let _ = self.pokes.send(poke);
    }
}

/// The thread's own.
struct Watching {
    scan: Scan,
    workshop: Arc<Workshop>,
    tell: Box<dyn FnMut(Event) + Send>,
    watcher: Option<RecommendedWatcher>,
    watched: HashSet<PathBuf>,
    /// Whether it was said that not everything is watched.
    said: bool,
}

impl Watching {
    fn new(scan: Scan, workshop: Arc<Workshop>, again: Watch, tell: Box<dyn FnMut(Event) + Send>) -> Watching {
        let poke = move |happened: notify::Result<notify::Event>| {
            // An error means that something may have been missed.
            if happened.map_or(true, |event| changes(&event.kind)) {
                again.look();
            }
        };
        let watcher = notify::recommended_watcher(poke).ok();
        Watching { scan, workshop, tell, watcher, watched: HashSet::new(), said: false }
    }

    fn run(mut self, inbox: &Receiver<Poke>) {
        while let Ok(mut poke) = inbox.recv() {
            self.settle(inbox, &mut poke);
            self.scan.were_read(poke.read);
            let folders = self.scan.look(&self.workshop, &mut self.tell);
            if self.watch(folders) {
                // What happened between the walk and the watch is not missed.
                self.scan.look(&self.workshop, &mut self.tell);
            }
            self.scan.look_for(&poke.missing, &self.workshop, &mut self.tell);
        }
    }

    /// Waits until it is quiet, and while this program writes.
    fn settle(&self, inbox: &Receiver<Poke>, poke: &mut Poke) {
        let first = Instant::now();
        loop {
            match inbox.recv_timeout(QUIET) {
                Err(RecvTimeoutError::Disconnected) => return,
                Ok(more) => {
                    poke.missing.extend(more.missing);
                    poke.read.extend(more.read);
                    if first.elapsed() > PATIENCE && !self.workshop.is_writing() {
                        return;
                    }
                }
                Err(RecvTimeoutError::Timeout) if self.workshop.is_writing() => {}
                _ => return,
            }
        }
    }

    /// Watches these folders from now on; whether there are new ones among them.
    fn watch(&mut self, folders: Vec<PathBuf>) -> bool {
        let known = self.watched.len();
        let still: HashSet<PathBuf> = folders.into_iter().collect();
        // A folder that is gone has no watch any more; one that comes back gets another.
        self.watched.retain(|folder| still.contains(folder));
        let mut came: Vec<PathBuf> = still.into_iter().filter(|folder| !self.watched.contains(folder)).collect();
        came.sort();
        for folder in came {
            match self.watch_one(&folder) {
                Ok(()) => drop(self.watched.insert(folder)),
                Err(reason) => {
                    self.say(reason);
                    break;
                }
            }
        }
        self.watched.len() > known
    }

    fn watch_one(&mut self, folder: &Path) -> Result<(), String> {
        if let Some(name) = of_the_network(folder) {
            return Err(format!("{name} does not tell what others change"));
        }
        let Some(watcher) = &mut self.watcher else { return Err("this system watches no folders".to_string()) };
        watcher.watch(folder, RecursiveMode::NonRecursive).map_err(|error| match error.kind {
            notify::ErrorKind::MaxFilesWatch => {
                let most = "the system gives no more watches (fs.inotify.max_user_watches)";
                format!("{most}: {} folders are watched", self.watched.len())
            }
            _ => error.to_string(),
        })
    }

    fn say(&mut self, reason: String) {
        if !self.said {
            self.said = true;
            (self.tell)(Event::Unwatched(reason));
        }
    }
}

/// Whether something may be other than it was. That files are opened and read is nothing.
fn changes(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// The name of a file system that others change without this machine being told.
#[cfg(target_os = "linux")]
fn of_the_network(folder: &Path) -> Option<&'static str> {
    const SYSTEMS: [(u32, &str); 6] = [
        (0x6969, "NFS"),
        (0x517b, "SMB"),
        (0xfe53_4d42, "SMB"),
        (0xff53_4d42, "CIFS"),
        (0x6573_5546, "FUSE"),
        (0x0102_1997, "9P"),
    ];
    let about = rustix::fs::statfs(folder).ok()?;
    // The numbers are of 32 bits, whatever type a system keeps them in.
    SYSTEMS.iter().find(|(number, _)| about.f_type as u32 == *number).map(|(_, name)| *name)
}

#[cfg(not(target_os = "linux"))]
fn of_the_network(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, ModifyKind, RemoveKind};

    #[test]
    fn reading_is_no_change_and_everything_else_is() {
        let none = [AccessKind::Open(AccessMode::Any), AccessKind::Read, AccessKind::Close(AccessMode::Read)];
        assert!(none.into_iter().all(|kind| !changes(&EventKind::Access(kind))));
        let some = [
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
            EventKind::Create(CreateKind::File),
            EventKind::Modify(ModifyKind::Any),
            EventKind::Remove(RemoveKind::Folder),
            EventKind::Any,
        ];
        assert!(some.iter().all(changes));
    }
}
