//! `suggest --eval`: the topics of a fifth are hidden, and found again, or not.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use super::super::library::Chosen;
use super::super::output::{Exit, Out, Stop, say};
use super::evidence::{Dice, Evidence, by_date};
use super::{Args, Split, rounded, say_learned};
use crate::content::counted::count;
use crate::library::{Row, RowField};
use crate::suggest::{Calibration, ItemText, JUDGED, Learner, Measures, Signal};

/// The part that is hidden.
const PART: usize = 5;

/// Items with topics below which nothing can be said.
const FEW: usize = 10;

/// What was found.
struct Found {
    hidden: usize,
    learned: usize,
    rows: Vec<(&'static str, Measures)>,
    calibration: Calibration,
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
    let mut measures = [Measures::default(); Signal::ALL.len()];
    let mut calibration = Calibration::default();
    for row in hidden {
        let Some((blank, topics)) = blank(evidence, row) else { continue };
        let right = topics.iter().map(String::as_str).collect();
        for (measures, ranked) in measures.iter_mut().zip(learner.ranked_by(&blank, &Signal::ALL, JUDGED)) {
            measures.add(ranked.iter().map(|topic| &**topic), &right);
        }
        for topic in learner.suggest(&blank, JUDGED).topics {
            calibration.add(topic.score, right.contains(&*topic.name));
        }
    }
    let mut rows: Vec<(&str, Measures)> = Signal::ALL.iter().map(|signal| signal.name()).zip(measures).collect();
    rows.push(("all together, each item learned once asked", one_by_one(evidence, hidden, &mut learner)));
    let mut dice = Dice(seed ^ u64::MAX);
    let shuffled = evidence.shuffled(teach, &mut dice);
    let learner = evidence.learned(teach, |path| shuffled.get(path));
    rows.push(("control: all together, topics shuffled", control(evidence, hidden, &learner)));
    Found { hidden: hidden.len(), learned, rows, calibration }
}

/// An item with its topics taken off, and the topics.
fn blank(evidence: &Evidence<'_>, row: &Row) -> Option<(ItemText, Vec<String>)> {
    let mut item = evidence.item(&row.path)?;
    let topics = std::mem::take(&mut item.topics);
    item.offerings.clear();
    Some((item, topics))
}

/// As on a working day: each item is asked about, then learned.
fn one_by_one(evidence: &Evidence<'_>, hidden: &[&Row], learner: &mut Learner) -> Measures {
    let mut measures = Measures::default();
    for row in hidden {
        let Some((mut item, topics)) = blank(evidence, row) else { continue };
        let suggested = learner.suggest(&item, JUDGED).topics;
        let right = topics.iter().map(String::as_str).collect();
        measures.add(suggested.iter().map(|topic| &*topic.name), &right);
        item.topics = topics;
        learner.learn(&item);
    }
    measures
}

fn control(evidence: &Evidence<'_>, hidden: &[&Row], learner: &Learner) -> Measures {
    let mut measures = Measures::default();
    for row in hidden {
        let Some((item, topics)) = blank(evidence, row) else { continue };
        let ranked = learner.ranked_by(&item, &[Signal::Blend], JUDGED);
        let right = topics.iter().map(String::as_str).collect();
        ranked.iter().for_each(|ranked| measures.add(ranked.iter().map(|topic| &**topic), &right));
    }
    measures
}

fn print(found: &Found, out: &mut Out) -> Result<(), Stop> {
    let width = found.rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    out.line(&format!("{:width$}  recall@5  precision@1  nDCG@5", count(found.hidden, "item")))?;
    for (name, of) in &found.rows {
        let (recall, precision, gain) = (of.recall_at_5(), of.precision_at_1(), of.ndcg_at_5());
        out.line(&format!("{name:width$}  {recall:>8.3}  {precision:>11.3}  {gain:>6.3}"))?;
    }
    out.line("")?;
    out.line("score shown      of them  said  right")?;
    for (at, tenth) in found.calibration.tenths().iter().enumerate().filter(|(_, tenth)| tenth.shown > 0) {
        let (from, to) = (at as f64 / 10.0, (at + 1) as f64 / 10.0);
        let (said, right) = (tenth.said(), tenth.came_true());
        out.line(&format!("{from:.1} to {to:.1}  {:>12}  {said:>4.2}  {right:>5.2}", tenth.shown))?;
    }
    out.line(&format!("apart by {:.3} on average", found.calibration.error()))
}

fn json_of(found: &Found, args: &Args) -> Json {
    let signal = |(name, of): &(&str, Measures)| {
        json!({ "signal": name, "recall@5": rounded(of.recall_at_5()), "precision@1": rounded(of.precision_at_1()),
                "ndcg@5": rounded(of.ndcg_at_5()) })
    };
    let tenths = found.calibration.tenths().iter();
    let tenth = tenths.map(|t| json!({ "shown": t.shown, "said": rounded(t.said()), "right": rounded(t.came_true()) }));
    json!({
        "split": if args.split == Split::Date { "date" } else { "random" },
        "seed": args.seed,
        "hidden": found.hidden,
        "learned": found.learned,
        "signals": found.rows.iter().map(signal).collect::<Vec<_>>(),
        "calibration": tenth.collect::<Vec<_>>(),
    })
}
