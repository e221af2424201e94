//! What an intent will do to one field of one item, told before it is done.
//!
//! Pure: it expands the intent over the item's value as the real thing does, and looks at the field before and after. Not here: that the
//! file's text takes the edits (only making them shows it), and any reading of files.

use std::ops::Range;

use super::bulk::places;
use super::expand::expand_value;
use super::pattern::Pattern;
use super::{Intent, Kind, Profile};
use crate::content::edit::apply_to_value;
use crate::content::{FieldPath, FieldRef, Segment, Value};

/// What will happen to the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreseen {
    /// It is so already, or there is nothing to do.
    Same,
    Changes(Change),
    /// Why it cannot be.
    Refuses(String),
}

/// The field before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub old: Side,
    pub new: Side,
    /// How many places were found; 1 where nothing is looked for.
    pub hits: usize,
}

/// A value as one text, and where in it (in bytes) something goes or comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    pub text: String,
    pub hits: Vec<Range<usize>>,
}

/// A field that an item has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldUse {
    pub field: FieldRef,
    pub kind: Kind,
    /// In how many of the items that were looked at it stands.
    pub count: usize,
}

/// What stands between the entries of a list.
const BETWEEN: &str = " · ";

/// What `intent` will do to `field` where the front matter is `value`.
pub fn foresee(profile: &Profile, field: &FieldRef, intent: &Intent, value: &Value) -> Foreseen {
    let expansion = match expand_value(profile, intent, value, std::time::SystemTime::now()) {
        Ok(expansion) => expansion,
        Err(refusal) => return Foreseen::Refuses(refusal.to_string()),
    };
    let mut after = value.clone();
    if let Err(misfit) = apply_to_value(&mut after, &expansion.edits) {
        return Foreseen::Refuses(misfit.to_string());
    }
    let of = |value: &Value| places(field, value).iter().filter_map(|path| value.at(path)).cloned().collect();
    let (old, new): (Vec<Value>, Vec<Value>) = (of(value), of(&after));
    if old == new {
        return Foreseen::Same;
    }
    Foreseen::Changes(change(intent, &old, &new))
}

fn change(intent: &Intent, old: &[Value], new: &[Value]) -> Change {
    if let Intent::Replace { pattern, with, .. } = intent
        && let Ok(pattern) = Pattern::of(pattern)
    {
        return found(&pattern, with, old);
    }
    let (old, new) = (joined(&texts(old)), joined(&texts(new)));
    let (old_hit, new_hit) = differing(&old, &new);
    let side = |text, hit: Range<usize>| Side { text, hits: if hit.is_empty() { Vec::new() } else { vec![hit] } };
    Change { old: side(old, old_hit), new: side(new, new_hit), hits: 1 }
}

/// Every place that the pattern finds, and what comes there.
fn found(pattern: &Pattern, with: &str, old: &[Value]) -> Change {
    let (mut before, mut after, mut hits) = (Side::default(), Side::default(), 0);
    for (at, text) in texts(old).into_iter().enumerate() {
        if at > 0 {
            before.text.push_str(BETWEEN);
            after.text.push_str(BETWEEN);
        }
        let replaced = pattern.replace(&text, with);
        hits += replaced.as_ref().map_or(0, |r| r.old.len());
        let (from, to) = (before.text.len(), after.text.len());
        before.text.push_str(&text);
        match replaced {
            None => after.text.push_str(&text),
            Some(new) => {
                before.hits.extend(new.old.iter().map(|r| r.start + from..r.end + from));
                after.hits.extend(new.new.iter().map(|r| r.start + to..r.end + to));
                after.text.push_str(&new.text);
            }
        }
    }
    Change { old: before, new: after, hits }
}

/// The texts that values hold, one for each entry of a list.
fn texts(values: &[Value]) -> Vec<String> {
    values.iter().flat_map(entries).collect()
}

fn entries(value: &Value) -> Vec<String> {
    match value {
        Value::Seq(items) => items.iter().flat_map(entries).collect(),
        Value::Map(items) => vec![format!("{{{} fields}}", items.len())],
        Value::Null => vec!["null".to_string()],
        scalar => vec![scalar.scalar_text().unwrap_or_default()],
    }
}

fn joined(texts: &[String]) -> String {
    texts.join(BETWEEN)
}

/// What lies between the common start and the common end of two texts.
fn differing(old: &str, new: &str) -> (Range<usize>, Range<usize>) {
    let start: usize = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let tails = old[start..].chars().rev().zip(new[start..].chars().rev());
    let end: usize = tails.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    (start..old.len() - end, start..new.len() - end)
}

/// The fields whose values decide what `intent` does to `field`.
pub fn reads(field: &FieldRef, intent: &Intent) -> Vec<FieldRef> {
    let mut fields = vec![field.clone()];
    match intent {
        Intent::CopyFrom { from, .. } => fields.push(from.clone()),
        Intent::FromTemplate { template, .. } => fields.extend(template.names().filter_map(|name| name.parse().ok())),
        _ => {}
    }
    fields
}

/// A front matter with those of its keys that `fields` stand in: ten thousand of them fit into memory.
pub fn pruned(value: &Value, fields: &[FieldRef]) -> Value {
    let first = |field: &FieldRef| {
        let path = places(field, value).into_iter().next().or_else(|| field.resolve_or_new(value));
        path.and_then(|path| path.segments().first().cloned())
    };
    let wanted: Vec<Segment> = fields.iter().filter_map(first).collect();
    match value {
        Value::Map(entries) => {
            let is_wanted = |key: &String| wanted.iter().any(|s| matches!(s, Segment::Key(known) if known == key));
            Value::Map(entries.iter().filter(|(key, _)| is_wanted(key)).cloned().collect())
        }
        other => other.clone(),
    }
}

