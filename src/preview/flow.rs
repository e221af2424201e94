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

/// Lines of at most `width` columns; plain text has the role `base`.
pub(super) fn lines(runs: &[Inline], width: usize, base: Role) -> Vec<Line> {
    let mut flow = Flow::new(width);
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
    flow.finish()
}

/// Code: lines as they are but for an indent, broken where they are longer than `width`.
pub(super) fn code_lines(text: &str, width: usize) -> Vec<Line> {
    let (first, more, width) = if width < 10 { ("", "", width) } else { ("  ", "↪ ", width - 2) };
    let mut lines = Vec::new();
    for line in text.trim_start_matches(['\n', '\r']).trim_end().split('\n') {
        let mut flow = Flow::new(width);
        flow.word(&expand_tabs(line.trim_end_matches('\r')), Role::Code);
        let broken = flow.finish();
        lines.extend(broken.into_iter().enumerate().map(|(at, line)| match at {
            0 => line.behind(first, Role::Marker),
            _ => line.behind(more, Role::Marker),
        }));
    }
    lines
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

struct Piece {
    text: String,
    role: Role,
}

struct Flow {
    width: usize,
    lines: Vec<Line>,
    line: Vec<Piece>,
    line_width: usize,
    word: Vec<Piece>,
    word_width: usize,
    /// A space is due before the next word.
    gap: Option<Role>,
}

impl Flow {
    fn new(width: usize) -> Flow {
        Flow {
            width: width.max(1),
            lines: Vec::new(),
            line: Vec::new(),
            line_width: 0,
            word: Vec::new(),
            word_width: 0,
            gap: None,
        }
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
        append(&mut self.line, word, role);
        self.line_width += word.len();
    }

    /// Puts the space that is due, or ends the line where the next word does not fit.
    fn make_room(&mut self, columns: usize) {
        let gap = self.gap.take().filter(|_| !self.line.is_empty());
        if self.line_width + usize::from(gap.is_some()) + columns > self.width && !self.line.is_empty() {
            self.end_line();
        } else if let Some(role) = gap {
            append(&mut self.line, " ", role);
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
            append(&mut self.word, text, role);
            self.word_width += columns;
        }
    }

    /// The word is complete: it goes to this line or to the next.
    fn commit(&mut self) {
        if self.word.is_empty() {
            return;
        }
        self.make_room(self.word_width);
        let word = std::mem::take(&mut self.word);
        if self.word_width > self.width {
            self.break_word(&word);
        } else {
            self.line_width += self.word_width;
            for piece in &word {
                append(&mut self.line, &piece.text, piece.role);
            }
        }
        self.word_width = 0;
    }

    fn break_word(&mut self, word: &[Piece]) {
        for piece in word {
            for grapheme in piece.text.graphemes(true) {
                // A cluster wider than the whole line cannot be drawn in it.
                let (text, columns) = match grapheme.width() {
                    columns if columns > self.width => ("\u{fffd}", 1),
                    columns => (grapheme, columns),
                };
                if self.line_width + columns > self.width {
                    self.end_line();
                }
                append(&mut self.line, text, piece.role);
                self.line_width += columns;
            }
        }
    }

    fn line_break(&mut self) {
        self.commit();
        self.gap = None;
        // Two breaks in a row leave one empty line, more leave no more.
        if !(self.line.is_empty() && self.lines.last().is_some_and(|l| l.spans.is_empty())) {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let pieces = std::mem::take(&mut self.line);
        self.line_width = 0;
        let shown = |piece: Piece| match piece.text.contains('\u{a0}') {
            true => Span { text: Shown::new(&piece.text.replace('\u{a0}', " ")), role: piece.role },
            false => Span { text: Shown::new(&piece.text), role: piece.role },
        };
        self.lines.push(Line { spans: pieces.into_iter().map(shown).collect() });
    }

    fn finish(mut self) -> Vec<Line> {
        self.commit();
        if !self.line.is_empty() || self.lines.is_empty() {
            self.end_line();
        }
        self.lines
    }
}

fn append(pieces: &mut Vec<Piece>, text: &str, role: Role) {
    match pieces.last_mut() {
        Some(last) if last.role == role => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_string(), role }),
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
