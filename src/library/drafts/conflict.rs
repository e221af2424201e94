//! Fields that a draft and its file have both changed, and what was decided about them.
//!
//! A decision is a step of the draft like any other, so that undo, journal and restart know nothing of it: it names the edits that it is
//! about, and they do not count any more. What it decides for "yours" are its own edits, over what the file had then; a file that
//! changes there once more asks once more. Not here: finding conflicts, which needs the file (`shell::work`).

use std::borrow::Cow;

use super::{DraftFile, DraftStep};
use crate::content::{Edit, FieldPath, Value};
use crate::profile::Intent;

/// A field that both sides changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    pub field: FieldPath,
    /// What stood there when the edit was made.
    pub was: Option<Value>,
    /// What the draft makes of it; none: the key goes.
    pub mine: Option<Value>,
    /// What the file has now.
    pub theirs: Option<Value>,
}

/// What is decided at once: intents of a draft that stand and fall together, and the fields in which they meet the file's change.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub clashes: Vec<Clash>,
    /// All edits of the intents.
    pub over: Vec<Edit>,
    /// The same, made over what the file has now; none where they have no place there any more.
    pub kept: Option<Vec<Edit>>,
}

/// A value in a few words.
pub fn in_words(value: Option<&Value>) -> String {
    match value {
        None => "(missing)".to_string(),
        Some(Value::Null) => "(null)".to_string(),
        Some(Value::Seq(entries)) => {
            let texts: Option<Vec<String>> = entries.iter().map(Value::scalar_text).collect();
            let text = texts.map(|texts| texts.join(" · ")).filter(|text| !text.is_empty());
            text.unwrap_or_else(|| format!("(a list of {})", entries.len()))
        }
        Some(value) => match value.scalar_text() {
            None => "(a map)".to_string(),
            Some(text) if text.trim().is_empty() => "(blank)".to_string(),
            Some(text) => text,
        },
    }
}

impl Conflict {
    /// The clashes that are told: of places that had one value and have one now, the first, with how many more.
    pub fn told(&self) -> Vec<(&Clash, usize)> {
        let alike = |a: &Clash, b: &Clash| (&a.was, &a.mine, &a.theirs) == (&b.was, &b.mine, &b.theirs);
        let mut told: Vec<(&Clash, usize)> = Vec::new();
        for clash in &self.clashes {
            match told.iter_mut().find(|(first, _)| alike(first, clash)) {
                Some((_, more)) => *more += 1,
                None => told.push((clash, 0)),
            }
        }
        told
    }

    /// Yours are these edits, after which the file would hold `after`.
    pub fn keep(&mut self, edits: Vec<Edit>, after: &Value) {
        for clash in &mut self.clashes {
            clash.mine = after.at(&clash.field).cloned();
        }
        // Where nothing of yours would stand there is nothing to decide.
        let differs = |clash: &Clash| clash.mine != clash.theirs;
        if self.clashes.iter().any(differs) {
            self.clashes.retain(differs);
        }
        self.kept = Some(edits);
    }

    /// The field that it is called by.
    pub fn field(&self) -> FieldPath {
        self.clashes.first().map(|clash| clash.field.clone()).unwrap_or_default()
    }
}

impl DraftFile {
    /// The draft without what was decided about since: of a decision for "theirs" nothing is left, of one for "yours" its own edits.
    pub fn decided(&self) -> Cow<'_, DraftFile> {
        let decisions = |step: &DraftStep| step.intents.iter().any(|intent| matches!(intent, Intent::Decide { .. }));
        if !self.steps.iter().any(decisions) {
            return Cow::Borrowed(self);
        }
        let stands = |at: usize, step: &DraftStep| {
            let later = self.steps[at + 1..].iter().flat_map(|s| s.intents.iter());
            let over: Vec<&Vec<Edit>> =
                later.filter_map(|i| if let Intent::Decide { over, .. } = i { Some(over) } else { None }).collect();
            let goes = |edit: &Edit| over.iter().any(|over| over.contains(edit));
            let ranges = step.ranges();
            let is_theirs = |place: usize| matches!(step.intents.get(place), Some(Intent::Decide { theirs: true, .. }));
            step.of(|place| {
                let range = ranges.iter().find(|(at, _)| *at == place).map(|(_, range)| range.clone());
                !is_theirs(place) && range.is_some_and(|range| !step.edits[range].iter().all(goes))
            })
        };
        let steps = self.steps.iter().enumerate().filter_map(|(at, step)| stands(at, step)).collect();
        Cow::Owned(DraftFile { steps, ..self.clone() })
    }
}

