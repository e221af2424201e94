//! From texts to terms.

use proptest::prelude::*;

use super::*;
use crate::search::query::{excluded, field_term};

/// A term in words, for the table below.
fn said(term: &Term) -> String {
    let needle = |n: &Needle| format!("{}<{}>", if n.exact { "'" } else { "" }, n.text);
    let bound = |b: &Option<Bound>| match b {
        Some(b) => format!("{}{}", b.text, if b.strict { "!" } else { "" }),
        None => String::new(),
    };
    let wanted = |w: &Wanted| match w {
        Wanted::Like(n) => needle(n),
        Wanted::Equal(text) => format!("=<{text}>"),
        Wanted::Between { from, to } => format!("[{}..{}]", bound(from), bound(to)),
        state => Wanted::STATES.iter().find(|(_, known)| known == state).map_or("", |(word, _)| *word).to_string(),
    };
    let test = match &term.test {
        Test::Word(n) => needle(n),
        Test::Field { target, any, .. } => {
            format!("{}:{}", target.name(), any.iter().map(wanted).collect::<Vec<_>>().join("|"))
        }
        Test::Has(t) => format!("has {}", t.name()),
        Test::Missing(t) => format!("missing {}", t.name()),
        Test::Null(t) => format!("null {}", t.name()),
        Test::Empty(t) => format!("empty {}", t.name()),
        Test::Is(state) => format!("is {state:?}"),
        Test::Finding(kind) => format!("finding {kind}"),
    };
    format!("{}{test}", if term.exclude { "!" } else { "" })
}

fn terms(text: &str) -> String {
    let query = Query::parse(text);
    assert_eq!(query.errors, [], "{text}");
    let sort = query.sort.as_ref().map(|s| format!(" sort {}", s.text())).unwrap_or_default();
    query.terms.iter().map(said).collect::<Vec<_>>().join(" ") + &sort
}

