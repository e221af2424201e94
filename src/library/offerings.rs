//! Every offering in use: what each is known by, the ways in which it is written, and which items have it.
//!
//! An entry is kept once, however many items have it; an item keeps the numbers of its entries. Rows hold the labels alone, so that
//! entries are read from the files, once, when they are first asked for; an item whose row is replaced is read again. Not here: the
//! reading, and what makes two entries one offering (`profile`).

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::rows::ItemId;
use crate::content::Value;
use crate::profile::template::slug;
use crate::profile::{OfferingsRule, Which};

/// An entry to the letter.
#[derive(Clone, Debug)]
pub struct Variant {
    pub entry: Arc<Value>,
    /// How many items have it.
    pub uses: usize,
    /// The number of its offering; none where it has neither id nor label.
    pub offering: Option<usize>,
}

/// One offering.
#[derive(Clone, Debug)]
pub struct Offering {
    pub which: Which,
    /// How many items have it, however it is written there.
    pub uses: usize,
    /// Whether a vocabulary file lists it.
    pub listed: bool,
    /// The numbers of its variants, in order of first sight.
    variants: Vec<u32>,
}

/// A way in which an offering is written: variants that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Its most used variant.
    pub entry: Arc<Value>,
    pub uses: usize,
    variants: Vec<u32>,
}

impl Way {
    /// Whether an entry of that number is written so.
    pub fn holds(&self, variant: u32) -> bool {
        self.variants.contains(&variant)
    }
}

/// What is known of an item.
#[derive(Clone, Debug, Default)]
enum Read {
    /// Nothing yet.
    #[default]
    No,
    /// Its entries as they are.
    Yes(Box<[u32]>),
    /// Its entries as they were; its row has changed since.
    Old(Box<[u32]>),
    /// As they were, and they are being read.
    Asked(Box<[u32]>),
}

impl Read {
    fn entries(&self) -> &[u32] {
        match self {
            Read::No => &[],
            Read::Yes(entries) | Read::Old(entries) | Read::Asked(entries) => entries,
        }
    }
}

/// All offerings.
#[derive(Clone, Debug, Default)]
pub struct OfferingIndex {
    variants: Vec<Variant>,
    numbers: HashMap<Arc<Value>, u32>,
    offerings: Vec<Offering>,
    by_identity: HashMap<Which, usize>,
    items: Vec<Read>,
    /// How many items are known as they are.
    fresh: usize,
    /// How many are being read.
    asked: usize,
}

impl OfferingIndex {
    /// Takes an item's entries in. An answer that its row has overtaken counts, and the item is asked for again.
    pub fn put(&mut self, rule: &OfferingsRule, id: ItemId, entries: &[Value]) {
        let numbers: Box<[u32]> = entries.iter().map(|entry| self.number(rule, entry)).collect();
        let was = std::mem::take(self.slot(id));
        self.count(was.entries(), -1);
        self.count(&numbers, 1);
        self.fresh -= usize::from(matches!(was, Read::Yes(_)));
        self.asked -= usize::from(matches!(was, Read::Asked(_)));
        let overtaken = matches!(was, Read::Old(_));
        self.fresh += usize::from(!overtaken);
        *self.slot(id) = if overtaken { Read::Old(numbers) } else { Read::Yes(numbers) };
    }

    /// Takes in what a vocabulary file lists.
    pub fn list(&mut self, rule: &OfferingsRule, entries: &[Value]) {
        for entry in entries {
            let number = self.number(rule, entry);
            if let Some(offering) = self.variants[number as usize].offering {
                self.offerings[offering].listed = true;
            }
        }
    }

    /// An item's row is another one: its entries are to be read again.
    pub fn row_changed(&mut self, id: ItemId) {
        let Some(slot) = self.items.get_mut(id.0 as usize) else { return };
        match std::mem::take(slot) {
            Read::Yes(entries) => {
                self.fresh -= 1;
                *slot = Read::Old(entries);
            }
            Read::Asked(entries) => {
                self.asked -= 1;
                *slot = Read::Old(entries);
            }
            other => *slot = other,
        }
    }

    /// Whether all of so many items are known as they are.
    pub fn is_whole(&self, items: usize) -> bool {
        self.fresh >= items
    }

