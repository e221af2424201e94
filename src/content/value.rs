//! A front-matter value, independent of the format it was written in.
//!
//! Here: the value tree and how a plain YAML scalar is read. Not here: where a value stands in a file (that is `yaml`
//! and `toml`), nor any writing.

use serde::{Deserialize, Serialize};

use super::path::{FieldPath, Segment};

/// One value of a front matter. Numbers and dates keep the text they were written with, so that `1.10` stays `1.10`
/// and equality means "the same to the letter".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// `null`, `~` or nothing at all behind a key.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer or a float, as written.
    Number(Number),
    /// What YAML 1.1 or TOML reads as a date or a date and time when it stands without quotes, as written.
    Date(String),
    /// Text.
    Str(String),
    /// A list.
    Seq(Vec<Value>),
    /// A map, in the order of the file. A duplicate key is kept; the last one counts.
    Map(Vec<(String, Value)>),
}

/// A number with its text, of any size and precision.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Number(String);

impl Number {
    /// A number as it was written. The caller has checked that the text is one ([`Value::plain`] does).
    pub(crate) fn written(text: &str) -> Number {
        Number(text.to_string())
    }

    /// The text of the number.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether it is an integer (of any size), not a float.
    pub fn is_integer(&self) -> bool {
        let digits = self.0.trim_start_matches(['-', '+']);
        !digits.is_empty()
            && (digits.starts_with("0x")
                || digits.starts_with("0o")
                || digits.bytes().all(|b| b.is_ascii_digit() || b == b'_'))
    }

    /// The number as a float, for comparisons; `None` where it cannot be read as one.
    pub fn as_f64(&self) -> Option<f64> {
        let text = self.0.replace('_', "");
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1.0, rest),
            None => (1.0, text.strip_prefix('+').unwrap_or(&text)),
        };
        let radix = |prefix: &str, base| digits.strip_prefix(prefix).and_then(|d| i64::from_str_radix(d, base).ok());
        if let Some(whole) = radix("0x", 16).or_else(|| radix("0o", 8)) {
            return Some(sign * whole as f64);
        }
        match digits.to_ascii_lowercase().as_str() {
            ".inf" | "inf" => Some(sign * f64::INFINITY),
            ".nan" | "nan" => Some(f64::NAN),
            other => other.parse::<f64>().ok().map(|n| sign * n),
        }
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::Number(Number(n.to_string()))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Str(text.to_string())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Str(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Bool(flag)
    }
}

impl Value {
    /// What a plain (unquoted) YAML scalar means: the core schema of YAML 1.2, and dates as YAML 1.1 reads them.
    ///
    /// `yes`, `0777` as octal, `1_000` and `12:30` are strings or decimals here, as Hugo reads them; the writer still
    /// quotes new strings that look like them.
    pub fn plain(text: &str) -> Value {
        match Word::of(text) {
            Some(Word::Null) => Value::Null,
            Some(Word::Bool(flag)) => Value::Bool(flag),
            _ if is_number(text) => Value::Number(Number(text.to_string())),
            _ if is_timestamp(text) => Value::Date(text.to_string()),
            _ => Value::Str(text.to_string()),
        }
    }

    /// The value at `path`, if there is one. Of duplicate keys the last counts.
    pub fn at(&self, path: &FieldPath) -> Option<&Value> {
        path.segments().iter().try_fold(self, |here, segment| here.child(segment))
    }

