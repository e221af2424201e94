//! `curate demo`: a made-up library, written and opened.

use std::path::{Path, PathBuf};

use super::open;
use super::output::{Exit, Out, Stop, say};
use crate::content::counted::count;
use crate::shell::demo;
use crate::shell::desk::OpenOptions;
use crate::shell::folders::Folders;
use crate::shell::root::reason;

/// How many items there are where none are asked for: as many as look like a real queue, made in the blink of an eye.
const ITEMS: usize = 600;

/// Make a made-up library and open it
///
/// Without --dir it lies in the data folder, and is opened again as it was left. --no-open prints where it is.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How many items
    #[arg(long, value_name = "N", default_value_t = ITEMS)]
    items: usize,
    /// A folder to make it in: a new or an empty one
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Do not open it
    #[arg(long)]
    no_open: bool,
}

pub(super) fn run(args: Args, out: &mut Out) -> Result<Exit, Stop> {
    let dir = match args.dir {
        Some(dir) => {
            let failed = |e: std::io::Error| Stop::failed(format!("{}: {}", dir.display(), reason(&e)));
            if !demo::is_free(&dir).map_err(failed)? {
                return Err(Stop::usage(format!("{}: not empty: name a new or an empty folder", dir.display())));
            }
            make(&dir, args.items)?;
            dir
        }
        None => {
            let name = if args.items == ITEMS { "demo".to_string() } else { format!("demo-{}", args.items) };
            let dir = Folders::of_this_user().data.join(name);
            if !demo::is_made(&dir) {
                make(&dir, args.items)?;
            }
            dir
        }
    };
    if args.no_open {
        out.line(&dir.display().to_string())?;
        return Ok(Exit::Done);
    }
    open::open(OpenOptions { path: dir, query: String::new(), all: false, log: None })
}

fn make(dir: &Path, items: usize) -> Result<(), Stop> {
    demo::make(dir, items).map_err(|e| Stop::failed(format!("{}: {}", dir.display(), reason(&e))))?;
    say(&format!("{} made in {}", count(items, "item"), dir.display()));
    Ok(())
}
