//! What verbs over many files share: the root, the profile in force, and the items that a query chooses.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::choose;
use super::output::{Exit, Stop, say};
use crate::content::Value;
use crate::content::counted::count;
use crate::library::{ItemId, OfferingIndex, Row, RowSpec};
use crate::profile::{OfferingsRule, Profile, TopicsRule};
use crate::search::Query;
use crate::shell::folders::Folders;
use crate::shell::history::History;
use crate::shell::root::{self, Root};
use crate::shell::walk::{Found, Options, Walk, walk, walk_over};
use crate::shell::{profile, read};

/// A library, opened by a verb.
pub(super) struct Library {
    pub(super) root: Root,
    pub(super) profile: Profile,
    /// The PATH as it was given.
    given: String,
}

/// Items chosen, and whether anything stood against it.
pub(super) struct Chosen<T> {
    pub(super) items: Vec<T>,
    /// How many of those chosen could not be read; each is said already.
    pub(super) unreadable: usize,
}

/// A path with the root that it belongs to, and that root's history: what verbs need that read no library.
pub(super) struct Place {
    root: Root,
    history: History,
}

impl Place {
    /// The place of `path`.
    pub(super) fn of(path: &Path) -> Result<Place, Stop> {
        let root = root::find(path).map_err(|e| Stop::failed(e.to_string()))?;
        let history = history_of(&root);
        Ok(Place { root, history })
    }

    pub(super) fn root(&self) -> &Root {
        &self.root
    }

    pub(super) fn history(&self) -> &History {
        &self.history
    }

    /// Whether an item is the path, or lies below it.
    pub(super) fn holds(&self, item: &str) -> bool {
        match self.root.is_folder {
            true => item.starts_with(&self.root.prefix()),
            false => self.root.item(&self.root.opened).is_some_and(|opened| opened == item),
        }
    }
}

/// The history of a root.
pub(super) fn history_of(root: &Root) -> History {
    History::new(Folders::of_this_user().state_of(&root.dir), root.dir.clone())
}

impl Library {
    /// The library that `path` belongs to.
    pub(super) fn open(path: &Path) -> Result<Library, Stop> {
        let root = root::find(path).map_err(|e| Stop::failed(e.to_string()))?;
        let profile = profile::load(&root)?;
        // What it lists is not known then, and the rest works.
        profile.problems().for_each(say);
        Ok(Library { root, profile, given: path.display().to_string() })
    }

    /// Where topics live; verbs about topics stop where the profile does not say.
    pub(super) fn topics_rule(&self) -> Result<&TopicsRule, Stop> {
        let missing = || {
            Stop::usage(
                "no topics field in this profile: name one in .curate.yaml (curate profile PATH --write makes it)",
            )
        };
        self.profile.topics.as_ref().ok_or_else(missing)
    }

    /// Where offerings live; verbs about offerings stop where the profile does not say.
    pub(super) fn offerings_rule(&self) -> Result<&OfferingsRule, Stop> {
        let missing = "no offerings field in this profile: name one under `offerings:` in .curate.yaml";
        self.profile.offerings.as_ref().ok_or_else(|| Stop::usage(missing))
    }

    /// The offerings that these items have, numbered in their order, and why some of them cannot be read.
    pub(super) fn offerings(
        &self,
        rule: &OfferingsRule,
        items: &[Arc<str>],
    ) -> (OfferingIndex, Vec<(Arc<str>, String)>) {
        let (mut index, unreadable) = self.offerings_at(rule, items, |at| ItemId(at as u32));
        index.list(rule, rule.listed());
        (index, unreadable)
    }

    /// The same without what a vocabulary lists; `number` is the one that the item at a position gets.
    pub(super) fn offerings_at(
        &self,
        rule: &OfferingsRule,
        items: &[Arc<str>],
        number: impl Fn(usize) -> ItemId,
    ) -> (OfferingIndex, Vec<(Arc<str>, String)>) {
        let read = Mutex::new(HashMap::new());
        read::values(&self.root.dir, items.iter().cloned(), &rule.field, |chunk| {
            // Entries are taken one by one: there is no half of one.
            read.lock().unwrap_or_else(PoisonError::into_inner).extend(chunk);
            true
        });
        let mut read = read.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (mut index, mut unreadable) = (OfferingIndex::default(), Vec::new());
        for (at, item) in items.iter().enumerate() {
            let list = match read.remove(item) {
                Some(Ok(Some(Value::Seq(list)))) => list,
                Some(Err(reason)) => {
                    unreadable.push((item.clone(), reason));
                    Vec::new()
                }
                _ => Vec::new(),
            };
            index.put(rule, number(at), &list);
        }
        (index, unreadable)
    }

