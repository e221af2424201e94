//! `curate completions SHELL`: the completion script of a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Cli;
use super::output::{Exit, Out, Stop};

/// Print a shell's completion script
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell to complete in
    shell: Shell,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "curate", &mut script);
    out.bytes(&script)?;
    Ok(Exit::Done)
}
