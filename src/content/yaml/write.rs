//! New text for values, in the hand of the file. What comes out is verified by its callers' caller; nothing here is trusted.

use super::super::value::Value;
use super::ambiguity::reading;
use super::block::{Block, Layout, block};
use super::scalar::{Quote, double, is_plain_syntax, json, may_be_plain, quoted};
use super::style::{Manner, Style};

/// The narrowest room a long text is folded for.
const MIN_ROOM: usize = 40;

/// New text for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// In the line of its key or dash; may be nothing.
    Inline(String),
    /// A beginning in that line, which may be nothing, and whole lines below it.
    Below { head: String, lines: Vec<String> },
}

/// Where a value goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// The column of the key or the dash.
    pub parent: usize,
    /// The column for the lines of a text.
    pub indent: usize,
    /// Behind a key (not a dash).
    pub key: bool,
}

/// A value that cannot be written, and why.
pub(super) type Unwritable = String;

/// One text.
fn text(value: &str, manner: &Manner, room: Room, style: &Style) -> Shape {
    if style.careful {
        return Shape::Inline(double(value));
    }
    let width = style.width.saturating_sub(room.indent).max(MIN_ROOM);
    let is_long = |line: &str| line.chars().count() > width;
    let long = style.folds && is_long(value) && !value.contains('\n');
    let block_as = |folded: bool, old| {
        let layout = Layout { folded, indent: room.indent, parent: room.parent, width: style.width, old };
        block(value, &layout).map(|Block { header, lines }| Shape::Below { head: header, lines })
    };
    match manner {
        Manner::Block(old) => {
            if let Some(shape) = block_as(old.folded, Some(old)) {
                return shape;
            }
        }
        Manner::Plain(old) if stays_plain(old, value, false, style) && (!long || is_long(old)) => {
            return Shape::Inline(value.to_string());
        }
        Manner::Quoted { quote: Quote::Double, chosen: true } => return Shape::Inline(double(value)),
        Manner::Quoted { quote, chosen: true } if !value.contains('\n') => return Shape::Inline(quoted(value, *quote)),
        _ => {}
    }
    if long || value.contains('\n') {
        let folded = style.folds && value.split('\n').any(is_long);
        if let Some(shape) = block_as(folded, None).or_else(|| block_as(false, None)) {
            return shape;
        }
    }
    Shape::Inline(in_line(value, manner, false, style))
}

/// One text in one line: without quotes, or in those of the manner, or in those of the file.
fn in_line(value: &str, manner: &Manner, flow: bool, style: &Style) -> String {
    if style.json {
        return json(value);
    }
    if style.careful {
        return double(value);
    }
    let quote = match manner {
        Manner::Quoted { quote, chosen: true } => return quoted(value, *quote),
        Manner::Plain(old) if stays_plain(old, value, flow, style) => return value.to_string(),
        Manner::Quoted { quote, .. } if style.quotes_all => return quoted(value, *quote),
        Manner::Quoted { quote, .. } => *quote,
        Manner::New if style.quotes_all => return quoted(value, style.quote),
        _ => style.quote,
    };
    if may_be_plain(value, flow, style.caution) { value.to_string() } else { quoted(value, quote) }
}

/// Whether a text that stands without quotes may be replaced by this one without quotes: where nobody could misread it, or
/// where it is read just as the old one was (`yes` by `no`, `12:30` by `13:45`).
fn stays_plain(old: &str, new: &str, flow: bool, style: &Style) -> bool {
    let liberal = super::scalar::Caution::Liberal;
    let caution = if is_plain_syntax(old, flow, style.caution) { style.caution } else { liberal };
    // A lone `y` is text to most readers that take `yes` for true: the two are no style of one another.
    let letter = |text: &str| text.len() == 1;
    let same_reading = reading(old).is_some()
        && reading(old) == reading(new)
        && letter(old) == letter(new)
        && matches!((Value::plain(old), Value::plain(new)), (Value::Str(_), Value::Str(_)));
    may_be_plain(new, flow, caution) || (same_reading && is_plain_syntax(new, flow, liberal))
}

/// A value that is neither text, list nor map.
fn atom(value: &Value, manner: &Manner, null: &str) -> Result<String, Unwritable> {
    match value {
        Value::Null => Ok(null.to_string()),
        Value::Bool(flag) => Ok(flag_like(*flag, manner).to_string()),
        Value::Number(number) if matches!(Value::plain(number.text()), Value::Number(_)) => {
            Ok(number.text().to_string())
        }
        Value::Date(date) if matches!(Value::plain(date), Value::Date(_)) => Ok(date.clone()),
        Value::Number(number) => Err(format!("`{}` is no number", number.text())),
        Value::Date(date) => Err(format!("`{date}` is no date")),
        Value::Str(_) | Value::Seq(_) | Value::Map(_) => Err("it is no single value".to_string()),
    }
}

