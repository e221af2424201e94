//! What is learned of the library, and asked of it: the learner behind its lock, and the preview, whose card shows what is suggested.
//! Whoever asks while the library is still being learned is told what is known so far.
//!
//! Not here: how anything is learned (`suggest`), when (`app`), and on which thread (`threads`).

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use super::work::Workshop;
use crate::app::effect::Asked;
use crate::app::event::Previewed;
use crate::app::learning::Suggested;
use crate::app::{Effect, Event};
use crate::library::drafts::DraftFile;
use crate::library::{Row, RowField, Rows};
use crate::preview::{Markup, card, wrap};
use crate::suggest::{FIRST, ItemText, Learner, Prepared, Suggestion, Why};

/// Suggested topics: in the picker, and at most in a card.
const IN_PICKER: usize = 8;
const IN_CARD: usize = 5;

/// Suggested offerings in the workbench.
const IN_BENCH: usize = 20;

/// Topics that are less likely right than this are not offered: what is right once in ten times is in the way.
const WORTH: f32 = 0.15;

/// Nor are offerings for which no more than an item nearby speaks.
const OFFERING_WORTH: f32 = 0.1;

/// What is suggested for some items.
#[derive(Default)]
struct Offered {
    topics: Vec<Suggested>,
    offerings: Vec<Suggested>,
}

/// What was learned: read by whoever asks, written for a moment for each item.
#[derive(Debug, Default)]
pub(super) struct Lessons {
    learner: RwLock<Learner>,
    /// How many are waiting to ask: they come before whoever has more to learn.
    asking: AtomicUsize,
    /// What was taken from each item before this start, and written: the history remembers it.
    taken: RwLock<HashMap<String, Vec<String>>>,
}

impl Lessons {
    fn read(&self) -> RwLockReadGuard<'_, Learner> {
        self.asking.fetch_add(1, Ordering::Relaxed);
        // A writer that panicked may have left an item half counted: suggestions are then a little off, and nothing else is.
        let learner = self.learner.read().unwrap_or_else(PoisonError::into_inner);
        self.asking.fetch_sub(1, Ordering::Relaxed);
        learner
    }

    fn change(&self, change: impl FnOnce(&mut Learner)) {
        while self.asking.load(Ordering::Relaxed) > 0 {
            std::thread::yield_now();
        }
        change(&mut self.learner.write().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Lessons {
    /// What is not suggested for an item: what was taken from it at this desk, and what was taken before.
    fn rejected(&self, asked: &Asked) -> Vec<String> {
        let taken = self.taken.read().unwrap_or_else(PoisonError::into_inner);
        let before = taken.get(&*asked.file.path).into_iter().flatten();
        asked.rejected.iter().chain(before).cloned().collect()
    }
}

impl Workshop {
    /// Learns, or tells what was learned.
    pub(super) fn advise(&self, effect: Effect, answer: &mut dyn FnMut(Event)) {
        match effect {
            Effect::LearnAll { rows } => {
                self.learn_all(&rows);
                answer(Event::Learned { all: true });
            }
            Effect::Learn { files } => {
                files.iter().for_each(|file| self.learn(file));
                answer(Event::Learned { all: false });
            }
            Effect::Suggest { generation, items } => {
                let Offered { topics, offerings } = self.suggest(&items, IN_PICKER);
                answer(Event::Suggested { generation, topics, offerings });
            }
            _ => {}
        }
    }

    /// Learns the files as they are on disk, the oldest first: the latest decisions are then the freshest.
    fn learn_all(&self, rows: &Rows) {
        let profile = self.profile().0;
        let mut rows: Vec<&Row> = rows.iter().map(|(_, row)| &**row).filter(|row| row.problem.is_none()).collect();
        rows.sort_unstable_by_key(|row| (row.text(RowField::Date), &row.path));
        *self.lessons.taken.write().unwrap_or_else(PoisonError::into_inner) = self.taken_before();
        self.lessons.change(|lessons| lessons.know(&profile));
        let read = |row: &Row| {
            let document = self.open(&row.path).ok()?;
            ItemText::of(&row.path, &profile, &document).ok().map(|item| Prepared::of(&item))
        };
        let mut items = rows.into_iter().filter_map(read);
        let first: Vec<Prepared> = items.by_ref().take(FIRST).collect();
        self.lessons.change(|lessons| first.iter().for_each(|item| lessons.read(item)));
        first.into_iter().chain(items).for_each(|item| self.lessons.change(|lessons| lessons.take(&item)));
    }

    /// Learns one item with its draft; one that cannot be read is no evidence any more.
    fn learn(&self, file: &DraftFile) {
        match self.item_text(file) {
            Some(item) => {
                let prepared = Prepared::of(&item);
                self.lessons.change(|lessons| lessons.take(&prepared));
            }
            None => self.lessons.change(|lessons| lessons.forget(&file.path)),
        }
    }

    fn item_text(&self, file: &DraftFile) -> Option<ItemText> {
        let document = self.document(file).ok()?;
        ItemText::of(&file.path, &self.profile().0, &document).ok()
    }

    /// What is suggested for all of these items.
    fn suggest(&self, items: &[Asked], most: usize) -> Offered {
        let text = |asked: &Asked| {
            let item = self.item_text(&asked.file)?;
            Some(ItemText { rejected: self.lessons.rejected(asked), ..item })
        };
        let items: Vec<ItemText> = items.iter().filter_map(text).collect();
        self.suggested(&items, most)
    }

    fn suggested(&self, items: &[ItemText], most: usize) -> Offered {
        let profile = self.profile().0;
        if items.is_empty() {
            return Offered::default();
        }
        let found = self.lessons.read().suggest_for_many(items, most.max(IN_BENCH));
        let rule = profile.topics.as_ref();
        let is_worth =
            |found: &Suggestion| found.score >= WORTH && rule.is_some_and(|rule| rule.refusal(&found.name).is_none());
        let is_likely =
            |found: &Suggestion| found.score >= OFFERING_WORTH || !matches!(found.why.as_slice(), [Why::Near { .. }]);
        let told = |found: Suggestion| Suggested {
            name: found.name.to_string(),
            why: found.why.iter().map(ToString::to_string).collect(),
        };
        Offered {
            topics: found.topics.into_iter().filter(is_worth).take(most).map(told).collect(),
            offerings: found.offerings.into_iter().filter(is_likely).take(IN_BENCH).map(told).collect(),
        }
    }

    /// An item's card and its body, laid out.
    pub(super) fn preview(&self, asked: &Asked, width: u16) -> Result<Previewed, String> {
        let path = &asked.file.path;
        let draft = self.document(&asked.file)?;
        let (profile, value) = (self.profile().0, draft.value().map_err(|e| e.to_string())?);
        let mut card = card::card(&profile, &value);
        if let Ok(item) = ItemText::of(path, &profile, &draft) {
            let item = ItemText { rejected: self.lessons.rejected(asked), ..item };
            let topics = self.suggested(&[item], IN_CARD).topics.into_iter().map(|found| found.name);
            card.suggest(topics.collect(), width as usize);
        }
        let body = wrap::render(draft.body(), Markup::of(path), width as usize);
        Ok(Previewed { path: path.clone(), card, body })
    }
}
