//! From changed cells to the bytes that show them, as few as can be: a slow link pays for each.
//!
//! Here: pure encoding of one frame. Not here: when a frame is sent and to whom (that is `screen`).

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::{Color, Modifier};

/// What shows even on a blank.
const SEEN_ON_BLANK: Modifier =
    Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT).union(Modifier::HIDDEN);

/// The shortest run of blanks at the end of a line worth erasing instead of writing.
const ERASE_FROM: usize = 4;

/// A changed cell and where it is.
pub(super) type Change<'a> = (u16, u16, &'a Cell);

/// The colours and modifiers that letters get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    mods: Modifier,
}

/// The pen after a reset.
const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, mods: Modifier::empty() };

/// Writes changed cells, in reading order, for a terminal of that width. Starts and ends with a plain pen.
pub(super) fn encode(changes: &[Change], width: u16, out: &mut Vec<u8>) {
    let mut brush = Brush { width, pen: PLAIN, at: None, out };
    let mut i = 0;
    while i < changes.len() {
        let (x, y, cell) = changes[i];
        brush.move_to(x, y);
        let blanks = blanks_to_the_end(&changes[i..], width);
        if blanks >= ERASE_FROM {
            brush.take(PLAIN);
            brush.out.extend_from_slice(b"\x1b[K");
            i += blanks;
        } else {
            brush.put(cell);
            i += 1;
        }
    }
    brush.take(PLAIN);
}

/// How many blanks on the terminal's own ground run from the first change to the end of its line; none if they stop short.
fn blanks_to_the_end(changes: &[Change], width: u16) -> usize {
    let (first, row, _) = changes[0];
    let run = changes
        .iter()
        .enumerate()
        .take_while(|(i, (x, y, cell))| *y == row && usize::from(*x) == usize::from(first) + i && is_bare(cell))
        .count();
    if usize::from(first) + run == usize::from(width) { run } else { 0 }
}

/// Whether a cell shows nothing but the terminal's own ground.
pub(super) fn is_bare(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SEEN_ON_BLANK)
}

struct Brush<'o> {
    width: u16,
    pen: Pen,
    /// Where the terminal's cursor is known to be; a column equal to the width means: at the end, about to wrap.
    at: Option<(u16, u16)>,
    out: &'o mut Vec<u8>,
}

impl Brush<'_> {
    fn say(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn move_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some((col, row)) if row == y && col == x && x < self.width => {}
            Some((_, row)) if row + 1 == y && x == 0 => self.say("\r\n"),
            Some((_, row)) if row == y && x == 0 => self.say("\r"),
            Some((col, row)) if row == y && col < x && col < self.width => match x - col {
                1 => self.say("\x1b[C"),
                by => self.say(&format!("\x1b[{by}C")),
            },
            _ if x == 0 => self.say(&format!("\x1b[{}H", y + 1)),
            _ => self.say(&format!("\x1b[{};{}H", y + 1, x + 1)),
        }
        self.at = Some((x, y));
    }

    fn put(&mut self, cell: &Cell) {
        let symbol = cell.symbol();
        let mut wanted = Pen { fg: cell.fg, bg: cell.bg, mods: cell.modifier };
        if symbol == " " && !cell.modifier.intersects(SEEN_ON_BLANK) {
            // Nobody sees the letters' colour of a blank: the pen's may stay.
            wanted = Pen { fg: self.pen.fg, bg: cell.bg, mods: self.pen.mods.difference(SEEN_ON_BLANK) };
        }
        self.take(wanted);
        let (one, columns) = (symbol.chars().nth(1).is_none(), cell.cell_width());
        if let (false, Some((x, y)), 2..) = (one, self.at, columns) {
            // Of a character made of several, terminals disagree how wide it is: what it may not cover is made blank.
            self.say(&" ".repeat(usize::from(columns)));
            self.at = None;
            self.move_to(x, y);
        }
        self.say(symbol);
        // How far the cursor went is certain for one plain character only.
        self.at = self.at.filter(|_| one && columns == 1).map(|(x, y)| (x + 1, y));
    }

    /// Changes the pen by what differs.
    fn take(&mut self, wanted: Pen) {
        if wanted == self.pen {
            return;
        }
        if wanted == PLAIN {
            self.say("\x1b[m");
        } else {
            let mut codes = Vec::new();
            modifier_codes(self.pen.mods, wanted.mods, &mut codes);
            if wanted.fg != self.pen.fg {
                codes.push(color_code(wanted.fg, 30));
            }
            if wanted.bg != self.pen.bg {
                codes.push(color_code(wanted.bg, 40));
            }
            self.say(&format!("\x1b[{}m", codes.join(";")));
        }
        self.pen = wanted;
    }
}

/// Modifiers, the code that sets and the one that lifts each. Bold and dim are lifted together.
const MODIFIERS: [(Modifier, &str, &str); 9] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::SLOW_BLINK, "5", "25"),
    (Modifier::RAPID_BLINK, "6", "25"),
    (Modifier::REVERSED, "7", "27"),
    (Modifier::HIDDEN, "8", "28"),
    (Modifier::CROSSED_OUT, "9", "29"),
];

/// The codes that lead from one set of modifiers to another.
fn modifier_codes(from: Modifier, to: Modifier, codes: &mut Vec<String>) {
    let mut held = from;
    for (modifier, _, off) in MODIFIERS {
        if held.contains(modifier) && !to.contains(modifier) {
            codes.push(off.to_string());
            // The code lifts its twin as well; that one is set again below.
            let lifted = MODIFIERS.iter().filter(|(_, _, other)| *other == off);
            held = lifted.fold(held, |held, (modifier, _, _)| held.difference(*modifier));
        }
    }
    codes.extend(
        MODIFIERS.iter().filter(|(m, _, _)| to.contains(*m) && !held.contains(*m)).map(|(_, on, _)| on.to_string()),
    );
}

/// The code of a colour; `base` is 30 for letters, 40 for the ground.
fn color_code(color: Color, base: u8) -> String {
    let sixteen = |n: u8| if n < 8 { (base + n).to_string() } else { (base + 52 + n).to_string() };
    match color {
        Color::Reset => (base + 9).to_string(),
        Color::Black => sixteen(0),
        Color::Red => sixteen(1),
        Color::Green => sixteen(2),
        Color::Yellow => sixteen(3),
        Color::Blue => sixteen(4),
        Color::Magenta => sixteen(5),
        Color::Cyan => sixteen(6),
        Color::Gray => sixteen(7),
        Color::DarkGray => sixteen(8),
        Color::LightRed => sixteen(9),
        Color::LightGreen => sixteen(10),
        Color::LightYellow => sixteen(11),
        Color::LightBlue => sixteen(12),
        Color::LightMagenta => sixteen(13),
        Color::LightCyan => sixteen(14),
        Color::White => sixteen(15),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}
