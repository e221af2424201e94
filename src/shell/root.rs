//! The root of a library: what journal, lock, history and vocabulary belong to.
//!
//! Here: finding it from the path that was opened, and the way between a file and its item's path. Not here: the profile
//! at the root (that is `shell::profile`), nor what is found below it (that is `walk`).

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::folders::Folders;

/// The profile's file at a root.
pub const PROFILE_FILE: &str = ".curate.yaml";

/// Files by which a site says "I begin here". `config.toml` counts only beside a `content` folder: the name is everybody's.
const SITE_FILES: [&str; 10] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "_config.yml",
    "_config.yaml",
    "astro.config.mjs",
    "astro.config.ts",
    "astro.config.js",
    ".git",
];

/// What neither files nor folders are.
pub(super) const NOT_A_FILE: &str = "not a file (a pipe, a socket or a device)";

/// Why a folder is the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// `.curate.yaml` stands there.
    Profile,
    /// A site begins there.
    Site,
    /// It has state from an earlier time.
    State,
    /// It is the folder that was opened.
    Opened,
}

/// A root, and the part of it that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The root folder, without symbolic links.
    pub dir: PathBuf,
    /// What was opened: a folder or a file in it.
    pub opened: PathBuf,
    /// Whether `opened` is a folder.
    pub is_folder: bool,
    pub because: Because,
}

/// The root that `path` (a file or a folder) belongs to.
///
/// # Errors
/// Where there is nothing at `path`, or no file and no folder, or it may not be looked at; the message names it.
pub fn find(path: &Path) -> io::Result<Root> {
    find_with(path, &Folders::of_this_user())
}

/// As [`find`], with the folders of state given.
///
/// # Errors
/// As [`find`].
pub fn find_with(path: &Path, folders: &Folders) -> io::Result<Root> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {}", path.display(), reason(&error)));
    let metadata = fs::metadata(path).map_err(named)?;
    let is_folder = metadata.is_dir();
    if !is_folder && !metadata.is_file() {
        // To open a pipe would wait for whoever writes into it.
        return Err(named(io::Error::other(NOT_A_FILE)));
    }
    let opened = if is_folder { path.canonicalize().map_err(named)? } else { resolve_parent(path).map_err(named)? };
    let start = if is_folder { opened.as_path() } else { opened.parent().unwrap_or(&opened) };
    let nearest = |is_root: &dyn Fn(&Path) -> bool| start.ancestors().find(|dir| is_root(dir)).map(Path::to_path_buf);
    let (dir, because) = if let Some(dir) = nearest(&|d| d.join(PROFILE_FILE).is_file()) {
        (dir, Because::Profile)
    } else if let Some(dir) = nearest(&is_site) {
        (dir, Because::Site)
    } else if let Some(dir) = nearest(&|d| folders.has_state(d)) {
        (dir, Because::State)
    } else {
        (start.to_path_buf(), Because::Opened)
    };
    Ok(Root { dir, opened, is_folder, because })
}

/// The file's path with its folder resolved and its own name kept: a link to a file is followed only when it is saved, where it
/// can be refused for leading out of the root.
fn resolve_parent(path: &Path) -> io::Result<PathBuf> {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    match path.file_name() {
        Some(name) => Ok(parent.canonicalize()?.join(name)),
        None => path.canonicalize(),
    }
}

fn is_site(dir: &Path) -> bool {
    SITE_FILES.iter().any(|name| dir.join(name).exists())
        || (dir.join("config.toml").is_file() && dir.join("content").is_dir())
}

/// What an error of the system means, in words without a number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_string(),
        io::ErrorKind::PermissionDenied => "permission denied".to_string(),
        io::ErrorKind::NotADirectory => "a part of the path is a file, not a folder".to_string(),
        io::ErrorKind::IsADirectory => "a folder, not a file".to_string(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_string()
        }
    }
}

impl Root {
    /// The file of an item.
    pub fn file(&self, item: &str) -> PathBuf {
        self.dir.join(item)
    }

    /// The path from the root with `/`, of a path below it. `None` where it is not below, or its name is not UTF-8.
    pub fn item(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.dir).ok()?;
        let mut parts = Vec::new();
        for part in below.components() {
            match part {
                Component::Normal(name) => parts.push(name.to_str()?),
                _ => return None,
            }
        }
        Some(parts.join("/"))
    }

    /// What every opened item's path begins with: empty, or a folder with a `/` behind it.
    pub fn prefix(&self) -> String {
        let folder = if self.is_folder { Some(self.opened.as_path()) } else { self.opened.parent() };
        match folder.and_then(|f| self.item(f)) {
            Some(item) if !item.is_empty() => item + "/",
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Tree {
        dir: tempfile::TempDir,
        folders: Folders,
    }

    fn tree(files: &[&str]) -> Tree {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join("t").join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        Tree { folders: Folders::under(&dir.path().join("user")), dir }
    }

    impl Tree {
        fn path(&self, below: &str) -> PathBuf {
            self.dir.path().canonicalize().unwrap().join("t").join(below)
        }
        fn root(&self, below: &str) -> (String, Because) {
            let root = find_with(&self.path(below), &self.folders).unwrap();
            let dir = root.dir.strip_prefix(self.path("").parent().unwrap()).unwrap();
            (dir.to_string_lossy().to_string(), root.because)
        }
    }

    #[test]
    fn a_profile_wins_over_a_nearer_site_and_a_site_over_nothing() {
        let site = tree(&["a/.curate.yaml", "a/b/hugo.toml", "a/b/content/x.md", "c/hugo.toml", "c/content/d/x.md"]);
        assert_eq!(site.root("a/b/content"), ("t/a".to_string(), Because::Profile));
        assert_eq!(site.root("c/content/d"), ("t/c".to_string(), Because::Site));
        assert_eq!(site.root("c/content/d/x.md"), ("t/c".to_string(), Because::Site));
    }

    #[test]
    fn a_config_file_makes_a_site_only_beside_its_content() {
        let both = tree(&["site/config.toml", "site/content/x.md", "tool/config.toml", "tool/notes/x.md"]);
        assert_eq!(both.root("site/content").0, "t/site");
        assert_eq!(both.root("tool/notes"), ("t/tool/notes".to_string(), Because::Opened));
    }

    #[test]
    fn the_folder_opened_first_stays_the_root_of_what_lies_below_it() {
        let plain = tree(&["lib/news/x.md"]);
        assert_eq!(plain.root("lib/news"), ("t/lib/news".to_string(), Because::Opened));
        fs::create_dir_all(plain.folders.state_of(&plain.path("lib"))).unwrap();
        assert_eq!(plain.root("lib/news"), ("t/lib".to_string(), Because::State));
    }

    #[test]
    fn what_is_opened_narrows_and_items_are_named_from_the_root() {
        let site = tree(&["hugo.toml", "content/news/x.md"]);
        let root = find_with(&site.path("content/news/x.md"), &site.folders).unwrap();
        assert_eq!(root.prefix(), "content/news/");
        assert_eq!(root.item(&root.opened).as_deref(), Some("content/news/x.md"));
        assert_eq!(root.file("content/news/x.md"), root.opened);
    }

    #[test]
    fn nothing_there_is_said_with_its_name() {
        let error = find(Path::new("no/such/folder")).unwrap_err();
        assert_eq!(error.to_string(), "no/such/folder: no such file or folder");
    }
}
