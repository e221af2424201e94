//! (room: view)
