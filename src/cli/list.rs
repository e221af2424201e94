//! `curate list PATH`: the items, as lines, chosen columns or JSON.

use std::path::PathBuf;

use serde_json::{Map, Value as Json, json};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::bulk::in_two;
use super::choose;
use super::get::value_of;
use super::library::{Library, ended};
use super::output::{Exit, Out, Stop};
use crate::content::summary::Cell;
use crate::content::{FieldRef, Value};
use crate::library::{Row, RowField, RowSpec};
use crate::shell::disk;
use crate::shown::Shown;

/// List the items of a library: title, date and path, by path
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// Only what matches, as in the workstation's filter
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// An object a line; control and invisible characters are written as \uXXXX
    #[arg(long, conflicts_with = "columns")]
    json: bool,
    /// These columns, separated by tabs: path, title, date, brand, author, url, status, topics, offerings or any field
    ///
    /// A line is always one item: `\` is written `\\`, a tab `\t`, line ends `\n` and `\r`, and the other characters that some programs
    /// take for a line end `\u000b` `\u000c` `\u001c` `\u001d` `\u001e` `\u0085` `\u2028` `\u2029`.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    /// Hidden and git-ignored files too
    #[arg(long)]
    all: bool,
}

/// The names of a row's cells, in their order.
const NAMES: [(&str, RowField); 8] = [
    ("title", RowField::Title),
    ("date", RowField::Date),
    ("brand", RowField::Brand),
    ("author", RowField::Author),
    ("url", RowField::Url),
    ("status", RowField::Status),
    ("topics", RowField::Topics),
    ("offerings", RowField::Offerings),
];

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let columns = args.columns.iter().flatten().map(|name| name.trim().parse::<FieldRef>().map(|f| (name.trim(), f)));
    let columns: Vec<_> = columns.collect::<Result<_, _>>().map_err(|e| Stop::usage(e.to_string()))?;
    let query = args.query.as_deref().map(choose::parse).transpose()?;
    let library = Library::open(&args.path)?;
    let chosen = library.choose(query.as_ref(), args.all)?;
    if chosen.items.is_empty() {
        return Err(Stop::Said(Exit::Nothing, "nothing matched".to_string()));
    }
    if args.json {
        for row in &chosen.items {
            out.json(&json_of(&library, row))?;
        }
    } else if args.columns.is_some() {
        print_columns(&library, &columns, &chosen.items, out)?;
    } else {
        print_lines(&library, &chosen.items, out)?;
    }
    Ok(ended(chosen.unreadable, chosen.items.len()))
}

/// Title, date and path: with tabs for programs, below each other for people.
fn print_lines(library: &Library, rows: &[Row], out: &mut Out) -> Result<(), Stop> {
    let date_width = rows.iter().map(|row| row.text(RowField::Date).width()).max().unwrap_or(0).min(25);
    for row in rows {
        let cells = [row.title(), row.text(RowField::Date), library.shown(&row.path)].map(escaped);
        if out.is_terminal {
            let [title, date, path] = cells;
            out.line(&format!("{}  {}  {path}", fitted(&date, date_width), fitted(&title, TITLE_WIDTH)))?;
        } else {
            out.tabbed(&cells)?;
        }
    }
    Ok(())
}

/// The text in exactly so many columns of a terminal.
fn fitted(text: &str, width: usize) -> String {
    let text = Shown::new(text).to_string();
    let full = text.width();
    if full <= width {
        return text + &" ".repeat(width - full);
    }
    let mut out = String::new();
    for part in text.graphemes(true) {
        if out.width() + part.width() + 1 > width {
            break;
        }
        out.push_str(part);
    }
    let used = out.width() + 1;
    format!("{out}…{}", " ".repeat(width.saturating_sub(used)))
}

fn json_of(library: &Library, row: &Row) -> Json {
    let mut object = Map::new();
    object.insert("path".to_string(), library.shown(&row.path).into());
    for (name, field) in NAMES {
        if let Some(value) = json_of_cell(row.cell(field)) {
            object.insert(name.to_string(), value);
        }
    }
    if let Some(problem) = &row.problem {
        object.insert("problem".to_string(), json!(problem));
    }
    Json::Object(object)
}

