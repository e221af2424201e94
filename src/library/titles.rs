//! Titles side by side, with the letters each has: what a key in the filter runs over.
//!
//! A title in its row is three pointers away, and those are most of what a search would wait for.

use std::sync::Arc;

use super::row::Row;
use super::rows::ItemId;

/// Which letters a text has, without regard to case: most texts are passed over by this alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letters(u64);

impl Letters {
    /// The letters of a text. One beyond ASCII may match any (`é` matches `e`): then it has them all.
    pub fn of(text: &str) -> Letters {
        Letters(text.bytes().fold(0, |all, byte| all | if byte.is_ascii() { bit(byte) } else { u64::MAX }))
    }

    /// The letters that a text must have to match `needle`.
    pub fn needed(needle: &str) -> Letters {
        Letters(needle.bytes().filter(u8::is_ascii).fold(0, |all, byte| all | bit(byte)))
    }

    /// Whether a text with these letters may hold those.
    pub fn may_hold(self, needed: Letters) -> bool {
        needed.0 & !self.0 == 0
    }

    /// Whether the text is surely ASCII.
    pub fn is_ascii(self) -> bool {
        self.0 != u64::MAX
    }
}

/// Letters and digits have a bit each; other signs share the rest, and the last bit stays free.
fn bit(byte: u8) -> u64 {
    let place = match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => letter - b'a',
        digit @ b'0'..=b'9' => 26 + digit - b'0',
        other => 36 + other % 27,
    };
    1 << place
}

const CHUNK: usize = 1024;

#[derive(Clone, Debug, Default)]
struct Chunk {
    text: String,
    ends: Vec<u32>,
    letters: Vec<Letters>,
}

impl Chunk {
    fn push(&mut self, title: &str) {
        self.text.push_str(title);
        self.ends.push(self.text.len() as u32);
        self.letters.push(Letters::of(title));
    }

    fn get(&self, at: usize) -> (&str, Letters) {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        (&self.text[start..self.ends[at] as usize], self.letters[at])
    }
}

/// The titles of all rows by item number. Cloning copies none.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    chunks: Vec<Arc<Chunk>>,
    len: usize,
}

impl Titles {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The title of an item with its letters.
    pub fn get(&self, id: ItemId) -> Option<(&str, Letters)> {
        let at = id.0 as usize;
        (at < self.len).then(|| self.chunks[at / CHUNK].get(at % CHUNK))
    }

    /// Takes up the title of the next row.
    pub(super) fn push(&mut self, row: &Row) {
        if self.len.is_multiple_of(CHUNK) {
            self.chunks.push(Arc::default());
        }
        let last = self.chunks.len() - 1;
        Arc::make_mut(&mut self.chunks[last]).push(row.title());
        self.len += 1;
    }

    /// Follows a row that takes another's place: its chunk is written anew, where the title is another at all.
    pub(super) fn replace(&mut self, id: ItemId, row: &Row) {
        if self.get(id).is_none_or(|(title, _)| title == row.title()) {
            return;
        }
        let chunk = &mut self.chunks[id.0 as usize / CHUNK];
        let mut fresh = Chunk::default();
        for at in 0..chunk.ends.len() {
            fresh.push(if at == id.0 as usize % CHUNK { row.title() } else { chunk.get(at).0 });
        }
        *chunk = Arc::new(fresh);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::made_up::row;

    #[test]
    fn a_title_is_found_by_number_after_any_other_has_changed() {
        let mut titles = Titles::default();
        (0..3000).for_each(|n| titles.push(&row("x", &format!("title {n}"), "", "", "", "")));
        titles.replace(ItemId(1500), &row("x", "a much longer one", "", "", "", ""));
        let title = |n| titles.get(ItemId(n)).map(|(title, _)| title.to_string());
        assert_eq!(title(1499).as_deref(), Some("title 1499"));
        assert_eq!(title(1500).as_deref(), Some("a much longer one"));
        assert_eq!(title(1501).as_deref(), Some("title 1501"));
        assert_eq!(title(2999).as_deref(), Some("title 2999"));
        assert_eq!(title(3000), None);
    }

    #[test]
    fn letters_pass_over_only_what_cannot_match() {
        let may = |text, needle| Letters::of(text).may_hold(Letters::needed(needle));
        assert!(may("Virtual Care", "VC") && may("Virtual Care", "a v") && may("café", "e") && may("naïve", "naive"));
        assert!(!may("Virtual Care", "z") && !may("Virtual", "l c") && !may("ab", "a1"));
        assert!(Letters::of("plain 1-2 \u{7f}~").is_ascii() && !Letters::of("café").is_ascii());
    }
}
