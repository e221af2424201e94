//! Collecting the runs of a paragraph: white space collapsed, links numbered, shortcodes as labels.

use std::borrow::Cow;
use std::collections::HashMap;

use compact_str::{CompactString, format_compact};

use crate::content::body::template::{self, Lifted, Part};

use super::blocks::{Inline, Kind, Style};
use super::wrap::Link;

/// How often each style is open; elements nest, and the innermost closing tag closes one.
#[derive(Clone, Copy, Default)]
pub(super) struct Open {
    pub strong: u16,
    pub emphasis: u16,
    pub strike: u16,
    pub code: u16,
}

/// The runs of the paragraph that is being read.
#[derive(Default)]
pub(super) struct Runs {
    runs: Vec<Inline>,
    pub open: Open,
    link: Option<OpenLink>,
    links: Vec<Link>,
    numbers: HashMap<String, usize>,
    /// A `^` is due before the next digit: `10<sup>6</sup>`.
    pub superscript: bool,
}

struct OpenLink {
    number: usize,
    /// Whether its text is still without the number behind it.
    unmarked: bool,
}

impl Runs {
    /// Text of the body; white space collapses, template tags become labels.
    pub fn text(&mut self, text: &str, lifted: &Lifted<'_>) {
        lifted.split(text, |part| match part {
            Part::Text(text) => self.words(text),
            Part::Tag(tag) => self.label(Kind::Template, &template::label(tag)),
        });
    }

    /// A run of code, kept but for its line ends.
    pub fn code(&mut self, text: &str) {
        self.push(Kind::Code, text);
    }

    /// A label that stands for something that is not text.
    pub fn label(&mut self, kind: Kind, text: &str) {
        if !text.is_empty() {
            self.touch_link();
            let style = self.style();
            self.runs.push(Inline { kind, text: CompactString::new(text), style });
        }
    }

    /// A line break that was asked for.
    pub fn line_break(&mut self) {
        self.runs.push(Inline { kind: Kind::Break, ..Inline::default() });
    }

    /// A reference to a footnote.
    pub fn footnote(&mut self, label: &str) {
        self.runs.push(Inline { kind: Kind::Number, text: format_compact!("[^{label}]"), ..Inline::default() });
    }

