//! `curate get FILE FIELD`: one field, as YAML that reads back to the value.

use std::path::PathBuf;

use super::output::{Exit, Out, Stop};
use super::yaml;
use crate::content::{FieldRef, Value};
use crate::shell::disk;

/// Print one field of a file, as YAML
///
/// `[-1]` is the last entry of a list, `[]` every entry. Of keys with dots the longest that exists counts; "a.b" in quotes is one key.
/// Exit 1 where there is no such field.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file
    file: PathBuf,
    /// The field, such as title, featuredImage.alt, relatedOfferings[-1].label
    field: String,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let field: FieldRef = args.field.parse().map_err(|e| Stop::usage(format!("{e}")))?;
    let file = args.file.display();
    let read = disk::read(&args.file).map_err(|e| Stop::failed(format!("{file}: {e}")))?;
    let front = read.value().map_err(|e| Stop::failed(format!("{file}: {e}")))?;
    match value_of(&field, &front) {
        Some(value) => {
            out.text(&yaml::print(&value))?;
            Ok(Exit::Done)
        }
        None => Err(Stop::Said(Exit::Nothing, format!("{file}: no such field: {field}"))),
    }
}

/// What stands at a field: one value, or with `[]` the list of all (where the list exists, even if it holds none).
pub(super) fn value_of(field: &FieldRef, front: &Value) -> Option<Value> {
    if !field.is_projection() {
        return field.resolve(front).and_then(|path| front.at(&path)).cloned();
    }
    let all: Vec<Value> = field.select(front).into_iter().cloned().collect();
    let list: Option<FieldRef> = field.text().split("[]").next().and_then(|before| before.parse().ok());
    let list_exists = list.is_some_and(|l| l.resolve(front).is_some());
    (list_exists || !all.is_empty()).then_some(Value::Seq(all))
}
