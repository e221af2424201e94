//! Every bug the proof has found, as its smallest case (`tests/regressions`): a sentence, an operation, a file before and after.

use curate::content::{Document, FieldPath, FieldRef, Op, Value};

fn value(text: &str) -> Value {
    let file = format!("---\nv: {text}\n---\n");
    Document::open(file.into_bytes()).unwrap().value().unwrap().get("v").unwrap().clone()
}

fn op(text: &str, document: &Value) -> Op {
    let (words, new) = text.split_once(" := ").map_or((text, Value::Null), |(words, new)| (words, value(new)));
    let words: Vec<&str> = words.split(' ').collect();
    let path = |text: &str| match text {
        "." => FieldPath::root(),
        text => text.parse::<FieldRef>().unwrap().resolve(document).unwrap(),
    };
    match words[..] {
        ["set", at] => Op::Set { path: path(at), value: new },
        ["remove", at] => Op::Remove { path: path(at) },
        ["add", map, key] => Op::Add { map: path(map), key: key.to_string(), value: new },
        ["insert", list, at] => Op::Insert { list: path(list), index: at.parse().unwrap(), value: new },
        ["move", list, from, to] => Op::Move { list: path(list), from: from.parse().unwrap(), to: to.parse().unwrap() },
        ["rename", at, to] => Op::Rename { path: path(at), to: to.to_string() },
        _ => panic!("what is {text}?"),
    }
}

/// A file: from its fence to the second one.
fn take_file<'t>(lines: &mut impl Iterator<Item = &'t str>) -> String {
    let opening = lines.next().unwrap();
    let mut out = format!("{opening}\n");
    for line in lines {
        out.push_str(line);
        out.push('\n');
        if line == opening {
            break;
        }
    }
    out
}

#[test]
fn no_bug_that_was_found_comes_back() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/regressions/found.txt");
    let text = std::fs::read_to_string(folder).unwrap();
    let mut lines = text.lines();
    while let Some(sentence) = lines.next() {
        let words = lines.next().unwrap();
        let before = take_file(&mut lines);
        assert_eq!(lines.next(), Some("==="), "{sentence}");
        let after = take_file(&mut lines);
        for line_end in ["\n", "\r\n", "\r"] {
            if line_end == "\r" && (before.starts_with("+++") || before.lines().count() == 2) {
                continue; // No line end in TOML; and nothing to go by in an empty front matter.
            }
            let document = Document::open(before.replace('\n', line_end).into_bytes()).unwrap();
            let op = op(words, &document.value().unwrap());
            let found = document.apply(&[op]).unwrap_or_else(|refusal| panic!("{sentence} {refusal}"));
            assert_eq!(found.text(), after.replace('\n', line_end), "{sentence}");
        }
    }
}
