//! Which editor: `$VISUAL`, `$EDITOR`, the configuration, else one that is there. Started without a shell.

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::Ended;

/// Editors tried where nothing is said, the friendliest first.
const USUAL: [&str; 4] = ["nano", "vim", "vi", "emacs"];

/// Editors that open a window and come back at once, each with what makes it wait (their manuals).
const WAIT: [(&str, &str); 12] = [
    ("code", "--wait"),
    ("code-insiders", "--wait"),
    ("codium", "--wait"),
    ("cursor", "--wait"),
    ("zed", "--wait"),
    ("subl", "--wait"),
    ("atom", "--wait"),
    ("mate", "--wait"),
    ("gedit", "--wait"),
    ("kate", "--block"),
    ("gvim", "--nofork"),
    ("mvim", "--nofork"),
];

/// A program and its arguments; the file comes last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    program: String,
    arguments: Vec<String>,
}

/// The editor to run: the first of these that says something, else the first usual one that `is_there`.
///
/// # Errors
/// In words: a command line whose quotes never close, or no editor at all.
pub fn choose(said: [Option<String>; 3], is_there: impl Fn(&str) -> bool) -> Result<Editor, String> {
    let said = said.into_iter().flatten().find(|text| !text.trim().is_empty());
    let line = said.or_else(|| USUAL.iter().find(|name| is_there(name)).map(|name| name.to_string()));
    let line = line.ok_or("no editor: set EDITOR, or `editor:` in the configuration")?;
    let mut words = shell_words::split(&line)
        .map_err(|_| format!("the editor `{line}` has a quote that never closes"))?
        .into_iter();
    let program = words.next().ok_or("the editor's name is blank: set EDITOR")?;
    let mut arguments: Vec<String> = words.collect();
    let name = Path::new(&program).file_name().unwrap_or_default().to_string_lossy().into_owned();
    if let Some((_, wait)) = WAIT.iter().find(|(known, _)| *known == name)
        && !arguments.iter().any(|a| a == wait || a == "-w" || a == "-f" || a == "-b")
    {
        arguments.push((*wait).to_string());
    }
    Ok(Editor { program, arguments })
}

/// Whether a program of that name is in one of the folders of `PATH`.
pub fn is_in_path(name: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(name).is_file())
}

impl Editor {
    /// The editor of this user.
    pub fn of_this_user(configured: Option<&str>) -> Result<Editor, String> {
        let variable = |name: &str| std::env::var(name).ok();
        choose([variable("VISUAL"), variable("EDITOR"), configured.map(str::to_string)], is_in_path)
    }

    /// Runs it on a file, whose path is absolute and so never reads as an option, and waits for its end.
    pub fn open(&self, file: &Path) -> io::Result<Ended> {
        let begun = Instant::now();
        let status = Command::new(&self.program).args(&self.arguments).arg(file).status();
        let status = status.map_err(|error| {
            let what = match error.kind() {
                io::ErrorKind::NotFound => "there is no such program".to_string(),
                _ => error.to_string(),
            };
            io::Error::new(
                error.kind(),
                format!("the editor `{}` does not start: {what}; set EDITOR to another", self.program),
            )
        })?;
        let problem = (!status.success()).then(|| match status.code() {
            Some(code) => format!("ended with {code}"),
            None => "was killed".to_string(),
        });
        Ok(Ended { problem, after: begun.elapsed() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(visual: &str, editor: &str, configured: &str) -> Result<(String, Vec<String>), String> {
        let said = [visual, editor, configured].map(|text| (!text.is_empty()).then(|| text.to_string()));
        choose(said, |name| name == "vi").map(|e| (e.program, e.arguments))
    }

    #[test]
    fn the_first_that_says_something_counts_and_a_usual_one_else() {
        let plain = |name: &str| Ok((name.to_string(), Vec::new()));
        assert_eq!(chosen("emacs", "nano", "hx"), plain("emacs"));
        assert_eq!(chosen(" ", "nano", "hx"), plain("nano"));
        assert_eq!(chosen("", "", "hx"), plain("hx"));
        assert_eq!(chosen("", "", ""), plain("vi"));
        assert!(choose([None, None, None], |_| false).unwrap_err().contains("EDITOR"));
    }

    #[test]
    fn words_are_parted_as_a_shell_would_and_never_run_by_one() {
        let words = |line: &str| chosen("", line, "").unwrap();
        assert_eq!(words("'/opt/my editor/ed' -n"), ("/opt/my editor/ed".to_string(), vec!["-n".to_string()]));
        assert_eq!(words("vim; rm"), ("vim;".to_string(), vec!["rm".to_string()]));
        assert!(chosen("", "vim 'x", "").unwrap_err().contains("never closes"));
    }

    #[test]
    fn editors_with_a_window_of_their_own_are_made_to_wait() {
        assert_eq!(chosen("", "code", "").unwrap().1, ["--wait"]);
        assert_eq!(chosen("", "/usr/bin/subl -n", "").unwrap().1, ["-n", "--wait"]);
        assert_eq!(chosen("", "code -w", "").unwrap().1, ["-w"]);
        assert_eq!(chosen("", "gvim -f", "").unwrap().1, ["-f"]);
    }

    #[test]
    fn an_editor_that_fails_is_killed_or_is_not_there_says_so() {
        let run = |line: &str| chosen_to_run(line).open(Path::new("/dev/null"));
        assert_eq!(run("true").unwrap().problem, None);
        assert_eq!(run("sh -c 'exit 3'").unwrap().problem.as_deref(), Some("ended with 3"));
        assert_eq!(run("sh -c 'kill -9 $$'").unwrap().problem.as_deref(), Some("was killed"));
        let missing = run("/no/such/editor").unwrap_err().to_string();
        assert!(missing.contains("there is no such program; set EDITOR to another"), "{missing}");
    }

    fn chosen_to_run(line: &str) -> Editor {
        choose([Some(line.to_string()), None, None], |_| false).unwrap()
    }
}
