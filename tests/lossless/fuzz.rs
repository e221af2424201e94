//! Whatever the bytes: no panic, opened and not edited they are the same, and an edit is right or refused.

use curate::content::Document;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::dice::{Dice, edit};
use super::generated::Author;
use super::tally::Tally;
use super::{seed, tries};

/// What a file may hold, in any order and any number.
const SCRAPS: &[&str] = &[
    "a: ",
    "b:",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
    "\r",
    "\t",
    "# c",
    " # c\n",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "? ",
    ": ",
    "|",
    ">-\n",
    "|+2\n",
    "'",
    "\"",
    "&x ",
    "*x",
    "!t ",
    "!!str ",
    "---\n",
    "...\n",
    "\\",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\u{a0}",
    "é",
    "😀",
    "~",
    "null",
    "%",
    "@",
    "`",
    "a: 1\n",
    "key: value\n",
    "l:\n- x\n- y\n",
    "t: |\n  x\n\n",
    "+++\n",
    "a = 1\n",
    "[t]\n",
    "[[t]]\n",
    "\"\"\"",
    "{\"a\": [1]}",
    "<<: ",
];

fn scraps(dice: &mut Dice) -> String {
    let fence = *dice.one_of(&["---\n", "---\n", "+++\n", "{", "", "\u{feff}---\r\n"]);
    let body: String = (0..dice.below(30)).map(|_| *dice.one_of(SCRAPS)).collect();
    let end = if fence.starts_with('{') { "}" } else { fence.trim_start_matches('\u{feff}') };
    format!("{fence}{body}\n{end}")
}

/// A generated file with a few bytes damaged.
fn damaged(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = Author::file(dice).into_bytes();
    for _ in 0..1 + dice.below(4) {
        let at = 4 + dice.below(bytes.len().saturating_sub(4));
        match dice.below(4) {
            0 => drop(bytes.drain(at..(at + 1 + dice.below(6)).min(bytes.len()))),
            1 => bytes[at.min(dice.below(1) + at)] = *dice.one_of(b" \n:-#'\"[]{}&*!|>?,\t\r"),
            2 => bytes.insert(at, *dice.one_of(b" \n:-#'\"[]{}&*!|>?,\t\r\xff\x00")),
            _ => {
                let copy = bytes[at..(at + 1 + dice.below(20)).min(bytes.len())].to_vec();
                let to = 4 + dice.below(bytes.len().saturating_sub(4));
                bytes.splice(to..to, copy);
            }
        }
    }
    bytes
}

fn try_bytes(bytes: Vec<u8>, dice: &mut Dice, tally: &mut Tally) {
    let Ok(document) = Document::open(bytes.clone()) else { return };
    assert_eq!(document.text().as_bytes(), bytes);
    let Ok(value) = document.value() else { return };
    assert_eq!(document.apply(&[]).unwrap().text().as_bytes(), bytes);
    for _ in 0..2 {
        if let Some(op) = edit(dice, &value) {
            tally.try_edit("fuzz", &document, &value, &op);
        }
    }
}

#[test]
fn damaged_files_are_edited_right_or_refused_or_not_read() {
    let mut dice = Dice::new(seed(4));
    let mut tally = Tally::default();
    for _ in 0..tries(3_000) {
        let bytes = if dice.below(3) == 0 { scraps(&mut dice).into_bytes() } else { damaged(&mut dice) };
        try_bytes(bytes, &mut dice, &mut tally);
    }
    tally.report("damaged files");
    tally.expect_skill(200);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_opened_as_they_are_or_not_at_all(bytes in prop::collection::vec(any::<u8>(), 0..200), fence in 0..4) {
        let fences: [&[u8]; 4] = [b"---\n", b"+++\n", b"{", b""];
        let mut file = fences[fence as usize].to_vec();
        file.extend(&bytes);
        file.extend(b"\n");
        file.extend(fences[fence as usize]);
        let mut tally = Tally::default();
        try_bytes(file, &mut Dice::new(bytes.len() as u64), &mut tally);
        prop_assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));
    }

    #[test]
    fn scraps_of_syntax_do_no_harm(choices in prop::collection::vec(any::<u16>(), 0..60)) {
        let mut dice = Dice::of(choices);
        let file = scraps(&mut dice).into_bytes();
        let mut tally = Tally::default();
        try_bytes(file, &mut dice, &mut tally);
        prop_assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));
    }
}