#[test]
fn every_form_of_the_language_is_read() {
    let table = [
        ("", ""),
        ("virtual  care", "<virtual> <care>"),
        ("'nurse", "'<nurse>"),
        ("!nurse", "!<nurse>"),
        ("!'nurse", "!'<nurse>"),
        ("\"virtual care\" x", "<virtual care> <x>"),
        ("'\"two words\"", "'<two words>"),
        ("topic:nurse", "topic:<nurse>"),
        ("topic:a|b", "topic:<a>|<b>"),
        ("topic:\"virtual care\"|'b", "topic:<virtual care>|'<b>"),
        ("!topic:a", "!topic:<a>"),
        ("topic=\"KLAS: Scheduling - Nurse\"", "topic:=<KLAS: Scheduling - Nurse>"),
        ("topic=\"a|b\"|c", "topic:=<a|b>|=<c>"),
        ("topic=\"Say \\\"hi\\\"\"", "topic:=<Say \"hi\">"),
        ("status=", "status:=<>"),
        ("offering:vr brand:x author:y", "offering:<vr> brand:<x> author:<y>"),
        ("featuredImage.alt:meta", "featuredImage.alt:<meta>"),
        ("relatedOfferings[].label:kit", "relatedOfferings[].label:<kit>"),
        ("\"a.b\".c:x", "\"a.b\".c:<x>"),
        ("sub=brief", "sub:=<brief>"),
        ("has:via missing:topic null:\"a.b\" empty:status", "has via missing topic null \"a.b\" empty status"),
        ("date:2022-09", "date:[2022-09..2022-09]"),
        ("date:>=2022-09-01", "date:[2022-09-01..]"),
        ("date:<2022", "date:[..2022!]"),
        ("date:2021..2022", "date:[2021..2022]"),
        ("date:2021..", "date:[2021..]"),
        ("date:2021|2022-05", "date:[2021..2021]|[2022-05..2022-05]"),
        ("weight:>=10 weight:1..2.5", "weight:[10..] weight:[1..2.5]"),
        ("weight:10", "weight:<10>"),
        ("title:a..b", "title:<a..b>"),
        ("is:unwritten is:marked is:drift", "is Unwritten is Marked is Drift"),
        ("is:conflict", "is Conflict"),
        ("!is:undecided is:unreadable", "!is Undecided is Unreadable"),
        ("finding:cut", "finding cut"),
        ("sort:date", " sort date"),
        ("sort:title x sort:-link.brand", "<x> sort -link.brand"),
        ("sort:topics", " sort topics"),
        // Left open: the matcher knows which fields there are.
        ("KLAS:", "KLAS:"),
        ("https://a.b", "https:<//a.b>"),
        // What only looks like the language is text.
        (":x", "<:x>"),
        ("12:30", "12:<30>"),
        ("5\" screen", "<5\"> <screen>"),
        ("'topic:x", "'<topic:x>"),
        ("a[x:y", "<a[x:y>"),
        ("KLAS:|", "KLAS:"),
        ("sub:'", "sub:"),
    ];
    for (text, expected) in table {
        assert_eq!(terms(text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_understood_is_named_at_its_place_and_the_rest_still_counts() {
    let table = [
        ("x is:nonsense y", 5..13, "is what?"),
        ("date:soon", 5..9, "no date"),
        ("date:>=x", 5..8, "no range"),
        ("weight:>x", 7..9, "compare with"),
        ("x topic:", 2..8, "what?"),
        ("é missing:", 3..11, "which field"),
        ("sort:", 0..5, "sort by what"),
        ("!sort:date", 6..10, "cannot be excluded"),
        ("finding:", 0..8, "which kind"),
        ("topic:\"virtual ca", 6..17, "not closed"),
        ("x !", 2..3, "leave out what?"),
        ("!!", 0..2, "look for what?"),
        ("' x", 0..1, "look for what?"),
        ("\"\"", 0..2, "look for what?"),
        ("topic:|", 6..7, "topic: what?"),
        ("topic:'", 6..7, "topic: what?"),
        ("date:2022-13", 5..12, "no date"),
        ("date:2022-02-30|2022", 5..20, "no date"),
        ("date:>=2022-00", 5..14, "no range"),
        ("date:2022..2021", 5..15, "ends before it begins"),
        ("weight:10..9", 7..12, "ends before it begins"),
    ];
    for (text, place, message) in table {
        let query = Query::parse(text);
        assert_eq!(query.errors.len(), 1, "{text}");
        assert_eq!(query.errors[0].range, place, "{text}");
        assert!(query.errors[0].message.contains(message), "{text}: {}", query.errors[0].message);
    }
    let query = Query::parse("x is:nonsense y");
    assert_eq!(query.terms.iter().map(said).collect::<Vec<_>>(), ["<x>", "<y>"]);
    // A quote that is still being typed narrows already.
    assert_eq!(Query::parse("topic:\"virtual ca").terms.iter().map(said).collect::<Vec<_>>(), ["topic:<virtual ca>"]);
}

#[test]
fn a_facet_adds_and_takes_out_its_term_and_leaves_the_rest_as_typed() {
    let care = field_term(&Target::Role(RowField::Topics), true, &["Virtual Care", "a|b"]);
    assert_eq!(care, "topic=\"Virtual Care\"|\"a|b\"");
    let query = Query::parse("virtual  is:marked");
    let with = query.with_term(&care);
    assert_eq!(with.to_string(), "virtual  is:marked topic=\"Virtual Care\"|\"a|b\"");
    assert_eq!(with.with_term(&care), with);
    assert_eq!(with.without_term("is:marked").to_string(), "virtual topic=\"Virtual Care\"|\"a|b\"");
    assert_eq!(with.replacing(&care, &excluded("topic=x")).to_string(), "virtual  is:marked !topic=x");
    let sort = Sort::parse("-title").unwrap();
    assert_eq!(Query::parse("x sort:date").sorted_by(&sort).to_string(), "x sort:-title");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_query_and_every_place_lies_between_characters(text in "[a-z!'\"|:=.<>é 🙂\\\\\\[\\]0-9-]{0,40}|\\PC{0,30}") {
        let query = Query::parse(&text);
        let places = query.terms.iter().map(|t| &t.range).chain(query.errors.iter().map(|e| &e.range));
        for place in places {
            prop_assert!(text.get(place.clone()).is_some_and(|t| !t.is_empty()), "{place:?}");
        }
        prop_assert_eq!(query.text(), text);
    }

    #[test]
    fn an_exact_term_reads_back_to_its_values(values in prop::collection::vec("\\PC{0,12}", 1..4)) {
        let target = Target::Role(RowField::Topics);
        let texts: Vec<&str> = values.iter().map(String::as_str).collect();
        let query = Query::parse(&field_term(&target, true, &texts));
        let any: Vec<Wanted> = values.iter().map(|v| Wanted::Equal(v.clone())).collect();
        prop_assert_eq!(query.terms.len(), 1);
        let Test::Field { any: read, .. } = &query.terms[0].test else { panic!("no field") };
        prop_assert_eq!(read, &any);
    }
}
