//! Topics as one thing: the primary list and the lists linked to it.
//!
//! Where a linked list is as long as the primary one, its entry at the topic's position belongs to the topic, drifted or not; else the
//! one entry that equals the template's text; else that list is left alone and said so. An added topic is appended to each.

use super::template::label;
use super::working::Working;
use super::{Template, TopicsRule};
use crate::content::{FieldPath, FieldRef, Refusal, Value};

/// What `template` makes of a topic in a document.
pub(super) fn linked_entry(template: &Template, topic: &str, value: &Value) -> Option<String> {
    template.render(|name| match name {
        "topic" => Some(topic.to_string()),
        "label" => Some(label(topic).to_string()),
        other => {
            let field: FieldRef = other.parse().ok()?;
            value.at(&field.resolve(value)?)?.scalar_text()
        }
    })
}

fn is(entry: &Value, text: &str) -> bool {
    entry.scalar_text().as_deref() == Some(text)
}

/// A closed vocabulary refuses what it does not list.
fn listed(rule: &TopicsRule, path: &FieldPath, topic: &str) -> Result<(), Refusal> {
    match rule.refusal(topic) {
        Some(reason) => Err(Refusal::new(path.clone(), reason)),
        None => Ok(()),
    }
}

impl Working<'_> {
    /// The item gets a topic, unless it has it.
    pub fn add_topic(&mut self, topic: &str) -> Result<(), Refusal> {
        let (rule, path) = self.topics_rule()?;
        if topic.trim().is_empty() {
            return Err(Refusal::new(path, "a topic needs a name"));
        }
        if self.list(&path)?.iter().any(|entry| is(entry, topic)) {
            return Ok(());
        }
        listed(rule, &path, topic)?;
        self.append(&path, topic.into())?;
        for (field, template) in &rule.linked {
            let Some(list) = field.resolve_or_new(&self.value) else {
                self.left.push(format!("{field}: cannot be made here"));
                continue;
            };
            match (self.list(&list).is_ok(), linked_entry(template, topic, &self.value)) {
                (true, Some(entry)) => self.append(&list, entry.into())?,
                (true, None) => {
                    self.left.push(format!("{field}: a field in its template `{}` is missing", template.text()))
                }
                (false, _) => self.left.push(format!("{field}: is no list")),
            }
        }
        Ok(())
    }

    /// The item loses a topic, however often it stands there.
    pub fn remove_topic(&mut self, topic: &str) -> Result<(), Refusal> {
        while let Some(at) = self.topic_at(topic)? {
            self.remove_topic_at(at)?;
        }
        Ok(())
    }

    pub fn remove_topic_at(&mut self, at: usize) -> Result<(), Refusal> {
        let (rule, path) = self.topics_rule()?;
        let linked = self.linked_to(rule, &path, at)?;
        self.remove_at(&path, at)?;
        linked.iter().try_for_each(|(list, at, _)| self.remove_at(list, *at))
    }

    /// A topic gets another name wherever it stands; where the item has that one already, the old one goes.
    pub fn rename_topic(&mut self, old: &str, new: &str) -> Result<(), Refusal> {
        if old == new {
            return Ok(());
        }
        if self.topic_at(new)?.is_some() {
            return self.remove_topic(old);
        }
        while let Some(at) = self.topic_at(old)? {
            self.rename_one(at, new)?;
        }
        Ok(())
    }

    /// The topic at one position gets another name; where the item has that one already, it goes.
    pub fn rename_topic_at(&mut self, at: usize, new: &str) -> Result<(), Refusal> {
        match self.topic_at(new)? {
            Some(there) if there == at => Ok(()),
            Some(_) => self.remove_topic_at(at),
            None => self.rename_one(at, new),
        }
    }

    fn rename_one(&mut self, at: usize, new: &str) -> Result<(), Refusal> {
        let (rule, path) = self.topics_rule()?;
        if new.trim().is_empty() {
            return Err(Refusal::new(path, "a topic needs a name"));
        }
        listed(rule, &path, new)?;
        let linked = self.linked_to(rule, &path, at)?;
        self.set(&path.index(at), new.into())?;
        for (list, at, template) in linked {
            match linked_entry(template, new, &self.value) {
                Some(entry) => self.set(&list.index(at), entry.into())?,
                None => self.left.push(format!("{list}: a field in its template `{}` is missing", template.text())),
            }
        }
        Ok(())
    }

    /// The topic at `from` moves to `to`, and with it its entry of every list in step.
    pub fn move_topic(&mut self, from: usize, to: usize) -> Result<(), Refusal> {
        let (rule, path) = self.topics_rule()?;
        let count = self.list(&path)?.len();
        self.move_at(&path, from, to)?;
        for (field, _) in &rule.linked {
            let Some(list) = field.resolve(&self.value) else { continue };
            match self.list(&list).map(<[Value]>::len) {
                Ok(0) => {}
                Ok(length) if length == count => self.move_at(&list, from, to)?,
                Ok(length) => self.left.push(format!("{list}: has {length} entries for {count} topics")),
                Err(_) => self.left.push(format!("{list}: is no list")),
            }
        }
        Ok(())
    }

    /// The item gets exactly these topics, in this order, by renaming, removing, adding and moving.
    pub fn set_topics(&mut self, path: &FieldPath, new: &[Value]) -> Result<(), Refusal> {
        let texts: Option<Vec<&str>> = new.iter().map(Value::as_str).collect();
        let old = self.list(path)?.to_vec();
        let distinct = |list: &[Value]| list.iter().enumerate().all(|(at, entry)| !list[..at].contains(entry));
        let Some(texts) = texts.filter(|t| t.iter().all(|t| !t.trim().is_empty()) && distinct(new) && distinct(&old))
        else {
            return self.set(path, Value::Seq(new.to_vec()));
        };
        if new.is_empty() && old.is_empty() {
            return self.set(path, Value::Seq(Vec::new()));
        }
        if old.len() == new.len() {
            for (at, (was, text)) in old.iter().zip(&texts).enumerate() {
                if !new.contains(was) && !old.contains(&new[at]) {
                    self.rename_topic_at(at, text)?;
                }
            }
        }
        for at in (0..self.list(path)?.len()).rev() {
            if !new.contains(&self.list(path)?[at]) {
                self.remove_topic_at(at)?;
            }
        }
        texts.iter().try_for_each(|topic| self.add_topic(topic))?;
        for (to, topic) in new.iter().enumerate() {
            if let Some(from) = self.list(path)?.iter().position(|entry| entry == topic) {
                self.move_topic(from, to)?;
            }
        }
        Ok(())
    }

    fn topic_at(&self, topic: &str) -> Result<Option<usize>, Refusal> {
        let (_, path) = self.topics_rule()?;
        Ok(self.list(&path)?.iter().position(|entry| is(entry, topic)))
    }

    /// The entries of the linked lists that belong to the topic at `at`; lists where that cannot be told are left.
    fn linked_to<'r>(
        &mut self,
        rule: &'r TopicsRule,
        path: &FieldPath,
        at: usize,
    ) -> Result<Vec<(FieldPath, usize, &'r Template)>, Refusal> {
        let topics = self.list(path)?;
        let (count, topic) = (topics.len(), topics.get(at).and_then(Value::scalar_text).unwrap_or_default());
        let mut found = Vec::new();
        for (field, template) in &rule.linked {
            let Some(list) = field.resolve(&self.value) else { continue };
            match self.entry_of(&list, template, &topic, at, count) {
                Ok(Some(entry)) => found.push((list, entry, template)),
                Ok(None) => {}
                Err(reason) => self.left.push(format!("{list}: {reason}")),
            }
        }
        Ok(found)
    }

    fn entry_of(
        &self,
        list: &FieldPath,
        template: &Template,
        topic: &str,
        at: usize,
        count: usize,
    ) -> Result<Option<usize>, String> {
        let entries = self.list(list).map_err(|refusal| refusal.reason)?;
        if entries.is_empty() {
            return Ok(None);
        }
        if entries.len() == count {
            return Ok(Some(at));
        }
        let Some(text) = linked_entry(template, topic, &self.value) else {
            return Err(format!("a field in its template `{}` is missing", template.text()));
        };
        let equal: Vec<usize> = (0..entries.len()).filter(|at| is(&entries[*at], &text)).collect();
        let several = |what: &str| format!("has {} entries for {count} topics, and {what} `{text}`", entries.len());
        match equal.as_slice() {
            [only] => Ok(Some(*only)),
            [] => Err(several("none is")),
            _ => Err(several("several are")),
        }
    }
}

#[cfg(test)]
mod tests;
