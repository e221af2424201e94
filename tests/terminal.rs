//! The terminal in a real pseudo-terminal: taken, lent, stopped and given back, whatever ends the program.
//!
//! Each test runs this very binary inside a pseudo-terminal, where `scene` plays the part that the test names.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{env, thread};

use crossterm::event::{Event, KeyCode};
use curate::shell::input::{Input, Keyboard};
use curate::shell::terminal::Session;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::style::Style;

/// How long anything may take before a test gives up.
const LONG: Duration = Duration::from_secs(20);

/// A part played inside the terminal; nothing to do where no test has asked for one.
#[test]
fn scene() {
    match env::var("SCENE").as_deref() {
        Ok("desk") => desk(),
        Ok("panic") => {
            let mut session = Session::start().unwrap();
            show(&mut session, "about to fall");
            panic!("it fell");
        }
        Ok("thread") => {
            let mut session = Session::start().unwrap();
            show(&mut session, "still here");
            assert!(thread::spawn(|| panic!("a worker fell")).join().is_err());
            show(&mut session, "and still here");
        }
        _ => {}
    }
}

/// Shows the keys that were typed. `e` lends the terminal to `head`, `z` stops, `q` leaves.
fn desk() {
    let (sender, inputs) = channel::<Input>();
    let mut session = Session::start().unwrap();
    let keyboard = Keyboard::start(sender).unwrap();
    let mut typed = String::from("typed:");
    show(&mut session, &typed);
    for input in inputs {
        match input {
            Input::Event(Event::Key(key)) => match key.code {
                KeyCode::Char('q') => break,
                KeyCode::Char('z') => session.suspend(&keyboard).unwrap(),
                KeyCode::Char('e') => {
                    let head = || std::process::Command::new("head").args(["-n", "1"]).status().unwrap();
                    assert!(session.lend(&keyboard, head).unwrap().success());
                }
                KeyCode::Char(c) => typed.push(c),
                _ => {}
            },
            Input::Event(Event::Paste(text)) => typed.push_str(&text.replace('\n', "|")),
            Input::Event(_) => {}
            Input::Resized => {
                session.resized().unwrap();
                typed.push_str(" resized");
            }
            Input::Continued => session.take_again().unwrap(),
            Input::Ended => break,
        }
        show(&mut session, &typed);
    }
}

fn show(session: &mut Session, text: &str) {
    session.screen.draw(|frame| frame.buffer_mut().set_string(0, 0, text, Style::new())).unwrap();
}

/// A pseudo-terminal with a program in it.
struct Tty {
    master: Box<dyn MasterPty + Send>,
    child: Option<Box<dyn Child + Send + Sync>>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
}

impl Tty {
    fn run(command: CommandBuilder) -> Tty {
        let size = PtySize { rows: 10, cols: 60, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Tty {
            master: pair.master,
            child: Some(child),
            keys,
            output,
            screen: vt100::Parser::new(10, 60, 100),
            raw: Vec::new(),
        }
    }

    fn scene(name: &str) -> Tty {
        let mut command = CommandBuilder::new(env::current_exe().unwrap());
        command.args(["--exact", "scene", "--nocapture", "--test-threads=1"]);
        command.env("SCENE", name);
        Tty::run(command)
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Reads on until the screen is as wanted.
    fn until(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + LONG;
        while !wanted(self.screen.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                Err(_) => panic!("the screen never was as wanted; it is:\n{}", self.screen.screen().contents()),
            }
        }
    }

    /// Reads on until the desk shows that line.
    fn until_shown(&mut self, line: &str) {
        self.until(|screen| screen.alternate_screen() && screen.contents().trim_end() == line);
    }

    /// Waits for the end of the program and of its output; says whether it ended well.
    fn end(&mut self) -> bool {
        let ended = ended(self.child.take().expect("it ends once"));
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(300)) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
        ended
    }

    /// Whether the terminal is as a shell wants it: its own screen, a cursor, no pasting marks, lines and echo.
    fn is_given_back(&self) -> bool {
        let screen = self.screen.screen();
        let modes = self.master.get_termios().map(|modes| modes.local_flags);
        let local = modes.map(|flags| format!("{flags:?}")).unwrap_or_default();
        let cooked = local.contains("ICANON") && local.contains("ECHO");
        cooked && !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    }
}

