//! One key more in a map.

use super::super::super::lines::{break_at, column};
use super::super::super::path::FieldPath;
use super::super::super::value::Value;
use super::super::events::Style as Written;
use super::super::scalar::Quote;
use super::super::style::{Manner, manner_of_all};
use super::super::tree::{Collection, Form, Kind, Node};
use super::super::write::{Room, Shape, key, lines, shape};
use super::insert::is_null;
use super::{Sheet, Splice, Splices};

impl Sheet<'_> {
    pub(super) fn add(&self, path: &FieldPath, name: &str, value: &Value) -> Splices {
        let pair = Value::Map(vec![(name.to_string(), value.clone())]);
        if path.is_root() && self.tree.root.as_ref().is_none_or(Node::is_missing) {
            return self.first_of_all(&pair);
        }
        let place = self.locate(path)?;
        let node = place.node;
        self.unrepeated(node)?;
        let collection = match &node.kind {
            Kind::Collection(map) if map.map => map,
            Kind::Alias(_) => return Err(self.is_alias(node)),
            _ if is_null(node) => return self.set(path, &pair),
            _ => return Err("it is no map".to_string()),
        };
        let within = place.flow || self.style.json || self.brackets(node, collection).has_comments();
        if collection.entries.is_empty() && !within {
            return self.set(path, &pair);
        }
        if collection.form == Form::Block {
            return self.add_lines(collection, name, value);
        }
        let text = self.flow_pair(node, collection, name, value)?;
        Ok(match collection.form {
            Form::Bare => vec![Splice::put(node.start, "{"), Splice::put(node.end, format!(", {text}}}"))],
            _ if collection.entries.is_empty() => self.brackets(node, collection).fill(text),
            _ => self.brackets(node, collection).insert(collection.entries.len(), text),
        })
    }

    /// The first key of a front matter that holds nothing but comments.
    fn first_of_all(&self, pair: &Value) -> Splices {
        if self.style.json {
            return Err("there is no JSON object".to_string());
        }
        let text = lines(pair, 0, &Manner::New, &self.style)?.join(self.style.line_end);
        let end = self.text.len();
        let open = end > 0 && (end - 1..end).all(|at| break_at(self.text, at) == 0);
        let before = if open { self.style.line_end } else { "" };
        Ok(vec![Splice::put(end, format!("{before}{text}{}", self.style.line_end))])
    }

    fn add_lines(&self, collection: &Collection<'_>, name: &str, value: &Value) -> Splices {
        let entries = &collection.entries;
        let here = column(self.text, entries[0].start);
        let room = Room { parent: here, indent: here + self.style.map_indent, key: true };
        let name = key(name, &self.manner_of_keys(collection), false, &self.style);
        let (head, below) = match shape(value, &manner_of_all(entries, false, &self.style), room, &self.style)? {
            Shape::Inline(text) => (text, Vec::new()),
            Shape::Below { head, lines } => (head, lines),
        };
        let (end, spacing) = (self.style.line_end, self.spacing(collection));
        let head = if head.is_empty() { head } else { format!(" {head}") };
        let below: String = below.iter().map(|line| format!("{end}{line}")).collect();
        let at = self.tail(collection, entries.len() - 1);
        Ok(vec![Splice::put(at, format!("{spacing}{}{name}:{head}{below}", " ".repeat(here)))])
    }

    /// `key: value` for a map in braces, the colon as its neighbours have it.
    fn flow_pair(
        &self,
        node: &Node<'_>,
        collection: &Collection<'_>,
        name: &str,
        value: &Value,
    ) -> Result<String, String> {
        let entries = &collection.entries;
        let colon = entries.iter().rev().find_map(|e| {
            let between = &self.text[e.key.as_ref().filter(|k| k.colon.is_some())?.node.end..e.node.start];
            (between.trim_matches(' ') == ":" && !e.node.is_missing()).then_some(between)
        });
        // Without a blank behind the colon only a key in quotes is a key.
        let name = key(name, &self.manner_of_keys(collection), true, &self.style);
        let colon = colon.filter(|c| c.ends_with(' ') || name.starts_with('"')).unwrap_or(": ");
        let near = entries.first().map_or(node.start, |e| e.start);
        let value = self.flow_text(value, &manner_of_all(entries, true, &self.style), near)?;
        Ok(format!("{name}{colon}{value}"))
    }

    /// How the keys of a map are mostly written.
    pub(super) fn manner_of_keys(&self, collection: &Collection<'_>) -> Manner {
        let mut counts = [0usize; 3];
        for key in collection.entries.iter().filter_map(|e| e.key.as_ref()) {
            match &key.node.kind {
                Kind::Scalar { style: Written::Single, .. } => counts[1] += 1,
                Kind::Scalar { style: Written::Double, .. } => counts[2] += 1,
                _ => counts[0] += 1,
            }
        }
        let quote = if counts[2] > counts[1] { Quote::Double } else { Quote::Single };
        match counts[1] + counts[2] > counts[0] {
            true => Manner::Quoted { quote, chosen: true },
            false => Manner::New,
        }
    }
}
