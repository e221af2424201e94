//! An item as its weightiest words: hashed TF-IDF, of length one, and packed.
//!
//! Here: how common each word is, the weights, and two bytes a word to keep them in. Not here: what the weights are compared with
//! (`near`, `table`).

use super::rank::{Rank, keep_first};
use super::words::{Text, Word};

/// Numbers that words are hashed to.
pub(super) const FEATURES: usize = 1 << 16;

/// Words of an item that count: its weightiest. More of them made every signal worse, and fewer lost rare subjects.
pub(super) const MOST: usize = 120;

/// The same of title and summary.
const MOST_OF_HEAD: usize = 48;

/// How often a word counts by where it stands: title, summary, body.
const PARTS: [u32; 3] = [2, 1, 1];

/// Steps that a weight is kept in.
const STEPS: u32 = 15;

/// A word's number among the features.
pub(super) type Feature = u16;

/// The weights of an item's weightiest words, by feature, of length one.
pub(super) type Vector = Vec<(Feature, f32)>;

/// The same of an item twice: of all its words, and of its title and summary alone, where two words that stand together count as well.
#[derive(Clone, Debug, Default)]
pub(super) struct Both<T> {
    pub(super) all: T,
    pub(super) head: T,
}

pub(super) fn feature(word: Word) -> Feature {
    (word & (FEATURES as u32 - 1)) as Feature
}

/// Two words that stand together as one.
fn pair(words: &[Word]) -> Word {
    words.iter().fold(0, |both: Word, word| (both ^ word).wrapping_mul(0x9E37_79B1)) >> 8
}

impl Both<Counts> {
    pub(super) fn of(text: &Text) -> Both<Counts> {
        Both { all: Counts::of(text), head: Counts::of_head(text) }
    }

    pub(super) fn packed(&self, common: &Both<Common>) -> Both<Packed> {
        Both { all: self.all.packed(&common.all, MOST), head: self.head.packed(&common.head, MOST_OF_HEAD) }
    }
}

impl Both<Common> {
    /// One text more.
    pub(super) fn count(&mut self, counts: &Both<Counts>) {
        self.all.count(&counts.all);
        self.head.count(&counts.head);
    }
}

impl Both<Words<'_>> {
    pub(super) fn vectors(&self) -> Both<Vector> {
        Both { all: self.all.vector(), head: self.head.vector() }
    }
}

impl Both<Packed> {
    pub(super) fn words(&self) -> Both<Words<'_>> {
        Both { all: self.all.words(), head: self.head.words() }
    }
}

/// How many texts there were, and in how many of them each word stood.
#[derive(Clone, Debug)]
pub(super) struct Common {
    texts: u32,
    with: Vec<u32>,
}

impl Default for Common {
    fn default() -> Common {
        Common { texts: 0, with: vec![0; FEATURES] }
    }
}

impl Common {
    /// One text more.
    pub(super) fn count(&mut self, counts: &Counts) {
        self.texts += 1;
        counts.0.iter().for_each(|(feature, _)| self.with[usize::from(*feature)] += 1);
    }

    /// In how many texts a word stands, and how many there are.
    pub(super) fn texts_with(&self, feature: Feature) -> (u32, u32) {
        (self.with[usize::from(feature)], self.texts)
    }

    /// How much each word says, the more the oftener it stands there: nothing where every text has it. First all of them are looked up,
    /// then all are worked out, four at a time.
    fn weights(&self, counts: &[(Feature, f32)]) -> Vec<f32> {
        let texts = self.texts as f32 + 1.0;
        let mut weights: Vec<f32> = counts.iter().map(|(feature, _)| self.with[usize::from(*feature)] as f32).collect();
        for (weight, (_, times)) in weights.iter_mut().zip(counts) {
            *weight = (1.0 + logarithm(*times)) * logarithm(texts / (*weight + 0.5)).max(0.0);
        }
        weights
    }
}

/// How often each word stands in an item, by feature.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(Vec<(Feature, f32)>);

impl Counts {
    pub(super) fn of(text: &Text) -> Counts {
        let words = text.parts().into_iter().zip(PARTS);
        let count = text.parts().map(<[Word]>::len).iter().sum();
        Counts::counted(count, words.flat_map(|(part, times)| part.iter().map(move |word| (*word, times))))
    }

    fn of_head(text: &Text) -> Counts {
        let [title, summary, _] = text.parts();
        let words = [title, summary].into_iter().zip(PARTS);
        let both = words.flat_map(|(part, times)| {
            part.iter().copied().chain(part.windows(2).map(pair)).map(move |word| (word, times))
        });
        Counts::counted(2 * (title.len() + summary.len()), both)
    }

