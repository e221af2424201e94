//! HTML as a stream of pieces: text, opening tags, closing tags. Entities are decoded, comments dropped.
//!
//! No tree is built, so no depth can exhaust the stack. What is written plainly is read by [`plain`], all else by html5ever, which says
//! what any of it means. What the pieces mean is for the reader of the stream.

mod plain;

use std::cell::{Cell, RefCell};

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// One piece of an HTML text.
pub enum Piece<'a> {
    /// Characters; a run may come in several pieces.
    Text(&'a str),
    /// An opening (or void) tag.
    Open(Opened<'a>),
    /// A closing tag's name, in lower case.
    Close(&'a str),
}

/// An opening tag with its attributes.
#[derive(Clone, Copy)]
pub struct Opened<'a> {
    name: &'a str,
    attributes: Attributes<'a>,
    is_closed: bool,
}

#[derive(Clone, Copy)]
enum Attributes<'a> {
    /// As html5ever gives them.
    Read(&'a [Attribute]),
    /// As they are written: each is plain.
    Written(&'a str),
}

impl<'a> Opened<'a> {
    fn of(tag: &'a Tag) -> Opened<'a> {
        Opened { name: &tag.name, attributes: Attributes::Read(&tag.attrs), is_closed: tag.self_closing }
    }

    /// The name in lower case.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The value of an attribute; empty where it stands without one.
    pub fn attr(&self, name: &str) -> Option<&'a str> {
        match self.attributes {
            Attributes::Read(all) => all.iter().find(|a| &*a.name.local == name).map(|a| &*a.value),
            Attributes::Written(text) => plain::attributes(text).find(|(key, _)| *key == name).map(|(_, value)| value),
        }
    }

    /// Whether no closing tag can follow.
    pub fn is_void(&self) -> bool {
        matches!(
            self.name,
            "area"
                | "base"
                | "br"
                | "col"
                | "embed"
                | "hr"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "source"
                | "track"
                | "wbr"
        ) || (self.is_closed && self.name == "svg")
    }
}

/// Reads `html` and hands over its pieces in order.
pub fn pieces(html: &str, take: impl FnMut(Piece<'_>)) {
    let take = RefCell::new(take);
    let mut odd = None;
    let mut rest = html;
    while !rest.is_empty() {
        rest = plain::pieces(rest, &mut *take.borrow_mut());
        if !rest.is_empty() {
            rest = odd.get_or_insert_with(|| Odd::new(&take)).pieces(rest);
        }
    }
    if let Some(odd) = odd {
        odd.tokenizer.end();
    }
}

/// What is not plain, read by html5ever.
struct Odd<'t, F: FnMut(Piece<'_>)> {
    tokenizer: Tokenizer<Sink<'t, F>>,
}

impl<'t, F: FnMut(Piece<'_>)> Odd<'t, F> {
    fn new(take: &'t RefCell<F>) -> Odd<'t, F> {
        let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
        Odd { tokenizer: Tokenizer::new(Sink { take, is_between: Cell::new(false) }, options) }
    }

    /// Reads on to the end of the next tag or comment, and gives what follows it.
    ///
    /// Both end at a `>` and nowhere else. So html5ever gets the text from one `>` to the next, and where the last of these letters made
    /// a tag or a comment whole, nothing of it is left within html5ever.
    fn pieces<'a>(&self, html: &'a str) -> &'a str {
        let between = &self.tokenizer.sink.is_between;
        between.set(false);
        let mut rest = html;
        while !rest.is_empty() && !between.get() {
            let (part, after) = rest.split_at(memchr::memchr(b'>', rest.as_bytes()).map_or(rest.len(), |at| at + 1));
            let input = BufferQueue::default();
            input.push_back(StrTendril::from_slice(part));
            // The tokenizer stops after `</script>` and at encoding hints, for us to go on at once.
            while !input.is_empty() {
                let _ = self.tokenizer.feed(&input);
            }
            rest = after;
        }
        rest
    }
}

struct Sink<'t, F> {
    take: &'t RefCell<F>,
    /// A tag or a comment has just ended, and what follows it is read like the start of a text.
    is_between: Cell<bool>,
}

impl<F: FnMut(Piece<'_>)> TokenSink for Sink<'_, F> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let take = &mut *self.take.borrow_mut();
        match token {
            Token::CharacterTokens(text) => take(Piece::Text(&text)),
            Token::NullCharacterToken => take(Piece::Text("\0")),
            TagToken(tag) if tag.kind == StartTag => {
                take(Piece::Open(Opened::of(&tag)));
                let content = raw_content(&tag.name);
                self.is_between.set(content.is_none());
                return content.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            TagToken(tag) => {
                take(Piece::Close(&tag.name));
                self.is_between.set(true);
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) => self.is_between.set(true),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the content of an element is read that is characters until its closing tag.
fn raw_content(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// Whether an element stands on lines of its own.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "iframe"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "video"
    )
}

/// Whether an element's content is nothing to read.
pub fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "audio"
            | "canvas"
            | "head"
            | "iframe"
            | "math"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "video"
    )
}

/// Whether HTML knows an inline element of this name; with [`is_block`] and [`is_hidden`]: whether it knows it at all.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "area"
            | "b"
            | "base"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "cite"
            | "code"
            | "col"
            | "colgroup"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "embed"
            | "font"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "link"
            | "map"
            | "mark"
            | "meta"
            | "meter"
            | "nobr"
            | "option"
            | "output"
            | "param"
            | "picture"
            | "progress"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "source"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "track"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Whether `name`, in lower case, is an element of HTML.
pub fn is_known(name: &str) -> bool {
    is_block(name) || is_hidden(name) || is_inline(name)
}
