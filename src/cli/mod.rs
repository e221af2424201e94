//! The command line: the same engine without the screen.
//!
//! Here: the syntax of the verbs, one file a verb, and what they share: exit statuses, standard output for data, standard error
//! for people, bulk changes. Not here: what edits mean (`profile`), how files are read and saved (`shell`), the workstation.

mod bulk;
mod check;
mod choose;
mod completions;
mod config;
mod cut_short;
mod demo;
mod get;
mod guard;
mod history;
mod keep;
mod library;
mod list;
mod look;
mod man;
mod merge;
mod offering;
mod offerings;
mod open;
mod output;
mod profile;
mod set;
mod show;
mod suggest;
mod tag;
mod topics;
mod undo;
mod yaml;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use output::{Exit, Out, Stop};

/// How every verb ends.
const EXIT: &str = "0 done (also: no change), 1 findings, nothing matched or no such field, 2 wrong usage, 3 something could \
                    not be read or written. Standard output is data, standard error is for people.";

/// A terminal workstation for curated content: find, triage, tag and edit front matter without changing any other byte.
///
/// Without a verb it opens the workstation on PATH. Verbs that edit are dry runs that print a unified diff until --write.
#[derive(Debug, Parser)]
#[command(
    name = "curate",
    version,
    args_conflicts_with_subcommands = true,
    max_term_width = 100,
    after_help = format!("Exit: {EXIT}")
)]
pub struct Cli {
    #[command(flatten)]
    open: open::Args,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Demo(demo::Args),
    List(list::Args),
    Show(show::Args),
    Suggest(suggest::Args),
    Get(get::Args),
    Set(set::Args),
    Tag(tag::Args),
    Check(check::Args),
    Topics(topics::Args),
    History(history::Args),
    Undo(undo::Args),
    Merge(merge::Args),
    Offering(offering::Args),
    Offerings(offerings::Args),
    Profile(profile::Args),
    Config(config::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no mistakes. Where nobody reads the output any more, there is nobody to tell.
            match error.use_stderr() {
                // It repeats what was given to it.
                true => output::say_lines(&error.render().to_string()),
                false => drop(error.print()),
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut out = Out::standard();
    let ended = run(cli, &mut out).and_then(|exit| out.finish().map(|()| exit));
    match ended {
        Ok(exit) => exit.into(),
        Err(Stop::PipeClosed) => Exit::Done.into(),
        Err(Stop::Said(exit, message)) => {
            // What was printed before stands before the reason; a second failure of the output adds nothing.
            let _ = out.finish();
            output::say(&message);
            exit.into()
        }
        Err(Stop::Status(status)) => status,
    }
}

fn run(cli: Cli, out: &mut Out) -> Result<Exit, Stop> {
    match cli.verb {
        None => open::run(cli.open),
        Some(Verb::Demo(args)) => demo::run(args, out),
        Some(Verb::List(args)) => list::run(&args, out),
        Some(Verb::Show(args)) => show::run(&args, out),
        Some(Verb::Suggest(args)) => suggest::run(&args, out),
        Some(Verb::Get(args)) => get::run(&args, out),
        Some(Verb::Set(args)) => set::run(&args, out),
        Some(Verb::Tag(args)) => tag::run(&args, out),
        Some(Verb::Check(args)) => check::run(&args, out),
        Some(Verb::Topics(args)) => topics::run(&args, out),
        Some(Verb::History(args)) => history::run(&args, out),
        Some(Verb::Undo(args)) => undo::run(&args, out),
        Some(Verb::Merge(args)) => merge::run(&args, out),
        Some(Verb::Offering(args)) => offering::run(&args, out),
        Some(Verb::Offerings(args)) => offerings::run(&args, out),
        Some(Verb::Profile(args)) => profile::run(&args, out),
        Some(Verb::Config(args)) => config::run(&args, out),
        Some(Verb::Completions(args)) => completions::run(&args, out),
        Some(Verb::Man(args)) => man::run(&args, out),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_syntax_holds_together() {
        Cli::command().debug_assert();
    }
}
