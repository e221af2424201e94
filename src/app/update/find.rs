//! Finding: the filter line, narrowing by topic, facets, views, sorting and the palette.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::app::effect::MatchJob;
use crate::app::event::Found;
use crate::app::layer::FacetPane;
use crate::app::pick::{Choice, Chosen, Pick, Purpose};
use crate::app::{Effect, Layer, State, available};
use crate::command::Command;
use crate::content::FieldRef;
use crate::content::summary::Cell;
use crate::library::facets::{self, Bucket, FacetBy, FacetValue};
use crate::library::target::Target;
use crate::library::{ItemId, RowField};
use crate::search::Query;
use crate::search::query::{State as Asked, excluded, field_term};

use super::{command, keys};

/// Up to here each answer takes no time worth saving.
const ENOUGH_ROWS: usize = 1000;

/// Asks for what the filter matches. Keys that act wait for the answer.
pub fn ask(state: &mut State) -> Vec<Effect> {
    state.queue.holds = true;
    state.message = None;
    vec![question(state)]
}

/// Rows have come since the last answer: asks again, one question at a time.
pub fn ask_again(state: &mut State) -> Option<Effect> {
    if state.queue.waiting {
        return None;
    }
    // While a batch is under way every answer changes a row: whether they still match is asked once, at its end.
    if state.queue.recheck && !state.queue.stale && state.batches.is_empty() {
        state.queue.recheck = false;
        let effect = question(state);
        state.queue.rechecking = Some(state.queue.generation);
        return Some(effect);
    }
    if !state.queue.stale || waits_for_more(state) {
        return None;
    }
    if state.queue.moved && state.queue.stay_on.is_none() {
        state.queue.stay_on = state.current();
    }
    Some(question(state))
}

/// While the folder is read, the list is asked for again only once there are markedly more rows: sorting all of them for each
/// handful that comes would take longer than the reading.
fn waits_for_more(state: &State) -> bool {
    let (rows, asked) = (state.library.rows().len(), state.queue.asked_of);
    !state.library.loading.done && rows > ENOUGH_ROWS && rows < asked + asked / 2
}

fn question(state: &mut State) -> Effect {
    let facets = state.is_wide() || state.layers.iter().any(|l| matches!(l, Layer::Facets(_)));
    // Copying ten thousand marks for a query that does not ask for them is what a key would wait for.
    let query = Query::parse(&state.queue.filter.text());
    let (of_marks, of_drafts) = (query.asks_for(Asked::Marked), query.asks_for(Asked::Unwritten));
    let stamp = stamp(state, of_marks, of_drafts);
    let queue = &mut state.queue;
    queue.generation += 1;
    queue.asked_of = state.library.rows().len();
    queue.waiting = true;
    queue.rechecking = None;
    queue.stale = false;
    let drafts = &state.library.drafts;
    Effect::Match(Box::new(MatchJob {
        generation: queue.generation,
        rows: state.library.rows().clone(),
        index: state.library.index().clone(),
        stamp,
        facets,
        query: queue.filter.text(),
        sort: queue.sort.clone(),
        marked: state.library.marks.iter().filter(|_| of_marks).collect(),
        unwritten: drafts.unsorted().filter(|_| of_drafts).filter_map(|p| state.library.find(p)).collect(),
        columns: queue.columns.clone(),
    }))
}

/// A number for all that a query can ask about besides its own text.
fn stamp(state: &State, of_marks: bool, of_drafts: bool) -> u64 {
    let mut hash = DefaultHasher::new();
    state.library.revision().hash(&mut hash);
    of_marks.then(|| state.library.marks.revision()).hash(&mut hash);
    of_drafts.then(|| state.library.drafts.revision()).hash(&mut hash);
    state.queue.columns.len().hash(&mut hash);
    hash.finish()
}

