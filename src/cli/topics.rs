//! `curate topics PATH`: the topics in use, with counts, and their renaming, merging and deletion.

use std::path::PathBuf;
use std::sync::Arc;

use super::bulk;
use super::library::{Chosen, Library, ended};
use super::list::escaped;
use super::output::{Exit, Out, Stop};
use super::set::changed;
use crate::library::{ItemId, Row, TopicIndex};
use crate::profile::Intent;

/// Print the topics in use and how many items have each; rename, merge or delete one
///
/// Changes print a unified diff until --write.
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
    /// Hidden and git-ignored files too
    #[arg(long)]
    all: bool,
    /// Write the changes
    #[arg(long)]
    write: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    if args.rename.iter().chain(&args.merge).nth(1).is_some_and(|new| new.trim().is_empty()) {
        return Err(Stop::usage("a topic has a name; --delete TOPIC takes one away"));
    }
    let library = Library::open(&args.path)?;
    library.topics_rule()?;
    let chosen = library.choose(None, args.all)?;
    let (old, intent) = match (args.rename.as_slice(), args.merge.as_slice(), &args.delete) {
        ([old, new], _, _) | (_, [old, new], _) => (old, Intent::RenameTopic { old: old.clone(), new: new.clone() }),
        (_, _, Some(topic)) => (topic, Intent::RemoveTopic(topic.clone())),
        _ => return print(&chosen, out),
    };
    let carry = chosen.items.iter().filter(|row| row.topics().any(|topic| topic == old)).map(|row| row.path.clone());
    let items: Vec<Arc<str>> = carry.collect();
    if items.is_empty() {
        return Err(Stop::Said(Exit::Nothing, format!("no item has the topic `{old}`")));
    }
    let chosen = Chosen { items, unreadable: chosen.unreadable };
    let intents = [intent];
    bulk::run(&library, &chosen, args.write, out, |document| changed(&library.profile, &intents, document))
}

/// The most used first: topic, tab, number of items.
fn print(chosen: &Chosen<Row>, out: &mut Out) -> Result<Exit, Stop> {
    let mut index = TopicIndex::default();
    for (at, row) in (0..).zip(&chosen.items) {
        index.insert(ItemId(at), row);
    }
    let counts = index.topics.counts();
    for (topic, items) in &counts {
        out.tabbed(&[escaped(topic), items.to_string()])?;
    }
    Ok(ended(chosen.unreadable, counts.len()))
}
