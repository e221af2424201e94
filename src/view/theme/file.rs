//! The YAML of a theme: `inherits`, `palette`, `roles`.
//!
//! ```yaml
//! inherits: dark                 # `none` where nothing is said
//! palette: {sea: "#005f87"}      # names for colours, for this file and those that inherit from it by role only
//! roles:
//!   topic: sea                   # the letters' colour
//!   cursor: {fg: white, bg: sea, mods: [bold]}
//! ```

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use serde_yaml::Value;

use super::{Role, ThemeError};
use crate::view::palette;

/// What is wrong in a theme, before it is known which one.
#[derive(Debug)]
pub(super) struct Wrong {
    line: usize,
    reason: String,
}

impl Wrong {
    /// Wrong where `key` stands first.
    pub(super) fn at_key(text: &str, key: &str, reason: String) -> Wrong {
        let is_key = |line: &str| {
            let line = line.trim_start().trim_start_matches(['"', '\'']);
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
        };
        Wrong { line: text.lines().position(is_key).map_or(1, |at| at + 1), reason }
    }

    /// The error, with the place it is in.
    pub(super) fn of(self, origin: &str) -> ThemeError {
        ThemeError::Wrong { origin: origin.to_string(), line: self.line, reason: self.reason }
    }
}

/// A theme's text as values.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ThemeFile {
    inherits: Option<String>,
    palette: BTreeMap<String, Value>,
    roles: BTreeMap<String, Value>,
}

/// Reads the text; colours are looked at when the theme is applied.
pub(super) fn read(text: &str) -> Result<ThemeFile, Wrong> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(ThemeFile::default());
    }
    serde_yaml::from_str(text)
        .map_err(|error| Wrong { line: error.location().map_or(1, |place| place.line()), reason: error.to_string() })
}

impl ThemeFile {
    /// What the theme called `name` stands on: `none` where it does not say, and `none` itself on nothing.
    pub(super) fn parent_of(&self, name: &str) -> Option<&str> {
        match &self.inherits {
            Some(parent) => Some(parent),
            None if name == "none" => None,
            None => Some("none"),
        }
    }

    /// Lays the file's roles over the styles inherited.
    pub(super) fn apply(&self, text: &str, styles: &mut [Style]) -> Result<(), Wrong> {
        for (name, value) in &self.roles {
            let wrong = |reason| Wrong::at_key(text, name, reason);
            let role = Role::named(name).ok_or_else(|| wrong(format!("no role {name:?}; {}", known_roles())))?;
            let style = &mut styles[role as usize];
            match value {
                Value::Mapping(entries) => {
                    for (key, value) in entries {
                        self.apply_one(style, key, value).map_err(|reason| wrong(format!("{name}: {reason}")))?;
                    }
                }
                color => style.fg = Some(self.color(color).map_err(|reason| wrong(format!("{name}: {reason}")))?),
            }
        }
        Ok(())
    }

    fn apply_one(&self, style: &mut Style, key: &Value, value: &Value) -> Result<(), String> {
        match key.as_str() {
            Some("fg") => style.fg = Some(self.color(value)?),
            Some("bg") => style.bg = Some(self.color(value)?),
            Some("mods") => style.add_modifier = modifiers(value)?,
            _ => return Err(format!("{} is none of fg, bg, mods", shown(key))),
        }
        Ok(())
    }

    /// A colour: a name of the palette, or as the palette writes them.
    fn color(&self, value: &Value) -> Result<Color, String> {
        let named = value.as_str().and_then(|name| self.palette.get(name)).unwrap_or(value);
        let text = match named {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            other => shown(other),
        };
        palette::parse(&text).ok_or_else(|| {
            format!("no colour {text:?}; write \"#rrggbb\", a name of the palette or of the sixteen, 0-255 or default")
        })
    }
}

/// The modifiers of a list.
fn modifiers(value: &Value) -> Result<Modifier, String> {
    let list = value.as_sequence().ok_or("mods is a list, as in [bold, underlined]")?;
    let one = |entry: &Value| match entry.as_str() {
        Some("bold") => Ok(Modifier::BOLD),
        Some("dim") => Ok(Modifier::DIM),
        Some("italic") => Ok(Modifier::ITALIC),
        Some("underlined") => Ok(Modifier::UNDERLINED),
        Some("reversed") => Ok(Modifier::REVERSED),
        Some("crossed-out") => Ok(Modifier::CROSSED_OUT),
        _ => Err(format!("{} is none of bold, dim, italic, underlined, reversed, crossed-out", shown(entry))),
    };
    list.iter().try_fold(Modifier::empty(), |all, entry| Ok(all | one(entry)?))
}

/// A value in a message.
fn shown(value: &Value) -> String {
    serde_yaml::to_string(value).unwrap_or_default().trim_end().to_string()
}

/// The roles there are, for the message about one that is not.
fn known_roles() -> String {
    let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
    format!("there are {}", names.join(", "))
}
