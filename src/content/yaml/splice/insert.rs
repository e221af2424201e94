//! One entry more in a list.

use super::super::super::lines::{column, first_in_line, line_start};
use super::super::super::path::FieldPath;
use super::super::super::value::Value;
use super::super::events::Style as Written;
use super::super::style::{Manner, dash_gap, manner_of_all};
use super::super::tree::{Entry, Form, Kind, Node};
use super::super::write::lines;
use super::{Sheet, Splice, Splices};

impl Sheet<'_> {
    pub(super) fn insert(&self, path: &FieldPath, index: usize, value: &Value) -> Splices {
        let place = self.locate(path)?;
        let node = place.node;
        self.unrepeated(node)?;
        let collection = match &node.kind {
            Kind::Collection(list) if !list.map => list,
            Kind::Alias(_) => return Err(self.is_alias(node)),
            _ if is_null(node) => return self.set(path, &Value::Seq(vec![value.clone()])),
            _ => return Err("it is no list".to_string()),
        };
        if collection.entries.is_empty() {
            if place.flow || self.style.json || self.brackets(node, collection).has_comments() {
                let text = self.flow_text(value, &manner_of_all(&[], true, &self.style), node.start)?;
                return Ok(self.brackets(node, collection).fill(text));
            }
            return self.set(path, &Value::Seq(vec![value.clone()]));
        }
        let index = index.min(collection.entries.len());
        if collection.form == Form::Block {
            return self.insert_lines(node, index, value);
        }
        let manner = manner_of_all(&collection.entries, true, &self.style);
        let text = self.flow_text(value, &manner, collection.entries[0].start)?;
        Ok(self.brackets(node, collection).insert(index, text))
    }

    fn insert_lines(&self, node: &Node<'_>, index: usize, value: &Value) -> Splices {
        let collection = node.collection().ok_or("it is no list")?;
        let entries = &collection.entries;
        let here = column(self.text, entries[0].start);
        let mut style = self.style.clone();
        let near = index.saturating_sub(1);
        let gaps = entries[near..].iter().chain(&entries[..near]);
        style.dash_gap = gaps.filter_map(|e| dash_gap(self.text, e)).next().unwrap_or(2);
        let manner = manner_of_all(entries, false, &self.style);
        let as_siblings = |e: &Entry<'_>| e.node.collection().is_some_and(|c| c.form == Form::Flow);
        let lines = match !value.is_scalar() && entries.iter().all(as_siblings) {
            // `- {a: 1}` gets one of its kind.
            true => {
                let gap = " ".repeat(style.dash_gap.max(2) - 1);
                let text = self.flow_text(value, &Manner::New, entries[near.min(entries.len() - 1)].start)?;
                format!("{}-{gap}{text}", " ".repeat(here))
            }
            false => lines(&Value::Seq(vec![value.clone()]), here, &manner, &style)?.join(style.line_end),
        };
        if index > 0 {
            let at = self.tail(collection, index - 1);
            return Ok(vec![Splice::put(at, format!("{}{lines}", self.spacing(collection)))]);
        }
        let first = entries[0].start;
        if !first_in_line(self.text, first) {
            let pad = " ".repeat(here);
            return Ok(vec![Splice::put(first, format!("{}{}{pad}", lines.trim_start(), style.line_end))]);
        }
        let line = line_start(self.text, self.lead(node, collection, 0));
        Ok(vec![Splice::put(line, format!("{lines}{}", self.spacing(collection)))])
    }
}

/// Whether nothing, `~` or `null` stands there.
pub(super) fn is_null(node: &Node<'_>) -> bool {
    match &node.kind {
        Kind::Missing => true,
        Kind::Scalar { text, style: Written::Plain } => Value::plain(text) == Value::Null,
        _ => false,
    }
}
