//! Intents that read before they write: find and replace, copying from another field, filling a template.
//!
//! Here: the new value of one field of one document. Not here: finding the places in a text (`pattern`), and telling a curator beforehand
//! (`foresee`).

use super::Template;
use super::expand::set;
use super::pattern::Pattern;
use super::reading::read;
use super::working::Working;
use crate::content::{FieldPath, FieldRef, Refusal, Value};

/// In every text of the field, what `pattern` finds becomes `with`.
pub(super) fn replace(work: &mut Working, field: &FieldRef, pattern: &str, with: &str) -> Result<(), Refusal> {
    let pattern = Pattern::of(pattern)
        .and_then(|pattern| pattern.check(with).map(|()| pattern))
        .map_err(|error| Refusal::new(FieldPath::root(), format!("the pattern cannot be used: {error}")))?;
    for path in places(field, &work.value) {
        if work.is_topics(&path) {
            replace_topics(work, &path, &pattern, with)?;
        } else if let Some(new) = replaced(work, &path, &pattern, with)? {
            set(work, &FieldRef::from(&path), |_, _| Ok(new))?;
        }
    }
    Ok(())
}

/// Topic by topic, so that the linked lists follow. From the end: one that becomes another the item has already goes.
fn replace_topics(work: &mut Working, path: &FieldPath, pattern: &Pattern, with: &str) -> Result<(), Refusal> {
    for at in (0..work.list(path)?.len()).rev() {
        let topic = work.list(path)?.get(at).and_then(Value::scalar_text).unwrap_or_default();
        if let Some(new) = pattern.replace(&topic, with) {
            work.rename_topic_at(at, &new.text)?;
        }
    }
    Ok(())
}

/// The value with its texts replaced; `None` where nothing is found. A number stays one where the new text reads as one.
fn replaced(work: &Working, path: &FieldPath, pattern: &Pattern, with: &str) -> Result<Option<Value>, Refusal> {
    let Some(present) = work.value.at(path) else { return Ok(None) };
    let text = |value: &Value| pattern.replace(&value.scalar_text()?, with).map(|new| new.text);
    match present {
        Value::Null => Ok(None),
        Value::Map(_) => Err(Refusal::new(path.clone(), "is a map: name one of its fields")),
        Value::Seq(entries) => {
            let mut new = entries.clone();
            for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !matches!(entry, Value::Null)) {
                if let Some(text) = text(entry) {
                    new[at] = read(work.profile, &path.index(at), &work.value, &text)?;
                }
            }
            Ok((new != *entries).then_some(Value::Seq(new)))
        }
        scalar => text(scalar).map(|text| read(work.profile, path, &work.value, &text)).transpose(),
    }
}

/// The places a field names: one, or with `[]` one in each entry. Nothing where it names nothing.
pub(super) fn places(field: &FieldRef, value: &Value) -> Vec<FieldPath> {
    let Some((list, rest)) = field.text().split_once("[]") else { return field.resolve(value).into_iter().collect() };
    let Some(path) = list.parse::<FieldRef>().ok().and_then(|list| list.resolve(value)) else { return Vec::new() };
    let count = value.at(&path).and_then(Value::as_seq).map_or(0, <[Value]>::len);
    let entries = (0..count).filter_map(|at| format!("{}{rest}", path.index(at)).parse::<FieldRef>().ok());
    entries.flat_map(|entry| places(&entry, value)).collect()
}

/// The field gets what another one holds. Nothing there, a null or a blank: nothing to copy, and the field stays as it is.
pub(super) fn copy(work: &mut Working, field: &FieldRef, from: &FieldRef) -> Result<(), Refusal> {
    if from.is_projection() {
        let reason = format!("`{from}` names many fields: name one, such as {}", from.text().replacen("[]", "[0]", 1));
        return Err(Refusal::new(FieldPath::root(), reason));
    }
    let source = from.resolve(&work.value).and_then(|path| work.value.at(&path)).cloned();
    let Some(source) = source.filter(has_something) else { return Ok(()) };
    set(work, field, |work, path| match (work.value.at(path), source.scalar_text()) {
        // Into a field that has a value, its kind is kept where the text reads as it, as when it is typed.
        (Some(present), Some(text)) if *present != Value::Null => read(work.profile, path, &work.value, &text),
        (Some(present), None) if present.is_scalar() && has_something(present) => Err(Refusal::new(
            path.clone(),
            format!("is one value, and {from} holds several: name one, as in {from}[0]"),
        )),
        _ => Ok(source),
    })
}

