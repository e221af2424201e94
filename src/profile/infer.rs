//! A profile read off the items, for any site without `.curate.yaml`.
//!
//! Here: which field holds the topics, which ones the row shows, what kinds the values have. It guesses by usual names and by use, and
//! leaves out what it cannot tell. An inferred profile never has `same`, `linked` or `derived`: those change more than what was asked.

use super::kind::is_web_address;
use super::{FieldRule, FormGroup, Kind, OfferingsRule, Origin, Profile, Roles, TopicsRule, TriageRule};
use crate::content::{FieldPath, FieldRef, Segment, Value};

/// How many items are looked at, the first by path.
pub const SAMPLES: usize = 200;

/// Names of topic fields, the likeliest first.
const TOPICS: [&str; 8] = ["topics", "topic", "tags", "tag", "categories", "category", "keywords", "subjects"];
/// Maps that sites put their taxonomies into.
const TOPIC_MAPS: [&str; 4] = ["taxonomies", "params", "extra", "metadata"];
const TITLE: [&str; 6] = ["title", "headline", "name", "linkTitle", "display_title", "display_name"];
const DATE: [&str; 16] = [
    "date",
    "published",
    "publishDate",
    "publish_date",
    "publishdate",
    "pubDate",
    "pubdate",
    "datePublished",
    "published_at",
    "created",
    "createdAt",
    "lastmod",
    "lastMod",
    "lastupdate",
    "updated",
    "modified",
];
const AUTHOR: [&str; 6] = ["author", "authors", "byline", "by", "creator", "creators"];
const URL: [&str; 16] = [
    "href",
    "link.href",
    "link.url",
    "url",
    "link",
    "source",
    "source_url",
    "sourceUrl",
    "source.url",
    "canonical",
    "canonical_url",
    "canonicalUrl",
    "original",
    "external_url",
    "externalUrl",
    "original_url",
];
const BRAND: [&str; 5] = ["brand", "link.brand", "publisher", "publication", "source_name"];
const TRIAGE: [&str; 8] =
    ["status", "state", "review", "review_status", "reviewStatus", "triage", "workflow", "verdict"];
const ACCEPT: [&str; 8] = ["approved", "approve", "accepted", "accept", "published", "publish", "ready", "done"];
const REJECT: [&str; 7] = ["rejected", "reject", "declined", "discarded", "dismissed", "spam", "archived"];
const SKIP: [&str; 7] = ["deferred", "defer", "skipped", "later", "hold", "on hold", "pending"];

impl Profile {
    /// The profile of items without a profile file: the built-in one where most look like it, else what the values show.
    pub fn infer(samples: &[Value]) -> Profile {
        let samples: Vec<&Value> = samples.iter().filter(|v| matches!(v, Value::Map(_))).take(SAMPLES).collect();
        let curated = |v: &&&Value| v.get("archetype").and_then(Value::as_str) == Some(super::CURATED_CONTENT);
        if samples.iter().filter(curated).count() * 2 > samples.len() {
            return Profile::builtin();
        }
        let mut profile = Profile::empty("inferred", Origin::Inferred);
        profile.topics = topics(&samples);
        profile.roles = roles(&samples);
        profile.triage = triage(&samples);
        profile.offerings = offerings(&samples);
        profile.fields = kinds(&samples, &profile);
        profile.columns = columns(&profile);
        profile.form = form(&samples, &profile);
        profile
    }
}

/// How often each of `names` holds what `fits` wants.
fn uses(samples: &[&Value], name: &str, fits: impl Fn(&Value) -> bool) -> usize {
    let Ok(field) = name.parse::<FieldRef>() else { return 0 };
    samples.iter().filter(|v| field.resolve(v).and_then(|path| v.at(&path)).is_some_and(&fits)).count()
}

/// The first of `names` that is used at least half as often as the most used of them.
fn prefer(samples: &[&Value], names: &[&str], fits: impl Fn(&Value) -> bool) -> Option<FieldRef> {
    let counts: Vec<usize> = names.iter().map(|name| uses(samples, name, &fits)).collect();
    let most = *counts.iter().max()?;
    let at = counts.iter().position(|count| *count > 0 && *count * 2 >= most)?;
    names[at].parse().ok()
}

fn is_text(value: &Value) -> bool {
    value.is_scalar() && value.scalar_text().is_some_and(|text| !text.trim().is_empty())
}

