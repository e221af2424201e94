//! One field being typed: what it begins with, whether what was typed reads as the field's kind, and what it becomes.
//!
//! Characters that a terminal would obey stay in the text as they are: `view` shows each as one mark, so that nothing but the
//! marks is made up, and what is saved is the text itself.

use std::sync::Arc;

use super::Form;
use super::tree::{Node, Part};
use crate::app::input::Input;
use crate::content::value::is_time;
use crate::content::{FieldPath, FieldRef, Value};
use crate::profile::reading::{read_like, sibling};
use crate::profile::validate::check_value;
use crate::profile::{Intent, Kind, TopicList};

/// A field being typed.
#[derive(Clone, Debug)]
pub struct Editing {
    pub target: Target,
    pub input: Input,
    pub kind: Kind,
    /// The longest text that the profile wants, or that is shown of it here or in one of its places: a counter runs.
    pub room: Option<usize>,
    /// What may stand here, where topics are typed.
    listed: Option<Arc<TopicList>>,
    /// Whether a topic is typed that the library knows: what is on offer then are all of these.
    names_known_topic: bool,
    /// Values on offer.
    pub offers: Vec<String>,
    /// What is wrong with what was typed.
    pub problem: Option<String>,
    /// What the field holds; `None` where it is missing.
    present: Option<Value>,
    /// The value whose kind a new one takes: the present one, else what was on disk, else a sibling.
    model: Option<Value>,
    /// Whether the items differ here, or some lack it: what stands here is not what all have.
    differs: bool,
    /// Whether only a value of the kind is taken.
    strict: bool,
    /// What was typed before the first offer was taken, and the position of that offer.
    offered: Option<(String, usize)>,
    /// Where what is seen of a text of several lines begins: the line, and the character in it.
    pub from: (usize, usize),
    /// Whether one line is shown on several, because it hardly fits: all of it is seen, and no letter moves it along.
    pub is_broken: bool,
    touched: bool,
    /// What the disk has, where that was put in and nothing typed since: it may be no text.
    back_to: Option<Value>,
    /// Which way out was refused; the same again insists.
    refused: Option<WayOut>,
}

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The value of a field.
    Field(FieldPath),
    /// One more entry of a list.
    Entry(FieldPath),
}

/// How an edit ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// By saying that it is done.
    Done,
    /// By going back.
    Back,
}

/// What came of the end of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing changes.
    Unchanged,
    /// The intent, and what to call it.
    Edit(String, Intent),
    /// It stays open.
    Stay(String),
    /// What was typed is dropped.
    Dropped,
}

/// What is wrong with a text, and whether that can be insisted on.
struct Wrong {
    reason: String,
    may_insist: bool,
}

impl Editing {
    /// Opens the field at `path`.
    pub fn field(form: &Form, path: &FieldPath, offers: Vec<String>) -> Editing {
        let tree = &form.tree;
        let present = tree.value.at(path).cloned();
        let was = tree.was(path).filter(|v| **v != Value::Null).cloned();
        let model = present.clone().filter(|v| *v != Value::Null).or(was).or_else(|| tree.value_in_use(path));
        let model = model.or_else(|| sibling(&tree.value, path).filter(|v| v.is_scalar()).cloned());
        // Of several values none is begun with.
        let present = present.filter(|_| !tree.differs(path));
        Editing::new(form, Target::Field(path.clone()), path, present, model, offers)
    }

    /// Opens a new entry of the list at `path`.
    pub fn entry(form: &Form, path: &FieldPath, offers: Vec<String>) -> Editing {
        let siblings = form.tree.at(path).and_then(Value::as_seq).unwrap_or(&[]);
        let model = siblings.iter().find(|v| **v != Value::Null).cloned();
        // A new entry is a line, whatever kind the list as a whole is.
        Editing::new(form, Target::Entry(path.clone()), &path.index(siblings.len()), None, model, offers)
    }

