//! What each word says about each topic, summed over the items that carry it.
//!
//! Three signals come of one table of words and topics: how near a text is to the middle of a topic's items, how much likelier its
//! words are with the topic than without (naive Bayes), and a linear separator learned in one pass by a hinge loss, whose steps
//! shrink as a word is seen more with the topic (Adagrad by the sums that are there anyway). A separator only weighs words that were
//! seen with the topic. Not here: names and neighbours.

use super::ahead::fetch;
use super::features::{FEATURES, Feature, Vector, logarithm};

/// How far a step of the separator goes, and how soon steps shrink.
const STEP: f32 = 0.3;
const SHRINK: f32 = 0.1;

/// What the constant of a separator counts beside the words.
const CONSTANT: f32 = 0.3;

/// What is added to every sum, so that a word never seen with a topic does not rule it out.
const SMOOTH: f32 = 0.01;

/// A separator's weight is kept in so many parts of one.
const PARTS: f32 = 2048.0;

/// A word with a topic.
#[derive(Clone, Copy, Debug)]
struct Cell {
    topic: u16,
    /// The separator's weight.
    weight: i16,
    /// The sum of the word's weights over the topic's items.
    sum: f32,
}

/// What is known of a topic as a whole.
#[derive(Clone, Copy, Debug)]
struct Whole {
    /// Items that carry it.
    items: u32,
    /// The square of the length of its items' sum.
    square: f32,
    /// All sums of its words.
    sum: f32,
    /// The separator's constant, and the squares of its steps.
    constant: f32,
    steps: f32,
}

/// Words and topics.
#[derive(Clone, Debug)]
pub(super) struct Table {
    rows: Vec<Vec<Cell>>,
    /// The sums of a word's weights over all items, and of all words.
    sums: Vec<f32>,
    sum: f32,
    wholes: Vec<Whole>,
}

impl Default for Table {
    fn default() -> Table {
        Table { rows: vec![Vec::new(); FEATURES], sums: vec![0.0; FEATURES], sum: 0.0, wholes: Vec::new() }
    }
}

/// What the words of a text say about each topic.
pub(super) struct Said {
    /// The cosine with the middle of its items.
    pub(super) middle: Vec<f32>,
    /// How much likelier the words are with it, as a logarithm.
    pub(super) likely: Vec<f32>,
    /// On which side of the separator, and how far: -1 to 1 and beyond.
    pub(super) side: Vec<f32>,
}

impl Table {
    /// One topic more; they are numbered from 0.
    pub(super) fn add_topic(&mut self) {
        self.wholes.push(Whole { items: 0, square: 0.0, sum: 0.0, constant: -1.0, steps: 1e-6 });
    }

    /// How many items carry a topic.
    pub(super) fn items(&self, topic: u16) -> u32 {
        self.wholes[usize::from(topic)].items
    }

    /// How much a word was seen with a topic, and what share that is of all that it was seen.
    pub(super) fn seen(&self, feature: Feature, topic: u16) -> (f32, f32) {
        let row = &self.rows[usize::from(feature)];
        let sum = row.binary_search_by_key(&topic, |cell| cell.topic).map_or(0.0, |at| row[at].sum);
        (sum, sum / self.sums[usize::from(feature)].max(1e-6))
    }

