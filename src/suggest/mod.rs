//! (room: suggest)
