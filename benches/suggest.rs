//! What suggestions cost, beside reading the same texts' words once in the same run, and how good they are where real items are at hand:
//! `cargo bench --bench suggest`.
//!
//! The items are made up: 900 words drawn from a vocabulary as uneven as a language's, of which each of 120 topics has its own.
//! Budgets: a suggestion 3 ms at 10,000 items and 30 ms at 100,000; learning 10,000 items 4 s; one item more 0.5 ms; 600 bytes an item.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use curate::content::Document;
use curate::profile::Profile;
use curate::suggest::{Calibration, ItemText, Learner, Measures, Prepared, Signal};

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

/// All items of a folder, the oldest first.
fn read(dir: &Path, root: &Path, profile: &Profile, items: &mut Vec<ItemText>) {
    for entry in fs::read_dir(dir).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            read(&path, root, profile, items);
            continue;
        }
        let name = path.strip_prefix(root).map(|p| p.display().to_string()).unwrap_or_default();
        let document = fs::read(&path).ok().and_then(|bytes| Document::open(bytes).ok());
        items.extend(document.and_then(|document| ItemText::of(&name, profile, &document).ok()));
    }
}

fn quality(site: &Path) {
    let mut items = Vec::new();
    let values: Vec<_> = ["content/news/2015", "content/events/2020"]
        .iter()
        .flat_map(|sample| walk(&site.join(sample)))
        .filter_map(|path| Document::open(fs::read(path).ok()?).ok()?.value().ok())
        .collect();
    read(site, site, &Profile::infer(&values), &mut items);
    items.retain(|item| !item.topics.is_empty());
    items.sort_by(|a, b| (&a.date, &a.path).cmp(&(&b.date, &b.path)));
    for split in ["date", "random"] {
        let listed = fs::read_to_string(site.join(format!("{split}.test.txt"))).expect("a list");
        let hidden: HashSet<&str> = listed.lines().collect();
        let recall = judge(split, &items, |item| hidden.contains(item.path.as_str()));
        holds(&format!("recall by {split}"), recall, if split == "date" { 0.67 } else { 0.83 });
    }
    let (mut learner, mut measures) = (Learner::new(), Measures::default());
    for item in &items {
        let asked = ItemText { topics: Vec::new(), ..item.clone() };
        let topics = learner.suggest(&asked, 5).topics;
        measures.add(topics.iter().map(|t| &*t.name), &item.topics.iter().map(String::as_str).collect());
        learner.learn(item);
    }
    println!("asked, then learned, by date from the first item on: {}", shown(&measures));
    holds("recall, asked, then learned", measures.recall_at_5(), 0.78);
}

/// Ends the run where suggestions have become worse than they may be.
fn holds(what: &str, is: f64, least: f64) {
    assert!(is >= least, "{what}: {is:.3}, and {least} is the least");
}

/// Hides some items and prints how well they are found again; gives the recall of all signals together.
fn judge(split: &str, items: &[ItemText], is_hidden: impl Fn(&ItemText) -> bool) -> f64 {
    let mut learner = Learner::new();
    learner.learn_all(items.iter().filter(|item| !is_hidden(item)).map(Prepared::of));
    let mut measures = [Measures::default(); Signal::ALL.len()];
    let mut calibration = Calibration::default();
    for item in items.iter().filter(|item| is_hidden(item)) {
        let asked = ItemText { topics: Vec::new(), ..item.clone() };
        let right: HashSet<&str> = item.topics.iter().map(String::as_str).collect();
        for (measures, ranked) in measures.iter_mut().zip(learner.ranked_by(&asked, &Signal::ALL, 5)) {
            measures.add(ranked.iter().map(|topic| &**topic), &right);
        }
        for topic in learner.suggest(&asked, 5).topics {
            calibration.add(topic.score, right.contains(&*topic.name));
        }
    }
    println!("split by {split}: recall@5 / precision@1 / nDCG@5");
    for (signal, measures) in Signal::ALL.iter().zip(&measures) {
        println!("  {:20} {}", signal.name(), shown(measures));
    }
    let tenths = calibration.tenths().iter().filter(|tenth| tenth.shown > 0);
    let tenths: Vec<String> = tenths.map(|t| format!("{:.2} {:.2} ({})", t.said(), t.came_true(), t.shown)).collect();
    println!("  score said and came true: {}", tenths.join(", "));
    measures.last().map_or(0.0, Measures::recall_at_5)
}

fn shown(of: &Measures) -> String {
    format!("{:.3} / {:.3} / {:.3}", of.recall_at_5(), of.precision_at_1(), of.ndcg_at_5())
}

/// All files below a folder.
fn walk(dir: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

fn main() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/topics/digitalgov");
    match site.canonicalize() {
        Ok(site) => quality(&site),
        Err(_) => println!("skipped: {} is not here", site.display()),
    }
    [10_000, 100_000].into_iter().for_each(speed);
}
