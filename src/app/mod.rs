//! The desk as a value: state, events that change it, effects that it asks for.
//!
//! `update(&mut State, Event) -> Vec<Effect>` is the only place where state changes; it never blocks and never fails. Effects
//! are carried out at the edge (`shell`), and their answers come back as events. Not here: drawing (`view`), and any disk.

pub mod ask;
pub mod available;
pub mod bulk;
pub mod conflicts;
pub mod effect;
pub mod event;
pub mod findings;
pub mod form;
pub mod help;
pub mod history;
pub mod input;
pub mod keeping;
pub mod layer;
pub mod learning;
pub mod offerings;
pub mod pick;
pub mod queue;
pub mod review;
pub mod safety;
pub mod state;
pub mod topics;
mod update;
pub mod vocabulary;

pub use effect::Effect;
pub use event::Event;
pub use layer::Layer;
pub use state::State;
pub use update::update;