    /// What a text says.
    pub(super) fn said(&self, vector: &Vector) -> Said {
        let (mut middle, mut odds) = (vec![0.0; self.wholes.len()], Vec::new());
        let mut side: Vec<f32> = self.wholes.iter().map(|whole| whole.constant).collect();
        let all = SMOOTH * FEATURES as f32;
        let without = |whole: &Whole| ((self.sum - whole.sum).max(0.0) + all) / (whole.sum + all);
        let known = || vector.iter().filter(|(feature, _)| self.sums[usize::from(*feature)] > 0.0);
        let weights: f32 = known().map(|(_, weight)| weight).sum();
        let never: f32 =
            known().map(|(feature, weight)| weight * (SMOOTH / (self.sums[usize::from(*feature)] + SMOOTH)).ln()).sum();
        let mut likely: Vec<f32> = self.wholes.iter().map(|w| never + weights * without(w).ln()).collect();
        for (feature, weight, row) in self.rows(known()) {
            let sum = self.sums[usize::from(feature)];
            let never = (sum + SMOOTH) / SMOOTH;
            odds.clear();
            odds.extend(row.iter().map(|cell| (cell.sum + SMOOTH) / ((sum - cell.sum).max(0.0) + SMOOTH)));
            odds.iter_mut().for_each(|odds| *odds = logarithm(*odds * never));
            for (cell, odds) in row.iter().zip(&odds) {
                let topic = usize::from(cell.topic);
                middle[topic] += weight * cell.sum;
                side[topic] += weight * f32::from(cell.weight) / PARTS;
                likely[topic] += weight * odds;
            }
        }
        for (middle, whole) in middle.iter_mut().zip(&self.wholes) {
            *middle = if whole.items > 0 { *middle / whole.square.max(1e-6).sqrt() } else { 0.0 };
        }
        Said { middle, likely, side }
    }

    /// Takes an item in (`times` 1) or out again (-1): all but the separator, which is only ever corrected.
    pub(super) fn count(&mut self, vector: &Vector, topics: &[u16], times: f32) {
        let weights: f32 = vector.iter().map(|(_, weight)| weight).sum();
        let square: f32 = vector.iter().map(|(_, weight)| weight * weight).sum();
        self.sum += times * weights;
        vector.iter().for_each(|(feature, weight)| {
            let sum = &mut self.sums[usize::from(*feature)];
            *sum = settled(*sum + times * weight);
        });
        let mut shared = vec![0.0; topics.len()];
        for (feature, weight) in vector {
            let row = &mut self.rows[usize::from(*feature)];
            for (topic, shared) in topics.iter().zip(&mut shared) {
                let cell = cell(row, *topic);
                *shared += weight * cell.sum;
                cell.sum = settled(cell.sum + times * weight);
            }
        }
        for (topic, shared) in topics.iter().zip(shared) {
            let whole = &mut self.wholes[usize::from(*topic)];
            whole.square = (whole.square + 2.0 * times * shared + square).max(0.0);
            whole.sum = (whole.sum + times * weights).max(0.0);
            whole.items = if times > 0.0 { whole.items + 1 } else { whole.items.saturating_sub(1) };
        }
    }

    /// Moves each topic's separator, where it has the item on the wrong side or close to it.
    /// `sides` says where it has it, `topics` are in order.
    pub(super) fn part(&mut self, vector: &Vector, topics: &[u16], sides: impl Iterator<Item = f32>) {
        let mut wrong: Vec<(u16, bool)> = Vec::new();
        for ((topic, side), whole) in (0..).zip(sides).zip(&mut self.wholes) {
            let right = topics.binary_search(&topic).is_ok();
            let sign = if right { 1.0 } else { -1.0 };
            if sign * side < 1.0 && whole.items > 0 {
                whole.steps += CONSTANT * CONSTANT;
                whole.constant += STEP * CONSTANT * sign / whole.steps.sqrt();
                wrong.push((topic, right));
            }
        }
        if wrong.is_empty() {
            return;
        }
        for (feature, weight) in vector {
            let row = &mut self.rows[usize::from(*feature)];
            let mut from = 0;
            for (topic, right) in &wrong {
                let Ok(at) = row[from..].binary_search_by_key(topic, |cell| cell.topic) else { continue };
                from += at;
                let cell = &mut row[from];
                let step = STEP * weight / (SHRINK + SHRINK * cell.sum).sqrt();
                let parts = (step * PARTS + 0.5) as i16;
                // A weight of sixteen says all that a word can say; there it stays.
                cell.weight = cell.weight.saturating_add(if *right { parts } else { -parts });
            }
        }
    }

