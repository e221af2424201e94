//! The text of a body: what a reader would read, for descriptions, matching and suggestions.
//!
//! Here: plain text in one pass, and the two primitives it stands on, which the preview uses too: HTML as a stream of
//! pieces ([`html`]) and shortcodes lifted out of the way ([`template`]); what it refers to is read by [`links`]. Not here: blocks, or
//! any layout.

pub mod html;
pub mod links;
pub mod template;

use html::Piece;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The Markdown that static sites write: CommonMark with the extensions that Hugo and GitHub turn on.
pub fn markdown(body: &str) -> Parser<'_> {
    Parser::new_ext(
        body,
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_GFM,
    )
}

/// The plain text of an HTML or Markdown body: tags, markup and shortcodes dropped, entities decoded, blocks separated by blank lines.
/// Line breaks of the source within a block stay, since descriptions cut from such texts keep them.
pub fn text(body: &str) -> String {
    let as_html = is_html(body);
    let lifted = template::lift(body, !as_html);
    let mut plain = Plain { out: String::with_capacity(body.len()), gap: Gap::None, skip: None };
    if as_html {
        html::pieces(lifted.text(), |piece| plain.piece(piece, &lifted));
        return plain.finish();
    }
    let mut block = String::new();
    let mut images = 0;
    for event in markdown(lifted.text()) {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            // What stands for an image is no text, in HTML either.
            _ if images > 0 => {}
            Event::Text(text) | Event::Code(text) => plain.words(&text, &lifted),
            Event::SoftBreak | Event::HardBreak => plain.widen(Gap::Line),
            Event::Html(line) => block.push_str(&line),
            Event::InlineHtml(tag) => html::pieces(&tag, |piece| plain.piece(piece, &lifted)),
            Event::End(TagEnd::HtmlBlock) => {
                html::pieces(&block, |piece| plain.piece(piece, &lifted));
                block.clear();
                plain.widen(Gap::Block);
            }
            Event::Start(tag) if !is_inline(&tag.to_end()) => plain.widen(Gap::Block),
            Event::End(tag) if !is_inline(&tag) => plain.widen(Gap::Block),
            _ => {}
        }
    }
    plain.finish()
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Whether a body is HTML through and through, though its file may be called `.md`: it opens with a block's tag and no
/// line of it looks like Markdown.
pub fn is_html(body: &str) -> bool {
    let start = body.trim_start_matches('\u{feff}').trim_start();
    let Some(rest) = start.strip_prefix('<') else { return false };
    let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    let opens = rest.starts_with("!--") || rest.starts_with("!DOCTYPE") || rest.starts_with("!doctype");
    (opens || html::is_block(&name.to_ascii_lowercase())) && !has_markdown(start)
}

fn has_markdown(body: &str) -> bool {
    let marks = ["# ", "## ", "### ", "#### ", "- ", "* ", "```", "~~~", "> ", "| "];
    body.contains("](")
        || body.contains("**")
        || body.lines().any(|line| marks.iter().any(|mark| line.starts_with(mark)) || opens_numbered(line))
}

fn opens_numbered(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..4).contains(&digits) && line[digits..].starts_with(". ")
}

/// What separates the text so far from the next word, widest last.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Gap {
    None,
    Space,
    Line,
    Block,
}

struct Plain {
    out: String,
    gap: Gap,
    /// The element whose content is no text, while inside it.
    skip: Option<String>,
}

impl Plain {
    fn widen(&mut self, gap: Gap) {
        if gap > self.gap {
            self.gap = gap;
        }
    }

    fn piece(&mut self, piece: Piece<'_>, lifted: &template::Lifted<'_>) {
        match piece {
            Piece::Close(name) if self.skip.as_deref() == Some(name) => self.skip = None,
            _ if self.skip.is_some() => {}
            Piece::Text(text) => self.words(text, lifted),
            Piece::Open(tag) if html::is_hidden(tag.name()) && !tag.is_void() => {
                self.skip = Some(tag.name().to_string());
            }
            Piece::Open(tag) if tag.name() == "br" => self.widen(Gap::Line),
            Piece::Open(tag) if html::is_block(tag.name()) => self.widen(Gap::Block),
            Piece::Close(name) if html::is_block(name) => self.widen(Gap::Block),
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }

    fn words(&mut self, text: &str, lifted: &template::Lifted<'_>) {
        lifted.split(text, |part| match part {
            template::Part::Text(text) => self.plain_words(text),
            template::Part::Tag(_) => self.widen(Gap::Space),
        });
    }

    fn plain_words(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' => self.widen(Gap::Line),
                c if c.is_whitespace() => self.widen(Gap::Space),
                c => {
                    if !self.out.is_empty() {
                        self.out.push_str(match self.gap {
                            Gap::None => "",
                            Gap::Space => " ",
                            Gap::Line => "\n",
                            Gap::Block => "\n\n",
                        });
                    }
                    self.gap = Gap::None;
                    self.out.push(c);
                }
            }
        }
    }

    fn finish(mut self) -> String {
        self.out.shrink_to_fit();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_reads_as_its_words_with_blocks_apart_and_source_lines_kept() {
        let body = "<p>Care teams use&nbsp;<b>virtual</b> rooms &amp; more.\nSecond   line.</p><p>Next<br>one</p><script>x < y</script>";
        assert_eq!(text(body), "Care teams use virtual rooms & more.\nSecond line.\n\nNext\none");
    }

    #[test]
    fn markdown_reads_as_its_words_without_marks_and_shortcodes() {
        let body = "# Heading\n\n![A ward](w.png) See [the **guide**]({{< ref \"/a\" >}}) for {{< tip >}} `code`.\n\n- one\n- two <b>bold</b>\n\n{{< note >}}\n";
        assert_eq!(text(body), "Heading\n\nSee the guide for code.\n\none\n\ntwo bold");
    }

    #[test]
    fn a_body_is_html_only_where_no_line_is_markdown() {
        assert!(is_html("<p>All of it</p>\n\n<p>is HTML</p>"));
        assert!(is_html("\n  <!-- c --><div>x</div>"));
        assert!(!is_html("<p align=center>logo</p>\n\n# Title\n"));
        assert!(!is_html("<https://a.example> is a link"));
        assert!(!is_html("<b>Note</b> that this is a paragraph"));
        assert!(!is_html("plain"));
    }

    #[test]
    fn ten_thousand_open_elements_and_broken_tags_read_without_harm() {
        assert_eq!(text(&format!("{}deep", "<div>".repeat(20_000))), "deep");
        assert_eq!(text(&format!("{}deep", "> ".repeat(5_000))), "deep");
        assert_eq!(text("<p>open <b"), "open");
    }
}
