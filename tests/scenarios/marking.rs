//! Marking: by a query, by a range, what filters hide; what an edit refuses.

use crate::desk::{Desk, curated};

const TITLES: [&str; 4] =
    ["Telehealth at home", "The metaverse in care", "Rural clinics bet on home care", "A quiet year for wards"];

fn four() -> Desk {
    Desk::with(&TITLES.map(curated))
}

fn marked(desk: &Desk) -> Vec<String> {
    let library = &desk.state.library;
    let mut titles: Vec<String> = library.marks.iter().map(|id| library.row(id).title().to_string()).collect();
    titles.sort();
    titles
}

#[test]
fn a_query_marks_what_it_matches_on_top_of_the_marks_and_the_list_stays() {
    let mut desk = four();
    desk.press("/").type_text("wards").press("enter space").expect("1 marked");
    desk.press("M").expect("1 marked").type_text("home").expect("2 match, 2 more to mark");
    desk.expect("A quiet year").expect_not("Telehealth at home ");
    desk.press("enter").expect("2 marked, 3 in all").expect("3 marked, 2 hidden").expect("1 shown");
    assert_eq!(marked(&desk), [TITLES[3], TITLES[2], TITLES[0]]);
    desk.press("M").type_text("title:care").expect("2 match, 1 more to mark").press("esc").expect("3 marked, 2 hidden");
}

#[test]
fn a_query_to_mark_by_is_the_whole_language_and_says_what_it_does_not_understand() {
    let mut desk = four();
    desk.press("M").type_text("sub=brief !home").expect("2 match").press("enter").expect("2 marked, 2 in all");
    desk.press("- M").type_text("is:nonsense").press("enter").expect("mark /").expect_not("in all");
    desk.press("ctrl-u enter").expect("type what is to be marked");
    assert!(marked(&desk).is_empty());
}

#[test]
fn hidden_marks_can_be_shown_and_the_filter_comes_back() {
    let mut desk = four();
    desk.press("M").type_text("home").press("enter /").type_text("wards").press("enter").expect("2 hidden");
    desk.press(":")
        .type_text("show-marks")
        .press("enter")
        .expect("2 shown")
        .expect("Telehealth at home")
        .expect("is:marked");
    desk.press(":").type_text("show-marks").press("enter").expect("1 shown").expect("2 hidden");
}

#[test]
fn a_range_is_shown_while_it_grows_and_esc_leaves_it() {
    let mut desk = four();
    let signs = |desk: &mut Desk| desk.screen().lines().filter(|line| line.starts_with('▌')).count();
    desk.press("v").expect("a range begins").press("j j");
    assert_eq!(signs(&mut desk), 3);
    desk.press("k");
    assert_eq!(signs(&mut desk), 2);
    desk.press("esc").expect("the range is left");
    assert_eq!((signs(&mut desk), marked(&desk).len()), (0, 0));
    desk.press("v k v").expect("2 items marked");
    assert_eq!((signs(&mut desk), marked(&desk).len()), (2, 2));
}

/// An item whose title is an anchor that another field uses: it is read, and not edited here.
fn aliased(name: &str) -> (String, String) {
    (format!("news/{name}.md"), format!("---\ntitle: &t {name}\nsub: *t\nstatus: ''\n---\n"))
}

#[test]
fn what_a_batch_refuses_is_listed_with_reasons_stays_marked_and_the_rest_goes_on() {
    let broken = ("news/broken.md".to_string(), "---\ntitle: [unclosed\n---\n".to_string());
    let mut desk = Desk::with(&[curated(TITLES[0]), curated(TITLES[1]), aliased("anchored"), broken]);
    desk.press("* b").type_text("title").press("enter").type_text("set").press("enter").type_text("New").press("enter");
    desk.expect("2 items changed; 2 refused, :refused lists them");
    assert_eq!(desk.state.library.marks.len(), 4);
    desk.press(":").type_text("refused").press("enter").expect("anchored").expect("unclosed").expect("mark these");
    desk.press("enter").expect("2 items marked");
    desk.press(":").type_text("refused").press("enter down down enter");
    assert!(["anchored", ""].contains(&desk.state.current_row().expect("one").title()));
    desk.press("w y").expect("2 files written");
}

#[test]
fn topics_of_any_letters_are_added_shown_harmlessly_and_taken_off_again() {
    let topics = [
        "It's \"quoted\": twice",
        "C# and: colons",
        "# no comment",
        "Care \u{1f469}\u{200d}\u{2695}\u{fe0f}",
        "Left \u{202e}right",
        "- dash",
        "yes",
    ];
    let (path, before) = curated(TITLES[0]);
    let mut desk = Desk::with(&[(path.clone(), before.clone())]);
    for topic in topics {
        desk.press("b").type_text("cate").press("enter").type_text("add").press("enter");
        desk.happen(curate::app::Event::Paste(topic.to_string())).press("enter").expect("1 item, 5 edits");
        assert!(!desk.screen().contains('\u{202e}'));
    }
    desk.press("w y").expect("1 file written");
    for topic in topics {
        desk.press("b").type_text("cate").press("enter").type_text("rem").press("enter");
        desk.happen(curate::app::Event::Paste(topic.to_string())).press("enter").expect("1 item, 5 edits");
    }
    desk.press("w y").expect("1 file written");
    assert_eq!(desk.file(&path), before);
}