fn json_of_cell(cell: &Cell) -> Option<Json> {
    Some(match cell {
        Cell::Missing => return None,
        Cell::Null => Json::Null,
        Cell::Text(text) => json!(text),
        Cell::List(items) => json!(items),
        Cell::Nested(count) => json!({ "entries": count }),
    })
}

/// How wide titles are on a terminal.
const TITLE_WIDTH: usize = 56;

/// Where a column comes from.
enum Source {
    Path,
    Cell(RowField),
    Field(FieldRef),
}

fn print_columns(library: &Library, columns: &[(&str, FieldRef)], rows: &[Row], out: &mut Out) -> Result<(), Stop> {
    let spec = RowSpec::of(&library.profile);
    let sources: Vec<Source> = columns.iter().map(|(name, field)| source(&spec, name, field)).collect();
    let reads = sources.iter().any(|s| matches!(s, Source::Field(_)));
    let texts = |row: &Row| -> Vec<String> {
        let front = reads.then(|| disk::read(&library.root.file(&row.path)).ok()?.value().ok()).flatten();
        sources.iter().map(|source| text_of(library, row, source, front.as_ref())).collect()
    };
    for chunk in rows.chunks(256) {
        for line in in_two(chunk, &texts) {
            out.tabbed(&line)?;
        }
    }
    Ok(())
}

/// A role's name means the field behind it; where the profile knows none, the field of that name.
fn source(spec: &RowSpec, name: &str, field: &FieldRef) -> Source {
    if name == "path" {
        return Source::Path;
    }
    match NAMES.iter().find(|(known, _)| *known == name) {
        Some((_, cell)) if spec.field(*cell).is_some() => Source::Cell(*cell),
        _ => Source::Field(field.clone()),
    }
}

fn text_of(library: &Library, row: &Row, source: &Source, front: Option<&Value>) -> String {
    let text = match source {
        Source::Path => library.shown(&row.path).to_string(),
        Source::Cell(field) => row.cell(*field).texts().collect::<Vec<_>>().join(", "),
        Source::Field(field) => {
            front.and_then(|f| value_of(field, f)).map_or(String::new(), |value| plain_text(&value))
        }
    };
    escaped(&text)
}

/// A value on one line: a scalar as it reads, a list of scalars with commas, anything deeper as JSON.
fn plain_text(value: &Value) -> String {
    match value {
        Value::Seq(items) if items.iter().all(Value::is_scalar) => {
            items.iter().filter_map(Value::scalar_text).collect::<Vec<_>>().join(", ")
        }
        other => other.scalar_text().unwrap_or_else(|| json_of_value(other).to_string()),
    }
}

pub(super) fn json_of_value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => json!(flag),
        Value::Number(number) => serde_json::from_str(number.text()).unwrap_or_else(|_| json!(number.text())),
        Value::Date(text) | Value::Str(text) => json!(text),
        Value::Seq(items) => items.iter().map(json_of_value).collect(),
        Value::Map(entries) => Json::Object(entries.iter().map(|(k, v)| (k.clone(), json_of_value(v))).collect()),
    }
}

/// A text that fits between two tabs, and on one line whatever the reader takes for a line end.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_always_one_column_of_one_line() {
        assert_eq!(escaped("a\tb\r\nc\\n"), "a\\tb\\r\\nc\\\\n");
        assert_eq!(escaped("\u{b}\u{c}\u{1e}\u{85}\u{2028}\u{2029}é"), "\\u000b\\u000c\\u001e\\u0085\\u2028\\u2029é");
        let nested = Value::Seq(vec![Value::Map(vec![("label".to_string(), "x".into())]), 3.into()]);
        assert_eq!(plain_text(&nested), "[{\"label\":\"x\"},3]");
        assert_eq!(plain_text(&Value::Seq(vec!["a".into(), true.into()])), "a, true");
        assert_eq!(plain_text(&Value::Null), "");
    }
}
