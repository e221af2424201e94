//! Content files as bytes and values: what is in a file, what an edit makes of it, and nothing else changed.
//!
//! Here: documents and their parts, values and field paths, lossless edits in YAML, TOML and JSON, the list's summary
//! of a file, the text of a body, and diffs. Not here: what a field *means* (that is `profile`), and no disk: bytes come
//! in and bytes go out.

pub mod body;
mod brackets;
pub mod counted;
pub mod diff;
mod differences;
pub mod document;
pub mod edit;
pub mod escape;
mod fences;
pub mod lines;
mod lower;
pub mod op;
pub mod patch;
pub mod path;
mod splice;
pub mod summary;
pub mod three_way;
mod toml;
pub mod value;
mod words;
mod yaml;

pub use document::{Document, Format, Refusal, Unreadable};
pub use edit::{Edit, Place};
pub use op::Op;
pub use path::{FieldPath, FieldRef, Segment};
pub use value::{Number, Value};
