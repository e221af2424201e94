//! HTML that is written plainly, read without copying anything: text without entities, tags in lower case whose attributes hold none.
//!
//! Most of what people write is so, and long bodies are read ten times faster. Whatever could mean anything but what it looks like is left
//! to html5ever, and the tests hold the two beside each other. Not here: entities, comments, scripts and the like, anything broken.

use super::{Attributes, Opened, Piece, raw_content};

/// Hands over the pieces that `html` begins with, and gives the rest, from where something is not plain.
pub(super) fn pieces<'a>(html: &'a str, take: &mut impl FnMut(Piece<'_>)) -> &'a str {
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) = rest.split_at(memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len()));
        let plain = text.bytes().position(is_odd).unwrap_or(text.len());
        if plain > 0 {
            take(Piece::Text(&text[..plain]));
        }
        if plain < text.len() {
            return &rest[plain..];
        }
        if tag.is_empty() {
            return tag;
        }
        let Some((piece, after)) = whole_tag(tag) else { return tag };
        take(piece);
        rest = after;
    }
    rest
}

/// What html5ever makes something else of, wherever it stands.
fn is_odd(byte: u8) -> bool {
    matches!(byte, b'&' | b'\r' | b'\0')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c')
}

/// The tag that `html` begins with, and what follows it.
fn whole_tag(html: &str) -> Option<(Piece<'_>, &str)> {
    if let Some(closing) = html.strip_prefix("</") {
        let (name, rest) = name(closing)?;
        return Some((Piece::Close(name), rest.strip_prefix('>')?));
    }
    let (name, rest) = name(html.strip_prefix('<')?)?;
    if raw_content(name).is_some() {
        return None;
    }
    let mut after = rest;
    while let Some((_, _, more)) = attribute(after) {
        after = more;
    }
    after = after.trim_start_matches([' ', '\t', '\n', '\x0c']);
    let is_closed = after.starts_with('/');
    after = after.strip_prefix('/').unwrap_or(after).strip_prefix('>')?;
    Some((Piece::Open(Opened { name, attributes: Attributes::Written(rest), is_closed }), after))
}

/// A name in lower case, and what follows it.
fn name(html: &str) -> Option<(&str, &str)> {
    let end = html.bytes().position(|b| !matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b':' | b'_'))?;
    html.starts_with(|c: char| c.is_ascii_lowercase()).then(|| html.split_at(end))
}

/// The attribute that `html` begins with: white space, its name, its value, and what follows.
fn attribute(html: &str) -> Option<(&str, &str, &str)> {
    let start = html.bytes().position(|b| !is_space(b)).filter(|start| *start > 0)?;
    let (name, rest) = name(&html[start..])?;
    let Some(value) = rest.strip_prefix('=') else { return ends(rest).then_some((name, "", rest)) };
    let (value, rest) = match value.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let end = memchr::memchr(*quote, &value.as_bytes()[1..])?;
            (&value[1..1 + end], &value[end + 2..])
        }
        _ => {
            let end = value.bytes().position(|b| is_space(b) || b == b'>')?;
            let has_odd = value[..end].contains(['"', '\'', '<', '=', '`']);
            value.split_at_checked(end).filter(|_| end > 0 && !has_odd)?
        }
    };
    (ends(rest) && !value.bytes().any(is_odd)).then_some((name, value, rest))
}

/// Whether an attribute can end before `rest`.
fn ends(rest: &str) -> bool {
    rest.bytes().next().is_some_and(|b| is_space(b) || matches!(b, b'>' | b'/'))
}

