//! `curate offering PATH`: related offerings added and removed.

use std::path::PathBuf;

use super::bulk::Among;
use super::library::Library;
use super::output::{Exit, Out, Stop, say};
use crate::content::Value;
use crate::content::counted::count;
use crate::library::OfferingIndex;
use crate::profile::{Intent, OfferingsRule, Which};

/// Add and remove related offerings, by label or id; prints a unified diff until --write
///
/// Both flags may be given several times; removals come first. What is so already is no error. --add copies the entry most used under
/// the root, whole, in the style of the file's own; --remove takes every entry of that id, or of exactly that label.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// An offering to add, by its label or its id
    #[arg(long, value_name = "LABEL|ID", required_unless_present = "remove")]
    add: Vec<String>,
    /// An offering to remove, by its label or its id
    #[arg(long, value_name = "LABEL|ID")]
    remove: Vec<String>,
    #[command(flatten)]
    among: Among,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let query = args.among.query()?;
    let library = Library::open(&args.path)?;
    let rule = library.offerings_rule()?;
    let mut intents: Vec<Intent> =
        args.remove.iter().map(|text| Intent::RemoveOffering(Which::Named(text.clone()))).collect();
    if !args.add.is_empty() {
        // What cannot be read has no offering to copy, and is said where it is to be changed.
        let (known, _) = library.offerings(rule, &library.items_under_root(args.among.all));
        for text in &args.add {
            intents.push(Intent::AddOffering(meant(rule, &known, text)?));
        }
    }
    args.among.change(&library, query.as_ref(), &intents, out)
}

/// The entry that a label or an id means: the most used one.
pub(super) fn meant(rule: &OfferingsRule, known: &OfferingIndex, text: &str) -> Result<Value, Stop> {
    let found = known.named(rule, text);
    let Some(first) = found.first() else {
        let near = known.near(rule, text, 3);
        let near = if near.is_empty() { String::new() } else { format!("; near it: {}", near.join(", ")) };
        return Err(Stop::usage(format!("no item has the offering `{text}`, and no vocabulary lists it{near}")));
    };
    if let [taken, other, ..] = found.as_slice() {
        let [taken, other] = [taken, other].map(|at| known.offering(*at));
        let uses = count(taken.uses, "item");
        let (id, left) = (taken.which.text(), other.which.text());
        say(&format!("`{text}` is the name of {}: {id} is taken ({uses}), not {left}", count(found.len(), "offering")));
    }
    known.canonical(rule, *first).map(|entry| Value::clone(&entry)).ok_or_else(|| Stop::usage("nothing to copy"))
}
