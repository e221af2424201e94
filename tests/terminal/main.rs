//! The terminal in a real pseudo-terminal: taken, lent, stopped and given back, whatever ends the program.
//!
//! Each test here runs this very binary inside a pseudo-terminal, where `scene` plays the part that the test names; those in
//! `program` run the program itself.

mod kills;
mod program;
mod tty;

use std::sync::mpsc::channel;
use std::{env, thread};

use crossterm::event::{Event, KeyCode};
use curate::shell::input::{Input, Keyboard};
use curate::shell::terminal::Session;
use portable_pty::{CommandBuilder, PtySize};
use ratatui::style::Style;

use tty::{Tty, ended};

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
