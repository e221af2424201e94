//! Findings about one item: what does not agree with the profile, where, and the intents that mend it.
//!
//! Here: what one front matter (and the text of its body) shows by itself. Not here: what needs the whole library (duplicate
//! links, near-duplicate titles, dead references): that is `library::survey`.

use super::derived::{derived, follows};
use super::description;
pub use super::finding::{Finding, FindingBits, FindingKind};
use super::finding::{finding, set};
use super::meaning::names;
use super::topics::linked_entry;
use super::validate::{check_typed, check_value};
use super::{FieldRule, Intent, Kind, Origin, Profile, Template};
use crate::content::{FieldPath, FieldRef, Value};

/// What is found in one item, in the order of [`FindingKind::ALL`]. Without the text of the body, kinds that need it are left out.
pub fn findings(profile: &Profile, value: &Value, body_text: Option<&str>) -> Vec<Finding> {
    look(profile, value, || body_text.map(str::to_string)).0
}

/// What is found in one item, and what its row keeps of it. `body_text` is asked only where the description calls for it.
pub fn looked(profile: &Profile, value: &Value, body_text: impl FnOnce() -> String) -> (Vec<Finding>, FindingBits) {
    let (found, drifts) = look(profile, value, || Some(body_text()));
    let bits = FindingBits::of(&found, drifts);
    (found, bits)
}

/// The bits of what is found in one item. `body_text` is asked only where the description calls for it.
pub fn bits(profile: &Profile, value: &Value, body_text: impl FnOnce() -> String) -> FindingBits {
    looked(profile, value, body_text).1
}

/// What is found, and which groups of fields are out of step ([`Profile::steps`]).
fn look(profile: &Profile, value: &Value, body_text: impl FnOnce() -> Option<String>) -> (Vec<Finding>, Vec<usize>) {
    let (mut found, mut drifts) = (Vec::new(), Vec::new());
    linked(profile, value, &mut found);
    if !found.is_empty() {
        drifts.push(0);
    }
    for (at, (field, places)) in profile.same.iter().enumerate() {
        let before = found.len();
        same(field, places, value, &mut found);
        if found.len() > before {
            drifts.push(at + 1);
        }
    }
    not_derived(profile, value, &mut found);
    if description::may_be_cut(value)
        && let Some(body) = body_text()
    {
        found.extend(description::cut(profile, value, &body));
    }
    found.extend(no_topics(profile, value));
    required(profile, value, &mut found);
    prohibited(profile, value, &mut found);
    rules(profile, value, &mut found);
    (found, drifts)
}

/// Null, `''`, blanks or `[]`.
fn is_blank(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::Str(text)) => text.trim().is_empty(),
        Some(Value::Seq(items)) => items.is_empty(),
        Some(_) => false,
    }
}

/// The topics of an item as text; `None` where the field holds something else.
fn topics(profile: &Profile, value: &Value) -> Option<Vec<String>> {
    let path = profile.topics.as_ref()?.field.resolve_or_new(value)?;
    match value.at(&path) {
        found if is_blank(found) => Some(Vec::new()),
        Some(Value::Seq(items)) => items.iter().map(Value::scalar_text).collect(),
        _ => None,
    }
}

fn linked(profile: &Profile, value: &Value, found: &mut Vec<Finding>) {
    let (Some(rule), Some(topics)) = (&profile.topics, topics(profile, value)) else { return };
    for (field, template) in &rule.linked {
        let Some(path) = field.resolve_or_new(value) else { continue };
        let should: Option<Vec<String>> = topics.iter().map(|topic| linked_entry(template, topic, value)).collect();
        let Some(should) = should else { continue };
        list_drift(&rule.field, value.at(&path), &path, &should, found);
    }
}

