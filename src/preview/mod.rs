//! (room: preview)
