//! What a profile file says, laid on top of another profile: the rules stand in `load`.

use super::file::{Entries, EntryField, Field, File, Group, Offerings, Roles, Topics, Triage};
use super::{FieldRule, FormGroup, Kind, OfferingsRule, Profile, Template, TopicsRule, TriageRule};
use crate::content::FieldRef;

impl Profile {
    /// Puts what a file says on top.
    pub(super) fn lay(&mut self, file: File) -> Result<(), (&'static str, &'static str)> {
        if let Some(topics) = file.topics {
            self.topics = topics.map(|t| topics_over(t, self.topics.take())).transpose()?;
        }
        if let Some(offerings) = file.offerings {
            self.offerings = offerings.map(|o| offerings_over(o, self.offerings.take())).transpose()?;
        }
        if let Some(triage) = file.triage {
            self.triage = triage.map(|t| triage_over(t, self.triage.take())).transpose()?;
        }
        merge(&mut self.same, file.same);
        merge(&mut self.derived, file.derived);
        merge(&mut self.views, file.views);
        if let Some(roles) = file.roles {
            roles_over(&mut self.roles, roles.unwrap_or_default());
        }
        if let Some(fields) = file.fields {
            fields_over(&mut self.fields, fields);
        }
        replace(&mut self.columns, file.columns);
        replace(&mut self.required, file.required);
        replace(&mut self.prohibited, file.prohibited);
        let groups =
            |g: Vec<Group>| g.into_iter().map(|g| FormGroup { name: g.group, fields: g.fields }).collect::<Vec<_>>();
        replace(&mut self.form, file.form.map(|form| form.map(groups)));
        if let Some(touch) = file.touch {
            self.touch = touch;
        }
        Ok(())
    }
}

fn replace<T: Default>(old: &mut T, new: Option<Option<T>>) {
    if let Some(new) = new {
        *old = new.unwrap_or_default();
    }
}

fn merge<K: PartialEq, V>(old: &mut Vec<(K, V)>, new: Option<Option<Entries<K, V>>>) {
    let Some(new) = new else { return };
    let Some(Entries(entries)) = new else { return old.clear() };
    for (key, value) in entries {
        let at = old.iter().position(|(known, _)| *known == key);
        match (at, value) {
            (Some(at), Some(value)) => old[at].1 = value,
            (Some(at), None) => drop(old.remove(at)),
            (None, Some(value)) => old.push((key, value)),
            (None, None) => {}
        }
    }
}

type Fault = (&'static str, &'static str);

fn topics_over(file: Topics, old: Option<TopicsRule>) -> Result<TopicsRule, Fault> {
    let mut rule = match (file.field, old) {
        (Some(field), Some(old)) if old.field == field => old,
        (Some(field), old) => TopicsRule {
            field,
            linked: Vec::new(),
            vocabulary: old.as_ref().and_then(|o| o.vocabulary.clone()),
            listed: None,
            pinned: old.map(|o| o.pinned).unwrap_or_default(),
        },
        (None, Some(old)) => old,
        (None, None) => return Err(("topics", "`field` is missing: the list that holds the topics")),
    };
    merge(&mut rule.linked, file.linked);
    rule.vocabulary = file.vocabulary.unwrap_or(rule.vocabulary);
    replace(&mut rule.pinned, file.pinned);
    Ok(rule)
}

fn offerings_over(file: Offerings, old: Option<OfferingsRule>) -> Result<OfferingsRule, Fault> {
    let (old_field, vocabulary, mut fields) = match old {
        Some(old) => (Some(old.field), old.vocabulary, old.fields),
        None => (None, None, Vec::new()),
    };
    let field =
        file.field.or(old_field).ok_or(("offerings", "`field` is missing: the list that holds the offerings"))?;
    let texts = |Entries(entries): Entries<String, EntryField>| {
        Entries(entries.into_iter().map(|(key, value)| (key, value.map(|v| v.0))).collect())
    };
    merge(&mut fields, file.fields.map(|f| f.map(texts)));
    Ok(OfferingsRule { field, vocabulary: file.vocabulary.unwrap_or(vocabulary), listed: None, fields })
}

fn triage_over(file: Triage, old: Option<TriageRule>) -> Result<TriageRule, Fault> {
    let old = old.or_else(|| file.field.clone().map(TriageRule::of));
    let old = old.ok_or(("triage", "`field` is missing: the field that takes the verdict"))?;
    Ok(TriageRule {
        field: file.field.unwrap_or(old.field),
        accept: file.accept.unwrap_or(old.accept),
        reject: file.reject.unwrap_or(old.reject),
        skip: file.skip.unwrap_or(old.skip),
    })
}

impl TriageRule {
    /// The usual values in that field.
    pub fn of(field: FieldRef) -> TriageRule {
        TriageRule { field, accept: "approved".into(), reject: "rejected".into(), skip: "deferred".into() }
    }
}

fn roles_over(roles: &mut super::Roles, file: Roles) {
    let lay = |role: &mut Option<FieldRef>, said: Option<Option<FieldRef>>| {
        if let Some(field) = said {
            *role = field;
        }
    };
    lay(&mut roles.title, file.title);
    lay(&mut roles.date, file.date);
    lay(&mut roles.url, file.url);
    lay(&mut roles.brand, file.brand);
    lay(&mut roles.author, file.author);
}

fn fields_over(rules: &mut Vec<FieldRule>, file: Option<Entries<FieldRef, Field>>) {
    let Some(Entries(entries)) = file else { return rules.clear() };
    for (field, said) in entries {
        let at = rules.iter().position(|rule| rule.field == field);
        let Some(said) = said else {
            at.map(|at| rules.remove(at));
            continue;
        };
        let at = at.unwrap_or_else(|| {
            rules.push(FieldRule { field, kind: None, strict: false, label: None, help: None, max: None, fits: None });
            rules.len() - 1
        });
        rule_over(&mut rules[at], said);
    }
}

fn rule_over(rule: &mut FieldRule, said: Field) {
    let kind = match (said.kind.map(|k| k.0), said.of) {
        (None | Some(Kind::Choice(_)), Some(of)) => Some(Kind::Choice(of)),
        (kind, _) => kind,
    };
    if kind.is_some() {
        rule.kind = kind;
        rule.strict = true;
    }
    rule.max = said.max.or(rule.max);
    rule.fits = said.fits.or(rule.fits);
    rule.label = said.label.or(rule.label.take());
    rule.help = said.help.or(rule.help.take());
}

impl OfferingsRule {
    /// The keys of an entry that follow a template, as `permalink` follows the label.
    pub fn derived(&self) -> impl Iterator<Item = (&str, Template)> {
        self.fields.iter().filter(|(_, text)| text.contains('{')).filter_map(|(key, text)| {
            // What a file says was checked where it was read.
            Some((key.as_str(), text.parse().ok()?))
        })
    }
}
