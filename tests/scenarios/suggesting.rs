//! Suggested topics: in the card with their digits, in the picker with their reasons, never again where they were taken off.

use super::desk::Desk;

const PROFILE: &str =
    "topics:\n  field: topics\n  pinned: [Weekly]\ntriage:\n  field: status\n  accept: yes\n  reject: no\n";

fn item(name: &str, title: &str, topics: &str, body: &str) -> (String, String) {
    (format!("{name}.md"), format!("---\ntitle: {title}\ntopics: [{topics}]\nstatus: ''\n---\n{body}\n"))
}

/// Six items on boats and six on bread, then one on boats without a topic.
fn library() -> Vec<(String, String)> {
    let boats = [
        ("b1", "The harbour in winter", "Sails are dried and hulls are tarred in the harbour."),
        ("b2", "A hull of oak", "Planks of oak make a hull that holds in the harbour."),
        ("b3", "Sails from old cloth", "Sewing sails for small hulls."),
        ("b4", "Tar and rope", "Rope and tar for every hull and its sails."),
        ("b5", "Harbour lights", "Lights that bring sails home to the harbour."),
        ("b6", "The race around the bay", "Sails, hulls and wind in the bay."),
    ];
    let bread = [
        ("c1", "Rye for beginners", "Flour, water and an oven."),
        ("c2", "A sourdough diary", "Flour and water rise overnight before the oven."),
        ("c3", "Crusts", "A hot oven makes the crust of a loaf."),
        ("c4", "The mill", "Flour from the mill for each loaf."),
        ("c5", "Loaves for many", "An oven full of loaves, flour on the floor."),
        ("c6", "Salt", "Salt in the dough, a loaf from the oven."),
    ];
    let boats = boats.map(|(name, title, body)| item(name, title, "'Craft: Boats'", body));
    let bread = bread.map(|(name, title, body)| item(name, title, "'Craft: Baking'", body));
    let asked = item("a0", "What the harbour keeps", "", "Hulls, sails and tar in the harbour, and rope.");
    [(".curate.yaml".to_string(), PROFILE.to_string())].into_iter().chain(boats).chain(bread).chain([asked]).collect()
}

fn desk() -> Desk {
    let mut desk = Desk::with(&library());
    desk.press("/").type_text("title:keeps").press("enter").expect("What the harbour keeps");
    desk
}

/// What is drafted for the item that was asked about.
fn topics(desk: &Desk) -> Vec<String> {
    let id = desk.state.library.find("a0.md").expect("it is there");
    desk.state.library.row(id).topics().map(str::to_string).collect()
}

#[test]
fn the_card_suggests_on_the_digits_after_the_pinned_ones_and_the_digits_work() {
    let mut desk = desk();
    desk.expect("Keys       1 Weekly").expect("Suggested  2 Craft: Boats");
    desk.press("2").expect("+ Craft: Boats").expect("Topics     Craft: Boats");
    assert_eq!(topics(&desk), ["Craft: Boats"]);
    // The digits stay as they are while one works with them: pressed again, it takes the topic off.
    desk.expect("Suggested  2 Craft: Boats").press("2").expect("- Craft: Boats");
    assert_eq!(topics(&desk), [""; 0]);
    desk.press("1");
    assert_eq!(topics(&desk), ["Weekly"]);
}

#[test]
fn the_digits_of_the_card_work_while_one_reads_as_well() {
    let mut desk = desk();
    desk.press("enter").expect("Suggested  2 Craft: Boats").press("2").expect("+ Craft: Boats");
    assert_eq!(topics(&desk), ["Craft: Boats"]);
    desk.press("? 2").expect("1-9").expect("The topic that the card shows on this digit");
}

#[test]
fn a_digit_that_shows_nothing_does_nothing() {
    let mut desk = desk();
    desk.press("9").expect("no topic on 9").expect_no_drafts();
    // Without a card there is nothing to read on a digit.
    desk.press("p").expect_not("Suggested").press("2").expect("no topic on 2").expect_no_drafts();
}

#[test]
fn a_digit_never_means_what_the_card_of_another_item_shows() {
    let mut desk = Desk::with(&library());
    desk.press("/").type_text("title:keeps").press("enter").expect("Suggested  2 Craft: Boats");
    desk.rests = false;
    desk.press("/ ctrl-u enter");
    let shown = desk.state.preview.shown.as_ref().expect("a card").path.clone();
    while desk.state.current_row().is_some_and(|row| row.path == shown) {
        let before = desk.state.current();
        desk.press("j");
        if before == desk.state.current() {
            desk.press("g g");
        }
    }
    desk.press("2").expect("no topic on 2").expect_no_drafts();
}

