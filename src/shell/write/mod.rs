//! Texts put on disk so that no crash and no power cut leaves a torn file, a lost decision or litter.
//!
//! Here: the plan of a write ([`plan`]), the write ([`many`]), and what a start makes of one that was cut
//! short ([`start`], [`recover`]). Not here:
//! what the texts are (`work`), nor the single save of a verb (`disk`).

pub mod many;
pub mod plan;
pub mod recover;
mod room;
pub mod start;