/// The list of strings most used as topics: use counts, and so does the name.
fn topics(samples: &[&Value]) -> Option<TopicsRule> {
    let mut best: Option<(usize, FieldPath)> = None;
    for path in lists(samples) {
        let Some(weight) = topic_weight(&path) else { continue };
        let filled = count(samples, &path, |items| !items.is_empty());
        // A list that everybody left empty is still where topics go.
        let score = weight * (filled * 10 + usize::from(filled == 0));
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, path));
        }
    }
    let (_, path) = best?;
    let field = path.to_string().parse().ok()?;
    Some(TopicsRule { field, linked: Vec::new(), vocabulary: None, listed: None, pinned: Vec::new() })
}

/// The lists of strings at the top and one step down, in order of appearance.
fn lists(samples: &[&Value]) -> Vec<FieldPath> {
    let mut found: Vec<FieldPath> = Vec::new();
    let mut add = |path: FieldPath, value: &Value| {
        if matches!(value, Value::Seq(items) if items.iter().all(Value::is_scalar)) && !found.contains(&path) {
            found.push(path);
        }
    };
    for (key, value) in samples.iter().flat_map(|v| entries(v)) {
        add(FieldPath::key(key), value);
        if TOPIC_MAPS.contains(&key.as_str()) {
            entries(value).iter().for_each(|(inner, value)| add(FieldPath::key(key).then(inner), value));
        }
    }
    found
}

