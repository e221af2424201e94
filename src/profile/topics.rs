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
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use crate::content::edit::apply_to_value;
    use crate::content::{Edit, FieldPath, Place, Value};
    use crate::profile::sample::{ITEM, changes, done, front, get};
    use crate::profile::{FindingKind, Intent, Profile, findings};

    const LISTS: [&str; 5] =
        ["categories", "categorySlug", "categoryUrl", "categoryLabel", "openProjectCustomFields.medigyTopics"];

    fn add(topic: &str) -> Intent {
        Intent::AddTopic(topic.to_string())
    }

    fn remove(topic: &str) -> Intent {
        Intent::RemoveTopic(topic.to_string())
    }

    fn rename(old: &str, new: &str) -> Intent {
        Intent::RenameTopic { old: old.to_string(), new: new.to_string() }
    }

    fn after(intent: &Intent, item: &Value) -> Value {
        static PROFILE: LazyLock<Profile> = LazyLock::new(Profile::builtin);
        done(&PROFILE, intent, item).unwrap().1
    }

    fn lengths(item: &Value) -> Vec<usize> {
        LISTS.iter().map(|list| get(item, list).unwrap().as_seq().unwrap().len()).collect()
    }

    #[test]
    fn an_added_topic_stands_at_the_end_of_five_lists() {
        let item = after(&add("KLM: Scheduling - Nurse & Staff"), &front(ITEM));
        let last = |list: &str| get(&item, &format!("{list}[-1]")).unwrap();
        let expected = [
            "KLM: Scheduling - Nurse & Staff",
            "klm: scheduling - nurse & staff",
            "topic/klm-scheduling-nurse-staff",
            "Scheduling - Nurse & Staff",
            "KLM: Scheduling - Nurse & Staff",
        ];
        assert_eq!(LISTS.map(last), expected.map(Value::from));
        assert_eq!(lengths(&item), [3; 5]);
        let (again, _) = done(&Profile::builtin(), &add("KLM: Scheduling - Nurse & Staff"), &item).unwrap();
        assert!(again.edits.is_empty());
    }

    #[test]
    fn a_removed_topic_goes_from_five_lists_and_nothing_else_changes() {
        let before = front(ITEM);
        let item = after(&remove("Orbit: Nursing"), &before);
        assert_eq!(lengths(&item), [1; 5]);
        assert_eq!(changes(&before, &item).len(), 5);
        assert_eq!(after(&add("Orbit: Nursing"), &item), before);
        assert_eq!(lengths(&after(&remove("Plain Subject Words (PSW): Virtual Care"), &item)), [0; 5]);
        assert!(done(&Profile::builtin(), &remove("nursing"), &before).unwrap().0.edits.is_empty());
    }

    #[test]
    fn an_entry_that_had_drifted_goes_with_its_own_topic_only() {
        let drifted = front(&ITEM.replace("- topic/orbit-nursing", "- topic/orbit-nurses"));
        let other = after(&remove("Plain Subject Words (PSW): Virtual Care"), &drifted);
        assert_eq!(get(&other, "categoryUrl"), Some(Value::Seq(vec!["topic/orbit-nurses".into()])));
        let own = after(&remove("Orbit: Nursing"), &drifted);
        assert_eq!(lengths(&own), [1; 5]);
        assert_eq!(get(&own, "categoryUrl[0]"), Some("topic/plain-subject-words-psw-virtual-care".into()));
    }

    #[test]
    fn two_topics_may_share_a_label() {
        let item = after(&add("Comet: Nursing"), &front(ITEM));
        assert_eq!(get(&item, "categoryLabel[2]"), Some("Nursing".into()));
        let renamed = after(&rename("Comet: Nursing", "Comet: Night shifts"), &item);
        assert_eq!(get(&renamed, "categoryLabel[1]"), Some("Nursing".into()));
        assert_eq!(get(&renamed, "categoryLabel[2]"), Some("Night shifts".into()));
        assert_eq!(lengths(&after(&remove("Orbit: Nursing"), &item)), [2; 5]);
        // Out of step, nobody can tell which of the two labels is meant: the list is left, and said so.
        let uneven = front(&ITEM.replace("[Virtual Care, Nursing]", "[Virtual Care, Nursing, Nursing]"));
        let (expansion, after) = done(&Profile::builtin(), &remove("Orbit: Nursing"), &uneven).unwrap();
        assert_eq!(lengths(&after), [1, 1, 1, 3, 1]);
        assert_eq!(expansion.left, ["categoryLabel: has 3 entries for 2 topics, and several are `Nursing`"]);
    }

    #[test]
    fn in_a_list_out_of_step_the_one_entry_that_equals_the_template_is_taken() {
        let uneven = front(&ITEM.replace("[Virtual Care, Nursing]", "[Nursing]"));
        assert_eq!(lengths(&after(&remove("Orbit: Nursing"), &uneven)), [1, 1, 1, 0, 1]);
        let (expansion, left) =
            done(&Profile::builtin(), &remove("Plain Subject Words (PSW): Virtual Care"), &uneven).unwrap();
        assert_eq!(lengths(&left), [1; 5]);
        assert_eq!(expansion.left, ["categoryLabel: has 1 entries for 2 topics, and none is `Virtual Care`"]);
        assert_eq!(lengths(&after(&add("New"), &uneven)), [3, 3, 3, 2, 3]);
    }

    #[test]
    fn missing_null_and_empty_lists_are_made() {
        for lists in ["{}", "{categories: null, categorySlug: ''}", "{categories: [], categoryLabel: []}"] {
            let item = after(&add("Orbit: Nursing"), &front(lists));
            assert_eq!(lengths(&item), [1; 5], "{lists}");
        }
        let (expansion, _) = done(&Profile::builtin(), &add("Orbit: Nursing"), &front("categoryUrl: topic/x")).unwrap();
        assert_eq!(expansion.left, ["categoryUrl: is no list"]);
        let refused = done(&Profile::builtin(), &add("Orbit: Nursing"), &front("categories: Orbit"));
        assert!(refused.unwrap_err().to_string().contains("categories: is no list"));
    }

    #[test]
    fn a_renamed_topic_keeps_its_place_and_merges_into_one_that_is_there() {
        let before = front(ITEM);
        let item = after(&rename("Plain Subject Words (PSW): Virtual Care", "Orbit: Telehealth"), &before);
        assert_eq!(get(&item, "categories[0]"), Some("Orbit: Telehealth".into()));
        assert_eq!(changes(&before, &item).len(), 5);
        let merged = after(&rename("Plain Subject Words (PSW): Virtual Care", "Orbit: Nursing"), &before);
        assert_eq!(lengths(&merged), [1; 5]);
        assert!(done(&Profile::builtin(), &rename("gone", "x"), &before).unwrap().0.edits.is_empty());
        // A topic that stands there twice, as real files have it, keeps both places.
        let twice = after(&rename("a", "b"), &front("categories: [a, x, a]"));
        assert_eq!(get(&twice, "categories"), Some(Value::Seq(vec!["b".into(), "x".into(), "b".into()])));
    }

    #[test]
    fn generic_intents_on_the_topics_field_move_the_linked_lists_too() {
        let before = front(ITEM);
        let categories = || "categories".parse().unwrap();
        let appended = after(&Intent::Append { field: categories(), value: "New".into() }, &before);
        assert_eq!(appended, after(&add("New"), &before));
        let removed = after(&Intent::RemoveEntry { field: categories(), value: "Orbit: Nursing".into() }, &before);
        assert_eq!(removed, after(&remove("Orbit: Nursing"), &before));
        assert_eq!(removed, after(&Intent::Unset { field: "categories[1]".parse().unwrap() }, &before));
        let set = Intent::SetText { field: "categories[1]".parse().unwrap(), text: "New".into() };
        assert_eq!(after(&set, &before), after(&rename("Orbit: Nursing", "New"), &before));
        let moved =
            Intent::MoveEntry { field: categories(), value: "Orbit: Nursing".into(), nth: 0, place: Place::Start };
        let moved = after(&moved, &before);
        assert_eq!(get(&moved, "categoryLabel[0]"), Some("Nursing".into()));
        assert_eq!(get(&moved, "categoryUrl[1]"), Some("topic/plain-subject-words-psw-virtual-care".into()));
    }

    #[test]
    fn a_whole_new_list_of_topics_keeps_all_five_in_step() {
        let four = ["A: One", "B: Two", "C: One", "D: Four"];
        let start = four.iter().fold(front("{}"), |item, topic| after(&add(topic), &item));
        for new in [
            &["D: Four", "A: One"][..],
            &["A: One", "X: New", "C: One", "D: Four"],
            &[],
            &["Z", "C: One", "Q", "A: One", "B: Two"],
        ] {
            let value = Value::Seq(new.iter().map(|t| Value::from(*t)).collect());
            let item = after(&Intent::Set { field: "categories".parse().unwrap(), value: value.clone() }, &start);
            let fresh = new.iter().fold(front("{}"), |item, topic| after(&add(topic), &item));
            for list in LISTS {
                let is = get(&item, list).unwrap();
                assert_eq!(is, get(&fresh, list).unwrap_or(Value::Seq(vec![])), "{list} of {new:?}");
            }
        }
    }

    #[test]
    fn a_site_with_one_list_gets_one_edit() {
        let profile = Profile::from_yaml("topics: {field: tags}", ".curate.yaml").unwrap();
        let (expansion, _) = done(&profile, &add("x"), &front("tags: [a]")).unwrap();
        assert!(matches!(expansion.edits.as_slice(), [Edit::Insert { nth: 0, place: Place::End, .. }]));
        let none = Profile::from_yaml("columns: [title]", ".curate.yaml").unwrap();
        assert!(done(&none, &add("x"), &front("tags: [a]")).unwrap_err().reason.contains("names no topics field"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_is_done_to_topics_all_five_lists_stay_in_step(
            steps in prop::collection::vec((0u8..6, 0usize..6, 0usize..6), 1..12),
        ) {
            // Labels shared by several topics, and slugs that meet.
            let names = ["A: One", "B: One", "C: Two", "a: one", "D: Two!", "Two"];
            let profile = Profile::builtin();
            let mut item = front("{title: x}");
            for (what, a, b) in steps {
                let (a, b) = (names[a], names[b]);
                let categories = || "categories".parse().unwrap();
                let intent = match what {
                    0 | 1 => add(a),
                    2 => remove(a),
                    3 => rename(a, b),
                    4 => Intent::MoveEntry { field: categories(), value: a.into(), nth: 0, place: Place::After(b.into()) },
                    _ => Intent::Set { field: categories(), value: Value::Seq(vec![a.into(), "New: One".into()]) },
                };
                item = after(&intent, &item);
                let drift: Vec<_> = findings(&profile, &item, None).into_iter().filter(|f| f.kind == FindingKind::Drift).collect();
                prop_assert!(drift.is_empty(), "{:?}: {:?}", intent, drift);
            }
        }
    }

    #[test]
    fn the_edits_of_an_intent_can_be_made_again_on_a_file_that_changed_elsewhere() {
        for (which, at) in (0..5).flat_map(|which| [(which, 0), (which, 1)]) {
            let before = front(ITEM);
            let topic = ["Plain Subject Words (PSW): Virtual Care", "Orbit: Nursing"][at];
            let intent = match which {
                0 => add("New: Topic"),
                1 => remove(topic),
                2 => rename(topic, "New: Topic"),
                3 => Intent::SetText { field: "title".parse().unwrap(), text: "New".to_string() },
                _ => Intent::SetText {
                    field: format!("relatedOfferings[{at}].label").parse().unwrap(),
                    text: "New".to_string(),
                },
            };
            let profile = Profile::builtin();
            let (mine, wanted) = done(&profile, &intent, &before).unwrap();
            // Someone else added another topic (with a label of its own: see `expand::again`), an author and a first offering.
            let offering = front("{label: First, offeringId: 1}");
            let mut disk = after(&add("Other: Matter"), &before);
            let first =
                Edit::Insert { list: FieldPath::key("relatedOfferings"), entry: offering, nth: 0, place: Place::Start };
            apply_to_value(&mut disk, &[first]).unwrap();
            let theirs = disk.clone();
            apply_to_value(&mut disk, &mine.edits).unwrap();
            // Both are there: what I changed, I changed; and taken again, nothing more happens.
            assert_eq!(changes(&before, &wanted).is_empty(), changes(&theirs, &disk).is_empty());
            assert!(findings(&profile, &disk, None).iter().all(|f| f.kind != FindingKind::Drift));
            let once = disk.clone();
            apply_to_value(&mut disk, &mine.edits).unwrap();
            assert_eq!(once, disk);
        }
    }
}
