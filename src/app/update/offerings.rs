//! The offerings workbench: opening it, what its keys do, and entries as they are read.

use std::sync::Arc;

use super::{drafts, forms, learning, library_offerings};
use crate::app::form::moved;
use crate::app::offerings::{Candidate, Side, Workbench, candidates};
use crate::app::{Effect, Layer, State};
use crate::command::Command;
use crate::content::edit::apply_to_value;
use crate::content::{FieldPath, Segment, Value};
use crate::library::drafts::DraftFile;
use crate::library::{ItemId, Library};
use crate::profile::expand::expand_value;
use crate::profile::{Intent, OfferingsRule, Profile};

/// Opens the workbench over the marked items, or the one under the cursor.
pub fn open(state: &mut State) -> Vec<Effect> {
    let targets = state.targets();
    let title = match targets.as_slice() {
        [only] => state.library.row(*only).title().to_string(),
        _ => String::new(),
    };
    state.message = None;
    take_listed(state);
    let (generation, ask) = learning::ask(state, &targets);
    let mut bench = Workbench::new(targets, title);
    bench.asked = generation;
    state.layers.push(Layer::Offerings(Box::new(bench)));
    refill(state);
    vec![ask]
}

/// What the profile's vocabulary lists is known beside what the library has.
pub fn take_listed(state: &mut State) {
    if let Some(rule) = &state.profile.offerings {
        state.library.offerings.list(rule, rule.listed());
    }
}

/// Asks for the entries that are not known as they are, where anything on the screen shows some.
pub fn follow(state: &mut State) -> Option<Effect> {
    let shows = |layer: &Layer| matches!(layer, Layer::Offerings(_) | Layer::Everywhere(_));
    // While a batch is under way every answer changes a row: entries are read once, at its end.
    if !state.layers.iter().any(shows) || !state.batches.is_empty() {
        return None;
    }
    state.profile.offerings.as_ref()?;
    let count = state.library.rows().len();
    if state.library.offerings.is_whole(count) {
        return None;
    }
    let asked = state.library.offerings.ask(count);
    let library = &state.library;
    let mut files: Vec<DraftFile> = asked.iter().map(|id| library.drafts.file(&library.row(*id).path)).collect();
    // What is looked at comes first.
    let targets: Vec<&Arc<str>> = state
        .layers
        .iter()
        .filter_map(|layer| if let Layer::Offerings(bench) = layer { Some(&bench.targets) } else { None })
        .flatten()
        .take(FIRST)
        .map(|id| &library.row(*id).path)
        .collect();
    files.sort_by_key(|file| !targets.contains(&&file.path));
    (!files.is_empty()).then_some(Effect::ReadOfferings { files })
}

/// So many of the items that the workbench acts on are read before all others.
const FIRST: usize = 16;

/// Takes entries that were read.
pub fn read(state: &mut State, read: Vec<(Arc<str>, Vec<Value>)>) -> Vec<Effect> {
    let profile = state.profile.clone();
    let Some(rule) = &profile.offerings else { return Vec::new() };
    let mut looked_at = false;
    for (path, entries) in read {
        let Some(id) = state.library.find(&path) else { continue };
        state.library.offerings.put(rule, id, &entries);
        looked_at |= state.layers.iter().any(|l| matches!(l, Layer::Offerings(bench) if bench.targets == [id]));
    }
    // Until all are there, a whole new order for each few of them would only unsettle.
    if looked_at || !state.library.offerings.is_reading() {
        refill(state);
    }
    Vec::new()
}

/// What is open shows what is known now.
pub fn refill(state: &mut State) {
    let profile = state.profile.clone();
    let Some(rule) = &profile.offerings else { return };
    let mut layers = std::mem::take(&mut state.layers);
    let reading = !state.library.offerings.is_whole(state.library.rows().len());
    for layer in &mut layers {
        match layer {
            Layer::Offerings(bench) => {
                let mut offered = candidates::candidates(&state.library, rule, &bench.targets, &bench.suggested);
                offered.extend(gone(&state.library, rule));
                bench.reading = reading;
                bench.fill(&state.library.offerings, rule, offered);
            }
            Layer::Everywhere(screen) => {
                screen.reading = reading;
                screen.fill(&state.library, rule);
            }
            _ => {}
        }
    }
    state.layers = layers;
}

