//! Asking a learner: what it suggests, and why.

use std::sync::Arc;

use super::features::{Both, Feature, Vector};
use super::item::{ItemText, Prepared};
use super::labels::{Labels, Named};
use super::learner::Learner;
use super::spelled::Spelled;
use super::topics::{Asked, Signals, at, ranked};
use super::why::Why;

/// Something suggested for an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The topic, or the offering's label.
    pub name: Arc<str>,
    /// How likely it is right, 0 to 1: of ten at 0.8, about eight are.
    pub score: f32,
    /// Why, the strongest reason first; never none.
    pub why: Vec<Why>,
}

impl Suggestion {
    /// The reasons in words.
    pub fn reason(&self) -> String {
        self.why.iter().map(Why::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// What is suggested for an item, the likeliest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestions {
    pub topics: Vec<Suggestion>,
    pub offerings: Vec<Suggestion>,
}

/// Topics that an item without any is taken to have, when offerings are asked for: the likeliest, if they are likely.
const TAKEN: usize = 3;
const LIKELY: f32 = 0.4;

/// Of the nearest items, so many are worth saying before single words are.
const SAY_NEAR: usize = 3;

/// An item that is so much less near than the nearest is none of the nearest to a person: in a small library nothing else is left.
const FAR: f32 = 0.25;

/// Reasons given for one suggestion.
const REASONS: usize = 2;

/// A word that stands in more than one of so many texts is no reason.
const COMMON: u32 = 6;

/// Nor is one that stands with a topic hardly more often than chance would have it: so many deviations more it must be.
const CHANCE: f32 = 3.0;

/// Single signals, to be judged by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The topics most used, whatever the item.
    Frequent,
    /// The label stands in the text.
    Label,
    /// The nearest items.
    Nearest,
    /// The middle of each topic's items.
    Middle,
    /// Naive Bayes.
    Likely,
    /// The linear separator.
    Separator,
    /// All of them together: what is suggested.
    Blend,
}

impl Signal {
    /// All of them, the baselines first.
    pub const ALL: [Signal; 7] = [
        Signal::Frequent,
        Signal::Label,
        Signal::Nearest,
        Signal::Middle,
        Signal::Likely,
        Signal::Separator,
        Signal::Blend,
    ];

    /// What it is called in a table.
    pub fn name(self) -> &'static str {
        match self {
            Signal::Frequent => "most used",
            Signal::Label => "label in the text",
            Signal::Nearest => "nearest items",
            Signal::Middle => "middle of its items",
            Signal::Likely => "naive Bayes",
            Signal::Separator => "linear separator",
            Signal::Blend => "all together",
        }
    }
}

/// An item, looked at once for all that is asked about it.
struct Look {
    prepared: Prepared,
    words: Both<Vector>,
    nearest: Vec<(usize, f32)>,
}

impl Learner {
    fn look(&self, item: &ItemText) -> Look {
        let prepared = Prepared::of(item);
        let packed = prepared.counts.packed(&self.common);
        let nearest = self.nearest(packed.words().all, Some(&item.path));
        Look { nearest, words: packed.words().vectors(), prepared }
    }

    fn topic_signals(&self, look: &Look) -> Vec<Signals> {
        let nearest = self.carried(&look.nearest);
        self.topics.signals(&Asked { text: &look.prepared.text, words: &look.words, nearest: &nearest })
    }

    /// The likeliest topics and offerings that the item does not carry, at most `most` of each.
    pub fn suggest(&self, item: &ItemText, most: usize) -> Suggestions {
        let look = self.look(item);
        let known = self.topics.names.numbers(item.topics.iter().map(String::as_str));
        let mut signals = self.topic_signals(&look);
        let chances = self.topics.chances(&mut signals, &known);
        let topics = self.topics_of(item, &look, &known, &chances, most);
        let taken = match known.as_slice() {
            [] => {
                let likely = |topic: u16| self.topics.trust.score(chances[usize::from(topic)]) >= LIKELY;
                ranked(&chances, likely, TAKEN)
            }
            _ => known,
        };
        Suggestions { topics, offerings: self.offerings_of(item, &look, &taken, most) }
    }

