//! The desk's budgets, each beside a floor measured in the same run: `cargo bench --bench desk` (`-- saving` for those of a save alone,
//! `-- single` for those of one item).
//!
//! Ten thousand made-up items of 11 KB in a temporary folder, page cache warm, everything in process but the start. Absolute times
//! vary from machine to machine; the ratios hardly do. `cargo bench --bench desk -- list` stops when the list is measured.

mod bulk;
mod deciding;
mod desk;
mod keeping;
mod machine;
mod offerings;
mod saving;
mod single;
mod table;
mod vocabulary;

use std::time::Duration;

use desk::Desk;
use table::{Table, each, median, timed};

const ITEMS: usize = 10_000;

const fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("library");
    curate::shell::demo::make(&library, ITEMS).expect("the demo is written");
    let files = machine::files(&library);
    println!("{ITEMS} made-up items, {} cores", std::thread::available_parallelism().map_or(0, usize::from));
    let mut table = Table::begin();
    if std::env::args().any(|argument| argument == "saving") {
        let mut desk = load(&mut table, &library, &files);
        saving::journal(&mut table, &mut desk);
        saving::write(&mut table, &library, &files);
        return println!("{} budgets missed", table.missed());
    }

    if std::env::args().any(|argument| argument == "kept") {
        keeping::restart(&mut table, &library);
        keeping::merge(&mut table);
        return println!("{} budgets missed", table.missed());
    }

    if std::env::args().any(|argument| argument == "single") {
        let mut desk = load(&mut table, &library, &files);
        single::document(&mut table);
        single::item(&mut table, &mut desk);
        return println!("{} budgets missed", table.missed());
    }

    start(&mut table);
    let mut desk = load(&mut table, &library, &files);
    if std::env::args().any(|asked| asked == "list") {
        return;
    }
    keys(&mut table, &mut desk);
    screen(&mut table, &mut desk);
    vocabulary::near(&mut table);
    single::document(&mut table);
    single::item(&mut table, &mut desk);
    deciding::verdicts(&mut table, &mut desk);
    deciding::picker(&mut table);
    keeping::restart(&mut table, &library);
    keeping::merge(&mut table);
    saving::journal(&mut table, &mut desk);
    offerings::workbench(&mut table, &mut desk);
    marked(&mut table, &mut desk);
    bulk::topic(&mut table, desk, &files);
    saving::write(&mut table, &library, &files);
    println!("{} budgets missed", table.missed());
}

fn start(table: &mut Table) {
    let version = median(&each(21, || machine::run(env!("CARGO_BIN_EXE_curate"), &["--version"])));
    let nothing = median(&each(21, || machine::run("/bin/true", &[])));
    table.beside("start of `curate --version`", version, ("`/bin/true`", nothing), ms(5));
}

fn load(table: &mut Table, library: &std::path::Path, files: &[std::path::PathBuf]) -> Desk {
    let paint = median(&each(5, || drop(Desk::first_paint(library, 80, 24))));
    table.time("first paint", paint, ms(50));
    let before = machine::memory();
    let mut desk = Desk::first_paint(library, 80, 24);
    desk.fill();
    let grown = machine::memory().saturating_sub(before);
    // In turns: what slows the machine down for a moment slows both.
    let turn = |_| (timed(|| machine::read_all(files)).0, Desk::first_paint(library, 80, 24).fill());
    let (floors, fills): (Vec<Duration>, Vec<Duration>) = (0..11).map(turn).unzip();
    table.ratio("list complete", median(&fills), ("reading, two threads", median(&floors)), 3.0);
    table.bytes("memory an item", grown / ITEMS as u64, 1536);
    assert_eq!(desk.state.library.rows().len(), ITEMS);
    desk
}

/// `virtual care`, letter by letter and back again.
fn typed(desk: &mut Desk) -> Vec<Duration> {
    let letters: Vec<Duration> = "virtual care".chars().map(|c| desk.letter(c).0).collect();
    let back = (0.."virtual care".len()).map(|_| desk.key("backspace").0);
    letters.into_iter().chain(back.collect::<Vec<_>>()).collect()
}

fn keys(table: &mut Table, desk: &mut Desk) {
    desk.key("/");
    let mut times: Vec<Duration> = (0..5).flat_map(|_| typed(desk)).collect();
    desk.key("esc");
    times.sort();
    let titles = || desk.state.library.rows().iter().filter(|(_, row)| row.title().contains("virtual")).count();
    let floor = median(&each(21, || assert!(std::hint::black_box(titles()) < ITEMS)));
    table.beside("filter key, median", median(&times), ("one `contains` a title", floor), ms(2));
    table.time("filter key, worst", times[times.len() - 1], ms(8));
}

fn screen(table: &mut Table, desk: &mut Desk) {
    desk.key("g");
    desk.rest();
    let moves: Vec<(Duration, u64)> = (0..200).map(|_| desk.key("j")).collect();
    let (times, bytes): (Vec<_>, Vec<_>) = moves.iter().copied().unzip();
    table.time("cursor key, median", median(&times), ms(2));
    table.time("cursor key, worst", *times.iter().max().expect("there are some"), ms(8));
    table.bytes("cursor key within the window, most", *bytes[..7].iter().max().expect("there are some"), 300);
    table.bytes("cursor key that scrolls, median", median(&bytes[8..]), 300);
    desk.rest();
    let (unchanged, ()) = (desk.screen.bytes_written(), desk.draw());
    table.bytes("idle: an unchanged frame", desk.screen.bytes_written() - unchanged, 0);
    table.bytes("full list and preview, 80x24", desk.repaint(), 5 * 1024);
}

/// What keys cost where everything is marked.
fn marked(table: &mut Table, desk: &mut Desk) {
    desk.key("g");
    let (mark, _) = timed(|| desk.key("*"));
    table.time("marking all", mark, ms(8));
    let times: Vec<Duration> = (0..100).map(|_| desk.key("j").0).collect();
    table.time("cursor key, all marked, median", median(&times), ms(2));
    desk.key("/");
    let times = typed(desk);
    desk.key("esc");
    table.time("filter key, all marked, median", median(&times), ms(2));
}
