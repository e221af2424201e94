//! What drafts keep through edits, undo, writes and a restart.

use super::*;
use crate::content::{Edit, FieldPath, Value};

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
    let steps = [WrittenStep { batch: first, stay: Vec::new() }];
    drafts.written("x.md", &steps, "h2", Arc::new(Row::new("x.md", Vec::new())));
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

/// A step of two intents, in two items; of the second item's, only one has an edit.
fn two_intents() -> (Drafts, BatchId) {
    let mut drafts = Drafts::default();
    let parts = Part::same(vec![set("a"), set("b")], ["x.md".into(), "y.md".into()]);
    let batch = drafts.begin("two".to_string(), parts, |_| None);
    let edits = [edit("a"), edit("b"), edit("c")].concat();
    drafts.answer("x.md", batch, Some("h"), StepEdits { edits, counts: vec![1, 2] });
    drafts.answer("y.md", batch, Some("h"), StepEdits { edits: edit("b"), counts: vec![0, 1] });
    (drafts, batch)
}

fn after_restart(drafts: &Drafts) -> Drafts {
    let mut again = Drafts::default();
    for record in drafts.records() {
        let text = serde_json::to_string(&record).unwrap();
        again.replay(&serde_json::from_str(&text).unwrap());
    }
    again
}

#[test]
fn an_intent_that_is_left_out_stays_a_draft_when_the_rest_is_written() {
    let (mut drafts, batch) = two_intents();
    drafts.leave_out("x.md", &[IntentId { batch, place: 0 }], true);
    for drafts in [&drafts, &after_restart(&drafts)] {
        let file = drafts.file("x.md");
        assert_eq!(file.chosen().steps[0].edits, [edit("b"), edit("c")].concat());
        assert_eq!(file.to_write(), [WrittenStep { batch, stay: vec![0] }]);
    }
    drafts.written("x.md", &drafts.file("x.md").to_write(), "h2", Arc::new(Row::new("x.md", Vec::new())));
    for drafts in [&drafts, &after_restart(&drafts)] {
        let rest = drafts.file("x.md");
        assert_eq!((rest.steps[0].edits.clone(), rest.steps[0].intents.to_vec()), (edit("a"), vec![set("a")]));
        assert_eq!((rest.base.as_deref(), rest.to_write().len()), (Some("h2"), 0));
    }
    // The other item is written whole, then the rest of this one: now the batch is.
    drafts.written("y.md", &drafts.file("y.md").to_write(), "h2", Arc::new(Row::new("y.md", Vec::new())));
    assert_eq!(drafts.batches()[0].state, BatchState::Live);
    drafts.leave_out("x.md", &[IntentId { batch, place: 0 }], false);
    drafts.written("x.md", &drafts.file("x.md").to_write(), "h3", Arc::new(Row::new("x.md", Vec::new())));
    assert_eq!((drafts.batches()[0].state, drafts.len()), (BatchState::Written, 0));
}

#[test]
fn an_undo_after_a_write_takes_back_what_was_left_out_and_a_redo_does_no_more() {
    let (mut drafts, batch) = two_intents();
    drafts.leave_out("x.md", &[IntentId { batch, place: 1 }], true);
    drafts.written("x.md", &drafts.file("x.md").to_write(), "h2", Arc::new(Row::new("x.md", Vec::new())));
    drafts.undo().unwrap();
    drafts.settle("x.md");
    assert!(!drafts.has("x.md"));
    drafts.redo(|_| None).unwrap();
    assert_eq!(drafts.next_job("x.md").unwrap().intents.to_vec(), [set("b")]);
    assert_eq!(drafts.next_job("y.md").unwrap().intents.to_vec(), [set("a"), set("b")]);
}

#[test]
fn journals_of_earlier_days_are_read() {
    let mut drafts = Drafts::default();
    let first = begin(&mut drafts, "a", &["x.md"]);
    drafts.answer("x.md", first, Some("h"), [edit("a"), edit("b")].concat());
    let second = begin(&mut drafts, "b", &["x.md"]);
    drafts.answer("x.md", second, Some("h"), edit("b"));
    drafts.replay(&serde_json::from_str(r#"{"Written":{"path":"x.md","edits":2,"base":"h2"}}"#).unwrap());
    assert_eq!(drafts.file("x.md").intents().collect::<Vec<_>>(), [IntentId { batch: second, place: 0 }]);
}
