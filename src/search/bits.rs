//! A set of items as bits.

use crate::library::ItemId;

#[derive(Clone, Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// An empty set for items below `len`.
    pub(super) fn new(len: usize) -> Bits {
        Bits(vec![0; len.div_ceil(64)])
    }

    /// The set of these items; those not below `len` are left out.
    pub(super) fn of<'i>(len: usize, items: impl IntoIterator<Item = &'i ItemId>) -> Bits {
        let mut bits = Bits::new(len);
        items.into_iter().for_each(|id| bits.add(*id));
        bits
    }

    pub(super) fn add(&mut self, id: ItemId) {
        if let Some(word) = self.0.get_mut(id.0 as usize / 64) {
            *word |= 1 << (id.0 % 64);
        }
    }

    pub(super) fn has(&self, id: ItemId) -> bool {
        self.0.get(id.0 as usize / 64).is_some_and(|word| word >> (id.0 % 64) & 1 == 1)
    }
}
