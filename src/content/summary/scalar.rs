//! Scalars that stand on one line: where they end, and what they say.
//!
//! All functions answer `None` where they are not sure.

use std::borrow::Cow;

use super::find;
use crate::content::value::Value;

/// A scalar of one line (or a block scalar's lines), borrowed from the text and not decoded yet.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scalar<'t> {
    /// Without quotes.
    Plain(&'t str),
    /// What stands between single quotes.
    Single(&'t str),
    /// What stands between double quotes.
    Double(&'t str),
    /// A block scalar.
    Block(Block<'t>),
}

/// A block scalar: its lines, with their line ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'t> {
    pub lines: &'t str,
    pub indent: u16,
    pub folded: bool,
    /// `-`, `+`, or a space for neither.
    pub chomp: u8,
}

impl<'t> Scalar<'t> {
    /// Whether it reads as null.
    pub(super) fn is_null(self) -> bool {
        matches!(self, Scalar::Plain(text) if text.len() <= 4 && matches!(text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The text as people read it.
    pub(super) fn text(self) -> Option<Cow<'t, str>> {
        match self {
            Scalar::Plain(text) => match Value::plain(text) {
                Value::Bool(flag) => Some(if flag { "true" } else { "false" }.into()),
                Value::Null => Some("".into()),
                _ => Some(text.into()),
            },
            Scalar::Single(raw) if raw.contains('\'') => Some(raw.replace("''", "'").into()),
            Scalar::Single(raw) => Some(raw.into()),
            Scalar::Double(raw) if raw.contains('\\') => unescaped(raw).map(Cow::from),
            Scalar::Double(raw) => Some(raw.into()),
            Scalar::Block(block) => block.text().map(Cow::from),
        }
    }
}

/// A quoted scalar at the start of `text`, and what follows its closing quote.
#[inline]
pub(super) fn quoted(text: &str) -> Option<(Scalar<'_>, &str)> {
    let bytes = text.as_bytes();
    let mut at = 1;
    match bytes.first()? {
        b'\'' => loop {
            at += find::one(b'\'', &bytes[at..])?;
            if bytes.get(at + 1) != Some(&b'\'') {
                return Some((Scalar::Single(&text[1..at]), &text[at + 1..]));
            }
            at += 2;
        },
        b'"' => loop {
            at += find::either(b'\\', b'"', &bytes[at..])?;
            if bytes[at] == b'"' {
                return Some((Scalar::Double(&text[1..at]), &text[at + 1..]));
            }
            at += escape_length(&bytes[at..])?;
        },
        _ => None,
    }
}

/// The length of an escape that is surely valid.
fn escape_length(bytes: &[u8]) -> Option<usize> {
    match bytes.get(1)? {
        b'"' | b'\\' | b'/' | b'n' | b't' => Some(2),
        b'u' => {
            let hex = bytes.get(2..6)?;
            let code = u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?;
            let sure = hex.iter().all(u8::is_ascii_hexdigit) && code >= 0x20 && char::from_u32(code).is_some();
            sure.then_some(6)
        }
        _ => None,
    }
}

fn unescaped(raw: &str) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let length = escape_length(&rest.as_bytes()[at..])?;
        out.push(match rest.as_bytes()[at + 1] {
            b'n' => '\n',
            b't' => '\t',
            b'u' => char::from_u32(u32::from_str_radix(&rest[at + 2..at + 6], 16).ok()?)?,
            other => other as char,
        });
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    Some(out)
}

/// A plain scalar that fills the line but for a comment.
#[inline]
pub(super) fn plain(text: &str) -> Option<&str> {
    if !starts_plain(text) {
        return None;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(ahead) = find::either(b':', b'#', &bytes[at..]) {
        at += ahead;
        match bytes[at] {
            b'#' if bytes[at - 1] == b' ' => return Some(before_blanks(&text[..at])),
            // A second key on the line is an error.
            b':' if matches!(bytes.get(at + 1), None | Some(b' ')) => return None,
            _ => at += 1,
        }
    }
    Some(before_blanks(text))
}

/// Whether a plain scalar may begin so. `-1` may; `?x` and `:x` are left to the parser.
#[inline]
pub(super) fn starts_plain(text: &str) -> bool {
    match text.as_bytes() {
        [b'-', b'-', b'-', ..] => false,
        [b'-', second, ..] => !matches!(second, b' ' | b',' | b'[' | b']' | b'{' | b'}'),
        [first, ..] => !matches!(
            first,
            b'-' | b'?'
                | b':'
                | b','
                | b'['
                | b']'
                | b'{'
                | b'}'
                | b'#'
                | b'&'
                | b'*'
                | b'!'
                | b'|'
                | b'>'
                | b'\''
                | b'"'
                | b'%'
                | b'@'
                | b'`'
        ),
        [] => false,
    }
}

/// The text without the spaces before it; a loop over bytes, as this is asked several times a line.
#[inline]
pub(super) fn after_blanks(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && bytes[at] == b' ' {
        at += 1;
    }
    &text[at..]
}

/// The text without the spaces behind it.
#[inline]
pub(super) fn before_blanks(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut end = bytes.len();
    while end > 0 && bytes[end - 1] == b' ' {
        end -= 1;
    }
    &text[..end]
}

/// Whether nothing but a comment follows.
#[inline]
pub(super) fn ends(rest: &str) -> bool {
    let text = after_blanks(rest);
    text.is_empty() || (text.len() < rest.len() && text.as_bytes()[0] == b'#')
}

/// The scalars of a flow list `[a, 'b']` at the start of `text`, pushed one by one; then what follows the `]`.
pub(super) fn flow_list<'t>(text: &'t str, mut push: impl FnMut(Scalar<'t>)) -> Option<&'t str> {
    let mut rest = text.strip_prefix('[')?.trim_start_matches(' ');
    loop {
        if let Some(after) = rest.strip_prefix(']') {
            return Some(after);
        }
        let (scalar, after) = match rest.as_bytes().first()? {
            b'\'' | b'"' => quoted(rest)?,
            _ => flow_plain(rest)?,
        };
        push(scalar);
        rest = after_blanks(after);
        match rest.strip_prefix(',') {
            // A comma may stand before the bracket, but not twice.
            Some(after) => rest = after_blanks(after),
            None if rest.starts_with(']') => {}
            None => return None,
        }
    }
}

fn flow_plain(text: &str) -> Option<(Scalar<'_>, &str)> {
    if !starts_plain(text) {
        return None;
    }
    let end = text.find([',', ']'])?;
    let item = text[..end].trim_end_matches(' ');
    let odd = item.contains(['[', '{', '}', '#', '"', '\'']) || item.contains(": ") || item.ends_with(':');
    (!odd).then_some((Scalar::Plain(item), &text[end..]))
}

impl Block<'_> {
    /// The text, where all lines are indented alike.
    fn text(self) -> Option<String> {
        let mut out = String::with_capacity(self.lines.len());
        let mut breaks = 0;
        for line in self.lines.split_inclusive('\n') {
            let line = line.trim_end_matches('\n').trim_end_matches('\r');
            let text = line.get(usize::from(self.indent)..).unwrap_or("");
            if text.is_empty() {
                breaks += 1;
                continue;
            }
            if text.starts_with(' ') {
                return None;
            }
            push_breaks(&mut out, breaks, self.folded);
            out.push_str(text);
            breaks = 1;
        }
        match self.chomp {
            b'+' => None,
            b'-' => Some(out),
            _ if out.is_empty() => Some(out),
            _ => Some(out + "\n"),
        }
    }
}

/// The line ends before a line: a folded text turns one into a space and drops one of several.
fn push_breaks(out: &mut String, breaks: usize, folded: bool) {
    let first = out.is_empty();
    match breaks {
        1 if folded && !first => out.push(' '),
        _ => {
            let drop = usize::from(folded && !first && breaks > 1);
            out.extend(std::iter::repeat_n('\n', breaks - drop));
        }
    }
}
