//! Ten thousand items at once: a topic for all of them, and the review.

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use curate::app::{Effect, Event, update};
use curate::shell::editing::Editing;

use crate::desk::Desk;
use crate::table::{Table, each, median};
use crate::{machine, ms};

/// Adds a topic to everything, all marked; then opens the review.
pub fn topic(table: &mut Table, mut desk: Desk, files: &[PathBuf]) {
    let fronts: Vec<(PathBuf, String)> = files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file).expect("it can be read");
            (file.clone(), machine::front(&text).to_string())
        })
        .collect();
    let parse = |front: &str| drop(black_box(serde_yaml::from_str::<serde_yaml::Value>(front)));
    let floor = median(&each(3, || {
        let (left, right) = fronts.split_at(fronts.len() / 2);
        std::thread::scope(|scope| {
            scope.spawn(|| left.iter().for_each(|(_, front)| parse(front)));
            right.iter().for_each(|(_, front)| parse(front));
        });
    }));
    let (events, inbox) = channel::<Event>();
    let editing = Editing::start(desk.workshop.clone(), move |event| drop(events.send(event)));
    desk.key("t");
    for letter in "A topic that nobody has".chars() {
        desk.letter(letter);
    }
    desk.key("ctrl-n");
    let start = Instant::now();
    let mut in_update = Duration::ZERO;
    let effects = update(&mut desk.state, Event::Key("enter".parse().expect("a key")));
    hand_over(&editing, effects);
    table.time("a topic for all: the key itself", start.elapsed(), ms(100));
    while !desk.state.batches.is_empty() {
        let event = inbox.recv().expect("the workers live");
        let taken = Instant::now();
        let effects = update(&mut desk.state, event);
        in_update += taken.elapsed();
        hand_over(&editing, effects);
    }
    let drafts = desk.state.library.drafts.len();
    let what = format!("a topic for all: {drafts} drafts ready for review");
    table.ratio(&what, start.elapsed(), ("serde_yaml, two threads, one parse each", floor), 2.0);
    table.time("the same, time in `update` an item", in_update / drafts.max(1) as u32, Duration::from_micros(20));
    let times: Vec<Duration> = (0..100).map(|_| desk.key("j").0).collect();
    table.time("cursor key, all with drafts, median", median(&times), ms(2));
    review(table, &mut desk, &editing, &inbox);
    editing.finish();
}

fn hand_over(editing: &Editing, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Match(_) | Effect::Preview { .. } | Effect::Rest { .. } | Effect::Journal(_) => {}
            other => editing.carry_out(other),
        }
    }
}

/// From `w` to a list of all files, to a screen full of known ones, and to the last one.
fn review(table: &mut Table, desk: &mut Desk, editing: &Editing, inbox: &std::sync::mpsc::Receiver<Event>) {
    let start = Instant::now();
    let mut in_update = Duration::ZERO;
    hand_over(editing, update(&mut desk.state, Event::Key("w".parse().expect("a key"))));
    desk.draw();
    table.time("review: all files listed", start.elapsed(), ms(50));
    let expected = desk.state.library.drafts.len();
    let (mut known, mut first) = (0, None);
    while known < expected {
        let event = inbox.recv().expect("the workers live");
        known += usize::from(matches!(event, Event::Reviewed { .. }));
        let taken = Instant::now();
        let effects = update(&mut desk.state, event);
        in_update += taken.elapsed();
        hand_over(editing, effects);
        if known == 25 && first.is_none() {
            desk.draw();
            first = Some(start.elapsed());
        }
    }
    table.time("review: the first screenful", first.unwrap_or_default(), ms(100));
    println!("| review of {expected} files whole | {:.2?} | | | | |", start.elapsed());
    table.time("review: time in `update` a file", in_update / expected as u32, Duration::from_micros(20));
    let mut key = || {
        let pressed = Instant::now();
        hand_over(editing, update(&mut desk.state, Event::Key("j".parse().expect("a key"))));
        desk.draw();
        pressed.elapsed()
    };
    table.time("review: key, median", median(&(0..50).map(|_| key()).collect::<Vec<_>>()), ms(2));
}
