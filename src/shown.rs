//! Shown text: text made harmless for the terminal. `view` draws nothing else.
//!
//! Everything that comes from a file, its name included, is untrusted: C0, DEL, C1, escapes, bidi controls and invisible
//! format characters become visible marks, a character for a character, so that match positions hold. Values stay raw.

use std::fmt;

use compact_str::CompactString;

/// Text that may be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shown(CompactString);

impl Shown {
    /// Makes `raw` harmless: the one constructor.
    pub fn new(raw: &str) -> Shown {
        // Nearly every text is plain letters, and a frame makes a hundred of them.
        if raw.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Shown(CompactString::new(raw));
        }
        Shown(raw.chars().map(harmless).collect())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Shown {
    /// The program's own words.
    fn from(text: &'static str) -> Shown {
        Shown(CompactString::const_new(text))
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Shown {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// One character, or the mark that stands for it.
fn harmless(c: char) -> char {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        _ if is_invisible_control(c) => '\u{fffd}',
        _ => c,
    }
}

/// Whether `c` moves, hides or reorders text instead of showing something.
pub fn is_invisible_control(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let shown = Shown::new("a\u{1b}[2Jb\u{9b}c\u{7f}d\u{202e}e\tf\ng");
        assert!(shown.as_str().chars().all(|c| !c.is_control() && !is_invisible_control(c)));
        assert_eq!(shown.as_str().chars().count(), 16);
    }
}