/// Takes an answer; a stale one is dropped. Columns that it lacks are read, each once.
pub fn matched(state: &mut State, generation: u64, found: Found) -> Vec<Effect> {
    if generation != state.queue.generation {
        return Vec::new();
    }
    if state.queue.rechecking.take() == Some(generation) {
        state.queue.waiting = false;
        state.queue.still = Some(found.items.into_iter().collect());
        return Vec::new();
    }
    let mut effects = Vec::new();
    for field in found.needs.iter().filter(|f| !state.queue.columns.contains_key(*f)) {
        if state.queue.reading.insert(field.clone()) {
            let items = state.library.rows().iter().map(|(id, row)| (id, row.path.clone())).collect();
            effects.push(Effect::ReadColumn { field: field.clone(), items });
        }
    }
    state.queue.take(found);
    if state.queue.reading.is_empty() {
        state.queue.holds = false;
        effects.extend(keys::release(state));
    }
    effects
}

/// Takes a column that was read, and asks again with it.
pub fn column_read(state: &mut State, field: FieldRef, cells: Vec<(ItemId, Cell)>) -> Vec<Effect> {
    let mut column = vec![Cell::Missing; state.library.rows().len()];
    for (id, cell) in cells {
        if let Some(place) = column.get_mut(id.0 as usize) {
            *place = cell;
        }
    }
    state.queue.reading.remove(&field);
    state.queue.columns.insert(field, Arc::new(column));
    state.queue.stale = true;
    Vec::new()
}

/// Puts another text into the filter line, and asks.
pub fn set_filter(state: &mut State, text: &str) -> Vec<Effect> {
    if state.queue.filter.text() == text {
        return Vec::new();
    }
    state.queue.filter.replace(text);
    ask(state)
}

/// The filter line takes the keys.
pub fn open_filter(state: &mut State) -> Vec<Effect> {
    let before = state.queue.filter.text();
    state.layers.retain(|l| !matches!(l, Layer::Read { .. }));
    state.fit();
    if !before.is_empty() {
        state.queue.filter.replace(&format!("{before} "));
    }
    state.layers.push(Layer::Filter { before });
    state.message = None;
    Vec::new()
}

/// Keeps the filter as typed.
pub fn keep(state: &mut State) -> Vec<Effect> {
    state.layers.pop();
    let text = state.queue.filter.text().trim_end().to_string();
    state.queue.filter.replace(&text);
    vec![super::save::place(state)]
}

/// Clears what was typed.
pub fn clear_text(state: &mut State) -> Vec<Effect> {
    match state.layers.last_mut() {
        Some(Layer::Pick(pick)) => {
            pick.input.replace("");
            pick.narrow();
            picked(state)
        }
        Some(Layer::Topics(picker)) => {
            picker.input.replace("");
            picker.narrow();
            Vec::new()
        }
        _ => set_filter(state, ""),
    }
}

fn topic_choices(state: &State) -> Vec<Choice> {
    let by = FacetBy::Value(Target::Role(RowField::Topics));
    let values = facets::count(&by, state.library.rows(), &state.queue.found.items, &state.spec, None);
    let choice = |value: FacetValue| match value.bucket {
        Bucket::Value(topic) => Some(Choice {
            note: value.count.to_string(),
            disabled: None,
            value: Chosen::Topic(topic.to_string()),
            label: topic.into(),
        }),
        _ => None,
    };
    values.into_iter().filter_map(choice).collect()
}

fn open_pick(state: &mut State, purpose: Purpose, choices: Vec<Choice>) -> Vec<Effect> {
    let before = state.queue.filter.text();
    state.layers.push(Layer::Pick(Pick::new(purpose, choices, before)));
    state.message = None;
    Vec::new()
}

/// All topics with counts; the list behind follows the highlighted one.
pub fn open_narrow(state: &mut State) -> Vec<Effect> {
    let choices = topic_choices(state);
    if choices.is_empty() {
        state.say("no topics among what is shown");
        return Vec::new();
    }
    open_pick(state, Purpose::Narrow, choices);
    picked(state)
}

