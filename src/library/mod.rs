//! The library as the list knows it: rows, marks, drafts, batches, posting lists, facets. It holds no text of any file.

pub mod row;
pub mod rows;

pub use row::{Row, RowField, RowSpec};
pub use rows::{ItemId, Rows};
