//! Vocabulary files, read from below the root.
//!
//! What is wrong with one is said and the rest works: a curator who cannot read the list still has a queue to get through. Not
//! here: what stands in such a file (`profile`).

use std::fs;
use std::path::{Component, Path};
use std::sync::Arc;

use super::root::{Root, reason};
use crate::profile::{OfferingList, Profile, ProfileError, TopicList};

/// A longer file is no vocabulary.
const LONGEST: u64 = 16 << 20;

/// The profile with what its vocabulary files say.
pub fn known(root: &Root, mut profile: Profile) -> Profile {
    if let Some(rule) = &mut profile.topics
        && let Some(file) = &rule.vocabulary
    {
        let list = text(root, file).and_then(|text| TopicList::read(&text, file));
        rule.listed = Some(Arc::new(list.unwrap_or_else(|error| TopicList::unread(file, error.to_string()))));
    }
    if let Some(rule) = &mut profile.offerings
        && let Some(file) = &rule.vocabulary
    {
        let list = text(root, file).and_then(|text| OfferingList::read(&text, file, rule));
        rule.listed = Some(Arc::new(list.unwrap_or_else(|error| OfferingList::unread(error.to_string()))));
    }
    profile
}

/// The text of a vocabulary file that a profile names, from the root.
///
/// # Errors
/// The file and why it cannot be read; a place that is not below the root, by name or by a link, is refused.
pub fn text(root: &Root, file: &str) -> Result<String, ProfileError> {
    let fail = |reason: String| ProfileError { file: file.to_string(), line: None, reason };
    let below = |part: Component| matches!(part, Component::Normal(_) | Component::CurDir);
    if !Path::new(file).components().all(below) {
        return Err(fail("a vocabulary is kept below the folder of .curate.yaml".to_string()));
    }
    let path = root.dir.join(file).canonicalize().map_err(|e| fail(reason(&e)))?;
    if !path.starts_with(&root.dir) {
        return Err(fail("a link that leads out of the folder of .curate.yaml".to_string()));
    }
    let about = fs::metadata(&path).map_err(|e| fail(reason(&e)))?;
    if !about.is_file() {
        return Err(fail("not a file".to_string()));
    }
    if about.len() > LONGEST {
        return Err(fail("too long for a vocabulary: more than 16 MB".to_string()));
    }
    let bytes = fs::read(&path).map_err(|e| fail(reason(&e)))?;
    String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        ProfileError { line: Some(line), ..fail("not UTF-8".to_string()) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::root;

    fn known_with(vocabulary: &str, files: &[(&str, &[u8])]) -> TopicList {
        let dir = tempfile::tempdir().unwrap();
        let site = dir.path().join("site");
        fs::create_dir(&site).unwrap();
        fs::write(site.join(".curate.yaml"), format!("topics: {{field: tags, vocabulary: '{vocabulary}'}}\n")).unwrap();
        for (name, bytes) in files {
            fs::write(dir.path().join(name), bytes).unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(dir.path().join("outside.yaml"), site.join("link.yaml")).unwrap();
        let root = root::find(&site).unwrap();
        let profile = crate::shell::profile::load(&root).unwrap();
        (*profile.topics.unwrap().listed.unwrap()).clone()
    }

    #[test]
    fn a_list_below_the_root_is_read() {
        let list = known_with("topics.yaml", &[("site/topics.yaml", b"closed: true\ntopics: [A]\n")]);
        assert_eq!((list.file.as_str(), list.closed, list.problem.as_deref()), ("topics.yaml", true, None));
        assert!(list.get("A").is_some());
    }

    #[test]
    fn what_is_wrong_is_said_with_the_file_and_the_list_is_open() {
        for (vocabulary, bytes, problem) in [
            ("topics.yaml", None, "topics.yaml: no such file or folder"),
            ("../outside.yaml", None, "../outside.yaml: a vocabulary is kept below"),
            ("/etc/passwd", None, "/etc/passwd: a vocabulary is kept below"),
            ("link.yaml", None, "link.yaml: a link that leads out"),
            (".", None, ".: not a file"),
            ("topics.yaml", Some(&b"closed: true\ntopics:\n  - \xff\n"[..]), "topics.yaml:3: not UTF-8"),
            ("topics.yaml", Some(b"closed: true\ntopics: [[]]\n"), "topics.yaml:2: "),
        ] {
            let mut files: Vec<(&str, &[u8])> = vec![("outside.yaml", b"[A]")];
            files.extend(bytes.map(|bytes| ("site/topics.yaml", bytes)));
            let list = known_with(vocabulary, &files);
            let said = list.problem.clone().unwrap_or_default();
            assert!(said.starts_with(problem), "{vocabulary}: {said}");
            assert_eq!(list.refusal("anything"), None);
        }
    }
}
