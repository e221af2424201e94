//! What a body refers to: the targets of its links, and the pages that template tags name.
//!
//! Code is passed over: what stands in it is shown, not followed. Not here: whether there is such a page.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html::{self, Piece};
use super::template::{self, Lifted, Part};
use super::{is_html, markdown};

/// One thing that a body refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// As it was written: `../setup.md`, or the page that a tag names.
    pub target: String,
    /// Whether a template tag names it (`{{< ref "x" >}}`): a site's generator then looks for it anywhere, and fails without it.
    pub by_tag: bool,
}

/// What a body refers to, in order, each once.
pub fn references(body: &str) -> Vec<Reference> {
    let mut found = Found::default();
    let as_html = is_html(body);
    let lifted = template::lift(body, !as_html);
    if as_html {
        html::pieces(lifted.text(), |piece| found.piece(piece, &lifted));
        return found.references;
    }
    let (mut in_code, mut block) = (false, String::new());
    for event in markdown(lifted.text()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ if in_code => {}
            Event::Start(Tag::Link { dest_url, .. }) => found.target(&dest_url, &lifted),
            Event::Text(text) => found.tags(&text, &lifted),
            Event::InlineHtml(tag) => html::pieces(&tag, |piece| found.piece(piece, &lifted)),
            Event::Html(line) => block.push_str(&line),
            Event::End(TagEnd::HtmlBlock) => {
                html::pieces(&block, |piece| found.piece(piece, &lifted));
                block.clear();
            }
            _ => {}
        }
    }
    found.references
}

/// The pages that template tags in a text name: for values of the front matter.
pub fn named_by_tags(text: &str) -> Vec<Reference> {
    let mut found = Found::default();
    if text.contains("{{") || text.contains("{%") {
        let lifted = template::lift(text, false);
        found.tags(lifted.text(), &lifted);
    }
    found.references
}

#[derive(Default)]
struct Found {
    references: Vec<Reference>,
    /// Within `<code>` or `<pre>`, or an element without text.
    code: usize,
}

impl Found {
    fn add(&mut self, target: &str, by_tag: bool) {
        let reference = Reference { target: target.trim().to_string(), by_tag };
        if !reference.target.is_empty() && !self.references.contains(&reference) {
            self.references.push(reference);
        }
    }

    /// A link's target: one that holds a tag is what the tag makes of it, and only a page that it names is known.
    fn target(&mut self, target: &str, lifted: &Lifted<'_>) {
        let mut has_tag = false;
        lifted.split(target, |part| has_tag |= matches!(part, Part::Tag(_)));
        if has_tag { self.tags(target, lifted) } else { self.add(target, false) }
    }

    fn tags(&mut self, text: &str, lifted: &Lifted<'_>) {
        lifted.split(text, |part| {
            if let Part::Tag(tag) = part
                && let Some(page) = template::page(tag)
            {
                self.add(page, true);
            }
        });
    }

    fn piece(&mut self, piece: Piece<'_>, lifted: &Lifted<'_>) {
        match piece {
            Piece::Open(tag) if is_code(tag.name()) => self.code += 1,
            Piece::Close(name) if is_code(name) => self.code = self.code.saturating_sub(1),
            _ if self.code > 0 => {}
            Piece::Open(tag) if tag.name() == "a" => {
                if let Some(target) = tag.attr("href") {
                    self.target(target, lifted);
                }
            }
            Piece::Text(text) => self.tags(text, lifted),
            _ => {}
        }
    }
}

fn is_code(name: &str) -> bool {
    matches!(name, "code" | "pre" | "script" | "style")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Vec<String> {
        let line = |r: Reference| if r.by_tag { format!("tag {}", r.target) } else { r.target };
        references(body).into_iter().map(line).collect()
    }

    #[test]
    fn links_and_tags_of_a_markdown_body_are_read_and_code_is_not() {
        let body = "See [a](../a.md#top), [b]({{< ref \"/news/b\" >}}) and {{< relref path=\"c.md\" >}}.\n\n\
                    `[no](no.md)` {{</* ref \"no\" */>}} {{< figure src=\"no.png\" >}}\n\n\
                    ```\n[no](no.md) {{< ref \"no\" >}}\n```\n\n\
                    <a href=\"d.md\">d</a> {% link _posts/e.md %} {% post_url 2020-01-01-f %} {{< ref $page >}}\n";
        assert_eq!(
            read(body),
            ["../a.md#top", "tag /news/b", "tag c.md", "d.md", "tag _posts/e.md", "tag 2020-01-01-f"]
        );
    }

    #[test]
    fn links_of_an_html_body_are_read() {
        let body = "<p>To <a href=\"x.md\">x</a>, <a href='{{< ref \"y\" >}}'>y</a></p><pre><a href=no>no</a></pre>";
        assert_eq!(read(body), ["x.md", "tag y"]);
        assert_eq!(named_by_tags("see {{< ref \"z.md\" >}}"), [Reference { target: "z.md".into(), by_tag: true }]);
    }
}
