//! The real file that curators work on, where it lies beside the project: its offerings, and every leaf of its front matter, by keys
//! alone and to the byte.

use curate::app::{Event, Layer};
use curate::command::{Code, Key};
use curate::content::edit::apply;
use curate::content::{Document, FieldPath, Value};

use crate::desk::{Desk, changed_lines, shared};

/// A desk over a copy of it, with its path and text.
fn sample() -> Option<(Desk, String, String)> {
    let desk = Desk::over_a_copy_of(&shared("samples")?);
    let path = desk.state.current_row()?.path.to_string();
    let text = desk.file(&path);
    Some((desk, path, text))
}

fn written(desk: &mut Desk) {
    desk.press("w y").expect("1 file written").expect_no_drafts();
}

#[test]
fn an_offering_removed_takes_its_six_lines_and_added_again_at_its_place_the_bytes_are_the_same() {
    let Some((mut desk, path, text)) = sample() else { return };
    let entry = text.lines().skip_while(|line| !line.contains("label: Salvo Health Platform")).take(6);
    let entry: Vec<&str> = entry.collect();
    // The last one goes and comes back at the end.
    desk.press("r G").expect("5 Salvo Health Platform").press("x");
    written(&mut desk);
    assert_eq!(changed_lines(&text, &desk.file(&path)), (entry.iter().map(ToString::to_string).collect(), vec![]));
    // Nobody else has it, and it is offered again all the same.
    desk.press("/").type_text("salvo").press("enter").expect("5 Salvo Health Platform");
    written(&mut desk);
    assert_eq!(desk.file(&path), text);
}

#[test]
fn an_entry_that_moves_moves_whole_and_its_lines_stay_as_they_are() {
    let Some((mut desk, path, text)) = sample() else { return };
    desk.press("r j K").expect("1 DeepIntent Platform");
    written(&mut desk);
    let moved = desk.file(&path);
    assert_ne!(moved, text);
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&moved), sorted(&text), "no line is another one");
    desk.press("J");
    written(&mut desk);
    assert_eq!(desk.file(&path), text);
}

fn leaves(value: &Value, path: &FieldPath, found: &mut Vec<FieldPath>) {
    match value {
        Value::Map(entries) if !entries.is_empty() => entries.iter().for_each(|(k, v)| leaves(v, &path.then(k), found)),
        Value::Seq(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(at, v)| leaves(v, &path.index(at), found));
        }
        _ => found.push(path.clone()),
    }
}

fn type_keys(desk: &mut Desk, text: &str) {
    for c in text.chars() {
        let code = if c == '\n' { Code::Enter } else { Code::Char(c) };
        desk.happen(Event::Key(Key::plain(code)));
    }
}

fn go_to(desk: &mut Desk, leaf: &FieldPath) {
    type_keys(desk, "/");
    desk.happen(Event::Paste(leaf.to_string()));
    let Some(Layer::Form(form)) = desk.state.layers.last() else { panic!("the form is open") };
    let at = form.rows().iter().position(|row| row.node.path == *leaf).unwrap_or_else(|| panic!("{leaf} is not found"));
    for _ in 0..at {
        desk.happen(Event::Key(Key::plain(Code::Down)));
    }
    type_keys(desk, "\n");
}

#[test]
fn all_118_leaves_are_set_to_null_by_keys_and_typed_back_and_the_bytes_are_the_same() {
    let Some((mut desk, path, text)) = sample() else { return };
    let value = Document::open(text.clone().into_bytes()).unwrap().value().unwrap();
    let mut all = Vec::new();
    leaves(&value, &FieldPath::root(), &mut all);
    assert_eq!(all.len(), 118);
    desk.press("e");
    // The form shows what an edit will come to before the worker says so; that it says the same is seen at the end.
    desk.slow_forms = true;
    for leaf in &all {
        go_to(&mut desk, leaf);
        type_keys(&mut desk, "n");
        match value.at(leaf).unwrap() {
            Value::Null => {}
            Value::Bool(_) => type_keys(&mut desk, "\n"),
            Value::Str(text) if text.is_empty() => {
                desk.press("enter x backspace enter");
            }
            scalar => {
                type_keys(&mut desk, "\n");
                let text = scalar.scalar_text().unwrap();
                type_keys(&mut desk, &text);
                desk.happen(Event::Key("ctrl-s".parse().unwrap()));
                let types = desk.state.mode().types_text();
                type_keys(&mut desk, if types { "\n" } else { "" });
            }
        }
        assert!(!desk.state.mode().types_text(), "{leaf} is typed still");
    }
    let steps = desk.state.library.drafts.file(&path).steps;
    assert!(steps.len() > 150, "every leaf that said something was changed and changed back: {}", steps.len());
    let edits: Vec<_> = steps.into_iter().flat_map(|step| step.edits).collect();
    let drafted = apply(&Document::open(text.clone().into_bytes()).unwrap(), &edits).expect("the draft fits");
    assert_eq!(changed_lines(&text, drafted.text()), (Vec::new(), Vec::new()));
    desk.catch_up().press("esc").expect_not("•1 ").press("w y");
    assert_eq!(desk.file(&path), text);
}
