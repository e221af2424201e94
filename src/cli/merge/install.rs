//! `curate merge --install`: the lines that make git ask for `curate merge`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::output::{Exit, Out, Stop, say};
use crate::shell::calls::Calls;
use crate::shell::disk;
use crate::shell::root::reason;
use crate::shell::walk::ENDINGS;
use crate::shell::write::one;

/// Git's setting, and its value. Git itself puts quotes around the path that stands for `%P`.
const SETTINGS: [(&str, &str); 2] =
    [("merge.curate.name", "front matter, field by field"), ("merge.curate.driver", "curate merge %O %A %B %P")];

pub(super) fn run(write: bool, out: &mut Out) -> Result<Exit, Stop> {
    let lines: Vec<String> = ENDINGS.iter().map(|ending| format!("*.{ending} merge=curate")).collect();
    if !write {
        out.line("# .gitattributes")?;
        lines.iter().try_for_each(|line| out.line(line))?;
        out.line("# git's configuration")?;
        SETTINGS.iter().try_for_each(|(name, value)| out.line(&format!("git config {name} '{value}'")))?;
        return Ok(Exit::Done);
    }
    let top = top()?;
    let file = top.join(".gitattributes");
    let added = add_lines(&file, &lines)?;
    for (name, value) in SETTINGS {
        git(&["config", name, value])?;
    }
    say(&format!("{}: {added} lines added; git asks `curate merge` in this repository from now on", file.display()));
    Ok(Exit::Done)
}

/// The top folder of the repository.
fn top() -> Result<PathBuf, Stop> {
    let told = git(&["rev-parse", "--show-toplevel"])?;
    Ok(PathBuf::from(told.trim_end_matches('\n')))
}

fn git(arguments: &[&str]) -> Result<String, Stop> {
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| Stop::failed(format!("git does not start: {}", reason(&error))))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(Stop::failed(format!("git {}: {}", arguments[0], why.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Adds the lines that are not there yet; says how many.
fn add_lines(file: &Path, lines: &[String]) -> Result<usize, Stop> {
    let failed = |error: std::io::Error| Stop::failed(format!("{}: {}", file.display(), reason(&error)));
    if fs::symlink_metadata(file).is_ok_and(|about| about.is_symlink()) {
        // Git does not follow it either; and it may lead anywhere.
        return Err(Stop::failed(format!("{}: is a link; the lines go into a file", file.display())));
    }
    let old = match fs::read_to_string(file) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    let known = old.as_deref().unwrap_or_default();
    let missing: Vec<&String> =
        lines.iter().filter(|line| !known.lines().any(|known| known.trim() == **line)).collect();
    if missing.is_empty() {
        return Ok(0);
    }
    let mut text = known.to_string();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    missing.iter().for_each(|line| text += &format!("{line}\n"));
    let written = match &old {
        Some(old) => one::replace(&Calls::of_this_process(), file, old.as_bytes(), &text),
        None => disk::create(file, &text).map_err(|error| error.to_string()),
    };
    written.map_err(|why| Stop::failed(format!("{}: {why}", file.display())))?;
    Ok(missing.len())
}
