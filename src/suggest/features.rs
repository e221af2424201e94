//! An item as its weightiest words: hashed TF-IDF, of length one, and packed.
//!
//! Here: how common each word is, the weights, and two bytes a word to keep them in. Not here: what the weights are compared with
//! (`near`, `table`).

use std::collections::HashMap;

use super::words::{Text, Word};

/// Numbers that words are hashed to.
pub(super) const FEATURES: usize = 1 << 16;

/// Words of an item that count: its weightiest. More of them made every signal worse, and fewer lost rare subjects.
pub(super) const MOST: usize = 120;

/// How often a word counts by where it stands: title, summary, body.
const PARTS: [f32; 3] = [2.0, 1.0, 1.0];

/// Steps that a weight is kept in.
const STEPS: u32 = 15;

/// A word's number among the features.
pub(super) type Feature = u16;

/// The weights of an item's weightiest words, by feature, of length one.
pub(super) type Vector = Vec<(Feature, f32)>;

pub(super) fn feature(word: Word) -> Feature {
    (word & (FEATURES as u32 - 1)) as Feature
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

    /// How much a word says: nothing where every text has it.
    fn weight(&self, feature: Feature) -> f32 {
        let with = self.with[usize::from(feature)] as f32;
        ((self.texts as f32 + 1.0) / (with + 0.5)).ln().max(0.0)
    }
}

/// How often each word stands in an item, by feature.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(Vec<(Feature, f32)>);

impl Counts {
    pub(super) fn of(text: &Text) -> Counts {
        let mut found: HashMap<Feature, f32> = HashMap::new();
        for (part, times) in text.parts().into_iter().zip(PARTS) {
            part.iter().for_each(|word| *found.entry(feature(*word)).or_default() += times);
        }
        let mut counts: Vec<(Feature, f32)> = found.into_iter().collect();
        counts.sort_unstable_by_key(|(feature, _)| *feature);
        Counts(counts)
    }

    /// The item as it is compared and kept.
    pub(super) fn packed(&self, common: &Common) -> Packed {
        let weigh = |(feature, times): &(Feature, f32)| (*feature, (1.0 + times.ln()) * common.weight(*feature));
        let mut weights: Vector = self.0.iter().map(weigh).filter(|(_, weight)| *weight > 0.0).collect();
        if weights.len() > MOST {
            let heavier = |a: &(Feature, f32), b: &(Feature, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
            weights.select_nth_unstable_by(MOST, heavier);
            weights.truncate(MOST);
            weights.sort_unstable_by_key(|(feature, _)| *feature);
        }
        Packed::of(&weights)
    }
}

/// A vector in about two bytes a word: the step to the next feature and its weight's fifteenth, as one number of seven bits a byte.
/// What is packed is exactly what is learned, so that it can be taken back.
#[derive(Clone, Debug, Default)]
pub(super) struct Packed(Box<[u8]>);

impl Packed {
    fn of(weights: &[(Feature, f32)]) -> Packed {
        let most = weights.iter().map(|(_, weight)| *weight).fold(0.0, f32::max);
        let mut bytes = Vec::with_capacity(weights.len() * 3);
        let mut before = 0;
        for (feature, weight) in weights {
            let step = ((weight / most * STEPS as f32).round() as u32).clamp(1, STEPS);
            let mut number = (u32::from(*feature) - before) * (STEPS + 1) + step;
            before = u32::from(*feature);
            while number >= 0x80 {
                bytes.push((number & 0x7F) as u8 | 0x80);
                number >>= 7;
            }
            bytes.push(number as u8);
        }
        Packed(bytes.into())
    }

    /// The weights again, of length one.
    pub(super) fn vector(&self) -> Vector {
        let mut vector = Vec::with_capacity(self.0.len() / 2);
        self.each(|feature, step| vector.push((feature, step)));
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        vector
    }

    /// How near it is to a vector spread out over all features: the cosine, 0 to 1.
    pub(super) fn near(&self, spread: &[f32]) -> f32 {
        let (mut dot, mut square) = (0.0, 0.0);
        self.each(|feature, step| {
            dot += step * spread[usize::from(feature)];
            square += step * step;
        });
        if square > 0.0 { dot / f32::sqrt(square) } else { 0.0 }
    }

    fn each(&self, mut each: impl FnMut(Feature, f32)) {
        let (mut feature, mut number, mut shift) = (0, 0_u32, 0);
        for byte in &self.0 {
            number |= u32::from(byte & 0x7F) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                feature += number / (STEPS + 1);
                each(feature as Feature, (number % (STEPS + 1)) as f32);
                (number, shift) = (0, 0);
            }
        }
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.0.len()
    }
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
        let packed: Vec<Packed> = counts.iter().map(|counts| counts.packed(&common)).collect();
        for (at, one) in packed.iter().enumerate() {
            let vector = one.vector();
            let length: f32 = vector.iter().map(|(_, w)| w * w).sum();
            assert!((length - 1.0).abs() < 1e-5, "{length}");
            let mut spread = vec![0.0; FEATURES];
            vector.iter().for_each(|(f, w)| spread[usize::from(*f)] = *w);
            assert!((one.near(&spread) - 1.0).abs() < 1e-5);
            assert!(packed.iter().enumerate().all(|(other, p)| other == at || p.near(&spread) < 0.9));
        }
    }

    #[test]
    fn only_the_weightiest_words_are_kept_in_little_more_than_two_bytes_each() {
        let body: String = (0..5_000).map(|n| format!("word{n} ")).collect();
        let counts = Counts::of(&Text::of("", "", &body));
        let mut common = Common::default();
        common.count(&Counts::of(&Text::of("", "", "another text")));
        let packed = counts.packed(&common);
        assert_eq!(packed.vector().len(), MOST);
        assert!(packed.bytes() <= MOST * 3, "{}", packed.bytes());
    }

    #[test]
    fn an_empty_text_is_an_empty_vector() {
        let packed = Counts::of(&Text::of("", "", "")).packed(&Common::default());
        assert!(packed.vector().is_empty());
        assert!(packed.near(&vec![1.0; FEATURES]).abs() < f32::EPSILON);
    }
}
