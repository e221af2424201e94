//! The real file that every curator knows: each field changes its own lines only. What an edit costs is measured by
//! `benches/lossless.rs`.

use curate::content::{Document, FieldPath, Op, Value};

use super::dice::places;
use super::shared;

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
