//! Opening a folder and finding an item.

use crate::desk::{Desk, curated};

fn three() -> Desk {
    Desk::with(&[
        curated("Telehealth at home"),
        curated("The metaverse in care"),
        curated("Rural clinics bet on video"),
    ])
}

#[test]
fn a_folder_opens_on_its_items_and_says_what_to_press() {
    let mut desk = three();
    desk.expect("content/news").expect("3 left of 3").expect("Telehealth at home").expect("Rural clinics");
    desk.expect("press / and type").expect("? keys").expect("e edit");
    desk.expect("Clinics in three counties have moved");
}

#[test]
fn typing_narrows_the_list_and_esc_puts_it_back() {
    let mut desk = three();
    desk.press("/")
        .type_text("metav")
        .expect("1 shown")
        .expect("The metaverse in care")
        .expect_not("Rural clinics bet");
    desk.press("esc").expect("Rural clinics bet").expect_not("1 shown");
    desk.press("/").type_text("rural").press("enter").expect("1 shown").press("j").expect("Rural clinics");
}

#[test]
fn a_filter_longer_than_its_line_shows_how_it_begins_once_it_stands() {
    let mut desk = three();
    desk.press("*");
    let long = "title:\"rural clinics bet on video, and on whatever else they can get from it\"";
    desk.press("/")
        .type_text(long)
        .expect("get from it\"")
        .press("enter")
        .expect("title:\"rural clinics bet")
        .expect("…");
}

#[test]
fn letters_typed_in_the_filter_never_act() {
    let mut desk = three();
    desk.press("/").type_text("axswq").expect_no_drafts();
    assert!(!desk.state.quit);
}

#[test]
fn narrowing_by_topic_follows_the_highlighted_topic_live() {
    let mut desk = three();
    desk.press("T").type_text("remote").expect("Subject Headings (SH): Remote Care").expect("3 shown");
    desk.press("ctrl-x").expect("0 shown").press("esc").expect_not("shown");
}

#[test]
fn where_the_filter_asks_for_a_topic_another_one_comes_in_its_place_or_beside_it_by_its_box() {
    let (path, text) = curated("Rural clinics bet on video");
    let mut desk = Desk::with(&[curated("Telehealth at home"), (path, text.replace("Remote Care", "Rural Care"))]);
    let filter = |desk: &Desk| desk.state.queue.filter.text();
    desk.press("/").type_text("video").press("enter T").type_text("rural").press("enter").expect("1 shown");
    let rural = filter(&desk);
    assert_eq!(rural, "video topic=\"Subject Headings (SH): Rural Care\"");
    // Every topic is there to choose, not only those beside it; enter on what is asked for changes nothing.
    desk.press("T").expect("Remote Care").press("enter");
    assert_eq!(filter(&desk), rural);
    desk.press("T").type_text("remote").press("enter").expect("0 shown");
    assert_eq!(filter(&desk), rural.replace("Rural", "Remote"));
    desk.press("T").type_text("rural").press("tab enter").expect("1 shown");
    assert_eq!(filter(&desk).matches("Care").count(), 2);
    assert_eq!(filter(&desk).matches("topic").count(), 1);
    desk.press("T").type_text("analyst").press("esc");
    assert_eq!(filter(&desk).matches("Care").count(), 2);
}

#[test]
fn a_term_that_is_not_understood_is_said_at_its_place() {
    let mut desk = three();
    desk.press("/").type_text("date:>=yesterday").expect("date");
    assert!(!desk.state.queue.found.unknown.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_is_a_row_with_its_reason() {
    let broken = ("news/broken.md".to_string(), "---\ntitle: [unclosed\n---\n".to_string());
    let bare = ("news/bare.md".to_string(), "# no front matter\n".to_string());
    let mut desk = Desk::with(&[curated("Telehealth at home"), broken, bare]);
    desk.expect("2 unreadable").expect("broken.md").expect("cannot be read").expect("no front matter");
}

#[test]
fn an_empty_folder_says_what_is_looked_for() {
    Desk::with(&[]).expect("No content files here").press("e").expect("no item here");
}

#[test]
fn small_windows_show_the_list_alone() {
    let mut desk = three();
    desk.resize(50, 10).expect("Telehealth at home").expect_not("Clinics in three counties");
    desk.resize(160, 45).expect("Topics").expect("Clinics in three counties");
}

#[test]
fn a_facet_writes_a_term_and_any_field_can_be_counted() {
    let mut desk = three();
    desk.press("f").expect("Facets").expect("Remote Care").press("/").type_text("sub").press("enter").expect("brief");
    desk.press("enter").expect("sub=brief").expect("3 shown").press("f enter").expect_not("sub=brief");
}
