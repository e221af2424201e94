//! A save of one file: what it keeps, and what it refuses.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use super::many::{Ground, Many, Refused, Text};
use crate::shell::calls::Calls;
use crate::shell::disk::{SaveError, fingerprint};

struct Place {
    dir: tempfile::TempDir,
    file: PathBuf,
}

const OLD: &str = "---\r\ntitle: old\r\n---\r\nbody";

fn place() -> Place {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("item.md");
    fs::write(&file, OLD).unwrap();
    Place { dir, file }
}

impl Place {
    fn save(&self, path: &Path, text: &str) -> Result<(), SaveError> {
        let root = self.dir.path().canonicalize().unwrap();
        let item = path.strip_prefix(self.dir.path()).unwrap().to_str().unwrap();
        let ground = Ground { calls: &Calls::default(), root: &root, state: None };
        let mut many = Many::begin(ground, [item]).unwrap();
        let before = fingerprint(OLD.as_bytes());
        match many.stage(Text { at: 0, before: &before, text, steps: Vec::new() }) {
            Ok(()) => {
                many.replace(&|| false, &mut |_| {}).unwrap().failed.pop().map_or(Ok(()), |(_, error)| Err(error))
            }
            Err(Refused::File(error)) => {
                many.give_up("");
                Err(error)
            }
            Err(Refused::Disk(error)) => panic!("{error}"),
        }
    }
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.dir.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().to_string())
            .collect();
        names.sort();
        names
    }
}

fn as_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[test]
fn a_save_replaces_the_text_and_keeps_the_mode_and_leaves_nothing_behind() {
    let place = place();
    fs::set_permissions(&place.file, fs::Permissions::from_mode(0o640)).unwrap();
    place.save(&place.file, "new").unwrap();
    assert_eq!(fs::read_to_string(&place.file).unwrap(), "new");
    assert_eq!(fs::metadata(&place.file).unwrap().mode() & 0o7777, 0o640);
    assert_eq!(place.names(), ["item.md"]);
}

#[test]
fn the_same_text_again_is_not_written() {
    let place = place();
    let before = fs::metadata(&place.file).unwrap().ino();
    place.save(&place.file, OLD).unwrap();
    assert_eq!(fs::metadata(&place.file).unwrap().ino(), before);
}

#[test]
fn a_file_that_changed_meanwhile_is_never_overwritten() {
    let place = place();
    // Same length, so that size and second of change would not tell.
    let other = OLD.replace("old", "odd");
    fs::write(&place.file, &other).unwrap();
    assert!(matches!(place.save(&place.file, "new"), Err(SaveError::ChangedOnDisk)));
    assert_eq!(fs::read_to_string(&place.file).unwrap(), other);
    assert_eq!(place.names(), ["item.md"]);
}

#[test]
fn a_link_is_followed_within_the_root_and_refused_out_of_it() {
    let place = place();
    let link = place.dir.path().join("link.md");
    symlink("item.md", &link).unwrap();
    place.save(&link, "new").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&place.file).unwrap(), "new");

    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("x.md");
    fs::write(&target, OLD).unwrap();
    let out = place.dir.path().join("out.md");
    symlink(&target, &out).unwrap();
    assert!(matches!(place.save(&out, "new"), Err(SaveError::OutsideRoot(_))));
    assert_eq!(fs::read_to_string(&target).unwrap(), OLD);
}

#[test]
fn a_file_with_a_second_name_is_refused_and_says_so() {
    let place = place();
    fs::hard_link(&place.file, place.dir.path().join("second.md")).unwrap();
    let error = place.save(&place.file, "new").unwrap_err();
    assert!(error.to_string().contains("2 names (hard links)"), "{error}");
    assert_eq!(fs::read_to_string(&place.file).unwrap(), OLD);
    assert_eq!(place.names(), ["item.md", "second.md"]);
}

#[test]
fn a_folder_or_a_file_that_may_not_be_written_says_so() {
    if as_root() {
        println!("skipped: root may write everywhere");
        return;
    }
    let place = place();
    fs::set_permissions(place.dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let folder = place.save(&place.file, "new").unwrap_err();
    fs::set_permissions(place.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(folder.to_string().contains("folder cannot be written (permission denied)"), "{folder}");
    fs::set_permissions(&place.file, fs::Permissions::from_mode(0o444)).unwrap();
    let file = place.save(&place.file, "new").unwrap_err();
    assert!(file.to_string().contains("the file cannot be written (permission denied)"), "{file}");
    assert_eq!(fs::read_to_string(&place.file).unwrap(), OLD);
}

#[test]
fn another_owner_is_kept_where_that_is_allowed() {
    if !as_root() {
        println!("skipped: only root may give files away");
        return;
    }
    let place = place();
    std::os::unix::fs::chown(&place.file, Some(1234), Some(5678)).unwrap();
    fs::set_permissions(&place.file, fs::Permissions::from_mode(0o2664)).unwrap();
    place.save(&place.file, "new").unwrap();
    let about = fs::metadata(&place.file).unwrap();
    assert_eq!((about.uid(), about.gid(), about.mode() & 0o7777), (1234, 5678, 0o2664));
}