/// Adds the fields of one item to those that are known, in the order in which they are met.
pub fn take_fields(known: &mut Vec<FieldUse>, profile: &Profile, value: &Value) {
    collect(known, profile, value, &FieldPath::root());
}

fn collect(known: &mut Vec<FieldUse>, profile: &Profile, value: &Value, path: &FieldPath) {
    let Value::Map(entries) = value else { return };
    for (key, child) in entries {
        let place = path.then(key.as_str());
        match child {
            Value::Map(inner) if !inner.is_empty() => collect(known, profile, child, &place),
            Value::Seq(items) if items.iter().any(|item| matches!(item, Value::Map(_))) => {
                let keys =
                    items.iter().filter_map(|item| if let Value::Map(inner) = item { Some(inner) } else { None });
                for (key, entry) in keys.flatten() {
                    let name = FieldPath::key(key.as_str());
                    count(known, &format!("{place}[].{name}"), Kind::of(entry));
                }
            }
            _ => count(known, &place.to_string(), profile.kind_of(&place, child)),
        }
    }
}

fn count(known: &mut Vec<FieldUse>, name: &str, kind: Kind) {
    match known.iter_mut().find(|one| one.field.text() == name) {
        Some(one) => {
            // What is null says nothing of its kind, but a list says that it is one.
            if matches!(kind, Kind::List | Kind::Topics) {
                one.kind = kind;
            }
            one.count += 1;
        }
        None => known.extend(name.parse().ok().map(|field| FieldUse { field, kind, count: 1 })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample::{ITEM, front};

    fn of(field: &str, intent: &Intent) -> Foreseen {
        let field: FieldRef = field.parse().unwrap();
        let (profile, item) = (Profile::builtin(), front(ITEM));
        let whole = foresee(&profile, &field, intent, &item);
        let less = pruned(&item, &reads(&field, intent));
        assert_eq!(foresee(&profile, &field, intent, &less), whole, "what is read tells all");
        whole
    }

    fn replace(field: &str, pattern: &str, with: &str) -> Intent {
        Intent::Replace { field: field.parse().unwrap(), pattern: pattern.into(), with: with.into() }
    }

    fn hits(side: &Side) -> Vec<&str> {
        side.hits.iter().map(|range| &side.text[range.clone()]).collect()
    }

    #[test]
    fn the_places_that_are_found_and_what_comes_there_are_shown() {
        let Foreseen::Changes(change) = of("title", &replace("title", "w(a)", "W$1")) else { panic!("it changes") };
        assert_eq!(change.new.text, "A Walk through the virtual Ward");
        assert_eq!((hits(&change.old), hits(&change.new), change.hits), (vec!["wa", "wa"], vec!["Wa", "Wa"], 2));
        let Foreseen::Changes(change) = of("categories", &replace("categories", "^Orbit", "Comet")) else {
            panic!("it changes")
        };
        assert_eq!(change.new.text, "Plain Subject Words (PSW): Virtual Care · Comet: Nursing");
        assert_eq!((hits(&change.old), hits(&change.new)), (vec!["Orbit"], vec!["Comet"]));
        assert_eq!(of("title", &replace("title", "zzz", "x")), Foreseen::Same);
    }

    #[test]
    fn of_all_else_what_differs_is_shown_and_refusals_say_why() {
        let field = || "status".parse().unwrap();
        let set = Intent::SetText { field: field(), text: "approved".into() };
        let Foreseen::Changes(change) = of("status", &set) else { panic!("it changes") };
        assert_eq!((change.old.text.as_str(), hits(&change.new)), ("", vec!["approved"]));
        let append = Intent::Append { field: "categories".parse().unwrap(), value: "Orbit: Sleep".into() };
        let Foreseen::Changes(change) = of("categories", &append) else { panic!("it changes") };
        assert_eq!(hits(&change.new), [" · Orbit: Sleep"]);
        let list = Intent::SetText { field: "author".parse().unwrap(), text: "x".into() };
        assert!(matches!(of("author", &list), Foreseen::Refuses(reason) if reason.contains("is a list")));
        let slug = Intent::FromTemplate { field: "slug".parse().unwrap(), template: "{title|slug}".parse().unwrap() };
        assert!(matches!(of("slug", &slug), Foreseen::Changes(_)));
        let copy =
            Intent::CopyFrom { field: "featuredImage.alt".parse().unwrap(), from: "link.brand".parse().unwrap() };
        assert!(matches!(of("featuredImage.alt", &copy), Foreseen::Changes(_)));
        let unset = Intent::Unset { field: "htmlMetaData.msvalidate.01".parse().unwrap() };
        assert!(matches!(of("htmlMetaData.msvalidate.01", &unset), Foreseen::Changes(_)));
    }

    #[test]
    fn every_field_in_use_is_listed_with_its_kind() {
        let mut known = Vec::new();
        take_fields(&mut known, &Profile::builtin(), &front(ITEM));
        take_fields(&mut known, &Profile::builtin(), &front("{weight: 3, featuredImage: {}}"));
        let kind = |name: &str| known.iter().find(|k| k.field.text() == name).map(|k| (k.kind.clone(), k.count));
        assert_eq!(kind("categories"), Some((Kind::Topics, 1)));
        assert_eq!(kind("weight"), Some((Kind::Integer, 2)));
        assert_eq!(kind("featuredImage.alt"), Some((Kind::Line, 1)));
        assert_eq!(kind("relatedOfferings[].label"), Some((Kind::Line, 2)));
        assert_eq!(kind("htmlMetaData.\"msvalidate.01\""), Some((Kind::Line, 1)));
        assert!(kind("link").is_none() && kind("featuredImage").is_some());
    }
}