    /// The direct child named by one segment.
    pub fn child(&self, segment: &Segment) -> Option<&Value> {
        match (segment, self) {
            (Segment::Key(key), Value::Map(entries)) => entries.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v),
            (Segment::Index(index), Value::Seq(items)) => items.get(*index),
            _ => None,
        }
    }

    /// The same as [`Value::at`], to change it.
    pub fn at_mut(&mut self, path: &FieldPath) -> Option<&mut Value> {
        path.segments().iter().try_fold(self, |here, segment| match (segment, here) {
            (Segment::Key(key), Value::Map(entries)) => {
                entries.iter_mut().rev().find(|(k, _)| k == key).map(|(_, v)| v)
            }
            (Segment::Index(index), Value::Seq(items)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// The direct value of a key, where this is a map.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of a list.
    pub fn as_seq(&self) -> Option<&[Value]> {
        match self {
            Value::Seq(items) => Some(items),
            _ => None,
        }
    }

    /// A scalar as people read it: `null` is nothing. `None` for lists and maps.
    pub fn scalar_text(&self) -> Option<String> {
        match self {
            Value::Null => Some(String::new()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Number(number) => Some(number.text().to_string()),
            Value::Date(text) | Value::Str(text) => Some(text.clone()),
            Value::Seq(_) | Value::Map(_) => None,
        }
    }

    /// Whether this is neither a list nor a map.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Value::Seq(_) | Value::Map(_))
    }
}

/// What a plain scalar means that is no text, no number and no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Null,
    Bool(bool),
}

impl Word {
    /// The meaning of a plain scalar; none where it is none of these words.
    pub(super) fn of(text: &str) -> Option<Word> {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => Some(Word::Null),
            "true" | "True" | "TRUE" => Some(Word::Bool(true)),
            "false" | "False" | "FALSE" => Some(Word::Bool(false)),
            _ => None,
        }
    }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let radix = |prefix: &str, digit: fn(&u8) -> bool| {
        text.strip_prefix(prefix).is_some_and(|d| !d.is_empty() && d.as_bytes().iter().all(digit))
    };
    if radix("0x", u8::is_ascii_hexdigit) || radix("0o", |b| (b'0'..=b'7').contains(b)) {
        return true;
    }
    is_decimal(unsigned)
}

/// `[0-9]+`, or `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` (YAML 1.2 §10.3.2).
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let mantissa_ok = match mantissa.split_once('.') {
        Some((whole, fraction)) => {
            all_digits(whole) && all_digits(fraction) && !(whole.is_empty() && fraction.is_empty())
        }
        None => !mantissa.is_empty() && all_digits(mantissa),
    };
    let exponent_ok = exponent.is_none_or(|e| {
        let digits = e.strip_prefix(['-', '+']).unwrap_or(e);
        !digits.is_empty() && all_digits(digits)
    });
    mantissa_ok && exponent_ok
}

/// A date or a timestamp of YAML 1.1, of a month, a day and a time that there are: a reader that took `2022-13-45` for a date would stop at it,
/// so it is text.
pub fn is_timestamp(text: &str) -> bool {
    let mut parts = text.splitn(3, '-').skip(1);
    let mut number = |most: u32| (1..=most).contains(&leading_number(parts.next().unwrap_or_default()));
    has_timestamp_shape(text) && number(12) && number(31) && has_time_that_there_is(text)
}

/// Whether the time of a text in the shape of a timestamp, and its zone, can be: `25:61:00` cannot. A date alone has none.
pub fn has_time_that_there_is(text: &str) -> bool {
    let Some((_, time)) = text.split_once(['t', 'T', ' ', '\t']) else { return true };
    let time = time.trim_start_matches([' ', '\t']);
    let (clock, zone) = time.find(['+', '-']).map_or((time, ""), |at| (&time[..at], &time[at + 1..]));
    let within = |text: &str, most: u32| leading_number(text) <= most;
    let mut parts = clock.split(':');
    let mut part = || parts.next().unwrap_or_default();
    let (hour, minute, second) = (part(), part(), part());
    // `+05`, `+05:30` or `+0530`.
    let (hours, minutes) = match zone.split_once(':') {
        Some(zone) => zone,
        None => zone.split_at_checked(2).unwrap_or((zone, "")),
    };
    within(hour, 23) && within(minute, 59) && within(second, 59) && within(hours, 23) && within(minutes, 59)
}

