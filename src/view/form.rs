//! The form (being built).
use super::canvas::Canvas;
use crate::app::State;
use crate::app::form::Form;
use ratatui::layout::{Position, Rect};
/// Draws the form.
pub fn draw(canvas: &mut Canvas, area: Rect, form: &Form, state: &State) -> Option<Position> {
    let _ = (canvas, area, form, state);
    None
}
