//! How good suggestions are, held: on made-up items in every run, and on a real site where it is at hand.
//!
//! Without optimisation the real site takes minutes, so it is judged in a release build, or where `CURATE_LONG` is set:
//! `cargo test --release --test suggestions -- --nocapture` prints the figures of `docs/suggestions.md`.

mod made;
mod site;

use curate::suggest::{Calibration, ItemText, Judged, Learner, Measures, Prepared, Signal};

/// Learns the items that are not hidden, and judges those that are.
fn judged(items: &[ItemText], hidden: &dyn Fn(&ItemText) -> bool) -> Judged {
    let mut learner = Learner::new();
    learner.learn_all(items.iter().filter(|item| !hidden(item)).map(Prepared::of));
    let mut judged = Judged::default();
    items.iter().filter(|item| hidden(item)).for_each(|item| learner.judge(item, &mut judged));
    judged
}

/// The same with the topics dealt out anew, among the items that are learned and among those that are not: no text says anything of them.
fn judged_shuffled(items: &[ItemText], hidden: &dyn Fn(&ItemText) -> bool) -> Judged {
    let mut dice = Dice(2022);
    let mut shuffled = items.to_vec();
    for part in [true, false] {
        let part: Vec<usize> = (0..items.len()).filter(|at| hidden(&items[*at]) == part).collect();
        let mut dealt = part.clone();
        (1..dealt.len()).rev().for_each(|at| dealt.swap(at, dice.below(at + 1)));
        for (to, from) in part.into_iter().zip(dealt) {
            shuffled[to].topics.clone_from(&items[from].topics);
        }
    }
    judged(&shuffled, hidden)
}

/// As on working days: each item is asked about, then learned, from the first one on.
fn judged_from_the_first(items: &[ItemText]) -> Measures {
    let (mut learner, mut judged) = (Learner::new(), Measures::default());
    for item in items {
        let topics = learner.suggest(&item.without_topics(), 5).topics;
        judged.add(topics.iter().map(|topic| &*topic.name), &item.topics.iter().map(String::as_str).collect());
        learner.learn(item);
    }
    judged
}

/// Chance that comes out the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// A number below `end`: the first ones come all the time, the last ones hardly ever.
    fn uneven(&mut self, end: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((end as f64).powf(share) - 1.0) as usize
    }
}

/// Prints what a split came to.
fn print(what: &str, judged: &Judged) {
    println!("{what}: recall@5 / precision@1 / nDCG@5");
    for signal in Signal::ALL {
        println!("  {:20} {}", signal.name(), shown(judged.by(signal)));
    }
    println!("  score said and came true: {}", scores(&judged.scores));
    if judged.offerings.items() > 0 {
        println!("  offerings {}; {}", shown(&judged.offerings), scores(&judged.offering_scores));
    }
}

fn shown(of: &Measures) -> String {
    format!("{:.3} / {:.3} / {:.3}", of.recall_at_5(), of.precision_at_1(), of.ndcg_at_5())
}

fn scores(of: &Calibration) -> String {
    let tenths = of.tenths().iter().filter(|tenth| tenth.shown > 0);
    let tenths: Vec<String> = tenths.map(|t| format!("{:.2} {:.2} ({})", t.said(), t.came_true(), t.shown)).collect();
    format!("{}; apart by {:.3}", tenths.join(", "), of.error())
}