/// The number that a text begins with; nothing where it begins with none.
pub fn leading_number(text: &str) -> u32 {
    let digits = text.bytes().take_while(u8::is_ascii_digit);
    digits.fold(0, |number, digit| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}

/// A time of day as TOML has it (toml.io, local time): `07:32:00`, `00:32:00.999`; of an hour and a minute that there are.
pub fn is_time(text: &str) -> bool {
    let (time, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = time.split(':').collect();
    let number = |part: &str| Some(part).filter(|p| p.len() == 2 && is_digits(p)).and_then(|p| p.parse::<u8>().ok());
    let [hour, minute, second] = parts[..] else { return false };
    let within = |part: &str, most: u8| number(part).is_some_and(|n| n <= most);
    // A minute may have one second more (RFC 3339).
    within(hour, 23) && within(minute, 59) && within(second, 60) && is_digits(fraction)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A date or a timestamp as YAML 1.1 defines it (yaml.org/type/timestamp): `2001-12-14`, `2001-12-14t21:59:43.10-05:00`,
/// `2001-12-14 21:59:43.10 -5`.
pub fn has_timestamp_shape(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.get(from..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    if digits(0) != 4 || bytes.get(4) != Some(&b'-') {
        return false;
    }
    let month = digits(5);
    let day_at = 6 + month;
    if !(1..=2).contains(&month) || bytes.get(5 + month) != Some(&b'-') {
        return false;
    }
    let day = digits(day_at);
    if !(1..=2).contains(&day) {
        return false;
    }
    let rest = &text[day_at + day..];
    if rest.is_empty() {
        return month == 2 && day == 2;
    }
    let Some(time) = rest
        .strip_prefix(['t', 'T'])
        .or_else(|| rest.strip_prefix([' ', '\t']).map(|r| r.trim_start_matches([' ', '\t'])))
    else {
        return false;
    };
    is_clock_and_zone(time)
}

fn is_clock_and_zone(time: &str) -> bool {
    let take = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let hour = take(time);
    if !(1..=2).contains(&hour) || !time[hour..].starts_with(':') {
        return false;
    }
    let rest = &time[hour + 1..];
    if take(rest) != 2 || !rest[2..].starts_with(':') || take(&rest[3..]) != 2 {
        return false;
    }
    let mut rest = &rest[5..];
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = &fraction[take(fraction)..];
    }
    let rest = rest.trim_start_matches([' ', '\t']);
    if rest.is_empty() || rest == "Z" {
        return true;
    }
    let Some(zone) = rest.strip_prefix(['-', '+']) else { return false };
    let hours = take(zone);
    (1..=2).contains(&hours)
        && (zone.len() == hours
            || (zone[hours..].starts_with(':') && take(&zone[hours + 1..]) == 2 && zone.len() == hours + 3))
        || (hours == 4 && zone.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_has_a_time_that_there_is() {
        for there in ["2022-09-23", "2022-09-23T23:59:59.5Z", "2022-09-23 7:00:00 -5", "2022-09-23t07:00:00+05:30"] {
            assert!(is_timestamp(there), "{there}");
        }
        for time in ["25:00:00", "10:61:00", "10:00:75Z", "10:00:00 +99:00", "10:00:00+05:75", "10:00:00+0575"] {
            let text = format!("2022-09-23T{time}");
            assert!(has_timestamp_shape(&text) && !is_timestamp(&text), "{text}");
        }
    }

    #[test]
    fn a_time_of_day_has_an_hour_and_a_minute_that_there_are() {
        for time in ["07:32:00", "00:00:60", "23:59:59.999"] {
            assert!(is_time(time), "{time}");
        }
        for other in ["", "7:32:00", "24:00:00", "07:60:00", "07:32", "07:32:00.", "07:32:00Z", "07:32:0a", "+7:32:00"]
        {
            assert!(!is_time(other), "{other}");
        }
    }

    #[test]
    fn a_plain_scalar_is_read_as_yaml_1_2_reads_it() {
        assert_eq!(Value::plain("~"), Value::Null);
        assert_eq!(Value::plain("True"), Value::Bool(true));
        for number in ["0", "-1", "1.10", "1e3", "0x1F", "0o17", ".5", "5.", "-.inf", ".nan", "99999999999999999999"] {
            assert!(matches!(Value::plain(number), Value::Number(_)), "{number}");
        }
        for text in [
            "yes",
            "1_000",
            "12:30",
            "0x",
            "1.2.3",
            "e5",
            ".",
            "-",
            "+",
            "nan",
            "2022-9-23",
            "2022-09-23x",
            "2022-13-01",
            "2022-01-45",
        ] {
            assert!(matches!(Value::plain(text), Value::Str(_)), "{text}");
        }
        for date in ["2022-09-23", "2022-09-23T10:00:00Z", "2016-09-29 2:00:50 -0400", "2001-12-14t21:59:43.10-05:00"] {
            assert!(matches!(Value::plain(date), Value::Date(_)), "{date}");
        }
    }
}
