//! `curate suggest PATH`: the topics and offerings that an item may want, each with its reason; and how far that can be trusted.

mod evaluate;
mod evidence;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use serde_json::{Value as Json, json};

use super::bulk::{self, Changed, in_two};
use super::choose;
use super::library::{Chosen, Library, ended};
use super::list::escaped;
use super::output::{Exit, Out, Stop, say};
use super::set::changed;
use crate::content::Value;
use crate::content::counted::count;
use crate::library::{Row, RowField};
use crate::profile::Intent;
use crate::suggest::{ItemText, Suggestion, Suggestions};
use evidence::Evidence;

/// Suggest topics and offerings, each with its score and its reason, learned from the library's own items
///
/// A score says how likely it is right: of ten at 0.8, about eight are. Items asked about are never evidence for themselves: what
/// they carry is not looked at for their topics. --min adds the topics and offerings at or above a score; it prints a unified diff until
/// --write.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// Only for items that match
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// An object a line
    #[arg(long)]
    json: bool,
    /// How many topics, and how many offerings, an item is given at most [default: 5; with --min all that have the score]
    #[arg(long, value_name = "N")]
    topics: Option<usize>,
    /// Add the topics and offerings with at least this score, 0 to 1
    #[arg(long, value_name = "SCORE", value_parser = score, conflicts_with = "json")]
    min: Option<f32>,
    /// Write the changes
    #[arg(long, requires = "min")]
    write: bool,
    /// Hide the topics of a fifth of the items and say how well they are found again, by each signal alone and by all together
    #[arg(long, conflicts_with = "min")]
    eval: bool,
    /// Which fifth: the newest, or one at random
    #[arg(long, value_enum, requires = "eval", default_value_t = Split::Date)]
    split: Split,
    /// Another fifth at random
    #[arg(long, value_name = "N", requires = "eval", default_value_t = 0)]
    seed: u64,
    /// Hidden and git-ignored files too
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Split {
    Date,
    Random,
}

fn score(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        _ => Err("a score is a number from 0 to 1".to_string()),
    }
}

/// Where the items asked about are more than a fifth of all that teach, they are asked in so many parts, each with the others as evidence.
const PARTS: usize = 5;

/// So many topics, and offerings, an item is given where nobody says how many.
const FEW: usize = 5;
/// So many are looked at for `--min`.
const WITH_MIN: usize = 50;

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let query = args.query.as_deref().map(choose::parse).transpose()?;
    let library = Library::open(&args.path)?;
    if args.eval || (args.min.is_some() && library.profile.offerings.is_none()) {
        library.topics_rule()?;
    }
    let chosen = library.choose(query.as_ref(), args.all)?;
    if chosen.items.is_empty() {
        return Err(Stop::Said(Exit::Nothing, "nothing matched".to_string()));
    }
    let evidence = Evidence::of(&library, args.all);
    match args.min {
        _ if args.eval => evaluate::run(&evidence, &chosen, args, out),
        Some(min) => apply(&evidence, chosen, min, args, out),
        None => {
            let suggested = suggested(&evidence, &chosen.items, args.topics.unwrap_or(FEW));
            for row in &chosen.items {
                let path = library.shown(&row.path);
                let none = Suggestions::default();
                let suggestions = suggested.get(&row.path).unwrap_or(&none);
                if args.json { out.json(&json_of(path, suggestions))? } else { print(path, suggestions, out)? }
            }
            Ok(ended(chosen.unreadable, chosen.items.len()))
        }
    }
}

