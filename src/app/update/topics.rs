//! Topics: the picker over the targets, and the digits of the pinned ones.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::app::topics::{TopicPicker, TopicRow};
use crate::app::{Effect, Layer, State};
use crate::library::ItemId;
use crate::profile::Intent;

use super::drafts;

/// Opens the picker over the marked items, or the one under the cursor.
pub fn open(state: &mut State) -> Vec<Effect> {
    let targets: Vec<ItemId> = match state.layers.last() {
        Some(Layer::Form(form)) => state.library.find(&form.path).into_iter().collect(),
        _ => state.targets(),
    };
    let rows = rows(state, &targets);
    state.message = None;
    state.layers.push(Layer::Topics(TopicPicker::new(targets, rows)));
    Vec::new()
}

/// Pinned topics, then those that the items carry, then all others by use. How many carry each is what its posting list and the items
/// share: no row is looked at.
fn rows(state: &State, targets: &[ItemId]) -> Vec<TopicRow> {
    let known = &state.library.index().topics;
    let mut among = vec![false; state.library.rows().len()];
    targets.iter().for_each(|id| among[id.0 as usize] = true);
    let pinned: Vec<&str> = state.profile.topics.iter().flat_map(|t| t.pinned.iter().map(String::as_str)).collect();
    let pin_of: HashMap<&str, usize> = pinned.iter().enumerate().rev().map(|(at, topic)| (*topic, at)).collect();
    let carried = |items: &[ItemId]| items.iter().filter(|id| among[id.0 as usize]).count();
    let used = known.iter().map(|(_, topic, items)| (topic, items.len(), carried(items)));
    let in_use = |topic: &str| known.id(topic).is_some_and(|id| !known.items(id).is_empty());
    let unused = pin_of.keys().filter(|topic| !in_use(topic)).map(|topic| (*topic, 0, 0));
    let mut topics: Vec<_> = used
        .chain(unused)
        .map(|(topic, uses, carried)| {
            (pin_of.get(topic).unwrap_or(&usize::MAX), carried == 0, Reverse(uses), topic, carried)
        })
        .collect();
    topics.sort_unstable();
    let row = |(pin, _, Reverse(uses), topic, carried): (&usize, bool, Reverse<usize>, &str, usize)| TopicRow {
        topic: topic.to_string(),
        carried,
        uses,
        why: if *pin == usize::MAX { String::new() } else { "pinned".to_string() },
    };
    topics.into_iter().map(row).collect()
}

/// Applies what was toggled, or else the highlighted row, as one batch.
pub fn apply(state: &mut State) -> Vec<Effect> {
    let Some(Layer::Topics(picker)) = state.layers.last_mut() else { return Vec::new() };
    if picker.changes.is_empty() {
        match picker.current() {
            None => {
                state.complain("no such topic: ctrl-n makes it, esc leaves");
                return Vec::new();
            }
            Some(row) if picker.rows[row].carried == picker.targets.len() => {
                state.say("all carry it already: tab takes it off");
                return Vec::new();
            }
            Some(row) => {
                picker.changes.insert(row, true);
            }
        }
    }
    let (intents, targets) = (picker.intents(), picker.targets.clone());
    state.layers.pop();
    let label = label(&intents);
    drafts::begin(state, label, intents, targets)
}

fn label(intents: &[Intent]) -> String {
    let name = |intent: &Intent| match intent {
        Intent::AddTopic(topic) => format!("+ {topic}"),
        Intent::RemoveTopic(topic) => format!("- {topic}"),
        _ => String::new(),
    };
    intents.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What was typed as a new topic; one that is near another shows that one first.
pub fn new_topic(state: &mut State) -> Vec<Effect> {
    let Some(Layer::Topics(picker)) = state.layers.last_mut() else { return Vec::new() };
    let typed = picker.input.text().trim().to_string();
    if typed.is_empty() {
        state.complain("type the new topic first");
        return Vec::new();
    }
    if let Some(row) = picker.rows.iter().position(|r| r.topic == typed) {
        picker.shown = vec![row];
        picker.cursor = 0;
        state.say("this topic exists already");
        return Vec::new();
    }
    if let Some(near) = picker.near(&typed)
        && picker.doubted.as_ref() != Some(&typed)
    {
        let topic = picker.rows[near].topic.clone();
        picker.shown = vec![near];
        picker.cursor = 0;
        picker.doubted = Some(typed);
        state.complain(format!("enter takes it, ctrl-n again makes yours · near: {topic}"));
        return Vec::new();
    }
    picker.add_new(&typed);
    Vec::new()
}

/// Leaves without a change, and says so where something was toggled.
pub fn leave(state: &mut State) -> Vec<Effect> {
    if let Some(Layer::Topics(picker)) = state.layers.pop()
        && !picker.changes.is_empty()
    {
        state.say("left: nothing changed");
    }
    Vec::new()
}

/// A pinned topic onto the targets, or off them where all carry it.
pub fn toggle_pinned(state: &mut State, number: usize) -> Vec<Effect> {
    let pinned = state.profile.topics.as_ref().and_then(|t| t.pinned.get(number).cloned());
    let Some(topic) = pinned else {
        state.say(format!("no topic on {}: pin some under `topics: pinned:` in .curate.yaml", number + 1));
        return Vec::new();
    };
    let targets = state.targets();
    let has_it = |id: &ItemId| state.library.row(*id).topics().any(|t| t == topic);
    let intent = match !targets.is_empty() && targets.iter().all(has_it) {
        true => Intent::RemoveTopic(topic),
        false => Intent::AddTopic(topic),
    };
    let label = label(std::slice::from_ref(&intent));
    drafts::begin(state, label, vec![intent], targets)
}
