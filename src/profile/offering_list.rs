//! The offerings that a vocabulary file lists, each a whole entry.
//!
//! Not here: which offerings the library uses (`library`), the shapes of such files (`vocabulary`), and how one is found (`shell`).

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::vocabulary::{Listed, Listing};
use super::{Kind, OfferingsRule, ProfileError};
use crate::content::Value;

/// What a vocabulary file says of offerings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfferingList {
    /// Why it cannot be read, or not all of it; then it lists nothing, or the rest.
    pub problem: Option<String>,
    /// In the order of the file.
    pub entries: Vec<Value>,
}

impl OfferingList {
    /// Reads a file's text. Entries that nobody could name are left out, and said.
    ///
    /// # Errors
    /// The file, the line and the reason.
    pub fn read(text: &str, file: &str, rule: &OfferingsRule) -> Result<OfferingList, ProfileError> {
        let listed = Listed::<ListedOffering>::read(text, file)?;
        let is_csv = file.to_ascii_lowercase().ends_with(".csv");
        let mut list = OfferingList::default();
        for (at, ListedOffering(entry)) in listed.entries.into_iter().enumerate() {
            let entry = if is_csv { typed(rule, entry) } else { entry };
            if rule.identity(&entry).is_some() {
                list.entries.push(entry);
            } else if list.problem.is_none() {
                list.problem = Some(format!("{file}: entry {} has neither a {} nor an id", at + 1, rule.label_key()));
            }
        }
        Ok(list)
    }

    /// A list whose file cannot be read.
    pub fn unread(problem: String) -> OfferingList {
        OfferingList { problem: Some(problem), entries: Vec::new() }
    }
}

/// The texts of a CSV line as the kinds that the profile names: its cells have none.
fn typed(rule: &OfferingsRule, entry: Value) -> Value {
    let Value::Map(pairs) = entry else { return entry };
    let typed = pairs.into_iter().map(|(key, value)| {
        let said = rule.fields.iter().find(|(known, _)| *known == key).and_then(|(_, kind)| Kind::named(kind));
        let text = value.scalar_text().unwrap_or_default();
        let plain = Value::plain(&text);
        let value = match (said, &plain) {
            (Some(Kind::Integer | Kind::Number), Value::Number(_)) | (Some(Kind::Boolean), Value::Bool(_)) => plain,
            (Some(Kind::Topics | Kind::List), _) => {
                let texts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
                Value::Seq(texts.map(Value::from).collect())
            }
            _ => value,
        };
        (key, value)
    });
    Value::Map(typed.collect())
}

/// An entry, of whatever keys.
struct ListedOffering(Value);

impl Listing for ListedOffering {
    const LIST: &'static str = "offerings";
    // The columns are the keys of an entry: the profile's, and any other.
    const COLUMNS: &'static [&'static str] = &[];
}

impl<'de> Deserialize<'de> for ListedOffering {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<ListedOffering, D::Error> {
        Ok(ListedOffering(from.deserialize_any(AnyValue)?.0))
    }
}

/// A value as a vocabulary file holds it.
struct Any(Value);

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Any, D::Error> {
        from.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an offering: a map of its keys, or its label")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Any, E> {
        Ok(Any(flag.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Any, E> {
        Ok(Any(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Any, E> {
        Ok(Any(Value::plain(&number.to_string())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Any, E> {
        Ok(Any(Value::plain(&number.to_string())))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Any, E> {
        Ok(Any(text.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Any, E> {
        Ok(Any(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Any, A::Error> {
        let mut items = Vec::new();
        while let Some(Any(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Any(Value::Seq(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Any, A::Error> {
        let mut pairs: Vec<(String, Value)> = Vec::new();
        while let Some((key, Any(value))) = map.next_entry::<String, Any>()? {
            if pairs.iter().any(|(known, _)| *known == key) {
                return Err(A::Error::custom(format!("the key `{key}` stands twice in one map")));
            }
            pairs.push((key, value));
        }
        Ok(Any(Value::Map(pairs)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn read(text: &str, file: &str) -> Result<OfferingList, String> {
        let rule = Profile::builtin().offerings.unwrap();
        OfferingList::read(text, file, &rule).map_err(|error| error.to_string())
    }

    fn bell() -> Value {
        let topics = Value::Seq(vec!["Orbit: Nursing".into(), "Orbit: Wards".into()]);
        let pairs = [("label", "Bell".into()), ("categories", topics), ("offeringId", 12.into())];
        Value::Map(pairs.map(|(key, value): (&str, Value)| (key.to_string(), value)).to_vec())
    }

    #[test]
    fn one_entry_is_the_same_in_yaml_json_and_csv() {
        for (file, text) in [
            ("o.yaml", "- label: Bell\n  categories: ['Orbit: Nursing', 'Orbit: Wards']\n  offeringId: 12\n"),
            ("o.yaml", "offerings:\n- {label: Bell, categories: ['Orbit: Nursing', 'Orbit: Wards'], offeringId: 12}\n"),
            ("o.json", r#"[{"label": "Bell", "categories": ["Orbit: Nursing", "Orbit: Wards"], "offeringId": 12}]"#),
            ("o.csv", "label,categories,offeringId\nBell,Orbit: Nursing; Orbit: Wards,12\n"),
        ] {
            assert_eq!(read(text, file).unwrap().entries, [bell()], "{file}: {text}");
        }
        assert_eq!(read("[Bell]", "o.yaml").unwrap().entries, [Value::from("Bell")]);
    }

    #[test]
    fn an_error_names_file_line_and_reason_and_an_entry_without_a_name_is_left_out() {
        for (file, text, said) in [
            ("o.yaml", "- label: Bell\n  offeringId: [\n", "o.yaml:"),
            ("o.json", "[\n{\"label\": }]", "o.json:2: "),
            ("o.csv", "label,offeringId\nBell,12\nKit\n", "o.csv:3: 1 cells here, 2 in the first line"),
        ] {
            let error = read(text, file).unwrap_err();
            assert!(error.starts_with(said), "{error}");
        }
        let list = read("- label: Bell\n- {permalink: /x}\n- Kit\n", "o.yaml").unwrap();
        assert_eq!(list.entries.len(), 2);
        assert_eq!(list.problem.as_deref(), Some("o.yaml: entry 2 has neither a label nor an id"));
    }
}
