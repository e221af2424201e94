//! What Markdown's events mean for the blocks. HTML that stands in it goes through the same reader as an HTML body.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use crate::content::body::html::pieces;
use crate::content::body::{markdown, template};

use super::blocks::{Align, HandOn, Kind, Parsed};
use super::build::{Builder, Depth, Holder};
use super::html::Reader;
use super::inline::image_label;

/// Takes a Markdown body apart.
pub(super) fn parse(body: &str, hand_on: &mut HandOn<'_>) -> Parsed {
    let lifted = template::lift(body, true);
    let mut builder = Builder::new(&lifted, hand_on);
    let mut walk = Walk {
        reader: Reader::default(),
        open: Vec::new(),
        html: String::new(),
        image: None,
        columns: Vec::new(),
        column: 0,
    };
    for event in markdown(lifted.text()) {
        walk.event(&mut builder, event);
    }
    builder.finish()
}

struct Walk {
    reader: Reader,
    /// Where the stack stood when each block began.
    open: Vec<Depth>,
    /// The HTML block that is being read.
    html: String,
    /// The image that is being read: its path, and its alternative text so far.
    image: Option<(String, String)>,
    /// How the columns of the table that is read are aligned, and the one that comes next.
    columns: Vec<Align>,
    column: usize,
}

fn align(column: &Alignment) -> Align {
    match column {
        Alignment::Right => Align::Right,
        Alignment::Center => Align::Center,
        Alignment::Left | Alignment::None => Align::Left,
    }
}

impl Walk {
    fn event(&mut self, builder: &mut Builder<'_>, event: Event<'_>) {
        if self.in_image(builder, &event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(builder, tag),
            Event::End(tag) => self.end(builder, tag),
            Event::Text(text) => builder.text(&text),
            Event::Code(text) => {
                let code = builder.lifted.restore(&text);
                builder.runs.code(&code);
            }
            Event::Html(line) => self.html.push_str(&line),
            Event::InlineHtml(tag) => pieces(&tag, |piece| self.reader.piece(builder, piece)),
            Event::SoftBreak => builder.soft_break(),
            Event::HardBreak => builder.line_break(),
            Event::Rule => builder.rule(),
            Event::FootnoteReference(label) => builder.runs.footnote(&label),
            Event::TaskListMarker(done) => builder.task(done),
            Event::InlineMath(text) | Event::DisplayMath(text) => builder.text(&text),
        }
    }

    fn start(&mut self, builder: &mut Builder<'_>, tag: Tag<'_>) {
        match &tag {
            Tag::Emphasis => return builder.runs.open.emphasis += 1,
            Tag::Strong => return builder.runs.open.strong += 1,
            Tag::Strikethrough => return builder.runs.open.strike += 1,
            Tag::Link { dest_url, .. } => return builder.open_link(dest_url),
            Tag::Image { dest_url, .. } => {
                self.image = Some((builder.lifted.target(dest_url).into_owned(), String::new()));
                return;
            }
            Tag::Superscript | Tag::Subscript => return,
            _ => {}
        }
        builder.flush();
        self.open.push(builder.depth());
        match tag {
            Tag::Heading { level, .. } => builder.open(Holder::Heading(level as u8)),
            Tag::BlockQuote(kind) => {
                builder.open(Holder::Quote);
                if let Some(kind) = kind {
                    alert(builder, kind);
                }
            }
            Tag::CodeBlock(kind) => builder.open(Holder::Code { language: language(kind), text: String::new() }),
            Tag::List(start) => builder.open(Holder::List { start, items: Vec::new() }),
            Tag::Item => builder.open_part(Holder::Item { task: None }),
            Tag::FootnoteDefinition(label) => builder.open(Holder::Footnote { label: label.to_string() }),
            Tag::DefinitionList => builder.open(Holder::Definitions(Vec::new())),
            Tag::DefinitionListTitle => builder.open_part(Holder::Term),
            Tag::DefinitionListDefinition => builder.open_part(Holder::Detail),
            Tag::Table(columns) => {
                self.columns = columns.iter().map(align).collect();
                builder.open(Holder::Table { rows: Vec::new(), head: false });
            }
            Tag::TableHead => {
                self.column = 0;
                builder.open_row();
                builder.table_head(true);
            }
            Tag::TableRow => {
                self.column = 0;
                builder.open_row();
            }
            Tag::TableCell => {
                let header = builder.in_table_head();
                let align = self.columns.get(self.column).copied().unwrap_or_default();
                self.column += 1;
                builder.open_part(Holder::Cell { header, columns: 1, rows: 1, align });
            }
            _ => {}
        }
    }

    fn end(&mut self, builder: &mut Builder<'_>, tag: TagEnd) {
        let open = &mut builder.runs.open;
        match tag {
            TagEnd::Emphasis => return open.emphasis = open.emphasis.saturating_sub(1),
            TagEnd::Strong => return open.strong = open.strong.saturating_sub(1),
            TagEnd::Strikethrough => return open.strike = open.strike.saturating_sub(1),
            TagEnd::Link => return builder.runs.close_link(),
            TagEnd::Image | TagEnd::Superscript | TagEnd::Subscript => return,
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                pieces(&html, |piece| self.reader.piece(builder, piece));
                builder.flush();
                self.open.pop();
                return;
            }
            TagEnd::TableHead => builder.table_head(false),
            _ => {}
        }
        builder.flush();
        if let Some(depth) = self.open.pop()
            && tag != TagEnd::Paragraph
        {
            builder.close_to(depth);
        }
    }

    /// Between an image's start and end all text is its alternative text.
    fn in_image(&mut self, builder: &mut Builder<'_>, event: &Event<'_>) -> bool {
        let Some((path, alt)) = &mut self.image else { return false };
        match event {
            Event::End(TagEnd::Image) => {
                let label = image_label(alt, None, path);
                builder.label(Kind::Image, &label);
                self.image = None;
            }
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
        true
    }
}

fn language(kind: CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    info.split([' ', ',', '{', '\t']).next().filter(|name| !name.is_empty()).map(str::to_string)
}

fn alert(builder: &mut Builder<'_>, kind: BlockQuoteKind) {
    builder.runs.open.strong += 1;
    builder.text(match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    });
    builder.runs.open.strong -= 1;
    builder.flush();
}