    fn topics_of(&self, item: &ItemText, look: &Look, known: &[u16], chances: &[f32], most: usize) -> Vec<Suggestion> {
        let names = &self.topics.names;
        let rejected = names.numbers(item.rejected.iter().map(String::as_str));
        let named = names.labels.named(&look.prepared.text);
        let carried = self.carried(&look.nearest);
        let mut spelled = Spelled::new(item);
        let why = |topic: u16| {
            let mut why = named_in(&names.labels, &named[usize::from(topic)]);
            let near = near(topic, &carried);
            let strong = |near: &Why| matches!(near, Why::Near { on, of } if *on >= SAY_NEAR || on * 2 > *of);
            why.extend(near.clone().filter(strong));
            why.extend(self.topic_with(topic, known));
            if why.is_empty() {
                why.extend(spelled.words(&self.telling(topic, &look.words.all)).or(near));
            }
            why.truncate(REASONS);
            why
        };
        let asked = |topic: u16| known.binary_search(&topic).is_err() && !rejected.contains(&topic);
        let order = ranked(chances, asked, usize::MAX).into_iter();
        let score = |topic: u16| self.topics.trust.score(chances[usize::from(topic)]);
        with_reasons(order, most, why, |topic| (names.name(topic).clone(), score(topic)))
    }

    fn offerings_of(&self, item: &ItemText, look: &Look, topics: &[u16], most: usize) -> Vec<Suggestion> {
        let names = &self.offerings.names;
        if names.len() == 0 {
            return Vec::new();
        }
        let text = &look.prepared.text;
        let carried = self.offered(&look.nearest);
        let known = names.numbers(item.offerings.iter().map(|offered| offered.label.as_str()));
        let rejected = names.numbers(item.rejected.iter().map(String::as_str));
        let mut signals = self.offerings.signals(text, &carried, topics, |topic| self.topics.table.items(topic));
        let chances = self.offerings.chances(&mut signals, &known);
        let named = names.labels.named(text);
        let why = |offering: u16| {
            let mut why = named_in(&names.labels, &named[usize::from(offering)]);
            let shared = self.offerings.shared_topic(offering, topics, |topic| self.topics.table.items(topic));
            why.extend(shared.iter().map(|topic| Why::Shares(self.topics.names.name(*topic).clone())));
            why.extend(near(offering, &carried));
            why.extend(self.offering_with(offering, &known));
            if shared.is_none() {
                why.extend(self.offering_beside(offering, topics));
            }
            why.truncate(REASONS);
            why
        };
        let asked = |offering: u16| !known.contains(&offering) && !rejected.contains(&offering);
        let order = ranked(&chances, asked, usize::MAX).into_iter();
        let score = |offering: u16| self.offerings.trust.score(chances[usize::from(offering)]);
        with_reasons(order, most, why, |offering| (names.name(offering).clone(), score(offering)))
    }

    /// The topic of the item that it most often stands with, where that is often.
    fn topic_with(&self, topic: u16, known: &[u16]) -> Option<Why> {
        let both = |other: &u16| self.topics.pairs.of(*other, topic);
        let other = known.iter().copied().max_by_key(both)?;
        let (both, of) = (both(&other), self.topics.table.items(other));
        (both > 1 && both * 4 > of).then(|| Why::With { other: self.topics.names.name(other).clone(), both, of })
    }

    fn offering_with(&self, offering: u16, known: &[u16]) -> Option<Why> {
        let both = |other: &u16| self.offerings.pairs.of(*other, offering);
        let other = known.iter().copied().max_by_key(both)?;
        let (both, of) = (both(&other), self.offerings.count_of(other));
        (both > 1 && both * 4 > of).then(|| Why::With { other: self.offerings.names.name(other).clone(), both, of })
    }

    /// The topic of the item that an offering is oftenest seen with, where that is often.
    fn offering_beside(&self, offering: u16, topics: &[u16]) -> Option<Why> {
        let (topic, both) = self.offerings.seen_with(offering, topics)?;
        let (other, of) = (self.topics.names.name(topic).clone(), self.topics.table.items(topic));
        (both > 1 && both * 4 > of).then_some(Why::With { other, both, of })
    }

    /// The words of an item that say most about a topic, the strongest first: rare ones that stand with it more often than others do, and
    /// not in one item alone.
    fn telling(&self, topic: u16, vector: &Vector) -> Vec<Feature> {
        let share = self.topics.share(topic);
        let told = |(feature, weight): &(Feature, f32)| {
            let (with, texts) = self.common.all.texts_with(*feature);
            let (seen, of) = self.topics.table.seen(*feature, topic);
            let is_rare = with * COMMON <= texts.max(COMMON * 2);
            // The item itself may be one of them. By chance so many of the others would carry the topic.
            let others = with.saturating_sub(1) as f32;
            let (by_chance, carry) = (others * share, others * of);
            let is_more = of >= share * (2.0 - share) && carry - by_chance >= CHANCE * (by_chance + 0.25).sqrt();
            (is_rare && is_more).then(|| (weight * seen * of, *feature))
        };
        let mut telling: Vec<(f32, Feature)> = vector.iter().filter_map(told).collect();
        telling.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        telling.into_iter().map(|(_, feature)| feature).collect()
    }

