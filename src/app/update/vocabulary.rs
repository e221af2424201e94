//! The vocabulary: every topic with its uses; renaming, merging and deleting across the library, each one batch of drafts.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::pick::{Choice, Chosen, Pick, Purpose};
use crate::app::vocabulary::{NearPane, Typing, VocabularyPane};
use crate::app::{Effect, Layer, State};
use crate::library::clusters::{Cluster, Shape};
use crate::library::vocabulary::{KnownTopic, by_scheme, known_topics};
use crate::library::{ItemId, RowField, Target};
use crate::profile::Intent;
use crate::search::field_term;

use super::{drafts, find, keeping, pickers};

/// Opens the screen.
pub fn open(state: &mut State) -> Vec<Effect> {
    open_on(state, None)
}

fn open_on(state: &mut State, topic: Option<&str>) -> Vec<Effect> {
    let pane = VocabularyPane::new(rows(state), state.library.revision(), topic);
    state.message = None;
    state.layers.push(Layer::Vocabulary(Box::new(pane)));
    if !state.library.loading.done {
        state.say("still reading: the counts are of the items read so far");
    }
    Vec::new()
}

/// Opens the screen from a picker, on the topic that is highlighted there. The picker goes: its rows may be other ones afterwards.
pub fn open_from_picker(state: &mut State) -> Vec<Effect> {
    match state.layers.last() {
        Some(Layer::Topics(picker)) if !picker.changes.is_empty() => {
            state.say("enter applies what was toggled, esc leaves it: then the vocabulary");
            Vec::new()
        }
        Some(Layer::Topics(picker)) => {
            let topic = picker.current().map(|row| picker.rows[row].topic.clone());
            state.layers.pop();
            open_on(state, topic.as_deref())
        }
        Some(Layer::Pick(pick)) => {
            let topic = pick.current().map(|choice| choice.label.clone());
            let mut effects = pickers::leave(state);
            effects.extend(open_on(state, topic.as_deref()));
            effects
        }
        _ => Vec::new(),
    }
}

fn rows(state: &State) -> Vec<KnownTopic> {
    let list = state.profile.topics.as_ref().and_then(|rule| rule.listed.as_deref());
    let mut known = known_topics(state.library.rows(), state.library.index(), list);
    by_scheme(&mut known);
    known
}

fn pane_of(state: &mut State) -> Option<&mut VocabularyPane> {
    state.layers.iter_mut().find_map(|l| if let Layer::Vocabulary(pane) = l { Some(&mut **pane) } else { None })
}

/// What is open counts anew once nothing is on its way any more.
pub fn follow(state: &mut State) -> Option<Effect> {
    let revision = state.library.revision();
    let waits = !state.batches.is_empty() || !state.library.loading.done;
    if waits || pane_of(state).is_none_or(|pane| pane.revision == revision) {
        return None;
    }
    let rows = rows(state);
    let pane = pane_of(state)?;
    pane.recount(rows, revision);
    pane.near.is_some().then(|| ask_near(pane))
}

/// Shows near-duplicates in place of all topics, or all topics again.
pub fn turn_near(state: &mut State) -> Vec<Effect> {
    let Some(pane) = pane_of(state) else { return Vec::new() };
    if pane.near.take().is_some() {
        return Vec::new();
    }
    pane.near = Some(NearPane::default());
    vec![ask_near(pane)]
}

fn ask_near(pane: &mut VocabularyPane) -> Effect {
    pane.generation += 1;
    let topics = pane.rows.iter().map(|topic| (topic.topic.clone(), topic.uses)).collect();
    Effect::FindNear { generation: pane.generation, topics }
}

/// Takes the near-duplicates; a stale answer is dropped.
pub fn near_found(state: &mut State, generation: u64, clusters: Vec<Cluster>) -> Vec<Effect> {
    if let Some(pane) = pane_of(state).filter(|pane| pane.generation == generation) {
        pane.take_near(clusters);
    }
    Vec::new()
}

