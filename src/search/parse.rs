//! Reads the text of a query into terms, each with its place. Never fails: what cannot be understood becomes an error beside
//! the terms that can.

use std::ops::Range;

use super::query::{Bound, Needle, Query, QueryError, State, Term, Test, Wanted};
use crate::library::{RowField, Sort, Target};

/// Reads a query.
pub(super) fn parse(text: &str) -> Query {
    let mut query = Query { text: text.to_string(), ..Query::default() };
    for (range, closed) in words(text) {
        let word = &text[range.clone()];
        if !closed {
            let at = range.start + word.rfind('"').unwrap_or(0);
            query.errors.push(QueryError { range: at..range.end, message: "the quote is not closed".to_string() });
        }
        query.words.push(range.clone());
        match read(word) {
            Ok(Read::Sort(sort)) => (query.sort, query.sort_at) = (Some(sort), range),
            Ok(Read::Term { exclude, test }) => query.terms.push(Term { range, exclude, test }),
            // What an open quote makes of the rest is not worth a second word.
            Err(_) if !closed => {}
            Err((inner, message)) => {
                let place = range.start + inner.start..range.start + inner.end;
                query.errors.push(QueryError { range: place, message });
            }
        }
    }
    query
}

/// The words of a text: quotes hold spaces where they open a value. Whether a word's last quote is closed.
fn words(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut start = None;
    let mut quotes = Quotes::default();
    for (at, c) in text.char_indices() {
        if c.is_whitespace() && !quotes.open {
            if let Some(start) = start.take() {
                found.push((start..at, true));
            }
            quotes = Quotes::default();
            continue;
        }
        start.get_or_insert(at);
        quotes.step(c);
    }
    if let Some(start) = start {
        found.push((start..text.len(), !quotes.open));
    }
    found
}

/// Follows the quotes of one word. A quote opens only where a value can begin, so that `5"` is plain.
#[derive(Default)]
struct Quotes {
    open: bool,
    escaped: bool,
    before: Option<char>,
}

impl Quotes {
    /// Takes the next character.
    fn step(&mut self, c: char) {
        match c {
            _ if self.escaped => self.escaped = false,
            '\\' if self.open => self.escaped = true,
            '"' if self.open => self.open = false,
            '"' => {
                self.open = self.before.is_none_or(|b| matches!(b, '!' | '\'' | ':' | '=' | '|' | '.' | '<' | '>'));
            }
            _ => {}
        }
        self.before = Some(c);
    }
}

/// Where the first of `signs` stands outside quotes.
fn find_outside_quotes(word: &str, signs: &[char]) -> Option<usize> {
    let mut quotes = Quotes::default();
    word.char_indices().find_map(|(at, c)| {
        let found = !quotes.open && signs.contains(&c);
        quotes.step(c);
        found.then_some(at)
    })
}

enum Read {
    Sort(Sort),
    Term { exclude: bool, test: Test },
}

/// What is wrong with a word: with its value, or with all of it where it has none.
type Failure = (Range<usize>, String);

fn read(word: &str) -> Result<Read, Failure> {
    let bare = word.trim_start_matches('!');
    let exclude = (word.len() - bare.len()) % 2 == 1;
    let plain = needle(bare);
    let split = if bare.starts_with('\'') { None } else { find_outside_quotes(bare, &[':', '=']) };
    let Some(at) = split.filter(|at| *at > 0) else {
        // A sign or a quote that was only begun must not stand for everything.
        if plain.text.is_empty() {
            return Err((0..word.len(), format!("{} what?", if exclude { "leave out" } else { "look for" })));
        }
        return Ok(Read::Term { exclude, test: Test::Word(plain) });
    };
    let (name, value) = (&bare[..at], &bare[at + 1..]);
    let exact = bare.as_bytes()[at] == b'=';
    let fail = |message| {
        let start = if value.is_empty() { 0 } else { word.len() - value.len() };
        (start..word.len(), message)
    };
    if name == "sort" && !exact {
        return sort(value, exclude).map(Read::Sort).map_err(fail);
    }
    let test = match keyword(name, value).filter(|_| !exact) {
        Some(test) => test.map_err(fail)?,
        None => match Target::parse(name) {
            Some(target) => {
                let any = values(&target, exact, value).map_err(fail)?;
                Test::Field { target, any, plain }
            }
            None => Test::Word(plain),
        },
    };
    Ok(Read::Term { exclude, test })
}

