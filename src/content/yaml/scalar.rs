//! One text as one scalar in a line: plain where it may be, else in quotes. Blocks of lines are in `block`.

use super::ambiguity::reading;
use crate::content::escape::escaped;

/// Which quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    Single,
    Double,
}

/// How freely a text goes without quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Caution {
    /// As js-yaml 3 does: any colon, comma, bracket or hash asks for quotes.
    Usual,
    /// Whatever YAML allows: `https://example.com/#top` stands without.
    Liberal,
}

/// Whether `text` may stand without quotes and be nothing but itself.
pub(super) fn may_be_plain(text: &str, flow: bool, caution: Caution) -> bool {
    reading(text).is_none() && is_plain_syntax(text, flow, caution)
}

/// Whether `text` without quotes is one plain scalar of just this text, whatever it is read as.
pub(super) fn is_plain_syntax(text: &str, flow: bool, caution: Caution) -> bool {
    let usual = caution == Caution::Usual;
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let second = chars.next();
    if needs_escape(text) || text.contains(['\n', '\t']) || text.starts_with(' ') || text.ends_with([' ', ':']) {
        return false;
    }
    if ",[]{}#&*!|>'\"%@`:".contains(first) || text.starts_with("---") || text.starts_with("...") {
        return false;
    }
    if "-?".contains(first) && (usual || flow || second.is_none_or(|c| c == ' ')) {
        return false;
    }
    if text.contains(": ") || text.contains(" #") || (usual && (first == '=' || text.contains([':', '#']))) {
        return false;
    }
    !(usual || flow) || !text.contains([',', '[', ']', '{', '}'])
}

/// Whether a character of `text` can stand in YAML only as an escape.
pub(super) fn needs_escape(text: &str) -> bool {
    text.chars().any(|c| !matches!(c, '\t' | '\n' | ' '..='~') && (c.is_ascii() || is_unprintable(c)))
}

/// Not printable by YAML's rule, or a line end in YAML 1.1.
fn is_unprintable(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// `text` in these quotes; in double ones where single ones cannot hold it.
pub(super) fn quoted(text: &str, quote: Quote) -> String {
    if quote == Quote::Single && !needs_escape(text) && !text.contains(['\n', '\t']) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    double(text)
}

/// `text` in double quotes, in one line.
pub(super) fn double(text: &str) -> String {
    let code = |c: char| match c {
        '\0' => Some("\\0".to_string()),
        '\u{2028}' => Some("\\L".to_string()),
        '\u{2029}' => Some("\\P".to_string()),
        c if (c as u32) < 0x20 || c == '\u{7f}' || ('\u{80}'..='\u{9f}').contains(&c) => {
            Some(format!("\\x{:02X}", c as u32))
        }
        c if is_unprintable(c) => Some(format!("\\u{:04X}", c as u32)),
        _ => None,
    };
    format!("\"{}\"", escaped(text, code))
}

/// `text` as a JSON string.
pub(super) fn json(text: &str) -> String {
    let code = |c: char| ((c as u32) < 0x20).then(|| format!("\\u{:04x}", c as u32));
    format!("\"{}\"", escaped(text, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_texts_are_quoted_as_js_yaml_3_does() {
        for text in ["Plain words", "it's", "a-b", "Über 日本 😀", "topic/x-y", "50%", "a \"b\" c", "a & b"] {
            assert!(may_be_plain(text, false, Caution::Usual), "{text}");
        }
        for text in
            ["Gartner: Healthcare", "https://x.org", "a, b", "- dash", "@x", "# x", "yes", "12", "", " ", "C #", "x "]
        {
            assert!(!may_be_plain(text, false, Caution::Usual), "{text}");
        }
    }

    #[test]
    fn a_liberal_file_keeps_its_addresses_bare() {
        for text in ["https://x.org/a#b", "a, b", "-x", "a:b", "a[0]"] {
            assert!(may_be_plain(text, false, Caution::Liberal), "{text}");
        }
        for text in ["a: b", "a #b", "a:", "- x", "[a]", "x\ty", "? x"] {
            assert!(!may_be_plain(text, false, Caution::Liberal), "{text}");
        }
        assert!(!may_be_plain("a, b", true, Caution::Liberal));
    }

    #[test]
    fn double_quotes_escape_what_cannot_be_seen() {
        assert_eq!(double("a\u{7}\u{85}\u{2028}\u{feff}\"\\\n"), r#""a\x07\x85\L\uFEFF\"\\\n""#);
        assert_eq!(quoted("it's", Quote::Single), "'it''s'");
        assert_eq!(json("a\u{7}/\"é"), "\"a\\u0007/\\\"é\"");
    }
}
