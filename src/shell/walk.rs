//! Walking a folder for content files, in the order of their paths.
//!
//! Here: which files are items, which are left out (hidden, git-ignored) and how many, what cannot be read and why. Not here:
//! reading the files. One pass does both the finding and the counting of what is left out, so that
//! items + unreadable ones + left out is what `find` finds.
//!
//! A link to a file is an item where its target lies in the root. A link to a folder is entered where the target lies in the
//! root, but not where it would be met anyway, nor twice: so there are no loops.

use std::cmp::Ordering;
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::disk::is_temporary;
use super::root::{NOT_A_FILE, Root, reason};

/// The endings of content files.
pub const ENDINGS: [&str; 5] = ["md", "markdown", "mdx", "html", "htm"];

/// What to walk over.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Hidden and git-ignored files too.
    pub all: bool,
}

/// What the walk comes upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// An item, by its path from the root with `/`.
    File(Arc<str>),
    /// A content file that cannot be an item, or a folder that cannot be entered (`folder`).
    Problem { path: Arc<str>, reason: String, folder: bool },
}

/// A walk, in the order of the paths as texts.
pub struct Walk {
    root: PathBuf,
    all: bool,
    levels: Vec<Level>,
    /// What is found before the first level: a single file, or the folder's own problem.
    first: Option<Found>,
    skipped: usize,
    /// Temporary files of writes, whoever's.
    temporary: Vec<PathBuf>,
    /// Folders that were entered, but for those that are left out.
    folders: Vec<PathBuf>,
    /// Folders whose contents are met: the one walked over, and targets of links.
    entered: Vec<PathBuf>,
}

/// A folder that is being walked over.
struct Level {
    entries: vec::IntoIter<Entry>,
    /// Its path from the root, with a `/` behind it unless empty.
    prefix: String,
    dir: PathBuf,
    ignored_by: Option<Arc<Rules>>,
    /// It is left out itself: what lies below is only counted.
    left_out: bool,
}

struct Entry {
    name: OsString,
    what: What,
}

impl Entry {
    fn is_folder(&self) -> bool {
        matches!(self.what, What::Folder | What::LinkToFolder)
    }

    /// In the order of the paths as texts: as if the name of a folder had a `/` behind it.
    fn order(&self, other: &Entry) -> Ordering {
        let (a, b) = (self.name.as_encoded_bytes(), other.name.as_encoded_bytes());
        if !self.is_folder() && !other.is_folder() {
            return a.cmp(b);
        }
        let slash = |entry: &Entry| entry.is_folder().then_some(&b'/');
        a.iter().chain(slash(self)).cmp(b.iter().chain(slash(other)))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    File,
    Folder,
    LinkToFile,
    LinkToFolder,
    BrokenLink,
    Other,
}

/// The `.gitignore` of a folder, and those above it.
struct Rules {
    own: Gitignore,
    above: Option<Arc<Rules>>,
}

/// Walks over what was opened of `root`.
pub fn walk(root: &Root, options: Options) -> Walk {
    let path = root.opened.clone();
    walk_over(root, &path, options)
}

/// Walks over `path`, a file or a folder below the root. A file that is named is an item whatever its name.
pub fn walk_over(root: &Root, path: &Path, options: Options) -> Walk {
    let mut walk = Walk {
        root: root.dir.clone(),
        all: options.all,
        levels: Vec::new(),
        first: None,
        skipped: 0,
        temporary: Vec::new(),
        folders: Vec::new(),
        entered: vec![path.to_path_buf()],
    };
    let item = root.item(path);
    if path.is_dir() {
        let prefix = item.filter(|i| !i.is_empty()).map_or(String::new(), |i| i + "/");
        let above = if options.all { None } else { rules_above(&root.dir, path) };
        if let Err(error) = walk.enter(path.to_path_buf(), prefix.clone(), above, false) {
            walk.first = Some(folder_problem(&prefix, &error));
        }
    } else {
        walk.first = Some(match item {
            Some(item) => Found::File(item.into()),
            None => not_utf8(&path.to_string_lossy()),
        });
    }
    walk
}

/// The rules that hold in `dir` by the folders above it: from the top of the git work tree (else the root) down.
fn rules_above(root: &Path, dir: &Path) -> Option<Arc<Rules>> {
    let above: Vec<&Path> = dir.ancestors().skip(1).collect();
    let in_git = dir.ancestors().find(|d| d.join(".git").exists());
    let top = in_git.unwrap_or(root);
    let mut rules = in_git.and_then(repository_rules);
    for folder in above.into_iter().rev().filter(|folder| folder.starts_with(top)) {
        rules = rules_of(folder, rules);
    }
    rules
}

/// What git ignores besides `.gitignore` files: the user's own list and `.git/info/exclude`.
fn repository_rules(top: &Path) -> Option<Arc<Rules>> {
    let (global, _) = GitignoreBuilder::new(top).build_global();
    let mut own = GitignoreBuilder::new(top);
    own.add(top.join(".git/info/exclude"));
    let own = own.build().ok()?;
    let global = Arc::new(Rules { own: global, above: None });
    Some(Arc::new(Rules { own, above: Some(global) }))
}

fn rules_of(dir: &Path, above: Option<Arc<Rules>>) -> Option<Arc<Rules>> {
    let file = dir.join(".gitignore");
    if !file.is_file() {
        return above;
    }
    // A line that is no pattern is passed over, as git does; the others count.
    let (own, _) = Gitignore::new(file);
    Some(Arc::new(Rules { own, above }))
}

impl Rules {
    /// Whether git ignores `path`: the nearest rule decides, the last of a file first.
    fn ignore(&self, path: &Path, is_dir: bool) -> bool {
        let mut rules = Some(self);
        while let Some(here) = rules {
            let verdict = here.own.matched(path, is_dir);
            if !verdict.is_none() {
                return verdict.is_ignore();
            }
            rules = here.above.as_deref();
        }
        false
    }
}

impl Walk {
    /// How many content files were left out so far, hidden or git-ignored.
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// The temporary files of writes that were met so far. While a write goes on they are no leftovers.
    pub fn temporary(&self) -> &[PathBuf] {
        &self.temporary
    }

