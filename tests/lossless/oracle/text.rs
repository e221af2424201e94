//! Lines and comments: what an edit may not touch.

use std::collections::HashMap;
use std::ops::Range;

use curate::content::{Op, Segment, Value};
use granit_parser::{Event, Parser, ScalarStyle};

/// A single value set, or a name: no more bytes of the old text are gone than it can have had.
pub fn few_bytes(before: &str, value: &Value, op: &Op, after: &str) -> Result<(), String> {
    let most = match op {
        Op::Set { path, .. } => value.at(path).and_then(Value::scalar_text).map(|text| text.len() * 2 + 8),
        Op::Add { .. } | Op::Insert { .. } => Some(8),
        _ => None,
    };
    let head = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let rest = before.len().min(after.len()) - head;
    let tail = before.bytes().rev().zip(after.bytes().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let gone = before.len() - head - tail;
    if most.is_none_or(|most| gone <= most) { Ok(()) } else { Err(format!("{gone} bytes of the old text are gone")) }
}

/// Whether a line like one of these stands close by.
fn has_twin(lines: &[&str], gone: &Range<usize>) -> bool {
    let bare = |line: &str| line.trim().trim_end_matches(',').to_string();
    let around = gone.start.saturating_sub(3)..(gone.end + 3).min(lines.len());
    let count = |line: &str| lines[around.clone()].iter().filter(|other| bare(other) == bare(line)).count();
    lines[gone.clone()].iter().any(|line| count(line) > 1)
}

/// Of two neighbours each has the comment lines right above it: none of a neighbour goes, and none of its own stays.
pub fn own_comments(before: &str, op: &Op, after: &str) -> Result<(), String> {
    let (old, new) = (split(before), split(after));
    let gone = changed(&old, &new);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_comment = |line: &str| line.trim_start_matches(' ').starts_with('#');
    let Op::Remove { .. } = op else { return Ok(()) };
    if gone.is_empty() || new.len() + gone.len() != old.len() {
        return Ok(()); // Lines were not only taken out.
    }
    if has_twin(&old, &gone) {
        return Ok(()); // Which of two equal lines is gone cannot be seen.
    }
    let last = old[gone.end - 1];
    if last == "\n"
        && gone.len() > 1
        && !before.contains("\n:")
        && !before.starts_with(':')
        && !before.contains(['+', '|', '>', '\'', '"'])
    {
        return Err("a blank line behind the removed lines is gone".to_string());
    }
    if let Some(next) = old.get(gone.end)
        && is_comment(last)
        && !is_comment(next)
        && !next.trim().is_empty()
        && indent(last) == indent(next)
        && all_comments(before).is_some_and(|all| all.iter().any(|(_, line)| *line == gone.end - 1))
    {
        return Err(format!("the comment of {next:?} is gone"));
    }
    let first = old[gone.start];
    if let Some(above) = gone.start.checked_sub(1).map(|at| old[at])
        && is_comment(above)
        && !is_comment(first)
        && indent(above) == indent(first)
        && all_comments(before).is_some_and(|all| all.iter().any(|(_, line)| *line + 1 == gone.start))
    {
        return Err(format!("the comment of {first:?} is left behind"));
    }
    Ok(())
}

/// Comments of the kind `# c12`, which stand nowhere but in comments.
pub fn marked_comments(before: &str, op: &Op, after: &str) -> Result<(), String> {
    let marks = |text: &str| {
        let mut all: Vec<String> = text
            .match_indices("# c")
            .map(|(at, _)| text[at..].lines().next().unwrap_or("").trim_end().to_string())
            .collect();
        all.sort();
        all
    };
    let (old, new) = (marks(before), marks(after));
    let may_go = matches!(op, Op::Remove { .. } | Op::Set { .. });
    let kept = new.iter().all(|mark| old.contains(mark)) && (may_go || old.len() == new.len());
    if kept { Ok(()) } else { Err(format!("comments were {old:?} and are {new:?}")) }
}

/// What YAML 1.1 takes for something else than text, written out by hand.
pub const OLD_WORDS: &[&str] =
    &["yes", "no", "on", "off", "y", "n", "12:30", "1_000", "0777", "2022-09-23", "2022-9-3", "0o17", "<<", "="];

/// A text of the edit that an old reader could take for something else stands in quotes, but where such a one stood before.
pub fn old_readers(before: &str, value: &Value, op: &Op, after: &str) -> Result<(), String> {
    let (new, old) = match op {
        Op::Set { path, value: new } => (new, value.at(path)),
        Op::Add { value: new, .. } | Op::Insert { value: new, .. } => (new, None),
        _ => return Ok(()),
    };
    let Value::Str(text) = new else { return Ok(()) };
    let replaced =
        old.and_then(Value::as_str).is_some_and(|old| OLD_WORDS.contains(&old) || old.contains([':', '_', '0']));
    let plain = |text: &str, word: &str| {
        let scalars = Parser::new_from_str(text).filter_map(|e| match e {
            Ok((Event::Scalar(value, ScalarStyle::Plain, ..), _)) => Some(value.to_string()),
            _ => None,
        });
        scalars.filter(|value| value == word).count()
    };
    if replaced || !OLD_WORDS.contains(&text.as_str()) || plain(after, text) <= plain(before, text) {
        return Ok(());
    }
    Err(format!("{text:?} stands without quotes"))
}

pub fn kinds_of_line_end(text: &str) -> usize {
    let crlf = text.matches("\r\n").count();
    let (cr, lf) = (text.matches('\r').count() - crlf, text.matches('\n').count() - crlf);
    [crlf, cr, lf].iter().filter(|n| **n > 0).count()
}

pub fn unified(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

pub fn split(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The old lines that changed, as a range: what is outside is the same, byte for byte.
pub fn changed(before: &[&str], after: &[&str]) -> Range<usize> {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let most = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    head..before.len() - tail
}

/// Where the lines of a top-level key stand, its own comment lines above included; `None` where it stands twice.
pub fn block(text: &str, key: &str) -> Option<Range<usize>> {
    let keys = top_level_keys(text)?;
    let mut found = (0..keys.len()).filter(|at| keys[*at].0 == key);
    let (at, None) = (found.next()?, found.next()) else { return None };
    let lines = split(text);
    let start = keys[at].1;
    let end = keys.get(at + 1).map_or(lines.len(), |next| next.1);
    let lead =
        (0..start).rev().take_while(|at| lines[*at].trim_start().starts_with(['#', '?'])).last().unwrap_or(start);
    Some(lead..end)
}

/// The keys of the root map and the lines they stand in, each in a line of its own.
pub fn top_level_keys(text: &str) -> Option<Vec<(String, usize)>> {
    let (mut depth, mut nodes, mut keys) = (0, 0, Vec::new());
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let begins = match &event {
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                depth += 1;
                depth == 2
            }
            Event::SequenceEnd | Event::MappingEnd => {
                depth -= 1;
                false
            }
            Event::Scalar(..) | Event::Alias(_) => depth == 1,
            _ => false,
        };
        if begins {
            if nodes % 2 == 0 {
                let name = if let Event::Scalar(name, ..) = &event { name.to_string() } else { String::new() };
                keys.push((name, first_line(text, &event, span.start.line() - 1)));
            }
            nodes += 1;
        }
    }
    keys.windows(2).all(|w| w[0].1 < w[1].1).then_some(keys)
}

/// Where a key begins. One of several lines begins at its `?`, not where the parser sees its text.
fn first_line(text: &str, key: &Event<'_>, line: usize) -> usize {
    let lines = matches!(key, Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..));
    let above = || split(text).iter().take(line + 1).rposition(|line| line.trim_start().starts_with('?'));
    if lines { above().unwrap_or(line) } else { line }
}

