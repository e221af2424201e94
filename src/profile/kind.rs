//! Field kinds: what a form offers for a value and what it accepts.

use serde::{Deserialize, Serialize};

/// What kind of value a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// One line of text.
    Line,
    /// Several lines of text.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// true or false.
    Boolean,
    /// A date, or a date and time.
    Date,
    /// One of these; empty: the values in use are offered.
    Choice(Vec<String>),
    /// A list of strings.
    List,
    /// A list of topics.
    Topics,
    /// A map.
    Map,
    /// A list of maps (or of lists).
    Table,
    /// A web address.
    Url,
    /// A slug.
    Slug,
}