    /// On which side of each topic's separator a text stands, and how far.
    pub(super) fn sides(&self, vector: &Vector) -> Vec<f32> {
        let mut side: Vec<f32> = self.wholes.iter().map(|whole| whole.constant).collect();
        for (_, weight, row) in self.rows(vector.iter()) {
            for cell in row {
                side[usize::from(cell.topic)] += weight * f32::from(cell.weight) / PARTS;
            }
        }
        side
    }

    /// The rows of words.
    fn rows<'v>(&self, words: impl Iterator<Item = &'v (Feature, f32)>) -> Vec<(Feature, f32, &[Cell])> {
        let row = |(feature, weight): &(Feature, f32)| (*feature, *weight, self.rows[usize::from(*feature)].as_slice());
        let rows: Vec<_> = words.map(row).collect();
        fetch(rows.iter().map(|(.., row)| *row), |cell| cell.topic);
        rows
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let cells: usize = self.rows.iter().map(|row| row.capacity() * size_of::<Cell>()).sum();
        cells + self.rows.capacity() * size_of::<Vec<Cell>>() + FEATURES * 4 + self.wholes.len() * size_of::<Whole>()
    }
}

/// The cell of a topic in a word's row.
fn cell(row: &mut Vec<Cell>, topic: u16) -> &mut Cell {
    let at = match row.binary_search_by_key(&topic, |cell| cell.topic) {
        Ok(at) => at,
        Err(at) => {
            if row.len() == row.capacity() {
                row.reserve_exact(row.len() / 3 + 3);
            }
            row.insert(at, Cell { topic, weight: 0, sum: 0.0 });
            at
        }
    };
    &mut row[at]
}

/// A sum of which next to nothing is left is nothing.
fn settled(sum: f32) -> f32 {
    if sum < 1e-4 { 0.0 } else { sum }
}

#[cfg(test)]
mod tests {
    use super::super::features::{Common, Counts, MOST};
    use super::super::words::Text;
    use super::*;

    fn vectors(texts: &[&str]) -> Vec<Vector> {
        let counts: Vec<Counts> = texts.iter().map(|text| Counts::of(&Text::of(text, "", ""))).collect();
        let mut common = Common::default();
        counts.iter().for_each(|counts| common.count(counts));
        counts.iter().map(|counts| counts.packed(&common, MOST).words().vector()).collect()
    }

    fn table(vectors: &[Vector], topics: &[&[u16]]) -> Table {
        let mut table = Table::default();
        (0..2).for_each(|_| table.add_topic());
        for (vector, topics) in vectors.iter().zip(topics) {
            table.count(vector, topics, 1.0);
            let sides = table.sides(vector);
            table.part(vector, topics, sides.into_iter());
        }
        table
    }

    #[test]
    fn words_seen_with_a_topic_speak_for_it_in_every_signal() {
        let texts = ["home care visit", "nurse staff shift", "home visit by video", "staff shift plan", "a home visit"];
        let vectors = vectors(&texts);
        let table = table(&vectors[..4], &[&[0], &[1], &[0], &[1]]);
        let said = table.said(&vectors[4]);
        assert!(said.middle[0] > said.middle[1] + 0.1);
        assert!(said.likely[0] > said.likely[1] + 0.1);
        assert!(said.side[0] > said.side[1]);
    }

    #[test]
    fn what_is_taken_out_leaves_no_sum_behind() {
        let vectors = vectors(&["home care visit", "nurse staff shift", "care plan"]);
        let mut table = table(&vectors[..2], &[&[0], &[1]]);
        let before = table.said(&vectors[2]).middle;
        table.count(&vectors[2], &[0, 1], 1.0);
        table.count(&vectors[2], &[0, 1], -1.0);
        let after = table.said(&vectors[2]).middle;
        assert!(before.iter().zip(&after).all(|(a, b)| (a - b).abs() < 1e-4), "{before:?} {after:?}");
        assert_eq!((table.items(0), table.items(1)), (1, 1));
    }
}
