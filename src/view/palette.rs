//! Colours: how a theme writes them, how they shrink to what the terminal can show, and how well they read.
//!
//! Here: pure arithmetic on colours. Not here: which colour a part of the screen has (that is `theme`), and no look at
//! the environment: `shell` hands its variables in.

use ratatui::style::Color;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The sixteen the user chose for the terminal.
    Sixteen,
    /// Those and 240 fixed ones.
    Indexed,
    /// Any of 16 million.
    True,
}

impl Depth {
    /// What `COLORTERM` and `TERM` promise.
    pub fn of(colorterm: Option<&str>, term: Option<&str>) -> Depth {
        if matches!(colorterm, Some("truecolor" | "24bit")) {
            return Depth::True;
        }
        match term.unwrap_or("") {
            t if t.ends_with("-direct") => Depth::True,
            t if t.contains("256color") => Depth::Indexed,
            t if ["xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm"].contains(&t) => Depth::True,
            _ => Depth::Sixteen,
        }
    }
}

/// Reads a colour as themes write it: `#rrggbb`, `default`, a name of the sixteen, or a number up to 255.
pub fn parse(text: &str) -> Option<Color> {
    if let Some(hex) = text.strip_prefix('#') {
        let digits = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        let channel = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).ok();
        return if digits { Some(Color::Rgb(channel(0)?, channel(2)?, channel(4)?)) } else { None };
    }
    if text == "default" {
        return Some(Color::Reset);
    }
    if let Some(at) = NAMES.iter().position(|name| *name == text) {
        return Some(SIXTEEN[at]);
    }
    text.parse().ok().map(Color::Indexed)
}

/// The names of the sixteen, in the terminal's order.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "grey",
    "dark-grey",
    "light-red",
    "light-green",
    "light-yellow",
    "light-blue",
    "light-magenta",
    "light-cyan",
    "white",
];

/// The sixteen, in the order of `NAMES`.
const SIXTEEN: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// The sixteen as xterm shows them: used only to find the nearest, as users change them.
const SIXTEEN_RGB: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// The steps of the colour cube of the 240 fixed colours.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The colour as a terminal of that depth shows it best.
///
/// A truecolour that is exactly one of the 240 fixed ones is sent by its number at any depth: the same colour, in half
/// the bytes, which on a slow link is what a key press costs.
pub fn at(color: Color, depth: Depth) -> Color {
    let Some(rgb) = fixed_rgb(color) else { return color };
    match depth {
        Depth::Sixteen => SIXTEEN[nearest_of_sixteen(rgb)],
        Depth::Indexed => Color::Indexed(nearest_fixed(rgb)),
        Depth::True => {
            let index = nearest_fixed(rgb);
            if indexed_rgb(index) == Some(rgb) { Color::Indexed(index) } else { color }
        }
    }
}

/// Red, green and blue of a colour that is the same on every terminal; none for the sixteen and the default.
pub fn fixed_rgb(color: Color) -> Option<[u8; 3]> {
    match color {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        Color::Indexed(index) => indexed_rgb(index),
        _ => None,
    }
}

/// Red, green and blue of one of the 240 fixed colours.
fn indexed_rgb(index: u8) -> Option<[u8; 3]> {
    match index {
        0..=15 => None,
        16..=231 => {
            let i = usize::from(index - 16);
            Some([CUBE[i / 36], CUBE[i / 6 % 6], CUBE[i % 6]])
        }
        232..=255 => Some([8 + 10 * (index - 232); 3]),
    }
}

/// The number of the fixed colour nearest to `rgb`.
fn nearest_fixed(rgb: [u8; 3]) -> u8 {
    (16..=255).min_by_key(|index| indexed_rgb(*index).map_or(u32::MAX, |fixed| distance(fixed, rgb))).unwrap_or(16)
}

/// The place of the nearest of the sixteen.
fn nearest_of_sixteen(rgb: [u8; 3]) -> usize {
    (0..16).min_by_key(|at| distance(SIXTEEN_RGB[*at], rgb)).unwrap_or(0)
}

/// How unlike two colours look: weighted, as the eye tells greens apart best.
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let channel = |i: usize| u32::from(a[i].abs_diff(b[i])).pow(2);
    3 * channel(0) + 6 * channel(1) + channel(2)
}

/// The contrast of two colours by WCAG 2: from 1, the same, to 21, black on white. Text wants 4.5.
pub fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance by WCAG 2.
fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_as_hex_names_numbers_or_the_terminals_own() {
        assert_eq!(parse("#1c2d3e"), Some(Color::Rgb(0x1c, 0x2d, 0x3e)));
        assert_eq!(parse("light-red"), Some(Color::LightRed));
        assert_eq!(parse("244"), Some(Color::Indexed(244)));
        assert_eq!(parse("default"), Some(Color::Reset));
        for wrong in ["#12345", "#12345g", "#ééé", "256", "blu", ""] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_depth_follows_what_the_terminal_says() {
        assert_eq!(Depth::of(Some("truecolor"), Some("xterm")), Depth::True);
        assert_eq!(Depth::of(None, Some("tmux-256color")), Depth::Indexed);
        assert_eq!(Depth::of(Some(""), Some("xterm")), Depth::Sixteen);
        assert_eq!(Depth::of(None, Some("xterm-kitty")), Depth::True);
        assert_eq!(Depth::of(None, Some("linux")), Depth::Sixteen);
        assert_eq!(Depth::of(None, None), Depth::Sixteen);
    }

    #[test]
    fn a_colour_shrinks_to_its_nearest() {
        assert_eq!(at(Color::Rgb(250, 10, 5), Depth::Sixteen), Color::LightRed);
        assert_eq!(at(Color::Rgb(250, 10, 5), Depth::Indexed), Color::Indexed(196));
        assert_eq!(at(Color::Rgb(29, 28, 28), Depth::Indexed), Color::Indexed(234));
        assert_eq!(at(Color::Indexed(196), Depth::Sixteen), Color::LightRed);
    }

    #[test]
    fn a_truecolour_is_sent_by_number_only_where_that_is_the_very_same() {
        assert_eq!(at(Color::Rgb(28, 28, 28), Depth::True), Color::Indexed(234));
        assert_eq!(at(Color::Rgb(29, 28, 28), Depth::True), Color::Rgb(29, 28, 28));
    }

    #[test]
    fn the_users_own_colours_are_never_replaced() {
        for depth in [Depth::Sixteen, Depth::Indexed, Depth::True] {
            assert_eq!(at(Color::Reset, depth), Color::Reset);
            assert_eq!(at(Color::Blue, depth), Color::Blue);
            assert_eq!(at(Color::Indexed(9), depth), Color::Indexed(9));
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([119; 3], [255; 3]) - 4.478).abs() < 0.001);
        assert!((contrast([7, 8, 9], [7, 8, 9]) - 1.0).abs() < 1e-9);
    }
}
