//! Front matter made to hurt: deep, huge, multiplying. It ends in a message or in a right edit; what it costs is held by
//! `benches/lossless.rs`.

mod texts;

use curate::content::{Document, FieldPath, Op, Value};

/// What comes of reading such a text and adding one key to it.
fn outcome(text: &str) -> String {
    let file = format!("---\n{text}\n---\n");
    let Ok(document) = Document::open(file.clone().into_bytes()) else { return "not opened".to_string() };
    if let Err(error) = document.value() {
        return error.to_string();
    }
    let op = Op::Add { map: FieldPath::root(), key: "added".to_string(), value: Value::from("x") };
    match document.apply(&[op]) {
        Err(refusal) => refusal.to_string(),
        Ok(after) => {
            let lines: Vec<&str> = after.text().lines().filter(|line| *line != "added: x").collect();
            assert!(lines == file.lines().collect::<Vec<_>>());
            "edited".to_string()
        }
    }
}

#[test]
fn a_hostile_front_matter_ends_in_a_message_or_a_right_edit() {
    let mut wrong = Vec::new();
    for (name, text) in texts::all() {
        let expected = match name {
            "flow depth" | "map depth" | "block depth" | "dashes" | "question marks" => "more than 100 levels deep",
            "bomb" => "the aliases of this front matter multiply to too much text",
            "wide flow" | "nested flow in rows" | "many keys" | "many folded" | "anchors" => "more than 20000 values",
            "too large" => "too large",
            "quotes" | "tags" => "line 2, column ",
            _ => "edited",
        };
        let found = outcome(&text);
        if !found.contains(expected) {
            wrong.push(format!("{name}: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
