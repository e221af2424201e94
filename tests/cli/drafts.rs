//! What the workstation has not written yet is never written over by a verb.

use std::path::Path;

use curate::content::{Edit, FieldPath};
use curate::library::{BatchId, Record};
use curate::profile::Intent;
use curate::shell::folders::Folders;
use curate::shell::journal;

use crate::shelf::Shelf;

/// A draft of `item` in the state of the folder `root`, as a workstation leaves it. It stays open as long as the journal lives.
fn draft(shelf: &Shelf, root: &Path, item: &str) -> journal::Journal {
    let folders = Folders { state: shelf.state(), ..Folders::under(&shelf.lib()) };
    let state = folders.state_of(&root.canonicalize().unwrap());
    let (mut journal, _) = journal::open(&state).unwrap();
    let intent = Intent::SetText { field: "title".parse().unwrap(), text: "drafted".into() };
    let edit = Edit::Set { path: FieldPath::key("title"), old: Some("x".into()), new: "drafted".into(), within: None };
    let batch: BatchId = 1;
    let began = Record::Began { batch, label: "title".into(), intents: vec![intent], items: vec![item.into()] };
    let answered =
        Record::Answered { batch, path: item.into(), base: "0".into(), edits: vec![edit], counts: Vec::new() };
    journal.append(&[began, answered]).unwrap();
    journal.sync().unwrap();
    journal
}

const ITEM: &str = "---\ntitle: x\n---\n";

#[test]
fn a_file_with_a_draft_is_refused_and_the_others_are_written() {
    let shelf = Shelf::with(&[("a.md", ITEM), ("sub/b.md", ITEM), ("c.md", ITEM)]);
    drop(draft(&shelf, &shelf.lib(), "a.md"));
    // Left from a time when the inner folder was opened by itself.
    drop(draft(&shelf, &shelf.path("sub"), "b.md"));
    shelf
        .run(&["set", ".", "title=z", "--write"])
        .exits(3)
        .says("a.md: it has a draft in the workstation")
        .says("sub/b.md: it has a draft in the workstation")
        .says("1 file written");
    assert_eq!((shelf.text("a.md"), shelf.text("sub/b.md")), (ITEM.to_string(), ITEM.to_string()));
    assert_eq!(shelf.text("c.md"), ITEM.replace('x', "z"));
    // A dry run reads the disk, and what is so already is no overwriting.
    shelf.run(&["set", "a.md", "title=z"]).exits(0);
    shelf.run(&["set", "a.md", "title=x", "--write"]).exits(0).says("no change");
}

#[test]
fn a_root_that_a_running_workstation_holds_is_refused_as_a_whole() {
    let shelf = Shelf::with(&[("a.md", ITEM), ("c.md", ITEM)]);
    let open = draft(&shelf, &shelf.lib(), "a.md");
    shelf.run(&["set", ".", "title=z", "--write"]).exits(3).prints("").says("open in the workstation (process ");
    shelf.run(&["get", "a.md", "title"]).exits(0);
    assert_eq!(shelf.text("c.md"), ITEM);
    drop(open);
    shelf.run(&["set", "c.md", "title=z", "--write"]).exits(0);
}