    /// The topics in the order of one signal alone, for an evaluation.
    pub fn ranked_by(&self, item: &ItemText, by: &[Signal], most: usize) -> Vec<Vec<Arc<str>>> {
        let mut signals = self.topic_signals(&self.look(item));
        let chances = self.topics.chances(&mut signals, &[]);
        let of = |signal: &Signal| {
            let values: Vec<f32> = match signal {
                Signal::Blend => chances.clone(),
                Signal::Label => signals.iter().map(|s| s[at::LABEL].iter().sum()).collect(),
                Signal::Frequent => signals.iter().map(|s| s[at::USED]).collect(),
                Signal::Nearest => signals.iter().map(|s| s[at::NEAR]).collect(),
                Signal::Middle => signals.iter().map(|s| s[at::MIDDLE]).collect(),
                Signal::Likely => signals.iter().map(|s| s[at::LIKELY]).collect(),
                Signal::Separator => signals.iter().map(|s| s[at::SIDE]).collect(),
            };
            ranked(&values, |_| true, most).into_iter().map(|topic| self.topics.names.name(topic).clone()).collect()
        };
        by.iter().map(of).collect()
    }
}

/// The first that have a reason: what nothing speaks for is no suggestion, however often it is used.
fn with_reasons(
    order: impl Iterator<Item = u16>,
    most: usize,
    mut why: impl FnMut(u16) -> Vec<Why>,
    of: impl Fn(u16) -> (Arc<str>, f32),
) -> Vec<Suggestion> {
    let suggestion = |number: u16| {
        let why = why(number);
        let (name, score) = of(number);
        (!why.is_empty()).then_some(Suggestion { name, score, why })
    };
    order.filter_map(suggestion).take(most).collect()
}

fn named_in(labels: &Labels, named: &Named) -> Vec<Why> {
    match named {
        named if labels.alias(named).is_some() => {
            labels.alias(named).map(|alias| Why::As(alias.into())).into_iter().collect()
        }
        Named { title: true, .. } => vec![Why::InTitle],
        Named { summary: true, .. } => vec![Why::InSummary],
        Named { times: 1.., .. } => vec![Why::InText(usize::from(named.times))],
        _ => Vec::new(),
    }
}

fn near(number: u16, nearest: &[(&[u16], f32)]) -> Option<Why> {
    let least = nearest.first()?.1 * FAR;
    let near = || nearest.iter().take_while(|(_, near)| *near >= least);
    let on = near().filter(|(carried, _)| carried.contains(&number)).count();
    (on > 0).then(|| Why::Near { on, of: near().count() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rare words that were seen with the topic more than once, as they are written; no number, and none that most items have.
    #[test]
    fn the_words_given_as_a_reason_are_telling_ones_as_they_are_written() {
        let item = |title: &str, body: &str, topics: &[&str]| ItemText {
            path: title.to_string(),
            title: title.to_string(),
            body: body.to_string(),
            topics: topics.iter().map(|topic| topic.to_string()).collect(),
            ..ItemText::default()
        };
        let mut learner = Learner::new();
        for n in 0..90 {
            let (text, topic) = match n % 30 {
                0 => (format!("report 70: Glucose in boxes by HL7, large practice, once{n}"), "MeSH: Diabetes"),
                1 => (format!("report 8 of kites in a large practice, Boxes or not, once{n}"), "Craft: Kites"),
                _ => (format!("report {n} of kites in a large practice, once{n}"), "Craft: Kites"),
            };
            learner.learn(&item(&format!("Item {n}"), &text, &[topic]));
        }
        let about = item("Large Practice", "Glucose, Boxes, diabetes and HL7: report 70, once30 and of kites", &[]);
        let words = learner.look(&about).words.all;
        let topic = learner.topics.names.number("MeSH: Diabetes").unwrap();
        let said = Spelled::new(&about).words(&learner.telling(topic, &words)).unwrap().to_string();
        assert_eq!(said, "its words: HL7, glucose, boxes");
        let topic = learner.topics.names.number("Craft: Kites").unwrap();
        assert_eq!(Spelled::new(&about).words(&learner.telling(topic, &words)), None);
    }
}
