//! A profile as YAML: what `curate profile` prints and `--write` keeps. It reads back to the same profile.

use std::fmt::Write;

use super::{FieldRule, Kind, Origin, Profile, Roles};
use crate::content::FieldRef;

impl Profile {
    /// The whole profile as a `.curate.yaml`, with a header that says where it comes from. Every section stands there, so that nothing
    /// beneath shines through; null says that there is none.
    pub fn to_yaml(&self) -> String {
        let mut out = header(self);
        let beneath = if self.name == super::CURATED_CONTENT {
            out.push_str("extends: curated-content\n");
            Profile::builtin()
        } else {
            Profile::empty("", Origin::File)
        };
        topics(&mut out, self, &beneath);
        offerings(&mut out, self, &beneath);
        let places =
            |same: &Profile| same.same.iter().map(|(f, p)| (f.text().to_string(), list(p))).collect::<Vec<_>>();
        map(&mut out, 0, "same", &places(self), &places(&beneath));
        let derived =
            |p: &Profile| p.derived.iter().map(|(f, t)| (f.text().to_string(), quoted(t.text()))).collect::<Vec<_>>();
        map(&mut out, 0, "derived", &derived(self), &derived(&beneath));
        triage(&mut out, self);
        roles(&mut out, &self.roles);
        line(&mut out, 0, "columns", &flow(self.columns.iter().map(|c| scalar(c))));
        let views = |p: &Profile| p.views.iter().map(|(n, q)| (n.clone(), quoted(q))).collect::<Vec<_>>();
        map(&mut out, 0, "views", &views(self), &views(&beneath));
        let fields = |p: &Profile| p.fields.iter().map(|r| (r.field.text().to_string(), rule(r))).collect::<Vec<_>>();
        map(&mut out, 0, "fields", &fields(self), &fields(&beneath));
        line(&mut out, 0, "required", &list(&self.required));
        line(&mut out, 0, "prohibited", &list(&self.prohibited));
        form(&mut out, self);
        line(&mut out, 0, "touch", &optional(self.touch.as_ref()));
        out
    }
}

fn header(profile: &Profile) -> String {
    let origin = match profile.origin {
        Origin::File => "From .curate.yaml, with everything that it extends.".to_string(),
        Origin::BuiltIn => format!("The built-in profile {}: the items look like it.", profile.name),
        Origin::Inferred => "Inferred from the first files of the library: there is no .curate.yaml.".to_string(),
    };
    let keep = match profile.origin {
        Origin::File => "",
        _ => "# Kept as .curate.yaml it can be changed; a `kind` that stands in that file refuses other values.\n",
    };
    format!("# What the fields of this library mean. {origin}\n{keep}")
}

fn topics(out: &mut String, profile: &Profile, beneath: &Profile) {
    let Some(rule) = &profile.topics else { return line(out, 0, "topics", "null") };
    out.push_str("topics:\n");
    line(out, 1, "field", &scalar(rule.field.text()));
    let linked = |p: &Profile| {
        let linked = p.topics.iter().filter(|t| t.field == rule.field).flat_map(|t| &t.linked);
        linked.map(|(f, t)| (f.text().to_string(), quoted(t.text()))).collect::<Vec<_>>()
    };
    map(out, 1, "linked", &linked(profile), &linked(beneath));
    line(out, 1, "vocabulary", &rule.vocabulary.as_ref().map_or("null".to_string(), |v| scalar(v)));
    line(out, 1, "pinned", &flow(rule.pinned.iter().map(|p| scalar(p))));
}

fn offerings(out: &mut String, profile: &Profile, beneath: &Profile) {
    let Some(rule) = &profile.offerings else { return line(out, 0, "offerings", "null") };
    out.push_str("offerings:\n");
    line(out, 1, "field", &scalar(rule.field.text()));
    line(out, 1, "vocabulary", &rule.vocabulary.as_ref().map_or("null".to_string(), |v| scalar(v)));
    let fields = |p: &Profile| {
        let fields = p.offerings.iter().flat_map(|o| &o.fields);
        fields.map(|(key, text)| (key.clone(), scalar(text))).collect::<Vec<_>>()
    };
    map(out, 1, "fields", &fields(profile), &fields(beneath));
}

