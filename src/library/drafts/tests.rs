//! What drafts keep through edits, undo, writes and a restart.

use super::*;
use crate::content::{FieldPath, Value};

fn set(to: &str) -> Intent {
    Intent::SetText { field: "status".parse().unwrap(), text: to.to_string() }
}

fn edit(to: &str) -> Vec<Edit> {
    vec![Edit::Set { path: FieldPath::key("status"), old: None, new: Value::from(to), within: None }]
}

fn begin(drafts: &mut Drafts, to: &str, items: &[&str]) -> BatchId {
    let row = |p: &str| Some(Arc::new(Row::new(p, Vec::new())));
    drafts.begin(to.to_string(), Part::same(vec![set(to)], items.iter().map(|p| (*p).into())), row)
}

#[test]
fn an_items_jobs_wait_for_each_other_and_carry_the_edits_before() {
    let mut drafts = Drafts::default();
    let first = begin(&mut drafts, "a", &["x.md"]);
    let second = begin(&mut drafts, "b", &["x.md"]);
    assert_eq!(drafts.next_job("x.md").unwrap().batch, first);
    assert_eq!(drafts.next_job("x.md"), None);
    assert!(drafts.answer("x.md", first, Some("h"), edit("a")));
    let job = drafts.next_job("x.md").unwrap();
    assert_eq!((job.batch, job.prior.steps[0].edits.clone()), (second, edit("a")));
}

#[test]
fn undo_drops_a_batch_everywhere_and_a_late_answer_to_it_is_ignored() {
    let mut drafts = Drafts::default();
    let batch = begin(&mut drafts, "a", &["x.md", "y.md"]);
    drafts.next_job("x.md").unwrap();
    let moved = drafts.undo().unwrap();
    assert_eq!(moved.items.len(), 2);
    assert!(drafts.settle("y.md").is_some());
    assert!(!drafts.answer("x.md", batch, Some("h"), edit("a")));
    drafts.settle("x.md");
    assert!(drafts.is_empty());
    drafts.redo(|_| None).unwrap();
    assert_eq!(drafts.next_job("x.md").unwrap().batch, batch);
}

#[test]
fn what_was_written_is_no_draft_and_later_edits_stay() {
    let mut drafts = Drafts::default();
    let first = begin(&mut drafts, "a", &["x.md"]);
    drafts.next_job("x.md");
    drafts.answer("x.md", first, Some("h"), edit("a"));
    let second = begin(&mut drafts, "b", &["x.md"]);
    drafts.next_job("x.md");
    drafts.answer("x.md", second, Some("h"), edit("b"));
    drafts.written("x.md", 1, "h2", Arc::new(Row::new("x.md", Vec::new())));
    assert_eq!(drafts.file("x.md").steps[0].edits, edit("b"));
    assert_eq!(drafts.batches()[0].state, BatchState::Written);
    assert_eq!(drafts.undo().unwrap().batch, second);
}

#[test]
fn the_journal_brings_everything_back() {
    let mut drafts = Drafts::default();
    let first = begin(&mut drafts, "a", &["x.md", "y.md"]);
    for path in ["x.md", "y.md"] {
        drafts.next_job(path);
    }
    drafts.answer("x.md", first, Some("h"), edit("a"));
    drafts.answer("y.md", first, None, Vec::new());
    begin(&mut drafts, "b", &["x.md"]);
    let mut again = Drafts::default();
    for record in drafts.records() {
        again.replay(&record);
    }
    assert_eq!(again.file("x.md").steps[0].edits, edit("a"));
    assert!(!again.has("y.md"));
    assert_eq!(again.next_job("x.md").unwrap().intents.to_vec(), vec![set("b")]);
    assert_eq!(again.records(), drafts.records());
}

#[test]
fn a_batch_that_asks_of_each_item_its_own_is_one_undo_and_comes_back_from_the_journal() {
    let mut drafts = Drafts::default();
    let part = |path: &str, to: &str| Part { path: path.into(), intents: vec![set(to)].into() };
    let batch = drafts.begin("fixes".to_string(), vec![part("x.md", "a"), part("y.md", "b")], |_| None);
    let mut again = Drafts::default();
    for record in drafts.records() {
        let text = serde_json::to_string(&record).unwrap();
        again.replay(&serde_json::from_str(&text).unwrap());
    }
    for (path, to) in [("x.md", "a"), ("y.md", "b")] {
        assert_eq!(again.next_job(path).unwrap().intents.to_vec(), vec![set(to)]);
        again.answer(path, batch, Some("h"), edit(to));
    }
    assert_eq!(again.undo().unwrap().items.len(), 2);
    assert!(again.is_empty());
    again.redo(|_| None).unwrap();
    assert_eq!(again.next_job("y.md").unwrap().intents.to_vec(), vec![set("b")]);
}
