//! Bulk edit: one field of many items, chosen step by step, with what will happen shown before enter.
//!
//! Here: the steps, what was typed, and the intent that it means. Not here: asking the workers and beginning the batch
//! (`update::bulk`).

use std::sync::Arc;

use super::input::Input;
use super::pick::{Choice, Chosen, Pick, Purpose};
use crate::command::Key;
use crate::content::{FieldRef, Value};
use crate::library::ItemId;
use crate::library::drafts::DraftFile;
use crate::profile::foresee::{Change, FieldUse, Foreseen};
use crate::profile::pattern::Pattern;
use crate::profile::{Intent, Kind};

/// What is done to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Replace,
    Set,
    Append,
    RemoveEntry,
    CopyFrom,
    Template,
    Null,
    RemoveKey,
}

impl Action {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Action; 8] = [
        Action::Replace,
        Action::Set,
        Action::Append,
        Action::RemoveEntry,
        Action::CopyFrom,
        Action::Template,
        Action::Null,
        Action::RemoveKey,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Action::Replace => "find and replace",
            Action::Set => "set to",
            Action::Append => "add to the list",
            Action::RemoveEntry => "remove from the list",
            Action::CopyFrom => "copy from another field",
            Action::Template => "fill from a template",
            Action::Null => "null",
            Action::RemoveKey => "remove the key",
        }
    }

    /// A few words on it.
    pub fn hint(self) -> &'static str {
        match self {
            Action::Replace => "a pattern, in every text",
            Action::Set => "in a list: one | another",
            Action::Append => "one entry more",
            Action::RemoveEntry => "the entry that equals it",
            Action::CopyFrom => "where that one has a value",
            Action::Template => "such as {title|slug}",
            Action::Null => "the key stays",
            Action::RemoveKey => "key and value go",
        }
    }

    /// What its lines ask for; none where nothing is typed.
    pub fn prompts(self) -> &'static [&'static str] {
        match self {
            Action::Replace => &["Find", "Put"],
            Action::Set => &["Value"],
            Action::Append | Action::RemoveEntry => &["Entry"],
            Action::Template => &["Template"],
            Action::CopyFrom | Action::Null | Action::RemoveKey => &[],
        }
    }
}

/// Where the curator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Choosing the field.
    Field,
    /// Choosing what is done to it.
    Action,
    /// Typing.
    Lines,
    /// Choosing the field that is copied.
    From,
    /// Nothing is left to say.
    Ready,
}

/// What the pane means so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planned {
    /// Something is still to be said.
    Incomplete(&'static str),
    /// What was typed cannot be used, and why.
    Wrong(String),
    Intent(Intent),
}

/// What is known of what will happen.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    pub changed: usize,
    /// Places found, over all items.
    pub hits: usize,
    pub same: usize,
    pub refused: usize,
    /// The first that refuse, each with the reason.
    pub reasons: Vec<(Arc<str>, String)>,
    /// The first that change.
    pub changes: Vec<(Arc<str>, Change)>,
    /// Whether every item has been looked at.
    pub done: bool,
}

/// More than these are counted, and not shown.
const SHOWN: usize = 500;

impl Outlook {
    /// Takes some more items in.
    pub fn take(&mut self, items: Vec<(Arc<str>, Foreseen)>) {
        for (path, foreseen) in items {
            match foreseen {
                Foreseen::Same => self.same += 1,
                Foreseen::Refuses(reason) => {
                    self.refused += 1;
                    self.reasons.extend((self.reasons.len() < SHOWN).then_some((path, reason)));
                }
                Foreseen::Changes(change) => {
                    (self.changed, self.hits) = (self.changed + 1, self.hits + change.hits);
                    self.changes.extend((self.changes.len() < SHOWN).then_some((path, change)));
                }
            }
        }
    }
}

/// The pane.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// The items it acts on.
    pub targets: Vec<ItemId>,
    pub step: Step,
    /// The fields that these items have; none until they have been looked through.
    pub fields: Option<Vec<FieldUse>>,
    /// The list of the present step.
    pub pick: Pick,
    pub field: Option<FieldUse>,
    pub action: Option<Action>,
    pub lines: [Input; 2],
    /// The line that takes the keys.
    pub line: usize,
    /// The items' files, and the revision of the drafts they were taken at.
    pub files: (u64, Arc<[DraftFile]>),
    /// What the workers were asked for last.
    pub asked: Option<Intent>,
    pub generation: u64,
    pub outlook: Outlook,
    /// First visible change.
    pub scroll: usize,
}

