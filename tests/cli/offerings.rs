//! `offering` and `offerings`: entries copied, taken out, renamed, merged, and their list as a vocabulary file.

use crate::shelf::{Shelf, curated};

const PLANNER: &str = "  - label: Ward's Own Planner
    permalink: /offering/wards-own-planner
    categories:
      - 'Gartner: Healthcare'
    offeringId: 17259
";

fn without_planner() -> String {
    let text = curated("One");
    assert!(text.contains(PLANNER));
    text.replace(PLANNER, "")
}

#[test]
fn an_offering_added_is_the_whole_entry_that_others_have_and_removed_it_takes_its_lines_along() {
    let shelf = Shelf::with(&[("a.md", &without_planner()), ("b/b.md", &curated("Two"))]);
    let add = ["offering", "a.md", "--add", "Ward's Own Planner"];
    let dry = shelf.run(&add).exits(0);
    assert_eq!(dry.out.lines().filter(|l| l.starts_with('+') && !l.starts_with("+++")).count(), 5, "{dry:?}");
    assert_eq!(shelf.text("a.md"), without_planner());
    shelf.run(&[&add[..], &["--write"]].concat()).exits(0).prints("").says("1 file written, 5 lines changed");
    assert_eq!(shelf.text("a.md"), curated("One"));
    shelf.run(&["offering", "a.md", "--add", "17259", "--write"]).exits(0).says("no change");
    shelf.run(&["offering", ".", "--remove", "17259", "--write"]).exits(0).says("2 files written, 10 lines changed");
    assert_eq!(shelf.text("a.md"), without_planner());
    shelf.run(&["offering", ".", "--remove", "No such thing", "--write"]).exits(0).says("no change");
}

#[test]
fn removals_come_first_and_the_most_used_entry_is_copied() {
    let odd = curated("Odd").replace("/offering/wards-own-planner", "/elsewhere");
    let (two, three) = (curated("Two"), curated("Three"));
    let files = [("a.md", without_planner()), ("b.md", odd), ("c.md", two), ("d.md", three)];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let shelf = Shelf::with(&files);
    let both = ["offering", ".", "--add", "17259", "--remove", "Ward's Own Planner", "--write"];
    shelf.run(&both).exits(0).says("2 files written, 6 lines changed");
    assert_eq!(shelf.text("a.md"), curated("One"));
    assert_eq!(shelf.text("b.md"), curated("Odd"));
}

#[test]
fn an_offering_that_nobody_has_is_wrong_usage_and_near_ones_are_named() {
    let shelf = Shelf::with(&[("a.md", &curated("One"))]);
    shelf.run(&["offering", ".", "--add", "Rota Gardn", "--write"]).exits(2).says("near it: Rota Garden");
    shelf.run(&["offering", ".", "--add", "Quite another"]).exits(2).says("no item has the offering");
    shelf.run(&["offering", "."]).exits(2);
    let plain = Shelf::with(&[("a.md", "---\ntitle: x\n---\n")]);
    plain.run(&["offering", ".", "--remove", "x"]).exits(2).says("no offerings field in this profile");
    plain.run(&["offerings", "."]).exits(2).says("no offerings field in this profile");
}

#[test]
fn offerings_are_counted_renamed_merged_and_deleted() {
    let shelf = Shelf::with(&[("a.md", &curated("One")), ("b.md", &without_planner())]);
    let listed = "Rota Garden\t17281\t2\nWard's Own Planner\t17259\t1\n";
    shelf.run(&["offerings", "."]).exits(0).prints(listed);
    shelf.run(&["offerings", ".", "--rename", "17281", "Rota's Yard", "--write"]).exits(0).says("4 lines changed");
    let renamed = curated("One").replace("Rota Garden", "Rota's Yard").replace("rota-garden", "rotas-yard");
    assert_eq!(shelf.text("a.md"), renamed);
    shelf.run(&["offerings", ".", "--merge", "Ward's Own Planner", "17281", "--write"]).exits(0).says("1 file written");
    assert_eq!(shelf.text("a.md"), renamed.replace(PLANNER, ""));
    shelf.run(&["offerings", "a.md", "--delete", "Rota's Yard", "--write"]).exits(0);
    shelf.run(&["offerings", "."]).exits(0).prints("Rota's Yard\t17281\t1\n");
    shelf.run(&["offerings", ".", "--delete", "Nothing"]).exits(1).says("no item has the offering");
    shelf.run(&["offerings", ".", "--rename", "17281", " "]).exits(2);
}

#[test]
fn merged_into_itself_an_offering_is_written_the_same_everywhere() {
    let odd =
        curated("Odd").replace("label: Rota Garden", "label: Rota Gardens").replace("rota-garden", "rota-gardens");
    let shelf = Shelf::with(&[("a.md", &odd), ("b.md", &curated("Two")), ("c.md", &curated("Three"))]);
    shelf.run(&["offerings", "."]).exits(0).says("1 offering not written the same everywhere, such as Rota Garden");
    shelf
        .run(&["offerings", ".", "--merge", "17281", "17281", "--write"])
        .exits(0)
        .says("1 file written, 2 lines changed");
    assert_eq!(shelf.text("a.md"), curated("Odd"));
}

