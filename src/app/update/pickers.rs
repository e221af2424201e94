//! Pickers over the list: narrowing by topic, views, sort orders, the palette, the fields that can be counted.

use std::sync::Arc;

use crate::app::pick::{Choice, Chosen, Pick, Purpose};
use crate::app::queue::DEFAULT_SORT;
use crate::app::{Effect, Layer, State, available};
use crate::command::Command;
use crate::content::FieldRef;
use crate::library::RowField;
use crate::library::facets::{self, Bucket, FacetBy, FacetValue};
use crate::library::target::Target;
use crate::search::Query;
use crate::search::groups::{self, Way};
use crate::search::query::{excluded, field_term};

use super::facets::{choose_value, count_field};
use super::find::{ask, set_filter};
use super::{command, keeping, library_offerings, marks, offerings, reading};

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

pub fn open_pick(state: &mut State, purpose: Purpose, choices: Vec<Choice>) -> Vec<Effect> {
    let before = state.queue.filter.text();
    state.layers.push(Layer::Pick(Pick::new(purpose, choices, before)));
    state.message = None;
    Vec::new()
}

/// Every topic of the library, the most used first: where a topic is asked for already, those beside it are few.
fn all_topics(state: &State) -> Vec<Choice> {
    let mut used = state.library.index().topics.counts();
    used.retain(|(_, count)| *count > 0);
    let choice = |(topic, count): (&str, usize)| Choice {
        note: count.to_string(),
        disabled: None,
        value: Chosen::Topic(topic.to_string()),
        label: topic.to_string(),
    };
    used.into_iter().map(choice).collect()
}

/// All topics with counts; the list behind follows the highlighted one. Where the filter asks for topics already, what is chosen stands in
/// their place, or beside them where it is taken by its box.
pub fn open_narrow(state: &mut State) -> Vec<Effect> {
    let by = FacetBy::Value(Target::Role(RowField::Topics));
    let query = Query::parse(&state.queue.filter.text());
    let there = groups::replaceable(&query, &by, &state.spec);
    let choices = if there.is_some() { all_topics(state) } else { topic_choices(state) };
    if choices.is_empty() {
        state.complain("no topics among what is shown");
        return Vec::new();
    }
    open_pick(state, Purpose::Narrow, choices);
    if let (Some((asked, base)), Some(Layer::Pick(pick))) = (there, state.layers.last_mut()) {
        let is_asked = |choice: &Choice| matches!(&choice.value, Chosen::Topic(topic) if asked.contains(&Bucket::Value(topic.as_str().into())));
        pick.present = (0..pick.choices.len()).filter(|at| is_asked(&pick.choices[*at])).collect();
        pick.cursor = pick.present.first().copied().unwrap_or(0);
        pick.base = base.text().to_string();
    }
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

/// What the last edit refused, each with the reason; all of it can be marked, and nothing else.
pub fn open_refused(state: &mut State) -> Vec<Effect> {
    let name = |path: &Arc<str>| {
        let title = state.library.find(path).map(|id| state.library.row(id).title().to_string());
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| path.to_string())
    };
    let mut choices: Vec<Choice> = vec![Choice {
        label: "mark these, and only these".into(),
        note: state.refused.len().to_string(),
        disabled: None,
        value: Chosen::AllRefused,
    }];
    choices.extend(state.refused.iter().map(|(path, reason)| Choice {
        label: name(path),
        note: reason.clone(),
        disabled: None,
        value: Chosen::Item(path.clone()),
    }));
    open_pick(state, Purpose::Refused, choices)
}

/// What takes text did not open: the reason, and a place for the letters that were meant for it.
pub fn open_refusal(state: &mut State, reason: String) {
    let only = Choice { label: String::new(), note: String::new(), disabled: Some(reason), value: Chosen::Nothing };
    let before = state.queue.filter.text();
    state.layers.push(Layer::Pick(Pick::new(Purpose::Refusal, vec![only], before)));
}

