//! The form by its keys: what goes in, which intents come out, what the rows say. All values are made up.

mod editing;
mod leaves;
mod lists;
mod rows;

use super::*;
use crate::command::{Key, Keymap, Mode};
use crate::content::Number;

/// An item in the shape of the built-in profile.
pub const ITEM: &str = r#"{
  "aliases": "/news/a-walk-through-the-virtual-ward", "archetype": "curated-content",
  "author": ["Mira Okafor"], "basePath": "/news/",
  "breadcrumbLinks": ["/", "/news/", ""],
  "breadcrumbs": ["Home", "News", "A walk through the virtual ward"],
  "categories": ["Plain Subject Words (PSW): Virtual Care", "Orbit: Nursing"],
  "categorySlug": ["plain subject words (psw): virtual care", "orbit: nursing"],
  "categoryUrl": ["topic/plain-subject-words-psw-virtual-care", "topic/orbit-nursing"],
  "categoryLabel": ["Virtual Care", "Nursing"],
  "institution": null, "offering": null, "layOut": "single", "date": "2023-03-05",
  "description": "A ward without walls lets nurses see to forty patients at home, each with a scale, a cuff and a tablet.\nIt began in two rooms above a pharmacy and now has",
  "favIconImage": null,
  "featuredImage": {"alt": "A walk through the virtual ward", "format": "PNG", "href": "ward.png", "size": [300, 590],
    "valid": true, "workPackage": 411, "wpAttachment": {"fileName": "ward.png", "link": "/files/ward"}},
  "featuredPdf": null,
  "htmlMetaData": {"author": null, "description": null, "generator": null, "viewport": "initial-scale=1",
    "msvalidate.01": null, "ogdescription": "Wards without walls.", "ogimage": "https://wardpost.example.org/w.png",
    "ogsite_name": null, "ogtitle": "A walk through the virtual ward", "ogtype": "article", "robots": null, "keywords": null},
  "id": 411, "identifier": "News", "lastMod": "2023-03-05T08:00:00.120Z",
  "link": {"brand": "wardpost.example.org", "href": "https://wardpost.example.org/w/1", "original": "https://wardpost.example.org/w/1"},
  "href": "https://wardpost.example.org/w/1", "original": "https://wardpost.example.org/w/1", "mastHead": "NEWS",
  "openGraphMetaData": {"ogdescription": "Wards without walls.", "ogtitle": "A walk through the virtual ward",
    "ogurl": null, "ogimage": "https://wardpost.example.org/w.png", "ogsite_name": null, "ogtype": "article", "ogimageheight": null},
  "openProjectCustomFields": {"cleanUrl": "https://wardpost.example.org/w/1",
    "medigyTopics": ["Plain Subject Words (PSW): Virtual Care", "Orbit: Nursing"],
    "sourceUrl": "https://wardpost.example.org/w/1"},
  "slug": "wardpost-example-a-walk-through-the-virtual-ward", "source": "open-project-curations", "status": "", "sub": "brief",
  "tags": ["News"], "title": "A walk through the virtual ward", "via": " ", "insights_name": null, "viaLink": null,
  "relatedOfferings": [
    {"label": "Night Owl's Rota", "permalink": "/offering/night-owls-rota", "categories": ["Orbit: Nursing"], "offeringId": 97},
    {"label": "WardView", "permalink": "/offering/wardview", "categories": ["Orbit: Nursing", "Tides: Virtual Care"], "offeringId": 101}],
  "twitterMetaData": {"twittercard": null, "twitterdescription": "Wards without walls.",
    "twittertitle": "A walk through the virtual ward", "twitterimage": null, "twitterurl": null}
}"#;

pub fn value(json: &str) -> Value {
    of(serde_json::from_str(json).unwrap())
}

fn of(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => flag.into(),
        serde_json::Value::Number(number) => Value::plain(&number.to_string()),
        serde_json::Value::String(text) => text.into(),
        serde_json::Value::Array(items) => Value::Seq(items.into_iter().map(of).collect()),
        serde_json::Value::Object(map) => Value::Map(map.into_iter().map(|(k, v)| (k, of(v))).collect()),
    }
}

/// Someone at the form.
pub struct Desk {
    pub form: Form,
    keymap: Keymap,
    /// What was asked of the desk, in words.
    pub heard: Vec<String>,
    pub offers: Vec<String>,
}

impl Desk {
    pub fn with(json: &str) -> Desk {
        Desk::over(&Profile::builtin(), json)
    }