/// What is suggested for each of these items, by path.
fn suggested(evidence: &Evidence<'_>, asked: &[Row], most: usize) -> HashMap<Arc<str>, Suggestions> {
    let carries = |row: &&Row| [RowField::Topics, RowField::Offerings].iter().any(|f| !row.cell(*f).is_blank());
    let (teaching, asked_of) = (evidence.rows().iter().filter(carries).count(), asked.iter().filter(carries).count());
    let parts = if asked_of * PARTS <= teaching { 1 } else { PARTS };
    let mut suggested = HashMap::new();
    for part in 0..parts {
        let rows: Vec<&Row> = asked.iter().skip(part).step_by(parts).filter(|row| row.problem.is_none()).collect();
        if rows.is_empty() {
            continue;
        }
        let hidden: HashSet<&str> = rows.iter().map(|row| &*row.path).collect();
        let learner = evidence.learner(|row| !hidden.contains(&*row.path));
        let of = |row: &&Row| {
            let item = evidence.item(&row.path)?;
            let blank = ItemText { topics: Vec::new(), ..item.clone() };
            let topics = learner.suggest(&blank, most).topics;
            let offerings = learner.suggest(&ItemText { offerings: Vec::new(), ..item }, most).offerings;
            Some((row.path.clone(), Suggestions { topics, offerings }))
        };
        suggested.extend(in_two(&rows, &of).into_iter().flatten());
    }
    suggested
}

/// Adds to each item the topics and offerings that are suggested with at least `min`.
fn apply(evidence: &Evidence<'_>, chosen: Chosen<Row>, min: f32, args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let library = evidence.library();
    let topics = library.profile.topics.as_ref();
    // The entry most used under the root is copied whole, as `offering --add` does.
    let offerings = library.profile.offerings.as_ref().map(|rule| {
        let (known, _) = library.offerings(rule, &library.items_under_root(args.all));
        (rule, known)
    });
    let topic =
        |name: &str| topics.filter(|rule| rule.refusal(name).is_none()).map(|_| Intent::AddTopic(name.to_string()));
    let offering = |name: &str| {
        let (rule, known) = offerings.as_ref()?;
        let entry = known.canonical(rule, *known.named(rule, name).first()?)?;
        Some(Intent::AddOffering(Value::clone(&entry)))
    };
    let enough = |found: &&Suggestion| found.score >= min;
    let mut intents: HashMap<Arc<str>, Vec<Intent>> = HashMap::new();
    for (path, found) in suggested(evidence, &chosen.items, args.topics.unwrap_or(WITH_MIN)) {
        let topics = found.topics.iter().filter(enough).filter_map(|found| topic(&found.name));
        let offerings = found.offerings.iter().filter(enough).filter_map(|found| offering(&found.name));
        intents.insert(path, topics.chain(offerings).collect());
    }
    let readable = chosen.items.iter().filter(|row| row.problem.is_none());
    let items = Chosen { items: readable.map(|row| row.path.clone()).collect(), unreadable: chosen.unreadable };
    bulk::run_by_item(library, &items, args.write, out, |item, document| match intents.get(item).map(Vec::as_slice) {
        None | Some([]) => Ok(Changed { document: document.clone(), notes: Vec::new(), taken: Vec::new() }),
        Some(intents) => changed(&library.profile, intents, document),
    })
}

/// A line an item: the path, then each suggestion with score and reason, tabs between.
fn print(path: &str, suggestions: &Suggestions, out: &mut Out) -> Result<(), Stop> {
    let cell = |what: &str, s: &Suggestion| escaped(&format!("{what}{} {:.2} ({})", s.name, s.score, s.reason()));
    let topics = suggestions.topics.iter().map(|topic| cell("", topic));
    let offerings = suggestions.offerings.iter().map(|offering| cell("offering ", offering));
    let cells: Vec<String> = std::iter::once(escaped(path)).chain(topics).chain(offerings).collect();
    out.tabbed(&cells)
}

fn json_of(path: &str, suggestions: &Suggestions) -> Json {
    let of = |what: &str, all: &[Suggestion]| -> Vec<Json> {
        let of = |s: &Suggestion| json!({ what: &*s.name, "score": rounded(f64::from(s.score)), "why": s.reason() });
        all.iter().map(of).collect()
    };
    let (topics, offerings) = (of("topic", &suggestions.topics), of("offering", &suggestions.offerings));
    json!({ "path": path, "topics": topics, "offerings": offerings })
}

/// Three digits after the point: more are noise.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// Tells people how much it was learned from.
fn say_learned(items: usize) {
    say(&format!("learned from {}", count(items, "item")));
}
