//! The vocabulary: every topic known, used in the library or listed in the profile's file, with its uses.
//!
//! The screen and the verb read it from here, so that their counts agree. Not here: near-duplicates (`clusters`), the file
//! (`profile`).

use super::row::RowField;
use super::rows::Rows;
use super::topics::TopicIndex;
use crate::profile::TopicList;
use crate::profile::template::scheme;

/// A topic with what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownTopic {
    pub topic: String,
    /// How many items have it.
    pub uses: usize,
    /// The newest date among them; empty where none has a date.
    pub last: String,
    /// Whether the profile's file lists it.
    pub listed: bool,
    /// Other words for it.
    pub aliases: Vec<String>,
    pub description: String,
}

impl KnownTopic {
    /// What stands before the `: `; empty where nothing does.
    pub fn scheme(&self) -> &str {
        scheme(&self.topic)
    }
}

/// Every topic: the most used first, then by name; those that no item has at the end.
pub fn known_topics(rows: &Rows, index: &TopicIndex, list: Option<&TopicList>) -> Vec<KnownTopic> {
    let mut known: Vec<KnownTopic> = Vec::new();
    for (_, topic, items) in index.topics.iter() {
        let dates = items.iter().map(|id| rows.get(*id).text(RowField::Date));
        known.push(KnownTopic {
            topic: topic.to_string(),
            uses: items.len(),
            last: dates.max().unwrap_or_default().to_string(),
            ..KnownTopic::default()
        });
    }
    let unused = |topic: &str| index.topics.id(topic).is_none_or(|id| index.topics.items(id).is_empty());
    let listed = list.map_or(&[][..], TopicList::topics);
    known.extend(
        listed
            .iter()
            .filter(|l| unused(&l.topic))
            .map(|l| KnownTopic { topic: l.topic.clone(), ..KnownTopic::default() }),
    );
    for topic in &mut known {
        if let Some(listed) = list.and_then(|list| list.get(&topic.topic)) {
            topic.listed = true;
            topic.aliases.clone_from(&listed.aliases);
            topic.description.clone_from(&listed.description);
        }
    }
    known.sort_by(|a, b| b.uses.cmp(&a.uses).then_with(|| a.topic.cmp(&b.topic)));
    known
}

/// The same by scheme, the most used scheme first; topics without one come last.
pub fn by_scheme(known: &mut [KnownTopic]) {
    let mut uses = std::collections::HashMap::<String, usize>::new();
    for topic in known.iter() {
        *uses.entry(topic.scheme().to_string()).or_default() += topic.uses;
    }
    let place = |topic: &KnownTopic| {
        let scheme = topic.scheme().to_string();
        (scheme.is_empty(), std::cmp::Reverse(uses.get(&scheme).copied().unwrap_or(0)), scheme)
    };
    known.sort_by_cached_key(place);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::summary::Cell;
    use crate::library::{ItemId, Row};

    #[test]
    fn topics_are_known_by_use_and_by_the_list() {
        let (mut rows, mut index) = (Rows::default(), TopicIndex::default());
        for (date, topics) in [("2022-01-02", &["B: x", "A"][..]), ("2023-05-01", &["B: x"]), ("", &["C: y"])] {
            let cells = vec![
                (RowField::Date, Cell::Text(date.into())),
                (RowField::Topics, Cell::List(topics.iter().collect())),
            ];
            let row = Row::new("x.md", cells);
            index.insert(ItemId(rows.len() as u32), &row);
            rows.push(row);
        }
        let list = TopicList::read("[{topic: A, aliases: [first], description: One}, 'B: unused']", "t.yaml").unwrap();
        let mut known = known_topics(&rows, &index, Some(&list));
        let said = |known: &[KnownTopic]| {
            let show = |t: &KnownTopic| format!("{} {} {} {}", t.topic, t.uses, t.last, t.listed);
            known.iter().map(show).collect::<Vec<_>>()
        };
        let expected = ["B: x 2 2023-05-01 false", "A 1 2022-01-02 true", "C: y 1  false", "B: unused 0  true"];
        assert_eq!(said(&known), expected);
        assert_eq!((known[1].aliases.join(","), known[1].description.as_str()), ("first".into(), "One"));
        by_scheme(&mut known);
        assert_eq!(said(&known), [expected[0], expected[3], expected[2], expected[1]]);
    }
}
