//! The real file that every curator knows: each field changes its own lines only, and what a verified edit costs (printed;
//! the bench holds the budget of 1 ms at the median in a release build).

use std::time::{Duration, Instant};

use curate::content::{Document, FieldPath, Op, Value};

use super::dice::places;
use super::shared;

fn median(mut one: impl FnMut()) -> Duration {
    let mut all: Vec<Duration> = (0..101)
        .map(|_| {
            let start = Instant::now();
            one();
            start.elapsed()
        })
        .collect();
    all.sort();
    all[50]
}

#[test]
fn each_field_of_the_sample_changes_its_own_line_only() {
    let Some(folder) = shared("samples") else { return };
    let bytes = std::fs::read(folder.join("metaverse-in-digital-medicine.md")).unwrap();
    let document = Document::open(bytes).unwrap();
    let value = document.value().unwrap();
    let mut all = Vec::new();
    places(&value, &FieldPath::root(), &mut all);
    let mut leaves = 0;
    for path in all {
        let Some(old) = value.at(&path).filter(|v| v.is_scalar()) else { continue };
        leaves += 1;
        let several = old.as_str().is_some_and(|text| text.contains('\n'));
        let same = document.apply(&[Op::Set { path: path.clone(), value: old.clone() }]).unwrap();
        assert_eq!(same.text(), document.text());
        let new = document.apply(&[Op::Set { path: path.clone(), value: Value::from("Of nurses: a word") }]).unwrap();
        let diff = curate::content::diff::Diff::between(document.text(), new.text());
        assert!(several || (diff.added, diff.removed) == (1, 1), "{path}: {diff:?}");
        assert_eq!(new.body(), document.body());
    }
    assert!(leaves > 100, "{leaves}");
}

#[test]
fn an_edit_of_the_sample_is_quick() {
    let Some(folder) = shared("samples") else { return };
    let bytes = std::fs::read(folder.join("metaverse-in-digital-medicine.md")).unwrap();
    let document = Document::open(bytes.clone()).unwrap();
    let path = FieldPath::key;
    let topic = |list: FieldPath| Op::Insert { list, index: 2, value: Value::from("KLAS: New Topic") };
    let title = Op::Set { path: path("title"), value: Value::from("Another title") };
    let five = [
        topic(path("categories")),
        topic(path("categorySlug")),
        topic(path("categoryUrl")),
        topic(path("categoryLabel")),
        topic(path("openProjectCustomFields").then("medigyTopics")),
    ];
    let open = median(|| drop(Document::open(bytes.clone())));
    let read = median(|| drop(document.value()));
    let one = median(|| drop(document.apply(std::slice::from_ref(&title)).unwrap()));
    let all = median(|| drop(document.apply(&five).unwrap()));
    println!("{} bytes: open {open:?}, read {read:?}, set one {one:?}, one topic in five lists {all:?}", bytes.len());
    assert!(one < Duration::from_millis(200) && all < Duration::from_millis(400));
}
