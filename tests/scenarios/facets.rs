//! Facets: what they count, the terms they write into the filter line, and what is typed there.

use curate::library::facets::{Bucket, FacetValue};

use crate::desk::Desk;

const PROFILE: &str = "topics: {field: tags}
roles: {title: title, date: date, author: author}
triage: {field: status, accept: yes, reject: no, skip: later}
fields:
  weight: {help: For the order}
  sub: {help: What it is}
";

fn item(name: &str, front: &str) -> (String, String) {
    (format!("{name}.md"), format!("---\ntitle: {name}\n{front}---\nText\n"))
}

fn site() -> Desk {
    let mut files = vec![(".curate.yaml".to_string(), PROFILE.to_string())];
    files.push(item("Alpha", "date: 2021-01-05\ntags: [Care, Home]\nstatus: done\nauthor: Ann\n"));
    files.push(item("Beta", "date: 2021-03-01\ntags: [Care]\nstatus: ''\nauthor: Ann\n"));
    files.push(item("Gamma", "date: 2022-03-01\ntags: [Home, Rural]\nstatus: ~\nauthor: Bob\n"));
    files.push(item("Delta", "date: 2022-09-09\ntags: []\nauthor: Bob\n"));
    Desk::with(&files)
}

/// What a facet shows, as `value count`.
fn counts(desk: &Desk, name: &str) -> Vec<String> {
    let facet = desk.state.queue.found.facets.iter().find(|facet| facet.name == name).expect("the facet");
    facet.values.iter().map(|value| format!("{} {}", value.bucket.label(), value.count)).collect()
}

/// Opens the facets if need be and goes to a value of one of them.
#[track_caller]
fn on<'d>(desk: &'d mut Desk, name: &str, label: &str) -> &'d mut Desk {
    if !desk.state.shows_facets() {
        desk.press("f");
    }
    let facets = desk.state.queue.found.facets.clone();
    let is = |value: &FacetValue| value.bucket.label() == label;
    let values =
        facets.iter().flat_map(|facet| facet.values.iter().map(move |value| (facet.name == name) && is(value)));
    let at = values.into_iter().position(|found| found).expect("the value");
    desk.press("g");
    for _ in 0..at {
        desk.press("j");
    }
    desk
}

/// The titles that are shown.
fn titles(desk: &Desk) -> Vec<&str> {
    desk.state.queue.found.items.iter().map(|id| desk.state.library.row(*id).title()).collect()
}

fn filter(desk: &Desk) -> String {
    desk.state.queue.filter.text()
}

#[test]
fn values_of_one_facet_are_one_term_that_grows_and_shrinks_while_the_others_stay_to_be_seen() {
    let mut desk = site();
    on(&mut desk, "Topics", "Care").press("tab").expect("topic=Care").expect("2 shown");
    assert_eq!(counts(&desk, "Topics"), ["Care 2", "Home 2", "Rural 1", "(blank) 1"]);
    assert_eq!(counts(&desk, "Author"), ["Ann 2"]);
    desk.press("j tab").expect("topic=Care|Home").expect("3 shown");
    on(&mut desk, "Topics", "(blank)").press("tab").expect("topic=Care|Home|(blank)").expect("4 shown");
    on(&mut desk, "Author", "Bob").press("tab").expect("topic=Care|Home|(blank) author=Bob").expect("2 shown");
    // Two facets: both. Counts of each leave its own term out alone, and what no item has can still be taken back.
    assert_eq!(counts(&desk, "Author"), ["Ann 2", "Bob 2"]);
    assert_eq!(counts(&desk, "Topics"), ["Home 1", "Rural 1", "(blank) 1", "Care 0"]);
    on(&mut desk, "Topics", "Care").press("tab").expect("topic=Home|(blank) author=Bob").expect("2 shown");
    on(&mut desk, "Topics", "(blank)").press("tab");
    on(&mut desk, "Topics", "Home").press("tab");
    assert_eq!(filter(&desk), "author=Bob");
}

#[test]
fn the_column_shows_what_is_chosen_first_and_what_is_left_out() {
    let mut desk = site();
    on(&mut desk, "Author", "Ann").press("ctrl-x");
    on(&mut desk, "Topics", "Rural").press("tab esc").resize(160, 45);
    let column: Vec<String> = desk.screen().lines().skip(2).map(|line| line.chars().take(25).collect()).collect();
    let seen: Vec<&str> = column.iter().map(|line| line.trim_end()).filter(|line| !line.is_empty()).collect();
    let expected = [
        " Topics",
        " ▸ Rural                1",
        "   Home                 1",
        "   (blank)              1",
        " Status",
        "   (null)               1",
        " Author",
        " ! Ann                  0",
        "   Bob                  1",
    ];
    assert_eq!(seen[..9], expected);
}

