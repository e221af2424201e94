//! Offerings that are written otherwise than most items have them: another label, address or topics under one id.
//!
//! Which ways there are is the index's (`library::offerings`), so that `check`, the findings and the screen of all offerings say the
//! same. Not here: the reading of entries.

use super::found;
use crate::content::counted::count;
use crate::content::{FieldPath, Value};
use crate::library::{ItemId, OfferingIndex};
use crate::profile::{Finding, FindingKind, Intent, OfferingsRule};

/// The entries of an item, at `list`, that are not as most have them; their fix makes them so.
pub(super) fn of(rule: &OfferingsRule, index: &OfferingIndex, item: ItemId, list: &FieldPath) -> Vec<Finding> {
    let one = |(at, number): (usize, &u32)| {
        let variant = index.variant(*number);
        let offering = variant.offering.filter(|offering| index.may_differ(*offering))?;
        let ways = index.ways(rule, offering);
        let most = ways.first().filter(|way| ways.len() > 1 && !way.holds(*number))?;
        let said = difference(rule, &variant.entry, &most.entry);
        let items = count(most.uses, "item");
        let label = rule.label(&variant.entry).unwrap_or_default();
        let message = format!("`{label}` is written otherwise in {items}: {said}");
        let which = index.offering(offering).which.clone();
        let fix = Intent::ReplaceOffering { which, entry: Value::clone(&most.entry) };
        Some(Finding { fix: Some(vec![fix]), ..found(FindingKind::Offering, &list.index(at), message) })
    };
    index.of(item).iter().enumerate().filter_map(one).collect()
}

/// What makes every offering that is written in several ways the same, wherever it stands.
pub fn all_alike(rule: &OfferingsRule, index: &OfferingIndex) -> Vec<Intent> {
    let alike = |(at, offering): (usize, &crate::library::offerings::Offering)| {
        let ways = index.ways(rule, at);
        let most = ways.first().filter(|_| ways.len() > 1)?;
        Some(Intent::ReplaceOffering { which: offering.which.clone(), entry: Value::clone(&most.entry) })
    };
    index.offerings().filter(|(at, _)| index.may_differ(*at)).filter_map(alike).collect()
}

/// What an entry says otherwise than another, key by key.
pub fn difference(rule: &OfferingsRule, first: &Value, entry: &Value) -> String {
    let (Value::Map(pairs), Value::Map(other)) = (entry, first) else {
        return rule.label(entry).unwrap_or_default();
    };
    let text = |value: &Value| match value {
        Value::Seq(items) => {
            let texts: Vec<String> = items.iter().filter_map(Value::scalar_text).collect();
            if texts.is_empty() { "(none)".to_string() } else { texts.join(" · ") }
        }
        Value::Map(_) => "(a map)".to_string(),
        scalar => scalar.scalar_text().filter(|t| !t.is_empty()).unwrap_or_else(|| "(blank)".to_string()),
    };
    let differs = pairs.iter().filter(|(key, value)| first.get(key) != Some(value));
    let said = differs.map(|(key, value)| format!("{key}: {}", text(value)));
    let gone = other.iter().filter(|(key, _)| entry.get(key).is_none()).map(|(key, _)| format!("no {key}"));
    said.chain(gone).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn kit(label: &str, id: Value) -> Value {
        let pairs = [("label", label.into()), ("categories", Value::Seq(Vec::new())), ("offeringId", id)];
        Value::Map(pairs.map(|(key, value): (&str, Value)| (key.to_string(), value)).to_vec())
    }

    #[test]
    fn the_entry_that_is_not_as_most_have_it_is_found_and_an_id_as_text_is_no_difference() {
        let rule = Profile::builtin().offerings.unwrap();
        let mut index = OfferingIndex::default();
        let (kit_1, bell) = (kit("Kit", 1.into()), Value::from("Bell"));
        index.put(&rule, ItemId(0), &[bell.clone(), kit_1.clone()]);
        index.put(&rule, ItemId(1), &[kit("Kit", "1".into()), Value::Null]);
        index.put(&rule, ItemId(2), &[bell, kit("The Kit", 1.into())]);
        let list = FieldPath::key("relatedOfferings");
        assert_eq!(of(&rule, &index, ItemId(0), &list), []);
        assert_eq!(of(&rule, &index, ItemId(1), &list), []);
        let found = of(&rule, &index, ItemId(2), &list);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            format!("{}: {}", one.place(), one.message),
            "relatedOfferings[1]: `The Kit` is written otherwise in 2 items: label: Kit"
        );
        assert_eq!(one.fix.as_deref(), Some(all_alike(&rule, &index).as_slice()));
    }
}
