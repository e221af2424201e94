//! JSON over several lines, as the file around it has it.

use super::super::lines::{line_start, same_line};
use super::super::value::Value;
use super::scalar::json;
use super::style::{Manner, Style};
use super::tree::{Kind, Tree};
use super::write::{Unwritable, flow};

/// How a JSON file is spread over lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spread {
    /// One step of indentation.
    step: String,
    /// Lists of plain values have a line for each, too.
    lists: bool,
    /// So have maps of plain values.
    maps: bool,
}

/// How many collections stand in one line, and how many in several.
#[derive(Default)]
struct Tally {
    in_line: usize,
    in_lines: usize,
}

impl Spread {
    /// How `text` is spread; `None` where all is in one line.
    pub(super) fn of(text: &str, tree: &Tree<'_>) -> Option<Spread> {
        let root = tree.root.as_ref()?;
        let first = root.collection()?.entries.first()?.start;
        if same_line(text, root.start, first) {
            return None;
        }
        let step = text[line_start(text, first)..first].to_string();
        let (mut lists, mut maps) = (Tally::default(), Tally::default());
        root.walk(&mut |node| {
            let Kind::Collection(list) = &node.kind else { return };
            let Some(first) = list.entries.first() else { return };
            let tally = match list.map {
                true if node.start == root.start => return,
                true => &mut maps,
                false => &mut lists,
            };
            *(if same_line(text, node.start, first.start) { &mut tally.in_line } else { &mut tally.in_lines }) += 1;
        });
        Some(Spread { step, lists: lists.in_lines > lists.in_line, maps: maps.in_lines >= maps.in_line })
    }

    /// `value` over as many lines as it takes, for a place in a line that begins with `pad`.
    pub(super) fn write(&self, value: &Value, pad: &str, style: &Style) -> Result<String, Unwritable> {
        let deeper = format!("{pad}{}", self.step);
        let (open, close, lines) = match value {
            Value::Seq(items) if !items.is_empty() && (self.lists || !items.iter().all(Value::is_scalar)) => {
                let lines: Result<Vec<_>, _> = items.iter().map(|v| self.write(v, &deeper, style)).collect();
                ('[', ']', lines?)
            }
            Value::Map(entries)
                if !entries.is_empty() && (self.maps || !entries.iter().all(|(_, v)| v.is_scalar())) =>
            {
                let line = |(k, v): &(String, Value)| Ok(format!("{}: {}", json(k), self.write(v, &deeper, style)?));
                ('{', '}', entries.iter().map(line).collect::<Result<Vec<_>, Unwritable>>()?)
            }
            other => return flow(other, &Manner::New, style),
        };
        let end = style.line_end;
        Ok(format!("{open}{end}{deeper}{}{end}{pad}{close}", lines.join(&format!(",{end}{deeper}"))))
    }
}
