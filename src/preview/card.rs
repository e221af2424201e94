//! The link card: what the profile's roles hold, as plain data. Values are raw; `view` makes them shown text.

use crate::content::{FieldRef, Value};
use crate::profile::Profile;

/// What the card shows of an item. Empty texts are not drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    pub title: String,
    pub brand: String,
    /// Several authors are joined by commas.
    pub author: String,
    pub date: String,
    pub url: String,
    /// The triage field, where the profile has one.
    pub status: Option<Status>,
    pub topics: Vec<String>,
    /// Topics that digits toggle, in the order of the digits.
    pub pinned: Vec<String>,
    /// Topics that are suggested, on the digits after those: none that is not shown.
    pub suggested: Vec<String>,
    /// The labels of the offerings.
    pub offerings: Vec<String>,
}

/// The triage field: its name, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub field: String,
    /// The value, or `(missing)`, `(null)`, `(blank)`: three different things.
    pub state: String,
    /// Whether it holds a verdict.
    pub decided: bool,
}

/// The card of an item whose front matter is `value`.
pub fn card(profile: &Profile, value: &Value) -> Card {
    let text = |field: &Option<FieldRef>| field.as_ref().map(|f| texts(f, value).join(", ")).unwrap_or_default();
    let roles = &profile.roles;
    Card {
        title: text(&roles.title),
        brand: text(&roles.brand),
        author: text(&roles.author),
        date: text(&roles.date),
        url: text(&roles.url),
        status: profile.triage.as_ref().map(|rule| status(&rule.field, value)),
        topics: profile.topics.as_ref().map(|rule| texts(&rule.field, value)).unwrap_or_default(),
        pinned: profile.topics.as_ref().map(|rule| rule.pinned.iter().take(9).cloned().collect()).unwrap_or_default(),
        suggested: Vec::new(),
        offerings: profile.offerings.as_ref().map(|rule| labels(&rule.field, value)).unwrap_or_default(),
    }
}

/// The texts that a field holds: one, or those of a list. Blank ones are none.
fn texts(field: &FieldRef, value: &Value) -> Vec<String> {
    let found = field.select(value);
    let scalars = found.into_iter().flat_map(|v| v.as_seq().unwrap_or(std::slice::from_ref(v)));
    scalars.filter_map(Value::scalar_text).map(|t| t.trim().to_string()).filter(|t| !t.is_empty()).collect()
}

/// An offering's label; one that is a string is its own label, and one without any is shown by its first text.
fn labels(field: &FieldRef, value: &Value) -> Vec<String> {
    let found = field.select(value);
    let entries = found.into_iter().flat_map(|v| v.as_seq().unwrap_or(std::slice::from_ref(v)));
    let label = |entry: &Value| match entry {
        Value::Map(keys) => {
            let named = entry.get("label").or(entry.get("title")).or(entry.get("name"));
            named.or(keys.first().map(|(_, v)| v)).and_then(Value::scalar_text)
        }
        scalar => scalar.scalar_text(),
    };
    entries.filter_map(label).filter(|t| !t.trim().is_empty()).collect()
}

fn status(field: &FieldRef, value: &Value) -> Status {
    let (state, decided) = match field.select(value).first() {
        None => ("(missing)".to_string(), false),
        Some(Value::Null) => ("(null)".to_string(), false),
        Some(found) => match found.scalar_text() {
            Some(text) if text.trim().is_empty() => ("(blank)".to_string(), false),
            Some(text) => (text, true),
            None => ("(not a text)".to_string(), true),
        },
    };
    Status { field: field.text().to_string(), state, decided }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{OfferingsRule, Origin, Roles, TopicsRule, TriageRule};

    fn field(text: &str) -> FieldRef {
        text.parse().expect("a field name")
    }

    fn profile() -> Profile {
        Profile {
            name: "made up".into(),
            origin: Origin::File,
            topics: Some(TopicsRule {
                field: field("topics"),
                linked: vec![],
                vocabulary: None,
                listed: None,
                pinned: vec![],
            }),
            offerings: Some(OfferingsRule {
                field: field("offerings"),
                vocabulary: None,
                listed: None,
                fields: vec![],
            }),
            same: vec![],
            derived: vec![],
            triage: Some(TriageRule {
                field: field("status"),
                accept: "a".into(),
                reject: "r".into(),
                skip: "s".into(),
            }),
            roles: Roles {
                title: Some(field("title")),
                author: Some(field("author")),
                brand: Some(field("link.brand")),
                ..Roles::default()
            },
            columns: vec![],
            views: vec![],
            fields: vec![],
            required: vec![],
            prohibited: vec![],
            form: vec![],
            touch: None,
        }
    }

    fn map(entries: Vec<(&str, Value)>) -> Value {
        Value::Map(entries.into_iter().map(|(k, v)| (k.to_string(), v)).collect())
    }

    #[test]
    fn a_card_holds_what_the_roles_name_whatever_its_shape() {
        let value = map(vec![
            ("title", " Care at home ".into()),
            ("author", Value::Seq(vec!["Ada Reed".into(), Value::Null, "Bo Lind".into()])),
            ("link", map(vec![("brand", "wardpost.example".into())])),
            ("topics", Value::Seq(vec!["A: B".into()])),
            (
                "offerings",
                Value::Seq(vec![map(vec![("id", 3.into()), ("label", "Kit".into())]), "Plain".into(), Value::Null]),
            ),
            ("status", "".into()),
        ]);
        let card = card(&profile(), &value);
        assert_eq!((card.title.as_str(), card.author.as_str()), ("Care at home", "Ada Reed, Bo Lind"));
        assert_eq!((card.brand.as_str(), card.url.as_str()), ("wardpost.example", ""));
        assert_eq!((card.topics, card.offerings), (vec!["A: B".to_string()], vec!["Kit".into(), "Plain".into()]));
        assert_eq!(card.status.map(|s| (s.state, s.decided)), Some(("(blank)".into(), false)));
    }

    #[test]
    fn a_missing_and_a_null_status_are_told_apart() {
        let state = |value: Value| card(&profile(), &value).status.map(|s| s.state);
        assert_eq!(state(map(vec![])).as_deref(), Some("(missing)"));
        assert_eq!(state(map(vec![("status", Value::Null)])).as_deref(), Some("(null)"));
        assert_eq!(state(map(vec![("status", "approved".into())])).as_deref(), Some("approved"));
    }
}