/// Waits for a program's end, but not for ever; says whether it ended well.
fn ended(mut child: Box<dyn Child + Send + Sync>) -> bool {
    let mut killer = child.clone_killer();
    let (sender, end) = channel();
    thread::spawn(move || sender.send(child.wait().unwrap().success()));
    end.recv_timeout(LONG).unwrap_or_else(|_| {
        killer.kill().unwrap();
        panic!("the program does not end")
    })
}

#[test]
fn leaving_gives_the_terminal_back_as_it_was() {
    let mut tty = Tty::scene("desk");
    tty.until_shown("typed:");
    assert!(!tty.is_given_back());
    tty.press("ab");
    tty.until_shown("typed:ab");
    tty.press("\x1b[200~one\rq\x1b[201~");
    tty.until_shown("typed:abone|q");
    tty.press("q");
    assert!(tty.end());
    assert!(tty.is_given_back());
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told_on_the_shells_screen() {
    let mut tty = Tty::scene("panic");
    assert!(!tty.end());
    assert!(tty.is_given_back());
    let raw = String::from_utf8_lossy(&tty.raw).into_owned();
    let (told, down) = (raw.find("it fell").expect("it is told"), raw.find("\x1b[?1049l").unwrap());
    assert!(told > down, "{raw:?}");
}

#[test]
fn a_panic_of_a_worker_waits_until_the_screen_is_down() {
    let mut tty = Tty::scene("thread");
    assert!(tty.end());
    assert!(tty.is_given_back());
    let raw = String::from_utf8_lossy(&tty.raw).into_owned();
    let (told, down) = (raw.find("a worker fell").expect("it is told"), raw.rfind("\x1b[?1049l").unwrap());
    assert!(told > down, "{raw:?}");
}

#[test]
fn a_signal_to_end_gives_the_terminal_back() {
    for signal in [rustix::process::Signal::TERM, rustix::process::Signal::HUP] {
        let mut tty = Tty::scene("desk");
        tty.until_shown("typed:");
        let child = i32::try_from(tty.child.as_ref().unwrap().process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(child).unwrap(), signal).unwrap();
        assert!(tty.end());
        assert!(tty.is_given_back(), "{signal:?}");
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let mut tty = Tty::scene("desk");
    tty.until_shown("typed:");
    let Tty { master, keys, output, child, .. } = tty;
    drop((keys, output, master));
    // How it ends is the test harness's: it cannot print its summary any more.
    ended(child.unwrap());
}

#[test]
fn the_editor_gets_every_key_and_the_desk_gets_every_other() {
    let mut tty = Tty::scene("desk");
    tty.until_shown("typed:");
    tty.press("ae");
    tty.until(|screen| !screen.alternate_screen());
    tty.press("for the editor\r");
    tty.until_shown("typed:a");
    assert!(
        String::from_utf8_lossy(&tty.raw).contains("for the editor\r\nfor the editor"),
        "echoed, then printed by it"
    );
    tty.press("b");
    tty.until_shown("typed:ab");
    tty.press("q");
    assert!(tty.end() && tty.is_given_back());
}

#[test]
fn another_size_is_followed() {
    let mut tty = Tty::scene("desk");
    tty.until_shown("typed:");
    tty.screen.screen_mut().set_size(12, 40);
    tty.master.resize(PtySize { rows: 12, cols: 40, pixel_width: 0, pixel_height: 0 }).unwrap();
    tty.until_shown("typed: resized");
    tty.press("q");
    assert!(tty.end() && tty.is_given_back());
}

#[test]
fn ctrl_z_gives_the_shell_its_terminal_and_coming_back_draws_anew() {
    let mut command = CommandBuilder::new("sh");
    command.arg("-i");
    command.env("PS1", "prompt> ");
    command.env("ENV", "/dev/null");
    let mut tty = Tty::run(command);
    let binary = env::current_exe().unwrap();
    tty.press(&format!("SCENE=desk '{}' --exact scene --nocapture\r", binary.display()));
    tty.until_shown("typed:");
    tty.press("az");
    tty.until(|screen| !screen.alternate_screen() && screen.contents().contains("topped"));
    tty.press("echo in the $((40 + 2))\r");
    tty.until(|screen| screen.contents().contains("in the 42"));
    tty.press("fg\r");
    tty.until_shown("typed:a");
    tty.press("bq");
    tty.until(|screen| !screen.alternate_screen() && screen.contents().contains("test result: ok"));
    tty.press("exit\r");
    tty.end();
    assert!(!tty.screen.screen().bracketed_paste() && !tty.screen.screen().hide_cursor());
}
