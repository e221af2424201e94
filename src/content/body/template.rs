//! Template tags in a body: Hugo's shortcodes, Liquid, MDX components.
//!
//! They are no Markdown, yet stand in the middle of it: in link targets, tables, attributes. So each is lifted out before
//! the text is parsed, and a short placeholder of letters stands in its place. Not here: what they would expand to.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::html;

/// Placeholders are a number between these two private-use characters.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';
/// No tag is longer; what is not closed by then is text.
const LONGEST: usize = 4096;

/// A body with its template tags lifted out.
pub struct Lifted<'a> {
    text: Cow<'a, str>,
    tags: Vec<&'a str>,
}

/// A part of a text that may hold placeholders.
pub enum Part<'a> {
    Text(&'a str),
    /// A template tag as it was written.
    Tag(&'a str),
}

/// Lifts the template tags out of `body`; components (`<Tabs>`) only where it is Markdown.
pub fn lift(body: &str, components: bool) -> Lifted<'_> {
    let mut text = String::new();
    let mut tags = Vec::new();
    let mut kept = 0;
    let mut at = 0;
    for line in
        body.split_inclusive('\n').take_while(|line| components && (line.trim().is_empty() || is_module_line(line)))
    {
        if is_module_line(line) {
            // Writing to a string cannot fail, here and below.
            let _ = write!(text, "{OPEN}{}{CLOSE}\n\n", tags.len());
            tags.push(line.trim());
        }
        at += line.len();
        kept = at;
    }
    while let Some(found) = body[at..].find(['{', '<']) {
        let start = at + found;
        match tag_length(&body[start..], components) {
            Some(length) => {
                text.push_str(&body[kept..start]);
                let _ = write!(text, "{OPEN}{}{CLOSE}", tags.len());
                tags.push(&body[start..start + length]);
                at = start + length;
                kept = at;
            }
            None => at = start + 1,
        }
    }
    if tags.is_empty() {
        return Lifted { text: Cow::Borrowed(body), tags };
    }
    text.push_str(&body[kept..]);
    Lifted { text: Cow::Owned(text), tags }
}

/// `import Tabs from '@theme/Tabs'` and `export const beds = 40`, as MDX files open.
fn is_module_line(line: &str) -> bool {
    let count = |open: char, close: char| line.matches(open).count() == line.matches(close).count();
    let exports = ["const ", "let ", "var ", "default ", "{"];
    let is_export = line.strip_prefix("export ").is_some_and(|rest| exports.iter().any(|word| rest.starts_with(word)));
    let is_import = line.starts_with("import ") && line.trim_end().trim_end_matches(';').ends_with(['\'', '"']);
    is_import || is_export && count('{', '}') && count('[', ']') && count('(', ')')
}

/// What such a line brings in or gives out.
fn module_label(line: &str) -> Option<String> {
    let (word, rest) = line.split_once(' ').filter(|(word, _)| matches!(*word, "import" | "export"))?;
    let rest = rest.trim_end_matches(';');
    let named = rest.split_once(" from ").or_else(|| rest.split_once('=')).map_or(rest, |(named, _)| named);
    let known = ["const ", "let ", "var ", "default "];
    let named = known.iter().find_map(|word| named.strip_prefix(word)).unwrap_or(named);
    let named: String = named.chars().filter(|c| !"{}'\"".contains(*c)).collect();
    Some(format!("{{{word} {}}}", named.split_whitespace().collect::<Vec<_>>().join(" ")))
}

fn tag_length(rest: &str, components: bool) -> Option<usize> {
    if rest.starts_with('<') {
        return if components { component_length(rest) } else { None };
    }
    let (close, one_line) = match rest.as_bytes().get(..3)? {
        b"{{<" => (">}}", false),
        b"{{%" => ("%}}", false),
        b"{{/" => ("*/}}", false),
        b"{/*" if components => ("*/}", false),
        b"{{{" => return None,
        [b'{', b'{', _] => ("}}", true),
        [b'{', b'%', _] => ("%}", false),
        _ => return None,
    };
    let mut end = rest.len().min(LONGEST);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let length = 2 + rest[2..end].find(close)? + close.len();
    (!one_line || !rest[..length].contains('\n')).then_some(length)
}

