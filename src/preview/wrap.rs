//! Blocks laid out as lines of a width. What is drawn has passed [`Shown`]; which colour a role has is for `view`.

use crate::shown::Shown;

use super::blocks::{self, Block, Definition, Inline, Item, Markup};
use super::{flow, table, together};

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

    /// Puts the line behind a prefix; an empty line gets none of its spaces.
    pub(super) fn put_behind(&mut self, prefix: &Shown, role: Role) {
        let text = match self.spans.is_empty() {
            true => Shown::new(prefix.as_str().trim_end()),
            false => prefix.clone(),
        };
        if !text.as_str().is_empty() {
            self.spans.insert(0, Span { text, role });
        }
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
    if body.len() < together::LONG {
        return lay_out(&blocks::parse(body, markup), width);
    }
    together::render(body, markup, width.clamp(1, MEASURE))
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
            let label = Shown::new(&format!("{:>number_width$} ", format!("[{}]", at + 1)));
            let target = [Inline { text: link.target.as_str().into(), ..Inline::default() }];
            let mut page = Page::default();
            page.nested(&label, Role::Number, width, |page, w| page.flow(&target, w, Role::Link));
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
    room: flow::Room,
}

impl Page {
    /// What is laid out by itself goes below.
    pub fn append(&mut self, page: Page) {
        let before = self.lines.len();
        self.lines.extend(page.lines);
        self.headings.extend(page.headings.into_iter().map(|h| Heading { line: h.line + before, ..h }));
    }

    /// Text flows into lines.
    pub fn flow(&mut self, runs: &[Inline], width: usize, base: Role) {
        flow::lines(&mut self.lines, &mut self.room, runs, width, base);
    }

    /// What `inner` lays out stands beside a prefix: the prefix before its first line, spaces before the others.
    pub fn nested(&mut self, prefix: &Shown, role: Role, width: usize, inner: impl FnOnce(&mut Page, usize)) {
        let taken = flow::width(prefix.as_str());
        let from = self.lines.len();
        if width < taken + NARROWEST {
            return inner(self, width);
        }
        inner(self, width - taken);
        let rest = spaces(taken);
        for (at, line) in self.lines[from..].iter_mut().enumerate() {
            line.put_behind(if at == 0 { prefix } else { &rest }, role);
        }
    }

    /// What `inner` lays out stands behind a bar or an indent on every line.
    pub fn behind(&mut self, prefix: &'static str, width: usize, inner: impl FnOnce(&mut Page, usize)) {
        let taken = flow::width(prefix);
        let from = self.lines.len();
        if width < taken + NARROWEST {
            return inner(self, width);
        }
        inner(self, width - taken);
        let prefix = Shown::from(prefix);
        self.lines[from..].iter_mut().for_each(|line| line.put_behind(&prefix, Role::Marker));
    }
}

/// So many blanks.
fn spaces(columns: usize) -> Shown {
    const BLANKS: &str = "                ";
    BLANKS.get(..columns).map_or_else(|| Shown::new(&" ".repeat(columns)), Shown::from)
}

/// Blocks one below the other, an empty line between them.
pub(super) fn lay(blocks: &[Block], width: usize, base: Role) -> Page {
    let mut page = Page::default();
    lay_on(&mut page, blocks, width, base);
    page
}

/// The same, below what stands on the page already.
pub(super) fn lay_on(page: &mut Page, blocks: &[Block], width: usize, base: Role) {
    let top = page.lines.len();
    for (at, block) in blocks.iter().enumerate() {
        let before = at.checked_sub(1).map(|b| &blocks[b]);
        let close = before.is_some_and(|before| are_close(before, block));
        if before.is_some() && !close && page.lines.len() > top {
            page.lines.push(Line::default());
        }
        if matches!(block, Block::Footnote { .. }) && !before.is_some_and(|b| matches!(b, Block::Footnote { .. })) {
            page.lines.push(Line::of(&"─".repeat(width.min(20)), Role::Marker));
        }
        lay_block(page, block, width, base);
    }
}