impl Bulk {
    /// A pane over these items, before their fields are known.
    pub fn new(targets: Vec<ItemId>, files: (u64, Arc<[DraftFile]>)) -> Bulk {
        Bulk {
            targets,
            step: Step::Field,
            fields: None,
            pick: pick(Vec::new()),
            field: None,
            action: None,
            lines: [Input::default(), Input::default()],
            line: 0,
            files,
            asked: None,
            generation: 0,
            outlook: Outlook::default(),
            scroll: 0,
        }
    }

    /// The fields are known.
    pub fn take_fields(&mut self, fields: Vec<FieldUse>) {
        let typed = self.pick.input.clone();
        self.fields = Some(fields);
        self.pick = pick(self.field_choices());
        self.pick.input = typed;
        self.pick.narrow();
    }

    fn field_choices(&self) -> Vec<Choice> {
        let note = |field: &FieldUse| match field.count {
            0 => field.kind.name().to_string(),
            count => format!("{} {count}", field.kind.name()),
        };
        let choice = |field: &FieldUse| Choice {
            label: field.field.text().to_string(),
            note: note(field),
            disabled: None,
            value: Chosen::Field(field.field.clone()),
        };
        self.fields.iter().flatten().map(choice).collect()
    }

    /// The highlighted field, or what was typed where nothing matches (or where `new`).
    pub fn chosen_field(&self, new: bool) -> Result<FieldUse, String> {
        let typed = self.pick.input.text().trim().to_string();
        let known = |field: &FieldRef| self.fields.iter().flatten().find(|one| one.field == *field).cloned();
        if let Some(Choice { value: Chosen::Field(field), .. }) = self.pick.current().filter(|_| !new) {
            return known(field).ok_or_else(|| "no such field".to_string());
        }
        let field: FieldRef = typed.parse().map_err(|error: crate::content::path::FieldRefError| error.to_string())?;
        Ok(known(&field).unwrap_or(FieldUse { field, kind: Kind::Line, count: 0 }))
    }

    /// On to what is done to this field.
    pub fn take_field(&mut self, field: FieldUse) {
        self.field = Some(field);
        self.step = Step::Action;
        self.pick = pick(action_choices());
    }

    /// On to what that action asks for.
    pub fn take_action(&mut self, action: Action) {
        self.action = Some(action);
        self.line = 0;
        self.step = match action {
            Action::CopyFrom => Step::From,
            action if action.prompts().is_empty() => Step::Ready,
            _ => Step::Lines,
        };
        if self.step == Step::From {
            self.pick = pick(self.field_choices());
        }
    }

    /// The highlighted action.
    pub fn chosen_action(&self) -> Option<Action> {
        self.pick.shown.get(self.pick.cursor).map(|at| Action::ALL[*at])
    }

    /// One step back; `false` where there is none.
    pub fn back(&mut self) -> bool {
        match self.step {
            Step::Field => return false,
            Step::Action => {
                self.step = Step::Field;
                self.field = None;
                self.pick = pick(self.field_choices());
            }
            Step::Lines | Step::From | Step::Ready => {
                self.step = Step::Action;
                self.action = None;
                self.pick = pick(action_choices());
            }
        }
        true
    }

    /// The text that takes the keys, if one does.
    pub fn input(&mut self) -> Option<&mut Input> {
        match self.step {
            Step::Lines => Some(&mut self.lines[self.line]),
            Step::Ready => None,
            _ => Some(&mut self.pick.input),
        }
    }

    /// Takes a key that types or edits.
    pub fn key(&mut self, key: Key) {
        if self.input().is_some_and(|input| input.key(key)) {
            self.typed();
        }
    }

    /// What was typed has changed.
    pub fn typed(&mut self) {
        match self.step {
            Step::Field | Step::Action | Step::From => self.pick.narrow(),
            Step::Lines | Step::Ready => self.scroll = 0,
        }
    }

    /// Moves the highlight, or scrolls what will happen.
    pub fn step(&mut self, by: isize) {
        match self.step {
            Step::Field | Step::Action | Step::From => self.pick.step(by),
            Step::Lines | Step::Ready => {
                let last = self.outlook.changes.len().saturating_sub(1);
                self.scroll = self.scroll.saturating_add_signed(by).min(last);
            }
        }
    }

