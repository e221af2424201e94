//! What a curator does at the desk, as scenarios: keys in, screen and disk out.

mod bulk;
mod corpus;
mod cut_short;
mod day;
mod desk;
mod editor;
mod facets;
mod finding;
mod findings;
mod forms;
mod help;
mod history;
mod marking;
mod offerings;
mod reading;
mod readme;
mod repeating;
mod restart;
mod review;
mod rough;
mod saving;
mod suggesting;
mod tables;
mod together;
mod triage;
mod vocabulary;
