//! Runs of text flowing into lines: by grapheme, without hyphens, wide characters at their width.
//!
//! A word is broken only where it is longer than a line. Between wide characters (Chinese, Japanese) a line may end, but
//! not so that closing punctuation begins the next one.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::shown::Shown;

use super::blocks::{Inline, Kind};
use super::wrap::{Line, Role, Span};

/// The columns that `text` takes: the sum over its graphemes, as a terminal draws them.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// Puts lines of at most `width` columns below others; plain text has the role `base`.
pub(super) fn lines(lines: &mut Vec<Line>, room: &mut Room, runs: &[Inline], width: usize, base: Role) {
    let mut flow = Flow::below(lines, room, width);
    let mut struck = false;
    for run in runs {
        let strike = run.style.strike && run.kind != Kind::Break;
        if strike != struck {
            flow.word("~~", Role::Marker);
            struck = strike;
        }
        match run.kind {
            Kind::Break => flow.line_break(),
            Kind::Code => flow.text(&format!("`{}`", run.text), role(run, base)),
            _ => flow.text(&run.text, role(run, base)),
        }
    }
    if struck {
        flow.word("~~", Role::Marker);
    }
    flow.finish();
}

/// Code below other lines: lines as they are but for an indent, broken where they are longer than `width`.
pub(super) fn code_lines(lines: &mut Vec<Line>, room: &mut Room, text: &str, width: usize) {
    let (first, more, width) = if width < 10 { ("", "", width) } else { ("  ", "↪ ", width - 2) };
    let (first, more) = (Shown::from(first), Shown::from(more));
    for line in text.trim_start_matches(['\n', '\r']).trim_end().split('\n') {
        let from = lines.len();
        let mut flow = Flow::below(lines, room, width);
        flow.word(&expand_tabs(line.trim_end_matches('\r')), Role::Code);
        flow.finish();
        for (at, line) in lines[from..].iter_mut().enumerate() {
            line.put_behind(if at == 0 { &first } else { &more }, Role::Marker);
        }
    }
}

fn expand_tabs(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for (at, part) in line.split('\t').enumerate() {
        if at > 0 {
            out.push_str(&"    "[width(&out) % 4..]);
        }
        out.push_str(part);
    }
    out
}

fn role(run: &Inline, base: Role) -> Role {
    match run.kind {
        Kind::Code => Role::Code,
        Kind::Image | Kind::Media | Kind::Template => Role::Label,
        Kind::Number => Role::Number,
        Kind::Text | Kind::Break => match run.style {
            style if style.link.is_some() => Role::Link,
            _ if base == Role::Heading => base,
            style if style.strong => Role::Strong,
            style if style.emphasis => Role::Emphasis,
            style if style.strike => Role::Strike,
            _ => base,
        },
    }
}

/// Text of several roles: one buffer, and where each role ends in it. What was in it goes, its room stays.
#[derive(Default)]
struct Pieces {
    text: String,
    ends: Vec<(usize, Role)>,
}

impl Pieces {
    fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn push(&mut self, text: &str, role: Role) {
        self.text.push_str(text);
        match self.ends.last_mut() {
            Some((end, last)) if *last == role => *end = self.text.len(),
            _ => self.ends.push((self.text.len(), role)),
        }
    }

    /// Each run of one role.
    fn runs(&self) -> impl Iterator<Item = (&str, Role)> {
        let mut start = 0;
        self.ends.iter().map(move |(end, role)| (&self.text[std::mem::replace(&mut start, *end)..*end], *role))
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}

/// Where a line and a word are put together: kept from one text to the next, so that each need not make its own.
#[derive(Default)]
pub(super) struct Room {
    line: Pieces,
    word: Pieces,
}

struct Flow<'l> {
    width: usize,
    lines: &'l mut Vec<Line>,
    /// Lines that stood there before.
    top: usize,
    line: &'l mut Pieces,
    line_width: usize,
    word: &'l mut Pieces,
    word_width: usize,
    /// A space is due before the next word.
    gap: Option<Role>,
}

