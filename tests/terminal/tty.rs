//! A pseudo-terminal with a program in it, read by a terminal's own rules.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{env, thread};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take before a test gives up.
const LONG: Duration = Duration::from_secs(20);

/// A pseudo-terminal with a program in it.
pub struct Tty {
    pub master: Box<dyn MasterPty + Send>,
    pub child: Option<Box<dyn Child + Send + Sync>>,
    pub keys: Box<dyn Write + Send>,
    pub output: Receiver<Vec<u8>>,
    pub screen: vt100::Parser,
    pub raw: Vec<u8>,
}

impl Tty {
    pub fn run(command: CommandBuilder) -> Tty {
        Tty::sized(command, 10, 60)
    }

    pub fn sized(command: CommandBuilder, rows: u16, cols: u16) -> Tty {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
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
            screen: vt100::Parser::new(rows, cols, 100),
            raw: Vec::new(),
        }
    }

    pub fn scene(name: &str) -> Tty {
        let mut command = CommandBuilder::new(env::current_exe().unwrap());
        command.args(["--exact", "scene", "--nocapture", "--test-threads=1"]);
        command.env("SCENE", name);
        Tty::run(command)
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Reads on until the screen is as wanted.
    pub fn until(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) {
        if !self.comes_to(wanted) {
            panic!("the screen never was as wanted; it is:\n{}", self.screen.screen().contents());
        }
    }

    /// Reads on until the screen is as wanted, or nothing comes any more; says whether it is.
    pub fn comes_to(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) -> bool {
        let end = Instant::now() + LONG;
        while !wanted(self.screen.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(bytes) = self.output.recv_timeout(left) else { return false };
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
        true
    }

    /// Reads on until the desk shows that line.
    pub fn until_shown(&mut self, line: &str) {
        self.until(|screen| screen.alternate_screen() && screen.contents().trim_end() == line);
    }

    /// Waits for the end of the program and of its output; says whether it ended well.
    pub fn end(&mut self) -> bool {
        let ended = ended(self.child.take().expect("it ends once"));
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(300)) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
        ended
    }

    /// Kills the program: unlike the end of a terminal, of this it is not told.
    pub fn kill(mut self) {
        let child = self.child.take().expect("it is killed once");
        let id = i32::try_from(child.process_id().expect("it runs")).expect("an id");
        let id = rustix::process::Pid::from_raw(id).expect("an id");
        rustix::process::kill_process(id, rustix::process::Signal::KILL).expect("it runs");
        ended(child);
    }

    /// Whether the terminal is as a shell wants it: its own screen, a cursor, no pasting marks, lines and echo.
    pub fn is_given_back(&self) -> bool {
        let screen = self.screen.screen();
        let modes = self.master.get_termios().map(|modes| modes.local_flags);
        let local = modes.map(|flags| format!("{flags:?}")).unwrap_or_default();
        let cooked = local.contains("ICANON") && local.contains("ECHO");
        cooked && !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    }
}

/// Waits for a program's end, but not for ever; says whether it ended well.
pub fn ended(mut child: Box<dyn Child + Send + Sync>) -> bool {
    let mut killer = child.clone_killer();
    let (sender, end) = channel();
    thread::spawn(move || sender.send(child.wait().unwrap().success()));
    end.recv_timeout(LONG).unwrap_or_else(|_| {
        killer.kill().unwrap();
        panic!("the program does not end")
    })
}
