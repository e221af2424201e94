//! Where configuration, state and cache lie.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::{fs, io};

use directories::ProjectDirs;
use thiserror::Error;

/// The three folders of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// `config.yaml`, `views.yaml`, `themes/`.
    pub config: PathBuf,
    /// Journals and histories, a folder for each root.
    pub state: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
}

/// There is no home folder to put them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no home folder: set HOME, or XDG_CONFIG_HOME, XDG_STATE_HOME and XDG_CACHE_HOME")]
pub struct NoHome;

impl Paths {
    /// The folders as the environment has them.
    pub fn of_environment() -> Result<Paths, NoHome> {
        let home = ProjectDirs::from("", "", "curate").map(|dirs| Paths {
            config: dirs.config_dir().to_path_buf(),
            // Only Linux knows a place for state; elsewhere it lies with the program's data.
            state: dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_path_buf(),
            cache: dirs.cache_dir().to_path_buf(),
        });
        Paths::find(|name| std::env::var_os(name), home)
    }

    /// The XDG variables first, on every system; then what is usual there. A relative one is passed over, as XDG says.
    fn find(variable: impl Fn(&str) -> Option<OsString>, usual: Option<Paths>) -> Result<Paths, NoHome> {
        let chosen = |name: &str, usual: Option<&PathBuf>| {
            let set = variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
            set.map(|path| path.join("curate")).or_else(|| usual.cloned()).ok_or(NoHome)
        };
        Ok(Paths {
            config: chosen("XDG_CONFIG_HOME", usual.as_ref().map(|paths| &paths.config))?,
            state: chosen("XDG_STATE_HOME", usual.as_ref().map(|paths| &paths.state))?,
            cache: chosen("XDG_CACHE_HOME", usual.as_ref().map(|paths| &paths.cache))?,
        })
    }

    /// The configuration's file.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.yaml")
    }

    /// The file of saved views.
    pub fn views_file(&self) -> PathBuf {
        self.config.join("views.yaml")
    }

    /// The state folder of a root: its name, for people, and a hash of its whole path, for certainty.
    pub fn state_of(&self, root: &Path) -> PathBuf {
        let name = root.file_name().unwrap_or_default().to_string_lossy();
        let name: String =
            name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).take(40).collect();
        let hash = blake3::hash(root.as_os_str().as_bytes()).to_hex();
        self.state.join(format!("{}-{}", name.trim_start_matches('.'), &hash[..16]))
    }

    /// Whether the root has state already.
    pub fn has_state(&self, root: &Path) -> bool {
        self.state_of(root).is_dir()
    }

    /// The state folder of a root, made where it is missing; nobody else may look into it, since drafts are in it.
    pub fn make_state_of(&self, root: &Path) -> io::Result<PathBuf> {
        let folder = self.state_of(root);
        make_private(&folder)?;
        Ok(folder)
    }
}

/// Makes a folder, and those above it that are missing, for its owner alone.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn usual() -> Option<Paths> {
        let at = |name: &str| PathBuf::from("/home/ann").join(name);
        Some(Paths { config: at("c"), state: at("s"), cache: at("k") })
    }

    #[test]
    fn xdg_variables_come_first_and_relative_ones_do_not_count() {
        let variable = |name: &str| match name {
            "XDG_CONFIG_HOME" => Some(OsString::from("/etc/ann")),
            "XDG_STATE_HOME" => Some(OsString::from("relative")),
            _ => None,
        };
        let paths = Paths::find(variable, usual()).unwrap();
        assert_eq!(paths.config_file(), Path::new("/etc/ann/curate/config.yaml"));
        assert_eq!((paths.state, paths.cache), (PathBuf::from("/home/ann/s"), PathBuf::from("/home/ann/k")));
    }

    #[test]
    fn without_a_home_the_variables_are_enough_or_what_to_set_is_said() {
        assert!(Paths::find(|_| Some(OsString::from("/x")), None).is_ok());
        let error = Paths::find(|_| None, None).unwrap_err();
        assert!(error.to_string().contains("set HOME, or XDG_CONFIG_HOME"));
    }

    #[test]
    fn roots_of_one_name_have_each_their_state() {
        let paths = usual().unwrap();
        let (a, b) = (paths.state_of(Path::new("/a/news")), paths.state_of(Path::new("/b/news")));
        assert_ne!(a, b);
        assert!(a.file_name().unwrap().to_str().unwrap().starts_with("news-"));
        assert_eq!(a, paths.state_of(Path::new("/a/news")));
        for odd in ["/", "/a/..hidden", "/a/\u{1b}[2J b"] {
            let name = paths.state_of(Path::new(odd));
            assert_eq!(name.parent(), Some(Path::new("/home/ann/s")), "{odd}");
            assert!(!name.file_name().unwrap().to_str().unwrap().starts_with('.'), "{odd}");
        }
    }

    #[test]
    fn nobody_else_can_look_into_a_state_folder() {
        let home = tempfile::tempdir().unwrap();
        let paths = Paths { state: home.path().join("deep/state"), ..usual().unwrap() };
        let root = Path::new("/some/news");
        assert!(!paths.has_state(root));
        let folder = paths.make_state_of(root).unwrap();
        assert!(paths.has_state(root));
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(paths.make_state_of(root).unwrap(), folder, "twice is no error");
    }
}
