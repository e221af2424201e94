//! From an intent to the edits of one document.
//!
//! Here: fields, lists, the places of `same:`, derived fields and the stamp of `touch`. Topics and their linked lists: `topics`.
//! All of it works on values; a document is needed only to get its value.

use std::time::SystemTime;

use super::reading::{date_like_its_siblings, read};
use super::validate::check_typed;
use super::working::Working;
use super::{Intent, Kind, Profile, Template};
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
        Intent::MoveEntry { field, value, nth, place } => move_entry(&mut work, field, value, *nth, place)?,
        Intent::AddTopic(topic) => work.add_topic(topic)?,
        Intent::RemoveTopic(topic) => work.remove_topic(topic)?,
        Intent::RenameTopic { old, new } => work.rename_topic(old, new)?,
        Intent::Derive => derive(&mut work)?,
        Intent::Text { at, old, new } => {
            work.edits.push(Edit::Text { at: *at, old: old.clone(), new: new.clone() });
            return Ok(work.done());
        }
    }
    touch(&mut work, now)?;
    Ok(work.done())
}

fn set(
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

fn derive(work: &mut Working) -> Result<(), Refusal> {
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

/// Stamps the time of an edit, in the form that the field has.
fn touch(work: &mut Working, now: SystemTime) -> Result<(), Refusal> {
    let Some(path) = work.profile.touch.as_ref().and_then(|field| field.resolve_or_new(&work.value)) else {
        return Ok(());
    };
    if work.edits.is_empty() || work.edits.iter().any(|edit| edit.place().holds(&path) && !edit.place().is_root()) {
        return Ok(());
    }
    let old = work.value.at(&path);
    let only_day = old.and_then(Value::scalar_text).is_some_and(|text| text.len() == "2022-09-23".len());
    let mut stamp = timestamp(now);
    if only_day {
        stamp.truncate("2022-09-23".len());
    }
    let new = match old {
        Some(Value::Date(_)) => Value::Date(stamp),
        Some(Value::Null) | None => date_like_its_siblings(&work.value, stamp),
        Some(_) => Value::Str(stamp),
    };
    work.set(&path, new)
}

/// `2022-09-23T10:19:10Z`.
fn timestamp(now: SystemTime) -> String {
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Howard Hinnant's civil_from_days, for days since 1970.
    let z = days + 719_468;
    let (era, doe) = (z / 146_097, z % 146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + u64::from(month <= 2);
    let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
}
