//! From an intent to the edits of one document.
//!
//! Here: fields, lists and the places of `same:`. Find and replace, copies and templates: `bulk`; topics and their linked lists: `topics`; derived fields: `derived`; the stamp of an
//! edit: `touch`.
//! All of it works on values; a document is needed only to get its value.

use std::time::SystemTime;

use super::bulk;
use super::derived::derive;
use super::reading::read;
use super::touch::touch;
use super::validate::check_typed;
use super::working::Working;
use super::{Intent, Kind, Profile};
use crate::content::{Document, Edit, FieldPath, FieldRef, Place, Refusal, Segment, Value};

/// What an intent means in one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expansion {
    /// The edits; none where it is so already.
    pub edits: Vec<Edit>,
    /// Linked lists and derived fields that were left alone, each with the reason.
    pub left: Vec<String>,
}

/// What `intent` means in `document`.
///
/// # Errors
/// A [`Refusal`] in a curator's words.
pub fn expand(profile: &Profile, intent: &Intent, document: &Document) -> Result<Expansion, Refusal> {
    if let Intent::Text { at, old, new } = intent {
        // It may be what repairs a front matter that does not parse: its value is not asked for.
        let edit = Edit::Text { at: *at, old: old.clone(), new: new.clone() };
        return Ok(Expansion { edits: vec![edit], left: Vec::new() });
    }
    let value = document.value().map_err(|e| Refusal::new(FieldPath::root(), e.to_string()))?;
    expand_value(profile, intent, &value, SystemTime::now())
}

/// What `intent` means where the front matter is `value`; `now` is stamped on the profile's `touch` field, if it has one.
///
/// # Errors
/// As [`expand`].
pub fn expand_value(profile: &Profile, intent: &Intent, value: &Value, now: SystemTime) -> Result<Expansion, Refusal> {
    let mut work = Working::new(profile, value);
    match intent {
        Intent::Set { field, value } => set(&mut work, field, |_, _| Ok(value.clone()))?,
        Intent::SetText { field, text } => set(&mut work, field, |work, path| read(profile, path, &work.value, text))?,
        Intent::Unset { field } => unset(&mut work, field)?,
        Intent::Append { field, value } => append(&mut work, field, value)?,
        Intent::RemoveEntry { field, value } => remove_entry(&mut work, field, value)?,
        Intent::Replace { field, pattern, with } => bulk::replace(&mut work, field, pattern, with)?,
        Intent::CopyFrom { field, from } => bulk::copy(&mut work, field, from)?,
        Intent::FromTemplate { field, template } => bulk::fill(&mut work, field, template)?,
        Intent::MoveEntry { field, value, nth, place } => move_entry(&mut work, field, value, *nth, place)?,
        Intent::AddTopic(topic) => work.add_topic(topic)?,
        Intent::RemoveTopic(topic) => work.remove_topic(topic)?,
        Intent::RenameTopic { old, new } => work.rename_topic(old, new)?,
        Intent::AddOffering(entry) => work.add_offering(entry)?,
        Intent::RemoveOffering(which) => work.remove_offering(which)?,
        Intent::ReplaceOffering { which, entry } => work.replace_offering(which, entry)?,
        Intent::RenameOffering { which, label } => work.rename_offering(which, label)?,
        Intent::Derive => derive(&mut work)?,
        // Only who knows the draft can make more of it.
        Intent::Decide { over, .. } => return Ok(Expansion { edits: over.clone(), left: Vec::new() }),
        Intent::Text { at, old, new } => {
            work.edits.push(Edit::Text { at: *at, old: old.clone(), new: new.clone() });
            return Ok(work.done());
        }
    }
    if intent.names_values() {
        work.offerings_topics_are_listed(value)?;
    }
    touch(&mut work, now)?;
    Ok(work.done())
}

/// The edits of an intent for a file that has changed since they were made. Most are made again as they are, by their old values.
/// What was said of topics and offerings is expanded anew: one added or removed by someone else never contradicts it, and only the
/// topics list itself tells which of two equal labels is whose.
///
/// # Errors
/// As [`expand`].
pub fn again(profile: &Profile, intent: &Intent, edits: &[Edit], document: &Document) -> Result<Expansion, Refusal> {
    let value = || document.value().map_err(|e| Refusal::new(FieldPath::root(), e.to_string()));
    let speaks_of_topics = match intent {
        intent if intent.is_made_anew() => true,
        Intent::Append { field, .. } | Intent::RemoveEntry { field, .. } | Intent::Replace { field, .. } => {
            let value = value()?;
            let work = Working::new(profile, &value);
            field.resolve_or_new(&value).is_some_and(|path| work.is_topics(&path))
        }
        _ => false,
    };
    if speaks_of_topics {
        return expand(profile, intent, document);
    }
    Ok(Expansion { edits: edits.to_vec(), left: Vec::new() })
}

