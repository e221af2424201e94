//! Needles in texts: letter by letter or as one piece, with smart case and accents folded.
//!
//! A word that stands in one piece is scored as one piece; else `scattered` says whether its letters lie so that it counts, and
//! nucleo's greedy search how well: it takes a time that grows with the text and not with the text times the needle.

use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String, chars};

use super::query::{Needle, Query, Test, Wanted};
use super::scattered::Scattered;
use crate::library::{Letters, RowField, Target};

/// A needle made ready.
#[derive(Clone, Debug)]
pub(super) struct Fuzzy {
    needle: Utf32String,
    /// No letter of the needle is a capital.
    ignore_case: bool,
    /// No letter of the needle has an accent.
    fold_accents: bool,
    needed: Letters,
    scattered: Option<Scattered>,
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
        let mut fuzzy = Fuzzy {
            needle: Utf32String::from(text.as_str()),

            ignore_case: !text.chars().any(chars::is_upper_case),
            fold_accents: text.chars().all(|c| chars::normalize(c) == c),
            needed: Letters::needed(text),
            scattered: None,
        };
        if !needle.exact {
            let letters: Vec<char> = text.chars().collect();
            fuzzy.scattered = Scattered::of(&letters, |c| fuzzy.folded(c));
        }
        fuzzy
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
        if let Some((_, boundary)) = self.piece(haystack) {
            return Some(piece_score(self.len(), boundary));
        }
        if !self.lies_scattered(haystack) {
            return None;
        }
        self.set_up(matcher);
        // It finds the letters wherever they lie, so that it always has a score.
        Some(matcher.fuzzy_match_greedy(haystack, self.needle.slice(..)).unwrap_or(0))
    }

    fn lies_scattered(&self, haystack: Utf32Str) -> bool {
        self.scattered.as_ref().is_some_and(|letters| letters.is_in(haystack, |c| self.folded(c)))
    }

    fn set_up(&self, matcher: &mut Matcher) {
        matcher.config.ignore_case = self.ignore_case;
        matcher.config.normalize = self.fold_accents;
    }

    /// Where the needle stands in one piece, and whether a word begins there; such a place comes before any other.
    ///
    /// Nucleo's own search for pieces overlooks some (a needle that begins with two digits, the end of a text with accents).
    fn piece(&self, haystack: Utf32Str) -> Option<(usize, bool)> {
        match (haystack, self.needle.slice(..)) {
            (Utf32Str::Ascii(text), Utf32Str::Ascii(needle)) => self.ascii_piece(text, needle),
            (Utf32Str::Ascii(_), Utf32Str::Unicode(_)) => None,
            (Utf32Str::Unicode(text), needle) => {
                let needle: Vec<char> = needle.chars().collect();
                let last = text.len().checked_sub(needle.len())?;
                let fits = |at: &usize| needle.iter().zip(&text[*at..]).all(|(n, c)| *n == self.folded(*c));
                let begins = |at: usize| at == 0 || !text[at - 1].is_alphanumeric();
                best_place((0..=last).filter(fits).map(|at| (at, begins(at))))
            }
        }
    }

    fn ascii_piece(&self, text: &[u8], needle: &[u8]) -> Option<(usize, bool)> {
        let Some(first) = needle.first() else { return Some((0, true)) };
        let starts = &text[..(text.len() + 1).checked_sub(needle.len())?];
        let fits = |at: &usize| {
            let here = &text[*at..*at + needle.len()];
            if self.ignore_case { here.eq_ignore_ascii_case(needle) } else { here == needle }
        };
        let begins = |at: usize| at == 0 || !text[at - 1].is_ascii_alphanumeric();
        let placed = |at: usize| (at, begins(at));
        if self.ignore_case {
            let upper = first.to_ascii_uppercase();
            best_place(memchr::memchr2_iter(*first, upper, starts).filter(fits).map(placed))
        } else {
            best_place(memchr::memchr_iter(*first, starts).filter(fits).map(placed))
        }
    }

    fn folded(&self, c: char) -> char {
        let c = if self.fold_accents { chars::normalize(c) } else { c };
        if self.ignore_case { chars::to_lower_case(c) } else { c }
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
        if let Some((at, _)) = self.piece(haystack) {
            found.extend(at..at + self.len());
        } else if self.lies_scattered(haystack) {
            self.set_up(matcher);
            let mut indices = Vec::new();
            if matcher.fuzzy_indices(haystack, self.needle.slice(..), &mut indices).is_some() {
                found.extend(indices.into_iter().map(|at| at as usize));
            }
        }
    }
}

/// The first place where a word begins, else the first place.
fn best_place(mut places: impl Iterator<Item = (usize, bool)>) -> Option<(usize, bool)> {
    let first = places.next()?;
    if first.1 { Some(first) } else { places.find(|(_, begins)| *begins).or(Some(first)) }
}

/// What nucleo gives letters that stand together: 16 each, and 10 more each (20 for the first) where a word begins, else 4.
fn piece_score(length: usize, boundary: bool) -> u16 {
    let length = u16::try_from(length.min(1000)).unwrap_or(1000);
    16 * length + if boundary { 10 * (length + 1) } else { 4 * length.saturating_sub(1) }
}