/// Bytes outside of the field's own lines are the same.
pub fn lines(before: &str, op: &Op, after: &str) -> Result<(), String> {
    let content = before.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or("");
    if content.trim_start().starts_with(['{', '&', '!', ':', '\u{feff}']) {
        return Ok(()); // Not one line for a key.
    }
    let (old, new) = (split(before), split(after));
    let changed = changed(&old, &new);
    let top = match op {
        Op::Add { map, .. } if map.is_root() => {
            // One place, and nothing of the old is gone.
            let kept = old[changed].iter().all(|line| {
                line.trim().is_empty()
                    || new.contains(line)
                    || line.trim_start().starts_with(['{', '~'])
                    || line.trim_start().starts_with("null")
            });
            return if kept || old.len() < 2 { Ok(()) } else { Err("adding a key changed other lines".to_string()) };
        }
        op => op.place().segments().first(),
    };
    let Some(Segment::Key(key)) = top.filter(|key| **key != Segment::Key(String::new())) else { return Ok(()) };
    match block(before, key) {
        Some(own) if changed.is_empty() || (own.start <= changed.start && changed.end <= own.end) => Ok(()),
        Some(own) => Err(format!("lines {changed:?} changed, the field's own are {own:?}")),
        None => Ok(()),
    }
}

/// Every comment of a text, with the line it stands in.
pub fn all_comments(text: &str) -> Option<Vec<(String, usize)>> {
    let mut out = Vec::new();
    let mut options = granit_parser::Options::default();
    options.max_buffered_comment_events = 100_000;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        if let Event::Comment(text, _) = event {
            out.push((text.trim_end().to_string(), span.start.line() - 1));
        }
    }
    Some(out)
}

pub fn counts(comments: &[(String, usize)]) -> HashMap<&str, isize> {
    let mut out = HashMap::new();
    for (text, _) in comments {
        *out.entry(text.as_str()).or_insert(0) += 1;
    }
    out
}

/// Comments are conserved as a multiset; only what is removed or replaced takes its own along, and they stood in its lines.
pub fn comments(before: &str, value: &Value, op: &Op, after: &str) -> Result<(), String> {
    let (Some(old), Some(new)) = (all_comments(before), all_comments(after)) else { return Ok(()) };
    let (was, is) = (counts(&old), counts(&new));
    let changed = changed(&split(before), &split(after));
    if let Some((text, _)) = is.iter().find(|(text, n)| **n > was.get(*text).copied().unwrap_or(0)) {
        return Err(format!("a comment came from nowhere: {text:?}"));
    }
    for (text, count) in &was {
        if is.get(text).copied().unwrap_or(0) >= *count {
            continue;
        }
        let may_go = match op {
            Op::Remove { .. } => true,
            Op::Set { path, .. } => value.at(path).is_some_and(|old| !old.is_scalar()),
            _ => false,
        };
        let stood_there = old.iter().any(|(t, line)| t == text && changed.contains(line));
        if !may_go || !stood_there {
            return Err(format!("a comment is lost: {text:?}"));
        }
    }
    Ok(())
}
