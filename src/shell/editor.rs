//! `$EDITOR`: which one it is, the temporary file it is given, and what becomes of what it leaves.
//!
//! The difference between the text that was given and the text that came back is the draft: nothing is on disk yet. A text that cannot
//! be taken in (it does not parse, or the editor ended with an error) stays in the state folder, with the text it was made from, and is
//! given again the next time. So does one whose editor came back at once: a window that nobody waited for may still save it. Not here: lending the terminal (`terminal`), and asking what to do with a text that was kept (`app`).

mod program;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::mem;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use program::{Editor, choose};

use super::folders::make_private;
use super::work::Workshop;
use crate::app::effect::{EditorJob, EditorWay};
use crate::app::event::Returned;
use crate::content::{Document, FieldPath, FieldRef, Value, patch};
use crate::profile::reading::read_like;
use crate::profile::validate::check_value;
use crate::profile::{Intent, Kind};

/// An editor that comes back sooner than this with nothing changed has probably opened a window of its own.
const AT_ONCE: Duration = Duration::from_millis(700);

/// How an editor ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Why it did not end well; none where it did.
    pub problem: Option<String>,
    /// How long it had the terminal.
    pub after: Duration,
}

/// The two files of an edit: what the editor is given, and the text that it was made from.
struct Copies {
    edited: PathBuf,
    base: PathBuf,
}

/// Carries out a job: gives the text to the editor that `launch` runs (none where a kept text is taken or dropped), and says what came
/// of it. `folder` is the editor's part of the root's state folder.
pub fn run(
    workshop: &Workshop,
    folder: &Path,
    job: &EditorJob,
    launch: &mut dyn FnMut(&Path) -> io::Result<Ended>,
) -> Returned {
    let copies = Copies::of(folder, job);
    match edit(workshop, &copies, folder, job, launch) {
        Ok(returned) => {
            if !matches!(returned, Returned::Kept { .. } | Returned::AtOnce) {
                copies.remove();
            }
            returned
        }
        Err(error) => Returned::Failed(error.to_string()),
    }
}

fn edit(
    workshop: &Workshop,
    copies: &Copies,
    folder: &Path,
    job: &EditorJob,
    launch: &mut dyn FnMut(&Path) -> io::Result<Ended>,
) -> anyhow::Result<Returned> {
    if job.way == EditorWay::Drop {
        return Ok(Returned::Said("dropped: the item is as it was".to_string()));
    }
    let document = workshop.document(&job.file).map_err(anyhow::Error::msg)?;
    let now = text_of(&document, job.field.as_ref())?;
    let again = copies.hold_an_edit();
    if !again {
        make_private(folder)?;
        write_private(&copies.edited, &now)?;
    }
    if !again || !copies.base.is_file() {
        write_private(&copies.base, &now)?;
    }
    let base = fs::read_to_string(&copies.base)?;
    let mut ended = None;
    if job.way == EditorWay::Open {
        match launch(&copies.edited) {
            Ok(end) => ended = Some(end),
            Err(error) => {
                if !again {
                    copies.remove();
                }
                return Err(error.into());
            }
        }
    }
    let Ok(bytes) = fs::read(&copies.edited) else {
        return Ok(Returned::Said("the editor left no file: nothing changed".to_string()));
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Ok(kept(job, "it is not UTF-8".to_string(), false));
    };
    taken_in(workshop, job, &base, text, ended)
}

/// What becomes of a text that came back. Others may have changed the file while it was edited.
fn taken_in(
    workshop: &Workshop,
    job: &EditorJob,
    base: &str,
    text: String,
    ended: Option<Ended>,
) -> anyhow::Result<Returned> {
    let document = match workshop.document(&job.file) {
        Ok(document) => document,
        Err(reason) => return Ok(kept(job, reason, false)),
    };
    let now = text_of(&document, job.field.as_ref())?;
    let text = in_the_manner_of(base, text);
    if text == base {
        return Ok(nothing_changed(ended));
    }
    if let Some(problem) = ended.and_then(|end| end.problem) {
        return Ok(kept(job, format!("the editor {problem}"), true));
    }
    Ok(match &job.field {
        Some(field) if now != base => kept(job, format!("{field} has changed since"), false),
        Some(field) => match unlike(workshop, &document, field, &text) {
            Some(reason) if job.way == EditorWay::Open => kept(job, format!("{field}: {reason}"), true),
            _ => of_field(field, text),
        },
        None => of_file(job, &document, base, &text),
    })
}

/// What is given: the value of a field, or the whole draft.
fn text_of(document: &Document, field: Option<&FieldPath>) -> anyhow::Result<String> {
    let Some(field) = field else { return Ok(document.text().to_string()) };
    let value = document.value()?;
    Ok(value.at(field).and_then(|value| value.scalar_text()).unwrap_or_default())
}

