//! How much of something, and its number, as one number that sorts.
//!
//! Comparing such numbers takes no look at anything else, and no branch: so the few with the most are found fast among thousands. The
//! order never depends on how they were found, for of equal ones the lower number comes first.

/// The one with more comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(u64);

impl Rank {
    pub(super) fn of(much: f32, number: u32) -> Rank {
        Rank(u64::from(!in_order(much.to_bits())) << 32 | u64::from(number))
    }

    pub(super) fn number(self) -> u32 {
        self.0 as u32
    }

    pub(super) fn much(self) -> f32 {
        let bits = !(self.0 >> 32) as u32;
        f32::from_bits(if bits >> 31 == 1 { bits & !(1 << 31) } else { !bits })
    }
}

/// The bits of a float so that they sort as it does: those below nothing the other way round, and before all others.
fn in_order(bits: u32) -> u32 {
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}

/// Keeps the first so many, in no order.
pub(super) fn keep_first(ranks: &mut Vec<Rank>, count: usize) {
    if ranks.len() > count {
        ranks.select_nth_unstable(count);
        ranks.truncate(count);
    }
}

/// The first so many, in order.
pub(super) fn first(mut ranks: Vec<Rank>, count: usize) -> Vec<Rank> {
    keep_first(&mut ranks, count);
    ranks.sort_unstable();
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_comes_first_and_of_equal_ones_the_lower_number() {
        let much = [0.5, -3.0, 0.5, 7.25, 0.0, -0.25];
        let ranks: Vec<Rank> = (0..).zip(much).map(|(number, much)| Rank::of(much, number)).collect();
        let numbers = |ranks: Vec<Rank>| -> Vec<u32> { ranks.into_iter().map(Rank::number).collect() };
        assert_eq!(numbers(first(ranks.clone(), 9)), [3, 0, 2, 4, 5, 1]);
        assert_eq!(numbers(first(ranks.clone(), 2)), [3, 0]);
        assert!(ranks.iter().zip(much).all(|(rank, much)| rank.much().to_bits() == much.to_bits()));
    }
}