/// A field gets the value that `new` makes of what stands there.
pub(super) fn set(
    work: &mut Working,
    field: &FieldRef,
    new: impl FnOnce(&Working, &FieldPath) -> Result<Value, Refusal>,
) -> Result<(), Refusal> {
    let path = place_of(field, &work.value)?;
    let new = new(work, &path)?;
    let old = work.value.at(&path).cloned();
    if old.as_ref() == Some(&new) {
        return Ok(());
    }
    if let Some(kind) = work.profile.strict_kind(&path) {
        // A text of the present kind has been accepted already; a number in quotes stays one.
        let accepted = new.scalar_text().is_some_and(|text| super::validate::check_value(kind, &text).is_ok());
        if !(accepted && same_kind(old.as_ref(), &new)) {
            check_typed(kind, &new).map_err(|reason| Refusal::new(path.clone(), reason))?;
        }
    }
    let followers = followers(work, &path, old.as_ref());
    work.set_any(&path, &new)?;
    followers.iter().try_for_each(|place| work.set(place, new.clone()))
}

fn same_kind(old: Option<&Value>, new: &Value) -> bool {
    old.is_some_and(|old| std::mem::discriminant(old) == std::mem::discriminant(new))
}

/// The places of `same:` that hold what the field held.
fn followers(work: &Working, path: &FieldPath, old: Option<&Value>) -> Vec<FieldPath> {
    let value = &work.value;
    let places = work.profile.same.iter().filter(|(key, _)| key.resolve(value).as_ref() == Some(path));
    let places = places.flat_map(|(_, places)| places).filter_map(|place| place.resolve(value));
    places.filter(|place| place != path && value.at(place) == old).collect()
}

/// The place a field names, existing or to be made.
fn place_of(field: &FieldRef, value: &Value) -> Result<FieldPath, Refusal> {
    if field.is_projection() {
        return Err(Refusal::new(
            FieldPath::root(),
            format!("`{field}` names many fields: name one, such as {}", field.text().replacen("[]", "[0]", 1)),
        ));
    }
    field.resolve_or_new(value).ok_or_else(|| {
        Refusal::new(
            FieldPath::root(),
            format!("`{field}` cannot be made: what it stands in is no map, or too short a list"),
        )
    })
}

fn unset(work: &mut Working, field: &FieldRef) -> Result<(), Refusal> {
    if field.is_projection() {
        place_of(field, &work.value)?;
    }
    let Some(path) = field.resolve(&work.value) else { return Ok(()) };
    if work.is_topics(&path) {
        work.remove_all_topics(&path)?;
    }
    match (work.topic_position(&path), path.split_last()) {
        (Some(at), _) => work.remove_topic_at(at),
        (None, Some((list, Segment::Index(at)))) => work.remove_at(&list, *at),
        (None, Some(_)) => work.unset(&path),
        (None, None) => Err(Refusal::new(path, "the whole front matter cannot be removed")),
    }
}

fn append(work: &mut Working, field: &FieldRef, entry: &Value) -> Result<(), Refusal> {
    let path = place_of(field, &work.value)?;
    if let (true, Value::Str(topic)) = (work.is_topics(&path), entry) {
        return work.add_topic(topic);
    }
    if let Some(kind @ (Kind::List | Kind::Topics)) = work.profile.strict_kind(&path) {
        let list = Value::Seq(vec![entry.clone()]);
        check_typed(kind, &list).map_err(|reason| Refusal::new(path.clone(), reason))?;
    }
    work.append(&path, entry.clone())
}

fn remove_entry(work: &mut Working, field: &FieldRef, entry: &Value) -> Result<(), Refusal> {
    let Some(path) = field.resolve(&work.value) else { return Ok(()) };
    if let (true, Value::Str(topic)) = (work.is_topics(&path), entry) {
        return work.remove_topic(topic);
    }
    match work.list(&path)?.iter().position(|item| item == entry) {
        Some(at) => work.remove_at(&path, at),
        None => Ok(()),
    }
}

