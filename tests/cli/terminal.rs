//! On a terminal, nothing that comes from a file reaches it as a command.

use std::io::Read;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::shelf::Shelf;

/// What the program sends to a terminal.
pub fn on_a_terminal(shelf: &Shelf, args: &[&str]) -> String {
    on_a_terminal_of(100, shelf, args)
}

/// The same, on a terminal of so many columns.
fn on_a_terminal_of(cols: u16, shelf: &Shelf, args: &[&str]) -> String {
    let size = PtySize { rows: 40, cols, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_curate"));
    command.args(args);
    command.cwd(shelf.lib());
    let home = shelf.command(&[]);
    for (name, value) in home.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    let mut child = pair.slave.spawn_command(command).expect("it runs");
    drop(pair.slave);
    let mut sent = Vec::new();
    // The end of a terminal may show as an error: what was sent until then counts.
    let _ = pair.master.try_clone_reader().expect("a reader").read_to_end(&mut sent);
    child.wait().expect("it ends");
    String::from_utf8(sent).expect("UTF-8")
}

#[test]
fn escapes_of_a_file_are_shown_on_a_terminal_and_kept_in_a_pipe() {
    let text = "---\ntitle: \"evil \\e]0;owned\\a\\u202E\\u009B2J\"\n---\n# Head \u{1b}[2J\nbody \u{9b}31m\u{202e}\n";
    let shelf = Shelf::with(&[("a\u{1b}[31m.md", text), ("b\u{202e}.md", "none")]);
    let file = "a\u{1b}[31m.md";
    for args in [
        vec!["list", "."],
        vec!["list", ".", "--columns", "path,title"],
        vec!["list", ".", "--json"],
        vec!["show", file, "--plain"],
        vec!["get", file, "title"],
        vec!["set", file, "title=x"],
        vec!["get", "b\u{202e}.md", "title"],
        vec!["check", "."],
    ] {
        let sent = on_a_terminal(&shelf, &args);
        let obeyed = sent.chars().find(|c| (c.is_control() && !"\r\n\t".contains(*c)) || *c == '\u{202e}');
        assert_eq!(obeyed, None, "{args:?}: {sent:?}");
        assert!(!sent.is_empty(), "{args:?}");
    }
    let piped = shelf.run(&["list", ".", "--json"]);
    assert_eq!(
        on_a_terminal(&shelf, &["list", ".", "--json"]).replace("\r\n", "\n"),
        format!("{}{}", piped.err, piped.out)
    );
    assert!(shelf.run(&["list", ".", "--columns", "title"]).out.contains("\u{1b}]0;owned\u{7}"));
}

#[test]
fn a_preview_is_as_wide_as_its_terminal_and_set_off_as_the_terminal_can() {
    let body = "<h2>Virtual <em>wards</em></h2><p>Nurses watch over <b>forty</b> patients, 日本語 as well, at home.</p>\
                <table><tr><th>Site<th>Beds at home</tr><tr><td>Northbridge<td>40</table>";
    let shelf = Shelf::with(&[("a.md", &format!("---\ntitle: A ward without walls\n---\n{body}"))]);
    for columns in [21, 40, 80, 200] {
        let sent = on_a_terminal_of(columns, &shelf, &["show", "a.md"]);
        let mut screen = vt100::Parser::new(60, columns, 0);
        screen.process(sent.as_bytes());
        let width = columns.to_string();
        let piped = shelf.run(&["show", "a.md", "--width", &width]).exits(0).out;
        // Nothing wraps: the terminal shows the very lines that a pipe of that width gets.
        assert_eq!(screen.screen().contents().trim_end(), piped.trim_end(), "{columns}");
        assert!(sent.contains("\u{1b}[1m") && !piped.contains('\u{1b}'), "{sent:?}");
        let plain = on_a_terminal_of(columns, &shelf, &["show", "a.md", "--plain"]);
        assert_eq!(plain.replace("\r\n", "\n"), piped);
    }
}
