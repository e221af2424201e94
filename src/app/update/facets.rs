//! The facets: choosing a value writes a term into the filter line.

use crate::app::layer::FacetPane;
use crate::app::{Effect, Layer, State};
use crate::content::FieldRef;
use crate::search::Query;
use crate::search::query::excluded;

use super::find::set_filter;

/// The facets.
pub fn open_facets(state: &mut State) -> Vec<Effect> {
    state.layers.push(Layer::Facets(FacetPane { cursor: 0, before: state.queue.filter.text() }));
    state.queue.stale = true;
    state.message = None;
    Vec::new()
}

pub fn count_field(state: &mut State, field: FieldRef) -> Vec<Effect> {
    let counted = &mut state.queue.counted;
    match counted.iter().position(|known| *known == field) {
        Some(at) => {
            counted.remove(at);
        }
        None => counted.insert(0, field),
    }
    state.queue.stale = true;
    Vec::new()
}

/// Moves the highlight in the facets.
pub fn move_in_facets(state: &mut State, by: isize) {
    let count: usize = state.queue.found.facets.iter().map(|f| f.values.len()).sum();
    if let Some(Layer::Facets(pane)) = state.layers.last_mut() {
        pane.cursor = pane.cursor.saturating_add_signed(by).min(count.saturating_sub(1));
    }
}

/// A facet writes a term into the filter line, or takes it out.
pub fn toggle_facet(state: &mut State, exclude: bool) -> Vec<Effect> {
    let Some(Layer::Facets(pane)) = state.layers.last() else { return Vec::new() };
    let value = state.queue.found.facets.iter().flat_map(|f| &f.values).nth(pane.cursor);
    let Some(value) = value else { return Vec::new() };
    let term = if exclude { excluded(&value.term) } else { value.term.clone() };
    let query = Query::parse(&state.queue.filter.text());
    let query = if query.has_term(&term) { query.without_term(&term) } else { query.with_term(&term) };
    set_filter(state, query.text().trim())
}