    /// Whether items are being read.
    pub fn is_reading(&self) -> bool {
        self.asked > 0
    }

    /// The items to read, of so many; they are being read from now on.
    pub fn ask(&mut self, items: usize) -> Vec<ItemId> {
        let mut asked = Vec::new();
        if self.fresh + self.asked >= items {
            return asked;
        }
        self.items.resize_with(self.items.len().max(items), Read::default);
        for (at, slot) in (0..).zip(&mut self.items) {
            if matches!(slot, Read::No | Read::Old(_)) {
                *slot = Read::Asked(slot.entries().into());
                asked.push(ItemId(at));
            }
        }
        self.asked += asked.len();
        asked
    }

    fn slot(&mut self, id: ItemId) -> &mut Read {
        let at = id.0 as usize;
        if self.items.len() <= at {
            self.items.resize_with(at + 1, Read::default);
        }
        &mut self.items[at]
    }

    /// The number of an entry, made known where it is not.
    fn number(&mut self, rule: &OfferingsRule, entry: &Value) -> u32 {
        if let Some(number) = self.numbers.get(entry) {
            return *number;
        }
        let number = self.variants.len() as u32;
        let entry = Arc::new(entry.clone());
        let offering = rule.identity(&entry).map(|which| {
            let next = self.offerings.len();
            let at = *self.by_identity.entry(which.clone()).or_insert(next);
            if at == next {
                self.offerings.push(Offering { which, uses: 0, listed: false, variants: Vec::new() });
            }
            self.offerings[at].variants.push(number);
            at
        });
        self.variants.push(Variant { entry: entry.clone(), uses: 0, offering });
        self.numbers.insert(entry, number);
        number
    }

    /// Counts an item's entries, each variant and each offering once.
    fn count(&mut self, entries: &[u32], by: isize) {
        for (at, number) in entries.iter().enumerate() {
            let before = &entries[..at];
            let offering = self.variants[*number as usize].offering;
            let has = |n: &u32| self.variants[*n as usize].offering == offering;
            let again = before.iter().any(has);
            if let Some(offering) = offering.filter(|_| !again) {
                let uses = &mut self.offerings[offering].uses;
                *uses = uses.saturating_add_signed(by);
            }
            if !before.contains(number) {
                let uses = &mut self.variants[*number as usize].uses;
                *uses = uses.saturating_add_signed(by);
            }
        }
    }

    /// The numbers of an item's entries, in their order.
    pub fn of(&self, id: ItemId) -> &[u32] {
        self.items.get(id.0 as usize).map_or(&[], Read::entries)
    }

    /// An entry by its number.
    pub fn variant(&self, number: u32) -> &Variant {
        &self.variants[number as usize]
    }

    /// An offering by its number.
    pub fn offering(&self, number: usize) -> &Offering {
        &self.offerings[number]
    }

    /// The number of an offering.
    pub fn number_of(&self, which: &Which) -> Option<usize> {
        self.by_identity.get(which).copied()
    }

    /// The offerings that an item has, or that a vocabulary lists, with their numbers.
    pub fn offerings(&self) -> impl Iterator<Item = (usize, &Offering)> {
        self.offerings.iter().enumerate().filter(|(_, offering)| offering.uses > 0 || offering.listed)
    }

    /// The offerings that items had while the program runs, and none has any more.
    pub fn gone(&self) -> impl Iterator<Item = usize> {
        let is_gone = |offering: &Offering| offering.uses == 0 && !offering.listed;
        self.offerings.iter().enumerate().filter(move |(_, offering)| is_gone(offering)).map(|(at, _)| at)
    }

    /// The numbers of the offerings that an item has, each once.
    pub fn offerings_of(&self, id: ItemId) -> impl Iterator<Item = usize> {
        let of = |number: &u32| self.variants[*number as usize].offering;
        let entries = self.of(id);
        entries.iter().enumerate().filter_map(move |(at, number)| {
            let offering = of(number)?;
            (!entries[..at].iter().any(|before| of(before) == Some(offering))).then_some(offering)
        })
    }