fn sort(value: &str, exclude: bool) -> Result<Sort, String> {
    if exclude {
        return Err("a sort cannot be excluded; sort:-date turns it round".to_string());
    }
    let unknown = || "sort by what? date, title, brand, status, path, topics or a field".to_string();
    Sort::parse(value).ok_or_else(unknown)
}

/// The terms that are named by a word of the language; `None` where the name is none.
fn keyword(name: &str, value: &str) -> Option<Result<Test, String>> {
    let presence: fn(Target) -> Test = match name {
        "has" => Test::Has,
        "missing" => Test::Missing,
        "null" => Test::Null,
        "empty" => Test::Empty,
        "finding" if value.is_empty() => return Some(Err("which kind of finding?".to_string())),
        "finding" => return Some(Ok(Test::Finding(unquoted(value)))),
        "is" => {
            let state = State::ALL.iter().find(|(word, _)| *word == value);
            let unknown = || format!("is what? {}", State::ALL.map(|(word, _)| word).join(", "));
            return Some(state.map(|(_, state)| Test::Is(*state)).ok_or_else(unknown));
        }
        _ => return None,
    };
    Some(Target::parse(value).map(presence).ok_or_else(|| format!("{name}: which field?")))
}

/// The alternatives behind `field:` or `field=`. None are left where none was more than begun: the name may be no field.
fn values(target: &Target, exact: bool, text: &str) -> Result<Vec<Wanted>, String> {
    let is_role = matches!(target, Target::Role(_));
    let mut any = Vec::new();
    let mut rest = Some(text);
    while let Some(here) = rest {
        let end = find_outside_quotes(here, &['|']);
        let piece = &here[..end.unwrap_or(here.len())];
        rest = end.map(|at| &here[at + 1..]);
        let state = Wanted::STATES.iter().find(|(word, _)| *word == piece);
        let equal = if exact { Some(piece) } else { piece.strip_prefix('=').filter(|text| !text.is_empty()) };
        if let Some((_, wanted)) = state {
            any.push(wanted.clone());
        } else if let Some(text) = equal {
            any.push(Wanted::Equal(unquoted(text)));
        } else if !needle(piece).text.is_empty() {
            any.push(wanted(target, piece)?);
        }
    }
    if any.is_empty() && is_role {
        return Err(format!("{}: what?", target.name()));
    }
    Ok(any)
}

fn wanted(target: &Target, piece: &str) -> Result<Wanted, String> {
    let is_date = *target == Target::Role(RowField::Date);
    if let Some(between) = range(piece, is_date)? {
        return Ok(between);
    }
    if !is_date || piece.starts_with(['"', '\'']) {
        return Ok(Wanted::Like(needle(piece)));
    }
    if !is_possible_date(piece) {
        return Err("no date: 2022, 2022-09, 2022-09-01, >=2022-09 or 2021..2022".to_string());
    }
    let bound = Some(Bound { text: piece.to_string(), strict: false });
    Ok(Wanted::Between { from: bound.clone(), to: bound })
}

