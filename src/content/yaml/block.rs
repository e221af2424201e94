//! Texts of several lines as block scalars: `|` keeps the lines, `>` folds them. An old folded text's unchanged paragraphs
//! keep their very lines.

use super::super::lines::{break_at, line_end, next_line};
use super::scalar::needs_escape;
use super::tree::{Node, header_end};

/// The narrowest fold, so that deep nesting does not put each word on its own line (js-yaml's number).
const MIN_WIDTH: usize = 40;

/// A block scalar as it was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// `>` or `|`.
    pub folded: bool,
    /// An explicit indentation in the header.
    pub indicator: bool,
    /// `+` in the header.
    pub keeps: bool,
    /// The column of the content.
    pub indent: usize,
    /// The lines without their indentation.
    pub lines: Vec<String>,
}

/// A block scalar to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub header: String,
    /// Whole lines, indented, without line ends.
    pub lines: Vec<String>,
}

/// What stands in the block scalar `node`, whose parent is at column `parent`.
pub(super) fn body(text: &str, node: &Node<'_>, parent: usize) -> Body {
    let header = header_end(text, node.start);
    let head = &text[node.start..header];
    let mut raw = Vec::new();
    let mut at = next_line(text, header);
    while at < node.end {
        let end = line_end(text, at);
        raw.push(&text[at..end]);
        at = end + break_at(text, end).max(1);
    }
    let digit = head.bytes().find(u8::is_ascii_digit).map(|d| usize::from(d - b'0'));
    let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let found = raw.iter().find(|l| !l.trim_matches(' ').is_empty()).map(|l| spaces(l));
    let indent = digit.map(|d| parent + d).or(found).unwrap_or(parent + 2);
    let lines = raw.iter().map(|l| l.get(indent..).unwrap_or("").to_string()).collect();
    Body { folded: head.starts_with('>'), indicator: digit.is_some(), keeps: head.contains('+'), indent, lines }
}

/// How a block scalar is to be laid out.
pub(super) struct Layout<'b> {
    pub folded: bool,
    /// The column of the content, and of what holds it.
    pub indent: usize,
    pub parent: usize,
    /// The column to fold at.
    pub width: usize,
    /// What stood there before.
    pub old: Option<&'b Body>,
}

/// `text` as a block scalar, or `None` where it cannot be one.
pub(super) fn block(text: &str, layout: &Layout<'_>) -> Option<Block> {
    let content = text.trim_end_matches('\n');
    if content.trim_matches([' ', '\t', '\n']).is_empty() || needs_escape(text) {
        return None;
    }
    // A line of nothing but blanks would be taken for an empty one by some readers.
    if content.split('\n').any(|l| !l.is_empty() && l.trim_matches([' ', '\t']).is_empty()) {
        return None;
    }
    let ends = text.len() - content.len();
    let keeps = ends > 1 || (ends == 1 && layout.old.is_some_and(|o| o.keeps));
    let chomp = if keeps { "+" } else { ["-", ""][ends] };
    let first = content.split('\n').find(|l| !l.is_empty()).unwrap_or("");
    let must = first.starts_with([' ', '\t']) || content.starts_with('\n');
    let indicator = if must || layout.old.is_some_and(|o| o.indicator) {
        let step = layout.indent.checked_sub(layout.parent).filter(|s| (1..=9).contains(s))?;
        step.to_string()
    } else {
        String::new()
    };
    let mut lines = if layout.folded {
        let old = layout.old.filter(|o| o.folded).map_or(&[][..], |o| &o.lines);
        let width = fold_width(old, layout.indent).unwrap_or(layout.width).saturating_sub(layout.indent).max(MIN_WIDTH);
        folded_lines(content, width, old)?
    } else {
        content.split('\n').map(str::to_string).collect()
    };
    lines.extend((1..ends).map(|_| String::new()));
    let pad = " ".repeat(layout.indent);
    let lines = lines.into_iter().map(|l| if l.is_empty() { l } else { format!("{pad}{l}") }).collect();
    Some(Block { header: format!("{}{indicator}{chomp}", if layout.folded { '>' } else { '|' }), lines })
}