/// `True` stays capitalised, as `TRUE` does.
fn flag_like(flag: bool, manner: &Manner) -> &'static str {
    let old = if let Manner::Plain(old) = manner { old.as_str() } else { "" };
    match (old, flag) {
        ("True" | "False", true) => "True",
        ("True" | "False", false) => "False",
        ("TRUE" | "FALSE", true) => "TRUE",
        ("TRUE" | "FALSE", false) => "FALSE",
        (_, true) => "true",
        (_, false) => "false",
    }
}

/// A value in flow style, in one line.
pub(super) fn flow(value: &Value, manner: &Manner, style: &Style) -> Result<String, Unwritable> {
    match value {
        Value::Str(text) => Ok(in_line(text, manner, true, style)),
        Value::Seq(items) => {
            let items: Result<Vec<_>, _> = items.iter().map(|v| flow(v, &Manner::New, style)).collect();
            Ok(format!("[{}]", items?.join(", ")))
        }
        Value::Map(entries) => {
            let pairs: Result<Vec<_>, Unwritable> = entries
                .iter()
                .map(|(k, v)| Ok(format!("{}: {}", key(k, &Manner::New, true, style), flow(v, &Manner::New, style)?)))
                .collect();
            Ok(format!("{{{}}}", pairs?.join(", ")))
        }
        Value::Date(date) if style.json => Err(format!("JSON has no dates; `{date}` can only be a text there")),
        other => {
            let null = if style.json || style.null.is_empty() { "null" } else { style.null };
            let text = atom(other, manner, null)?;
            // A colon or a comma would end it; JSON and flow style know no other way to write it.
            if text.contains([',', '[', ']', '{', '}']) { Err(format!("`{text}` cannot stand here")) } else { Ok(text) }
        }
    }
}

/// A key.
pub(super) fn key(text: &str, manner: &Manner, flow: bool, style: &Style) -> String {
    if style.json {
        return json(text);
    }
    match manner {
        Manner::Quoted { quote, chosen: true } => quoted(text, *quote),
        Manner::Plain(old) if stays_plain(old, text, flow, style) => text.to_string(),
        _ if !style.careful && may_be_plain(text, flow, style.caution) => text.to_string(),
        Manner::Quoted { quote, .. } if !style.careful => quoted(text, *quote),
        _ => quoted(text, if style.careful { Quote::Double } else { style.quote }),
    }
}

/// A value behind a key or a dash, in block style where it can be.
pub(super) fn shape(value: &Value, manner: &Manner, room: Room, style: &Style) -> Result<Shape, Unwritable> {
    match value {
        Value::Str(content) => Ok(text(content, manner, room, style)),
        Value::Seq(items) if items.is_empty() => Ok(Shape::Inline("[]".to_string())),
        Value::Map(entries) if entries.is_empty() => Ok(Shape::Inline("{}".to_string())),
        Value::Seq(items) if style.flow_lists && items.iter().all(Value::is_scalar) => {
            Ok(Shape::Inline(flow(value, manner, style)?))
        }
        Value::Seq(_) | Value::Map(_) if room.key => {
            let step = if matches!(value, Value::Seq(_)) { style.list_offset } else { style.map_indent };
            Ok(Shape::Below { head: String::new(), lines: lines(value, room.parent + step, &Manner::New, style)? })
        }
        Value::Seq(_) | Value::Map(_) => {
            let mut lines = lines(value, room.parent + style.dash_gap, &Manner::New, style)?;
            let head = lines.remove(0).trim_start().to_string();
            Ok(Shape::Below { head, lines })
        }
        other => {
            let null = if room.key || style.null == "~" { style.null } else { "null" };
            Ok(Shape::Inline(atom(other, manner, null)?))
        }
    }
}

/// The lines of a list or a map in block style at `column`. `manner` is that of its texts.
pub(super) fn lines(value: &Value, column: usize, manner: &Manner, style: &Style) -> Result<Vec<String>, Unwritable> {
    let pad = " ".repeat(column);
    let mut out = Vec::new();
    match value {
        Value::Seq(items) => {
            let room = Room { parent: column, indent: column + 2, key: false };
            let gap = " ".repeat(style.dash_gap.saturating_sub(2));
            for item in items {
                push(&mut out, format!("{pad}-{gap}"), shape(item, manner, room, style)?);
            }
        }
        Value::Map(entries) => {
            let room = Room { parent: column, indent: column + style.map_indent, key: true };
            for (name, value) in entries {
                let name = key(name, &Manner::New, false, style);
                push(&mut out, format!("{pad}{name}:"), shape(value, manner, room, style)?);
            }
        }
        _ => return Err("it is no list or map".to_string()),
    }
    Ok(out)
}

fn push(out: &mut Vec<String>, before: String, shape: Shape) {
    let (head, below) = match shape {
        Shape::Inline(text) => (text, Vec::new()),
        Shape::Below { head, lines } => (head, lines),
    };
    out.push(if head.is_empty() { before.trim_end().to_string() } else { format!("{before} {head}") });
    out.extend(below);
}
