//! TOML front matter, edited through `toml_edit`, which keeps what it does not touch.

use std::ops::Range;

use super::document::{FrontMatter, Refusal, SyntaxError};
use super::op::Op;
use super::path::FieldPath;
use super::value::Value;

/// A parsed TOML front matter.
pub(super) struct Toml {
    value: Value,
}

impl Toml {
    /// Parses a front matter.
    pub(super) fn parse(text: &str) -> Result<Toml, SyntaxError> {
        let _ = text;
        Err(SyntaxError { line: 1, column: 1, reason: "TOML front matter is not read yet".to_string() })
    }
}

impl FrontMatter for Toml {
    fn value(&self) -> &Value {
        &self.value
    }

    fn edit(&self, ops: &[Op]) -> Result<String, Refusal> {
        Err(Refusal::new(ops[0].place().clone(), "TOML front matter is not edited yet"))
    }

    fn span(&self, _path: &FieldPath) -> Option<Range<usize>> {
        None
    }
}
