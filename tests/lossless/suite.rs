//! The YAML test suite: every valid case as front matter, and every invalid one.

use std::path::{Path, PathBuf};

use curate::content::{Document, FieldPath, Op, Value};

use super::dice::{Dice, places, value};
use super::shared;
use super::tally::Tally;

fn cases(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    if folder.join("in.yaml").is_file() {
        out.push(folder.to_path_buf());
    }
    for path in entries.iter().filter(|p| p.is_dir()) {
        cases(path, out);
    }
}

/// The case between fences, where it can be a front matter at all: one document without markers of its own.
fn between_fences(case: &Path) -> Option<Document> {
    let text = std::fs::read_to_string(case.join("in.yaml")).ok()?;
    let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    let document = Document::open(format!("---\n{text}{end}---\n").into_bytes()).ok()?;
    (document.front().trim_end_matches('\n') == text.trim_end_matches('\n')).then_some(document)
}

#[test]
fn every_case_of_the_yaml_test_suite_is_kept_and_edited_right_or_refused() {
    let Some(folder) = shared("yaml-test-suite") else { return };
    let mut all = Vec::new();
    cases(&folder, &mut all);
    let mut tally = Tally::default();
    let (mut read, mut no_map, mut lenient) = (0, 0, Vec::new());
    for case in &all {
        let name = case.strip_prefix(&folder).unwrap().display().to_string();
        let Some(document) = between_fences(case) else { continue };
        let invalid = case.join("error").is_file();
        match document.value() {
            Ok(_) if invalid => lenient.push(name),
            Ok(found) => {
                read += 1;
                assert_eq!(document.apply(&[]).unwrap().text(), document.text());
                every_edit(&name, &document, &found, &mut tally);
            }
            Err(error) => no_map += usize::from(!invalid && error.to_string().contains("must be `key: value`")),
        }
    }
    println!("{read} cases are front matter, {no_map} are lists or texts; read though invalid: {lenient:?}");
    tally.report("YAML test suite");
}

/// Every operation at every place.
fn every_edit(name: &str, document: &Document, found: &Value, tally: &mut Tally) {
    let mut dice = Dice::new(3);
    let mut all = vec![FieldPath::root()];
    places(found, &FieldPath::root(), &mut all);
    for path in all {
        let new = value(&mut dice, 1);
        let mut ops = Vec::new();
        if !path.is_root() {
            ops.push(Op::Set { path: path.clone(), value: new.clone() });
            ops.push(Op::Set { path: path.clone(), value: Value::from("word") });
            ops.push(Op::Remove { path: path.clone() });
            ops.push(Op::Rename { path: path.clone(), to: "renamed".to_string() });
        }
        ops.push(Op::Add { map: path.clone(), key: "added".to_string(), value: new.clone() });
        ops.push(Op::Insert { list: path.clone(), index: 0, value: new.clone() });
        ops.push(Op::Insert { list: path.clone(), index: 1, value: new });
        ops.push(Op::Move { list: path, from: 0, to: 1 });
        for op in ops {
            if found.clone().apply(&op).is_some() {
                tally.try_edit(name, document, found, &op);
            }
        }
    }
}
