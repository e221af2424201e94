//! Putting blocks together from a stream of openings, closings and text, however broken its nesting is.
//!
//! The open containers lie on a stack of bounded depth: what is nested deeper keeps its text and loses its indent.

use crate::content::body::template::Lifted;

use super::blocks::{Align, Block, Cell, Definition, HandOn, Item, Kind, Parsed};
use super::inline::{Open, Runs};

/// Containers nest to this depth; the deepest real body seen has nine.
const DEEPEST: usize = 40;
/// Tables within tables are measured anew at every level, so they end early.
const DEEPEST_TABLE: usize = 2;
/// So many finished blocks are handed on at once.
const PART: usize = 512;

/// What an open container will become.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holder {
    Root,
    Quote,
    Item { task: Option<bool> },
    Term,
    Detail,
    Cell { header: bool, columns: usize, rows: usize, align: Align },
    Footnote { label: String },
    List { start: Option<u64>, items: Vec<Item> },
    Table { rows: Vec<Vec<Cell>>, head: bool },
    Definitions(Vec<Definition>),
    Heading(u8),
    Code { language: Option<String>, text: String },
}

impl Holder {
    /// Whether it holds blocks of its own, so that what stands around it cannot be closed from within.
    fn is_wall(&self) -> bool {
        matches!(self, Holder::Root | Holder::Cell { .. } | Holder::Footnote { .. })
    }

    fn holds_blocks(&self) -> bool {
        matches!(
            self,
            Holder::Root
                | Holder::Quote
                | Holder::Item { .. }
                | Holder::Term
                | Holder::Detail
                | Holder::Cell { .. }
                | Holder::Footnote { .. }
        )
    }
}

struct Frame {
    holder: Holder,
    blocks: Vec<Block>,
    /// What was open around it, open again after it.
    around: Open,
}

/// A place on the stack to come back to.
#[derive(Clone, Copy)]
pub(super) struct Depth {
    frames: usize,
    deeper: usize,
}

/// The blocks so far, and the containers that are open.
pub(super) struct Builder<'a> {
    pub lifted: &'a Lifted<'a>,
    hand_on: &'a mut HandOn<'a>,
    pub runs: Runs,
    frames: Vec<Frame>,
    /// Containers opened beyond [`DEEPEST`], for their closings to match.
    deeper: usize,
    footnotes: Vec<Block>,
    line_start: usize,
}

