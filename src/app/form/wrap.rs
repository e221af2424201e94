//! A line of text broken to a width, in characters, so that a cursor counted in characters finds its place.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The parts of `line`, as character positions, each no wider than `width`; broken behind spaces where there are any.
/// An empty line is one empty part.
pub fn wrap(line: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(2);
    let mut parts = Vec::new();
    let (mut start, mut used) = (0, 0);
    // Behind the last space of this part, and the columns up to there.
    let mut space: Option<(usize, usize)> = None;
    let mut at = 0;
    for (chars, columns, is_space) in pieces(line) {
        if used + columns > width && at > start {
            let (end, kept) = space.take().unwrap_or((at, used));
            parts.push(start..end);
            start = end;
            used -= kept;
        }
        at += chars;
        used += columns;
        if is_space {
            space = Some((at, used));
        }
    }
    parts.push(start..at);
    parts
}

/// Characters, columns and whether it is a space, of each grapheme.
fn pieces(line: &str) -> Box<dyn Iterator<Item = (usize, usize, bool)> + '_> {
    if line.is_ascii() {
        return Box::new(line.bytes().map(|b| (1, 1, b == b' ')));
    }
    Box::new(line.graphemes(true).map(|g| (g.chars().count(), g.width(), g == " ")))
}

/// Where the cursor stands: the part and the character within it. Behind a break it stands at the beginning of the next part.
pub fn place(parts: &[Range<usize>], cursor: usize) -> (usize, usize) {
    let part = parts.iter().rposition(|p| p.start <= cursor).unwrap_or(0);
    (part, cursor.saturating_sub(parts.get(part).map_or(0, |p| p.start)))
}

/// The characters of one part.
pub fn cut<'t>(line: &'t str, part: &Range<usize>) -> &'t str {
    let offset = |chars: usize| line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at);
    if line.is_ascii() {
        return &line[part.start.min(line.len())..part.end.min(line.len())];
    }
    &line[offset(part.start)..offset(part.end)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(line: &str, width: usize) -> Vec<&str> {
        wrap(line, width).iter().map(|part| cut(line, part)).collect()
    }

    #[test]
    fn a_line_breaks_behind_spaces_and_else_where_it_must() {
        assert_eq!(wrapped("one two three", 8), ["one two ", "three"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("日本語 text", 4), ["日本", "語 ", "text"]);
    }

    #[test]
    fn the_cursor_stands_at_the_beginning_of_the_next_part() {
        let parts = wrap("one two three", 8);
        assert_eq!(place(&parts, 7), (0, 7));
        assert_eq!(place(&parts, 8), (1, 0));
        assert_eq!(place(&parts, 13), (1, 5));
    }
}
