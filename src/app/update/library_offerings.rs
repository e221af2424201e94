//! Offerings across the library: renamed, merged, made alike and taken away everywhere, each as one batch for the review.

use super::{find, offerings, pickers};
use crate::app::offerings::everywhere::{Everywhere, Known};
use crate::app::offerings::items;
use crate::app::pick::{Choice, Chosen, Purpose};
use crate::app::{Effect, Layer, State};
use crate::command::Command;
use crate::content::Value;
use crate::library::{ItemId, RowField, Target};
use crate::profile::{Intent, OfferingsRule};
use crate::search::Query;
use crate::search::query::field_term;

/// Opens the screen, on an offering if one is given.
pub fn open(state: &mut State, offering: Option<usize>) -> Vec<Effect> {
    state.message = None;
    offerings::take_listed(state);
    state.layers.push(Layer::Everywhere(Box::new(Everywhere { stand_on: offering, ..Everywhere::default() })));
    offerings::refill(state);
    Vec::new()
}

fn screen(state: &mut State) -> Option<&mut Everywhere> {
    match state.layers.last_mut() {
        Some(Layer::Everywhere(screen)) => Some(screen),
        _ => None,
    }
}

/// A command of the screen.
pub fn run(state: &mut State, command: Command) -> Vec<Effect> {
    let profile = state.profile.clone();
    let (Some(rule), Some(screen)) = (&profile.offerings, screen(state)) else { return Vec::new() };
    if command == Command::OnlyDiffering {
        screen.only_differing = !screen.only_differing;
        screen.layout();
        return Vec::new();
    }
    let Some(known) = screen.current().cloned() else {
        state.complain("no offering here");
        return Vec::new();
    };
    match command {
        Command::Unfold | Command::Fold => screen.turn(),
        Command::MakeAlike => return make_alike(state, rule, &known),
        Command::RenameOffering => return ask(state, Purpose::RenameOffering, &known),
        Command::MergeOffering => return ask(state, Purpose::MergeOffering, &known),
        Command::FindOffering => return ask(state, Purpose::FindOffering, &known),
        Command::DeleteOffering => {
            let intent = Intent::RemoveOffering(which(state, &known));
            return begin(state, &format!("- {}", known.label), intent, &known, |_, _| true);
        }
        Command::ShowItems => return show_items(state, rule, &known),
        _ => {}
    }
    Vec::new()
}

fn which(state: &State, known: &Known) -> crate::profile::Which {
    state.library.offerings.offering(known.offering).which.clone()
}

fn begin(
    state: &mut State,
    label: &str,
    intent: Intent,
    known: &Known,
    changes: impl Fn(&State, ItemId) -> bool,
) -> Vec<Effect> {
    let mut targets = state.library.offerings.items_with(known.offering);
    targets.retain(|id| changes(state, *id));
    if targets.is_empty() {
        state.say("no item has it: nothing to change");
        return Vec::new();
    }
    offerings::begin_everywhere(state, label.to_string(), vec![intent], targets)
}

/// Every entry of the offering like the one under the cursor.
fn make_alike(state: &mut State, rule: &OfferingsRule, known: &Known) -> Vec<Effect> {
    let Some(entry) = screen(state).and_then(|screen| screen.wanted()) else {
        state.say("it is written the same everywhere");
        return Vec::new();
    };
    let ways = state.library.offerings.ways(rule, known.offering);
    let wanted = ways.iter().find(|way| way.entry == entry).cloned();
    let differs = move |state: &State, id: ItemId| {
        let index = &state.library.offerings;
        let its = |n: &&u32| index.variant(**n).offering == Some(known.offering);
        index.of(id).iter().filter(its).any(|n| wanted.as_ref().is_none_or(|way| !way.holds(*n)))
    };
    let intent = Intent::ReplaceOffering { which: which(state, known), entry: Value::clone(&entry) };
    begin(state, &format!("{} made alike", known.label), intent, known, differs)
}

/// Asks for a label, or for another offering.
fn ask(state: &mut State, purpose: Purpose, known: &Known) -> Vec<Effect> {
    let others = screen(state).map(|screen| screen.known.clone()).unwrap_or_default();
    let offered = others.into_iter().filter(|other| match purpose {
        Purpose::RenameOffering => false,
        Purpose::MergeOffering => other.offering != known.offering,
        _ => true,
    });
    let choice = |other: Known| Choice {
        label: if other.id.is_empty() { other.label } else { format!("{} · {}", other.label, other.id) },
        note: items(other.uses),
        disabled: None,
        value: Chosen::Offering(other.offering),
    };
    let choices = offered.map(choice).collect();
    pickers::open_pick(state, purpose, choices);
    if let (Purpose::RenameOffering, Some(Layer::Pick(pick))) = (purpose, state.layers.last_mut()) {
        pick.input.replace(&known.label);
    }
    Vec::new()
}

/// The label that was typed, for the offering under the cursor.
pub fn rename(state: &mut State) -> Vec<Effect> {
    let Some(Layer::Pick(pick)) = state.layers.last() else { return Vec::new() };
    let label = pick.input.text().trim().to_string();
    if label.is_empty() {
        state.complain("an offering needs a label; X takes it away everywhere");
        return Vec::new();
    }
    state.layers.pop();
    let Some(known) = screen(state).and_then(|screen| screen.current().cloned()) else { return Vec::new() };
    let intent = Intent::RenameOffering { which: which(state, &known), label: label.clone() };
    begin(state, &format!("{} is now {label}", known.label), intent, &known, |_, _| true)
}

/// Another offering was chosen: to stand on, or to stand in the place of the one under the cursor.
pub fn chosen(state: &mut State, purpose: Purpose, offering: usize) -> Vec<Effect> {
    let profile = state.profile.clone();
    let (Some(rule), Some(screen)) = (&profile.offerings, screen(state)) else { return Vec::new() };
    if purpose == Purpose::FindOffering {
        screen.only_differing &= screen.known.iter().any(|k| k.offering == offering && !k.ways.is_empty());
        screen.layout();
        screen.go_to(offering);
        return Vec::new();
    }
    let Some(known) = screen.current().cloned() else { return Vec::new() };
    let Some(entry) = state.library.offerings.canonical(rule, offering) else { return Vec::new() };
    let label = format!("{} for {}", rule.label(&entry).unwrap_or_default(), known.label);
    let intent = Intent::ReplaceOffering { which: which(state, &known), entry: Value::clone(&entry) };
    begin(state, &label, intent, &known, |_, _| true)
}

/// The list, filtered to the items that have it.
fn show_items(state: &mut State, rule: &OfferingsRule, known: &Known) -> Vec<Effect> {
    let mut labels = vec![known.label.clone()];
    for (_, _, entry) in &known.ways {
        labels.extend(rule.label(entry).filter(|label| !labels.contains(label)).into_iter().collect::<Vec<_>>());
    }
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let term = field_term(&Target::Role(RowField::Offerings), true, &labels);
    state.layers.clear();
    state.fit();
    find::set_filter(state, Query::parse("").with_term(&term).text())
}
