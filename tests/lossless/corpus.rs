//! Real files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use curate::content::{Document, Op};

use super::dice::{Dice, edit, value};
use super::tally::{Tally, cell};
use super::{seed, shared, tries};

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else {
            out.push(path);
        }
    }
}

/// Edits of real files by operation and style, from which the next one is taken. What is rare in real files is tried as often
/// as what is common, on every place seen so far and with a new value each time.
#[derive(Default)]
struct Seen {
    kinds: BTreeMap<String, Vec<(usize, Op)>>,
}

impl Seen {
    fn note(&mut self, kind: String, at: usize, op: Op) {
        let edits = self.kinds.entry(kind).or_default();
        if edits.len() > 2 * KEPT {
            edits.remove(0);
        }
        edits.push((at, op));
    }

    fn next(&mut self, dice: &mut Dice, tally: &Tally) -> Option<(usize, Op)> {
        let (_, edits) = self.kinds.iter_mut().min_by_key(|(kind, _)| tally.tried_of(kind))?;
        let which = dice.below(edits.len());
        let (at, mut op) = edits[which].clone();
        if edits.len() > KEPT {
            edits.swap_remove(which);
        }
        if let Op::Set { value: new, .. } | Op::Add { value: new, .. } | Op::Insert { value: new, .. } = &mut op {
            *new = value(dice, 2);
        }
        Some((at, op))
    }
}

/// Fewer edits of a kind than these are used again.
const KEPT: usize = 300;

#[test]
fn random_edits_of_real_files_are_right_or_refused() {
    let Some(folder) = shared("corpus") else { return };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let mut documents = Vec::new();
    let mut unreadable = 0;
    for path in &paths {
        let bytes = std::fs::read(path).unwrap();
        let Ok(document) = Document::open(bytes.clone()) else { continue };
        assert_eq!(document.text().as_bytes(), bytes);
        match document.value() {
            Ok(value) => documents.push((path.strip_prefix(&folder).unwrap().display().to_string(), document, value)),
            Err(_) => unreadable += 1,
        }
    }
    println!("{} files read, {unreadable} do not parse", documents.len());
    let mut dice = Dice::new(seed(1));
    let mut tally = Tally::default();
    let mut seen = Seen::default();
    for turn in 0..tries(1_000) {
        let at = (turn * 7 + dice.below(5)) % documents.len();
        let (_, document, value) = &documents[at];
        assert_eq!(document.apply(&[]).unwrap().text(), document.text());
        for _ in 0..4 {
            if let Some(op) = edit(&mut dice, value) {
                seen.note(cell(document, value, &op), at, op);
            }
        }
        if let Some((at, op)) = seen.next(&mut dice, &tally) {
            let (name, document, value) = &documents[at];
            tally.try_edit(name, document, value, &op);
        }
    }
    tally.report("real files");
    tally.expect_skill(1_000_000);
    assert!(tally.refused() * 100 <= tally.tried(), "more than 1 % refused");
}
