//! Whether a command can be run now, and if not, why: footer, palette and `update` all ask here.

use super::bulk::Bulk;
use super::conflicts::ConflictsPane;
use super::findings::FindingsPane;
use super::form::Form;
use super::layer::Layer;
use super::offerings::Side;
use super::pick::Purpose;
use super::state::State;
use crate::command::{Command, Mode};
use crate::library::RowField;
use crate::library::drafts::{Batch, BatchState};

/// Why `command` cannot be run now; `None` where it can.
pub fn why_not(state: &State, command: Command) -> Option<String> {
    let reason = match command {
        Command::Undo | Command::Redo | Command::Write | Command::Edit | Command::LeaveOut if is_writing(state) => {
            Some("writing: esc stops it".to_string())
        }
        Command::Edit | Command::LeaveOut | Command::Hunks if state.mode() == Mode::Review => {
            no_file(state).or_else(|| read_only(state).filter(|_| command == Command::Edit))
        }
        _ if state.mode() == Mode::Conflicts => in_conflicts(state, command),
        Command::Conflicts => no_conflict(state),
        Command::TakeOver => not_free(state),
        Command::Accept | Command::Reject | Command::Skip => {
            no_verdict(state).or_else(|| no_target(state)).or_else(|| read_only(state))
        }
        Command::Topics => no_topics(state).or_else(|| no_target(state)).or_else(|| read_only(state)),
        Command::Findings => nothing_shown(state),
        Command::FixThis => no_fix(state, |pane| pane.current().is_some_and(|f| f.is_fixable())),
        Command::FixKind => no_fix(state, |pane| pane.current_group().is_some_and(|g| g.fixable() > 0)),
        Command::Offerings => no_offerings(state).or_else(|| no_target(state)),
        Command::AllOfferings => no_offerings(state),
        Command::Bulk | Command::Repeat => no_target(state).or_else(|| read_only(state)),
        Command::OtherLine => not_in_bulk(state, Bulk::has_two_lines, "there is no other line here"),
        Command::NewField => not_in_bulk(state, Bulk::chooses_field, "a new field is named where the field is chosen"),
        Command::Toggle | Command::Exclude => one_only(state),
        Command::Edit if state.mode() == Mode::List && state.library.marks.len() > 1 => read_only(state),
        Command::Edit | Command::EditThis => of_many(state, command)
            .or_else(|| no_item(state))
            .or_else(|| unreadable(state))
            .or_else(|| read_only(state)),
        Command::Outline => no_heading(state),
        Command::Editor => no_item(state).or_else(|| read_only(state)),
        Command::Diff => of_one(state, "the diff is of one item: in the list w shows what changes in all")
            .or_else(|| no_item(state))
            .or_else(|| unreadable(state))
            .or_else(|| no_draft(state)),
        Command::Read | Command::Mark | Command::MarkRange => no_item(state),
        Command::OpenLink | Command::CopyLink => no_item(state).or_else(|| no_link(state)),
        Command::OpenBodyLink => no_body_link(state),
        Command::Undo | Command::Redo | Command::Review => on_top(state, command),
        Command::TakeBack | Command::ShowBatch => no_batch(state, command),
        Command::Write => not_painted(state).or_else(|| read_only(state)),
        Command::Narrow | Command::Vocabulary => no_topics(state),
        Command::AllTopics => no_topic_picker(state).or_else(|| no_topics(state)),
        Command::RenameTopic | Command::MergeTopic | Command::DeleteTopic => {
            in_vocabulary(state, false).or_else(|| reading(state)).or_else(|| read_only(state))
        }
        Command::TopicItems => in_vocabulary(state, false),
        Command::LeaveNearOut => in_vocabulary(state, true),
        Command::Preview => state.is_small().then(|| "the window is too small for a preview; enter reads".to_string()),
        Command::Refused => state.refused.is_empty().then(|| "nothing was refused".to_string()),
        Command::ClearMarks | Command::ShowMarks => {
            state.library.marks.is_empty().then(|| "nothing is marked".to_string())
        }
        _ => in_a_form(state, command),
    };
    reason.filter(|_| !state.quit)
}

fn not_free(state: &State) -> Option<String> {
    match &state.read_only {
        None => Some("you write here already".to_string()),
        Some(_) if state.is_free => None,
        Some(holder) => Some(format!("read only: {holder}")),
    }
}

fn no_conflict(state: &State) -> Option<String> {
    state.library.conflicts.is_empty().then(|| "no field has changed on both sides".to_string())
}

