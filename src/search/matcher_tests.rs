//! From queries to items.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::library::facets::{self, FacetBy};
use crate::library::{Row, RowField, Target, made_up};
use crate::profile::FindingKind;

/// A small library and what is known of it.
struct Desk {
    rows: Rows,
    topics: TopicIndex,
    context: Context,
    order: Vec<ItemId>,
}

impl Desk {
    fn of(rows: impl IntoIterator<Item = Row>) -> Desk {
        let mut desk = Desk {
            rows: Rows::default(),
            topics: TopicIndex::default(),
            context: Context::new(made_up::spec(), |field| field.starts_with("featuredImage") || field == "weight"),
            order: Vec::new(),
        };
        for row in rows {
            let id = desk.rows.push(row);
            desk.topics.insert(id, &desk.rows.get(id).clone());
            desk.order.push(id);
        }
        desk
    }

    fn six() -> Desk {
        let row = made_up::row;
        Desk::of([
            row(
                "a",
                "The metaverse in medicine",
                "2022-09-23",
                "sciencedirect.com",
                "''",
                "MeSH: Virtual Reality|Healthcare",
            ),
            row("b", "Virtual care teams", "2022-09-21", "healthitnews.com", "approved", "Virtual Care"),
            row(
                "c",
                "Rural clinics",
                "2022-08-01",
                "beckers.com",
                "~",
                "Virtual Care|KLAS: Scheduling - Nurse and Staff",
            ),
            row("d", "Nursing café", "2021-01-05", "beckers.com", "", "[]"),
            row("e", "A virtuous carefree tale", "", "", "rejected", ""),
            Row::unreadable("f/broken.md", "line 3: no"),
        ])
    }

    fn matches(&self, query: &str) -> Matches {
        self.narrowed(query, None)
    }

    fn narrowed(&self, query: &str, previous: Option<(&Query, &[ItemId])>) -> Matches {
        let query = Query::parse(query);
        let Desk { rows, topics, context, order } = self;
        run(&Request { query: &query, rows, topics, order, context, previous }, &|| false).expect("not cancelled")
    }

    /// The first letters of the paths that a query shows.
    fn shows(&self, query: &str) -> String {
        let matches = self.matches(query);
        assert_eq!((matches.needs, matches.unknown), (vec![], vec![]), "{query}");
        matches.items.iter().map(|id| &self.rows.get(*id).path[..1]).collect()
    }
}

#[test]
fn all_bare_words_must_match_anywhere_and_the_best_comes_first() {
    let desk = Desk::six();
    assert_eq!(desk.shows(""), "abcdef");
    assert_eq!(desk.shows("virtual care"), "bca");
    assert_eq!(desk.shows("'virtual"), "bac");
    assert_eq!(desk.shows("'virtual sort:date"), "abc");
    assert_eq!(desk.shows("beckers nurs"), "dc");
    assert_eq!(desk.shows("'cafe"), "d");
    assert_eq!(desk.shows("'Cafe"), "");
    assert_eq!(desk.shows("broken"), "f");
}

#[test]
fn a_word_with_a_sign_before_it_is_left_out_as_one_piece() {
    let desk = Desk::six();
    assert_eq!(desk.shows("!virtual"), "def");
    assert_eq!(desk.shows("!topic:nurse"), "abdef");
    assert_eq!(desk.shows("!status=approved"), "acde");
}

#[test]
fn fields_are_matched_in_their_own_cell() {
    let desk = Desk::six();
    assert_eq!(desk.shows("topic:nurse"), "c");
    assert_eq!(desk.shows("topic:nurse|reality"), "ac");
    assert_eq!(desk.shows("topic=\"Virtual Care\""), "bc");
    assert_eq!(desk.shows("topic=\"virtual care\""), "");
    assert_eq!(desk.shows("categories=Healthcare"), "a");
    assert_eq!(desk.shows("brand:becker"), "cd");
    assert_eq!(desk.shows("link.brand=beckers.com"), "cd");
    assert_eq!(desk.shows("status:app"), "b");
}

#[test]
fn missing_null_and_empty_are_three_answers_and_an_unreadable_file_is_in_none() {
    let desk = Desk::six();
    assert_eq!(desk.shows("has:status"), "be");
    assert_eq!(desk.shows("missing:status"), "d");
    assert_eq!(desk.shows("null:status"), "c");
    assert_eq!(desk.shows("empty:status"), "a");
    assert_eq!(desk.shows("empty:topic"), "d");
    assert_eq!(desk.shows("!has:status"), "acd");
    assert_eq!(desk.shows("is:undecided"), "acd");
    assert_eq!(desk.shows("is:unreadable"), "f");
}

