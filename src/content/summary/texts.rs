//! A list of texts in one piece of memory: ten thousand rows hold some eighty thousand of them, and each piece costs time and room.

use std::fmt;

use serde::{Serialize, Serializer};

/// Texts in their order. Before each stands its length, in ASCII characters of six bits, the lowest first; all but the last of
/// these have the seventh bit set.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Texts(Box<str>);

impl Texts {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            let (text, after) = first(rest)?;
            rest = after;
            Some(text)
        })
    }
}

/// The text that `packed` begins with, and what follows it.
#[inline]
fn first(packed: &str) -> Option<(&str, &str)> {
    let (mut length, mut shift) = (0, 0);
    for (at, byte) in packed.bytes().enumerate() {
        length |= usize::from(byte & 0x3f) << shift;
        shift += 6;
        if byte & 0x40 == 0 {
            return packed[at + 1..].split_at_checked(length);
        }
    }
    None
}

/// Texts that are being put together.
#[derive(Debug)]
pub(super) struct Packing(String);

impl Packing {
    /// Room for texts of these sizes, all in all; what is not needed is given back.
    pub(super) fn with_room_for(bytes: usize) -> Packing {
        Packing(String::with_capacity(bytes))
    }

    /// The room that a text of so many bytes takes.
    pub(super) fn size_of(length: usize) -> usize {
        length + 1 + length.checked_ilog2().unwrap_or(0) as usize / 6
    }

    pub(super) fn push(&mut self, text: &str) {
        let mut length = text.len();
        while length > 0x3f {
            self.0.push(char::from(0x40 | (length & 0x3f) as u8));
            length >>= 6;
        }
        self.0.push(char::from(length as u8));
        self.0.push_str(text);
    }

    pub(super) fn done(self) -> Texts {
        Texts(self.0.into_boxed_str())
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Texts {
        let mut packing = Packing::with_room_for(0);
        texts.into_iter().for_each(|text| packing.push(text.as_ref()));
        packing.done()
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_come_out_as_they_went_in(texts in proptest::collection::vec(".{0,80}", 0..6), long in 0..9000_usize) {
            let texts = [texts, vec!["é".repeat(long), String::new()]].concat();
            let packed: Texts = texts.iter().collect();
            prop_assert!(packed.iter().eq(texts.iter().map(String::as_str)));
            prop_assert!(!packed.is_empty());
            let fewer: Texts = texts[1..].iter().collect();
            prop_assert_ne!(&packed, &fewer);
            prop_assert_eq!(packed.0.len(), texts.iter().map(|text| Packing::size_of(text.len())).sum::<usize>());
        }
    }

    #[test]
    fn no_texts_are_none() {
        let none = Texts::from_iter([] as [&str; 0]);
        assert!(none.is_empty() && none.iter().next().is_none() && none == Texts::default());
    }
}