fn has_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Str(text) => !text.trim().is_empty(),
        Value::Seq(entries) => !entries.is_empty(),
        Value::Map(entries) => !entries.is_empty(),
        _ => true,
    }
}

/// The field gets a template's text, filled from this document.
pub(super) fn fill(work: &mut Working, field: &FieldRef, template: &Template) -> Result<(), Refusal> {
    for name in template.names() {
        let found = name.parse::<FieldRef>().ok().and_then(|name| name.resolve(&work.value));
        let value = found.and_then(|path| work.value.at(&path));
        if value.and_then(Value::scalar_text).is_none_or(|text| text.trim().is_empty()) {
            return Err(Refusal::new(
                FieldPath::root(),
                format!("the template asks for {name}, which has no text here"),
            ));
        }
    }
    let lookup = |name: &str| work.value.at(&name.parse::<FieldRef>().ok()?.resolve(&work.value)?)?.scalar_text();
    let text = template.render(lookup).unwrap_or_default();
    set(work, field, |work, path| read(work.profile, path, &work.value, &text))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{ITEM, changes, done, front, get};
    use crate::content::Value;
    use crate::profile::{Intent, Profile};

    fn replace(field: &str, pattern: &str, with: &str) -> Intent {
        Intent::Replace { field: field.parse().unwrap(), pattern: pattern.into(), with: with.into() }
    }

    fn copy(field: &str, from: &str) -> Intent {
        Intent::CopyFrom { field: field.parse().unwrap(), from: from.parse().unwrap() }
    }

    fn template(field: &str, template: &str) -> Intent {
        Intent::FromTemplate { field: field.parse().unwrap(), template: template.parse().unwrap() }
    }

    fn changed(intent: &Intent) -> Vec<String> {
        let item = front(ITEM);
        changes(&item, &done(&Profile::builtin(), intent, &item).unwrap().1)
    }

    fn refused(intent: &Intent) -> String {
        done(&Profile::builtin(), intent, &front(ITEM)).unwrap_err().to_string()
    }

    #[test]
    fn what_is_found_is_replaced_and_the_places_of_same_follow() {
        let new = changed(&replace("title", "(?i)virtual ward", "ward at home"));
        assert_eq!(new.len(), 6, "{new:?}");
        assert!(new.contains(&"title: 'A walk through the ward at home'".to_string()), "{new:?}");
        assert!(changed(&replace("title", "nothing like it", "x")).is_empty());
        assert!(changed(&replace("no.such.field", ".*", "x")).is_empty());
        assert!(changed(&replace("htmlMetaData.msvalidate.01", ".*", "x")).is_empty());
    }

    #[test]
    fn numbers_stay_numbers_and_flags_flags_where_the_new_text_reads_so() {
        assert_eq!(changed(&replace("weight", "1", "4")), ["weight: #42"]);
        assert_eq!(changed(&replace("weight", "12", "twelve")), ["weight: 'twelve'"]);
        assert_eq!(changed(&replace("featuredImage.valid", "true", "false")), ["featuredImage.valid: !false"]);
        assert_eq!(changed(&replace("date", "2023", "2024")), ["date: '2024-03-05'"]);
    }

    #[test]
    fn in_a_list_every_text_is_looked_at_and_in_a_list_of_entries_one_field_of_each() {
        assert_eq!(changed(&replace("author", "Mira (.*)", "$1, Mira")), ["author[0]: 'Okafor, Mira'"]);
        let offerings = changed(&replace("relatedOfferings[].permalink", "^/offering/", "/o/"));
        let expected =
            ["relatedOfferings[0].permalink: '/o/night-owls-rota'", "relatedOfferings[1].permalink: '/o/wardview'"];
        assert_eq!(offerings, expected);
        assert!(refused(&replace("link", "a", "b")).contains("name one of its fields"));
    }

    #[test]
    fn on_topics_the_linked_lists_follow() {
        assert_eq!(changed(&replace("categories", "^Orbit: ", "Comet: ")).len(), 4);
        let item = front(ITEM);
        let (_, after) = done(&Profile::builtin(), &replace("categories", "^Orbit: ", "Comet: "), &item).unwrap();
        assert_eq!(get(&after, "categoryUrl[1]"), Some("topic/comet-nursing".into()));
        assert_eq!(get(&after, "openProjectCustomFields.medigyTopics[1]"), Some("Comet: Nursing".into()));
        let all = replace("categories", "^.*$", "Comet: All");
        let (_, one) = done(&Profile::builtin(), &all, &item).unwrap();
        assert_eq!(get(&one, "categories"), Some(Value::Seq(vec!["Comet: All".into()])));
        assert_eq!(get(&one, "categoryLabel"), Some(Value::Seq(vec!["All".into()])));
        assert!(refused(&replace("categories", "^.*$", "")).contains("a topic needs a name"));
    }

    #[test]
    fn topics_that_are_cleared_or_removed_take_their_linked_lists_along() {
        for intent in [
            Intent::Set { field: "categories".parse().unwrap(), value: Value::Null },
            Intent::Unset { field: "categories".parse().unwrap() },
        ] {
            let (_, after) = done(&Profile::builtin(), &intent, &front(ITEM)).unwrap();
            for list in ["categorySlug", "categoryUrl", "categoryLabel", "openProjectCustomFields.medigyTopics"] {
                assert_eq!(get(&after, list), Some(Value::Seq(vec![])), "{list}");
            }
            assert!(matches!(get(&after, "categories"), None | Some(Value::Null)));
        }
    }

    #[test]
    fn a_copy_takes_the_value_and_keeps_the_kind_that_is_there() {
        assert_eq!(changed(&copy("featuredImage.alt", "slug")).len(), 1);
        assert_eq!(changed(&copy("fresh", "author")), ["fresh: ['Mira Okafor']"]);
        assert_eq!(changed(&copy("fresh", "weight")), ["fresh: #12"]);
        assert_eq!(changed(&copy("slug", "weight")), ["slug: '12'"]);
        for nothing in ["missing", "status", "htmlMetaData.msvalidate.01", "relatedOfferings[1].categories"] {
            assert!(changed(&copy("slug", nothing)).is_empty(), "{nothing}");
        }
        assert!(refused(&copy("slug", "author")).contains("author[0]"));
        assert!(refused(&copy("slug", "relatedOfferings[].label")).contains("relatedOfferings[0].label"));
        assert!(refused(&copy("author", "slug")).contains("is a list"));
    }

    #[test]
    fn a_template_is_filled_from_the_item_or_refused() {
        assert_eq!(
            changed(&template("slug", "{link.brand|brand}-{title|slug}-{weight}")),
            ["slug: 'wardpost.example-a-walk-through-the-virtual-ward-12'"]
        );
        assert_eq!(changed(&template("weight", "{weight}0")), ["weight: #120"]);
        assert!(refused(&template("slug", "{status}")).contains("asks for status, which has no text here"));
        assert!(refused(&template("slug", "{nobody}")).contains("asks for nobody"));
    }

    #[test]
    fn a_pattern_that_came_from_elsewhere_and_does_not_compile_is_refused_in_words() {
        assert!(refused(&replace("title", "(", "x")).contains("at character 1: unclosed group"));
        assert!(refused(&replace("title", "a", "$7")).contains("no group `7`"));
    }

    #[test]
    fn a_kind_named_in_a_profile_file_can_refuse_what_comes_out() {
        let text = "extends: curated-content\nfields:\n  weight: {kind: integer}\n  sub: {kind: choice, of: [brief]}\n";
        let profile = Profile::from_yaml(text, ".curate.yaml").unwrap();
        let item = front(ITEM);
        for intent in [replace("weight", "1", "x"), copy("weight", "title"), template("sub", "{title}")] {
            assert!(done(&profile, &intent, &item).is_err(), "{intent:?}");
        }
        assert!(done(&profile, &replace("weight", "1", "3"), &item).is_ok());
    }
}
