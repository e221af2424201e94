//! `curate`: a terminal workstation for curated content.
//!
//! Its one promise above all others: **a save changes the bytes of the fields you edited, and no others; nothing you did is ever
//! lost.**
//!
//! # The map of the house
//!
//! ```text
//! content ← profile ← library ← search, suggest, preview ← app ← view ← shell ← main
//! shown, command: import nothing of the house; demo: content alone
//! cli stands beside app, over shell
//! ```
//!
//! | room | what lives there |
//! | --- | --- |
//! | [`content`] | one file's bytes: document, values, field paths, lossless edits in YAML, TOML and JSON, summary, diff |
//! | [`profile`] | what fields mean: kinds, topics, offerings, templates; from an intent to the edits of one document |
//! | [`library`] | what the list knows of every item: rows, marks, drafts, batches, facets; it holds no text |
//! | [`search`] | the query language and the matcher |
//! | [`suggest`] | topics and offerings ranked with their reasons, learned from the library |
//! | [`preview`] | a body as blocks and wrapped lines, and the link card |
//! | [`command`] | the one table of commands, keys and keymaps |
//! | [`app`] | the desk as a value: state, event, effect, `update` |
//! | [`view`] | the screen, one file a pane; themes |
//! | [`shell`] | terminal, disk, journal, threads, configuration: everything that touches the world |
//! | [`cli`] | one file a verb |
//! | [`demo`] | a made-up library, as texts |
//! | [`shown`] | text made harmless for the terminal |
//!
//! # Data flows one way
//!
//! A key is an [`app::Event`]; [`app::update`] changes the [`app::State`] and returns [`app::Effect`]s; [`view::draw`] draws the
//! state; `shell` carries effects out on worker threads, and their answers are events again.
//!
//! What a curator does is an [`profile::Intent`]; it enters the drafts and the journal at once. A worker expands it into
//! [`content::Edit`]s of one document; a draft's text is a pure function of the file and its edits. Undo drops intents, so the bytes
//! come back by construction; a restart replays the journal; a file that changed on disk gets the edits by their old values. Nothing
//! reaches the disk before the review, and each save is verified by two parsers, or refused.
//!
//! # Invariants, each held by a test
//!
//! - Rooms import in the direction of the arrows only (`tests/house`).
//! - Only `shell` and `cli` name the disk, processes or the terminal (`tests/house`).
//! - `update` never blocks and never fails; `view` takes `&State`.
//! - `view` draws nothing but [`shown::Shown`].
//! - A row of the command table without behaviour does not compile; two rows never share a key in a mode; the README's key table is
//!   the table's.
//! - Values stay as they were written: numbers and dates keep their text.

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
