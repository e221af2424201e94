//! Reads a Rust source far enough to check it: comments and texts blanked, tests left out, paths and functions found.
//!
//! Not a parser: it knows what this project's sources, kept in shape by rustfmt, can look like.

/// A source, blanked. Every character keeps its line.
pub struct Source {
    /// The path from `src/`, with `/`.
    pub path: String,
    /// The text as it is.
    text: String,
    /// The code without comments and texts.
    pub code: String,
    /// The same without what is compiled for tests only.
    pub shipped: String,
    /// Lines (from 1) that hold a comment.
    pub commented: Vec<usize>,
    /// How many lines it has.
    pub lines: usize,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        let (code, commented) = blank(text);
        let shipped = without_tests(&code);
        let lines = text.lines().count();
        Source { path: path.to_string(), text: text.to_string(), code, shipped, commented, lines }
    }

    /// The files that this one declares for tests only, as paths from `src/` without an ending.
    pub fn test_modules(&self) -> Vec<String> {
        let modules: String = self.modules().iter().map(|module| format!("{module}/")).collect();
        let folder = self.path.rfind('/').map_or("", |at| &self.path[..=at]);
        let declared = self.text.split("#[cfg(test)]").skip(1).filter_map(|after| {
            let (item, _) = after.split_once(';').filter(|(item, _)| !item.contains('{'))?;
            let elsewhere = item.split_once("#[path = \"").and_then(|(_, rest)| rest.split_once(".rs\""));
            let name = item.split_whitespace().skip_while(|word| *word != "mod").nth(1)?;
            Some(elsewhere.map_or(format!("{modules}{name}"), |(file, _)| format!("{folder}{file}")))
        });
        declared.collect()
    }

    /// Whether the file is that module, or within it.
    pub fn is_in(&self, module: &str) -> bool {
        self.path.strip_prefix(module).is_some_and(|rest| rest.starts_with(['.', '/']))
    }

    /// The same source as one that is compiled for tests only.
    pub fn for_tests(mut self) -> Source {
        self.shipped.clear();
        self
    }

    /// The room: the folder or file right under `src/`.
    pub fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or("").trim_end_matches(".rs")
    }

    /// The modules above what is in this file, from the crate's root.
    fn modules(&self) -> Vec<&str> {
        let path = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        if matches!(path, "lib" | "main") { Vec::new() } else { path.split('/').collect() }
    }

    /// Every path that shipped code names, with its line: `use` lists spelled out, `super` and `self` resolved to `crate`.
    pub fn paths(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut line = 1;
        let mut rest = self.shipped.as_str();
        while let Some(c) = rest.chars().next() {
            let word: &str = &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
            let taken = match word {
                "use" => {
                    let end = rest.find(';').unwrap_or(rest.len());
                    let mut paths = Vec::new();
                    expand("", &rest[word.len()..end], &mut paths);
                    found.extend(paths.into_iter().map(|path| (line, self.resolved(&path))));
                    end
                }
                "" => c.len_utf8(),
                _ => {
                    let length = path_length(rest);
                    found.push((line, self.resolved(&rest[..length])));
                    length
                }
            };
            line += rest[..taken].matches('\n').count();
            rest = &rest[taken..];
        }
        found
    }

    /// The path from the crate's root where it starts with `self` or `super`.
    fn resolved(&self, path: &str) -> String {
        let mut modules = self.modules();
        let mut rest = path;
        while let Some(above) = rest.strip_prefix("super::") {
            modules.pop();
            rest = above;
        }
        match rest.strip_prefix("self::") {
            Some(below) => rest = below,
            None if rest.len() == path.len() => return path.to_string(),
            None => {}
        }
        let start: String = modules.iter().map(|module| format!("{module}::")).collect();
        format!("crate::{start}{rest}")
    }

    /// Every function of the file: its line, its name, and how many lines it has.
    pub fn functions(&self) -> Vec<(usize, String, usize)> {
        let mut found = Vec::new();
        for (at, _) in self.code.match_indices("fn ") {
            let starts_word = !self.code[..at].ends_with(is_word);
            let name: String = self.code[at + 3..].chars().take_while(|c| is_word(*c)).collect();
            let Some(open) = signature_end(&self.code, at) else { continue };
            if name.is_empty() || !starts_word || self.code[open..].starts_with(';') {
                continue;
            }
            let body = &self.code[at..block_end(&self.code, open)];
            found.push((line_of(&self.code, at), name, body.matches('\n').count() + 1));
        }
        found
    }
}