impl<'l> Flow<'l> {
    fn below(lines: &'l mut Vec<Line>, room: &'l mut Room, width: usize) -> Flow<'l> {
        let Room { line, word } = room;
        line.clear();
        word.clear();
        let top = lines.len();
        Flow { width: width.max(1), lines, top, line, line_width: 0, word, word_width: 0, gap: None }
    }

    fn text(&mut self, text: &str, role: Role) {
        let mut words = text.split(' ').peekable();
        let mut first = true;
        while let Some(word) = words.next() {
            if !first {
                self.commit();
                self.gap = Some(role);
            }
            first = false;
            let whole = words.peek().is_some() && self.word.is_empty() && (1..=self.width).contains(&word.len());
            if whole && is_plain(word) {
                self.place(word, role);
            } else if word.is_ascii() {
                self.word(word, role);
            } else {
                self.breakable(word, role);
            }
        }
    }

    /// The short way for most words: harmless, ASCII, whole and no longer than a line.
    fn place(&mut self, word: &str, role: Role) {
        self.make_room(word.len());
        self.line.push(word, role);
        self.line_width += word.len();
    }

    /// Puts the space that is due, or ends the line where the next word does not fit.
    fn make_room(&mut self, columns: usize) {
        let gap = self.gap.take().filter(|_| !self.line.is_empty());
        if self.line_width + usize::from(gap.is_some()) + columns > self.width && !self.line.is_empty() {
            self.end_line();
        } else if let Some(role) = gap {
            self.line.push(" ", role);
            self.line_width += 1;
        }
    }

    /// A word that may hold places where a line may end without a space.
    fn breakable(&mut self, word: &str, role: Role) {
        let shown = Shown::new(word);
        let mut after_wide = false;
        for grapheme in shown.as_str().graphemes(true) {
            let columns = grapheme.width();
            let wide = columns > 1;
            if (wide || after_wide) && !closes(grapheme) {
                self.commit();
            }
            self.push(grapheme, columns, role);
            after_wide = wide && !opens(grapheme);
        }
    }

    /// A word, or a part of one, that stays together.
    fn word(&mut self, word: &str, role: Role) {
        if is_plain(word) {
            self.push(word, word.len(), role);
        } else {
            let shown = Shown::new(word);
            self.push(shown.as_str(), width(shown.as_str()), role);
        }
    }

    fn push(&mut self, text: &str, columns: usize, role: Role) {
        if !text.is_empty() {
            self.word.push(text, role);
            self.word_width += columns;
        }
    }

    /// The word is complete: it goes to this line or to the next.
    fn commit(&mut self) {
        if self.word.is_empty() {
            return;
        }
        self.make_room(self.word_width);
        let mut word = std::mem::take(self.word);
        if self.word_width > self.width {
            word.runs().for_each(|(text, role)| self.break_word(text, role));
        } else {
            self.line_width += self.word_width;
            word.runs().for_each(|(text, role)| self.line.push(text, role));
        }
        word.clear();
        (*self.word, self.word_width) = (word, 0);
    }

    fn break_word(&mut self, text: &str, role: Role) {
        for grapheme in text.graphemes(true) {
            // A cluster wider than the whole line cannot be drawn in it.
            let (text, columns) = match grapheme.width() {
                columns if columns > self.width => ("\u{fffd}", 1),
                columns => (grapheme, columns),
            };
            if self.line_width + columns > self.width {
                self.end_line();
            }
            self.line.push(text, role);
            self.line_width += columns;
        }
    }

    fn line_break(&mut self) {
        self.commit();
        self.gap = None;
        // Two breaks in a row leave one empty line, more leave no more.
        let after_blank = self.lines[self.top..].last().is_some_and(|line| line.spans.is_empty());
        if !(self.line.is_empty() && after_blank) {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        // Room for a prefix, which most lines of lists and quotes get.
        let mut spans = Vec::with_capacity(self.line.ends.len() + 1);
        let shown = |text: &str| match text.contains('\u{a0}') {
            true => Shown::new(&text.replace('\u{a0}', " ")),
            false => Shown::new(text),
        };
        spans.extend(self.line.runs().map(|(text, role)| Span { text: shown(text), role }));
        if self.line.is_empty() {
            spans = Vec::new();
        }
        self.lines.push(Line { spans });
        self.line.clear();
        self.line_width = 0;
    }

    fn finish(mut self) {
        self.commit();
        if !self.line.is_empty() || self.lines.len() == self.top {
            self.end_line();
        }
    }
}

/// Whether a word is nothing but visible ASCII.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_graphic())
}

/// Punctuation that must not begin a line.
fn closes(grapheme: &str) -> bool {
    grapheme.starts_with([
        '、', '。', '，', '．', '）', '」', '』', '】', '》', '〉', '！', '？', '：', '；', '”', '’', '…', '—', ',',
        '.', ')', ']', '!', '?', ':', ';', '"', 'ー', '々',
    ])
}

/// Punctuation that must not end a line.
fn opens(grapheme: &str) -> bool {
    grapheme.starts_with(['（', '「', '『', '【', '《', '〈'])
}
