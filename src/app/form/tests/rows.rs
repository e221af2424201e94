//! What rows there are, and what they say.

use super::*;

#[test]
fn it_opens_on_the_story_with_everything_else_folded() {
    let desk = Desk::with(ITEM);
    insta::assert_snapshot!(desk.rows(), @r"
      Story v:  |
    >   Title >: A walk through the virtual ward | = 6 places
        Description >: A ward without walls lets nurses see to fort |
        Date: 2023-03-05 |
        Author >: Mira Okafor | 1
        Status: (blank) | approved  rejected  deferred
        Length: brief |
      Topics >: Plain Subject Words (PSW): Virtual Care · Or | 5 lists agree | 2
      Offerings >: Night Owl's Rota · WardView | 2
      Link >: https://wardpost.example.org/w/1 | 4
      Image >: A walk through the virtual ward | 5
      Social >: Wards without walls. | 11 · 5 empty
      Other fields >:  | 24 · 7 empty
    ");
}

#[test]
fn a_group_unfolds_and_its_row_says_how_much_is_empty() {
    let mut desk = Desk::with(ITEM);
    desk.press("G l");
    insta::assert_snapshot!(desk.rows(), @r"
      Story v:  |
        Title >: A walk through the virtual ward | = 6 places
        Description >: A ward without walls lets nurses see to fort |
        Date: 2023-03-05 |
        Author >: Mira Okafor | 1
        Status: (blank) | approved  rejected  deferred
        Length: brief |
      Topics >: Plain Subject Words (PSW): Virtual Care · Or | 5 lists agree | 2
      Offerings >: Night Owl's Rota · WardView | 2
      Link >: https://wardpost.example.org/w/1 | 4
      Image >: A walk through the virtual ward | 5
      Social >: Wards without walls. | 11 · 5 empty
    > Other fields v:  |
        archetype: curated-content |
        basePath: /news/ |
        breadcrumbLinks >: / · /news/ | 3
        breadcrumbs >: Home · News · A walk through the virtual war | 3
        layOut: single |
        featuredImage >: A walk through the virtual ward · PNG · ward | 7
        htmlMetaData >: initial-scale=1 · Wards without walls. · htt | 12 · 7 empty
        id: 411 |
        identifier: News |
        Last change: 2023-03-05T08:00:00.120Z |
        link >: wardpost.example.org · https://wardpost.exam | 3
        mastHead: NEWS |
        openGraphMetaData >: Wards without walls. · A walk through the vi | 7 · 3 empty
        openProjectCustomFields >: https://wardpost.example.org/w/1 · Plain Sub | 3
        source: open-project-curations |
        tags >: News | 1
        twitterMetaData >: Wards without walls. · A walk through the vi | 5 · 3 empty
        7 empty >:  |
    ");
    desk.press("h k");
    assert_eq!(desk.form.rows().len(), Desk::with(ITEM).form.rows().len());
}

#[test]
fn a_map_of_nulls_folds_to_what_it_holds_and_the_rest_is_one_key_away() {
    let mut desk = Desk::with(ITEM);
    desk.find("htmlMetaData.viewport").press("G");
    let folded = desk.rows();
    assert!(folded.contains("7 empty >"), "{folded}");
    desk.find("htmlMetaData.viewport").press("j j j j j enter");
    let unfolded = desk.rows();
    assert!(unfolded.contains("msvalidate.01: null"), "{unfolded}");
}

#[test]
fn places_that_disagree_are_said_and_shown() {
    let json = ITEM.replacen(r#""ogtitle": "A walk"#, r#""ogtitle": "Another walk"#, 1);
    let desk = Desk::with(&json);
    insta::assert_snapshot!(desk.rows().lines().take(8).collect::<Vec<_>>().join("\n"), @r"
      Story v:  |
    >   Title v: A walk through the virtual ward | ! 1 of 6 differ
          breadcrumbs[2]: A walk through the virtual ward |
          featuredImage.alt: A walk through the virtual ward |
          htmlMetaData.ogtitle: Another walk through the virtual ward | ! differs
          openGraphMetaData.ogtitle: A walk through the virtual ward |
          twitterMetaData.twittertitle: A walk through the virtual ward |
        Description >: A ward without walls lets nurses see to fort |
    ");
}

#[test]
fn a_field_is_found_by_a_part_of_its_name_and_esc_puts_back() {
    let mut desk = Desk::with(ITEM);
    desk.press("j /").type_text("wp file");
    assert_eq!(desk.rows(), "> featuredImage.wpAttachment.fileName: ward.png |\n");
    desk.press("esc");
    assert_eq!(desk.here(), "description");
    desk.find("wp file");
    assert_eq!(desk.here(), "featuredImage.wpAttachment.fileName");
    assert!(!desk.form.is_typing());
    desk.find("no such thing");
    assert_eq!(
        (desk.heard().as_str(), desk.here().as_str()),
        ("say: no field of that name", "featuredImage.wpAttachment.fileName")
    );
}

#[test]
fn a_site_without_a_profile_shows_all_its_fields() {
    let profile = Profile::infer(&[value(r#"{"title": "x", "weight": 3}"#)]);
    let desk =
        Desk::over(&profile, r#"{"title": "One", "weight": 3, "a.b": null, "params": {"x": [[1, 2], {"y": false}]}}"#);
    let all = desk.rows();
    for name in ["weight", "a.b", "params"] {
        assert!(all.contains(name), "{all}");
    }
}

#[test]
fn what_the_bottom_says_names_path_kind_and_other_places() {
    let desk = Desk::with(ITEM);
    let about = desk.form.about().unwrap();
    assert_eq!((about.path.as_str(), about.kind.as_str()), ("title", "one line"));
    assert_eq!(about.also[0], "breadcrumbs[2]");
    assert_eq!(about.also.len(), 5);
    assert_eq!(desk.form.whereabouts(), Some(("Story".to_string(), 1, 6)));
}

#[test]
fn the_cursor_stays_in_sight() {
    let mut desk = Desk::with(ITEM);
    desk.form.fit(80, 14);
    desk.press("G l G");
    let (top, visible) = desk.form.visible();
    assert!(desk.form.cursor() < top + 8 && desk.form.cursor() >= top, "{top} {}", visible.len());
    desk.press("g");
    assert_eq!(desk.form.visible().0, 0);
    desk.press("ctrl-d ctrl-d ctrl-u");
    assert_eq!(desk.form.cursor(), 4);
}

#[test]
fn a_folded_group_says_that_something_in_it_is_wrong() {
    let json = ITEM.replacen(r#""original": "https://wardpost"#, r#""original": "http://wardpost"#, 1);
    let desk = Desk::with(&json);
    assert!(desk.rows().contains("| ! in 1 field | 4"), "{}", desk.rows());
}

#[test]
fn a_group_goes_back_to_what_it_was_as_a_whole() {
    let mut desk = Desk::with(ITEM);
    desk.press("enter ! enter");
    desk.find("date").press("n");
    desk.heard();
    desk.press("g U");
    assert!(desk.heard().starts_with("Story as it was => set title"));
    assert_eq!(desk.form.changed(), 0);
    desk.press("U");
    assert_eq!(desk.heard(), "say: it is as it was");
}

#[test]
fn values_that_come_anew_while_one_looks_for_a_field_are_looked_through() {
    let mut desk = Desk::with(ITEM);
    desk.press("/").type_text("via");
    let source = FormSource::of(value(r#"{"viable": 1}"#), value(r#"{"viable": 1}"#));
    desk.form.reload(&Profile::builtin(), source);
    assert!(desk.rows().contains("viable: 1"), "{}", desk.rows());
    desk.press("enter");
    assert_eq!(desk.here(), "viable");
}

#[test]
fn a_field_that_is_gone_is_no_longer_typed() {
    let mut desk = Desk::with(ITEM);
    desk.find("author[0]").press("enter x");
    let source = FormSource::of(value(r#"{"title": "One"}"#), value(ITEM));
    desk.form.reload(&Profile::builtin(), source);
    assert!(!desk.form.is_typing());
}
