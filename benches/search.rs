//! What a key in the filter costs, beside one pass over all titles with `contains` in the same run: `cargo bench --bench search`.
//!
//! Two words are typed letter by letter, each key narrowing the answer before it, as the workstation does. The made-up titles
//! share few words, so that far more of them match than in a real library.

use std::time::{Duration, Instant};

use curate::content::summary::Cell;
use curate::library::{ItemId, Row, RowField, RowSpec, Rows, TopicIndex};
use curate::search::{Context, Query, Request, run};

const WORDS: [&str; 24] = [
    "virtual",
    "care",
    "teams",
    "close",
    "gaps",
    "rural",
    "clinics",
    "nursing",
    "hospital",
    "data",
    "breach",
    "remote",
    "patients",
    "startup",
    "raises",
    "million",
    "monitoring",
    "study",
    "finds",
    "telehealth",
    "visits",
    "after",
    "the",
    "in",
];
const TYPED: [&str; 4] = ["virtual care", "remote data", "rural study", "nursing zzz"];

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

fn library(count: usize) -> (Rows, TopicIndex, Vec<ItemId>) {
    let mut dice = Dice(2022);
    let (mut rows, mut index, mut order) = (Rows::default(), TopicIndex::default(), Vec::new());
    for n in 0..count {
        let title: Vec<&str> = (0..6 + dice.below(5)).map(|_| WORDS[dice.below(24)]).collect();
        let mut topic = || {
            let n = dice.below(20) * dice.below(40);
            format!("Scheme {}: {} {n}", n % 7, WORDS[n % 24])
        };
        let topics = [topic(), topic()];
        let text = |text: String| Cell::Text(text.into());
        let cells = vec![
            (RowField::Title, text(title.join(" "))),
            (RowField::Brand, text(format!("brand{}.example", dice.below(600)))),
            (RowField::Author, text(format!("Author {}", dice.below(3000)))),
            (RowField::Topics, Cell::List(topics.iter().collect())),
        ];
        let row = Row::new(format!("news/{n}.md"), cells);
        index.insert(ItemId(n as u32), &row);
        order.push(rows.push(row));
    }
    (rows, index, order)
}

/// How long each key takes.
fn keys(rows: &Rows, topics: &TopicIndex, order: &[ItemId]) -> Vec<Duration> {
    let context = Context::new(RowSpec::default(), |_| false);
    let mut times = Vec::new();
    for typed in TYPED {
        let mut before: Option<(Query, Vec<ItemId>)> = None;
        for end in 1..=typed.len() {
            let query = Query::parse(&typed[..end]);
            let previous = before.as_ref().map(|(query, items)| (query, items.as_slice()));
            let start = Instant::now();
            let request = Request { query: &query, rows, topics, order, context: &context, previous };
            let found = run(&request, &|| false).expect("nothing cancels it");
            times.push(start.elapsed());
            before = Some((query, found.items));
        }
    }
    times.sort();
    times
}

fn main() {
    for count in [10_000, 100_000] {
        let (rows, topics, order) = library(count);
        let start = Instant::now();
        let hits = rows.iter().filter(|(_, row)| row.title().contains("virtual")).count();
        let floor = start.elapsed();
        let times = keys(&rows, &topics, &order);
        let at = |share: usize| times[(times.len() - 1) * share / 100];
        println!(
            "{count} items, {hits} with `virtual`: a key takes {:.1?} in the median, {:.1?} at 99 %, {:.1?} at worst; \
             one pass over the titles {floor:.1?} (median {:.1} x)",
            at(50),
            at(99),
            at(100),
            at(50).as_secs_f64() / floor.as_secs_f64()
        );
    }
}
