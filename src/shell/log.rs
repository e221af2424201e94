//! The log (`--log FILE`): what happened and when, without any content of items. The last lines are kept for the report of a fall,
//! whether they are written or not.

use std::collections::VecDeque;
use std::fmt::{self, Debug, Write as _};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::shown::Shown;

/// So many lines are kept.
const KEPT: usize = 60;

/// Where the log goes; nowhere unless it was asked for.
#[derive(Debug, Default)]
pub struct Log {
    file: Option<File>,
    last: VecDeque<String>,
}

impl Log {
    /// Appends to a file, which only its owner can read.
    pub fn to(path: &Path) -> io::Result<Log> {
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
        Ok(Log { file: Some(file), last: VecDeque::new() })
    }

    /// Notes a line: milliseconds since 1970, then the words. A log that cannot be written stops, the program does not.
    pub fn note(&mut self, words: &str) {
        let words = Shown::new(words);
        let Some(file) = &mut self.file else { return };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        if writeln!(file, "{now} {words}").is_err() {
            self.file = None;
        }
    }

    /// Notes what kind of thing came or goes; what is in it stays out.
    pub fn kind(&mut self, direction: &str, thing: &impl Debug) {
        let words = format!("{direction} {}", kind(thing));
        if self.last.len() == KEPT {
            self.last.pop_front();
        }
        self.note(&words);
        self.last.push_back(words);
    }

    /// The last kinds of things that came and went.
    pub fn last(&self) -> Vec<String> {
        self.last.iter().cloned().collect()
    }
}

/// The first word of a value's debug form: the name of its variant.
fn kind(thing: &impl Debug) -> String {
    struct FirstWord(String);
    impl fmt::Write for FirstWord {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let word = text.find(|c: char| !c.is_alphanumeric());
            self.0.push_str(&text[..word.unwrap_or(text.len())]);
            // An error ends the formatting: what follows is content.
            word.map_or(Ok(()), |_| Err(fmt::Error))
        }
    }
    let mut name = FirstWord(String::new());
    let _ = write!(name, "{thing:?}");
    name.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Event;

    #[test]
    fn the_log_names_what_happened_and_none_of_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let mut log = Log::to(&path).unwrap();
        log.kind("event", &Event::Said("a secret title".into()));
        log.kind("event", &Event::Paste("more secrets".into()));
        log.note("opens a folder\n0 that forges a line \u{1b}[2J");
        let text = std::fs::read_to_string(&path).unwrap();
        let words: Vec<&str> = text.lines().map(|l| l.split_once(' ').unwrap().1).collect();
        assert_eq!(words, ["event Said", "event Paste", "opens a folder\u{240a}0 that forges a line \u{241b}[2J"]);
        assert_eq!(log.last(), words[..2]);
        let mut nowhere = Log::default();
        (0..100).for_each(|_| nowhere.kind("event", &Event::Hangup));
        assert_eq!(nowhere.last(), vec!["event Hangup"; KEPT]);
    }
}
