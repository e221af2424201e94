//! Topics: what speaks for each of them, and what that is worth in this library.

use super::blend::{Blend, Trust};
use super::features::{Both, Vector};
use super::labels::Named;
use super::names::{Names, Pairs, together};
use super::rank::{Rank, first};
use super::table::Table;
use super::words::Text;

/// What speaks for a topic, in the order of its weights.
const SIGNALS: usize = 13;
pub(super) type Signals = [f32; SIGNALS];

/// Where single signals stand among them.
pub(super) mod at {
    pub(in super::super) const NEAR: usize = 1;
    pub(in super::super) const MIDDLE: usize = 3;
    pub(in super::super) const SIDE: usize = 4;
    pub(in super::super) const LABEL: std::ops::RangeInclusive<usize> = 5..=8;
    pub(in super::super) const USED: usize = 9;
    pub(in super::super) const LIKELY: usize = 10;
    pub(in super::super) const HEAD: usize = 11;
    pub(in super::super) const TOGETHER: usize = 12;
}

/// What the signals are worth before anything was decided: about what they came to in libraries of quite different kinds.
const BEGIN: Signals = [-1.0, 0.3, 0.4, 0.6, 1.0, 1.0, 0.6, 1.0, 0.6, 0.8, 0.2, 0.0, 0.0];

/// Of the nearest, those nearest of all.
const VERY_NEAR: usize = 5;

/// Suggestions that count as shown.
pub(super) const SHOWN: usize = 5;

/// Topics, and everything learned about them.
#[derive(Clone, Debug)]
pub(super) struct Topics {
    pub(super) names: Names,
    pub(super) table: Table,
    /// Of titles and summaries; only its separators are asked.
    head: Table,
    pub(super) pairs: Pairs,
    /// Items that carry any.
    pub(super) items: u32,
    alone: Blend<SIGNALS>,
    given: Blend<SIGNALS>,
    pub(super) trust: Trust,
}

impl Default for Topics {
    fn default() -> Topics {
        let mut given = BEGIN;
        given[at::TOGETHER] = 0.5;
        Topics {
            names: Names::default(),
            table: Table::default(),
            head: Table::default(),
            pairs: Pairs::default(),
            items: 0,
            alone: Blend::new(BEGIN),
            given: Blend::new(given),
            trust: Trust::default(),
        }
    }
}

/// What is asked about an item.
pub(super) struct Asked<'a> {
    pub(super) text: &'a Text,
    pub(super) words: &'a Both<Vector>,
    /// The topics of the nearest items, and how near each is, the nearest first.
    pub(super) nearest: &'a [(&'a [u16], f32)],
}

impl Topics {
    /// Takes a topic in, unless it is known.
    pub(super) fn add(&mut self, topic: &str) {
        if self.names.add(topic) {
            self.table.add_topic();
            self.head.add_topic();
            self.alone.add();
            self.given.add();
        }
    }

    /// What speaks for each topic, by number; nothing of what it stands with.
    pub(super) fn signals(&self, asked: &Asked<'_>) -> Vec<Signals> {
        let near = shares(asked.nearest, self.names.len());
        let very_near = shares(&asked.nearest[..asked.nearest.len().min(VERY_NEAR)], self.names.len());
        let mut said = self.table.said(&asked.words.all);
        let head = self.head.sides(&asked.words.head);
        let used = |topic: usize| self.table.items(topic as u16) > 0;
        spread(&mut said.middle, used);
        spread(&mut said.likely, used);
        let named = self.names.labels.named(asked.text);
        let body = asked.text.body.len();
        let of = |(topic, named): (usize, &Named)| {
            let share = self.share(topic as u16);
            let [title, summary, times, some] = label_signals(named, body);
            [
                1.0,
                near[topic].sqrt(),
                very_near[topic].sqrt(),
                said.middle[topic],
                said.side[topic].clamp(-2.0, 2.0),
                title,
                summary,
                times,
                some,
                0.3 * (share / (1.0 - share.min(0.99))).ln(),
                said.likely[topic],
                head[topic].clamp(-2.0, 2.0),
                0.0,
            ]
        };
        named.iter().enumerate().map(of).collect()
    }

    /// How many of the items carry it; never quite none.
    pub(super) fn share(&self, topic: u16) -> f32 {
        (self.table.items(topic) as f32 + 0.1) / (self.items as f32 + 1.0)
    }

    /// The chance of each topic, where the item has those in `known`.
    pub(super) fn chances(&self, signals: &mut [Signals], known: &[u16]) -> Vec<f32> {
        let blend = if known.is_empty() { &self.alone } else { &self.given };
        self.put_together(signals, known);
        blend.chances(signals)
    }

