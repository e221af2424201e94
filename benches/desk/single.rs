//! One item: an edit, the form, the preview.

use std::hint::black_box;

use curate::app::Event;
use curate::app::event::FormSource;
use curate::app::form::Form;
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
    let letters = median(&each(101, || counted(document.body())));
    table.beside(&what, median(&each(101, render)), ("counting its letters", letters), ms(1));
    long(table, &profile, &text);
}

/// A front matter and a body that are as long as the longest of real ones.
fn long(table: &mut Table, profile: &Profile, text: &str) {
    let front = machine::front(text);
    let mut long = front.trim_end().to_string() + "\n";
    for n in 0.. {
        if long.len() >= 114 * 1024 {
            break;
        }
        long.push_str(&format!("field{n}: a value that says no more than the {n} before it, and as little\n"));
    }
    let parse = || drop(black_box(serde_yaml::from_str::<serde_yaml::Value>(&long).expect("it parses")));
    let floor = median(&each(21, parse));
    let document = Document::open(format!("---\n{long}---\n").into_bytes()).expect("it is a document");
    let open = || {
        let value = document.value().expect("it parses");
        let source = FormSource::of(value.clone(), value);
        drop(black_box(Form::open("one.md".into(), profile, source)));
    };
    let what = format!("form of a front matter of {} KB", long.len() / 1024);
    table.beside(&what, median(&each(21, open)), ("serde_yaml, one parse", floor), ms(30));

    let body = "<h2>A ward</h2><p>Without <a href='/w'>walls</a>, and <em>with</em> beds.</p><ul><li>one<li>two</ul>";
    let html = body.repeat(1_700_000 / body.len() + 1);
    let floor = median(&each(21, || counted(&html)));
    let render = || drop(black_box(wrap::render(&html, Markup::Html, 78)));
    let what = format!("preview of {:.1} MB of HTML", html.len() as f64 / 1e6);
    table.beside(&what, median(&each(5, render)), ("counting its letters", floor), ms(100));
}

/// Counts the letters of a text.
fn counted(text: &str) {
    black_box(text.split_whitespace().map(|word| word.chars().count()).sum::<usize>());
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
    let text = curate::demo::item(0).text;
    let parse =
        || drop(black_box(serde_yaml::from_str::<serde_yaml::Value>(machine::front(&text)).expect("it parses")));
    let once = ("serde_yaml, one parse", median(&each(101, parse)));
    table.beside("opening the form", median(&opened), once, ms(4));
    desk.key("e");
    desk.key("enter");
    let typed: Vec<_> = "made from a few letters".chars().map(|letter| desk.letter(letter)).collect();
    let (times, bytes): (Vec<_>, Vec<_>) = typed.into_iter().unzip();
    table.time("letter in a field, median", median(&times), ms(2));
    table.bytes("letter in a field, most", *bytes.iter().max().expect("there are some"), 120);
    desk.key("esc");
    let lines = "Forty patients at home, each with a scale and a cuff.\n".repeat(1_900);
    letters_in(table, desk, "lines", &lines);
    letters_in(table, desk, "one line", &lines.replace('\n', " "));
    desk.key("esc");
    while !desk.state.library.drafts.is_empty() {
        desk.key("u");
    }
}

/// Letters typed at the end of a text of 100 KB, of which there are many lines or one.
fn letters_in(table: &mut Table, desk: &mut Desk, what: &str, text: &str) {
    desk.key("/");
    for letter in "description".chars() {
        desk.letter(letter);
    }
    desk.key("enter");
    desk.key("enter");
    desk.happen(Event::Paste(text.to_string()));
    desk.draw();
    let typed: Vec<_> = "made from a few letters".chars().map(|letter| desk.letter(letter)).collect();
    let (times, bytes): (Vec<_>, Vec<_>) = typed.into_iter().unzip();
    let floor = median(&each(101, || counted(text)));
    let name = format!("letter in {} KB, {what}", text.len() / 1024);
    table.beside(&name, median(&times), ("counting its letters", floor), ms(2));
    table.bytes(&format!("{name}, most"), *bytes.iter().max().expect("there are some"), 120);
    desk.key("ctrl-o");
    desk.key("esc");
}
