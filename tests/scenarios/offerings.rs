//! The offerings workbench, and offerings across the library: keys in, screen and disk out.

use crate::desk::{Desk, changed_lines, curated};

const MONITOR: &str = "  - label: Parlour's Monitor
    permalink: /offering/parlours-monitor
    categories:
      - 'Analyst: Healthcare'
      - 'Ratings: Scheduling - Nurse and Staff'
    offeringId: 17002
";

const BELL: &str = "  - label: Bedside Bell
    permalink: /offering/bedside-bell
    categories:
      - 'Subject Headings (SH): Remote Care'
    offeringId: 17003
";

/// An item with another list of offerings, in its own style.
fn with(title: &str, change: impl Fn(&str) -> String) -> (String, String) {
    let (path, text) = curated(title);
    assert!(text.contains(MONITOR), "the fixture has changed");
    (path, change(&text))
}

/// Two items: the first has a kit and a monitor, the second a bell beside them.
fn two() -> Vec<(String, String)> {
    vec![with("A first", str::to_string), with("B second", |text| text.replace(MONITOR, &format!("{MONITOR}{BELL}")))]
}

fn on(desk: &mut Desk, title: &str) {
    desk.press("/ ctrl-u").type_text(&format!("'{title}")).press("enter");
}

fn written(desk: &mut Desk) -> &mut Desk {
    desk.press("w y").expect("written").expect_no_drafts()
}

#[test]
fn removed_it_takes_its_lines_and_added_again_at_its_place_the_bytes_are_the_same() {
    let files = two();
    let mut desk = Desk::with(&files);
    on(&mut desk, "A first");
    desk.press("r").expect("Offerings of \"A first\"").expect("2 Parlour's Monitor").press("j x");
    desk.expect_not("2 Parlour").press("esc");
    written(&mut desk);
    let (path, text) = &files[0];
    assert_eq!(desk.file(path), text.replace(MONITOR, ""));
    // Added at the end; the first goes below it and comes back: whole entries move, their lines untouched.
    desk.press("r /").type_text("monitor").press("enter").expect("2 Parlour's Monitor").press("esc");
    written(&mut desk);
    assert_eq!(desk.file(path), *text);
    desk.press("r g x").expect_not("Homeward Kit   17001");
    desk.press("/")
        .type_text("kit")
        .press("enter")
        .expect("2 Homeward Kit")
        .press("K")
        .expect("1 Homeward Kit")
        .press("esc");
    desk.press("d").expect("no difference");
}

#[test]
fn on_forty_items_the_box_has_three_states_and_one_batch_does_it() {
    let with_bell = |at: usize| {
        let title = format!("Item {at:02}");
        if at < 3 { with(&title, |t| t.replace(MONITOR, &format!("{MONITOR}{BELL}"))) } else { curated(&title) }
    };
    let files: Vec<_> = (0..40).map(with_bell).collect();
    let mut desk = Desk::with(&files);
    desk.press("* r").expect("Offerings of 40 marked items").expect("[x] Homeward Kit").expect("[~] Bedside Bell");
    desk.expect("3/40").press("/").type_text("bell").press("tab").expect("+ Bedside Bell -> 37 items");
    desk.press("tab").expect("- Bedside Bell -> 3 items").press("tab").expect("[~] Bedside Bell");
    desk.press("tab ctrl-u").type_text("monitor").press("tab").expect("- Parlour's Monitor -> 40 items");
    desk.press("enter")
        .expect("40 items")
        .expect("[x] Bedside Bell")
        .expect("[ ] Parlour's Monitor")
        .expect("was here");
    desk.press("esc w y").expect("40 files written").expect_no_drafts();
    for (at, (path, before)) in files.iter().enumerate() {
        let should = if at < 3 { before.replace(MONITOR, "") } else { before.replace(MONITOR, BELL) };
        assert_eq!(desk.file(path), should, "{path}");
    }
}

#[test]
fn one_undo_takes_a_batch_over_all_items_back() {
    let files = two();
    let mut desk = Desk::with(&files);
    desk.press("* r").press("/").type_text("bell").press("enter").expect("1 item");
    desk.press("u").expect_no_drafts().expect("[~] Bedside Bell").press("ctrl-r").expect("[x] Bedside Bell");
}

