//! The signs that stand for things, and their ASCII fallback: colour is never the only signal.

/// One set of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    pub marked: &'static str,
    pub accept: &'static str,
    pub reject: &'static str,
    pub skip: &'static str,
    pub draft: &'static str,
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
}