/// The names and values of the attributes that `written` begins with, in a tag that has been found plain.
pub(super) fn attributes(written: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = written;
    std::iter::from_fn(move || {
        let (name, value, after) = attribute(rest)?;
        rest = after;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Odd, pieces};
    use super::*;
    use proptest::prelude::*;
    use std::cell::RefCell;

    /// The pieces in words, texts joined.
    #[derive(Default)]
    struct Said(Vec<String>);

    impl Said {
        fn piece(&mut self, piece: Piece<'_>) {
            match (piece, self.0.last_mut()) {
                (Piece::Text(more), Some(text)) if text.starts_with("text ") => text.push_str(more),
                (Piece::Text(text), _) => self.0.push(format!("text {text}")),
                (Piece::Close(name), _) => self.0.push(format!("close {name}")),
                (Piece::Open(tag), _) => {
                    let named = ["a", "href", "b-c", "d", "x:y", "data_1"].map(|name| (name, tag.attr(name)));
                    let given =
                        named.iter().filter_map(|(name, value)| value.map(|value| format!(" {name}={value:?}")));
                    self.0.push(format!("open {}{} {}", tag.name(), given.collect::<String>(), tag.is_void()));
                }
            }
        }
    }

    #[track_caller]
    fn is_read_as_html5ever_reads_it(html: &str) {
        let mut said = Said::default();
        pieces(html, |piece| said.piece(piece));
        let alone = RefCell::new(Said::default());
        let take = RefCell::new(|piece: Piece<'_>| alone.borrow_mut().piece(piece));
        let odd = Odd::new(&take);
        let mut rest = html;
        while !rest.is_empty() {
            rest = odd.pieces(rest);
        }
        odd.tokenizer.end();
        assert_eq!(said.0, alone.borrow().0, "{html:?}");
    }

    #[test]
    fn plain_html_is_read_without_help_and_ends_where_it_is_not_plain() {
        for (html, rest) in [
            ("<p class=\"a\" id='b' data-x=1/2 hidden>two\n<br/><b >x</b></p>", ""),
            ("<p>a &amp; b", "&amp; b"),
            ("a<P>b", "<P>b"),
            ("a<!-- b -->", "<!-- b -->"),
            ("<i>a</i ><i>", "</i ><i>"),
            ("<a href='?a&amp;b'>", "<a href='?a&amp;b'>"),
            ("<a href=\"x\"id=y>", "<a href=\"x\"id=y>"),
            ("<b>x<script>1<b>2</script>", "<script>1<b>2</script>"),
            ("<p>2 < 3", "< 3"),
            ("<p>a\r\nb", "\r\nb"),
            ("<p>open <b", "<b"),
        ] {
            assert_eq!(super::pieces(html, &mut |_| ()), rest, "{html:?}");
        }
    }

    #[test]
    fn what_is_odd_is_read_as_if_all_were() {
        for html in [
            "<p>a &amp; b &nbsp;<b>c</b> &lt;d &notin e &unknown; f</p>",
            "&amp<p>&am<b>p; &#65;&#x42;&#0;&",
            "a<!-- b > c --> <b>d</b> <!--> <i>e <!---> f <!- g > h <!doctype html> i",
            "<script>if (a < b && b > c) { '<p>' }</script><p>x</p>",
            "<title>a <b> c &amp; d</title><p>x<textarea> <p> </textarea><p>y</p><style>p > a {}</style>z",
            "<iframe src='a'><p>not read</p></iframe><p>x",
            "<script>never closed <p> a </p> > b",
            "<P CLASS=A>a</P><p a=1 a=2 A=3>b<a href=/x/y/ d>c<br/><svg/><svg />",
            "<a href=a>b</a href=c> 2 < 3 > 1 <3 </ > </> <? pi ?> <![CDATA[ a > b ]]> c",
            "<a href='one\ntwo\r\nthree'>a\r\nb\rc\0d</a>",
            "<a href='<p>\">' d=\"'>\">a</a><a href = x>b</a><a href= x d =y>c</a><a href=\"x\"d=y>d</a><a/href=e>",
            "<a href='never closed><p>a</p>",
            "<a =x b-c=`y` d=z\"> <a href=a<b> <a x:y data_1=\u{a0}>\u{feff}<p\u{a0}> <é> <a é=1 href=2>",
            "<meta charset=latin1><p>a</p><META charset=latin1><p>b",
        ] {
            is_read_as_html5ever_reads_it(html);
            for (end, _) in html.char_indices() {
                is_read_as_html5ever_reads_it(&html[..end]);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn any_html_is_read_as_html5ever_reads_it(parts in prop::collection::vec(prop::sample::select(vec![
            "<", ">", "</", "/", "/>", "p", "a", "b", " ", "\n", "\r", "\0", "=", "'", "\"", "&", "&amp;", "&am", ";", "#65", "!--", "--",
            "-->", "!", "?", "script", "title", "<script>", "</script>", "<p>", "</p>", "<a href='x'>", " href=", " d", "</a>", "é", "P",
            "\u{a0}", "x:y", "<br/>", "text of a body", "[CDATA[", "]]>", "`",
        ]), 0..24)) {
            is_read_as_html5ever_reads_it(&parts.concat());
        }
    }
}
