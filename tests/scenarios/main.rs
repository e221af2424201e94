//! What a curator does at the desk, as scenarios: keys in, screen and disk out.

mod day;
mod desk;
mod editor;
mod finding;
mod forms;

mod readme;
mod rough;
mod saving;
mod vocabulary;
