//! A curator's hands: verdicts, one after another, and the topic picker.

use std::time::Duration;

use curate::app::event::Found;
use curate::app::{Effect, Event, Layer, State, update};
use curate::command::Keymap;
use curate::content::summary::Cell;
use curate::library::{Loading, Row, RowField};
use curate::profile::Profile;

use crate::desk::Desk;
use crate::table::{Table, each, median};
use crate::{ITEMS, ms};

/// `a` and `x`, each worked out, drawn, and the list behind it looked through again.
pub fn verdicts(table: &mut Table, desk: &mut Desk) {
    desk.key("g");
    let times: Vec<Duration> = (0..100).map(|at| desk.key(if at % 2 == 0 { "a" } else { "x" }).0).collect();
    table.time("verdict key, median", median(&times), ms(2));
    while !desk.state.library.drafts.is_empty() {
        desk.key("u");
    }
}

/// The picker over two thousand topics, with everything marked.
pub fn picker(table: &mut Table) {
    const TOPICS: usize = 2000;
    let profile = Profile::from_yaml(curate::demo::PROFILE, ".curate.yaml").expect("it is right");
    let mut state = State::new(profile, Keymap::default(), "content/news", 160, 45);
    let row = |at: usize| {
        let topic = |n: usize| format!("Scheme {}: topic {n}", n % 7);
        let topics = (0..10).map(|n| topic((at * 7 + n * n * 31) % TOPICS)).collect();
        Row::new(format!("news/{at:05}.md"), [(RowField::Topics, Cell::List(topics))])
    };
    let mut effects = update(&mut state, Event::Rows((0..ITEMS).map(row).collect()));
    effects.extend(update(&mut state, Event::Loaded(Loading { done: true, ..Loading::default() })));
    let ids: Vec<_> = state.library.rows().iter().map(|(id, _)| id).collect();
    // Keys that act wait for the filter's answer.
    for effect in effects {
        if let Effect::Match(job) = effect {
            let found = Found { items: ids.clone(), ..Found::default() };
            update(&mut state, Event::Matched { generation: job.generation, found });
        }
    }
    state.library.marks.extend(ids);
    assert_eq!(state.library.index().topics.len(), TOPICS);
    let both = median(&each(21, || {
        update(&mut state, Event::Key("t".parse().expect("a key")));
        assert!(matches!(state.layers.last(), Some(Layer::Topics(_))), "the picker is open");
        update(&mut state, Event::Key("esc".parse().expect("a key")));
    }));
    table.time("picker of 2,000 topics over 10,000 marked items, opened and left", both, ms(30));
}
