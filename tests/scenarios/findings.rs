//! Findings at the desk: seen in the list and the form, asked for in the filter, fixed one by one or all.

use crate::desk::{Desk, changed_lines, curated};

/// A made-up item in which nothing is wrong.
fn whole(title: &str) -> (String, String) {
    let (path, text) = curated(title);
    let slug = curate::profile::template::slug(title);
    let text = text
        .replace("is the small p\n", "is the small part.\n")
        .replace("slug: journal-", "slug: journal-example-")
        .replace("https://journal.example.org/a/", &format!("https://journal.example.org/{slug}/"));
    (path, text)
}

/// Three items; a label of the second was changed by hand.
fn drifted() -> (Desk, String, String) {
    let (path, text) = whole("Rural clinics bet on video");
    let by_hand = text.replace("  - Remote Care\n", "  - Remote\n");
    assert_ne!(by_hand, text);
    let files = [whole("Telehealth at home"), (path.clone(), by_hand), whole("The metaverse in care")];
    (Desk::with(&files), path, text)
}

/// The line of the list that holds this title.
fn line(desk: &mut Desk, title: &str) -> String {
    let screen = desk.screen();
    screen.lines().find(|line| line.contains(title)).unwrap_or_else(|| panic!("{title}:\n{screen}")).to_string()
}

#[test]
fn a_label_drifted_by_hand_is_shown_in_list_and_form_and_one_key_mends_it_and_no_other_byte() {
    let (mut desk, path, text) = drifted();
    assert!(line(&mut desk, "Rural clinics").starts_with("  ! "), "{}", desk.screen());
    assert!(line(&mut desk, "Telehealth").starts_with("    "), "{}", desk.screen());
    desk.press("/").type_text("is:drift").press("enter").expect("1 shown").expect_not("Telehealth at home");
    desk.press("e").expect("1 of 5 lists out of step").press("esc");
    desk.press("F").expect("Findings  1 finding in 1 item").expect("out of step 1").expect("F fixes 1");
    desk.press("j")
        .expect("categoryLabel[0] `Remote` does not follow categories[0]")
        .expect("fix: becomes Remote Care");
    desk.press("f").expect("Nothing found").press("esc");
    // Fixed is fixed at once: a draft now, no finding.
    assert!(line(&mut desk, "Rural clinics").starts_with("  • "), "{}", desk.screen());
    desk.press("w").expect("1 file · 1 line change").press("y").expect("1 file written");
    assert_eq!(desk.file(&path), text);
    desk.press("/ ctrl-u").type_text("is:drift").press("enter").expect("0 shown");
}

#[test]
fn a_fix_is_undone_as_any_edit_and_the_finding_is_back() {
    let (mut desk, path, text) = drifted();
    desk.press("F j f").expect("Nothing found").press("u").expect("out of step 1");
    desk.press("esc").expect_no_drafts();
    assert!(line(&mut desk, "Rural clinics").starts_with("  ! "), "{}", desk.screen());
    let (old, new) = changed_lines(&desk.file(&path), &text);
    assert_eq!((old, new), (vec!["  - Remote".to_string()], vec!["  - Remote Care".to_string()]));
}

#[test]
fn enter_goes_to_the_field_in_the_form_and_esc_comes_back_to_the_findings() {
    let (mut desk, ..) = drifted();
    desk.press("F j enter").expect("categoryLabel[0] · one line").expect("follows categories");
    desk.press("esc").expect("Findings  1 finding in 3 items").press("esc").expect("3 left of 3");
}

#[test]
fn all_of_a_kind_are_fixed_in_one_batch_that_one_undo_takes_back() {
    let files: Vec<_> = ["One walk", "Another visit", "A third story"].map(curated).into();
    let mut desk = Desk::with(&files);
    desk.press("F").expect("description cut 3").expect("does not follow 3").expect("6 can be fixed");
    // To the descriptions; a better one is on offer.
    desk.press("j").expect("in 3 items");
    while !desk.screen().contains("fix: becomes Clinics in three counties") {
        desk.press("j");
    }
    desk.press("F").expect_not("description cut 3").expect("does not follow 3");
    assert_eq!(desk.state.library.drafts.len(), 3);
    desk.press("u").expect("description cut 3").expect_no_drafts();
}

#[test]
fn what_only_a_person_can_mend_says_so() {
    let (path, text) = whole("Telehealth at home");
    let (twin, again) = ("news/twin.md".to_string(), text.replace("Telehealth at home", "Telehealth, at Home"));
    let mut desk = Desk::with(&[(path, text), (twin, again)]);
    desk.press("F").expect("same link 2").expect("like title 2").expect("only a person knows the fix");
    desk.press("j f").expect("only a person knows the fix").expect_no_drafts();
    desk.press("esc /").type_text("finding:similar").press("enter").expect("2 shown");
    desk.press("/ ctrl-u").type_text("!finding:duplicate").press("enter").expect("0 shown");
}

#[test]
fn marked_items_alone_are_looked_through_where_some_are_marked() {
    let (mut desk, ..) = drifted();
    desk.press("/").type_text("telehealth").press("enter space F").expect("in 1 marked item").expect("Nothing found");
}

#[test]
fn facets_count_findings_and_drift_and_narrow_to_them() {
    let (mut desk, ..) = drifted();
    desk.resize(160, 45).expect("Findings").expect("out of step").expect("(drift)");
    desk.press("f G enter").expect("finding:drift").expect("1 shown");
    desk.press("/ ctrl-u").type_text("topic=(drift)").press("enter").expect("1 shown").expect("Rural clinics");
    desk.press("/ ctrl-u").type_text("title=(drift)").press("enter").expect("0 shown");
    desk.press("/ ctrl-u").type_text("status=approved|(blank)").press("enter").expect("3 shown");
}

#[test]
fn an_offering_that_most_items_have_otherwise_is_found_and_fixed_and_drafts_count() {
    let odd = |t: &str| t.replace("label: Parlour's Monitor", "label: Parlor Monitor");
    let (path, text) = whole("Rural clinics bet on video");
    let files = [whole("Telehealth at home"), (path.clone(), odd(&text)), whole("The metaverse in care")];
    let mut desk = Desk::with(&files);
    desk.press("/").type_text("finding:offering").press("enter").expect("1 shown").expect("Rural clinics");
    desk.press("F")
        .expect("offering otherwise 1")
        .press("j j j")
        .expect("`Parlor Monitor` is written otherwise in 2 items");
    desk.press("f").expect("Nothing found").press("esc");
    desk.press("w y").expect("1 file written");
    assert_eq!(desk.file(&path), text);
    // What others are drafted to be is what it is compared with.
    desk.press("/ ctrl-u").type_text("!rural").press("enter *");
    desk.press(":").type_text("all-offerings").press("enter /").type_text("monitor").press("enter");
    desk.press("e ctrl-u").type_text("Monitor").press("enter").expect("3 items").press("esc");
    desk.press("- / ctrl-u").type_text("rural").press("enter F").expect_not("offering otherwise");
}
