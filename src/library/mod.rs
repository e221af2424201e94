//! The library as the list knows it: rows, marks, drafts, batches, posting lists, facets. It holds no text of any file.

pub mod facets;
#[cfg(test)]
pub(crate) mod made_up;
pub mod order;
pub mod row;
pub mod rows;
pub mod target;
pub mod titles;
pub mod topics;

pub use order::{Sort, SortKey};
pub use row::{Row, RowField, RowSpec};
pub use rows::{ItemId, Rows};
pub use target::{Source, Target};
pub use titles::{Letters, Titles};
pub use topics::{Postings, TopicId, TopicIndex};
