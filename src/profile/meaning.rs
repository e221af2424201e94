//! What a profile says about one field of one document.

use super::kind::Kind;
use super::{FieldRule, Profile};
use crate::content::{FieldPath, FieldRef, Segment, Value};

impl Profile {
    /// What the profile says about the field at `path`. A rule on `list[].key` speaks of that key in every entry.
    pub fn rule(&self, path: &FieldPath) -> Option<&FieldRule> {
        self.fields.iter().find(|rule| names(&rule.field, path))
    }

    /// The kind of a field: what the profile says, where a value of that kind could be `value`, else what the value shows.
    pub fn kind_of(&self, path: &FieldPath, value: &Value) -> Kind {
        self.said_kind(path).filter(|kind| kind.holds(value)).unwrap_or_else(|| Kind::of(value))
    }

    fn said_kind(&self, path: &FieldPath) -> Option<Kind> {
        if let Some(kind) = self.rule(path).and_then(|rule| rule.kind.clone()) {
            return Some(kind);
        }
        let is = |field: Option<&FieldRef>| field.is_some_and(|field| names(field, path));
        if is(self.topics.as_ref().map(|t| &t.field)) {
            return Some(Kind::Topics);
        }
        if let Some(triage) = self.triage.as_ref().filter(|t| names(&t.field, path)) {
            return Some(Kind::Choice(vec![triage.accept.clone(), triage.reject.clone(), triage.skip.clone()]));
        }
        if let Some(kind) = self.offering_kind(path) {
            return Some(kind);
        }
        match () {
            () if is(self.roles.date.as_ref()) || is(self.touch.as_ref()) => Some(Kind::Date),
            () if is(self.roles.url.as_ref()) => Some(Kind::Url),
            () if is(self.roles.title.as_ref()) => Some(Kind::Line),
            () => None,
        }
    }

    /// The kind of the list of offerings, or of a key of one of them.
    fn offering_kind(&self, path: &FieldPath) -> Option<Kind> {
        let rule = self.offerings.as_ref()?;
        if names(&rule.field, path) {
            return Some(Kind::Table);
        }
        let (entry, Segment::Key(key)) = path.split_last()? else { return None };
        let (list, Segment::Index(_)) = entry.split_last()? else { return None };
        let (_, said) = rule.fields.iter().find(|(known, _)| known == key && names(&rule.field, &list))?;
        Some(Kind::named(said).unwrap_or(Kind::Line))
    }

    /// Whether the value at `path` may be refused for its kind: a profile *file* names one for it.
    pub(super) fn strict_kind(&self, path: &FieldPath) -> Option<&Kind> {
        self.rule(path).filter(|rule| rule.strict).and_then(|rule| rule.kind.as_ref())
    }
}

/// Whether a reference means that path, as far as that can be told without the document: keys that hold dots are taken as they are
/// written, positions from the end are unknown.
pub(super) fn names(field: &FieldRef, path: &FieldPath) -> bool {
    let said: String = field.text().chars().filter(|c| *c != '"' && *c != '\\').collect();
    said == spelled(path, false) || said == spelled(path, true)
}

fn spelled(path: &FieldPath, each: bool) -> String {
    let mut out = String::new();
    for segment in path.segments() {
        match segment {
            Segment::Key(key) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(key);
            }
            Segment::Index(_) if each => out.push_str("[]"),
            Segment::Index(index) => out.push_str(&format!("[{index}]")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_speaks_before_the_value_does() {
        let profile = Profile::builtin();
        let kind = |path: FieldPath, value: Value| profile.kind_of(&path, &value);
        assert_eq!(kind(FieldPath::key("date"), Value::Null), Kind::Date);
        assert_eq!(kind(FieldPath::key("categories"), Value::Null), Kind::Topics);
        assert_eq!(kind(FieldPath::key("title"), Value::Seq(vec![])), Kind::List);
        assert_eq!(kind(FieldPath::key("weight"), 3.into()), Kind::Integer);
        let offering = FieldPath::key("relatedOfferings").index(2);
        assert_eq!(kind(offering.then("offeringId"), Value::Null), Kind::Integer);
        assert_eq!(kind(offering.then("categories"), Value::Seq(vec![])), Kind::Topics);
        assert_eq!(kind(offering.then("permalink"), Value::Null), Kind::Line);
    }

    #[test]
    fn a_key_with_dots_is_found_as_it_is_written() {
        let path = FieldPath::key("htmlMetaData").then("msvalidate.01");
        assert!(names(&"htmlMetaData.msvalidate.01".parse().unwrap(), &path));
        assert!(names(&"htmlMetaData.\"msvalidate.01\"".parse().unwrap(), &path));
        assert!(names(&"a[].b".parse().unwrap(), &FieldPath::key("a").index(4).then("b")));
        assert!(!names(&"a[1].b".parse().unwrap(), &FieldPath::key("a").index(4).then("b")));
    }
}