impl DraftFile {
    /// What was asked for in these steps of it: of a decision, what it is about.
    pub fn asked(&self, steps: &DraftFile) -> Vec<Intent> {
        let before = |batch| self.steps.iter().take_while(move |step| step.batch != batch).cloned().collect();
        let mut asked = Vec::new();
        for step in &steps.steps {
            for intent in step.intents.iter() {
                let Intent::Decide { over, .. } = intent else {
                    asked.push(intent.clone());
                    continue;
                };
                let earlier = DraftFile { steps: before(step.batch), ..self.clone() };
                let about = |step: &DraftStep| {
                    let ranges = step.ranges();
                    let edits =
                        |place| ranges.iter().find(|(at, _)| *at == place).map(|(_, range)| &step.edits[range.clone()]);
                    step.of(|place| edits(place).is_some_and(|edits| edits.iter().any(|edit| over.contains(edit))))
                };
                let decided = DraftFile { steps: earlier.steps.iter().filter_map(about).collect(), ..earlier.clone() };
                asked.extend(earlier.asked(&decided));
            }
        }
        asked
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn set(field: &str, old: &str, new: &str) -> Edit {
        Edit::Set { path: FieldPath::key(field), old: Some(old.into()), new: new.into(), within: None }
    }

    fn draft(steps: &[(Intent, Vec<Edit>)]) -> DraftFile {
        let step = |(at, (intent, edits)): (usize, &(Intent, Vec<Edit>))| DraftStep {
            batch: at as u64,
            intents: Arc::from([intent.clone()]),
            edits: edits.clone(),
            counts: Vec::new(),
            left_out: Vec::new(),
        };
        DraftFile { path: "x.md".into(), steps: steps.iter().enumerate().map(step).collect(), base: None, stamp: 0 }
    }

    #[test]
    fn what_was_decided_about_does_not_count_any_more() {
        let (title, date) = (set("title", "a", "b"), set("date", "1", "2"));
        let edits = |file: &DraftFile| file.steps.iter().flat_map(|s| s.edits.clone()).collect::<Vec<_>>();
        let decide = |theirs| Intent::Decide { theirs, over: vec![title.clone()] };
        let steps = [(Intent::Derive, vec![title.clone()]), (Intent::Derive, vec![date.clone()])];
        let with =
            |intent, edits: &[Edit]| draft(&[&steps[..], &[(intent, edits.to_vec())]].concat()).decided().into_owned();
        assert_eq!(edits(&with(decide(true), std::slice::from_ref(&title))), std::slice::from_ref(&date));
        let mine = set("title", "c", "b");
        assert_eq!(edits(&with(decide(false), std::slice::from_ref(&mine))), [date.clone(), mine]);
        // What is typed into the field after it stands on it.
        let later = [(decide(true), vec![title.clone()]), (Intent::Derive, vec![set("title", "c", "d")])];
        assert_eq!(edits(&draft(&[&steps[..], &later].concat()).decided()), [date, set("title", "c", "d")]);
    }

    #[test]
    fn places_that_say_the_same_are_told_once() {
        let clash = |field: &str, theirs: &str| Clash {
            field: FieldPath::key(field),
            was: Some("a".into()),
            mine: Some("b".into()),
            theirs: Some(theirs.into()),
        };
        let clashes = vec![clash("title", "c"), clash("alt", "c"), clash("og", "d")];
        let conflict = Conflict { clashes, over: Vec::new(), kept: None };
        let told: Vec<_> = conflict.told().iter().map(|(clash, more)| (clash.field.to_string(), *more)).collect();
        assert_eq!(told, [("title".to_string(), 1), ("og".to_string(), 0)]);
    }
}