    /// At most `count` words, and how often each of them counts.
    fn counted(count: usize, words: impl Iterator<Item = (Word, u32)>) -> Counts {
        let mut found = Vec::with_capacity(count);
        words.for_each(|(word, times)| found.push(u32::from(feature(word)) << TIMES | times));
        let found = in_order(found);
        let mut counts = Vec::with_capacity(found.len());
        for same in found.chunk_by(|a, b| a >> TIMES == b >> TIMES) {
            let times: u32 = same.iter().map(|entry| entry & ((1 << TIMES) - 1)).sum();
            counts.push(((same[0] >> TIMES) as Feature, times as f32));
        }
        Counts(counts)
    }

    /// The item as it is compared and kept: by its `most` weightiest words.
    pub(super) fn packed(&self, common: &Common, most: usize) -> Packed {
        let weights = common.weights(&self.0);
        let mut ranks = Vec::with_capacity(weights.len());
        let weighed = self.0.iter().zip(weights).filter(|(_, weight)| *weight > 0.0);
        ranks.extend(weighed.map(|((feature, _), weight)| Rank::of(weight, u32::from(*feature))));
        keep_first(&mut ranks, most);
        ranks.sort_unstable_by_key(|rank| rank.number());
        Packed::of(ranks.iter().map(|rank| (rank.number(), rank.much())))
    }
}

/// How often a word counts stands in so many bits below its feature, while words are counted.
const TIMES: u32 = 8;

/// Entries in the order of their features: dealt out by the lower half of it, then by the upper; no two are ever compared.
fn in_order(mut entries: Vec<u32>) -> Vec<u32> {
    let mut dealt = vec![0; entries.len()];
    for lower in [TIMES, TIMES + 8] {
        let half = |entry: &u32| (entry >> lower & 0xFF) as usize;
        let mut places = [0; 256];
        entries.iter().for_each(|entry| places[half(entry)] += 1);
        let mut before = 0;
        places.iter_mut().for_each(|place| before += std::mem::replace(place, before));
        for entry in &entries {
            let place = &mut places[half(entry)];
            dealt[*place] = *entry;
            *place += 1;
        }
        std::mem::swap(&mut entries, &mut dealt);
    }
    entries
}

/// An item's words spread out over all features, to be compared with many.
pub(super) struct Spread {
    /// The weight of each feature as it is packed: a byte, so that all of them stay in the processor's nearest memory.
    steps: Box<[u8; FEATURES]>,
    length: f32,
}

impl Spread {
    pub(super) fn of(words: Words<'_>) -> Spread {
        let mut steps = Box::new([0; FEATURES]);
        let mut square = 0;
        words.each(|feature, step| {
            steps[usize::from(feature)] = step as u8;
            square += step * step;
        });
        Spread { steps, length: (square as f32).sqrt() }
    }
}

/// A vector in two bytes a word: twelve bits for the step to the next feature, four for its weight's fifteenth; a number without a
/// weight only goes on. What is packed is exactly what is learned, so that it can be taken back.
#[derive(Clone, Debug, Default)]
pub(super) struct Packed(Vec<u16>);

/// The furthest step to the next feature in one number.
const FAR: u32 = 0xFFF;

impl Packed {
    /// Of features in order, with their weights.
    fn of(weights: impl ExactSizeIterator<Item = (u32, f32)> + Clone) -> Packed {
        let most = weights.clone().map(|(_, weight)| weight).fold(0.0, f32::max);
        let mut numbers = Vec::with_capacity(weights.len() + 2);
        let mut before = 0;
        for (feature, weight) in weights {
            let step = ((weight / most * STEPS as f32 + 0.5) as u32).clamp(1, STEPS);
            let mut gap = feature - before;
            before = feature;
            while gap > FAR {
                numbers.push(FAR as u16);
                gap -= FAR;
            }
            numbers.push((step << 12 | gap) as u16);
        }
        Packed(numbers)
    }

    pub(super) fn words(&self) -> Words<'_> {
        Words(&self.0)
    }
}

/// A packed vector, wherever it is kept.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words<'p>(pub(super) &'p [u16]);