    /// Whether two lines are typed.
    pub fn has_two_lines(&self) -> bool {
        self.step == Step::Lines && self.action.is_some_and(|action| action.prompts().len() > 1)
    }

    /// Whether the field is being chosen.
    pub fn chooses_field(&self) -> bool {
        self.step == Step::Field
    }

    /// The other line, where there are two.
    pub fn other_line(&mut self) {
        self.line = if self.has_two_lines() { 1 - self.line } else { 0 };
    }

    /// What the pane means.
    pub fn planned(&self) -> Planned {
        let (Some(FieldUse { field, kind, .. }), Some(action)) = (&self.field, self.action) else {
            return Planned::Incomplete("choose first");
        };
        let (field, text) = (field.clone(), self.lines[0].text());
        let is_list = matches!(kind, Kind::List | Kind::Topics);
        Planned::Intent(match action {
            Action::Replace => return replacing(field, text, self.lines[1].text()),
            Action::Template if text.is_empty() => return Planned::Incomplete("type a template, such as {title|slug}"),
            Action::Template => match text.parse() {
                Ok(template) => Intent::FromTemplate { field, template },
                Err(error) => return Planned::Wrong(crate::profile::template::TemplateError::to_string(&error)),
            },
            Action::Append | Action::RemoveEntry if text.trim().is_empty() => {
                return Planned::Incomplete("type the entry first");
            }
            Action::Append => Intent::Append { field, value: entry(text) },
            Action::RemoveEntry => Intent::RemoveEntry { field, value: entry(text) },
            Action::Set if is_list => Intent::Set { field, value: Value::Seq(entries(&text)) },
            Action::Set => Intent::SetText { field, text },
            Action::Null => Intent::Set { field, value: Value::Null },
            Action::RemoveKey => Intent::Unset { field },
            Action::CopyFrom => match self.chosen_field(false) {
                Ok(from) => Intent::CopyFrom { field, from: from.field },
                Err(_) => return Planned::Incomplete("choose the field to copy from"),
            },
        })
    }
}

fn replacing(field: FieldRef, pattern: String, with: String) -> Planned {
    if pattern.is_empty() {
        return Planned::Incomplete("type what to find");
    }
    let problem = match Pattern::of(&pattern) {
        Err(error) => Some(format!("what to find, {error}")),
        Ok(found) => found.check(&with).err().map(|error| format!("what to put, {error}")),
    };
    problem.map_or(Planned::Intent(Intent::Replace { field, pattern, with }), Planned::Wrong)
}

fn entry(text: String) -> Value {
    Value::Str(text.trim().to_string())
}

fn entries(text: &str) -> Vec<Value> {
    text.split(" | ").map(str::trim).filter(|entry| !entry.is_empty()).map(Value::from).collect()
}

fn pick(choices: Vec<Choice>) -> Pick {
    Pick::new(Purpose::Bulk, choices, String::new())
}

fn action_choices() -> Vec<Choice> {
    let choice = |(at, action): (usize, Action)| Choice {
        label: action.name().to_string(),
        note: action.hint().to_string(),
        disabled: None,
        value: Chosen::Row(at),
    };
    Action::ALL.into_iter().enumerate().map(choice).collect()
}

/// What the footer and the history call an intent on one field.
pub fn label(intent: &Intent) -> String {
    match intent {
        Intent::Replace { field, pattern, with } => format!("{field}: {pattern} → {with}"),
        Intent::SetText { field, text } if text.is_empty() => format!("{field}: blank"),
        Intent::SetText { field, text } => format!("{field}: {text}"),
        Intent::Set { field, value: Value::Null } => format!("{field}: null"),
        Intent::Set { field, value: Value::Seq(items) } => {
            let texts: Vec<String> = items.iter().filter_map(Value::scalar_text).collect();
            format!("{field}: {}", texts.join(" | "))
        }
        Intent::Set { field, value } => format!("{field}: {}", value.scalar_text().unwrap_or_default()),
        Intent::Unset { field } => format!("{field} removed"),
        Intent::Append { field, value } => format!("{field} + {}", value.scalar_text().unwrap_or_default()),
        Intent::RemoveEntry { field, value } => format!("{field} - {}", value.scalar_text().unwrap_or_default()),
        Intent::CopyFrom { field, from } => format!("{field} from {from}"),
        Intent::FromTemplate { field, template } => format!("{field}: {}", template.text()),
        _ => String::new(),
    }
}