    /// The folders that were entered so far, but for those that are left out.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    fn enter(&mut self, dir: PathBuf, prefix: String, above: Option<Arc<Rules>>, left_out: bool) -> io::Result<()> {
        let entries = entries(&dir, left_out)?.into_iter();
        if !left_out {
            self.folders.push(dir.clone());
        }
        let ignored_by = if self.all || left_out { None } else { rules_of(&dir, above) };
        self.levels.push(Level { entries, prefix, dir, ignored_by, left_out });
        Ok(())
    }

    /// What an entry of the innermost level is; `None` where it is nothing, or only counted.
    fn visit(&mut self, entry: Entry) -> Option<Found> {
        let level = self.levels.last()?;
        let is_folder = entry.is_folder();
        if !is_folder && !is_content(&entry.name) {
            if entry.what == What::File && is_temporary(&entry.name) {
                self.temporary.push(level.dir.join(&entry.name));
            }
            return None;
        }
        let path = || level.dir.join(&entry.name);
        let hidden = entry.name.as_encoded_bytes().starts_with(b".");
        let ignored = || level.ignored_by.as_ref().is_some_and(|rules| rules.ignore(&path(), is_folder));
        let left_out = level.left_out || (!self.all && (hidden || ignored()));
        let (shown, is_utf8) = match entry.name.to_str() {
            Some(name) => (format!("{}{name}", level.prefix), true),
            None => (format!("{}{}", level.prefix, entry.name.to_string_lossy()), false),
        };
        if is_folder {
            let path = path();
            return self.visit_folder(path, shown, entry.what, left_out);
        }
        if left_out {
            self.skipped += 1;
            return None;
        }
        if !is_utf8 {
            return Some(not_utf8(&shown));
        }
        if entry.what == What::File {
            return Some(Found::File(shown.into()));
        }
        Some(match self.problem_of(&path(), entry.what) {
            None => Found::File(shown.into()),
            Some(reason) => Found::Problem { path: shown.into(), reason, folder: false },
        })
    }

    fn visit_folder(&mut self, path: PathBuf, shown: String, what: What, left_out: bool) -> Option<Found> {
        let above = self.levels.last()?.ignored_by.clone();
        if what == What::LinkToFolder {
            let target = path.canonicalize().ok()?;
            let met = self.entered.iter().any(|e| e.starts_with(&target) || target.starts_with(e));
            if left_out || met || !target.starts_with(&self.root) {
                return None;
            }
            self.entered.push(target);
        }
        let prefix = shown + "/";
        match self.enter(path, prefix.clone(), above, left_out) {
            Err(error) if !left_out => Some(folder_problem(&prefix, &error)),
            _ => None,
        }
    }

    /// Why a content file cannot be an item.
    fn problem_of(&self, path: &Path, what: What) -> Option<String> {
        match what {
            What::BrokenLink => Some("a link to nothing".to_string()),
            What::Other => Some(NOT_A_FILE.to_string()),
            What::LinkToFile => match path.canonicalize() {
                Ok(target) if target.starts_with(&self.root) => None,
                Ok(target) => Some(format!("a link out of the root, to {}", target.display())),
                Err(error) => Some(reason(&error)),
            },
            What::File | What::Folder | What::LinkToFolder => None,
        }
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let level = self.levels.last_mut()?;
            match level.entries.next() {
                None => {
                    self.levels.pop();
                }
                Some(entry) => {
                    if let Some(found) = self.visit(entry) {
                        return Some(found);
                    }
                }
            }
        }
    }
}

fn folder_problem(prefix: &str, error: &io::Error) -> Found {
    let path = if prefix.is_empty() { "./" } else { prefix };
    Found::Problem { path: path.into(), reason: reason(error), folder: true }
}

fn not_utf8(shown: &str) -> Found {
    Found::Problem { path: shown.into(), reason: "the name is not UTF-8: rename it".to_string(), folder: false }
}

