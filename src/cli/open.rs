//! `curate [PATH]`: the workstation.

use std::path::PathBuf;

use super::output::{Exit, Stop};
use crate::shell::desk::{self, OpenOptions};
use crate::shell::root;

/// What is opened, and how it is narrowed at first.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder or file to open [default: the current folder]
    path: Option<PathBuf>,
    /// Begin with this filter
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Hidden and git-ignored files too
    #[arg(long)]
    all: bool,
    /// Keep a log of what happens in this file
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

pub(super) fn run(args: Args) -> Result<Exit, Stop> {
    let path = args.path.unwrap_or_else(|| PathBuf::from("."));
    // Said before the terminal is taken over, and as the verbs say it.
    root::find(&path).map_err(|e| Stop::failed(e.to_string()))?;
    open(OpenOptions { path, query: args.query.unwrap_or_default(), all: args.all, log: args.log })
}

/// Opens the workstation and ends as it ends.
pub(super) fn open(options: OpenOptions) -> Result<Exit, Stop> {
    match desk::run(options) {
        Ok(status) => Err(Stop::Status(status)),
        Err(error) => Err(Stop::failed(format!("{error:#}"))),
    }
}