/// The line (from 1) of a place.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// How long the path is that the text starts with: words joined by `::`.
fn path_length(text: &str) -> usize {
    let word = |from: usize| text[from..].find(|c: char| !is_word(c)).map_or(text.len(), |by| from + by);
    let mut end = word(0);
    while text[end..].starts_with("::") && text[end + 2..].starts_with(is_word) {
        end = word(end + 2);
    }
    end
}

/// The paths of a `use` tree.
fn expand(before: &str, tree: &str, paths: &mut Vec<String>) {
    let tree = tree.trim();
    let tree = tree.split(" as ").next().filter(|_| !tree.contains('{')).unwrap_or(tree).trim();
    match tree.find('{') {
        None => paths.push(format!("{before}{}", tree.trim_end_matches("::*"))),
        Some(open) => {
            let start = format!("{before}{}", tree[..open].trim());
            let inside = &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())];
            for branch in branches(inside) {
                expand(&start, branch, paths);
            }
        }
    }
}

/// The parts of a list between its own commas.
fn branches(list: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect()
}

/// Where the signature that starts at `from` ends: at its body or its semicolon, not at one in brackets (`[u8; 3]`).
fn signature_end(code: &str, from: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in code[from..].char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' | ';' if depth == 0 => return Some(from + at),
            _ => {}
        }
    }
    None
}

/// Where the block ends that opens at `open`.
fn block_end(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return open + at + 1;
        }
    }
    code.len()
}

/// The code with every item under `#[cfg(test)]` blanked.
fn without_tests(code: &str) -> String {
    let mut out = code.to_string();
    let mut from = 0;
    while let Some(at) = out[from..].find("#[cfg(test)]").map(|by| from + by) {
        let open = signature_end(&out, at).unwrap_or(out.len());
        let end = if out[open..].starts_with('{') { block_end(&out, open) } else { (open + 1).min(out.len()) };
        let blanked: String = out[at..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        from = at + blanked.len();
        out.replace_range(at..end, &blanked);
    }
    out
}

/// The text with comments, strings and characters blanked, and the lines that held a comment.
fn blank(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut commented) = (String::with_capacity(text.len()), Vec::new());
    let (mut rest, mut line) = (text, 1);
    while let Some(c) = rest.chars().next() {
        let after_word = out.ends_with(is_word);
        let length = blanked_length(rest, after_word);
        if length > 0 && rest.starts_with('/') {
            commented.extend(line..=line + rest[..length].matches('\n').count());
        }
        let taken = length.max(c.len_utf8());
        if length == 0 {
            out.push(c);
        } else {
            out.extend(rest[..taken].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        line += rest[..taken].matches('\n').count();
        rest = &rest[taken..];
    }
    (out, commented)
}

/// How many bytes of a comment, string or character the text starts with; 0 where it starts with code.
fn blanked_length(text: &str, after_word: bool) -> usize {
    let to = |end: Option<usize>| end.unwrap_or(text.len());
    if text.starts_with("//") {
        return to(text.find('\n'));
    }
    if text.starts_with("/*") {
        return to(text.find("*/").map(|at| at + 2));
    }
    let raw = text.strip_prefix("br").or_else(|| text.strip_prefix('r')).filter(|_| !after_word);
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let start = text.len() - raw.len() + hashes + 1;
            return to(text[start..].find(&close).map(|at| start + at + close.len()));
        }
    }
    match text.chars().next() {
        Some('"') => quoted_length(text, '"'),
        // A lifetime has no second quote right behind its first character.
        Some('\'') if text[1..].starts_with('\\') => quoted_length(text, '\''),
        Some('\'') => {
            let mut chars = text.char_indices().skip(2);
            chars.next().filter(|(_, c)| *c == '\'').map_or(0, |(at, _)| at + 1)
        }
        _ => 0,
    }
}

/// How long the quoted text is, escapes heeded.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}