/// `<Tabs group="a">`, `</Tabs>`: a tag whose name opens with a capital and that HTML does not know.
fn component_length(rest: &str) -> Option<usize> {
    let name_at = if rest.starts_with("</") { 2 } else { 1 };
    let after = &rest[name_at..];
    if !after.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let name = &after[..after.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_')?];
    if html::is_known(&name.to_ascii_lowercase()) {
        return None;
    }
    let (mut quote, mut braces) = (None, 0usize);
    let tail = &after[name.len()..];
    if !tail.starts_with(['>', '/', ' ', '\n', '\t', '\r']) {
        return None;
    }
    for (at, byte) in tail.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (Some(open), b) if open == b => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'{') => braces += 1,
            (None, b'}') => braces = braces.saturating_sub(1),
            (None, b'>') if braces == 0 => return Some(name_at + name.len() + at + 1),
            (None, b'<') if braces == 0 => return None,
            _ => {}
        }
    }
    None
}

impl<'a> Lifted<'a> {
    /// The body with placeholders.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes a piece of the body apart at its placeholders.
    pub fn split<'t>(&'t self, text: &'t str, mut take: impl FnMut(Part<'t>)) {
        let mut rest = text;
        while !self.tags.is_empty() {
            let Some((before, tag, after)) = self.first_placeholder(rest) else { break };
            if !before.is_empty() {
                take(Part::Text(before));
            }
            take(Part::Tag(tag));
            rest = after;
        }
        if !rest.is_empty() {
            take(Part::Text(rest));
        }
    }

    fn first_placeholder<'t>(&'t self, text: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
        text.match_indices(OPEN).find_map(|(at, open)| {
            let after = &text[at + open.len()..];
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let tag = self.tags.get(after[..digits].parse::<usize>().ok()?)?;
            Some((&text[..at], *tag, after[digits..].strip_prefix(CLOSE)?))
        })
    }

    /// The text as it was written, for code; an escaped shortcode (`{{</* x */>}}`) as it is meant.
    pub fn restore<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.map(text, |tag| unescaped(tag).unwrap_or_else(|| tag.to_string()))
    }

    /// A link's target: `{{< ref "/docs/x" >}}` stands for the page it names.
    pub fn target<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.map(text, |tag| match words(inside(tag)).as_slice() {
            [name, (None, page), ..] if matches!(name.1, "ref" | "relref" | "link" | "url") => page.to_string(),
            _ => tag.to_string(),
        })
    }

    fn map<'t>(&self, text: &'t str, meaning: impl Fn(&str) -> String) -> Cow<'t, str> {
        if self.tags.is_empty() || !text.contains(OPEN) {
            return Cow::Borrowed(text);
        }
        let mut out = String::new();
        self.split(text, |part| match part {
            Part::Text(text) => out.push_str(text),
            Part::Tag(tag) => out.push_str(&meaning(tag)),
        });
        Cow::Owned(out)
    }
}

/// The page that a tag names and that has to be there: Hugo's `ref` and `relref`, Jekyll's `link` and `post_url`. Nothing where a
/// variable names it.
pub fn page(tag: &str) -> Option<&str> {
    let names: &[&str] = match tag.get(..3)? {
        "{{<" | "{{%" => &["ref", "relref"],
        "{%-" => &["link", "post_url"],
        other if other.starts_with("{%") => &["link", "post_url"],
        _ => return None,
    };
    let words = words(inside(tag));
    let ((_, name), arguments) = words.split_first()?;
    let given = |key: &str| arguments.iter().find(|(known, _)| *known == Some(key)).map(|(_, value)| *value);
    let page = given("path").or_else(|| arguments.first().filter(|(key, _)| key.is_none()).map(|(_, value)| *value))?;
    let is_fixed = !page.contains(['$', '{', '}', '|']) && page.chars().any(char::is_alphanumeric);
    (names.contains(name) && is_fixed).then_some(page)
}

