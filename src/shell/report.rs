//! The report of a fall: what the program leaves behind when something in it panics, for whoever is to mend it.
//!
//! Here: what is noted while it happens, and the file. No text of any item is in it: a message that was put together at that moment may quote
//! one and is left out; it was told on the terminal. Not here: giving the terminal back (`terminal`), and keeping the drafts (`threads`).

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::folders::make_private;
use super::history::now;
use crate::shown::Shown;

/// What fell while this program ran.
static FALLS: Mutex<Vec<Fall>> = Mutex::new(Vec::new());

/// So many are told; what falls after that follows from them.
const MOST: usize = 5;

/// One panic.
#[derive(Debug)]
struct Fall {
    place: String,
    thread: String,
    /// What it said, where that is the program's own words.
    words: Option<&'static str>,
    trace: String,
}

/// Notes a panic, in its hook.
pub(super) fn note(info: &PanicHookInfo<'_>) {
    let fall = Fall {
        place: info.location().map(ToString::to_string).unwrap_or_default(),
        thread: thread::current().name().unwrap_or("a worker").to_string(),
        words: info.payload().downcast_ref::<&'static str>().copied(),
        trace: Backtrace::force_capture().to_string(),
    };
    let mut falls = FALLS.lock().unwrap_or_else(PoisonError::into_inner);
    if falls.len() < MOST {
        falls.push(fall);
    }
}

/// Leaves a report of what was noted, if anything was, and names it on the last line. Whether there was anything.
pub(super) fn leave(folder: &Path, about: &str, before: &[String]) -> bool {
    match write(folder, about, before) {
        Ok(None) => return false,
        Ok(Some(path)) => {
            eprintln!("Something in curate broke. Your drafts are in the journal: the next start brings them back.");
            eprintln!("A report without your texts, for whoever mends it: {}", Shown::new(&path.display().to_string()));
        }
        Err(error) => {
            eprintln!("Something in curate broke, and no report can be written: {}", Shown::new(&error.to_string()));
        }
    }
    true
}

/// Writes down what was noted, if anything was, for its owner alone: where, and what went before in the words of the log. Gives the file.
fn write(folder: &Path, about: &str, before: &[String]) -> io::Result<Option<PathBuf>> {
    let falls = std::mem::take(&mut *FALLS.lock().unwrap_or_else(PoisonError::into_inner));
    if falls.is_empty() {
        return Ok(None);
    }
    make_private(folder)?;
    let path = folder.join(format!("report-{}-{}.txt", now(), std::process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(text(&falls, about, before).as_bytes())?;
    Ok(Some(path))
}

fn text(falls: &[Fall], about: &str, before: &[String]) -> String {
    let mut text = format!(
        "curate {} on {} {} fell.\nNo text of your items is in this report.\n{about}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    for fall in falls {
        let words = fall.words.unwrap_or("(a message that may quote a text: it was told on the terminal)");
        // Writing to a text does not fail.
        let _ = write!(text, "\nat {} in {}: {words}\n{}\n", fall.place, fall.thread, fall.trace);
    }
    let _ = write!(text, "\nBefore that, the newest last:\n{}\n", before.join("\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_tells_where_and_what_went_before_and_no_words_that_were_put_together() {
        let fall = |words| Fall { place: "src/a.rs:7:1".into(), thread: "main".into(), words, trace: "0: here".into() };
        let told = text(&[fall(Some("its own words")), fall(None)], "3 items", &["event Key".into()]);
        for part in ["at src/a.rs:7:1 in main: its own words\n0: here", "may quote a text", "3 items", "event Key"] {
            assert!(told.contains(part), "{part} is not in\n{told}");
        }
    }
}
