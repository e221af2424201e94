//! What the tags of HTML mean for the blocks. Styles, scripts and unknown elements are dropped, their text is not.

use crate::content::body::html::{self as pieces, Opened, Piece};
use crate::content::body::template;

use super::blocks::{Align, HandOn, Kind, Parsed};
use super::build::{Builder, Holder};
use super::inline::image_label;

/// Takes an HTML body apart.
pub(super) fn parse(body: &str, hand_on: &mut HandOn<'_>) -> Parsed {
    let lifted = template::lift(body, false);
    let mut builder = Builder::new(&lifted, hand_on);
    let mut reader = Reader::default();
    pieces::pieces(lifted.text(), |piece| reader.piece(&mut builder, piece));
    builder.finish()
}

/// What must be remembered between the pieces of a body.
#[derive(Default)]
pub(super) struct Reader {
    /// The element whose content is nothing to read, and how often it is open.
    skip: Option<(String, usize)>,
    /// `<pre>` has just begun: a line end there is not part of the code.
    fresh_code: bool,
}

impl Reader {
    /// One piece of the HTML.
    pub(super) fn piece(&mut self, builder: &mut Builder<'_>, piece: Piece<'_>) {
        if self.skipping(&piece) {
            return;
        }
        match piece {
            Piece::Text(text) => {
                let first = std::mem::take(&mut self.fresh_code) && builder.in_code();
                let text =
                    if first { text.strip_prefix("\r\n").or(text.strip_prefix('\n')).unwrap_or(text) } else { text };
                builder.text(text);
            }
            Piece::Open(tag) => {
                self.fresh_code = tag.name() == "pre";
                self.open(builder, tag);
            }
            Piece::Close(name) => close(builder, name),
        }
    }

    fn skipping(&mut self, piece: &Piece<'_>) -> bool {
        let Some((skipped, depth)) = &mut self.skip else { return false };
        match piece {
            Piece::Close(name) if name == skipped => {
                *depth -= 1;
                if *depth == 0 {
                    self.skip = None;
                }
            }
            Piece::Open(tag) if tag.name() == skipped && !tag.is_void() => *depth += 1,
            // A drawing that is never closed must not swallow the article.
            Piece::Open(tag) if skipped == "svg" && pieces::is_block(tag.name()) => {
                self.skip = None;
                return false;
            }
            _ => {}
        }
        true
    }

    fn open(&mut self, builder: &mut Builder<'_>, tag: Opened<'_>) {
        let name = tag.name();
        if matches!(name, "iframe" | "video" | "audio" | "embed" | "object") {
            media(builder, tag);
        }
        if pieces::is_hidden(name) && !tag.is_void() {
            self.skip = Some((name.to_string(), 1));
            return;
        }
        if !open_inline(builder, tag) {
            open_block(builder, tag);
        }
    }
}

fn open_inline(builder: &mut Builder<'_>, tag: Opened<'_>) -> bool {
    let name = tag.name();
    // These are inline for their style and blocks for their place.
    if matches!(name, "summary" | "legend" | "figcaption" | "caption") {
        builder.flush();
    }
    match name {
        "b" | "strong" | "summary" | "legend" => builder.runs.open.strong += 1,
        "i" | "em" | "cite" | "dfn" | "var" | "figcaption" | "caption" => builder.runs.open.emphasis += 1,
        "s" | "strike" | "del" => builder.runs.open.strike += 1,
        "code" | "kbd" | "samp" | "tt" if builder.in_code() => {
            let class = tag.attr("class").unwrap_or("");
            if let Some(name) = class.split_whitespace().find_map(|c| c.strip_prefix("language-")) {
                builder.code_language(name);
            }
        }
        "code" | "kbd" | "samp" | "tt" => builder.runs.open.code += 1,
        "a" => match tag.attr("href") {
            Some(target) => builder.open_link(target),
            None => builder.runs.close_link(),
        },
        "br" => builder.line_break(),
        "q" => builder.text("“"),
        "sup" => builder.runs.superscript = true,
        "img" => image(builder, tag),
        "input" if tag.attr("type").is_some_and(|t| t.eq_ignore_ascii_case("checkbox")) => {
            builder.task(tag.attr("checked").is_some());
        }
        _ => return false,
    }
    true
}

