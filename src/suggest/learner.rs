//! What a library has taught: every item that carries topics or offerings, as its weightiest words.
//!
//! An item is learned in the order test, then train: first the learner says what it would have suggested, and what the curator chose
//! re-weighs the signals; then the item is counted. So the weights are always those that have been right in this library.

use std::collections::HashMap;

use super::features::{Both, Common, Vector, Words};
use super::item::{ItemText, Known, Offered, Prepared, place};
use super::near::{MOST_ITEMS, Near};
use super::offerings::Offerings;
use super::topics::{Asked, Signals, Topics};
use super::words::Text;

/// Items that are read before the first of them is learned, so that it is known from the start how common each word is.
pub const FIRST: usize = 2048;

/// Items below which what was chosen says nothing about the signals.
const FEW: u32 = 5;

/// A path that was counted, but has nothing to learn from.
const NOTHING: u32 = u32::MAX;

/// Learns topics and offerings from items, one at a time, and suggests them for others. See the module.
#[derive(Clone, Debug, Default)]
pub struct Learner {
    pub(super) common: Both<Common>,
    items: Vec<Known>,
    /// Where each path's item stands.
    places: HashMap<u64, u32>,
    /// Numbers of items that were forgotten.
    free: Vec<u32>,
    near: Near,
    pub(super) topics: Topics,
    pub(super) offerings: Offerings,
    /// How many items were learned, ever: whose turn it is.
    turn: usize,
}

impl Learner {
    /// One that knows nothing.
    pub fn new() -> Learner {
        Learner::default()
    }