fn in_conflicts(state: &State, command: Command) -> Option<String> {
    let side = match command {
        Command::Mine | Command::AllMine | Command::Theirs | Command::AllTheirs => command,
        // It keeps yours, and opens it.
        Command::Edit => Command::Mine,
        _ => return on_top(state, command),
    };
    no_conflict(state).or_else(|| no_place_for_mine(state, side)).or_else(|| read_only(state))
}

/// What is offered in every pane.
fn on_top(state: &State, command: Command) -> Option<String> {
    match command {
        Command::Undo => {
            nothing(state.library.drafts.batches(), BatchState::Live, "nothing to undo; H takes back what is written")
        }
        Command::Redo => nothing(state.library.drafts.batches(), BatchState::Undone, "nothing to redo"),
        Command::Review => nothing_to_write(state),
        _ => None,
    }
}

fn no_place_for_mine(state: &State, command: Command) -> Option<String> {
    let Some(Layer::Conflicts(pane)) = state.layers.last() else { return None };
    let has_place = match command {
        Command::Mine => pane.current(state).is_some_and(|(_, conflict)| conflict.kept.is_some()),
        Command::AllMine => ConflictsPane::rows(state).iter().any(|(_, conflict)| conflict.kept.is_some()),
        _ => true,
    };
    (!has_place).then(|| "yours has no place in the file any more: t drops it".to_string())
}

fn nothing_to_write(state: &State) -> Option<String> {
    // One that was cut short asks in its place.
    let none = state.library.drafts.is_empty() && state.cut_short.is_none();
    none.then(|| "nothing to write: no draft".to_string())
}

/// What a form has to stand on for a command of its own.
fn in_a_form(state: &State, command: Command) -> Option<String> {
    match command {
        Command::Offer => not_on(state, Form::has_offers, "nothing is on offer for this field"),
        Command::Original => {
            not_on(state, |form| form.original_text().is_some(), "there is no one value on disk to go back to")
        }
        Command::AddEntry => not_on(state, Form::on_list, "a adds to a list; this is none"),
        Command::RemoveEntry | Command::EntryUp | Command::EntryDown => {
            not_on(state, Form::on_entry, "stand on an entry of a list for this").or_else(|| of_many(state, command))
        }
        Command::NextItem | Command::PreviousItem => of_one(state, "this form is over all the marked items"),
        _ => None,
    }
}

fn is_writing(state: &State) -> bool {
    state.layers.iter().any(|l| matches!(l, Layer::Review(review) if review.writing.is_some()))
}

fn no_file(state: &State) -> Option<String> {
    let none = matches!(state.layers.last(), Some(Layer::Review(review)) if review.current().is_none());
    none.then(|| "no file here".to_string())
}

fn no_verdict(state: &State) -> Option<String> {
    let none = "no triage field in this profile: name one under `triage:` in .curate.yaml";
    state.profile.triage.is_none().then(|| none.to_string())
}

fn not_on(state: &State, stands: fn(&Form) -> bool, reason: &str) -> Option<String> {
    match state.layers.last() {
        Some(Layer::Form(form)) if !stands(form) => Some(reason.to_string()),
        _ => None,
    }
}

/// What is for one item is not for a form over several.
fn of_one(state: &State, reason: &str) -> Option<String> {
    not_on(state, |form| form.many().is_none(), reason)
}

fn not_in_bulk(state: &State, stands: fn(&Bulk) -> bool, reason: &str) -> Option<String> {
    match state.layers.last() {
        Some(Layer::Bulk(pane)) if !stands(pane) => Some(reason.to_string()),
        _ => None,
    }
}

fn one_only(state: &State) -> Option<String> {
    match state.layers.last() {
        Some(Layer::Offerings(bench)) if bench.side == Side::Replace => {
            Some("one comes in its place: enter".to_string())
        }
        Some(Layer::Pick(pick)) if pick.purpose != Purpose::Narrow => Some("one can be chosen here: enter".to_string()),
        Some(Layer::Topics(_) | Layer::Pick(_) | Layer::Facets(_) | Layer::Offerings(_)) => None,
        _ => Some("nothing to choose here".to_string()),
    }
}

fn no_topic_picker(state: &State) -> Option<String> {
    let here = match state.layers.last() {
        Some(Layer::Topics(_)) => true,
        Some(Layer::Pick(pick)) => pick.purpose == Purpose::Narrow,
        _ => false,
    };
    (!here).then(|| "no topic is highlighted here".to_string())
}

