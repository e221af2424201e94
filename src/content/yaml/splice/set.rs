//! A value in the place of another.

use super::super::super::lines::{column, line_end, line_start, same_line};
use super::super::super::path::FieldPath;
use super::super::super::value::Value;
use super::super::compose::scalar;
use super::super::events::{Style as Written, Tag};
use super::super::style::{Manner, Style, dash_gap, manner, manner_of_all};
use super::super::tree::{Form, Kind, Node, header_end};
use super::super::write::{Room, Shape, flow, lines, shape};
use super::{Place, Sheet, Splice, Splices};

impl Sheet<'_> {
    pub(super) fn set(&self, path: &FieldPath, value: &Value) -> Splices {
        let place = self.locate(path)?;
        self.unrepeated(place.node)?;
        self.no_anchor_within(place.node)?;
        fits_tag(place.node, value)?;
        self.put(&place, value)
    }

    /// The same without asking whether it may be done.
    pub(super) fn put(&self, place: &Place<'_>, value: &Value) -> Splices {
        let node = place.node;
        let stays_flow = match (node.collection(), value) {
            (Some(old), Value::Seq(new)) => old.form != Form::Block && !old.entries.is_empty() && !new.is_empty(),
            (Some(old), Value::Map(new)) => old.form != Form::Block && !old.entries.is_empty() && !new.is_empty(),
            _ => false,
        };
        if place.flow || self.style.json || stays_flow {
            return self.put_flow(place, value);
        }
        let Some(entry) = place.entry else { return self.put_root(node, value) };
        let parent = column(self.text, entry.start);
        let key = entry.key.is_some();
        let style = self.local_style(place, parent);
        let manner = self.manner_at(place, parent);
        let indent = match &manner {
            Manner::Block(old) if old.indent > parent => old.indent,
            _ if key => parent + style.map_indent,
            _ => parent + 2,
        };
        let room = Room { parent, indent, key };
        let shape = match value {
            // Behind an anchor or a tag a list cannot begin in the line of the dash.
            Value::Seq(_) | Value::Map(_) if !key && node.outer < node.slot => below(value, room, &style)?,
            _ => shape(value, &manner, room, &style)?,
        };
        self.fit(place, shape, &style)
    }

    /// How the old value is written, or its neighbours where it says nothing.
    fn manner_at(&self, place: &Place<'_>, parent: usize) -> Manner {
        let flow = place.flow;
        match &place.node.kind {
            Kind::Scalar { text, style: Written::Plain } if matches!(Value::plain(text), Value::Null) => {}
            Kind::Scalar { .. } => return manner(self.text, place.node, flow, parent, &self.style),
            _ => {}
        }
        place.holder.map_or(Manner::New, |h| manner_of_all(&h.entries, flow, &self.style))
    }

    /// The style where the old value stands: its own steps count before those of the file.
    fn local_style(&self, place: &Place<'_>, parent: usize) -> Style {
        let mut style = self.style.clone();
        let here = column(self.text, place.node.start);
        let entry = place.entry.filter(|e| e.key.is_none());
        if let Some(item) = entry {
            style.dash_gap = dash_gap(self.text, item).unwrap_or(2);
        } else if let (true, Some(old)) = (place.node.is_block(), place.node.collection()) {
            if old.map && here > parent {
                style.map_indent = here - parent;
            } else if !old.map && here >= parent {
                style.list_offset = here - parent;
            }
        }
        style
    }

    fn put_root(&self, node: &Node<'_>, value: &Value) -> Splices {
        let text = match value {
            Value::Map(entries) if entries.is_empty() => "{}".to_string(),
            Value::Map(_) => {
                let here = column(self.text, node.start);
                let lines = lines(value, here, &Manner::New, &self.style)?;
                lines.join(self.style.line_end).trim_start().to_string()
            }
            _ => return Err("the front matter must stay `key: value` lines".to_string()),
        };
        Ok(vec![Splice::over(node.start..node.end, text)])
    }

    fn put_flow(&self, place: &Place<'_>, value: &Value) -> Splices {
        let node = place.node;
        let text = self.flow_text(value, &self.manner_at(place, 0), place.entry.map_or(node.start, |e| e.start))?;
        if !node.is_missing() {
            return Ok(vec![Splice::over(node.start..node.end, text)]);
        }
        match place.entry.and_then(|e| e.key.as_ref()) {
            Some(key) if key.colon.is_none() => {
                let gap = if key.node.is_missing() { " " } else { "" };
                Ok(vec![Splice::put(key.node.end, format!("{gap}: {text}"))])
            }
            _ => Ok(vec![Splice::put(node.slot, format!(" {text}"))]),
        }
    }

    /// A value in flow style, for the line of `near`; in JSON over several lines where the file is.
    pub(super) fn flow_text(&self, value: &Value, manner: &Manner, near: usize) -> Result<String, String> {
        match &self.style.spread {
            Some(spread) if !value.is_scalar() => {
                let line = &self.text[line_start(self.text, near)..near];
                spread.write(value, &line[..line.len() - line.trim_start_matches([' ', '\t']).len()], &self.style)
            }
            _ => flow(value, manner, &self.style),
        }
    }

    /// Puts new text where the old value stands: the beginning in the line of the key or dash, the rest in lines below, so
    /// that a comment behind the old beginning stays behind the new one.
    fn fit(&self, place: &Place<'_>, shape: Shape, style: &Style) -> Splices {
        let node = place.node;
        let (head, below) = match shape {
            Shape::Inline(text) => (text, Vec::new()),
            Shape::Below { head, lines } => (head, lines),
        };
        let below: String = below.iter().map(|line| format!("{}{line}", style.line_end)).collect();
        let here = same_line(self.text, node.slot, node.start);
        let is_scalar_block = matches!(node.kind, Kind::Scalar { style: Written::Literal | Written::Folded, .. });
        if node.is_missing() {
            return Ok(self.fit_missing(place, &head, below, style));
        }
        if is_scalar_block {
            let header = header_end(self.text, node.start);
            let body = line_end(self.text, header).min(node.end.max(header));
            let mut out = vec![self.head(node, node.start..header, &head)];
            out.extend(splice_unless_idle(body..node.end.max(body), below));
            return Ok(out);
        }
        if node.is_block() && !here {
            let gap = if place.entry.is_some_and(|e| e.key.is_none()) { style.dash_gap.max(2) - 1 } else { 1 };
            let mut out = Vec::new();
            if !head.is_empty() {
                out.push(Splice::put(node.slot, format!("{}{head}", " ".repeat(gap))));
            }
            out.push(Splice::over(line_end(self.text, node.slot)..line_end(self.text, node.end), below));
            return Ok(out);
        }
        if node.is_block() {
            return Ok(vec![Splice::over(node.start..node.end, format!("{head}{below}"))]);
        }
        self.fit_inline(place, &head, below, here)
    }

    /// The old value is a scalar, an alias or a flow collection.
    fn fit_inline(&self, place: &Place<'_>, head: &str, below: String, here: bool) -> Splices {
        let node = place.node;
        let is_text = head.starts_with(['|', '>']);
        if here || below.is_empty() || is_text {
            let mut out = vec![self.head(node, node.start..node.end, head)];
            out.extend(splice_unless_idle(line_end(self.text, node.end)..line_end(self.text, node.end), below));
            return Ok(out);
        }
        // The old value stands alone below its key or dash: so does the new one.
        let line = line_start(self.text, node.start);
        let lines = below.trim_start_matches(['\r', '\n']);
        if head.is_empty() {
            return Ok(vec![Splice::over(line..node.end, lines)]);
        }
        let entry = place.entry.ok_or("the value stands nowhere")?;
        let pad = " ".repeat(column(self.text, entry.start) + 2);
        Ok(vec![Splice::over(line..node.end, format!("{pad}{head}{below}"))])
    }

    fn fit_missing(&self, place: &Place<'_>, head: &str, below: String, style: &Style) -> Vec<Splice> {
        let slot = place.node.slot;
        let key = place.entry.and_then(|e| e.key.as_ref().map(|k| (e, k)));
        if let Some((entry, key)) = key.filter(|(_, k)| k.colon.is_none()) {
            // `? key` alone: the value gets a line of its own.
            let pad = " ".repeat(column(self.text, entry.start));
            let at = line_end(self.text, key.node.end);
            let head = if head.is_empty() { String::new() } else { format!(" {head}") };
            return vec![Splice::put(at, format!("{}{pad}:{head}{below}", style.line_end))];
        }
        let gap = if key.is_none() { style.dash_gap.max(2) - 1 } else { 1 };
        let mut out = Vec::new();
        if !head.is_empty() {
            out.push(Splice::put(slot, format!("{}{head}", " ".repeat(gap))));
        }
        let line = line_end(self.text, slot);
        out.extend(splice_unless_idle(line..line, below));
        out
    }

    /// The beginning of the new value over that of the old; the blanks before go where nothing is written.
    fn head(&self, node: &Node<'_>, old: std::ops::Range<usize>, head: &str) -> Splice {
        if !head.is_empty() {
            return Splice::over(old, head);
        }
        let before = self.text[node.slot..old.start].trim_end_matches([' ', '\t']);
        Splice::cut(node.slot + before.len()..old.end)
    }
}