#[test]
fn typed_ahead_of_slow_edits_keys_act_on_what_the_last_one_did() {
    let files = two();
    let mut desk = Desk::with(&files);
    on(&mut desk, "B second");
    desk.press("r");
    desk.slow = true;
    desk.press("x x").expect("1 Bedside Bell").catch_up().expect("1 Bedside Bell").press("esc");
    written(&mut desk);
    let (path, text) = &files[1];
    let (gone, new) = changed_lines(text, &desk.file(path));
    assert_eq!((gone.len(), new.len()), (11, 0), "{gone:?}");
}

#[test]
fn what_was_toggled_and_left_changes_nothing_and_says_so() {
    let mut desk = Desk::with(&two());
    on(&mut desk, "A first");
    desk.press("r tab").press("tab").expect("+ Bedside Bell").press("esc").expect("left: nothing was added");
    desk.expect_no_drafts().press("esc").expect("1 shown");
}

#[test]
fn another_offering_stands_in_an_entrys_place_and_an_entry_is_edited_in_the_form() {
    let files = two();
    let mut desk = Desk::with(&files);
    on(&mut desk, "A first");
    desk.press("r j R").expect("In the place of Parlour's Monitor").type_text("bell").press("enter");
    desk.expect("2 Bedside Bell")
        .press("e")
        .expect("Bedside Bell")
        .press("enter ctrl-u")
        .type_text("Chime")
        .press("enter");
    desk.press("esc").expect("2 Chime").press("esc");
    written(&mut desk);
    let (path, text) = &files[0];
    let chime = BELL.replace("label: Bedside Bell", "label: Chime").replace("bedside-bell", "chime");
    assert_eq!(desk.file(path), text.replace(MONITOR, &chime));
}

#[test]
fn offerings_of_other_shapes_are_shown_and_can_be_taken_away() {
    let list = |list: &str| {
        let list = list.to_string();
        move |text: &str| {
            let (head, rest) = text.split_once("relatedOfferings:").unwrap();
            let tail = &rest[rest.find("twitterMetaData:").unwrap()..];
            format!("{head}relatedOfferings: {list}\n{tail}")
        }
    };
    let files = [
        with("A texts", list("[Kit, null, Kit]")),
        with("B null", list("null")),
        with("C map", list("{a: 1}")),
        with("D strings", list("[{label: Kit, offeringId: '17001'}]")),
        with("E plain", str::to_string),
    ];
    let mut desk = Desk::with(&files);
    on(&mut desk, "A texts");
    desk.press("r").expect("2 (no label)").expect("stands here twice").press("j x").expect("2 Kit").press("x esc");
    on(&mut desk, "B null");
    desk.press("r")
        .expect("none yet")
        .press("/")
        .type_text("17002")
        .press("enter")
        .expect("1 Parlour's Monitor")
        .press("esc");
    on(&mut desk, "C map");
    desk.press("r").expect("none yet").press("/").type_text("17002").press("enter").expect("is no list").press("esc");
    on(&mut desk, "D strings");
    desk.press("r").expect("not as in 1 item").press("/").type_text("17002").press("enter").press("esc");
    desk.press("/ ctrl-u enter");
    written(&mut desk);
    assert!(desk.file("news/a-texts.md").contains("relatedOfferings: [Kit]"), "{}", desk.file("news/a-texts.md"));
    assert!(desk.file("news/d-strings.md").contains("offeringId: '17002'"));
}

#[test]
fn one_id_written_in_several_ways_is_made_alike_everywhere_and_renamed_merged_and_deleted() {
    let odd =
        |t: &str| t.replace("label: Parlour's Monitor", "label: Parlor Monitor").replace("parlours-monitor", "pm");
    let files = [with("A first", str::to_string), with("B second", str::to_string), with("C odd", odd)];
    let mut desk = Desk::with(&files);
    desk.press(":").type_text("all-offerings").press("enter").expect("1 is written in several ways").expect("! 2 ways");
    desk.press("f")
        .expect_not("Homeward")
        .press("l")
        .expect("label: Parlor Monitor, permalink: /offering/pm")
        .press("j m");
    desk.expect("made alike: 1 item").expect("every offering is written the same everywhere");
    desk.press("f /").type_text("monitor").press("enter");
    desk.press("e").press("ctrl-u").type_text("Salon Monitor").press("enter").expect("3 items").expect("Salon Monitor");
    desk.press("esc");
    written(&mut desk);
    for ((path, _), (_, before)) in files.iter().zip([curated("A first"), curated("B second"), curated("C odd")]) {
        let should = before.replace("Parlour's Monitor", "Salon Monitor").replace("parlours-monitor", "salon-monitor");
        assert_eq!(desk.file(path), should);
    }
    desk.press("r j D").expect("Offerings everywhere").press("M").type_text("kit").press("enter").expect(": 3 items");
    desk.expect("1 offering").press("X").expect("0 offerings").press("u u").expect("2 offerings");
    desk.press("enter").expect("offering=").expect("3 shown");
}

