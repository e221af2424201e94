//! Entries within brackets and braces: where the commas go, and whose line is whose.

use std::ops::Range;

use super::lines::{line_end, line_start, next_line, same_line};
use super::splice::{Splice, Splices};

/// A list or map in brackets or braces, as YAML's flow style, JSON and TOML have them alike.
pub(super) struct Brackets<'t> {
    pub text: &'t str,
    /// Its bytes, brackets included.
    pub outer: Range<usize>,
    /// The bytes of each entry, commas not included.
    pub entries: Vec<Range<usize>>,
    /// All comments of the text, in order.
    pub comments: &'t [Range<usize>],
    pub line_end: &'static str,
    /// No blank behind a comma, where there is none to go by.
    pub tight: bool,
}

impl Brackets<'_> {
    /// Whether a comment stands within the brackets.
    pub(super) fn has_comments(&self) -> bool {
        self.has_comment(self.outer.clone())
    }

    /// Whether a comment begins within these bytes.
    fn has_comment(&self, at: Range<usize>) -> bool {
        let next = self.comments.partition_point(|c| c.start < at.start);
        self.comments.get(next).is_some_and(|c| c.start < at.end)
    }

    /// The first entry of an empty collection.
    pub(super) fn fill(&self, text: String) -> Vec<Splice> {
        if self.has_comment(self.outer.start..self.outer.end) {
            // The comment stays, in its line.
            return vec![Splice::put(self.outer.start + 1, format!("{text} "))];
        }
        vec![Splice::over(self.outer.start + 1..self.outer.end - 1, text)]
    }

    /// One entry more, before entry `index` or behind the last.
    pub(super) fn insert(&self, index: usize, text: String) -> Vec<Splice> {
        let separator = self.separator();
        if index < self.entries.len() {
            let at = self.lead(index);
            return vec![Splice::put(at, format!("{text}{separator}"))];
        }
        let last = self.entries.last().map_or(self.outer.start + 1, |e| e.end);
        let comma = self.comma(last, self.outer.end - 1);
        let behind = comma.map_or(last, |c| c + 1);
        let gap = separator.trim_start_matches(',');
        let line = line_end(self.text, behind);
        let own_lines = gap.contains(['\n', '\r']);
        if own_lines && line < self.outer.end && self.has_comment(behind..line) {
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
            // `k:,` and `?,` would make the comma a part of the text for some readers.
            None if self.text[..last].ends_with([':', '?']) => vec![Splice::put(last, format!(" {separator}{text}"))],
            None => vec![Splice::put(last, format!("{separator}{text}"))],
        }
    }

    /// What stands between two entries: the comma and the white space behind it, as the collection has it.
    fn separator(&self) -> String {
        let entries = &self.entries;
        for pair in entries.windows(2).rev() {
            let between = &self.text[pair[0].end..pair[1].start];
            if between.trim() == "," && between.starts_with(',') {
                return between.to_string();
            }
        }
        let own_line = self.entries.last().is_some_and(|last| !same_line(self.text, self.outer.start, last.start));
        if own_line {
            let last = entries[entries.len() - 1].start;
            let line = line_start(self.text, last);
            let pad = &self.text[line..last];
            let pad = &pad[..pad.len() - pad.trim_start_matches([' ', '\t']).len()];
            return format!(",{}{pad}", self.line_end);
        }
        if self.tight { ",".to_string() } else { ", ".to_string() }
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
    fn begins_line(&self, index: usize) -> bool {
        let start = self.entries[index].start;
        let line = line_start(self.text, start);
        self.text[line..start].trim_matches([' ', '\t']).is_empty() && line > self.outer.start
    }

    /// The first byte of entry `index`, with the comment lines right above it where it begins its line.
    fn lead(&self, index: usize) -> usize {
        let start = self.entries[index].start;
        if !self.begins_line(index) {
            return start;
        }
        let line = line_start(self.text, start);
        let pad = &self.text[line..start];
        let floor =
            next_line(self.text, index.checked_sub(1).map_or(self.outer.start, |before| self.entries[before].end));
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

    pub(super) fn remove(&self, index: usize) -> Splices {
        let entries = &self.entries;
        let (start, end) = (entries[index].start, entries[index].end);
        let is_last = index + 1 == entries.len();
        let comma = self.comma(end, if is_last { self.outer.end - 1 } else { entries[index + 1].start });
        if let Some(splices) = self.remove_lines(index, comma) {
            return Ok(splices);
        }
        if entries.len() == 1 && !self.has_comment(self.outer.start..self.outer.end) {
            return Ok(vec![Splice::cut(self.outer.start + 1..self.outer.end - 1)]);
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
            let before = entries[index - 1].end;
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
    fn remove_lines(&self, index: usize, comma: Option<usize>) -> Option<Vec<Splice>> {
        let entries = &self.entries;
        let end = entries[index].end;
        let behind = comma.map_or(end, |c| c + 1);
        let line = line_end(self.text, behind);
        let rest = self.text[behind..line].trim();
        let alone = rest.is_empty() || rest.starts_with('#');
        if !self.begins_line(index) || !alone || !same_line(self.text, end, behind) || line >= self.outer.end {
            return None;
        }
        let from = line_start(self.text, self.lead(index));
        let to = next_line(self.text, line);
        let empties =
            entries.len() == 1 && !self.has_comment(self.outer.start..from) && !self.has_comment(to..self.outer.end);
        if empties {
            return Some(vec![Splice::cut(self.outer.start + 1..self.outer.end - 1)]);
        }
        let mut out = Vec::new();
        if comma.is_none() && index > 0 {
            // The one before is the last now, and the last has no comma here.
            let before = self.comma(entries[index - 1].end, entries[index].start)?;
            out.push(Splice::cut(before..before + 1));
        }
        out.push(Splice::cut(from..to));
        Some(out)
    }
}
