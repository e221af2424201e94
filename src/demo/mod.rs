//! A made-up library in the sample's shape: the first minute of every new user, and the ground of tests and benches.
//!
//! Here: texts and their paths, the same for the same number on every machine. Not here: any disk; the verb writes them.

mod article;
mod chance;
mod file;
mod sentences;
mod words;
mod yaml;

/// One file of the made-up library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoFile {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
}

/// The profile at the root, `.curate.yaml`: hidden, so that the items are exactly as many as were asked for.
pub const PROFILE: &str = "\
# What the fields of this made-up library mean. The rest comes with the built-in profile.
extends: curated-content
topics:
  field: categories
  linked:
    categorySlug: '{topic|lower}'
    categoryUrl: 'topic/{topic|slug}'
    categoryLabel: '{label}'
    openProjectCustomFields.medigyTopics: '{topic}'
  pinned:
    - 'Symplur: Virtual Care'
    - 'KLAS: Scheduling - Nurse and Staff'
    - 'Gartner: Healthcare'
views:
  Undecided: 'is:undecided sort:-date'
  Nursing: 'topic:nurse|nursing is:undecided sort:-date'
  Virtual care: 'topic:virtual is:undecided'
  Without topics: 'empty:categories'
  Out of step: 'is:drift'
";

/// The files beside the items: nothing that is listed.
pub fn root_files() -> [DemoFile; 1] {
    [DemoFile { path: ".curate.yaml".to_string(), text: PROFILE.to_string() }]
}

/// The first `count` items. Item 0 is about virtual care, undecided, and in good order.
pub fn items(count: usize) -> impl Iterator<Item = DemoFile> {
    (0..count).map(item)
}

