//! What an edit costs, verified, and what a hostile front matter costs: `cargo bench --bench lossless`.
//!
//! The floor of each figure is measured in the same run: `serde_yaml` reading the same front matter once into values, which a
//! save that verifies nothing would cost already; for a hostile text, one look at each of its bytes. Where a budget is
//! overrun the program says so and fails.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use curate::content::{Document, FieldPath, Op, Value};

#[path = "../tests/lossless/hostile/texts.rs"]
mod texts;

const EDIT: Duration = Duration::from_millis(1);
const HOSTILE: Duration = Duration::from_millis(50);

/// The median of `times` runs.
fn median(times: usize, mut one: impl FnMut()) -> Duration {
    let mut all: Vec<Duration> = (0..times)
        .map(|_| {
            let start = Instant::now();
            one();
            start.elapsed()
        })
        .collect();
    all.sort();
    all[times / 2]
}

/// One row; whether it is within its budget.
fn row(what: &str, measured: Duration, floor: Duration, budget: Option<Duration>) -> bool {
    let ratio = measured.as_secs_f64() / floor.as_secs_f64().max(1e-9);
    let within = budget.is_none_or(|budget| measured <= budget);
    let budget = budget.map_or("-".to_string(), |budget| format!("{budget:.0?}"));
    let verdict = if within { "" } else { " | OVER" };
    println!("{what:<34} | {measured:>9.1?} | {floor:>9.1?} | {ratio:>7.1} x | {budget:>5}{verdict}");
    within
}

/// The real sample where it lies beside the project, else a made-up item in its shape.
fn sample() -> (&'static str, Vec<u8>) {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/metaverse-in-digital-medicine.md");
    match fs::read(real) {
        Ok(bytes) => ("the sample", bytes),
        Err(_) => ("a made-up item", curate::demo::item(0).text.into_bytes()),
    }
}

fn edits() -> bool {
    let (name, bytes) = sample();
    let document = Document::open(bytes.clone()).expect("an item with front matter");
    println!("{name}: {} bytes, {} of them front matter", bytes.len(), document.front().len());
    let floor = median(501, || drop(serde_yaml::from_str::<serde_yaml::Value>(document.front())));
    let title = Op::Set { path: FieldPath::key("title"), value: Value::from("Another title") };
    let topic = |list: FieldPath| Op::Insert { list, index: 2, value: Value::from("KLAS: New Topic") };
    let value = document.value().expect("an item that parses");
    let lists: Vec<Op> = ["categories", "categorySlug", "categoryUrl", "categoryLabel"]
        .map(FieldPath::key)
        .into_iter()
        .chain([FieldPath::key("openProjectCustomFields").then("medigyTopics")])
        .filter(|list| value.at(list).and_then(Value::as_seq).is_some_and(|entries| entries.len() >= 2))
        .map(topic)
        .collect();
    let apply = |ops: &[Op]| median(501, || drop(black_box(document.apply(ops).expect("a right edit"))));
    let open = median(501, || drop(black_box(Document::open(bytes.clone()))));
    let read = median(501, || drop(black_box(document.value())));
    let all = [
        row("fences found", open, floor, None),
        row("read into values", read, floor, None),
        row("one field set, verified", apply(&[title]), floor, Some(EDIT)),
        row(&format!("one topic in {} lists, verified", lists.len()), apply(&lists), floor, Some(EDIT)),
    ];
    all.iter().all(|within| *within)
}

/// What the limits just let through, the dearest that there is to edit.
fn largest() -> Vec<(&'static str, String)> {
    vec![
        ("as many keys as are read", (0..9_900).map(|n| format!("k{n}: v\n")).collect()),
        ("as wide a flow", format!("a: [{}]\n", "x, ".repeat(19_900))),
        ("as nested a flow", format!("a: [{}]\n", format!("{}x{}, ", "[".repeat(90), "]".repeat(90)).repeat(109))),
        ("as many anchors", (0..4_900).map(|n| format!("k{n}: &a{n} v\nl{n}: *a{n}\n")).collect()),
    ]
}

/// Each hostile text is opened, read, and edited where it can be.
fn hostile() -> bool {
    let mut all_within = true;
    for (name, text) in texts::all().into_iter().chain(largest()) {
        let bytes = format!("---\n{text}\n---\n").into_bytes();
        let floor = median(5, || {
            black_box(bytes.iter().filter(|byte| **byte == b'\n').count());
        });
        let measured = median(5, || {
            let Ok(document) = Document::open(bytes.clone()) else { return };
            let op = Op::Add { map: FieldPath::root(), key: "added".to_string(), value: Value::from("x") };
            drop(black_box(document.apply(&[op])));
        });
        all_within &= row(&format!("hostile: {name}"), measured, floor, Some(HOSTILE));
    }
    all_within
}

fn main() -> ExitCode {
    println!("what | measured (median) | floor | ratio | budget");
    let (edits, hostile) = (edits(), hostile());
    if edits && hostile { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