fn list_drift(topics: &FieldRef, now: Option<&Value>, path: &FieldPath, should: &[String], found: &mut Vec<Finding>) {
    let whole = || Value::Seq(should.iter().map(|entry| Value::from(entry.as_str())).collect());
    let mut drift = |path: &FieldPath, message: String, new: Value| {
        found.push(finding(FindingKind::Drift, path, message, set(path, new)));
    };
    let entries = match now {
        now if is_blank(now) && should.is_empty() => return,
        None => return drift(path, format!("is missing, while {topics} has {}", should.len()), whole()),
        Some(Value::Null) => &[][..],
        Some(Value::Seq(entries)) => entries,
        Some(_) => return drift(path, format!("is no list, while {topics} has {}", should.len()), whole()),
    };
    if entries.len() != should.len() {
        let message = format!("has {} entries, while {topics} has {}", entries.len(), should.len());
        return drift(path, message, whole());
    }
    for (at, (entry, should)) in entries.iter().zip(should).enumerate() {
        if entry.scalar_text().as_deref() != Some(should) {
            let now = entry.scalar_text().unwrap_or_default();
            let message = format!("`{now}` does not follow {topics}[{at}]: it should be `{should}`");
            drift(&path.index(at), message, should.as_str().into());
        }
    }
}

/// Places that are blank say nothing, and so do not contradict.
fn same(field: &FieldRef, places: &[FieldRef], value: &Value, found: &mut Vec<Finding>) {
    let truth = field.resolve(value).and_then(|path| value.at(&path)).filter(|t| !is_blank(Some(t)));
    let Some(truth) = truth else { return };
    for place in places.iter().filter_map(|place| place.resolve(value)) {
        let now = value.at(&place);
        if now != Some(truth) && !is_blank(now) {
            let message = format!("differs from {field}");
            found.push(finding(FindingKind::Drift, &place, message, set(&place, truth.clone())));
        }
    }
}

fn not_derived(profile: &Profile, value: &Value, found: &mut Vec<Finding>) {
    for (path, should) in derived(profile, value) {
        let (Some(should), Some(now)) = (should, value.at(&path)) else { continue };
        if follows(now, &should) {
            continue;
        }
        let message = format!("does not follow: it should be `{should}`");
        let fix = match now {
            Value::Seq(items) if items.len() == 1 => set(&path.index(0), should.into()),
            Value::Seq(items) if items.is_empty() => set(&path, Value::Seq(vec![should.into()])),
            Value::Seq(_) | Value::Map(_) => None,
            _ => set(&path, should.into()),
        };
        found.push(finding(FindingKind::Derived, &path, message, fix));
    }
}

/// An inferred profile does not know whether every item needs a topic.
fn no_topics(profile: &Profile, value: &Value) -> Option<Finding> {
    let rule = profile.topics.as_ref().filter(|_| profile.origin != Origin::Inferred)?;
    let path = rule.field.resolve_or_new(value)?;
    is_blank(value.at(&path)).then(|| finding(FindingKind::Topics, &path, "has no topic".to_string(), None))
}

fn required(profile: &Profile, value: &Value, found: &mut Vec<Finding>) {
    let topics = profile.topics.as_ref().filter(|_| profile.origin != Origin::Inferred).map(|t| &t.field);
    for field in profile.required.iter().filter(|field| Some(*field) != topics) {
        let path = field.resolve(value);
        let now = path.as_ref().and_then(|path| value.at(path));
        if is_blank(now) {
            let what = if now.is_none() { "is missing" } else { "is blank" };
            let path = path.or_else(|| field.resolve_or_new(value)).unwrap_or_else(|| FieldPath::key(field.text()));
            found.push(finding(FindingKind::Required, &path, what.to_string(), None));
        }
    }
}

fn prohibited(profile: &Profile, value: &Value, found: &mut Vec<Finding>) {
    for path in profile.prohibited.iter().filter_map(|field| field.resolve(value)) {
        let fix = Some(vec![Intent::Unset { field: FieldRef::from(&path) }]);
        found.push(finding(FindingKind::Prohibited, &path, "must not be there".to_string(), fix));
    }
}

