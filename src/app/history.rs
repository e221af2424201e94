//! The history as it stands on the screen: every batch, the newest first, written or not.
//!
//! Here: the rows and where the cursor stands. Not here: what taking back means (`update::history`).

use super::state::State;
use crate::content::diff::Diff;
use crate::library::BatchId;
use crate::library::drafts::BatchState;
use crate::library::history::PastBatch;

/// The history, over the desk.
#[derive(Clone, Debug, Default)]
pub struct HistoryPane {
    /// What was written, once it has been read.
    pub past: Option<Result<Vec<PastBatch>, String>>,
    pub cursor: usize,
    /// What a batch changed, once it was asked for.
    pub shown: Option<(BatchId, Result<Diff, String>)>,
    /// First visible line of it.
    pub scroll: usize,
}

/// A row of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub batch: BatchId,
    pub label: String,
    /// When it was asked for, or written; 0 where nobody said.
    pub when: u64,
    pub items: usize,
    /// Its state in words.
    pub state: String,
    pub stands: Stands,
}

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In the drafts.
    Unwritten,
    /// Taken out of the drafts.
    Undone,
    /// On disk.
    Written,
    /// Taken back on disk.
    TakenBack,
}

impl HistoryPane {
    /// The rows: what is not written first, then what is.
    pub fn entries(&self, state: &State) -> Vec<Entry> {
        let drafts = state.library.drafts.batches().iter().rev();
        let unwritten = drafts.filter_map(|batch| {
            let (words, stands) = match batch.state {
                BatchState::Live if batch.open() > 0 => ("not written", Stands::Unwritten),
                BatchState::Undone => ("undone", Stands::Undone),
                _ => return None,
            };
            let items = if stands == Stands::Undone { batch.parts.len() } else { batch.open() };
            let (label, state) = (batch.label.clone(), words.to_string());
            Some(Entry { batch: batch.id, label, when: batch.when, items, state, stands })
        });
        let past = self.past.iter().flatten().flatten().map(|past| Entry {
            batch: past.head.batch,
            label: past.head.label.clone(),
            when: past.head.when,
            items: past.files,
            state: past.state(),
            stands: if past.standing > 0 { Stands::Written } else { Stands::TakenBack },
        });
        unwritten.chain(past).collect()
    }

    /// The row under the cursor.
    pub fn current(&self, state: &State) -> Option<Entry> {
        self.entries(state).into_iter().nth(self.cursor)
    }

    /// Scrolls what the batch changed.
    pub fn scroll_by(&mut self, by: isize) {
        let lines = self.shown.iter().flat_map(|(_, diff)| diff).map(|diff| diff.lines.len()).sum::<usize>();
        self.scroll = self.scroll.saturating_add_signed(by).min(lines.saturating_sub(1));
    }
}

/// How long ago that was, in words.
pub fn ago(when: u64, now: u64) -> String {
    let passed = now.saturating_sub(when);
    let count = |number: u64, what: &str| format!("{number} {what}{} ago", if number == 1 { "" } else { "s" });
    match passed {
        _ if when == 0 => String::new(),
        0..60 => "just now".to_string(),
        60..3_600 => format!("{} min ago", passed / 60),
        3_600..86_400 => count(passed / 3_600, "hour"),
        _ => count(passed / 86_400, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn times_are_said_as_people_say_them() {
        let said = [0, 59, 60, 3_599, 3_600, 7_200, 86_400, 864_000].map(|passed| ago(1_000, 1_000 + passed));
        let expected = [
            "just now",
            "just now",
            "1 min ago",
            "59 min ago",
            "1 hour ago",
            "2 hours ago",
            "1 day ago",
            "10 days ago",
        ];
        assert_eq!(said, expected);
        assert_eq!(ago(0, 1_000), "");
        assert_eq!(ago(2_000, 1_000), "just now");
    }
}
