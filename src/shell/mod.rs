//! The edge: disk, terminal, threads, processes. Everything else is pure.
//!
//! Here: whatever touches the world. Not here: what any of it means; that is decided before it gets here.

pub mod browser;
pub mod calls;
mod changes;
pub mod clipboard;
pub mod config;
pub mod demo;
pub mod desk;
pub mod disk;
pub mod editing;
pub mod editor;
mod entries;
mod finder;
pub mod folders;
mod foresight;
pub mod history;
mod hunks;
pub mod input;
pub mod journal;
pub mod keys;
mod learn;
mod lines;
mod log;
mod look;
mod many;
pub mod pace;
mod paint;
mod press;
pub mod profile;
pub mod read;
mod report;
pub mod root;
pub mod scan;
pub mod screen;
mod scroll;
mod shift;
pub mod takeback;
mod taking;
pub mod terminal;
mod threads;
pub mod vocabulary;
pub mod walk;
mod watch;
pub mod work;
pub mod write;
mod xattr;
