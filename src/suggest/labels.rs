//! Names that stand in a text: whole, or some of their words.
//!
//! Here: every name by its words, so that a text is looked through once, however many names there are. Not here: what being named is
//! worth (`blend`).

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::features::{FEATURES, feature};
use super::words::{Text, Word, number, numbered, words};

/// Words of a label that are looked for.
const LABEL_WORDS: usize = 16;

/// Bytes of a word from which on it counts by itself: `of`, `to` and the like say nothing (a pair of characters without spaces does).
const LONG: usize = 3;

/// How much it says where single words of a label stand in title, summary, body.
const SOME: [f32; 3] = [1.0, 0.6, 0.3];

/// Where a label stands in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Named {
    pub(super) title: bool,
    pub(super) summary: bool,
    /// How often in the body.
    pub(super) times: u16,
    /// The share of its words that stand anywhere, 0 to 1.9.
    pub(super) some: f32,
    /// The label that stands there, where it is another word for the first.
    alias: Option<u16>,
}

/// The words of many labels, and of other words for the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    /// The words of each in order.
    labels: Vec<Box<[Word]>>,
    /// What each is a label of, and how it is written where it is another word for the first.
    of: Vec<(u16, Option<Box<str>>)>,
    count: u16,
    /// How many long words each has.
    long: Vec<u16>,
    /// Which labels have a word, and whether it is a long one.
    with: HashMap<Word, Vec<(u16, bool)>, FixedState>,
    sieve: Sieve,
}

/// Holds back nearly all words that no label has, before any of them is looked up.
#[derive(Clone, Debug)]
struct Sieve(Vec<u64>);

impl Default for Sieve {
    fn default() -> Sieve {
        Sieve(vec![0; FEATURES / 64])
    }
}

impl Sieve {
    fn add(&mut self, word: Word) {
        let feature = feature(word);
        self.0[usize::from(feature / 64)] |= 1 << (feature % 64);
    }

    fn lets_through(&self, word: Word) -> bool {
        let feature = feature(word);
        self.0[usize::from(feature / 64)] >> (feature % 64) & 1 == 1
    }
}

impl Labels {
    /// One thing more, by its label; they are numbered from 0.
    pub(super) fn add(&mut self, label: &str) {
        self.of.push((self.count, None));
        self.count = self.count.saturating_add(1);
        self.put(label);
    }

    /// Another word for one of them.
    pub(super) fn add_alias(&mut self, of: u16, alias: &str) {
        if !alias.trim().is_empty() && self.labels.len() < usize::from(u16::MAX) {
            self.of.push((of, Some(alias.trim().into())));
            self.put(alias);
        }
    }

    /// The other word by which something is named in a text.
    pub(super) fn alias(&self, named: &Named) -> Option<&str> {
        self.of[usize::from(named.alias?)].1.as_deref()
    }

    fn put(&mut self, label: &str) {
        let at = u16::try_from(self.labels.len()).unwrap_or(u16::MAX);
        let mut distinct: Vec<(Word, bool)> = Vec::new();
        words(label, |word| {
            distinct.push((number(word), word.len() >= LONG));
            distinct.len() < LABEL_WORDS
        });
        distinct.sort_unstable();
        distinct.dedup_by_key(|(word, _)| *word);
        self.long.push(distinct.iter().filter(|(_, long)| *long).count() as u16);
        for (word, long) in &distinct {
            self.sieve.add(*word);
            self.with.entry(*word).or_default().push((at, *long));
        }
        self.labels.push(numbered(label, LABEL_WORDS).into());
    }

    /// Where each of them is named in a text: the best of its labels counts.
    pub(super) fn named(&self, text: &Text) -> Vec<Named> {
        let labels = self.labels_in(text);
        if labels.len() == usize::from(self.count) {
            return labels;
        }
        let mut named = vec![Named::default(); usize::from(self.count)];
        for (label, (at, found)) in (0..).zip(self.of.iter().zip(labels)) {
            let (named, alias) = (&mut named[usize::from(at.0)], at.1.is_some());
            let whole = |named: &Named| named.title || named.summary || named.times > 0;
            if alias && whole(&found) && !whole(named) {
                named.alias = Some(label);
            }
            named.title |= found.title;
            named.summary |= found.summary;
            named.times = named.times.max(found.times);
            named.some = named.some.max(found.some);
        }
        named
    }

