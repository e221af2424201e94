//! A question with letters of its own: what asks takes the letters that the screen names, never enter.

use super::effect::{EditorJob, GoOn};

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// What is asked.
    pub title: String,
    /// What there is to know, line by line.
    pub lines: Vec<String>,
    pub answers: Vec<Answer>,
}

/// One of its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The letter that gives it.
    pub key: char,
    /// What it does, in words.
    pub label: String,
    pub does: Does,
}

/// What an answer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Does {
    /// Goes on with a text that the editor left.
    Editor(EditorJob),
    /// Goes on with a write that was cut short.
    Write(GoOn),
}

impl Ask {
    /// What the letter does; none where it is no answer.
    pub fn answer(&self, key: char) -> Option<&Does> {
        self.answers.iter().find(|answer| answer.key == key).map(|answer| &answer.does)
    }
}
