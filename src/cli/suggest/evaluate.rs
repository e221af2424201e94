//! `suggest --eval`: the topics, and the offerings, of a fifth are hidden, and found again, or not.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use super::super::library::Chosen;
use super::super::output::{Exit, Out, Stop, say};
use super::evidence::{Dice, Evidence, by_date};
use super::{Args, Split, rounded, say_learned};
use crate::content::counted::count;
use crate::library::{Row, RowField};
use crate::suggest::{Calibration, ItemText, JUDGED, Judged, Learner, Measures, Signal, Tenth};

/// The part that is hidden.
const PART: usize = 5;

/// Items with topics below which nothing can be said.
const FEW: usize = 10;

/// What the row of the offerings is called.
const OFFERINGS: &str = "offerings: all together";

/// What was found.
struct Found {
    hidden: usize,
    learned: usize,
    /// The topics.
    rows: Vec<(&'static str, Measures)>,
    judged: Judged,
}

pub(super) fn run(evidence: &Evidence<'_>, chosen: &Chosen<Row>, args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let mut carrying: Vec<&Row> = chosen.items.iter().filter(|row| row.topics().next().is_some()).collect();
    if carrying.len() < FEW {
        let there = count(carrying.len(), "item");
        let why = format!("{there} with topics: at least {FEW} are needed to hide some and find them again");
        return Err(Stop::Said(Exit::Nothing, why));
    }
    let hidden = hidden(&mut carrying, args);
    let found = found(evidence, &hidden, args.seed);
    say_learned(found.learned);
    if args.json {
        out.json(&json_of(&found, args))?
    } else {
        print(&found, out)?
    }
    Ok(if chosen.unreadable > 0 { Exit::Failed } else { Exit::Done })
}

/// The fifth that is hidden, the oldest first.
fn hidden<'r>(carrying: &mut Vec<&'r Row>, args: &Args) -> Vec<&'r Row> {
    carrying.sort_unstable_by(|a, b| by_date(a).cmp(&by_date(b)));
    let dated = carrying.iter().any(|row| !row.text(RowField::Date).is_empty());
    if args.split == Split::Date && !dated {
        say("no item has a date: the fifth is one at random");
    }
    let shown = carrying.len() - carrying.len() / PART;
    if args.split == Split::Random || !dated {
        Dice(args.seed).shuffle(carrying);
    }
    let mut hidden = carrying.split_off(shown);
    hidden.sort_unstable_by(|a, b| by_date(a).cmp(&by_date(b)));
    hidden
}

fn found(evidence: &Evidence<'_>, hidden: &[&Row], seed: u64) -> Found {
    let paths: HashSet<&str> = hidden.iter().map(|row| &*row.path).collect();
    let teach = |row: &Row| !paths.contains(&*row.path);
    let mut learner = evidence.learner(teach);
    let learned = learner.items();
    let mut judged = Judged::default();
    let items = || hidden.iter().filter_map(|row| evidence.item(&row.path));
    items().for_each(|item| learner.judge(&item, &mut judged));
    let mut rows: Vec<(&str, Measures)> =
        Signal::ALL.iter().map(|signal| (signal.name(), *judged.by(*signal))).collect();
    rows.push(("all together, each item learned once asked", one_by_one(items(), &mut learner)));
    let mut dice = Dice(seed ^ u64::MAX);
    let shuffled = evidence.shuffled(teach, &mut dice);
    let learner = evidence.learned(teach, |path| shuffled.get(path));
    rows.push(("control: all together, topics shuffled", control(items().collect(), &learner, &mut dice)));
    Found { hidden: hidden.len(), learned, rows, judged }
}

/// As on a working day: each item is asked about, then learned.
fn one_by_one(items: impl Iterator<Item = ItemText>, learner: &mut Learner) -> Measures {
    let mut measures = Measures::default();
    for item in items {
        let suggested = learner.suggest(&item.without_topics(), JUDGED).topics;
        let right = item.topics.iter().map(String::as_str).collect();
        measures.add(suggested.iter().map(|topic| &*topic.name), &right);
        learner.learn(&item);
    }
    measures
}

/// What is found again where the hidden items, too, have each other's topics: no text says anything of them.
fn control(mut items: Vec<ItemText>, learner: &Learner, dice: &mut Dice) -> Measures {
    let mut judged = Judged::default();
    let mut dealt: Vec<Vec<String>> = items.iter_mut().map(|item| std::mem::take(&mut item.topics)).collect();
    dice.shuffle(&mut dealt);
    for (item, topics) in items.into_iter().zip(dealt) {
        learner.judge(&ItemText { topics, ..item }, &mut judged);
    }
    *judged.by(Signal::Blend)
}

fn print(found: &Found, out: &mut Out) -> Result<(), Stop> {
    let width = found.rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    out.line(&format!("{:width$}  recall@5  precision@1  nDCG@5", count(found.hidden, "item")))?;
    let offerings = (OFFERINGS, found.judged.offerings);
    for (name, of) in found.rows.iter().chain([&offerings]).filter(|(_, of)| of.items() > 0) {
        let (recall, precision, gain) = (of.recall_at_5(), of.precision_at_1(), of.ndcg_at_5());
        out.line(&format!("{name:width$}  {recall:>8.3}  {precision:>11.3}  {gain:>6.3}"))?;
    }
    print_scores("topics at a score", &found.judged.scores, out)?;
    if offerings.1.items() > 0 {
        print_scores("offerings at a score", &found.judged.offering_scores, out)?
    }
    Ok(())
}

/// How many of the suggestions shown at each score were right.
fn print_scores(what: &str, scores: &Calibration, out: &mut Out) -> Result<(), Stop> {
    out.line("")?;
    out.line(&format!("{what:20}  of them  said  right"))?;
    for (at, tenth) in scores.tenths().iter().enumerate().filter(|(_, tenth)| tenth.shown > 0) {
        let (from, to) = (at as f64 / 10.0, (at + 1) as f64 / 10.0);
        let (said, right) = (tenth.said(), tenth.came_true());
        out.line(&format!("{:20}  {:>7}  {said:>4.2}  {right:>5.2}", format!("{from:.1} to {to:.1}"), tenth.shown))?;
    }
    out.line(&format!("apart by {:.3} on average", scores.error()))
}

fn json_of(found: &Found, args: &Args) -> Json {
    let signal = |(name, of): &(&str, Measures)| {
        json!({ "signal": name, "recall@5": rounded(of.recall_at_5()), "precision@1": rounded(of.precision_at_1()),
                "ndcg@5": rounded(of.ndcg_at_5()) })
    };
    let tenths = |scores: &Calibration| -> Vec<Json> {
        let tenth = |t: &Tenth| json!({ "shown": t.shown, "said": rounded(t.said()), "right": rounded(t.came_true()) });
        scores.tenths().iter().map(tenth).collect()
    };
    let judged = &found.judged;
    let offerings = (judged.offerings.items() > 0).then(|| signal(&(OFFERINGS, judged.offerings)));
    json!({
        "split": if args.split == Split::Date { "date" } else { "random" },
        "seed": args.seed,
        "hidden": found.hidden,
        "learned": found.learned,
        "signals": found.rows.iter().map(signal).collect::<Vec<_>>(),
        "calibration": tenths(&judged.scores),
        "offerings": offerings,
        "offerings calibration": tenths(&judged.offering_scores),
    })
}
