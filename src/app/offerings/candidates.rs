//! Which offerings are offered first, and why: those named in the item, those that share its topics, those that go with them.
//!
//! A plain count over what the library has. Not here: anything learned, and any reading.

use std::collections::HashMap;

use super::{Candidate, carried, items};
use crate::library::{ItemId, Library};
use crate::profile::OfferingsRule;
use crate::profile::template::{label as after_colon, slug};

/// So many of the items' topics are asked for company: over thousands of items the rest is noise.
const TOPICS: usize = 12;
/// A shorter label is found in every second text by chance.
const SHORTEST_NAME: usize = 4;

/// Every offering, the likeliest first. `text` is what the one item says, its title included.
pub fn candidates(library: &Library, rule: &OfferingsRule, targets: &[ItemId], text: Option<&str>) -> Vec<Candidate> {
    let index = &library.offerings;
    let topics = topics_of(library, targets);
    let company = Company::of(library, &topics);
    let counts = carried(index, targets);
    let words = text.map(Words::of);
    let mut scored: Vec<(f32, usize, Candidate)> = Vec::new();
    for (offering, known) in index.offerings() {
        let Some(entry) = index.canonical(rule, offering) else { continue };
        let label = rule.label(&entry).unwrap_or_else(|| known.which.text().to_string());
        let carried = counts.get(&offering).copied().unwrap_or(0);
        let shared: Vec<&str> = rule.topics(&entry).into_iter().filter(|topic| topics.contains(topic)).collect();
        let named = words.as_ref().is_some_and(|words| words.name(&label));
        let with = company.best(offering);
        let mut reasons = Vec::new();
        if carried > 0 && carried < targets.len() {
            reasons.push(format!("{carried} of {} have it", targets.len()));
        }
        if named {
            reasons.push("named in the text".to_string());
        }
        if !shared.is_empty() {
            reasons.push(format!("shares {}", shared.iter().map(|t| after_colon(t)).collect::<Vec<_>>().join(", ")));
        }
        if let (Some((topic, count, _)), true) = (with, shared.is_empty() || !named) {
            reasons.push(format!("with {} in {}", after_colon(topic), items(count)));
        }
        if reasons.is_empty() && known.uses == 0 {
            reasons.push("in the vocabulary".to_string());
        }
        let share = with.map_or(0.0, |(_, _, share)| share);
        let some = if carried > 0 { 1.0 } else { 0.0 };
        let score = if named { 4.0 } else { 0.0 } + shared.len() as f32 + 3.0 * share + some;
        let id = rule.id(&entry).unwrap_or_default();
        scored.push((score, known.uses, Candidate { offering, label, id, carried, why: reasons.join("; ") }));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then_with(|| a.2.label.cmp(&b.2.label)));
    scored.into_iter().map(|(_, _, candidate)| candidate).collect()
}

/// The topics of the items, what most of them carry first.
fn topics_of<'l>(library: &'l Library, targets: &[ItemId]) -> Vec<&'l str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for id in targets {
        library.row(*id).topics().for_each(|topic| *counts.entry(topic).or_default() += 1);
    }
    let mut topics: Vec<(&str, usize)> = counts.into_iter().collect();
    topics.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    topics.into_iter().take(TOPICS).map(|(topic, _)| topic).collect()
}

/// How often each offering stands beside each of some topics.
struct Company<'t> {
    topics: Vec<(&'t str, usize)>,
    counts: Vec<HashMap<usize, usize>>,
}

impl<'t> Company<'t> {
    fn of(library: &Library, topics: &[&'t str]) -> Company<'t> {
        let (mut known, mut counts) = (Vec::new(), Vec::new());
        for topic in topics {
            let postings = &library.index().topics;
            let items = postings.id(topic).map_or(&[][..], |id| postings.items(id));
            let mut beside: HashMap<usize, usize> = HashMap::new();
            for id in items {
                library.offerings.offerings_of(*id).for_each(|offering| *beside.entry(offering).or_default() += 1);
            }
            known.push((*topic, items.len()));
            counts.push(beside);
        }
        Company { topics: known, counts }
    }

    /// The topic whose items have this offering most of all: how many of them, and what share; few items weigh little.
    fn best(&self, offering: usize) -> Option<(&'t str, usize, f32)> {
        let beside = self.counts.iter().zip(&self.topics).filter_map(|(counts, (topic, items))| {
            let count = *counts.get(&offering)?;
            Some((*topic, count, count as f32 / (*items as f32 + 5.0)))
        });
        beside.max_by(|a, b| a.2.total_cmp(&b.2))
    }
}

/// The words of a text, to look for names in.
struct Words {
    /// Between hyphens, one at each end.
    slug: String,
    first: std::collections::HashSet<String>,
}

impl Words {
    fn of(text: &str) -> Words {
        let slug = slug(text);
        let first = slug.split('-').map(str::to_string).collect();
        Words { slug: format!("-{slug}-"), first }
    }

    /// Whether a label stands in the text, word for word.
    fn name(&self, label: &str) -> bool {
        let name = slug(label);
        let begins = name.split('-').next().is_some_and(|word| self.first.contains(word));
        begins && name.len() >= SHORTEST_NAME && self.slug.contains(&format!("-{name}-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Value;
    use crate::content::summary::Cell;
    use crate::library::{Row, RowField};
    use crate::profile::Profile;

    fn offering(label: &str, topic: &str) -> Value {
        let topics = Value::Seq(vec![topic.into()]);
        Value::Map(vec![("label".to_string(), label.into()), ("categories".to_string(), topics)])
    }

    #[test]
    fn what_is_named_comes_before_what_shares_a_topic_and_that_before_what_goes_with_it() {
        let rule = Profile::builtin().offerings.unwrap();
        let mut library = Library::default();
        for (path, topic, label, of) in [
            ("a.md", "A: Wards", "Bell", "B: Other"),
            ("b.md", "A: Wards", "Rota", "A: Wards"),
            ("c.md", "C: None", "Night Owl's", "B: Other"),
            ("d.md", "C: None", "Apart", "B: Other"),
            ("e.md", "A: Wards", "", ""),
        ] {
            let cells = vec![(RowField::Topics, Cell::List(Box::new([topic.into()])))];
            let id = library.put(Row::new(path, cells));
            let entries = if label.is_empty() { vec![] } else { vec![offering(label, of)] };
            library.offerings.put(&rule, id, &entries);
        }
        let target = library.find("e.md").unwrap();
        let found = candidates(&library, &rule, &[target], Some("A night, owls say: night owl's best"));
        let told: Vec<(&str, &str)> = found.iter().map(|c| (c.label.as_str(), c.why.as_str())).collect();
        assert_eq!(
            told,
            [
                ("Night Owl's", "named in the text"),
                ("Rota", "shares Wards; with Wards in 1 item"),
                ("Bell", "with Wards in 1 item"),
                ("Apart", ""),
            ]
        );
    }
}