/// What was taken away and nobody has any more can be added again, behind all others.
fn gone(library: &Library, rule: &OfferingsRule) -> Vec<Candidate> {
    let index = &library.offerings;
    let row = |offering: usize| {
        let entry = index.canonical(rule, offering)?;
        let (label, id) = (index.label(rule, offering), rule.id(&entry).unwrap_or_default());
        Some(Candidate { offering, label, id, carried: 0, why: "was here, no item has it any more".to_string() })
    };
    index.gone().filter_map(row).collect()
}

/// The workbench, where it is in front.
fn bench(state: &mut State) -> Option<&mut Workbench> {
    match state.layers.last_mut() {
        Some(Layer::Offerings(bench)) => Some(bench),
        _ => None,
    }
}

/// A command of the workbench.
pub fn run(state: &mut State, command: Command) -> Vec<Effect> {
    let profile = state.profile.clone();
    let (Some(rule), Some(bench)) = (&profile.offerings, bench(state)) else { return Vec::new() };
    match command {
        Command::AddOffering => bench.side = Side::Add,
        Command::ReplaceOffering => bench.side = Side::Replace,
        Command::RemoveEntry => return remove(state, rule),
        Command::EntryUp => return move_entry(state, rule, false),
        Command::EntryDown => return move_entry(state, rule, true),
        Command::OpenEntry if !bench.is_single() => bench.point_at_box(),
        Command::Edit | Command::OpenEntry => return edit(state, rule),
        Command::Everywhere => {
            let offering = bench.current().and_then(|row| row.offering);
            return library_offerings::open(state, offering);
        }
        Command::Toggle => bench.cycle(),
        Command::Apply => return apply(state, rule),
        Command::Back => return back(state),
        _ => {}
    }
    Vec::new()
}

/// Starts a batch, and shows at once what it will come to.
pub fn begin(state: &mut State, label: String, intents: Vec<Intent>, targets: Vec<ItemId>) -> Vec<Effect> {
    if state.read_only.is_none() {
        assume(state, &intents, &targets);
    }
    let effects = drafts::begin(state, label, intents, targets);
    refill(state);
    effects
}

/// The same across the library. That is no edit of an item: `.` keeps the one before.
pub fn begin_everywhere(state: &mut State, label: String, intents: Vec<Intent>, targets: Vec<ItemId>) -> Vec<Effect> {
    let repeated = state.last_edit.clone();
    let effects = begin(state, label, intents, targets);
    state.last_edit = repeated;
    effects
}

/// The entries as they will be: until the worker's answer comes, keys act on what the last one did.
fn assume(state: &mut State, intents: &[Intent], targets: &[ItemId]) {
    // The stamp of an edit is the worker's.
    let profile = Profile { touch: None, ..Profile::clone(&state.profile) };
    let Some(rule) = &profile.offerings else { return };
    let empty = Value::Map(Vec::new());
    let Some(path) = rule.field.resolve_or_new(&empty) else { return };
    let now = std::time::SystemTime::UNIX_EPOCH;
    for id in targets {
        let index = &mut state.library.offerings;
        let entries = index.of(*id).iter().map(|n| Value::clone(&index.variant(*n).entry)).collect();
        let mut front = within(&path, Value::Seq(entries));
        let fits = intents.iter().all(|intent| {
            let edits = expand_value(&profile, intent, &front, now).map(|made| made.edits);
            edits.is_ok_and(|edits| apply_to_value(&mut front, &edits).is_ok())
        });
        if fits {
            index.put(rule, *id, rule.entries(&front));
            index.row_changed(*id);
        }
    }
}

/// A front matter that holds only this.
fn within(path: &FieldPath, value: Value) -> Value {
    path.segments().iter().rev().fold(value, |held, segment| match segment {
        Segment::Key(key) => Value::Map(vec![(key.clone(), held)]),
        Segment::Index(_) => held,
    })
}

fn remove(state: &mut State, rule: &OfferingsRule) -> Vec<Effect> {
    let Some(bench) = bench(state) else { return Vec::new() };
    let (Some(intent), Some(row)) = (bench.removal(rule), bench.current()) else {
        state.say("nothing here to remove");
        return Vec::new();
    };
    let (label, targets) = (format!("- {}", row.label), bench.targets.clone());
    begin(state, label, vec![intent], targets)
}

