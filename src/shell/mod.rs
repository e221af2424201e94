//! (room: shell)

mod changes;
mod paint;
pub mod screen;
