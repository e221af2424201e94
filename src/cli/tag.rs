//! `curate tag PATH`: topics added and removed, in all their linked lists.

use std::path::PathBuf;

use super::bulk::Among;
use super::library::Library;
use super::output::{Exit, Out, Stop};
use crate::profile::Intent;

/// Add and remove topics, in all their linked lists; prints a unified diff until --write
///
/// Both flags may be given several times; removals come first. What is so already is no error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// A topic to add, such as 'KLAS: Scheduling'
    #[arg(long, value_name = "TOPIC", required_unless_present = "remove")]
    add: Vec<String>,
    /// A topic to remove
    #[arg(long, value_name = "TOPIC")]
    remove: Vec<String>,
    #[command(flatten)]
    among: Among,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    if args.add.iter().any(|topic| topic.trim().is_empty()) {
        return Err(Stop::usage("a topic has a name"));
    }
    let query = args.among.query()?;
    let library = Library::open(&args.path)?;
    let rule = library.topics_rule()?;
    if let Some(reason) = args.add.iter().find_map(|topic| rule.refusal(topic)) {
        return Err(Stop::usage(reason));
    }
    let removed = args.remove.iter().cloned().map(Intent::RemoveTopic);
    let intents: Vec<Intent> = removed.chain(args.add.iter().cloned().map(Intent::AddTopic)).collect();
    args.among.change(&library, query.as_ref(), &intents, out)
}
