//! What suggestions cost, beside reading the same texts' words once in the same run: `cargo bench --bench suggest`. 100,000 items take a
//! minute; `-- 10000` measures at so many only. How good they are: `cargo test --release --test suggestions -- --nocapture`.
//!
//! The items are made up: 900 words drawn from a vocabulary as uneven as a language's, of which each of 120 topics has its own.
//! Budgets: a suggestion 3 ms at 10,000 items and 30 ms at 100,000; learning 10,000 items 4 s; one item more 0.5 ms; 600 bytes an item.

use std::time::{Duration, Instant};

use curate::suggest::{ItemText, Learner, Prepared};

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// A word: the first ones stand everywhere, the last ones hardly anywhere.
    fn word(&mut self, of: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((of as f64).powf(share) - 1.0) as usize
    }
}

const TOPICS: usize = 120;
const WORDS: usize = 60_000;

fn item(n: usize, dice: &mut Dice) -> ItemText {
    let topics: Vec<usize> = (0..1 + dice.below(4)).map(|_| dice.word(TOPICS)).collect();
    let mut text = |count: usize| {
        let word = |_| match dice.below(4) {
            0 => format!("t{}w{}", topics[dice.below(topics.len())], dice.word(300)),
            _ => format!("w{}", dice.word(WORDS)),
        };
        (0..count).map(word).collect::<Vec<_>>().join(" ")
    };
    let (title, summary, body) = (text(9), text(30), text(860));
    let topics = topics.iter().map(|topic| format!("Scheme: Topic {topic}")).collect();
    ItemText { path: format!("{n}.md"), title, summary, body, topics, ..ItemText::default() }
}

fn mean(count: usize, mut work: impl FnMut(usize)) -> Duration {
    let start = Instant::now();
    (0..count).for_each(&mut work);
    start.elapsed() / count as u32
}

fn speed(count: usize) {
    let mut dice = Dice(2022);
    let mut learner = Learner::new();
    let (mut reading, mut learning) = (Duration::ZERO, Duration::ZERO);
    for from in (0..count).step_by(2_048) {
        let items: Vec<ItemText> = (from..count.min(from + 2_048)).map(|n| item(n, &mut dice)).collect();
        let start = Instant::now();
        let read: Vec<Prepared> = items.iter().map(Prepared::of).collect();
        reading += start.elapsed();
        let start = Instant::now();
        learner.learn_all(read);
        learning += start.elapsed();
    }
    let more: Vec<ItemText> = (0..200).map(|n| item(count + n, &mut dice)).collect();
    let blank: Vec<ItemText> = more.iter().map(|item| ItemText { topics: Vec::new(), ..item.clone() }).collect();
    let asked = mean(more.len(), |n| assert!(!learner.suggest(&blank[n], 5).topics.is_empty()));
    let (items, rest) = learner.bytes();
    let one_more = mean(more.len(), |n| learner.learn(&more[n]));
    println!(
        "{count} items: words read {reading:.2?}, learned {learning:.2?}; a suggestion {asked:.2?}; one more item {one_more:.2?}; \
         {} bytes an item, and {:.1} MB for the words of the topics",
        items / count,
        rest as f64 / 1e6
    );
}

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|count| count.parse().ok()).collect();
    let counts = if asked.is_empty() { &[10_000, 100_000][..] } else { &asked };
    counts.iter().for_each(|count| speed(*count));
}
