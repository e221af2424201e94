//! Suggestions for several items at once: the marked ones.

use std::collections::HashMap;
use std::sync::Arc;

use super::ask::{Suggestion, Suggestions};
use super::item::ItemText;
use super::learner::Learner;
use super::why::Why;

/// Of very many items so many are looked at, evenly over all: the answer is the same, and it is there in a second.
const LOOKED_AT: usize = 400;

/// What is asked for each of them, that the best for all may be among.
const EACH: usize = 20;

/// What one topic or offering came to.
#[derive(Default)]
struct Tally {
    score: f32,
    items: usize,
    titles: usize,
    texts: usize,
    first: Vec<Why>,
}

impl Learner {
    /// The likeliest topics and offerings for a set of items: those that fit most of the items that do not carry them.
    pub fn suggest_for_many(&self, items: &[ItemText], most: usize) -> Suggestions {
        if let [item] = items {
            return self.suggest(item, most);
        }
        let step = items.len().div_ceil(LOOKED_AT).max(1);
        let (mut topics, mut offerings) = (HashMap::new(), HashMap::new());
        let mut looked_at = 0;
        for item in items.iter().step_by(step) {
            let suggestions = self.suggest(item, EACH);
            looked_at += 1;
            tally(&mut topics, suggestions.topics);
            tally(&mut offerings, suggestions.offerings);
        }
        Suggestions { topics: best(topics, looked_at, most), offerings: best(offerings, looked_at, most) }
    }
}

fn tally(tallies: &mut HashMap<Arc<str>, Tally>, suggestions: Vec<Suggestion>) {
    for suggestion in suggestions {
        let tally = tallies.entry(suggestion.name).or_default();
        tally.score += suggestion.score;
        tally.items += 1;
        tally.titles += usize::from(suggestion.why.contains(&Why::InTitle));
        tally.texts += usize::from(suggestion.why.iter().any(|why| matches!(why, Why::InSummary | Why::InText(_))));
        if tally.first.is_empty() {
            tally.first = suggestion.why;
        }
    }
}

fn best(tallies: HashMap<Arc<str>, Tally>, of: usize, most: usize) -> Vec<Suggestion> {
    let suggestion = |(name, tally): (Arc<str>, Tally)| {
        let why = match &tally {
            Tally { titles: 0, texts: 0, items: 1, .. } => tally.first,
            Tally { titles: 0, texts: 0, items, .. } => vec![Why::Fits { items: *items, of }],
            Tally { titles, texts, .. } => vec![Why::InMany { titles: *titles, texts: *texts }],
        };
        Suggestion { name, score: tally.score / of as f32, why }
    };
    let mut all: Vec<Suggestion> = tallies.into_iter().map(suggestion).collect();
    all.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.name.cmp(&b.name)));
    all.truncate(most);
    all
}
