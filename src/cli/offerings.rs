//! `curate offerings PATH`: the offerings in use, with counts; their renaming, merging and deletion; a vocabulary file to start from.

use std::path::PathBuf;
use std::sync::Arc;

use super::bulk;
use super::library::{Chosen, Library, ended};
use super::list::{escaped, json_of_value};
use super::offering::meant;
use super::output::{Exit, Out, Stop, say};
use super::set::changed;
use crate::content::Value;
use crate::content::counted::count;
use crate::library::{ItemId, OfferingIndex};
use crate::profile::{Intent, OfferingsRule, Which};

/// Print every offering: label, id and how many items have it; rename, merge or delete one
///
/// The offerings that items have, the most used first, then those that only the profile's vocabulary lists.
///
/// An offering is named by its label or its id. Changes print a unified diff until --write. Merging an offering into itself makes all
/// its entries like the most used one. What --json and --csv print is a vocabulary file for `offerings: vocabulary:`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// Give an offering another label, in every item; an address that follows from the label follows
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    rename: Vec<String>,
    /// Put one offering in the place of another, in every item
    #[arg(long, num_args = 2, value_names = ["FROM", "INTO"], conflicts_with = "rename")]
    merge: Vec<String>,
    /// Remove an offering from every item
    #[arg(long, value_name = "LABEL|ID", conflicts_with_all = ["rename", "merge"])]
    delete: Option<String>,
    /// Every offering's most used entry, as a JSON list
    #[arg(long, conflicts_with_all = ["rename", "merge", "delete", "csv"])]
    json: bool,
    /// The same as CSV; the texts of a list stand in one cell, `;` between them
    #[arg(long, conflicts_with_all = ["rename", "merge", "delete"])]
    csv: bool,
    /// Hidden and git-ignored files too
    #[arg(long)]
    all: bool,
    /// Write the changes
    #[arg(long)]
    write: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    if args.rename.get(1).is_some_and(|new| new.trim().is_empty()) {
        return Err(Stop::usage("an offering has a label; --delete takes one away"));
    }
    let library = Library::open(&args.path)?;
    let rule = library.offerings_rule()?;
    let chosen = library.items(args.all);
    let (known, problems) = library.offerings(rule, &chosen.items);
    problems.iter().for_each(|(item, why)| say(&format!("{}: {why}", library.shown(item))));
    let unreadable = chosen.unreadable + problems.len();
    let named = |text: &String| Which::Named(text.clone());
    let (old, intent) = match (args.rename.as_slice(), args.merge.as_slice(), &args.delete) {
        ([old, new], _, _) => (old, Intent::RenameOffering { which: named(old), label: new.clone() }),
        (_, [from, into], _) => {
            let entry = meant(rule, &known, into)?;
            // Into itself, by whatever name: all its entries are meant.
            let which = match rule.identity(&entry) {
                Some(which) if rule.is(&named(from), &entry) => which,
                _ => named(from),
            };
            (from, Intent::ReplaceOffering { which, entry })
        }
        (_, _, Some(text)) => (text, Intent::RemoveOffering(named(text))),
        _ => return print(args, rule, &known, unreadable, out),
    };
    let found = known.named(rule, old);
    let mut items: Vec<Arc<str>> = Vec::new();
    for (at, item) in (0..).zip(&chosen.items) {
        if known.offerings_of(ItemId(at)).any(|offering| found.contains(&offering)) {
            items.push(item.clone());
        }
    }
    if items.is_empty() {
        return Err(Stop::Said(Exit::Nothing, format!("no item has the offering `{old}`")));
    }
    let chosen = Chosen { items, unreadable };
    let intents = [intent];
    bulk::run(&library, &chosen, args.write, out, |document| changed(&library.profile, &intents, document))
}

/// The most used first.
fn print(
    args: &Args,
    rule: &OfferingsRule,
    known: &OfferingIndex,
    unreadable: usize,
    out: &mut Out,
) -> Result<Exit, Stop> {
    let used = known.offerings();
    let mut offerings: Vec<(usize, usize, String)> =
        used.map(|(at, offering)| (at, offering.uses, known.label(rule, at))).collect();
    offerings.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.2.cmp(&b.2)).then(a.0.cmp(&b.0)));
    let entries = || offerings.iter().filter_map(|(at, ..)| known.canonical(rule, *at));
    if args.json {
        json(&entries().collect::<Vec<_>>(), out)?;
    } else if args.csv {
        csv_of(rule, &entries().collect::<Vec<_>>(), out)?;
    } else {
        for (at, uses, label) in &offerings {
            let id = known.canonical(rule, *at).and_then(|entry| rule.id(&entry)).unwrap_or_default();
            out.tabbed(&[escaped(label), escaped(&id), uses.to_string()])?;
        }
    }
    let differ: Vec<&str> =
        offerings.iter().filter(|(at, ..)| known.differs(rule, *at)).map(|(_, _, label)| label.as_str()).collect();
    if let Some(first) = differ.first() {
        let those = count(differ.len(), "offering");
        say(&format!("{those} not written the same everywhere, such as {first}: --merge X X makes X alike"));
    }
    Ok(ended(unreadable, offerings.len()))
}

/// One entry a line, so that a vocabulary kept in git shows what changed.
fn json(entries: &[Arc<Value>], out: &mut Out) -> Result<(), Stop> {
    for (at, entry) in entries.iter().enumerate() {
        let line = super::output::json_line(&json_of_value(entry));
        let (open, comma) = (if at == 0 { "[" } else { " " }, if at + 1 == entries.len() { "]" } else { "," });
        out.line(&format!("{open}{line}{comma}"))?;
    }
    if entries.is_empty() { out.line("[]") } else { Ok(()) }
}

fn csv_of(rule: &OfferingsRule, entries: &[Arc<Value>], out: &mut Out) -> Result<(), Stop> {
    let mut columns: Vec<String> = vec![rule.label_key().to_string()];
    let keys = entries.iter().flat_map(|entry| match &**entry {
        Value::Map(pairs) => pairs.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(),
        _ => Vec::new(),
    });
    for key in rule.fields.iter().map(|(key, _)| key.as_str()).chain(keys) {
        if !columns.iter().any(|known| known == key) {
            columns.push(key.to_string());
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |e: csv::Error| Stop::failed(e.to_string());
    writer.write_record(&columns).map_err(failed)?;
    for entry in entries {
        let label = rule.label(entry).unwrap_or_default();
        let cell = |key: &String| match entry.get(key) {
            Some(value) => cell_of(value),
            None if key == rule.label_key() => label.clone(),
            None => String::new(),
        };
        writer.write_record(columns.iter().map(cell)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| Stop::failed(e.to_string()))?;
    out.text(&String::from_utf8_lossy(&bytes))
}

fn cell_of(value: &Value) -> String {
    match value {
        Value::Seq(items) if items.iter().all(Value::is_scalar) => {
            items.iter().filter_map(Value::scalar_text).collect::<Vec<_>>().join("; ")
        }
        other => other.scalar_text().unwrap_or_else(|| json_of_value(other).to_string()),
    }
}
