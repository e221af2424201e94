//! Texts put on disk so that no crash and no power cut leaves a torn file, a lost decision or litter.
//!
//! Here: the plan of a write ([`plan`]), the write ([`many`]; of a file that is no item [`one`]), and what a start makes of one that
//! was cut short ([`start`], [`recover`], [`leftover`]). Not here: what the texts are (`work`, and the verbs), what a save keeps of a
//! file (`disk`).

pub mod leftover;
pub mod many;
pub mod one;
#[cfg(test)]
mod one_tests;
pub mod plan;
pub mod recover;
mod room;
pub mod start;
