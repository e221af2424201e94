//! HTML as a stream of pieces: text, opening tags, closing tags. Entities are decoded, comments dropped.
//!
//! No tree is built, so no depth can exhaust the stack. What the pieces mean is for the reader of the stream.

use std::cell::RefCell;

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
pub struct Opened<'a>(&'a Tag);

impl<'a> Opened<'a> {
    /// The name in lower case.
    pub fn name(&self) -> &'a str {
        &self.0.name
    }

    /// The value of an attribute; empty where it stands without one.
    pub fn attr(&self, name: &str) -> Option<&'a str> {
        self.0.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
    }

    /// Whether no closing tag can follow.
    pub fn is_void(&self) -> bool {
        matches!(
            self.name(),
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
        ) || (self.0.self_closing && self.name() == "svg")
    }
}

/// Reads `html` and hands over its pieces in order.
pub fn pieces(html: &str, take: impl FnMut(Piece<'_>)) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Sink { take: RefCell::new(take) }, options);
    // The tokenizer stops after `</script>` and at encoding hints, for us to go on at once.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
}

struct Sink<F> {
    take: RefCell<F>,
}

impl<F: FnMut(Piece<'_>)> TokenSink for Sink<F> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let take = &mut *self.take.borrow_mut();
        match token {
            Token::CharacterTokens(text) => take(Piece::Text(&text)),
            Token::NullCharacterToken => take(Piece::Text("\0")),
            TagToken(tag) if tag.kind == StartTag => {
                take(Piece::Open(Opened(&tag)));
                return raw_content(&tag.name);
            }
            TagToken(tag) => take(Piece::Close(&tag.name)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose content is characters until their closing tag.
fn raw_content(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
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
