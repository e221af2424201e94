//! (room: shell)

pub mod browser;
mod changes;
pub mod clipboard;
pub mod config;
pub mod input;
pub mod keys;
mod paint;
pub mod screen;
pub mod terminal;
