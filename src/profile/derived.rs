//! Derived fields: what they should say, and making them say it. They never follow by themselves.

use super::working::Working;
use super::{Profile, Template};
use crate::content::{FieldPath, FieldRef, Refusal, Value};

/// The derived fields of a front matter that exist: where, and what they should be; `None` where a field they follow has no value.
pub(super) fn derived(profile: &Profile, value: &Value) -> Vec<(FieldPath, Option<String>)> {
    let mut out = Vec::new();
    for (field, template) in &profile.derived {
        out.extend(field.resolve(value).map(|path| (path, rendered(template, value))));
    }
    let Some(rule) = &profile.offerings else { return out };
    let Some(list) = rule.field.resolve(value) else { return out };
    let entries = value.at(&list).and_then(Value::as_seq).unwrap_or(&[]);
    for (key, template) in rule.derived() {
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.get(key).is_some()) {
            out.push((list.index(at).then(key), rendered(&template, entry)));
        }
    }
    out
}

impl Profile {
    /// What a derived field should say, whether it exists or not; none where it is no derived field, or one that it follows is blank.
    pub fn derived_value(&self, value: &Value, path: &FieldPath) -> Option<String> {
        let is_here = |field: &FieldRef| {
            let place = field.resolve_or_new(value);
            // A list of one entry follows as that entry.
            place.as_ref() == Some(path) || place.is_some_and(|place| place.index(0) == *path)
        };
        let (_, template) = self.derived.iter().find(|(field, _)| is_here(field))?;
        rendered(template, value)
    }
}

/// A template filled from a front matter (or from one offering); nothing where a field is missing or blank.
pub(super) fn rendered(template: &Template, value: &Value) -> Option<String> {
    template.render(|name| {
        let field: FieldRef = name.parse().ok()?;
        let text = value.at(&field.resolve(value)?)?.scalar_text()?;
        (!text.trim().is_empty()).then_some(text)
    })
}

/// Whether a derived field says what it should; a list does where it holds it.
pub(super) fn follows(value: &Value, should: &str) -> bool {
    match value {
        Value::Seq(items) => items.iter().any(|item| item.scalar_text().as_deref() == Some(should)),
        scalar => scalar.scalar_text().as_deref() == Some(should),
    }
}

pub(super) fn derive(work: &mut Working) -> Result<(), Refusal> {
    for (path, should) in derived(work.profile, &work.value) {
        let Some(should) = should else {
            work.left.push(format!("{path}: a field that it follows has no value"));
            continue;
        };
        let Some(now) = work.value.at(&path).filter(|now| !follows(now, &should)) else { continue };
        match now {
            Value::Seq(items) if items.is_empty() => work.append(&path, should.into())?,
            Value::Seq(items) if items.len() == 1 => work.set(&path.index(0), should.into())?,
            Value::Seq(_) | Value::Map(_) => {
                work.left.push(format!("{path}: holds several values; which one follows is not known"))
            }
            _ => work.set(&path, should.into())?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::profile::sample::{ITEM, changes, done, front};
    use crate::profile::{Intent, Profile};

    fn text(field: &str, text: &str) -> Intent {
        Intent::SetText { field: field.parse().unwrap(), text: text.to_string() }
    }

    #[test]
    fn derived_fields_follow_when_asked() {
        let item = front(ITEM);
        let (_, titled) = done(&Profile::builtin(), &text("title", "Wards, moved"), &item).unwrap();
        let (_, titled) = done(&Profile::builtin(), &text("relatedOfferings[1].label", "Ward View"), &titled).unwrap();
        let (_, after) = done(&Profile::builtin(), &Intent::Derive, &titled).unwrap();
        assert_eq!(
            changes(&titled, &after),
            [
                "aliases: '/news/wards-moved'",
                "relatedOfferings[1].permalink: '/offering/ward-view'",
                "slug: 'wardpost-example-wards-moved'"
            ]
        );
        let blank = front(&ITEM.replace("basePath: /news/", "basePath: ''"));
        let (expansion, _) = done(&Profile::builtin(), &Intent::Derive, &blank).unwrap();
        assert_eq!(expansion.left, ["aliases: a field that it follows has no value"]);
    }
}