/// Which of `texts` match all words of `typed`, best first, equals in their order: for pickers. Nothing typed: all of them.
pub fn rank<'t>(typed: &str, texts: impl IntoIterator<Item = &'t str>) -> Vec<usize> {
    let needle = |word: &str| Fuzzy::of(&Needle { text: word.to_string(), exact: false });
    let words: Vec<Fuzzy> = typed.split_whitespace().map(needle).collect();
    let mut scratch = Scratch::new();
    let mut score =
        |text: &str| words.iter().try_fold(0, |sum, word| Some(sum + u32::from(word.score(text, &mut scratch)?)));
    let scored = texts.into_iter().enumerate().filter_map(|(at, text)| Some((score(text)?, at)));
    let mut found: Vec<(u32, usize)> = scored.collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, at)| at).collect()
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
    use proptest::prelude::*;

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

    #[test]
    fn a_picker_shows_the_best_first_and_everything_before_a_key() {
        let topics = ["Oncology Nursing", "Scheduling - Nurse and Staff", "Care"];
        assert_eq!(rank("", topics), [0, 1, 2]);
        assert_eq!(rank("nurse", topics), [1]);
        assert_eq!(rank("nurs", topics), [0, 1]);
        assert_eq!(rank("staff nu", topics), [1]);
    }

    fn naive(text: &str, needle: &str, exact: bool) -> bool {
        let ignore_case = !needle.chars().any(char::is_uppercase);
        let fold_accents = needle.chars().all(|c| chars::normalize(c) == c);
        let fold = |c: char| {
            let c = if fold_accents { chars::normalize(c) } else { c };
            if ignore_case { chars::to_lower_case(c) } else { c }
        };
        let (text, needle): (Vec<char>, Vec<char>) = (text.chars().map(fold).collect(), needle.chars().collect());
        let in_one_piece = needle.is_empty() || text.windows(needle.len()).any(|w| w == needle);
        if exact || in_one_piece {
            return in_one_piece;
        }
        let begins = |at: usize| text[at].is_alphanumeric() && (at == 0 || !text[at - 1].is_alphanumeric());
        let words: Vec<&[char]> = text.split(|c| !c.is_alphanumeric()).collect();
        let in_a_word = |word: &&[char]| {
            let mut rest = word.iter();
            rest.next() == needle.first() && needle[1..].iter().all(|n| rest.any(|c| c == n))
        };
        // Every way to place the letters one after another.
        fn placed(text: &[char], needle: &[char], after: Option<usize>, begins: &dyn Fn(usize) -> bool) -> bool {
            let Some(first) = needle.first() else { return true };
            let from = after.map_or(0, |at| at + 1);
            (from..text.len()).any(|at| {
                let may = text[at] == *first && (begins(at) || after.is_some_and(|before| before + 1 == at));
                may && placed(text, &needle[1..], Some(at), begins)
            })
        }
        words.iter().any(in_a_word) || placed(&text, &needle, None, &begins)
    }

    #[test]
    fn letters_far_apart_within_words_do_not_match() {
        let matches = |needle: &str, text: &str| !rank(needle, [text]).is_empty();
        for (needle, text) in [
            ("care", "Virtual care"),
            ("vcare", "Virtual care teams"),
            ("vc", "Virtual care"),
            ("nrsng", "Oncology Nursing"),
            ("virca", "Virtual care"),
            ("telhom", "Telehealth at home"),
        ] {
            assert!(matches(needle, text), "{needle} in {text}");
        }
        for (needle, text) in [
            ("care", "Clinics read more reports"),
            ("care", "What clinical teams read next"),
            ("home", "How rural clinics grow"),
            ("virtual", "Five risks that nurses usually handle"),
        ] {
            assert!(!matches(needle, text), "{needle} in {text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_needle_is_found_exactly_where_its_letters_stand(text in "[abAB1 éÉü-]{0,12}", needle in "[abA1 éü-]{1,4}", exact: bool) {
            let fuzzy = Fuzzy::of(&Needle { text: needle.clone(), exact });
            let mut scratch = Scratch::new();
            let expected = naive(&text, &needle, exact);
            prop_assert_eq!(fuzzy.score(&text, &mut scratch).is_some(), expected);
            prop_assert_eq!(fuzzy.score_in((&text, Letters::of(&text)), &mut scratch).is_some(), expected);
            let mut found = Vec::new();
            fuzzy.positions(&text, &mut scratch, &mut found);
            prop_assert_eq!(found.len(), if expected { needle.chars().count() } else { 0 });
        }

        #[test]
        fn a_needle_that_grows_never_finds_more(text in "[abcB1 éÉ-]{0,16}", needle in "[abcB1 é-]{1,5}", more in "[abcB1 é-]") {
            let mut scratch = Scratch::new();
            let mut matches = |needle: String| Fuzzy::of(&Needle { text: needle, exact: false }).score(&text, &mut scratch).is_some();
            let longer = matches(format!("{needle}{more}"));
            prop_assert!(!longer || matches(needle));
        }
    }
}
