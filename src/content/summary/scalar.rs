//! Scalars that stand on one line: where they end, and what they say.
//!
//! All functions answer `None` where they are not sure.

use std::borrow::Cow;

use super::find;
use crate::content::value::Word;

/// A scalar of one line (or a block scalar's lines), borrowed from the text and not decoded yet.
///
/// Flat on purpose: 150 of them are made of every file, and an enum with parts of several sizes costs more to move than to read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scalar<'t> {
    /// What stands between the quotes; a block's lines with their line ends. Cut at ASCII signs: it is a text.
    pub bytes: &'t [u8],
    pub style: Style,
    /// A block's indentation.
    pub indent: u16,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// `|`
    Literal,
    /// `|-`
    LiteralStripped,
    /// `>`
    Folded,
    /// `>-`
    FoldedStripped,
    /// `|+` and `>+`
    Kept,
}

impl Style {
    /// Of a block scalar's header.
    pub(super) fn of_block(header: &[u8]) -> Option<Style> {
        Some(match header {
            b"|" => Style::Literal,
            b">" => Style::Folded,
            b"|-" => Style::LiteralStripped,
            b">-" => Style::FoldedStripped,
            b"|+" | b">+" => Style::Kept,
            _ => return None,
        })
    }
}

impl<'t> Scalar<'t> {
    /// A scalar of one line.
    #[inline]
    pub(super) fn new(bytes: &'t [u8], style: Style) -> Scalar<'t> {
        Scalar { bytes, style, indent: 0 }
    }

    /// A text without quotes.
    #[inline]
    pub(super) fn plain(bytes: &'t [u8]) -> Scalar<'t> {
        Scalar::new(bytes, Style::Plain)
    }

    /// Whether it reads as null.
    #[inline]
    pub(super) fn is_null(self) -> bool {
        self.style == Style::Plain
            && self.bytes.len() <= 4
            && matches!(self.bytes, b"" | b"~" | b"null" | b"Null" | b"NULL")
    }

    /// As it is written.
    pub(super) fn raw(self) -> Option<&'t str> {
        std::str::from_utf8(self.bytes).ok()
    }

    /// The text as people read it.
    pub(super) fn text(self) -> Option<Cow<'t, str>> {
        let text = self.raw()?;
        match self.style {
            Style::Plain => Some(Cow::from(match Word::of(text) {
                Some(Word::Bool(true)) => "true",
                Some(Word::Bool(false)) => "false",
                Some(Word::Null) => "",
                None => text,
            })),
            Style::Single if text.contains('\'') => Some(text.replace("''", "'").into()),
            Style::Double if text.contains('\\') => unescaped(text).map(Cow::from),
            Style::Single | Style::Double => Some(text.into()),
            Style::Kept => None,
            Style::Literal | Style::LiteralStripped | Style::Folded | Style::FoldedStripped => {
                self.lines(text).map(Cow::from)
            }
        }
    }

    /// A block's text, where all lines are indented alike.
    fn lines(self, text: &str) -> Option<String> {
        let is_folded = matches!(self.style, Style::Folded | Style::FoldedStripped);
        let mut out = String::with_capacity(text.len());
        let mut breaks = 0;
        for line in text.split_inclusive('\n') {
            let line = line.trim_end_matches('\n').trim_end_matches('\r');
            let text = line.get(usize::from(self.indent)..).unwrap_or("");
            if text.is_empty() {
                breaks += 1;
                continue;
            }
            if text.starts_with(' ') {
                return None;
            }
            push_breaks(&mut out, breaks, is_folded);
            out.push_str(text);
            breaks = 1;
        }
        match self.style {
            Style::Literal | Style::Folded if !out.is_empty() => Some(out + "\n"),
            _ => Some(out),
        }
    }
}

