//! Where the program keeps what belongs to a person: configuration, state (journals, drafts, history) and data (the demo).
//!
//! Here: the folders' names, of this user or beneath a given folder, and the state folder of one root. Not here: what is
//! kept in them. Nothing is created by asking.

use std::ffi::OsString;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use directories::ProjectDirs;

/// The three folders of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    pub config: PathBuf,
    pub state: PathBuf,
    pub data: PathBuf,
}

impl Folders {
    /// The folders of who runs this. The XDG variables count on every system (macOS' own folders only where they are not set).
    pub fn of_this_user() -> Folders {
        Folders::from(|name| env::var_os(name))
    }

    /// Folders beneath `dir`, for tests and for a run that must leave nothing behind.
    pub fn under(dir: &Path) -> Folders {
        Folders { config: dir.join("config"), state: dir.join("state"), data: dir.join("data") }
    }

    fn from(variable: impl Fn(&str) -> Option<OsString>) -> Folders {
        // A relative path in an XDG variable is to be ignored (XDG Base Directory Specification).
        let xdg = |name| variable(name).map(PathBuf::from).filter(|p| p.is_absolute()).map(|p| p.join("curate"));
        let own = ProjectDirs::from("", "", "curate");
        // Without a home there is still a place to write to, if only until the next start of the machine.
        let fallback = |name: &str| env::temp_dir().join("curate").join(name);
        let own_dir = |of: fn(&ProjectDirs) -> PathBuf, name: &str| own.as_ref().map_or_else(|| fallback(name), of);
        Folders {
            config: xdg("XDG_CONFIG_HOME").unwrap_or_else(|| own_dir(|d| d.config_dir().to_path_buf(), "config")),
            state: xdg("XDG_STATE_HOME").unwrap_or_else(|| {
                own_dir(|d| d.state_dir().unwrap_or_else(|| d.data_local_dir()).to_path_buf(), "state")
            }),
            data: xdg("XDG_DATA_HOME").unwrap_or_else(|| own_dir(|d| d.data_dir().to_path_buf(), "data")),
        }
    }

    /// The configuration's file.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.yaml")
    }

    /// The file of saved views.
    pub fn views_file(&self) -> PathBuf {
        self.config.join("views.yaml")
    }

    /// Where the state of a root is kept: a readable name, and a fingerprint of the whole path so that two roots never share one.
    pub fn state_of(&self, root: &Path) -> PathBuf {
        let name: String = root
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .chars()
            .map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' })
            .take(40)
            .collect();
        let fingerprint = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
        self.state.join("roots").join(format!("{name}-{}", &fingerprint[..16]))
    }

    /// Whether a root has state already.
    pub fn has_state(&self, root: &Path) -> bool {
        self.state_of(root).is_dir()
    }
}

/// Makes a folder, and those above it that are missing, for its owner alone: drafts may be in it.
pub fn make_private(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xdg_variables_count_where_they_are_absolute() {
        let folders = Folders::from(|name| match name {
            "XDG_CONFIG_HOME" => Some("/c".into()),
            "XDG_STATE_HOME" => Some("relative".into()),
            _ => None,
        });
        assert_eq!(folders.config, Path::new("/c/curate"));
        assert!(folders.state.is_absolute() && !folders.state.starts_with("relative"));
    }

    #[test]
    fn two_roots_of_one_name_never_share_their_state() {
        let folders = Folders::under(Path::new("/home/someone"));
        let (one, two) = (folders.state_of(Path::new("/a/news")), folders.state_of(Path::new("/b/news")));
        assert_ne!(one, two);
        assert!(one.file_name().unwrap().to_str().unwrap().starts_with("news-"));
    }
}
