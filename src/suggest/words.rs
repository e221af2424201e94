//! A text as numbered words: case and accents folded, plurals as their singular, two neighbouring characters where words are not parted.
//!
//! Here: what counts as a word in any language, and the parts of an item as lists of such. Not here: how much a word weighs
//! (`features`), nor any list of words of one language: nothing is thrown away but by how common it is in the library itself.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of a body that are looked at; what comes after says little that was not said before.
const BODY_WORDS: usize = 20_000;

/// A word's number: its spelling, hashed.
pub(super) type Word = u32;

/// The words of an item, part by part, in order.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) title: Vec<Word>,
    pub(super) summary: Vec<Word>,
    pub(super) body: Vec<Word>,
}

impl Text {
    pub(super) fn of(title: &str, summary: &str, body: &str) -> Text {
        Text {
            title: numbered(title, BODY_WORDS),
            summary: numbered(summary, BODY_WORDS),
            body: numbered(body, BODY_WORDS),
        }
    }

    /// The parts, the weightiest first.
    pub(super) fn parts(&self) -> [&[Word]; 3] {
        [&self.title, &self.summary, &self.body]
    }
}

/// The words of a text as numbers, at most so many.
pub(super) fn numbered(text: &str, most: usize) -> Vec<Word> {
    let mut out = Vec::with_capacity((text.len() / 6).min(most));
    words(text, |word| {
        out.push(number(word));
        out.len() < most
    });
    out
}

/// The number of a folded word (FNV-1a, mixed so that its low bits are as good as any).
pub(super) fn number(word: &str) -> Word {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 32)) as u32
}

/// Hands over each word of a text, folded, until `each` says `false`.
pub(super) fn words(text: &str, mut each: impl FnMut(&str) -> bool) {
    let mut word = Folded::default();
    for c in text.chars() {
        let more = match c {
            'a'..='z' | '0'..='9' => word.letter(c, &mut each),
            'A'..='Z' => word.letter(c.to_ascii_lowercase(), &mut each),
            // `don't` is one word, and so is `dont`.
            '\'' | '\u{2019}' => true,
            c if c.is_ascii() => word.end(&mut each),
            c if is_unparted(c) => word.unparted(c, &mut each),
            c if c.is_alphanumeric() || is_combining_mark(c) => word.fold(c, &mut each),
            _ => word.end(&mut each),
        };
        if !more {
            return;
        }
    }
    word.end(&mut each);
}

/// Scripts that are written without spaces, or (Hangul) with endings stuck to the words.
fn is_unparted(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// The word under way.
#[derive(Default)]
struct Folded {
    letters: String,
    /// The last character of a run without spaces, and whether it stands in a pair already.
    last: Option<(char, bool)>,
}

impl Folded {
    fn letter(&mut self, c: char, each: &mut impl FnMut(&str) -> bool) -> bool {
        let more = self.last.is_none() || self.end(each);
        self.letters.push(c);
        more
    }

    /// A letter beyond ASCII: without its accent, and in small.
    fn fold(&mut self, c: char, each: &mut impl FnMut(&str) -> bool) -> bool {
        let more = self.last.is_none() || self.end(each);
        let bare = std::iter::once(c).nfkd().filter(|c| !matches!(u32::from(*c), 0x300..=0x36F));
        self.letters.extend(bare.flat_map(char::to_lowercase));
        more
    }

    /// Characters of a run without spaces count in pairs.
    fn unparted(&mut self, c: char, each: &mut impl FnMut(&str) -> bool) -> bool {
        let mut more = self.letters.is_empty() || self.end(each);
        if let Some((before, _)) = self.last {
            let mut pair = String::with_capacity(8);
            pair.extend([before, c]);
            more &= each(&pair);
        }
        self.last = Some((c, self.last.is_some()));
        more
    }

    fn end(&mut self, each: &mut impl FnMut(&str) -> bool) -> bool {
        let mut more = true;
        if let Some((c, false)) = self.last.take() {
            more = each(c.encode_utf8(&mut [0; 4]));
        }
        if !self.letters.is_empty() {
            singular(&mut self.letters);
            more &= each(&self.letters);
            self.letters.clear();
        }
        more
    }
}

/// `nurses` as `nurse`, `policies` as `policy`: the one ending that is worth folding in every language that has it.
fn singular(word: &mut String) {
    let length = word.len();
    if !word.ends_with('s') || length <= 3 || !word.is_ascii() {
        return;
    }
    if length > 4 && word.ends_with("ies") {
        word.truncate(length - 3);
        word.push('y');
    } else if !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        word.truncate(length - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        words(text, |word| {
            out.push(word.to_string());
            true
        });
        out
    }

    #[test]
    fn words_read_the_same_whatever_their_case_accents_and_number() {
        assert_eq!(of("Télémédecine, TELEMEDECINE's; don’t"), ["telemedecine", "telemedecine", "dont"]);
        assert_eq!(
            of("Nurses policies access virus analysis bus gas"),
            ["nurse", "policy", "access", "virus", "analysis", "bus", "gas"]
        );
        assert_eq!(of("human-centered_design (508)"), ["human", "centered", "design", "508"]);
        assert_eq!(of("Пища ἄνθρωπος"), ["пища", "ανθρωπος"]);
    }

    #[test]
    fn what_is_written_without_spaces_reads_in_pairs() {
        assert_eq!(of("看護師 AI 薬"), ["看護", "護師", "ai", "薬"]);
        assert_eq!(of("care看護"), ["care", "看護"]);
        assert_eq!(of("원격 진료"), ["원격", "진료"]);
    }

    #[test]
    fn a_vowel_sign_is_part_of_its_word() {
        assert_eq!(of("की हिन्दी"), ["की", "हिन्दी"]);
    }

    #[test]
    fn rubbish_has_an_end() {
        assert!(of("\u{0}\u{1}\u{fffd}\u{202e}").is_empty());
        assert_eq!(numbered(&"x ".repeat(50_000), 10).len(), 10);
    }
}
