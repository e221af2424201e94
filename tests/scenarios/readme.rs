//! The README keeps in step with the program: its picture is a real screen, its key table the command table.
//!
//! `UPDATE_README=1 cargo test readme` writes both anew.

use crate::desk::Desk;

fn readme() -> (std::path::PathBuf, String) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).expect("there is a README");
    (path, text)
}

#[track_caller]
fn in_step(name: &str, now: &str) {
    let (path, text) = readme();
    let (from, to) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = text.find(&from).expect("the README has the place") + from.len();
    let end = start + text[start..].find(&to).expect("the README closes the place");
    if text[start..end] == *now {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_README").is_some(),
        "{name} is out of step: run UPDATE_README=1 cargo test readme"
    );
    let new = format!("{}{now}{}", &text[..start], &text[end..]);
    std::fs::write(path, new).expect("the README can be written");
}

#[test]
fn the_readmes_key_table_is_the_command_table() {
    in_step("keys", &curate::command::markdown::key_table());
}

#[test]
fn the_readmes_picture_is_a_real_screen_of_the_demo() {
    let files: Vec<(String, String)> = curate::demo::items(60).map(|f| (f.path, f.text)).collect();
    let mut desk = Desk::with(&files);
    desk.press("j a j j x k k").type_text("").press("/").type_text("virtual care").press("enter");
    let picture = format!("```text\n{}\n```\n", desk.screen());
    in_step("picture", &picture);
}
