//! Blocks laid out as lines of a width. What is drawn has passed [`Shown`]; which colour a role has is for `view`.

use crate::shown::Shown;

use super::blocks::{self, Block, Definition, Inline, Item, Markup};
use super::{flow, table};

/// Lines longer than this are hard to read.
const MEASURE: usize = 80;
/// An indent that leaves less than this for the text is dropped.
const NARROWEST: usize = 8;

/// The signs that [`Role::Marker`] spans hold beside plain ASCII, with what stands for each in an ASCII terminal.
pub const SIGNS: [(char, char); 7] =
    [('•', '*'), ('│', '|'), ('─', '-'), ('┼', '+'), ('├', '+'), ('┤', '+'), ('↪', '>')];

/// What a span of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Text,
    Strong,
    Emphasis,
    /// Struck out; it stands between `~~`, too.
    Strike,
    /// It stands between backticks, or indented in a block.
    Code,
    Link,
    /// The number behind a link or of a footnote.
    Number,
    Heading,
    Quote,
    /// What is said about the text: a code block's language.
    Muted,
    /// An image, media or shortcode.
    Label,
    /// A bullet, a quote's bar, a table's lines.
    Marker,
}

/// A run of a line, all alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub text: Shown,
    pub role: Role,
}

/// One line; without spans it is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub spans: Vec<Span>,
}

impl Line {
    /// The line without its roles.
    pub fn text(&self) -> String {
        self.spans.iter().map(|s| s.text.as_str()).collect()
    }

    /// The columns that the line takes.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|s| flow::width(s.text.as_str())).sum()
    }

    pub(super) fn of(text: &str, role: Role) -> Line {
        Line { spans: vec![Span { text: Shown::new(text), role }] }
    }

    /// The line behind a prefix; an empty line gets none of its spaces.
    pub(super) fn behind(mut self, prefix: &str, role: Role) -> Line {
        let prefix = if self.spans.is_empty() { prefix.trim_end() } else { prefix };
        if !prefix.is_empty() {
            self.spans.insert(0, Span { text: Shown::new(prefix), role });
        }
        self
    }
}

/// A link of the body. Its number is its place in the list, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// As the body has it, for opening; not for drawing.
    pub target: String,
    /// The text that links to it first.
    pub text: String,
}

/// A heading, for the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub line: usize,
    pub level: u8,
    pub text: Shown,
}

/// A body laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rendered {
    pub lines: Vec<Line>,
    pub links: Vec<Link>,
    pub headings: Vec<Heading>,
}

/// Lays out a body in at most `width` columns, and never in more than 80.
pub fn render(body: &str, markup: Markup, width: usize) -> Rendered {
    lay_out(&blocks::parse(body, markup), width)
}

/// Lays out a body that is taken apart already: for another width.
pub fn lay_out(parsed: &blocks::Parsed, width: usize) -> Rendered {
    let page = lay(&parsed.blocks, width.clamp(1, MEASURE), Role::Text);
    Rendered { lines: page.lines, links: parsed.links.clone(), headings: page.headings }
}

impl Rendered {
    /// The links with their targets, a list for below the text.
    pub fn references(&self, width: usize) -> Vec<Line> {
        let number_width = self.links.len().to_string().len() + 2;
        let mut lines = Vec::new();
        for (at, link) in self.links.iter().enumerate() {
            let label = format!("{:>number_width$} ", format!("[{}]", at + 1));
            let target = [Inline { text: link.target.clone(), ..Inline::default() }];
            let mut page = Page { lines: Vec::new(), headings: Vec::new() };
            page.append_nested(&label, Role::Number, width, |inner| Page::of(flow::lines(&target, inner, Role::Link)));
            lines.append(&mut page.lines);
        }
        lines
    }

    /// All lines without their roles, for a pipe.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            out.push_str(line.text().trim_end());
            out.push('\n');
        }
        out
    }
}

/// Lines with the headings among them.
#[derive(Default)]
pub(super) struct Page {
    pub lines: Vec<Line>,
    pub headings: Vec<Heading>,
}

impl Page {
    pub fn of(lines: Vec<Line>) -> Page {
        Page { lines, headings: Vec::new() }
    }

    pub fn append(&mut self, page: Page) {
        let before = self.lines.len();
        self.lines.extend(page.lines);
        self.headings.extend(page.headings.into_iter().map(|h| Heading { line: h.line + before, ..h }));
    }

    /// Appends what is laid out beside a prefix: the prefix before its first line, spaces before the others.
    pub fn append_nested(&mut self, prefix: &str, role: Role, width: usize, inner: impl FnOnce(usize) -> Page) {
        let taken = flow::width(prefix);
        let (prefix, rest, width) = match width >= taken + NARROWEST {
            true => (prefix, " ".repeat(taken), width - taken),
            false => ("", String::new(), width),
        };
        let mut page = inner(width);
        let lines = std::mem::take(&mut page.lines).into_iter().enumerate();
        page.lines = lines.map(|(at, line)| line.behind(if at == 0 { prefix } else { &rest }, role)).collect();
        self.append(page);
    }

