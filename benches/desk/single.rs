//! One item: an edit, the form, the preview.

use std::hint::black_box;

use curate::content::{Document, edit};
use curate::preview::{Markup, wrap};
use curate::profile::{Intent, Profile, expand};

use crate::desk::Desk;
use crate::table::{Table, each, median};
use crate::{machine, ms};

/// An edit of one document in memory, verified, and the preview of its body.
pub fn document(table: &mut Table) {
    let text = curate::demo::item(0).text;
    let profile = Profile::from_yaml(curate::demo::PROFILE, ".curate.yaml").expect("it is right");
    let open = || Document::open(text.clone().into_bytes()).expect("it is a document");
    let verified = |intent: &Intent| {
        let document = open();
        let edits = expand::expand(&profile, intent, &document).expect("it can be made").edits;
        black_box(edit::apply(&document, &edits).expect("it fits"));
    };
    let front = machine::front(&text);
    let parse = || drop(black_box(serde_yaml::from_str::<serde_yaml::Value>(front).expect("it parses")));
    let floor = median(&each(101, parse));
    let title = Intent::SetText { field: "title".parse().expect("a field"), text: "Another title".to_string() };
    let topic = Intent::AddTopic("KLAS: A topic that nobody has".to_string());
    let once = ("serde_yaml, one parse", floor);
    table.beside("title in six places, verified", median(&each(101, || verified(&title))), once, ms(1));
    table.beside("topic in five lists, verified", median(&each(101, || verified(&topic))), once, ms(1));
    let document = open();
    let render = || drop(black_box(wrap::render(document.body(), Markup::Markdown, 78)));
    let what = format!("preview of a body of {:.1} KB", document.body().len() as f64 / 1024.0);
    table.time(&what, median(&each(101, render)), ms(1));
}

/// The form of the item under the cursor, and a letter typed in it.
pub fn item(table: &mut Table, desk: &mut Desk) {
    desk.key("g");
    desk.rest();
    let opened: Vec<_> = (0..21)
        .map(|_| {
            let time = desk.key("e").0;
            desk.key("esc");
            time
        })
        .collect();
    table.time("opening the form", median(&opened), ms(4));
    desk.key("e");
    desk.key("enter");
    let typed: Vec<_> = "made from a few letters".chars().map(|letter| desk.letter(letter)).collect();
    let (times, bytes): (Vec<_>, Vec<_>) = typed.into_iter().unzip();
    table.time("letter in a field, median", median(&times), ms(2));
    table.bytes("letter in a field, most", *bytes.iter().max().expect("there are some"), 120);
    desk.key("esc");
    desk.key("esc");
    while !desk.state.library.drafts.is_empty() {
        desk.key("u");
    }
}
