//! The second opinion: another parser, of another family, reads the same text and must find the same tree and the same
//! texts at its leaves. Led by our events, so that it asks for texts and no typing of its own gets in between.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::events::{Event, Style, What};

/// Whether libyaml (for JSON, serde_json) reads `text` as `events` have it.
pub(super) fn agrees(text: &str, events: &[Event<'_>], json: bool) -> Result<(), String> {
    if events.is_empty() {
        return Ok(());
    }
    let at = Cell::new(0);
    let node = Expected { events, at: &at, json };
    if json {
        let mut reader = serde_json::Deserializer::from_str(text);
        node.deserialize(&mut reader).and_then(|()| reader.end()).map_err(|e| e.to_string())
    } else {
        node.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|e| e.to_string())
    }
}

/// The node that is to come next.
#[derive(Clone, Copy)]
struct Expected<'e, 't> {
    events: &'e [Event<'t>],
    at: &'e Cell<usize>,
    json: bool,
}

impl<'e, 't> Expected<'e, 't> {
    fn take(&self) -> Option<&'e Event<'t>> {
        let event = self.events.get(self.at.get());
        self.at.set(self.at.get() + 1);
        event
    }

    /// Whether our collection ends here.
    fn closes(&self) -> bool {
        self.events.get(self.at.get()).is_none_or(|e| e.what == What::Close)
    }
}

impl<'de> DeserializeSeed<'de> for Expected<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        match self.take().map(|e| &e.what) {
            Some(What::Scalar { text, style }) if !self.json || *style == Style::Double => {
                reader.deserialize_str(Same(text))
            }
            // A JSON number, flag or null has one way to be read; where it stands is what is asked.
            Some(What::Scalar { .. }) => reader.deserialize_any(Atom),
            // What an alias stands for is compared where it is written.
            Some(What::Alias(_)) => reader.deserialize_ignored_any(IgnoredAny).map(|_| ()),
            Some(What::Open { map: false, .. }) => reader.deserialize_seq(List(self)),
            Some(What::Open { map: true, .. }) => reader.deserialize_map(Map(self)),
            Some(What::Close) | None => Err(D::Error::custom("there is more than was expected")),
        }
    }
}

struct Same<'e>(&'e str);

impl Visitor<'_> for Same<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text {:?}", self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if text == self.0 { Ok(()) } else { Err(E::custom(format!("{text:?} where {:?} was expected", self.0))) }
    }
}

struct Atom;

impl Visitor<'_> for Atom {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, true, false or null")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}

struct List<'e, 't>(Expected<'e, 't>);

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while !self.0.closes() {
            list.next_element_seed(self.0)?.ok_or_else(|| A::Error::custom("an entry is missing"))?;
        }
        self.0.take();
        match list.next_element::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("an entry too many")),
        }
    }
}

struct Map<'e, 't>(Expected<'e, 't>);

impl<'de> Visitor<'de> for Map<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while !self.0.closes() {
            map.next_key_seed(self.0)?.ok_or_else(|| A::Error::custom("a key is missing"))?;
            map.next_value_seed(self.0)?;
        }
        self.0.take();
        match map.next_key::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("a key too many")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::events::events;
    use super::*;

    fn both(ours: &str, theirs: &str) -> bool {
        agrees(theirs, &events(ours).unwrap(), false).is_ok()
    }

    #[test]
    fn the_same_tree_is_agreed_on_whatever_its_style() {
        let text = "a: 1\nb: [x, {y: ~}]\nc: |\n  t\nd:\n- e: &x f\n- *x\n";
        assert!(both(text, text));
        assert!(both("a: no\n", "{'a': \"no\"}\n"));
        assert!(both("a: 99999999999999999999\na: 2\n<<: {b: 1}\n", "a: 99999999999999999999\na: 2\n<<: {b: 1}\n"));
    }

    #[test]
    fn any_difference_is_noticed() {
        for other in [
            "a: [1, 3]\nb: c\n",
            "a: [1]\nb: c\n",
            "a: [1, 2, 3]\nb: c\n",
            "a: [1, 2]\n",
            "a: [1, 2]\nb: [c]\n",
            "x: [1, 2]\nb: c\n",
        ] {
            assert!(!both("a: [1, 2]\nb: c\n", other), "{other}");
        }
    }
}