fn entries(value: &Value) -> &[(String, Value)] {
    match value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

fn count(samples: &[&Value], path: &FieldPath, fits: impl Fn(&[Value]) -> bool) -> usize {
    samples.iter().filter(|v| v.at(path).and_then(Value::as_seq).is_some_and(&fits)).count()
}

/// How likely a name is one of topics: the usual names whole, or as the last word of a longer one.
fn topic_weight(path: &FieldPath) -> Option<usize> {
    let Some((_, Segment::Key(key))) = path.split_last() else { return None };
    let lower = key.to_lowercase();
    let rank = |word: &str| TOPICS.iter().position(|name| *name == word).map(|at| TOPICS.len() - at);
    if let Some(rank) = rank(&lower) {
        return Some(4 + rank * 2);
    }
    let capital = key.rfind(|c: char| c.is_uppercase()).filter(|at| *at > 0);
    let last = lower.rsplit(['_', '-', ' ']).next().filter(|last| last.len() < lower.len());
    rank(last.unwrap_or(capital.map_or("", |at| &lower[at.min(lower.len())..])))
}

fn roles(samples: &[&Value]) -> Roles {
    let text_or_texts = |v: &Value| is_text(v) || v.as_seq().is_some_and(|i| i.first().is_some_and(is_text));
    let address = |v: &Value| v.as_str().is_some_and(is_web_address);
    let dated = |v: &Value| matches!(Kind::of(v), Kind::Date);
    Roles {
        title: prefer(samples, &TITLE, is_text),
        date: prefer(samples, &DATE, dated).or_else(|| prefer(samples, &DATE[..1], is_text)),
        url: prefer(samples, &URL, address),
        brand: prefer(samples, &BRAND, is_text),
        author: prefer(samples, &AUTHOR, text_or_texts),
    }
}

fn triage(samples: &[&Value]) -> Option<TriageRule> {
    // Blank and null count: an undecided item is what the field is for.
    let field = prefer(samples, &TRIAGE, |v| matches!(v, Value::Str(_) | Value::Null))?;
    let seen: Vec<&str> = samples.iter().flat_map(|v| field.select(v)).filter_map(Value::as_str).collect();
    let mut rule = TriageRule::of(field);
    let usual = |names: &[&str], or: &str| {
        let known = |name: &&str| seen.iter().find(|s| s.trim().eq_ignore_ascii_case(name)).map(|s| s.to_string());
        names.iter().find_map(known).unwrap_or(or.to_string())
    };
    rule.accept = usual(&ACCEPT, &rule.accept);
    rule.reject = usual(&REJECT, &rule.reject);
    rule.skip = usual(&SKIP, &rule.skip);
    Some(rule)
}

fn offerings(samples: &[&Value]) -> Option<OfferingsRule> {
    let field: FieldRef = "relatedOfferings".parse().ok()?;
    let entries: Vec<&Value> = samples.iter().filter_map(|v| v.get("relatedOfferings")?.as_seq()).flatten().collect();
    let there = samples.iter().any(|v| v.get("relatedOfferings").is_some());
    let first = entries.first().map(|entry| self::entries(entry)).unwrap_or(&[]);
    let fields = first.iter().map(|(key, value)| (key.clone(), Kind::of(value).name().to_string())).collect();
    there.then_some(OfferingsRule { field, vocabulary: None, listed: None, fields })
}

/// Kinds that all values of a field agree on, where a missing or null value would not show them.
fn kinds(samples: &[&Value], profile: &Profile) -> Vec<FieldRule> {
    let mut seen: Vec<(FieldPath, Option<Kind>, usize)> = Vec::new();
    for sample in samples {
        leaves(sample, &FieldPath::root(), &mut |path, value| {
            let kind = Kind::of(value);
            match seen.iter_mut().find(|(known, ..)| *known == path) {
                Some((_, known, count)) => {
                    *known = known.take().and_then(|known| both(known, kind));
                    *count += 1;
                }
                None => seen.push((path, Some(kind), 1)),
            }
        });
    }
    let telling = |kind: &Kind| !matches!(kind, Kind::Line | Kind::Map);
    // One value among many items shows nothing: a room that is a number here is `12B` there.
    let often = |count: usize| count >= 3 || count * 2 >= samples.len();
    let rules = seen.into_iter().filter(|(_, _, count)| often(*count)).filter_map(|(path, kind, _)| {
        let said = profile.said_by_role(&path);
        let kind = kind.filter(telling).filter(|_| !said)?;
        let field = path.to_string().parse().ok()?;
        Some(FieldRule { field, kind: Some(kind), strict: false, label: None, help: None, max: None, fits: None })
    });
    rules.collect()
}

impl Profile {
    fn said_by_role(&self, path: &FieldPath) -> bool {
        let text = path.to_string();
        let is = |field: Option<&FieldRef>| field.is_some_and(|field| field.text() == text);
        is(self.topics.as_ref().map(|t| &t.field))
            || is(self.triage.as_ref().map(|t| &t.field))
            || is(self.offerings.as_ref().map(|o| &o.field))
    }
}

fn leaves(value: &Value, at: &FieldPath, found: &mut impl FnMut(FieldPath, &Value)) {
    for (key, value) in entries(value) {
        match value {
            Value::Null => {}
            Value::Map(_) => leaves(value, &at.then(key), found),
            other => found(at.then(key), other),
        }
    }
}

/// The kind that covers both; nothing where none does.
fn both(one: Kind, other: Kind) -> Option<Kind> {
    match (one, other) {
        (one, other) if one == other => Some(one),
        (Kind::Integer | Kind::Number, Kind::Integer | Kind::Number) => Some(Kind::Number),
        (Kind::Text, Kind::Line | Kind::Url) | (Kind::Line | Kind::Url, Kind::Text) => Some(Kind::Text),
        _ => None,
    }
}

fn columns(profile: &Profile) -> Vec<String> {
    let there = [
        ("date", profile.roles.date.is_some()),
        ("brand", profile.roles.brand.is_some()),
        ("title", true),
        ("topics", profile.topics.is_some()),
    ];
    there.iter().filter(|(_, there)| *there).map(|(name, _)| name.to_string()).collect()
}

fn form(samples: &[&Value], profile: &Profile) -> Vec<FormGroup> {
    let roles = &profile.roles;
    let about = prefer(samples, &["description", "summary", "excerpt", "deck", "abstract"], is_text);
    let status = profile.triage.as_ref().map(|t| &t.field);
    let story = [roles.title.as_ref(), about.as_ref(), roles.date.as_ref(), roles.author.as_ref(), status];
    let groups = [
        ("Story", story.into_iter().flatten().collect::<Vec<_>>()),
        ("Topics", profile.topics.iter().map(|t| &t.field).collect()),
        ("Offerings", profile.offerings.iter().map(|o| &o.field).collect()),
        ("Link", [roles.url.as_ref(), roles.brand.as_ref()].into_iter().flatten().collect()),
    ];
    let group = |(name, fields): (&str, Vec<&FieldRef>)| FormGroup {
        name: name.to_string(),
        fields: fields.into_iter().cloned().collect(),
    };
    groups.into_iter().filter(|(_, fields)| !fields.is_empty()).map(group).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::content::Document;
    use crate::profile::sample::{ITEM, front};

    fn inferred(samples: &[&str]) -> Profile {
        Profile::infer(&samples.iter().map(|yaml| front(yaml)).collect::<Vec<_>>())
    }

    fn topics_of(samples: &[&str]) -> Option<String> {
        inferred(samples).topics.map(|t| t.field.text().to_string())
    }

    #[test]
    fn items_like_the_sample_get_the_built_in_profile() {
        assert_eq!(inferred(&[ITEM, ITEM, "title: other"]), Profile::builtin());
        assert_eq!(inferred(&[ITEM, "title: other"]).origin, Origin::Inferred);
        assert_eq!(
            inferred(&[]),
            Profile { columns: vec!["title".into()], ..Profile::empty("inferred", Origin::Inferred) }
        );
    }

    #[test]
    fn the_list_most_used_as_topics_is_found_by_name_and_use() {
        assert_eq!(topics_of(&["{tags: [a], authors: [b], aliases: [c]}"]).as_deref(), Some("tags"));
        assert_eq!(
            topics_of(&["{categories: [a], tags: [b]}", "{categories: [a], tags: [c]}"]).as_deref(),
            Some("tags")
        );
        let rare = ["{categories: [a], tags: [b]}", "{categories: [a]}", "{categories: [a]}"];
        assert_eq!(topics_of(&rare).as_deref(), Some("categories"));
        assert_eq!(topics_of(&["{taxonomies: {tags: [a]}}"]).as_deref(), Some("taxonomies.tags"));
        assert_eq!(topics_of(&["{Tags: [a]}"]).as_deref(), Some("Tags"));
        assert_eq!(topics_of(&["{article_topics: [a]}"]).as_deref(), Some("article_topics"));
        assert_eq!(topics_of(&["{postTags: []}"]).as_deref(), Some("postTags"));
        for none in ["{authors: [a], aliases: [b]}", "{tags: text}", "{tags: [{name: x}]}", "{title: x}"] {
            assert_eq!(topics_of(&[none]), None, "{none}");
        }
    }

    #[test]
    fn roles_are_read_off_usual_names_and_values() {
        let roles = inferred(&[
            "{title: A, pubDate: '2024-01-02', byline: Ada, url: /a, source_url: 'https://example.org/a', publisher: X}",
            "{title: B, pubDate: '2024-01-03', date: '', byline: Ada, url: /b, source_url: 'https://example.org/b'}",
        ])
        .roles;
        let text = |field: Option<FieldRef>| field.map(|f| f.text().to_string()).unwrap_or_default();
        assert_eq!(text(roles.title), "title");
        assert_eq!(text(roles.date), "pubDate");
        assert_eq!(text(roles.author), "byline");
        assert_eq!(text(roles.url), "source_url");
        assert_eq!(text(roles.brand), "publisher");
        assert_eq!(inferred(&["{a: 1}"]).roles, Roles::default());
    }

    #[test]
    fn verdicts_take_the_values_in_use() {
        let rule = inferred(&["{status: Published}", "{status: rejected}", "{status: }"]).triage.unwrap();
        let verdicts = (rule.accept.as_str(), rule.reject.as_str(), rule.skip.as_str());
        assert_eq!(verdicts, ("Published", "rejected", "deferred"));
        assert_eq!(inferred(&["{title: x}"]).triage, None);
        assert_eq!(inferred(&["{status: 404}"]).triage, None);
    }

    #[test]
    fn kinds_that_all_values_agree_on_are_kept_for_those_that_are_missing() {
        let profile =
            inferred(&["{weight: 1, n: 1, hero: {wide: true}, x: 1, tags: [a]}", "{weight: 2, n: 1.5, x: a}"]);
        let kinds: Vec<(String, Option<Kind>)> =
            profile.fields.iter().map(|r| (r.field.text().to_string(), r.kind.clone())).collect();
        let expected = [("weight", Kind::Integer), ("n", Kind::Number), ("hero.wide", Kind::Boolean)];
        assert_eq!(kinds, expected.map(|(name, kind)| (name.to_string(), Some(kind))));
        assert!(profile.fields.iter().all(|rule| !rule.strict));
        assert!(profile.same.is_empty() && profile.derived.is_empty());
    }

    /// The first front matters of a site by path.
    fn site(folder: &Path) -> Vec<Value> {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(next).unwrap().map(|e| e.unwrap().path()) {
                if entry.is_dir() { folders.push(entry) } else { files.push(entry) }
            }
        }
        files.sort();
        let content = |f: &&std::path::PathBuf| f.extension().is_some_and(|e| e == "md" || e == "html");
        let read = |file: &std::path::PathBuf| Document::open(std::fs::read(file).ok()?).ok()?.value().ok();
        files.iter().filter(content).filter_map(read).take(SAMPLES).collect()
    }

    #[test]
    fn each_real_site_gets_its_topics() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
        if !corpus.is_dir() {
            return println!("skipped: there is no ../shared/corpus");
        }
        let expected = [
            ("digitalgov", Some("topics"), Some("date")),
            ("k8s-website", Some("tags"), Some("date")),
            ("swiftweekly", None, None),
            ("vagov-2018", None, Some("lastupdate")),
        ];
        for (name, topics, date) in expected {
            let profile = Profile::infer(&site(&corpus.join(name)));
            assert_eq!(profile.topics.as_ref().map(|t| t.field.text()), topics, "{name}");
            assert_eq!(profile.roles.date.as_ref().map(|d| d.text()), date, "{name}");
            assert_eq!(profile.roles.title.as_ref().map(|t| t.text()), Some("title"), "{name}");
        }
    }
}
