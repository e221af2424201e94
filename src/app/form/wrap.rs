//! A line of text broken to a width, in characters, so that a cursor counted in characters finds its place.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::shown::Shown;

/// The parts of `line`, as character positions, each no wider than `width`; broken behind spaces where there are any.
/// An empty line is one empty part.
pub fn wrap(line: &str, width: usize) -> Vec<Range<usize>> {
    parts(line, width).collect()
}

/// The same, part by part: of a long line no more is looked at than is asked for.
pub fn parts(line: &str, width: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let width = width.max(2);
    let mut pieces = pieces(line);
    let (mut start, mut used, mut at, mut ended) = (0, 0, 0, false);
    // Behind the last space of this part, and the columns up to there.
    let mut space: Option<(usize, usize)> = None;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        for (chars, columns, is_space) in pieces.by_ref() {
            let mut part = None;
            if used + columns > width && at > start {
                let (end, kept) = space.take().unwrap_or((at, used));
                part = Some(start..end);
                start = end;
                used -= kept;
            }
            at += chars;
            used += columns;
            if is_space {
                space = Some((at, used));
            }
            if part.is_some() {
                return part;
            }
        }
        ended = true;
        Some(start..at)
    })
}

/// How many parts these lines have, counted no further than `most`.
pub fn count(lines: &[String], width: usize, most: usize) -> usize {
    let mut count = 0;
    for line in lines {
        count += parts(Shown::new(start_of(line, width, most)).as_str(), width).take(most - count).count();
        if count >= most {
            break;
        }
    }
    count
}

/// So much of a line as `most` parts can hold, and a good deal more.
pub fn start_of(line: &str, width: usize, most: usize) -> &str {
    // A character of several bytes, and signs of no width upon it.
    let enough = (most + 1) * width * 8;
    let end = (0..=enough).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
    if line.len() > enough { &line[..end] } else { line }
}

/// Whether a text is wider than `room`; of a long one no more is measured than that takes.
pub fn is_wider(text: &str, room: usize) -> bool {
    text.len() > room && start_of(text, room, 2).width() > room
}

/// What of one line is seen in `room` columns, shown, with the cursor in sight: what stands before the cursor, and the rest.
/// A line that is longer moves on by half of the room: moved by every letter, it would be sent anew for every letter.
pub fn seen_of_line(line: &str, cursor: usize, room: usize) -> (String, String) {
    let end = line.char_indices().nth(cursor).map_or(line.len(), |(at, _)| at);
    let before = Shown::new(&line[..end]);
    let step = (room / 2).max(1);
    let hidden = before.as_str().width().saturating_sub(room).div_ceil(step) * step;
    let (mut start, mut used) = (0, 0);
    for grapheme in before.as_str().graphemes(true) {
        if used >= hidden {
            break;
        }
        used += grapheme.width();
        start += grapheme.len();
    }
    (before.as_str()[start..].to_string(), Shown::new(start_of(&line[end..], room, 1)).to_string())
}

/// What of a text is seen, as lines of shown text, and where among them the cursor stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub lines: Vec<String>,
    /// The line of the cursor.
    pub row: usize,
    /// What stands before it in that line.
    pub before: String,
}

/// Where what is seen of a text begins, as line and character, in a window that shows its cursor: where it began before, as long
/// as the cursor is within; else half a window further, so that not every line that is begun moves all the others.
pub fn follow(
    text: &[String],
    cursor: (usize, usize),
    (width, height): (usize, usize),
    from: (usize, usize),
) -> (usize, usize) {
    let height = height.max(1);
    if count(text, width, height + 1) <= height {
        return (0, 0);
    }
    // A row more: behind a break the cursor stands at the beginning of the next part.
    let rows = rows(text, from, width, height + 1);
    match rows.iter().rposition(|row| row.holds(cursor)) {
        Some(at) if at < height && cursor >= from => from,
        _ => above(text, cursor, if cursor < from { height / 2 } else { (height - 1) / 2 }, width),
    }
}

/// Where the part begins that stands so many lines above the one of the cursor, or the first one.
fn above(text: &[String], (mut line, character): (usize, usize), mut by: usize, width: usize) -> (usize, usize) {
    let starts = |line: usize| -> Vec<usize> {
        let shown = text.get(line).map(|line| Shown::new(line)).unwrap_or_default();
        parts(shown.as_str(), width).map(|part| part.start).collect()
    };
    let mut here = starts(line);
    here.retain(|start| *start <= character);
    while by >= here.len() && line > 0 {
        by -= here.len();
        line -= 1;
        here = starts(line);
    }
    (line, here.get((here.len().saturating_sub(1)).saturating_sub(by)).copied().unwrap_or(0))
}

