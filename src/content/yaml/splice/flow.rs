//! Entries within brackets and braces: where the commas go, and whose line is whose.

use super::super::lines::{line_end, line_start, next_line, same_line};
use super::super::tree::{Collection, Node};
use super::{Sheet, Splice, Splices};

impl Sheet<'_> {
    /// The first entry of an empty collection.
    pub(super) fn flow_fill(&self, node: &Node<'_>, text: String) -> Vec<Splice> {
        if self.has_comment(node.start..node.end) {
            return vec![Splice::put(node.start + 1, text)];
        }
        vec![Splice::over(node.start + 1..node.end - 1, text)]
    }

    /// One entry more, before entry `index` or behind the last.
    pub(super) fn flow_insert(
        &self,
        node: &Node<'_>,
        list: &Collection<'_>,
        index: usize,
        text: String,
    ) -> Vec<Splice> {
        let separator = self.separator(node, list);
        if index < list.entries.len() {
            let at = self.flow_lead(node, list, index);
            return vec![Splice::put(at, format!("{text}{separator}"))];
        }
        let last = list.entries.last().map_or(node.start + 1, |e| e.end());
        let comma = self.comma(last, node.end - 1);
        let behind = comma.map_or(last, |c| c + 1);
        let gap = separator.trim_start_matches(',');
        let line = line_end(self.text, behind);
        let own_lines = gap.contains(['\n', '\r']);
        if own_lines && line < node.end && self.has_comment(behind..line) {
            // A comment behind the last entry stays behind it.
            let mut out = Vec::new();
            if comma.is_none() {
                out.push(Splice::put(last, ","));
            }
            let end = if comma.is_some() { "," } else { "" };
            out.push(Splice::put(line, format!("{gap}{text}{end}")));
            return out;
        }
        match comma {
            Some(comma) => vec![Splice::put(comma + 1, format!("{gap}{text},"))],
            // `k:,` would make the comma a part of the value for some readers.
            None if self.text[..last].ends_with(':') => vec![Splice::put(last, format!(" {separator}{text}"))],
            None => vec![Splice::put(last, format!("{separator}{text}"))],
        }
    }

    /// What stands between two entries: the comma and the white space behind it, as the collection has it.
    fn separator(&self, node: &Node<'_>, list: &Collection<'_>) -> String {
        let entries = &list.entries;
        for pair in entries.windows(2).rev() {
            let between = &self.text[pair[0].end()..pair[1].start];
            if between.trim() == "," && between.starts_with(',') {
                return between.to_string();
            }
        }
        let opener = &self.text[node.start + 1..entries[0].start];
        let own_line = list.entries.last().is_some_and(|last| !same_line(self.text, node.start, last.start));
        if own_line {
            let last = entries[entries.len() - 1].start;
            let line = line_start(self.text, last);
            let pad = &self.text[line..last];
            let pad = &pad[..pad.len() - pad.trim_start_matches([' ', '\t']).len()];
            return format!(",{}{pad}", self.style.line_end);
        }
        let tight = self.style.json && opener.is_empty() && entries.len() == 1 && self.is_tight(list);
        if tight { ",".to_string() } else { ", ".to_string() }
    }

    /// `{"a":1}`: no blank behind the colon, so none behind a comma.
    fn is_tight(&self, list: &Collection<'_>) -> bool {
        list.entries.iter().any(|e| e.key.as_ref().and_then(|k| k.colon).is_some_and(|c| c + 1 == e.node.start))
    }

    /// The comma behind an entry that ends at `from`.
    fn comma(&self, from: usize, to: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < to {
            match bytes[at] {
                b',' => return Some(at),
                b'#' => at = line_end(self.text, at),
                _ => at += 1,
            }
        }
        None
    }

    /// Whether entry `index` begins its line, the bracket's line not counted.
    fn begins_line(&self, node: &Node<'_>, list: &Collection<'_>, index: usize) -> bool {
        let start = list.entries[index].start;
        let line = line_start(self.text, start);
        self.text[line..start].trim_matches([' ', '\t']).is_empty() && line > node.start
    }

    /// The first byte of entry `index`, with the comment lines right above it where it begins its line.
    fn flow_lead(&self, node: &Node<'_>, list: &Collection<'_>, index: usize) -> usize {
        let start = list.entries[index].start;
        if !self.begins_line(node, list, index) {
            return start;
        }
        let line = line_start(self.text, start);
        let pad = &self.text[line..start];
        let floor = next_line(self.text, index.checked_sub(1).map_or(node.start, |before| list.entries[before].end()));
        let (mut lead, mut here) = (start, line);
        while here > floor {
            let above = line_start(self.text, here - 1);
            if above < floor || !self.text[above..].starts_with(pad) || !self.text[above + pad.len()..].starts_with('#')
            {
                break;
            }
            here = above;
            lead = above + pad.len();
        }
        lead
    }

    pub(super) fn flow_remove(&self, node: &Node<'_>, list: &Collection<'_>, index: usize) -> Splices {
        let entries = &list.entries;
        let (start, end) = (entries[index].start, entries[index].end());
        let is_last = index + 1 == entries.len();
        let comma = self.comma(end, if is_last { node.end - 1 } else { entries[index + 1].start });
        if let Some(splices) = self.flow_remove_line(node, list, index, comma) {
            return Ok(splices);
        }
        if entries.len() == 1 && !self.has_comment(node.start..node.end) {
            return Ok(vec![Splice::cut(node.start + 1..node.end - 1)]);
        }
        if !is_last {
            let next = entries[index + 1].start;
            if !self.has_comment(end..next) {
                return Ok(vec![Splice::cut(start..next)]);
            }
            let comma = comma.ok_or("its comma was not found")?;
            return Ok(vec![Splice::cut(start..end), Splice::cut(comma..comma + 1)]);
        }
        if index > 0 {
            let before = entries[index - 1].end();
            // A trailing comma stays one.
            let separator = self.comma(before, start).unwrap_or(before);
            let from = match comma {
                Some(_) => separator + 1,
                // `k:}` is no key for some readers: the blank behind the colon stays.
                None if self.text[..before].ends_with(':') => separator,
                None => before,
            };
            let to = comma.map_or(end, |c| c + 1);
            if !self.has_comment(before..start) {
                return Ok(vec![Splice::cut(from..to)]);
            }
            let before = self.comma(before, start).ok_or("its comma was not found")?;
            let own = Splice::cut(start..end);
            return Ok(vec![Splice::cut(before..before + 1), own]);
        }
        Ok(vec![Splice::cut(start..comma.map_or(end, |c| c + 1))])
    }

    /// The entry has its lines for itself: they go, with its comments.
    fn flow_remove_line(
        &self,
        node: &Node<'_>,
        list: &Collection<'_>,
        index: usize,
        comma: Option<usize>,
    ) -> Option<Vec<Splice>> {
        let entries = &list.entries;
        let end = entries[index].end();
        let behind = comma.map_or(end, |c| c + 1);
        let line = line_end(self.text, behind);
        let rest = self.text[behind..line].trim();
        let alone = rest.is_empty() || rest.starts_with('#');
        if !self.begins_line(node, list, index) || !alone || !same_line(self.text, end, behind) || line >= node.end {
            return None;
        }
        let from = line_start(self.text, self.flow_lead(node, list, index));
        let to = next_line(self.text, line);
        let empties = entries.len() == 1 && !self.has_comment(node.start..from) && !self.has_comment(to..node.end);
        if empties {
            return Some(vec![Splice::cut(node.start + 1..node.end - 1)]);
        }
        let mut out = Vec::new();
        if comma.is_none() && index > 0 {
            // The one before is the last now, and the last has no comma here.
            let before = self.comma(entries[index - 1].end(), entries[index].start)?;
            out.push(Splice::cut(before..before + 1));
        }
        out.push(Splice::cut(from..to));
        Some(out)
    }
}
