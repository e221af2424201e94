//! Find and replace: what is looked for in a text, and what comes in its place.
//!
//! Here: one text. Not here: which texts of a field are looked at (`bulk`).

use std::cell::RefCell;
use std::ops::Range;

use regex::{Captures, Regex};
use regex_syntax::Error as Syntax;

/// What is looked for: a regular expression, in a time that grows with the text and never explodes.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
}

/// Why a text is no pattern, or no replacement, and at which character (from 1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at character {at}: {reason}")]
pub struct PatternError {
    pub at: usize,
    pub reason: String,
}

/// A text before and after, with the places (in bytes) that were found and that came instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    pub text: String,
    pub old: Vec<Range<usize>>,
    pub new: Vec<Range<usize>>,
}

thread_local! {
    /// The pattern used last: one serves ten thousand items, and reading it takes longer than using it.
    static LAST: RefCell<Option<(String, Pattern)>> = const { RefCell::new(None) };
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Where it does not compile and why.
    pub fn new(text: &str) -> Result<Pattern, PatternError> {
        if let Err(error) = regex_syntax::Parser::new().parse(text) {
            return Err(located(text, &error));
        }
        let too_large = |_| PatternError { at: 1, reason: "this pattern is too large".to_string() };
        Regex::new(text).map(|regex| Pattern { regex }).map_err(too_large)
    }

    /// The same, kept for the next time on this thread.
    ///
    /// # Errors
    /// As [`Pattern::new`].
    pub fn of(text: &str) -> Result<Pattern, PatternError> {
        LAST.with_borrow_mut(|last| match last {
            Some((known, pattern)) if known == text => Ok(pattern.clone()),
            _ => {
                let pattern = Pattern::new(text)?;
                *last = Some((text.to_string(), pattern.clone()));
                Ok(pattern)
            }
        })
    }

    /// Whether every `$1` and `${name}` of a replacement stands for a group. One that does not would be put in as nothing.
    ///
    /// # Errors
    /// Where a group is named that the pattern does not have.
    pub fn check(&self, with: &str) -> Result<(), PatternError> {
        let mut at = 0;
        while let Some(dollar) = with[at..].find('$').map(|found| at + found) {
            let rest = &with[dollar + 1..];
            if rest.starts_with('$') {
                at = dollar + 2;
                continue;
            }
            let name = match rest.strip_prefix('{') {
                Some(inside) => inside.split('}').next().unwrap_or(inside),
                None => &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())],
            };
            let known = match name.parse::<usize>() {
                Ok(number) => number < self.regex.captures_len(),
                Err(_) => name.is_empty() || self.regex.capture_names().flatten().any(|known| known == name),
            };
            if !known {
                let reason = format!("no group `{name}` (${{1}} is the first, $$ a dollar sign)");
                return Err(PatternError { at: character(with, dollar), reason });
            }
            at = dollar + 1;
        }
        Ok(())
    }

    /// `text` with every place that is found replaced; `None` where nothing changes.
    pub fn replace(&self, text: &str, with: &str) -> Option<Replaced> {
        let mut out = Replaced::default();
        let mut from = 0;
        for found in self.regex.captures_iter(text) {
            let whole = whole(&found);
            out.text.push_str(&text[from..whole.start]);
            let start = out.text.len();
            found.expand(with, &mut out.text);
            out.new.push(start..out.text.len());
            from = whole.end;
            out.old.push(whole);
        }
        out.text.push_str(&text[from..]);
        (out.text != text).then_some(out)
    }
}

fn whole(found: &Captures) -> Range<usize> {
    // Group 0 is the whole match and always there.
    found.get(0).map_or(0..0, |group| group.range())
}

fn character(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |before| before.chars().count()) + 1
}

fn located(text: &str, error: &Syntax) -> PatternError {
    let (start, reason) = match error {
        Syntax::Parse(error) => (error.span().start.offset, error.kind().to_string()),
        Syntax::Translate(error) => (error.span().start.offset, error.kind().to_string()),
        other => (0, other.to_string()),
    };
    PatternError { at: character(text, start), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(pattern: &str, with: &str, text: &str) -> Option<String> {
        Pattern::new(pattern).unwrap().replace(text, with).map(|r| r.text)
    }

    #[test]
    fn every_place_is_replaced_and_groups_are_put_in() {
        let cases = [
            (r"\bcare\b", "Care", "careful care, care", Some("careful Care, Care")),
            (r"(\w+), (\w+)", "$2 $1", "Ravi, Athira", Some("Athira Ravi")),
            (r"(?<y>\d{4})-.*", "${y}", "2022-09-23", Some("2022")),
            ("(?i)VIRTUAL", "virtual", "Virtual care", Some("virtual care")),
            ("é", "$$", "café", Some("caf$")),
            ("^", "> ", "a", Some("> a")),
            ("x", "y", "abc", None),
            ("b", "b", "abc", None),
        ];
        for (pattern, with, text, expected) in cases {
            assert_eq!(replaced(pattern, with, text).as_deref(), expected, "{pattern}");
        }
    }

    #[test]
    fn the_places_found_and_put_in_are_told() {
        let replaced = Pattern::new("[aé]").unwrap().replace("xaé", "--").unwrap();
        assert_eq!((replaced.old, replaced.new), (vec![1..2, 2..4], vec![1..3, 3..5]));
    }

    #[test]
    fn a_pattern_that_does_not_compile_says_where_and_why() {
        for (pattern, at, reason) in [
            ("care (at", 6, "unclosed group"),
            ("é[a-", 2, "unclosed character class"),
            ("a{2,1}", 2, "repetition"),
            ("*", 1, "repetition operator missing"),
            (r"a\q", 2, "unrecognized escape"),
            (r"(a)\1", 4, "backreferences are not supported"),
        ] {
            let error = Pattern::new(pattern).unwrap_err();
            assert_eq!(error.at, at, "{pattern}: {error}");
            assert!(error.to_string().contains(reason), "{pattern}: {error}");
        }
    }

    #[test]
    fn a_group_that_is_not_there_is_never_put_in_as_nothing() {
        let pattern = Pattern::new("(a)(?<end>b)").unwrap();
        for fine in ["", "x", "$1$2", "${end}!", "$$5", "$ ", "${1}a", "$0"] {
            assert_eq!(pattern.check(fine), Ok(()), "{fine}");
        }
        for (with, at) in [("$3", 1), ("€ $1a", 3), ("${start}", 1)] {
            assert_eq!(pattern.check(with).unwrap_err().at, at, "{with}");
        }
    }
}
