//! Unified diffs of two texts, exact to the byte.

use std::ops::Range;

use similar::{ChangeTag, DiffOp, TextDiff};

use super::patch::Hunk;
use super::words;

/// How one line of a diff stands to the two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// In both.
    Same,
    /// Only in the old text.
    Removed,
    /// Only in the new text.
    Added,
    /// A hunk's header.
    Header,
}

/// A line of a diff, without its sign and its line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    pub kind: LineKind,
    pub text: String,
    /// What differs from the line it replaces or is replaced by, in characters.
    pub words: Vec<Range<usize>>,
}

impl DiffLine {
    fn new(kind: LineKind, text: &str) -> DiffLine {
        // A byte order mark that stays is nothing to look at.
        let text = if kind == LineKind::Same { text.trim_start_matches('\u{feff}') } else { text };
        DiffLine { kind, text: text.trim_end_matches('\n').to_string(), words: Vec::new() }
    }
}

/// The difference of two texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Lines with three lines of context around changes.
    pub lines: Vec<DiffLine>,
    /// How many lines only the new text has.
    pub added: usize,
    /// How many lines only the old text has.
    pub removed: usize,
    /// How many lines of the old text stay.
    pub kept: usize,
}

impl Diff {
    /// Compares two texts line by line.
    pub fn between(old: &str, new: &str) -> Diff {
        let diff = TextDiff::from_lines(old, new);
        let mut out = Diff::counted(diff.ops());
        for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
            out.lines.push(DiffLine::new(LineKind::Header, &hunk.header().to_string()));
            for change in hunk.iter_changes() {
                let kind = match change.tag() {
                    ChangeTag::Equal => LineKind::Same,
                    ChangeTag::Insert => LineKind::Added,
                    ChangeTag::Delete => LineKind::Removed,
                };
                out.lines.push(DiffLine::new(kind, change.value()));
            }
        }
        pair_replaced_lines(&mut out.lines);
        out
    }

    /// Compares two texts line by line, without the lines: for counts alone.
    pub fn counts(old: &str, new: &str) -> Diff {
        Diff::counted(TextDiff::from_lines(old, new).ops())
    }

    /// Compares two texts line by line; around a change stand the line before it and the keys that it stands under.
    pub fn by_fields(old: &str, new: &str) -> Diff {
        let diff = TextDiff::from_lines(old, new);
        let mut out = Diff::counted(diff.ops());
        let (before, after) = (diff.old_slices(), diff.new_slices());
        let mut shown = 0;
        for op in diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
            let (removed, added) = (op.old_range(), op.new_range());
            let first = before[removed.clone()].first().or(after[added.clone()].first()).copied().unwrap_or_default();
            let mut context = keys_above(before, removed.start, first);
            context.extend(removed.start.checked_sub(1));
            context.dedup();
            let context = context.into_iter().filter(|at| *at >= shown);
            out.lines.extend(context.map(|at| DiffLine::new(LineKind::Same, before[at])));
            out.lines.extend(before[removed.clone()].iter().map(|text| DiffLine::new(LineKind::Removed, text)));
            out.lines.extend(after[added].iter().map(|text| DiffLine::new(LineKind::Added, text)));
            shown = removed.end;
        }
        pair_replaced_lines(&mut out.lines);
        out
    }

    fn counted(ops: &[DiffOp]) -> Diff {
        let mut out = Diff::default();
        for op in ops {
            match op {
                DiffOp::Equal { len, .. } => out.kept += len,
                _ => {
                    out.removed += op.old_range().len();
                    out.added += op.new_range().len();
                }
            }
        }
        out
    }

    /// Adds the hunks of a file of which nothing else is known, under its name.
    pub fn add_hunks(&mut self, name: &str, hunks: &[Hunk]) {
        let from = self.lines.len();
        self.lines.push(DiffLine::new(LineKind::Header, name));
        for hunk in hunks {
            self.removed += hunk.old.lines().count();
            self.added += hunk.new.lines().count();
            self.lines.extend(hunk.old.lines().map(|line| DiffLine::new(LineKind::Removed, line)));
            self.lines.extend(hunk.new.lines().map(|line| DiffLine::new(LineKind::Added, line)));
        }
        pair_replaced_lines(&mut self.lines[from..]);
    }

    /// How many lines change: a replaced line counts once.
    pub fn changed(&self) -> usize {
        self.added.max(self.removed)
    }
}

/// The lines that `line` at `at` stands under by its indent, the outermost first: in a front matter, its keys.
fn keys_above(lines: &[&str], at: usize, line: &str) -> Vec<usize> {
    let mut depth = depth_of(line);
    let mut keys = Vec::new();
    for above in (0..at).rev() {
        if depth == 0 {
            break;
        }
        if !lines[above].trim().is_empty() && depth_of(lines[above]) < depth {
            depth = depth_of(lines[above]);
            keys.push(above);
        }
    }
    keys.reverse();
    keys
}

