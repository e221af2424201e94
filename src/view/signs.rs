//! The signs that stand for things, and their ASCII fallback: colour is never the only signal.

/// One set of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    pub marked: &'static str,
    pub accept: &'static str,
    pub reject: &'static str,
    pub skip: &'static str,
    pub draft: &'static str,
    /// A draft that the journal does not have on disk yet.
    pub draft_unsafe: &'static str,
    pub finding: &'static str,
    pub cut: &'static str,
    pub rule: &'static str,
    pub bar: &'static str,
    /// Top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    pub here: &'static str,
    pub done: &'static str,
    pub left: &'static str,
    pub dot: &'static str,
    pub folded: &'static str,
    pub unfolded: &'static str,
}

impl Signs {
    /// The drawn ones.
    pub const DRAWN: Signs = Signs {
        marked: "▌",
        accept: "✓",
        reject: "✗",
        skip: "→",
        draft: "•",
        draft_unsafe: "◦",
        finding: "!",
        cut: "…",
        rule: "─",
        bar: "│",
        corners: ["┌", "┐", "└", "┘"],
        here: "▸",
        done: "█",
        left: "─",
        dot: "·",
        folded: "▸",
        unfolded: "▾",
    };

    /// Letters, for terminals that show nothing else.
    pub const ASCII: Signs = Signs {
        marked: "*",
        accept: "A",
        reject: "X",
        skip: "S",
        draft: "d",
        draft_unsafe: "o",
        finding: "!",
        cut: "~",
        rule: "-",
        bar: "|",
        corners: ["+", "+", "+", "+"],
        here: ">",
        done: "#",
        left: "-",
        dot: "-",
        folded: ">",
        unfolded: "v",
    };

    /// The sign of a draft: hollow until it is safe.
    pub fn draft_of(&self, safe: bool) -> &'static str {
        if safe { self.draft } else { self.draft_unsafe }
    }
}
