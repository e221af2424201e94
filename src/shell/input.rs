//! The input thread: keys and signals, in order, without ever waking for nothing.
//!
//! It waits for three things at once: the terminal, a signal, and a request to pause. Paused, it reads nothing, so that
//! what is typed then belongs to the program that has the terminal. Not here: what the bytes mean (`keys`), and what a
//! signal leads to (`desk`).

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crossterm::event::Event;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};

use super::keys::Decoder;

/// What comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key, a paste, the focus.
    Event(Event),
    /// The terminal has another size; how large says the screen.
    Resized,
    /// The program was stopped and goes on: the terminal may have been used meanwhile.
    Continued,
    /// The program is asked to end: by a signal, or since the terminal is gone. Nothing more comes.
    Ended,
}

/// How long the rest of an escape sequence may take, in nanoseconds; an escape alone is told apart by it.
const SEQUENCE_NANOS: i64 = 30_000_000;

/// The thread that reads, and the hold on it. Once it is dropped nothing is read any more, so drop it before the terminal is
/// given back: what is typed then is the shell's.
pub struct Keyboard {
    wake: UnixStream,
    shared: Arc<Shared>,
}

/// What the thread and its holder agree on.
#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The holder wants silence.
    pause: bool,
    /// The holder is gone.
    stop: bool,
    /// The thread keeps it, or has ended.
    silent: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Two flags cannot be left half changed by a panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps silent for as long as the holder wants; says whether to go on after that.
    fn pause_while_wanted(&self) -> bool {
        let mut state = self.lock();
        while state.pause {
            state.silent = true;
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.silent = false;
        !state.stop
    }

    fn end(&self) {
        let mut state = self.lock();
        state.silent = true;
        self.changed.notify_all();
    }
}

/// The thread reads nothing while this is held.
pub struct Paused<'k> {
    keyboard: &'k Keyboard,
}

impl Drop for Paused<'_> {
    fn drop(&mut self) {
        self.keyboard.shared.lock().pause = false;
        self.keyboard.shared.changed.notify_all();
    }
}

/// Signals and the flag that each one raises.
struct Signals {
    raised: Vec<(i32, Arc<AtomicBool>)>,
}

impl Signals {
    /// Takes the signals; each raises its flag, then wakes the thread.
    fn take(wake: &UnixStream) -> io::Result<Signals> {
        let mut raised = Vec::new();
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGCONT] {
            let flag = Arc::new(AtomicBool::new(false));
            signal_hook::flag::register(signal, Arc::clone(&flag))?;
            signal_hook::low_level::pipe::register(signal, wake.try_clone()?)?;
            raised.push((signal, flag));
        }
        Ok(Signals { raised })
    }

    /// What the signals that came mean.
    fn inputs(&self) -> Vec<Input> {
        let came = self.raised.iter().filter(|(_, flag)| flag.swap(false, Ordering::Relaxed));
        came.map(|(signal, _)| match *signal {
            SIGWINCH => Input::Resized,
            SIGCONT => Input::Continued,
            _ => Input::Ended,
        })
        .collect()
    }
}

impl Keyboard {
    /// Reads the terminal (standard input, else `/dev/tty`) and the signals from now on.
    pub fn start<T: From<Input> + Send + 'static>(inputs: Sender<T>) -> io::Result<Keyboard> {
        let stdin = io::stdin();
        let terminal = match stdin.is_terminal() {
            true => File::from(stdin.as_fd().try_clone_to_owned()?),
            false => File::open("/dev/tty")?,
        };
        let (wake, woken) = pipe()?;
        let signals = Signals::take(&wake)?;
        Ok(Keyboard::read(terminal, (wake, woken), signals, inputs))
    }

    fn read<R, T>(terminal: R, (wake, woken): (UnixStream, UnixStream), signals: Signals, inputs: Sender<T>) -> Keyboard
    where
        R: Read + AsFd + Send + 'static,
        T: From<Input> + Send + 'static,
    {
        let shared = Arc::new(Shared::default());
        let mut reader = Reader { terminal, woken, signals, decoder: Decoder::default(), shared: Arc::clone(&shared) };
        thread::spawn(move || {
            while let Some(came) = reader.next() {
                let last = came.contains(&Input::Ended);
                let heard = came.into_iter().all(|input| inputs.send(T::from(input)).is_ok());
                if last || !heard {
                    break;
                }
            }
            reader.shared.end();
        });
        Keyboard { wake, shared }
    }

    /// Stops reading, and returns once nothing is read any more. Signals that come meanwhile are told afterwards.
    pub fn pause(&self) -> Paused<'_> {
        self.ask(|state| state.pause = true);
        Paused { keyboard: self }
    }

    /// Asks something of the thread, and waits until it is silent.
    fn ask(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.shared.lock();
        change(&mut state);
        // A full pipe is as good: the thread is woken anyway.
        let _ = (&self.wake).write(&[0]);
        while !state.silent {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        self.ask(|state| state.stop = true);
    }
}

/// A pipe that never blocks.
fn pipe() -> io::Result<(UnixStream, UnixStream)> {
    let (wake, woken) = UnixStream::pair()?;
    wake.set_nonblocking(true)?;
    woken.set_nonblocking(true)?;
    Ok((wake, woken))
}

/// The thread's own.
struct Reader<R> {
    terminal: R,
    woken: UnixStream,
    signals: Signals,
    decoder: Decoder,
    shared: Arc<Shared>,
}

