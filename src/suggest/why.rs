//! Why something is suggested, in words.

use std::fmt;
use std::sync::Arc;

/// One reason for a suggestion.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Its label stands in the title.
    InTitle,
    /// Its label stands in the summary.
    InSummary,
    /// Its label stands in the body, so often.
    InText(usize),
    /// Another word for it stands in the item.
    As(Arc<str>),
    /// Of the nearest items, so many carry it.
    Near { on: usize, of: usize },
    /// It is carried together with another that the item has: by so many of the items that have that one.
    With { other: Arc<str>, both: u32, of: u32 },
    /// An offering shares a topic with the item.
    Shares(Arc<str>),
    /// These words of the item stand in many that carry it.
    Words(Vec<String>),
    /// Of several items asked about, its label stands in so many titles and so many texts.
    InMany { titles: usize, texts: usize },
    /// Of several items asked about, it fits so many.
    Fits { items: usize, of: usize },
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::InTitle => f.write_str("named in the title"),
            Why::InSummary => f.write_str("named in the summary"),
            Why::InText(1) => f.write_str("named in the text"),
            Why::InText(times) => write!(f, "named {times} times in the text"),
            Why::As(alias) => write!(f, "there as {alias}"),
            Why::Near { of: 1, .. } => f.write_str("on the nearest item"),
            Why::Near { on, of } => write!(f, "on {on} of the {of} nearest items"),
            Why::With { other, both, of } => write!(f, "with {} in {both} of {of}", label(other)),
            Why::Shares(topic) => write!(f, "shares {}", label(topic)),
            Why::Words(words) => write!(f, "its words: {}", words.join(", ")),
            Why::InMany { titles: 0, texts } => write!(f, "in {}", many(*texts, "text")),
            Why::InMany { titles, texts: 0 } => write!(f, "in {}", many(*titles, "title")),
            Why::InMany { titles, texts } => write!(f, "in {}, {}", many(*titles, "title"), many(*texts, "text")),
            Why::Fits { items, of } => write!(f, "fits {items} of {of}"),
        }
    }
}

/// A topic without its scheme, as people say it.
fn label(topic: &str) -> &str {
    crate::profile::template::label(topic)
}

fn many(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_read_as_a_curator_would_say_them() {
        let said = [
            (Why::InTitle, "named in the title"),
            (Why::InText(1), "named in the text"),
            (Why::InText(3), "named 3 times in the text"),
            (Why::As("Telehealth".into()), "there as Telehealth"),
            (Why::Near { on: 14, of: 20 }, "on 14 of the 20 nearest items"),
            (Why::Near { on: 1, of: 1 }, "on the nearest item"),
            (Why::With { other: "Symplur: Virtual Care".into(), both: 9, of: 11 }, "with Virtual Care in 9 of 11"),
            (Why::Shares("MeSH: Nursing".into()), "shares Nursing"),
            (Why::Words(vec!["shift".into(), "ward".into()]), "its words: shift, ward"),
            (Why::InMany { titles: 3, texts: 5 }, "in 3 titles, 5 texts"),
            (Why::InMany { titles: 0, texts: 1 }, "in 1 text"),
            (Why::Fits { items: 4, of: 7 }, "fits 4 of 7"),
        ];
        for (why, words) in said {
            assert_eq!(why.to_string(), words);
        }
    }
}
