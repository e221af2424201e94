//! Views saved from the filter: `views.yaml`, root, then name, then query.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use super::{ConfigError, read, text_of};
use crate::shell::folders::{Folders, make_private};

/// The file: roots, each with its views in the order they were saved.
#[derive(Default, Deserialize)]
#[serde(transparent)]
struct Views(Mapping);

/// The views saved for that root: name and query, in the order they were saved.
pub fn saved_views(paths: &Folders, root: &Path) -> Result<Vec<(String, String)>, ConfigError> {
    let Views(all) = load(paths)?;
    let Some(Value::Mapping(views)) = all.get(key(root)) else { return Ok(Vec::new()) };
    let text = |value: &Value| value.as_str().map(str::to_string);
    Ok(views.iter().filter_map(|(name, query)| Some((text(name)?, text(query)?))).collect())
}

/// Saves a view under its name, over one of the same name. The file is replaced whole, or not at all.
pub fn save_view(paths: &Folders, root: &Path, name: &str, query: &str) -> Result<(), ConfigError> {
    let Views(mut all) = load(paths)?;
    let views = all.entry(Value::from(key(root))).or_insert_with(|| Value::Mapping(Mapping::new()));
    if let Value::Mapping(views) = views {
        views.insert(name.into(), query.into());
    }
    let text = serde_yaml::to_string(&all).expect("a map of texts can be written as YAML");
    let file = paths.views_file();
    replace(&file, text.as_bytes()).map_err(|reason| ConfigError::Unwritable { file, reason })
}

fn key(root: &Path) -> String {
    root.to_string_lossy().into_owned()
}

/// Reads the file, and refuses what is not a map of maps of texts: saving must never drop what it did not understand.
fn load(paths: &Folders) -> Result<Views, ConfigError> {
    let file = paths.views_file();
    let Some(text) = text_of(&file)? else { return Ok(Views::default()) };
    let Views(all) = read(&file, &text)?;
    for (root, views) in &all {
        let sound = views
            .as_mapping()
            .is_some_and(|views| views.iter().all(|(name, query)| name.is_string() && query.is_string()));
        if !(sound && root.is_string()) {
            let root = root.as_str().unwrap_or("a root that is no text");
            let line = text.lines().position(|line| line.contains(root)).map_or(1, |at| at + 1);
            let reason = format!("{root}: views are names with queries, as in {{Nursing: \"topic:nurse\"}}");
            return Err(ConfigError::Wrong { file, line, reason });
        }
    }
    Ok(Views(all))
}

/// Replaces a file: a temporary one beside it, synced, then renamed. A link is followed, so that a folder of dotfiles
/// keeps its file.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let folder = target.parent().unwrap_or(Path::new("."));
    make_private(folder)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(bytes)?;
    if let Ok(old) = fs::metadata(&target) {
        new.as_file().set_permissions(old.permissions())?;
    }
    new.as_file().sync_all()?;
    new.persist(&target)?;
    fs::File::open(folder)?.sync_all()
}
