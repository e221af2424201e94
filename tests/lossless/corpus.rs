//! Real files.

use std::path::{Path, PathBuf};

use curate::content::Document;

use super::dice::{Dice, edit};
use super::tally::Tally;
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
    for turn in 0..tries(1_000) {
        let (name, document, value) = &documents[(turn * 7 + dice.below(5)) % documents.len()];
        assert_eq!(document.apply(&[]).unwrap().text(), document.text());
        let some = (0..4).filter_map(|_| edit(&mut dice, value)).collect();
        if let Some(op) = tally.rarest(document, value, some) {
            tally.try_edit(name, document, value, &op);
        }
    }
    tally.report("real files");
    tally.expect_skill();
    assert!(tally.refused() * 100 <= tally.tried(), "more than 1 % refused");
}