fn move_entry(work: &mut Working, field: &FieldRef, entry: &Value, nth: usize, place: &Place) -> Result<(), Refusal> {
    let Some(path) = field.resolve(&work.value) else { return Ok(()) };
    let mut rest = work.list(&path)?.to_vec();
    let Some((from, _)) = rest.iter().enumerate().filter(|(_, item)| *item == entry).nth(nth) else { return Ok(()) };
    rest.remove(from);
    let to = match place {
        Place::Start => 0,
        Place::End => rest.len(),
        // Without the neighbour nobody knows where: it stays.
        Place::After(neighbour) => match rest.iter().rposition(|item| item == neighbour) {
            Some(at) => at + 1,
            None => return Ok(()),
        },
    };
    if work.is_topics(&path) { work.move_topic(from, to) } else { work.move_at(&path, from, to) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample::{ITEM, changes, done, front, get};

    fn text(field: &str, text: &str) -> Intent {
        Intent::SetText { field: field.parse().unwrap(), text: text.to_string() }
    }

    fn typed(field: &str, value: Value) -> Intent {
        Intent::Set { field: field.parse().unwrap(), value }
    }

    fn changed(intent: &Intent) -> Vec<String> {
        let item = front(ITEM);
        changes(&item, &done(&Profile::builtin(), intent, &item).unwrap().1)
    }

    fn plain() -> Profile {
        Profile::empty("inferred", super::super::Origin::Inferred)
    }

    #[test]
    fn a_title_takes_the_places_that_had_it_along() {
        let new = [
            "breadcrumbs[2]: 'New'",
            "featuredImage.alt: 'New'",
            "htmlMetaData.ogtitle: 'New'",
            "openGraphMetaData.ogtitle: 'New'",
            "title: 'New'",
            "twitterMetaData.twittertitle: 'New'",
        ];
        assert_eq!(changed(&text("title", "New")), new);
        let drifted = front(&ITEM.replace("ogtitle: A walk through the virtual ward,", "ogtitle: Another,"));
        let (_, after) = done(&Profile::builtin(), &text("title", "New"), &drifted).unwrap();
        assert_eq!(get(&after, "htmlMetaData.ogtitle"), Some("Another".into()));
        assert_eq!(get(&after, "breadcrumbs[-1]"), Some("New".into()));
    }

    #[test]
    fn a_place_set_by_itself_changes_alone_and_derived_fields_stay() {
        assert_eq!(changed(&text("featuredImage.alt", "A ward")), ["featuredImage.alt: 'A ward'"]);
    }

    #[test]
    fn a_text_keeps_the_kind_that_stands_there_where_it_reads_as_it() {
        assert_eq!(changed(&text("weight", "13")), ["weight: #13"]);
        assert_eq!(changed(&text("weight", "heavy")), ["weight: 'heavy'"]);
        assert_eq!(changed(&text("status", "no")), ["status: 'no'"]);
        assert_eq!(changed(&text("status", "2022")), ["status: '2022'"]);
        assert_eq!(changed(&text("featuredImage.valid", "false")), ["featuredImage.valid: !false"]);
        assert_eq!(changed(&text("featuredImage.valid", "no")), ["featuredImage.valid: 'no'"]);
        assert_eq!(changed(&text("date", "2023-03-06")), ["date: '2023-03-06'"]);
        assert_eq!(changed(&text("fresh.inner", "12")), ["fresh: {inner: '12'}"]);
        assert_eq!(changed(&text("date", "")), ["date: ''"]);
        assert_eq!(changed(&text("htmlMetaData.msvalidate.01", "x")), ["htmlMetaData.msvalidate.01: 'x'"]);
    }

    #[test]
    fn a_missing_field_gets_the_kind_that_the_profile_knows() {
        let item = front(&ITEM.replace("date: '2023-03-05'\n", "").replace("valid: true", "valid: null"));
        let set = |intent| changes(&item, &done(&Profile::builtin(), &intent, &item).unwrap().1);
        // In quotes, since the file's other date stands in quotes.
        assert_eq!(set(text("date", "2023-03-06")), ["date: '2023-03-06'"]);
        assert_eq!(set(text("featuredImage.valid", "true")), ["featuredImage.valid: !true"]);
        assert_eq!(set(text("featuredImage.valid", "yes")), ["featuredImage.valid: 'yes'"]);
        let bare = done(&Profile::builtin(), &text("categories", "Orbit: Nursing"), &front("{title: x}")).unwrap().1;
        assert_eq!(get(&bare, "categories[0]"), Some("Orbit: Nursing".into()));
        assert_eq!(get(&bare, "categoryLabel[0]"), Some("Nursing".into()));
    }

    #[test]
    fn a_field_of_an_entry_is_like_its_siblings() {
        let item = front("people: [{age: 36}, {age: null}, {}, {age: '7'}]");
        let set = |field: &str| get(&done(&plain(), &text(field, "55"), &item).unwrap().1, field);
        assert_eq!(set("people[2].age"), Some("55".into()), "as the last one that has it");
        let item = front("people: [{age: '7'}, {age: 36}, {age: null}]");
        assert_eq!(
            get(&done(&plain(), &text("people[2].age", "55"), &item).unwrap().1, "people[2].age"),
            Some(55.into())
        );
        assert_eq!(set("people[0].age"), Some(55.into()));
        assert_eq!(set("people[3].age"), Some("55".into()));
    }

    #[test]
    fn what_is_so_already_makes_no_edit() {
        for intent in [
            text("title", "A walk through the virtual ward"),
            text("weight", "12"),
            typed("htmlMetaData.msvalidate.01", Value::Null),
            Intent::Unset { field: "missing.field".parse().unwrap() },
            Intent::RemoveEntry { field: "author".parse().unwrap(), value: "Nobody".into() },
            Intent::Derive,
        ] {
            let item = front(ITEM);
            let expansion = expand_value(&Profile::builtin(), &intent, &item, SystemTime::now()).unwrap();
            assert_eq!(expansion, Expansion::default(), "{intent:?}");
        }
    }

    #[test]
    fn a_list_is_not_lost_to_a_text_and_a_field_that_cannot_be_is_told() {
        let refused = |intent| done(&plain(), &intent, &front(ITEM)).unwrap_err().to_string();
        assert!(refused(text("author", "Ada")).contains("author: is a list"));
        assert!(refused(text("link", "Ada")).contains("link: is a map"));
        assert!(refused(text("title.inner", "x")).contains("`title.inner` cannot be made"));
        assert!(refused(text("author[7]", "x")).contains("too short a list"));
        assert!(refused(text("relatedOfferings[].label", "x")).contains("relatedOfferings[0].label"));
        assert!(
            refused(Intent::Append { field: "title".parse().unwrap(), value: 1.into() }).contains("title: is no list")
        );
    }

    #[test]
    fn only_a_kind_of_a_profile_file_refuses() {
        let file = "extends: curated-content\nfields: {date: {kind: date}, weight: {kind: integer}, sub: {of: [brief, story]}}";
        let strict = Profile::from_yaml(file, ".curate.yaml").unwrap();
        let item = front(ITEM);
        for intent in [text("date", "soon"), text("weight", "1.5"), text("sub", "note"), typed("weight", "a".into())] {
            let refusal = done(&strict, &intent, &item).unwrap_err();
            assert!(!refusal.reason.is_empty());
            assert!(done(&Profile::builtin(), &intent, &item).is_ok(), "{intent:?}");
        }
        for intent in
            [text("date", "2023-01-01"), text("weight", "3"), text("sub", "story"), typed("date", Value::Null)]
        {
            assert!(done(&strict, &intent, &item).is_ok(), "{intent:?}");
        }
        assert_eq!(get(&done(&strict, &text("fresh", "x"), &item).unwrap().1, "fresh"), Some("x".into()));
    }

    #[test]
    fn lists_take_and_lose_entries_by_value() {
        let author = || "author".parse::<FieldRef>().unwrap();
        assert_eq!(
            changed(&Intent::Append { field: author(), value: "Ada".into() }),
            ["author: ['Mira Okafor' | 'Ada']"]
        );
        assert_eq!(
            changed(&Intent::Append { field: "keywords".parse().unwrap(), value: "x".into() }),
            ["keywords: ['x']"]
        );
        assert_eq!(changed(&Intent::RemoveEntry { field: author(), value: "Mira Okafor".into() }), ["author: []"]);
        assert_eq!(changed(&Intent::Unset { field: "breadcrumbs[0]".parse().unwrap() }).len(), 1);
        let front_of = Intent::MoveEntry {
            field: "breadcrumbs".parse().unwrap(),
            value: "News".into(),
            nth: 0,
            place: Place::Start,
        };
        assert_eq!(changed(&front_of), ["breadcrumbs[0]: 'News'", "breadcrumbs[1]: 'Home'"]);
    }

    #[test]
    fn a_whole_list_is_set_entry_by_entry() {
        let item = front("l: [a, b, c, d]\n");
        for new in
            [&["a", "x", "c", "d"][..], &["a", "d"], &["a", "b", "b", "c", "d"], &["d", "c"], &[], &["b", "a", "b"]]
        {
            let value = Value::Seq(new.iter().map(|e| Value::from(*e)).collect());
            let (expansion, after) = done(&plain(), &typed("l", value.clone()), &item).unwrap();
            assert_eq!(get(&after, "l"), Some(value));
            let path = FieldPath::key("l");
            let whole = expansion.edits.iter().any(|e| matches!(e, Edit::Set { path: p, .. } if *p == path));
            assert!(new.is_empty() || !whole || new.contains(&"b"), "{new:?}: {expansion:?}");
        }
    }
}
