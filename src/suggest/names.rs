//! Topics or offerings as numbers, and which of them go together.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::labels::Labels;
use crate::profile::template::label;

/// The name's number. There are no more than 65,535; what comes after is not learned.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<Arc<str>, u16>,
    names: Vec<Arc<str>>,
    pub(super) labels: Labels,
}

impl Names {
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn name(&self, number: u16) -> &Arc<str> {
        &self.names[usize::from(number)]
    }

    pub(super) fn number(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }

    /// The numbers of those that are known, each once.
    pub(super) fn numbers<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Vec<u16> {
        let mut numbers: Vec<u16> = names.into_iter().filter_map(|name| self.number(name)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Takes a name in; whether it is new.
    pub(super) fn add(&mut self, name: &str) -> bool {
        let Ok(number) = u16::try_from(self.names.len()) else { return false };
        if name.trim().is_empty() || self.numbers.contains_key(name) {
            return false;
        }
        let shared: Arc<str> = name.into();
        self.numbers.insert(shared.clone(), number);
        self.names.push(shared);
        self.labels.add(label(name));
        true
    }

    /// Another word for one that is known.
    pub(super) fn add_alias(&mut self, name: &str, alias: &str) {
        if let Some(number) = self.number(name) {
            self.labels.add_alias(number, alias);
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.names.iter().map(|name| name.len() + 80).sum::<usize>() + self.labels.bytes()
    }
}

/// What stands beside one is looked at, and pairs are counted of one item, up to so many.
const MOST_BESIDE: usize = 64;
const MOST_PAIRS: usize = MOST_BESIDE * MOST_BESIDE;

/// In how many items one stands beside another.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs(HashMap<(u16, u16), u32, FixedState>);

impl Pairs {
    /// Counts what an item carries, or takes it back. One that carries nearly everything says nothing of what goes together.
    pub(super) fn count(&mut self, left: &[u16], right: &[u16], add: bool) {
        if left.len() * right.len() > MOST_PAIRS {
            return;
        }
        for pair in left.iter().flat_map(|a| right.iter().map(|b| (*a, *b))) {
            let count = self.0.entry(pair).or_default();
            *count = if add { *count + 1 } else { count.saturating_sub(1) };
            if *count == 0 {
                self.0.remove(&pair);
            }
        }
    }

    pub(super) fn of(&self, left: u16, right: u16) -> u32 {
        self.0.get(&(left, right)).copied().unwrap_or(0)
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.capacity() * 9
    }
}

/// How much oftener `one` stands with `others` than anywhere, as a logarithm; 0 where nothing is known.
pub(super) fn together(pairs: &Pairs, one: u16, share: f32, others: &[u16], items: impl Fn(u16) -> u32) -> f32 {
    let of = |other: &u16| {
        let both = pairs.of(*other, one) as f32;
        ((both + 3.0 * share) / (items(*other) as f32 + 3.0) / share).ln()
    };
    others.iter().take(MOST_BESIDE).filter(|other| **other != one).map(of).sum::<f32>().clamp(-3.0, 3.0)
}
