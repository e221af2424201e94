//! The vocabulary's screen as a value: every topic with its uses, what was typed, and the near-duplicates.
//!
//! Not here: what its keys do (`update::vocabulary`), how topics are counted and compared (`library`).

use std::collections::HashSet;

use super::input::Input;
use crate::library::clusters::{Cluster, Likeness};
use crate::library::vocabulary::KnownTopic;
use crate::search;

/// The screen.
#[derive(Clone, Debug, Default)]
pub struct VocabularyPane {
    /// Every topic, by scheme.
    pub rows: Vec<KnownTopic>,
    /// Positions in `rows` that match the filter, in their order.
    pub shown: Vec<usize>,
    /// Position in `shown`.
    pub cursor: usize,
    pub filter: Input,
    pub typing: Option<Typing>,
    /// The near-duplicates, where they stand in place of all topics.
    pub near: Option<NearPane>,
    /// The topic that another is being chosen for.
    pub merging: Option<String>,
    /// The library's number when the rows were counted.
    pub revision: u64,
    /// The number of the last question for near-duplicates.
    pub generation: u64,
    /// Where the cursor goes once an edit is counted: the new name.
    pub go_to: Option<String>,
}

/// What is being typed.
#[derive(Clone, Debug)]
pub enum Typing {
    /// The filter; what it was before.
    Filter { before: String },
    /// Another name for a topic; one that was doubted is taken when asked for again.
    Rename { topic: String, input: Box<Input>, doubted: Option<String> },
}

/// Near-duplicates, cluster by cluster.
#[derive(Clone, Debug, Default)]
pub struct NearPane {
    /// `None` while they are looked for.
    pub clusters: Option<Vec<Cluster>>,
    /// One line for each topic of each cluster.
    pub lines: Vec<NearLine>,
    /// Position in `lines`.
    pub cursor: usize,
    /// Lines whose topic is left out of its cluster.
    pub left_out: HashSet<usize>,
}

/// A topic of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearLine {
    pub cluster: usize,
    /// Position in the pane's rows.
    pub row: usize,
    /// What it differs by from the one to keep; `None` for that one.
    pub differs: Option<Likeness>,
}

impl VocabularyPane {
    /// The screen over these topics, the cursor on `topic`.
    pub fn new(rows: Vec<KnownTopic>, revision: u64, topic: Option<&str>) -> VocabularyPane {
        let mut pane = VocabularyPane { shown: (0..rows.len()).collect(), rows, revision, ..VocabularyPane::default() };
        pane.stand_on(topic);
        pane
    }

    fn stand_on(&mut self, topic: Option<&str>) {
        let at = |topic: &str| self.shown.iter().position(|row| self.rows[*row].topic == topic);
        self.cursor = topic.and_then(at).unwrap_or(self.cursor).min(self.shown.len().saturating_sub(1));
    }

    /// Whether letters are text here.
    pub fn is_typing(&self) -> bool {
        self.typing.is_some()
    }

    /// Changes what is being typed; the list follows a filter.
    pub fn typed(&mut self, change: impl FnOnce(&mut Input) -> bool) {
        match &mut self.typing {
            None => {}
            Some(Typing::Rename { input, doubted, .. }) => {
                let changed = change(input);
                // What was doubted was the name as it stood.
                *doubted = doubted.take().filter(|_| !changed);
            }
            Some(Typing::Filter { .. }) => {
                let before = self.filter.text();
                if change(&mut self.filter) && self.filter.text() != before {
                    self.narrow();
                }
            }
        }
    }

    /// The topic under the cursor.
    pub fn current(&self) -> Option<&KnownTopic> {
        let row = match &self.near {
            Some(near) => near.lines.get(near.cursor)?.row,
            None => *self.shown.get(self.cursor)?,
        };
        self.rows.get(row)
    }

    /// Moves the cursor, no further than the ends.
    pub fn step(&mut self, by: isize) {
        let (cursor, count) = match &mut self.near {
            Some(near) => (&mut near.cursor, near.lines.len()),
            None => (&mut self.cursor, self.shown.len()),
        };
        *cursor = cursor.saturating_add_signed(by).min(count.saturating_sub(1));
    }

    /// Matches the topics and their aliases with the filter; the cursor goes to the best.
    pub fn narrow(&mut self) {
        let texts: Vec<String> = self.rows.iter().map(|row| with_aliases(&row.topic, &row.aliases)).collect();
        self.shown = search::rank(&self.filter.text(), texts.iter().map(String::as_str));
        let best = self.shown.first().copied();
        self.shown.sort_unstable();
        self.cursor = best.and_then(|best| self.shown.iter().position(|row| *row == best)).unwrap_or(0);
    }

    /// Takes the topics as they are now; the cursor stays on its topic, or goes where an edit sends it.
    pub fn recount(&mut self, rows: Vec<KnownTopic>, revision: u64) {
        let stood_on = self.go_to.take().or_else(|| self.current().map(|topic| topic.topic.clone()));
        let cursor = self.cursor;
        (self.rows, self.revision) = (rows, revision);
        self.narrow();
        self.cursor = cursor;
        self.stand_on(stood_on.as_deref());
        if let Some(near) = &mut self.near {
            // They are looked for anew; the cursor keeps its place.
            *near = NearPane { cursor: near.cursor, ..NearPane::default() };
        }
    }

    /// Takes the near-duplicates in.
    pub fn take_near(&mut self, clusters: Vec<Cluster>) {
        let Some(near) = &mut self.near else { return };
        let lines = clusters.iter().enumerate().flat_map(|(at, cluster)| {
            let keep = NearLine { cluster: at, row: cluster.keep, differs: None };
            let others = cluster.near.iter().map(move |(row, differs)| NearLine {
                cluster: at,
                row: *row,
                differs: Some(*differs),
            });
            std::iter::once(keep).chain(others)
        });
        near.lines = lines.collect();
        near.cursor = near.cursor.min(near.lines.len().saturating_sub(1));
        near.clusters = Some(clusters);
    }

    /// What merging the cluster under the cursor means: the topics that go, and the one that stays, which is the one under the
    /// cursor. What was left out stays as it is; none where that is the one under the cursor.
    pub fn merge_of_cluster(&self) -> Option<(Vec<String>, String)> {
        let near = self.near.as_ref()?;
        let here = near.lines.get(near.cursor).filter(|_| !near.left_out.contains(&near.cursor))?;
        let lines = near.lines.iter().enumerate().filter(|(_, line)| line.cluster == here.cluster);
        let goes = lines.filter(|(at, line)| line.row != here.row && !near.left_out.contains(at));
        let topic = |row: usize| self.rows.get(row).map(|topic| topic.topic.clone());
        let from: Vec<String> = goes.filter_map(|(_, line)| topic(line.row)).collect();
        Some((from, topic(here.row)?))
    }
}

/// What a topic is found by: its name and the other words for it.
pub fn with_aliases(topic: &str, aliases: &[String]) -> String {
    match aliases.is_empty() {
        true => topic.to_string(),
        false => format!("{topic} {}", aliases.join(" ")),
    }
}
