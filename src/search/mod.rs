//! (room: search)
