//! The type guard: what a text would be read as if it stood without quotes, by any YAML reader in use.
//!
//! YAML 1.2 (Go, and this program), YAML 1.1 (PyYAML, libyaml) and Ruby's own additions together. A new text that any of
//! them could take for something else is quoted.

/// What some reader takes a plain scalar for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Null,
    Bool,
    /// Integers, floats, `1_000`, `1.2.3` (YAML 1.1 allows dots), `12:30` (base 60).
    Number,
    Date,
    /// `<<`, `=`: a merge and a default in YAML 1.1.
    Special,
}

/// What `text` could be read as besides text.
pub(super) fn reading(text: &str) -> Option<Reading> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "~" | "null" => return Some(Reading::Null),
        "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" => return Some(Reading::Bool),
        "<<" | "=" => return Some(Reading::Special),
        _ => {}
    }
    if looks_like_number(&lower) {
        Some(Reading::Number)
    } else if looks_like_date(&lower) {
        Some(Reading::Date)
    } else {
        None
    }
}

fn looks_like_number(lower: &str) -> bool {
    let digits = lower.strip_prefix(['-', '+']).unwrap_or(lower);
    if matches!(digits, ".inf" | ".nan") {
        return true;
    }
    let radix = |prefix: &str, digit: fn(char) -> bool| {
        digits.strip_prefix(prefix).is_some_and(|d| d.chars().all(|c| digit(c) || c == '_') && !d.is_empty())
    };
    if radix("0x", |c| c.is_ascii_hexdigit()) || radix("0o", |c| c.is_digit(8)) || radix("0b", |c| c.is_digit(2)) {
        return true;
    }
    let mantissa = match digits.split_once('e') {
        Some((mantissa, exponent)) => {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            if exponent.is_empty() || !exponent.bytes().all(|b| b.is_ascii_digit()) {
                return false;
            }
            mantissa
        }
        None => digits,
    };
    // Commas group digits in Ruby, underscores in YAML 1.1, colons part base 60.
    mantissa.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && mantissa.contains(|c: char| c.is_ascii_digit())
        && mantissa.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'_' | b':' | b','))
}

/// Four digits, one or two, one or two, and then nothing or a time: wider than any one reader's rule.
fn looks_like_date(lower: &str) -> bool {
    let mut parts = lower.splitn(3, '-');
    let (Some(year), Some(month), Some(rest)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let digits = |s: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
    };
    let day = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !digits(year, 4..=4) || !digits(month, 1..=2) || !(1..=2).contains(&day) {
        return false;
    }
    let time = &rest[day..];
    time.is_empty()
        || (time.starts_with(['t', ' ', '\t'])
            && time[1..].contains(':')
            && time[1..]
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'z' | b' ' | b'\t' | b'+' | b'-')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_reader_could_take_for_something_else_is_known() {
        for (texts, expected) in [
            ("null Null ~", Reading::Null),
            ("yes No ON off y N TRUE", Reading::Bool),
            (
                "0 -1 +1 1_000 1,000 0x1F 0o17 0b11 0777 1e3 1E-3 .5 5. 1.2.3 12:30 12:30:45 .inf -.INF .NaN",
                Reading::Number,
            ),
            ("2022-09-23 2022-9-3 2022-09-23T10:00:00Z 2001-12-14t21:59:43.10-05:00", Reading::Date),
            ("<< =", Reading::Special),
        ] {
            for text in texts.split(' ') {
                assert_eq!(reading(text), Some(expected), "{text}");
            }
        }
        assert_eq!(reading("2016-09-29 2:00:50 -0400"), Some(Reading::Date));
    }

    #[test]
    fn ordinary_words_are_only_words() {
        for text in
            ["yesterday", "1st", "e5", "-", ".", "2-bed", "nan", "2022-09-23x", "10 years", "C#", "x1", "1e", "0xZ"]
        {
            assert_eq!(reading(text), None, "{text}");
        }
    }
}