    /// All items under the root by path, whatever part of it was given.
    pub(super) fn items_under_root(&self, all: bool) -> Vec<Arc<str>> {
        let found = walk_over(&self.root, &self.root.dir, Options { all });
        found.filter_map(|found| if let Found::File(item) = found { Some(item) } else { None }).collect()
    }

    /// The item's path from the PATH that was given; of what is that PATH itself (a folder that cannot be entered), the PATH.
    pub(super) fn shown<'i>(&'i self, item: &'i str) -> &'i str {
        match item.strip_prefix(self.root.prefix().as_str()).unwrap_or(item) {
            "" | "./" => &self.given,
            below => below,
        }
    }

    /// The rows of all items, by path; folders that cannot be entered are among them as unreadable.
    pub(super) fn rows(&self, all: bool) -> Vec<Row> {
        let mut files = walk(&self.root, Options { all });
        let mut rows = self.rows_among(&mut files);
        say_skipped(files.skipped());
        rows.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        rows
    }

    /// The rows of every item below the root, whatever PATH narrows it to, in no order.
    pub(super) fn rows_of_root(&self, all: bool) -> Vec<Row> {
        self.rows_among(&mut walk_over(&self.root, &self.root.dir, Options { all }))
    }

    fn rows_among(&self, files: &mut Walk) -> Vec<Row> {
        let collected = Mutex::new(Vec::new());
        read::rows(&self.root.dir, files.by_ref(), &RowSpec::of(&self.profile), |rows| {
            // Pushing rows cannot leave the list half changed.
            collected.lock().unwrap_or_else(PoisonError::into_inner).extend(rows);
            true
        });
        collected.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rows that `query` chooses, by path unless it says `sort:`. Those that cannot be read are said, chosen or not: nobody knows
    /// whether they would be. Only the chosen ones are counted: a query that leaves them out does not fail by them.
    pub(super) fn choose(&self, query: Option<&Query>, all: bool) -> Result<Chosen<Row>, Stop> {
        let rows = self.rows(all);
        let problems = rows.iter().filter_map(|row| Some((&row.path, row.problem.as_ref()?)));
        problems.for_each(|(path, why)| say(&format!("{}: {why}", self.shown(path))));
        let items = match query {
            Some(query) => choose::matching(self, query, rows, all)?,
            None => rows,
        };
        let unreadable = items.iter().filter(|row| row.problem.is_some()).count();
        Ok(Chosen { items, unreadable })
    }

    /// The items that `query` chooses; without one none of them is read.
    pub(super) fn choose_items(&self, query: Option<&Query>, all: bool) -> Result<Chosen<Arc<str>>, Stop> {
        if query.is_none() {
            return Ok(self.items(all));
        }
        let Chosen { items, unreadable } = self.choose(query, all)?;
        let readable = items.into_iter().filter(|row| row.problem.is_none());
        Ok(Chosen { items: readable.map(|row| row.path).collect(), unreadable })
    }

    /// All items by path, without reading them.
    pub(super) fn items(&self, all: bool) -> Chosen<Arc<str>> {
        let mut chosen = Chosen { items: Vec::new(), unreadable: 0 };
        let mut files = walk(&self.root, Options { all });
        for found in files.by_ref() {
            match found {
                Found::File(item) => chosen.items.push(item),
                Found::Problem { path, reason, .. } => {
                    chosen.unreadable += 1;
                    say(&format!("{}: {reason}", self.shown(&path)));
                }
            }
        }
        say_skipped(files.skipped());
        chosen
    }
}

/// How a verb over many ends: a failure counts more than nothing found.
pub(super) fn ended(failed: usize, found: usize) -> Exit {
    match (failed, found) {
        (1.., _) => Exit::Failed,
        (0, 0) => Exit::Nothing,
        (0, _) => Exit::Done,
    }
}

fn say_skipped(skipped: usize) {
    if skipped > 0 {
        say(&format!("{} left out, hidden or git-ignored (--all takes them in)", count(skipped, "file")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_entered_is_named_as_it_was_given() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("shut")).unwrap();
        let given = dir.path().join("shut");
        let library = Library::open(&given).unwrap();
        assert_eq!(library.shown("./"), given.display().to_string());
        assert_eq!(library.shown("deeper/x.md"), "deeper/x.md");
        std::fs::write(dir.path().join(".curate.yaml"), "extends: curated-content\n").unwrap();
        let library = Library::open(&given).unwrap();
        assert_eq!(library.shown("shut/"), given.display().to_string());
        assert_eq!(library.shown("shut/x.md"), "x.md");
    }
}
