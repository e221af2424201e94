//! How verbs end and speak: exit statuses, data on standard output, words for people on standard error.
//!
//! A terminal gets harmless text, a pipe gets the bytes. A pipe that is closed ends the program quietly.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::process::ExitCode;

use serde_json::Value as Json;

use crate::profile::ProfileError;
use crate::shown::{Shown, is_invisible_control};

/// How a verb ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done; also: no change.
    Done = 0,
    /// Findings, nothing matched, or no such field.
    Nothing = 1,
    /// Wrong usage.
    Usage = 2,
    /// Something could not be read or written.
    Failed = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a verb stops before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// With this status, and these words.
    Said(Exit, String),
    /// Nobody reads the output any more.
    PipeClosed,
    /// With a status that is said already.
    Status(ExitCode),
}

impl Stop {
    /// Wrong usage.
    pub(super) fn usage(message: impl Into<String>) -> Stop {
        Stop::Said(Exit::Usage, message.into())
    }

    /// Something could not be read or written.
    pub(super) fn failed(message: impl Into<String>) -> Stop {
        Stop::Said(Exit::Failed, message.into())
    }
}

impl From<ProfileError> for Stop {
    fn from(error: ProfileError) -> Stop {
        Stop::failed(error.to_string())
    }
}

/// Standard output.
pub(super) struct Out {
    to: BufWriter<Stdout>,
    /// Whether a person looks at it.
    pub(super) is_terminal: bool,
}

impl Out {
    /// The process' standard output.
    pub(super) fn standard() -> Out {
        let stdout = io::stdout();
        Out { is_terminal: stdout.is_terminal(), to: BufWriter::with_capacity(64 * 1024, stdout) }
    }

    /// Prints a line that may hold text of files.
    pub(super) fn line(&mut self, line: &str) -> Result<(), Stop> {
        let ended =
            if self.is_terminal { writeln!(self.to, "{}", Shown::new(line)) } else { writeln!(self.to, "{line}") };
        ended.map_err(output_failed)
    }

    /// Prints JSON on a line: the same on a terminal and in a pipe, for what a terminal would obey or hide is written as an escape.
    pub(super) fn json(&mut self, value: &Json) -> Result<(), Stop> {
        writeln!(self.to, "{}", json_line(value)).map_err(output_failed)
    }

    /// Prints cells with tabs between them; tabs within them are escaped already.
    pub(super) fn tabbed(&mut self, cells: &[String]) -> Result<(), Stop> {
        let line = match self.is_terminal {
            true => cells.iter().map(|cell| Shown::new(cell).to_string()).collect::<Vec<_>>().join("\t"),
            false => cells.join("\t"),
        };
        writeln!(self.to, "{line}").map_err(output_failed)
    }

    /// Prints several lines: to a pipe the very bytes.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Stop> {
        if !self.is_terminal {
            return self.to.write_all(text.as_bytes()).map_err(output_failed);
        }
        for line in text.split_inclusive('\n') {
            self.line(line.strip_suffix('\n').map_or(line, |l| l.strip_suffix('\r').unwrap_or(l)))?;
        }
        Ok(())
    }

    /// Prints bytes of our own making.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.to.write_all(bytes).map_err(output_failed)
    }

    /// Hands over what is held back.
    pub(super) fn finish(&mut self) -> Result<(), Stop> {
        self.to.flush().map_err(output_failed)
    }
}

/// JSON without a character that does not show itself: such stand in strings only, where `\uXXXX` reads back to them.
pub(super) fn json_line(value: &Json) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        // The joiners show nothing themselves either; on a screen they are left alone for the emoji they make.
        if c.is_control() || is_invisible_control(c) || matches!(c, '\u{200c}' | '\u{200d}') {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

fn output_failed(error: io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::PipeClosed,
        _ => Stop::failed(format!("standard output: {}", crate::shell::root::reason(&error))),
    }
}

/// Tells people something on standard error; made harmless, for it may name files.
pub(super) fn say(message: &str) {
    let mut stderr = io::stderr().lock();
    for line in message.lines() {
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(stderr, "curate: {}", Shown::new(line));
    }
}

/// Tells people something of several lines on standard error, as it is laid out; made harmless.
pub(super) fn say_lines(text: &str) {
    let mut stderr = io::stderr().lock();
    for line in text.lines() {
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(stderr, "{}", Shown::new(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_holds_nothing_that_a_terminal_obeys_and_reads_back() {
        let value = Json::from("a\u{1b}\u{7f}\u{9b}\u{85}\u{202e}\u{200b}\u{200d}\u{feff}\u{e0001}\u{2028}é\"\\🙂\n");
        let line = json_line(&value);
        assert!(line.chars().all(|c| !c.is_control() && !is_invisible_control(c) && c != '\u{200d}'), "{line}");
        assert!(line.contains("\\u202e") && line.contains("\\udb40\\udc01") && line.contains("é"), "{line}");
        assert_eq!(serde_json::from_str::<Json>(&line).unwrap(), value);
    }
}
