//! (room: command)
