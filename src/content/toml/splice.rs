//! The operations on TOML, as splices.

use std::ops::Range;

use super::super::brackets::Brackets;
use super::super::lines::{common_end, line_start, next_line};
use super::super::op::Op;
use super::super::path::{FieldPath, Segment};
use super::super::splice::{Splice, Splices};
use super::super::value::Value;
use super::place::{Found, Sheet, is};
use super::scan::{Inner, Kind, Node};
use super::write::{inline, key};

const MISSING: &str = "there is no such field";

impl Sheet<'_> {
    /// The splices of one operation; `value` is that of the text.
    pub(super) fn splices(&self, op: &Op, value: &Value) -> Splices {
        match op {
            Op::Set { path, value } => self.set(path, value),
            Op::Add { map, key, value } => self.add(map.segments(), key, value),
            Op::Remove { path } => self.remove(path, value),
            Op::Insert { list, index, value } => self.insert(list.segments(), *index, value),
            Op::Move { list, from, to } => self.reorder(list.segments(), *from, *to),
            Op::Rename { path, to } => self.rename(path.segments(), to),
        }
    }

    fn set(&self, path: &FieldPath, value: &Value) -> Splices {
        match self.find(path.segments()).ok_or(MISSING)? {
            Found::Value { node, .. } => {
                let old = &self.text[node.at.clone()];
                // A text over several lines takes the line ends of the file into its value: where it has others, it is in one line.
                let several = old.starts_with("\"\"\"") || old.starts_with("'''");
                let fits =
                    value.as_str().is_none_or(|text| !text.contains('\n') || common_end(text) == Some(self.line_end));
                let like = if several && !fits { "" } else { old };
                Ok(vec![Splice::over(node.at.clone(), inline(value, like)?)])
            }
            Found::Tables => self.set_dotted(path.segments(), value),
        }
    }

    /// Whether setting `path` means taking tables out and putting a pair in, at another place.
    pub(super) fn moves_when_set(&self, path: &[Segment]) -> bool {
        matches!(self.find(path), Some(Found::Tables)) && self.only_dotted(path).is_none()
    }

    /// The one pair whose dotted key makes the map at `path`.
    fn only_dotted(&self, path: &[Segment]) -> Option<usize> {
        let mut under = self.under(path);
        let (first, None) = (under.next()?, under.next()) else { return None };
        (self.statement(first).kind == Kind::Pair && self.tables[first].len() < path.len()).then_some(first)
    }

    fn set_dotted(&self, path: &[Segment], value: &Value) -> Splices {
        let at = self.only_dotted(path).ok_or(MISSING)?;
        let part = self.statement(at).keys.get(path.len() - self.tables[at].len() - 1).ok_or(MISSING)?;
        let old = part.at.end..self.statement(at).at.end;
        Ok(vec![Splice::over(old, format!(" = {}", inline(value, "")?))])
    }

    fn brackets(&self, node: &Node) -> Brackets<'_> {
        let entries: Vec<Range<usize>> = match &node.inner {
            Inner::List(items) => items.iter().map(|n| n.at.clone()).collect(),
            Inner::Table(entries) => {
                entries.iter().map(|(k, n)| k.first().map_or(n.at.start, |p| p.at.start)..n.at.end).collect()
            }
            Inner::Leaf => Vec::new(),
        };
        let (text, outer, comments) = (self.text, node.at.clone(), &self.scan.comments);
        Brackets { text, outer, entries, comments, line_end: self.line_end, tight: false }
    }

    fn add(&self, map: &[Segment], name: &str, value: &Value) -> Splices {
        if let Found::Value { node, .. } = self.find(map).ok_or(MISSING)? {
            let Inner::Table(entries) = &node.inner else { return Err("it is no map".to_string()) };
            let pair = format!("{} = {}", key(name, ""), inline(value, "")?);
            return Ok(match entries.len() {
                0 => self.brackets(node).fill(format!(" {pair} ")),
                many => self.brackets(node).insert(many, pair),
            });
        }
        let pair = |like: &str| Ok::<_, String>(format!("{} = {}", key(name, ""), inline(value, like)?));
        let pairs = |at: &usize| self.tables[*at] == map && self.statement(*at).kind == Kind::Pair;
        if let Some(last) = (0..self.paths.len()).rfind(pairs) {
            // A text in the quotes of the one before.
            let like = self.statement(last).value.as_ref().map_or("", |n| &self.text[n.at.clone()]);
            let like = if like.starts_with('\'') && !like.starts_with("'''") { "'" } else { "" };
            let pad = self.pad(self.statement(last).at.start);
            return Ok(vec![Splice::put(self.end_of(last), format!("{}{pad}{}", self.line_end, pair(like)?))]);
        }
        if map.is_empty() {
            return self.first_pair(&pair("")?);
        }
        if let Some(header) =
            (0..self.paths.len()).find(|at| self.paths[*at] == map && self.statement(*at).kind != Kind::Pair)
        {
            return Ok(vec![Splice::put(self.end_of(header), format!("{}{}", self.line_end, pair("")?))]);
        }
        self.add_to_implied(map, name, value)
    }

    /// The map is there only because dotted keys or longer headers name it.
    fn add_to_implied(&self, map: &[Segment], name: &str, value: &Value) -> Splices {
        let last = self.under(map).last().ok_or(MISSING)?;
        let statement = self.statement(last);
        let end = self.line_end;
        if statement.kind == Kind::Pair && self.tables[last].len() < map.len() {
            let words = map.len() - self.tables[last].len();
            let part = statement.keys.get(words - 1).ok_or(MISSING)?;
            let before = &self.text[statement.at.start..part.at.end];
            let pad = self.pad(statement.at.start);
            let pair = format!("{before}.{} = {}", key(name, ""), inline(value, "")?);
            return Ok(vec![Splice::put(self.end_of(last), format!("{end}{pad}{pair}"))]);
        }
        let words: Vec<_> =
            map.iter().filter_map(|s| if let Segment::Key(k) = s { Some(key(k, "")) } else { None }).collect();
        let at = self.text.len();
        let open = at > 0 && !self.text.ends_with(['\n', '\r']);
        let before = if open { end } else { "" };
        let text = format!("{before}{end}[{}]{end}{} = {}{end}", words.join("."), key(name, ""), inline(value, "")?);
        Ok(vec![Splice::put(at, text)])
    }

    /// A pair for the root, which has none: before the first header, or behind everything.
    fn first_pair(&self, pair: &str) -> Splices {
        let end = self.line_end;
        if self.paths.is_empty() {
            let before = if self.text.is_empty() || self.text.ends_with(['\n', '\r']) { "" } else { end };
            return Ok(vec![Splice::put(self.text.len(), format!("{before}{pair}{end}"))]);
        }
        Ok(vec![Splice::put(self.lines_of(0).start, format!("{pair}{end}{end}"))])
    }

    fn pad(&self, at: usize) -> &str {
        let before = &self.text[line_start(self.text, at)..at];
        if before.trim().is_empty() { before } else { "" }
    }

    fn remove(&self, path: &FieldPath, value: &Value) -> Splices {
        let (holder, last) = path.split_last().ok_or("the whole front matter is not removed")?;
        let path = path.segments();
        // What holds it: a value of its own, or tables.
        if let Found::Value { node, .. } = self.find(holder.segments()).ok_or(MISSING)? {
            return self.remove_within(node, last);
        }
        let only = match value.at(&holder) {
            Some(Value::Map(entries)) => entries.len() == 1,
            Some(Value::Seq(items)) => items.len() == 1,
            _ => false,
        };
        let mut out = self.cut_tables(path);
        let opened =
            self.paths.iter().zip(&self.scan.statements).any(|(p, s)| p == holder.segments() && s.kind != Kind::Pair);
        if let Some((above, Segment::Key(name))) = holder.split_last().filter(|_| only && !opened) {
            // Nothing else would say that the empty map or list is there.
            let empty = if matches!(last, Segment::Key(_)) { Value::Map(Vec::new()) } else { Value::Seq(Vec::new()) };
            let first = self.under(path).next().ok_or(MISSING)?;
            let statement = self.statement(first);
            let words = holder.segments().len().saturating_sub(self.tables[first].len());
            match statement.keys.get(words.wrapping_sub(1)) {
                Some(part) if statement.kind == Kind::Pair && out.len() == 1 => {
                    let rest = part.at.end..statement.at.end;
                    return Ok(vec![Splice::over(rest, format!(" = {}", inline(&empty, "")?))]);
                }
                _ => out.extend(self.add(above.segments(), name, &empty)?),
            }
        }
        Ok(out)
    }

    fn remove_within(&self, node: &Node, last: &Segment) -> Splices {
        let index = match (&node.inner, last) {
            (Inner::List(_), Segment::Index(index)) => *index,
            (Inner::Table(entries), step) => {
                entries.iter().position(|(keys, _)| keys.len() == 1 && is(&keys[0], step)).ok_or(MISSING)?
            }
            _ => return Err(MISSING.to_string()),
        };
        self.brackets(node).remove(index)
    }

    /// Cuts every statement that makes what stands at `path`, whole lines at a time.
    fn cut_tables(&self, path: &[Segment]) -> Vec<Splice> {
        let mut cuts: Vec<Range<usize>> = Vec::new();
        for at in self.under(path) {
            let lines = self.lines_of(at);
            match cuts.last_mut().filter(|_| at > 0 && self.paths[at - 1].starts_with(path)) {
                // What stands between the statements of one table is its own.
                Some(cut) => cut.end = lines.end,
                None => cuts.push(lines),
            }
        }
        for cut in &mut cuts {
            // The blank line that parted it from the next table goes with it.
            let after_blank = cut.start == 0
                || self.text[..cut.start].trim_end_matches([' ', '\t']).ends_with("\n\n")
                || self.text[..cut.start].ends_with("\r\n\r\n");
            while after_blank && self.opens_table(path) && self.is_blank_line(cut.end) {
                cut.end = next_line(self.text, cut.end);
            }
        }
        cuts.into_iter().map(Splice::cut).collect()
    }

    fn opens_table(&self, path: &[Segment]) -> bool {
        self.under(path).next().is_some_and(|at| self.statement(at).kind != Kind::Pair)
    }

    fn is_blank_line(&self, at: usize) -> bool {
        at < self.text.len() && self.text[at..next_line(self.text, at)].trim().is_empty()
    }

    fn insert(&self, list: &[Segment], index: usize, value: &Value) -> Splices {
        let Found::Value { node, .. } = self.find(list).ok_or(MISSING)? else {
            return self.insert_table(list, index, value);
        };
        let Inner::List(items) = &node.inner else { return Err("it is no list".to_string()) };
        let like = items.iter().map(|n| &self.text[n.at.clone()]).find(|t| t.starts_with(['"', '\''])).unwrap_or("");
        let text = inline(value, if like.starts_with('\'') { "'" } else { "" })?;
        Ok(if items.is_empty() { self.brackets(node).fill(text) } else { self.brackets(node).insert(index, text) })
    }

    /// One more `[[entry]]`.
    fn insert_table(&self, list: &[Segment], index: usize, value: &Value) -> Splices {
        let Value::Map(pairs) = value else { return Err("an entry between `[[ ]]` can only be a table".to_string()) };
        let entry = |at: usize| [list, &[Segment::Index(at)]].concat();
        let near = if index > 0 { index - 1 } else { 0 };
        let chunk = self.chunk(&entry(near))?;
        let header = self.under(&entry(near)).next().ok_or(MISSING)?;
        let keys = &self.statement(header).keys;
        let words = &self.text[keys[0].at.start..keys[keys.len() - 1].at.end];
        let end = self.line_end;
        let mut text = format!("[[{words}]]{end}");
        for (name, value) in pairs {
            text.push_str(&format!("{} = {}{end}", key(name, ""), inline(value, "")?));
        }
        if index == 0 {
            return Ok(vec![Splice::put(chunk.start, format!("{text}{end}"))]);
        }
        let open = !self.text[..chunk.end].ends_with(['\n', '\r']);
        Ok(vec![Splice::put(chunk.end, format!("{}{end}{text}", if open { end } else { "" }))])
    }

    /// The lines of one `[[entry]]` with its tables, if they stand together.
    fn chunk(&self, entry: &[Segment]) -> Result<Range<usize>, String> {
        let all: Vec<usize> = self.under(entry).collect();
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return Err(MISSING.to_string()) };
        if last - first + 1 != all.len() {
            return Err("its tables stand apart from each other in the file".to_string());
        }
        Ok(self.lines_of(*first).start..self.lines_of(*last).end)
    }

    fn reorder(&self, list: &[Segment], from: usize, to: usize) -> Splices {
        let chunks: Vec<Range<usize>> = match self.find(list).ok_or(MISSING)? {
            Found::Value { node, .. } => match &node.inner {
                Inner::List(items) => items.iter().map(|n| n.at.clone()).collect(),
                _ => return Err("it is no list".to_string()),
            },
            Found::Tables => {
                let mut chunks = Vec::new();
                while self.under(&[list, &[Segment::Index(chunks.len())]].concat()).next().is_some() {
                    chunks.push(self.chunk(&[list, &[Segment::Index(chunks.len())]].concat())?);
                }
                chunks
            }
        };
        if from >= chunks.len() || to >= chunks.len() {
            return Err("there is no such entry".to_string());
        }
        let mut order: Vec<usize> = (0..chunks.len()).collect();
        let moved = order.remove(from);
        order.insert(to, moved);
        let changed = order.iter().enumerate().filter(|(at, from)| at != *from);
        Ok(changed.map(|(at, from)| Splice::over(chunks[at].clone(), &self.text[chunks[*from].clone()])).collect())
    }

    /// Every word of a key that names this path gets the new name.
    fn rename(&self, path: &[Segment], to: &str) -> Splices {
        if !matches!(path.last(), Some(Segment::Key(_))) {
            return Err("only a key has a name".to_string());
        }
        let mut out = Vec::new();
        for at in self.under(path) {
            // The words of the statement are the keys of its path; an index is no word.
            let keys = path.iter().filter(|s| matches!(s, Segment::Key(_))).count();
            let outer = if self.statement(at).kind == Kind::Pair { &self.tables[at][..] } else { &[] };
            let outer = outer.iter().filter(|s| matches!(s, Segment::Key(_))).count();
            let Some(part) = keys.checked_sub(outer + 1).and_then(|n| self.statement(at).keys.get(n)) else { continue };
            out.push(Splice::over(part.at.clone(), key(to, &self.text[part.at.clone()])));
        }
        if out.is_empty() {
            let (last, holder) = path.split_last().ok_or(MISSING)?;
            let Some(Found::Value { node, .. }) = self.find(holder) else { return Err(MISSING.to_string()) };
            let Inner::Table(entries) = &node.inner else { return Err(MISSING.to_string()) };
            let entry = entries.iter().find(|(keys, _)| keys.len() == 1 && is(&keys[0], last)).ok_or(MISSING)?;
            out.push(Splice::over(entry.0[0].at.clone(), key(to, &self.text[entry.0[0].at.clone()])));
        }
        Ok(out)
    }
}