/// Saved views, and a row that saves this filter as one.
pub fn open_views(state: &mut State) -> Vec<Effect> {
    let mut choices: Vec<Choice> = vec![Choice {
        label: "(everything)".into(),
        note: String::new(),
        disabled: None,
        value: Chosen::View(String::new()),
    }];
    choices.extend(state.views.iter().map(|(name, query)| Choice {
        label: name.clone(),
        note: query.clone(),
        disabled: None,
        value: Chosen::View(query.clone()),
    }));
    let filter = state.queue.filter.text();
    choices.push(Choice {
        label: "save this filter as a view: type its name".into(),
        note: filter.clone(),
        disabled: filter.trim().is_empty().then(|| "the filter is empty".to_string()),
        value: Chosen::SaveView,
    });
    open_pick(state, Purpose::Views, choices)
}

/// Sort orders.
pub fn open_sort(state: &mut State) -> Vec<Effect> {
    let orders = [
        ("-date", "newest first"),
        ("date", "oldest first"),
        ("title", "by title"),
        ("brand", "by brand"),
        ("status", "by status"),
        ("-topics", "most topics first"),
        ("topics", "fewest topics first"),
        ("path", "by path"),
    ];
    let choice = |(order, label): (&str, &str)| Choice {
        label: label.to_string(),
        note: format!("sort:{order}"),
        disabled: None,
        value: Chosen::Sort(order.to_string()),
    };
    open_pick(state, Purpose::Sort, orders.into_iter().map(choice).collect())
}

/// Every command by name; those that cannot run now say why.
pub fn open_palette(state: &mut State) -> Vec<Effect> {
    let mode = state.mode();
    let offered = |c: &&Command| c.modes().contains(&mode) && !matches!(c, Command::Palette | Command::Back);
    let choice = |command: &Command| Choice {
        label: format!("{} · {}", command.id(), command.help()),
        note: state.keymap.key_in(*command, mode).map(|k| k.to_string()).unwrap_or_default(),
        disabled: available::why_not(state, *command),
        value: Chosen::Command(*command),
    };
    let choices = Command::ALL.iter().filter(offered).map(choice).collect();
    open_pick(state, Purpose::Palette, choices)
}

/// The list behind a topic picker follows the highlighted topic.
pub fn picked(state: &mut State) -> Vec<Effect> {
    match narrowed(state) {
        Some(filter) => set_filter(state, &filter),
        None => Vec::new(),
    }
}

/// The filter with the topics that were taken, or else the highlighted one.
fn narrowed(state: &State) -> Option<String> {
    let Some(Layer::Pick(pick)) = state.layers.last() else { return None };
    if pick.purpose != Purpose::Narrow {
        return None;
    }
    let topic = |at: &usize| match &pick.choices[*at].value {
        Chosen::Topic(topic) => Some(topic.clone()),
        _ => None,
    };
    let mut taken: Vec<String> = pick.taken.iter().filter_map(topic).collect();
    let left_out: Vec<String> = pick.excluded.iter().filter_map(topic).collect();
    if taken.is_empty() && left_out.is_empty() {
        taken.extend(pick.shown.get(pick.cursor).and_then(topic));
    }
    let topics = Target::Role(RowField::Topics);
    let term = |topics_of: &[String]| {
        let values: Vec<&str> = topics_of.iter().map(String::as_str).collect();
        field_term(&topics, true, &values)
    };
    let mut query = Query::parse(pick.before.trim());
    if !taken.is_empty() {
        query = query.with_term(&term(&taken));
    }
    for topic in &left_out {
        query = query.with_term(&excluded(&term(std::slice::from_ref(topic))));
    }
    Some(query.text().to_string())
}

/// Takes or leaves the highlighted row.
pub fn toggle(state: &mut State) -> Vec<Effect> {
    match state.layers.last_mut() {
        Some(Layer::Pick(pick)) if pick.purpose == Purpose::Narrow => {
            pick.toggle();
            picked(state)
        }
        Some(Layer::Topics(picker)) => {
            picker.cycle();
            Vec::new()
        }
        Some(Layer::Facets(_)) => toggle_facet(state, false),
        _ => Vec::new(),
    }
}