    fn words(&mut self, text: &str) {
        if self.superscript && text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') {
            self.push(Kind::Text, "^");
        }
        self.superscript = false;
        let kind = if self.open.code > 0 { Kind::Code } else { Kind::Text };
        self.push(kind, text);
    }

    fn style(&self) -> Style {
        Style {
            strong: self.open.strong > 0,
            emphasis: self.open.emphasis > 0,
            strike: self.open.strike > 0,
            link: self.link.as_ref().map(|l| l.number),
        }
    }

    fn ends_in_space(&self) -> bool {
        self.runs.last().is_none_or(|run| match run.kind {
            Kind::Break => true,
            Kind::Text | Kind::Code => run.text.ends_with(' '),
            _ => false,
        })
    }

    /// Appends text with its white space collapsed, into the last run where that is alike.
    fn push(&mut self, kind: Kind, text: &str) {
        let style = self.style();
        let mut spaced = self.ends_in_space();
        let joins = self.runs.last().is_some_and(|run| run.kind == kind && run.style == style);
        let mut into = if joins {
            self.runs.pop().unwrap_or_default()
        } else {
            Inline { kind, text: CompactString::default(), style }
        };
        let before = into.text.len();
        into.text.reserve(text.len());
        for word in text.split_inclusive(is_space) {
            let bare = word.strip_suffix(is_space).unwrap_or(word);
            if !bare.is_empty() {
                push_visible(&mut into.text, bare);
                spaced = false;
            }
            if bare.len() < word.len() && !spaced {
                into.text.push(' ');
                spaced = true;
            }
        }
        if into.text[before..].contains(|c| c != ' ') {
            self.touch_link();
        }
        if !into.text.is_empty() {
            self.runs.push(into);
        }
    }

    fn touch_link(&mut self) {
        if let Some(link) = &mut self.link {
            link.unmarked = true;
        }
    }

    /// A link begins. One that leads nowhere outside the page gets no number.
    pub fn open_link(&mut self, target: &str) {
        self.close_link();
        let mut target = Cow::Borrowed(target.trim());
        if target.contains(['\n', '\r', '\t']) {
            target = Cow::Owned(target.replace(['\n', '\r', '\t'], ""));
        }
        let has_scheme = |scheme: &str| target.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
        let is_nowhere = target.is_empty() || target.starts_with('#');
        // What is no longer than a scheme names nothing.
        if is_nowhere || has_scheme("javascript:") || (has_scheme("data:") && target.len() >= 11) {
            return;
        }
        let number = self.number(&target);
        self.link = Some(OpenLink { number, unmarked: false });
    }

    /// The number of a target; the same target keeps its number.
    fn number(&mut self, target: &str) -> usize {
        if let Some(number) = self.numbers.get(target) {
            return *number;
        }
        self.links.push(Link { target: target.to_string(), text: String::new() });
        self.numbers.insert(target.to_string(), self.links.len());
        self.links.len()
    }

    /// The link that is open ends; its number stands behind its text.
    pub fn close_link(&mut self) {
        self.mark_link();
        self.link = None;
    }

    fn mark_link(&mut self) {
        let Some(OpenLink { number, unmarked: true }) = self.link else { return };
        let style = Style { link: Some(number), ..Style::default() };
        // `<a>text </a>`: the number belongs to the text, the space behind it.
        let space = self.runs.last_mut().is_some_and(|run| run.kind == Kind::Text && run.text.ends_with(' '));
        if space && let Some(run) = self.runs.last_mut() {
            run.text.pop();
        }
        self.remember_text(number);
        self.runs.push(Inline { kind: Kind::Number, text: format_compact!("[{number}]"), style });
        if space {
            self.runs.push(Inline { kind: Kind::Text, text: " ".into(), style: Style::default() });
        }
        if let Some(link) = &mut self.link {
            link.unmarked = false;
        }
    }

    fn remember_text(&mut self, number: usize) {
        let Some(link) = self.links.get_mut(number - 1).filter(|link| link.text.is_empty()) else { return };
        let from = self.runs.iter().rposition(|r| r.style.link != Some(number)).map_or(0, |at| at + 1);
        link.text = self.runs[from..].iter().map(|r| r.text.as_str()).collect::<String>().trim().to_string();
    }

    /// What was collected, trimmed; the next paragraph begins. A link that is open gets its number here.
    pub fn take(&mut self) -> Vec<Inline> {
        self.mark_link();
        let mut runs = std::mem::take(&mut self.runs);
        trim_start(&mut runs);
        trim_end(&mut runs);
        runs
    }

    /// Whether nothing stands in the paragraph yet.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// How many runs stand in the paragraph.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Cuts off the runs from `at` on, if there are some and all are labels (or blank).
    pub fn split_labels(&mut self, at: usize) -> Option<Vec<Inline>> {
        let tail = self.runs.get(at..)?;
        let labels = tail.iter().any(|r| r.kind.is_label());
        let only = tail.iter().all(|r| r.kind == Kind::Template || r.text.trim().is_empty());
        (labels && only).then(|| self.runs.split_off(at))
    }

    /// The links in the order of their numbers.
    pub fn into_links(self) -> Vec<Link> {
        self.links
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Hints at line breaks (soft hyphens, zero-width spaces) are for the wrapping to know, not for the reader to see.
fn push_visible(out: &mut CompactString, word: &str) {
    if word.is_ascii() {
        out.push_str(word);
    } else {
        out.extend(word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')));
    }
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c == ' ' || c == '\u{a0}')
}

fn trim_start(runs: &mut Vec<Inline>) {
    let blank = |r: &Inline| matches!(r.kind, Kind::Text | Kind::Break) && is_blank(&r.text);
    let kept = runs.iter().position(|r| !blank(r)).unwrap_or(runs.len());
    runs.drain(..kept);
    let indented = |r: &&mut Inline| r.kind == Kind::Text && r.text.starts_with([' ', '\u{a0}']);
    if let Some(first) = runs.first_mut().filter(indented) {
        first.text = CompactString::new(first.text.trim_start_matches([' ', '\u{a0}']));
    }
}

fn trim_end(runs: &mut Vec<Inline>) {
    while runs.last().is_some_and(|r| matches!(r.kind, Kind::Text | Kind::Break) && is_blank(&r.text)) {
        runs.pop();
    }
    if let Some(last) = runs.last_mut().filter(|r| r.kind == Kind::Text) {
        last.text.truncate(last.text.trim_end_matches([' ', '\u{a0}']).len());
    }
}

/// The words that name an image: alternative text, size, path.
pub(super) fn image_label(alt: &str, size: Option<(&str, &str)>, path: &str) -> String {
    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
    let path = if path.starts_with("data:") { "embedded".to_string() } else { shortened(path.trim()) };
    let size = size.map(|(w, h)| format!("{w} x {h}"));
    let parts = [Some(alt), size, Some(path)];
    let said: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
    if said.is_empty() { "[image]".into() } else { format!("[image: {}]", said.join(", ")) }
}

/// A path too long to read keeps its start and its end.
fn shortened(path: &str) -> String {
    let letters: Vec<char> = path.chars().collect();
    if letters.len() <= 60 {
        return path.to_string();
    }
    let (start, end) = (&letters[..28], &letters[letters.len() - 28..]);
    start.iter().chain(&['…']).chain(end).collect()
}