/// The lines of a folded text, without indentation.
fn folded_lines(text: &str, width: usize, old: &[String]) -> Option<Vec<String>> {
    if text.starts_with('\n') {
        return None;
    }
    let paragraphs = paragraphs(old);
    let mut out = Vec::new();
    // Between two lines that are folded, one line end is written as two.
    let mut joins = false;
    for line in text.split('\n') {
        if line.is_empty() {
            out.push(String::new());
            continue;
        }
        let kept_as_is = line.starts_with([' ', '\t']);
        if joins && !kept_as_is {
            out.push(String::new());
        }
        match paragraphs.iter().find(|(whole, _)| whole == line) {
            Some((_, lines)) => out.extend(lines.iter().map(|l| l.to_string())),
            None => out.extend(fold(line, width)),
        }
        joins = !kept_as_is;
    }
    Some(out)
}

/// The paragraphs of a folded body: what each one reads as, and its lines.
fn paragraphs(lines: &[String]) -> Vec<(String, Vec<&str>)> {
    let mut out = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for line in lines {
        let kept_as_is = line.starts_with([' ', '\t']);
        if (line.is_empty() || kept_as_is) && !open.is_empty() {
            out.push((open.join(" "), std::mem::take(&mut open)));
        }
        if kept_as_is {
            out.push((line.clone(), vec![line.as_str()]));
        } else if !line.is_empty() {
            open.push(line);
        }
    }
    if !open.is_empty() {
        out.push((open.join(" "), open));
    }
    out
}

/// The column an old folded text was folded at, where that can be seen.
pub(super) fn fold_width(lines: &[String], indent: usize) -> Option<usize> {
    let paragraphs = paragraphs(lines);
    if !paragraphs.iter().any(|(_, lines)| lines.len() > 1) {
        return None;
    }
    let usual = [80usize, 72, 76, 78, 79, 81, 88, 90, 100, 110, 120, 130, 140, 160];
    let fits = |width: &usize| {
        *width > indent && paragraphs.iter().all(|(whole, lines)| fold(whole, *width - indent) == *lines)
    };
    let longest = lines.iter().map(|l| l.chars().count()).max().unwrap_or(0) + indent;
    usual.into_iter().find(fits).or(Some(longest.max(MIN_WIDTH)))
}

/// One line of text as lines of at most `width` where a space allows it, broken as js-yaml does.
fn fold(line: &str, width: usize) -> Vec<String> {
    if line.starts_with([' ', '\t']) {
        return vec![line.to_string()];
    }
    let chars: Vec<char> = line.chars().collect();
    let blank = |c: char| c == ' ' || c == '\t';
    let mut out = Vec::new();
    let (mut start, mut last) = (0, 0);
    for at in 1..chars.len().saturating_sub(1) {
        // Only a lone space can be a line end: of several the others would be lost.
        if chars[at] != ' ' || blank(chars[at + 1]) || blank(chars[at - 1]) {
            continue;
        }
        if at - start > width {
            let end = if last > start { last } else { at };
            out.push(chars[start..end].iter().collect());
            start = end + 1;
        }
        last = at;
    }
    if chars.len() - start > width && last > start {
        out.push(chars[start..last].iter().collect());
        start = last + 1;
    }
    out.push(chars[start.min(chars.len())..].iter().collect());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str, old: &[&str]) -> Vec<String> {
        let old: Vec<String> = old.iter().map(|l| l.to_string()).collect();
        folded_lines(text, 40, &old).unwrap()
    }

    #[test]
    fn lines_break_at_lone_spaces_only() {
        assert_eq!(fold("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(fold("one  two", 3), ["one  two"]);
        assert_eq!(fold("https://example.com/a/very/long/one", 10), ["https://example.com/a/very/long/one"]);
        assert_eq!(fold("Größe über alles", 8), ["Größe", "über", "alles"]);
    }

    #[test]
    fn an_unchanged_paragraph_keeps_its_very_lines() {
        let old = ["An odd", "old break", "", "Second."];
        assert_eq!(folded("An odd old break\nThird.", &old), ["An odd", "old break", "", "Third."]);
    }

    #[test]
    fn a_text_that_a_block_cannot_hold_is_no_block() {
        let layout = Layout { folded: true, indent: 2, parent: 0, width: 80, old: None };
        for text in ["", "\n", "a\n \nb", "\u{7}x", "\nx"] {
            assert_eq!(block(text, &layout), None, "{text:?}");
        }
        assert_eq!(block("a\n\n", &layout).unwrap().header, ">+");
        assert_eq!(block("  a", &layout).unwrap().header, ">2-");
    }
}
