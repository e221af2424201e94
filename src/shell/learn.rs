//! What is learned of the library, and asked of it: the learner behind its lock, and the preview, whose card shows what is suggested.
//!
//! Not here: how anything is learned (`suggest`), when (`app`), and on which thread (`threads`).

use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use super::work::Workshop;
use crate::app::effect::Asked;
use crate::app::event::Previewed;
use crate::app::learning::SuggestedTopic;
use crate::app::{Effect, Event};
use crate::library::drafts::DraftFile;
use crate::library::{Row, RowField, Rows};
use crate::preview::{Markup, card, wrap};
use crate::suggest::{ItemText, Learner, Prepared, Suggestion};

/// Suggested topics: in the picker, and at most in a card.
const IN_PICKER: usize = 8;
const IN_CARD: usize = 5;

/// What is less likely right than this is not offered.
const WORTH: f32 = 0.1;

/// What was learned: read by whoever asks, written for a moment for each item.
#[derive(Debug, Default)]
pub(super) struct Lessons(RwLock<Learner>);

impl Lessons {
    fn read(&self) -> RwLockReadGuard<'_, Learner> {
        // A writer that panicked may have left an item half counted: suggestions are then a little off, and nothing else is.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Learner)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
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
                answer(Event::Suggested { generation, topics: self.suggest(&items, IN_PICKER) });
            }
            _ => {}
        }
    }

    /// Learns the files as they are on disk, the oldest first: the latest decisions are then the freshest. Nobody sees it before it is
    /// whole.
    fn learn_all(&self, rows: &Rows) {
        let profile = self.profile().0;
        let mut rows: Vec<&Row> = rows.iter().map(|(_, row)| &**row).filter(|row| row.problem.is_none()).collect();
        rows.sort_unstable_by_key(|row| (row.text(RowField::Date), &row.path));
        let mut learner = Learner::new();
        let listed = profile.topics.as_ref().and_then(|rule| rule.listed.as_ref());
        learner.know_topics(listed.iter().flat_map(|list| list.topics()).map(|listed| listed.topic.as_str()));
        let read = |row: &Row| {
            let document = self.open(&row.path).ok()?;
            ItemText::of(&row.path, &profile, &document).ok().map(|item| Prepared::of(&item))
        };
        learner.learn_all(rows.into_iter().filter_map(read));
        self.lessons.change(|lessons| *lessons = learner);
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

    /// The topics suggested for all of these items.
    fn suggest(&self, items: &[Asked], most: usize) -> Vec<SuggestedTopic> {
        let text = |asked: &Asked| {
            let item = self.item_text(&asked.file)?;
            Some(ItemText { rejected: asked.rejected.clone(), ..item })
        };
        let items: Vec<ItemText> = items.iter().filter_map(text).collect();
        self.suggested(&items, most)
    }

    fn suggested(&self, items: &[ItemText], most: usize) -> Vec<SuggestedTopic> {
        let profile = self.profile().0;
        let Some(rule) = profile.topics.as_ref().filter(|_| !items.is_empty()) else { return Vec::new() };
        let found = self.lessons.read().suggest_for_many(items, most).topics;
        let is_worth = |found: &Suggestion| found.score >= WORTH && rule.refusal(&found.name).is_none();
        let topic = |found: Suggestion| SuggestedTopic {
            topic: found.name.to_string(),
            why: found.why.iter().map(ToString::to_string).collect(),
        };
        found.into_iter().filter(is_worth).map(topic).collect()
    }

    /// An item's card and its body, laid out.
    pub(super) fn preview(&self, asked: &Asked, width: u16) -> Result<Previewed, String> {
        let path = &asked.file.path;
        let draft = self.document(&asked.file)?;
        let (profile, value) = (self.profile().0, draft.value().map_err(|e| e.to_string())?);
        let mut card = card::card(&profile, &value);
        if let Ok(item) = ItemText::of(path, &profile, &draft) {
            let item = ItemText { rejected: asked.rejected.clone(), ..item };
            let topics = self.suggested(&[item], IN_CARD).into_iter().map(|found| found.topic);
            card.suggest(topics.collect(), width as usize);
        }
        let body = wrap::render(draft.body(), Markup::of(path), width as usize);
        Ok(Previewed { path: path.clone(), card, body })
    }
}
