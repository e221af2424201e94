//! Topics: the picker over the targets, and the digits of the pinned ones.

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

/// Pinned topics, then those that the items carry, then all others by use.
fn rows(state: &State, targets: &[ItemId]) -> Vec<TopicRow> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (_, row) in state.library.rows().iter() {
        row.topics().for_each(|topic| *uses.entry(topic).or_default() += 1);
    }
    let mut carried: HashMap<&str, usize> = HashMap::new();
    for id in targets {
        state.library.row(*id).topics().for_each(|topic| *carried.entry(topic).or_default() += 1);
    }
    let pinned = state.profile.topics.iter().flat_map(|t| t.pinned.iter().map(String::as_str));
    let pinned: Vec<&str> = pinned.collect();
    pinned.iter().for_each(|topic| {
        uses.entry(topic).or_default();
    });
    let rank = |topic: &str| {
        let pin = pinned.iter().position(|p| *p == topic).unwrap_or(usize::MAX);
        let is_carried = usize::from(!carried.contains_key(topic));
        (pin, is_carried)
    };
    let mut topics: Vec<(&str, usize)> = uses.into_iter().collect();
    topics.sort_by(|a, b| rank(a.0).cmp(&rank(b.0)).then(b.1.cmp(&a.1)).then(a.0.cmp(b.0)));
    let why = |topic: &str| if pinned.contains(&topic) { "pinned" } else { "" };
    let row = |(topic, uses): (&str, usize)| TopicRow {
        topic: topic.to_string(),
        carried: carried.get(topic).copied().unwrap_or(0),
        uses,
        why: why(topic).to_string(),
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