/// A part of a line: the line, where the part begins in it, and what it says, shown.
struct PartOfLine {
    line: usize,
    start: usize,
    text: String,
}

impl PartOfLine {
    /// Whether the cursor stands in it, or in a later part of its line.
    fn holds(&self, (line, character): (usize, usize)) -> bool {
        self.line == line && self.start <= character
    }
}

/// The parts from a place on, `most` of them. However long the text is, no other parts are looked at.
fn rows(text: &[String], from: (usize, usize), width: usize, most: usize) -> Vec<PartOfLine> {
    let mut rows = Vec::new();
    for (at, line) in text.iter().enumerate().skip(from.0) {
        if rows.len() == most {
            break;
        }
        let room = most - rows.len();
        let skipped = if at == from.0 { from.1 } else { 0 };
        let shown = Shown::new(start_of(cut(line, &(skipped..usize::MAX)), width, room));
        let row = |part: Range<usize>| PartOfLine {
            line: at,
            start: skipped + part.start,
            text: cut(shown.as_str(), &part).to_string(),
        };
        rows.extend(parts(shown.as_str(), width).take(room).map(row));
    }
    rows
}

/// The part of a text that is seen in a window of `height` lines which begins at that line and character ([`follow`] says where).
pub fn seen(text: &[String], cursor: (usize, usize), (width, height): (usize, usize), from: (usize, usize)) -> Seen {
    let rows = rows(text, from, width, height.max(1));
    let row = rows.iter().rposition(|row| row.holds(cursor)).unwrap_or(0);
    let before = rows.get(row).map(|row| cut(&row.text, &(0..cursor.1.saturating_sub(row.start))).to_string());
    Seen { row, before: before.unwrap_or_default(), lines: rows.into_iter().map(|row| row.text).collect() }
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
    fn a_window_stands_still_while_the_cursor_is_in_it_and_else_moves_by_half_of_it() {
        let text: Vec<String> = ["one two three", "", "four", "five"].map(String::from).to_vec();
        let mut from = (0, 0);
        let mut at = |cursor, height| {
            from = follow(&text, cursor, (8, height), from);
            let Seen { lines, row, before } = seen(&text, cursor, (8, height), from);
            (lines.join("|"), row, before)
        };
        assert_eq!(at((0, 0), 3), ("one two |three|".to_string(), 0, String::new()));
        assert_eq!(at((0, 10), 3), ("one two |three|".to_string(), 1, "th".to_string()));
        assert_eq!(at((1, 0), 3), ("one two |three|".to_string(), 2, String::new()));
        assert_eq!(at((2, 4), 3), ("|four|five".to_string(), 1, "four".to_string()));
        assert_eq!(at((3, 4), 3), ("|four|five".to_string(), 2, "five".to_string()));
        assert_eq!(at((0, 10), 3), ("one two |three|".to_string(), 1, "th".to_string()));
        assert_eq!(at((3, 4), 9), ("one two |three||four|five".to_string(), 4, "five".to_string()));
        assert_eq!(at((3, 4), 1), ("five".to_string(), 0, "five".to_string()));
        assert_eq!(seen(&[String::new()], (0, 0), (8, 4), (0, 0)).lines, [""]);
    }

    #[test]
    fn of_one_line_what_stands_before_the_cursor_stays_in_sight() {
        let seen = |line, cursor, room| {
            let (before, rest) = seen_of_line(line, cursor, room);
            format!("{before}|{rest}")
        };
        assert_eq!(seen("abc", 1, 10), "a|bc");
        assert_eq!(seen("abcdefgh", 4, 4), "abcd|efgh");
        assert_eq!(seen("abcdefgh", 5, 4), "cde|fgh");
        assert_eq!(seen("abcdefgh", 6, 4), "cdef|gh");
        assert_eq!(seen("日本語 text", 6, 4), " te|xt");
        assert_eq!(seen("日本語", 3, 5), "本語|");
        assert_eq!(seen("a\u{1b}b", 3, 9), "a␛b|");
    }

    #[test]
    fn of_a_long_text_no_more_is_counted_than_is_asked_for() {
        let text: Vec<String> = vec!["word ".repeat(30_000), "end".to_string()];
        assert_eq!(count(&text, 40, 7), 7);
        assert_eq!(count(&text[1..], 40, 7), 1);
        assert!(is_wider(&text[0], 60) && !is_wider("日本語", 6) && is_wider("日本語", 5));
    }

    #[test]
    fn the_cursor_stands_at_the_beginning_of_the_next_part() {
        let parts = wrap("one two three", 8);
        assert_eq!(place(&parts, 7), (0, 7));
        assert_eq!(place(&parts, 8), (1, 0));
        assert_eq!(place(&parts, 13), (1, 5));
    }
}
