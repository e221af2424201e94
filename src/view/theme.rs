//! Themes: what each part of the screen looks like, by its role.
//!
//! Here: the roles, the five themes shipped with the program, and the YAML that says which role has which style. Not
//! here: where theme files lie (`shell` reads them and hands their texts in), and how a colour shrinks (`palette`).
//!
//! A role that only colours letters leaves the background alone, so that it may lie on any surface. The surfaces
//! (`Text`, `Cursor`, `CursorIdle`, `Selection`, `Input`) state both colours and are laid over a row last: then every
//! letter of the row reads well, and what marks a letter (underlined, bold) stays.

mod file;
mod role;

use std::collections::BTreeMap;

use ratatui::style::{Modifier, Style};
use thiserror::Error;

use super::palette::{self, Depth};
pub use role::Role;

/// What each role looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Its name, as the configuration says it.
    pub name: String,
    styles: Vec<Style>,
}

/// Why there is no such theme.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ThemeError {
    /// No file of that name, and none shipped.
    #[error("no theme {name:?}; there are {known}")]
    Unknown { name: String, known: String },
    /// A theme's text says something that cannot be understood.
    #[error("{origin}:{line}: {reason}")]
    Wrong { origin: String, line: usize, reason: String },
}

/// The text of a theme and where it comes from.
#[derive(Clone, Debug)]
struct Source {
    origin: String,
    text: String,
}

/// The themes there are: the shipped ones, and over them those of the configuration folder.
#[derive(Clone, Debug, Default)]
pub struct Themes {
    own: BTreeMap<String, Source>,
}

/// The theme used where the configuration names none.
pub const DEFAULT: &str = "dark";

/// The themes shipped with the program.
const SHIPPED: [(&str, &str); 5] = [
    ("dark", include_str!("../../themes/dark.yaml")),
    ("light", include_str!("../../themes/light.yaml")),
    ("sixteen", include_str!("../../themes/sixteen.yaml")),
    ("high-contrast", include_str!("../../themes/high-contrast.yaml")),
    ("none", include_str!("../../themes/none.yaml")),
];

impl Themes {
    /// The shipped ones.
    pub fn shipped() -> Themes {
        Themes::default()
    }

    /// Adds a theme of the user's, or puts it over a shipped one of the same name. `origin` is named in messages.
    pub fn add(&mut self, name: &str, origin: &str, text: &str) {
        self.own.insert(name.to_string(), Source { origin: origin.to_string(), text: text.to_string() });
    }

    /// Every name, in order.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
        names.extend(self.own.keys().map(String::as_str).filter(|name| shipped(name).is_none()));
        names
    }

    /// The theme of that name, as a truecolour terminal shows it.
    pub fn load(&self, name: &str) -> Result<Theme, ThemeError> {
        let source = match self.own.get(name) {
            Some(source) => source.clone(),
            None => shipped(name).ok_or_else(|| self.unknown(name))?,
        };
        let mut seen = Vec::new();
        let styles = self.styles(name, &source, &mut seen)?;
        Ok(Theme { name: name.to_string(), styles })
    }

    /// The styles of one source over those it inherits.
    fn styles(&self, name: &str, source: &Source, seen: &mut Vec<String>) -> Result<Vec<Style>, ThemeError> {
        let file = file::read(&source.text).map_err(|wrong| wrong.of(&source.origin))?;
        seen.push(source.origin.clone());
        let mut styles = match file.parent_of(name) {
            None => vec![Style::new(); Role::ALL.len()],
            Some(parent) => {
                // A theme that lies over a shipped one of its own name inherits from that one.
                let own = self.own.get(parent).filter(|_| parent != name);
                let above = own.cloned().or_else(|| shipped(parent)).ok_or_else(|| self.unknown(parent))?;
                if seen.contains(&above.origin) {
                    let reason = format!("{parent:?} is inherited in a circle");
                    return Err(file::Wrong::at_key(&source.text, "inherits", reason).of(&source.origin));
                }
                self.styles(parent, &above, seen)?
            }
        };
        file.apply(&source.text, &mut styles).map_err(|wrong| wrong.of(&source.origin))?;
        Ok(styles)
    }

    fn unknown(&self, name: &str) -> ThemeError {
        ThemeError::Unknown { name: name.to_string(), known: self.names().join(", ") }
    }
}

/// A shipped theme's text.
fn shipped(name: &str) -> Option<Source> {
    let (name, text) = SHIPPED.iter().find(|(shipped, _)| *shipped == name)?;
    Some(Source { origin: format!("themes/{name}.yaml (shipped)"), text: (*text).to_string() })
}

impl Theme {
    /// A shipped theme, for tests and for a start before the configuration is read.
    pub fn shipped(name: &str) -> Option<Theme> {
        Themes::shipped().load(name).ok()
    }

    /// What that role looks like.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The theme with colours the terminal can show.
    pub fn at(mut self, depth: Depth) -> Theme {
        for style in &mut self.styles {
            style.fg = style.fg.map(|color| palette::at(color, depth));
            style.bg = style.bg.map(|color| palette::at(color, depth));
        }
        self
    }

    /// The theme without its colours, for `NO_COLOR`: modifiers stay, and those of the theme `none` are added, since what
    /// was shown by a background alone must still be seen.
    pub fn without_colour(mut self) -> Theme {
        let none = Theme::shipped("none").map(|theme| theme.styles).unwrap_or_default();
        for (at, style) in self.styles.iter_mut().enumerate() {
            let modifiers = none.get(at).map_or(Modifier::empty(), |style| style.add_modifier);
            *style = Style::new().add_modifier(style.add_modifier | modifiers);
        }
        self
    }
}

#[cfg(test)]
mod tests;