    /// Appends what is laid out behind a bar or an indent on every line.
    pub fn append_behind(&mut self, prefix: &str, width: usize, inner: impl FnOnce(usize) -> Page) {
        let taken = flow::width(prefix);
        let (prefix, width) = if width >= taken + NARROWEST { (prefix, width - taken) } else { ("", width) };
        let mut page = inner(width);
        page.lines = page.lines.into_iter().map(|line| line.behind(prefix, Role::Marker)).collect();
        self.append(page);
    }

    fn blank(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
    }
}

/// Blocks one below the other, an empty line between them.
pub(super) fn lay(blocks: &[Block], width: usize, base: Role) -> Page {
    let mut page = Page::default();
    for (at, block) in blocks.iter().enumerate() {
        let before = at.checked_sub(1).map(|b| &blocks[b]);
        let close = before.is_some_and(|b| (is_labels(b) && is_labels(block)) || are_footnotes(b, block));
        if before.is_some() && !close {
            page.blank();
        }
        if matches!(block, Block::Footnote { .. }) && !before.is_some_and(|b| matches!(b, Block::Footnote { .. })) {
            page.lines.push(Line::of(&"─".repeat(width.min(20)), Role::Marker));
        }
        page.append(lay_block(block, width, base));
    }
    page
}

fn is_labels(block: &Block) -> bool {
    matches!(block, Block::Paragraph(runs) if runs.iter().all(|r| r.kind.is_label() || r.text.trim().is_empty()
        || r.kind == blocks::Kind::Number) && runs.iter().any(|r| r.kind.is_label()))
}

fn are_footnotes(before: &Block, block: &Block) -> bool {
    matches!((before, block), (Block::Footnote { .. }, Block::Footnote { .. }))
}

fn lay_block(block: &Block, width: usize, base: Role) -> Page {
    let mut page = Page::default();
    match block {
        Block::Paragraph(runs) => return Page::of(flow::lines(runs, width, base)),
        Block::Heading { level, text } => {
            let sign = format!("{} ", "#".repeat(usize::from(*level)));
            page.append_nested(&sign, Role::Marker, width, |w| Page::of(flow::lines(text, w, Role::Heading)));
            let words: String =
                text.iter().filter(|r| r.kind != blocks::Kind::Number).map(|r| r.text.as_str()).collect();
            page.headings.push(Heading { line: 0, level: *level, text: Shown::new(&words) });
        }
        Block::List { start, items } => return lay_list(*start, items, width, base),
        Block::Quote(blocks) => page.append_behind("│ ", width, |w| lay(blocks, w, Role::Quote)),
        Block::Code { language, text } => {
            if let Some(language) = language {
                page.append_nested("  ", Role::Marker, width, |w| {
                    let name = [Inline { text: format!("{language}:"), ..Inline::default() }];
                    Page::of(flow::lines(&name, w, Role::Muted))
                });
            }
            page.append(Page::of(flow::code_lines(text, width)));
        }
        Block::Table(rows) => return table::lay_table(rows, width, base),
        Block::Definitions(parts) => {
            for part in parts {
                match part {
                    Definition::Term(blocks) => page.append(lay(blocks, width, Role::Strong)),
                    Definition::Detail(blocks) => page.append_behind("  ", width, |w| lay(blocks, w, base)),
                }
            }
        }
        Block::Rule => page.lines.push(Line::of(&"─".repeat(width), Role::Marker)),
        Block::Footnote { label, blocks } => {
            let label = format!("[^{label}] ");
            page.append_nested(&label, Role::Number, width, |w| lay(blocks, w, base));
        }
    }
    page
}

fn lay_list(start: Option<u64>, items: &[Item], width: usize, base: Role) -> Page {
    let last = start.map(|first| first.saturating_add(items.len().saturating_sub(1) as u64));
    let number_width = last.map_or(0, |n| n.to_string().len());
    let loose = items.iter().any(|item| item.blocks.iter().skip(1).any(|b| !matches!(b, Block::List { .. })));
    let mut page = Page::default();
    for (at, item) in items.iter().enumerate() {
        if loose {
            page.blank();
        }
        let sign = match start {
            Some(first) => format!("{:>number_width$}. ", first.saturating_add(at as u64)),
            None => "• ".to_string(),
        };
        let sign = match item.task {
            Some(done) if start.is_none() => format!("[{}] ", if done { "x" } else { " " }),
            Some(done) => format!("{sign}[{}] ", if done { "x" } else { " " }),
            None => sign,
        };
        page.append_nested(&sign, Role::Marker, width, |w| match item.blocks.as_slice() {
            [] => Page::of(vec![Line::default()]),
            // A nested list follows its entry's text without an empty line.
            [first, Block::List { start, items }] => {
                let mut inner = lay_block(first, w, base);
                inner.append(lay_list(*start, items, w, base));
                inner
            }
            blocks => lay(blocks, w, base),
        });
    }
    page
}