fn open_block(builder: &mut Builder<'_>, tag: Opened<'_>) {
    let span = |name| tag.attr(name).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, 1000);
    match tag.name() {
        "ul" | "menu" | "dir" => builder.open(Holder::List { start: None, items: Vec::new() }),
        "ol" => {
            let start = tag.attr("start").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
            builder.open(Holder::List { start: Some(start), items: Vec::new() });
        }
        "li" => builder.open_part(Holder::Item { task: None }),
        "blockquote" => builder.open(Holder::Quote),
        "pre" => builder.open(Holder::Code { language: None, text: String::new() }),
        "dl" => builder.open(Holder::Definitions(Vec::new())),
        "dt" => builder.open_part(Holder::Term),
        "dd" => builder.open_part(Holder::Detail),
        "table" => builder.open(Holder::Table { rows: Vec::new(), head: false }),
        "thead" => builder.table_head(true),
        "tbody" | "tfoot" => builder.table_head(false),
        "tr" => builder.open_row(),
        cell @ ("td" | "th") => {
            let header = cell == "th" || builder.in_table_head();
            let align = match tag.attr("align").map(|side| side.trim().to_lowercase()).as_deref() {
                Some("right") => Align::Right,
                Some("center") => Align::Center,
                _ => Align::Left,
            };
            builder.open_part(Holder::Cell { header, columns: span("colspan"), rows: span("rowspan"), align });
        }
        "hr" => builder.rule(),
        name => match heading_level(name) {
            Some(level) => builder.open(Holder::Heading(level)),
            None if pieces::is_block(name) && !builder.in_code() => builder.flush(),
            None => {}
        },
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn close(builder: &mut Builder<'_>, name: &str) {
    if close_inline(builder, name) {
        return;
    }
    match name {
        "ul" | "ol" | "menu" | "dir" => builder.close(|h| matches!(h, Holder::List { .. })),
        "li" => builder.close_part(|h| matches!(h, Holder::Item { .. }), |h| matches!(h, Holder::List { .. })),
        "blockquote" => builder.close(|h| *h == Holder::Quote),
        "pre" => builder.close(|h| matches!(h, Holder::Code { .. })),
        "dl" => builder.close(|h| matches!(h, Holder::Definitions(_))),
        "dt" | "dd" => {
            builder.close_part(|h| matches!(h, Holder::Term | Holder::Detail), |h| matches!(h, Holder::Definitions(_)));
        }
        "table" => builder.close(|h| matches!(h, Holder::Table { .. })),
        "thead" => builder.table_head(false),
        "td" | "th" => builder.close_part(|h| matches!(h, Holder::Cell { .. }), |h| matches!(h, Holder::Table { .. })),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => builder.close_part(|h| matches!(h, Holder::Heading(_)), |_| false),
        // `</p>` and its like: the paragraph ends.
        name if pieces::is_block(name) => builder.flush(),
        _ => {}
    }
}

fn close_inline(builder: &mut Builder<'_>, name: &str) -> bool {
    if matches!(name, "summary" | "legend" | "figcaption" | "caption") {
        builder.flush();
    }
    let open = &mut builder.runs.open;
    let counter = match name {
        "b" | "strong" | "summary" | "legend" => &mut open.strong,
        "i" | "em" | "cite" | "dfn" | "var" | "figcaption" | "caption" => &mut open.emphasis,
        "s" | "strike" | "del" => &mut open.strike,
        "code" | "kbd" | "samp" | "tt" => &mut open.code,
        "a" => {
            builder.runs.close_link();
            return true;
        }
        "q" => {
            builder.text("”");
            return true;
        }
        _ => return false,
    };
    *counter = counter.saturating_sub(1);
    true
}

fn image(builder: &mut Builder<'_>, tag: Opened<'_>) {
    let number = |name| tag.attr(name).map(str::trim).filter(|n| n.parse::<f64>().is_ok());
    let size = number("width").zip(number("height"));
    let alt = tag.attr("alt").unwrap_or("");
    if alt.trim().is_empty() && matches!(size, Some(("0" | "1", "0" | "1"))) {
        return;
    }
    let path = builder.lifted.restore(tag.attr("src").unwrap_or(""));
    builder.label(Kind::Image, &image_label(alt, size, &path));
}

/// A frame, video or sound: a labelled link to it.
fn media(builder: &mut Builder<'_>, tag: Opened<'_>) {
    let kind = if tag.name() == "iframe" { "frame" } else { tag.name() };
    let target = tag.attr("src").or(tag.attr("data")).unwrap_or("").to_string();
    let title = tag.attr("title").or(tag.attr("aria-label")).map(str::trim).filter(|t| !t.is_empty());
    let host = target.split("//").nth(1).and_then(|rest| rest.split('/').next()).filter(|h| !h.is_empty());
    let path = Some(target.as_str()).filter(|t| !t.is_empty() && !t.starts_with("data:"));
    let said = title.or(host).or(path).map(|what| format!(": {what}")).unwrap_or_default();
    builder.flush();
    builder.open_link(&target);
    builder.label(Kind::Media, &format!("[{kind}{said}]"));
    builder.runs.close_link();
    builder.flush();
}
