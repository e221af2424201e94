//! The queue: which items are shown, in which order, and where the cursor stands.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::event::Found;
use super::input::Input;
use crate::command::Key;
use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::library::{ItemId, Marks};
use crate::profile::FindingKind;

/// Newest first.
pub const DEFAULT_SORT: &str = "-date";

/// The list, its filter and its cursor.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// The filter line.
    pub filter: Input,
    /// The sort order while the filter names none, as `sort:` takes it.
    pub sort: String,
    /// What the filter's last answer was.
    pub found: Found,
    /// By item number, whether it is shown.
    shown: Vec<bool>,
    /// How many marked items are not shown, and for which marks and which answer that was counted.
    hidden: (u64, usize, usize),
    answers: usize,
    /// Position of the cursor in `found.items`.
    pub cursor: usize,
    /// First visible position.
    pub top: usize,
    /// How many rows fit.
    pub height: usize,
    /// The number of the last question asked; an answer with another one is stale.
    pub generation: u64,
    /// How many rows there were when the last question was asked.
    pub asked_of: usize,
    /// Which rows they were: the library's revision.
    pub asked_at: u64,
    /// Whether an answer is awaited.
    pub waiting: bool,
    /// Whether keys wait for that answer: the filter has changed, not only the rows.
    pub holds: bool,
    /// Rows arrived since the last question.
    pub stale: bool,
    /// A row that is shown has changed: whether it still matches is asked behind the scenes.
    pub recheck: bool,
    /// The number of that question.
    pub rechecking: Option<u64>,
    /// The items that still match, where that has been asked; the others stay, dimmed, until the next filter key.
    pub still: Option<HashSet<ItemId>>,
    /// Keys that wait for the filter's answer.
    pub held: VecDeque<Key>,
    /// The item to stand on when the next answer comes.
    pub stay_on: Option<ItemId>,
    /// How many rows are to be above the cursor when it stands on that item: as an earlier run left it, until it is moved.
    pub above: Option<usize>,
    /// Where to stand when the next answer comes, if there is no such item.
    pub stay_at: Option<usize>,
    /// Whether the curator has moved since the start.
    pub moved: bool,
    /// Where a range of marks began.
    pub range_from: Option<usize>,
    /// The filter before the marked ones were shown alone.
    pub before_marked: Option<String>,
    /// Fields that are counted among the facets, besides those that rows hold.
    pub counted: Vec<FieldRef>,
    /// Columns read for terms on fields that rows do not hold.
    pub columns: HashMap<FieldRef, Arc<Vec<Cell>>>,
    /// Items by the kinds of findings that rows keep no bit of, as they were looked for.
    pub findings: HashMap<FindingKind, Arc<HashSet<ItemId>>>,
    /// The library's revision at that time.
    pub surveyed_at: u64,
    /// The number of the question that looks for them.
    pub surveying: Option<u64>,
    /// Columns being read.
    pub reading: HashSet<FieldRef>,
}

impl Queue {
    /// An empty list in this order.
    pub fn sorted_by(order: &str) -> Queue {
        Queue { sort: order.to_string(), ..Queue::default() }
    }

    /// The item under the cursor.
    pub fn current(&self) -> Option<ItemId> {
        self.found.items.get(self.cursor).copied()
    }

    /// Whether an item is shown.
    pub fn shows(&self, id: ItemId) -> bool {
        self.shown.get(id.0 as usize).is_some_and(|shown| *shown)
    }

    /// Whether an item no longer matches, and only stays so that the eye keeps its place.
    pub fn is_dimmed(&self, id: ItemId) -> bool {
        self.still.as_ref().is_some_and(|still| !still.contains(&id))
    }

    /// Takes an answer in. The cursor stays on its item where that is asked for and possible, else it goes to the top.
    pub fn take(&mut self, found: Found) {
        self.answers += 1;
        self.shown.clear();
        self.shown.resize(found.items.iter().map(|id| id.0 as usize + 1).max().unwrap_or(0), false);
        found.items.iter().for_each(|id| self.shown[id.0 as usize] = true);
        self.found = found;
        self.still = None;
        self.waiting = false;
        let stay = self.stay_on.take().and_then(|id| self.found.items.iter().position(|i| *i == id));
        let near = self.stay_at.take().map(|at| at.min(self.found.items.len().saturating_sub(1)));
        self.cursor = stay.or(near).unwrap_or(0);
        self.range_from = None;
        if let Some(above) = self.above {
            self.top = self.cursor.saturating_sub(above);
        }
        self.scroll();
    }

    /// How many marked items are not shown.
    pub fn hidden_marks(&self) -> usize {
        self.hidden.2
    }

    /// Counts the marked items that are not shown, where the marks or what is shown have changed: frames only look it up.
    pub fn count_hidden(&mut self, marks: &Marks) {
        if (self.hidden.0, self.hidden.1) != (marks.revision(), self.answers) {
            let count = if marks.is_empty() { 0 } else { marks.iter().filter(|id| !self.shows(*id)).count() };
            self.hidden = (marks.revision(), self.answers, count);
        }
    }

    /// Moves the cursor by `by` rows, no further than the ends.
    pub fn step(&mut self, by: isize) {
        self.to(self.cursor.saturating_add_signed(by));
    }

    /// Moves the cursor to a position, no further than the end.
    pub fn to(&mut self, position: usize) {
        self.cursor = position.min(self.found.items.len().saturating_sub(1));
        self.moved = true;
        self.above = None;
        self.scroll();
    }

    /// Keeps the cursor visible, moving the window no more than needed.
    pub fn scroll(&mut self) {
        let height = self.height.max(1);
        let most = self.found.items.len().saturating_sub(height);
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(height)).min(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_moves_no_more_than_needed() {
        let mut queue = Queue { height: 3, ..Queue::default() };
        queue.take(Found { items: (0..10).map(ItemId).collect(), ..Found::default() });
        queue.step(2);
        assert_eq!((queue.cursor, queue.top), (2, 0));
        queue.step(1);
        assert_eq!((queue.cursor, queue.top), (3, 1));
        queue.step(-1);
        assert_eq!((queue.cursor, queue.top), (2, 1));
        queue.to(99);
        assert_eq!((queue.cursor, queue.top), (9, 7));
        queue.stay_on = Some(ItemId(4));
        queue.take(Found { items: vec![ItemId(3), ItemId(4)], ..Found::default() });
        assert_eq!((queue.cursor, queue.top), (1, 0));
    }
}