/// How deep a line stands: an entry of a list is deeper than its key, even where it is not indented.
fn depth_of(line: &str) -> usize {
    let text = line.trim_start_matches(' ');
    (line.len() - text.len()) * 2 + usize::from(text.starts_with("- "))
}

/// A run of removed lines and the run of added ones behind it are paired in order: each knows which of its words differ.
fn pair_replaced_lines(lines: &mut [DiffLine]) {
    let mut at = 0;
    while at < lines.len() {
        let run = |from: usize, kind: LineKind| lines[from..].iter().take_while(|l| l.kind == kind).count();
        let removed = run(at, LineKind::Removed);
        let added = run(at + removed, LineKind::Added);
        for pair in 0..removed.min(added) {
            let (old, new) = words::changed(&lines[at + pair].text, &lines[at + removed + pair].text);
            lines[at + pair].words = old;
            lines[at + removed + pair].words = new;
        }
        at += (removed + added).max(1);
    }
}

/// A unified diff as git prints it, with `a/` and `b/` before the path; empty where the texts are the same.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(&name("a", path), &name("b", path))
        .to_string()
}

/// A file's name in a header, so that `git apply` and `patch` read it back: quoted as in C where it holds a control character, a
/// quote or a backslash; with a tab behind it where it holds a space.
fn name(side: &str, path: &str) -> String {
    let plain = format!("{side}/{path}");
    let end = if path.contains(' ') { "\t" } else { "" };
    if !plain.contains(|c: char| c.is_control() || c == '"' || c == '\\') {
        return plain + end;
    }
    let mut quoted = String::from('"');
    for c in plain.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\u{b}' => quoted.push_str("\\v"),
            '\u{c}' => quoted.push_str("\\f"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => {
                let mut bytes = [0; 4];
                quoted.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("\\{byte:03o}")));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\"" + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_that_stays_is_not_shown() {
        let texts = |diff: Diff| diff.lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>();
        assert!(texts(Diff::between("\u{feff}---\na\n", "\u{feff}---\nb\n")).contains(&"---".to_string()));
        assert!(texts(Diff::between("\u{feff}---\n", "---\n")).contains(&"\u{feff}---".to_string()));
    }

    #[test]
    fn a_name_in_a_header_is_quoted_as_git_quotes_it() {
        let header = |path: &str| unified(path, "a\n", "b\n").lines().take(2).collect::<Vec<_>>().join("|");
        assert_eq!(header("two words.md"), "--- a/two words.md\t|+++ b/two words.md\t");
        assert_eq!(header("nl\nx.md"), r#"--- "a/nl\nx.md"|+++ "b/nl\nx.md""#);
        assert_eq!(header(r#"a "b\c.md"#), "--- \"a/a \\\"b\\\\c.md\"\t|+++ \"b/a \\\"b\\\\c.md\"\t");
        assert_eq!(header("\u{1b}\u{9b}é.md"), r#"--- "a/\033\302\233é.md"|+++ "b/\033\302\233é.md""#);
    }

    #[test]
    fn a_change_is_shown_under_its_keys() {
        let old = "---\ntitle: x\ntopics:\n  - a\n  - b\nmap:\n  labels:\n  - a\n  - b\n---\nBody.\n\nMore.\n";
        let new = old.replace("  - b\n", "  - c\n").replace("More", "Less");
        let signs = |diff: Diff| {
            let line = |l: &DiffLine| {
                format!(
                    "{}{}",
                    match l.kind {
                        LineKind::Same => ' ',
                        LineKind::Added => '+',
                        _ => '-',
                    },
                    l.text
                )
            };
            diff.lines.iter().map(line).collect::<Vec<_>>().join("\n")
        };
        let shown = signs(Diff::by_fields(old, &new));
        let topics = " topics:\n   - a\n-  - b\n+  - c\n";
        let labels = " map:\n   labels:\n   - a\n-  - b\n+  - c\n";
        assert_eq!(shown, format!("{topics}{labels} \n-More.\n+Less."));
        assert_eq!(signs(Diff::by_fields("---\nk:\n---\n", "---\nk:\n  - a\n  - b\n---\n")), " k:\n+  - a\n+  - b");
    }

    #[test]
    fn a_replaced_line_counts_once() {
        let diff = Diff::between("a\nb\nc\n", "a\nB\nc\n");
        assert_eq!((diff.changed(), diff.kept), (1, 2));
        assert_eq!(
            unified("x.md", "a\n", "a"),
            "--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"
        );
    }
}
