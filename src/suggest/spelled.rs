//! Words of an item as a person reads them: a reason shows no folded word, no number, and nothing of two letters.
//!
//! Here: which word of the text a feature is. Not here: which of them tell something of a topic (`ask`).

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use super::features::{Feature, feature};
use super::item::ItemText;
use super::why::Why;
use super::words::{number, words};

/// Words given as a reason, and the bytes that such a word has at least.
const WORDS: usize = 3;
const LONG: usize = 3;

/// Whether a character that is no letter belongs to the word it stands in.
fn is_within(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}') || is_combining_mark(c)
}

/// A word in small letters, as it stands within a sentence; an abbreviation stays one.
fn in_small(word: &str) -> String {
    match word.chars().filter(|c| c.is_uppercase()).nth(1) {
        Some(_) => word.to_string(),
        None => word.to_lowercase(),
    }
}

/// The words of an item as they are spelled, looked for only when a reason needs them.
pub(super) struct Spelled<'i> {
    item: &'i ItemText,
    words: Option<HashMap<Feature, String>>,
}

impl<'i> Spelled<'i> {
    pub(super) fn new(item: &'i ItemText) -> Spelled<'i> {
        Spelled { item, words: None }
    }

    /// The first of these words that a person is told.
    pub(super) fn words(&mut self, features: &[Feature]) -> Option<Why> {
        let item = self.item;
        let known = self.words.get_or_insert_with(|| {
            let mut known = HashMap::new();
            let texts = [&item.title, &item.summary, &item.body];
            for written in
                texts.into_iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && !is_within(c)))
            {
                let mut spell = |word: &str, spelled: &str| {
                    if spelled.len() >= LONG && spelled.contains(char::is_alphabetic) {
                        known.entry(feature(number(word))).or_insert_with(|| spelled.to_string());
                    }
                };
                let mut found = Vec::new();
                words(written, |word| {
                    found.push(word.to_string());
                    true
                });
                match found.as_slice() {
                    [word] => spell(word, &in_small(written)),
                    // Without spaces, or with a part in another script: as it was taken apart.
                    parts => parts.iter().for_each(|part| spell(part, part)),
                }
            }
            known
        });
        let words: Vec<String> =
            features.iter().filter_map(|feature| known.get(feature).cloned()).take(WORDS).collect();
        (!words.is_empty()).then_some(Why::Words(words))
    }
}