fn is_labels(block: &Block) -> bool {
    matches!(block, Block::Paragraph(runs) if runs.iter().all(|r| r.kind.is_label() || r.text.trim().is_empty()
        || r.kind == blocks::Kind::Number) && runs.iter().any(|r| r.kind.is_label()))
}

/// Whether no empty line stands between two blocks.
pub(super) fn are_close(before: &Block, block: &Block) -> bool {
    let are_footnotes = matches!((before, block), (Block::Footnote { .. }, Block::Footnote { .. }));
    are_footnotes || is_labels(before) && is_labels(block)
}

fn lay_block(page: &mut Page, block: &Block, width: usize, base: Role) {
    match block {
        Block::Paragraph(runs) => page.flow(runs, width, base),
        Block::Heading { level, text } => {
            let words: String =
                text.iter().filter(|r| r.kind != blocks::Kind::Number).map(|r| r.text.as_str()).collect();
            page.headings.push(Heading { line: page.lines.len(), level: *level, text: Shown::new(&words) });
            let sign = Shown::new(&format!("{} ", "#".repeat(usize::from(*level))));
            page.nested(&sign, Role::Marker, width, |page, w| page.flow(text, w, Role::Heading));
        }
        Block::List { start, items } => lay_list(page, *start, items, width, base),
        Block::Quote(blocks) => page.behind("│ ", width, |page, w| lay_on(page, blocks, w, Role::Quote)),
        Block::Code { language, text } => {
            if let Some(language) = language {
                page.nested(&Shown::from("  "), Role::Marker, width, |page, w| {
                    let name = [Inline { text: format!("{language}:").into(), ..Inline::default() }];
                    page.flow(&name, w, Role::Muted);
                });
            }
            flow::code_lines(&mut page.lines, &mut page.room, text, width);
        }
        Block::Table(rows) => page.append(table::lay_table(rows, width, base)),
        Block::Definitions(parts) => {
            for part in parts {
                match part {
                    Definition::Term(blocks) => lay_on(page, blocks, width, Role::Strong),
                    Definition::Detail(blocks) => page.behind("  ", width, |page, w| lay_on(page, blocks, w, base)),
                }
            }
        }
        Block::Rule => page.lines.push(Line::of(&"─".repeat(width), Role::Marker)),
        Block::Footnote { label, blocks } => {
            let label = Shown::new(&format!("[^{label}] "));
            page.nested(&label, Role::Number, width, |page, w| lay_on(page, blocks, w, base));
        }
    }
}

fn lay_list(page: &mut Page, start: Option<u64>, items: &[Item], width: usize, base: Role) {
    let last = start.map(|first| first.saturating_add(items.len().saturating_sub(1) as u64));
    let number_width = last.map_or(0, |n| n.to_string().len());
    let loose = items.iter().any(|item| item.blocks.iter().skip(1).any(|b| !matches!(b, Block::List { .. })));
    let top = page.lines.len();
    for (at, item) in items.iter().enumerate() {
        if loose && page.lines.len() > top {
            page.lines.push(Line::default());
        }
        let number = start.map(|first| format!("{:>number_width$}. ", first.saturating_add(at as u64)));
        let sign = match (item.task, number) {
            (None, None) => Shown::from("• "),
            (None, Some(number)) => Shown::new(&number),
            (Some(done), number) => {
                let number = number.unwrap_or_default();
                Shown::new(&format!("{number}[{}] ", if done { "x" } else { " " }))
            }
        };
        page.nested(&sign, Role::Marker, width, |page, w| match item.blocks.as_slice() {
            [] => page.lines.push(Line::default()),
            // A nested list follows its entry's text without an empty line.
            [first, Block::List { start, items }] => {
                lay_block(page, first, w, base);
                lay_list(page, *start, items, w, base);
            }
            blocks => lay_on(page, blocks, w, base),
        });
    }
}