/// Kinds and lengths. What was inferred from some items is no rule for the others.
fn rules(profile: &Profile, value: &Value, found: &mut Vec<Finding>) {
    let mut wrong = Vec::new();
    let mut long = Vec::new();
    for rule in &profile.fields {
        let Some(path) = rule.field.resolve(value) else { continue };
        let Some(now) = value.at(&path).filter(|now| !is_blank(Some(now))) else { continue };
        if rule.strict || profile.origin != Origin::Inferred {
            wrong.extend(wrong_kind(rule, &path, now));
        }
        let length = now.as_str().map_or(0, |text| text.chars().count());
        if let Some(max) = rule.max.filter(|max| length > *max) {
            let message = format!("is {length} characters long, {} too many", length - max);
            long.push(finding(FindingKind::Length, &path, message, None));
        }
    }
    let named = |path: &FieldPath| profile.fields.iter().any(|rule| names(&rule.field, path) && rule.kind.is_some());
    if let Some(path) = profile.topics.as_ref().and_then(|t| t.field.resolve(value)).filter(|path| !named(path))
        && topics(profile, value).is_none()
    {
        wrong.push(finding(FindingKind::Kind, &path, "is no list of topics".to_string(), None));
    }
    found.extend(wrong);
    found.extend(long);
}

fn wrong_kind(rule: &FieldRule, path: &FieldPath, now: &Value) -> Option<Finding> {
    let kind = rule.kind.as_ref()?;
    // A choice of the built-in profile is an offer.
    if !rule.strict && matches!(kind, Kind::Choice(_)) {
        return None;
    }
    let reason = check_typed(kind, now).err()?;
    let reads = now.scalar_text().and_then(|text| check_value(kind, &text).ok());
    let fix = reads.filter(|new| new.is_scalar()).and_then(|new| set(path, new));
    let message = format!("is of another kind: {reason}");
    Some(finding(FindingKind::Kind, path, message, fix))
}

impl Profile {
    /// The groups of fields that are kept in step: the topics with their linked lists first, then each value with its places. Where a
    /// group stands is the number of its bit ([`FindingBits::drifts`]).
    pub fn steps(&self) -> Vec<Vec<FieldRef>> {
        let linked = |t: &super::TopicsRule| t.linked.iter().map(|(field, _)| field.clone()).collect::<Vec<_>>();
        let topics = self.topics.as_ref().map_or_else(Vec::new, |t| [vec![t.field.clone()], linked(t)].concat());
        let same = self.same.iter().map(|(field, places)| [std::slice::from_ref(field), places].concat());
        std::iter::once(topics).chain(same).collect()
    }

