//! Chance that can be repeated, and random edits made with it.

use curate::content::{FieldPath, Op, Segment, Value};

/// xorshift64*, small and the same everywhere; or choices made before, that can be shortened to find the smallest case.
pub struct Dice {
    state: u64,
    choices: Option<std::vec::IntoIter<u16>>,
}

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1, choices: None }
    }

    /// Each throw is one of these; the first choice for ever when they are used up.
    pub fn of(choices: Vec<u16>) -> Dice {
        Dice { state: 1, choices: Some(choices.into_iter()) }
    }

    pub fn below(&mut self, n: usize) -> usize {
        if let Some(choices) = &mut self.choices {
            return usize::from(choices.next().unwrap_or(0)) % n.max(1);
        }
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n.max(1)
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

const TEXTS: &[&str] = &[
    "word",
    "Two words",
    "Gartner: Healthcare",
    "it's",
    "say \"hi\"",
    "a # b",
    "#x",
    "- x",
    "yes",
    "no",
    "null",
    "~",
    "12",
    "1.50",
    "2022-09-23",
    "12:30",
    "2022-9-3",
    "1_000",
    "",
    " ",
    " x ",
    "x:",
    "a: b",
    "[x]",
    "{y}",
    "a, b",
    "https://example.com/a?b=c#d",
    "Über 日本 😀",
    "tab\there",
    "one\ntwo",
    "one\n\ntwo\n",
    "\nlead",
    "tail\n\n",
    "  indented\nx",
    "bell\u{7}",
    "\u{a0}",
    "\u{2028}",
    "@x",
    "%y",
    "&a",
    "*b",
    "!c",
    "|",
    ">",
    "---",
    "...",
    "?",
    "-",
    "<<",
    "A text that is long enough that every writer which folds its lines at eighty columns has to fold it somewhere, twice",
    "back\\slash",
    "'",
    "\"",
    "true",
    "0x1F",
    "0o17",
    "0777",
    "1e3",
    ".5",
    "x #",
    "a  b",
    "\r",
    "y",
];

pub fn scalar(dice: &mut Dice) -> Value {
    match dice.below(12) {
        0 => Value::Null,
        1 => Value::Bool(dice.below(2) == 0),
        2 => Value::from(dice.below(100_000) as i64 - 500),
        3 => Value::plain("1.50"),
        4 => Value::plain("2022-09-23"),
        _ => Value::from(*dice.one_of(TEXTS)),
    }
}

pub fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(8) {
        0 if depth > 0 => Value::Seq((0..dice.below(4)).map(|_| value(dice, depth - 1)).collect()),
        1 if depth > 0 => {
            let keys = ["a", "b c", "no", "k:v", "ü"];
            Value::Map((0..dice.below(4)).map(|at| (keys[at].to_string(), value(dice, depth - 1))).collect())
        }
        _ => scalar(dice),
    }
}

/// Every place in a value.
pub fn places(value: &Value, at: &FieldPath, out: &mut Vec<FieldPath>) {
    match value {
        Value::Seq(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push(at.index(index));
                places(item, &at.index(index), out);
            }
        }
        Value::Map(entries) => {
            for (key, item) in entries {
                out.push(at.then(key.clone()));
                places(item, &at.then(key.clone()), out);
            }
        }
        _ => {}
    }
}

/// A random edit that fits `value`.
pub fn edit(dice: &mut Dice, value: &Value) -> Option<Op> {
    let mut all = Vec::new();
    places(value, &FieldPath::root(), &mut all);
    if all.is_empty() || dice.below(20) == 0 {
        let key = format!("added{}", dice.below(1000));
        return Some(Op::Add { map: FieldPath::root(), key, value: self::value(dice, 2) });
    }
    let path = dice.one_of(&all).clone();
    let here = value.at(&path)?;
    Some(match (dice.below(6), here) {
        (0, _) => Op::Remove { path },
        (1, _) if matches!(path.segments().last(), Some(Segment::Key(_))) => {
            Op::Rename { path, to: dice.one_of(&["renamed", "new name", "yes", "a: b", "ключ"]).to_string() }
        }
        (2..=4, Value::Seq(items)) if !items.is_empty() && dice.below(3) == 0 => {
            Op::Move { from: dice.below(items.len()), to: dice.below(items.len()), list: path }
        }
        (2..=4, Value::Seq(items)) => {
            Op::Insert { index: dice.below(items.len() + 1), list: path, value: self::value(dice, 2) }
        }
        (2..=4, Value::Map(_)) => {
            Op::Add { map: path, key: format!("added{}", dice.below(1000)), value: self::value(dice, 2) }
        }
        (2, Value::Null) => Op::Insert { list: path, index: 0, value: self::value(dice, 1) },
        (3, Value::Null) => Op::Add { map: path, key: "added".to_string(), value: self::value(dice, 1) },
        _ => Op::Set { path, value: self::value(dice, 2) },
    })
}