#[test]
fn the_picker_shows_what_is_suggested_first_and_says_why() {
    let mut desk = desk();
    desk.press("t");
    let screen = desk.screen();
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("`{text}` is not there:\n{screen}"));
    assert!(at("Suggested") < at("Craft: Boats") && at("Craft: Boats") < at("Weekly"), "{screen}");
    desk.expect("suggested: ").press("enter").expect("+ Craft: Boats");
    assert_eq!(topics(&desk), ["Craft: Boats"]);
}

#[test]
fn suggestions_that_come_late_move_no_row_after_the_first_key() {
    let mut desk = desk();
    desk.slow_suggestions = true;
    desk.press("t down");
    let before = desk.reversed();
    desk.catch_up().expect_not(" Suggested ");
    assert_eq!(
        desk.reversed().first().map(|row| row[..20].to_string()),
        before.first().map(|row| row[..20].to_string())
    );
}

#[test]
fn what_the_curator_took_off_is_not_suggested_there_again_until_that_is_undone() {
    let mut desk = desk();
    desk.press("t enter").expect("Topics     Craft: Boats");
    desk.press("t").type_text("boats").press("tab enter").expect("- Craft: Boats").expect("Topics     (none)");
    desk.expect_not("Suggested  2 Craft: Boats").press("t");
    let screen = desk.screen();
    assert!(screen.find("Weekly") < screen.find("Craft: Boats"), "{screen}");
    desk.press("esc");
    desk.press("u").press("u").expect("Suggested  2 Craft: Boats");
}

#[test]
fn what_is_decided_now_is_evidence_for_the_next_item() {
    let mut files = library();
    files.push(item("a1", "Kites over the dunes", "", "Kites on strings over the dunes, kites in the wind."));
    files.push(item("a2", "More kites", "", "Kites on strings over the dunes, kites again."));
    let mut desk = Desk::with(&files);
    desk.press("/").type_text("title:dunes").press("enter").expect("Kites over").expect_not("Craft: Kites");
    desk.press("t").type_text("Craft: Kites").press("ctrl-n enter").expect("Topics     Craft: Kites");
    desk.press("/ ctrl-u")
        .type_text("title:more")
        .press("enter")
        .expect("More kites")
        .expect("Suggested  2 Craft: Kites");
}

#[test]
fn marked_items_are_suggested_what_fits_them_and_a_digit_goes_to_all_of_them() {
    let mut files = library();
    files.push(item("a3", "Another harbour that keeps", "", "Sails and hulls in the harbour, tar and rope."));
    let mut desk = Desk::with(&files);
    desk.press("/").type_text("title:keeps").press("enter *").expect("2 marked");
    desk.press("t").expect("Suggested").expect("0/2").press("esc");
    desk.press("2").expect("+ Craft: Boats: 2 items");
}

/// Six items with boats' rope and six with an oven, then one of each without.
fn with_offerings() -> Vec<(String, String)> {
    let mut files = vec![(
        ".curate.yaml".to_string(),
        "topics:\n  field: topics\nofferings:\n  field: relatedOfferings\n  fields: {label: line, offeringId: integer}\n"
            .to_string(),
    )];
    for n in 0..12 {
        let (title, topic, label) = match n % 2 {
            0 => ("Sails and hulls in the harbour", "Craft: Boats", "Hempline Rope"),
            _ => ("Flour and water in the oven", "Craft: Baking", "Stone Oven"),
        };
        let entry = format!("relatedOfferings:\n- label: {label}\n  offeringId: {}\n", 10 + n % 2);
        files.push((
            format!("{n:02}.md"),
            format!("---\ntitle: {title} {n}\ntopics: ['{topic}']\n{entry}---\n{title}.\n"),
        ));
    }
    for (name, topics) in [("x0", "'Craft: Boats'"), ("x1", "")] {
        let text = format!(
            "---\ntitle: New sails {name}\ntopics: [{topics}]\nrelatedOfferings: []\n---\nHulls in the harbour.\n"
        );
        files.push((format!("{name}.md"), text));
    }
    files
}

#[test]
fn the_workbench_offers_what_is_suggested_first_and_says_why() {
    let mut desk = Desk::with(&with_offerings());
    desk.press("/").type_text("title:x0").press("enter r");
    desk.expect("on 6 of the 6 nearest items; with Boats");
    let screen = desk.screen();
    assert!(screen.find("Hempline Rope") < screen.find("Stone Oven"), "{screen}");
    desk.press("/ enter").expect("1 Hempline Rope").press("x").expect("none yet");
    // Taken off by hand it is still there to be added, and no longer suggested.
    desk.press("esc r").expect_not("nearest items").press("u u").expect_no_drafts();
}