#[test]
fn a_value_is_asked_for_as_well_or_left_out_and_changes_sides() {
    let mut desk = site();
    on(&mut desk, "Topics", "Care").press("tab");
    on(&mut desk, "Topics", "Home").press("&").expect("topic=Care topic=Home").expect("1 shown");
    assert_eq!(counts(&desk, "Topics"), ["Care 2", "Home 1"]);
    desk.press("ctrl-x").expect("topic=Care !topic=Home").expect("1 shown");
    assert_eq!(titles(&desk), ["Beta"]);
    on(&mut desk, "Topics", "Rural").press("ctrl-x").expect("topic=Care !topic=Home|Rural");
    desk.press("ctrl-x");
    on(&mut desk, "Topics", "Home").press("tab").expect("topic=Care|Home").expect("3 shown");
    assert_eq!(filter(&desk), "topic=Care|Home");
}

#[test]
fn missing_null_and_blank_are_each_its_own_and_join_with_values() {
    let mut desk = site();
    desk.press("f");
    assert_eq!(counts(&desk, "Status"), ["done 1", "(blank) 1", "(null) 1", "(missing) 1"]);
    on(&mut desk, "Status", "(missing)").press("tab").expect("status=(missing)").expect("1 shown");
    assert_eq!(titles(&desk), ["Delta"]);
    on(&mut desk, "Status", "(null)").press("tab").expect("2 shown");
    assert_eq!(titles(&desk), ["Delta", "Gamma"]);
    on(&mut desk, "Status", "done").press("tab").expect("status=(missing)|(null)|done").expect("3 shown");
    desk.press("esc / ctrl-u").type_text("missing:status").press("enter");
    on(&mut desk, "Status", "(blank)").press("tab").expect("status=(missing)|(blank)").expect("2 shown");
}

#[test]
fn drift_is_a_bucket_of_its_own_that_can_be_left_out() {
    let (path, text) = crate::desk::curated("Telehealth at home");
    let drifted = text.replace("  - 'analyst: healthcare'\n", "  - 'analyst: health'\n");
    assert_ne!(drifted, text, "the fixture has changed");
    let mut desk = Desk::with(&[(path, drifted), crate::desk::curated("The metaverse in care")]);
    on(&mut desk, "Topics", "(drift)").press("tab").expect("topic=(drift)").expect("1 shown");
    assert_eq!(titles(&desk), ["Telehealth at home"]);
    desk.press("ctrl-x").expect("!topic=(drift)").expect("1 shown");
    assert_eq!(titles(&desk), ["The metaverse in care"]);
}

#[test]
fn years_join_months_go_deeper_and_what_is_typed_counts_as_chosen() {
    let mut desk = site();
    desk.press("f");
    assert_eq!(counts(&desk, "Year"), ["2022 2", "2021 2"]);
    assert_eq!(counts(&desk, "Month"), ["2022-09 1", "2022-03 1", "2021-03 1", "2021-01 1"]);
    on(&mut desk, "Year", "2022").press("tab").expect("date:2022").expect("2 shown");
    assert_eq!((counts(&desk, "Year").len(), counts(&desk, "Month").len()), (2, 2));
    on(&mut desk, "Month", "2022-03").press("tab").expect("date:2022 date:2022-03").expect("1 shown");
    assert_eq!(titles(&desk), ["Gamma"]);
    desk.press("esc / ctrl-u").type_text("date:2021|2022").press("enter").expect("4 shown");
    on(&mut desk, "Year", "2021").press("tab");
    assert_eq!(filter(&desk), "date:2022");
}

#[test]
fn many_numbers_are_counted_by_ranges() {
    let weight =
        |at: usize| item(&format!("Item {at}"), &format!("date: 2021-01-05\nsub: brief\nweight: {}\n", at * at));
    let mut files: Vec<(String, String)> = (1..=10).map(weight).collect();
    files.push(item("Heavy", "date: 2021-01-05\nweight: heavy\n"));
    files.push(item("None", "date: 2021-01-05\n"));
    files.push((".curate.yaml".to_string(), PROFILE.to_string()));
    let mut desk = Desk::with(&files);
    desk.press("f /").type_text("weight").press("enter").expect("(missing)");
    let expected = ["1..4 2", "9..16 2", "25..36 2", "49..64 2", "81..100 2", "heavy 1", "(missing) 1"];
    assert_eq!(counts(&desk, "weight"), expected);
    on(&mut desk, "weight", "9..16").press("tab").expect("weight:9..16").expect("2 shown");
    on(&mut desk, "weight", "heavy").press("tab").expect("weight:9..16|=heavy").expect("3 shown");
    on(&mut desk, "weight", "(missing)").press("tab").expect("weight:9..16|=heavy|(missing)").expect("4 shown");
    // The ranges stay what they are while other facets narrow.
    desk.press("esc / ctrl-u").type_text("title:1").press("enter f");
    assert_eq!(counts(&desk, "weight"), ["1..4 1", "81..100 1"]);
}

#[test]
fn the_highlight_stays_on_its_value_while_other_facets_shrink() {
    let mut desk = site();
    on(&mut desk, "Author", "Bob").press("tab");
    assert_eq!(counts(&desk, "Topics").len(), 3);
    desk.press("tab");
    assert_eq!(filter(&desk), "");
    let topics = desk.state.queue.found.facets.iter().find(|facet| facet.name == "Topics").expect("topics");
    assert!(topics.values.iter().any(|value| value.bucket == Bucket::Value("Care".into())));
}