    /// The items that have an offering.
    pub fn items_with(&self, offering: usize) -> Vec<ItemId> {
        let has = |read: &Read| read.entries().iter().any(|n| self.variants[*n as usize].offering == Some(offering));
        (0..).zip(&self.items).filter(|(_, read)| has(read)).map(|(at, _)| ItemId(at)).collect()
    }

    /// The entry that a new item gets: the most used one of the most used way.
    pub fn canonical(&self, rule: &OfferingsRule, offering: usize) -> Option<Arc<Value>> {
        if let [only] = self.offerings[offering].variants.as_slice() {
            return Some(self.variant(*only).entry.clone());
        }
        self.ways(rule, offering).first().map(|way| way.entry.clone())
    }

    /// The ways in which an offering is written, the most used first. What nobody has any more is no way, unless there is no other.
    pub fn ways(&self, rule: &OfferingsRule, offering: usize) -> Vec<Way> {
        let all = &self.offerings[offering].variants;
        let mut variants: Vec<u32> = all.iter().copied().filter(|n| self.variant(*n).uses > 0).collect();
        if variants.is_empty() {
            variants.clone_from(all);
        }
        // Rows are read in no order: equal counts are put in one by what they say.
        variants.sort_by_cached_key(|n| (Reverse(self.variant(*n).uses), format!("{:?}", self.variant(*n).entry)));
        let mut ways: Vec<Way> = Vec::new();
        for number in variants {
            let Variant { entry, uses, .. } = self.variant(number);
            match ways.iter_mut().find(|way| rule.agree(&way.entry, entry)) {
                Some(way) => {
                    way.uses += uses;
                    way.variants.push(number);
                }
                None => ways.push(Way { entry: entry.clone(), uses: *uses, variants: vec![number] }),
            }
        }
        ways.sort_by_key(|way| Reverse(way.uses));
        ways
    }

    /// Whether an offering has entries that are not the same to the letter: asked before its ways are looked at.
    pub fn may_differ(&self, offering: usize) -> bool {
        self.offerings[offering].variants.len() > 1
    }

    /// Whether an offering is written in several ways.
    pub fn differs(&self, rule: &OfferingsRule, offering: usize) -> bool {
        self.may_differ(offering) && self.ways(rule, offering).len() > 1
    }

    /// What an offering is called: the label of its most used entry.
    pub fn label(&self, rule: &OfferingsRule, offering: usize) -> String {
        let label = self.canonical(rule, offering).and_then(|entry| rule.label(&entry));
        label.unwrap_or_else(|| self.offerings[offering].which.text().to_string())
    }

    /// The offerings that a person means by an id or a label, the most used first.
    pub fn named(&self, rule: &OfferingsRule, text: &str) -> Vec<usize> {
        let which = Which::Named(text.to_string());
        let is = |n: &u32| self.variant(*n).uses > 0 && rule.is(&which, &self.variant(*n).entry);
        let is_listed = |offering: &Offering| {
            offering.listed && offering.variants.iter().any(|n| rule.is(&which, &self.variant(*n).entry))
        };
        let meant = self.offerings().filter(|(_, o)| o.variants.iter().any(is) || is_listed(o));
        let mut found: Vec<usize> = meant.map(|(at, _)| at).collect();
        found.sort_by_key(|at| Reverse(self.offerings[*at].uses));
        found
    }

    /// Labels that are nearly this text, the nearest first.
    pub fn near(&self, rule: &OfferingsRule, text: &str, most: usize) -> Vec<String> {
        let wanted = slug(text);
        let score = |label: &str| nearness(&wanted, &slug(label));
        let mut near: Vec<(Reverse<u32>, String)> = Vec::new();
        for (at, _) in self.offerings() {
            let label = self.label(rule, at);
            let near_enough = score(&label);
            if near_enough > 0 {
                near.push((Reverse(near_enough), label));
            }
        }
        near.sort();
        near.dedup();
        near.into_iter().take(most).map(|(_, label)| label).collect()
    }
}

