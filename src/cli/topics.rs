//! `curate topics PATH`: the vocabulary with counts, near-duplicates, and the renaming, merging and deletion of a topic.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::bulk;
use super::library::{Chosen, Library, ended};
use super::list::escaped;
use super::output::{Exit, Out, Stop, say};
use super::set::changed;
use crate::content::counted::count;
use crate::library::clusters::{Cluster, clusters};
use crate::library::vocabulary::{KnownTopic, known_topics};
use crate::library::{Row, Rows, TopicIndex};
use crate::profile::Intent;

/// Print every topic and how many items have it; rename, merge or delete one
///
/// The topics that items have, the most used first, then those that only the profile's vocabulary lists. Changes print a unified
/// diff until --write.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// Give a topic another name, in every item
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    rename: Vec<String>,
    /// Make a topic another one, in every item
    #[arg(long, num_args = 2, value_names = ["FROM", "INTO"], conflicts_with = "rename")]
    merge: Vec<String>,
    /// Remove a topic from every item
    #[arg(long, value_name = "TOPIC", conflicts_with_all = ["rename", "merge"])]
    delete: Option<String>,
    /// Topics that may be one and the same: FROM, its items, INTO, its items, what they differ by
    #[arg(long, conflicts_with_all = ["rename", "merge", "delete"])]
    clusters: bool,
    /// An object a line, with last use, aliases and description
    #[arg(long, conflicts_with_all = ["rename", "merge", "delete"])]
    json: bool,
    /// Hidden and git-ignored files too
    #[arg(long)]
    all: bool,
    /// Write the changes
    #[arg(long)]
    write: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let named = args.rename.iter().chain(&args.merge).nth(1);
    if named.is_some_and(|new| new.trim().is_empty()) {
        return Err(Stop::usage("a topic has a name; --delete TOPIC takes one away"));
    }
    let library = Library::open(&args.path)?;
    let refused = named.and_then(|new| library.profile.topics.as_ref()?.refusal(new));
    library.topics_rule()?;
    if let Some(reason) = refused {
        return Err(Stop::usage(reason));
    }
    let chosen = library.choose(None, args.all)?;
    let (old, intent) = match (args.rename.as_slice(), args.merge.as_slice(), &args.delete) {
        ([old, new], _, _) | (_, [old, new], _) => (old, Intent::RenameTopic { old: old.clone(), new: new.clone() }),
        (_, _, Some(topic)) => (topic, Intent::RemoveTopic(topic.clone())),
        _ => return print(args, &library, chosen, out),
    };
    let items = with_topic(&chosen.items, old);
    if items.is_empty() {
        return Err(Stop::Said(Exit::Nothing, format!("no item has the topic `{old}`")));
    }
    tell_other(args, named.map_or(0, |new| with_topic(&chosen.items, new).len()));
    let chosen = Chosen { items, unreadable: chosen.unreadable };
    let intents = [intent];
    bulk::run(&library, &chosen, args.write, out, |document| changed(&library.profile, &intents, document))
}

fn with_topic(rows: &[Row], topic: &str) -> Vec<Arc<str>> {
    let carry = rows.iter().filter(|row| row.topics().any(|known| known == topic));
    carry.map(|row| row.path.clone()).collect()
}

/// A rename onto a topic that is there merges the two, and a merge into none renames: nobody should find that out afterwards.
fn tell_other(args: &Args, uses: usize) {
    match (args.rename.as_slice(), args.merge.as_slice(), uses) {
        ([_, new], _, 1..) => say(&format!("`{new}` is there already, in {}: the two become one", count(uses, "item"))),
        (_, [_, into], 0) => say(&format!("no item has `{into}` yet: this is a new name")),
        _ => {}
    }
}

fn print(args: &Args, library: &Library, chosen: Chosen<Row>, out: &mut Out) -> Result<Exit, Stop> {
    let (mut rows, mut index) = (Rows::default(), TopicIndex::default());
    for row in chosen.items {
        let id = rows.push(row);
        index.insert(id, rows.get(id));
    }
    let list = library.profile.topics.as_ref().and_then(|rule| rule.listed.as_deref());
    let known = known_topics(&rows, &index, list);
    if args.clusters {
        let counts: Vec<(&str, usize)> = known.iter().map(|known| (known.topic.as_str(), known.uses)).collect();
        let found = clusters(&counts);
        for cluster in &found {
            print_cluster(args, &known, cluster, out)?;
        }
        return Ok(ended(chosen.unreadable, found.len()));
    }
    for topic in &known {
        match args.json {
            true => out.json(&json!({
                "topic": topic.topic, "count": topic.uses, "last": topic.last, "listed": topic.listed,
                "aliases": topic.aliases, "description": topic.description,
            }))?,
            false => out.tabbed(&[escaped(&topic.topic), topic.uses.to_string()])?,
        }
    }
    Ok(ended(chosen.unreadable, known.len()))
}

fn print_cluster(args: &Args, known: &[KnownTopic], cluster: &Cluster, out: &mut Out) -> Result<(), Stop> {
    let keep = &known[cluster.keep];
    if args.json {
        let near = cluster.near.iter().map(|(at, why)| {
            let from = &known[*at];
            json!({"topic": from.topic, "count": from.uses, "differs": why.name()})
        });
        return out.json(&json!({"keep": keep.topic, "count": keep.uses, "near": near.collect::<Vec<_>>()}));
    }
    for (at, why) in &cluster.near {
        let (from, uses) = (&known[*at], known[*at].uses.to_string());
        let into = [escaped(&keep.topic), keep.uses.to_string(), why.name().to_string()];
        out.tabbed(&[&[escaped(&from.topic), uses][..], &into].concat())?;
    }
    Ok(())
}
