//! Looking for findings, for `check` and for queries that ask for them: what each item shows, and what the library shows of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::bulk::in_two;
use super::library::Library;
use crate::content::body;
use crate::library::survey::{Glance, Known, survey};
use crate::library::{ItemId, OfferingIndex, Row, RowSpec};
use crate::profile::findings::looked;
use crate::profile::{Finding, FindingBits, OfferingsRule};
use crate::shell::disk;
use crate::shell::read::RowReader;

/// What is found in one item, or why it cannot be read.
pub(super) type Looked = Result<Found, String>;

/// What is found in one item.
pub(super) struct Found {
    /// In the order of the kinds.
    pub(super) findings: Vec<Finding>,
    /// What its row keeps of it.
    pub(super) bits: FindingBits,
}

/// What is found in each of these items. They are set beside every item of the root, asked about or not.
pub(super) fn look(library: &Library, items: &[Arc<str>], all: bool) -> Vec<Looked> {
    let one = |item: &Arc<str>| {
        let document = disk::read(&library.root.file(item)).map_err(|e| e.to_string())?;
        let value = document.value().map_err(|e| e.to_string())?;
        let (findings, bits) = looked(&library.profile, &value, || body::text(document.body()));
        Ok::<_, String>((Found { findings, bits }, Glance::at(&library.profile, &value, document.body())))
    };
    let each = in_two(items, &one);
    let known = known(library, items, all);
    let place: HashMap<Arc<str>, usize> = known.iter().enumerate().map(|(at, k)| (k.path.clone(), at)).collect();
    let mut asked = Vec::new();
    let mut found: Vec<Looked> = Vec::new();
    for (item, one) in items.iter().zip(each) {
        let at = place.get(item).copied().unwrap_or_default();
        found.push(one.map(|(found, glance)| {
            asked.push((at, glance));
            found
        }));
    }
    let is_file = |path: &str| library.root.dir.join(path).is_file();
    let offerings = library.profile.offerings.as_ref().map(|rule| (rule, offerings(library, rule, &known, &asked)));
    let wide = survey(&known, &asked, offerings.as_ref().map(|(rule, index)| (*rule, index)), &is_file);
    for (found, more) in found.iter_mut().flatten().zip(wide) {
        found.findings.extend(more);
        found.findings.sort_by_key(|finding| finding.kind);
    }
    found
}

/// The offerings of all that is known: of those asked about they are at hand, the others are read.
fn offerings(library: &Library, rule: &OfferingsRule, known: &[Known], asked: &[(usize, Glance)]) -> OfferingIndex {
    let at_hand: HashMap<usize, &Glance> = asked.iter().map(|(at, glance)| (*at, glance)).collect();
    let others = known.iter().enumerate().filter(|(at, _)| !at_hand.contains_key(at));
    let others: Vec<(usize, Arc<str>)> = others.map(|(at, known)| (at, known.path.clone())).collect();
    let paths: Vec<Arc<str>> = others.iter().map(|(_, path)| path.clone()).collect();
    // What cannot be read has none here; it is said where it is asked about.
    let (mut index, _) = library.offerings_at(rule, &paths, |at| ItemId(others[at].0 as u32));
    for (at, glance) in asked {
        index.put(rule, ItemId(*at as u32), glance.entries());
    }
    index
}

/// Every item of the root; those asked about are among them, hidden or not.
fn known(library: &Library, items: &[Arc<str>], all: bool) -> Vec<Known> {
    let mut rows: HashMap<Arc<str>, Row> = library.rows_of_root(all).into_iter().map(|r| (r.path.clone(), r)).collect();
    let mut reader = RowReader::new(&library.root.dir, &RowSpec::of(&library.profile));
    for item in items.iter().filter(|item| !rows.contains_key(*item)).collect::<Vec<_>>() {
        rows.insert(item.clone(), reader.row(item));
    }
    let mut known: Vec<Known> = rows.values().map(Known::of).collect();
    known.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    known
}