#[test]
fn the_workbench_looks_as_it_was_drawn() {
    let mut desk = Desk::with(&two());
    on(&mut desk, "B second");
    desk.press("r x");
    insta::assert_snapshot!(desk.screen(), @r#"
 Offerings of "B second"                                                      2
── On this item ────────────────────────────────────────────────────────────────
 1 Parlour's Monitor 17002   Healthcare · Scheduling - Nurse and Staff
 2 Bedside Bell      17003   Remote Care
── Add /  ───────────────────────────────────────────────────────────── 1 of 1 ─
 [ ] Homeward Kit              17001
















 - Homeward Kit: 1 item · u takes it back
 / add  K move  x remove  e edit  R replace  D everywhere      esc back  ? keys
"#);
    desk.press("esc u").resize(160, 45).press("r tab");
    desk.expect("Offerings of \"B second\"");
}

#[test]
fn enter_on_an_entry_edits_it_and_over_marked_items_goes_to_its_box() {
    let mut desk = Desk::with(&two());
    on(&mut desk, "B second");
    desk.press("r j enter").expect("relatedOfferings[1].label").press("esc").expect("On this item");
    desk.press("R").expect("In the place of").expect_not("toggle").press("esc esc");
    desk.press("esc / ctrl-u enter * r j j enter").expect("tab toggle").press("enter").expect("+ Bedside Bell: 1 item");
    written(&mut desk);
    assert!(desk.file(&two()[0].0).contains(BELL));
}

#[test]
fn what_only_the_vocabulary_lists_can_be_added() {
    let profile = "extends: curated-content\nofferings: {vocabulary: offerings.csv}\n".to_string();
    let csv = "label,permalink,categories,offeringId\n\
               Bedside Bell,/offering/bedside-bell,Subject Headings (SH): Remote Care,17003\n";
    let (path, text) = with("A first", str::to_string);
    let files = [(".curate.yaml".into(), profile), ("offerings.csv".into(), csv.into()), (path.clone(), text.clone())];
    let mut desk = Desk::with(&files);
    desk.press("r /").type_text("bell").expect("shares Remote Care").press("enter esc");
    written(&mut desk);
    assert_eq!(desk.file(&path), text.replace(MONITOR, &format!("{MONITOR}{BELL}")));
}

#[test]
fn a_vocabulary_with_an_error_is_said_with_file_and_line_and_the_workbench_works_with_the_rest() {
    let profile = "extends: curated-content\nofferings: {vocabulary: offerings.yaml}\n".to_string();
    let broken = "- label: Bedside Bell\n- [\n".to_string();
    let files =
        [(".curate.yaml".into(), profile), ("offerings.yaml".into(), broken), two()[0].clone(), two()[1].clone()];
    let mut desk = Desk::with(&files);
    desk.expect("offerings.yaml:");
    on(&mut desk, "A first");
    desk.press("r").expect("2 Parlour's Monitor").press("/").type_text("bell").press("enter").expect("3 Bedside Bell");
}

#[test]
fn a_reason_that_does_not_fit_beside_its_offering_stands_whole_below_the_list() {
    let mut desk = Desk::with(&two());
    on(&mut desk, "A first");
    desk.press("r /").expect("[ ] Bedside Bell");
    let why = "named in the title; shares Remote Care and Healthcare; with them in 9 items";
    let Some(curate::app::Layer::Offerings(bench)) = desk.state.layers.last_mut() else { panic!("it is open") };
    bench.add.rows[0].why = why.to_string();
    desk.expect(&format!("\n {why}\n")).resize(160, 45).expect(why);
    assert_eq!(desk.screen().matches(why).count(), 1, "where it fits, once");
}