fn nothing_changed(ended: Option<Ended>) -> Returned {
    match ended {
        Some(Ended { problem: Some(problem), .. }) => Returned::Said(format!("the editor {problem}; nothing changed")),
        Some(Ended { after, .. }) if after < AT_ONCE => Returned::AtOnce,
        _ => Returned::Said("nothing changed".to_string()),
    }
}

fn kept(job: &EditorJob, reason: String, can_take: bool) -> Returned {
    Returned::Kept { reason, can_take: can_take && job.way == EditorWay::Open }
}

fn of_field(field: &FieldPath, text: String) -> Returned {
    let intent = Intent::SetText { field: FieldRef::from(field), text };
    Returned::Changed { label: field.to_string(), intents: vec![intent] }
}

/// Why the text does not read as what the field holds, where it does not: as when it is typed, that can be insisted on.
fn unlike(workshop: &Workshop, document: &Document, field: &FieldPath, text: &str) -> Option<String> {
    let value = document.value().ok()?;
    let present = value.at(field).unwrap_or(&Value::Null);
    let kind = workshop.profile().0.kind_of(field, present);
    match present {
        Value::Null | Value::Seq(_) | Value::Map(_) => None,
        Value::Str(was) if kind == Kind::Line && was.contains('\n') => None,
        Value::Str(_) => check_value(&kind, text).err(),
        _ if mem::discriminant(&read_like(present, text)) == mem::discriminant(present) => None,
        _ => check_value(&kind, text).err(),
    }
}

fn of_file(job: &EditorJob, document: &Document, base: &str, text: &str) -> Returned {
    if let Err(reason) = document.with_text(text.to_string()) {
        return kept(job, reason.to_string(), false);
    }
    // The item may have changed since the text was given, where it was kept from before.
    let hunks = patch::moved(&patch::between(base, text), &patch::between(base, document.text()));
    // With the lines around them, so that they fit no other place of a file that changes later.
    let hunks = hunks.and_then(|hunks| patch::with_lines_around(document.text(), &hunks));
    let Some(hunks) = hunks else { return kept(job, "the same lines have changed since".to_string(), false) };
    // From the last to the first: what is put in place moves none of those before it.
    let text = |hunk: patch::Hunk| Intent::Text { at: hunk.at, old: hunk.old, new: hunk.new };
    let intents = hunks.into_iter().rev().map(text).collect();
    Returned::Changed { label: "edited by hand".to_string(), intents }
}

/// Line ends and the last one as the old text has them: editors that write others did not mean to.
fn in_the_manner_of(old: &str, new: String) -> String {
    let crlf = |text: &str| text.matches("\r\n").count();
    let lf = |text: &str| text.matches('\n').count();
    let mut new = match (crlf(old), crlf(&new)) {
        (0, 1..) if !old.contains('\r') => new.replace("\r\n", "\n"),
        // Every line of the old text ended so, and now none does.
        (1.., 0) if crlf(old) == lf(old) => new.replace('\n', "\r\n"),
        _ => new,
    };
    let end = if new.ends_with("\r\n") { "\r\n" } else { "\n" };
    if !old.ends_with('\n') && new.ends_with('\n') && !old.is_empty() {
        new.truncate(new.len() - end.len());
    } else if old.ends_with('\n') && !new.ends_with('\n') {
        new.push_str(if crlf(old) > 0 { "\r\n" } else { "\n" });
    } else if old.is_empty() && lf(&new) == 1 && new.ends_with('\n') {
        new.truncate(new.len() - end.len());
    }
    new
}

impl Copies {
    /// Their names come from the item and the field alone, so that a text that was kept is found again after a restart.
    fn of(folder: &Path, job: &EditorJob) -> Copies {
        let field = job.field.as_ref().map(FieldPath::to_string);
        let key =
            blake3::hash(format!("{}\0{}", job.file.path, field.as_deref().unwrap_or_default()).as_bytes()).to_hex();
        let file = Path::new(&*job.file.path);
        let readable =
            |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).take(40).collect();
        let stem: String = readable(&file.file_stem().unwrap_or_default().to_string_lossy());
        let ending: String = match &field {
            Some(_) => "txt".to_string(),
            None => readable(&file.extension().unwrap_or_default().to_string_lossy()),
        };
        let name = format!("{}-{stem}", &key[..12]);
        Copies { edited: folder.join(format!("{name}.{ending}")), base: folder.join(format!("{name}.base")) }
    }

    /// Whether there is a text that somebody changed and nobody has taken in. One that is still as it was given is as good as none:
    /// the item may have changed since.
    fn hold_an_edit(&self) -> bool {
        let Ok(edited) = fs::read(&self.edited) else { return false };
        // Saved by a window after the text had been taken in: it was made from what the item is now.
        fs::read(&self.base).map_or(true, |base| base != edited)
    }

    fn remove(&self) {
        // What cannot be removed is offered again the next time, which loses nothing.
        let _ = fs::remove_file(&self.edited);
        let _ = fs::remove_file(&self.base);
    }
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests;
