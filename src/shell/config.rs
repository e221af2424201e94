//! The configuration: `config.yaml`, the themes beside it, and the views saved for each root.
//!
//! Here: reading and writing those files. Not here: what a command's id or a theme's role is: keys stay texts until the
//! command table looks at them, themes stay texts until `view` reads them. Where the folders are says `paths`.

mod views;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

pub use views::{save_view, saved_views};

use super::folders::Folders;
use crate::view::theme;

/// What a user can choose. Every field has a default; an empty file is a whole configuration.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The theme's name: a shipped one, or a file of the folder `themes` without its `.yaml`.
    pub theme: String,
    /// Keys by the id of their command, in place of its default keys; an empty list leaves it to the palette.
    #[serde(deserialize_with = "key_lists")]
    pub keys: BTreeMap<String, Vec<String>>,
    /// The editor for `E`, with its arguments, where neither `VISUAL` nor `EDITOR` names one.
    pub editor: Option<String>,
    /// The program that opens links; else the desktop's.
    pub browser: Option<String>,
    /// Signs and lines in ASCII.
    pub ascii: bool,
}

impl Default for Config {
    fn default() -> Config {
        let theme = theme::DEFAULT.to_string();
        Config { theme, keys: BTreeMap::new(), editor: None, browser: None, ascii: false }
    }
}

/// Why a file of the configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// It is there, and cannot be read.
    #[error("{}: {reason}", file.display())]
    Unreadable { file: PathBuf, reason: io::Error },
    /// It says something that cannot be understood.
    #[error("{}:{line}: {reason}", file.display())]
    Wrong { file: PathBuf, line: usize, reason: String },
    /// It cannot be written.
    #[error("{}: not written: {reason}", file.display())]
    Unwritable { file: PathBuf, reason: io::Error },
}

impl Config {
    /// The configuration of that folder; the defaults where it has no `config.yaml`.
    pub fn load(paths: &Folders) -> Result<Config, ConfigError> {
        let file = paths.config_file();
        match text_of(&file)? {
            Some(text) => read(&file, &text),
            None => Ok(Config::default()),
        }
    }

    /// The configuration in force as YAML that reads back to the same, each field with what it is for.
    pub fn to_yaml(&self) -> String {
        let mut out = String::new();
        let mut field = |help: &str, name: &str, value: String| {
            let value = value.trim_end();
            let block = if value.contains('\n') || value.contains(": ") { "\n  " } else { " " };
            let value = value.replace('\n', "\n  ");
            write!(out, "# {help}\n{name}:{block}{value}\n").expect("a String takes any text");
        };
        field("dark, light, sixteen, high-contrast, none, or a file of the folder themes", "theme", yaml(&self.theme));
        field("keys by command: {accept: [a], reject: [x]}", "keys", yaml(&self.keys));
        field(
            "the editor for E, with its arguments, where neither VISUAL nor EDITOR names one",
            "editor",
            yaml(&self.editor),
        );
        field("the program that opens links; null: the desktop's", "browser", yaml(&self.browser));
        field("signs and lines in ASCII", "ascii", yaml(&self.ascii));
        out
    }
}

fn yaml<T: Serialize>(value: &T) -> String {
    serde_yaml::to_string(value).expect("texts, lists and maps of texts can all be written as YAML")
}

/// The texts of the themes in the configuration folder: name, file, text; by name.
pub fn theme_files(paths: &Folders) -> Result<Vec<(String, PathBuf, String)>, ConfigError> {
    let folder = paths.config.join("themes");
    let unreadable = |file: &Path, reason| ConfigError::Unreadable { file: file.to_path_buf(), reason };
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| unreadable(&folder, error))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.map_err(|error| unreadable(&folder, error))?.path();
        let is_yaml = file.extension().is_some_and(|end| end == "yaml" || end == "yml");
        if let (true, Some(name)) = (is_yaml, file.file_stem().and_then(|name| name.to_str()))
            && let Some(text) = text_of(&file)?
        {
            files.push((name.to_string(), file.clone(), text));
        }
    }
    files.sort();
    Ok(files)
}

/// The text of a file; none where there is no such file.
fn text_of(file: &Path) -> Result<Option<String>, ConfigError> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(reason) => Err(ConfigError::Unreadable { file: file.to_path_buf(), reason }),
    }
}

/// Reads YAML; a file of comments alone is the default.
fn read<T: Default + serde::de::DeserializeOwned>(file: &Path, text: &str) -> Result<T, ConfigError> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(T::default());
    }
    serde_yaml::from_str(text).map_err(|error| ConfigError::Wrong {
        file: file.to_path_buf(),
        line: error.location().map_or(1, |place| place.line()),
        reason: error.to_string(),
    })
}

/// A list of keys; one key alone needs no list.
fn key_lists<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Vec<String>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a key is a text, or a list of texts, as in {accept: [a]}; quote digits and signs")]
    enum Keys {
        One(String),
        Many(Vec<String>),
    }
    let lists = BTreeMap::<String, Keys>::deserialize(from)?;
    let list = |keys| match keys {
        Keys::One(key) => vec![key],
        Keys::Many(keys) => keys,
    };
    Ok(lists.into_iter().map(|(id, keys)| (id, list(keys))).collect())
}

#[cfg(test)]
mod tests;
