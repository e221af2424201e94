//! `curate check PATH`: what does not agree with the profile, and its repair.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::json;

use super::bulk::{self, Changed};
use super::choose;
use super::library::{Chosen, Library};
use super::look::look;
use super::output::{Exit, Out, Stop, say};
use crate::content::{Document, body, edit};
use crate::library::survey::otherwise::all_alike;
use crate::profile::expand::expand_value;
use crate::profile::{Finding, FindingKind, Intent, Profile, findings};

/// Print findings, a line each: PATH:FIELD: kind: message; exit 1 while any remain
///
/// The truth is the profile's topics field, and the key of each `same:`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// Only items that match
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// An object a line
    #[arg(long)]
    json: bool,
    /// Repair findings of these kinds; prints a unified diff until --write [default kinds: drift]
    #[arg(long, value_name = "KINDS", num_args = 0..=1, require_equals = true, value_delimiter = ',',
          default_missing_value = "drift")]
    fix: Option<Vec<String>>,
    /// Write the repairs
    #[arg(long, requires = "fix")]
    write: bool,
    /// Hidden and git-ignored files too
    #[arg(long)]
    all: bool,
}

/// A repair may bring out another finding; more rounds than this would be going round in circles.
const ROUNDS: usize = 4;

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let kinds = args.fix.iter().flatten().map(|name| {
        let unknown = || Stop::usage(format!("`{name}` is no kind of finding that can be repaired: {}", names()));
        FindingKind::named(name.trim()).ok_or_else(unknown)
    });
    let kinds: Vec<FindingKind> = kinds.collect::<Result<_, _>>()?;
    let query = args.query.as_deref().map(choose::parse).transpose()?;
    let library = Library::open(&args.path)?;
    let chosen = library.choose_items(query.as_ref(), args.all)?;
    if chosen.items.is_empty() && chosen.unreadable == 0 {
        return Err(Stop::Said(Exit::Nothing, "nothing matched".to_string()));
    }
    let mut failed = false;
    if args.fix.is_some() {
        let alike = alike(&library, &kinds, args.all);
        let repair = |document: &Document| repaired(&library.profile, &kinds, &alike, document);
        failed = bulk::run(&library, &chosen, args.write, out, repair)? == Exit::Failed;
    }
    // Of a dry run the data is the diff; what is found then is only counted.
    let shown = args.fix.is_none() || args.write;
    let (found, unreadable) = report(&library, &chosen, args, shown, out)?;
    failed |= unreadable + chosen.unreadable > 0;
    Ok(match (failed, found) {
        (true, _) => Exit::Failed,
        (false, 0) => Exit::Done,
        (false, _) => Exit::Nothing,
    })
}

fn names() -> String {
    FindingKind::ALL.map(FindingKind::name).join(", ")
}

/// Prints what is found; how much it is, and how many files could not be read for it.
fn report(
    library: &Library,
    chosen: &Chosen<Arc<str>>,
    args: &Args,
    shown: bool,
    out: &mut Out,
) -> Result<(usize, usize), Stop> {
    let (mut count, mut unreadable) = (0, 0);
    for (item, found) in chosen.items.iter().zip(look(library, &chosen.items, args.all)) {
        let path = library.shown(item);
        match found {
            Ok(found) => {
                count += found.findings.len();
                let mut findings = found.findings.iter().filter(|_| shown);
                findings.try_for_each(|finding| print(path, finding, args.json, out))?;
            }
            Err(reason) => {
                unreadable += 1;
                say(&format!("{path}: {reason}"));
            }
        }
    }
    Ok((count, unreadable))
}

fn print(path: &str, finding: &Finding, as_json: bool, out: &mut Out) -> Result<(), Stop> {
    let (field, kind, message) = (finding.place(), finding.kind.name(), &finding.message);
    if as_json {
        let fix = finding.fix_in_words();
        let fixable = fix.is_some();
        let line =
            json!({ "path": path, "field": field, "kind": kind, "message": message, "fixable": fixable, "fix": fix });
        out.json(&line)
    } else {
        out.line(&format!("{path}:{field}: {kind}: {}", message.replace(['\n', '\r'], " ")))
    }
}

/// What makes the offerings of the library alike, where that is asked for.
fn alike(library: &Library, kinds: &[FindingKind], all: bool) -> Vec<Intent> {
    let rule = library.profile.offerings.as_ref().filter(|_| kinds.contains(&FindingKind::Offering));
    // What cannot be read is said where it is to be changed.
    rule.map_or_else(Vec::new, |rule| all_alike(rule, &library.offerings(rule, &library.items_under_root(all)).0))
}

/// The document with all findings of these kinds repaired that can be; `alike` is what the library asks of its offerings.
fn repaired(
    profile: &Profile,
    kinds: &[FindingKind],
    alike: &[Intent],
    document: &Document,
) -> Result<Changed, String> {
    let mut value = document.value().map_err(|e| e.to_string())?;
    let text = body::text(document.body());
    let (mut edits, mut notes) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let found = findings(profile, &value, Some(&text));
        let fixes = found.into_iter().filter(|f| kinds.contains(&f.kind)).filter_map(|f| f.fix);
        let before = edits.len();
        let once = if round == 0 { alike } else { &[] };
        for intent in once.iter().cloned().chain(fixes.flatten()) {
            let expansion = expand_value(profile, &intent, &value, SystemTime::now()).map_err(|e| e.to_string())?;
            edit::apply_to_value(&mut value, &expansion.edits).map_err(|e| e.to_string())?;
            edits.extend(expansion.edits);
            notes.extend(expansion.left);
        }
        if edits.len() == before {
            break;
        }
    }
    Ok(Changed { document: edit::apply(document, &edits).map_err(|e| e.to_string())?, notes, taken: Vec::new() })
}