    fn new(
        form: &Form,
        target: Target,
        path: &FieldPath,
        present: Option<Value>,
        model: Option<Value>,
        offers: Vec<String>,
    ) -> Editing {
        let rule = form.tree.rule(path);
        let text = present.as_ref().and_then(Value::scalar_text).unwrap_or_default();
        let strict = rule.is_some_and(|r| r.strict && r.kind.is_some());
        let kind = match form.tree.kind(path) {
            // A line that has several already may keep them.
            Kind::Line if !strict && text.contains(['\n', '\r']) => Kind::Text,
            kind => kind,
        };
        let input = match kind == Kind::Text || text.contains('\n') {
            true => Input::lines(&text),
            false => Input::line(&text),
        };
        Editing {
            listed: listed(form, &target),
            names_known_topic: form.is_offerings_topic(path) && !offers.is_empty(),
            target,
            input,
            kind,
            room: room(form, path),
            offers,
            problem: None,
            differs: form.tree.spread(path).is_some(),
            present,
            model,
            strict,
            offered: None,
            from: (0, 0),
            is_broken: false,
            touched: false,
            back_to: None,
            refused: None,
        }
    }

    /// The row that it is typed in.
    pub fn is_at(&self, node: &Node) -> bool {
        match &self.target {
            Target::Field(path) => node.part != Part::New && node.part != Part::Heading && node.path == *path,
            Target::Entry(list) => node.part == Part::New && node.path == *list,
        }
    }

    /// Takes note of a key or a paste that changed the text.
    pub fn touch(&mut self) {
        self.touched = true;
        self.back_to = None;
        self.problem = None;
        self.refused = None;
        self.offered = None;
    }

    /// Puts what the disk has in; its undo brings back what was typed.
    pub fn go_back_to(&mut self, was: Value) {
        self.input.exchange(&was.scalar_text().unwrap_or_default());
        self.touch();
        self.back_to = Some(was);
    }

    /// Whether it is what the disk has, to the kind.
    pub fn is_back_at(&self, was: &Value) -> bool {
        let now = self.back_to.as_ref().or(self.present.as_ref().filter(|_| !self.touched));
        let reads_so = || *was != Value::Null && was.scalar_text().as_deref() == Some(&*self.input.text());
        now.map_or_else(reads_so, |now| now == was)
    }

    /// Puts the next value on offer in: of those that begin with what was typed, if there are any.
    pub fn offer(&mut self) -> bool {
        let (typed, next) = match self.offered.take() {
            Some((typed, at)) => (typed, at + 1),
            None => match self.offers.iter().position(|offer| *offer == self.input.text()) {
                // One of them stands there already: on to the next.
                Some(at) => (String::new(), at + 1),
                None => (self.input.text(), 0),
            },
        };
        let fits = self.offers_for(&typed);
        let Some(text) = fits.get(next % fits.len().max(1)).map(|offer| (*offer).clone()) else { return false };
        self.input.replace(&text);
        self.touch();
        self.offered = Some((typed, next));
        true
    }

    fn offers_for(&self, typed: &str) -> Vec<&String> {
        let lower = typed.to_lowercase();
        let begins = |offer: &&String| offer.to_lowercase().starts_with(&lower);
        let fits: Vec<&String> = self.offers.iter().filter(begins).collect();
        if fits.is_empty() { self.offers.iter().collect() } else { fits }
    }

    /// Whether it is shown on several lines, whether or not it can have them.
    pub fn is_tall(&self) -> bool {
        self.is_broken || self.input.has_lines()
    }

    /// Whether anything was typed.
    pub fn is_touched(&self) -> bool {
        self.touched
    }

    /// Ends it, if it can be ended.
    pub fn end(&mut self, way: WayOut) -> End {
        let text = self.input.text();
        if let (Some(was), Target::Field(path)) = (&self.back_to, &self.target) {
            let intent = Intent::Set { field: FieldRef::from(path), value: was.clone() };
            let is_so = !self.differs && self.present.as_ref() == Some(was);
            return if is_so { End::Unchanged } else { End::Edit(self.label(&intent), intent) };
        }
        if self.is_unchanged(&text) {
            return End::Unchanged;
        }
        match self.check(&text) {
            Err(_) if way == WayOut::Back && self.refused == Some(WayOut::Back) => return End::Dropped,
            Err(wrong) if !(wrong.may_insist && way == WayOut::Done && self.refused == Some(WayOut::Done)) => {
                return self.stay(way, wrong);
            }
            _ => {}
        }
        let intent = self.intent(text);
        End::Edit(self.label(&intent), intent)
    }

    fn stay(&mut self, way: WayOut, wrong: Wrong) -> End {
        self.problem = Some(wrong.reason.clone());
        self.refused = Some(way);
        End::Stay(match (way, wrong.may_insist) {
            (WayOut::Back, _) => format!("{}; esc again drops what was typed", wrong.reason),
            (WayOut::Done, true) => format!("{}; the same again keeps it as text", wrong.reason),
            (WayOut::Done, false) => wrong.reason,
        })
    }

