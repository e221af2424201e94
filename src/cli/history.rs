//! `curate history PATH`: what was written, batch by batch.

use std::path::PathBuf;

use super::library::Place;
use super::list::escaped;
use super::output::{Exit, Out, Stop};
use crate::profile::timestamp;

/// Print what was written, a batch a line, the last first: number, time, state, files, what
///
/// `curate undo PATH NUMBER` takes one back.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or a folder
    path: PathBuf,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Exit, Stop> {
    let place = Place::of(&args.path)?;
    let past = place.history().past().map_err(|error| Stop::failed(error.to_string()))?;
    let batches = past.batches(|path| place.holds(path));
    for batch in &batches {
        let cells = [
            batch.head.batch.to_string(),
            timestamp(batch.head.when),
            batch.state(),
            batch.files.to_string(),
            escaped(&batch.head.label),
        ];
        out.tabbed(&cells)?;
    }
    match batches.is_empty() {
        true => Err(Stop::Said(Exit::Nothing, "nothing was written here".to_string())),
        false => Ok(Exit::Done),
    }
}

#[cfg(test)]
mod tests {
    use super::timestamp;

    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00Z");
        assert_eq!(timestamp(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(timestamp(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(timestamp(1_735_689_599), "2024-12-31T23:59:59Z");
        assert_eq!(timestamp(4_107_542_400), "2100-03-01T00:00:00Z");
    }
}
