//! `curate`: a terminal workstation for curated content.
//!
//! (The map of the house is filled in as the rooms are.)

pub mod app;
pub mod cli;
pub mod command;
pub mod content;
pub mod demo;
pub mod library;
pub mod preview;
pub mod profile;
pub mod search;
pub mod shell;
pub mod shown;
pub mod suggest;
pub mod view;
