//! The house stands as DESIGN §10 draws it: rooms import one way, only `shell` reaches outside, nothing is too long.
//!
//! The scan reads `src/`; the made-up sources below show that each rule can fail.

mod rules;
mod scan;

use std::fs;
use std::path::Path;

use scan::Source;

/// Every source under `src/`.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut sources) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_string();
                sources.push(Source::new(&name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    without_test_files(sources)
}

/// The sources, with those files that are compiled for tests only known as such.
fn without_test_files(sources: Vec<Source>) -> Vec<Source> {
    let modules: Vec<String> = sources.iter().flat_map(Source::test_modules).collect();
    let for_tests = |source: &Source| modules.iter().any(|module| source.is_in(module));
    sources.into_iter().map(|source| if for_tests(&source) { source.for_tests() } else { source }).collect()
}

#[test]
fn the_house_stands_as_it_was_drawn() {
    let sources = sources();
    assert!(sources.len() > 20, "the scan found its sources");
    let wrong: Vec<String> = sources.iter().flat_map(rules::all).collect();
    for long in sources.iter().flat_map(|s| rules::longer(s, rules::FILE_LINES.0, rules::FUNCTION_LINES.0)) {
        println!("getting long: {long}");
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_table_itself_is_one_way() {
    let place = |room: &str| rules::ROOMS.iter().position(|(name, _)| *name == room);
    for (room, allowed) in rules::ROOMS {
        for other in allowed {
            assert!(place(other).expect(other) < place(room).unwrap(), "{room} and {other}");
        }
    }
}

/// What a rule says of a made-up source.
fn wrong(rule: fn(&Source) -> Vec<String>, path: &str, text: &str) -> String {
    rule(&Source::new(path, text)).join("\n")
}

#[test]
fn a_room_that_imports_the_wrong_way_is_found_however_it_is_written() {
    let imports = |path, text| wrong(rules::imports, path, text);
    let expected = "content/path.rs:2: content must not import profile (crate::profile::Kind)";
    assert_eq!(imports("content/path.rs", "\nuse crate::profile::Kind;\n"), expected);
    assert!(imports("content/path.rs", "use crate::{content::X, profile::{Kind, Y as Z}};").contains("profile::Kind"));
    assert!(imports("content/path.rs", "fn f(x: crate::profile::Kind) {}").contains("import profile"));
    assert!(imports("content/path.rs", "use super::super::profile::Kind;").contains("import profile"));
    assert!(imports("content/mod.rs", "use super::profile;").contains("import profile"));
    assert!(imports("search/matcher.rs", "pub use crate::preview::Block;").contains("import preview"));
    assert!(imports("view/list.rs", "use crate::shell::disk;").contains("import shell"));
    assert!(imports("cli/set.rs", "use crate::app::State;").contains("import app"));
    assert!(imports("shown.rs", "use crate::content::Value;").contains("import content"));
    assert!(imports("command/mod.rs", "use crate::app::State;").contains("import app"));
    assert!(imports("main.rs", "fn main() { curate::app::run() }").contains("import app"));
    assert!(imports("attic/mod.rs", "").contains("no room \"attic\""));
}

#[test]
fn a_room_that_imports_the_right_way_is_left_alone() {
    let imports = |path, text| wrong(rules::imports, path, text);
    assert_eq!(imports("profile/mod.rs", "use crate::content::{FieldRef, Value};\nuse super::content;"), "");
    assert_eq!(imports("content/yaml/tree.rs", "use super::super::path;\nuse super::write;\nuse self::x::y;"), "");
    assert_eq!(imports("content/path.rs", "// use crate::app::State;\nlet x = \"crate::app\"; /* crate::app */"), "");
    assert_eq!(imports("content/path.rs", "#[cfg(test)]\nmod tests { use crate::app::State; }\n"), "");
    assert_eq!(imports("app/mod.rs", "use crate::{command::Command, library, search::Query};"), "");
}

#[test]
fn a_file_declared_for_tests_only_is_left_alone_and_its_neighbour_is_not() {
    let texts = [
        ("content/path.rs", "#[cfg(test)]\nmod tests;\n#[cfg(test)]\npub(crate) mod made_up;\nmod tests_of_time;\n"),
        ("content/op.rs", "#[cfg(test)]\n#[path = \"op_tests.rs\"]\nmod tests;\n"),
        ("content/op_tests.rs", "use crate::app::A;"),
        ("content/path/tests.rs", "use crate::app::A;"),
        ("content/path/made_up/mod.rs", "use crate::app::A;"),
        ("content/path/tests_of_time.rs", "use crate::app::A;"),
    ];
    let sources = without_test_files(texts.iter().map(|(path, text)| Source::new(path, text)).collect());
    let wrong: Vec<String> = sources.iter().flat_map(rules::imports).collect();
    assert_eq!(wrong, ["content/path/tests_of_time.rs:1: content must not import app (crate::app::A)"]);
}

#[test]
fn what_follows_a_test_is_looked_at_again() {
    let text = "#[cfg(test)]\nuse crate::app::A;\n#[cfg(test)]\nfn t() { { } }\nuse crate::app::B;\n";
    assert_eq!(wrong(rules::imports, "content/path.rs", text).lines().count(), 1);
    assert!(wrong(rules::imports, "content/path.rs", text).contains(":5: "));
}

#[test]
fn a_room_that_reaches_outside_is_found() {
    let outside = |path, text| wrong(rules::outside, path, text);
    assert!(outside("library/rows.rs", "use std::{fmt, fs::{self, File}};").contains("std::fs"));
    assert!(outside("library/rows.rs", "use std::fs;").contains("must not name std::fs"));
    assert!(outside("app/mod.rs", "fn f() { std::process::exit(1) }").contains("std::process::exit"));
    assert!(outside("preview/mod.rs", "use std::io;\nfn f() { io::stdout(); }").contains(":2: "));
    assert!(outside("view/list.rs", "use crossterm::terminal::Clear;").contains("crossterm::terminal"));
    assert!(outside("search/mod.rs", "fn f() { println!(\"x\") }").contains("println! writes"));
    assert!(outside("app/mod.rs", "fn f() { std::env::var(x) }").contains("std::env"));
}

#[test]
fn what_shell_verbs_and_tests_do_outside_is_theirs() {
    let outside = |path, text| wrong(rules::outside, path, text);
    assert_eq!(outside("shell/disk.rs", "use std::fs;\nuse crossterm::terminal;"), "");
    assert_eq!(outside("cli/list.rs", "fn f() { println!(\"x\") }"), "");
    assert_eq!(outside("library/rows.rs", "#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n"), "");
    assert_eq!(outside("library/rows.rs", "use std::fmt;\n/// as println! does\nfn my_println() {}"), "");
}

#[test]
fn a_room_that_draws_and_should_not_is_found() {
    let drawing = |path, text| wrong(rules::drawing, path, text);
    assert!(drawing("preview/mod.rs", "use ratatui::text::Line;").contains("ratatui::text::Line"));
    assert!(drawing("app/mod.rs", "fn f(a: ratatui::layout::Rect) {}").contains("ratatui::layout::Rect"));
    assert!(drawing("search/mod.rs", "use tui_textarea::TextArea;").contains("tui_textarea"));
    assert!(drawing("library/mod.rs", "use crossterm::event::KeyEvent;").contains("crossterm"));
    assert_eq!(drawing("app/form.rs", "use tui_textarea::TextArea;\nuse crossterm::event::KeyEvent;"), "");
    assert_eq!(drawing("view/list.rs", "use ratatui::text::Line;"), "");
}

#[test]
fn an_unwrap_without_a_reason_is_found() {
    let unwraps = |text| wrong(rules::unwraps, "content/path.rs", text);
    assert_eq!(unwraps("fn f() {\n    x.unwrap();\n}"), "content/path.rs:2: unwrap() without a reason");
    assert_eq!(unwraps("fn f() {\n    // it was checked above\n    x.unwrap();\n    y.unwrap(); // so was it\n}"), "");
    assert_eq!(unwraps("fn f() { x.unwrap_or(1); let s = \".unwrap()\"; }"), "");
    assert_eq!(unwraps("fn f() { let url = \"//\"; x.unwrap(); }").lines().count(), 1);
    assert_eq!(unwraps("#[cfg(test)]\nmod tests {\n    fn f() { x.unwrap(); }\n}"), "");
}

#[test]
fn what_is_left_for_later_is_found_in_tests_too() {
    for left in ["todo!()", "unimplemented!()", "#[ignore]", "#[allow(dead_code)]"] {
        let text = format!("#[cfg(test)]\nmod tests {{\n    {left}\n    fn f() {{}}\n}}\n");
        assert!(wrong(rules::left_over, "content/path.rs", &text).contains("path.rs:3: "), "{left}");
    }
    assert_eq!(wrong(rules::left_over, "content/path.rs", "// todo!\nlet x = \"todo!\";"), "");
}

#[test]
fn what_is_too_long_is_found_and_named() {
    let long = |text: &str| rules::longer(&Source::new("app/mod.rs", text), 10, 4);
    let body = "    // }\n    let c = '{';\n    let s = \"}\";\n";
    assert_eq!(long(&format!("fn short() {{\n{}}}\n", "    let c = '{';\n    // }\n")), Vec::<String>::new());
    let found =
        long(&format!("trait T {{\n    fn none(&self);\n}}\nfn long<'a>(x: &'a [u8; 3]) -> [u8; 2] {{\n{body}}}\n"));
    assert_eq!(found, ["app/mod.rs:4: long has 5 lines, more than 4"]);
    assert_eq!(long(&"\n".repeat(11)), ["app/mod.rs: 11 lines, more than 10"]);
}

#[test]
fn texts_of_every_kind_are_not_taken_for_code() {
    let text = "let a = r#\"crate::app \"quoted\" \"#; let b = b\"crate::app\\\"\"; let c = '\\''; let d = '\"'; let e: &'static str;";
    let source = Source::new("content/path.rs", text);
    assert!(!source.code.contains("app"), "{}", source.code);
    assert!(source.code.ends_with("let e: &'static str;"));
    assert_eq!(source.code.chars().count(), text.chars().count());
}
