//! (room: view)

pub mod palette;
pub mod theme;
