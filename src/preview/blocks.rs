//! What a body says: blocks of text with spans, whatever markup it was written in.

use compact_str::CompactString;

use crate::content::body;

use super::wrap::Link;

/// The language of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    Html,
    /// CommonMark with the usual extensions; a body that is HTML through and through is read as HTML all the same.
    Markdown,
}

impl Markup {
    /// The language that a file's name stands for.
    pub fn of(path: &str) -> Markup {
        let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        if ending == "html" || ending == "htm" { Markup::Html } else { Markup::Markdown }
    }
}

/// A body taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    pub blocks: Vec<Block>,
    /// In the order of their numbers, which start at 1.
    pub links: Vec<Link>,
}

/// One block of a body. Containers nest to a bounded depth, so that walking them cannot exhaust the stack.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Heading {
        level: u8,
        text: Vec<Inline>,
    },
    /// Text. Where it holds nothing but labels (images, media, shortcodes) it stands close to its like.
    Paragraph(Vec<Inline>),
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        items: Vec<Item>,
    },
    Quote(Vec<Block>),
    Code {
        language: Option<String>,
        text: String,
    },
    Table(Vec<Vec<Cell>>),
    Definitions(Vec<Definition>),
    Rule,
    /// What a footnote says; footnotes stand last.
    Footnote {
        label: String,
        blocks: Vec<Block>,
    },
}

/// An entry of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Whether a task is done; `None` where it is no task.
    pub task: Option<bool>,
    pub blocks: Vec<Block>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub header: bool,
    pub columns: usize,
    pub rows: usize,
    pub align: Align,
    pub blocks: Vec<Block>,
}

/// Where the lines of a cell stand in its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

/// A part of a definition list.
#[derive(Clone, Debug, PartialEq)]
pub enum Definition {
    Term(Vec<Block>),
    Detail(Vec<Block>),
}

/// A run of text that is all alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inline {
    pub kind: Kind,
    pub text: CompactString,
    pub style: Style,
}

/// What a run of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    Code,
    /// An image, as `[image: alternative text, size, path]`.
    Image,
    /// A frame, video or sound, as a labelled link.
    Media,
    /// A shortcode or another template tag.
    Template,
    /// The number behind a link, or a reference to a footnote.
    Number,
    /// A line break that was asked for.
    Break,
}

impl Kind {
    /// Whether it is a label for something that is not text.
    pub fn is_label(self) -> bool {
        matches!(self, Kind::Image | Kind::Media | Kind::Template)
    }
}

/// How a run of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub strong: bool,
    pub emphasis: bool,
    pub strike: bool,
    /// The number of the link it belongs to.
    pub link: Option<usize>,
}

/// What takes finished blocks from the one who reads.
pub(super) type HandOn<'t> = dyn FnMut(Vec<Block>) + 't;

/// Takes a body apart.
pub fn parse(body: &str, markup: Markup) -> Parsed {
    let mut before = Vec::new();
    let mut parsed = parse_in_parts(body, markup, &mut |mut blocks| before.append(&mut blocks));
    before.append(&mut parsed.blocks);
    Parsed { blocks: before, ..parsed }
}

/// The same, blocks handed on as they are finished; what is left at the end is given, with all links.
pub(super) fn parse_in_parts(body: &str, markup: Markup, hand_on: &mut HandOn<'_>) -> Parsed {
    match markup {
        Markup::Markdown if !body::is_html(body) => super::markdown::parse(body, hand_on),
        _ => super::html::parse(body, hand_on),
    }
}
