//! Every leaf can be reached and edited by keys alone, set to null and brought back by typing it.

use super::*;

fn leaves(value: &Value, path: &FieldPath, found: &mut Vec<FieldPath>) {
    match value {
        Value::Map(entries) if !entries.is_empty() => entries.iter().for_each(|(k, v)| leaves(v, &path.then(k), found)),
        Value::Seq(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(at, v)| leaves(v, &path.index(at), found));
        }
        _ => found.push(path.clone()),
    }
}

fn all(json: &str) -> Vec<FieldPath> {
    let mut found = Vec::new();
    leaves(&value(json), &FieldPath::root(), &mut found);
    found
}

#[test]
fn every_leaf_is_a_row_once_everything_is_unfolded_by_keys() {
    let mut desk = Desk::with(ITEM);
    desk.press("g");
    for _ in 0..600 {
        desk.press("l j");
    }
    let seen: Vec<&FieldPath> = desk.form.rows().iter().map(|row| &row.node.path).collect();
    let missing: Vec<String> = all(ITEM).iter().filter(|leaf| !seen.contains(leaf)).map(ToString::to_string).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_leaf_is_found_set_to_null_and_brought_back_by_typing() {
    let start = value(ITEM);
    for leaf in all(ITEM) {
        let mut desk = Desk::with(ITEM);
        go_to(&mut desk, &leaf);
        let was = start.at(&leaf).unwrap();
        desk.press("n");
        assert_eq!(desk.form.tree.value.at(&leaf), Some(&Value::Null), "{leaf}");
        bring_back(&mut desk, was);
        let heard = desk.heard();
        assert_eq!(desk.form.tree.value, start, "{leaf}: {heard}");
    }
}

fn go_to(desk: &mut Desk, leaf: &FieldPath) {
    desk.press("/");
    desk.form.paste(&leaf.to_string());
    let at = desk.form.rows().iter().position(|row| row.node.path == *leaf).unwrap_or_else(|| panic!("{leaf}"));
    for _ in 0..at {
        desk.press("down");
    }
    desk.press("enter");
    assert_eq!(desk.here(), leaf.to_string());
}

fn bring_back(desk: &mut Desk, was: &Value) {
    match was {
        Value::Null => {}
        Value::Bool(true) => {
            desk.press("enter");
        }
        Value::Str(text) if text.is_empty() => {
            desk.press("enter x backspace enter");
        }
        scalar => {
            let text = scalar.scalar_text().unwrap();
            desk.press("enter").type_text(&text).press("ctrl-s");
        }
    }
}

/// The front matter of the real file that curators work on, where it lies beside the project.
fn sample() -> Option<Value> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let files = std::fs::read_dir(folder).ok()?;
    let file = files.flatten().map(|entry| entry.path()).find(|path| path.extension().is_some_and(|e| e == "md"))?;
    let text = std::fs::read_to_string(file).ok()?;
    let front = text.strip_prefix("---\n")?.split_once("\n---\n")?.0.to_string();
    // Every date in it stands in quotes, so this reader sees the same values.
    Some(of(serde_yaml::from_str::<serde_json::Value>(&front).ok()?))
}

#[test]
fn every_leaf_of_the_real_file_is_found_set_to_null_and_brought_back() {
    let Some(start) = sample() else {
        println!("skipped: no samples beside the project");
        return;
    };
    let mut found = Vec::new();
    leaves(&start, &FieldPath::root(), &mut found);
    assert_eq!(found.len(), 118);
    let source = || FormSource::of(start.clone(), start.clone());
    let mut desk = Desk::over(&Profile::builtin(), ITEM);
    for leaf in found {
        desk.form = Form::open("news/one.md".into(), &Profile::builtin(), source());
        go_to(&mut desk, &leaf);
        desk.press("n");
        bring_back(&mut desk, start.at(&leaf).unwrap());
        let heard = desk.heard();
        assert_eq!(desk.form.tree.value, start, "{leaf}: {heard}");
    }
}
