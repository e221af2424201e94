//! The items nearest to a text.
//!
//! Here: a posting list of each item's weightiest words finds those worth looking at, and their whole vectors say how near they are:
//! a hundredth of a second at a hundred thousand items. Not here: what the nearest carry (`signals`).

use super::ahead::fetch;
use super::features::{FEATURES, Feature, Spread, Words};
use super::rank::{Rank, first, keep_first};

/// Items that count as the nearest.
pub(super) const NEAREST: usize = 20;

/// The weightiest words of an item that it is found by, and of a text that is looked for.
const FOUND_BY: usize = 24;
const LOOKED_FOR: usize = 40;

/// Items whose whole vectors are compared.
const LOOKED_AT: usize = 80;

/// So many features share a list: lists by themselves would take more than what stands in them.
const SHARED: usize = 4;

/// Numbers of items fit into so many bits beside a weight of four and which of the features it is.
pub(super) const MOST_ITEMS: usize = 1 << 26;

/// Items by their weightiest words.
#[derive(Clone, Debug)]
pub(super) struct Near {
    /// For each four features: an item's number, which of the four, and the weight's sixteenth.
    with: Vec<Vec<u32>>,
}

impl Default for Near {
    fn default() -> Near {
        Near { with: vec![Vec::new(); FEATURES / SHARED] }
    }
}

/// A feature's list, and what its entries there hold beside item and weight.
fn list(feature: Feature) -> (usize, u32) {
    let (list, which) = (usize::from(feature) / SHARED, usize::from(feature) % SHARED);
    (list, (which as u32) << 4)
}

impl Near {
    pub(super) fn add(&mut self, item: usize, words: Words<'_>) {
        for (feature, weight) in words.heaviest(FOUND_BY) {
            let sixteenth = (weight * 16.0) as u32;
            let (list, which) = list(feature);
            let with = &mut self.with[list];
            if with.len() == with.capacity() {
                with.reserve_exact(with.len() / 8 + 2);
            }
            with.push((item as u32) << 6 | which | sixteenth.min(15));
        }
    }

    pub(super) fn remove(&mut self, item: usize, words: Words<'_>) {
        for (feature, _) in words.heaviest(FOUND_BY) {
            self.with[list(feature).0].retain(|entry| (entry >> 6) as usize != item);
        }
    }

    /// The nearest items and how near they are, the nearest first. `packed` gives an item's words.
    pub(super) fn nearest<'p>(
        &self,
        words: Words<'_>,
        items: usize,
        packed: impl Fn(usize) -> Words<'p>,
    ) -> Vec<(usize, f32)> {
        let mut shared = vec![0.0_f32; items];
        let mut met: Vec<u32> = Vec::new();
        let looked_for = words.heaviest(LOOKED_FOR);
        fetch(looked_for.iter().map(|(feature, _)| self.with[list(*feature).0].as_slice()), |entry| *entry as u16);
        for (feature, weight) in looked_for {
            let (list, which) = list(feature);
            for entry in self.with[list].iter().filter(|entry| *entry & 0x30 == which) {
                let sum = &mut shared[(entry >> 6) as usize];
                if *sum == 0.0 {
                    met.push(entry >> 6);
                }
                *sum += weight * ((entry & 15) as f32 + 0.5);
            }
        }
        let mut met: Vec<Rank> = met.into_iter().map(|item| Rank::of(shared[item as usize], item)).collect();
        keep_first(&mut met, LOOKED_AT);
        let looked_at: Vec<_> = met.into_iter().map(|met| (met.number(), packed(met.number() as usize))).collect();
        fetch(looked_at.iter().map(|(_, words)| words.0), |number| *number);
        let spread = Spread::of(words);
        let near = looked_at.into_iter().map(|(item, words)| Rank::of(words.near(&spread), item)).collect();
        first(near, NEAREST).into_iter().map(|near| (near.number() as usize, near.much())).collect()
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.with.capacity() * size_of::<Vec<u32>>() + self.with.iter().map(|with| with.capacity() * 4).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::super::features::{Common, Counts, MOST, Packed};
    use super::super::words::Text;
    use super::*;

    #[test]
    fn the_nearest_come_first_and_what_is_removed_is_not_among_them() {
        let texts =
            ["virtual care at home", "virtual care visits at home by video", "staff schedule of nurses", "x y z"];
        let counts: Vec<Counts> = texts.iter().map(|text| Counts::of(&Text::of(text, "", ""))).collect();
        let mut common = Common::default();
        counts.iter().for_each(|counts| common.count(counts));
        let packed: Vec<Packed> = counts.iter().map(|counts| counts.packed(&common, MOST)).collect();
        let mut near = Near::default();
        packed.iter().enumerate().for_each(|(item, packed)| near.add(item, packed.words()));
        let asked = Counts::of(&Text::of("care at home", "", "")).packed(&common, MOST);
        let found = |near: &Near| -> Vec<usize> {
            near.nearest(asked.words(), packed.len(), |item| packed[item].words())
                .into_iter()
                .map(|(item, _)| item)
                .collect()
        };
        assert_eq!(found(&near), [0, 1]);
        near.remove(0, packed[0].words());
        assert_eq!(found(&near), [1]);
    }
}
