//! What is kept: a start over ten thousand drafts, and a merge as git asks for it. What the journal adds to a key is with `saving`.

use std::io::Read;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use curate::app::{Effect, Event, update};
use curate::library::Record;
use curate::shell::editing::Editing;
use curate::shell::folders::Folders;
use curate::shell::journal;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::desk::Desk;
use crate::table::{Table, each, median, timed};
use crate::{ITEMS, machine, ms};

/// The program started on ten thousand drafts that an earlier run left: until there are rows to work on, and until all are there.
pub fn restart(table: &mut Table, library: &Path) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let without: Vec<_> = (0..5).map(|at| open(library, &home.path().join(format!("none{at}")))).collect();
    let records = drafts(library);
    let root = curate::shell::root::find(library).expect("the folder is there");
    let state = Folders::under(home.path()).state.join("curate");
    let folder = Folders { state, ..Folders::under(home.path()) }.state_of(&root.dir);
    let (mut kept, _) = journal::open(&folder).expect("a journal");
    kept.keep(&records).expect("they are kept");
    drop(kept);
    let (file, as_left) = (folder.join("journal"), std::fs::read(folder.join("journal")).expect("a journal"));
    let with = (0..5).map(|_| {
        std::fs::write(&file, &as_left).expect("it is as it was left");
        open(library, home.path())
    });
    let with: Vec<_> = with.collect();
    let first = |of: &[Opened]| median(&of.iter().map(|opened| opened.rows).collect::<Vec<_>>());
    let all = |of: &[Opened]| median(&of.iter().map(|opened| opened.all).collect::<Vec<_>>());
    let what = format!("start over {ITEMS} drafts: rows to work on");
    table.beside(&what, first(&with), ("the same without drafts", first(&without)), ms(300));
    let what = format!("start over {ITEMS} drafts: all there, a key answered");
    table.ratio(&what, all(&with), ("the same without drafts", all(&without)), 3.0);
    let (read, (_, left)) = timed(|| journal::open(&folder).expect("a journal"));
    table.time("the journal of these, read", read, ms(150));
    let mut desk = Desk::first_paint(library, 80, 24);
    let (replayed, ()) = timed(|| drop(update(&mut desk.state, Event::Restored(left.records))));
    table.time("the drafts of these, restored", replayed, ms(100));
}

/// How long a start took.
struct Opened {
    rows: Duration,
    all: Duration,
}

/// The records of a verdict on everything.
fn drafts(library: &Path) -> Vec<Record> {
    let mut desk = Desk::first_paint(library, 80, 24);
    desk.fill();
    desk.key("*");
    let (events, inbox) = channel::<Event>();
    let editing = Editing::start(desk.workshop.clone(), move |event| drop(events.send(event)));
    let (mut records, mut effects) = (Vec::new(), update(&mut desk.state, Event::Key("a".parse().expect("a key"))));
    loop {
        for effect in effects {
            match effect {
                Effect::Journal(some) => records.extend(some),
                expand @ Effect::Expand(_) => editing.carry_out(expand),
                _ => {}
            }
        }
        if desk.state.batches.is_empty() {
            break;
        }
        effects = update(&mut desk.state, inbox.recv().expect("the workers live"));
    }
    editing.finish();
    // What is accepted already has nothing to change.
    assert!(desk.state.library.drafts.len() > ITEMS * 9 / 10);
    records
}

/// Starts the program in a terminal, presses a key once all items are there, and waits until it is answered.
fn open(library: &Path, home: &Path) -> Opened {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_curate"));
    command.arg(library);
    for (name, below) in [("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data")] {
        command.env(name, home.join(below));
    }
    let mut child = pair.slave.spawn_command(command).expect("it starts");
    drop(pair.slave);
    let mut keys = pair.master.take_writer().expect("a keyboard");
    let mut reader = pair.master.try_clone_reader().expect("a screen");
    let (mut screen, mut bytes) = (vt100::Parser::new(24, 80, 0), [0; 8192]);
    let (mut rows, mut pressed) = (None, false);
    let begun = Instant::now();
    while !pressed || !screen.screen().contents().contains(&format!("2 of {ITEMS}")) {
        let read = reader.read(&mut bytes).expect("it shows something");
        screen.process(&bytes[..read]);
        if rows.is_none() && shows_an_item(&screen.screen().contents()) {
            rows = Some(begun.elapsed());
        }
        if !pressed && screen.screen().contents().contains(&format!("1 of {ITEMS}")) {
            keys.write_all(b"j").expect("it takes a key");
            pressed = true;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{}", screen.screen().contents());
    }
    let all = begun.elapsed();
    // What it does at its end is not measured, and nothing is kept of it.
    child.kill().expect("it runs");
    std::thread::spawn(move || while matches!(reader.read(&mut bytes), Ok(1..)) {});
    child.wait().expect("it ends");
    Opened { rows: rows.unwrap_or(all), all }
}

/// Whether the list's first line is an item: the date of a made-up one stands in it.
fn shows_an_item(screen: &str) -> bool {
    screen.lines().nth(2).is_some_and(|line| line.contains(" 20"))
}

/// `curate merge` of one item, in which one has another title and the other one topic more.
pub fn merge(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let base = curate::demo::item(0).text;
    let title = base.lines().find_map(|line| line.strip_prefix("title: ")).expect("it has one");
    let ours = base.replace(title, "Another title");
    let theirs = base.replacen("categories:\n", "categories:\n  - 'KLAS: A topic that nobody has'\n", 1);
    for (name, text) in [("base", &base), ("theirs", &theirs)] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (base, mine, theirs) = (path("base"), path("ours"), path("theirs"));
    let merged = |_| {
        std::fs::write(&mine, &ours).expect("a file");
        timed(|| machine::run(env!("CARGO_BIN_EXE_curate"), &["merge", &base, &mine, &theirs])).0
    };
    let times: Vec<Duration> = (0..51).map(merged).collect();
    let text = std::fs::read_to_string(&mine).expect("a file");
    assert!(text.contains("Another title") && text.contains("A topic that nobody has"));
    let nothing = median(&each(21, || machine::run("/bin/true", &[])));
    table.beside("merge of one item, as a process", median(&times), ("`/bin/true`", nothing), ms(10));
}
