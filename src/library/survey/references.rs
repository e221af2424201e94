//! Which references are surely dead: what could be meant by any file, under any of a site generator's habits, is not told.
//!
//! A link counts only where it names a source file (`../setup.md`); an address of the published site may be made by a rule that nobody
//! here knows. A tag's page counts whatever it looks like, since the generator stops at one that is not there.

use std::collections::HashSet;

use crate::content::body::links::Reference;

/// Endings of files that a link can only mean as a source.
const SOURCES: [&str; 3] = [".md", ".markdown", ".mdx"];

/// All pages of a library by every ending of their paths: `c`, `b/c` and `a/b/c` for `a/b/c.md`.
#[derive(Debug, Default)]
pub struct Pages {
    ends: HashSet<String>,
}

impl Pages {
    /// The pages at these paths.
    pub fn of<'p>(paths: impl Iterator<Item = &'p str>) -> Pages {
        let mut pages = Pages::default();
        for path in paths {
            let path = path.to_lowercase();
            let bare = without_ending(&path);
            pages.add(&path);
            pages.add(bare);
            // `about.en.md` is `about` in one language.
            if let Some((name, language)) = bare.rsplit_once('.').filter(|(name, _)| !name.ends_with('/')) {
                let is_language = language.len() <= 5 && !language.contains('/');
                if is_language {
                    pages.add(without_index(name));
                }
            }
            pages.add(without_index(bare));
            // A folder is a page too.
            let mut folder = bare;
            while let Some((above, _)) = folder.rsplit_once('/') {
                if !pages.add(above) {
                    break;
                }
                folder = above;
            }
        }
        pages
    }

    /// Adds a path with all its ends; whether it was new.
    fn add(&mut self, path: &str) -> bool {
        if path.is_empty() || !self.ends.insert(path.to_string()) {
            return false;
        }
        let mut rest = path;
        while let Some((_, end)) = rest.split_once('/') {
            if !self.ends.insert(end.to_string()) {
                break;
            }
            rest = end;
        }
        true
    }

    /// Whether a reference in the item at `item` surely leads nowhere.
    pub fn is_dead(&self, item: &str, reference: &Reference, is_file: &dyn Fn(&str) -> bool) -> bool {
        let target = decoded(reference.target.split(['#', '?']).next().unwrap_or_default());
        let is_source = SOURCES.iter().any(|ending| target.to_lowercase().ends_with(ending));
        if has_scheme(&target)
            || target.starts_with("//")
            || target.contains(['{', '}', '<', '>', '$', '*', '\u{e000}'])
        {
            return false;
        }
        if !reference.by_tag && !is_source {
            return false;
        }
        let folder = item.rsplit_once('/').map_or("", |(folder, _)| folder);
        // A link that leaves the library is not ours to judge.
        let Some(here) = joined(if target.starts_with('/') { "" } else { folder }, &target) else { return false };
        let named = end_of(&target).to_lowercase();
        let bare = without_index(without_ending(&named));
        if bare.is_empty() || self.ends.contains(&named) || self.ends.contains(bare) {
            return false;
        }
        let with_ending = || SOURCES.iter().any(|ending| is_file(&format!("{here}{ending}")));
        !(is_file(&here) || reference.by_tag && with_ending())
    }
}

fn without_ending(path: &str) -> &str {
    let ends = [".md", ".markdown", ".mdx", ".html", ".htm"];
    ends.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path)
}

fn without_index(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((folder, "index" | "_index")) => folder,
        None if matches!(path, "index" | "_index") => "",
        _ => path,
    }
}

fn has_scheme(target: &str) -> bool {
    let name = target.split(':').next().unwrap_or_default();
    name.len() < target.len()
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// What stands behind all the steps up and here.
fn end_of(target: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `target` as seen from `folder`; nothing where it leaves the root.
fn joined(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `%20` as the blank it stands for.
fn decoded(target: &str) -> String {
    let bytes = target.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| target.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| target.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_surely_dead_is_told() {
        let items =
            ["docs/setup.md", "docs/guide/index.md", "news/2022/Big News.md", "about.de.md", "posts/2020-01-01-f.md"];
        let pages = Pages::of(items.into_iter());
        let is_file = |path: &str| path == "docs/drafts/hidden.md";
        let dead = |target: &str, by_tag| {
            pages.is_dead("docs/a.md", &Reference { target: target.to_string(), by_tag }, &is_file)
        };
        for target in [
            "setup.md",
            "./setup.md#top",
            "../docs/setup.md",
            "/docs/setup.md",
            "../news/2022/Big%20News.md",
            "drafts/hidden.md",
            // Another habit of resolving: from the root of the docs.
            "guide/index.md",
            // Addresses of the published site, of other sites, and what leaves the library.
            "/docs/gone/",
            "gone",
            "https://x.org/gone.md",
            "mailto:a@gone.md",
            "../../gone.md",
            "#gone",
            "{{ page }}.md",
            "",
        ] {
            assert!(!dead(target, false), "{target}");
        }
        for target in ["gone.md", "../docs/gone.md", "/docs/gone.md?x", "setup/gone.markdown", "drafts/setups.md"] {
            assert!(dead(target, false), "{target}");
        }
        for target in
            ["setup", "/docs/setup", "docs/guide", "guide", "about", "news/2022", "2020-01-01-f", "drafts/hidden"]
        {
            assert!(!dead(target, true), "{target}");
        }
        for target in ["gone", "/docs/gone", "news/2023", "2020-01-02-f"] {
            assert!(dead(target, true), "{target}");
        }
    }
}
