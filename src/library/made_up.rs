//! Made-up profiles and rows for the tests of `library` and `search`.

use super::row::{Row, RowField, RowSpec};
use crate::content::FieldRef;
use crate::content::summary::{Cell, Texts};
use crate::profile::{OfferingsRule, Origin, Profile, Roles, TopicsRule, TriageRule};

fn field(text: &str) -> FieldRef {
    text.parse().expect("a field name")
}

/// The cells of a library in the sample's shape.
pub(crate) fn spec() -> RowSpec {
    let roles = Roles {
        title: Some(field("title")),
        date: Some(field("date")),
        url: Some(field("href")),
        brand: Some(field("link.brand")),
        author: Some(field("author")),
    };
    let word = |w: &str| w.to_string();
    RowSpec::of(&Profile {
        name: word("made-up"),
        origin: Origin::Inferred,
        topics: Some(TopicsRule {
            field: field("categories"),
            linked: vec![],
            vocabulary: None,
            listed: None,
            pinned: vec![],
        }),
        offerings: Some(OfferingsRule {
            field: field("relatedOfferings"),
            vocabulary: None,
            listed: None,
            fields: vec![],
        }),
        same: vec![],
        derived: vec![],
        triage: Some(TriageRule { field: field("status"), accept: word("a"), reject: word("r"), skip: word("s") }),
        roles,
        columns: vec![],
        views: vec![],
        fields: vec![],
        required: vec![],
        prohibited: vec![],
        form: vec![],
        touch: None,
    })
}

/// A row; `topics` are separated by `|`. An empty text is a missing cell, `''` a blank one, `~` a null.
pub(crate) fn row(path: &str, title: &str, date: &str, brand: &str, status: &str, topics: &str) -> Row {
    let cell = |text: &str| match text {
        "" => Cell::Missing,
        "~" => Cell::Null,
        "''" => Cell::Text("".into()),
        text => Cell::Text(text.into()),
    };
    let topics = match topics {
        "" | "~" => cell(topics),
        "[]" => Cell::List(Texts::default()),
        list => Cell::List(list.split('|').collect()),
    };
    Row::new(
        path,
        vec![
            (RowField::Title, cell(title)),
            (RowField::Date, cell(date)),
            (RowField::Brand, cell(brand)),
            (RowField::Status, cell(status)),
            (RowField::Topics, topics),
        ],
    )
}