fn move_entry(state: &mut State, rule: &OfferingsRule, down: bool) -> Vec<Effect> {
    let Some(bench) = bench(state).filter(|bench| bench.is_single()) else {
        state.complain("K and J move an entry of one item; several are marked");
        return Vec::new();
    };
    let (at, to) = (bench.cursor, if down { bench.cursor + 1 } else { bench.cursor.wrapping_sub(1) });
    if to >= bench.held.len() {
        return Vec::new();
    }
    let entries: Vec<Value> = bench.held.iter().map(|row| Value::clone(&row.entry)).collect();
    let (label, targets) = (format!("{}: moved", bench.held[at].label), bench.targets.clone());
    bench.cursor = to;
    begin(state, label, vec![moved(rule.field.clone(), &entries, at, to)], targets)
}

/// The entry under the cursor in the form.
fn edit(state: &mut State, rule: &OfferingsRule) -> Vec<Effect> {
    let Some(bench) = bench(state) else { return Vec::new() };
    if !bench.is_single() {
        state.complain("an entry is edited in one item; D renames it everywhere, enter is for its box");
        return Vec::new();
    }
    if bench.held.is_empty() {
        state.say("nothing here to edit");
        return Vec::new();
    }
    let (at, target) = (bench.cursor, bench.targets.first().copied());
    let list = rule.field.resolve_or_new(&Value::Map(Vec::new()));
    let (Some(list), Some(id)) = (list, target) else { return Vec::new() };
    let path = state.library.row(id).path.clone();
    forms::open_at(state, &path, Some(list.index(at).then(rule.label_key())))
}

/// `enter`: what was toggled, or else the highlighted one, as one batch.
fn apply(state: &mut State, rule: &OfferingsRule) -> Vec<Effect> {
    let Some(bench) = bench(state) else { return Vec::new() };
    let Some(highlighted) = bench.add.current().cloned() else {
        state.complain("no such offering: esc goes back, D lists all");
        return Vec::new();
    };
    if bench.side == Side::Replace {
        return replace(state, rule, highlighted.offering);
    }
    if bench.add.changes.is_empty() {
        if highlighted.carried == bench.targets.len() {
            state.say("all have it already: tab takes it off");
            return Vec::new();
        }
        bench.add.changes.insert(highlighted.offering, true);
    }
    let added = bench.add.changes.values().any(|all| *all);
    let Some(bench) = state.layers.iter().rev().find_map(|l| if let Layer::Offerings(b) = l { Some(b) } else { None })
    else {
        return Vec::new();
    };
    let (label, intents) = bench.intents(&state.library.offerings, rule);
    let targets = bench.targets.clone();
    close_pane(state);
    let effects = begin(state, label, intents, targets);
    if let Some(bench) = self::bench(state).filter(|bench| bench.is_single() && added) {
        // On what was added: K takes it to its place.
        bench.cursor = bench.held.len().saturating_sub(1);
    }
    effects
}

fn replace(state: &mut State, rule: &OfferingsRule, by: usize) -> Vec<Effect> {
    let entry = state.library.offerings.canonical(rule, by);
    let Some(bench) = bench(state) else { return Vec::new() };
    let (Some(entry), Some(which), Some(row)) = (entry, bench.which(rule), bench.current()) else {
        state.complain("this entry has neither label nor id: x removes it");
        return Vec::new();
    };
    let label = format!("{} for {}", rule.label(&entry).unwrap_or_default(), row.label);
    let targets = bench.targets.clone();
    close_pane(state);
    begin(state, label, vec![Intent::ReplaceOffering { which, entry: Value::clone(&entry) }], targets)
}

/// The keys go to the list above; what was typed and toggled below goes.
fn close_pane(state: &mut State) {
    if let Some(bench) = bench(state) {
        bench.side = Side::Held;
        bench.add.changes.clear();
        bench.add.input.replace("");
        bench.add.narrow();
        bench.add.touched = false;
    }
}

fn back(state: &mut State) -> Vec<Effect> {
    let Some(bench) = bench(state) else { return Vec::new() };
    if bench.side == Side::Held {
        state.layers.pop();
        state.fit();
        return Vec::new();
    }
    let dropped = !bench.add.changes.is_empty();
    close_pane(state);
    if dropped {
        state.say("left: nothing was added");
    }
    Vec::new()
}

/// The next or previous item's offerings.
pub fn next_item(state: &mut State) -> Vec<Effect> {
    if bench(state).is_some_and(|bench| !bench.is_single()) || !state.library.marks.is_empty() {
        state.say("this is about the marked items: esc goes back");
        return Vec::new();
    }
    state.layers.pop();
    open(state)
}
