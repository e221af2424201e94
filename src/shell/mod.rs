//! The edge: disk, terminal, threads, processes. Everything else is pure.

pub mod disk;
pub mod read;
pub mod root;
pub mod state_dir;
pub mod walk;
mod xattr;
