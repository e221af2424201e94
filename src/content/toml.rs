//! TOML front matter, edited by splices over exact byte spans like YAML.
//!
//! `toml_edit` says what a text means, before and after; where things stand is found by a scanner of our own (`scan`), so
//! that nothing but the edited bytes can change: not the line ends, not a comment that `toml_edit` would count to its neighbour.

mod place;
mod scan;
mod splice;
#[cfg(test)]
mod tests;
mod value;
mod write;

use std::ops::Range;

use super::differences::differences;
use super::document::{Edited, FrontMatter, Refusal, SyntaxError};
use super::op::Op;
use super::path::{FieldPath, Segment};
use super::splice::spliced;
use super::value::Value;
use place::Sheet;

/// The largest front matter that is parsed, as for YAML.
const MAX_BYTES: usize = 1024 * 1024;

/// A parsed TOML front matter.
#[derive(Debug)]
pub(super) struct Toml<'t> {
    text: &'t str,
    value: Value,
}

impl<'t> Toml<'t> {
    /// Parses a front matter.
    pub(super) fn parse(text: &'t str) -> Result<Toml<'t>, SyntaxError> {
        if text.len() > MAX_BYTES {
            let reason = format!("the front matter is too large: {} bytes, at most {MAX_BYTES} are read", text.len());
            return Err(SyntaxError { line: 1, column: 1, reason });
        }
        Ok(Toml { text, value: value::read(text)? })
    }
}

impl FrontMatter for Toml<'_> {
    fn value(&self) -> &Value {
        &self.value
    }

    fn edit(&self, ops: &[Op]) -> Result<Edited, Refusal> {
        let mut text = self.text.to_string();
        let mut value = self.value.clone();
        for op in ops {
            let small = match op {
                Op::Set { path, value: new } => match value.at(path) {
                    Some(old) => differences(path, old, new),
                    None => vec![op.clone()],
                },
                other => vec![other.clone()],
            };
            for op in small {
                text = step(&text, &mut value, &op).map_err(|reason| Refusal::new(op.place().clone(), reason))?;
            }
        }
        Ok(Edited { text, one_opinion: false })
    }

    fn span(&self, path: &FieldPath) -> Option<Range<usize>> {
        if path.is_root() {
            return Some(0..self.text.len());
        }
        Sheet::new(self.text).ok()?.span(path)
    }
}

/// One operation, verified: what comes out must read as what was asked for. `value` is that of `text`, and then of the result.
fn step(text: &str, value: &mut Value, op: &Op) -> Result<String, String> {
    let mut want = value.clone();
    want.apply(op).ok_or("there is no such field, or the name exists already")?;
    let sheet = Sheet::new(text)?;
    if let Op::Set { path, value: new } = op
        && sheet.moves_when_set(path.segments())
    {
        return step_in_two(text, value, path, new);
    }
    let splices = sheet.splices(op, value)?;
    let text = spliced(text, splices).ok_or("its parts stand within each other in the file")?;
    let found = value::read(&text).map_err(|e| format!("the new text would not be readable: {}", e.reason))?;
    // The order of keys means nothing in TOML, and a key can only stand before the tables.
    if !value::same(&found, &want) {
        return Err("the new text would read differently from what was asked for".to_string());
    }
    *value = found;
    Ok(text)
}

/// Tables become one value: they go, and a pair comes where pairs stand.
fn step_in_two(text: &str, value: &mut Value, path: &FieldPath, new: &Value) -> Result<String, String> {
    let Some((map, Segment::Key(key))) = path.split_last() else {
        return Err("an entry between `[[ ]]` can only be a table".to_string());
    };
    let text = step(text, value, &Op::Remove { path: path.clone() })?;
    step(&text, value, &Op::Add { map, key: key.clone(), value: new.clone() })
}
