//! `E`: a file, or one field of it, in the editor of this user. What comes back is a draft, or a question.

use std::sync::Arc;

use crate::app::ask::{Answer, Ask, Does};
use crate::app::effect::{EditorJob, EditorWay};
use crate::app::event::Returned;
use crate::app::{Effect, Layer, State};
use crate::content::FieldPath;
use crate::profile::Intent;

use super::{drafts, writing};

/// What is said where nothing waited for a window.
const AT_ONCE: &str = "nothing changed so far, the editor came back at once. Where it has a window of its own: save there, then E again \
                       takes in what you saved; EDITOR='code --wait' waits for it";

/// Opens the editor: on the field that the form stands on, else on the whole file.
pub fn open(state: &mut State) -> Vec<Effect> {
    let (path, field) = match state.layers.last() {
        Some(Layer::Form(form)) => match form.field_for_editor() {
            Ok(field) => (form.path.clone(), Some(field)),
            Err(reason) => {
                state.complain(reason);
                return Vec::new();
            }
        },
        _ => match state.current_row() {
            Some(row) => (row.path.clone(), None),
            None => return Vec::new(),
        },
    };
    ask_editor(state, &path, field, EditorWay::Open)
}

fn ask_editor(state: &mut State, path: &Arc<str>, field: Option<FieldPath>, way: EditorWay) -> Vec<Effect> {
    // The text would lack it.
    if state.library.drafts.is_waiting(path) {
        state.complain("an edit of this item is on its way: a moment");
        return Vec::new();
    }
    vec![Effect::Editor(Box::new(EditorJob { file: state.library.drafts.file(path), field, way }))]
}

/// The editor is done.
pub fn returned(state: &mut State, path: &Arc<str>, field: Option<FieldPath>, returned: Returned) -> Vec<Effect> {
    match returned {
        Returned::Said(text) => state.say(text),
        Returned::AtOnce => state.say(AT_ONCE),
        Returned::Failed(text) => state.complain(text),
        Returned::Changed { label, intents } => return changed(state, path, label, intents),
        Returned::Kept { reason, can_take } => {
            let file = state.library.drafts.file(path);
            state.layers.push(Layer::Ask(question(&file.path.clone(), &reason, can_take, |way| {
                Does::Editor(EditorJob { file: file.clone(), field: field.clone(), way })
            })));
        }
    }
    Vec::new()
}

fn changed(state: &mut State, path: &Arc<str>, label: String, intents: Vec<Intent>) -> Vec<Effect> {
    let Some(item) = state.library.find(path) else {
        state.complain(format!("{path} is no longer in the list: the text is not taken in"));
        return Vec::new();
    };
    match intents.iter().any(|intent| matches!(intent, Intent::Text { .. })) {
        // Bytes of one file mean nothing in another: nothing for `.` to do again.
        true => drafts::begin_each(state, label, vec![(item, intents.into())]),
        false => drafts::begin(state, label, intents, vec![item]),
    }
}

fn question(path: &str, reason: &str, can_take: bool, does: impl Fn(EditorWay) -> Does) -> Ask {
    let mut answers = vec![Answer { key: 'e', label: "edit it again".to_string(), does: does(EditorWay::Open) }];
    if can_take {
        let label = "take it in as it is".to_string();
        answers.push(Answer { key: 't', label, does: does(EditorWay::Take) });
    }
    let label = "drop it: the item stays as it was".to_string();
    answers.push(Answer { key: 'x', label, does: does(EditorWay::Drop) });
    Ask {
        title: "What was typed is kept, and not taken in".to_string(),
        lines: vec![path.to_string(), reason.to_string(), "esc leaves it for later: E opens it again".to_string()],
        answers,
    }
}

/// Takes the letter of an answer.
pub fn answered(state: &mut State, key: char) -> Vec<Effect> {
    let Some(Layer::Ask(ask)) = state.layers.last() else { return Vec::new() };
    match ask.answer(key).cloned() {
        Some(Does::Editor(job)) => {
            state.layers.pop();
            ask_editor(state, &job.file.path, job.field, job.way)
        }
        Some(Does::Write(way)) => writing::go_on(state, way),
        None => {
            let keys: Vec<String> = ask.answers.iter().map(|a| a.key.to_string()).collect();
            state.say(format!("the answers are {}", keys.join(", ")));
            Vec::new()
        }
    }
}