fn triage(out: &mut String, profile: &Profile) {
    let Some(rule) = &profile.triage else { return line(out, 0, "triage", "null") };
    let parts = [
        ("field", scalar(rule.field.text())),
        ("accept", scalar(&rule.accept)),
        ("reject", scalar(&rule.reject)),
        ("skip", scalar(&rule.skip)),
    ];
    line(out, 0, "triage", &pairs(&parts));
}

fn roles(out: &mut String, roles: &Roles) {
    let parts = [
        ("title", optional(roles.title.as_ref())),
        ("date", optional(roles.date.as_ref())),
        ("url", optional(roles.url.as_ref())),
        ("brand", optional(roles.brand.as_ref())),
        ("author", optional(roles.author.as_ref())),
    ];
    line(out, 0, "roles", &pairs(&parts));
}

fn form(out: &mut String, profile: &Profile) {
    if profile.form.is_empty() {
        return line(out, 0, "form", "[]");
    }
    out.push_str("form:\n");
    for group in &profile.form {
        // A string takes all that is written to it.
        let _ = writeln!(out, "  - {{group: {}, fields: {}}}", scalar(&group.name), list(&group.fields));
    }
}

fn rule(rule: &FieldRule) -> String {
    let mut parts = Vec::new();
    if let Some(kind) = &rule.kind {
        parts.push(("kind", kind.name().to_string()));
        if let Kind::Choice(of) = kind
            && !of.is_empty()
        {
            parts.push(("of", flow(of.iter().map(|o| scalar(o)))));
        }
    }
    parts.extend(rule.max.map(|max| ("max", max.to_string())));
    parts.extend(rule.fits.map(|fits| ("fits", fits.to_string())));
    parts.extend(rule.label.as_ref().map(|label| ("label", scalar(label))));
    parts.extend(rule.help.as_ref().map(|help| ("help", scalar(help))));
    pairs(&parts)
}

/// A map in block style; keys that only the profile beneath has are taken away.
fn map(out: &mut String, depth: usize, key: &str, own: &[(String, String)], beneath: &[(String, String)]) {
    let gone = beneath.iter().filter(|(key, _)| own.iter().all(|(k, _)| k != key));
    let gone: Vec<(String, String)> = gone.map(|(key, _)| (key.clone(), "null".to_string())).collect();
    if own.is_empty() && gone.is_empty() {
        return line(out, depth, key, "{}");
    }
    let _ = writeln!(out, "{}{key}:", "  ".repeat(depth));
    for (key, value) in own.iter().chain(&gone) {
        line(out, depth + 1, &scalar(key), value);
    }
}

fn line(out: &mut String, depth: usize, key: &str, value: &str) {
    let _ = writeln!(out, "{}{key}: {value}", "  ".repeat(depth));
}

fn list(fields: &[FieldRef]) -> String {
    flow(fields.iter().map(|f| scalar(f.text())))
}

fn flow(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn pairs(parts: &[(&str, String)]) -> String {
    format!("{{{}}}", parts.iter().map(|(k, v)| format!("{k}: {v}")).collect::<Vec<_>>().join(", "))
}

fn optional(field: Option<&FieldRef>) -> String {
    field.map_or("null".to_string(), |f| scalar(f.text()))
}

/// Plain where nothing can be read into it, else in double quotes.
fn scalar(text: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '/');
    let word = text.to_ascii_lowercase();
    let means = matches!(word.as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    let opens = text.starts_with(|c: char| c.is_ascii_alphabetic());
    if opens && !means && text.chars().all(harmless) && !text.ends_with(' ') {
        return text.to_string();
    }
    quoted(text)
}

/// JSON's strings are YAML's double-quoted ones, but for the few characters that YAML does not print.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || crate::shown::is_invisible_control(c) => {
                let _ = write!(out, "\\U{:08X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