#[test]
fn dates_are_compared_as_far_as_they_are_given() {
    let desk = Desk::six();
    assert_eq!(desk.shows("date:2022-09"), "ab");
    assert_eq!(desk.shows("date:>=2022-09-21"), "ab");
    assert_eq!(desk.shows("date:>2022-09-21"), "a");
    assert_eq!(desk.shows("date:<2022"), "d");
    assert_eq!(desk.shows("date:2021..2022-08"), "cd");
    assert_eq!(desk.shows("date:..2021|2022-09-23"), "ad");
}

#[test]
fn marks_and_drafts_are_asked_of_the_context() {
    let mut desk = Desk::six();
    desk.context.marked = Arc::new([ItemId(1), ItemId(4), ItemId(99)].into());
    desk.context.unwritten = Arc::new([ItemId(1)].into());
    assert_eq!(desk.shows("is:marked"), "be");
    assert_eq!(desk.shows("!is:marked is:undecided"), "acd");
    assert_eq!(desk.shows("is:unwritten"), "b");
}

#[test]
fn a_word_whose_first_part_is_no_field_is_plain_text() {
    let mut desk = Desk::six();
    assert_eq!(desk.shows("KLAS:"), "c");
    assert_eq!(desk.shows("'mesh:"), "a");
    assert_eq!(desk.shows("https://nowhere"), "");
    assert_eq!(desk.shows("!KLAS:"), "abdef");
    // A column that was read and holds nothing says that there is no such field, too.
    desk.context.known_field = Arc::new(|_| true);
    assert_eq!(desk.matches("KLAS:").needs, ["KLAS".parse().unwrap()]);
    desk.context.columns.insert("KLAS".parse().unwrap(), Arc::new(vec![Cell::Missing; 6]));
    assert_eq!(desk.shows("KLAS:"), "c");
    assert_eq!(desk.shows("KLAS:Sched"), "c");
    assert_eq!(desk.shows("missing:KLAS"), "abcde");
}

#[test]
fn a_field_without_a_value_is_said_and_asks_for_nothing() {
    let mut desk = Desk::six();
    desk.context.columns.insert("weight".parse().unwrap(), Arc::new(vec![Cell::Text("1".into()); 6]));
    for query in ["weight:", "!weight:|", "link.brand:"] {
        let found = desk.matches(query);
        assert_eq!(found.unknown.len(), 1, "{query}");
        assert!(found.unknown[0].1.ends_with(": what?"), "{found:?}");
    }
}

#[test]
fn a_field_that_rows_do_not_hold_is_asked_for_and_left_out_until_it_is_there() {
    let mut desk = Desk::six();
    let found = desk.matches("weight:>=10 topic:nurse sort:weight");
    let weight: FieldRef = "weight".parse().unwrap();
    assert_eq!(found.items, [ItemId(2)]);
    assert_eq!(found.needs, std::slice::from_ref(&weight));
    assert_eq!(found.unknown, [(0..11, "reading weight".to_string())]);
    let cells = ["9", "10", "x", "100", "2022-01-01"].map(|t| Cell::Text(t.into()));
    desk.context.columns.insert(weight, Arc::new(cells.into()));
    assert_eq!(desk.shows("weight:10..1000"), "bd");
    assert_eq!(desk.shows("weight:>=2021 sort:weight"), "e");
    assert_eq!(desk.shows("weight=x"), "c");
}

#[test]
fn what_nobody_has_looked_for_yet_is_said_and_never_silently_nothing() {
    let mut desk = Desk::six();
    let found = desk.matches("is:drift nursing");
    assert_eq!(found.unknown[0].0, 0..8);
    assert!(found.items.contains(&ItemId(3)));
    assert_eq!(found.needs_findings, [FindingKind::Drift]);
    desk.context.findings.insert(FindingKind::Drift, Arc::new([ItemId(0)].into()));
    assert_eq!(desk.shows("is:drift"), "a");
    assert_eq!(desk.shows("finding:drift"), "a");
    // What only the library shows is looked for even where every row has its bits.
    assert_eq!(desk.matches("finding:duplicate").needs_findings, [FindingKind::Duplicate]);
    assert!(desk.matches("finding:nosuch").unknown[0].1.contains("is no kind of finding: drift, "));
    desk.context.spec = RowSpec::default();
    assert!(desk.matches("is:undecided").unknown[0].1.contains("no triage field"));
    assert!(desk.matches("brand:x").unknown[0].1.contains("names no brand"));
}

