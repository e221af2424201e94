//! Searching inside what is laid out: a phrase is found though the line ends within it.

use std::ops::Range;

use super::wrap::{Rendered, Role};

/// A place where the words stand: on one line, or on several where they are wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Line and characters of it, counted over the whole line.
    pub places: Vec<(usize, Range<usize>)>,
}

impl Rendered {
    /// Every place where `words` stand, whatever their case. Blanks match the end of a line, too.
    pub fn find(&self, words: &str) -> Vec<Found> {
        let needle: Vec<char> = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(fold).collect();
        if needle.is_empty() {
            return Vec::new();
        }
        let text = self.letters();
        let mut found = Vec::new();
        let mut at = 0;
        while at + needle.len() <= text.len() {
            let here = &text[at..at + needle.len()];
            if here.iter().map(|l| l.letter).eq(needle.iter().copied()) {
                found.push(Found { places: places(here) });
                at += needle.len();
            } else {
                at += 1;
            }
        }
        found
    }

    /// The letters of all lines, a blank for each line's end; what stands before a line's text (bars, bullets, indents) is none.
    fn letters(&self) -> Vec<Letter> {
        let mut letters = Vec::new();
        for (line, content) in self.lines.iter().enumerate() {
            let mut column = 0;
            let mut leading = true;
            for span in &content.spans {
                leading &= span.role == Role::Marker;
                for c in span.text.as_str().chars() {
                    if !leading {
                        letters.push(Letter { letter: fold(c), line, column: Some(column) });
                    }
                    column += 1;
                }
            }
            letters.push(Letter { letter: ' ', line, column: None });
        }
        letters
    }
}

struct Letter {
    letter: char,
    line: usize,
    /// `None` for the end of the line.
    column: Option<usize>,
}

fn places(letters: &[Letter]) -> Vec<(usize, Range<usize>)> {
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    for (line, column) in letters.iter().filter_map(|l| Some((l.line, l.column?))) {
        match places.last_mut() {
            Some((last, range)) if *last == line => range.end = column + 1,
            _ => places.push((line, column..column + 1)),
        }
    }
    places
}

/// A letter without its case, a character for a character.
fn fold(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Markup, render};

    #[test]
    fn words_are_found_across_the_end_of_a_line_and_behind_a_bar() {
        let page = render("> Teams of virtual\n> care and Virtual Care", Markup::Markdown, 18);
        assert_eq!(page.plain(), "│ Teams of virtual\n│ care and Virtual\n│ Care\n");
        let found = page.find("virtual  care");
        assert_eq!(found[0].places, [(0, 11..18), (1, 2..6)]);
        assert_eq!(found[1].places, [(1, 11..18), (2, 2..6)]);
        assert_eq!(found.len(), 2);
        assert!(page.find(" ").is_empty());
    }
}
