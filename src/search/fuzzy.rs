//! Needles in texts: letter by letter or as one piece, with smart case and accents folded.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::query::{Needle, Query, Test, Wanted};
use crate::library::{RowField, Target};

/// A needle made ready.
#[derive(Clone, Debug)]
pub(super) struct Fuzzy(Atom);

/// What a thread needs to match: one for each thread.
pub(super) struct Scratch {
    matcher: Matcher,
    chars: Vec<char>,
}

impl Scratch {
    pub(super) fn new() -> Scratch {
        Scratch { matcher: Matcher::new(Config::DEFAULT), chars: Vec::new() }
    }
}

impl Fuzzy {
    pub(super) fn of(needle: &Needle) -> Fuzzy {
        let kind = if needle.exact { AtomKind::Substring } else { AtomKind::Fuzzy };
        Fuzzy(Atom::new(&needle.text, CaseMatching::Smart, Normalization::Smart, kind, false))
    }

    /// The needle as one piece: what `!word` leaves out, since leaving out what has the letters somewhere would surprise.
    pub(super) fn exact(needle: &Needle) -> Fuzzy {
        Fuzzy::of(&Needle { text: needle.text.clone(), exact: true })
    }

    /// How well it matches; `None` where it does not.
    pub(super) fn score(&self, text: &str, scratch: &mut Scratch) -> Option<u16> {
        self.0.score(Utf32Str::new(text, &mut scratch.chars), &mut scratch.matcher)
    }

    /// The characters it matches, added to `found`.
    fn positions(&self, text: &str, scratch: &mut Scratch, found: &mut Vec<usize>) {
        // Character by character, not by grapheme as `Utf32Str::new` has it: positions count characters.
        scratch.chars.clear();
        scratch.chars.extend(text.chars());
        let mut indices = Vec::new();
        let haystack =
            if text.is_ascii() { Utf32Str::Ascii(text.as_bytes()) } else { Utf32Str::Unicode(&scratch.chars) };
        if self.0.indices(haystack, &mut scratch.matcher, &mut indices).is_some() {
            found.extend(indices.into_iter().map(|at| at as usize));
        }
    }
}

/// The positions (in characters, sorted) of the letters of `text` that the bare words of `query` match.
pub fn highlight(query: &Query, text: &str) -> Vec<usize> {
    positions(query, None, text)
}

/// As [`highlight`], with the terms on this role's field too (`topic:nurse` in a topic).
pub fn highlight_in(query: &Query, role: RowField, text: &str) -> Vec<usize> {
    positions(query, Some(role), text)
}

fn positions(query: &Query, role: Option<RowField>, text: &str) -> Vec<usize> {
    let mut scratch = Scratch::new();
    let mut found = Vec::new();
    for term in query.terms.iter().filter(|t| !t.exclude) {
        let needles: Vec<&Needle> = match &term.test {
            Test::Word(needle) => vec![needle],
            Test::Field { target: Target::Role(r), any, .. } if Some(*r) == role => {
                any.iter().filter_map(|w| if let Wanted::Like(needle) = w { Some(needle) } else { None }).collect()
            }
            // It may be plain text (`https:`); where it is not, it hardly matches.
            Test::Field { target: Target::Field(_), plain, .. } => vec![plain],
            _ => Vec::new(),
        };
        for needle in needles {
            Fuzzy::of(needle).positions(text, &mut scratch, &mut found);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_that_matched_are_counted_in_characters() {
        let letters = |query: &str, text: &str| -> String {
            let chars: Vec<char> = text.chars().collect();
            highlight(&Query::parse(query), text).into_iter().map(|at| chars[at]).collect()
        };
        assert_eq!(letters("cafe", "Le café déjà vu"), "café");
        assert_eq!(letters("'virt care", "Virtual care"), "Virtcare");
        assert_eq!(letters("!care nothing", "Virtual care"), "");
        assert_eq!(highlight_in(&Query::parse("topic:nur"), RowField::Topics, "Nursing"), [0, 1, 2]);
        assert!(highlight(&Query::parse("topic:nur"), "Nursing").is_empty());
    }
}