/// Leaves the topic under the cursor out of its cluster, or takes it in again.
pub fn leave_out(state: &mut State) -> Vec<Effect> {
    if let Some(near) = pane_of(state).and_then(|pane| pane.near.as_mut())
        && !near.left_out.remove(&near.cursor)
    {
        near.left_out.insert(near.cursor);
    }
    Vec::new()
}

/// The filter takes the keys.
pub fn open_filter(state: &mut State) -> Vec<Effect> {
    if let Some(pane) = pane_of(state) {
        pane.near = None;
        pane.typing = Some(Typing::Filter { before: pane.filter.text() });
    }
    Vec::new()
}

/// The items that have the topic, in the list.
pub fn items(state: &mut State) -> Vec<Effect> {
    let Some(topic) = pane_of(state).and_then(|pane| pane.current().cloned()) else { return Vec::new() };
    if topic.uses == 0 {
        state.say(format!("no item has {}", topic.topic));
        return Vec::new();
    }
    state.layers.clear();
    state.fit();
    let term = field_term(&Target::Role(RowField::Topics), true, &[&topic.topic]);
    let mut effects = find::set_filter(state, &term);
    effects.extend(keeping::now(state));
    effects
}

/// Another name for the topic under the cursor is typed.
pub fn rename(state: &mut State) -> Vec<Effect> {
    let Some(pane) = pane_of(state) else { return Vec::new() };
    let Some(topic) = pane.current().map(|topic| topic.topic.clone()) else { return Vec::new() };
    let input = crate::app::input::Input::line(&topic);
    pane.typing = Some(Typing::Rename { topic, input: Box::new(input), doubted: None });
    Vec::new()
}

/// What was typed counts: the filter is kept, a new name is given.
pub fn commit(state: &mut State) -> Vec<Effect> {
    let Some(pane) = pane_of(state) else { return Vec::new() };
    let Some(Typing::Rename { topic, input, doubted }) = &pane.typing else {
        pane.typing = None;
        return Vec::new();
    };
    let (old, new, doubted) = (topic.clone(), input.text().trim().to_string(), doubted.clone());
    if new == old {
        pane.typing = None;
        return Vec::new();
    }
    let doubt = doubt_of(pane, &old, &new).filter(|_| doubted.as_ref() != Some(&new));
    let refusal = refusal(state, &new);
    let empty = new.is_empty().then(|| "a topic has a name: x deletes it".to_string());
    if let Some(reason) = empty.or(refusal) {
        state.complain(reason);
        return Vec::new();
    }
    let Some(pane) = pane_of(state) else { return Vec::new() };
    if let Some(reason) = doubt {
        if let Some(Typing::Rename { doubted, .. }) = &mut pane.typing {
            *doubted = Some(new);
        }
        state.complain(reason);
        return Vec::new();
    }
    pane.typing = None;
    pane.go_to = Some(new.clone());
    begin(state, format!("rename {old} -> {new}"), &[old], |old| Intent::RenameTopic { old, new: new.clone() })
}

/// Why a new name may not be meant: it is there already, or one like it is.
fn doubt_of(pane: &VocabularyPane, old: &str, new: &str) -> Option<String> {
    if let Some(there) = pane.rows.iter().find(|row| row.topic == new && row.uses > 0) {
        return Some(format!("{new} is there, in {}: enter again merges the two", drafts::items(there.uses)));
    }
    let shape = Shape::of(new);
    let others = pane.rows.iter().filter(|row| row.topic != old && row.topic != new);
    let near = others.filter_map(|row| Some((Shape::of(&row.topic).likeness(&shape)?, row)));
    let (differs, row) = near.min_by_key(|(likeness, row)| (*likeness, std::cmp::Reverse(row.uses)))?;
    Some(format!("enter again takes yours · near: {} ({})", row.topic, differs.name()))
}

fn refusal(state: &State, topic: &str) -> Option<String> {
    state.profile.topics.as_ref()?.refusal(topic)
}

