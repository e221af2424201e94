//! A write that was cut short, as verbs meet it: brought to its end where that needs no answer, taken back by `curate undo`, else told.

use super::keep::Desk;
use super::library::Place;
use super::output::{Exit, Out, Stop, say};
use crate::content::counted::{count, grouped};
use crate::content::diff::unified;
use crate::content::patch::{applied, reversed};
use crate::shell::calls::Calls;
use crate::shell::disk;
use crate::shell::history::History;
use crate::shell::journal::{self, Journal, JournalError};
use crate::shell::root::Root;
use crate::shell::write::many::{Course, Cut, Ground};
use crate::shell::write::{plan, recover, start};

/// Brings earlier writes of this library to their end, before another one begins.
///
/// # Errors
/// Where one waits for an answer, or a running workstation holds the library.
pub(super) fn settle(desk: &Desk<'_>) -> Result<(), Stop> {
    let (history, root) = (&desk.history, &desk.library.root);
    drop(opened(&desk.calls, history, root)?);
    match recover::how_far(desk.ground()) {
        None => Ok(()),
        Some((written, planned)) => {
            let dir = root.dir.display();
            let what = "curate undo PATH --write takes it back, the workstation offers to finish it";
            let far = far(written, planned);
            Err(Stop::failed(format!("{dir}: a write was cut short there, {far}: {what}")))
        }
    }
}

/// Opens the journal where an earlier write has to be looked after, and does that.
fn opened(calls: &Calls, history: &History, root: &Root) -> Result<Option<Journal>, Stop> {
    let state = history.folder();
    if !plan::is_any(state) && !history.is_cut_short() {
        return Ok(None);
    }
    let (mut journal, mut left) = journal::open_by(calls.clone(), state).map_err(|error| match error {
        JournalError::Held(holder) => {
            let what = "write there, or quit it first";
            Stop::failed(format!("{}: open in the workstation ({holder}): {what}", root.dir.display()))
        }
        error => Stop::failed(error.to_string()),
    })?;
    start::settle(calls, history, &root.dir, &mut journal, &mut left);
    Ok(Some(journal))
}

/// Takes back the write that was cut short, or shows what that would do; nothing where there is none.
///
/// # Errors
/// Where it cannot be taken back, or a running workstation holds the library.
pub(super) fn take_back(place: &Place, write: bool, out: &mut Out) -> Result<Option<Exit>, Stop> {
    let (calls, root) = (Calls::of_this_process(), place.root());
    let history = &place.history().clone().by(calls.clone());
    let ground = Ground { calls: &calls, root: &root.dir, state: Some(history.folder()) };
    if recover::how_far(ground).is_none() {
        return Ok(None);
    }
    if !write {
        return show(ground, root, out).map(Some);
    }
    // Whoever asks has it in hand until this is over.
    let _journal = opened(&calls, history, root)?;
    let Some((written, _)) = recover::how_far(ground) else { return Ok(None) };
    let ended = recover::go_on(ground, Course::TakeBack, &|| false, &mut |_| {}).map_err(|cut| {
        Stop::failed(format!("not taken back as a whole: {}; the same command goes on with it", cut.reason()))
    })?;
    let kept = history.begin().and_then(|writing| writing.done(Vec::new()));
    kept.map_err(|error| Stop::failed(format!("the history cannot be kept ({error})")))?;
    ended.failed.iter().for_each(|(path, reason)| say(&format!("{path}: {reason}")));
    say(&format!("the write that was cut short is taken back: {} put back", count(written, "file")));
    Ok(Some(if ended.failed.is_empty() { Exit::Done } else { Exit::Failed }))
}

fn show(ground: Ground<'_>, root: &Root, out: &mut Out) -> Result<Exit, Stop> {
    let (written, planned) = recover::how_far(ground).unwrap_or_default();
    for (path, hunks, _) in recover::changes(ground).into_iter().filter(|(_, _, is_written)| *is_written) {
        let now = disk::read(&root.file(&path)).map_err(|error| Stop::failed(format!("{path}: {error}")))?;
        let before = applied(now.text(), &reversed(&hunks)).unwrap_or_default();
        out.text(&unified(&path, now.text(), &before))?;
    }
    out.finish()?;
    say(&format!("a write was cut short, {}: --write puts back what was written", far(written, planned)));
    Ok(Exit::Done)
}

fn far(written: usize, planned: usize) -> String {
    format!("{} of {} written", grouped(written), grouped(planned))
}

/// What is said of a write that did not come to its end.
pub(super) fn stop(desk: &Desk<'_>, cut: Cut) -> Stop {
    match cut {
        Cut::Before(reason) => nothing(&reason),
        Cut::After { written, planned, reason } => {
            let (far, dir) = (far(written, planned), desk.library.root.dir.display());
            let what = "takes it back, the workstation offers to finish it";
            Stop::failed(format!("{reason}: {far}; curate undo {dir} --write {what}"))
        }
    }
}

/// What is said where nothing was written.
pub(super) fn nothing(why: &str) -> Stop {
    let is_said = why.contains("nothing was written");
    Stop::failed(if is_said { why.to_string() } else { format!("{why}: nothing was written") })
}