    fn put_together(&self, signals: &mut [Signals], known: &[u16]) {
        for (topic, signals) in (0..).zip(signals) {
            signals[at::TOGETHER] = match known {
                [] => 0.0,
                _ => together(&self.pairs, topic, self.share(topic), known, |other| self.table.items(other)),
            };
        }
    }

    /// Learns what the signals are worth from the topics that a curator chose, before these are counted.
    pub(super) fn decide(&mut self, signals: &mut [Signals], topics: &[u16], turn: usize) {
        let chances = self.chances(signals, &[]);
        let shown = ranked(&chances, |_| true, SHOWN);
        self.trust.learn(shown.iter().map(|topic| (chances[usize::from(*topic)], topics.binary_search(topic).is_ok())));
        self.alone.learn(signals, &chances, |_| true, |topic| topics.binary_search(&topic).is_ok());
        // The same where all but one stand there: each topic's turn comes.
        if topics.len() > 1 {
            let hidden = topics[turn % topics.len()];
            let known: Vec<u16> = topics.iter().copied().filter(|topic| *topic != hidden).collect();
            let chances = self.chances(signals, &known);
            self.given.learn(signals, &chances, |topic| known.binary_search(&topic).is_err(), |topic| topic == hidden);
        }
    }

    /// Counts an item's topics, or takes them back.
    pub(super) fn count(&mut self, words: &Both<Vector>, topics: &[u16], add: bool) {
        let times = if add { 1.0 } else { -1.0 };
        self.table.count(&words.all, topics, times);
        self.head.count(&words.head, topics, times);
        self.pairs.count(topics, topics, add);
        if !topics.is_empty() {
            self.items = if add { self.items + 1 } else { self.items.saturating_sub(1) };
        }
    }

    /// Corrects the separators by an item that carries any; its signals say where they have it, if they were asked for already.
    pub(super) fn part(&mut self, words: &Both<Vector>, topics: &[u16], signals: Option<&[Signals]>) {
        match signals {
            _ if topics.is_empty() => {}
            Some(signals) => {
                self.table.part(&words.all, topics, signals.iter().map(|signals| signals[at::SIDE]));
                self.head.part(&words.head, topics, signals.iter().map(|signals| signals[at::HEAD]));
            }
            None => {
                let (all, head) = (self.table.sides(&words.all), self.head.sides(&words.head));
                self.table.part(&words.all, topics, all.into_iter());
                self.head.part(&words.head, topics, head.into_iter());
            }
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.names.bytes()
            + self.table.bytes()
            + self.head.bytes()
            + self.pairs.bytes()
            + self.alone.bytes()
            + self.given.bytes()
    }
}

/// Title, summary, body, and single words of a label.
pub(super) fn label_signals(named: &Named, body: usize) -> [f32; 4] {
    let longer = (body as f32 / 300.0).max(1.0).sqrt();
    let flag = |is: bool| f32::from(u8::from(is));
    [flag(named.title), flag(named.summary), (1.0 + f32::from(named.times) / longer).ln().min(2.0), named.some]
}

/// What share of the nearest carries each, the nearer the more.
pub(super) fn shares(nearest: &[(&[u16], f32)], count: usize) -> Vec<f32> {
    let mut shares = vec![0.0; count];
    let all: f32 = nearest.iter().map(|(_, near)| near).sum();
    for (carried, near) in nearest {
        carried.iter().for_each(|number| shares[usize::from(*number)] += near / all.max(1e-9));
    }
    shares
}

/// Makes values tell how far they stand out among those of one item: what is near to everything is near to nothing.
fn spread(values: &mut [f32], used: impl Fn(usize) -> bool) {
    let among = || (0..values.len()).filter(|at| used(*at)).map(|at| values[at]);
    let count = among().count().max(1) as f32;
    let mean = among().sum::<f32>() / count;
    let deviation = (among().map(|v| (v - mean) * (v - mean)).sum::<f32>() / count).sqrt().max(1e-6);
    values.iter_mut().for_each(|value| *value = ((*value - mean) / deviation).clamp(-3.0, 6.0));
}

/// Those with the highest chance, the highest first, as far as they are `asked` for.
pub(super) fn ranked(chances: &[f32], asked: impl Fn(u16) -> bool, count: usize) -> Vec<u16> {
    let numbers = (0..=u16::MAX).zip(chances).filter(|(number, _)| asked(*number));
    let ranks = numbers.map(|(number, chance)| Rank::of(*chance, u32::from(number))).collect();
    first(ranks, count).into_iter().map(|rank| rank.number() as u16).collect()
}
