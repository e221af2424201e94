//! Unified diffs of two texts, exact to the byte.

use similar::{ChangeTag, TextDiff};

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
    /// Where it begins to differ from the line it replaces or is replaced by, in characters.
    pub differs_at: usize,
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
        let mut out = Diff::default();
        for change in diff.iter_all_changes() {
            match change.tag() {
                ChangeTag::Equal => out.kept += 1,
                ChangeTag::Insert => out.added += 1,
                ChangeTag::Delete => out.removed += 1,
            }
        }
        for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
            out.lines.push(DiffLine { kind: LineKind::Header, text: hunk.header().to_string(), differs_at: 0 });
            for change in hunk.iter_changes() {
                let kind = match change.tag() {
                    ChangeTag::Equal => LineKind::Same,
                    ChangeTag::Insert => LineKind::Added,
                    ChangeTag::Delete => LineKind::Removed,
                };
                out.lines.push(DiffLine {
                    kind,
                    text: change.value().trim_end_matches('\n').to_string(),
                    differs_at: 0,
                });
            }
        }
        pair_replaced_lines(&mut out.lines);
        out
    }

    /// How many lines change: a replaced line counts once.
    pub fn changed(&self) -> usize {
        self.added.max(self.removed)
    }
}

/// A run of removed lines and the run of added ones behind it are paired in order: each knows where the other begins to differ.
fn pair_replaced_lines(lines: &mut [DiffLine]) {
    let mut at = 0;
    while at < lines.len() {
        let run = |from: usize, kind: LineKind| lines[from..].iter().take_while(|l| l.kind == kind).count();
        let removed = run(at, LineKind::Removed);
        let added = run(at + removed, LineKind::Added);
        for pair in 0..removed.min(added) {
            let (old, new) = (&lines[at + pair].text, &lines[at + removed + pair].text);
            let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
            lines[at + pair].differs_at = same;
            lines[at + removed + pair].differs_at = same;
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
    fn a_name_in_a_header_is_quoted_as_git_quotes_it() {
        let header = |path: &str| unified(path, "a\n", "b\n").lines().take(2).collect::<Vec<_>>().join("|");
        assert_eq!(header("two words.md"), "--- a/two words.md\t|+++ b/two words.md\t");
        assert_eq!(header("nl\nx.md"), r#"--- "a/nl\nx.md"|+++ "b/nl\nx.md""#);
        assert_eq!(header(r#"a "b\c.md"#), "--- \"a/a \\\"b\\\\c.md\"\t|+++ \"b/a \\\"b\\\\c.md\"\t");
        assert_eq!(header("\u{1b}\u{9b}é.md"), r#"--- "a/\033\302\233é.md"|+++ "b/\033\302\233é.md""#);
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