fn many(count: usize) -> Desk {
    const WORDS: [&str; 12] = [
        "virtual", "care", "nurse", "robot", "clinic", "pharmacy", "data", "patient", "health", "rural", "café",
        "Trial",
    ];
    let topics = ["Virtual Care", "MeSH: Nursing", "Gartner: Healthcare", "Robots"];
    Desk::of((0..count).map(|n| {
        let title: Vec<&str> = (0..5).map(|k| WORDS[(n * 31 + k * k * 7 + n / 7 * k) % 12]).collect();
        let topic = topics[n % 4];
        made_up::row(&format!("{n}.md"), &title.join(" "), "2022-01-01", &format!("brand{}.org", n % 50), "", topic)
    }))
}

#[test]
fn typing_on_narrows_to_what_a_fresh_search_finds() {
    let desk = many(700);
    for words in ["virtual care", "'nur robot", "topic:nurs data", "brand1 Tri", "caf\u{e9} x", "!care health"] {
        let mut before: Option<(Query, Vec<ItemId>)> = None;
        for end in words.char_indices().map(|(at, _)| at).chain([words.len()]) {
            let text = &words[..end];
            let narrowed = desk.narrowed(text, before.as_ref().map(|(q, items)| (q, items.as_slice())));
            assert_eq!(narrowed, desk.matches(text), "{text}");
            before = Some((Query::parse(text), narrowed.items));
        }
    }
    let (short, long) = (Query::parse("virt"), Query::parse("care"));
    assert!(!extends(&short, &long) && !extends(&Query::parse("!care"), &Query::parse("!caretaker")));
    assert!(extends(&short, &Query::parse("virtual is:marked")));
}

#[test]
fn two_threads_find_what_one_finds_in_the_same_order() {
    let desk = many(WORTH_A_THREAD + 500);
    let all = desk.matches("virt nurs");
    assert!(all.items.len() > 50);
    let query = Query::parse("virt nurs");
    let Desk { rows, topics, context, .. } = &desk;
    let request = Request { query: &query, rows, topics, order: &desk.order, context, previous: None };
    let plan = Plan::of(&request);
    assert_eq!(all.items, best_first(part(&plan, &request, &desk.order, &|| false).unwrap()));
}

#[test]
fn a_newer_query_overtakes_an_older_one() {
    let desk = many(2000);
    let query = Query::parse("virtual");
    let Desk { rows, topics, context, order } = &desk;
    let request = Request { query: &query, rows, topics, order, context, previous: None };
    let asked = AtomicUsize::new(0);
    let found = run(&request, &|| asked.fetch_add(1, Ordering::Relaxed) > 2);
    assert_eq!(found, None);
    assert!(asked.into_inner() < 6);
}

#[test]
fn a_replaced_row_is_found_by_its_new_topic() {
    let mut desk = Desk::six();
    let (id, old) = (ItemId(4), desk.rows.get(ItemId(4)).clone());
    let new = made_up::row("e", old.title(), "", "", "", "Gadgets: Nurse robots");
    assert_eq!(new.text(RowField::Topics), "Gadgets: Nurse robots");
    desk.topics.replace(id, &old, &new);
    desk.rows.replace(id, new);
    assert_eq!(desk.shows("topic:nurse"), "ce");
}

#[test]
fn every_facet_value_writes_the_term_that_shows_as_many_items_as_it_counts() {
    for desk in [Desk::six(), many(300)] {
        let roles = [RowField::Topics, RowField::Status, RowField::Brand, RowField::Author, RowField::Title];
        let facets =
            roles.map(|role| FacetBy::Value(Target::Role(role))).into_iter().chain([FacetBy::Year, FacetBy::Month]);
        for value in facets.flat_map(|by| facets::count(&by, &desk.rows, &desk.order, &desk.context.spec, None)) {
            assert_eq!(desk.shows(&value.term).len(), value.count, "{}", value.term);
            let query = Query::parse("care").with_term(&value.term);
            assert_eq!(query.without_term(&value.term).text(), "care");
        }
    }
}
