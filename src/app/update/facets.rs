//! The facets: choosing a value writes a term into the filter line.

use crate::app::layer::FacetPane;
use crate::app::{Effect, Layer, State};
use crate::content::FieldRef;
use crate::library::facets::{Bucket, FacetBy, FacetValue};
use crate::library::target::Target;
use crate::search::Query;
use crate::search::groups::{self, Way};

use super::find::set_filter;

/// The facets.
pub fn open_facets(state: &mut State) -> Vec<Effect> {
    state.layers.push(Layer::Facets(FacetPane::default()));
    state.queue.stale = true;
    state.message = None;
    Vec::new()
}

/// Counts the values of a field as well, or no longer.
pub fn count_field(state: &mut State, field: FieldRef) -> Vec<Effect> {
    let counted = &mut state.queue.counted;
    match counted.iter().position(|known| *known == field) {
        Some(at) => {
            counted.remove(at);
        }
        None => {
            counted.insert(0, field.clone());
            if let Some(Layer::Facets(pane)) = state.layers.last_mut() {
                pane.go_to = Some(FacetBy::Value(Target::Field(field)));
            }
        }
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

fn under_cursor(state: &State) -> Option<(&FacetBy, &FacetValue)> {
    let Some(Layer::Facets(pane)) = state.layers.last() else { return None };
    let values = state.queue.found.facets.iter().flat_map(|f| f.values.iter().map(|value| (&f.by, value)));
    values.into_iter().nth(pane.cursor)
}

/// What the highlight stands on.
pub fn highlighted(state: &State) -> Option<(FacetBy, Bucket)> {
    under_cursor(state).map(|(by, value)| (by.clone(), value.bucket.clone()))
}

/// Other counts have come: the highlight stays on its value, or else in its facet.
pub fn stay_on(state: &mut State, on: Option<(FacetBy, Bucket)>) {
    let facets = state.queue.found.facets.clone();
    let Some(Layer::Facets(pane)) = state.layers.last_mut() else { return };
    let mut first = 0;
    for facet in facets.iter() {
        if pane.go_to.as_ref() == Some(&facet.by) && !facet.values.is_empty() {
            (pane.go_to, pane.cursor) = (None, first);
            return;
        }
        if let Some((by, bucket)) = &on
            && facet.by == *by
            && pane.go_to.is_none()
        {
            let last = first + facet.values.len().saturating_sub(1);
            let at = facet.values.iter().position(|value| value.bucket == *bucket).map(|at| first + at);
            pane.cursor = at.unwrap_or(pane.cursor.clamp(first, last));
            return;
        }
        first += facet.values.len();
    }
    pane.cursor = pane.cursor.min(first.saturating_sub(1));
}

/// A facet writes a value into the filter line, or takes it out.
pub fn choose_value(state: &mut State, way: Way) -> Vec<Effect> {
    let Some((by, value)) = under_cursor(state) else { return Vec::new() };
    let query = groups::choose(&Query::parse(&state.queue.filter.text()), by, value, way, &state.spec);
    set_filter(state, query.text().trim())
}