/// Stands on an item; a filter that hides it is cleared.
fn go_to(state: &mut State, path: &str) -> Vec<Effect> {
    let Some(id) = state.library.find(path) else { return Vec::new() };
    if let Some(at) = state.queue.found.items.iter().position(|item| *item == id) {
        state.queue.to(at);
        return Vec::new();
    }
    state.queue.stay_on = Some(id);
    set_filter(state, "")
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
        match pick.shown.get(pick.cursor) {
            Some(at) if pick.present.contains(at) => taken.extend(pick.present.iter().filter_map(topic)),
            at => taken.extend(at.and_then(topic)),
        }
    }
    let topics = Target::Role(RowField::Topics);
    let term = |topics_of: &[String]| {
        let values: Vec<&str> = topics_of.iter().map(String::as_str).collect();
        field_term(&topics, true, &values)
    };
    let mut query = Query::parse(pick.base.trim());
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
            let row = picker.current().map(|row| (row, picker.rows[row].refusal.clone()));
            if let Some((row, Some(reason))) = row
                && !picker.changes.contains_key(&row)
            {
                state.complain(reason);
            }
            Vec::new()
        }
        Some(Layer::Offerings(_)) => offerings::run(state, Command::Toggle),
        Some(Layer::Facets(_)) => choose_value(state, Way::Either),
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
        Some(Layer::Facets(_)) => choose_value(state, Way::LeaveOut),
        _ => Vec::new(),
    }
}

/// Takes the highlighted row.
pub fn choose(state: &mut State) -> Vec<Effect> {
    if let Some(Layer::Facets(_)) = state.layers.last() {
        let effects = choose_value(state, Way::Either);
        state.layers.pop();
        return effects;
    }
    let Some(Layer::Pick(pick)) = state.layers.last() else { return Vec::new() };
    let Some(choice) = pick.current().cloned() else {
        return match pick.purpose {
            Purpose::Views => save_view(state),
            Purpose::RenameOffering => library_offerings::rename(state),
            _ => {
                state.say("nothing matches what you typed");
                Vec::new()
            }
        };
    };
    if pick.purpose == Purpose::Refusal {
        return leave(state);
    }
    if let Some(reason) = choice.disabled {
        state.complain(reason);
        return Vec::new();
    }
    if let Chosen::SaveView = choice.value {
        return save_view(state);
    }
    let purpose = pick.purpose;
    state.layers.pop();
    match choice.value {
        Chosen::Topic(into) if purpose == Purpose::Merge => super::vocabulary::merge_into(state, &into),
        Chosen::Offering(offering) => library_offerings::chosen(state, purpose, offering),
        Chosen::Topic(_) => keeping::now(state),
        Chosen::View(query) => {
            state.queue.sort = DEFAULT_SORT.to_string();
            state.queue.filter.replace(&query);
            ask(state)
        }
        Chosen::Sort(order) => {
            state.queue.sort = order;
            state.queue.stay_on = state.current();
            ask(state)
        }
        Chosen::Command(chosen) => command::start(state, chosen),
        Chosen::Link(url) => vec![Effect::Open { url }],
        Chosen::Field(field) => count_field(state, field),
        Chosen::Item(path) => go_to(state, &path),
        Chosen::AllRefused => {
            let paths = state.refused.iter().map(|(path, _)| path.to_string()).collect();
            marks::only(state, &paths)
        }
        Chosen::Row(line) => {
            reading::show_line(state, line);
            Vec::new()
        }
        Chosen::SaveView | Chosen::Nothing => Vec::new(),
    }
}

fn save_view(state: &mut State) -> Vec<Effect> {
    let Some(Layer::Pick(pick)) = state.layers.last() else { return Vec::new() };
    let (name, query) = (pick.input.text().trim().to_string(), pick.before.trim().to_string());
    let sort = &state.queue.sort;
    let has_order = sort == DEFAULT_SORT || query.contains("sort:") || query.is_empty();
    let query = if has_order { query } else { format!("{query} sort:{sort}") };
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

/// The fields that can be counted: those that the profile knows and rows do not hold.
pub fn open_facet_fields(state: &mut State) -> Vec<Effect> {
    let profile = &state.profile;
    let named = profile.fields.iter().map(|rule| &rule.field);
    let in_form = profile.form.iter().flat_map(|group| &group.fields);
    let held = |field: &FieldRef| RowField::ALL.iter().any(|role| state.spec.field(*role) == Some(field));
    let mut fields: Vec<FieldRef> = named.chain(in_form).filter(|f| !held(f)).cloned().collect();
    fields.sort();
    fields.dedup();
    let note = |field: &FieldRef| if state.queue.counted.contains(field) { "counted" } else { "" };
    let choice = |field: FieldRef| Choice {
        label: field.text().to_string(),
        note: note(&field).to_string(),
        disabled: None,
        value: Chosen::Field(field),
    };
    let choices = fields.into_iter().map(choice).collect();
    open_pick(state, Purpose::FacetField, choices)
}
