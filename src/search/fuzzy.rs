//! Needles in texts: letter by letter or as one piece, with smart case and accents folded.
//!
//! A word that stands in one piece is scored as one piece; else the letters are found by nucleo's greedy search, which takes a
//! time that grows with the text and not with the text times the needle. The best scattered placing would cost three times as
//! much a key, to order the matches that nobody looks for.

use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String, chars};

use super::query::{Needle, Query, Test, Wanted};
use crate::library::{Letters, RowField, Target};

/// A needle made ready.
#[derive(Clone, Debug)]
pub(super) struct Fuzzy {
    needle: Utf32String,
    exact: bool,
    /// No letter of the needle is a capital.
    ignore_case: bool,
    /// No letter of the needle has an accent.
    fold_accents: bool,
    needed: Letters,
}

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
        let text = &needle.text;
        Fuzzy {
            needle: Utf32String::from(text.as_str()),
            exact: needle.exact,
            ignore_case: !text.chars().any(chars::is_upper_case),
            fold_accents: text.chars().all(|c| chars::normalize(c) == c),
            needed: Letters::needed(text),
        }
    }

    /// The needle as one piece: what `!word` leaves out, since leaving out what has the letters somewhere would surprise.
    pub(super) fn exact(needle: &Needle) -> Fuzzy {
        Fuzzy::of(&Needle { text: needle.text.clone(), exact: true })
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.needle.len()
    }

    /// How well it matches; `None` where it does not.
    pub(super) fn score(&self, text: &str, scratch: &mut Scratch) -> Option<u16> {
        let Scratch { matcher, chars } = scratch;
        self.score_of(Utf32Str::new(text, chars), matcher)
    }

    fn score_of(&self, haystack: Utf32Str, matcher: &mut Matcher) -> Option<u16> {
        let needle = self.needle.slice(..);
        matcher.config.ignore_case = self.ignore_case;
        matcher.config.normalize = self.fold_accents;
        let piece = matcher.substring_match(haystack, needle);
        if piece.is_some() || self.exact { piece } else { matcher.fuzzy_match_greedy(haystack, needle) }
    }

    /// The same for a text whose letters are known.
    pub(super) fn score_in(&self, (text, letters): (&str, Letters), scratch: &mut Scratch) -> Option<u16> {
        if !letters.may_hold(self.needed) {
            return None;
        }
        if letters.is_ascii() {
            return self.score_of(Utf32Str::Ascii(text.as_bytes()), &mut scratch.matcher);
        }
        self.score(text, scratch)
    }

    /// The characters it matches, added to `found`.
    fn positions(&self, text: &str, scratch: &mut Scratch, found: &mut Vec<usize>) {
        // Character by character, not by grapheme as `Utf32Str::new` has it: positions count characters.
        let Scratch { matcher, chars } = scratch;
        chars.clear();
        chars.extend(text.chars());
        let haystack = if text.is_ascii() { Utf32Str::Ascii(text.as_bytes()) } else { Utf32Str::Unicode(chars) };
        let needle = self.needle.slice(..);
        matcher.config.ignore_case = self.ignore_case;
        matcher.config.normalize = self.fold_accents;
        let mut indices = Vec::new();
        let mut score = matcher.substring_indices(haystack, needle, &mut indices);
        if score.is_none() && !self.exact {
            indices.clear();
            score = matcher.fuzzy_indices(haystack, needle, &mut indices);
        }
        if score.is_some() {
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
