//! What only the whole library shows: links that two items have, titles that are nearly the same, references to pages that are not
//! there, offerings that are not written as most items have them. Looked for when it is asked for, over every item, and told of those that were asked about.
//!
//! A worker takes a [`Glance`] at each item asked about, and [`survey`] sets them beside all that the library [knows](Known). A new kind
//! of this sort: what it needs of an item goes into the glance, how it is found is a file here, and its row stands in [`survey`]. But
//! for the offerings none of them can be mended without a person. Not here: files, and what one item shows by itself (`profile::findings`).

pub mod alike;
pub mod otherwise;
mod references;

use std::sync::Arc;

use crate::content::body::links::{self, Reference};
use crate::content::{FieldPath, FieldRef, Value};
use crate::profile::{Finding, FindingKind, OfferingsRule, Profile};

use super::row::{Row, RowField};
use super::{ItemId, OfferingIndex};
use alike::Others;
pub use references::Pages;

/// What the library knows of every item: its row's title and link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub path: Arc<str>,
    pub title: String,
    pub url: String,
}

impl Known {
    /// What a row says.
    pub fn of(row: &Row) -> Known {
        let text = |field| row.text(field).to_string();
        Known { path: row.path.clone(), title: text(RowField::Title), url: text(RowField::Url) }
    }
}

/// What the survey needs of an item that is asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    title: Option<FieldPath>,
    url: Option<FieldPath>,
    /// What it refers to, and where; the root stands for the body.
    references: Vec<(FieldPath, Reference)>,
    /// Its list of offerings, and what stands in it.
    offerings: Option<(FieldPath, Vec<Value>)>,
}

impl Glance {
    /// Takes a glance at an item.
    pub fn at(profile: &Profile, value: &Value, body: &str) -> Glance {
        let place = |field: &Option<FieldRef>| field.as_ref()?.resolve(value);
        let mut references = Vec::new();
        in_values(value, &FieldPath::root(), &mut references);
        references.extend(links::references(body).into_iter().map(|r| (FieldPath::root(), r)));
        let offerings = profile.offerings.as_ref().and_then(|rule| {
            let list = rule.field.resolve(value)?;
            Some((list, rule.entries(value).to_vec()))
        });
        Glance { title: place(&profile.roles.title), url: place(&profile.roles.url), references, offerings }
    }

    /// Its offerings.
    pub fn entries(&self) -> &[Value] {
        self.offerings.as_ref().map_or(&[], |(_, entries)| entries)
    }
}

/// Pages that values name by a template tag. A bare path in a value may mean anything, and says nothing.
fn in_values(value: &Value, path: &FieldPath, found: &mut Vec<(FieldPath, Reference)>) {
    match value {
        Value::Str(text) => found.extend(links::named_by_tags(text).into_iter().map(|r| (path.clone(), r))),
        Value::Seq(items) => items.iter().enumerate().for_each(|(at, item)| in_values(item, &path.index(at), found)),
        Value::Map(entries) => entries.iter().for_each(|(key, held)| in_values(held, &path.then(key), found)),
        _ => {}
    }
}

/// What is found of each item asked about, in their order. `known` are all items of the library; `asked` are positions in it, each
/// with a glance. `offerings` are those of all of them, by the same positions, where the profile has any. `is_file` says whether there is
/// a file at a path from the root that is no item.
pub fn survey(
    known: &[Known],
    asked: &[(usize, Glance)],
    offerings: Option<(&OfferingsRule, &OfferingIndex)>,
    is_file: &dyn Fn(&str) -> bool,
) -> Vec<Vec<Finding>> {
    let pages = Pages::of(known.iter().map(|k| &*k.path));
    let links = alike::links(known.iter().map(|k| &*k.url));
    let titles = alike::titles(known.iter().map(|k| &*k.title));
    let look = |(at, glance): &(usize, Glance)| {
        let path = &known[*at].path;
        let dead = glance.references.iter().filter(|(_, reference)| pages.is_dead(path, reference, is_file));
        let mut found: Vec<Finding> = dead.map(|(place, reference)| dead_reference(place, reference)).collect();
        found.extend(
            glance.url.as_ref().zip(links[*at].as_ref()).map(|(place, others)| same_link(known, place, others)),
        );
        found.extend(glance.title.as_ref().zip(titles[*at].as_ref()).map(|(place, o)| like_title(known, place, o)));
        if let (Some((rule, index)), Some((list, _))) = (offerings, &glance.offerings) {
            found.extend(otherwise::of(rule, index, ItemId(*at as u32), list));
        }
        found
    };
    asked.iter().map(look).collect()
}

fn found(kind: FindingKind, field: &FieldPath, message: String) -> Finding {
    Finding { kind, field: field.clone(), message, fix: None }
}

fn dead_reference(place: &FieldPath, reference: &Reference) -> Finding {
    let message = format!("refers to `{}`, which is no file of the library", reference.target);
    found(FindingKind::Reference, place, message)
}

fn and_more(others: &Others) -> String {
    if others.count > 1 { format!(" and of {} more", others.count - 1) } else { String::new() }
}

fn same_link(known: &[Known], place: &FieldPath, others: &Others) -> Finding {
    let message = format!("is the link of {}{} too", known[others.first].path, and_more(others));
    found(FindingKind::Duplicate, place, message)
}

fn like_title(known: &[Known], place: &FieldPath, others: &Others) -> Finding {
    let other = &known[others.first];
    let message = match others.same {
        true => format!("is the title of {}{} too", other.path, and_more(others)),
        false => format!("is nearly the title of {}{}: `{}`", other.path, and_more(others), other.title),
    };
    found(FindingKind::Similar, place, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(path: &str, title: &str, url: &str) -> Known {
        Known { path: path.into(), title: title.into(), url: url.into() }
    }

    #[test]
    fn each_item_is_told_which_other_one_it_is_like() {
        let known = [
            known("a.md", "Virtual care at home", "https://x.org/1"),
            known("b.md", "Virtual Care: at home!", "http://www.x.org/1/#top"),
            known("c.md", "Virtual care at homes", "https://x.org/2"),
        ];
        let glance = || Glance {
            title: Some(FieldPath::key("title")),
            url: Some(FieldPath::key("href")),
            references: vec![(FieldPath::root(), Reference { target: "gone.md".into(), by_tag: false })],
            offerings: None,
        };
        let found = survey(&known, &[(0, glance()), (2, glance())], None, &|_| false);
        let lines = |at: usize| found[at].iter().map(|f: &Finding| format!("{}: {}", f.place(), f.message));
        assert_eq!(
            lines(0).collect::<Vec<_>>(),
            [
                "body: refers to `gone.md`, which is no file of the library",
                "href: is the link of b.md too",
                "title: is the title of b.md and of 1 more too",
            ]
        );
        assert_eq!(
            lines(1).nth(1).unwrap(),
            "title: is nearly the title of a.md and of 1 more: `Virtual care at home`"
        );
    }
}
