//! The clipboard of whoever sits at the terminal, by OSC 52: it works over SSH, where no clipboard is near.
//!
//! A terminal never answers whether it took the text. Not here: the screen that carries the bytes (`screen`).

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

/// What stands between the program and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    Nothing,
    Tmux,
    Screen,
}

impl Between {
    /// What the variables `TMUX` and `STY` say.
    pub fn of(tmux: Option<&str>, sty: Option<&str>) -> Between {
        let set = |variable: Option<&str>| variable.is_some_and(|value| !value.is_empty());
        match (set(tmux), set(sty)) {
            (true, _) => Between::Tmux,
            (false, true) => Between::Screen,
            (false, false) => Between::Nothing,
        }
    }
}

/// The bytes that put `text` on the clipboard; `Screen::send` carries them.
pub fn copy(text: &str, between: Between) -> Vec<u8> {
    let mut plain = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain).expect("a String takes any text");
    match between {
        Between::Nothing => plain,
        // Which of the two tmux heeds hangs on its settings `set-clipboard` and `allow-passthrough`; both do no harm.
        Between::Tmux => format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")),
        Between::Screen => in_pieces(&plain),
    }
    .into_bytes()
}

/// GNU Screen passes on what stands in a string of its own, of at most 768 bytes.
fn in_pieces(plain: &str) -> String {
    let mut out = String::new();
    for piece in plain.as_bytes().chunks(500) {
        let piece = std::str::from_utf8(piece).expect("OSC 52 is ASCII");
        write!(out, "\x1bP{piece}\x1b\\").expect("a String takes any text");
    }
    out
}

/// Hands the text to tmux itself: with its default settings it heeds neither sequence of a program within.
pub fn hand_to_tmux(text: &str) -> io::Result<()> {
    let mut tmux = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = tmux.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    match tmux.wait()?.success() {
        true => Ok(()),
        false => Err(io::Error::other("tmux did not take the text")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(text: &str, between: Between) -> String {
        String::from_utf8(copy(text, between)).unwrap()
    }

    #[test]
    fn a_text_goes_to_the_clipboard_whatever_is_in_it() {
        assert_eq!(copied("hi", Between::Nothing), "\x1b]52;c;aGk=\x1b\\");
        let hostile = copied("a\x1b]0;x\x07", Between::Nothing);
        assert_eq!(hostile.matches('\x1b').count(), 2, "{hostile:?}");
    }

    #[test]
    fn within_tmux_both_ways_are_tried() {
        let both = "\x1b]52;c;aGk=\x1b\\\x1bPtmux;\x1b\x1b]52;c;aGk=\x1b\x1b\\\x1b\\";
        assert_eq!(copied("hi", Between::Tmux), both);
    }

    #[test]
    fn within_screen_a_long_text_goes_in_pieces() {
        let long = copied(&"x".repeat(2_000), Between::Screen);
        assert!(long.split("\x1b\\").all(|piece| piece.len() <= 768));
        assert!(long.starts_with("\x1bP\x1b]52;c;"));
    }

    #[test]
    fn the_environment_says_what_stands_between() {
        assert_eq!(Between::of(Some("/tmp/tmux-0/default,1,0"), Some("1.pts")), Between::Tmux);
        assert_eq!(Between::of(Some(""), Some("1.pts")), Between::Screen);
        assert_eq!(Between::of(None, None), Between::Nothing);
    }
}