    fn is_unchanged(&self, text: &str) -> bool {
        match (&self.target, &self.present) {
            (Target::Entry(_), _) => text.is_empty(),
            (Target::Field(_), _) if self.differs => !self.touched || text.is_empty() && !self.takes_text(),
            (_, None | Some(Value::Null)) => text.is_empty() && !(self.touched && self.takes_text()),
            (_, Some(value)) => value.scalar_text().as_deref() == Some(text),
        }
    }

    /// Whether a new value would be text.
    fn takes_text(&self) -> bool {
        match &self.model {
            Some(model) => matches!(model, Value::Str(_)),
            None => !matches!(self.kind, Kind::Integer | Kind::Number | Kind::Boolean),
        }
    }

    /// Whether the text reads as the field's kind. Only a kind that a profile file names can refuse for good.
    fn check(&self, text: &str) -> Result<(), Wrong> {
        let mut topics = text.lines().filter(|line| !line.trim().is_empty());
        if let Some(reason) = self.listed.as_ref().and_then(|list| topics.find_map(|topic| list.refusal(topic))) {
            return Err(Wrong { reason, may_insist: false });
        }
        if self.offers.iter().any(|offer| offer == text) {
            return Ok(());
        }
        if self.names_known_topic && !text.trim().is_empty() {
            let reason = format!("`{text}` is no topic that is known here: tab offers those that are");
            return Err(Wrong { reason, may_insist: true });
        }
        let kind = match &self.model {
            Some(Value::Number(_)) if !matches!(self.kind, Kind::Integer | Kind::Number) => &Kind::Number,
            Some(Value::Bool(_)) => &Kind::Boolean,
            Some(Value::Date(time)) if is_time(time) => return check_time(text),
            _ => &self.kind,
        };
        check_value(kind, text).map(|_| ()).map_err(|reason| Wrong { reason, may_insist: !self.strict })
    }

    /// Text stays text; what is null or missing becomes again what it was, or what the profile knows it to be.
    fn intent(&self, text: String) -> Intent {
        let like = self.model.as_ref().map(|model| read_like(model, &text));
        match &self.target {
            Target::Entry(list) => {
                Intent::Append { field: FieldRef::from(list), value: like.unwrap_or_else(|| text.into()) }
            }
            Target::Field(path) => {
                let field = FieldRef::from(path);
                let takes_text = if self.differs { &self.model } else { &self.present };
                match (takes_text, like) {
                    (Some(Value::Str(_)), _) | (_, None) => Intent::SetText { field, text },
                    (_, Some(value)) => Intent::Set { field, value },
                }
            }
        }
    }

    fn label(&self, intent: &Intent) -> String {
        match (&self.target, intent) {
            (Target::Entry(list), Intent::Append { value, .. }) => {
                format!("{list} + {}", value.scalar_text().unwrap_or_default())
            }
            (Target::Entry(path) | Target::Field(path), _) => path.to_string(),
        }
    }
}

/// Whether the text is a time of day, as TOML knows it.
fn check_time(text: &str) -> Result<(), Wrong> {
    let wrong = || Wrong { reason: "a time looks like 07:32:00 or 07:32:00.5".to_string(), may_insist: true };
    is_time(text).then_some(()).ok_or_else(wrong)
}

/// How long a text the field has room for, with the places that hold the same.
fn room(form: &Form, path: &FieldPath) -> Option<usize> {
    let rules = std::iter::once(path).chain(form.tree.places(path)).filter_map(|place| form.tree.rule(place));
    rules.flat_map(|rule| rule.max.into_iter().chain(rule.fits)).min()
}

/// The vocabulary that a topic has to be in, where one is typed.
fn listed(form: &Form, target: &Target) -> Option<Arc<TopicList>> {
    let rule = form.tree.profile.topics.as_ref()?;
    let topics = rule.field.resolve_or_new(&form.tree.value)?;
    let (Target::Entry(path) | Target::Field(path)) = target;
    let list = path.split_last().map(|(list, _)| list);
    let is_list = |list: &FieldPath| *list == topics || form.is_offerings_topics(list);
    let is_topics = is_list(path) || list.as_ref().is_some_and(is_list);
    rule.listed.clone().filter(|list| is_topics && list.closed)
}
