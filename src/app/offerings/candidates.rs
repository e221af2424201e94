//! Which offerings are offered first, and why: what is suggested for the items, then all others by how much they are used.
//!
//! Not here: how anything comes to be suggested (`suggest`), and any reading.

use std::collections::HashMap;

use super::{Candidate, carried};
use crate::app::learning::Suggested;
use crate::library::{ItemId, Library};
use crate::profile::OfferingsRule;

/// Every offering, the likeliest first.
pub fn candidates(
    library: &Library,
    rule: &OfferingsRule,
    targets: &[ItemId],
    suggested: &[Suggested],
) -> Vec<Candidate> {
    let index = &library.offerings;
    let counts = carried(index, targets);
    let ranks: HashMap<&str, usize> = suggested.iter().enumerate().map(|(at, one)| (one.name.as_str(), at)).collect();
    let mut ranked: Vec<(usize, usize, Candidate)> = Vec::new();
    for (offering, known) in index.offerings() {
        let Some(entry) = index.canonical(rule, offering) else { continue };
        let label = rule.label(&entry).unwrap_or_else(|| known.which.text().to_string());
        let carried = counts.get(&offering).copied().unwrap_or(0);
        let rank = ranks.get(label.as_str()).copied();
        let mut reasons = Vec::new();
        if carried > 0 && carried < targets.len() {
            reasons.push(format!("{carried} of {} have it", targets.len()));
        }
        reasons.extend(rank.iter().flat_map(|rank| suggested[*rank].why.iter().cloned()));
        if reasons.is_empty() && known.uses == 0 {
            reasons.push("in the vocabulary".to_string());
        }
        let id = rule.id(&entry).unwrap_or_default();
        let candidate = Candidate { offering, label, id, carried, why: reasons.join("; ") };
        ranked.push((rank.unwrap_or(usize::MAX), known.uses, candidate));
    }
    ranked.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then_with(|| a.2.label.cmp(&b.2.label)));
    ranked.into_iter().map(|(_, _, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Value;
    use crate::library::Row;
    use crate::profile::Profile;

    fn offering(label: &str, topic: &str) -> Value {
        let topics = Value::Seq(vec![topic.into()]);
        Value::Map(vec![("label".to_string(), label.into()), ("categories".to_string(), topics)])
    }

    #[test]
    fn what_is_suggested_comes_first_with_its_reasons_and_then_what_is_most_used() {
        let rule = Profile::builtin().offerings.unwrap();
        let mut library = Library::default();
        for (path, labels) in
            [("a.md", &["Bell", "Rota"][..]), ("b.md", &["Bell"]), ("c.md", &["Apart"]), ("d.md", &[])]
        {
            let id = library.put(Row::new(path, Vec::new()));
            let entries: Vec<Value> = labels.iter().map(|label| offering(label, "A: Wards")).collect();
            library.offerings.put(&rule, id, &entries);
        }
        library.offerings.list(&rule, &[offering("Unused", "A: Wards")]);
        let targets: Vec<ItemId> = ["c.md", "d.md"].iter().filter_map(|path| library.find(path)).collect();
        let suggested = |name: &str, why: &[&str]| Suggested {
            name: name.to_string(),
            why: why.iter().map(ToString::to_string).collect(),
        };
        let suggested = [suggested("Rota", &["named in the title", "shares Wards"]), suggested("Gone", &["x"])];
        let found = candidates(&library, &rule, &targets, &suggested);
        let told: Vec<(&str, &str)> = found.iter().map(|c| (c.label.as_str(), c.why.as_str())).collect();
        assert_eq!(
            told,
            [
                ("Rota", "named in the title; shares Wards"),
                ("Bell", ""),
                ("Apart", "1 of 2 have it"),
                ("Unused", "in the vocabulary"),
            ]
        );
    }
}
