//! Finding a field by its name: the rows narrow as one types, enter jumps, esc puts back.

use super::Form;
use super::Outcome;
use super::tree::{Node, Part};
use super::window::Row;
use crate::app::input::Input;
use crate::command::{Code, Key};
use crate::content::FieldPath;

/// A field being looked for.
#[derive(Clone, Debug)]
pub struct Finding {
    pub input: Input,
    /// Every field, with the position of what holds it and the text that is matched.
    fields: Vec<Candidate>,
    /// Where the cursor was before.
    before: Option<Node>,
}

#[derive(Clone, Debug)]
struct Candidate {
    node: Node,
    parent: Option<usize>,
    /// Whether it is a field, and the first row of that field.
    counts: bool,
    /// Path and label, a line each, in small letters.
    text: String,
}

impl Form {
    /// Begins to look for a field.
    pub(super) fn find(&mut self) -> Outcome {
        let before = self.current().cloned();
        self.finding = Some(Finding { input: Input::line(""), fields: self.candidates(), before });
        self.narrow();
        Outcome::Nothing
    }

    /// The values are other ones: looks again for what was typed.
    pub(super) fn find_again(&mut self) {
        let fields = self.candidates();
        if let Some(finding) = &mut self.finding {
            finding.fields = fields;
            self.narrow();
        }
    }

    fn candidates(&self) -> Vec<Candidate> {
        let mut fields = Vec::new();
        for top in self.tree.tops() {
            self.gather(top, None, &mut fields);
        }
        let mut seen = std::collections::HashSet::new();
        for field in &mut fields {
            field.counts = !field.text.is_empty() && seen.insert(field.node.path.clone());
        }
        fields
    }

    fn gather(&self, node: Node, parent: Option<usize>, fields: &mut Vec<Candidate>) {
        let text = match node.part {
            Part::Heading | Part::Empties | Part::New => String::new(),
            Part::Field | Part::Place => {
                let path = node.path.to_string();
                let label = self.tree.rule_named(&path, &node.path).and_then(|rule| rule.label.as_deref());
                format!("{path}\n{}", label.unwrap_or_default()).to_lowercase()
            }
        };
        let children = self.tree.children(&node);
        let here = fields.len();
        fields.push(Candidate { node, parent, counts: false, text });
        for child in children {
            self.gather(child, Some(here), fields);
        }
    }

    fn open_above(&mut self, fields: &[Candidate], at: usize) {
        let mut above = fields[at].parent;
        while let Some(at) = above {
            self.folds.insert(fields[at].node.clone(), true);
            above = fields[at].parent;
        }
    }

    /// Whether a field is being looked for.
    pub fn is_finding(&self) -> bool {
        self.finding.is_some()
    }

    /// What has been typed to find a field.
    pub fn finding(&self) -> Option<&Input> {
        self.finding.as_ref().map(|finding| &finding.input)
    }

    /// Goes to a field, or to the nearest that holds it.
    pub fn jump_to(&mut self, field: &FieldPath) {
        self.find();
        let holds = |row: &Row| row.node.path.holds(field) && !row.node.path.is_root();
        let depth = |row: &Row| row.node.path.segments().len();
        let best = self.rows.iter().enumerate().filter(|(_, row)| holds(row)).max_by_key(|(_, row)| depth(row));
        let at = best.map(|(at, _)| at);
        self.cursor = at.unwrap_or(0);
        self.end_find(at.is_some());
    }

    /// Shows the fields that every typed word stands in; each place once.
    fn narrow(&mut self) {
        let Some(finding) = &self.finding else { return };
        let query = finding.input.text().to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let fits = |c: &&Candidate| c.counts && words.iter().all(|word| c.text.contains(word));
        let mut hits: Vec<&Candidate> = finding.fields.iter().filter(fits).collect();
        hits.sort_by_cached_key(|c| rank(&c.text, &query));
        self.rows = hits.into_iter().map(|c| Row::alone(c.node.clone(), 0)).collect();
        self.cursor = 0;
        self.top = 0;
    }

    pub(super) fn find_key(&mut self, key: Key) -> Outcome {
        match key {
            Key { code: Code::Up, .. } => self.step(-1),
            Key { code: Code::Down, .. } => self.step(1),
            _ => {
                if let Some(finding) = &mut self.finding {
                    let before = finding.input.text();
                    finding.input.key(key);
                    if finding.input.text() != before {
                        self.narrow();
                    }
                }
            }
        }
        Outcome::Nothing
    }

    pub(super) fn find_paste(&mut self, text: &str) {
        if let Some(finding) = &mut self.finding {
            finding.input.paste(text);
            self.narrow();
        }
    }

    /// Goes to the highlighted field, opening what holds it; with `jump` off, back to where the cursor was.
    pub(super) fn end_find(&mut self, jump: bool) -> Outcome {
        let Some(finding) = self.finding.take() else { return Outcome::Nothing };
        let found = self.rows.get(self.cursor).map(|row| row.node.clone()).filter(|_| jump);
        let target = found.clone().or(finding.before);
        let position = found.and_then(|node| finding.fields.iter().position(|c| c.node == node));
        if let Some(at) = position {
            self.open_above(&finding.fields, at);
        }
        self.rebuild();
        self.go_to(|row| Some(row) == target.as_ref());
        match jump && position.is_none() {
            true => Outcome::Say("no field of that name".to_string()),
            false => Outcome::Nothing,
        }
    }
}

/// The better the sooner: what was typed is the name, the last key, or the beginning of one of these.
fn rank(text: &str, query: &str) -> usize {
    let (path, label) = text.split_once('\n').unwrap_or((text, ""));
    let last = path.rsplit('.').next().unwrap_or(path);
    match () {
        () if path == query => 0,
        () if label == query => 1,
        () if last == query => 2,
        () if path.starts_with(query) || label.starts_with(query) => 3,
        () if last.starts_with(query) => 4,
        () => 5,
    }
}