impl<'a> Builder<'a> {
    pub fn new(lifted: &'a Lifted<'a>, hand_on: &'a mut HandOn<'a>) -> Builder<'a> {
        let root = Frame { holder: Holder::Root, blocks: Vec::new(), around: Open::default() };
        let (runs, frames) = (Runs::default(), vec![root]);
        Builder { lifted, hand_on, runs, frames, deeper: 0, footnotes: Vec::new(), line_start: 0 }
    }

    /// Where the stack stands.
    pub fn depth(&self) -> Depth {
        Depth { frames: self.frames.len(), deeper: self.deeper }
    }

    /// Closes everything opened since.
    pub fn close_to(&mut self, depth: Depth) {
        self.flush();
        while self.frames.len() > depth.frames.max(1) {
            self.pop();
        }
        self.deeper = self.deeper.min(depth.deeper);
    }

    /// Opens a container, after closing what it cannot stand in.
    pub fn open(&mut self, holder: Holder) {
        self.flush();
        self.close_leaf();
        let tables = self.frames.iter().filter(|f| matches!(f.holder, Holder::Table { .. })).count();
        let nested_table = matches!(holder, Holder::Table { .. }) && tables >= DEEPEST_TABLE;
        if self.deeper > 0 || self.frames.len() >= DEEPEST || nested_table {
            self.deeper += 1;
            return;
        }
        self.push(holder);
    }

    fn push(&mut self, holder: Holder) {
        self.frames.push(Frame { holder, blocks: Vec::new(), around: self.runs.open });
    }

    /// Closes the nearest container that `is` meets, and all within it; nothing where there is none.
    pub fn close(&mut self, is: impl Fn(&Holder) -> bool) {
        self.flush();
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        self.close_in_reach(is);
    }

    fn close_in_reach(&mut self, is: impl Fn(&Holder) -> bool) {
        for at in (1..self.frames.len()).rev() {
            if is(&self.frames[at].holder) {
                return self.close_to(Depth { frames: at, deeper: self.deeper });
            }
            let table_cell = matches!(self.frames[at].holder, Holder::Cell { .. });
            if self.frames[at].holder.is_wall() && !(table_cell && is_table(&is)) {
                return;
            }
        }
    }

    /// Closes an entry, a cell or a heading, which do not count where the nesting is too deep for them, but not beyond `edge`.
    pub fn close_part(&mut self, is: impl Fn(&Holder) -> bool, edge: impl Fn(&Holder) -> bool) {
        self.flush();
        if self.deeper > 0 {
            return;
        }
        for at in (1..self.frames.len()).rev() {
            let holder = &self.frames[at].holder;
            if is(holder) {
                return self.close_to(Depth { frames: at, deeper: 0 });
            }
            if edge(holder) || holder.is_wall() {
                return;
            }
        }
    }

    /// A list's entry, a term, a detail or a cell begins: the one before it ends, and a missing list is made.
    pub fn open_part(&mut self, holder: Holder) {
        self.flush();
        self.close_leaf();
        if self.deeper > 0 {
            return;
        }
        let fits: fn(&Holder) -> bool = match holder {
            Holder::Item { .. } => |h| matches!(h, Holder::List { .. }),
            Holder::Term | Holder::Detail => |h| matches!(h, Holder::Definitions(_)),
            _ => |h| matches!(h, Holder::Table { .. }),
        };
        let is_cell = matches!(holder, Holder::Cell { .. });
        let wall = |f: &Frame| f.holder.is_wall() && !(is_cell && matches!(f.holder, Holder::Cell { .. }));
        let reach = self.frames.iter().rposition(|f| fits(&f.holder) || wall(f)).unwrap_or(0);
        if fits(&self.frames[reach].holder) {
            self.close_to(Depth { frames: reach + 1, deeper: 0 });
        } else {
            match holder {
                Holder::Item { .. } => self.open(Holder::List { start: None, items: Vec::new() }),
                Holder::Term | Holder::Detail => self.open(Holder::Definitions(Vec::new())),
                // A cell without a table is text.
                _ => return,
            }
        }
        if let (Holder::Cell { .. }, Holder::Table { rows, .. }) = (&holder, &mut self.top().holder)
            && rows.is_empty()
        {
            rows.push(Vec::new());
        }
        if self.deeper == 0 {
            self.push(holder);
        }
    }

    /// A row of the nearest table begins.
    pub fn open_row(&mut self) {
        self.flush();
        if self.deeper > 0 {
            return;
        }
        let Some(table) = self.frames.iter().rposition(|f| matches!(f.holder, Holder::Table { .. })) else { return };
        self.close_to(Depth { frames: table + 1, deeper: 0 });
        if let Holder::Table { rows, .. } = &mut self.top().holder {
            rows.push(Vec::new());
        }
    }

    /// The head of the nearest table begins or ends.
    pub fn table_head(&mut self, begins: bool) {
        self.flush();
        let table = self.frames.iter_mut().rev().find(|f| matches!(f.holder, Holder::Table { .. }));
        if let Some(Frame { holder: Holder::Table { head, .. }, .. }) = table {
            *head = begins;
        }
    }

    /// Whether cells that begin now stand in the head of their table.
    pub fn in_table_head(&self) -> bool {
        let table = self.frames.iter().rev().find(|f| matches!(f.holder, Holder::Table { .. }));
        matches!(table, Some(Frame { holder: Holder::Table { head: true, .. }, .. }))
    }

    /// The entry that is open is a task.
    pub fn task(&mut self, done: bool) {
        if let Holder::Item { task } = &mut self.top().holder {
            *task = Some(done);
        }
    }

    /// Text of the body.
    pub fn text(&mut self, raw: &str) {
        let lifted = self.lifted;
        match &mut self.top().holder {
            Holder::Code { text, .. } => text.push_str(&lifted.restore(raw)),
            _ => self.runs.text(raw, lifted),
        }
    }

    /// A line break that was asked for.
    pub fn line_break(&mut self) {
        match &mut self.top().holder {
            Holder::Code { text, .. } => text.push('\n'),
            _ => self.runs.line_break(),
        }
    }

    /// The source's line ends: a line of nothing but shortcodes stands alone.
    pub fn soft_break(&mut self) {
        if let Some(labels) = self.runs.split_labels(self.line_start) {
            self.flush_text();
            self.add(Block::Paragraph(labels));
        } else {
            let lifted = self.lifted;
            self.runs.text(" ", lifted);
        }
        self.line_start = self.runs.len();
    }

    /// The language of the code that is open, where it is told late (`<pre><code class=…>`).
    pub fn code_language(&mut self, name: &str) {
        if let Holder::Code { language, .. } = &mut self.top().holder {
            language.get_or_insert_with(|| name.to_string());
        }
    }

    /// Whether the innermost container is code.
    pub fn in_code(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { holder: Holder::Code { .. }, .. }))
    }

    /// The paragraph ends.
    pub fn flush(&mut self) {
        if self.in_code() {
            return;
        }
        let labels = self.runs.split_labels(self.line_start);
        self.flush_text();
        if let Some(labels) = labels {
            self.add(Block::Paragraph(labels));
        }
    }

    fn flush_text(&mut self) {
        self.line_start = 0;
        if self.runs.is_empty() {
            return;
        }
        let text = self.runs.take();
        if text.is_empty() {
            return;
        }
        match self.top().holder {
            Holder::Heading(level) => self.pop_heading(level, text),
            _ => self.add(Block::Paragraph(text)),
        }
    }

    fn pop_heading(&mut self, level: u8, text: Vec<super::blocks::Inline>) {
        if let Some(frame) = self.frames.pop() {
            self.runs.open = frame.around;
        }
        self.add(Block::Heading { level, text });
    }

    /// A rule.
    pub fn rule(&mut self) {
        self.flush();
        self.close_leaf();
        self.add(Block::Rule);
    }

    /// A heading or code that is still open ends where another block begins.
    fn close_leaf(&mut self) {
        while matches!(self.frames.last(), Some(Frame { holder: Holder::Heading(_) | Holder::Code { .. }, .. })) {
            self.pop();
        }
    }

    fn top(&mut self) -> &mut Frame {
        // The root is never popped: every loop over the stack ends at 1.
        self.frames.last_mut().expect("the root stays")
    }

    /// Gives a finished block to the innermost container that can take it.
    fn add(&mut self, block: Block) {
        for frame in self.frames.iter_mut().rev() {
            match &mut frame.holder {
                Holder::List { items, .. } => {
                    match items.last_mut() {
                        Some(item) => item.blocks.push(block),
                        None => items.push(Item { task: None, blocks: vec![block] }),
                    }
                    return;
                }
                Holder::Definitions(parts) => {
                    parts.push(Definition::Detail(vec![block]));
                    return;
                }
                holder if holder.holds_blocks() => {
                    frame.blocks.push(block);
                    if matches!(holder, Holder::Root) && frame.blocks.len() >= PART {
                        (self.hand_on)(std::mem::take(&mut frame.blocks));
                    }
                    return;
                }
                // What stands in a table outside its cells goes before the table, as browsers have it.
                _ => {}
            }
        }
    }

    fn pop(&mut self) {
        if !self.in_code() {
            let before = self.frames.len();
            self.flush();
            // A heading leaves the stack with its text.
            if self.frames.len() < before {
                return;
            }
        }
        let Some(Frame { holder, blocks, around }) = self.frames.pop() else { return };
        self.runs.open = around;
        match holder {
            Holder::Item { task } => {
                if let Holder::List { items, .. } = &mut self.top().holder {
                    items.push(Item { task, blocks });
                }
            }
            Holder::Term | Holder::Detail => {
                let part = if holder == Holder::Term { Definition::Term(blocks) } else { Definition::Detail(blocks) };
                if let Holder::Definitions(parts) = &mut self.top().holder {
                    parts.push(part);
                }
            }
            Holder::Cell { header, columns, rows: span, align } => {
                if let Holder::Table { rows, .. } = &mut self.top().holder
                    && let Some(row) = rows.last_mut()
                {
                    row.push(Cell { header, columns, rows: span, align, blocks });
                }
            }
            Holder::Footnote { label } => self.footnotes.push(Block::Footnote { label, blocks }),
            holder => self.add_closed(holder, blocks),
        }
    }

    fn add_closed(&mut self, holder: Holder, blocks: Vec<Block>) {
        match holder {
            Holder::Quote if !blocks.is_empty() => self.add(Block::Quote(blocks)),
            Holder::List { start, items } if !items.is_empty() => self.add(Block::List { start, items }),
            Holder::Definitions(parts) if !parts.is_empty() => self.add(Block::Definitions(parts)),
            Holder::Code { language, text } if !text.trim().is_empty() => self.add(Block::Code { language, text }),
            Holder::Table { mut rows, .. } => {
                rows.retain(|row| !row.is_empty());
                if !rows.is_empty() {
                    self.add(Block::Table(rows));
                }
            }
            _ => {}
        }
    }

    /// A label as a run of the paragraph.
    pub fn label(&mut self, kind: Kind, text: &str) {
        let plain = self.lifted.restore(text);
        self.runs.label(kind, &plain);
    }

    /// A link begins; a shortcode in its target stands for the page it names.
    pub fn open_link(&mut self, target: &str) {
        let target = self.lifted.target(target);
        self.runs.open_link(&target);
    }

    /// The whole body.
    pub fn finish(mut self) -> Parsed {
        self.close_to(Depth { frames: 1, deeper: 0 });
        let root = self.frames.pop().map(|f| f.blocks).unwrap_or_default();
        let mut blocks = root;
        blocks.append(&mut self.footnotes);
        Parsed { blocks, links: self.runs.into_links() }
    }
}

/// Whether a test asks for a table: a table's end closes through its cells.
fn is_table(is: &impl Fn(&Holder) -> bool) -> bool {
    is(&Holder::Table { rows: Vec::new(), head: false })
}
