//! Topics and offerings for an item, ranked, with their reasons, learned from the library itself.
//!
//! Here: the words of a text, the signals, what they are worth together, and the learning. Pure: text in, suggestions out; no model
//! is loaded and nothing leaves the machine. Not here: any disk, any screen, and any deciding: a suggestion waits for the curator.
//!
//! # How it works
//!
//! An item is its 120 weightiest words ([`features`]). What speaks for a topic: its label in title, summary or text ([`labels`]), the
//! share of the nearest items that carry it ([`near`]), the middle of its items, naive Bayes and a one-pass linear separator
//! ([`table`]), how much it is used, and what it stands with. A logistic blend ([`blend`]) makes one chance of these; its weights are
//! corrected by every item that is learned, *before* that item is counted, so they are always what has been right in this library.
//! A last table turns chances into scores that can be believed. `docs/suggestions.md` has the figures, and what did not help.
//!
//! # How it is used
//!
//! ```
//! use curate::suggest::{ItemText, Learner};
//!
//! let item = |path: &str, title: &str, topics: &[&str]| ItemText {
//!     path: path.into(),
//!     title: title.into(),
//!     topics: topics.iter().map(|t| t.to_string()).collect(),
//!     ..ItemText::default()
//! };
//! let mut learner = Learner::new();
//! learner.learn(&item("a.md", "Video visits at home", &["Symplur: Virtual Care"]));
//! learner.learn(&item("a.md", "Video visits at home", &["Symplur: Virtual Care", "MeSH: Nursing"])); // changed
//! let suggestions = learner.suggest(&item("b.md", "Virtual care and home visits", &[]), 5);
//! assert_eq!(&*suggestions.topics[0].name, "Symplur: Virtual Care");
//! assert_eq!(suggestions.topics[0].why[0].to_string(), "named in the title");
//! learner.forget("a.md");
//! ```
//!
//! - A library that is opened: [`Learner::learn_all`] over [`Prepared`] items, on a worker thread; read them in parallel if you like.
//! - On the desk: keep the learner in an `Arc<RwLock<Learner>>`. [`Prepared::of`] takes the time and needs no lock; [`Learner::take`]
//!   under the write lock is well below a millisecond; [`Learner::suggest`] needs the read lock only.
//! - After an edit: [`Learner::learn`] with the item as it is now (topics taken away are gone from it); a deleted file:
//!   [`Learner::forget`].
//! - `rejected` in [`ItemText`]: what the curator removed from that item; it is not suggested there again.
//! - Marked items: [`Learner::suggest_for_many`].
//! - A closed vocabulary: [`Learner::know_topics`] and [`Learner::know_offerings`], so that labels count before anything is tagged.
//!
//! The same items in the same order make the same learner. No text is kept: an item is some 500 bytes.

mod ahead;
mod ask;
mod blend;
mod features;
mod item;
mod labels;
mod learner;
mod many;
mod measure;
mod names;
mod near;
mod offerings;
mod rank;
mod read;
mod spelled;
mod table;
#[cfg(test)]
mod tests;
mod topics;
mod why;
mod words;

pub use ask::{Signal, Suggestion, Suggestions};
pub use item::{ItemText, Offered, Prepared};
pub use learner::{FIRST, Learner};
pub use measure::{Calibration, JUDGED, Judged, Measures, Tenth};
pub use read::is_summary;
pub use why::Why;
