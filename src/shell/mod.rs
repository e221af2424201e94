//! (room: shell)

mod changes;
pub mod input;
pub mod keys;
mod paint;
pub mod screen;
