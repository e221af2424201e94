//! The card laid out as lines of a width.

use super::card::Card;
use super::wrap::{Line, Role, Span};
use crate::shown::Shown;

const LABEL_COLUMNS: usize = 11;

impl Card {
    /// The card's lines, an empty one at the end. Long lists end in `+2`, a long link is left whole for the terminal to cut.
    pub fn lines(&self, width: usize) -> Vec<Line> {
        let mut lines = vec![self.source(width)];
        let digits = |(at, topic): (usize, &String)| format!("{} {}", at + 1, short(topic));
        let pinned = self.pinned.iter().enumerate().map(digits).collect();
        let listed = [("Topics", &self.topics), ("Keys", &pinned), ("Offerings", &self.offerings)];
        for (label, items) in listed {
            if !items.is_empty() {
                lines.push(row(label, &joined(items, width.saturating_sub(LABEL_COLUMNS)), Role::Text));
            } else if label == "Topics" {
                lines.push(row(label, "(none)", Role::Muted));
            }
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
        3 + has(&self.pinned) + has(&self.offerings) + usize::from(!self.url.is_empty())
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
}
