//! A small seeded generator (splitmix64): the same item whatever else is asked for, on any machine.

/// A stream of numbers.
pub(super) struct Chance(u64);

impl Chance {
    /// The stream that belongs to one item.
    pub fn of(item: usize) -> Chance {
        let mut chance = Chance((item as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed_c0de_ca5e_b00c);
        chance.next();
        chance
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// True `percent` times in a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`.
    pub fn one<'c, T: ?Sized>(&mut self, choices: &[&'c T]) -> &'c T {
        choices[self.below(choices.len())]
    }
}
