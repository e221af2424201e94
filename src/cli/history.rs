//! `curate history PATH`: what was written, batch by batch.

use std::path::PathBuf;

use super::library::Place;
use super::list::escaped;
use super::output::{Exit, Out, Stop};

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
            utc(batch.head.when),
            batch.state(),
            batch.files.to_string(),
            escaped(&batch.head.label),
        ];
        out.tabbed(&cells)?;
    }
    Ok(if batches.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// A time, in seconds since 1970, as ISO 8601 writes it.
fn utc(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3_600, rest / 60 % 60, rest % 60)
}

/// The date so many days after the first of January 1970, in years that begin in March: so the day that some years have more comes last.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_735_689_599), "2024-12-31T23:59:59Z");
        assert_eq!(utc(4_107_542_400), "2100-03-01T00:00:00Z");
    }
}
