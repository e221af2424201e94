//! The edge: disk, terminal, threads, processes. Everything else is pure.

pub mod demo;
pub mod desk;
pub mod disk;
pub mod profile;
pub mod read;
pub mod root;
pub mod state_dir;
pub mod walk;
mod xattr;