/// How near two slugs are, in hundredths: by their letters' pairs, or as a part of the other; nothing where they share less than a third.
fn nearness(one: &str, other: &str) -> u32 {
    if one.len() >= 3 && other.contains(one) {
        return 99;
    }
    let pairs = |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (one, mut rest) = (pairs(one), pairs(other));
    let count = one.len() + rest.len();
    let shared = one.iter().filter(|pair| {
        let at = rest.iter().position(|p| p == *pair);
        at.map(|at| rest.swap_remove(at)).is_some()
    });
    let score = (shared.count() * 200).checked_div(count).unwrap_or(0);
    if score >= 34 { score as u32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Document;
    use crate::profile::Profile;

    fn entries(yaml: &str) -> Vec<Value> {
        let text = format!("---\nl: {yaml}\n---\n");
        let value = Document::open(text.into_bytes()).unwrap().value().unwrap();
        value.get("l").and_then(Value::as_seq).unwrap().to_vec()
    }

    fn rule() -> OfferingsRule {
        Profile::builtin().offerings.unwrap()
    }

    fn index(items: &[&str]) -> OfferingIndex {
        let mut index = OfferingIndex::default();
        for (at, yaml) in (0..).zip(items) {
            index.put(&rule(), ItemId(at), &entries(yaml));
        }
        index
    }

    #[test]
    fn an_offering_is_counted_once_an_item_and_its_ways_by_how_many_have_them() {
        let rule = rule();
        let index = index(&[
            "[{label: Kit, offeringId: 1}, {label: Kit, offeringId: '1'}]",
            "[{label: Kit, offeringId: 1, note: own}, Bell]",
            "[{label: The Kit, offeringId: 1}]",
            "[null, {}, Bell]",
            "[]",
        ]);
        let counted: Vec<_> = index.offerings().map(|(at, o)| (index.label(&rule, at), o.uses)).collect();
        assert_eq!(counted, [("Kit".to_string(), 3), ("Bell".to_string(), 2)]);
        let ways: Vec<_> = index.ways(&rule, 0).iter().map(|w| (rule.label(&w.entry).unwrap(), w.uses)).collect();
        assert_eq!(ways, [("Kit".to_string(), 3), ("The Kit".to_string(), 1)]);
        assert!(index.differs(&rule, 0) && !index.differs(&rule, 1));
        assert_eq!(index.items_with(0), [ItemId(0), ItemId(1), ItemId(2)]);
        assert_eq!(index.of(ItemId(3)).len(), 3);
    }

    #[test]
    fn an_item_read_again_is_counted_anew() {
        let rule = rule();
        let mut index = index(&["[Kit]", "[Kit, Bell]"]);
        index.row_changed(ItemId(1));
        assert!(!index.is_whole(2));
        assert_eq!(index.ask(3), [ItemId(1), ItemId(2)]);
        assert_eq!(index.ask(3), []);
        index.put(&rule, ItemId(1), &entries("[Bell]"));
        // Its row changes while it is being read: the answer is not the last word.
        index.row_changed(ItemId(2));
        index.put(&rule, ItemId(2), &entries("[Kit]"));
        assert!(!index.is_whole(3) && !index.is_reading());
        assert_eq!(index.ask(3), [ItemId(2)]);
        index.put(&rule, ItemId(2), &entries("[]"));
        assert!(index.is_whole(3));
        let uses: Vec<usize> = index.offerings().map(|(_, o)| o.uses).collect();
        assert_eq!(uses, [1, 1]);
    }

    #[test]
    fn an_offering_is_found_by_id_and_by_label_and_near_ones_are_named() {
        let rule = rule();
        let mut index = index(&["[{label: Salvo Health Platform, offeringId: 16063}, {label: Kit, offeringId: 1}]"]);
        index.list(&rule, &entries("[{label: Listed Only, offeringId: 9}]"));
        for (text, found) in
            [("16063", vec![0]), ("Kit", vec![1]), ("9", vec![2]), ("Listed Only", vec![2]), ("x", vec![])]
        {
            assert_eq!(index.named(&rule, text), found, "{text}");
        }
        assert_eq!(index.near(&rule, "Salvo Helth Platfrom", 3), ["Salvo Health Platform"]);
        assert_eq!(index.near(&rule, "salvo", 3), ["Salvo Health Platform"]);
        assert!(index.near(&rule, "Quite another thing", 3).is_empty());
    }
}