#[test]
fn entries_of_other_shapes_are_listed_and_none_is_a_crash() {
    let front = |list: &str| format!("---\ntitle: x\nrelatedOfferings: {list}\n---\n");
    let texts = ["[Kit, Bell]", "null", "{a: 1}", "[[1], null, {}, {offeringId: '7'}]", "text"].map(front);
    let mut files: Vec<(String, &str)> =
        texts.iter().enumerate().map(|(at, t)| (format!("{at}.md"), t.as_str())).collect();
    let whole = curated("One");
    files.push(("c.md".to_string(), &whole));
    files.push(("broken.md".to_string(), "---\ntitle: [\n---\n"));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let shelf = Shelf::with(&files);
    let ran = shelf.run(&["offerings", "."]).exits(3).says("broken.md: ");
    assert_eq!(ran.out, "7\t7\t1\nBell\t\t1\nKit\t\t1\nRota Garden\t17281\t1\nWard's Own Planner\t17259\t1\n");
    let added = shelf.run(&["offering", "0.md", "--add", "17281", "--write"]).exits(0);
    assert_eq!(shelf.text("0.md"), front("[Kit, Bell, Rota Garden]"), "{added:?}");
    shelf.run(&["offering", "2.md", "--add", "17281"]).exits(3).says("2.md: relatedOfferings: is no list");
}

#[test]
fn the_list_as_json_and_csv_is_the_most_used_entries() {
    let shelf = Shelf::with(&[("a.md", &curated("One"))]);
    let json = shelf.run(&["offerings", ".", "--json"]).exits(0).out;
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read[0]["label"], "Rota Garden");
    assert_eq!(read[1]["categories"][0], "Gartner: Healthcare");
    assert_eq!(read[1]["offeringId"], 17259);
    assert_eq!(json.lines().count(), 2, "one a line");
    shelf.run(&["offerings", ".", "--csv"]).exits(0).prints(
        "label,permalink,categories,offeringId\n\
         Rota Garden,/offering/rota-garden,KLAS: Scheduling - Nurse and Staff,17281\n\
         Ward's Own Planner,/offering/wards-own-planner,Gartner: Healthcare,17259\n",
    );
}

#[test]
fn what_is_printed_is_a_vocabulary_that_reads_back() {
    for (kind, file) in [("--json", "offerings.json"), ("--csv", "offerings.csv")] {
        let shelf = Shelf::with(&[("a.md", &curated("One"))]);
        let printed = shelf.run(&["offerings", ".", kind]).exits(0).out;
        let profile = format!("extends: curated-content\nofferings: {{vocabulary: {file}}}\n");
        let again = Shelf::with(&[(".curate.yaml", &profile), (file, &printed), ("a.md", &without_planner())]);
        again.run(&["offerings", "."]).exits(0).prints("Rota Garden\t17281\t1\nWard's Own Planner\t17259\t0\n");
        again.run(&["offerings", ".", kind]).exits(0).prints(&printed);
        again.run(&["offering", ".", "--add", "17259", "--write"]).exits(0);
        assert_eq!(again.text("a.md"), curated("One"), "{kind}");
    }
}

#[test]
fn a_vocabulary_with_an_error_is_named_and_the_rest_works() {
    let profile = "extends: curated-content\nofferings: {vocabulary: offerings.yaml}\n";
    let files = [(".curate.yaml", profile), ("offerings.yaml", "- label: x\n- [\n"), ("a.md", &curated("One"))];
    let ran = Shelf::with(&files).run(&["offerings", "."]).exits(0).says("offerings.yaml:");
    assert!(ran.out.starts_with("Rota Garden\t17281\t1\n"), "{ran:?}");
}

#[test]
fn two_entries_of_one_id_go_together_and_keys_of_an_items_own_are_kept_where_entries_are_made_alike() {
    let own = PLANNER.replace("offeringId: 17259", "offeringId: '17259'\n    note: seen in May");
    let twice = curated("One").replace(PLANNER, &format!("{PLANNER}{own}"));
    let shelf = Shelf::with(&[("a.md", &twice), ("b.md", &curated("Two"))]);
    shelf.run(&["offerings", "."]).exits(0).prints("Rota Garden\t17281\t2\nWard's Own Planner\t17259\t2\n");
    shelf.run(&["offering", "a.md", "--add", "17259"]).exits(0).says("no change");
    let renamed = shelf.run(&["offerings", ".", "--rename", "17259", "Planner", "--write"]).exits(0);
    assert_eq!(shelf.text("a.md").matches("label: Planner").count(), 2, "{renamed:?}");
    assert!(shelf.text("a.md").contains("note: seen in May"));
    shelf.run(&["offering", "a.md", "--remove", "Planner", "--write"]).exits(0);
    assert_eq!(shelf.text("a.md"), without_planner());
}
