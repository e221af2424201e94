//! Conflicts in a text, marked as git marks them: whole lines of both sides.

use std::ops::Range;

use super::values::Clash;
use crate::content::three_way::Stretch;
use crate::content::{Document, FieldPath};

const OURS: &str = "<<<<<<< ours";
const BETWEEN: &str = "=======";
const THEIRS: &str = ">>>>>>> theirs";

/// The stretches as text, conflicts between markers.
pub fn text_of(lines: &[Stretch<String>]) -> String {
    let mut text = String::new();
    for stretch in lines {
        match stretch {
            Stretch::Settled(lines) => lines.iter().for_each(|line| text += line),
            Stretch::Conflict { ours, theirs } => text += &marked(&ours.concat(), &theirs.concat()),
        }
    }
    text
}

fn marked(ours: &str, theirs: &str) -> String {
    let end = if ours.contains("\r\n") || theirs.contains("\r\n") { "\r\n" } else { "\n" };
    let closed = |side: &str| if side.is_empty() || side.ends_with('\n') { String::new() } else { end.to_string() };
    let (after_ours, after_theirs) = (closed(ours), closed(theirs));
    format!("{OURS}{end}{ours}{after_ours}{BETWEEN}{end}{theirs}{after_theirs}{THEIRS}{end}")
}

/// `head` (the text of `merged` above its body) with markers around the lines of what clashes. Clashes on the same lines are one.
pub fn around(head: &str, merged: &Document, theirs: &Document, clashes: &[Clash]) -> String {
    let mut places: Vec<(Range<usize>, Option<Range<usize>>)> = clashes
        .iter()
        .map(|clash| {
            let range = merged.field_range(&clash.place).map(|range| whole_lines(merged.text(), range));
            let range = range.unwrap_or_else(|| gap(merged, &clash.place));
            let their = theirs.field_range(&clash.theirs).map(|range| whole_lines(theirs.text(), range));
            (range, their)
        })
        .collect();
    places.sort_by_key(|(range, _)| (range.start, range.end));
    let mut joined: Vec<(Range<usize>, Option<Range<usize>>)> = Vec::new();
    for (range, their) in places {
        match joined.last_mut() {
            Some((last, lasts)) if range.start < last.end || (range.start == last.start && range.is_empty()) => {
                last.end = last.end.max(range.end);
                *lasts = match (lasts.take(), their) {
                    (Some(a), Some(b)) => Some(a.start.min(b.start)..a.end.max(b.end)),
                    (a, b) => a.or(b),
                };
            }
            _ => joined.push((range, their)),
        }
    }
    let mut text = head.to_string();
    for (range, their) in joined.into_iter().rev() {
        let their = their.map_or("", |range| &theirs.text()[range]);
        let both = marked(&head[range.clone()], their);
        text.replace_range(range, &both);
    }
    text
}

/// From the beginning of the line of its first byte to the end of the line of its last.
fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    // A range that ends behind a line end ends with that line.
    let last = range.end.saturating_sub(usize::from(text[..range.end].ends_with('\n'))).max(start);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    start..end
}

/// Where a field would stand that is gone: behind what holds it.
fn gap(document: &Document, path: &FieldPath) -> Range<usize> {
    let holder = path.split_last().map(|(holder, _)| holder).filter(|holder| !holder.is_root());
    let end =
        holder.and_then(|holder| document.field_range(&holder)).map(|range| whole_lines(document.text(), range).end);
    let end = end.unwrap_or(document.front_range().end);
    end..end
}
