//! `curate profile PATH`: the profile in force, printed or kept.

use std::path::PathBuf;

use super::library::Library;
use super::output::{Exit, Out, Stop, say};
use crate::shell::disk;
use crate::shell::root::PROFILE_FILE;

/// Print the profile in force as YAML; --write keeps it as .curate.yaml at the root
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
    /// Keep it as .curate.yaml
    #[arg(long)]
    write: bool,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let library = Library::open(&args.path)?;
    let yaml = library.profile.to_yaml();
    if !args.write {
        out.text(&yaml)?;
        return Ok(Exit::Done);
    }
    let path = library.root.dir.join(PROFILE_FILE);
    // What somebody has written by hand, comments and all, is not replaced by what it means.
    if path.exists() {
        say(&format!("no change: {} is there already", path.display()));
        return Ok(Exit::Done);
    }
    disk::create(&path, &yaml).map_err(|e| Stop::failed(format!("{}: {e}", path.display())))?;
    say(&format!("written: {}", path.display()));
    Ok(Exit::Done)
}
