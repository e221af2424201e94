//! Lists: entries added, removed, moved.

use super::*;

#[test]
fn entries_are_added_edited_moved_and_removed() {
    let mut desk = Desk::with(ITEM);
    desk.find("author").press("a").type_text("Ann Lee").press("enter");
    assert_eq!(desk.here(), "author[1]");
    desk.press("K");
    assert_eq!(desk.here(), "author[0]");
    desk.press("J K enter").type_text("s").press("enter j x");
    assert_eq!(
        desk.heard(),
        "author + Ann Lee => append author \"Ann Lee\"\n\
         author: moved => move author \"Ann Lee\" #0 Start\n\
         author: moved => move author \"Ann Lee\" #0 End\n\
         author: moved => move author \"Ann Lee\" #0 Start\n\
         author[0] => text author[0] \"Ann Lees\"\n\
         author - Mira Okafor => remove author \"Mira Okafor\""
    );
    assert_eq!(desk.at("author"), Some(Value::Seq(vec!["Ann Lees".into()])));
    desk.press("h U");
    assert_eq!(desk.at("author"), Some(Value::Seq(vec!["Mira Okafor".into()])));
    assert_eq!(desk.form.changed(), 0);
}

#[test]
fn what_is_open_in_an_entry_goes_along_where_it_moves() {
    let mut desk = Desk::with(r#"{"people": [{"name": "Ada"}, {"name": "Bo"}, {"name": "Cy"}]}"#);
    desk.find("people[1]").press("l");
    let open = |desk: &Desk| desk.rows().lines().filter(|row| row.contains("name:")).collect::<Vec<_>>().join(" ");
    assert!(open(&desk).contains("Bo"), "{}", desk.rows());
    desk.press("K");
    assert_eq!(desk.here(), "people[0]");
    assert!(open(&desk).contains("Bo") && !open(&desk).contains("Ada"), "{}", desk.rows());
}

#[test]
fn a_topic_typed_in_the_form_moves_five_lists_and_counts_as_one() {
    let mut desk = Desk::with(ITEM);
    desk.find("categories[1]").press("enter").type_text(" Homes").press("enter");
    assert_eq!(desk.at("categoryUrl[1]"), Some("topic/orbit-nursing-homes".into()));
    assert_eq!(desk.at("openProjectCustomFields.medigyTopics[1]"), Some("Orbit: Nursing Homes".into()));
    assert_eq!(desk.form.changed(), 1);
    desk.press("x");
    assert_eq!(desk.at("categoryLabel"), Some(Value::Seq(vec!["Virtual Care".into()])));
    desk.find("categories").press("U");
    assert_eq!(desk.form.tree.value, value(ITEM));
}

#[test]
fn of_twins_the_one_under_the_cursor_goes_and_moves() {
    let mut desk = Desk::with(r#"{"l": ["a", "b", "a", "c"], "title": "x"}"#);
    desk.find("l[2]").press("x");
    assert_eq!(desk.at("l"), Some(value(r#"["a", "b", "c"]"#)));
    let mut desk = Desk::with(r#"{"l": ["a", "b", "a", "c"], "title": "x"}"#);
    desk.find("l[3]").press("K");
    assert_eq!(desk.at("l"), Some(value(r#"["a", "b", "c", "a"]"#)));
    desk.press("K K");
    assert_eq!(desk.at("l"), Some(value(r#"["c", "a", "b", "a"]"#)));
    assert_eq!(desk.here(), "l[0]");
}

#[test]
fn an_offering_is_added_with_the_keys_of_its_siblings_and_filled_in() {
    let mut desk = Desk::with(ITEM);
    desk.find("relatedOfferings").press("a");
    assert_eq!(desk.here(), "relatedOfferings[2].label");
    assert!(
        desk.heard()
            .contains(r#"append relatedOfferings {label: "", permalink: "", categories: [], offeringId: null}"#)
    );
    // The first field of a new entry is typed at once.
    desk.type_text("Tidal").press("enter");
    desk.press("j j j enter").type_text("7").press("enter");
    assert_eq!(
        desk.heard().lines().last(),
        Some("relatedOfferings[2].offeringId => set relatedOfferings[2].offeringId 7")
    );
    assert_eq!(desk.at("relatedOfferings[2].offeringId"), Some(7.into()));
    desk.press("k a").type_text("Orbit: Nursing").press("enter");
    assert_eq!(desk.at("relatedOfferings[2].categories[0]"), Some("Orbit: Nursing".into()));
}

#[test]
fn leaving_a_new_entry_blank_adds_nothing() {
    let mut desk = Desk::with(ITEM);
    desk.find("author").press("a esc");
    desk.press("a enter");
    desk.find("title").press("a x K");
    let heard = desk.heard();
    assert_eq!(heard.lines().count(), 3, "{heard}");
    assert!(heard.lines().all(|line| line.starts_with("refuse")), "{heard}");
}

#[test]
fn after_an_entry_has_gone_the_cursor_stands_on_its_neighbour_or_the_list() {
    let mut desk = Desk::with(ITEM);
    desk.find("relatedOfferings[1]").press("x");
    assert_eq!(desk.here(), "relatedOfferings[0]");
    desk.press("x");
    assert_eq!(desk.here(), "relatedOfferings");
    desk.press("a");
    assert!(
        desk.heard()
            .ends_with(r#"append relatedOfferings {label: "", permalink: "", categories: [], offeringId: null}"#)
    );
}

#[test]
fn an_empty_and_a_missing_list_take_a_first_entry() {
    let mut desk = Desk::with(r#"{"title": "x", "tags": [], "categories": null}"#);
    desk.find("tags").press("enter").type_text("one").press("enter");
    desk.find("categories").press("enter").type_text("Orbit: Nursing").press("enter");
    assert_eq!(desk.at("tags"), Some(value(r#"["one"]"#)));
    assert_eq!(desk.at("categories"), Some(value(r#"["Orbit: Nursing"]"#)));
}

#[test]
fn an_offerings_topic_is_one_that_the_library_knows_or_is_insisted_on() {
    let mut desk = Desk::with(ITEM);
    desk.offers = vec!["Orbit: Nursing".into(), "Tides: Virtual Care".into()];
    desk.find("relatedOfferings[0].categories").press("a").type_text("Orbit: Nursin").press("enter");
    assert_eq!(
        desk.heard(),
        "refuse: `Orbit: Nursin` is no topic that is known here: tab offers those that are; the same again keeps it as text"
    );
    desk.press("tab enter");
    assert!(desk.heard().contains("append relatedOfferings[0].categories \"Orbit: Nursing\""));
    desk.find("relatedOfferings[1].categories[1]").press("enter ctrl-u").type_text("New: One").press("enter enter");
    assert!(desk.heard().contains("relatedOfferings[1].categories[1] \"New: One\""));
    desk.press("/").type_text("relatedOfferings[1].label").press("enter enter").type_text("!").press("enter");
    assert!(desk.heard().contains("text relatedOfferings[1].label"), "a label is no topic");
}

#[test]
fn values_of_rows_that_stand_together_stand_below_each_other() {
    let mut desk = Desk::with(ITEM);
    desk.find("relatedOfferings[1].categories[0]");
    let column = |name: &str| {
        let row = desk.form.rows().iter().find(|row| row.node.path.to_string() == name).unwrap();
        desk.form.value_column(row)
    };
    let of =
        ["label", "permalink", "categories", "offeringId"].map(|key| column(&format!("relatedOfferings[1].{key}")));
    assert!(of.iter().all(|at| *at == of[0]), "{of:?}");
    assert!(column("relatedOfferings[0]") < of[0], "an entry's number is no name");
}