    fn labels_in(&self, text: &Text) -> Vec<Named> {
        let mut named = vec![Named::default(); self.labels.len()];
        let mut found: HashMap<u16, (u16, u16), FixedState> = HashMap::default();
        for (part, words) in text.parts().into_iter().enumerate() {
            found.clear();
            let mut distinct: Vec<Word> = words.iter().copied().filter(|word| self.sieve.lets_through(*word)).collect();
            distinct.sort_unstable();
            distinct.dedup();
            for (label, long) in distinct.iter().filter_map(|word| self.with.get(word)).flatten() {
                let (all, longs) = found.entry(*label).or_default();
                *all += 1;
                *longs += u16::from(*long);
            }
            for (label, (all, longs)) in &found {
                let at = usize::from(*label);
                named[at].some += SOME[part] * f32::from(*longs) / f32::from(self.long[at].max(1));
                self.whole(at, usize::from(*all), part, words, &mut named[at]);
            }
        }
        named
    }

    /// Looks for the label as it is written, where all its words are there.
    fn whole(&self, at: usize, found: usize, part: usize, words: &[Word], named: &mut Named) {
        let label = &*self.labels[at];
        // A word that stands twice in the label was counted once.
        if found > label.len() || (found < label.len() && distinct(label) != found) {
            return;
        }
        let times = match label {
            [word] => words.iter().filter(|w| *w == word).count(),
            _ => words.windows(label.len()).filter(|window| *window == label).count(),
        };
        match part {
            0 => named.title = times > 0,
            1 => named.summary = times > 0,
            _ => named.times = times.min(usize::from(u16::MAX)) as u16,
        }
    }

    /// Bytes it takes, about.
    pub(super) fn bytes(&self) -> usize {
        let words: usize = self.labels.iter().map(|words| 32 + words.len() * 4).sum();
        words + FEATURES / 8 + self.with.values().map(|with| 48 + with.capacity() * 4).sum::<usize>()
    }
}

fn distinct(words: &[Word]) -> usize {
    (0..words.len()).filter(|at| !words[..*at].contains(&words[*at])).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(labels: &[&str], title: &str, summary: &str, body: &str) -> Vec<Named> {
        let mut all = Labels::default();
        labels.iter().for_each(|label| all.add(label));
        all.named(&Text::of(title, summary, body))
    }

    #[test]
    fn a_label_is_found_whatever_its_case_number_and_hyphens() {
        let found = named(&["Virtual Care", "open-data", "Café"], "VIRTUAL care", "open data!", "the cafes, a cafe");
        assert!(found[0].title && !found[0].summary && found[0].times == 0);
        assert!(found[1].summary && !found[1].title);
        assert_eq!(found[2].times, 2);
    }

    #[test]
    fn another_word_for_it_names_it_too() {
        let mut all = Labels::default();
        all.add("Virtual Care");
        all.add_alias(0, "Telehealth");
        all.add_alias(0, " ");
        all.add("Nursing");
        let named = all.named(&Text::of("Telehealth for all", "", "nursing"));
        assert_eq!((named.len(), named[0].title, all.alias(&named[0])), (2, true, Some("Telehealth")));
        assert_eq!((named[1].times, all.alias(&named[1])), (1, None));
        let named = all.named(&Text::of("Virtual care as telehealth", "", ""));
        assert_eq!((named[0].title, all.alias(&named[0])), (true, None));
    }

    #[test]
    fn its_words_apart_are_a_part_of_it_only() {
        let found = named(&["Virtual Care"], "care, all virtual", "", "");
        assert!(!found[0].title);
        assert!((found[0].some - 1.0).abs() < 1e-6);
        let found = named(&["State of Care"], "", "of care", "");
        assert!((found[0].some - 0.3).abs() < 1e-6);
    }

    #[test]
    fn a_word_twice_in_a_label_and_a_label_without_words_do_no_harm() {
        let found = named(&["Time after time", "***", "時間"], "time after time", "", "時間管理");
        assert!(found[0].title);
        assert_eq!(found[1], Named::default());
        assert_eq!(found[2].times, 1);
    }
}