fn below(value: &Value, room: Room, style: &Style) -> Result<Shape, String> {
    match shape(value, &Manner::New, room, style)? {
        Shape::Below { .. } => {
            Ok(Shape::Below { head: String::new(), lines: lines(value, room.indent, &Manner::New, style)? })
        }
        inline => Ok(inline),
    }
}

fn splice_unless_idle(at: std::ops::Range<usize>, text: String) -> Option<Splice> {
    (!at.is_empty() || !text.is_empty()).then_some(Splice { at, text })
}

/// Tags that name a kind this program knows.
const CORE_TAGS: [&str; 6] = ["!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map"];

/// A tag says what kind of value stands behind it: the new value must be of that kind.
fn fits_tag(node: &Node<'_>, value: &Value) -> Result<(), String> {
    let tag = match &node.tag {
        Tag::None => return Ok(()),
        Tag::Text if matches!(value, Value::Str(_)) => return Ok(()),
        Tag::Text => "!!str",
        Tag::Other(tag) if !CORE_TAGS.contains(&tag.as_str()) => {
            return Err(format!("it carries the tag `{tag}`, whose meaning only its site knows: edit it in an editor"));
        }
        Tag::Other(tag) => {
            let old = match &node.kind {
                Kind::Scalar { text, style } => scalar(text, *style, &node.tag),
                Kind::Collection(c) if c.map => Value::Map(Vec::new()),
                Kind::Collection(_) => Value::Seq(Vec::new()),
                _ => Value::Null,
            };
            let whole = !matches!(value, Value::Number(n) if tag == "!!int" && !n.is_integer());
            if whole && std::mem::discriminant(&old) == std::mem::discriminant(value) {
                return Ok(());
            }
            tag
        }
    };
    Err(format!("its kind is fixed by the tag `{tag}` in the file"))
}
