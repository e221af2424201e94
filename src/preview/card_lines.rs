//! The card laid out as lines of a width.

use super::card::Card;
use super::wrap::{Line, Role, Span};
use crate::shown::Shown;

const LABEL_COLUMNS: usize = 11;

/// Keys that toggle a topic.
const DIGITS: usize = 9;

impl Card {
    /// The card's lines, an empty one at the end. Long lists end in `+2`, a long link is left whole for the terminal to cut.
    pub fn lines(&self, width: usize) -> Vec<Line> {
        let mut lines = vec![self.source(width)];
        let digits = |(at, topic): (usize, &String)| format!("{} {}", at + 1, short(topic));
        let pinned: Vec<String> = self.pinned.iter().enumerate().map(digits).collect();
        let room = width.saturating_sub(LABEL_COLUMNS);
        match self.topics.is_empty() {
            true => lines.push(row("Topics", "(none)", Role::Muted)),
            false => lines.push(row("Topics", &joined(&self.topics, room), Role::Text)),
        }
        let keys = (!pinned.is_empty()).then(|| ("Keys", joined(&pinned, room)));
        let suggested = (!self.suggested.is_empty()).then(|| ("Suggested", self.on_digits(&self.suggested)));
        let offerings = (!self.offerings.is_empty()).then(|| ("Offerings", joined(&self.offerings, room)));
        for (label, text) in [keys, suggested, offerings].into_iter().flatten() {
            lines.push(row(label, &text, Role::Text));
        }
        if !self.url.is_empty() {
            lines.push(row("Link", &self.url, Role::Link));
        }
        lines.push(Line::default());
        lines
    }

    /// How many lines that are.
    pub fn height(&self) -> usize {
        let has = |list: &[String]| usize::from(!list.is_empty());
        3 + has(&self.pinned) + has(&self.suggested) + has(&self.offerings) + usize::from(!self.url.is_empty())
    }

    /// Takes as many suggested topics as there are digits and room for; the first always stands there, if a digit is left.
    pub fn suggest(&mut self, mut topics: Vec<String>, width: usize) {
        topics.truncate(DIGITS.saturating_sub(self.pinned.len()));
        let room = width.saturating_sub(LABEL_COLUMNS);
        while topics.len() > 1 && Shown::new(&self.on_digits(&topics)).as_str().chars().count() > room {
            topics.pop();
        }
        self.suggested = topics;
    }

    /// The topic that a digit toggles, counted from 0.
    pub fn on_digit(&self, digit: usize) -> Option<&str> {
        self.pinned.iter().chain(&self.suggested).nth(digit).map(String::as_str)
    }

    fn on_digits(&self, suggested: &[String]) -> String {
        let digits = suggested.iter().zip(self.pinned.len() + 1..);
        digits.map(|(topic, digit)| format!("{digit} {topic}")).collect::<Vec<_>>().join("  ")
    }

    /// Brand, author and date, and the verdict at the right.
    fn source(&self, width: usize) -> Line {
        let parts = [&self.brand, &self.author, &self.date].into_iter().filter(|p| !p.is_empty());
        let left = Shown::new(&parts.map(String::as_str).collect::<Vec<_>>().join(" · "));
        let mut spans = vec![Span { text: left, role: Role::Muted }];
        if let Some(status) = &self.status {
            let right = Shown::new(&format!("{} {}", status.field, status.state));
            let line = Line { spans: spans.clone() };
            let used = line.width() + Line { spans: vec![Span { text: right.clone(), role: Role::Muted }] }.width();
            let gap = " ".repeat(width.saturating_sub(used).max(2));
            spans.push(Span { text: Shown::new(&gap), role: Role::Text });
            spans.push(Span { text: right, role: if status.decided { Role::Strong } else { Role::Muted } });
        }
        Line { spans }
    }
}

fn row(label: &str, text: &str, role: Role) -> Line {
    let label = format!("{label:<LABEL_COLUMNS$}");
    Line { spans: vec![Span { text: Shown::new(&label), role: Role::Muted }, Span { text: Shown::new(text), role }] }
}

/// A topic without its scheme: beside its digit the label says enough.
fn short(topic: &str) -> &str {
    topic.split_once(": ").map_or(topic, |(_, label)| label)
}

/// As many as fit, and how many more there are. The first always stands there.
fn joined(items: &[String], room: usize) -> String {
    let mut text = items[0].clone();
    for (at, item) in items.iter().enumerate().skip(1) {
        let more = items.len() - at;
        let longer = format!("{text} · {item}");
        let tail = if more > 1 { 5 } else { 0 };
        if longer.chars().count() + tail > room {
            return format!("{text} · +{more}");
        }
        text = longer;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_what_one_decides_by() {
        let card = Card {
            brand: "example.com".into(),
            author: "Ada Example".into(),
            date: "2022-09-23".into(),
            url: "https://example.com/x".into(),
            topics: vec!["Gartner: Healthcare".into(), "KLAS: A".into(), "KLAS: B".into()],
            pinned: vec!["KLAS: Scheduling - Nurse and Staff".into(), "KLAS: B".into()],
            offerings: vec!["Kit".into()],
            ..Card::default()
        };
        let text: Vec<String> = card.lines(40).iter().map(Line::text).collect();
        assert_eq!(
            text,
            [
                "example.com · Ada Example · 2022-09-23",
                "Topics     Gartner: Healthcare · +2",
                "Keys       1 Scheduling - Nurse and Staff · +1",
                "Offerings  Kit",
                "Link       https://example.com/x",
                "",
            ]
        );
        assert_eq!(card.height(), text.len());
    }

    #[test]
    fn suggested_topics_stand_on_the_digits_that_are_left_and_none_is_there_that_is_not_shown() {
        let pinned = |count: usize| (0..count).map(|at| format!("Pin: {at}")).collect::<Vec<_>>();
        let topics = || ["A: One", "B: Two", "C: Three"].map(String::from).to_vec();
        let cases = [
            (0, 60, Some("Suggested  1 A: One  2 B: Two  3 C: Three")),
            (1, 60, Some("Suggested  2 A: One  3 B: Two  4 C: Three")),
            (8, 60, Some("Suggested  9 A: One")),
            (9, 60, None),
            (0, 30, Some("Suggested  1 A: One  2 B: Two")),
            (0, 12, Some("Suggested  1 A: One")),
        ];
        for (count, width, line) in cases {
            let mut card = Card { pinned: pinned(count), ..Card::default() };
            card.suggest(topics(), width);
            let lines: Vec<String> = card.lines(width).iter().map(Line::text).collect();
            assert_eq!(lines.iter().find(|line| line.starts_with("Suggested")).map(String::as_str), line);
            assert_eq!(card.height(), lines.len());
            let last = count + card.suggested.len();
            assert!(card.on_digit(last).is_none() && last.checked_sub(1).is_none_or(|at| card.on_digit(at).is_some()));
        }
    }
}
