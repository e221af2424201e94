//! A text that was read: its events and its value.

use super::super::document::SyntaxError;
use super::super::value::Value;
use super::compose::compose;
use super::events::{Event, events};
use super::json;

/// Events and value of one text.
#[derive(Debug)]
pub(super) struct Parsed<'t> {
    pub text: &'t str,
    pub json: bool,
    pub events: Vec<Event<'t>>,
    pub value: Value,
}

impl<'t> Parsed<'t> {
    /// Reads `text`.
    pub(super) fn read(text: &'t str, json: bool) -> Result<Parsed<'t>, SyntaxError> {
        let events = if json { json::events(text)? } else { events(text)? };
        let value = compose(text, &events)?;
        Ok(Parsed { text, json, events, value })
    }
}