/// A tag as a quiet label: its name and the one argument that says most. Empty for a comment.
pub fn label(tag: &str) -> String {
    if let Some(meant) = unescaped(tag) {
        return meant;
    }
    if tag.starts_with("{{/*") || tag.starts_with("{/*") {
        return String::new();
    }
    if let Some(label) = module_label(tag) {
        return label;
    }
    let inner = inside(tag);
    let said = match words(inner).as_slice() {
        _ if tag.starts_with("{%") || (tag.starts_with("{{") && !tag.starts_with("{{<") && !tag.starts_with("{{%")) => {
            inner.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        [] => return String::new(),
        [(_, name), arguments @ ..] => {
            let named = |keys: &[&str]| {
                let found =
                    arguments.iter().find(|(key, value)| key.is_some_and(|k| keys.contains(&k)) && !value.is_empty());
                found.map(|(_, value)| *value)
            };
            match (named(&["text"]), named(&["label", "title", "caption", "alt", "name"]), arguments.first()) {
                (Some(text), _, _) => text.to_string(),
                (None, Some(text), _) => format!("{name}: {text}"),
                (None, None, Some((_, first))) if !tag.starts_with('<') && !first.is_empty() => {
                    format!("{name} {first}")
                }
                _ => name.to_string(),
            }
        }
    };
    match said.char_indices().nth(72) {
        Some((cut, _)) => format!("{{{}…}}", &said[..cut]),
        None => format!("{{{said}}}"),
    }
}

/// What Hugo shows for `{{</* x */>}}`: the shortcode itself.
fn unescaped(tag: &str) -> Option<String> {
    let (open, close) = (tag.get(..3)?, tag.get(tag.len() - 3..)?);
    let inner = tag.get(3..tag.len() - 3)?.trim().strip_prefix("/*")?.strip_suffix("*/")?;
    matches!(open, "{{<" | "{{%").then(|| format!("{open}{inner}{close}"))
}

/// A tag without its delimiters.
fn inside(tag: &str) -> &str {
    if tag.starts_with('<') {
        return tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    }
    let closed = tag.trim_start_matches('{').trim_end_matches('}');
    closed.trim_start_matches(['<', '%', '-']).trim_end_matches(['>', '%', '-', '/']).trim()
}

/// The words of a tag: the name, then arguments with their keys, quotes taken off.
fn words(inner: &str) -> Vec<(Option<&str>, &str)> {
    let mut found = Vec::new();
    // `/ note` closes as `/note` does.
    let mut rest = inner;
    while !rest.trim_start().is_empty() && found.len() < 16 {
        rest = rest.trim_start();
        let key_end = rest.find(|c: char| c == '=' || c.is_whitespace() || c == '"' || c == '`').unwrap_or(rest.len());
        let key = (key_end > 0 && rest[key_end..].starts_with('=')).then(|| &rest[..key_end]);
        if key.is_some() {
            rest = &rest[key_end + 1..];
        }
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '`' | '\''));
        let (value, after) = match quote {
            Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        found.push((key, value));
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_reads_as_its_name_and_what_says_most() {
        for (tag, expected) in [
            ("{{< note >}}", "{note}"),
            ("{{< /note >}}", "{/note}"),
            ("{{< tooltip text=\"pod\" term_id=\"pod\" >}}", "{pod}"),
            ("{{% heading \"whatsnext\" %}}", "{heading whatsnext}"),
            ("{{< figure src=\"a.png\" alt=\"A ward\" >}}", "{figure: A ward}"),
            ("{{< codenew file=\"a/b.yaml\" >}}", "{codenew a/b.yaml}"),
            ("{% if page.lang == 'en' %}", "{if page.lang == 'en'}"),
            ("{%- include nav.html -%}", "{include nav.html}"),
            ("{{ site.title }}", "{site.title}"),
            ("{{</* note */>}}", "{{< note >}}"),
            ("{{/* not shown */}}", ""),
            ("<Tabs group={a > b}>", "{Tabs}"),
            ("<Card title=\"Start here\" />", "{Card: Start here}"),
            ("</Tabs>", "{/Tabs}"),
            ("{/* aside */}", ""),
            ("import Tabs from '@theme/Tabs';", "{import Tabs}"),
            ("import { Chart, Bar } from './chart'", "{import Chart, Bar}"),
            ("import './ward.css'", "{import ./ward.css}"),
            ("export const beds = 40", "{export beds}"),
        ] {
            assert_eq!(label(tag), expected, "{tag}");
        }
    }

    #[test]
    fn what_is_lifted_can_be_put_back_and_the_rest_is_left() {
        let body = "a {{< b >}} <P>c</P> <Card x=\"1>2\"/> {{ d }} {{ never\nclosed }} {% e %} {f} <Your-name> 2 < 3";
        let lifted = lift(body, true);
        assert_eq!(lifted.tags, ["{{< b >}}", "<Card x=\"1>2\"/>", "{{ d }}", "{% e %}"]);
        assert_eq!(lifted.restore(lifted.text()), body);
        assert_eq!(lift(body, false).tags.len(), 3);
    }

    #[test]
    fn the_imports_that_a_file_opens_with_are_tags_and_prose_is_not() {
        let body = "\nimport A from 'a'\nimport B from \"b\";\n\nimport duties 'rose' here\n";
        assert_eq!(lift(body, true).tags, ["import A from 'a'", "import B from \"b\";"]);
        assert!(lift(body, false).tags.is_empty());
        assert!(lift("import duties rose\nimport A from 'a'", true).tags.is_empty());
    }

    #[test]
    fn a_reference_in_a_link_is_the_page_it_names() {
        let lifted = lift("{{< ref \"/docs/a\" >}} {{< other >}}", true);
        assert_eq!(lifted.target(lifted.text()), "/docs/a {{< other >}}");
    }
}
