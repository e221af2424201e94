//! An item for the learner, from its document: its words, and the topics and offerings it carries.
//!
//! Only title, summary and body are words here. Linked lists and whatever else repeats an item's topics are never read, so that what
//! is to be suggested cannot be read off.

use super::item::{ItemText, Offered};
use super::learner::Learner;
use crate::content::{Document, FieldRef, Unreadable, Value, body};
use crate::profile::{OfferingsRule, Profile};

/// Fields that sites keep a summary in; the first with a text counts.
const SUMMARIES: [&str; 7] = ["summary", "description", "abstract", "excerpt", "subtitle", "deck", "teaser"];

/// Whether a field is one that a summary is kept in.
pub fn is_summary(field: &str) -> bool {
    SUMMARIES.contains(&field)
}

impl Learner {
    /// Makes known what the vocabularies of a profile list, so that labels count before anything is tagged.
    pub fn know(&mut self, profile: &Profile) {
        let listed = profile.topics.as_ref().and_then(|rule| rule.listed.as_ref());
        for listed in listed.iter().flat_map(|list| list.topics()) {
            self.know_aliases(&listed.topic, listed.aliases.iter().map(String::as_str));
        }
        if let Some(rule) = &profile.offerings {
            let listed: Vec<Offered> = rule.listed().iter().filter_map(|entry| offered(rule, entry)).collect();
            self.know_offerings(&listed);
        }
    }
}

impl ItemText {
    /// What a document holds for the learner, as `profile` reads it.
    ///
    /// # Errors
    /// Where its front matter cannot be read.
    pub fn of(path: &str, profile: &Profile, document: &Document) -> Result<ItemText, Unreadable> {
        let value = document.value()?;
        let text = |field: &Option<FieldRef>| field.as_ref().map_or(String::new(), |field| text_at(&value, field));
        let offered =
            |rule: &OfferingsRule| rule.entries(&value).iter().filter_map(|entry| offered(rule, entry)).collect();
        Ok(ItemText {
            path: path.to_string(),
            title: text(&profile.roles.title),
            summary: SUMMARIES
                .iter()
                .filter_map(|key| value.get(key)?.scalar_text())
                .find(|t| !t.trim().is_empty())
                .unwrap_or_default(),
            body: body::text(document.body()),
            topics: profile.topics.as_ref().map_or_else(Vec::new, |rule| texts(at(&value, &rule.field))),
            offerings: profile.offerings.as_ref().map_or_else(Vec::new, offered),
            date: text(&profile.roles.date),
            rejected: Vec::new(),
        })
    }
}

fn offered(rule: &OfferingsRule, entry: &Value) -> Option<Offered> {
    let topics = rule.topics(entry).into_iter().map(str::to_string).collect();
    Some(Offered { label: rule.label(entry)?, topics })
}

fn at<'v>(value: &'v Value, field: &FieldRef) -> Option<&'v Value> {
    value.at(&field.resolve(value)?)
}

fn text_at(value: &Value, field: &FieldRef) -> String {
    at(value, field).and_then(Value::scalar_text).unwrap_or_default()
}

/// The texts of a list, or of a field that holds one alone.
fn texts(value: Option<&Value>) -> Vec<String> {
    let all = match value {
        Some(Value::Seq(entries)) => entries.iter().filter_map(Value::scalar_text).collect(),
        Some(other) => other.scalar_text().into_iter().collect::<Vec<_>>(),
        None => Vec::new(),
    };
    all.into_iter().filter(|text| !text.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "---\ntitle: Rota\ndescription: In short\ndate: 2022-09-23\ncategories: ['MeSH: Nursing', 3]\n\
        categoryLabel: [Secret]\nrelatedOfferings:\n- {label: ShiftBoard, categories: ['MeSH: Nursing']}\n- {permalink: /x}\n---\n<p>A ward</p>\n";

    #[test]
    fn words_are_title_summary_and_body_and_no_list_that_repeats_the_topics() {
        let document = Document::open(FILE.as_bytes().to_vec()).unwrap();
        let item = ItemText::of("a.md", &Profile::builtin(), &document).unwrap();
        assert_eq!((item.title.as_str(), item.summary.as_str(), item.body.as_str()), ("Rota", "In short", "A ward"));
        assert_eq!((item.topics.join("|"), item.date.as_str()), ("MeSH: Nursing|3".to_string(), "2022-09-23"));
        assert_eq!(item.offerings, [Offered { label: "ShiftBoard".into(), topics: vec!["MeSH: Nursing".into()] }]);
        assert!(!format!("{item:?}").contains("Secret"));
    }
}