/// `>=a`, `<a`, `a..b`, `a..`, `..b`. What only looks like one is left as text, except where a date is expected.
fn range(piece: &str, is_date: bool) -> Result<Option<Wanted>, String> {
    let bound = |text: &str, strict| Some(Bound { text: text.to_string(), strict });
    let found = if let Some(text) = piece.strip_prefix(">=") {
        (bound(text, false), None)
    } else if let Some(text) = piece.strip_prefix("<=") {
        (None, bound(text, false))
    } else if let Some(text) = piece.strip_prefix('>') {
        (bound(text, true), None)
    } else if let Some(text) = piece.strip_prefix('<') {
        (None, bound(text, true))
    } else if let Some((from, to)) = piece.split_once("..").filter(|_| !piece.starts_with(['"', '\''])) {
        let end = |text: &str| if text.is_empty() { None } else { bound(text, false) };
        (end(from), end(to))
    } else {
        return Ok(None);
    };
    let (from, to) = found;
    let ends = [&from, &to];
    let fits = |text: &str| {
        if is_date || looks_like_date(text) { is_possible_date(text) } else { is_measure(text) }
    };
    let measures = ends.iter().all(|b| b.as_ref().is_none_or(|b| fits(&b.text)));
    match measures && ends.iter().any(|b| b.is_some()) {
        true if is_backwards(from.as_ref(), to.as_ref()) => Err("the range ends before it begins".to_string()),
        true => Ok(Some(Wanted::Between { from, to })),
        false if is_date => Err("no range of dates: >=2022-09-01 or 2021..2022".to_string()),
        false if piece.starts_with(['<', '>']) => Err("compare with a number or a date".to_string()),
        false => Ok(None),
    }
}

/// Whether a text can be compared: a number, a date or the beginning of one.
fn is_measure(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | ':' | 'T' | 't' | 'Z' | 'z' | '+' | 'e'))
}

/// Whether a range holds nothing: two numbers or two dates, the greater first.
fn is_backwards(from: Option<&Bound>, to: Option<&Bound>) -> bool {
    let (Some(Bound { text: from, .. }), Some(Bound { text: to, .. })) = (from, to) else { return false };
    if let (Ok(from), Ok(to)) = (from.parse::<f64>(), to.parse::<f64>()) {
        return from > to;
    }
    // Both are prefixes: from 2022-06 to 2022 goes to the end of that year.
    let common = from.len().min(to.len());
    is_possible_date(from) && is_possible_date(to) && from.get(..common) > to.get(..common)
}

/// Whether a text begins as dates do and no number does.
fn looks_like_date(text: &str) -> bool {
    text.get(..5).is_some_and(|head| head.ends_with('-') && head[..4].bytes().all(|b| b.is_ascii_digit()))
}

/// Whether the calendar has this year, month or day; a time may stand behind a day.
fn is_possible_date(text: &str) -> bool {
    let (date, time) = text.split_at_checked(10).unwrap_or((text, ""));
    let number = |part: &str, digits: usize| -> Option<u32> {
        let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse().ok()).flatten()
    };
    let mut parts = date.split('-');
    let Some(year) = parts.next().and_then(|part| number(part, 4)) else { return false };
    let Some(month) = parts.next() else { return true };
    let days = match number(month, 2) {
        Some(2) if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        Some(2) => 28,
        Some(4 | 6 | 9 | 11) => 30,
        Some(1..=12) => 31,
        _ => return false,
    };
    let day = parts.next().is_none_or(|day| number(day, 2).is_some_and(|day| (1..=days).contains(&day)));
    day && parts.next().is_none() && (time.is_empty() || (time.starts_with(['T', 't']) && is_measure(&time[1..])))
}

/// A needle of a word: `'` asks for one piece, quotes hold spaces.
fn needle(word: &str) -> Needle {
    match word.strip_prefix('\'') {
        Some(rest) => Needle { text: unquoted(rest), exact: true },
        None => Needle { text: unquoted(word), exact: false },
    }
}

/// The text without the quotes around it; what follows a closing quote belongs to it still.
fn unquoted(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"') else { return text.to_string() };
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return out + chars.as_str(),
            '\\' => out.extend(chars.next()),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
