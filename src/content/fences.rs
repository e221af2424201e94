//! Where a file's front matter begins and ends.
//!
//! Here: fences, what may stand before them and how their lines may end. Not here: what stands between them.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::document::{Format, Unreadable};

/// A text's parts.
pub(super) struct Parts {
    pub format: Format,
    pub front: Range<usize>,
    pub body: Range<usize>,
}

/// Finds the fences. Allowed before the opening one: a BOM and blank lines. A fence may have trailing blanks.
pub(super) fn split(text: &str) -> Result<Parts, Unreadable> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = start;
    let mut line_number = 1;
    loop {
        let line = line_at(text, at);
        if line.is_empty() {
            return Err(Unreadable::NoFrontMatter);
        }
        if !line.trim().is_empty() {
            break;
        }
        at += line.len();
        line_number += 1;
    }
    let opening = line_at(text, at);
    let (format, closers): (_, &[&str]) = match opening.trim_end() {
        "---" => (Format::Yaml, &["---", "..."]),
        "+++" => (Format::Toml, &["+++"]),
        json if json.starts_with('{') && !json.starts_with("{{") && !json.starts_with("{%") => {
            return split_json(text, at, line_number);
        }
        _ => return Err(Unreadable::NoFrontMatter),
    };
    if !opening.ends_with(['\n', '\r']) {
        return Err(Unreadable::NeverClosed { line: line_number });
    }
    let front = at + opening.len();
    let closing = closing(text, front, closers).ok_or(Unreadable::NeverClosed { line: line_number })?;
    let body = closing + line_at(text, closing).len();
    Ok(Parts { format, front: front..closing, body: body..text.len() })
}

/// The YAML front matter of a text that begins with its fence, up to the first `---` behind it; nothing where it begins otherwise.
/// A line `...` may close it before: whoever asks must know such a line.
pub(super) fn usual_front(text: &str) -> Option<&str> {
    static FENCE: LazyLock<Finder> = LazyLock::new(|| Finder::new("\n---"));
    let opening = ["---\n", "---\r\n"].into_iter().find(|fence| text.starts_with(fence))?.len();
    // The line end of the opening fence may be the one before the closing fence.
    let places = FENCE.find_iter(&text.as_bytes()[opening - 1..]).map(|at| opening + at);
    let closing = places.into_iter().find(|at| line_at(text, *at).trim_end() == "---")?;
    Some(&text[opening..closing])
}

/// Where the closing fence's line begins. A front matter has a hundred lines: the fence is looked for by its three signs, not line by
/// line.
fn closing(text: &str, front: usize, closers: &[&str]) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = |end: usize, closer: &&str| {
        let mut places = memchr::memmem::find_iter(&bytes[front..end], closer.as_bytes()).map(|at| front + at);
        places.find(|at| {
            let begins = *at == front || matches!(bytes[at - 1], b'\n' | b'\r');
            begins && line_at(text, *at).trim_end() == *closer
        })
    };
    let (usual, others) = closers.split_first()?;
    let usual = first(text.len(), usual);
    others.iter().filter_map(|closer| first(usual.unwrap_or(text.len()), closer)).chain(usual).min()
}

/// An object without fences: it ends where its braces close.
fn split_json(text: &str, start: usize, line: usize) -> Result<Parts, Unreadable> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let end = at + 1;
                    let rest = line_at(text, end);
                    let body = if rest.trim().is_empty() { end + rest.len() } else { end };
                    return Ok(Parts { format: Format::Json, front: start..end, body: body..text.len() });
                }
            }
            _ => {}
        }
    }
    Err(Unreadable::NeverClosed { line })
}

/// The line that starts at `at`, its line end (`\n`, `\r\n` or a lone `\r`) included; empty at the end of the text.
fn line_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    match memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
        Some(end) if rest[end..].starts_with("\r\n") => &rest[..end + 2],
        Some(end) => &rest[..end + 1],
        None => rest,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rule itself: the first line that is a closer, line by line.
    fn line_by_line(text: &str, front: usize, closers: &[&str]) -> Option<usize> {
        let mut at = front;
        loop {
            let line = line_at(text, at);
            if line.is_empty() {
                return None;
            }
            if closers.contains(&line.trim_end()) {
                return Some(at);
            }
            at += line.len();
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn the_usual_front_matter_is_the_whole_one_or_holds_a_line_that_ends_it(
            text in r"---(\n|\r\n)((---|-|\.\.\.|a|é| |\t|\n|\r\n|\r)){0,24}",
        ) {
            if let Some(front) = usual_front(&text) {
                let parts = split(&text).unwrap();
                let ends_before = front[parts.front.len()..].starts_with("...") || front.contains("\r---");
                prop_assert!(front == &text[parts.front] || ends_before, "{:?}", text);
            }
        }

        #[test]
        fn the_closing_fence_is_the_first_line_that_is_one(
            text in r"((---|-|\.\.\.|\.|\+\+\+|a|é| |\t|\n|\r\n|\r|\u{85}|\u{2028})){0,24}",
        ) {
            for closers in [&["---", "..."][..], &["+++"]] {
                prop_assert_eq!(closing(&text, 0, closers), line_by_line(&text, 0, closers), "{:?}", text);
            }
        }
    }
}
