//! The one table of commands: name, place, keys, help. Keymap, footer, help screen, palette and the README's key table are
//! read from it, and `app::update` matches on the enum exhaustively, so that a row without behaviour does not compile.
//!
//! Here: what can be asked for and by which keys. Not here: what it does, nor whether it can be done just now (both `app`).

pub mod key;
pub mod keymap;
pub mod markdown;
mod table;

pub use key::{Code, Key};
pub use keymap::{Keymap, KeymapError};
pub use table::{Command, DIGITS, Digits, Group, Mode};