    /// Makes topics known that no item may carry yet: a profile's vocabulary.
    pub fn know_topics<'t>(&mut self, topics: impl IntoIterator<Item = &'t str>) {
        topics.into_iter().for_each(|topic| self.topics.add(topic));
    }

    /// Other words for a topic: where one stands in a text, the topic is named.
    pub fn know_aliases<'a>(&mut self, topic: &str, aliases: impl IntoIterator<Item = &'a str>) {
        self.topics.add(topic);
        aliases.into_iter().for_each(|alias| self.topics.names.add_alias(topic, alias));
    }

    /// Makes offerings known that no item may carry yet.
    pub fn know_offerings<'o>(&mut self, offerings: impl IntoIterator<Item = &'o Offered>) {
        offerings.into_iter().for_each(|offered| self.know_offering(offered));
    }

    fn know_offering(&mut self, offered: &Offered) {
        offered.topics.iter().for_each(|topic| self.topics.add(topic));
        let own = self.topics.names.numbers(offered.topics.iter().map(String::as_str));
        self.offerings.add(&offered.label, own);
    }

    /// Learns a whole library: the first two thousand items are read before any is learned, for at the start every word seems rare.
    pub fn learn_all(&mut self, items: impl IntoIterator<Item = Prepared>) {
        let mut items = items.into_iter();
        let first: Vec<Prepared> = items.by_ref().take(FIRST).collect();
        for item in &first {
            self.read(item);
        }
        first.into_iter().chain(items).for_each(|item| self.take(&item));
    }

    /// Learns an item, new or changed.
    pub fn learn(&mut self, item: &ItemText) {
        self.take(&Prepared::of(item));
    }

    /// Learns an item that was read before.
    pub fn take(&mut self, item: &Prepared) {
        self.read(item);
        let topics = self.topics.names.numbers(item.topics.iter().map(String::as_str));
        let offerings = self.offerings.names.numbers(item.offerings.iter().map(|o| o.label.as_str()));
        self.drop_known(item.place);
        if (topics.is_empty() && offerings.is_empty()) || self.items.len() >= MOST_ITEMS {
            self.places.insert(item.place, NOTHING);
            return;
        }
        let packed = item.counts.packed(&self.common);
        let words = packed.words().vectors();
        let nearest = self.nearest(packed.words().all, None);
        let signals = self.decide(&item.text, &words, &nearest, &topics, &offerings);
        self.topics.count(&words, &topics, true);
        self.offerings.count(&offerings, &topics, true);
        self.topics.part(&words, &topics, signals.as_deref());
        self.keep(item.place, Known::of(&packed, &topics, &offerings), packed.words().all);
        self.practise();
        self.turn += 1;
    }

    /// Forgets an item: it is no evidence any more.
    pub fn forget(&mut self, path: &str) {
        self.drop_known(place(path));
    }

    /// Counts an item's words and names, unless it was counted before.
    pub fn read(&mut self, item: &Prepared) {
        item.topics.iter().for_each(|topic| self.topics.add(topic));
        item.offerings.iter().for_each(|offered| self.know_offering(offered));
        if !self.places.contains_key(&item.place) {
            self.common.count(&item.counts);
            self.places.insert(item.place, NOTHING);
        }
    }

    /// Lets the signals be judged by what was chosen; gives those of the topics, where they were asked for.
    fn decide(
        &mut self,
        text: &Text,
        words: &Both<Vector>,
        nearest: &[(usize, f32)],
        topics: &[u16],
        offerings: &[u16],
    ) -> Option<Vec<Signals>> {
        let mut decided = None;
        if !topics.is_empty() && self.topics.items > FEW {
            let mut signals = self.topics.signals(&Asked { text, words, nearest: &self.carried(nearest) });
            self.topics.decide(&mut signals, topics, self.turn);
            decided = Some(signals);
        }
        if !offerings.is_empty() && self.offerings.items > FEW {
            let carrying = |topic| self.topics.table.items(topic);
            let mut signals = self.offerings.signals(text, &self.offered(nearest), topics, carrying);
            self.offerings.decide(&mut signals, offerings, self.turn);
        }
        decided
    }

    /// Lets the separators look once more at an item of before: what one pass misses.
    fn practise(&mut self) {
        let at = (self.turn as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        let known = &self.items[at as usize % self.items.len()];
        if !known.topics().is_empty() {
            self.topics.part(&known.words().vectors(), known.topics(), None);
        }
    }

    fn keep(&mut self, place: u64, known: Known, words: Words<'_>) {
        let number = match self.free.pop() {
            Some(number) => {
                self.items[number as usize] = known;
                number
            }
            None => {
                self.items.push(known);
                (self.items.len() - 1) as u32
            }
        };
        self.near.add(number as usize, words);
        self.places.insert(place, number);
    }

    fn drop_known(&mut self, place: u64) {
        let Some(number) = self.places.insert(place, NOTHING).filter(|number| *number != NOTHING) else { return };
        let known = std::mem::take(&mut self.items[number as usize]);
        let words = known.words().vectors();
        self.near.remove(number as usize, known.words().all);
        self.topics.count(&words, known.topics(), false);
        self.offerings.count(known.offerings(), known.topics(), false);
        self.free.push(number);
    }

    /// The nearest items by number, without one of them.
    pub(super) fn nearest(&self, words: Words<'_>, but: Option<&str>) -> Vec<(usize, f32)> {
        let mut nearest = self.near.nearest(words, self.items.len(), |item| self.items[item].words().all);
        if let Some(number) = but.and_then(|path| self.places.get(&place(path))) {
            nearest.retain(|(item, _)| *item != *number as usize);
        }
        nearest
    }

    /// The topics of items.
    pub(super) fn carried(&self, nearest: &[(usize, f32)]) -> Vec<(&[u16], f32)> {
        nearest.iter().map(|(item, near)| (self.items[*item].topics(), *near)).collect()
    }

    /// The offerings of items.
    pub(super) fn offered(&self, nearest: &[(usize, f32)]) -> Vec<(&[u16], f32)> {
        nearest.iter().map(|(item, near)| (self.items[*item].offerings(), *near)).collect()
    }

    /// How many items it has learned from.
    pub fn items(&self) -> usize {
        self.items.len() - self.free.len()
    }

    /// Bytes that its items take, and that all the rest does: words, topics, offerings.
    pub fn bytes(&self) -> (usize, usize) {
        let items: usize = self.items.iter().map(Known::bytes).sum();
        // Of the places of a hash table seven in eight are used, each with a byte beside it.
        let places = self.places.capacity() * 8 / 7 * (size_of::<(u64, u32)>() + 1);
        let found = self.near.bytes() + places;
        (items + found, self.topics.bytes() + self.offerings.bytes() + super::features::FEATURES * 8)
    }
}