#[test]
fn over_marked_items_the_workbench_suggests_for_all_of_them() {
    let mut desk = Desk::with(&with_offerings());
    desk.press("/").type_text("title:new").press("enter * r").expect("Offerings of 2 marked items");
    desk.expect("[ ] Hempline Rope").expect("fits 2 of 2").press("/ enter").expect("+ Hempline Rope: 2 items");
}

#[test]
fn words_that_are_changed_in_the_editor_are_learned_and_unlearned_when_that_is_undone() {
    let mut files = library();
    files.push(item("k1", "The first of its kind", "'Craft: Music'", "Of this and that."));
    files.push(item("k2", "Zithers", "", "A zither quodlibet."));
    let mut desk = Desk::with(&files);
    let look = |desk: &mut Desk, words: &str| {
        desk.press("/ ctrl-u").type_text(words).press("enter").expect("1 shown");
    };
    look(&mut desk, "title:zithers");
    desk.expect_not("Craft: Music");
    look(&mut desk, "title:kind");
    desk.editor = |text| Ok(text.replace("this and that", "a zither, quodlibet after quodlibet"));
    desk.press("E").expect("edited by hand");
    look(&mut desk, "title:zithers");
    desk.expect("Suggested  2 Craft: Music").press("u");
    look(&mut desk, "title:kind");
    look(&mut desk, "title:zithers");
    desk.expect_not("Craft: Music");
}

#[test]
fn what_was_taken_off_stays_unsuggested_after_a_new_start() {
    let mut desk = desk();
    desk.press("2").expect("+ Craft: Boats").press("2").expect("- Craft: Boats");
    let mut desk = desk.killed_and_started_again();
    desk.press("/ ctrl-u").type_text("title:keeps").press("enter").expect("1 shown").expect_not("Craft: Boats");
}

#[test]
fn what_was_taken_off_and_written_stays_unsuggested_after_a_new_start() {
    let mut desk = desk();
    desk.press("2").expect("+ Craft: Boats").press("w y").expect("written");
    desk.press("t").type_text("boats").press("tab enter").expect("- Craft: Boats").press("w y").expect("written");
    let mut desk = desk.killed_and_started_again();
    desk.press("/ ctrl-u").type_text("title:keeps").press("enter").expect("1 shown").expect_not("Craft: Boats");
}

/// Put on and taken off again before any write: on disk nothing of it ever stood.
#[test]
fn what_was_put_on_and_taken_off_before_a_write_stays_unsuggested_after_a_new_start() {
    let mut desk = desk();
    desk.press("2")
        .expect("+ Craft: Boats")
        .press("2")
        .expect("- Craft: Boats")
        .press("a")
        .press("w y")
        .expect("written");
    desk.press("/ ctrl-u").type_text("title:keeps").press("enter").expect("1 shown").expect_not("Craft: Boats");
    let mut desk = desk.killed_and_started_again();
    desk.press("/ ctrl-u").type_text("title:keeps").press("enter").expect("1 shown").expect_not("Craft: Boats");
}

#[test]
fn an_offering_that_was_added_and_taken_off_before_a_write_stays_unsuggested_after_a_new_start() {
    let mut desk = Desk::with(&with_offerings());
    desk.press("/")
        .type_text("title:x0")
        .press("enter r / enter")
        .expect("1 Hempline Rope")
        .press("x")
        .expect("none yet");
    desk.press("esc r").expect_not("nearest items").press("esc w y").expect("written");
    let mut desk = desk.killed_and_started_again();
    desk.press("/ ctrl-u").type_text("title:x0").press("enter r").expect("Hempline Rope").expect_not("nearest items");
}

#[test]
fn a_deleted_file_is_no_evidence_from_then_on() {
    let mut files = library();
    files.push(item(
        "a1",
        "Kites over the dunes",
        "'Craft: Kites'",
        "Kites on strings over the dunes, kites in the wind.",
    ));
    files.push(item("a2", "More strings", "", "Strings over the dunes, in the wind again."));
    let mut desk = Desk::with(&files);
    desk.press("/").type_text("title:more").press("enter").expect("Suggested  2 Craft: Kites");
    std::fs::remove_file(desk.path("a1.md")).unwrap();
    desk.others_worked();
    desk.press("/ ctrl-u").type_text("title:keeps").press("enter").expect("1 shown");
    desk.press("/ ctrl-u").type_text("title:more").press("enter").expect("More strings").expect_not("Craft: Kites");
}
