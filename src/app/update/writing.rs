//! What comes of a write: how far it is, what was written, and the question that one leaves which was cut short.
//!
//! A write answers for its files when all of them are safe: until then nothing is known, and all are drafts. Not here: asking for it
//! (`review`).

use std::sync::Arc;

use crate::app::ask::{Answer, Ask, Does};
use crate::app::effect::GoOn;
use crate::app::event::{CutShort, WriteEnd, WrittenFile};
use crate::app::layer::DiffPane;
use crate::app::review::Review;
use crate::app::state::WriteSum;
use crate::app::{Effect, Layer, State};
use crate::command::Command;
use crate::content::counted::{count, grouped};
use crate::content::diff::Diff;
use crate::library::Record;

use super::{keeping, review, rows};

/// Takes in how far the write has come.
pub fn progress(state: &mut State, done: usize, replacing: bool) -> Vec<Effect> {
    match review::of(state).and_then(|review| review.writing.as_mut()) {
        Some(writing) => (writing.done, writing.replacing) = (done, replacing),
        // One that was cut short goes on over the desk.
        None => state.cut_short.iter_mut().for_each(|cut| cut.done = done),
    }
    Vec::new()
}

/// Takes the answer for one file of the write.
pub fn written(state: &mut State, path: &Arc<str>, answer: Result<WrittenFile, String>) -> Vec<Effect> {
    match answer {
        Ok(file) => {
            let is_same = file.lines.0 == 0;
            state.write.files += usize::from(!is_same);
            state.write.same += usize::from(is_same);
            state.write.changed += file.lines.0;
            state.write.untouched += file.lines.1;
            state.write.remade += usize::from(file.remade);
            let (mut row, id) = (file.row, state.library.find(path));
            state.library.drafts.written(path, &file.steps, &file.base, Arc::new(row.clone()));
            if !file.remade && !state.library.drafts.has(path) {
                // What is on disk now is what the list showed: nobody has to look at it again.
                row.findings = id.and_then(|id| state.library.row(id).findings);
            }
            if let Some(id) = id {
                rows::replace(state, id, row);
                if file.remade {
                    // It was changed by others as well.
                    state.learning.changed.insert(id);
                }
            }
            state.library.conflicts.remove(path);
            let record = Record::Written { path: path.to_string(), edits: 0, steps: file.steps, base: file.base };
            let mut effects = vec![Effect::Journal(vec![record])];
            if state.library.drafts.has(path) {
                // What was edited after the review is not in the row that was written.
                effects.push(Effect::Recompute(state.library.drafts.file(path)));
            }
            effects
        }
        Err(reason) => {
            state.write.failed.push((path.clone(), reason));
            // Both sides may have changed a field.
            vec![Effect::Recompute(state.library.drafts.file(path))]
        }
    }
}

/// The write is over: back to the desk, with what was done.
pub fn ended(state: &mut State, end: WriteEnd) -> Vec<Effect> {
    let review = review::of(state).map(std::mem::take).unwrap_or_default();
    state.layers.retain(|l| {
        !matches!(l, Layer::Review(_) | Layer::ReviewFilter { .. } | Layer::Diff(_) | Layer::History(_) | Layer::Ask(_))
    });
    state.fit();
    let sum = std::mem::take(&mut state.write);
    let cut = state.cut_short.take();
    state.verdicts.clear();
    match end {
        WriteEnd::Whole { plan } => {
            tell_whole(state, &review, &sum);
            let known = plan.map(|plan| Effect::Journal(vec![Record::WriteKnown { plan }]));
            known.into_iter().chain(keeping::now(state)).collect()
        }
        WriteEnd::Nothing { reason } if reason.is_empty() => {
            state.say("stopped: nothing was written, all are drafts still");
            keeping::now(state)
        }
        WriteEnd::Nothing { reason } => {
            let still = if reason.contains("nothing was written") { "" } else { ": nothing was written" };
            state.complain(format!("{reason}{still}, all are drafts still"));
            keeping::now(state)
        }
        WriteEnd::Cut(cut) => {
            state.cut_short = Some(cut);
            ask(state)
        }
        WriteEnd::TakenBack { files, failed } => {
            state.outside.own = files.len();
            let drafts = &state.library.drafts;
            let still = if files.iter().any(|path| drafts.has(path)) { " · all are drafts still" } else { "" };
            // The plan names all that were to be written; put back are those that were.
            let written = cut.map_or(files.len(), |cut| cut.written.saturating_sub(failed.len()));
            let text = format!("taken back: {}{still}", count(written, "file"));
            tell(state, text, &failed, "left as it is");
            let drafts = &state.library.drafts;
            let anew = files.iter().filter(|path| drafts.has(path)).map(|path| Effect::Recompute(drafts.file(path)));
            anew.collect()
        }
    }
}

