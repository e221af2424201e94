//! What somebody else did to the files: the folder is walked over again, and what is not as it was is read.
//!
//! One way serves a folder that is watched, a window that gets the focus again, and a write: what is told by a watch says only that
//! something happened, and may be lost; a walk with a look at each file's stamp takes an eighth of a second for 100,000 of them. Here: what
//! is new, changed and gone. Not here: when to look (`watch`), what it means to the list and the drafts (`app`).

use std::collections::{HashMap, HashSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::disk;
use super::read;
use super::root::Root;
use super::walk::{self, Found, Options};
use super::work::Workshop;
use crate::app::Event;
use crate::app::event::Outside;

/// A file's stamp: the system changes it with whatever is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    size: u64,
    changed: (i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> Option<Stamp> {
        let about = fs::metadata(path).ok()?;
        let changed = (about.ctime(), about.ctime_nsec());
        Some(Stamp { inode: about.ino(), size: about.size(), changed })
    }
}

/// Files that are not where they were, each with the fingerprint that it had.
pub type Missing = Vec<(Arc<str>, String)>;

/// The files as they were when somebody looked last.
#[derive(Debug)]
pub struct Scan {
    root: Root,
    options: Options,
    known: Option<HashMap<Arc<str>, Stamp>>,
    /// Files that were read for the list, until the next look has compared what is there with them.
    read: HashSet<Arc<str>>,
    /// Since when files are read: what has changed from then on may have been read before.
    began: i64,
}

impl Scan {
    /// A scan of what is opened of a root, whose files are read from now on.
    pub fn new(root: Root, options: Options) -> Scan {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
        // The stamps of files come from a clock of coarser steps.
        let began = i64::try_from(now.as_secs()).unwrap_or(i64::MAX) - 1;
        Scan { root, options, known: None, read: HashSet::new(), began }
    }

    /// These files were read for the list: one that is gone before the first look is told by it.
    pub fn were_read(&mut self, files: Vec<Arc<str>>) {
        self.read.extend(files);
    }

    /// Looks what is not as it was, and tells it: what is gone first, then rows, many at a time. The first time, only what may have
    /// changed since the files were read. Returns the folders that were walked over.
    pub fn look(&mut self, workshop: &Workshop, tell: &mut (dyn FnMut(Event) + Send)) -> Vec<PathBuf> {
        let mut walk = walk::walk(&self.root, self.options);
        let mut now: HashMap<Arc<str>, Stamp> = HashMap::with_capacity(self.known.as_ref().map_or(0, HashMap::len));
        let (mut changed, mut new, read) = (Vec::new(), Vec::new(), std::mem::take(&mut self.read));
        for found in walk.by_ref() {
            let Found::File(path) = found else { continue };
            let Some(stamp) = Stamp::of(&self.root.dir.join(&*path)) else { continue };
            let is_other = match self.known.as_ref().map(|known| known.get(&path)) {
                Some(Some(was)) => *was != stamp,
                Some(None) => {
                    new.push(path.clone());
                    true
                }
                None if !read.is_empty() && !read.contains(&path) => {
                    new.push(path.clone());
                    true
                }
                None => stamp.changed.0 >= self.began,
            };
            if is_other && !self.is_own(workshop, &path) {
                changed.push(path.clone());
            }
            now.insert(path, stamp);
        }
        let is_gone = |path: &&Arc<str>| !now.contains_key(*path);
        let before = self.known.iter().flat_map(HashMap::keys).chain(&read);
        let mut gone: Vec<Arc<str>> = before.filter(is_gone).cloned().collect();
        gone.sort();
        gone.dedup();
        self.known = Some(now);
        self.tell(workshop, Differences { gone, new, changed }, tell);
        walk.folders().to_vec()
    }

    /// Looks whether any of these files stands elsewhere now, with the very bytes that it had. Every file is read for that.
    pub fn look_for(&self, missing: &Missing, workshop: &Workshop, tell: &mut (dyn FnMut(Event) + Send)) {
        let Some(known) = self.known.as_ref().filter(|_| !missing.is_empty()) else { return };
        let is_wanted = |(_, base): &(Arc<str>, String)| missing.iter().any(|(_, wanted)| wanted == base);
        let mut came: Vec<(Arc<str>, String)> =
            known.keys().filter_map(|path| self.with_fingerprint(path)).filter(is_wanted).collect();
        // Of several that are alike, the first.
        came.sort();
        came.reverse();
        let gone: Vec<Arc<str>> = missing
            .iter()
            .filter(|(_, base)| came.iter().any(|(_, found)| found == base))
            .map(|m| m.0.clone())
            .collect();
        if gone.is_empty() {
            return;
        }
        let changed = came.iter().map(|(path, _)| path.clone()).collect();
        tell(Event::Outside(Outside::Gone { gone, came }));
        self.tell(workshop, Differences { gone: Vec::new(), new: Vec::new(), changed }, tell);
    }

    fn with_fingerprint(&self, path: &Arc<str>) -> Option<(Arc<str>, String)> {
        let bytes = disk::read_bytes(&self.root.dir.join(&**path)).ok()?;
        Some((path.clone(), disk::fingerprint(&bytes).to_hex().to_string()))
    }

    /// Whether a file is as this program itself wrote it.
    fn is_own(&self, workshop: &Workshop, path: &Arc<str>) -> bool {
        let read = || disk::read_bytes(&self.root.dir.join(&**path)).ok();
        workshop.has_written(path, || read().map(|bytes| disk::fingerprint(&bytes).to_hex().to_string()))
    }

    fn tell(&self, workshop: &Workshop, found: Differences, tell: &mut (dyn FnMut(Event) + Send)) {
        let Differences { gone, new, changed } = found;
        if gone.is_empty() && changed.is_empty() {
            return;
        }
        if !gone.is_empty() {
            // Only where something is gone, something may have been moved.
            let came = new.iter().filter_map(|path| self.with_fingerprint(path)).collect();
            tell(Event::Outside(Outside::Gone { gone, came }));
        }
        let spec = workshop.spec();
        let tell = std::sync::Mutex::new(tell);
        let found = changed.into_iter().map(Found::File);
        read::rows(&self.root.dir, found, &spec, |rows| {
            // A panic of the one who listens is told by him.
            let mut tell = tell.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            tell(Event::Outside(Outside::Rows(rows)));
            true
        });
        let tell = tell.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        tell(Event::Outside(Outside::Done));
    }
}

/// What a look has found.
struct Differences {
    gone: Vec<Arc<str>>,
    new: Vec<Arc<str>>,
    /// New ones, too.
    changed: Vec<Arc<str>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;
    use crate::shell::root;

    /// What a look tells, in words: what is gone, what came, and what was read.
    fn told(scan: &mut Scan, workshop: &Workshop) -> Vec<String> {
        let mut told = Vec::new();
        scan.look(workshop, &mut |event| match event {
            Event::Outside(Outside::Gone { gone, came }) => {
                told.extend(gone.iter().map(|path| format!("-{path}")));
                told.extend(came.iter().map(|(path, _)| format!("+{path}")));
            }
            Event::Outside(Outside::Rows(rows)) => told.extend(rows.iter().map(|row| format!("{} read", row.path))),
            _ => {}
        });
        told.sort();
        told
    }

    #[test]
    fn a_file_that_goes_or_moves_between_the_first_read_and_the_first_look_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let put = |name: &str| fs::write(dir.path().join(name), format!("---\ntitle: {name}\n---\n")).unwrap();
        ["a.md", "b.md", "c.md"].into_iter().for_each(put);
        let root = root::find(dir.path()).unwrap();
        let workshop = Workshop::new(root.dir.clone(), Profile::builtin());
        let mut scan = Scan::new(root, Options::default());
        // Made long before.
        scan.began += 60;
        scan.were_read(["a.md", "b.md", "c.md"].map(Arc::from).to_vec());
        fs::remove_file(dir.path().join("a.md")).unwrap();
        fs::rename(dir.path().join("b.md"), dir.path().join("moved.md")).unwrap();
        assert_eq!(told(&mut scan, &workshop), ["+moved.md", "-a.md", "-b.md", "moved.md read"]);
        assert_eq!(told(&mut scan, &workshop), [""; 0], "and once");
    }

    #[test]
    fn a_look_before_everything_is_read_misses_nothing_either() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("b.md"), "---\ntitle: b\n---\n").unwrap();
        let root = root::find(dir.path()).unwrap();
        let workshop = Workshop::new(root.dir.clone(), Profile::builtin());
        let mut scan = Scan::new(root, Options::default());
        scan.began += 60;
        assert_eq!(told(&mut scan, &workshop), [""; 0]);
        scan.were_read(["a.md", "b.md"].map(Arc::from).to_vec());
        assert_eq!(told(&mut scan, &workshop), ["-a.md"]);
    }
}