/// Whether the cursor is on a topic of the vocabulary; on one of the less used of a cluster, where that is asked for.
fn in_vocabulary(state: &State, of_a_cluster: bool) -> Option<String> {
    let Some(Layer::Vocabulary(pane)) = state.layers.last() else { return None };
    let less_used =
        pane.near.as_ref().and_then(|near| near.lines.get(near.cursor)).is_some_and(|l| l.differs.is_some());
    match pane.current() {
        None => Some("no topic here".to_string()),
        Some(_) if of_a_cluster && pane.near.is_none() => {
            Some("c shows near-duplicates: one of those is left out".to_string())
        }
        Some(_) if of_a_cluster && !less_used => {
            Some("the most used one stays; space leaves one of the others out".to_string())
        }
        Some(_) => None,
    }
}

/// What is done across the library waits until all of it is known.
fn reading(state: &State) -> Option<String> {
    (!state.library.loading.done).then(|| "the folder is still being read: a moment".to_string())
}

fn nothing(batches: &[Batch], in_state: BatchState, reason: &str) -> Option<String> {
    batches.iter().all(|b| b.state != in_state).then(|| reason.to_string())
}

fn no_batch(state: &State, command: Command) -> Option<String> {
    match state.layers.last() {
        Some(Layer::History(pane)) if pane.current(state).is_none() => {
            Some("nothing has been done here yet".to_string())
        }
        _ if command == Command::TakeBack => read_only(state),
        _ => None,
    }
}

fn no_topics(state: &State) -> Option<String> {
    let none = "no topics in this profile: no list field is used as topics";
    state.profile.topics.is_none().then(|| none.to_string())
}

/// An entry has its place and its own keys in one item alone.
fn of_many(state: &State, command: Command) -> Option<String> {
    match state.layers.last() {
        Some(Layer::Offerings(bench)) if !bench.is_single() && command != Command::RemoveEntry => {
            Some("several items are marked: this is for the entries of one".to_string())
        }
        _ => None,
    }
}

fn no_offerings(state: &State) -> Option<String> {
    let none = "no offerings in this profile: name their field under `offerings:` in .curate.yaml";
    state.profile.offerings.is_none().then(|| none.to_string())
}

fn no_item(state: &State) -> Option<String> {
    state.current().is_none().then(|| "no item here".to_string())
}

/// What acts on the marked items needs none under the cursor.
fn no_target(state: &State) -> Option<String> {
    state.targets().is_empty().then(|| "no item here".to_string())
}

fn unreadable(state: &State) -> Option<String> {
    let problem = state.current_row()?.problem.as_ref()?;
    Some(format!("this file cannot be edited here: {problem}"))
}

fn no_draft(state: &State) -> Option<String> {
    let row = state.current_row()?;
    (!state.library.drafts.has(&row.path)).then(|| "no change in this item".to_string())
}

fn nothing_shown(state: &State) -> Option<String> {
    let none = state.library.marks.is_empty() && state.queue.found.items.is_empty();
    none.then(|| "no item is shown".to_string())
}

fn no_fix(state: &State, has_fix: fn(&FindingsPane) -> bool) -> Option<String> {
    match state.layers.last() {
        Some(Layer::Findings(pane)) if !has_fix(pane) => {
            let mended = pane.current().is_some_and(|f| f.mended);
            let reason = if mended { "this is fixed already: u takes it back" } else { "only a person knows the fix" };
            Some(reason.to_string()).filter(|_| !pane.lines().is_empty())
        }
        _ => read_only(state),
    }
}

fn no_link(state: &State) -> Option<String> {
    if let Some(Layer::Form(form)) = state.layers.last()
        && form.link().is_some()
    {
        return None;
    }
    let row = state.current_row()?;
    row.text(RowField::Url).is_empty().then(|| "this item has no source link".to_string())
}

fn no_body_link(state: &State) -> Option<String> {
    let none = state.preview.shown.as_ref().is_none_or(|p| p.body.links.is_empty());
    none.then(|| "no link in this text".to_string())
}

fn no_heading(state: &State) -> Option<String> {
    let none = state.preview.shown.as_ref().is_none_or(|p| p.body.headings.is_empty());
    none.then(|| "no heading in this text".to_string())
}

fn not_painted(state: &State) -> Option<String> {
    match state.layers.last() {
        Some(Layer::Review(review)) if !review.is_whole() => Some("the review is still being made".to_string()),
        Some(Layer::Review(review)) if review.sums().files == 0 => {
            Some("nothing to write: every file is left out".to_string())
        }
        _ => None,
    }
}

fn read_only(state: &State) -> Option<String> {
    state.read_only.as_ref().map(|holder| format!("read only: {holder}"))
}