/// A topic is chosen that the one under the cursor becomes; of near-duplicates the whole cluster is merged at once.
pub fn merge(state: &mut State) -> Vec<Effect> {
    let Some(pane) = pane_of(state) else { return Vec::new() };
    if pane.near.is_some() {
        return merge_cluster(state);
    }
    let Some(topic) = pane.current().map(|topic| topic.topic.clone()) else { return Vec::new() };
    pane.merging = Some(topic.clone());
    let shape = Shape::of(&topic);
    let mut others: Vec<&KnownTopic> = pane.rows.iter().filter(|row| row.topic != topic).collect();
    others.sort_by_cached_key(|row| {
        let likeness = shape.likeness(&Shape::of(&row.topic));
        (likeness.is_none(), likeness, std::cmp::Reverse(row.uses))
    });
    let others: Vec<(String, usize)> = others.into_iter().map(|row| (row.topic.clone(), row.uses)).collect();
    let choice = |(topic, uses): (String, usize)| Choice {
        note: uses.to_string(),
        disabled: refusal(state, &topic),
        value: Chosen::Topic(topic.clone()),
        label: topic,
    };
    let choices = others.into_iter().map(choice).collect();
    let before = state.queue.filter.text();
    state.layers.push(Layer::Pick(Pick::new(Purpose::Merge, choices, before)));
    state.say(format!("{topic} becomes the topic that you choose"));
    Vec::new()
}

/// The topic that was under the cursor becomes another.
pub fn merge_into(state: &mut State, into: &str) -> Vec<Effect> {
    let Some(from) = pane_of(state).and_then(|pane| pane.merging.take()) else { return Vec::new() };
    merge_all(state, format!("merge {from} -> {into}"), &[from], into)
}

fn merge_cluster(state: &mut State) -> Vec<Effect> {
    let Some((from, keep)) = pane_of(state).and_then(|pane| pane.merge_of_cluster()) else {
        state.say("this one is left out: stand on the topic that stays");
        return Vec::new();
    };
    if let Some(reason) = refusal(state, &keep) {
        state.complain(reason);
        return Vec::new();
    }
    let what = match from.as_slice() {
        [] => {
            state.say("all others are left out: space takes them in again");
            return Vec::new();
        }
        [one] => one.clone(),
        several => format!("{} topics", several.len()),
    };
    merge_all(state, format!("merge {what} -> {keep}"), &from, &keep)
}

fn merge_all(state: &mut State, label: String, from: &[String], into: &str) -> Vec<Effect> {
    if let Some(pane) = pane_of(state) {
        pane.go_to = Some(into.to_string());
    }
    begin(state, label, from, |old| Intent::RenameTopic { old, new: into.to_string() })
}

/// The topic under the cursor goes from every item.
pub fn delete(state: &mut State) -> Vec<Effect> {
    let topic = pane_of(state).and_then(|pane| pane.current().map(|topic| topic.topic.clone()));
    let Some(topic) = topic else { return Vec::new() };
    begin(state, format!("delete {topic}"), &[topic], Intent::RemoveTopic)
}

/// One batch over every item that has one of these topics, marked or not, shown or not.
fn begin(state: &mut State, label: String, topics: &[String], intent: impl Fn(String) -> Intent) -> Vec<Effect> {
    let postings = &state.library.index().topics;
    let carry = topics.iter().filter_map(|topic| Some(postings.items(postings.id(topic)?)));
    let items: BTreeSet<ItemId> = carry.flatten().copied().collect();
    if items.is_empty() {
        let listed = state.profile.topics.as_ref().and_then(|rule| rule.vocabulary.as_deref()).unwrap_or("the profile");
        state.say(format!("no item has it: it stands in {listed}, to be changed there"));
        return Vec::new();
    }
    let intents: Arc<[Intent]> = topics.iter().cloned().map(intent).collect();
    drafts::begin_each(state, label, items.into_iter().map(|id| (id, intents.clone())).collect())
}

/// One layer back: out of what is typed, out of the near-duplicates, out of the screen.
pub fn back(state: &mut State) -> Vec<Effect> {
    let Some(pane) = pane_of(state) else { return Vec::new() };
    match pane.typing.take() {
        Some(Typing::Filter { before }) => {
            pane.filter.replace(&before);
            pane.narrow();
        }
        Some(Typing::Rename { .. }) => {}
        None if pane.near.take().is_some() => {}
        None => {
            state.layers.pop();
            state.fit();
        }
    }
    Vec::new()
}
