//! The query language and the matcher.
//!
//! Here: one parser for the filter line, facets, saved views and the command line; and the matcher, pure and fast, over a
//! clone of the rows. Not here: reading the columns that a query needs (the answer names them), and any screen.

mod bits;
mod check;
mod fuzzy;
pub mod groups;
pub mod matcher;
mod parse;
pub mod query;
mod scattered;

pub use fuzzy::{highlight, highlight_in, rank};
pub use matcher::{Context, Matches, Request, run};
pub use query::{Bound, Needle, Query, QueryError, State, Term, Test, Wanted, excluded, field_term};