    pub fn over(profile: &Profile, json: &str) -> Desk {
        let source = FormSource::of(value(json), value(json));
        let form = Form::open("news/one.md".into(), profile, source);
        Desk { form, keymap: Keymap::default(), heard: Vec::new(), offers: Vec::new() }
    }

    /// Keys, a blank between two.
    pub fn press(&mut self, keys: &str) -> &mut Desk {
        for key in keys.split(' ').filter(|k| !k.is_empty()) {
            self.key(key.parse().unwrap());
        }
        self
    }

    /// Letters.
    pub fn type_text(&mut self, text: &str) -> &mut Desk {
        for c in text.chars() {
            let code = if c == '\n' { crate::command::Code::Enter } else { crate::command::Code::Char(c) };
            self.key(Key::plain(code));
        }
        self
    }

    fn key(&mut self, key: Key) {
        let mode = if self.form.is_typing() { Mode::Field } else { Mode::Form };
        let offers = self.offers.clone();
        let outcome = match self.keymap.command(mode, key) {
            Some(command) => self.form.command(command, &|_| offers.clone()),
            None if mode == Mode::Field => self.form.key(key),
            None => Outcome::Nothing,
        };
        self.hear(outcome);
    }

    fn hear(&mut self, outcome: Outcome) {
        self.heard.extend(match outcome {
            Outcome::Nothing => None,
            Outcome::Say(text) => Some(format!("say: {text}")),
            Outcome::Refuse(text) => Some(format!("refuse: {text}")),
            Outcome::Leave => Some("leave".to_string()),
            Outcome::Run(command) => Some(format!("run: {}", command.id())),
            Outcome::EditEach { label, parts } => {
                let part = |(item, intents): &(Arc<str>, Arc<[Intent]>)| {
                    format!("{item}: {}", intents.iter().map(said).collect::<Vec<_>>().join("; "))
                };
                Some(format!("{label} => {}", parts.iter().map(part).collect::<Vec<_>>().join(" / ")))
            }
            Outcome::Edit { label, intents } => {
                Some(format!("{label} => {}", intents.iter().map(said).collect::<Vec<_>>().join("; ")))
            }
        });
    }

    /// What was heard since the last time.
    pub fn heard(&mut self) -> String {
        std::mem::take(&mut self.heard).join("\n")
    }

    /// Goes to a field by its name.
    pub fn find(&mut self, name: &str) -> &mut Desk {
        self.press("/").type_text(name).press("enter")
    }

    /// The row under the cursor.
    pub fn here(&self) -> String {
        self.form.current().map(|node| node.path.to_string()).unwrap_or_default()
    }

    pub fn at(&self, field: &str) -> Option<Value> {
        let value = &self.form.tree.value;
        value.at(&field.parse::<FieldRef>().unwrap().resolve(value)?).cloned()
    }

    /// The rows, as text.
    pub fn rows(&self) -> String {
        let mut text = String::new();
        for (at, row) in self.form.rows().iter().enumerate() {
            text.push_str(&self.row(at, row));
            text.push('\n');
        }
        text
    }

    fn row(&self, at: usize, row: &Row) -> String {
        let line = self.form.line(&row.node);
        let fold = match line.fold {
            None => "",
            Some(true) => " v",
            Some(false) => " >",
        };
        let notes: Vec<&str> = line.notes.iter().map(|n| n.text.as_str()).collect();
        let here = if at == self.form.cursor() { ">" } else { " " };
        let dot = if line.changed { "*" } else { " " };
        let text: String = line.text.chars().take(44).collect();
        let indent = "  ".repeat(row.depth);
        format!("{here}{dot}{indent}{}{fold}: {text} | {}", line.label, notes.join(" | ")).trim_end().to_string()
    }
}

fn said(intent: &Intent) -> String {
    match intent {
        Intent::Set { field, value } => format!("set {field} {}", brief(value)),
        Intent::SetText { field, text } => format!("text {field} {text:?}"),
        Intent::Unset { field } => format!("unset {field}"),
        Intent::Append { field, value } => format!("append {field} {}", brief(value)),
        Intent::RemoveEntry { field, value } => format!("remove {field} {}", brief(value)),
        Intent::MoveEntry { field, value, nth, place } => format!("move {field} {} #{nth} {place:?}", brief(value)),
        other => format!("{other:?}"),
    }
}

fn brief(value: &Value) -> String {
    match value {
        Value::Null => "null".to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => Number::text(number).to_string(),
        Value::Date(text) => format!("date {text}"),
        Value::Str(text) => format!("{text:?}"),
        Value::Seq(items) => format!("[{}]", items.iter().map(brief).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(|(k, v)| format!("{k}: {}", brief(v))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}
