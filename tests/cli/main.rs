//! The command line, driven as scripts drive it: the real binary, real files, exit statuses, standard output and error.

mod bad_input;
mod checks;
mod drafts;
mod edits;
mod formats;
mod hostile;
mod merge;
mod offerings;
mod queries;
mod reads;
mod real_files;
mod shelf;
mod suggest;
mod terminal;
mod topics;
mod undo;