impl Words<'_> {
    /// The weights again, of length one.
    pub(super) fn vector(self) -> Vector {
        let mut vector = Vec::with_capacity(self.0.len());
        self.each(|feature, step| {
            if step > 0 {
                vector.push((feature, step as f32));
            }
        });
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        vector
    }

    /// The heaviest, the heaviest first: dealt out by the few steps that there are.
    pub(super) fn heaviest(self, count: usize) -> Vector {
        let (mut places, mut square) = ([0; STEPS as usize + 1], 0);
        self.each(|_, step| {
            places[step as usize] += 1;
            square += step * step;
        });
        let mut before = 0;
        places[1..].iter_mut().rev().for_each(|place| before += std::mem::replace(place, before));
        let length = (square as f32).sqrt();
        let mut heaviest = vec![(0, 0.0); before];
        self.each(|feature, step| {
            if step > 0 {
                let place = &mut places[step as usize];
                heaviest[*place] = (feature, step as f32 / length);
                *place += 1;
            }
        });
        heaviest.truncate(count);
        heaviest
    }

    /// How near it is to another: the cosine, 0 to 1.
    pub(super) fn near(self, spread: &Spread) -> f32 {
        let (mut dot, mut square) = (0, 0);
        self.each(|feature, step| {
            dot += step * u32::from(spread.steps[usize::from(feature)]);
            square += step * step;
        });
        if dot > 0 { dot as f32 / ((square as f32).sqrt() * spread.length) } else { 0.0 }
    }

    /// Each feature with its weight as it is packed; a weight of nothing is one of those that only go on.
    fn each(self, mut each: impl FnMut(Feature, u32)) {
        let mut feature = 0_u32;
        for number in self.0 {
            feature += u32::from(*number) & FAR;
            each(feature as Feature, u32::from(number >> 12));
        }
    }
}

/// A natural logarithm to a thousandth, several times faster than the exact one: it is asked ten thousand times a text.
pub(super) fn logarithm(x: f32) -> f32 {
    let bits = x.to_bits();
    let exponent = (bits >> 23) as i32 - 127;
    let m = f32::from_bits((bits & 0x007F_FFFF) | 0x3F80_0000);
    let of_m = -1.741_793_9 + (2.821_202_6 + (-1.469_956_8 + (0.447_179_55 - 0.056_570_85 * m) * m) * m) * m;
    of_m + exponent as f32 * std::f32::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_vector_is_nearest_to_itself_and_has_length_one() {
        let mut common = Common::default();
        let texts = ["virtual care at home", "virtual reality in surgery", "home care nurse staff schedule"];
        let counts: Vec<Counts> = texts.iter().map(|text| Counts::of(&Text::of(text, "", text))).collect();
        counts.iter().for_each(|counts| common.count(counts));
        let packed: Vec<Packed> = counts.iter().map(|counts| counts.packed(&common, MOST)).collect();
        for (at, one) in packed.iter().enumerate() {
            let vector = one.words().vector();
            let length: f32 = vector.iter().map(|(_, w)| w * w).sum();
            assert!((length - 1.0).abs() < 1e-5, "{length}");
            let spread = Spread::of(one.words());
            assert!((one.words().near(&spread) - 1.0).abs() < 1e-5);
            assert!(packed.iter().enumerate().all(|(other, p)| other == at || p.words().near(&spread) < 0.9));
        }
    }

    #[test]
    fn words_are_counted_in_the_order_of_their_features_those_of_the_title_twice() {
        let body: Vec<String> = (0..2_000).map(|n| format!("word{}", n * n % 700)).collect();
        let text = Text::of("word1 other", "other", &body.join(" "));
        let mut counted = std::collections::BTreeMap::<Feature, f32>::new();
        for (part, times) in text.parts().into_iter().zip([2.0, 1.0, 1.0]) {
            part.iter().for_each(|word| *counted.entry(feature(*word)).or_default() += times);
        }
        assert_eq!(Counts::of(&text).0, counted.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn only_the_weightiest_words_are_kept_in_two_bytes_each() {
        let body: String = (0..5_000).map(|n| format!("word{n} ")).collect();
        let counts = Counts::of(&Text::of("", "", &body));
        let mut common = Common::default();
        common.count(&Counts::of(&Text::of("", "", "another text")));
        let packed = counts.packed(&common, MOST);
        assert_eq!(packed.words().vector().len(), MOST);
        assert!(packed.0.len() <= MOST + FEATURES / FAR as usize, "{}", packed.0.len());
    }

    #[test]
    fn words_that_stand_far_apart_come_back_where_they_were() {
        let weights = [(0, 1.0), (4_095, 0.2), (8_191, 1.0), (65_535, 0.5)];
        let back: Vec<Feature> =
            Packed::of(weights.into_iter()).words().vector().into_iter().map(|(feature, _)| feature).collect();
        assert_eq!(back, [0, 4_095, 8_191, 65_535]);
    }

    #[test]
    fn an_empty_text_is_an_empty_vector() {
        let packed = Counts::of(&Text::of("", "", "")).packed(&Common::default(), MOST);
        assert!(packed.words().vector().is_empty());
        assert!(packed.words().near(&Spread::of(packed.words())).abs() < f32::EPSILON);
    }

    #[test]
    fn the_fast_logarithm_is_true_to_a_hundredth() {
        for x in [1e-4_f32, 0.03, 0.5, 1.0, 1.5, 2.0, 99.0, 1e6] {
            assert!((logarithm(x) - x.ln()).abs() < 0.01, "{x}: {} {}", logarithm(x), x.ln());
        }
    }
}
