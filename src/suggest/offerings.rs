//! Offerings: what speaks for each of them, and what that is worth in this library.

use super::blend::{Blend, Trust};
use super::labels::Named;
use super::names::{Names, Pairs, together};
use super::topics::{SHOWN, label_signals, ranked, shares};
use super::words::Text;

/// What speaks for an offering, in the order of its weights.
const SIGNALS: usize = 10;
pub(super) type Signals = [f32; SIGNALS];

/// Where what goes together stands among them.
const TOGETHER: usize = 9;

/// What the signals are worth before anything was decided.
const BEGIN: Signals = [-2.5, 1.5, 1.0, 1.0, 0.5, 1.5, 1.0, 1.0, 0.5, 0.0];

/// Offerings, and everything learned about them.
#[derive(Clone, Debug)]
pub(super) struct Offerings {
    pub(super) names: Names,
    /// Items that carry each, and that carry any.
    counts: Vec<u32>,
    pub(super) items: u32,
    /// The topics that each carries itself, as last seen.
    own: Vec<Box<[u16]>>,
    pub(super) pairs: Pairs,
    /// Topics of items, with their offerings.
    shared: Pairs,
    alone: Blend<SIGNALS>,
    given: Blend<SIGNALS>,
    pub(super) trust: Trust,
}

impl Default for Offerings {
    fn default() -> Offerings {
        let mut given = BEGIN;
        given[TOGETHER] = 0.5;
        Offerings {
            names: Names::default(),
            counts: Vec::new(),
            items: 0,
            own: Vec::new(),
            pairs: Pairs::default(),
            shared: Pairs::default(),
            alone: Blend::new(BEGIN),
            given: Blend::new(given),
            trust: Trust::default(),
        }
    }
}

impl Offerings {
    /// Takes an offering in, and the topics that it carries itself.
    pub(super) fn add(&mut self, label: &str, own: Vec<u16>) {
        if self.names.add(label) {
            self.counts.push(0);
            self.own.push(Box::default());
            self.alone.add();
            self.given.add();
        }
        if let Some(number) = self.names.number(label).filter(|_| !own.is_empty()) {
            self.own[usize::from(number)] = own.into();
        }
    }

    /// How many items carry it.
    pub(super) fn count_of(&self, offering: u16) -> u32 {
        self.counts[usize::from(offering)]
    }

    fn share(&self, offering: u16) -> f32 {
        (self.count_of(offering) as f32 + 0.1) / (self.items as f32 + 1.0)
    }

    /// What speaks for each, in an item with these `topics`; `carrying` says how many items carry a topic.
    pub(super) fn signals(
        &self,
        text: &Text,
        nearest: &[(&[u16], f32)],
        topics: &[u16],
        carrying: impl Fn(u16) -> u32,
    ) -> Vec<Signals> {
        let near = shares(nearest, self.names.len());
        let named = self.names.labels.named(text);
        let of = |(offering, named): (usize, &Named)| {
            let number = offering as u16;
            let [title, summary, times, some] = label_signals(named, text.body.len());
            let share = self.share(number);
            let own = &self.own[offering];
            let shares = own.iter().filter(|topic| topics.contains(topic)).count() as f32;
            let with =
                |topic: &u16| (self.shared.of(*topic, number) as f32 + share) / (carrying(*topic) as f32 + 1.0) / share;
            let oftener = topics.iter().map(with).fold(0.0, f32::max).max(0.05).ln().clamp(-2.0, 4.0);
            let prior = 0.3 * (share / (1.0 - share.min(0.99))).ln();
            let oftener = if topics.is_empty() { 0.0 } else { oftener };
            [1.0, title, summary, times, some, near[offering].sqrt(), oftener, shares.min(2.0), prior, 0.0]
        };
        named.iter().enumerate().map(of).collect()
    }

    /// The chance of each offering, where the item has those in `known`.
    pub(super) fn chances(&self, signals: &mut [Signals], known: &[u16]) -> Vec<f32> {
        let blend = if known.is_empty() { &self.alone } else { &self.given };
        self.put_together(signals, known);
        blend.chances(signals)
    }

    fn put_together(&self, signals: &mut [Signals], known: &[u16]) {
        for (offering, signals) in (0..).zip(signals) {
            signals[TOGETHER] = match known {
                [] => 0.0,
                _ => together(&self.pairs, offering, self.share(offering), known, |other| self.count_of(other)),
            };
        }
    }

    /// Learns what the signals are worth from the offerings that a curator chose, before these are counted.
    pub(super) fn decide(&mut self, signals: &mut [Signals], offerings: &[u16], turn: usize) {
        let chances = self.chances(signals, &[]);
        let shown = ranked(&chances, |_| true, SHOWN);
        self.trust.learn(shown.iter().map(|one| (chances[usize::from(*one)], offerings.contains(one))));
        self.alone.learn(signals, &chances, |_| true, |one| offerings.contains(&one));
        if offerings.len() > 1 {
            let hidden = offerings[turn % offerings.len()];
            let known: Vec<u16> = offerings.iter().copied().filter(|one| *one != hidden).collect();
            let chances = self.chances(signals, &known);
            self.given.learn(signals, &chances, |one| !known.contains(&one), |one| one == hidden);
        }
    }

    /// Counts an item's offerings, or takes them back.
    pub(super) fn count(&mut self, offerings: &[u16], topics: &[u16], add: bool) {
        let step = |count: u32| if add { count + 1 } else { count.saturating_sub(1) };
        self.pairs.count(offerings, offerings, add);
        self.shared.count(topics, offerings, add);
        for offering in offerings {
            let count = &mut self.counts[usize::from(*offering)];
            *count = step(*count);
        }
        if !offerings.is_empty() {
            self.items = step(self.items);
        }
    }

    /// The topic of these that the offering carries itself: of several the one that the fewest items carry.
    pub(super) fn shared_topic(&self, offering: u16, topics: &[u16], carrying: impl Fn(u16) -> u32) -> Option<u16> {
        let own = &self.own[usize::from(offering)];
        topics.iter().copied().filter(|topic| own.contains(topic)).min_by_key(|topic| carrying(*topic))
    }

    /// The topic of these that it is oftenest seen with, and in how many items.
    pub(super) fn seen_with(&self, offering: u16, topics: &[u16]) -> Option<(u16, u32)> {
        topics.iter().map(|topic| (*topic, self.shared.of(*topic, offering))).max_by_key(|(_, both)| *both)
    }

    pub(super) fn bytes(&self) -> usize {
        let own: usize = self.own.iter().map(|own| 16 + own.len() * 2).sum();
        let blends = self.alone.bytes() + self.given.bytes();
        self.names.bytes() + self.counts.len() * 4 + own + self.pairs.bytes() + self.shared.bytes() + blends
    }
}
