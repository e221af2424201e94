//! The terminal while the program has it: taken, lent, given back, whatever ends the program.
//!
//! Given back on leaving, on a panic, and by `desk` on SIGTERM and SIGHUP (which `input` tells). Lent to `$EDITOR`, and to
//! the shell on Ctrl-Z. Not here: what is shown (`screen`) and what is typed (`input`).

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::layout::Size;
use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::SIGCONT;

use super::input::Keyboard;
use super::report;
use super::screen::Screen;
use crate::shown::Shown;

/// Alternate screen, bracketed paste, no cursor.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l";

/// Ends a frame that was cut short, then undoes `TAKE`.
const GIVE_BACK: &[u8] = b"\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Whether the terminal is ours. Global, as the panic hook must know.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// What panics on other threads had to say while the screen was up: told once it is down.
static HELD_BACK: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The terminal, taken. Dropping it gives the terminal back: drop the keyboard first.
pub struct Session {
    /// What the terminal shows.
    pub screen: Screen<File>,
    /// The same terminal, to write past the screen.
    terminal: File,
    /// Raised when the program goes on after a stop.
    continued: std::sync::Arc<AtomicBool>,
    /// Whether the terminal is taken again already after the stop that is about to be told.
    expected: bool,
}

impl Session {
    /// Takes the terminal: standard output where it is one, else `/dev/tty`.
    pub fn start() -> io::Result<Session> {
        let terminal = open()?;
        let continued = std::sync::Arc::new(AtomicBool::new(false));
        signal_hook::flag::register(SIGCONT, std::sync::Arc::clone(&continued))?;
        restore_on_panic();
        let screen = Screen::new(terminal.try_clone()?, size()?)?;
        let mut session = Session { screen, terminal, continued, expected: false };
        session.take()?;
        Ok(session)
    }

    /// Lends the terminal for as long as `work` takes, and takes it back; the next frame is drawn anew. The keyboard is
    /// silent meanwhile: what is typed belongs to the borrower.
    pub fn lend<T>(&mut self, keyboard: &Keyboard, work: impl FnOnce() -> T) -> io::Result<T> {
        let pause = keyboard.pause();
        give_back(&mut self.terminal);
        let outcome = work();
        self.take()?;
        drop(pause);
        Ok(outcome)
    }

    /// Ctrl-Z: stops the program until it is called to the front again.
    pub fn suspend(&mut self, keyboard: &Keyboard) -> io::Result<()> {
        let continued = std::sync::Arc::clone(&self.continued);
        let stopped = self.lend(keyboard, || stop(&continued))?;
        self.expected = self.continued.load(Ordering::SeqCst);
        stopped
    }

    /// Takes the terminal again after a stop that nobody announced (SIGSTOP, then SIGCONT). For `Input::Continued`; one that
    /// follows `suspend` needs nothing.
    pub fn take_again(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.expected) {
            return Ok(());
        }
        give_back(&mut self.terminal);
        self.take()
    }

    /// Follows a new size of the terminal.
    pub fn resized(&mut self) -> io::Result<()> {
        self.screen.resize(size()?);
        Ok(())
    }

    fn take(&mut self) -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        self.terminal.write_all(TAKE)?;
        self.screen.resize(size()?);
        self.screen.forget()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        give_back(&mut self.terminal);
        tell_held_back();
    }
}

/// The terminal to draw on.
fn open() -> io::Result<File> {
    let stdout = io::stdout();
    match stdout.is_terminal() {
        true => Ok(File::from(stdout.as_fd().try_clone_to_owned()?)),
        false => File::options().read(true).write(true).open("/dev/tty"),
    }
}

fn size() -> io::Result<Size> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(Size { width, height })
}

/// Gives the terminal back, if it is ours. Errors are passed over: a terminal that is gone needs nothing.
fn give_back(terminal: &mut impl Write) {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Lines and echo first: whoever sees the screen come back may type at once.
        let _ = crossterm::terminal::disable_raw_mode();
        let _ = terminal.write_all(GIVE_BACK);
        let _ = terminal.flush();
    }
}

/// Stops the whole process group, as the terminal's own Ctrl-Z would: a parent such as `cargo run` stops with it. Where
/// nobody could call the program back (its group is orphaned) the kernel ignores the stop, and it simply goes on.
fn stop(continued: &AtomicBool) -> io::Result<()> {
    continued.store(false, Ordering::SeqCst);
    kill_current_process_group(Signal::TSTP)?;
    // The stop can reach another thread first; this one must not take the terminal before it is stopped.
    let asked = Instant::now();
    while !continued.load(Ordering::SeqCst) && asked.elapsed() < Duration::from_millis(100) {
        thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

/// Gives the terminal back before a panic is told. A panic on a thread other than the one that draws does not end the
/// program: its message waits, so as not to run over the screen.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    let drawing = thread::current().id();
    ONCE.call_once(|| {
        panic::set_hook(Box::new(move |info| {
            report::note(info);
            if TAKEN.load(Ordering::SeqCst) && thread::current().id() != drawing {
                let mut held = HELD_BACK.lock().unwrap_or_else(PoisonError::into_inner);
                held.push(info.to_string());
                return;
            }
            if TAKEN.load(Ordering::SeqCst) {
                // A terminal that cannot be opened any more needs nothing.
                if let Ok(mut terminal) = open() {
                    give_back(&mut terminal);
                }
                tell_held_back();
            }
            tell(&info.to_string());
        }));
    });
}

/// Tells what waited for the screen to be down.
fn tell_held_back() {
    for message in HELD_BACK.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        tell(&message);
    }
}

/// A panic's message may quote a file.
fn tell(message: &str) {
    message.lines().for_each(|line| eprintln!("{}", Shown::new(line)));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modes that a text switches on and those it switches off, in order.
    fn modes(text: &[u8]) -> (Vec<&str>, Vec<&str>) {
        let text = std::str::from_utf8(text).unwrap();
        let named = |end: char| {
            let parts = text.split('\x1b').filter_map(move |part| part.strip_prefix("[?")?.strip_suffix(end));
            parts.collect::<Vec<_>>()
        };
        (named('h'), named('l'))
    }

    #[test]
    fn everything_taken_is_given_back() {
        let (taken_on, taken_off) = modes(TAKE);
        let (back_on, back_off) = modes(GIVE_BACK);
        assert!(taken_on.iter().all(|mode| back_off.contains(mode)));
        assert!(taken_off.iter().all(|mode| back_on.contains(mode)));
        assert_eq!(back_off.last(), Some(&"1049"), "the shell's screen comes back last");
    }

    #[test]
    fn what_is_not_taken_is_not_given_back() {
        let mut bytes = Vec::new();
        give_back(&mut bytes);
        assert!(bytes.is_empty());
    }
}
