//! Topics: the picker over the targets, and the digits of those that the card shows.

use crate::app::topics::{TopicPicker, TopicRow};
use crate::app::{Effect, Layer, State};
use crate::library::ItemId;
use crate::library::vocabulary::{KnownTopic, by_scheme, known_topics};
use crate::profile::Intent;

use super::{drafts, learning};

/// Opens the picker over the marked items, or the one under the cursor.
pub fn open(state: &mut State) -> Vec<Effect> {
    let targets = state.targets();
    let rows = rows(state, &targets);
    state.message = None;
    let (generation, ask) = learning::ask(state, &targets);
    let mut picker = TopicPicker::new(targets, rows);
    picker.asked = generation;
    state.layers.push(Layer::Topics(picker));
    vec![ask]
}

/// Pinned topics, then those that the items carry, then all others by scheme, and those that only the vocabulary lists.
fn rows(state: &State, targets: &[ItemId]) -> Vec<TopicRow> {
    let rule = state.profile.topics.as_ref();
    let list = rule.and_then(|rule| rule.listed.as_deref());
    let mut known = known_topics(state.library.rows(), state.library.index(), list);
    by_scheme(&mut known);
    let pinned = rule.map_or(&[][..], |rule| &rule.pinned);
    for topic in pinned {
        if known.iter().all(|row| row.topic != *topic) {
            known.push(KnownTopic { topic: topic.clone(), ..KnownTopic::default() });
        }
    }
    // What a posting list and the items share: no row is looked at.
    let index = &state.library.index().topics;
    let mut among = vec![false; state.library.rows().len()];
    targets.iter().for_each(|id| among[id.0 as usize] = true);
    let carried_by = |topic: &str| {
        index.id(topic).map_or(0, |id| index.items(id).iter().filter(|item| among[item.0 as usize]).count())
    };
    let here = if targets.len() == 1 { "On this item" } else { "On these items" };
    let row = |known: KnownTopic| {
        let carried = carried_by(&known.topic);
        let pin = pinned.iter().position(|pin| *pin == known.topic);
        let group = match (pin, carried, known.scheme()) {
            (Some(_), ..) => "Pinned",
            (_, 1.., _) => here,
            (_, _, "") => "(no scheme)",
            (_, _, scheme) => scheme,
        };
        let why = if pin.is_some() { "pinned" } else { "" };
        let row = TopicRow {
            group: group.to_string(),
            carried,
            uses: known.uses,
            why: why.to_string(),
            reasons: String::new(),
            refusal: list.and_then(|list| list.refusal(&known.topic)),
            aliases: known.aliases,
            description: known.description,
            topic: known.topic,
        };
        ((pin.unwrap_or(usize::MAX), carried == 0), row)
    };
    let mut rows: Vec<_> = known.into_iter().map(row).collect();
    // The sort is stable: the rest stays by scheme.
    rows.sort_by_key(|(rank, _)| *rank);
    rows.into_iter().map(|(_, row)| row).collect()
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
                if let Some(reason) = picker.rows[row].refusal.clone() {
                    state.complain(reason);
                    return Vec::new();
                }
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
    let refusal = state.profile.topics.as_ref().and_then(|rule| rule.refusal(&typed));
    let (near, is_doubted) = (picker.near(&typed), picker.doubted.as_ref() == Some(&typed));
    if let Some((near, differs)) = near.filter(|_| !is_doubted || refusal.is_some()) {
        let topic = picker.rows[near].topic.clone();
        picker.shown = vec![near];
        picker.cursor = 0;
        picker.doubted = Some(typed);
        state.complain(match refusal {
            Some(reason) => format!("enter takes this one · {reason}"),
            None => format!("enter takes it, ctrl-n again makes yours · near: {topic} ({differs})"),
        });
        return Vec::new();
    }
    if let Some(reason) = refusal {
        state.complain(reason);
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

/// The topic of a digit onto the targets, or off them where all carry it: exactly what the card shows there.
pub fn toggle_digit(state: &mut State, digit: usize) -> Vec<Effect> {
    let pinned = state.profile.topics.as_ref().and_then(|t| t.pinned.get(digit).cloned());
    let Some(topic) = pinned.or_else(|| suggested_on(state, digit)) else {
        let number = digit + 1;
        state.say(format!("no topic on {number}: pin some under `topics: pinned:` in .curate.yaml"));
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

/// The suggested topic on a digit of the card, where the card is that of the item under the cursor. The digits stay as they are from
/// then on.
fn suggested_on(state: &mut State, digit: usize) -> Option<String> {
    let current = &state.current_row()?.path;
    let shown = state.preview.shown.as_ref().filter(|shown| state.shows_preview() && shown.path == *current)?;
    let topic = shown.card.on_digit(digit)?.to_string();
    state.learning.held = Some((shown.path.clone(), shown.card.suggested.clone()));
    Some(topic)
}
