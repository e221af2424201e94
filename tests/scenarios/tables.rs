//! Lists of maps in any site: a table in the form, entries unfolded to their fields, a list within them by one more layer.

use crate::desk::{Desk, changed_lines};

const PAGE: &str = "---
title: Benefits
majorlinks:
  - heading: Apply
    order: 1
    links:
      - url: /apply
        title: How to apply
      - url: /forms
        title: Forms
  - heading: Manage
    order: 2
    note: 'seen by all'
    links:
      - url: /manage
        title: Your account
---
Text
";

fn desk() -> Desk {
    Desk::with(&[("page.md".to_string(), PAGE.to_string())])
}

#[test]
fn the_keys_in_use_are_the_columns_and_a_list_within_is_one_layer_more() {
    let mut desk = desk();
    desk.press("e /").type_text("majorlinks").press("enter l");
    insta::assert_snapshot!(desk.screen().lines().take(12).collect::<Vec<_>>().join("\n"), @r"
 Benefits                                                          Other fields
─────────────────────────────────────────────────────────────── / find a field ─
  Story           Benefits
  Other fields  ▾
    majorlinks  ▾ heading  order  links                 note                  2
      1         ▸ Apply    1      How to apply · Forms                        3
      2         ▸ Manage   2      Your account          seen by all           4
");
    desk.press("j l /").type_text("majorlinks[0].links").press("enter l").expect("url").expect("/forms");
}

#[test]
fn a_new_entry_has_the_keys_and_the_style_of_its_siblings_and_cells_are_edited_in_it() {
    let mut desk = desk();
    desk.press("e /").type_text("majorlinks[0].links").press("enter a");
    // The entry is there, all of it in sight, and its first field is being typed.
    desk.expect("title").type_text("/help").press("enter");
    desk.press("j enter").type_text("Help").press("enter esc w y").expect("1 file written");
    let (old, new) = changed_lines(PAGE, &desk.file("page.md"));
    assert!(old.is_empty(), "{old:?}");
    assert_eq!(new, ["      - url: /help", "        title: Help"]);
}

#[test]
fn whole_entries_move_and_go_with_their_lines() {
    let mut desk = desk();
    desk.press("e /").type_text("majorlinks[1]").press("enter K esc w y").expect("written");
    let moved = desk.file("page.md");
    assert!(moved.find("Manage").unwrap() < moved.find("Apply").unwrap());
    desk.press("u e /").type_text("majorlinks[0]").press("enter J esc w y").expect("written");
    assert_eq!(desk.file("page.md"), PAGE);
    desk.press("e /").type_text("majorlinks[1]").press("enter x esc w y").expect("written");
    let (gone, new) = changed_lines(PAGE, &desk.file("page.md"));
    assert_eq!((gone.len(), new.len()), (6, 0), "{gone:?}");
}
