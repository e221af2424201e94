//! Made-up items: some topics have words of their own, some are named in the text and nothing else, some stand in titles, and most
//! words are anybody's. So no signal sees all of it, and what they come to together must.

use curate::suggest::{ItemText, Judged, Offered, Signal};

use crate::{Dice, judged, judged_from_the_first, judged_shuffled};

const ITEMS: usize = 300;

/// Topics that have words of their own, and topics that are named where they are meant.
const WORDED: usize = 20;
const NAMED: usize = 24;

/// Words that anybody uses.
const WORDS: usize = 1_000;

fn items() -> Vec<ItemText> {
    let mut dice = Dice(9);
    (0..ITEMS).map(|number| item(number, &mut dice)).collect()
}

fn item(number: usize, dice: &mut Dice) -> ItemText {
    let mut worded: Vec<usize> = (0..1 + dice.below(2)).map(|_| dice.uneven(WORDED)).collect();
    worded.dedup();
    let named: Vec<usize> = (0..dice.below(3)).map(|_| dice.uneven(NAMED)).collect();
    let mut text = |count: usize, own: usize| {
        let word = |_| match dice.below(own) {
            0 => format!("own{}x{}", worded[dice.below(worded.len())], dice.uneven(60)),
            _ => format!("any{}", dice.uneven(WORDS)),
        };
        (0..count).map(word).collect::<Vec<_>>().join(" ")
    };
    let (mut title, summary, mut body) = (text(6, 8), text(12, 8), text(50, 12));
    for (at, named) in named.iter().enumerate() {
        // Half of them in the title; and any topic may be mentioned where it is not meant.
        let text = if at % 2 == 0 { &mut title } else { &mut body };
        text.push_str(&format!(" subject{named}"));
    }
    if dice.below(3) == 0 {
        body.push_str(&format!(" subject{}", dice.below(NAMED)));
    }
    let offering =
        |topic: &usize| Offered { label: format!("Product{topic}"), topics: vec![format!("Own: Field {topic}")] };
    ItemText {
        path: format!("{number}.md"),
        title,
        summary,
        body,
        topics: topics(&worded, &named),
        offerings: worded.iter().map(offering).collect(),
        date: format!("{number:04}"),
        ..ItemText::default()
    }
}

fn topics(worded: &[usize], named: &[usize]) -> Vec<String> {
    let worded = worded.iter().map(|topic| format!("Own: Field {topic}"));
    let mut topics: Vec<String> = worded.chain(named.iter().map(|topic| format!("Named: Subject{topic}"))).collect();
    topics.sort();
    topics.dedup();
    topics
}

fn every_fifth(item: &ItemText) -> bool {
    item.date.ends_with(['0', '5'])
}

fn recall(of: &Judged, signal: Signal) -> f64 {
    of.by(signal).recall_at_5()
}

#[test]
fn all_signals_together_find_more_than_each_of_them_alone() {
    let found = judged(&items(), &every_fifth);
    crate::print("made up", &found);
    let together = recall(&found, Signal::Blend);
    assert!(together > 0.85, "{together:.3}");
    for alone in Signal::ALL.into_iter().filter(|signal| *signal != Signal::Blend) {
        assert!(together > recall(&found, alone) + 0.05, "{}: {:.3}", alone.name(), recall(&found, alone));
    }
    assert!(found.scores.error() < 0.08, "{:.3}", found.scores.error());
    assert!(found.offerings.recall_at_5() > 0.9, "{:.3}", found.offerings.recall_at_5());
}

#[test]
fn with_topics_shuffled_nothing_is_left_but_how_often_each_is_used() {
    let control = judged_shuffled(&items(), &every_fifth);
    crate::print("made up, shuffled", &control);
    let (shuffled, most_used) = (recall(&control, Signal::Blend), recall(&control, Signal::Frequent));
    assert!(shuffled < most_used + 0.05, "{shuffled:.3}, and the most used {most_used:.3}");
}

#[test]
fn asked_then_learned_it_gets_better_from_day_to_day() {
    let items = items();
    let early = judged_from_the_first(&items[..100]).recall_at_5();
    let all = judged_from_the_first(&items).recall_at_5();
    assert!(all > early + 0.03 && all > 0.75, "{early:.3}, then {all:.3}");
}

/// What a held-out item says of its own topics in any place but its text must make no difference.
#[test]
fn a_held_out_item_is_judged_without_its_topics_its_offerings_and_what_was_taken_from_it() {
    let items = items();
    let mut telling = items.clone();
    for item in telling.iter_mut().filter(|item| every_fifth(item)) {
        let named = item.topics.iter().map(|topic| Offered { label: topic.clone(), topics: item.topics.clone() });
        item.offerings = named.collect();
        item.rejected = vec!["Own: Field 0".to_string()];
    }
    let (plain, telling) = (judged(&items, &every_fifth), judged(&telling, &every_fifth));
    let rows = |of: &Judged| Signal::ALL.map(|signal| of.by(signal).recall_at_5().to_bits());
    assert_eq!(rows(&plain), rows(&telling));
    assert_eq!(plain.scores, telling.scores);
}