fn is_content(name: &OsString) -> bool {
    let ending = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or("");
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// The entries of a folder in the order of their paths; links are looked through unless they are only counted.
fn entries(dir: &Path, left_out: bool) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let what = match entry.file_type()? {
            kind if kind.is_symlink() && left_out => What::LinkToFile,
            kind if kind.is_symlink() => {
                fs::metadata(entry.path()).map_or(What::BrokenLink, |target| match what(target.file_type()) {
                    What::File => What::LinkToFile,
                    What::Folder => What::LinkToFolder,
                    other => other,
                })
            }
            kind => what(kind),
        };
        entries.push(Entry { name, what });
    }
    entries.sort_unstable_by(Entry::order);
    Ok(entries)
}

fn what(kind: FileType) -> What {
    match kind {
        kind if kind.is_file() => What::File,
        kind if kind.is_dir() => What::Folder,
        _ => What::Other,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::shell::folders::Folders;
    use crate::shell::root::find_with;

    fn library(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        dir
    }

    fn walked(path: &Path, all: bool) -> (Vec<String>, Vec<String>, usize) {
        let folders = Folders::under(Path::new("/nowhere"));
        let mut walk = walk(&find_with(path, &folders).unwrap(), Options { all });
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for found in walk.by_ref() {
            match found {
                Found::File(path) => files.push(path.to_string()),
                Found::Problem { path, reason, .. } => problems.push(format!("{path}: {reason}")),
            }
        }
        (files, problems, walk.skipped())
    }

    #[test]
    fn items_come_in_the_order_of_their_paths_and_what_is_left_out_is_counted() {
        let lib = library(&[
            (".gitignore", "drafts/\n*.tmp.md\n!keep.tmp.md\n"),
            ("a/x.md", ""),
            ("a-b/x.mdx", ""),
            ("a.html", ""),
            ("b.HTM", ""),
            ("note.txt", ""),
            (".hidden/x.md", ""),
            (".h.md", ""),
            ("drafts/deep/x.md", ""),
            ("drafts/deep/y.txt", ""),
            ("c.tmp.md", ""),
            ("keep.tmp.md", ""),
            ("sub/.gitignore", "/x.md\n!y.tmp.md\n"),
            ("sub/x.md", ""),
            ("sub/y.tmp.md", ""),
        ]);
        let (files, problems, skipped) = walked(lib.path(), false);
        assert_eq!(files, ["a-b/x.mdx", "a.html", "a/x.md", "b.HTM", "keep.tmp.md", "sub/y.tmp.md"]);
        assert_eq!((problems.len(), skipped), (0, 5));
        let (files, _, skipped) = walked(lib.path(), true);
        assert_eq!((files.len(), skipped), (11, 0));
        assert!(files.is_sorted());
    }

    #[test]
    fn rules_above_the_folder_opened_count_and_a_file_that_is_named_is_an_item() {
        let lib = library(&[("hugo.toml", ""), (".gitignore", "*.out.md"), ("c/x.md", ""), ("c/x.out.md", "")]);
        assert_eq!(walked(&lib.path().join("c"), false), (vec!["c/x.md".to_string()], vec![], 1));
        assert_eq!(walked(&lib.path().join("c/x.out.md"), false).0, ["c/x.out.md"]);
    }

    #[test]
    fn links_are_followed_within_the_root_only_and_never_in_a_circle() {
        let lib = library(&[("r/hugo.toml", ""), ("r/c/x.md", ""), ("r/other/y.md", ""), ("out/z.md", "")]);
        let at = |path: &str| lib.path().canonicalize().unwrap().join(path);
        symlink(at("r/other/y.md"), at("r/c/in.md")).unwrap();
        symlink(at("out/z.md"), at("r/c/out.md")).unwrap();
        symlink(at("gone"), at("r/c/gone.md")).unwrap();
        symlink(at("r/other"), at("r/c/other")).unwrap();
        symlink(at("r/c"), at("r/other/back")).unwrap();
        symlink(at("r"), at("r/c/up")).unwrap();
        symlink(at("out"), at("r/c/away")).unwrap();
        let (files, problems, _) = walked(&at("r/c"), false);
        assert_eq!(files, ["c/in.md", "c/other/y.md", "c/x.md"]);
        assert_eq!(problems.len(), 2);
        assert!(problems[0].contains("gone.md: a link to nothing") && problems[1].contains("out of the root"));
    }

    #[test]
    fn what_is_no_file_or_has_no_readable_name_is_told_and_never_opened() {
        let lib = library(&[("x.md", "")]);
        rustix::fs::mkfifoat(rustix::fs::CWD, lib.path().join("pipe.md"), 0o600.into()).unwrap();
        fs::write(lib.path().join(std::ffi::OsStr::from_bytes(b"b\xff.md")), "").unwrap();
        let (files, problems, _) = walked(lib.path(), false);
        assert_eq!((files.len(), problems.len()), (1, 2));
        assert!(problems[0].contains("not UTF-8") && problems[1].contains("pipe.md: not a file"));
    }
}