/// A quoted scalar at the start of `text`, and what follows its closing quote. `None` where it does not end on its line.
#[inline]
pub(super) fn quoted(bytes: &[u8]) -> Option<(Scalar<'_>, &[u8])> {
    let mut at = 1;
    match bytes.first()? {
        b'\'' => loop {
            at += find::either(b'\'', b'\n', &bytes[at..])?;
            match (bytes[at], bytes.get(at + 1)) {
                (b'\n', _) => return None,
                (_, Some(b'\'')) => at += 2,
                _ => return Some((Scalar::new(&bytes[1..at], Style::Single), &bytes[at + 1..])),
            }
        },
        b'"' => loop {
            at += find::one_of(b'\\', b'"', b'\n', &bytes[at..])?;
            match bytes[at] {
                b'\n' => return None,
                b'"' => return Some((Scalar::new(&bytes[1..at], Style::Double), &bytes[at + 1..])),
                _ => at += escape_length(&bytes[at..])?,
            }
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

/// What a plain text on a line comes to, and where in the text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stop {
    /// The colon behind a key.
    Colon(usize),
    /// A comment's `#`.
    Comment(usize),
    /// The end of the line: its `\n`, or the end of the text.
    Line(usize),
}

/// Where the plain text that `text` begins with stops; lines behind its own may follow in `text`.
#[inline]
pub(super) fn stop(bytes: &[u8]) -> Option<Stop> {
    if !starts_plain(bytes) {
        return None;
    }
    let mut at = 0;
    while let Some(ahead) = find::one_of(b':', b'#', b'\n', &bytes[at..]) {
        at += ahead;
        match bytes[at] {
            b'\n' => return Some(Stop::Line(at)),
            b'#' if bytes[at - 1] == b' ' => return Some(Stop::Comment(at)),
            b':' if matches!(bytes.get(at + 1), None | Some(b' ' | b'\n' | b'\r')) => return Some(Stop::Colon(at)),
            _ => at += 1,
        }
    }
    Some(Stop::Line(bytes.len()))
}

/// Whether a plain scalar may begin so. `-1` may; `?x` and `:x` are left to the parser.
#[inline]
pub(super) fn starts_plain(text: &[u8]) -> bool {
    match text {
        [b'-', b'-', b'-', ..] => false,
        [b'-', second, ..] => !matches!(second, b' ' | b'\n' | b'\r' | b',' | b'[' | b']' | b'{' | b'}'),
        [first, ..] => BEGINS_PLAIN[usize::from(*first)],
        [] => false,
    }
}

/// By a text's first byte; asked of every key and every value of ten thousand files.
const BEGINS_PLAIN: [bool; 256] = {
    let mut may = [true; 256];
    let indicators = b"-?:,[]{}#&*!|>'\"%@`\n\r";
    let mut at = 0;
    while at < indicators.len() {
        may[indicators[at] as usize] = false;
        at += 1;
    }
    may
};

/// The text without the spaces before it; a loop over bytes, as this is asked several times a line.
#[inline]
pub(super) fn after_blanks(bytes: &[u8]) -> &[u8] {
    let mut at = 0;
    while at < bytes.len() && bytes[at] == b' ' {
        at += 1;
    }
    &bytes[at..]
}

/// The text without the spaces behind it.
#[inline]
pub(super) fn before_blanks(bytes: &[u8]) -> &[u8] {
    let mut end = bytes.len();
    while end > 0 && bytes[end - 1] == b' ' {
        end -= 1;
    }
    &bytes[..end]
}

/// Whether nothing but a comment follows on the line.
#[inline]
pub(super) fn ends(rest: &[u8]) -> bool {
    let text = after_blanks(rest);
    match text.first() {
        None | Some(b'\n' | b'\r') => true,
        Some(b'#') => text.len() < rest.len(),
        Some(_) => false,
    }
}

/// The scalars of a flow list `[a, 'b']` at the start of `text`, pushed one by one; then what follows the `]`.
pub(super) fn flow_list<'t>(text: &'t [u8], mut push: impl FnMut(Scalar<'t>)) -> Option<&'t [u8]> {
    let mut rest = after_blanks(text.strip_prefix(b"[")?);
    loop {
        if let Some(after) = rest.strip_prefix(b"]") {
            return Some(after);
        }
        let (scalar, after) = match rest.first()? {
            b'\'' | b'"' => quoted(rest)?,
            _ => flow_plain(rest)?,
        };
        push(scalar);
        rest = after_blanks(after);
        match rest.strip_prefix(b",") {
            // A comma may stand before the bracket, but not twice.
            Some(after) => rest = after_blanks(after),
            None if rest.starts_with(b"]") => {}
            None => return None,
        }
    }
}

fn flow_plain(text: &[u8]) -> Option<(Scalar<'_>, &[u8])> {
    if !starts_plain(text) {
        return None;
    }
    let end = text.iter().position(|byte| matches!(byte, b',' | b']'))?;
    let item = before_blanks(&text[..end]);
    let is_sign = |byte: &u8| matches!(byte, b'[' | b'{' | b'}' | b'#' | b'"' | b'\'');
    let odd = item.iter().any(is_sign) || item.windows(2).any(|two| two == b": ") || item.ends_with(b":");
    (!odd).then_some((Scalar::plain(item), &text[end..]))
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