fn tell_whole(state: &mut State, review: &Review, sum: &WriteSum) {
    let mut text = written_in_words(sum);
    let left_out = left_out_in_words(review);
    if !left_out.is_empty() {
        text += &format!(" · {left_out} left out");
    }
    if sum.remade > 0 {
        text += &format!(" · {} had changed on disk: your edits were made on what is there now", sum.remade);
    }
    let undecided = state.library.conflicts.len();
    if undecided > 0 {
        let key = state.keymap.keys(Command::Conflicts).first().map(|key| format!(", {key} decides"));
        text += &format!(" · {} in conflict NOT written{}", count(undecided, "item"), key.unwrap_or_default());
    }
    if sum.failed.is_empty() {
        let key = state.keymap.keys(Command::History).first().filter(|_| sum.files > 0);
        text += &key.map(|key| format!(" · {key} takes batches back")).unwrap_or_default();
    }
    tell(state, text, &sum.failed, "NOT written, still a draft");
}

/// Says what was done, and names the first of those that were not.
fn tell(state: &mut State, text: String, failed: &[(Arc<str>, String)], what: &str) {
    match failed.first() {
        Some((path, reason)) => {
            let more = if failed.len() > 1 { format!(" and {} more", failed.len() - 1) } else { String::new() };
            state.complain(format!("{text} · {what}: {path}{more}: {reason}"));
        }
        None => state.say(text),
    }
}

/// Asks what is to become of the write that was cut short.
pub fn ask(state: &mut State) -> Vec<Effect> {
    // While it is being brought to its end, the footer says so.
    let asked = state.cut_short.clone().filter(|cut| !cut.is_answered);
    let Some(CutShort { written, planned, reason, .. }) = asked else { return Vec::new() };
    let answer = |key, label: String, way| Answer { key, label, does: Does::Write(way) };
    let (rest, written_now) = (grouped(planned - written.min(planned)), grouped(written));
    let later = "esc leaves it for later: nothing more can be written until then, and w asks again";
    state.layers.push(Layer::Ask(Ask {
        title: format!("{written_now} of {} written: finish or take back?", grouped(planned)),
        lines: [reason, later.to_string()].into_iter().filter(|line| !line.is_empty()).collect(),
        answers: vec![
            answer('f', format!("finish it: write the other {rest}"), GoOn::Finish),
            answer('b', format!("take it back: put the {written_now} as they were"), GoOn::TakeBack),
            answer('d', "show the diffs first".to_string(), GoOn::Show),
        ],
    }));
    Vec::new()
}

/// What the curator answered. The question stays below the diffs.
pub fn go_on(state: &mut State, way: GoOn) -> Vec<Effect> {
    if way != GoOn::Show {
        state.layers.retain(|layer| !matches!(layer, Layer::Ask(_)));
        state.write = WriteSum::default();
        state.cut_short.iter_mut().for_each(|cut| cut.is_answered = true);
    }
    vec![Effect::GoOn(way)]
}

/// Shows the changes of a write that was cut short.
pub fn shown(state: &mut State, diff: Diff) -> Vec<Effect> {
    let path = "the write that was cut short".into();
    state.layers.push(Layer::Diff(DiffPane { path, answer: Some(Ok(diff)), scroll: 0 }));
    Vec::new()
}

fn written_in_words(sum: &WriteSum) -> String {
    let (files, lines) = (count(sum.files, "file"), count(sum.changed, "line"));
    let same = match sum.same {
        0 => String::new(),
        1 => " · 1 was as on disk already".to_string(),
        several => format!(" · {} were as on disk already", grouped(several)),
    };
    format!("{files} written, {lines} changed, {} untouched{same}", grouped(sum.untouched))
}

/// What was left out: files as a whole, and hunks of files that were written.
fn left_out_in_words(review: &Review) -> String {
    let sums = || review.files().iter().filter_map(|f| f.answer.as_ref()?.as_ref().ok());
    let files = sums().filter(|sum| sum.is_left_out()).count();
    let hunks = sums().filter(|sum| !sum.is_left_out()).map(|sum| sum.left_out).sum::<usize>();
    let parts = [(files, "file"), (hunks, "hunk")].into_iter().filter(|(n, _)| *n > 0);
    parts.map(|(n, what)| count(n, what)).collect::<Vec<_>>().join(" and ")
}
