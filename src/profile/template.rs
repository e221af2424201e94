//! Templates such as `topic/{topic|slug}` and `{basePath}{title|slug}` (DESIGN: profiles).
//!
//! Here: reading them, the four functions, and filling the holes. Not here: what a name stands for; the caller looks it up.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A text with `{name|function…}` holes; `{{` and `}}` are braces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Template {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Hole { name: String, functions: Vec<Function> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Lower,
    Slug,
    Label,
    Brand,
}

/// Why a text is no template, and at which character (from 1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the template `{text}` cannot be read at character {at}: {reason}")]
pub struct TemplateError {
    pub text: String,
    pub at: usize,
    pub reason: String,
}

impl std::str::FromStr for Template {
    type Err = TemplateError;
    fn from_str(text: &str) -> Result<Template, TemplateError> {
        let fail = |byte: usize, reason: String| TemplateError {
            text: text.to_string(),
            at: text[..byte].chars().count() + 1,
            reason,
        };
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                plain.push(c);
                at += 2;
            } else if c == '{' {
                let end = rest.find('}').ok_or_else(|| fail(at, "`{` is not closed".to_string()))?;
                if !plain.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                }
                parts.push(hole(&rest[1..end]).map_err(|(offset, reason)| fail(at + 1 + offset, reason))?);
                at += end + 1;
            } else if c == '}' {
                return Err(fail(at, "`}` without `{` (a brace is written `}}`)".to_string()));
            } else {
                plain.push(c);
                at += c.len_utf8();
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Template { text: text.to_string(), parts })
    }
}

/// What stands between the braces; an error with its place there.
fn hole(inside: &str) -> Result<Part, (usize, String)> {
    let mut words = inside.split('|');
    let name = words.next().unwrap_or_default();
    if name.trim().is_empty() {
        return Err((0, "a field's name is missing".to_string()));
    }
    let mut at = name.len() + 1;
    let mut functions = Vec::new();
    for word in words {
        functions.push(match word.trim() {
            "lower" => Function::Lower,
            "slug" => Function::Slug,
            "label" => Function::Label,
            "brand" => Function::Brand,
            other => {
                return Err((at, format!("there is no function `{other}`; there are lower, slug, label and brand")));
            }
        });
        at += word.len() + 1;
    }
    Ok(Part::Hole { name: name.trim().to_string(), functions })
}

impl TryFrom<String> for Template {
    type Error = TemplateError;
    fn try_from(text: String) -> Result<Template, TemplateError> {
        text.parse()
    }
}

impl From<Template> for String {
    fn from(template: Template) -> String {
        template.text
    }
}

impl Template {
    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names in its holes, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Hole { name, .. } => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// The text with every hole filled by what `lookup` says of its name; `None` where it says nothing of one of them.
    pub fn render(&self, lookup: impl Fn(&str) -> Option<String>) -> Option<String> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => Some(text.clone()),
                Part::Hole { name, functions } => {
                    lookup(name).map(|value| functions.iter().fold(value, |text, function| function.of(&text)))
                }
            })
            .collect()
    }
}

impl Function {
    fn of(self, text: &str) -> String {
        match self {
            Function::Lower => text.to_lowercase(),
            Function::Slug => slug(text),
            Function::Label => label(text).to_string(),
            Function::Brand => brand(text).to_string(),
        }
    }
}

/// Accents folded, apostrophes dropped, lower case, every other run of what is not a letter or digit one `-`, trimmed.
///
/// ```
/// use curate::profile::template::slug;
/// assert_eq!(slug("Spect's café, at home"), "spects-cafe-at-home");
/// ```
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfkd() {
        if is_accent(c) || is_apostrophe(c) {
            continue;
        }
        if !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c) {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    // Marks that are part of a letter (kana, Hangul, Devanagari) were kept, and compose again.
    out.nfc().collect()
}

/// The marks over Latin, Greek and Cyrillic letters, which addresses go without.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}')
}

/// What stands after the first `: `: a topic without its scheme.
pub fn label(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(_, label)| label)
}

/// What stands before the first `: `: a topic's scheme; empty where it has none.
pub fn scheme(text: &str) -> &str {
    text.split_once(": ").map_or("", |(scheme, _)| scheme)
}

/// A host without `www.` and its last part: `sciencedirect` of `www.sciencedirect.com`.
pub fn brand(text: &str) -> &str {
    let host = text.trim().trim_start_matches("https://").trim_start_matches("http://");
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.rsplit_once('.').map_or(host, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(template: &str, value: &str) -> String {
        template.parse::<Template>().unwrap().render(|_| Some(value.to_string())).unwrap()
    }

    #[test]
    fn a_topic_becomes_its_address() {
        let topic = "Medical Subject Headings (MeSH): Virtual Reality";
        assert_eq!(fill("topic/{topic|slug}", topic), "topic/medical-subject-headings-mesh-virtual-reality");
        assert_eq!(fill("{topic|label}", topic), "Virtual Reality");
        assert_eq!(fill("{topic|label|lower}", topic), "virtual reality");
        assert_eq!(
            fill("/offering/{label|slug}", "Spect's enterprise solution"),
            "/offering/spects-enterprise-solution"
        );
    }

    #[test]
    fn a_slug_folds_accents_and_drops_apostrophes() {
        assert_eq!(slug("  L’été à Zürich — déjà vu?! "), "lete-a-zurich-deja-vu");
        assert_eq!(slug("日本語 ガイド"), "日本語-ガイド");
        assert_eq!(slug("C++ & C#"), "c-c");
        assert_eq!(slug("---"), "");
    }

    #[test]
    fn a_brand_is_the_host_without_its_ends() {
        assert_eq!(brand("sciencedirect.com"), "sciencedirect");
        assert_eq!(brand("https://www.nejm.org/doi/x"), "nejm");
        assert_eq!(brand("localhost"), "localhost");
    }

    #[test]
    fn a_hole_without_a_value_makes_no_text_and_doubled_braces_are_braces() {
        let template: Template = "{{{a}}}-{b}".parse().unwrap();
        assert_eq!(template.render(|name| (name == "a").then(String::new)), None);
        assert_eq!(template.render(|name| Some(name.to_uppercase())).as_deref(), Some("{A}-B"));
    }

    #[test]
    fn an_error_points_at_its_place() {
        for (text, at, reason) in [
            ("a/{b", 3, "not closed"),
            ("é}", 2, "without `{`"),
            ("{}", 2, "missing"),
            ("{a|lower|slugg}", 10, "`slugg`; there are lower"),
        ] {
            let error = text.parse::<Template>().unwrap_err();
            assert_eq!(error.at, at, "{text}");
            assert!(error.to_string().contains(reason), "{text}: {error}");
        }
    }
}
