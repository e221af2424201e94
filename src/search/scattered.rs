//! Letters that do not stand in one piece: where they may lie.
//!
//! Anywhere would let `care` match most titles of some length. They match where each letter follows the one before it or begins a word
//! (`vcare` in "virtual care"), or where all lie in one word from its first letter on (`nrsng` in "nursing"). Both hold for the
//! beginning of a needle wherever they hold for the whole, so that a query that grows only ever finds less.
//!
//! Both are followed at once, a bit for each letter of the needle: one pass over the text, a few operations a character.

use nucleo_matcher::Utf32Str;

/// Longer needles are found in one piece only.
const LONGEST: usize = 64;

/// A needle made ready: for each ASCII character the places in the needle where it stands.
#[derive(Clone, Debug)]
pub(super) struct Scattered {
    ascii: Box<[u64; 128]>,
    /// The needle's other characters.
    others: Vec<(char, u64)>,
    /// The bit of the last letter.
    last: u64,
}

impl Scattered {
    /// For a needle as it is compared; `fold` is how a character of the text is.
    pub(super) fn of(needle: &[char], fold: impl Fn(char) -> char) -> Option<Scattered> {
        if needle.is_empty() || needle.len() > LONGEST {
            return None;
        }
        let places = |c: char| needle.iter().enumerate().fold(0, |all, (at, n)| all | (u64::from(*n == c) << at));
        let mut ascii = Box::new([0; 128]);
        for byte in 0..128u8 {
            ascii[byte as usize] = places(fold(byte as char));
        }
        let others = needle.iter().filter(|c| !c.is_ascii()).map(|c| (*c, places(*c))).collect();
        Some(Scattered { ascii, others, last: 1 << (needle.len() - 1) })
    }

    fn places(&self, c: char) -> u64 {
        match c.is_ascii() {
            true => self.ascii[c as usize],
            false => self.others.iter().find(|(other, _)| *other == c).map_or(0, |(_, places)| *places),
        }
    }

    /// Whether the letters lie so in a text.
    pub(super) fn is_in(&self, text: Utf32Str, fold: impl Fn(char) -> char) -> bool {
        match text {
            Utf32Str::Ascii(bytes) => {
                self.follow(bytes.iter().map(|byte| (self.ascii[(*byte & 127) as usize], byte.is_ascii_alphanumeric())))
            }
            Utf32Str::Unicode(chars) => self.follow(chars.iter().map(|c| (self.places(fold(*c)), c.is_alphanumeric()))),
        }
    }

    /// Over the characters, each as its places in the needle and whether it is part of a word.
    fn follow(&self, text: impl Iterator<Item = (u64, bool)>) -> bool {
        // How far the needle has come: at the character before; anywhere before; within this word.
        let (mut here, mut before, mut word) = (0u64, 0u64, 0u64);
        let mut in_word = false;
        for (places, is_word) in text {
            let begins = is_word && !in_word;
            let ways = (here << 1) | if begins { (before << 1) | 1 } else { 0 };
            here = ways & places;
            before |= here;
            word = match (is_word, begins) {
                (false, _) => 0,
                (true, true) => places & 1,
                (true, false) => word | ((word << 1) & places),
            };
            in_word = is_word;
            if (before | word) & self.last != 0 {
                return true;
            }
        }
        false
    }
}