    /// The template that a linked list follows, for showing what an entry should be.
    pub fn linked_template(&self, field: &FieldRef) -> Option<&Template> {
        self.topics.as_ref()?.linked.iter().find(|(known, _)| known == field).map(|(_, template)| template)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::sample::{ITEM, changes, done, front, get};

    fn found(profile: &Profile, item: &Value, body: Option<&str>) -> Vec<String> {
        let line = |f: Finding| format!("{}: {}: {}", f.field, f.kind.name(), f.message);
        findings(profile, item, body).into_iter().map(line).collect()
    }

    /// All fixes one after the other, as `check --fix` does.
    fn mended(profile: &Profile, item: &Value, body: Option<&str>) -> Value {
        let fixes = findings(profile, item, body).into_iter().filter_map(|f| f.fix).flatten();
        fixes.fold(item.clone(), |item, intent| done(profile, &intent, &item).unwrap().1)
    }

    fn edited(replace: &[(&str, &str)]) -> Value {
        let text = replace.iter().fold(ITEM.to_string(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        front(&text)
    }

    #[test]
    fn an_item_in_step_has_no_findings() {
        assert_eq!(found(&Profile::builtin(), &front(ITEM), None), Vec::<String>::new());
    }

    #[test]
    fn lists_out_of_step_are_told_entry_by_entry_and_rebuilt_from_the_topics() {
        let item = edited(&[
            ("topic/orbit-nursing", "topic/orbit-nurses"),
            ("categoryLabel: [Virtual Care, Nursing]\n", "categoryLabel: [Nursing]\n"),
            ("  - 'plain subject words (psw): virtual care'\n  - 'orbit: nursing'\n", " null\n"),
        ]);
        let profile = Profile::builtin();
        assert_eq!(
            found(&profile, &item, None),
            [
                "categorySlug: drift: has 0 entries, while categories has 2",
                "categoryUrl[1]: drift: `topic/orbit-nurses` does not follow categories[1]: it should be `topic/orbit-nursing`",
                "categoryLabel: drift: has 1 entries, while categories has 2",
            ]
        );
        assert_eq!(changes(&front(ITEM), &mended(&profile, &item, None)), Vec::<String>::new());
    }

    #[test]
    fn a_missing_linked_list_is_made_again() {
        let item = edited(&[("categoryLabel: [Virtual Care, Nursing]\n", "")]);
        let again = mended(&Profile::builtin(), &item, None);
        assert_eq!(get(&again, "categoryLabel[1]"), Some("Nursing".into()));
    }

    #[test]
    fn a_place_that_differs_is_drift_and_a_blank_one_is_not() {
        let item = edited(&[
            ("twittertitle: A walk through the virtual ward", "twittertitle: Walking"),
            ("alt: A walk through the virtual ward", "alt: ''"),
        ]);
        let profile = Profile::builtin();
        assert_eq!(found(&profile, &item, None), ["twitterMetaData.twittertitle: drift: differs from title"]);
        let again = mended(&profile, &item, None);
        assert_eq!(get(&again, "twitterMetaData.twittertitle"), get(&again, "title"));
        assert_eq!(get(&again, "featuredImage.alt"), Some("".into()));
    }

    #[test]
    fn derived_values_that_do_not_follow_are_found_and_follow_after_the_fix() {
        let item = edited(&[("slug: wardpost-example", "slug: ward"), ("/offering/wardview", "/offering/old")]);
        let profile = Profile::builtin();
        let lines = found(&profile, &item, None);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("slug: derived: does not follow: it should be `wardpost-example-a-walk"));
        assert_eq!(mended(&profile, &item, None), front(ITEM));
    }

    #[test]
    fn a_description_cut_inside_a_word_gets_a_better_one() {
        let profile = Profile::builtin();
        let cut = edited(&[("A ward without walls. Nurses see", "A ward without walls. Nur")]);
        let body = "A ward without walls.\n\nNurses see more.";
        assert_eq!(found(&profile, &cut, Some(body)), ["description: description: is cut inside a word (`Nur`)"]);
        assert_eq!(
            get(&mended(&profile, &cut, Some(body)), "description"),
            Some("A ward without walls. Nurses see more.".into())
        );
        for whole in
            ["A ward without walls. Nurses see it.", "Another text altogether", "A ward without walls. Nurses see"]
        {
            assert!(found(&profile, &front(ITEM), Some(whole)).is_empty(), "{whole}");
        }
    }

    #[test]
    fn missing_blank_prohibited_long_and_wrong_fields_are_told() {
        let profile = Profile::from_yaml(
            "extends: curated-content\nrequired: [title, date, via, categories]\nprohibited: [draft]\n\
             fields: {weight: {kind: integer}, status: {kind: choice, of: [approved]}, description: {max: 5}}",
            ".curate.yaml",
        )
        .unwrap();
        let item = edited(&[
            ("title: A walk through the virtual ward\ntwitter", "title: ' '\ntwitter"),
            ("weight: 12", "weight: '12'\ndraft: true"),
            ("status: ''", "status: maybe"),
            ("categories:\n  - 'Plain Subject Words (PSW): Virtual Care'\n  - 'Orbit: Nursing'\n", "categories: []\n"),
        ]);
        let lines = found(&profile, &item, None);
        for line in [
            "categories: topics: has no topic",
            "title: required: is blank",
            "via: required: is missing",
            "draft: prohibited: must not be there",
            "weight: kind: is of another kind: a whole number looks like 12",
            "status: kind: is of another kind: one of approved",
            "description: length: is 32 characters long, 27 too many",
        ] {
            assert!(lines.iter().any(|l| l == line), "{line} in {lines:#?}");
        }
        let again = mended(&profile, &item, None);
        assert_eq!((get(&again, "draft"), get(&again, "weight")), (None, Some(12.into())));
    }

    #[test]
    fn an_inferred_profile_finds_no_fault_with_what_it_only_guesses() {
        let items = [front("{title: a, tags: [x], weight: 1}"), front("{title: b, weight: 2}")];
        let profile = Profile::infer(&items);
        assert!(found(&profile, &front("{title: c, weight: heavy}"), Some("c")).is_empty());
    }

    #[test]
    fn every_kind_has_its_own_name() {
        for kind in FindingKind::ALL {
            assert_eq!(FindingKind::named(kind.name()), Some(kind));
        }
    }
}
