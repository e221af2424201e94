//! What stands in `.curate.yaml`, key by key, as `serde` reads it.
//!
//! Here: the shape of the file and its errors. Not here: what it means on top of another profile (`load`).

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::{Kind, Template};
use crate::content::FieldRef;

/// A section: `None` where the file does not name it, `Some(None)` where it says null, which takes the section away.
type Section<T> = Option<Option<T>>;

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub extends: Option<String>,
    #[serde(deserialize_with = "said")]
    pub topics: Section<Topics>,
    #[serde(deserialize_with = "said")]
    pub offerings: Section<Offerings>,
    #[serde(deserialize_with = "said")]
    pub same: Section<Entries<FieldRef, Vec<FieldRef>>>,
    #[serde(deserialize_with = "said")]
    pub derived: Section<Entries<FieldRef, Template>>,
    #[serde(deserialize_with = "said")]
    pub triage: Section<Triage>,
    #[serde(deserialize_with = "said")]
    pub roles: Section<Roles>,
    #[serde(deserialize_with = "said")]
    pub columns: Section<Vec<String>>,
    #[serde(deserialize_with = "said")]
    pub views: Section<Entries<String, String>>,
    #[serde(deserialize_with = "said")]
    pub fields: Section<Entries<FieldRef, Field>>,
    #[serde(deserialize_with = "said")]
    pub required: Section<Vec<FieldRef>>,
    #[serde(deserialize_with = "said")]
    pub prohibited: Section<Vec<FieldRef>>,
    #[serde(deserialize_with = "said")]
    pub form: Section<Vec<Group>>,
    #[serde(deserialize_with = "said")]
    pub touch: Section<FieldRef>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Topics {
    pub field: Option<FieldRef>,
    #[serde(deserialize_with = "said")]
    pub linked: Section<Entries<FieldRef, Template>>,
    #[serde(deserialize_with = "said")]
    pub vocabulary: Section<String>,
    #[serde(deserialize_with = "said")]
    pub pinned: Section<Vec<String>>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Offerings {
    pub field: Option<FieldRef>,
    #[serde(deserialize_with = "said")]
    pub vocabulary: Section<String>,
    #[serde(deserialize_with = "said")]
    pub fields: Section<Entries<String, EntryField>>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Triage {
    pub field: Option<FieldRef>,
    pub accept: Option<String>,
    pub reject: Option<String>,
    pub skip: Option<String>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Roles {
    #[serde(deserialize_with = "said")]
    pub title: Section<FieldRef>,
    #[serde(deserialize_with = "said")]
    pub date: Section<FieldRef>,
    #[serde(deserialize_with = "said")]
    pub url: Section<FieldRef>,
    #[serde(deserialize_with = "said")]
    pub brand: Section<FieldRef>,
    #[serde(deserialize_with = "said")]
    pub author: Section<FieldRef>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Field {
    pub kind: Option<KindName>,
    pub of: Option<Vec<String>>,
    pub max: Option<usize>,
    pub fits: Option<usize>,
    pub label: Option<String>,
    pub help: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub group: String,
    #[serde(default)]
    pub fields: Vec<FieldRef>,
}

fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Section<T>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// The name of a kind.
pub(super) struct KindName(pub Kind);

impl<'de> Deserialize<'de> for KindName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<KindName, D::Error> {
        let name = String::deserialize(from)?;
        let known = || format!("there is no kind `{name}`; there are {}", Kind::NAMES.join(", "));
        Kind::named(&name).map(KindName).ok_or_else(|| D::Error::custom(known()))
    }
}

/// A key of an offering: the name of a kind, or a template that it follows.
pub(super) struct EntryField(pub String);

impl<'de> Deserialize<'de> for EntryField {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<EntryField, D::Error> {
        let text = String::deserialize(from)?;
        if text.contains(['{', '}']) {
            text.parse::<Template>().map_err(D::Error::custom)?;
        } else if Kind::named(&text).is_none() {
            let known = Kind::NAMES.join(", ");
            return Err(D::Error::custom(format!("`{text}` is neither a kind ({known}) nor a template with {{…}}")));
        }
        Ok(EntryField(text))
    }
}

/// A map in the order of the file; a key with null takes that key away from the profile beneath.
pub(super) struct Entries<K, V>(pub Vec<(K, Option<V>)>);

impl<'de, K: Deserialize<'de> + PartialEq + fmt::Display, V: Deserialize<'de>> Deserialize<'de> for Entries<K, V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de> + PartialEq + fmt::Display, V: Deserialize<'de>> Visitor<'de> for EntriesVisitor<K, V> {
    type Value = Entries<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<K, V>, A::Error> {
        let mut entries: Vec<(K, Option<V>)> = Vec::new();
        while let Some((key, value)) = map.next_entry()? {
            if entries.iter().any(|(known, _)| *known == key) {
                return Err(A::Error::custom(format!("`{key}` stands here twice")));
            }
            entries.push((key, value));
        }
        Ok(Entries(entries))
    }
}
