//! JSON as events. Written here and not left to the YAML parser, because JSON is only nearly a part of YAML: tabs as
//! indentation, `\ud83d\ude00`, keys of any length.

use std::borrow::Cow;
use std::ops::Range;

use super::super::document::SyntaxError;
use super::events::{Event, Style, Tag, What};

/// As in `events`.
const MAX_DEPTH: usize = 100;

/// The events of one JSON value.
pub(super) fn events(text: &str) -> Result<Vec<Event<'_>>, SyntaxError> {
    let mut reader = Reader { text, at: 0, depth: 0, events: Vec::new() };
    let read = reader.value().and_then(|()| {
        reader.blanks();
        if reader.at == text.len() { Ok(()) } else { Err("there is more behind the JSON object") }
    });
    match read {
        Ok(()) => Ok(reader.events),
        Err(reason) => {
            let before = &text[..reader.at.min(text.len())];
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            Err(SyntaxError { line, column, reason: reason.to_string() })
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    events: Vec<Event<'t>>,
}

type Read = Result<(), &'static str>;

impl<'t> Reader<'t> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn push(&mut self, what: What<'t>, span: Range<usize>) {
        let props = span.start..span.start;
        self.events.push(Event { what, anchor: 0, tag: Tag::None, span, props });
    }

    fn value(&mut self) -> Read {
        self.blanks();
        match self.byte() {
            Some(b'{') => self.collection(true),
            Some(b'[') => self.collection(false),
            Some(b'"') => self.string(),
            Some(_) => self.word(),
            None => Err("the JSON ends in the middle"),
        }
    }

    fn collection(&mut self, map: bool) -> Read {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("nested more than 100 levels deep");
        }
        self.push(What::Open { map, flow: true }, self.at..self.at + 1);
        let closer = if map { b'}' } else { b']' };
        self.at += 1;
        self.blanks();
        let mut first = true;
        while self.byte() != Some(closer) || !first {
            if !first && !self.comma_or(closer)? {
                break;
            }
            first = false;
            if map {
                self.key()?;
            }
            self.value()?;
            self.blanks();
        }
        self.push(What::Close, self.at..self.at + 1);
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    /// Takes a comma; or sees the end.
    fn comma_or(&mut self, closer: u8) -> Result<bool, &'static str> {
        match self.byte() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(b) if b == closer => Ok(false),
            _ => Err("a comma or the end of the list or object is missing"),
        }
    }

    fn key(&mut self) -> Read {
        self.blanks();
        if self.byte() != Some(b'"') {
            return Err("a key in double quotes is missing");
        }
        self.string()?;
        self.blanks();
        if self.byte() != Some(b':') {
            return Err("a colon behind the key is missing");
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Read {
        let start = self.at;
        self.at += 1;
        loop {
            match self.byte() {
                None | Some(b'\n' | b'\r') => return Err("a text is not closed"),
                Some(b'\\') => self.at += 2,
                Some(b'"') => break,
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        let raw = self.text.get(start..self.at).ok_or("a text is not closed")?;
        let inner = &raw[1..raw.len() - 1];
        let text = if inner.contains('\\') || inner.bytes().any(|b| b < 0x20) {
            Cow::Owned(serde_json::from_str(raw).map_err(|_| "a text with an escape that JSON does not know")?)
        } else {
            Cow::Borrowed(inner)
        };
        self.push(What::Scalar { text, style: Style::Double }, start..self.at);
        Ok(())
    }

    fn word(&mut self) -> Read {
        let rest = &self.text[self.at..];
        let length = rest.find([' ', '\t', '\n', '\r', ',', ':', ']', '}', '"']).unwrap_or(rest.len());
        let word = &rest[..length];
        if !matches!(word, "null" | "true" | "false") && !is_number(word) {
            return Err("this is no JSON value");
        }
        let span = self.at..self.at + length;
        self.push(What::Scalar { text: Cow::Borrowed(word), style: Style::Plain }, span);
        self.at += length;
        Ok(())
    }
}

fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (digits, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let some_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    some_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(some_digits)
        && exponent.is_none_or(some_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_read_to_the_letter_and_nothing_else_is() {
        let texts: Vec<_> = events("{\"a\\ud83d\\ude00\":\t[1.50, null, \"x\"]}").unwrap();
        let leaf = |at: usize| match &texts[at].what {
            What::Scalar { text, .. } => text.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!((leaf(1), leaf(3)), ("a😀".to_string(), "1.50".to_string()));
        for bad in ["", "{", "{a: 1}", "{\"a\" 1}", "[1,]", "{\"a\": 01}", "[yes]", "[1] x", "[\"\\q\"]", "[\"a"] {
            assert!(events(bad).is_err(), "{bad}");
        }
        let error = events("{\n  \"a\": x\n}").unwrap_err();
        assert_eq!((error.line, error.column), (2, 8));
    }
}