/// Excludes the highlighted row.
pub fn exclude(state: &mut State) -> Vec<Effect> {
    match state.layers.last_mut() {
        Some(Layer::Pick(pick)) if pick.purpose == Purpose::Narrow => {
            pick.exclude();
            picked(state)
        }
        Some(Layer::Facets(_)) => toggle_facet(state, true),
        _ => Vec::new(),
    }
}

/// Takes the highlighted row.
pub fn choose(state: &mut State) -> Vec<Effect> {
    if let Some(Layer::Facets(_)) = state.layers.last() {
        let effects = toggle_facet(state, false);
        state.layers.pop();
        return effects;
    }
    let Some(Layer::Pick(pick)) = state.layers.last() else { return Vec::new() };
    let Some(choice) = pick.current().cloned() else {
        return match pick.purpose {
            Purpose::Views => save_view(state),
            _ => {
                state.say("nothing matches what you typed");
                Vec::new()
            }
        };
    };
    if let Some(reason) = choice.disabled {
        state.complain(reason);
        return Vec::new();
    }
    if let Chosen::SaveView = choice.value {
        return save_view(state);
    }
    state.layers.pop();
    match choice.value {
        Chosen::Topic(_) => vec![super::save::place(state)],
        Chosen::View(query) => set_filter(state, &query),
        Chosen::Sort(order) => {
            state.queue.sort = order;
            state.queue.stay_on = state.current();
            ask(state)
        }
        Chosen::Command(chosen) => command::run(state, chosen),
        Chosen::Link(url) => vec![Effect::Open { url }],
        Chosen::SaveView => Vec::new(),
    }
}

fn save_view(state: &mut State) -> Vec<Effect> {
    let Some(Layer::Pick(pick)) = state.layers.last() else { return Vec::new() };
    let (name, query) = (pick.input.text().trim().to_string(), pick.before.trim().to_string());
    if name.is_empty() || query.is_empty() {
        let what = if query.is_empty() {
            "the filter is empty: there is nothing to save"
        } else {
            "type a name for the view first"
        };
        state.complain(what);
        return Vec::new();
    }
    state.layers.pop();
    state.views.retain(|(known, _)| *known != name);
    state.views.push((name.clone(), query.clone()));
    state.say(format!("view saved: {name}"));
    vec![Effect::SaveView { name, query }]
}

/// Leaves a picker or the facets: the filter is as it was before.
pub fn leave(state: &mut State) -> Vec<Effect> {
    let before = match state.layers.pop() {
        Some(Layer::Pick(pick)) => pick.before,
        Some(Layer::Facets(_)) | Some(_) | None => return Vec::new(),
    };
    set_filter(state, &before)
}

/// The facets.
pub fn open_facets(state: &mut State) -> Vec<Effect> {
    state.layers.push(Layer::Facets(FacetPane { cursor: 0, before: state.queue.filter.text() }));
    state.queue.stale = true;
    state.message = None;
    Vec::new()
}

/// Moves the highlight in the facets.
pub fn move_in_facets(state: &mut State, by: isize) {
    let count: usize = state.queue.found.facets.iter().map(|f| f.values.len()).sum();
    if let Some(Layer::Facets(pane)) = state.layers.last_mut() {
        pane.cursor = pane.cursor.saturating_add_signed(by).min(count.saturating_sub(1));
    }
}

/// A facet writes a term into the filter line, or takes it out.
fn toggle_facet(state: &mut State, exclude: bool) -> Vec<Effect> {
    let Some(Layer::Facets(pane)) = state.layers.last() else { return Vec::new() };
    let value = state.queue.found.facets.iter().flat_map(|f| &f.values).nth(pane.cursor);
    let Some(value) = value else { return Vec::new() };
    let term = if exclude { excluded(&value.term) } else { value.term.clone() };
    let query = Query::parse(&state.queue.filter.text());
    let query = if query.has_term(&term) { query.without_term(&term) } else { query.with_term(&term) };
    set_filter(state, query.text().trim())
}