/// One item, the same whatever the number of items.
pub fn item(number: usize) -> DemoFile {
    let mut chance = chance::Chance::of(number);
    let article = article::article(number, &mut chance);
    let (path, text) = file::file(number, &article, &mut chance);
    DemoFile { path, text }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use serde_yaml::Value;

    use super::*;
    use crate::content::Document;

    fn front(file: &DemoFile) -> Value {
        let document = Document::open(file.text.clone().into_bytes()).expect("a document");
        serde_yaml::from_str(document.front()).unwrap_or_else(|e| panic!("{}: {e}\n{}", file.path, document.front()))
    }

    fn texts(value: &Value) -> Vec<&str> {
        value.as_sequence().map(|s| s.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
    }

    #[test]
    fn there_are_exactly_as_many_as_asked_for_and_each_is_itself() {
        let few: Vec<_> = items(7).collect();
        assert_eq!(few.len(), 7);
        assert_eq!(few, items(90).take(7).collect::<Vec<_>>());
        let paths: HashSet<_> = items(300).map(|f| f.path).collect();
        assert_eq!(paths.len(), 300);
        assert!(paths.iter().all(|p| p.ends_with(".md") && p.starts_with("content/news/20")));
        assert_eq!(items(0).count(), 0);
    }

    #[test]
    fn the_first_item_is_about_virtual_care_and_in_good_order() {
        let front = front(&item(0));
        assert_eq!(front["title"].as_str(), Some("Virtual care teams close gaps in rural hospitals"));
        assert_eq!(front["status"].as_str(), Some(""));
        assert_eq!(texts(&front["categories"])[0], "Symplur: Virtual Care");
        assert_eq!(front["categories"], front["openProjectCustomFields"]["medigyTopics"]);
        assert_eq!(
            front["slug"].as_str().map(|s| s.ends_with("-virtual-care-teams-close-gaps-in-rural-hospitals")),
            Some(true)
        );
    }

    fn leaves(value: &Value) -> (usize, usize) {
        match value {
            Value::Mapping(map) => map.values().map(leaves).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)),
            Value::Sequence(list) => list.iter().map(leaves).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)),
            leaf => (1, usize::from(leaf.is_null())),
        }
    }

    #[test]
    fn the_shape_is_the_samples() {
        let file = item(0);
        let front = front(&file);
        assert_eq!(front.as_mapping().map(|m| m.len()), Some(44));
        let (leaves, nulls) = leaves(&front);
        assert!((95..150).contains(&leaves), "{leaves} leaves");
        assert_eq!(nulls, 30);
        assert!(!file.text.ends_with('\n'));
        assert!(file.text.contains("\nvia: ' '\n") && file.text.contains("\nstatus: ''\n"));
        let description = front["description"].as_str().expect("a text");
        let body = file.text.rsplit("---\n").next().expect("a body");
        assert!(crate::content::body::text(body).starts_with(description));
        assert!((190..=200).contains(&description.chars().count()));
        let sizes: Vec<usize> = items(200).map(|f| f.text.rsplit("---").next().map_or(0, str::len)).collect();
        let mean = sizes.iter().sum::<usize>() / sizes.len();
        assert!((6000..8500).contains(&mean), "{mean}");
    }

    #[test]
    fn a_thousand_items_look_like_a_real_library() {
        let all: Vec<(DemoFile, Value)> = items(1000).map(|f| (f.clone(), front(&f))).collect();
        let titles: HashSet<_> = all.iter().filter_map(|(_, f)| f["title"].as_str()).collect();
        assert_eq!(titles.len(), 1000, "titles differ");
        let topics: HashSet<_> = all.iter().flat_map(|(_, f)| texts(&f["categories"])).collect();
        assert!(topics.len() > 100, "{} topics", topics.len());
        let schemes: HashSet<_> = topics.iter().filter_map(|t| t.split_once(": ")).map(|(s, _)| s).collect();
        assert_eq!(schemes.len(), 5, "{schemes:?}");
        let mut offerings = HashMap::new();
        for entry in all.iter().flat_map(|(_, f)| f["relatedOfferings"].as_sequence().into_iter().flatten()) {
            offerings.insert(entry["offeringId"].as_u64(), entry["label"].as_str());
        }
        assert!(offerings.len() >= 60, "{} offerings", offerings.len());
        let count = |is: &dyn Fn(&Value) -> bool| all.iter().filter(|(_, f)| is(f)).count();
        assert!((700..950).contains(&count(&|f| f["status"].as_str() == Some(""))));
        for verdict in ["approved", "rejected", "deferred"] {
            assert!(count(&|f| f["status"].as_str() == Some(verdict)) > 0, "{verdict}");
        }
        let drift = count(&|f| f["categories"] != f["openProjectCustomFields"]["medigyTopics"]);
        assert!((5..80).contains(&drift), "{drift} lists out of step");
        assert!(count(&|f| f["title"] != f["twitterMetaData"]["twittertitle"]) > 5);
        assert!(count(&|f| texts(&f["categories"]).is_empty()) > 5, "some have no topics yet");
        for oddity in ["\u{feff}", "\r\n", "\n# ", "\n\"title\": ", " # set at"] {
            assert!(all.iter().any(|(f, _)| f.text.contains(oddity) || f.text.starts_with("---\n# ")), "{oddity:?}");
        }
    }

    #[test]
    fn the_text_speaks_of_its_topics() {
        for file in items(60) {
            let body = crate::content::body::text(file.text.rsplit("---").next().expect("a body")).to_lowercase();
            let front = front(&file);
            let title = front["title"].as_str().expect("a title").to_lowercase();
            let subject = words::SUBJECTS.iter().filter(|s| title.contains(s.name)).max_by_key(|s| s.name.len());
            let subject = subject.expect("a subject in the title");
            assert!(body.matches(subject.name).count() >= 3, "{title}");
            let topics = texts(&front["categories"]);
            assert!(topics.is_empty() || topics.contains(&subject.topics[0]), "{title}: {topics:?}");
        }
    }

    #[test]
    fn the_profile_at_the_root_is_yaml() {
        let profile: Value = serde_yaml::from_str(PROFILE).expect("a profile");
        assert_eq!(profile["extends"].as_str(), Some("curated-content"));
    }
}
