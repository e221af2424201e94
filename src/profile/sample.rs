//! Made-up front matters for the tests of this room.

use std::time::SystemTime;

use super::expand::{Expansion, expand_value};
use super::{Intent, Profile};
use crate::content::edit::apply_to_value;
use crate::content::{Document, FieldRef, Refusal, Value};

/// An item in the shape that `curated-content` describes, everything in step.
pub(super) const ITEM: &str = "\
aliases: /news/a-walk-through-the-virtual-ward
archetype: curated-content
author: [Mira Okafor]
basePath: /news/
breadcrumbs: [Home, News, A walk through the virtual ward]
categories:
  - 'Plain Subject Words (PSW): Virtual Care'
  - 'Orbit: Nursing'
categorySlug:
  - 'plain subject words (psw): virtual care'
  - 'orbit: nursing'
categoryUrl:
  - topic/plain-subject-words-psw-virtual-care
  - topic/orbit-nursing
categoryLabel: [Virtual Care, Nursing]
date: '2023-03-05'
description: A ward without walls. Nurses see
featuredImage: {alt: A walk through the virtual ward, href: ward.png, valid: true}
htmlMetaData: {msvalidate.01: null, ogtitle: A walk through the virtual ward, ogdescription: Wards without walls.}
link: {brand: wardpost.example.org, href: 'https://wardpost.example.org/w/1', original: 'https://wardpost.example.org/w/1'}
href: 'https://wardpost.example.org/w/1'
original: 'https://wardpost.example.org/w/1'
openGraphMetaData: {ogtitle: A walk through the virtual ward, ogdescription: Wards without walls., ogurl: null}
openProjectCustomFields:
  cleanUrl: 'https://wardpost.example.org/w/1'
  medigyTopics:
    - 'Plain Subject Words (PSW): Virtual Care'
    - 'Orbit: Nursing'
  sourceUrl: 'https://wardpost.example.org/w/1'
relatedOfferings:
  - {label: Night Owl's Rota, permalink: /offering/night-owls-rota, categories: ['Orbit: Nursing'], offeringId: 411}
  - {label: WardView, permalink: /offering/wardview, categories: [], offeringId: 97}
slug: wardpost-example-a-walk-through-the-virtual-ward
status: ''
title: A walk through the virtual ward
twitterMetaData: {twittertitle: A walk through the virtual ward, twitterdescription: Wards without walls.}
weight: 12
lastMod: '2023-03-05T08:00:00Z'
";

/// A document with that front matter, fences around it, and a body.
pub(super) fn document(yaml: &str) -> Document {
    let end = if yaml.ends_with('\n') { "" } else { "\n" };
    Document::open(format!("---\n{yaml}{end}---\n<p>Body</p>").into_bytes()).unwrap()
}

/// The value of a front matter.
pub(super) fn front(yaml: &str) -> Value {
    document(yaml).value().unwrap()
}

/// What the field of that name holds.
pub(super) fn get(value: &Value, field: &str) -> Option<Value> {
    let path = field.parse::<FieldRef>().unwrap().resolve(value)?;
    value.at(&path).cloned()
}

/// What an intent means, and the value after it.
pub(super) fn done(profile: &Profile, intent: &Intent, value: &Value) -> Result<(Expansion, Value), Refusal> {
    let expansion = expand_value(profile, intent, value, SystemTime::UNIX_EPOCH)?;
    let mut after = value.clone();
    apply_to_value(&mut after, &expansion.edits).unwrap();
    Ok((expansion, after))
}

/// The fields that differ, as `path: new`, in the order of the file.
pub(super) fn changes(before: &Value, after: &Value) -> Vec<String> {
    let mut out = Vec::new();
    compare("", Some(before), Some(after), &mut out);
    out
}

fn compare(at: &str, before: Option<&Value>, after: Option<&Value>, out: &mut Vec<String>) {
    match (before, after) {
        (Some(Value::Map(old)), Some(Value::Map(new))) => {
            let keys = old.iter().chain(new.iter().filter(|(k, _)| old.iter().all(|(o, _)| o != k)));
            for (key, _) in keys {
                let get = |map: &[(String, Value)]| map.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
                let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                compare(&path, get(old).as_ref(), get(new).as_ref(), out);
            }
        }
        (Some(Value::Seq(old)), Some(Value::Seq(new))) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare(&format!("{at}[{index}]"), Some(old), Some(new), out);
            }
        }
        (old, new) if old == new => {}
        (_, new) => out.push(format!("{at}: {}", new.map_or("(gone)".to_string(), brief))),
    }
}

fn brief(value: &Value) -> String {
    match value {
        Value::Seq(items) => format!("[{}]", items.iter().map(brief).collect::<Vec<_>>().join(" | ")),
        Value::Map(entries) => {
            format!("{{{}}}", entries.iter().map(|(k, v)| format!("{k}: {}", brief(v))).collect::<Vec<_>>().join(", "))
        }
        Value::Number(number) => format!("#{}", number.text()),
        Value::Bool(flag) => format!("!{flag}"),
        Value::Date(text) => format!("@{text}"),
        Value::Null => "null".to_string(),
        Value::Str(text) => format!("'{text}'"),
    }
}
