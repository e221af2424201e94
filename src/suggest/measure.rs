//! How good suggestions are, measured: against the topics and offerings that a curator chose.
//!
//! Here: what is hidden of an item that is judged, so that nothing can be read off. Not here: which items are held out (whoever asks).

use std::collections::HashSet;

use super::ask::{Signal, Suggestion};
use super::item::ItemText;
use super::learner::Learner;

/// Suggestions of an item that are judged.
pub const JUDGED: usize = 5;

/// What a ranking came to over many items.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    items: usize,
    recall: f64,
    precision: f64,
    gain: f64,
}

impl Measures {
    /// One item more: the topics as they were ranked, and those that are right.
    pub fn add<'t>(&mut self, ranked: impl IntoIterator<Item = &'t str>, right: &HashSet<&str>) {
        if right.is_empty() {
            return;
        }
        let hits: Vec<bool> = ranked.into_iter().take(JUDGED).map(|topic| right.contains(topic)).collect();
        let worth = |rank: usize| 1.0 / ((rank + 2) as f64).log2();
        let gain: f64 = hits.iter().enumerate().filter(|(_, hit)| **hit).map(|(rank, _)| worth(rank)).sum();
        let best: f64 = (0..right.len().min(JUDGED)).map(worth).sum();
        self.items += 1;
        self.recall += hits.iter().filter(|hit| **hit).count() as f64 / right.len() as f64;
        self.precision += f64::from(u8::from(hits.first() == Some(&true)));
        self.gain += gain / best;
    }

    /// Items judged.
    pub fn items(&self) -> usize {
        self.items
    }

    /// The share of an item's topics that is among its first five suggestions.
    pub fn recall_at_5(&self) -> f64 {
        self.mean(self.recall)
    }

    /// How often the first suggestion is right.
    pub fn precision_at_1(&self) -> f64 {
        self.mean(self.precision)
    }

    /// The normalised discounted cumulative gain of the first five.
    pub fn ndcg_at_5(&self) -> f64 {
        self.mean(self.gain)
    }

    fn mean(&self, sum: f64) -> f64 {
        if self.items == 0 { 0.0 } else { sum / self.items as f64 }
    }
}

/// What the suggestions for held-out items came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// The topics as each signal alone ranks them, in the order of [`Signal::ALL`].
    signals: [Measures; Signal::ALL.len()],
    /// The scores of the topics suggested.
    pub scores: Calibration,
    /// The offerings suggested, for items that carry any, and their scores.
    pub offerings: Measures,
    pub offering_scores: Calibration,
}

impl Judged {
    /// The topics by one signal alone, or by all together.
    pub fn by(&self, signal: Signal) -> &Measures {
        let at = Signal::ALL.iter().position(|known| *known == signal);
        // Every signal is among all of them.
        &self.signals[at.unwrap_or(0)]
    }
}

impl ItemText {
    /// Without its topics, and without its offerings, which repeat them.
    pub fn without_topics(&self) -> ItemText {
        ItemText { topics: Vec::new(), offerings: Vec::new(), rejected: Vec::new(), ..self.clone() }
    }
}

impl Learner {
    /// Judges what is suggested for an item that was not learned: its topics, then its offerings, are taken off and asked for.
    pub fn judge(&self, item: &ItemText, judged: &mut Judged) {
        let blank = item.without_topics();
        let right: HashSet<&str> = item.topics.iter().map(String::as_str).collect();
        for (measures, ranked) in judged.signals.iter_mut().zip(self.ranked_by(&blank, &Signal::ALL, JUDGED)) {
            measures.add(ranked.iter().map(|topic| &**topic), &right);
        }
        if !right.is_empty() {
            judged.scores.add_all(&self.suggest(&blank, JUDGED).topics, &right);
        }
        if item.offerings.is_empty() {
            return;
        }
        let bare = ItemText { topics: item.topics.clone(), ..blank };
        let right = item.offerings.iter().map(|offered| offered.label.as_str()).collect();
        let found = self.suggest(&bare, JUDGED).offerings;
        judged.offerings.add(found.iter().map(|offering| &*offering.name), &right);
        judged.offering_scores.add_all(&found, &right);
    }
}

/// Tenths of a score.
const TENTHS: usize = 10;

/// How many of the suggestions shown at each score were right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Calibration {
    tenths: [Tenth; TENTHS],
}

/// The suggestions with a score in one tenth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tenth {
    pub shown: usize,
    pub right: usize,
    said: f64,
}

impl Tenth {
    /// The mean score said.
    pub fn said(&self) -> f64 {
        self.said / self.shown.max(1) as f64
    }

    /// The share that was right.
    pub fn came_true(&self) -> f64 {
        self.right as f64 / self.shown.max(1) as f64
    }
}

impl Calibration {
    /// One suggestion more.
    pub fn add(&mut self, score: f32, right: bool) {
        let tenth = &mut self.tenths[((score * TENTHS as f32) as usize).min(TENTHS - 1)];
        tenth.shown += 1;
        tenth.right += usize::from(right);
        tenth.said += f64::from(score);
    }

    fn add_all(&mut self, found: &[Suggestion], right: &HashSet<&str>) {
        found.iter().for_each(|found| self.add(found.score, right.contains(&*found.name)));
    }

    /// The tenths from the lowest.
    pub fn tenths(&self) -> &[Tenth] {
        &self.tenths
    }

    /// How far scores and truth are apart, over all that was shown.
    pub fn error(&self) -> f64 {
        let shown: usize = self.tenths.iter().map(|tenth| tenth.shown).sum();
        let apart = |tenth: &Tenth| (tenth.said() - tenth.came_true()).abs() * tenth.shown as f64;
        self.tenths.iter().map(apart).sum::<f64>() / shown.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_what_they_say() {
        let mut measures = Measures::default();
        let right = HashSet::from(["a", "b"]);
        measures.add(["a", "x", "b"], &right);
        measures.add(["x", "y"], &right);
        measures.add(["x"], &HashSet::new());
        assert_eq!(measures.items(), 2);
        assert!((measures.recall_at_5() - 0.5).abs() < 1e-9);
        assert!((measures.precision_at_1() - 0.5).abs() < 1e-9);
        assert!((measures.ndcg_at_5() - (1.0 + 0.5) / (1.0 + 1.0 / 3_f64.log2()) / 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_tenth_says_what_was_said_and_what_came_true() {
        let mut calibration = Calibration::default();
        calibration.add(0.84, true);
        calibration.add(0.86, false);
        calibration.add(1.0, true);
        let tenth = calibration.tenths()[8];
        assert_eq!((tenth.shown, tenth.right), (2, 1));
        assert!((tenth.said() - 0.85).abs() < 1e-6 && (tenth.came_true() - 0.5).abs() < 1e-9);
        assert!((calibration.error() - 0.7 / 3.0).abs() < 1e-6);
    }
}
