//! The topics that a vocabulary file lists: with aliases, descriptions, and whether the list is closed.
//!
//! Not here: which topics the library uses (`library`), and how the file is found and read (`shell`).

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::vocabulary::{Listed, Listing, Texts};
use super::{ProfileError, TopicsRule};

/// A topic of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedTopic {
    pub topic: String,
    /// Other words for it: typing one finds the topic.
    pub aliases: Vec<String>,
    pub description: String,
}

/// What a vocabulary file says of topics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicList {
    /// Where it is kept, as the profile names it.
    pub file: String,
    /// Whether no other topic may be given to an item.
    pub closed: bool,
    /// Why it cannot be read; then it lists nothing.
    pub problem: Option<String>,
    topics: Vec<ListedTopic>,
    places: HashMap<String, usize>,
}

impl TopicList {
    /// Reads a file's text.
    ///
    /// # Errors
    /// The file, the line and the reason.
    pub fn read(text: &str, file: &str) -> Result<TopicList, ProfileError> {
        let Listed { closed, entries } = Listed::<ListedTopic>::read(text, file)?;
        let mut list = TopicList { file: file.to_string(), closed, ..TopicList::default() };
        for entry in entries {
            match list.places.get(&entry.topic) {
                // Named twice: what is said of it is taken together.
                Some(at) => list.topics[*at].take(entry),
                None => {
                    list.places.insert(entry.topic.clone(), list.topics.len());
                    list.topics.push(entry);
                }
            }
        }
        Ok(list)
    }

    /// A list whose file cannot be read.
    pub fn unread(file: &str, problem: String) -> TopicList {
        TopicList { file: file.to_string(), problem: Some(problem), ..TopicList::default() }
    }

    /// The topics in the order of the file.
    pub fn topics(&self) -> &[ListedTopic] {
        &self.topics
    }

    /// What the list says of a topic.
    pub fn get(&self, topic: &str) -> Option<&ListedTopic> {
        self.places.get(topic).map(|at| &self.topics[*at])
    }

    /// The topic that has this alias, whatever its case.
    pub fn with_alias(&self, alias: &str) -> Option<&ListedTopic> {
        let alias = alias.trim().to_lowercase();
        self.topics.iter().find(|listed| listed.aliases.iter().any(|known| known.to_lowercase() == alias))
    }

    /// Why an item may not get this topic; `None` where it may.
    pub fn refusal(&self, topic: &str) -> Option<String> {
        if !self.closed || self.get(topic).is_some() {
            return None;
        }
        let alias = self.with_alias(topic).map(|listed| format!("; it is an alias of `{}`", listed.topic));
        Some(format!("`{topic}` is not in {}, a closed list{}", self.file, alias.unwrap_or_default()))
    }
}

impl TopicsRule {
    /// Why an item may not get this topic: a closed vocabulary does not list it.
    pub fn refusal(&self, topic: &str) -> Option<String> {
        self.listed.as_ref()?.refusal(topic)
    }
}

impl ListedTopic {
    fn take(&mut self, other: ListedTopic) {
        self.aliases.extend(other.aliases);
        if self.description.is_empty() {
            self.description = other.description;
        }
    }
}

impl Listing for ListedTopic {
    const LIST: &'static str = "topics";
    const COLUMNS: &'static [&'static str] = &["topic", "aliases", "description"];
}

impl<'de> Deserialize<'de> for ListedTopic {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<ListedTopic, D::Error> {
        from.deserialize_any(EntryVisitor)
    }
}

/// The entry, unless it has no name.
fn named<E: Error>(entry: ListedTopic) -> Result<ListedTopic, E> {
    match entry.topic.trim().is_empty() {
        true => Err(E::custom("a topic has a name")),
        false => Ok(entry),
    }
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = ListedTopic;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a topic, or a map with topic, aliases and description")
    }

    fn visit_str<E: Error>(self, topic: &str) -> Result<ListedTopic, E> {
        named(ListedTopic { topic: topic.to_string(), ..ListedTopic::default() })
    }

    // A year is a topic too.
    fn visit_u64<E: Error>(self, number: u64) -> Result<ListedTopic, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ListedTopic, A::Error> {
        let (mut entry, mut first) = (ListedTopic::default(), true);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "topic" => entry.topic = map.next_value()?,
                "aliases" => entry.aliases = map.next_value::<Texts>()?.0,
                "description" => entry.description = map.next_value::<Option<String>>()?.unwrap_or_default(),
                // `- MeSH: Nursing` without quotes is a map for YAML, and a topic for whoever wrote it.
                scheme if first => match map.next_value::<String>() {
                    Ok(label) => entry.topic = format!("{scheme}: {label}"),
                    Err(error) => return Err(A::Error::custom(format!("{}; {error}", unknown(scheme)))),
                },
                other => return Err(A::Error::custom(unknown(other))),
            }
            first = false;
        }
        named(entry)
    }
}

