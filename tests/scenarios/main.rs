//! What a curator does at the desk, as scenarios: keys in, screen and disk out.

mod bulk;
mod day;
mod desk;
mod editor;
mod finding;
mod forms;

mod reading;
mod readme;
mod review;
mod rough;
mod saving;
mod vocabulary;
