//! Three versions of one document made one: two curators who changed different fields never meet.
//!
//! Fields are merged as values ([`values`]) and made edits of OURS, so that its style stays and no other byte changes; bodies are merged
//! line by line. Where the lines of the whole files merge by themselves to the same values, that text is taken: it has both sides'
//! comments. What both sides changed, each in its way, stands between git's markers. Not here: any disk, and git itself (`cli::merge`).

mod marks;
mod values;

use self::values::{Clash, Merging};
use super::Profile;
use crate::content::three_way::{self, Stretch};
use crate::content::{Document, Edit, FieldPath, Value, edit};

/// What came of three versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The text; conflicts stand in it between markers.
    pub text: String,
    /// What both sides changed: names of fields, or `body`.
    pub conflicts: Vec<String>,
    /// What else there is to know.
    pub notes: Vec<String>,
}

/// Merges what `theirs` made of `base` into `ours`. Without a base everything is new on both sides.
///
/// # Errors
/// Which version cannot be read, and why.
pub fn merge(profile: &Profile, base: Option<&Document>, ours: &Document, theirs: &Document) -> Result<Merged, String> {
    let value = |name: &str, document: &Document| document.value().map_err(|error| format!("{name}: {error}"));
    let base_value = base.map(|document| value("BASE", document)).transpose()?.unwrap_or(Value::Map(Vec::new()));
    let (our_value, their_value) = (value("OURS", ours)?, value("THEIRS", theirs)?);
    let (merged, clashes) = Merging::new(profile, &base_value, &our_value, &their_value).run();
    let base_text = base.map_or("", Document::text);
    let lines = merge_lines(base_text, ours.text(), theirs.text());
    if let (true, Some(text)) = (clashes.is_empty(), settled(&lines))
        && ours.with_text(text.clone()).and_then(|d| d.value()).is_ok_and(|value| same(&value, &merged))
    {
        return Ok(Merged { text, conflicts: Vec::new(), notes: Vec::new() });
    }
    match edit::apply(ours, &changes(&our_value, &merged)) {
        Ok(front) => {
            Ok(with_body(&front, base, ours, theirs, &clashes).noting(base, theirs, &base_value, &their_value))
        }
        // The splicer refuses OURS (aliases, for one): what is left is what git does.
        Err(refused) => Ok(by_lines(&lines, &refused.to_string())),
    }
}

/// Merges texts that are no documents, line by line.
pub fn merge_texts(base: &str, ours: &str, theirs: &str) -> Merged {
    let lines = merge_lines(base, ours, theirs);
    let conflicts = if settled(&lines).is_some() { Vec::new() } else { vec!["text".to_string()] };
    Merged { text: marks::text_of(&lines), conflicts, notes: Vec::new() }
}

fn by_lines(lines: &[Stretch<String>], refused: &str) -> Merged {
    let conflicts = if settled(lines).is_some() { Vec::new() } else { vec!["text".to_string()] };
    let note = format!("merged line by line, as OURS cannot be edited by fields: {refused}");
    Merged { text: marks::text_of(lines), conflicts, notes: vec![note] }
}

/// The bodies merged below the merged front matter, and markers put around what clashes in either.
fn with_body(
    front: &Document,
    base: Option<&Document>,
    ours: &Document,
    theirs: &Document,
    clashes: &[Clash],
) -> Merged {
    let body = merge_lines(base.map_or("", Document::body), ours.body(), theirs.body());
    let mut conflicts: Vec<String> = clashes.iter().map(|clash| clash.place.to_string()).collect();
    if settled(&body).is_none() {
        conflicts.push("body".to_string());
    }
    let head = &front.text()[..front.text().len() - front.body().len()];
    let text = marks::around(head, front, theirs, clashes) + &marks::text_of(&body);
    Merged { text, conflicts, notes: Vec::new() }
}

impl Merged {
    /// Says so where THEIRS changed more than values: comments and manners of writing are not taken over field by field.
    fn noting(mut self, base: Option<&Document>, theirs: &Document, from: &Value, to: &Value) -> Merged {
        let spliced = base.and_then(|base| edit::apply(base, &changes(from, to)).ok());
        if spliced.is_some_and(|spliced| spliced.front() != theirs.front()) {
            let note = "comments, or how values are written, changed in THEIRS too: OURS' are kept".to_string();
            self.notes.push(note);
        }
        self
    }
}

/// The edits that make `new` of `old`: field by field from the top, deeper ones by the splicer's own comparison.
fn changes(old: &Value, new: &Value) -> Vec<Edit> {
    let (Value::Map(before), Value::Map(after)) = (old, new) else { return Vec::new() };
    let mut edits = Vec::new();
    for (key, old) in before.iter().filter(|(key, _)| new.get(key).is_none()) {
        edits.push(Edit::Unset { path: FieldPath::key(key.clone()), old: old.clone(), within: None });
    }
    for (key, value) in after {
        let before = old.get(key);
        if before != Some(value) {
            let (path, new) = (FieldPath::key(key.clone()), value.clone());
            edits.push(Edit::Set { path, old: before.cloned(), new, within: None });
        }
    }
    edits
}

/// Whether two values are the same but for the order of keys.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(key, value)| other.get(key).is_some_and(|v| same(value, v)))
        }
        (Value::Seq(a), Value::Seq(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => one == other,
    }
}

/// The lines of three texts merged. Line ends are OURS' where a whole text has others; whether the last line is ended is merged by
/// itself.
fn merge_lines(base: &str, ours: &str, theirs: &str) -> Vec<Stretch<String>> {
    let end = if ours.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = |text: &str| -> Vec<String> {
        let alien = end == "\n" && text.contains("\r\n") && !ours.contains('\r');
        let alien = alien || end == "\r\n" && !text.contains('\r');
        let line = |line: &str| match line.strip_suffix("\r\n").or_else(|| line.strip_suffix('\n')) {
            Some(bare) if alien => format!("{bare}{end}"),
            None => format!("{line}{end}"),
            Some(_) => line.to_string(),
        };
        text.split_inclusive('\n').map(line).collect()
    };
    let mut merged = three_way::merge(&lines(base), &lines(ours), &lines(theirs));
    let [b, o, t] = [base, ours, theirs].map(|text| text.is_empty() || text.ends_with('\n'));
    let ended = if o == b { t } else { o };
    if let (false, Some(Stretch::Settled(last))) = (ended, merged.last_mut())
        && let Some(line) = last.last_mut()
    {
        line.truncate(line.len() - if line.ends_with("\r\n") { 2 } else { 1 });
    }
    merged
}

fn settled(lines: &[Stretch<String>]) -> Option<String> {
    let is_settled = lines.iter().all(|stretch| matches!(stretch, Stretch::Settled(_)));
    is_settled.then(|| marks::text_of(lines))
}

#[cfg(test)]
mod tests;