fn unknown(key: &str) -> String {
    format!("`{key}` is not known here; there are topic, aliases and description")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, file: &str) -> TopicList {
        TopicList::read(text, file).unwrap_or_else(|error| panic!("{error}"))
    }

    fn names(list: &TopicList) -> Vec<&str> {
        list.topics().iter().map(|listed| listed.topic.as_str()).collect()
    }

    #[test]
    fn yaml_json_and_csv_say_the_same() {
        let yaml = "
closed: true
topics:
  - Care
  - MeSH: Nursing
  - {topic: 'MeSH: Telemedicine', aliases: [telehealth, eHealth], description: Care at a distance}
";
        let json = r#"{"closed": true, "topics": ["Care", "MeSH: Nursing",
            {"topic": "MeSH: Telemedicine", "aliases": "telehealth; eHealth", "description": "Care at a distance"}]}"#;
        let csv = "\u{feff}description,topic,aliases\r\n,Care,\r\n,MeSH: Nursing,\r\n\
                   Care at a distance,MeSH: Telemedicine,telehealth; eHealth\r\n";
        let expected = read(yaml, "topics.yaml");
        assert_eq!(names(&expected), ["Care", "MeSH: Nursing", "MeSH: Telemedicine"]);
        assert_eq!(expected.get("MeSH: Telemedicine").unwrap().description, "Care at a distance");
        assert!(expected.closed);
        assert_eq!(read(json, "topics.json").topics(), expected.topics());
        let open = read(csv, "topics.csv");
        assert_eq!((open.topics(), open.closed), (expected.topics(), false));
        assert_eq!(names(&read("- A\n- B: C\n- A\n", "t.yml")), ["A", "B: C"]);
        assert_eq!(names(&read("- 2024\n", "t.yml")), ["2024"]);
        assert_eq!(read("# nothing yet\n", "t.yaml").topics(), []);
        assert_eq!(read("topics:\n", "t.yaml").topics(), []);
    }

    #[test]
    fn an_alias_finds_its_topic_and_a_closed_list_refuses_what_it_does_not_hold() {
        let list = read("closed: true\ntopics: [{topic: 'MeSH: Nursing', aliases: Nurses}]", "topics.yaml");
        assert_eq!(list.with_alias(" nurses ").unwrap().topic, "MeSH: Nursing");
        assert_eq!(list.refusal("MeSH: Nursing"), None);
        assert_eq!(list.refusal("Robots").unwrap(), "`Robots` is not in topics.yaml, a closed list");
        assert!(list.refusal("nurses").unwrap().ends_with("; it is an alias of `MeSH: Nursing`"));
        assert_eq!(read("[]", "topics.yaml").refusal("Robots"), None);
    }

    #[test]
    fn a_fault_is_told_with_file_and_line() {
        for (text, file, line, reason) in [
            ("- a\n- topic: MeSH: b\n", "t.yaml", 2, "mapping values"),
            ("- a\n- {topic: b, alias: c}\n", "t.yaml", 2, "`alias` is not known here"),
            ("closed: maybe\ntopics: []\n", "t.yaml", 1, "invalid type"),
            ("closed: true\ntopicz: []\n", "t.yaml", 2, "`topicz` is not known here; there are `closed` and `topics`"),
            ("- a\n- ''\n", "t.yaml", 2, "a topic has a name"),
            ("just words", "t.yaml", 1, "a list of topics"),
            ("[\n\"a\",\n{\"topic\": 1}]", "t.json", 3, "invalid type"),
            ("name\na\n", "t.csv", 1, "the first line names the columns: topic, aliases"),
            ("topic,aliases\na,b\nc\n", "t.csv", 3, "1 cells here, 2 in the first line"),
            ("topic,extra\na,\nb,c\n", "t.csv", 3, "`extra` is not known here"),
        ] {
            let error = TopicList::read(text, file).unwrap_err();
            assert!(error.to_string().starts_with(&format!("{file}:{line}: ")), "{text}: {error}");
            assert!(error.reason.contains(reason), "{text}: {error}");
        }
    }
}