impl<R: Read + AsFd> Reader<R> {
    /// Waits, then says what came; none when waiting itself has failed.
    fn next(&mut self) -> Option<Vec<Input>> {
        let timeout = Timespec { tv_sec: 0, tv_nsec: SEQUENCE_NANOS };
        let mut waited = [PollFd::new(&self.terminal, PollFlags::IN), PollFd::new(&self.woken, PollFlags::IN)];
        let ready = match poll(&mut waited, self.decoder.waits().then_some(&timeout)) {
            Ok(ready) => ready,
            Err(rustix::io::Errno::INTR) => return Some(Vec::new()),
            Err(_) => return None,
        };
        let [typed, woken] = waited.map(|fd| !fd.revents().is_empty());
        if ready == 0 {
            return Some(events(self.decoder.settle()));
        }
        if woken {
            while self.woken.read(&mut [0; 64]).is_ok_and(|read| read > 0) {}
            return self.shared.pause_while_wanted().then(|| self.signals.inputs());
        }
        Some(if typed { self.typed() } else { Vec::new() })
    }

    /// Reads what was typed. An end of file or an error means that the terminal is gone.
    fn typed(&mut self) -> Vec<Input> {
        let mut bytes = [0; 4096];
        match self.terminal.read(&mut bytes) {
            Ok(0) => vec![Input::Ended],
            Ok(read) => events(self.decoder.feed(&bytes[..read])),
            Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => Vec::new(),
            Err(_) => vec![Input::Ended],
        }
    }
}

fn events(events: Vec<Event>) -> Vec<Input> {
    events.into_iter().map(Input::Event).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    const LONG: Duration = Duration::from_secs(10);

    /// A keyboard whose terminal is a pipe, without signals.
    fn keyboard() -> (Keyboard, UnixStream, Receiver<Input>) {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let (sender, receiver) = channel();
        let keyboard = Keyboard::read(theirs, pipe().unwrap(), Signals { raised: Vec::new() }, sender);
        (keyboard, ours, receiver)
    }

    fn press(code: KeyCode) -> Input {
        Input::Event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
    }

    #[test]
    fn what_is_typed_comes_in_order_and_an_escape_comes_by_itself() {
        let (_keyboard, mut terminal, inputs) = keyboard();
        terminal.write_all(b"jk\x1b").unwrap();
        let came: Vec<Input> = (0..3).map(|_| inputs.recv_timeout(LONG).unwrap()).collect();
        assert_eq!(came, [press(KeyCode::Char('j')), press(KeyCode::Char('k')), press(KeyCode::Esc)]);
    }

    #[test]
    fn ten_thousand_keys_typed_ahead_all_come() {
        let (_keyboard, mut terminal, inputs) = keyboard();
        terminal.write_all(&b"j".repeat(10_000)).unwrap();
        for at in 0..10_000 {
            assert_eq!(inputs.recv_timeout(LONG), Ok(press(KeyCode::Char('j'))), "key {at}");
        }
    }

    #[test]
    fn a_pause_leaves_what_is_typed_to_the_other_program_and_loses_nothing_before_or_after() {
        let (keyboard, mut terminal, inputs) = keyboard();
        terminal.write_all(b"a").unwrap();
        assert_eq!(inputs.recv_timeout(LONG), Ok(press(KeyCode::Char('a'))));
        for _ in 0..50 {
            let pause = keyboard.pause();
            terminal.write_all(b"b").unwrap();
            assert!(inputs.try_recv().is_err(), "nothing is read in a pause");
            drop(pause);
            assert_eq!(inputs.recv_timeout(LONG), Ok(press(KeyCode::Char('b'))));
        }
    }

    #[test]
    fn a_terminal_that_is_gone_ends_the_thread_and_a_pause_after_it_returns() {
        let (keyboard, terminal, inputs) = keyboard();
        drop(terminal);
        assert_eq!(inputs.recv_timeout(LONG), Ok(Input::Ended));
        assert!(inputs.recv_timeout(LONG).is_err(), "the thread has ended");
        drop(keyboard.pause());
    }

    #[test]
    fn what_is_typed_after_the_end_is_left_to_the_shell() {
        let (mut ours, theirs) = UnixStream::pair().unwrap();
        let mut shell = theirs.try_clone().unwrap();
        let (sender, inputs) = channel::<Input>();
        let keyboard = Keyboard::read(theirs, pipe().unwrap(), Signals { raised: Vec::new() }, sender);
        drop(keyboard);
        ours.write_all(b"ls").unwrap();
        let mut typed = [0; 2];
        shell.read_exact(&mut typed).unwrap();
        assert_eq!(&typed, b"ls");
        assert!(inputs.recv_timeout(LONG).is_err(), "the thread has ended");
    }

    #[test]
    fn a_signal_is_told_even_while_nothing_is_typed() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let (sender, receiver) = channel::<Input>();
        let (wake, woken) = pipe().unwrap();
        let signals = Signals::take(&wake).unwrap();
        let _keyboard = Keyboard::read(theirs, (wake, woken), signals, sender);
        signal_hook::low_level::raise(SIGWINCH).unwrap();
        assert_eq!(receiver.recv_timeout(LONG), Ok(Input::Resized));
        signal_hook::low_level::raise(SIGTERM).unwrap();
        assert_eq!(receiver.recv_timeout(LONG), Ok(Input::Ended));
        drop(ours);
    }
}
