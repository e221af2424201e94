//! YAML and JSON front matter, edited by splices over exact byte spans.
//!
//! `events` reads, `compose` makes values, `tree` knows where everything stands, `style` reads the hand of the file, `write`
//! writes in it, `splice` replaces bytes, `verify` and `opinion` believe none of it. No value is ever written back that was
//! not edited.

mod ambiguity;
mod block;
mod compose;
mod edit;
mod events;
mod json;
mod opinion;
mod outside;
mod parsed;
mod pretty;
mod scalar;
mod splice;
mod style;
#[cfg(test)]
mod tests;
mod tree;
mod verify;
mod write;

use std::borrow::Cow;
use std::ops::Range;

use super::document::{Edited, FrontMatter, Refusal, SyntaxError};
use super::lines;
use super::op::Op;
use super::path::FieldPath;
use super::value::Value;
use parsed::Parsed;
use splice::Sheet;

/// A parsed YAML (or JSON) front matter.
#[derive(Debug)]
pub(super) struct Yaml<'t> {
    parsed: Parsed<'t>,
}

impl<'t> Yaml<'t> {
    /// Parses a front matter: at most one document, a map or nothing.
    pub(super) fn parse(text: &'t str) -> Result<Yaml<'t>, SyntaxError> {
        Ok(Yaml { parsed: Parsed::read(text, false)? })
    }

    /// Parses an object; every edit keeps it JSON.
    pub(super) fn parse_json(text: &'t str) -> Result<Yaml<'t>, SyntaxError> {
        Ok(Yaml { parsed: Parsed::read(text, true)? })
    }

    /// The text with a line end behind its last line, which the splices count on. Between fences it always has one.
    fn closed(&self) -> Cow<'t, str> {
        let text = self.parsed.text;
        if self.parsed.json || text.is_empty() || text.ends_with(['\n', '\r']) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(format!("{text}{}", lines::usual_break(text)))
    }
}

impl FrontMatter for Yaml<'_> {
    fn value(&self) -> &Value {
        &self.parsed.value
    }

    fn edit(&self, ops: &[Op]) -> Result<Edited, Refusal> {
        let closed = self.closed();
        if closed.len() == self.parsed.text.len() {
            return edit::edit(&self.parsed, ops);
        }
        let place = ops.first().map_or_else(FieldPath::root, |op| op.place().clone());
        let refuse = |reason: &str| Refusal::new(place.clone(), reason);
        let parsed = Parsed::read(&closed, false).map_err(|e| refuse(&e.reason))?;
        if parsed.value != self.parsed.value {
            return Err(refuse("the last line has no line end, and its value depends on that"));
        }
        let Edited { mut text, one_opinion } = edit::edit(&parsed, ops)?;
        let end = lines::usual_break(self.parsed.text);
        if text.ends_with(end) && Yaml::parse(&text[..text.len() - end.len()]).is_ok_and(|y| reads_alike(&y, &text)) {
            text.truncate(text.len() - end.len());
        }
        Ok(Edited { text, one_opinion })
    }

    fn span(&self, path: &FieldPath) -> Option<Range<usize>> {
        let tree = tree::build(self.parsed.text, &self.parsed.events).ok()?;
        Sheet::new(self.parsed.text, &tree, self.parsed.json).span(path)
    }
}

fn reads_alike(yaml: &Yaml<'_>, text: &str) -> bool {
    Yaml::parse(text).is_ok_and(|other| other.parsed.value == yaml.parsed.value)
}
